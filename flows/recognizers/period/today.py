"""Which day an article calls today, where it says so: "sáng nay (7/2)", "hôm qua, ngày 6-2-2017".

The day of publication that comes with an article may be that of a reprint, or an estimate. What the article prints
beside its own "hôm nay" is the day that its "hôm qua" and "tháng trước" are told from.
"""

from __future__ import annotations

import re
from datetime import date

from flows.recognizers.period import calendar
from flows.recognizers.period.parts import RELATIVE, either

_SHIFTS = {words: row.shift for words, row in RELATIVE.items() if row.unit == "day"}
_DAY = re.compile(
    r"(?<![\w.,/-])(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})(?:\s?[/.-]\s?(?P<year>\d{4}))?(?![\d%]|[.,/-]\d)"
)
_WORD = re.compile(rf"(?<!\w)({either(_SHIFTS)})\s*[,(]?\s*(?:tức\s+)?(?:ngày\s+)?\Z")
_REACH = 30
_MOST_DAYS_OFF = 7
"""A day further from the publication than this is another's today, told again."""


def told_today(text: str, published_on: date | None) -> date | None:
    """The day that `text` calls today, `published_on` where it does not tell or tells of another week.

    >>> told_today("Sáng nay (7/2), giá vàng giảm.", date(2017, 2, 6))
    datetime.date(2017, 2, 7)
    >>> told_today("Hôm qua, ngày 6/2/2017, giá vàng giảm.", None)
    datetime.date(2017, 2, 7)
    >>> told_today("Hôm qua thắng 2-1.", date(2017, 2, 6)), told_today("Sáng nay (7/2), giá vàng giảm.", None)
    (datetime.date(2017, 2, 6), None)
    >>> told_today("Tối qua (31/12), phố đi bộ đông nghịt.", date(2017, 1, 2))
    datetime.date(2017, 1, 1)
    """
    for found in _DAY.finditer(text):
        word = _WORD.search(text, max(0, found.start() - _REACH), found.start())
        if word is None:
            continue
        shift = _SHIFTS[" ".join(word[1].lower().split())]
        days = [day for year in _years(found, published_on) if (day := _today(found, year, shift)) is not None]
        if published_on is None:
            return days[0] if days else None
        near = [day for day in days if abs((day - published_on).days) <= _MOST_DAYS_OFF]
        if near:
            return near[0]
    return published_on


def _years(found: re.Match[str], published_on: date | None) -> list[int]:
    """The year that is printed, else those that the day can be of."""
    if found["year"]:
        return [int(found["year"])]
    return [published_on.year + shift for shift in (0, -1, 1)] if published_on else []


def _today(found: re.Match[str], year: int, shift: int) -> date | None:
    """Today, where the day that is printed is `shift` days from it; None for a day that is none."""
    day = calendar.day(year, int(found["month"]), int(found["day"]))[0]
    return None if day is None else calendar.days_shifted(day, -shift)
