"""`khopso show`: one article's figures and checks in the terminal. Loads nothing, imports no Prefect and no pandas."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
from rich.table import Table
from rich.text import Text

from flows.commands.options import published_on_option, terminal, warehouse_option
from flows.errors import KhopsoError, UsageError
from flows.figures.places import home_of
from flows.model import Article, Reject
from flows.sources import list_inputs, read_input
from flows.warehouse.find import find_all
from flows.warehouse.identity import article_id, local_time
from flows.warehouse.rows import ArticleRows, rows_of

_VERDICT_STYLES = {"consistent": "green", "truncated": "yellow", "inconsistent": "bold red", "undetermined": "dim"}


@click.command("show")
@click.argument("article", metavar="ARTICLE_OR_FILE")
@click.option("--id", "wanted", default=None, help="Which article of a file that holds several, by its id.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON; names as in the tables.")
@published_on_option
@warehouse_option
def command(article: str, wanted: str | None, as_json: bool, published_on: date | None, warehouse: Path) -> None:
    """Show the figures and checks of one article; nothing is loaded.

    ARTICLE_OR_FILE is a file, or the id of an article in the warehouse.
    """
    found = _from_file(article, wanted) if Path(article).exists() else _from_warehouse(article, warehouse)
    published_at = local_time(found.published_at)
    day = published_at.date() if published_at else published_on
    key = article_id(found.source, found.external_id)
    home = home_of(found.place, found.source, found.url, day)
    rows = rows_of(key, found.text, *find_all(found.text, day, home))
    if as_json:
        click.echo(json.dumps(as_document(key, found, rows), ensure_ascii=False, indent=1))
    else:
        _print(found, rows)


def _from_file(path: str, wanted: str | None) -> Article:
    """The first article of a file, or the one asked for. Raises KhopsoError with the reason where there is none."""
    rejects: list[Reject] = []
    for one in list_inputs([path]):
        for item in [one] if isinstance(one, Reject) else read_input(one):
            if isinstance(item, Reject):
                rejects.append(item)
            elif wanted is None or item.external_id == wanted:
                return item
    if rejects:
        raise KhopsoError(f"show: {rejects[0].message}")
    raise UsageError(f"show: {path}: has no article {wanted or ''}; check the id")


def _from_warehouse(key: str, warehouse: Path) -> Article:
    if not warehouse.exists():
        raise UsageError(f"show: {key}: is no file, and there is no warehouse {warehouse}; name a file")
    from flows.warehouse.ask import article_by_id  # a file is shown without DuckDB

    found = article_by_id(warehouse, key)
    if found is None:
        raise UsageError(f"show: {key}: is neither a file nor an article of {warehouse}; name one of them")
    return found


def as_document(key: str, article: Article, rows: ArticleRows) -> dict[str, Any]:
    """What `--json` writes: the rows as the tables would hold them."""
    return {
        "article": {
            "article_id": key, "external_id": article.external_id, "source": article.source, "url": article.url,
            "title": article.title, "author": article.author, "published_at": _plain(local_time(article.published_at)),
            "place": article.place,
        },
        "figures": [_plain(row) for row in rows.figures],
        "checks": [_plain(row) for row in rows.checks],
        "left_out": [{"reason": problem.reason, "message": problem.message} for problem in rows.problems],
    }


def _plain(value: Any) -> Any:
    """As JSON holds it; a number that floating point would change stays a string.

    >>> _plain(Decimal("87.8")), _plain(Decimal("1.460E+10")), _plain(Decimal("0.12345678901234567890"))
    (87.8, 14600000000, '0.12345678901234567890')
    """
    if isinstance(value, Decimal):
        if value == value.to_integral_value():
            return int(value)
        return float(value) if Decimal(repr(float(value))) == value else str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value


def _print(article: Article, rows: ArticleRows) -> None:
    out = terminal()
    published = local_time(article.published_at)
    out.print(Text(article.title or article.external_id, style="bold"))
    facts = (article.source, f"{published:%d/%m/%Y %H:%M}" if published else "no date", article.author)
    out.print(Text(" · ".join(fact for fact in facts if fact), style="dim"))
    if not rows.figures:
        out.print("\nNo figures.")
        return
    out.print()
    out.print(_figure_table(rows.figures))
    surfaces = {row["figure_id"]: row["surface"] for row in rows.figures}
    if any(row["period_source"] == "understood" for row in rows.figures):
        out.print(Text("? understood from the rest of the article, not printed in the sentence", style="dim"))
    out.print()
    out.print(_check_table(article.text, rows.checks, surfaces))
    for problem in rows.problems:
        out.print(Text(f"left out: {problem.message}", style="yellow"))


def _figure_table(figures: list[dict[str, Any]]) -> Table:
    """The figures as a table without the columns that would stay empty."""
    columns = {
        "in the text": [row["surface"] for row in figures],
        "value": [_value(row) for row in figures],
        "kind": [row["kind"] for row in figures],
        "what": [row["what"] or "" for row in figures],
        "who": [row["who"] or "" for row in figures],
        "when": [_when(row) for row in figures],
        "compared with": [_period(row["base_start"], row["base_end"]) for row in figures],
    }
    columns = {name: cells for name, cells in columns.items() if any(cells)}
    table = Table(box=None, pad_edge=False, title=f"{len(figures)} figures", title_justify="left", title_style="bold")
    for name in columns:
        table.add_column(
            name, style="cyan" if name == "in the text" else "", justify="right" if name == "value" else "left"
        )
    for cells in zip(*columns.values(), strict=True):
        table.add_row(*(Text(cell) for cell in cells))
    return table


def _number(value: Decimal | None) -> str:
    """Readable whatever its size.

    >>> _number(Decimal("14600000000.00")), _number(Decimal("87.80")), _number(None)
    ('14,600,000,000', '87.8', '…')
    """
    if value is None:
        return "…"
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _value(row: dict[str, Any]) -> str:
    number = (
        f"{_number(row['value_low'])}–{_number(row['value_high'])}" if row["value"] is None else _number(row["value"])
    )
    signs = {"about": "≈ ", "over": "> ", "under": "< ", "at_least": "≥ ", "at_most": "≤ "}
    arrows = {"up": "↑ ", "down": "↓ "}
    return f"{arrows.get(row['direction'], '')}{signs.get(row['qualifier'], '')}{number} {row['unit']}"


def _when(row: dict[str, Any]) -> str:
    """The period of a figure, with a question mark where the rest of the article only lets it be understood."""
    period = _period(row["period_start"], row["period_end"])
    return f"{period} ?" if row["period_source"] == "understood" else period


def _period(start: date | None, end: date | None) -> str:
    """A whole year, quarter or month by its name; other stretches by their ends.

    >>> _period(date(2018, 1, 1), date(2018, 12, 31)), _period(date(2018, 7, 1), date(2018, 9, 30))
    ('2018', '2018-Q3')
    >>> _period(date(2018, 1, 1), date(2018, 9, 30)), _period(None, date(2018, 6, 30))
    ('2018-01 to 2018-09', 'as of 2018-06-30')
    """
    if start is None or end is None:
        return f"as of {end}" if end else ""
    if start == end:
        return str(start)
    if start.day != 1 or (end + timedelta(days=1)).day != 1:
        return f"{start} to {end}"
    months = 12 * (end.year - start.year) + end.month - start.month + 1
    if months == 1:
        return f"{start:%Y-%m}"
    if months == 3 and start.month % 3 == 1:
        return f"{start.year}-Q{(start.month + 2) // 3}"
    if start.month == 1 and end.month == 12:
        return str(start.year) if months == 12 else f"{start.year} to {end.year}"
    return f"{start:%Y-%m} to {end:%Y-%m}"


def _check_table(text: str, checks: list[dict[str, Any]], surfaces: dict[str, str]) -> Table:
    """The checks as a table; those that do not simply hold with the reason and the words they are about."""
    table = Table(box=None, pad_edge=False, show_header=False, title=f"{len(checks)} checks", title_justify="left",
                  title_style="bold")
    for _ in range(3):
        table.add_column()
    for row in checks:
        told = Text(row["formula"], style="bold")
        if row["verdict"] != "consistent":
            told = Text("\n").join([told, *_reasons(text, row, surfaces)])
        table.add_row(Text(row["verdict"], style=_VERDICT_STYLES[row["verdict"]]), row["kind"], told)
    return table


def _reasons(text: str, row: dict[str, Any], surfaces: dict[str, str]) -> list[Text]:
    words = [Text(part, style="not bold") for part in (row["explanation"], row["suggestion"]) if part]
    members = [operand["figure_id"] for operand in row["operands"]] + [row["stated_figure_id"]]
    statement = text[row["char_start"] : row["char_end"]]
    return [*words, _marked(statement, [surfaces[key] for key in members if key in surfaces])]


def _marked(statement: str, surfaces: Iterable[str]) -> Text:
    """The statement with its figures marked."""
    shown = Text("» " + " ".join(statement.split()), style="not bold dim")
    shown.highlight_words([" ".join(surface.split()) for surface in surfaces], style="bold not dim")
    return shown
