"""What a printed figure stands for.

The one place where the rules of reading a printed number as an interval are stated.

1. **Rounding.** A number printed with last digit worth r stands for every value that rounds to it: value ± r/2, both
   ends included. Sources: XBRL Calculations 1.1 (Recommendation 2023, "inclusive intervals": a fact with decimals d
   stands for value ± 0.5·10^-d, ends included because nothing says which way ties were rounded); statcheck (Nuijten
   et al. 2016), which recomputes a p-value from the lower and upper rounding bound of the printed statistic.
   87,8 % → 87.75…87.85; 14,60 tỷ USD → 14.595…14.605 billion.
2. **Cutting.** A writer who cuts digits instead of rounding prints v for anything in [v, v + r), so the interval for
   "rounded or cut" is v − r/2 … v + r (mirrored for a negative number; −r … r for a printed zero). A relation that
   holds only so is `truncated`.
3. **Counts are exact.** "527 đảng viên" is 527: a count printed to the unit is one number, not ± ½. A count printed in
   thousands or millions ("1,6 triệu cổ phiếu") is rounded like anything else.
   Integrality follows GRIM (Brown & Heathers 2017): a share of n counted things must be k/n for a whole k.
4. **Qualifiers widen their side** by 5 % of the number, at least one unit of the last digit:
   hơn/trên v → v … v + w; gần/dưới v → v − w … v (w at most a fifth of v: 1.5 is not "gần gấp đôi");
   khoảng v → v − w … v + w; ít nhất v → v … ∞; tối đa v → 0 … v (for a negative number the sides are mirrored).
   The 5 % is ours: in the articles read, writers who say "gần 100.000" mean 95.000 and more.
5. **A range** a–b stands for a − r/2 … b + r/2.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from flows.checks.arithmetic.interval import Interval, monotone
from flows.model import Figure

WIDENING = Fraction(1, 20)
"""How far a qualifier reaches, as a share of the number it stands before."""

COUNTED = frozenset({"count", "age"})
"""Kinds whose figures are exact when printed to the unit. An age is a whole number of years by convention."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The values a figure or a computed result may have: if writers rounded, and if they rounded or cut."""

    rounded: Interval
    cut: Interval
    central: Fraction | None = None
    """The number as printed, or what is computed from the numbers as printed."""

    @classmethod
    def point(cls, value: Fraction | int) -> Spread:
        """A number known exactly."""
        only = Interval.point(value)
        return cls(only, only, Fraction(value))

    def __add__(self, other: Spread) -> Spread:
        central = None if self.central is None or other.central is None else self.central + other.central
        rounded = self.rounded + other.rounded
        exact = self.cut is self.rounded and other.cut is other.rounded
        return Spread(rounded, rounded if exact else self.cut + other.cut, central)

    def __sub__(self, other: Spread) -> Spread:
        central = None if self.central is None or other.central is None else self.central - other.central
        return Spread(self.rounded - other.rounded, self.cut - other.cut, central)

    def __abs__(self) -> Spread:
        return Spread(abs(self.rounded), abs(self.cut), None if self.central is None else abs(self.central))


def spread(figure: Figure) -> Spread | None:
    """The spread of a figure by the rules above; None for a figure that has no number.

    >>> from decimal import Decimal
    >>> spread(Figure(0, 5, "87,8%", "percent", Decimal("87.8"), "%", resolution=Decimal("0.1"))).rounded
    Interval(low=Fraction(351, 4), high=Fraction(1757, 20))
    >>> spread(Figure(0, 3, "527", "count", Decimal(527), "đảng viên")).cut
    Interval(low=Fraction(527, 1), high=Fraction(527, 1))
    >>> spread(Figure(0, 3, "n", "count", None, "người")) is None
    True
    """
    counted = figure.kind in COUNTED
    if figure.value is None:
        return _range(figure.value_low, figure.value_high, figure.resolution, counted)
    return _single(figure.value, figure.resolution, figure.qualifier, counted)


def plain(figure: Figure) -> Spread | None:
    """The spread of a figure as if it had no qualifier: for deciding which figures a loosely worded text relates.

    >>> from decimal import Decimal
    >>> plain(Figure(0, 2, "15%", "percent", Decimal(15), "%", qualifier="about")).rounded
    Interval(low=Fraction(29, 2), high=Fraction(31, 2))
    """
    if figure.value is None or figure.qualifier == "exact":
        return spread(figure)
    return _single(figure.value, figure.resolution, "exact", figure.kind in COUNTED)


def _digit(resolution: Decimal) -> Fraction:
    return abs(Fraction(resolution)) if resolution else Fraction(1)


def _range(low: Decimal | None, high: Decimal | None, resolution: Decimal, counted: bool) -> Spread | None:
    if low is None and high is None:
        return None
    digit = _digit(resolution)
    half = Fraction(0) if counted and digit <= 1 else digit / 2
    whole = Interval(None if low is None else Fraction(low) - half, None if high is None else Fraction(high) + half)
    return Spread(whole, Interval(whole.low, None if whole.high is None else whole.high + half))


@lru_cache(maxsize=1024)
def _single(number: Decimal, resolution: Decimal, qualifier: str, counted: bool) -> Spread:
    value, digit = Fraction(number), _digit(resolution)
    if value < 0:
        mirrored = _spread_of(-value, digit, _MIRROR.get(qualifier, qualifier), counted)
        return Spread(-mirrored.rounded, -mirrored.cut, value)
    return replace(_spread_of(value, digit, qualifier, counted), central=value)


_MIRROR = {"over": "under", "under": "over", "at_least": "at_most", "at_most": "at_least"}


def _spread_of(value: Fraction, digit: Fraction, qualifier: str, counted: bool) -> Spread:
    exact = counted and digit <= 1 and value.denominator == 1
    if exact and qualifier == "exact":
        only = Interval(value, value)
        return Spread(only, only)
    half, unit = (Fraction(0), Fraction(0)) if exact else (digit / 2, digit)
    width = max(digit, value * WIDENING)
    if qualifier == "over":
        return Spread(Interval(value, value + width), Interval(value - half, value + width))
    if qualifier == "under":
        width = max(min(digit, value / 5), value * WIDENING)
        return Spread(Interval(value - width, value), Interval(value - width, value + half))
    if qualifier == "about":
        around = Interval(value - width, value + width)
        return Spread(around, around)
    if qualifier == "at_least":
        return Spread(Interval(value, None), Interval(value - half, None))
    if qualifier == "at_most":
        return Spread(Interval(Fraction(0), value), Interval(Fraction(0), value + half))
    cut = Interval(-unit, unit) if value == 0 else Interval(value - half, value + unit)
    return Spread(Interval(value - half, value + half), cut)


def apply(function: Callable[..., Fraction], *spreads: Spread) -> Spread | None:
    """The spread of a function that is monotone in each operand; None where it cannot be computed.

    >>> apply(lambda a, b: a / b, Spread.point(1), Spread.point(0)) is None
    True
    """
    rounded = monotone(function, [operand.rounded for operand in spreads])
    cut = monotone(function, [operand.cut for operand in spreads])
    if rounded is None:
        return None
    centres = [operand.central for operand in spreads if operand.central is not None]
    try:
        central = function(*centres) if len(centres) == len(spreads) else None
    except ZeroDivisionError:
        central = None
    return Spread(rounded, rounded if cut is None else cut.hull(rounded), central)
