"""Splitting a text into sentences, as spans of code points.

A line end ends a sentence. Inside a line a run of `.`, `!`, `?`, `…` (with the quotes and brackets that close after
it) ends one when what follows can open one: a space and then anything but a small letter, or, glued without a space,
a capitalised word ("hội nghị.Theo báo cáo"). It does not end one after an abbreviation of `seeds/abbreviations.csv`
("TS. Nguyễn"), inside a number or date ("3.463", "1.5%"), after an initial ("D. Trump") unless a word of
`seeds/sentence_openers.csv` follows ("bà H. Theo cáo trạng"), and after list numbering ("2. Thực hiện").

What runs on for more than 2 000 characters is no sentence but a table that has lost its lines (the longest sentences
of papers have 1 300); it is parted at a semicolon, comma or space, so that no rule meets a sentence without end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from flows.model import Sentence
from flows.seeds import read_seed

_CLOSERS = "\"'”’»)\\]}"
_LINE_ENDS = "\n\r\x0b\x0c\x85\u2028\u2029"
# Both branches always consume what they have looked at, which keeps the pass linear on any text; one class of first
# characters lets the search skip all others.
_STOP = re.compile(rf"[{_LINE_ENDS}.!?…](?:(?<=[{_LINE_ENDS}])|(?![0-9])[.!?…]*+[{_CLOSERS}]*+)\s*+")
_ALNUM = re.compile(r"[^\W_]")
_SPACE = re.compile(r"\s")
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBERING = re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{1,2}){0,3}|[IVXLC]{1,5}|[^\W\d_])\Z")
_LONGEST_NUMBERING = 12
_LONGEST_SENTENCE = 2000
_SHORTEST_PART = 1000
_OPENING = frozenset("\"'“‘«([{-–—−+*•●▪■◆►✓#@$€£=>\\/|~")


@dataclass(frozen=True, slots=True)
class AbbreviationRow:
    """An abbreviation whose full stop does not end a sentence; `same_case` asks for the case as written."""

    KEY: ClassVar[tuple[str, ...]] = ("word",)
    word: str
    meaning: str
    same_case: bool

    def __post_init__(self) -> None:
        if not self.word.isalpha():
            raise ValueError(f'word "{self.word}" is not letters only; write the part before the last full stop')


@dataclass(frozen=True, slots=True)
class OpenerRow:
    """A capitalised word that opens sentences and is hardly ever a family name."""

    KEY: ClassVar[tuple[str, ...]] = ("word",)
    word: str


@cache
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str], int]:
    rows = read_seed("abbreviations", AbbreviationRow)
    exact = frozenset(row.word for row in rows if row.same_case)
    folded = frozenset(row.word.lower() for row in rows if not row.same_case)
    openers = frozenset(row.word for row in read_seed("sentence_openers", OpenerRow))
    return exact, folded, openers, max(len(row.word) for row in rows) + 1


def _next_word(text: str, at: int) -> str:
    found = _WORD.match(text, at, at + 12)
    return found[0] if found else ""


def _ends_after_stop(text: str, begin: int, stop: int, after: int, following: int) -> bool:
    """Whether the stop at `stop`, its run and closers ending at `after`, ends the sentence begun at `begin`."""
    first = text[following]
    glued = after == following
    if first.islower():
        return False
    if glued:
        if first.isdigit():
            return False
        if first.isupper() and not text[following + 1 : following + 2].islower():
            return False
        if not (first.isupper() or first in _OPENING):
            return False
    elif not (first.isalnum() or first in _OPENING):
        return False
    if text[stop] != "." or text[stop + 1 : stop + 2] in (".", "…"):
        return not glued or first.isupper()
    if glued and not first.isupper():
        return False
    if stop - begin <= _LONGEST_NUMBERING and _NUMBERING.match(text, begin, stop):
        return False
    exact, folded, openers, longest = _words()
    found = _LAST_WORD.search(text, max(begin, stop - longest), stop)
    if found is None:
        return True
    word = found[0]
    if len(word) == 1 and word.isupper() and glued:
        return False
    if word.isupper() and (glued or len(word) == 1):
        return _next_word(text, following) in openers and word.lower() not in folded
    return word not in exact and word.lower() not in folded


def _part(text: str, begin: int, end: int) -> int:
    """Where to part what is too long for a sentence: after the last `;`, `,` or space in reach, else the next space."""
    for mark in ("; ", ", ", " "):
        at = text.rfind(mark, begin + _SHORTEST_PART, begin + _LONGEST_SENTENCE)
        if at >= 0:
            return at + len(mark)
    space = _SPACE.search(text, begin + _LONGEST_SENTENCE, end)
    return space.end() if space else end


def split_sentences(text: str) -> list[Sentence]:
    """Split `text` into sentences, numbered from 0 in reading order.

    Spans do not overlap, hold no space at either end, and every letter and digit of the text lies in one; a line
    of mere punctuation is no sentence.

    >>> text = "Ông P. Mai, TP.HCM, thu 3.463 đồng (tăng 1.5%). Ngày 08/10/2018 họp.Theo báo cáo, v.v. và v.v."
    >>> [text[s.char_start : s.char_end] for s in split_sentences(text)]  # doctest: +NORMALIZE_WHITESPACE
    ['Ông P. Mai, TP.HCM, thu 3.463 đồng (tăng 1.5%).', 'Ngày 08/10/2018 họp.', 'Theo báo cáo, v.v. và v.v.']
    >>> split_sentences(" .\\n…")
    []
    """
    sentences: list[Sentence] = []
    size = len(text)
    begin = 0
    while begin < size and text[begin].isspace():
        begin += 1

    def close(end: int) -> None:
        start = begin
        while end - start > _LONGEST_SENTENCE:
            cut = _part(text, start, end)
            add(start, cut)
            start = cut
        add(start, end)

    def add(start: int, end: int) -> None:
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if end > start and (text[start].isalnum() or _has_word(text, start, end)):
            sentences.append(Sentence(len(sentences), start, end))

    for found in _STOP.finditer(text, begin):
        stop, following = found.span()
        if following == size:
            break
        after = following
        ends = False
        while after > stop and text[after - 1].isspace():
            after -= 1
            if text[after] in _LINE_ENDS:
                ends = True
        if ends or _ends_after_stop(text, begin, stop, after, following):
            close(after)
            begin = following
    close(size)
    return sentences


def _has_word(text: str, begin: int, end: int) -> bool:
    return _ALNUM.search(text, begin, end) is not None
