"""khopso: the figures of Vietnamese news, read and reconciled.

The pure part of the project can be used as a library; nothing here reads or writes files, and importing
it loads no Prefect, pandas or DuckDB.
"""

from flows.figures import find_figures
from flows.model import Figure

__all__ = ["Figure", "find_figures"]
