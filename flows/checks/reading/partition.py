"""A total and its parts, and whether the parts add up to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flows.checks.arithmetic.interval import Interval
from flows.checks.arithmetic.printed import Spread
from flows.checks.reading.article import Reading, is_level
from flows.model import Figure

_BESIDE = re.compile(r",\s*còn(?: hơn| gần| khoảng| trên)?\s*\Z")
_STILL_DUE = re.compile(r"[^,;.()]{0,30}?(?<!\w)(?:chưa|nữa|phải|cần|vẫn|mới|thiếu|nợ|đang)(?!\w)")
_CLAUSE_WORDS = 2
_LEAP_DAYS = 3
_HALF = Interval(Fraction(-1, 2), Fraction(1, 2))


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total and parts of it, by position in the reading.

    `form` is how the parts are given (whole, partial, colon, rest, …); `exhaustive` says that the words name all parts,
    each with its number; `fits` that the parts add up to the total as printed; `plain` that total and list stand side
    by side in one sentence and are of one unit, so that what does not fit is a contradiction.
    """

    total: int
    parts: tuple[int, ...]
    form: str
    exhaustive: bool
    fits: bool
    confidence: float
    plain: bool = False

    @property
    def is_sum(self) -> bool:
        """Whether the parts are all of the total (else they are some of it)."""
        return len(self.parts) >= 2 and (self.fits or self.exhaustive)


def without_repeated(every: Sequence[Breakdown]) -> list[Breakdown]:
    """Without parts of a total that a sum of the same total gives already, and without sums over two levels.

    "1.948 chủ tàu, trong đó đóng mới là 1.510 tàu (619, 149 và 742 tàu), nâng cấp 438 tàu": 619 is of the 1.510.
    """
    summed: dict[int, set[int]] = {}
    sums: dict[int, list[set[int]]] = {}
    for one in every:
        if one.is_sum:
            summed.setdefault(one.total, set()).update(one.parts)
            sums.setdefault(one.total, []).append(set(one.parts))

    def is_mixed(one: Breakdown) -> bool:
        parts = set(one.parts)
        return any(
            below < parts and part not in parts
            for other in sums[one.total] for part in other - parts for below in sums.get(part, ())
        )

    return [
        one
        for one in every
        if (not is_mixed(one) if one.is_sum else not summed.get(one.total, set()).issuperset(one.parts))
    ]


def is_other_part(reading: Reading, k: int) -> bool:
    """Whether "còn" sets a part beside the one before it: "trả 450 triệu, còn 50 triệu cô góp", and not what is left
    to do ("còn 2 việc chưa xong")."""
    behind = reading.after(k)
    told = _BESIDE.search(reading.before(k)) is not None and len(behind.split()) >= _CLAUSE_WORDS
    return told and _STILL_DUE.match(behind) is None


def same_head(a: Figure, b: Figure) -> bool:
    """Whether two figures are of one unit, counts of one noun whatever qualifies it ("7 người", "2 người tử vong")."""
    if a.unit == b.unit or a.kind != "count" or b.kind != "count":
        return a.unit == b.unit
    return a.unit.split(" ", 1)[0] == b.unit.split(" ", 1)[0]


def is_amount(figure: Figure) -> bool:
    """Whether a figure is an amount that can be all or part of something: a level above nought, and no change."""
    return is_level(figure) and figure.value is not None and figure.value > 0 and figure.direction is None


def two_times(whole: Figure, part: Figure) -> bool:
    """Whether a figure is of a time apart from that of another and no longer: a month and a later one, a year and the
    next spring. A time longer than that of its whole only tells since when that is counted."""
    start, end = whole.period_start, whole.period_end
    if start is None or end is None or part.period_start is None or part.period_end is None:
        return False
    apart = end < part.period_start or part.period_end < start
    return apart and (part.period_end - part.period_start).days <= (end - start).days + _LEAP_DAYS


def larger_before(
    reading: Reading, i: int, sentences: int, window: int, most_times: int,
    alike: Callable[[Figure, Figure], bool] = same_head,
) -> int | None:
    """The nearest figure before `i` that is alike, if it is an amount larger than it, at most `most_times` as large."""
    part = reading.figures[i]
    for k in reading.backwards(i, sentences, window):
        whole = reading.figures[k]
        if whole.kind == part.kind and alike(whole, part):
            larger = (part.value or 0) < (whole.value or 0) <= most_times * (part.value or 0)
            return k if larger and is_amount(whole) else None
    return None


def sum_of(reading: Reading, parts: Sequence[int]) -> Spread | None:
    """What the parts add up to, None if one of them has no number."""
    total = Spread.point(0)
    for part in parts:
        one = reading.spread(part)
        if one is None:
            return None
        total = total + one
    return total


def adds_up(reading: Reading, total: int, parts: Sequence[int], plainly: bool = False) -> bool:
    """Whether the parts add up to the total as printed (rounded or cut); `plainly`: qualifiers aside, rounded only."""
    figures = reading.figures
    told, whole = sum(float(figures[k].value or 0) for k in parts), float(figures[total].value or 0)
    if not whole / 2 <= told <= whole * 2 and all(figures[k].value is not None for k in (total, *parts)):
        return False
    if not plainly:
        stated, computed = reading.spread(total), sum_of(reading, parts)
        return stated is not None and computed is not None and stated.cut.meets(computed.cut)
    plain_total = reading.plain(total)
    plain_sum = Spread.point(0)
    for part in parts:
        one = reading.plain(part)
        if one is None:
            return False
        plain_sum = plain_sum + one
    return plain_total is not None and plain_total.rounded.meets(plain_sum.rounded)


def as_printed(reading: Reading, total: int) -> Spread | None:
    """What a total stands for, a count taken to be right to one unit: how telling it is that parts reach it."""
    stated = reading.plain(total)
    if stated is None or reading.figures[total].kind != "count" or stated.rounded.low != stated.rounded.high:
        return stated
    return stated + Spread(_HALF, _HALF)


def in_parallel(reading: Reading, t: int, parts: Sequence[int]) -> bool:
    """Whether the total is told in one sentence with the parts and by their word: "A đóng 60, B đóng 55, C đóng 5"."""
    verb = reading.before(t).split()[-1:]
    return bool(verb) and all(
        reading.same_sentence(min(t, k), max(t, k)) and reading.before(k).split()[-1:] == verb for k in parts
    )
