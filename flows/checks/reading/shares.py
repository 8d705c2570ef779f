"""Lists of parts that are each given with their percentage: "28 đồng chí (chiếm 37,8 %), 21 đồng chí (28,3 %), …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flows.checks.arithmetic.interval import Interval
from flows.checks.arithmetic.printed import apply
from flows.checks.reading.article import Reading, is_level, is_share, same_measure
from flows.checks.reading.words import alternation, words

MOST_ITEMS = 40
LEAST_ITEMS = 3
"""With two items, nearly any pair of percentages agrees on some base."""
_PASSED_OVER = 3
_CLAUSE = re.compile(r"[,;.()]")
_LINK = re.compile(
    rf"\A(?:[^().;\d]{{0,70}}\(\s*(?:{alternation(words('share'))}|\s|khoảng|gần|hơn|là|lệ|:)*|[^().;\d]{{0,70}},?\s*"
    rf"{alternation(words('share'))}(?:\s|khoảng|gần|hơn|là|lệ|tỷ|tỉ)*)\Z"
)


@dataclass(frozen=True, slots=True)
class ShareItem:
    """A part and the percentage that is given of it, by position."""

    part: int
    percent: int


def part_beside(reading: Reading, i: int) -> int | None:
    """The level the percentage at `i` stands beside, an age or a length of time between them passed over.

    "28 đồng chí dưới 40 tuổi (chiếm 37,8 %)" → the 28.
    """
    for k in range(i - 1, max(-1, i - 1 - _PASSED_OVER), -1):
        if not reading.same_sentence(k, i):
            return None
        if is_level(reading.figures[k]):
            return k
        if reading.figures[k].kind not in ("age", "duration") or _CLAUSE.search(reading.gap(k)):
            return None
    return None


def share_lists(reading: Reading) -> Sequence[tuple[ShareItem, ...]]:
    """Runs of two or more items of one measure in one sentence or in sentences that follow each other."""
    known = reading.shared.get("share_lists")
    if known is None:
        known = reading.shared["share_lists"] = _read(reading)
    result: Sequence[tuple[ShareItem, ...]] = known
    return result


def _read(reading: Reading) -> list[tuple[ShareItem, ...]]:
    figures = reading.figures
    lists: list[tuple[ShareItem, ...]] = []
    run: list[ShareItem] = []
    for i in range(1, len(figures)):
        if not is_share(figures[i]) or figures[i].value is None:
            continue
        part = part_beside(reading, i)
        if part is None or not figures[part].value:
            continue
        if not _LINK.match(reading.gap(i)):
            continue
        if run and not _continues(reading, run[-1], part):
            _keep(lists, run)
            run = []
        run.append(ShareItem(part, i))
    _keep(lists, run)
    return lists


def _continues(reading: Reading, last: ShareItem, part: int) -> bool:
    figures = reading.figures
    return (
        part - last.percent <= 2
        and reading.sentences_apart(last.percent, part) <= 1
        and same_measure(figures[last.part], figures[part])
    )


def _keep(lists: list[tuple[ShareItem, ...]], run: list[ShareItem]) -> None:
    if 2 <= len(run) <= MOST_ITEMS:
        lists.append(tuple(run))


def implied_base(reading: Reading, items: Sequence[ShareItem]) -> tuple[int, Interval] | None:
    """The printed total of a list and the other base that all its percentages fit, where they do not fit the total."""
    if len(items) < LEAST_ITEMS:
        return None
    whole = _printed_whole(reading, items)
    if whole is None or _misfits(reading, items, whole) < LEAST_ITEMS:
        return None
    base = common_base(reading, items)
    return None if base is None else (whole, base)


def _printed_whole(reading: Reading, items: Sequence[ShareItem]) -> int | None:
    """The nearest figure before the list that can be its total."""
    first = items[0].part
    largest = max(reading.figures[item.part].value or 0 for item in items)
    for k in reading.backwards(first, sentences=1, window=4):
        figure = reading.figures[k]
        if k + 1 < len(reading.figures) and reading.figures[k + 1].kind == "percent":
            continue
        if not is_level(figure) or figure.value is None or figure.value < largest:
            continue
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
