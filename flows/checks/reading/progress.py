"""How much of what was planned is done: "xây dựng 64.000 căn hộ. … đến nay đã bàn giao 5.000 căn hộ".

The part stands behind words that tell what is done by now (đến nay đã bàn giao, hiện mới giải ngân), the whole before
it in the same or one of the two sentences before, of the very unit, larger, and beside a word that makes it all of
a plan, an order or a stock (đầu tư xây dựng, kế hoạch, cam kết, đặt mua, tổng).

Left alone: a whole that is done as well ("đã bán 200 căn, đến nay đã bán 150 căn"), another year or place, what is
compared, and amounts of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.checks.reading.article import Reading
from flows.checks.reading.list_words import any_of, list_words
from flows.checks.reading.openings import SENTENCE_END
from flows.checks.reading.partition import Breakdown, is_amount, larger_before
from flows.checks.reading.words import holds, pattern

_KINDS = frozenset({"count", "money", "quantity"})
_BY_NOW = list_words("by_now")
_DONE = re.compile(
    rf"{any_of('by_now')}(?:(?!\.\s)[^;()\n]){{0,80}}?(?<!\w)(?:đã|mới)(?: chỉ| được)?\s{any_of('done')}"
    rf"(?:(?!\.\s)[^;()\n]){{0,50}}\Z"
)
_PLANNED = re.compile(any_of("planned"))
_EACH = re.compile(rf"{any_of('each')}[^,;]{{0,40}}\Z")
_OTHER = re.compile(rf"{any_of('others')}")
_BEFORE, _AFTER, _REACH, _FARTHEST = 80, 40, 140, 420
_MOST_TIMES = 1000


def progress(reading: Reading) -> Iterator[Breakdown]:
    """The bounds of what is done, in reading order."""
    low = reading.low
    for i, part in enumerate(reading.figures):
        if part.kind not in _KINDS or i == 0:
            continue
        told = low[max(0, part.char_start - _REACH) : part.char_start]
        if not (" đã " in told or " mới " in told) or not holds(told, _BY_NOW) or not is_amount(part):
            continue
        if not _DONE.search(SENTENCE_END.split(told)[-1]):
            continue
        k = larger_before(reading, i, 2, 6, _MOST_TIMES)
        if k is not None and _of_plan(reading, k, i):
            yield Breakdown(k, (i,), "progress", False, False, 0.7)


def _of_plan(reading: Reading, k: int, i: int) -> bool:
    """Whether the words make `k` all of a plan, and nothing sets `i` apart from it."""
    whole, between = reading.figures[k], reading.between(k, i)
    if len(between) > _FARTHEST or _EACH.search(reading.before(k)) or _EACH.search(reading.before(i)):
        return False
    told = reading.low[max(0, whole.char_start - _BEFORE) : whole.char_start]
    if _OTHER.search(between) or pattern("compared").search(between):
        return False
    return _PLANNED.search(f"{SENTENCE_END.split(told)[-1]} {reading.after(k)[:_AFTER]}") is not None
