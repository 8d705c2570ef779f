"""Trends as an analyst asks for them: which series there are, and their points with the sentences behind them.

Everything is read from the marts `trend_series`, `trend_changes`, `trend_candidates` and `trend_conflicts`.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from flows.errors import UsageError
from flows.warehouse.connect import Connection

POINT_COLUMNS = (
    "series_id",
    "indicator_id",
    "name",
    "measure",
    "place_id",
    "place",
    "who",
    "unit",
    "granularity",
    "basis",
    "is_target",
    "period_start",
    "period_end",
    "value",
    "qualifier",
    "previous_value",
    "previous_change",
    "previous_change_pct",
    "year_ago_value",
    "year_ago_change",
    "year_ago_change_pct",
    "articles",
    "conflicts",
    "has_failed_check",
    "figure_id",
    "article_id",
    "title",
    "source",
    "published_at",
    "url",
    "surface",
)


def fold(text: str) -> str:
    """`text` in lower case without accents, đ as d: what people type when they search.

    >>> fold("Đảng viên KẾT NẠP")
    'dang vien ket nap'
    """
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@dataclass(frozen=True, slots=True)
class Series:
    """A row of `trend_series`."""

    series_id: str
    indicator_id: str | None
    name: str
    place: str | None
    who: str | None
    unit: str
    granularity: str
    basis: str | None
    is_target: bool
    points: int
    articles: int
    first_period_end: date
    last_period_end: date
    last_value: Decimal

    @property
    def subject(self) -> str:
        """Whom it is about, in words."""
        return " · ".join(part for part in (self.who, self.place) if part)

    @property
    def label(self) -> str:
        """What its points are: length of the period, basis, target."""
        parts = [granularity_label(self.granularity)]
        if self.basis:
            parts.append(BASIS_LABELS[self.basis])
        if self.is_target:
            parts.append("target")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which points are asked for; `indicator_id` or `measure` is set, or neither for all."""

    indicator_id: str | None = None
    measure: str | None = None
    place_id: str | None = None
    who: str | None = None
    start: date | None = None
    end: date | None = None


@dataclass(slots=True)
class Line:
    """A series with its points, each a mapping of POINT_COLUMNS."""

    series: Series
    points: list[dict[str, Any]] = field(default_factory=list)


BASIS_LABELS = {
    "year_on_year": "against the same period a year before",
    "previous_period": "against the period before",
    "since_december": "against December",
    "other": "against another period",
    "unstated": "base not stated",
}


def granularity_label(granularity: str) -> str:
    """A granularity in words.

    >>> granularity_label("first_6_months"), granularity_label("since_2015"), granularity_label("as_of")
    ('first 6 months', 'since 2015', 'as of a day')
    """
    return "as of a day" if granularity == "as_of" else granularity.replace("_", " ")


def period_label(granularity: str, start: date | None, end: date) -> str:
    """A period as short as its granularity allows.

    >>> period_label("first_6_months", date(2018, 1, 1), date(2018, 6, 30))
    '01–06/2018'
    >>> period_label("quarter", date(2018, 7, 1), date(2018, 9, 30)), period_label("as_of", None, date(2018, 6, 30))
    ('Q3/2018', '30/06/2018')
    """
    if start is None or granularity in ("as_of", "day"):
        return end.strftime("%d/%m/%Y")
    if granularity == "year":
        return str(end.year)
    if granularity == "quarter":
        return f"Q{(end.month + 2) // 3}/{end.year}"
    if granularity == "month":
        return end.strftime("%m/%Y")
    if granularity == "half_year" or granularity.startswith("first_"):
        return f"{start:%m}–{end:%m/%Y}"
    if granularity.startswith("since_"):
        whole_year = (end.month, end.day) == (12, 31)
        return f"{start.year}–{end.year if whole_year else end.strftime('%d/%m/%Y')}"
    return f"{start:%d/%m/%Y}–{end:%d/%m/%Y}"


_DATE = re.compile(r"(\d{4})(?:-(?:(\d{1,2})(?:-(\d{1,2}))?|[qQ]([1-4])))?")


def read_bound(written: str, option: str, *, at_end: bool) -> date:
    """The first or last day of `2018`, `2018-Q3`, `2018-06` or `2018-06-30`. Raises UsageError.

    >>> read_bound("2018-02", "--to", at_end=True), read_bound("2018-Q3", "--from", at_end=False)
    (datetime.date(2018, 2, 28), datetime.date(2018, 7, 1))
    """
    match = _DATE.fullmatch(written.strip())
    wrong = UsageError(f"trends: {option} {written}: is no date; write 2018, 2018-Q3, 2018-06 or 2018-06-30")
    if not match:
        raise wrong
    year, month, day, quarter = (int(part) if part else None for part in match.groups())
    if quarter:
        month = 3 * quarter if at_end else 3 * quarter - 2
    month = month or (12 if at_end else 1)
    try:
        return date(year or 0, month, day or (monthrange(year or 1, month)[1] if at_end else 1))
    except (ValueError, IndexError):
        raise wrong from None


