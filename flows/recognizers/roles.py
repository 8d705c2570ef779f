"""Single words that play a part in reading a figure, by role: seeds/figure_words.csv.

A role is one list with one meaning (its rows say which): the words that make a number a level, the nouns a fraction is
of, the words that speak of money. Rules ask for a role as a set or as a pattern; no rule keeps a list of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from flows.recognizers.phrases import spellings
from flows.seeds import read_seed


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A word and the part it plays."""

    KEY: ClassVar[tuple[str, ...]] = ("role", "word")
    role: str
    word: str
    why: str | None


@cache
def role_words(role: str) -> frozenset[str]:
    """The words of `role` in every spelling.

    >>> "xuống" in role_words("level"), "người" in role_words("level")
    (True, False)
    """
    found = frozenset(word for row in read_seed("figure_words", RoleRow) if row.role == role
                      for word in spellings(row.word))
    if not found:
        raise KeyError(f"seeds/figure_words.csv: role {role} has no row; add one")
    return found


@cache
def role_pattern(role: str) -> re.Pattern[str]:
    """Any word of `role`, as a whole word; longer words first.

    >>> role_pattern("heat").search("trời nắng nóng 38 độ")[0]
    'nắng'
    """
    words = sorted(role_words(role), key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")
