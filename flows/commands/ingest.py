"""`khopso ingest`: the main flow over files and folders."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.commands.options import DEFAULT_WAREHOUSE, published_on_option, reports_option, terminal, warehouse_option
from flows.errors import UsageError


@click.command("ingest")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@warehouse_option
@click.option("--workers", type=click.IntRange(min=1), default=None, help="Processes that read.  [default: one a core]")
@published_on_option
@reports_option
def command(
    paths: tuple[str, ...], warehouse: Path, workers: int | None, published_on: date | None, reports: Path | None
) -> None:
    """Read the articles under each PATH, check their figures and load both.

    The same input again changes nothing; a changed article replaces its own rows; a run that was
    stopped goes on where it was. An article that cannot be read is rejected with a reason and the rest
    goes on.
    """
    _refuse_missing(paths)
    with terminal_status("starting Prefect"):
        from flows import etl
        from flows.commands.progress import RunDisplay

    with RunDisplay() as display, etl.shown_on(display):
        result = etl.ingest(
            list(paths), str(warehouse), workers, published_on, None if reports is None else str(reports)
        )
    show_summary(terminal(), result, warehouse)


def _refuse_missing(paths: tuple[str, ...]) -> None:
    for path in paths:
        if "://" not in path and not Path(path).exists():
            raise UsageError(f"ingest: {path}: is not there; name a file, a folder or an address")


def terminal_status(message: str) -> Any:
    """A line on the terminal while something slow happens."""
    return Console(stderr=True).status(message)


def show_summary(out: Console, result: dict[str, Any], warehouse: Path) -> None:
    """What a run found and where to look."""
    run = result["run"]
    if run["status"] == "unchanged":
        out.print("[bold]Nothing has changed[/bold] since these inputs were read.")
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(justify="right")
    table.add_column()
    known = f"{run['inputs_known']} of {run['inputs_known'] + run['inputs_read']} inputs known and left unread"
    table.add_row("articles read", f"{run['articles_read']:,}", known if run["inputs_known"] else "")
    for name in ("new", "changed", "unchanged", "rejected"):
        hint = "see the table rejects for reasons" if name == "rejected" and run["articles_rejected"] else ""
        table.add_row(f"  {name}", f"{run[f'articles_{name}']:,}", hint)
    table.add_row("figures", f"{run['figures']:,}", "")
    table.add_row("checks", f"{run['checks']:,}", "")
    for verdict in ("consistent", "truncated", "inconsistent", "undetermined"):
        style = "red" if verdict == "inconsistent" and run["checks_inconsistent"] else None
        table.add_row(f"  {verdict}", f"{run[f'checks_{verdict}']:,}", "", style=style)
    out.print(table)
    if run["failed_rules"]:
        out.print("[yellow]quality rules that did not hold (none of them critical):[/yellow]")
        for rule in dict.fromkeys(run["failed_rules"]):
            out.print(f"  {rule}", soft_wrap=True)
    out.print(f"warehouse {warehouse}", soft_wrap=True)
    for page in result["pages"]:
        out.print(f"report    {page}", soft_wrap=True)
    _show_worst(out, warehouse)


def _show_worst(out: Console, warehouse: Path) -> None:
    """The failed check most worth a look, and what to do next."""
    from flows.warehouse.ask import failed_checks  # opens DuckDB

    for check in failed_checks(warehouse, limit=1):
        out.print()
        head = Text.assemble(("for instance ", "bold"), (check.formula, "red"), f"  in {check.title}")
        out.print(head, soft_wrap=True)
        for words in (check.explanation, check.suggestion):
            if words:
                out.print(Text(f"  {words}"), soft_wrap=True)
    option = "" if str(warehouse) == DEFAULT_WAREHOUSE else f" --warehouse {warehouse}"
    out.print(Text(f"next      khopso review{option}, khopso trends{option}"), soft_wrap=True)
