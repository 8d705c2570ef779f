"""Sum: the parts the text gives add up to the total it gives.

"thi hành kỷ luật 22 đảng viên, gồm khiển trách 13, cảnh cáo 07 và khai trừ 2" → 13 + 7 + 2 = 22.

A list that adds up as printed is a sum however it is opened. One that does not is a sum only where the words name all
parts, each with its number ("gồm", no "trong đó", no "và nhiều …"); otherwise its parts are a bound.
Rule and source: `flows.checks.arithmetic.printed`; totals and parts: `flows.checks.reading.breakdowns`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows.checks.arithmetic.causes import digit_slip
from flows.checks.arithmetic.printed import Spread
from flows.checks.arithmetic.statement import joined, make_check, quoted, quoted_list
from flows.checks.reading.article import Reading
from flows.checks.reading.breakdowns import breakdowns, sum_of
from flows.model import Check


def find(reading: Reading) -> Iterator[Check]:
    """The sums a text asserts."""
    for breakdown in breakdowns(reading):
        if len(breakdown.parts) >= 2 and (breakdown.fits or breakdown.exhaustive):
            yield sum_check(reading, breakdown.total, breakdown.parts, breakdown.confidence)


def sum_check(reading: Reading, total: int, parts: tuple[int, ...], confidence: float) -> Check:
    """The check that `parts` add up to `total`."""
    stated = reading.figures[total]
    operands = [reading.figures[k] for k in parts]
    return make_check(
        "sum",
        stated,
        [(figure, "part") for figure in operands],
        sum_of(reading, parts),
        expression=joined(operands, "+"),
        claim=f"the text breaks {quoted(stated)} down into {quoted_list(operands)}",
        confidence=confidence,
        causes=lambda: digit_slip(stated, operands, _add),
    )


def _add(spreads: Sequence[Spread]) -> Spread | None:
    total = Spread.point(0)
    for one in spreads:
        total = total + one
    return total
