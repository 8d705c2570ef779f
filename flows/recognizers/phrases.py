"""The matching engine of the seed tables: which phrase of a table begins (or ends) at a place in a text.

A table is compiled once from its rows into a dictionary by first word (or last word, for the words left of a
number); a look-up reads one word of the text and tries the few phrases that share it, longest first. Its cost
does not grow with the table. Spellings that differ only in where the tone mark stands (hoà/hòa) or in final
i/y (tỉ/tỷ) are one phrase, so that a seed row is written once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

Value = TypeVar("Value")

FIRST_WORD = re.compile(r"[^\W\d_]+|[^\w\s]")
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")
_LONGEST_WORD = 12
"""Of Vietnamese words followed by a space; longer ones are read by the pattern."""

_TONES = (("òa", "oà"), ("óa", "oá"), ("ỏa", "oả"), ("õa", "oã"), ("ọa", "oạ"),
          ("òe", "oè"), ("óe", "oé"), ("ỏe", "oẻ"), ("õe", "oẽ"), ("ọe", "oẹ"),
          ("ùy", "uỳ"), ("úy", "uý"), ("ủy", "uỷ"), ("ũy", "uỹ"), ("ụy", "uỵ"))
_I_AND_Y = (("ỷ", "ỉ"), ("ỳ", "ì"), ("ỹ", "ĩ"), ("ý", "í"), ("ỵ", "ị"), ("y", "i"))
_TAKES_I_OR_Y = frozenset(("h", "k", "l", "m", "s", "t"))


def lower_keeping_offsets(text: str) -> str:
    """`text` in small letters, code point by code point, so that offsets stay those of `text`.

    >>> lower_keeping_offsets("TỶ ĐỒNG"), len(lower_keeping_offsets("İ 5"))
    ('tỷ đồng', 3)
    """
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def _word_spellings(word: str) -> Iterator[str]:
    yield word
    for one, other in _TONES:
        if word.endswith(one):
            yield word[: -len(one)] + other
        elif word.endswith(other) and not word.startswith("qu"):
            yield word[: -len(other)] + one
    if len(word) == 2 and word[0] in _TAKES_I_OR_Y:
        for one, other in _I_AND_Y:
            if word.endswith(one):
                yield word[0] + other
            elif word.endswith(other):
                yield word[0] + one


def spellings(phrase: str) -> list[str]:
    """`phrase` in each accepted spelling, as written first.

    >>> spellings("tòa nhà"), spellings("tỷ")
    (['tòa nhà', 'toà nhà'], ['tỷ', 'tỉ'])
    """
    results = [""]
    for word in phrase.split(" "):
        variants = list(_word_spellings(word))
        results = [f"{head} {variant}" if head else variant for head in results for variant in variants]
    return results


def first_word(low: str, at: int) -> str:
    """The word or sign that begins at `at`, or nothing.

    >>> first_word("5 tỷ đồng", 2), first_word("5%", 1), first_word("5 6", 2)
    ('tỷ', '%', '')
    """
    end = low.find(" ", at, at + _LONGEST_WORD)
    if end > at:
        word = low[at:end]
        if word.isalpha():
            return word
    found = FIRST_WORD.match(low, at)
    return found[0] if found else ""


class PhraseTable(Generic[Value]):
    """Phrases with a value each, found where they begin.

    >>> table = PhraseTable([("lượt", 1), ("lượt tổ chức đảng", 2)])
    >>> table.match("167 lượt tổ chức đảng và", 4)
    (21, 2)
    >>> table.match("167 lượtt", 4) is None
    True
    """

    def __init__(self, entries: Iterable[tuple[str, Value]]) -> None:
        buckets: dict[str, list[tuple[str, Value]]] = {}
        for written, value in entries:
            for phrase in spellings(written.lower()):
                first = FIRST_WORD.match(phrase)
                if first is None:
                    raise ValueError(f'"{phrase}" does not begin with a letter or sign')
                bucket = buckets.setdefault(first[0], [])
                if all(phrase != other for other, _ in bucket):
                    bucket.append((phrase, value))
        for bucket in buckets.values():
            bucket.sort(key=lambda entry: -len(entry[0]))
        self.buckets = buckets

    def match(self, low: str, at: int) -> tuple[int, Value] | None:
        """The longest phrase that begins at `at` of `low` and does not stop inside a word: its end and value."""
        first = first_word(low, at)
        return self.match_from(low, at, first) if first else None

    def match_from(self, low: str, at: int, first: str) -> tuple[int, Value] | None:
        """As `match`, for a caller who has read the first word already."""
        bucket = self.buckets.get(first)
        if bucket is None:
            return None
        for phrase, value in bucket:
            if low.startswith(phrase, at):
                end = at + len(phrase)
                if not (phrase[-1].isalnum() and low[end : end + 1].isalpha()):
                    return end, value
        return None


class TailTable(Generic[Value]):
    """Phrases with a value each, found where they end.

    >>> TailTable([("hơn", "over"), ("khoảng hơn", "over")]).match("có khoảng hơn", 13)
    (3, 'over')
    """

    def __init__(self, entries: Iterable[tuple[str, Value]]) -> None:
        buckets: dict[str, list[tuple[str, Value]]] = {}
        for written, value in entries:
            for phrase in spellings(written.lower()):
                last = phrase.rsplit(" ", 1)[-1]
                buckets.setdefault(last, []).append((phrase, value))
        for bucket in buckets.values():
            bucket.sort(key=lambda entry: -len(entry[0]))
        self.buckets = buckets

    def match(self, low: str, end: int) -> tuple[int, Value] | None:
        """The longest phrase that ends at `end` of `low` and does not begin inside a word: its start and value."""
        last = _LAST_WORD.search(low, end - 14 if end > 14 else 0, end)
        return None if last is None else self.match_from(low, end, last[0])

    def match_from(self, low: str, end: int, last: str) -> tuple[int, Value] | None:
        """As `match`, for a caller who has read the last word already."""
        bucket = self.buckets.get(last)
        if bucket is None:
            return None
        for phrase, value in bucket:
            start = end - len(phrase)
            if start >= 0 and low.startswith(phrase, start) and not (start and low[start - 1].isalnum()):
                return start, value
        return None
