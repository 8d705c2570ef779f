"""Levels around a change: the new level and the base that a rise or fall is between.

Shared by the kinds that need two levels (change, difference, multiple) or one (increment). A pair of levels is *named*
when the words say which is which ("từ 79,9 triệu lên 82,9 triệu đồng", "so với mức 4.050 tấn", the base in brackets);
otherwise it stands there by position only, and a kind may use it only if the numbers agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from flows.checks.arithmetic.printed import Spread
from flows.checks.reading.article import Reading, coarseness, is_level, same_measure
from flows.checks.reading.words import alternation, words
from flows.model import Figure

_FROM = re.compile(rf"{alternation(words('from'))}[^,;.:()]{{0,25}}\Z")
_TO = re.compile(rf"{alternation(words('to'))}[^,;.:()]{{0,25}}\Z")
_COMPARED_TO = re.compile(r"(?<!\w)(?:so với|so|hơn|kém)(?!\w)(?:(?! và )[^,;()]){0,60}(?:\([^(),;]{0,30})?\Z")
_MORE_THAN = re.compile(r"(?<!\w)(?:hơn|kém|so với)(?!\w)(?:(?! và )[^,;]){0,60}\Z")
_ASIDE = re.compile(r"\A\s*\([^(),;\d]{3,40}\Z")
_FORMERLY = re.compile(
    r"\A\s*[(,]\s*(?:trước đó|trước đây|trước kia|cũ|mức cũ|giá cũ|ban đầu|lần đầu|"
    r"(?:trong khi )?(?:cùng kỳ|năm (?:trước|ngoái)|quý trước|tháng trước|kỳ trước))(?!\w)[^,;()]{0,40}\Z"
)
_THUS = re.compile(
    r"\A\s*\)?\s*[,;(]?\s*[^,;()]{0,25}(?:tăng|giảm|cao hơn|thấp hơn|ít hơn|nhiều hơn|hơn|kém|hụt)(?!\w)"
    r"[^,;()]{0,30}\Z"
)
_OF_PLAN = re.compile(
    r"\A\s*(?:so với )?(?:của )?(?:kế hoạch|mục tiêu|chỉ tiêu|dự toán|định mức|con số)(?!\w)(?:(?! và )[^,;()]){0,60}"
    r"(?:\([^(),;\d]{0,25})?\Z"
)
_COMPARED_BEHIND = re.compile(r"\A\s*\([^()]{0,60}\)\s*so với(?!\w)(?:(?! và )[^.;()]){0,80}(?:\([^(),;]{0,30})?\Z")
_RELATIVE = re.compile(r"(?<!\w)(?:nhiều|ít|cao|thấp|lớn|nhỏ|đắt|rẻ|dài|ngắn|nặng|nhẹ) hơn(?!\w)[^,;()]{2,40}\Z")
_OTHER_BASE = re.compile(r"\A\s*(?:so với|so|kế hoạch|chỉ tiêu|dự toán|mỗi|/)")
_BEHIND_BRACKET = 3
_TAKES_UP = re.compile(
    r"\A\s*(?:mức (?:thay đổi|này|giá này|tăng|giảm)|(?:con số|số|t[ỷỉ] lệ|kết quả|lượng) này|như vậy)(?!\w)"
)
_AT_FIRST = re.compile(rf"{alternation(words('at_first'))}[^,;.()]{{0,25}}\Z")
_YEAR = re.compile(r"(?<!\w)(?:năm|năm học|vụ|niên độ)\s+((?:19|20)\d\d)(?!\d)")
_RISES_BY = re.compile(r"\A\s*,\s*[^,;()]{0,40}(?:tăng|giảm|cao hơn|thấp hơn|ít hơn|nhiều hơn)(?!\w)[^,;()]{0,40}\Z")
_BY = re.compile(
    r"\A\s*\)?(?:(?:(?!so với)[^,;.()\d]){0,25}\s(?:là|tới|đến))?\s*(?:là|tới|đến|khoảng|gần|hơn|trên|\s)*\Z"
)

CHANCE = Fraction(1, 8)
"""The most that a fit by accident may be likely where only the numbers speak for a relation."""
_CLOSEST = Fraction(1, 3)
"""The most that a close fit takes off the chance of an accident: round numbers often agree exactly."""


@dataclass(frozen=True, slots=True)
class LevelPair:
    """A new level and its base, by position; `named` says that the words tell them apart."""

    new: int
    base: int
    named: bool


def comparable(a: Figure, b: Figure) -> bool:
    """Whether one level can change into the other: one unit, a rate without its "per" included.

    >>> from decimal import Decimal
    >>> comparable(Figure(0, 1, "", "rate", Decimal(1), "VND/ngày"), Figure(0, 1, "", "money", Decimal(1), "VND"))
    True
    """
    if a.kind == "count" and b.kind == "count":
        return same_measure(a, b)
    return _head(a) == _head(b)


def _head(figure: Figure) -> str:
    """The unit without its "per"; points of an index and points counted are one."""
    unit = figure.unit.split("/")[0]
    return "point" if unit == "điểm" else unit


def level_pairs(reading: Reading, i: int, wanted: Figure | None = None) -> Iterator[LevelPair]:
    """Pairs of levels the change printed at `i` may be between, named pairs first.

    `wanted` restricts the levels to its measure (for a change given in the levels' own unit).
    """
    near = [k for k in _around(reading, i) if wanted is None or comparable(reading.figures[k], wanted)]
    named: list[LevelPair] = []
    placed: list[LevelPair] = []
    for a in near:
        for b in near:
            if a == b or not comparable(reading.figures[a], reading.figures[b]):
                continue
            if named_pair(reading, i, a, b):
                named.append(LevelPair(a, b, True))
            else:
                placed.append(LevelPair(a, b, False))
    named.sort(key=lambda pair: abs(pair.new - i) + abs(pair.base - i))
    placed.sort(key=lambda pair: abs(pair.new - i) + abs(pair.base - i))
    yield from named
    yield from placed


def _around(reading: Reading, i: int) -> list[int]:
    kept = [k for k in reading.backwards(i, sentences=1, window=5) if _is_plain_level(reading.figures[k])]
    return kept + [k for k in reading.onwards(i, sentences=1, window=5) if _is_plain_level(reading.figures[k])]


def _is_plain_level(figure: Figure) -> bool:
    return is_level(figure) and figure.direction is None


def named_pair(reading: Reading, i: int, new: int, base: int) -> bool:
    """Whether the words make `base` the base and `new` the new level of the change at `i`."""
    if not reading.same_sentence(base, i):
        return False
    if not reading.same_sentence(new, i):
        return (
            base == i + 1
            and new == i - 1
            and reading.sentences_apart(new, i) == 1
            and _TAKES_UP.match(reading.before(i)) is not None
            and _COMPARED_TO.search(reading.before(base)) is not None
        )
    if base + 1 == new and _FROM.search(reading.before(base)) and _TO.search(reading.before(new)):
        return True
    before_base = reading.before(base)
    if base == i + 1 and new < i and new >= i - 2:
        if new == i - 1 and reading.gap(base).strip() == "(" and _RELATIVE.search(reading.before(i)):
            return comparable(reading.figures[i], reading.figures[base])
        if _COMPARED_TO.search(before_base) and " và " not in before_base:
            return True
        if new == i - 1 and _OF_PLAN.match(reading.gap(base)):
            return True
        return new == i - 1 and bool(_ASIDE.match(reading.gap(base)) and _RISES_BY.search(reading.before(i)))
    if new == i - 1 and i + 1 < base <= i + _BEHIND_BRACKET:
        return bool(_COMPARED_BEHIND.match(reading.between(i, base)))
    if base == i - 1 and new == i - 2:
        if _FORMERLY.match(reading.gap(base)):
            return bool(_THUS.match(reading.gap(i)))
        return bool(_MORE_THAN.search(before_base) and _BY.match(reading.gap(i)))
    if base == i - 2 and new == i - 1 and _THUS.match(reading.gap(i)) and not _OTHER_BASE.match(reading.after(i)):
        return years_in_order(reading, base, new) or bool(_AT_FIRST.search(before_base))
    return False


def years_in_order(reading: Reading, base: int, new: int) -> bool:
    """Whether the levels are given for an earlier and a later year ("năm 2015 có 120 vụ, năm 2016 có 90 vụ")."""
    first, second = _YEAR.findall(reading.before(base)), _YEAR.findall(reading.before(new))
    return len(first) == 1 and len(second) == 1 and first[0] < second[0]


def far_from(stated: Decimal | None, computed: float, resolution: Decimal) -> bool:
    """Whether a quick reckoning is so far from the stated value that no rounding can bring the two together."""
    if stated is None:
        return True
    value = abs(float(stated))
    return abs(computed - value) > 0.35 * max(abs(computed), value) + 2 * float(resolution)


def loosely_fits(
    reading: Reading, i: int, computed: Spread | None, tried: int = 1, chance: Fraction | None = None
) -> bool:
    """Whether `computed` (of unqualified operands) fits the figure at `i` too well for chance after `tried` attempts.

    The chance of one attempt is the width of what the figure stands for, as a share of it, less where the two agree
    more closely than they need to; where only the outer reaches of the computed interval meet it, the width of that
    counts too.
    """
    stated = reading.plain(i)
    if stated is None or computed is None or not stated.cut.meets(computed.cut):
        return False
    wide = coarseness(stated)
    if computed.central is None or not stated.cut.contains(computed.central):
        wide = max(wide, coarseness(computed))
    elif stated.central is not None and stated.rounded.low is not None and stated.central != stated.rounded.low:
        off = abs(computed.central - stated.central) / (stated.central - stated.rounded.low)
        wide *= min(Fraction(1), max(off, _CLOSEST))
    return wide * tried <= (chance or CHANCE)


def from_to(reading: Reading, base: int) -> bool:
    """Whether "từ <base> … lên/xuống <the next figure>" stands in the text."""
    return (
        base + 1 < len(reading.figures)
        and reading.same_sentence(base, base + 1)
        and bool(_FROM.search(reading.before(base)) and _TO.search(reading.before(base + 1)))
    )
