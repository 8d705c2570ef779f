"""Lengths of time that have run when they are told: "sau 10 năm gia nhập WTO", "kỷ niệm 87 năm thành lập Đảng".

Such a length covers the years, months, weeks or days up to the period that its sentence names, else up to the
publication. One that is still to run ("sau 3 năm nữa", "sau 30 ngày kể từ ngày nhận đơn") keeps the period it has.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from flows.model import Figure
from flows.recognizers.period.calendar import days_shifted, is_year, month_shifted, years_shifted
from flows.recognizers.period.parts import ELAPSED, TO_RUN, either

_HAS_RUN = re.compile(rf"(?<!\w){either(ELAPSED)}(?:\s+(?:chỉ|đúng|tròn|gần|hơn|khoảng|tới))*\s+\Z")
_TO_RUN = re.compile(rf"\s+{either(TO_RUN)}(?!\w)")
_REACH = 30
_DAYS = {"day": 1, "week": 7}


def set_elapsed(text: str, figure: Figure, is_printed: bool, published_on: date | None) -> None:
    """Lets the period of such a length begin when it began; `is_printed` says that its sentence names the end."""
    if figure.kind != "duration" or figure.value is None or figure.value != int(figure.value):
        return
    if figure.period_end is None or _TO_RUN.match(text, figure.char_end):
        return
    if not _HAS_RUN.search(text, max(0, figure.char_start - _REACH), figure.char_start):
        return
    end = figure.period_end if is_printed else published_on
    if end is None:
        return
    start = begin_of(figure.period_start if is_printed and figure.period_start else end, int(figure.value), figure.unit)
    if start is not None:
        figure.period_start, figure.period_end = start, end


def begin_of(end: date, count: int, unit: str) -> date | None:
    """When a length of time began that ends with `end`; None for a unit without a calendar or beyond the calendar.

    >>> begin_of(date(2017, 2, 3), 87, "year"), begin_of(date(2017, 3, 31), 1, "month"), begin_of(date.min, 1, "day")
    (datetime.date(1930, 2, 3), datetime.date(2017, 2, 28), None)
    """
    if unit in _DAYS:
        return days_shifted(end, -count * _DAYS[unit])
    if unit == "year":
        return years_shifted((end, None), -count)[0]
    if unit != "month":
        return None
    year, month = month_shifted(end, -count)
    return date(year, month, min(end.day, monthrange(year, month)[1])) if is_year(year) else None
