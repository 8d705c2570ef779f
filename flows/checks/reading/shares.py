"""Lists of parts that are each given with their percentage: "28 đồng chí (chiếm 37,8 %), 21 đồng chí (28,3 %), …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flows.checks.reading.article import Reading, is_level, is_share, same_measure
from flows.checks.reading.words import alternation, words

MOST_ITEMS = 40
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
