"""Implied base: the percentages of a list do not fit the printed total but all fit one other base.

"Trong tổng số 62 cấp ủy viên, có 28 đồng chí dưới 40 tuổi (37,8 %), 21 nữ (28,3 %), 15 thạc sĩ (20,2 %) …": 28/62 is
45.2 %, but 28, 21 and 15 are 37.8, 28.4 and 20.3 % of 74.

Needs three items that name no common base with the total and agree on a whole number; with two, nearly any pair of
percentages agrees on some base. Integrality as in GRIM (Brown & Heathers 2017).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from flows.checks.arithmetic.interval import Interval
from flows.checks.arithmetic.printed import Spread, apply
from flows.checks.arithmetic.statement import joined, make_check, quoted, quoted_list
from flows.checks.reading.article import Reading, is_level, same_measure
from flows.checks.reading.shares import ShareItem, share_lists
from flows.model import Check

LEAST_ITEMS = 3


def find(reading: Reading) -> Iterator[Check]:
    """The lists whose percentages agree on a base that is not the printed one."""
    for items in share_lists(reading):
        if len(items) < LEAST_ITEMS:
            continue
        whole = _printed_whole(reading, items)
        if whole is None or _misfits(reading, items, whole) < LEAST_ITEMS:
            continue
        base = common_base(reading, items)
        if base is not None:
            yield _check(reading, items, whole, base)


def _printed_whole(reading: Reading, items: Sequence[ShareItem]) -> int | None:
    """The nearest figure before the list that can be its total."""
    first = items[0].part
    largest = max(reading.figures[item.part].value or 0 for item in items)
    for k in reading.backwards(first, sentences=1, window=4):
        figure = reading.figures[k]
        if k + 1 < len(reading.figures) and reading.figures[k + 1].kind == "percent":
            continue
        if is_level(figure) and figure.value is not None and figure.value >= largest:
            if same_measure(figure, reading.figures[first]):
                return k
    return None


def _misfits(reading: Reading, items: Sequence[ShareItem], whole: int) -> int:
    count = 0
    base = reading.spread(whole)
    for item in items:
        part, percent = reading.spread(item.part), reading.spread(item.percent)
        if base is None or part is None or percent is None:
            continue
        computed = apply(lambda a, b: 100 * a / b, part, base)
        count += computed is not None and not computed.cut.meets(percent.cut)
    return count


def common_base(reading: Reading, items: Sequence[ShareItem]) -> Interval | None:
    """The whole numbers (one or very few) that every part and percentage of the list can have as base, None if none."""
    low, high = Fraction(0), None
    for item in items:
        part, percent = reading.spread(item.part), reading.spread(item.percent)
        if part is None or percent is None:
            return None
        needed = apply(lambda a, p: 100 * a / p, part, percent)
        if needed is None or needed.cut.low is None or needed.cut.high is None:
            return None
        low = max(low, needed.cut.low)
        high = needed.cut.high if high is None else min(high, needed.cut.high)
    if high is None:
        return None
    first, last = -(-low.numerator // low.denominator), high.numerator // high.denominator
    if first > last or last - first > max(2, first // 50):
        return None
    return Interval(Fraction(first), Fraction(last))


def _check(reading: Reading, items: Sequence[ShareItem], whole: int, base: Interval) -> Check:
    stated = reading.figures[whole]
    parts = [reading.figures[item.part] for item in items]
    percents = [reading.figures[item.percent] for item in items]
    shown = str(base.low) if base.low == base.high else f"{base.low} to {base.high}"
    operands = [pair for part, percent in zip(parts, percents, strict=True) for pair in ((part, "part"), (percent, "percent"))]
    check = make_check(
        "implied_base",
        stated,
        operands,
        Spread(base, base),
        expression=f"base of {joined(parts, ',')} at {joined(percents, ',')} %",
        claim=f"the percentages {quoted_list(percents)} are given beside {quoted(stated)}",
        confidence=0.95,
    )
    check.suggestion = f"all {len(items)} percentages fit a base of {shown}, not {quoted(stated)}"
    return check
