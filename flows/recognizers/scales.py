"""Scale words after a numeral: 1,5 triệu · 98.000 tỉ · 97,4 nghìn tỷ · 500k · 3tr5.

Rule: scale words multiply (nghìn tỷ = 10^12), at most three in a row. A row marked `glued_only` counts only without
a space before it (500k, 3tr), so that a name such as "Galaxy 5 K" is left alone. trăm and chục
count only before a word (5 trăm hộ). The words of
`not_before` make another word of it (triệu chứng, tỷ lệ). Words: seeds/scales.csv.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import ClassVar

from flows.recognizers.phrases import spellings
from flows.seeds import read_seed


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """A scale word and what it multiplies by."""

    KEY: ClassVar[tuple[str, ...]] = ("word",)
    word: str
    factor: Decimal
    glued_only: bool
    not_before: tuple[str, ...]
    why: str | None


_SCALE_WORD = re.compile(r"[ \xa0]?([^\W\d_]+)")


@cache
def _not_before() -> dict[str, frozenset[str]]:
    return {word: frozenset(row.not_before) for row in read_seed("scales", ScaleRow) for word in spellings(row.word)
            if row.not_before}


@cache
def _scales() -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    spaced: dict[str, Decimal] = {}
    glued: dict[str, Decimal] = {}
    for row in read_seed("scales", ScaleRow):
        for word in spellings(row.word):
            (glued if row.glued_only else spaced)[word] = row.factor
    return spaced, glued


SPACED, GLUED = _scales()
_NOT_BEFORE = _not_before()
_WORD_AFTER = re.compile(r" [^\W\d_]")
_SMALL = frozenset(("trăm", "chục"))


def _is_other_word(low: str, end: int, word: str) -> bool:
    others = _NOT_BEFORE.get(word)
    if others is None:
        return False
    following = _SCALE_WORD.match(low, end)
    return following is not None and following[1] in others


def match_scale(low: str, at: int) -> tuple[int, Decimal] | None:
    """The scale words that follow at `at` (the end of a numeral), as their end and product; None if there is none.

    >>> match_scale("97,4 nghìn tỷ đồng", 4)
    (13, Decimal('1000000000000'))
    >>> match_scale("4 triệu chứng", 1) is None
    True
    >>> match_scale("500k", 3), match_scale("500 k", 3) is None
    ((4, Decimal('1000')), True)
    """
    found = _SCALE_WORD.match(low, at)
    if found is None:
        return None
    word = found[1]
    factor = SPACED.get(word)
    if factor is None:
        factor = GLUED.get(word) if found.start(1) == at else None
        return None if factor is None else (found.end(), factor)
    end = found.end()
    if _is_other_word(low, end, word):
        return None
    only_small = word in _SMALL
    for _ in range(2):
        found = _SCALE_WORD.match(low, end)
        if found is None or (more := SPACED.get(found[1])) is None or _is_other_word(low, found.end(), found[1]):
            break
        factor *= more
        end = found.end()
        only_small = False
    if only_small and not _WORD_AFTER.match(low, end):
        return None
    return end, factor
