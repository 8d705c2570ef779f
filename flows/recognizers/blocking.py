"""Words left of a number that make it no figure: Điều 23 · Nghị quyết 18 · quận 2 · lớp 12 · khóa 13 · thứ 2.

Rule: the longest row of seeds/blocking_words.csv that ends before the number decides. `strong` blocks the number
unless a scale word, a currency or a percent sign follows; `weak` blocks it unless any unit or known counted noun
follows ("nhóm 4 đối tượng"); `year` blocks 1900–2099; `allow` is a longer phrase that blocks nothing although a
shorter row would ("tổng số 11 người").
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from flows.recognizers.phrases import TailTable
from flows.seeds import read_seed

STRENGTHS = frozenset(("strong", "weak", "year", "allow"))


@dataclass(frozen=True, slots=True)
class BlockingRow:
    """A word, what the number after it is instead of a figure, and how firmly it says so."""

    KEY: ClassVar[tuple[str, ...]] = ("word",)
    word: str
    names: str
    strength: str
    why: str | None

    def __post_init__(self) -> None:
        if self.strength not in STRENGTHS:
            raise ValueError(f'strength "{self.strength}" is none of {", ".join(sorted(STRENGTHS))}; write one of them')


@cache
def blocking_table() -> TailTable[BlockingRow]:
    """The rows, found where they end."""
    return TailTable((row.word, row) for row in read_seed("blocking_words", BlockingRow))


_TABLE = blocking_table()


def blocking_word(low: str, end: int, last: str) -> tuple[int, BlockingRow] | None:
    """The row whose word ends at `end` (`last` is its last word): its start and the row; None if there is none.

    >>> blocking_word("theo điều 23", 9, "điều")[1].names, blocking_word("tổng số 11", 7, "số")[1].strength
    ('code', 'allow')
    """
    return _TABLE.match_from(low, end, last)
