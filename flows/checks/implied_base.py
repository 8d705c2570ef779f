"""Implied base: the percentages of a list do not fit the printed total but all fit one other base.

"Trong tổng số 62 cấp ủy viên, có 28 đồng chí dưới 40 tuổi (37,8 %), 21 nữ (28,3 %), 15 thạc sĩ (20,2 %) …": 28/62 is
45.2 %, but 28, 21 and 15 are 37.8, 28.4 and 20.3 % of 74.

Needs three items that name no common base with the total and agree on a whole number; with two, nearly any pair of
percentages agrees on some base. Integrality as in GRIM (Brown & Heathers 2017).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from flows.checks.arithmetic.digits import shown
from flows.checks.arithmetic.interval import Interval
from flows.checks.arithmetic.printed import Spread
from flows.checks.arithmetic.statement import make_check, number, quoted, quoted_list
from flows.checks.reading.article import Reading
from flows.checks.reading.shares import ShareItem, implied_base, share_lists
from flows.model import Check, Figure

_SHOWN = 6


def find(reading: Reading) -> Iterator[Check]:
    """The lists whose percentages agree on a base that is not the printed one."""
    for items in share_lists(reading):
        implied = implied_base(reading, items)
        if implied is not None:
            yield _check(reading, items, *implied)


def _check(reading: Reading, items: Sequence[ShareItem], whole: int, base: Interval) -> Check:
    stated = reading.figures[whole]
    parts = [reading.figures[item.part] for item in items]
    percents = [reading.figures[item.percent] for item in items]
    shown_base = str(base.low) if base.low == base.high else f"{base.low} to {base.high}"
    operands = [
        pair for part, percent in zip(parts, percents, strict=True) for pair in ((part, "part"), (percent, "percent"))
    ]
    check = make_check(
        "implied_base",
        stated,
        operands,
        Spread(base, base, base.low),
        expression="",
        claim=f"the percentages {quoted_list(percents)} are given for parts of {quoted(stated)}",
        confidence=0.95,
    )
    shares = ", ".join(f"{number(part)}/{base.low} = {_share(part, base)} %" for part in parts[:_SHOWN])
    check.formula = f"{shares}{', …' if len(parts) > _SHOWN else ''}: base {shown_base} (stated {number(stated)})"
    check.suggestion = f"all {len(items)} percentages fit a base of {shown_base}, not {quoted(stated)}"
    return check


def _share(part: Figure, base: Interval) -> str:
    if part.value is None or not base.low:
        return "?"
    return shown(100 * Fraction(part.value) / base.low, 1)
