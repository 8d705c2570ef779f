"""Increment: a rise or fall given in percent and in its own unit with the new level; the base is unprinted.

"VN-Index tăng 0,59 điểm (0,08 %) lên mức 700,63 điểm" → 0.59 / (700.63 − 0.59) = 0.084 %; for a fall the amount is
added: "giảm 41,85 nghìn người (0,08 %)", new level 53,36 triệu.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from flows.checks.arithmetic.causes import digit_slip
from flows.checks.arithmetic.printed import Spread, apply
from flows.checks.arithmetic.statement import believable, first_cause, make_check, number, quoted
from flows.checks.reading.article import Reading, is_level, is_share
from flows.checks.reading.levels import comparable, loosely_fits
from flows.checks.reading.trade import label_before, near, trade
from flows.checks.reading.words import alternation, words
from flows.model import Check, Figure

_LINK = re.compile(
    r"\A(?:\s*so với [^,;()\d]{3,40}(?:năm )?(?:\d{4})?)?\s*(?:[(,;:]|hay|hoặc|tức(?: là)?|"
    r"tương (?:đương|ứng)(?: với)?|ứng với|"
    r"chiếm|bằng|tỷ lệ|khoảng|với|lên|xuống|mức|còn|\+|-|–|tăng|giảm|mất|đạt|là|ở|tới|về|gần|hơn|trên|\s)*\Z"
)
_EQUALS = re.compile(
    r"\A\s*(?:\(|,\s*khoảng(?!\w)|,?\s*(?:hay|tức(?: là)?|tương (?:đương|ứng)(?: với)?|ứng với)(?!\w))"
    r"(?:khoảng|gần|hơn|trên|tăng|giảm|mức|là|thêm|\+|-|–|\s)*\Z"
)
_BRACKET = re.compile(r"\A\s*\(\s*(?:[+−–-]|tăng|giảm|tương đương|\s)*\Z")
_RISES = re.compile(
    r"\A[^,;.()\d]{0,40}[,(]?\s*(?:so với [^,;()\d]{3,40}\s*,?\s*)?(?:đã |cũng |tiếp tục )?(?:tăng|giảm)"
    r"(?: thêm| tới| hơn| gần| khoảng| trên| nhẹ| mạnh)*\s*\Z"
)
_DELIVERED = re.compile(r"(?<!\w)(?:giao tháng|kỳ hạn tháng|giao kỳ hạn)(?!\w)(?:(?!\.\s)[^;\n]){0,120}\Z")
"""The price of a future is no level of the metal's or the oil's own price."""
_CLAUSE = 70
_LESS = re.compile(r"(?<!\w)(?:thấp|ít|kém|rẻ|nhỏ) hơn(?!\w)[^,;.()\d]{0,30}\Z")
_MORE = re.compile(r"(?<!\w)(?:cao|nhiều|lớn|đắt|thấp|ít|kém|rẻ|nhỏ) hơn(?!\w)[^,;.()\d]{0,30}\Z")
_TIED = Fraction(1, 4)
_TO = re.compile(rf"(?:{alternation(words('to'))}|(?<!\w)(?:ở|đạt) (?:mức|ngưỡng)(?!\w))[^,;.:()]{{0,25}}\Z")
_AFTER_A_SHARE = re.compile(
    r"\A[^,;.()\d]{0,70},\s*(?:đã |cũng |tiếp tục )?(?:tăng|giảm)"
    r"(?: thêm| tới| hơn| gần| khoảng| trên| nhẹ| mạnh)*\s*\Z"
)
_RAISES = re.compile(r"(?<!\w)(?:đưa|nâng|kéo|đẩy)(?!\w)[^;.()]{0,80}(?<!\w)(?:lên|đạt|xuống|còn|thành|là)(?!\w)")
"""What is raised may be a sum over the years, while the percentage is of the year: only a near miss is an alarm."""
_NEAR_MISS = Fraction(3, 2)


def find(reading: Reading) -> Iterator[Check]:
    """The increments a text asserts."""
    for i, figure in enumerate(reading.figures):
        if figure.kind == "percent" and figure.unit == "%" and figure.value is not None:
            check = _increment(reading, i)
            if check is not None:
                yield check


def _increment(reading: Reading, i: int) -> Check | None:
    doubted: tuple[int, int] | None = None
    tried = 0
    for amount, linked in _amounts(reading, i):
        way = _way(reading, i, amount)
        tried = 0 if linked else tried
        for level, named in _levels(reading, i, amount):
            tried += 1
            exact = _computed(reading, amount, level, way, qualified=True)
            if exact is None or exact.rounded.low is None or exact.rounded.low < 0:
                continue
            stated = reading.spread(i)
            if linked and named and stated is not None:
                if stated.cut.meets(exact.cut):
                    return _check(reading, i, amount, level, exact, 0.95)
                if doubted is None and (not _RAISES.search(reading.before(level)) or _near_miss(stated, exact)):
                    doubted = (amount, level)
            elif _fits(reading, i, _computed(reading, amount, level, way, qualified=False), linked, tried):
                return _check(reading, i, amount, level, exact, 0.9 if linked else 0.8)
    if doubted is None:
        return None
    way = _way(reading, i, doubted[0])
    check = _check(reading, i, *doubted, _computed(reading, *doubted, way, qualified=True), 0.9)
    return check if believable(check) else None


def _near_miss(stated: Spread, computed: Spread) -> bool:
    a, b = stated.central, computed.central
    return a is not None and b is not None and a > 0 and 1 / _NEAR_MISS <= b / a <= _NEAR_MISS


def _way(reading: Reading, i: int, amount: int) -> str | None:
    """The way of the change: as the figures say, or by "thấp hơn" before the amount."""
    told = reading.figures[amount].direction or reading.figures[i].direction
    if told is not None:
        return told
    return "down" if _LESS.search(reading.before(amount)) else None


def _fits(reading: Reading, i: int, computed: Spread | None, linked: bool, tried: int) -> bool:
    """Tied by the words, amount and percent need only a rough fit with a level that stands near."""
    if linked and tried <= 3:
        return loosely_fits(reading, i, computed, 1, _TIED)
    return loosely_fits(reading, i, computed, tried)


def _computed(reading: Reading, amount: int, level: int, way: str | None, qualified: bool) -> Spread | None:
    look = reading.spread if qualified else reading.plain
    x, y = look(amount), look(level)
    return None if x is None or y is None else _percent(x, y, way)


def _amounts(reading: Reading, i: int) -> Iterator[tuple[int, bool]]:
    """Figures that may be the rise or fall that the percent at `i` also gives, and whether the words tie them."""
    figures = reading.figures
    percent = figures[i]
    for k in (i - 1, i + 1, i - 2):
        if not 0 <= k < len(figures) or not reading.same_sentence(k, i) or not is_level(figures[k]):
            continue
        change = figures[k]
        if change.direction is None and abs(k - i) != 1:
            continue
        if change.direction is percent.direction is None and (k > i or not _MORE.search(reading.before(k))):
            continue
        if change.direction is not None and percent.direction not in (None, change.direction):
            continue
        if change.value is None:
            continue
        linked = abs(k - i) == 1 and bool(_LINK.match(reading.gap(max(k, i))))
        if k == i - 2 and _BRACKET.match(reading.gap(i)) and _TO.search(reading.before(i - 1)):
            linked = change.direction is not None and is_level(figures[i - 1])
        told = change.direction is not None or (k == i - 1 and linked and _MORE.search(reading.before(k)) is not None)
        if not told and not (k == i + 1 and linked and _EQUALS.match(reading.gap(k))):
            continue
        yield k, linked


def _levels(reading: Reading, i: int, amount: int) -> Iterator[tuple[int, bool]]:
    """Figures that may be the level reached, the nearest first, and whether the words name it ("lên 85,16 điểm")."""
    figures = reading.figures
    change = figures[amount]
    after = [k for k in reading.onwards(max(i, amount), window=3) if _is_level_of(change, figures[k])]
    between = [k for k in range(min(i, amount) + 1, max(i, amount)) if _is_level_of(change, figures[k])]
    before = [k for k in reading.backwards(min(i, amount), sentences=3) if _is_level_of(change, figures[k])]
    for k in between + after:
        words_ = reading.before(k)
        yield k, ";" not in words_ and bool(_TO.search(words_) or _RAISES.search(words_))
    if abs(amount - i) == 1:
        for k in _trade_levels(reading, i, amount):
            yield k, False
    for k in before:
        if not reading.same_sentence(k, i) and _of_a_future(reading, k) and not _of_a_future(reading, i):
            continue
        yield k, reading.same_sentence(k, i) and _beside(reading, k, min(i, amount))


def _beside(reading: Reading, k: int, first: int) -> bool:
    """Whether a change is told right behind its level, or behind the share that the level is: "đạt 93 tỷ, chiếm 65 %
    tổng kim ngạch, tăng 23 %, tương ứng 17,5 tỷ"."""
    if k == first - 1:
        return _RISES.match(reading.gap(first)) is not None
    told = k == first - 2 and is_share(reading.figures[k + 1]) and "chiếm" in reading.gap(k + 1)
    return told and _AFTER_A_SHARE.match(reading.gap(first)) is not None


