"""`khopso report`: write the report pages again."""

from __future__ import annotations

from pathlib import Path

import click

from flows.commands.options import reports_option, terminal, warehouse_option


@click.command("report")
@warehouse_option
@reports_option
def command(warehouse: Path, reports: Path | None) -> None:
    """Write the quality report and the trend pages anew from the warehouse."""
    from flows.reports import build_reports

    out = terminal()
    for page in build_reports(warehouse, reports or warehouse.parent / "reports"):
        out.print(str(page), soft_wrap=True)
