"""Convert: one quantity in two units or currencies.

"rộng 11.1 cubic feet (314,3 lít)" → 11.1 × 28.317 = 314.3; "46.950 USD (gần 1,1 tỷ đồng)".

Units convert exactly by `seeds/unit_dimensions.csv`. Money has no exact rate: the rate the pair implies must lie where
the two currencies have ever traded (`seeds/exchange_ranges.csv`) and, where the article gives other pairs of the same
currencies, agree with those.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import ClassVar

from flows.checks.arithmetic.causes import digit_slip
from flows.checks.arithmetic.interval import Interval
from flows.checks.arithmetic.printed import Spread, apply
from flows.checks.arithmetic.statement import make_check, number, quoted
from flows.checks.reading.article import Reading, significant_digits
from flows.checks.reading.dimensions import conversion, dimensions
from flows.model import Check, Figure
from flows.seeds import read_seed

AGREEMENT = Fraction(1, 10)
"""How far the rates of one article may lie apart: buying, selling, official and round rates differ by some percent."""

_ALIKE = Decimal(3)
"""Units further apart than this are not mistaken for each other."""
_LINK = re.compile(
    r"\A\s*(?:[^()\d,;.]{0,25}\(\s*(?:tức|hay|hơn|gần|trên|khoảng|chừng|xấp xỉ|ước|tính|tương đương|tương ứng|với|"
    r"theo tỷ giá|quy đổi|quy|ra|là|vào|bằng|số tiền|tiền|việt|việt nam|vnd|vnđ|usd|nội tệ|≈|~|=|:|,|[$£€¥]|\s)*"
    r"|(?:[^()\d,;.]{0,30}[,–-])?\s*(?:tức|tương đương|tương ứng|quy đổi|quy ra|hay|=|≈)(?!\w)"
    r"(?:\s|là|với|ra|khoảng|gần|hơn|trên|chừng|xấp xỉ|tầm|vào|tiền|việt|việt nam|vnd|số tiền|[$£€¥])*)\Z"
)
_WORD = re.compile(r"\A[\s“\"‘']*(\w{2,})")
_LEAST_DIGITS = 2
_RECKONED = re.compile(r"\A[\s.,;]*(?:tính ra|quy ra|quy đổi)(?!\w)[^.;()]{0,60}\Z")


@dataclass(frozen=True, slots=True)
class ExchangeRow:
    """A currency and the range of what a US dollar has cost in it."""

    KEY: ClassVar[tuple[str, ...]] = ("currency",)
    currency: str
    least_per_usd: Decimal
    most_per_usd: Decimal

    def __post_init__(self) -> None:
        if self.least_per_usd > self.most_per_usd:
            raise ValueError("least_per_usd is more than most_per_usd; exchange the two")


@dataclass(frozen=True, slots=True)
class _Pair:
    first: int
    second: int


def find(reading: Reading) -> Iterator[Check]:
    """The conversions a text asserts."""
    money: list[_Pair] = []
    origins: dict[int, int] = {}
    for i in range(len(reading.figures) - 1):
        a, b = reading.figures[i], reading.figures[i + 1]
        if b.char_start - a.char_end > 120 or _unit(a) == _unit(b) or not _linked(reading, i):
            continue
        first = origins.get(i, i)
        if _unit(reading.figures[first]) == _unit(b):
            continue
        origins[i + 1] = first
        if _is_money(a) and _is_money(b):
            if _rate_range(_unit(reading.figures[first]), _unit(b)) is not None:
                money.append(_Pair(first, i + 1))
        elif (rate := _factor(reading.figures[first], b)) is not None:
            yield _check(reading, first, i + 1, Spread.point(rate), f"{float(rate):.6g}")
    yield from _told_again(reading, origins)
    for pair in money:
        others = [p for p in money if p != pair and _same_currencies(reading, pair, p)]
        yield _money_check(reading, pair, others)


def _told_again(reading: Reading, linked: dict[int, int]) -> Iterator[Check]:
    """One quantity told again in another unit: "Xe chở 3,4 tấn lươn …. Chiếc xe chở 3.400 kg lươn bị lật"."""
    told: set[object] = set()
    for i, figure in enumerate(reading.figures):
        if figure.kind != "quantity" or figure.value is None or significant_digits(figure) < _LEAST_DIGITS:
            continue
        for k in reading.onwards(i, 3, 6):
            other = reading.figures[k]
            if k in linked or other.kind != "quantity" or other.unit == figure.unit or other.value is None:
                continue
            rate = _factor(figure, other)
            if rate is None or Fraction(figure.value) * rate != Fraction(other.value):
                continue
            if _thing(reading, i) and _thing(reading, i) == _thing(reading, k):
                if (figure.value, figure.unit, other.unit) not in told:
                    yield _check(reading, i, k, Spread.point(rate), f"{float(rate):.6g}")
                told.add((figure.value, figure.unit, other.unit))
                break


def _thing(reading: Reading, i: int) -> str:
    """The word behind a quantity: what it is of."""
    found = _WORD.match(reading.gap(i + 1))
    return found[1] if found else ""


def _linked(reading: Reading, i: int) -> bool:
    gap = reading.gap(i + 1)
    a, b = reading.figures[i], reading.figures[i + 1]
    if _tail(a) and _tail(b) and _tail(a) != _tail(b):
        return False
    return bool(_LINK.match(gap) or _RECKONED.match(gap))


def _tail(figure: Figure) -> str:
    return figure.unit.partition("/")[2] if figure.kind == "rate" else ""


def _unit(figure: Figure) -> str:
    return figure.unit.split("/")[0] if figure.kind in ("money", "rate") else figure.unit


def _is_money(figure: Figure) -> bool:
    return figure.kind in ("money", "rate") and len(_unit(figure)) == 3 and _unit(figure).isupper()


def _factor(a: Figure, b: Figure) -> Fraction | None:
    if a.value is None and b.value is not None:
        return None
    known = conversion(a.unit, b.unit)
    if known is None and ("/" in a.unit) != ("/" in b.unit):
        tail = (a.unit.partition("/")[2] or b.unit.partition("/")[2]).strip()
        known = conversion(*(unit if "/" in unit else f"{unit}/{tail}" for unit in (a.unit, b.unit)))
    return known


@cache
def _rate_range(first: str, second: str) -> Interval | None:
    """The range of what one `first` has cost in `second`."""
    table = {row.currency: row for row in read_seed("exchange_ranges", ExchangeRow)}
    a, b = table.get(first), table.get(second)
    if a is None or b is None:
        return None
    return Interval(
        Fraction(b.least_per_usd) / Fraction(a.most_per_usd), Fraction(b.most_per_usd) / Fraction(a.least_per_usd)
    )


def _same_currencies(reading: Reading, a: _Pair, b: _Pair) -> bool:
    return [_unit(reading.figures[k]) for k in (a.first, a.second)] == [
        _unit(reading.figures[k]) for k in (b.first, b.second)
    ]


def _money_check(reading: Reading, pair: _Pair, others: list[_Pair]) -> Check:
    a, b = reading.figures[pair.first], reading.figures[pair.second]
    rates = _rate_range(_unit(a), _unit(b))
    usual = _usual_rate(reading, others)
    if usual is not None and rates is not None:
        rates = Interval(usual * (1 - AGREEMENT), usual * (1 + AGREEMENT))
        said = f"{float(usual):.6g} (the rate of the article's other pairs)"
    else:
        said = "the exchange rate"
    rate = Interval(None, None) if rates is None else rates
    return _check(reading, pair.first, pair.second, Spread(rate, rate), said)


def _usual_rate(reading: Reading, others: list[_Pair]) -> Fraction | None:
    """The rate two or more other pairs of the article agree on."""
    rates = []
    for pair in others:
        a, b = reading.plain(pair.first), reading.plain(pair.second)
        if a is None or b is None or not a.rounded.middle or not b.rounded.middle:
            continue
        rates.append(b.rounded.middle / a.rounded.middle)
    rates.sort()
    if len(rates) < 2 or rates[0] * (1 + AGREEMENT) < rates[-1]:
        return None
    return rates[len(rates) // 2]


def _other_unit(reading: Reading, first: int, second: int) -> str | None:
    """Another unit of the same dimension that the numbers fit: sea miles reckoned as land miles."""
    quantity, stated, target = reading.figures[first], reading.figures[second], reading.spread(second)
    table, known = dimensions(), reading.spread(first)
    meant, given = table.get(stated.unit), table.get(quantity.unit)
    if target is None or known is None or meant is None or given is None:
        return None
    for other in table.values():
        ratio = other.factor / given.factor
        if other.dimension != given.dimension or other.factor == given.factor or not _ALIKE > ratio > 1 / _ALIKE:
            continue
        step = Fraction(other.factor) / Fraction(meant.factor)
        computed = apply(lambda x, f: x * f, known, Spread.point(step))
        if computed is not None and computed.rounded.meets(target.rounded):
            return f"the numbers fit if {quoted(quantity)} is in {other.unit}"
    return None


def _check(reading: Reading, first: int, second: int, rate: Spread, said: str) -> Check:
    quantity, stated = reading.figures[first], reading.figures[second]
    known = reading.plain(first) if quantity.qualifier in ("at_least", "at_most") else reading.spread(first)
    computed = None if known is None else apply(lambda x, r: x * r, known, rate)
    return make_check(
        "convert",
        stated,
        [(quantity, "quantity")],
        computed,
        expression=f"{number(quantity)} {_unit(quantity)} × {said}",
        unit=_unit(stated),
        claim=f"the text gives {quoted(quantity)} as {quoted(stated)}",
        confidence=0.9,
        causes=lambda: (
            _other_unit(reading, first, second)
            or digit_slip(stated, [quantity], lambda spreads: apply(lambda x, r: x * r, spreads[0], rate))
            if not _is_money(stated)
            else None
        ),
    )
