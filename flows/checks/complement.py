"""Complement: percentages that the text presents as all parts of one whole add up to 100 %.

"78 % cho rằng cần thiết, 21 % cho là không, 1 % cho là cần nhưng phải đổi mới" → 78 + 21 + 1 = 100.

Shares that stand one after another and make 100 % as printed are taken as a partition: two exactly, more within what
rounding each of them can do (half a last digit each). Shares that do not are one only where the text names the rest
with its number in the same sentence ("vốn vay chiếm 74,6 %, còn lại 5 %"). A rest without a number ("các đơn vị còn
lại") means that the shares before it are not all.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from flows.checks.arithmetic.causes import digit_slip
from flows.checks.arithmetic.printed import Spread
from flows.checks.arithmetic.statement import joined, make_check, quoted_list
from flows.checks.reading.article import Reading, is_share
from flows.checks.reading.list_words import any_of
from flows.checks.reading.opposites import opposed
from flows.checks.reading.partition import sum_of
from flows.checks.reading.shares import share_lists
from flows.model import Check

_MOST_SHARES = 12
_FARTHEST = Decimal(15)
"""How far from 100 % shares with a named rest may be and still be meant as a partition."""
_REST_BEFORE = re.compile(rf"{any_of('rest')},?[^,;:.()]{{0,40}}\Z")
_REST_BRACKET = re.compile(rf"\A[^,;:.()]{{0,20}}{any_of('rest')}\s*\([^,;:.()\d]{{0,20}}\Z")
_REST_FIRST = re.compile(rf"\A\s*{any_of('rest')}")
_REST_AFTER = re.compile(rf"\A[^,;:.()]{{0,20}}?{any_of('rest')}")
_FROM = re.compile(r"(?<!\w)từ[^,;.]{0,25}\Z")
_NEAR = 60
_PLACED = re.compile(r"(?<!\w)(?:ở|tại)(?!\w)[^,;.]{2,25}\Z")
"""Shares of two places are no partition: "ở Pháp là 60 %, ở Đức là 40 %"."""
_TOLD = re.compile(r"[^\W\d_]|[:–-]")
_FROM_FAR = re.compile(r"(?<!\w)từ(?!\w)[^;]*\Z")
_RISES = re.compile(r"(?<!\w)(?:lên|xuống)(?!\w)")
_TO = re.compile(rf"{any_of('to')}[^,;.]{{0,15}}\Z")
_OTHERS = re.compile(rf"(?<!\w)(?:các|những|số|phần)\s(?:\w+\s){{0,3}}{any_of('rest')}\s(?:chiếm|là|không|đạt)")
_WHOLE = Spread.point(100)


def find(reading: Reading) -> Iterator[Check]:
    """The partitions of 100 % a text asserts."""
    shares = [i for i, figure in enumerate(reading.figures) if is_share(figure) and figure.value is not None]
    at = 0
    while at < len(shares):
        parts = _from(reading, shares, at)
        if not parts:
            at += 1
            continue
        yield _check(reading, parts)
        at += len(parts)


def _from(reading: Reading, shares: list[int], at: int) -> tuple[int, ...]:
    """The longest partition that begins with share number `at`."""
    parts: list[int] = []
    found: tuple[int, ...] = ()
    total = Decimal(0)
    for i in shares[at : at + _MOST_SHARES]:
        value = reading.figures[i].value
        if value is None or not 0 < value < 100 or parts and not _follows(reading, parts[-1], i):
            break
        parts.append(i)
        total += value
        if total > 100 + _FARTHEST:
            break
        near = len(parts) >= 2 and abs(total - 100) <= _FARTHEST
        if near and (
            _makes_whole(reading, parts) or _with_rest(reading, parts) or _opposite(reading, shares, parts)
        ):
            found = tuple(parts)
        if len(parts) >= 2 and _names_rest(reading, i):
            break
    if found and _OTHERS.search(reading.after(found[-1])):
        return ()
    return found


def _follows(reading: Reading, last: int, i: int) -> bool:
    """Whether a share is told of the same whole as the one before it."""
    far = 2 if _names_rest(reading, i) else 1
    if reading.sentences_apart(last, i) > far or i - last > 3 or not _TOLD.search(reading.between(last, i)):
        return False
    if _PLACED.search(reading.before(i)) and _PLACED.search(reading.before(last)):
        return False
    if _TO.search(reading.before(i)) and _FROM.search(reading.before(last)):
        return False
    start, end = reading.figures[last].char_start, reading.figures[i].char_start
    rises = reading.sentences_apart(last, i) == 0 and _RISES.search(reading.low[reading.figures[last].char_end : end])
    return not (rises and _FROM_FAR.search(reading.low[max(0, start - _NEAR) : start]))


def _names_rest(reading: Reading, i: int) -> bool:
    before = reading.before(i)
    return bool(_REST_BEFORE.search(before) or _REST_AFTER.match(reading.after(i)) or _REST_BRACKET.match(before))


def _sum(reading: Reading, parts: Sequence[int]) -> Decimal:
    return sum((reading.figures[k].value or Decimal(0) for k in parts), Decimal(0))


def _makes_whole(reading: Reading, parts: Sequence[int]) -> bool:
    """Whether shares make 100 % as printed, but for what rounding each of them can do."""
    digits = [reading.figures[k].resolution for k in parts]
    off = abs(_sum(reading, parts) - 100)
    if len(set(digits)) > 1:
        return len(parts) > 2 and 2 * off <= max(digits)
    return off <= digits[0] * ((len(parts) - 1) // 2)


def _with_rest(reading: Reading, parts: Sequence[int]) -> bool:
    """Whether the last share is named as the rest of the whole, the others right before it."""
    if not _names_rest(reading, parts[-1]) or abs(_sum(reading, parts) - 100) > _FARTHEST:
        return False
    if reading.same_sentence(parts[0], parts[-1]) and parts[-1] - parts[0] == len(parts) - 1:
        return True
    if _REST_BRACKET.match(reading.before(parts[-1])):
        return any([item.percent for item in items][: len(parts)] == list(parts) for items in share_lists(reading))
    told = [k for k in range(parts[0], parts[-1] + 1) if reading.figures[k].kind == "percent"]
    rest = _REST_AFTER.match(reading.after(parts[-1])) or _REST_FIRST.match(reading.before(parts[-1]))
    named = len(parts) == 2 and rest is not None
    return told == list(parts) and (named or _fits_loosely(reading, parts))


def _opposite(reading: Reading, shares: Sequence[int], parts: Sequence[int]) -> bool:
    """Whether two shares tell the two sides of one thing, with no third: "82 % đã tham gia, 18 % chưa tham gia"."""
    if len(parts) != 2 or not opposed(reading, *parts):
        return False
    at = bisect_right(shares, parts[1])
    third = shares[at] if at < len(shares) else None
    before = shares[at - 3] if at >= 3 else None
    sentences = {reading.figures[k].sentence_no for k in parts}
    if any(k is not None and reading.figures[k].sentence_no in sentences for k in (before, third)):
        return False
    return parts[1] - parts[0] == 1 and all(reading.figures[k].qualifier == "exact" for k in parts)


def _fits_loosely(reading: Reading, parts: Sequence[int]) -> bool:
    """Whether shares make 100 % within their qualifiers: "khoảng 37 % … trên 60 % còn lại"."""
    told = sum_of(reading, parts)
    return told is not None and told.rounded.contains(Fraction(100))


def _check(reading: Reading, parts: tuple[int, ...]) -> Check:
    operands = [reading.figures[k] for k in parts]
    return make_check(
        "complement",
        None,
        [(figure, "part") for figure in operands],
        sum_of(reading, parts),
        expression=joined(operands, "+"),
        unit="%",
        claim=f"the text gives {quoted_list(operands)} as the parts of one whole",
        confidence=0.9,
        against=_WHOLE,
        causes=lambda: digit_slip(None, operands, _add),
    )


def _add(known: Sequence[Spread]) -> Spread | None:
    total = Spread.point(0)
    for one in known:
        total = total + one
    return total
