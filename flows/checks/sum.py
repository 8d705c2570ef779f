"""Sum: the parts the text gives add up to the total it gives.

"thi hành kỷ luật 22 đảng viên, gồm khiển trách 13, cảnh cáo 07 và khai trừ 2" → 13 + 7 + 2 = 22.

A list that adds up as printed is a sum however it is opened. One that does not is a sum only where the words name all
parts, each with its number ("gồm", no "trong đó", no "và nhiều …"); otherwise its parts are a bound. Which figures
belong to the list, and where it ends, is read from the words alone: "11 đảng viên, gồm khiển trách 7, cảnh cáo 4 và
khai trừ 1" is 7 + 4 + 1 and not right, though 7 + 4 would be. Rule and source: `flows.checks.arithmetic.printed`;
totals and parts: `flows.checks.reading.breakdowns`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from flows.checks.arithmetic.causes import digit_slip
from flows.checks.arithmetic.printed import Spread, spread
from flows.checks.arithmetic.statement import believable, joined, make_check, quoted, quoted_list
from flows.checks.arithmetic.verdict import INCONSISTENT
from flows.checks.reading.article import Reading, coarseness
from flows.checks.reading.breakdowns import adds_up, breakdowns
from flows.checks.reading.partition import sum_of
from flows.checks.reading.trade import near, trade
from flows.model import Check, Figure

_TOLD_IN_ONE = 0.7
_TELLING = Fraction(1, 25)
"""How finely a total must be printed for a fit with figures that stand far from it to mean anything."""


def find(reading: Reading) -> Iterator[Check]:
    """The sums a text asserts."""
    for breakdown in breakdowns(reading):
        if breakdown.is_sum:
            check = sum_check(reading, breakdown.total, breakdown.parts, breakdown.confidence)
            if believable(check):
                yield check
    yield from _two_way_trade(reading)


def _two_way_trade(reading: Reading) -> Iterator[Check]:
    """Exports and imports that make up the stated two-way trade."""
    found = trade(reading)
    for total in found.both:
        told = _told_in_one(reading, total, found.exports, found.imports)
        if told is not None:
            check = sum_check(reading, total, told, _TOLD_IN_ONE)
            if check.verdict == INCONSISTENT and believable(check):
                yield check
                continue
        for exports in near(found.exports, total, reading):
            for imports in near(found.imports, total, reading):
                parts = (exports, imports)
                same = all(reading.figures[k].unit == reading.figures[total].unit for k in parts)
                if same and adds_up(reading, total, parts) and coarseness(reading.plain(total)) <= _TELLING:
                    yield sum_check(reading, total, parts, 0.9)
                    break
            else:
                continue
            break


def _told_in_one(
    reading: Reading, total: int, exports: Sequence[int], imports: Sequence[int]
) -> tuple[int, int] | None:
    """Exports and imports told in one sentence with the two-way trade, one of each and of its unit."""
    one, other = (
        [k for k in side if reading.same_sentence(min(k, total), max(k, total))] for side in (exports, imports)
    )
    if len(one) != 1 or len(other) != 1 or one[0] < total or other[0] < total:
        return None
    figures = [reading.figures[k] for k in (total, one[0], other[0])]
    same = len({figure.unit for figure in figures}) == 1 and len({figure.period_end for figure in figures}) == 1
    return (one[0], other[0]) if same and all(figure.direction is None for figure in figures) else None


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
        causes=lambda: _causes(stated, operands),
    )


def _causes(stated: Figure, operands: Sequence[Figure]) -> str | None:
    """A slip of digits, or a part that is counted twice: the others add up without it."""
    slip = digit_slip(stated, operands, _add)
    target = spread(stated)
    for at, figure in enumerate(operands):
        others = [spread(other) for k, other in enumerate(operands) if k != at]
        known = [other for other in others if other is not None]
        rest = _add(known) if len(known) == len(others) >= 2 else None
        if rest is not None and target is not None and rest.rounded.meets(target.rounded):
            twice = f"without {quoted(figure)} the parts add up: it may be counted in another part already"
            return f"{slip}; or {twice}" if slip else twice
    return slip


def _add(spreads: Sequence[Spread]) -> Spread | None:
    total = Spread.point(0)
    for one in spreads:
        total = total + one
    return total
