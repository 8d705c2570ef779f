"""Dates, periods and clock times in Vietnamese news: where they stand, and which days they mean."""

from flows.recognizers.period.scan import RawPeriod, scan_periods

__all__ = ["RawPeriod", "scan_periods"]
