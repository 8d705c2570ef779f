"""Parts that are all there can be, because their names are opposites: trong nước and nước ngoài, đã and chưa.

"tổng mức đầu tư 11.800 tỷ đồng, trong đó vốn vay 10.000 tỷ đồng, vốn đối ứng 1.800 tỷ đồng" → the two are all of it.

The name of a part stands before or behind its number, in its own clause ("vốn vay 10.000 tỷ", "16 khách nội địa").
Left alone: a name that stands with both parts, and words that only sound alike ("miền nam", "việt nam").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from flows.checks.reading.article import Reading, is_level
from flows.checks.reading.lists import names_more
from flows.checks.reading.words import alternation, words

_REACH = 60
_CLAUSE = re.compile(r"[,;:.()\n]|(?<!\w)(?:và|còn)(?!\w)")


def opposed(reading: Reading, i: int, j: int) -> bool:
    """Whether figures `i` and `j` tell the two sides of a pair of opposites."""
    one, other = _name(reading, i), _name(reading, j)
    for side, against in _pairs():
        for first, second in ((side, against), (against, side)):
            if first.search(one) and second.search(other) and not second.search(one) and not first.search(other):
                return True
    return False


def both_sides(reading: Reading, total: int, parts: Sequence[int], listed: Sequence[int]) -> bool:
    """Whether the two parts of a list are opposites, so that there can be no third: "vốn vay 10, vốn đối ứng 2"."""
    figures = reading.figures
    levels = [k for k in listed if is_level(figures[k]) and figures[k].direction is None]
    if len(parts) != 2 or levels != list(parts) or any(figures[k].qualifier != "exact" for k in (total, *parts)):
        return False
    return opposed(reading, *parts) and not names_more(reading, parts)


def _name(reading: Reading, i: int) -> str:
    """The words of a figure's own clause: those right before it, its unit, those right behind it."""
    before, after = reading.before(i)[-_REACH:], reading.after(i)[:_REACH]
    return f"{_CLAUSE.split(before)[-1]} {reading.figures[i].surface.lower()} {_CLAUSE.split(after)[0]}"


@cache
def _pairs() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    sides = (word.partition(": ") for word in words("opposite"))
    return tuple((re.compile(alternation((a,))), re.compile(alternation((b,)))) for a, _, b in sides)
