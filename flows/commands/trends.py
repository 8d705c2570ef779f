"""`khopso trends`: series of an indicator in the terminal, or as CSV, Parquet or a page."""

from __future__ import annotations

from pathlib import Path

import click

from flows.commands.options import terminal, warehouse_option
from flows.errors import UsageError


@click.command("trends")
@click.argument("indicator", required=False)
@click.option("--list", "words", metavar="WORDS", help="Find series by words, with or without accents.")
@click.option("--place", help="Only this place: its id or any of its names.")
@click.option("--who", help="Only bodies whose name holds these words.")
@click.option("--from", "start", metavar="DATE", help="Only from 2018, 2018-Q3, 2018-06 or 2018-06-30 on.")
@click.option("--to", "end", metavar="DATE", help="Only until then, inclusive.")
@click.option("--csv", "form", flag_value="csv", help="Write CSV (to --out, else to the terminal).")
@click.option("--parquet", "form", flag_value="parquet", help="Write Parquet (to --out, else trends.parquet).")
@click.option("--html", "form", flag_value="html", help="Write a page with charts (to --out, else trends.html).")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
@warehouse_option
def command(
    indicator: str | None,
    words: str | None,
    place: str | None,
    who: str | None,
    start: str | None,
    end: str | None,
    form: str | None,
    out: Path | None,
    warehouse: Path,
) -> None:
    """Follow an indicator over time.

    INDICATOR is an id or a name of the catalogue, with or without accents (`party_admissions`, "kim ngach xuat
    khau"), or a measure as it was read. Without it the longest series are listed.
    """
    from flows.reports import trends, trends_output
    from flows.warehouse.connect import reading

    if words is not None and (indicator or form):
        raise UsageError("trends: --list: stands alone; leave out INDICATOR and the output form")
    if out is not None and form is None:
        raise UsageError(f"trends: --out {out}: says not what to write; add --csv, --parquet or --html")
    with reading(warehouse) as connection:
        if words is not None:
            trends_output.print_series(terminal(), trends.find_series(connection, words), words)
            return
        selection = trends.read_selection(connection, indicator, place, who, start, end)
        if form is None and selection == trends.Selection():
            trends_output.print_series(terminal(), trends.richest_series(connection, 30), "")
        elif form is None:
            trends_output.print_lines(terminal(), trends.select_lines(connection, selection), selection)
        elif form == "csv":
            trends_output.write_csv(connection, selection, out)
        elif form == "parquet":
            trends_output.write_parquet(connection, selection, out or Path("trends.parquet"))
        else:
            from flows.reports.trends_page import write_selection_page

            click.echo(str(write_selection_page(connection, selection, out or Path("trends.html"))))
