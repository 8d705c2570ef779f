"""Share of sum: parts given with their percentages while their total is unprinted.

"43.461 phiếu thuận (66,06 %) và 22.337 phiếu chống (33,94 %)" → 43,461 / (43,461 + 22,337) = 66.05 %.

Read only where the percentages themselves make up 100 % and no printed total stands before the list; then each part
must be its percentage of the sum of all parts. One check a list: the first percentage that does not fit is the stated
one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from flows.checks.arithmetic.causes import digit_slip
from flows.checks.arithmetic.printed import Spread, apply
from flows.checks.arithmetic.statement import believable, joined, make_check, number, quoted, quoted_list
from flows.checks.reading.article import Reading
from flows.checks.reading.partition import sum_of
from flows.checks.reading.shares import ShareItem, share_lists
from flows.model import Check

_WHOLE = Fraction(100)


def find(reading: Reading) -> Iterator[Check]:
    """The shares of an unprinted sum a text asserts."""
    for items in share_lists(reading):
        percents = sum_of(reading, [item.percent for item in items])
        parts = [item.part for item in items]
        if percents is None or not percents.rounded.contains(_WHOLE) or _printed_total(reading, parts):
            continue
        if items[0].percent != items[-1].percent and not reading.same_sentence(items[0].part, items[-1].percent):
            continue
        check = _check(reading, items)
        if believable(check):
            yield check


def _printed_total(reading: Reading, parts: Sequence[int]) -> bool:
    """Whether a figure before the list is the total of the parts."""
    whole = sum_of(reading, parts)
    if whole is None:
        return True
    for k in reading.backwards(parts[0], sentences=3):
        stated = reading.spread(k)
        if (
            stated is not None
            and reading.figures[k].kind == reading.figures[parts[0]].kind
            and stated.cut.meets(whole.cut)
        ):
            return True
    return False


def _share(known: Sequence[Spread], at: int) -> Spread | None:
    """The share of part `at`: part / (part + the rest), which is monotone in both."""
    rest = Spread.point(0)
    for position, one in enumerate(known):
        if position != at:
            rest = rest + one
    return apply(lambda p, r: 100 * p / (p + r), known[at], rest)


def _check(reading: Reading, items: Sequence[ShareItem]) -> Check:
    known = [spread for item in items if (spread := reading.spread(item.part)) is not None]
    chosen = 0
    for at, item in enumerate(items):
        stated, computed = reading.spread(item.percent), _share(known, at)
        if stated is not None and computed is not None and not stated.cut.meets(computed.cut):
            chosen = at
            break
    percent = reading.figures[items[chosen].percent]
    parts = [reading.figures[item.part] for item in items]
    ordered = [parts[chosen], *parts[:chosen], *parts[chosen + 1 :]]
    return make_check(
        "share_of_sum",
        percent,
        [(figure, "part" if at == 0 else "other part") for at, figure in enumerate(ordered)],
        _share(known, chosen),
        expression=f"{number(parts[chosen])} / ({joined(parts, '+')})",
        unit="%",
        claim=f"the text gives {quoted(parts[chosen])} as {quoted(percent)} of the sum of {quoted_list(parts)}",
        confidence=0.8,
        causes=lambda: digit_slip(percent, ordered, lambda spreads: _share(spreads, 0)),
    )
