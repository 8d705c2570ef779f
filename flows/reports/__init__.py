"""Pages and charts for people: the quality report and the trends.

`build_reports` writes all pages of a warehouse; each is one file that needs no network.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["build_reports"]


def build_reports(warehouse: Path, folder: Path) -> list[Path]:
    """Write the pages of `warehouse` into `folder`; the paths written, the page to open first.

    Raises WarehouseError where there is no warehouse to read.
    """
    from flows.reports.quality import write_quality_page
    from flows.reports.trends_page import write_overview_page
    from flows.warehouse.connect import reading

    with reading(warehouse) as connection:
        return [*write_quality_page(connection, folder), *write_overview_page(connection, folder)]
