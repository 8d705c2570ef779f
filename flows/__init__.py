"""khopso: the figures of Vietnamese news, read and reconciled.

The pure part of the project can be used as a library; nothing here reads or writes files, and importing
it loads no Prefect, pandas or DuckDB.
"""

from flows.checks import find_checks
from flows.figures import find_figures
from flows.model import Check, Figure, Period
from flows.recognizers.period import find_periods
from flows.recognizers.spelled import parse_numeral

__all__ = ["Check", "Figure", "Period", "find_checks", "find_figures", "find_periods", "parse_numeral"]
