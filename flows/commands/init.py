"""`khopso init`: create or migrate the warehouse and load `seeds/`."""

from __future__ import annotations

from pathlib import Path

import click

from flows.commands.options import terminal, warehouse_option


@click.command("init")
@warehouse_option
def command(warehouse: Path) -> None:
    """Create the warehouse, or bring it up to this version, and load the reference tables.

    Safe at any time: `ingest` does the same before it begins.
    """
    from flows.warehouse.migrate import migrate

    done = migrate(warehouse)
    out = terminal()
    out.print(f"{warehouse}: {'created' if done.created else 'up to date'}", soft_wrap=True)
    for name in done.migrations:
        out.print(f"  migrated: {name}", soft_wrap=True)
    if done.reference_tables:
        out.print(f"  loaded from seeds/: {', '.join(done.reference_tables)}", soft_wrap=True)
