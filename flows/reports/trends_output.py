"""Trends in the terminal and as files of data."""

from __future__ import annotations

import csv
import sys
from decimal import Decimal
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.reports.pages import shown_number
from flows.reports.trends import POINT_COLUMNS, Line, Selection, Series, period_label, points_sql
from flows.warehouse.connect import Connection

SERIES_SHOWN = 8
_BAR = 18
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_SIGNS = {"about": "≈ ", "over": "> ", "under": "< ", "exact": ""}


def bar(value: Decimal, greatest: Decimal, width: int = _BAR) -> str:
    """A horizontal bar of eighths of a character for the size of `value` against `greatest`.

    >>> bar(Decimal(50), Decimal(100), 4), bar(Decimal(0), Decimal(100)), bar(Decimal(-5), Decimal(100), 4)
    ('██', '', '▎')
    """
    if not greatest or not value:
        return ""
    eighths = max(1, round(8 * width * abs(value) / abs(greatest)))
    full, rest = divmod(min(eighths, 8 * width), 8)
    return "█" * full + (_EIGHTHS[rest] if rest else "")


def print_series(console: Console, series: list[Series], words: str) -> None:
    """The series found, a line each, and how to follow one."""
    if not series:
        what = f'no series holds the words "{words}"' if words else "no series has two periods yet"
        console.print(f"{what}; `khopso ingest PATH` reads more articles")
        return
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("indicator or measure", overflow="fold", ratio=5)
    table.add_column("about", overflow="fold", ratio=5)
    table.add_column("periods", overflow="fold", ratio=3)
    table.add_column("points", justify="right")
    table.add_column("from – to", no_wrap=True)
    for one in series:
        name = Text(one.name)
        if one.indicator_id:
            name.append(f"\n{one.indicator_id}", style="cyan")
        table.add_row(
            name,
            Text(one.subject),
            one.label,
            str(one.points),
            f"{one.first_period_end:%m/%Y} –\n{one.last_period_end:%m/%Y}",
        )
    console.print(table)
    example = next((one.indicator_id for one in series if one.indicator_id), None) or f'"{series[0].name}"'
    console.print(Text(f"\nFollow one: khopso trends {example}", style="dim"))


def print_lines(console: Console, lines: list[Line], selection: Selection) -> None:
    """Each series as a table with bars; the longest few."""
    if not lines:
        console.print("no point fits; widen --place, --who, --from or --to, or see `khopso trends --list WORDS`")
        return
    for line in lines[:SERIES_SHOWN]:
        _print_line(console, line)
    if len(lines) > SERIES_SHOWN:
        console.print(
            Text(
                f"{len(lines) - SERIES_SHOWN} more series; narrow with --place, --who, --from, --to, or use --csv",
                style="dim",
            )
        )
    if any(point["conflicts"] for line in lines for point in line.points):
        console.print(Text("! other articles disagree: SELECT * FROM trend_conflicts", style="yellow"))


def _print_line(console: Console, line: Line) -> None:
    one = line.series
    title = Text.assemble((one.name, "bold"), f"  {one.subject}" if one.subject else "", (f"  {one.label}", "dim"))
    console.print(title)
    values = [point["value"] for point in line.points]
    scale, unit = shown_unit(max(map(abs, values)), one.unit)
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    numbers = [_SIGNS[point["qualifier"]] + shown_number(point["value"] / scale) for point in line.points]
    table.add_column("period", no_wrap=True)
    table.add_column(Text(unit), justify="right", min_width=max(map(len, numbers)))  # what a narrow terminal keeps
    table.add_column("", no_wrap=True)
    table.add_column("change", justify="right", min_width=8)
    table.add_column("on a year ago", justify="right", min_width=8)
    table.add_column("articles", justify="right", min_width=2)
    table.add_column("", min_width=8)
    greatest = max(values, key=abs)
    for number, point in zip(numbers, line.points, strict=True):
        table.add_row(
            period_label(one.granularity, point["period_start"], point["period_end"]),
            number,
            Text(bar(point["value"], greatest), style="cyan" if point["value"] >= 0 else "red"),
            _change(point["previous_change"], point["previous_change_pct"], scale),
            _change(point["year_ago_change"], point["year_ago_change_pct"], scale),
            str(point["articles"]),
            _remark(point["has_failed_check"], point["conflicts"]),
        )
    console.print(table)
    console.print()


def _remark(has_failed_check: bool, conflicts: int) -> Text:
    remarks = ["a check fails"] if has_failed_check else []
    if conflicts:
        remarks.append(f"! {conflicts} disagree{'s' if conflicts == 1 else ''}")
    return Text(", ".join(remarks), style="yellow")


def _change(change: Decimal | None, percent: float | None, scale: Decimal) -> str:
    if change is None:
        return ""
    if percent is not None:
        return f"{percent:+.1f} %"
    sign = "+" if change > 0 else ""
    return sign + shown_number(change / scale)


_SCALES = ((Decimal(10) ** 9, "tỷ"), (Decimal(10) ** 6, "triệu"))


def shown_unit(greatest: Decimal, unit: str) -> tuple[Decimal, str]:
    """What to divide values by, and the unit then, so that money and crowds read as people say them.

    >>> shown_unit(Decimal("14600000000"), "USD"), shown_unit(Decimal(3463), "đảng viên")
    ((Decimal('1000000000'), 'tỷ USD'), (Decimal('1'), 'đảng viên'))
    """
    for scale, word in _SCALES:
        if greatest >= scale:
            return scale, f"{word} {unit}"
    return Decimal(1), unit


def write_csv(connection: Connection, selection: Selection, path: Path | None) -> None:
    """The points of `selection` as CSV, one row a point, into `path` or to standard output."""
    if path is None:
        _csv_to(sys.stdout, connection, selection)
        return
    with path.open("w", encoding="utf-8", newline="") as stream:
        _csv_to(stream, connection, selection)


def _csv_to(stream: TextIO, connection: Connection, selection: Selection) -> None:
    sql, values = points_sql(selection)
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(POINT_COLUMNS)
    result = connection.execute(sql, values)
    while rows := result.fetchmany(10_000):
        writer.writerows([_plain_decimal(cell) for cell in row] for row in rows)


def _plain_decimal(cell: object) -> object:
    if not isinstance(cell, Decimal):
        return cell
    digits = f"{cell:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def write_parquet(connection: Connection, selection: Selection, path: Path) -> None:
    """The points of `selection` as Parquet, values as decimals."""
    import pyarrow.parquet as parquet

    sql, values = points_sql(selection)
    parquet.write_table(connection.sql(sql, params=values).to_arrow_table(), path)
