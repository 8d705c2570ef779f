"""What units measure, so that a quantity in one can be told in another (`seeds/unit_dimensions.csv`)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import ClassVar

from flows.seeds import read_seed

DURATIONS = {"year": "năm", "month": "tháng", "week": "tuần", "day": "ngày", "hour": "giờ", "minute": "phút"}
"""The words by which a rate or a mean names the length of time it is per."""


@dataclass(frozen=True, slots=True)
class DimensionRow:
    """A unit, what it measures, and how many base units of that it is."""

    KEY: ClassVar[tuple[str, ...]] = ("unit",)
    unit: str
    dimension: str
    factor: Decimal


@cache
def dimensions() -> dict[str, DimensionRow]:
    """The units that can be converted, by name."""
    return {row.unit: row for row in read_seed("unit_dimensions", DimensionRow)}


@cache
def conversion(unit: str, other: str) -> Fraction | None:
    """How many `other` one `unit` is, None if they measure different things.

    >>> conversion("km", "m")
    Fraction(1000, 1)
    >>> conversion("km", "kg") is None
    True
    """
    if unit == other:
        return Fraction(1)
    a, b = dimensions().get(unit), dimensions().get(other)
    if a is None or b is None or a.dimension != b.dimension:
        return None
    return Fraction(a.factor) / Fraction(b.factor)
