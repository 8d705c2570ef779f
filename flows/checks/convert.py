"""Convert: one quantity in two units or currencies.

"rộng 11.1 cubic feet (314,3 lít)" → 11.1 × 28.317 = 314.3; "46.950 USD (gần 1,1 tỷ đồng)".

Units convert exactly by `seeds/unit_dimensions.csv`, a range end by end ("50 đến 150 Mbps (6,25 đến 18,75 MB/s)").
Money has no exact rate: the rate the pair implies must lie where the two currencies traded
(`seeds/exchange_ranges.csv`) in the year of the article, or since the year that the two figures or their sentence tell
of (writers reckon at either), give or take SLACK. Where nobody knows the year of the article, any year's rate will do,
and any year's before it where the words tell of earlier days ("vốn đầu tư ban đầu").
Where the article gives other pairs of the same currencies, it must agree with those. The formula shows the rate that
the pair implies or, where that cannot be, the nearest that can.

What a number of packages weigh or hold in all ("162 bánh (hơn 81,5 kg)") is told in brackets too; how much is in one is
not known, so that nothing is computed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from flows.checks.arithmetic.causes import digit_slip
from flows.checks.arithmetic.digits import shown
from flows.checks.arithmetic.interval import Interval
from flows.checks.arithmetic.printed import Spread, apply
from flows.checks.arithmetic.statement import make_check, number, quoted
from flows.checks.arithmetic.verdict import INCONSISTENT
from flows.checks.reading.article import Reading, significant_digits
from flows.checks.reading.bullion import OUNCES_OF_A_TAEL, bullion
from flows.checks.reading.dimensions import conversion, dimensions
from flows.checks.reading.exchange import EVER, rate_range
from flows.checks.reading.sameness import last_digit
from flows.checks.reading.words import alternation, noun_class, pattern, words
from flows.model import Check, Figure

AGREEMENT = Fraction(1, 10)
"""How far the rates of one article may lie apart: buying, selling, official and round rates differ by some percent."""
SLACK = Fraction(1, 25)
"""How far a rate may lie outside what the year's rates were: writers reckon with round rates and those of last week."""

_ALIKE = Decimal(3)
"""Units further apart than this are not mistaken for each other."""
_SIGNS = r"≈|~|=|:|,|[$£€¥]|\s"
_ASIDE = f"(?:{alternation(words('told_in', 'about', 'told_as'))}|{_SIGNS})*"
_LINK = re.compile(
    rf"\A\s*(?:[^()\d,;.]{{0,25}}\({_ASIDE}"
    rf"|(?:[^()\d,;.]{{0,30}}[,–-])?\s*(?:{alternation(words('told_in'))}|[=≈]){_ASIDE})\Z"
)
_IS_TOLD = re.compile(
    rf"\A[^(),;.\d]{{0,30}}\(\s*{alternation(words('equals'))}(?:\s|{alternation(words('about', 'told_as'))})*\Z"
)
_IN_ALL = re.compile(
    rf"\A[^(),;.:\d]{{0,30}}\(\s*(?P<told>{alternation(words('weighing'))})?(?:\s|là|{alternation(words('about'))})*\Z"
)
_WEIGHTS = frozenset({"mass", "volume"})
_MEASURES = frozenset({"count", "quantity", "duration"})
_YEAR = re.compile(r"(?<![\w.,])(?:19|20)\d\d(?!\w|[.,]\d)")
_SENTENCE = 200
_WORD = re.compile(r"\A[\s“\"‘']*(\w{2,})")
_LEAST_DIGITS = 2
_TWO = 2
_TEN, _THOUSAND = 10, 1000
_LATELY = timedelta(days=60)
_FIRST_YEAR = 1990
_AROUND = ("about", "at_least", "at_most")
_RECKONED = re.compile(
    rf"\A[\s.,;]*{alternation(words('reckoned_in'))}[^.;()]{{0,60}}\Z"
    rf"|\A[^().;\d]{{0,70}}(?:[.,]|(?<!\w)và)\s+(?:{alternation(words('this_sum'))}\s+)?{alternation(words('equals'))}{_ASIDE}\Z"
)


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
        if b.char_start - a.char_end > 120:
            continue
        if _unit(a) == _unit(b):
            if a.kind == "duration" and _of_other_things(reading, i):
                yield _untold_factor(a, b)
            continue
        if _weighed(reading, i):
            yield _untold_factor(a, b)
            continue
        if not _linked(reading, i):
            continue
        first = origins.get(i, i)
        if _unit(reading.figures[first]) == _unit(b):
            continue
        origins[i + 1] = first
        if _is_money(a) and _is_money(b):
            if rate_range(_unit(reading.figures[first]), _unit(b), *EVER) is not None:
                money.append(_Pair(first, i + 1))
        elif (rate := _factor(reading.figures[first], b)) is not None:
            yield _check(reading, first, i + 1, Spread.point(rate), f"{float(rate):.6g}")
        elif _IS_TOLD.match(reading.gap(i + 1)) and _plain_measure(a) and _plain_measure(b):
            yield _untold_factor(a, b)
    yield from _told_again(reading, origins)
    for pair in money:
        others = [p for p in money if p != pair and _same_currencies(reading, pair, p)]
        yield _money_check(reading, pair, others)
    yield from _gold(reading)


