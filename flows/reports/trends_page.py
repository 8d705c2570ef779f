"""Trend pages: interactive charts with their scripts inside, each point leading to the sentences it comes from.

Altair makes the chart, `vl-convert` carries the Vega scripts, and the page runs them under a policy that allows
those scripts and nothing else: no network, no evaluated text.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

from flows.reports.excerpts import Mark, Piece, excerpt
from flows.reports.pages import read_template, script_hash, write_page
from flows.reports.trends import (
    Line,
    Selection,
    Sentence,
    lines_of,
    period_label,
    richest_series,
    select_lines,
    sentences_of,
)
from flows.reports.trends_output import shown_unit
from flows.warehouse.connect import Connection

OVERVIEW_SERIES = 60
CHARTS_SHOWN = 24
LINES_IN_A_CHART = 6
POINTS_LISTED = 60
_SHORT_AXIS_DAYS = 62
_TICK_FORMATS = {"year": "%Y", "month": "%m/%Y", "day": "%d/%m/%Y"}

Interval = Literal["year", "month", "day"]


@dataclass(frozen=True, slots=True)
class Said:
    """What one article says about a point."""

    title: str
    source: str | None
    url: str | None
    published_at: Any
    pieces: list[Piece]
    is_shown: bool
    contradicts: bool


@dataclass(frozen=True, slots=True)
class PointRow:
    """A point as the list below a chart shows it."""

    anchor: str
    subject: str
    period: str
    value: Decimal
    sign: str
    change_pct: float | None
    change: Decimal | None
    articles: int
    has_failed_check: bool
    conflicts: int
    said: list[Said]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of one indicator with its points; `spec` is Vega-Lite as JSON that is safe inside a script element."""

    anchor: str
    title: str
    label: str
    unit: str
    subjects: list[str]
    spec: str
    rows: list[PointRow]
    left_out: int


_SIGNS = {"about": "≈ ", "over": "> ", "under": "< ", "exact": ""}


def write_overview_page(connection: Connection, folder: Path) -> list[Path]:
    """Write `trends.html`: the indicators with the longest series; the path written."""
    lines = lines_of(connection, richest_series(connection, OVERVIEW_SERIES))
    subtitle = "The indicators with the longest series; khopso trends INDICATOR --html writes any other."
    return [_write(connection, folder / "trends.html", "What changes over time", subtitle, lines)]


def write_selection_page(connection: Connection, selection: Selection, path: Path) -> Path:
    """Write the page of the points of `selection`; the path written."""
    lines = select_lines(connection, selection)
    title = lines[0].series.name if lines else "No point fits"
    return _write(connection, path, title, _selection_words(selection), lines)


def _selection_words(selection: Selection) -> str:
    parts = []
    if selection.place_id:
        parts.append(f"place {selection.place_id}")
    if selection.who:
        parts.append(f"about “{selection.who}”")
    if selection.start:
        parts.append(f"from {selection.start:%d/%m/%Y}")
    if selection.end:
        parts.append(f"to {selection.end:%d/%m/%Y}")
    return ", ".join(parts)


def _write(connection: Connection, path: Path, title: str, subtitle: str, lines: list[Line]) -> Path:
    groups = _grouped(lines)
    shown = groups[:CHARTS_SHOWN]
    sentences = sentences_of(
        connection, [Line(line.series, line.points[-POINTS_LISTED:]) for group in shown for line in group]
    )
    charts = [_chart(number, group, sentences) for number, group in enumerate(shown)]
    scripts = [vega_scripts(), read_template("charts.js")] if charts else []
    return write_page(
        path.parent,
        path.name,
        "trends.html.j2",
        heading=title,
        subtitle=subtitle,
        charts=charts,
        scripts=scripts,
        left_out=len(groups) - len(shown),
        has_report=(path.parent / "index.html").exists(),
        script_source=" ".join(map(script_hash, scripts)) or "'none'",
    )


