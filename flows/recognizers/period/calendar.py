"""Which days a printed date or period means: months, quarters, weeks, school years, the lunar new year."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from flows.seeds import read_seed

Interval = tuple[date | None, date | None]
FIRST_YEAR, LAST_YEAR = 1, 9999


@dataclass(frozen=True, slots=True)
class LunarNewYear:
    """A row of `seeds/tet.csv`: the day on which a lunar year begins (mùng 1 Tết)."""

    KEY = ("year",)

    year: int
    new_year: date

    def __post_init__(self) -> None:
        if self.new_year.year != self.year:
            raise ValueError(f"new_year {self.new_year} lies outside {self.year}; write the day of mùng 1 Tết")


NEW_YEARS = {row.year: row.new_year for row in read_seed("tet", LunarNewYear)}


def is_year(year: int) -> bool:
    """Whether the calendar has the year."""
    return FIRST_YEAR <= year <= LAST_YEAR


def day(year: int, month: int, number: int) -> Interval:
    """One day; (None, None) where there is no such day, as 29/2/2017.

    >>> day(2018, 10, 8)
    (datetime.date(2018, 10, 8), datetime.date(2018, 10, 8))
    >>> day(2017, 2, 29)
    (None, None)
    """
    if not (is_year(year) and 1 <= month <= 12 and 1 <= number <= monthrange(year, month)[1]):
        return None, None
    found = date(year, month, number)
    return found, found


def months(year: int, first: int, last: int) -> Interval:
    """The months `first` to `last` of a year, as the quarter 10–12 or the half 1–6.

    >>> months(2016, 10, 12)
    (datetime.date(2016, 10, 1), datetime.date(2016, 12, 31))
    """
    if not is_year(year) or not 1 <= first <= last <= 12:
        return None, None
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def years(first: int, last: int) -> Interval:
    """Whole years, both ends included."""
    if not (is_year(first) and is_year(last)) or last < first:
        return None, None
    return date(first, 1, 1), date(last, 12, 31)


def month_shifted(anchor: date, shift: int) -> tuple[int, int]:
    """Year and month `shift` months from the month of `anchor`.

    >>> month_shifted(date(2017, 1, 31), -1)
    (2016, 12)
    """
    count = anchor.year * 12 + anchor.month - 1 + shift
    return count // 12, count % 12 + 1


def days_shifted(anchor: date, shift: int) -> date | None:
    """The day `shift` days from `anchor`; None beyond the calendar."""
    try:
        return anchor + timedelta(days=shift)
    except OverflowError:
        return None


def years_shifted(interval: Interval, shift: int) -> Interval:
    """The same interval `shift` years later; the end of February stays the end of February.

    >>> years_shifted((date(2016, 2, 1), date(2016, 2, 29)), 1)
    (datetime.date(2017, 2, 1), datetime.date(2017, 2, 28))
    """

    def move(moment: date | None) -> date | None:
        if moment is None or not is_year(moment.year + shift):
            return None
        length = monthrange(moment.year + shift, moment.month)[1]
        at_end = moment.day == monthrange(moment.year, moment.month)[1] and moment.month == 2
        return date(moment.year + shift, moment.month, length if at_end else min(moment.day, length))

    return move(interval[0]), move(interval[1])


def nearest(choices: list[Interval], published_on: date, forward: bool) -> Interval:
    """The choice closest to the publication; news tells of the past, so a day ahead counts half again as far."""

    def distance(interval: Interval) -> float:
        start, end = interval
        if start is None or end is None:
            return float("inf")
        if start <= published_on <= end:
            return 0
        if start > published_on:
            return (start - published_on).days * (0.5 if forward else 1.5)
        return (published_on - end).days * (2.0 if forward else 1.0)

    return min(choices, key=distance) if choices else (None, None)
