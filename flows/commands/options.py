"""Options that several commands share, and how a run speaks on the terminal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console

Command = Callable[..., Any]

DEFAULT_WAREHOUSE = "data/warehouse.duckdb"


def warehouse_option(command: Command) -> Command:
    """`--warehouse FILE`, or KHOPSO_WAREHOUSE, or data/warehouse.duckdb: a Path named `warehouse`."""
    return click.option(
        "--warehouse", type=click.Path(path_type=Path, dir_okay=False), envvar="KHOPSO_WAREHOUSE",
        default=DEFAULT_WAREHOUSE, show_default=True, show_envvar=True, help="The DuckDB file.",
    )(command)


def reports_option(command: Command) -> Command:
    """`--reports FOLDER`: a Path or None named `reports`."""
    return click.option(
        "--reports", type=click.Path(path_type=Path, file_okay=False), default=None,
        help="Where the pages go.  [default: reports beside the warehouse]",
    )(command)


def published_on_option(command: Command) -> Command:
    """`--published-on DATE`: a date or None named `published_on`."""
    return click.option(
        "--published-on", type=click.DateTime(["%Y-%m-%d"]), default=None, callback=_as_date, metavar="YYYY-MM-DD",
        help='The day "hôm qua" is counted from in articles that carry no date.',
    )(command)


def _as_date(_context: click.Context, _parameter: click.Parameter, value: datetime | None) -> date | None:
    return value.date() if value else None


def terminal() -> Console:
    """Where results are written."""
    return Console(highlight=False)
