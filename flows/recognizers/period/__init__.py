"""Dates, periods and clock times in Vietnamese news: where they stand, and which days they mean."""

from flows.recognizers.period.parts import RawPeriod
from flows.recognizers.period.resolve import find_periods
from flows.recognizers.period.scan import scan_periods
from flows.recognizers.period.today import told_today

__all__ = ["RawPeriod", "find_periods", "scan_periods", "told_today"]