def _gold(reading: Reading) -> Iterator[Check]:
    """A world price of gold and what it is reckoned to be at home, where it can be that at the year's rates."""
    for world, home in bullion(reading):
        since, until = _years(reading, _Pair(world, home))
        known = rate_range("USD", "VND", since, until)
        x, y = reading.spread(world), reading.spread(home)
        if x is None or y is None or known is None or known.low is None or known.high is None:
            continue
        low, high = (bound * OUNCES_OF_A_TAEL for bound in (known.low * (1 - SLACK), known.high * (1 + SLACK)))
        computed = apply(lambda price, rate: price * rate, x, Spread(Interval(low, high), Interval(low, high)))
        if computed is None or not y.rounded.meets(computed.rounded):
            continue
        rate = _shown_rate(x, y, low, high)
        price, stated = reading.figures[world], reading.figures[home]
        yield make_check(
            "convert",
            stated,
            [(price, "quantity")],
            replace(computed, central=(x.central or Fraction(0)) * rate),
            expression=f"{number(price)} USD × 1.2057 ounces × {_figures(rate / OUNCES_OF_A_TAEL)}",
            unit="VND",
            claim=f"the text gives the world price {quoted(price)} as {quoted(stated)}",
            confidence=0.8,
        )


def _of_other_things(reading: Reading, i: int) -> bool:
    """Whether two lengths of time of one unit are of two things: "25 ngày sản xuất (tương đương 30 ngày nhập ròng)"."""
    a, b = reading.figures[i], reading.figures[i + 1]
    if a.value == b.value or not _IS_TOLD.match(reading.gap(i + 1)):
        return False
    first, second = _thing(reading, i), _thing(reading, i + 1)
    return bool(first and second) and first != second


def _weighed(reading: Reading, i: int) -> bool:
    """Whether the brackets behind counted packages give what they weigh in all: "60 bánh (gần 21 kg)".

    An exact weight that no word calls the whole may be that of one ("20 chai (500 ml)"), and what carries or is weighed
    by itself ("2 xe (hơn 5 tấn)") is no package.
    """
    a, b = reading.figures[i], reading.figures[i + 1]
    table = dimensions().get(b.unit)
    if a.kind != "count" or (a.value or 0) < _TWO or not (_plain_measure(a) and _plain_measure(b)) or table is None:
        return False
    told = _IN_ALL.match(reading.gap(i + 1))
    if told is None or table.dimension not in _WEIGHTS or noun_class(a.unit.lower()) is not None:
        return False
    return (b.qualifier != "exact" or told["told"] is not None) and reading.after(i + 1).lstrip()[:1] == ")"


def _plain_measure(figure: Figure) -> bool:
    return figure.kind in _MEASURES and figure.direction is None


def _untold_factor(a: Figure, b: Figure) -> Check:
    """One quantity told in units that nothing is known to turn into each other: "40 bánh (tương đương 14 kg)"."""
    check = make_check(
        "convert",
        b,
        [(a, "quantity")],
        None,
        expression=f"{number(a)} {a.unit}",
        unit=b.unit,
        claim=f"the text gives {quoted(a)} as {quoted(b)}",
        confidence=0.7,
    )
    check.explanation = f"the text gives {quoted(a)} as {quoted(b)}; how many make one of the other is not known."
    return check


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
    """How many units of the second one of the first is, None where they measure different things."""
    if a.value is None and b.value is not None:
        return None
    known = conversion(a.unit, b.unit)
    if known is None and ("/" in a.unit) != ("/" in b.unit):
        tail = (a.unit.partition("/")[2] or b.unit.partition("/")[2]).strip()
        known = conversion(*(unit if "/" in unit else f"{unit}/{tail}" for unit in (a.unit, b.unit)))
    return known


def _years(reading: Reading, pair: _Pair) -> tuple[int, int]:
    """The years whose rates the pair may have been reckoned at: from the one told of to that of the article."""
    if reading.published_on is None:
        return EVER
    figures = [reading.figures[pair.first], reading.figures[pair.second]]
    years = {day.year for f in figures for day in (f.period_start, f.period_end) if day is not None}
    start, end = figures[0].char_start, figures[1].char_end
    years.update(int(found) for found in _YEAR.findall(reading.low[max(0, start - _SENTENCE) : end + _SENTENCE]))
    if pattern("formerly").search(reading.before(pair.first) + reading.after(pair.second)):
        years.add(_FIRST_YEAR)
    until = reading.published_on.year
    return min((reading.published_on - _LATELY).year, *(year for year in years if year <= until), until), until


