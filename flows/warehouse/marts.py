"""The trend views and tables of `schemas/marts/`, in name order."""

from __future__ import annotations

from flows.warehouse.connect import Connection
from flows.warehouse.schemas import sql_files


def refresh_marts(connection: Connection) -> None:
    """Make every mart anew from the tables; called inside the transaction that changed them."""
    for file in sql_files("marts"):
        connection.execute(file.read_text(encoding="utf-8"))
