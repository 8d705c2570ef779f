"""Units after a numeral: 87,8 % · 92 ha · 5 năm · 42 tuổi · 24,5 điểm · 11.1 cubic feet.

Rule: the longest row of seeds/units.csv that stands at the place, glued or after one space. `same_case` rows match
only as written (m is metre, M is not; g is gram, 5G is not). `factor` turns the printed unit into `unit`
(50 tạ = 5.000 kg). An `alone` row counts only when no word follows ("loại 1-2 chỉ,": gold; "2 chỉ còn": only).
Which kind "điểm" and "lần" are is decided by the words around them, not here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import ClassVar

from flows.recognizers.phrases import PhraseTable
from flows.seeds import read_seed

KINDS = frozenset(("percent", "quantity", "duration", "age", "score", "multiple"))


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as printed, the kind of figure it makes, the unit it is stored in."""

    KEY: ClassVar[tuple[str, ...]] = ("word",)
    word: str
    kind: str
    unit: str
    factor: Decimal
    same_case: bool
    alone: bool
    why: str | None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f'kind "{self.kind}" is none of {", ".join(sorted(KINDS))}; write one of them')
        if self.factor <= 0:
            raise ValueError(f'factor "{self.factor}" is not positive; write how many `unit` one `word` is')


@cache
def unit_table() -> PhraseTable[tuple[UnitRow, ...]]:
    """The rows by what is printed; rows that differ in case only share an entry."""
    entries: dict[str, list[UnitRow]] = {}
    for row in read_seed("units", UnitRow):
        entries.setdefault(row.word.lower(), []).append(row)
    return PhraseTable((word, tuple(rows)) for word, rows in entries.items())


_TABLE = unit_table()
_WORD_FOLLOWS = re.compile(r" (?!(?:trở (?:lên|xuống)|và|hoặc|hay)(?!\w))[^\W\d_]")


def match_unit(text: str, low: str, at: int, first: str | None = None) -> tuple[int, UnitRow] | None:
    """The unit that begins at `at`: its end and row; None if there is none. `first` is its first word, if read.

    >>> match_unit("92 ha", "92 ha", 3)[1].unit, match_unit("5G", "5g", 1) is None
    ('ha', True)
    """
    found = _TABLE.match(low, at) if first is None else _TABLE.match_from(low, at, first)
    if found is None:
        return None
    end, rows = found
    for row in rows:
        if row.alone and _WORD_FOLLOWS.match(text, end):
            continue
        if not row.same_case or text.startswith(row.word, at):
            return end, row
    return None


@cache
def unit_named(word: str) -> str | None:
    """The stored unit a word names by itself ("tấn" → "t"), for the lower part of a rate.

    >>> unit_named("tấn"), unit_named("người") is None
    ('t', True)
    """
    found: str | None = next((row.unit for row in read_seed("units", UnitRow)
                              if row.word == word and row.kind == "quantity" and row.factor == 1), None)
    return found
