"""Measures told side by side: what is part of the first is part of the second.

"khối lượng giao dịch đạt 238,43 triệu đơn vị, giá trị 4.062,12 tỷ đồng. Trong đó, giao dịch thỏa thuận đạt 21,16 triệu
đơn vị, giá trị 475,4 tỷ đồng" → the number is part of the number, and the amount part of the amount.

Both pairs must stand closely together, in the same order, each in one sentence with no other level between its two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from flows.checks.reading.article import Reading, is_level, is_share, same_measure
from flows.checks.reading.list_words import any_of
from flows.checks.reading.partition import Breakdown, adds_up
from flows.checks.reading.words import pattern

_LINK = re.compile(rf"\A[^.;:()\n]{{0,45}}?(?:,|{any_of('alongside')})[^.;:()\n]{{0,40}}\Z")
_FORMS = ("partial", "apart", "of_total")


def companions(reading: Reading, found: Iterable[Breakdown]) -> Iterator[Breakdown]:
    """The bounds that follow from bounds of one part whose figures have a companion of another measure."""
    for one in found:
        if one.is_sum or len(one.parts) != 1 or one.form not in _FORMS:
            continue
        part, total = one.parts[0], one.total
        told = _companion(reading, total, part) and _companion(reading, part, None)
        if told and _is_part(reading, part + 1, total + 1):
            yield Breakdown(total + 1, (part + 1,), "alongside", False, False, 0.75)


def shared_out(reading: Reading, found: Iterable[Breakdown]) -> Iterator[Breakdown]:
    """Sums of the percentages told beside a total and each of its parts.

    "439 đại biểu, chiếm 89,41 %: 436 tán thành (88,80 %), 2 không tán thành (0,41 %), 1 không biểu quyết (0,20 %)".
    """
    for one in found:
        if not one.is_sum or not one.fits or reading.figures[one.total].kind != "count":
            continue
        members = (one.total, *one.parts)
        if all(_has_share(reading, k) for k in members):
            total, parts = one.total + 1, tuple(k + 1 for k in one.parts)
            if adds_up(reading, total, parts, plainly=True):
                yield Breakdown(total, parts, "alongside", True, True, 0.8)


def _has_share(reading: Reading, k: int) -> bool:
    following = k + 1
    return (
        following < len(reading.figures)
        and is_share(reading.figures[following])
        and reading.same_sentence(k, following)
        and ";" not in reading.gap(following)
    )


def _companion(reading: Reading, k: int, limit: int | None) -> bool:
    """Whether the figure after `k` tells another measure of the same thing."""
    following = k + 1
    if following >= len(reading.figures) or following == limit or not reading.same_sentence(k, following):
        return False
    one, other = reading.figures[k], reading.figures[following]
    if not is_level(other) or other.direction is not None or same_measure(one, other):
        return False
    words = reading.gap(following)
    return _LINK.match(words) is not None and not pattern("compared").search(words)


def _is_part(reading: Reading, part: int, total: int) -> bool:
    a, b = reading.figures[part], reading.figures[total]
    return a.kind == b.kind and same_measure(a, b) and a.value is not None and b.value is not None and a.value < b.value
