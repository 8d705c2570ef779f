"""Bound: parts that are only some of a total cannot be more than it.

"kiểm tra 21.360 cơ sở, trong đó phát hiện xử lý 1.920 cơ sở vi phạm" → 1,920 ≤ 21,360.

Parts of a "trong đó" list may overlap ("trong đó 300 nữ, 200 người dân tộc thiểu số"), so only a single part that is
more than the total is a contradiction; several parts that together exceed it are not a check.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from flows.checks.arithmetic.interval import Interval
from flows.checks.arithmetic.printed import Spread
from flows.checks.arithmetic.statement import joined, make_check, number, quoted, quoted_list
from flows.checks.reading.article import Reading
from flows.checks.reading.breakdowns import Breakdown, breakdowns, sum_of
from flows.model import Check


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
    if over and (len(operands) > 1 or breakdown.form != "partial" or not breakdown.plain or stated.kind == "percent"):
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


def _from_zero(interval: Interval) -> Interval:
    return Interval(Fraction(0), interval.high)