def read_selection(
    connection: Connection,
    indicator: str | None,
    place: str | None,
    who: str | None,
    start: str | None,
    end: str | None,
) -> Selection:
    """What the words of a command line ask for.

    Raises UsageError for an unknown indicator or place (naming the nearest) and for a period that ends before it
    starts.
    """
    first = read_bound(start, "--from", at_end=False) if start else None
    last = read_bound(end, "--to", at_end=True) if end else None
    if first and last and last < first:
        raise UsageError(f"trends: --from {start} --to {end}: the period ends before it starts; swap the two")
    indicator_id, measure = _read_indicator(connection, indicator) if indicator else (None, None)
    return Selection(indicator_id, measure, _read_place(connection, place) if place else None, who, first, last)


def _read_indicator(connection: Connection, words: str) -> tuple[str | None, str | None]:
    """The indicator or, failing that, the measure that `words` name."""
    wanted = fold(words.strip())
    known: dict[str, str] = {}
    for indicator_id, name_vi, name_en in connection.execute(
        "SELECT indicator_id, name_vi, name_en FROM indicators"
    ).fetchall():
        for name in (name_en, name_vi, indicator_id):
            known[fold(name)] = indicator_id
    if wanted in known:
        return known[wanted], None
    measures = {
        fold(row[0]): row[0]
        for row in connection.execute("SELECT DISTINCT measure FROM trend_series WHERE measure IS NOT NULL").fetchall()
    }
    if wanted in measures:
        return None, measures[wanted]
    nearest = _nearest(wanted, [*known, *measures], known | measures)
    hint = f"did you mean {', '.join(nearest)}?" if nearest else "see `khopso trends --list WORDS`"
    raise UsageError(f"trends: {words}: is no indicator of the catalogue and no measure read; {hint}")


def _nearest(wanted: str, names: list[str], meant: dict[str, str], number: int = 4) -> list[str]:
    """What the names nearest to `wanted` mean: those with all its words first, then those spelled alike."""
    parts = wanted.split()
    holding = sorted((name for name in names if all(part in name for part in parts)), key=len)
    close = [*holding, *get_close_matches(wanted, names, n=2 * number, cutoff=0.55)]
    return list(dict.fromkeys(meant[name] for name in close))[:number]


def _read_place(connection: Connection, words: str) -> str:
    wanted = fold(words.strip())
    known: dict[str, str] = {}
    for place_id, name_vi, name_en, names in connection.execute(
        "SELECT place_id, name_vi, name_en, names FROM places ORDER BY valid_from DESC NULLS FIRST, level DESC"
    ).fetchall():
        for name in (*names, name_en, name_vi):
            known.setdefault(fold(name), place_id)
        known[place_id] = place_id
    if wanted in known:
        return known[wanted]
    nearest = _nearest(wanted, list(known), known)
    hint = f"did you mean {', '.join(nearest)}?" if nearest else "the table places lists what is known"
    raise UsageError(f"trends: --place {words}: is no place of the table; {hint}")


_SERIES = (
    "series_id, indicator_id, name, place, who_shown, unit, granularity, basis, is_target, points, articles, "
    "first_period_end, last_period_end, last_value"
)


def find_series(connection: Connection, words: str, limit: int = 50) -> list[Series]:
    """The series whose names hold every word of `words`, with or without accents, the longest series first."""
    parts = fold(words).split()
    conditions = " AND ".join(["contains(search_text, ?)"] * len(parts)) or "true"
    rows = connection.execute(
        f"SELECT {_SERIES} FROM trend_series WHERE {conditions} "
        f"ORDER BY points DESC, indicator_id IS NULL, articles DESC, series_id LIMIT {limit:d}",
        parts,
    ).fetchall()
    return [Series(*row) for row in rows]


def richest_series(connection: Connection, limit: int, least_points: int = 2) -> list[Series]:
    """The longest series of indicators, what has happened before what is planned."""
    rows = connection.execute(
        f"SELECT {_SERIES} FROM trend_series WHERE points >= ? AND indicator_id IS NOT NULL "
        "ORDER BY is_target, points DESC, articles DESC, series_id LIMIT ?",
        [least_points, limit],
    ).fetchall()
    return [Series(*row) for row in rows]