@cache
def vega_scripts() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script, as the installed package carries them."""
    import vl_convert

    bundle: str = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    return bundle.replace("</script", "<\\/script").replace("\r\n", "\n")


def _grouped(lines: list[Line]) -> list[list[Line]]:
    """The lines that belong in one chart: same thing, unit, kind of period; no more than a reader can tell apart."""
    groups: dict[tuple[Any, ...], list[Line]] = {}
    for line in lines:
        one = line.series
        key = (one.indicator_id or one.name, one.unit, one.granularity, one.basis, one.is_target)
        groups.setdefault(key, []).append(line)
    return [
        group[start : start + LINES_IN_A_CHART]
        for group in groups.values()
        for start in range(0, len(group), LINES_IN_A_CHART)
    ]


def _chart(number: int, group: Sequence[Line], sentences: dict[str, list[Sentence]]) -> Chart:
    one = group[0].series
    scale, unit = shown_unit(max(abs(point["value"]) for line in group for point in line.points), one.unit)
    interval, step = _ticks(one.granularity, [point["period_end"] for line in group for point in line.points])
    rows, values, left_out = [], [], 0
    for line in group:
        listed = line.points[-POINTS_LISTED:]
        left_out += len(line.points) - len(listed)
        subject = line.series.subject or "no subject named"
        for position, point in enumerate(line.points):
            period = period_label(one.granularity, point["period_start"], point["period_end"])
            anchor = f"c{number}-{line.series.series_id}-{position}"
            is_listed = position >= len(line.points) - len(listed)
            values.append(
                {
                    "day": _place(point["period_end"], interval),
                    "value": float(point["value"] / scale),
                    "subject": subject,
                    "period": period,
                    "anchor": anchor if is_listed else "",
                    "stories": point["articles"],
                    "state": _state(point),
                }
            )
            if is_listed:
                rows.append(_row(anchor, subject, period, point, scale, sentences.get(point["figure_id"], [])))
    return Chart(
        f"chart-{number}",
        one.name,
        one.label,
        unit,
        [line.series.subject for line in group],
        _safe_json(_spec(one.name, values, unit, interval, step)),
        rows,
        left_out,
    )


def _ticks(granularity: str, ends: Sequence[date]) -> tuple[Interval, int]:
    """What the ticks of the time axis count, and how many of it stand between two: about seven ticks in all.

    >>> _ticks("year", [date(2007, 12, 31), date(2013, 12, 31)])
    ('year', 1)
    >>> _ticks("as_of", [date(2021, 4, 1), date(2021, 4, 26)]), _ticks("month", [date(2016, 6, 30), date(2019, 7, 31)])
    (('day', 4), ('month', 6))
    """
    first, last = min(ends), max(ends)
    if granularity == "year":
        return "year", max(1, (last.year - first.year) // 6)
    if (last - first).days <= _SHORT_AXIS_DAYS:
        return "day", max(1, (last - first).days // 6)
    return "month", max(1, ((last.year - first.year) * 12 + last.month - first.month) // 6)


def _place(end: date, interval: Interval) -> str:
    """Where a period stands on the axis: at the tick of its last year, month or day, in the reader's own time."""
    day = {"year": end.replace(month=1, day=1), "month": end.replace(day=1), "day": end}[interval]
    return f"{day.isoformat()}T00:00:00"


def _state(point: dict[str, Any]) -> str:
    if point["conflicts"]:
        return "articles disagree"
    return "a check fails" if point["has_failed_check"] else "no objection"


def _row(
    anchor: str, subject: str, period: str, point: dict[str, Any], scale: Decimal, sentences: list[Sentence]
) -> PointRow:
    change = point["previous_change"]
    return PointRow(
        anchor,
        subject,
        period,
        point["value"] / scale,
        _SIGNS[point["qualifier"]],
        point["previous_change_pct"],
        change / scale if change is not None else None,
        point["articles"],
        point["has_failed_check"],
        point["conflicts"],
        [_said(sentence) for sentence in sentences],
    )


def _said(sentence: Sentence) -> Said:
    label = "shown" if sentence.is_shown else "disagrees" if sentence.contradicts else "also"
    marks = [Mark(sentence.char_start, sentence.char_end, label)]
    return Said(
        sentence.title,
        sentence.source,
        sentence.url,
        sentence.published_at,
        excerpt(sentence.text, marks),
        sentence.is_shown,
        sentence.contradicts,
    )


def _safe_json(spec: dict[str, Any]) -> str:
    """JSON that cannot end the script element it stands in."""
    dumped = json.dumps(spec, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return dumped.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _spec(name: str, values: list[dict[str, Any]], unit: str, interval: Interval, tick_step: int) -> dict[str, Any]:
    """The Vega-Lite specification of a chart: a line a subject, a point a period."""
    import altair

    several = len({value["subject"] for value in values}) > 1
    colour = altair.Color(
        "subject:N", legend=altair.Legend(orient="top", title=None, columns=2, labelLimit=320) if several else None
    )
    step = altair.Undefined if any(value["value"] != int(value["value"]) for value in values) else 1
    base = altair.Chart(altair.InlineData(values=values)).encode(
        x=altair.X(
            "day:T",
            scale=altair.Scale(padding=14),
            axis=altair.Axis(
                title=None,
                format=_TICK_FORMATS[interval],
                labelOverlap=True,
                tickCount=altair.TimeIntervalStep(interval=interval, step=tick_step),
                grid=False,
            ),
        ),
        y=altair.Y(
            "value:Q",
            scale=altair.Scale(zero=False, nice=True),
            axis=altair.Axis(title=None, tickCount=6, tickMinStep=step),
        ),
        color=colour,
    )
    states = altair.Scale(
        domain=["no objection", "a check fails", "articles disagree"], range=["circle", "triangle-up", "diamond"]
    )
    points = base.mark_point(filled=True, size=110, opacity=1, cursor="pointer").encode(
        shape=altair.Shape("state:N", scale=states, legend=None),
        tooltip=[
            altair.Tooltip("period:N", title="period"),
            altair.Tooltip("value:Q", title=unit, format=",.4~f"),
            altair.Tooltip("subject:N", title="about"),
            altair.Tooltip("stories:Q", title="articles"),
            altair.Tooltip("state:N", title="standing"),
        ],
    )
    chart = (base.mark_line(strokeWidth=2.2) + points).properties(
        width="container", height=260, description=f"{name}: values by period"
    )
    spec: dict[str, Any] = chart.to_dict()
    spec.pop("config", None)
    return spec