def _same_currencies(reading: Reading, a: _Pair, b: _Pair) -> bool:
    return [_unit(reading.figures[k]) for k in (a.first, a.second)] == [
        _unit(reading.figures[k]) for k in (b.first, b.second)
    ]


def _money_check(reading: Reading, pair: _Pair, others: list[_Pair]) -> Check:
    quantity, stated = reading.figures[pair.first], reading.figures[pair.second]
    first, second = _unit(quantity), _unit(stated)
    usual = _usual_rate(reading, others)
    since, until = _years(reading, pair)
    known = rate_range(first, second, since, until)
    if usual is not None:
        low, high = usual * (1 - AGREEMENT), usual * (1 + AGREEMENT)
        why = f"as the article's other pairs give ({_told_rate(first, second, usual)})"
    elif known is not None and known.low is not None and known.high is not None:
        low, high = known.low * (1 - SLACK), known.high * (1 + SLACK)
        when = f"in {until}" if since == until else f"from {since} to {until}"
        why = "as the two currencies have ever traded" if (since, until) == EVER else f"as the two traded {when}"
    else:
        low, high, why = Fraction(0), Fraction(0), ""
    x, y = _rough(reading, pair.first, stated), _rough(reading, pair.second, quantity)
    rates = Interval(low, high)
    computed = None if x is None or not low else apply(lambda amount, rate: amount * rate, x, Spread(rates, rates))
    shown_rate = _shown_rate(x, y, low, high)
    if computed is not None and x is not None and x.central is not None:
        computed = replace(computed, central=x.central * shown_rate)
    check = make_check(
        "convert",
        stated,
        [(quantity, "quantity")],
        computed,
        expression=f"{number(quantity)} {first} {_times(shown_rate)}",
        unit=second,
        claim=f"the text gives {quoted(quantity)} as {quoted(stated)}",
        confidence=0.9,
        against=y,
    )
    if check.verdict == INCONSISTENT and x is not None and y is not None and x.rounded.middle and y.rounded.middle:
        implied = _told_rate(first, second, y.rounded.middle / x.rounded.middle)
        check.explanation = f"{check.explanation[:-1]}: the pair implies {implied}, not {why}."
    return check


def _rough(reading: Reading, i: int, other: Figure) -> Spread | None:
    """What an amount stands for: where "khoảng" is said of it, or of the other and it is as round as "5.000 tỷ", every
    number that it rounds to its last digit but zeros."""
    figure = reading.figures[i]
    known = reading.plain(i) if figure.qualifier in _AROUND else reading.spread(i)
    round_ = other.qualifier == "about" and figure.qualifier == "exact" and significant_digits(figure) == 1
    if known is None or not (round_ or figure.qualifier == "about") or figure.value is None:
        return known
    half = Fraction(last_digit(figure.value)) / 2
    around = Interval(Fraction(figure.value) - half, Fraction(figure.value) + half)
    return replace(known, rounded=around.hull(known.rounded), cut=around.hull(known.cut))


def _shown_rate(x: Spread | None, y: Spread | None, low: Fraction, high: Fraction) -> Fraction:
    """The rate that two amounts imply, or the nearest to it within the limits."""
    if x is None or y is None or not x.rounded.bounded or not y.rounded.bounded:
        return (low + high) / 2
    a, b = x.central or x.rounded.middle, y.central or y.rounded.middle
    return min(max(b / a, low), high) if a and b is not None else (low + high) / 2


def _times(rate: Fraction) -> str:
    """How a formula applies a rate: divided by it where one unit of the first is less than one of the second."""
    if not rate:
        return "× the exchange rate"
    return f"× {_figures(rate)}" if rate >= 1 else f"/ {_figures(1 / rate)}"


def _told_rate(first: str, second: str, rate: Fraction) -> str:
    if rate < 1:
        first, second, rate = second, first, 1 / rate
    return f"{_figures(rate)} {second} for one {first}"


def _figures(rate: Fraction) -> str:
    """A rate in four figures or to the unit: 22,730; 1.264.

    >>> _figures(Fraction(227304, 10)), _figures(Fraction(12639, 10000))
    ('22,730', '1.264')
    """
    return shown(rate, 0) if rate >= _THOUSAND else shown(rate, 3 if rate < _TEN else 1)


def _usual_rate(reading: Reading, others: list[_Pair]) -> Fraction | None:
    """The rate two or more other pairs of the article agree on."""
    rates = []
    for pair in others:
        a, b = reading.plain(pair.first), reading.plain(pair.second)
        if a is None or b is None or not a.rounded.middle or not b.rounded.middle:
            continue
        rates.append(b.rounded.middle / a.rounded.middle)
    rates.sort()
    if len(rates) < _TWO or rates[0] * (1 + AGREEMENT) < rates[-1]:
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
        ),
    )
