"""`khopso review`: look through failed checks and write down what they are."""

from __future__ import annotations

import getpass
from pathlib import Path

import click
from rich.text import Text

from flows.commands.options import terminal, warehouse_option
from flows.errors import UsageError
from flows.warehouse.ask import failed_checks
from flows.warehouse.reviews import VERDICTS, add_review


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in some containers
        return "unknown"


@click.command("review")
@click.argument("subject", required=False, metavar="[CHECK_OR_FIGURE]")
@click.option("--verdict", type=click.Choice(VERDICTS), default=None,
              help="paper_erred: the article is wrong; misread: khopso is wrong; fine: nothing is wrong.")
@click.option("--note", default=None, help="Free words for whoever reads it later.")
@click.option("--reviewer", default=_user, show_default="your user name", help="Who says so.")
@click.option("--all", "everything", is_flag=True, help="List reviewed checks too, with their verdicts.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many to list.")
@warehouse_option
def command(
    subject: str | None, verdict: str | None, note: str | None, reviewer: str, everything: bool, limit: int,
    warehouse: Path,
) -> None:
    """List failed checks, or write a verdict on one: khopso review CHECK --verdict paper_erred --note "…".

    A review stays when its article is read again.
    """
    if subject is None:
        if verdict or note:
            raise UsageError("review: --verdict: needs a check or figure; list them with khopso review")
        _list(warehouse, everything, limit)
        return
    if verdict is None:
        raise UsageError(f"review: {subject}: no verdict given; add --verdict {'|'.join(VERDICTS)}")
    reviewed = add_review(warehouse, subject, verdict, note, reviewer)
    terminal().print(Text(f"{verdict}: {reviewed}"))


def _list(warehouse: Path, everything: bool, limit: int) -> None:
    out = terminal()
    found = failed_checks(warehouse, reviewed=everything, limit=limit)
    if not found:
        out.print("No failed check waits for a review.")
    for check in found:
        out.print(Text.assemble((check.check_id, "cyan"), f"  {check.kind}  ", (check.formula, "bold")), soft_wrap=True)
        lines = [f"in {check.title}", f"» {' '.join(check.statement.split())}", check.explanation, check.suggestion]
        if check.verdict:
            lines.append(f"reviewed: {check.verdict}{f' ({check.note})' if check.note else ''}")
        for line in lines:
            if line:
                out.print(Text(f"    {line}"), soft_wrap=True)
