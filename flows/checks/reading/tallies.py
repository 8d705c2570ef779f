"""Totals that the figures told next to them make up, in clauses or sentences of their own.

"nhận hai khoản tài trợ tổng trị giá 15,5 triệu USD. … một khoản 7,2 triệu USD từ …, một khoản 8,3 triệu USD từ …";
"tổng chiều dài khoảng 632 km … khoảng 81 km. Chiều dài đầu tư khoảng 713 km".

No word opens these lists, so the numbers must speak, and they must speak plainly: all figures of the measure right
before or right after the total, none passed over, add up to it exactly as printed. Where a word of summing ("tổng",
"cả", "như vậy") or of parts ("còn lại", "thêm", "đợt", "hai khoản") stands by, a less telling number will do, and
percentages, scores and parts of equal size, which otherwise are mostly repetition or chance, are taken too. Words of
comparison between the figures, fractions, tables and ladders of amounts speak against.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from flows.checks.reading.article import Reading, coarseness, is_share, same_measure
from flows.checks.reading.list_words import any_of
from flows.checks.reading.lists import may_end
from flows.checks.reading.partition import Breakdown, as_printed, in_parallel, same_head
from flows.checks.reading.words import pattern
from flows.model import Figure

_PLAIN_KINDS = frozenset({"count", "money", "quantity"})
_CUED_KINDS = frozenset({"count", "money", "quantity", "score", "percent", "duration"})
_WINDOW = 10
_MOST_PARTS = 8
_SENTENCES = 4
_NEAR = 3
_TELLING = Fraction(1, 28)
_TELLING_WITH_CUE = Fraction(1, 8)
_VERY_TELLING = Fraction(1, 400)
_NEARLY = Decimal("0.5")
_LENGTHS = frozenset({"m", "cm", "mm", "km"})
_REST = re.compile(rf"\A[^,;.()\n]{{0,20}}?{any_of('rest')}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ITEM = re.compile(r"\A[^,;.()\n]{0,40}(?:[,;/–-]|(?<!\w)(?:và|hoặc|hay))\s*\Z")
_SUMMING = re.compile(rf"{any_of('called_total', 'summing')}")
_PARTS = re.compile(any_of("portion"))
_PORTIONS = re.compile(any_of("portion_noun"))
_AGAINST = re.compile(rf"{any_of('ladder')}[^,;.()]{{0,12}}\Z")


def tallies(reading: Reading) -> Iterator[Breakdown]:
    """The breakdowns of totals that their neighbours make up, in reading order."""
    figures = reading.figures
    for t, total in enumerate(figures):
        if total.kind not in _CUED_KINDS or not _counts(total):
            continue
        for step in (-1, 1):
            if not 0 <= t + 2 * step < len(figures):
                continue
            parts = _made_of(reading, t, step)
            if not parts:
                continue
            size = coarseness(as_printed(reading, t))
            if size <= _TELLING_WITH_CUE * (len(parts) - 1) and _asserted(reading, t, parts, step, size):
                yield Breakdown(t, parts, "tally", True, True, 0.7)
                break


def _counts(figure: Figure) -> bool:
    if figure.value is None or figure.value <= 0 or figure.direction is not None:
        return False
    return figure.qualifier not in ("at_least", "at_most", "range") and (figure.kind != "percent" or is_share(figure))


def _made_of(reading: Reading, t: int, step: int) -> tuple[int, ...]:
    """All figures of the measure on one side of the total, nearest first, up to where they reach it exactly."""
    figures = reading.figures
    total = figures[t]
    whole = total.value or Decimal(0)
    parts: list[int] = []
    told, digit = Decimal(0), total.resolution
    k = t + step
    while 0 <= k < len(figures) and abs(k - t) <= _WINDOW and len(parts) < _MOST_PARTS:
        figure = figures[k]
        if abs(figure.sentence_no - total.sentence_no) > _SENTENCES:
            return ()
        k += step
        if figure.kind != total.kind or not same_measure(figure, total):
            continue
        if _aside(reading, k - step):
            continue
        if not _counts(figure) or (figure.value or 0) + figure.resolution * _NEARLY > whole:
            return ()
        parts.append(k - step)
        told += figure.value or 0
        digit = max(digit, figure.resolution)
        if len(parts) >= 2 and _exact(reading, t, told, digit):
            return tuple(sorted(parts))
        if told > whole + digit:
            return ()
    return ()


def _aside(reading: Reading, k: int) -> bool:
    """Whether a figure stands in brackets: "(2 trường hợp đã được điều chỉnh)"."""
    before = reading.gap(k)
    return before.rfind("(") > before.rfind(")") and ")" in reading.gap(k + 1)


def _exact(reading: Reading, t: int, told: Decimal, digit: Decimal) -> bool:
    """Whether parts make the total as printed; a very telling total may be off by what rounding does."""
    off = abs((reading.figures[t].value or Decimal(0)) - told)
    return off == 0 or 2 * off <= digit < told and coarseness(as_printed(reading, t)) <= _VERY_TELLING


def _asserted(reading: Reading, t: int, parts: tuple[int, ...], step: int, size: Fraction) -> bool:
    """Whether the words around the figures bear the sum out."""
    figures = reading.figures
    members = sorted((t, *parts))
    called = _SUMMING.search(reading.before(t)) is not None
    worded = [_WORD.search(reading.gap(k)) is not None for k in members[1:]]
    if not (any(worded) if called else all(worded)) or _fraction(reading, members):
        return False
    if _REST.match(reading.gap(t + 1)):
        return False
    if not called and reading.sentences_apart(members[0], members[-1]) > _NEAR:
        return False
    if any(_AGAINST.search(reading.before(k)) for k in (parts if called else members)):
        return False
    if not called and pattern("compared").search(reading.between(members[0], members[-1])):
        return False
    if step > 0 and goes_on(reading, parts[-1]):
        return False
    if _ITEM.match(reading.gap(t if step < 0 else t + 1)):
        return False
    total = figures[t]
    if called:
        return True
    if size <= _TELLING_WITH_CUE and total.kind in _PLAIN_KINDS and _cued(reading, t, parts):
        return True
    if in_parallel(reading, t, parts):
        return False
    values = [figures[k].value for k in parts]
    telling = _TELLING * (len(set(values)) - 1)
    if total.kind not in _PLAIN_KINDS or not total.unit or size > telling:
        return False
    if total.unit in _LENGTHS and not (size <= _VERY_TELLING and all("dài" in reading.before(k) for k in members)):
        return False
    return len(set(values)) == len(values) and all(same_head(figures[k], total) for k in parts)


def goes_on(reading: Reading, last: int) -> bool:
    """Whether a list goes on after its last part."""
    following = last + 1
    return (
        following < len(reading.figures)
        and reading.same_sentence(last, following)
        and same_head(reading.figures[last], reading.figures[following])
        and not may_end(reading, last, following, last - 1)
    )


def _fraction(reading: Reading, members: list[int]) -> bool:
    """Whether one of the figures stands in a fraction or a table: "18/23"."""
    last = len(reading.figures) - 1
    return any(
        reading.gap(k).strip() in ("/", "-", "–") or k < last and reading.gap(k + 1).strip() in ("/", "-", "–")
        for k in members
    )


def _cued(reading: Reading, t: int, parts: tuple[int, ...]) -> bool:
    """Whether words say that there are parts, or how many parts there are."""
    figures = reading.figures
    if any(_PARTS.search(reading.before(k)[-60:]) for k in parts):
        return True
    return any(
        figures[k].kind == "count" and figures[k].value == len(parts) and _PORTIONS.match(figures[k].unit.lower())
        for k in range(max(0, min(t, *parts) - 2), max(t, *parts))
    )
