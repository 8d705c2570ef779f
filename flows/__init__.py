"""khopso: the figures of Vietnamese news, read and reconciled.

The pure part of the project can be used as a library; nothing here reads or writes files, and importing
it loads no Prefect, pandas or DuckDB.
"""

from flows.checks import find_checks
from flows.figures import find_figures
from flows.model import Check, Figure

__all__ = ["Check", "Figure", "find_checks", "find_figures"]
