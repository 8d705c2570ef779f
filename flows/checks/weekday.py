"""Weekday: a weekday printed beside a full date must be the weekday of that date.

"Thứ Hai, 08/10/2018" → 8 October 2018 was a Monday. "thứ tư (9/10/2018)" → it was a Tuesday.

The rule needs no figure: dates are not figures. A date without a year is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from flows.checks.arithmetic.verdict import CONSISTENT, INCONSISTENT
from flows.checks.reading.article import Reading
from flows.checks.reading.words import alternation, holds, weekdays
from flows.model import Check

_NAMES = weekdays()
_DATE = re.compile(r"(?<!\d)(?P<day>\d{1,2})\s?[-/.]\s?(?P<month>\d{1,2})\s?[-/.]\s?(?P<year>(?:19|20)\d{2})(?!\d)")
_FIRST_WORDS = tuple(sorted({name.split()[0] for name in _NAMES}))
_YEAR = re.compile(r"[-/.]\s?(?:19|20)\d{2}(?!\d)")
"""Looked for first: a date is found by its year, four times as fast as by its day."""
_DAY_AND_MONTH = 7
_NAME_BEFORE = re.compile(rf"(?P<name>{alternation(tuple(_NAMES))})[\s,]*(?:ngày|hôm|\(|\s)*\Z")
_LOOK_BACK = 32
_ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def find(reading: Reading) -> Iterator[Check]:
    """The weekdays with dates of an article."""
    low = reading.low or reading.text.lower()
    if not holds(low, _FIRST_WORDS):
        return
    for year in _YEAR.finditer(reading.text):
        found = _DATE.search(reading.text, max(0, year.start() - _DAY_AND_MONTH), year.end())
        if found is None:
            continue
        before = reading.text[max(0, found.start() - _LOOK_BACK) : found.start()].lower()
        named = _NAME_BEFORE.search(before)
        if named is None:
            continue
        try:
            printed = date(int(found["year"]), int(found["month"]), int(found["day"]))
        except ValueError:
            continue
        said = _NAMES[" ".join(named["name"].split())]
        start = found.start() - len(before) + named.start()
        fits = printed.weekday() == said
        name = _ENGLISH[printed.weekday()]
        yield Check(
            kind="weekday",
            verdict=CONSISTENT if fits else INCONSISTENT,
            stated=None,
            formula=f"{printed.isoformat()} is a {name} (stated {_ENGLISH[said]})",
            explanation=f"the text says “{reading.text[start : found.end()]}”; that day was a {name}"
            + (", which fits." if fits else f", not a {_ENGLISH[said]}."),
            suggestion=None if fits else _cause(printed, said),
            confidence=0.95,
            char_start=start,
            char_end=found.end(),
        )


def _cause(printed: date, said: int) -> str | None:
    """The date that would fit the weekday if day and month were exchanged, or one digit of the day or year is off."""
    try:
        if printed.day <= 12 and date(printed.year, printed.day, printed.month).weekday() == said:
            return "day and month may have been exchanged"
    except ValueError:
        pass
    for years in (-1, 1):
        try:
            if date(printed.year + years, printed.month, printed.day).weekday() == said:
                return f"it would fit the year {printed.year + years}"
        except ValueError:
            continue
    return None