def points_sql(selection: Selection) -> tuple[str, list[Any]]:
    """The query of the points of `selection`, with its parameters; columns are POINT_COLUMNS."""
    conditions: list[str] = ["true"]
    values: list[Any] = []
    for column, value in (
        ("c.indicator_id", selection.indicator_id),
        ("c.measure", selection.measure),
        ("c.place_id", selection.place_id),
    ):
        if value is not None:
            conditions.append(f"{column} = ?")
            values.append(value)
    if selection.who:
        conditions.append("contains(replace(strip_accents(lower(coalesce(c.who, ''))), 'đ', 'd'), ?)")
        values.append(fold(selection.who))
    if selection.start:
        conditions.append("coalesce(c.period_start, c.period_end) >= ?")
        values.append(selection.start)
    if selection.end:
        conditions.append("c.period_end <= ?")
        values.append(selection.end)
    return (
        f"""
        SELECT c.series_id, c.indicator_id, coalesce(i.name_vi, c.measure) AS name, c.measure, c.place_id,
               l.name_vi AS place, s.who_shown AS who, c.unit, c.granularity, c.basis, c.is_target,
               c.period_start, c.period_end, c.value, p.qualifier, c.previous_value, c.previous_change,
               c.previous_change_pct, c.year_ago_value, c.year_ago_change, c.year_ago_change_pct,
               p.articles, coalesce(x.conflicts, 0)::INTEGER AS conflicts, p.has_failed_check,
               c.figure_id, c.article_id, coalesce(a.title, a.external_id) AS title, a.source,
               a.published_at, a.url, f.surface
        FROM trend_changes AS c
        JOIN trend_points AS p ON p.series_id = c.series_id AND p.period_end = c.period_end
            AND p.period_start IS NOT DISTINCT FROM c.period_start
        JOIN trend_series AS s ON s.series_id = c.series_id
        JOIN figures AS f ON f.figure_id = c.figure_id
        JOIN articles AS a ON a.article_id = c.article_id
        LEFT JOIN (SELECT figure_id, count(*) AS conflicts FROM trend_conflicts GROUP BY figure_id) AS x
            ON x.figure_id = c.figure_id
        LEFT JOIN indicators AS i ON i.indicator_id = c.indicator_id
        LEFT JOIN places AS l ON l.place_id = c.place_id
        WHERE {" AND ".join(conditions)}
        ORDER BY c.series_id, c.period_end, c.period_start""",
        values,
    )


def select_lines(connection: Connection, selection: Selection) -> list[Line]:
    """The series that have points in `selection`, the longest first, each with those points in order of time."""
    sql, values = points_sql(selection)
    return _lines(connection.execute(sql, values).fetchall())


def lines_of(connection: Connection, series: Iterable[Series]) -> list[Line]:
    """All points of the given series, in their order."""
    wanted = [one.series_id for one in series]
    if not wanted:
        return []
    sql, values = points_sql(Selection())
    found = {
        line.series.series_id: line
        for line in _lines(
            connection.execute(
                sql.replace("WHERE true", "WHERE c.series_id IN (SELECT unnest(?))"), [wanted, *values]
            ).fetchall()
        )
    }
    return [found[key] for key in wanted if key in found]


def _lines(rows: Iterable[tuple[Any, ...]]) -> list[Line]:
    by_series: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        point = dict(zip(POINT_COLUMNS, row, strict=True))
        by_series.setdefault(point["series_id"], []).append(point)
    lines = [Line(_series_of(points), points) for points in by_series.values()]
    return sorted(
        lines, key=lambda line: (line.series.is_target, -len(line.points), line.series.name, line.series.series_id)
    )


def _series_of(points: list[dict[str, Any]]) -> Series:
    last = points[-1]
    return Series(
        last["series_id"],
        last["indicator_id"],
        last["name"],
        last["place"],
        last["who"],
        last["unit"],
        last["granularity"],
        last["basis"],
        last["is_target"],
        len(points),
        sum(point["articles"] for point in points),
        points[0]["period_end"],
        last["period_end"],
        last["value"],
    )


@dataclass(frozen=True, slots=True)
class Sentence:
    """An article's words about a point: where its figure stands, and whether it is the value shown."""

    figure_id: str
    text: str
    char_start: int
    char_end: int
    is_shown: bool
    contradicts: bool
    title: str
    source: str | None
    url: str | None
    published_at: datetime | None


def sentences_of(connection: Connection, lines: Iterable[Line], each: int = 4) -> dict[str, list[Sentence]]:
    """By the figure shown: up to `each` figures that state its point, the one shown first, contradictions next."""
    shown = [point["figure_id"] for line in lines for point in line.points]
    if not shown:
        return {}
    rows = connection.execute(
        """
        WITH shown AS (SELECT * FROM trend_points WHERE figure_id IN (SELECT unnest(?))),
        said AS (
            SELECT s.figure_id AS shown_id, c.figure_id, c.article_id, c.choice,
                   c.low > s.high + 1e-9 OR c.high < s.low - 1e-9 AS contradicts
            FROM shown AS s
            JOIN trend_candidates AS c ON c.series_id = s.series_id AND c.period_end = s.period_end
                AND c.period_start IS NOT DISTINCT FROM s.period_start
            WHERE NOT c.is_ambiguous AND NOT (c.is_reprint AND c.choice > 1)
            QUALIFY row_number() OVER (
                PARTITION BY s.figure_id ORDER BY c.choice > 1, NOT contradicts, c.choice) <= ?
        )
        SELECT d.shown_id, d.figure_id, a.text, f.char_start, f.char_end, d.figure_id = d.shown_id, d.contradicts,
               coalesce(a.title, a.external_id), a.source, a.url, a.published_at
        FROM said AS d JOIN figures AS f USING (figure_id) JOIN articles AS a ON a.article_id = d.article_id
        ORDER BY d.shown_id, d.choice > 1, NOT d.contradicts, d.choice""",
        [shown, each],
    ).fetchall()
    found: dict[str, list[Sentence]] = {}
    for shown_id, *rest in rows:
        found.setdefault(shown_id, []).append(Sentence(*rest))
    return found