def _of_a_future(reading: Reading, k: int) -> bool:
    start = reading.figures[k].char_start
    return _DELIVERED.search(reading.low[max(0, start - 2 * _CLAUSE) : start]) is not None


def _trade_levels(reading: Reading, i: int, amount: int) -> list[int]:
    """Exports, imports or both as the words before the change name them; trade reports give the level far off."""
    found = trade(reading)
    if not (found.exports or found.imports or found.both):
        return []
    label = label_before(reading, min(i, amount))
    positions: list[int] = getattr(found, label) if label in ("exports", "imports", "both") else []
    return [k for k in near(positions, i, reading, sentences=10) if k < min(i, amount)]


def _is_level_of(change: Figure, level: Figure) -> bool:
    return is_level(level) and level.direction is None and level.value is not None and comparable(change, level)


def _percent(amount: Spread, level: Spread, way: str | None) -> Spread | None:
    if way == "down":
        return apply(lambda a, n: 100 * a / (n + a), amount, level)
    return apply(lambda a, n: 100 * a / (n - a), amount, level)


def _check(reading: Reading, i: int, amount: int, level: int, computed: Spread | None, confidence: float) -> Check:
    stated, rise, new = reading.figures[i], reading.figures[amount], reading.figures[level]
    way = _way(reading, i, amount)
    sign = "+" if way == "down" else "−"

    def causes() -> str | None:
        target, x, y = reading.spread(i), reading.spread(amount), reading.spread(level)
        if target is None or x is None or y is None:
            return None
        return first_cause(
            (
                (
                    apply(lambda a, n: 100 * a / n, x, y),
                    "the change seems to be reckoned on the new level instead of the base",
                ),
                (_percent(x, y, "up" if way == "down" else "down"), "the direction may be the other way round"),
            ),
            target,
        ) or digit_slip(stated, [rise, new], lambda known: _percent(known[0], known[1], way))

    fall = "fall" if way == "down" else "rise"
    return make_check(
        "increment",
        stated,
        [(rise, "increase" if way != "down" else "decrease"), (new, "new")],
        computed,
        expression=f"{number(rise)} / ({number(new)} {sign} {number(rise)})",
        unit="%",
        claim=f"the text gives a {fall} of {quoted(rise)} to {quoted(new)} as {quoted(stated)}",
        confidence=confidence,
        causes=causes,
    )
