"""Bound: parts that are only some of a total cannot be more than it.

"kiểm tra 21.360 cơ sở, trong đó phát hiện xử lý 1.920 cơ sở vi phạm" → 1,920 ≤ 21,360.

Parts that exceed their total are a contradiction only where total and list stand side by side in one sentence, are of
one unit, and cannot overlap; where something else is the case ("trong đó 300 nữ, 200 người dân tộc thiểu số"), they
are no check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from flows.checks.arithmetic.interval import Interval
from flows.checks.arithmetic.printed import Spread
from flows.checks.arithmetic.statement import joined, make_check, number, quoted, quoted_list
from flows.checks.reading.article import Reading
from flows.checks.reading.breakdowns import Breakdown, breakdowns
from flows.checks.reading.list_words import any_of
from flows.checks.reading.partition import same_head, sum_of
from flows.model import Check

_JOINED = re.compile(any_of("more"))
_ITEM = re.compile(rf"(?:[,;]|{any_of('more')})\s*\Z")
_OVERLAPPING = re.compile(any_of("overlapping"))


def find(reading: Reading) -> Iterator[Check]:
    """The bounds a text asserts."""
    for breakdown in breakdowns(reading):
        if not breakdown.is_sum:
            check = _bound(reading, breakdown)
            if check is not None:
                yield check


def _bound(reading: Reading, breakdown: Breakdown) -> Check | None:
    stated = reading.figures[breakdown.total]
    total, parts = reading.spread(breakdown.total), sum_of(reading, breakdown.parts)
    if total is None or parts is None:
        return None
    operands = [reading.figures[k] for k in breakdown.parts]
    over = parts.rounded.low is not None and total.cut.high is not None and parts.rounded.low > total.cut.high
    if over and not _excludes(reading, breakdown):
        return None
    limit = Spread(_from_zero(total.rounded), _from_zero(total.cut))
    return make_check(
        "bound",
        stated,
        [(figure, "part") for figure in operands],
        parts,
        expression=f"{joined(operands, '+')} ≤ {number(stated)}, sum",
        claim=f"the text counts {quoted_list(operands)} as part of {quoted(stated)}",
        confidence=breakdown.confidence,
        against=limit,
    )


def _excludes(reading: Reading, breakdown: Breakdown) -> bool:
    """Whether the words leave no way for the parts to exceed the total: they stand side by side and cannot overlap."""
    figures = reading.figures
    total, parts = figures[breakdown.total], breakdown.parts
    if not breakdown.plain or breakdown.form != "partial" or total.kind == "percent":
        return False
    if len(parts) == 1:
        return True
    if any((figures[k].value or 0) >= (total.value or 0) for k in parts):
        return _of_one_noun(reading, breakdown)
    last = parts[-1]
    listed = reading.between(breakdown.total, last) + figures[last].surface.lower() + reading.after(last)
    listing = all(_ITEM.search(gap) or ";" in gap for gap in (reading.gap(k) for k in parts[1:]))
    many = len(parts) >= 3 and (total.kind == "money" or listing)
    closed = _JOINED.search(reading.gap(last)) is not None or many
    return closed and _OVERLAPPING.search(listed) is None


def _of_one_noun(reading: Reading, breakdown: Breakdown) -> bool:
    """Whether total and parts are printed with the very same noun, in one sentence."""
    total = reading.figures[breakdown.total]
    parts = [reading.figures[k] for k in breakdown.parts]
    return all(
        same_head(one, total) and one.unit_source == "printed" and one.sentence_no == total.sentence_no
        for one in (total, *parts)
    )


def _from_zero(interval: Interval) -> Interval:
    return Interval(Fraction(0), interval.high)
