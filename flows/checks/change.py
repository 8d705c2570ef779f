"""Change: a stated rise or fall in percent between two levels the text prints.

"cả năm lãi ròng 802 tỷ đồng, tăng 49,3 % so với năm 2015 (537 tỷ đồng)" → (802 − 537) / 537 = 49.35 %.

Where the words name the two levels ("từ A lên B", "A, tăng p % so với … (B)"), a mismatch is an alarm; two levels that
merely stand near must fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from flows.checks.arithmetic.causes import digit_slip
from flows.checks.arithmetic.printed import Spread, apply
from flows.checks.arithmetic.statement import believable, first_cause, is_fit, make_check, number, quoted
from flows.checks.reading.article import Reading, is_level, significant_digits
from flows.checks.reading.base_periods import base_by_period
from flows.checks.reading.levels import LevelPair, far_from, level_pairs, loosely_fits
from flows.model import Check, Figure

_EXCEEDS = re.compile(r"(?<!\w)vượt(?: chỉ tiêu| kế hoạch| dự toán| mức)?(?: tới| gần| hơn| khoảng| trên)?\s*\Z")
_BASE = re.compile(
    r"(?:(?<!\w)(?:so với|cùng kỳ|năm trước|năm ngoái|trước đó|trước đây|từ|mức|kế hoạch|mục tiêu|chỉ tiêu|dự toán|"
    r"năm \d{4})(?!\w)|\()[^;]{0,60}\Z"
)
_THAN_YEAR = re.compile(r"\A\s*so với (?:cùng kỳ |mức |số )?(?:của )?năm (\d{4})(?!\d)")
_NEAR_CHANCE = Fraction(1, 5)
_FINE = 3
_CLAUSE = 150


def find(reading: Reading) -> Iterator[Check]:
    """The changes in percent a text asserts."""
    for i, figure in enumerate(reading.figures):
        if figure.kind != "percent" or figure.unit != "%" or figure.value is None:
            continue
        if figure.direction is not None or _EXCEEDS.search(reading.before(i)):
            check = _change(reading, i, figure)
            if check is not None:
                yield check


def _change(reading: Reading, i: int, figure: Figure) -> Check | None:
    doubted: LevelPair | None = None
    for tried, pair in enumerate(level_pairs(reading, i), 1):
        if not pair.named and _far(reading, i, pair):
            continue
        if pair.named:
            computed = _computed(reading, pair, figure.direction, qualified=True)
            stated = reading.spread(i)
            if computed is not None and stated is not None and stated.cut.meets(computed.cut):
                return _check(reading, i, pair, computed, 0.95)
            doubted = doubted or pair
        elif _of_that_year(reading, i, pair):
            computed = _computed(reading, pair, figure.direction, qualified=True)
            stated = reading.spread(i)
            if computed is not None and stated is not None and stated.cut.meets(computed.cut):
                return _check(reading, i, pair, computed, 0.8)
        elif _fits(reading, i, pair, _computed(reading, pair, figure.direction, qualified=False), tried):
            return _check(reading, i, pair, _computed(reading, pair, figure.direction, qualified=True), 0.8)
    if doubted is None:
        return _by_period(reading, i, figure)
    check = _check(reading, i, doubted, _computed(reading, doubted, figure.direction, qualified=True), 0.9)
    return check if believable(check) else None


def _by_period(reading: Reading, i: int, figure: Figure) -> Check | None:
    """The base is dated in a sentence beside: "tăng 44 % so với năm trước. Năm 2020, công ty lãi 1.368 tỷ đồng"."""
    found = base_by_period(reading, i, i - 1) if i else None
    if found is None or not is_level(reading.figures[i - 1]):
        return None
    pair = LevelPair(i - 1, found[0], found[1])
    check = _check(reading, i, pair, _computed(reading, pair, figure.direction, qualified=True), 0.75)
    return check if is_fit(check) or pair.named and believable(check) else None


def _far(reading: Reading, i: int, pair: LevelPair) -> bool:
    stated, new, base = reading.figures[i], reading.figures[pair.new].value, reading.figures[pair.base].value
    if new is None or not base:
        return True
    change = 100 * (float(new) / float(base) - 1) * (-1 if stated.direction == "down" else 1)
    return far_from(stated.value, change, stated.resolution)


def _fits(reading: Reading, i: int, pair: LevelPair, computed: Spread | None, tried: int) -> bool:
    """Whether the numbers speak for a pair the words do not name: more is asked of levels in other sentences."""
    if reading.same_sentence(pair.new, i) and reading.same_sentence(pair.base, i):
        if pair.new < i < pair.base and not _BASE.search(reading.before(pair.base)):
            return False
        return loosely_fits(reading, i, computed, tried, _NEAR_CHANCE)
    base_ahead = min(pair.new, pair.base) < i and not reading.same_sentence(min(pair.new, pair.base), i)
    if base_ahead and significant_digits(reading.figures[i]) < _FINE and not _retold(reading, pair):
        return False
    return loosely_fits(reading, i, computed, tried)


def _of_that_year(reading: Reading, i: int, pair: LevelPair) -> bool:
    """Whether the base stands in the sentence before with the year it is compared with ("so với năm 2017")."""
    base = reading.figures[pair.base]
    if pair.new != i - 1 or pair.base != i - 2 or reading.sentences_apart(pair.base, i) > 1:
        return False
    year = _THAN_YEAR.match(reading.after(i))
    return year is not None and year[1] in reading.low[max(0, base.char_start - _CLAUSE) : base.char_start]


def _retold(reading: Reading, pair: LevelPair) -> bool:
    """Whether the two levels are of one thing by their words: the same unit, mostly the same name."""
    new, base = reading.figures[pair.new], reading.figures[pair.base]
    if new.unit != base.unit or pair.base > pair.new or reading.sentences_apart(pair.base, pair.new) > 1:
        return False
    a, b = set((new.what or "").lower().split()), set((base.what or "").lower().split())
    return len(a & b) >= max(2, 0.6 * max(len(a), len(b)))


def _computed(reading: Reading, pair: LevelPair, direction: str | None, qualified: bool) -> Spread | None:
    look = reading.spread if qualified else reading.plain
    new, base = look(pair.new), look(pair.base)
    return None if new is None or base is None else _percent(new, base, direction)


def _percent(new: Spread, base: Spread, direction: str | None) -> Spread | None:
    """The rise (or fall) as a positive number of percent when it goes the stated way."""
    sign = -1 if direction == "down" else 1
    return apply(lambda a, b: sign * 100 * (a - b) / b, new, base)


def _check(reading: Reading, i: int, pair: LevelPair, computed: Spread | None, confidence: float) -> Check:
    stated, new, base = reading.figures[i], reading.figures[pair.new], reading.figures[pair.base]

    def causes() -> str | None:
        target, a, b = reading.spread(i), reading.spread(pair.new), reading.spread(pair.base)
        if target is None or a is None or b is None:
            return None
        return first_cause(
            (
                (
                    apply(lambda n, o: 100 * n / o, a, b),
                    "this is the new level as a percentage of the base, not the change",
                ),
                (
                    _percent(b, a, stated.direction),
                    "the change seems to be reckoned on the new level instead of the base",
                ),
                (
                    _percent(a, b, "up" if stated.direction == "down" else "down"),
                    "the direction may be the other way round",
                ),
                (
                    apply(lambda n, o: 100 * o / n, a, b),
                    "this is the base as a percentage of the new level, not the change",
                ),
            ),
            target,
        ) or digit_slip(stated, [new, base], lambda known: _percent(known[0], known[1], stated.direction))

    way = "fall" if stated.direction == "down" else "rise"
    expression = f"({number(new)} − {number(base)}) / {number(base)}"
    if stated.direction == "down":
        expression = f"({number(base)} − {number(new)}) / {number(base)}"
    return make_check(
        "change",
        stated,
        [(new, "new"), (base, "base")],
        computed,
        expression=expression,
        unit="%",
        claim=f"the text gives a {way} of {quoted(stated)} from {quoted(base)} to {quoted(new)}",
        confidence=confidence,
        causes=causes,
    )
