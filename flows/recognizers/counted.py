"""The counted noun after a numeral: 50 tiêu chí · 167 lượt tổ chức đảng · 30 căn biệt thự · 3 huy chương vàng.

Rule: the longest row of seeds/counted_nouns.csv at the place; after a classifier that `joins` (lượt, căn, nhóm …)
the noun that follows belongs to the head. A word that no row knows is taken when it is a small-letter word that
seeds/not_counted.csv (verbs, particles, prepositions) does not refuse: then it alone is the head.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from flows.recognizers.phrases import PhraseTable, spellings
from flows.seeds import read_seed


@dataclass(frozen=True, slots=True)
class NounRow:
    """A noun that is counted; `joins` for a classifier whose following noun belongs to the head
    ("lượt đảng viên"), `joined` for a noun that may be that following one."""

    KEY: ClassVar[tuple[str, ...]] = ("word",)
    word: str
    joins: bool
    joined: bool


@dataclass(frozen=True, slots=True)
class NotCountedRow:
    """A word that is never the head of a count (verb, particle, preposition), or a phrase that looks like a unit."""

    KEY: ClassVar[tuple[str, ...]] = ("word",)
    word: str


@cache
def noun_table() -> PhraseTable[NounRow]:
    """The counted nouns."""
    return PhraseTable((row.word, row) for row in read_seed("counted_nouns", NounRow))


@cache
def not_counted() -> frozenset[str]:
    """First words after which no counted noun stands."""
    return frozenset(word for row in read_seed("not_counted", NotCountedRow) for word in spellings(row.word))


_NOUNS = noun_table()
_REFUSED = not_counted()
_PHRASES = PhraseTable((row.word, True) for row in read_seed("not_counted", NotCountedRow) if " " in row.word)
_WORD = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]+)*")


def match_noun(low: str, at: int, text: str | None = None, first: str | None = None) -> int | None:
    """Where the known counted noun that begins at `at` ends; None if none begins there.

    With the `text` as printed, a name after a classifier stays out ("15,5 điểm Đại học …"). `first` is the first word,
    if read.

    >>> low = "167 lượt tổ chức đảng và 22 đảng viên"
    >>> low[4:match_noun(low, 4)], match_noun(low, 22) is None
    ('lượt tổ chức đảng', True)
    """
    found = _NOUNS.match(low, at) if first is None else _NOUNS.match_from(low, at, first)
    if found is None:
        return None
    end, row = found
    if row.joins and low[end:end + 1] == " ":
        more = _NOUNS.match(low, end + 1)
        if more is not None and more[1].joined and (
                text is None or not text[end + 1].isupper() or text[at].isupper()):
            return more[0]
    return end


def match_refused(low: str, at: int, first: str | None = None) -> bool:
    """Whether a phrase that only looks like a unit or noun begins at `at`: tấn công, đồng thời.

    >>> match_refused("bộ ba tấn công", 6), match_refused("3 tấn cá", 2)
    (True, False)
    """
    return (_PHRASES.match(low, at) if first is None else _PHRASES.match_from(low, at, first)) is not None


def match_unknown_noun(text: str, low: str, at: int) -> int | None:
    """Where a word that could be a counted noun, though no row knows it, ends; None if the word cannot be one.

    >>> text = "10 nén hương; 5 và 7"
    >>> text[3:match_unknown_noun(text, text, 3)], match_unknown_noun(text, text, 16) is None
    ('nén', True)
    """
    found = _WORD.match(low, at)
    if found is None or found[0] in _REFUSED or not text[at:found.end()].islower():
        return None
    return found.end()
