"""Exact closed intervals of rational numbers.

Ends are `fractions.Fraction`, so nothing is ever lost to floats; an end of None is unbounded. Every operation gives the
hull of all results, with both ends included, as XBRL Calculations 1.1 reckons with intervals: sums add the ends, a
product or quotient takes the least and greatest of the corners.

>>> Interval(Fraction(1), Fraction(2)) + Interval(Fraction(3), Fraction(5))
Interval(low=Fraction(4, 1), high=Fraction(7, 1))
>>> Interval.point(6) / Interval(Fraction(0), Fraction(2)) is None
True
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

End = Fraction | None
_MOST_VARIABLES = 6
_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `low` to `high`, both included; an end of None is unbounded."""

    low: End
    high: End

    @classmethod
    def point(cls, value: Fraction | int) -> Interval:
        """The interval of one number."""
        exact = Fraction(value)
        return cls(exact, exact)

    @property
    def bounded(self) -> bool:
        """Whether both ends are finite."""
        return self.low is not None and self.high is not None

    @property
    def middle(self) -> Fraction | None:
        """The centre, None where an end is unbounded."""
        if self.low is None or self.high is None:
            return None
        return (self.low + self.high) / 2

    def __add__(self, other: Interval) -> Interval:
        low = None if self.low is None or other.low is None else self.low + other.low
        if self.low is self.high and other.low is other.high:
            return Interval(low, low)
        return Interval(low, None if self.high is None or other.high is None else self.high + other.high)

    def __neg__(self) -> Interval:
        return Interval(None if self.high is None else -self.high, None if self.low is None else -self.low)

    def __sub__(self, other: Interval) -> Interval:
        return self + (-other)

    def __mul__(self, other: Interval) -> Interval | None:
        return monotone(lambda a, b: a * b, (self, other))

    def __truediv__(self, other: Interval) -> Interval | None:
        """The quotients; None where the divisor may be zero: no statement is possible then."""
        if other.contains(Fraction(0)):
            return None
        return monotone(lambda a, b: a / b, (self, other))

    def __abs__(self) -> Interval:
        if self.low is not None and self.low >= 0:
            return self
        if self.high is not None and self.high <= 0:
            return -self
        ends = [abs(end) for end in (self.low, self.high) if end is not None]
        return Interval(Fraction(0), max(ends) if len(ends) == 2 else None)

    def contains(self, value: Fraction) -> bool:
        """Whether `value` lies in the interval."""
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)

    def meets(self, other: Interval) -> bool:
        """Whether the two have a number in common."""
        return not (
            (self.low is not None and other.high is not None and other.high < self.low)
            or (self.high is not None and other.low is not None and self.high < other.low)
        )

    def hull(self, other: Interval) -> Interval:
        """The smallest interval that holds both."""
        return Interval(
            None if self.low is None or other.low is None else min(self.low, other.low),
            None if self.high is None or other.high is None else max(self.high, other.high),
        )


def monotone(function: Callable[..., Fraction], intervals: Sequence[Interval]) -> Interval | None:
    """The range of a function that is monotone in each of its variables over the box of `intervals`.

    Its least and greatest values are then taken at corners of the box. None where an interval is unbounded, a divisor
    may be zero, or there are more than six variables.

    >>> monotone(lambda new, base: new / base - 1, [Interval.point(6), Interval.point(5)])
    Interval(low=Fraction(1, 5), high=Fraction(1, 5))
    >>> monotone(lambda a, b: a / b, [Interval.point(1), Interval.point(0)]) is None
    True
    """
    if len(intervals) > _MOST_VARIABLES:
        return None
    ends: list[tuple[Fraction, ...]] = []
    for interval in intervals:
        if interval.low is None or interval.high is None:
            return None
        corner = (interval.low,) if interval.low == interval.high else (interval.low, interval.high)
        ends.append((*corner, _ZERO) if interval.low < 0 < interval.high else corner)
    try:
        values = [function(*corner) for corner in product(*ends)]
    except ZeroDivisionError:
        return None
    return Interval(min(values), max(values))
