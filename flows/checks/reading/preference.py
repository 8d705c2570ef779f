"""Which of several totals a single part is of: that of its noun, of which the same is told, or else the nearest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from flows.checks.reading.article import Reading
from flows.checks.reading.list_words import any_of
from flows.model import Figure

_DIED = re.compile(any_of("died"))
_HURT = re.compile(r"(?<!\w)bị thương(?!\w)")
_CASE = re.compile(any_of("case"))
_WORDS = re.compile(r"\w+")


def preferred(reading: Reading, totals: Sequence[int], part: int) -> list[int]:
    """The totals, nearest first as given, but for those that the words prefer."""
    return _of_one_fate(reading, _of_one_unit(reading, totals, part), part)


def _of_one_unit(reading: Reading, totals: Sequence[int], part: int) -> list[int]:
    """The totals, those of the part's very noun first: "300 đại biểu của 15.000 đảng viên, trong đó 75 đại biểu nữ"."""
    one = reading.figures[part]
    same = [
        j
        for j in totals[:3]
        if reading.figures[j].unit == one.unit
        and one.unit_source == "printed"
        and reading.same_sentence(j, part)
        and (reading.figures[j].value or 0) > (one.value or 0)
    ]
    return [*same, *(j for j in totals if j not in same)]


def _of_one_fate(reading: Reading, totals: Sequence[int], part: int) -> list[int]:
    """The totals, those first of which the same is told: "480 kg thịt lợn, 300 kg thịt gà, trong đó 90 kg thịt lợn"."""
    for fate in (_DIED, _HURT):
        if fate.search(f"{reading.figures[part].surface.lower()}{reading.after(part)[:40]}"):
            same = [
                j
                for j in totals
                if reading.same_sentence(j, part)
                and fate.search(f"{reading.figures[j].surface.lower()}{reading.gap(j + 1)[:25]}")
            ]
            return [*same, *(j for j in totals if j not in same)]
    noun = _WORDS.findall(reading.after(part))[:2]
    near = [j for j in totals[:2] if len(noun) == 2 and reading.same_sentence(j, part)]
    size = reading.figures[part].value or Decimal(0)
    same = [j for j in near if _WORDS.findall(reading.after(j))[:2] == noun and (reading.figures[j].value or 0) > size]
    return [*same, *(j for j in totals if j not in same)]


def both_cases(whole: Figure, part: Figure) -> bool:
    """Whether two counts are of cases, by whatever word: "23.000 ca mắc", "700 trường hợp"."""
    return all(_CASE.match(figure.unit.lower()) for figure in (whole, part))
