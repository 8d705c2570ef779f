"""What currencies cost in each other, ever and from year to year (`seeds/exchange_ranges.csv`)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import ClassVar

from flows.checks.arithmetic.interval import Interval
from flows.seeds import read_seed

EVER = (0, 0)
"""The years, where none are known."""


@dataclass(frozen=True, slots=True)
class ExchangeRow:
    """A currency and the range of what a US dollar cost in it, ever or from one year to another."""

    KEY: ClassVar[tuple[str, ...]] = ("currency", "since")
    currency: str
    since: int | None
    until: int | None
    least_per_usd: Decimal
    most_per_usd: Decimal

    def __post_init__(self) -> None:
        if self.least_per_usd > self.most_per_usd:
            raise ValueError("least_per_usd is more than most_per_usd; exchange the two")
        if (self.since is None) != (self.until is None):
            raise ValueError("since and until are given both or neither; fill in the other year")


@cache
def _ranges() -> dict[str, list[ExchangeRow]]:
    found: dict[str, list[ExchangeRow]] = {}
    for row in read_seed("exchange_ranges", ExchangeRow):
        found.setdefault(row.currency, []).append(row)
    return found


@cache
def _per_dollar(currency: str, since: int, until: int) -> Interval | None:
    """What a US dollar cost between two years, ever where nothing is known of them; None for an unknown currency."""
    rows = _ranges().get(currency, [])
    then = [row for row in rows if row.since is not None and row.since <= until and (row.until or 0) >= since]
    known = then or [row for row in rows if row.since is None]
    if not known:
        return None
    return Interval(
        Fraction(min(row.least_per_usd for row in known)), Fraction(max(row.most_per_usd for row in known))
    )


@cache
def rate_range(first: str, second: str, since: int, until: int) -> Interval | None:
    """The range of what one `first` cost in `second` between two years, ever if nothing is known of them."""
    a, b = _per_dollar(first, since, until), _per_dollar(second, since, until)
    if a is None or b is None or not (a.low and a.high and b.low and b.high):
        return None
    return Interval(b.low / a.high, b.high / a.low)
