"""Fractions and multiples in words: một nửa · quá nửa · một phần ba · gấp đôi · gấp rưỡi · gấp ba lần.

Rule: "nửa" counts after một/1 or a qualifier (quá, hơn, gần, đúng) and not before a time or an ordinal place (nửa năm,
nửa đầu); "A phần B" is A/B; "gấp" with a numeral word is a multiple, "lần" after it belongs to it. Words that stand for
the numbers: seeds/fraction_words.csv.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import ClassVar

from flows.recognizers.roles import role_pattern
from flows.seeds import read_seed


@dataclass(frozen=True, slots=True)
class FractionWordRow:
    """A numeral word in a fraction ("một phần tư") or after "gấp"."""

    KEY: ClassVar[tuple[str, ...]] = ("word",)
    word: str
    value: Decimal
    only_after: str | None
    """`gấp` or `phần` when the word means this number only there."""


@dataclass(slots=True)
class Fraction:
    """A share or multiple in words: its span and value."""

    char_start: int
    char_end: int
    value: Decimal


@cache
def _words(place: str) -> dict[str, Decimal]:
    return {row.word: row.value for row in read_seed("fraction_words", FractionWordRow)
            if row.only_after in (None, place)}


_TIMES = _words("gấp")
_PARTS = _words("phần")
_ANCHORS = ("nửa", "gấp", "phần ")
_HALF_BEFORE = re.compile(r"(?<!\w)(?:(một|1) |(?:quá|hơn|gần|đúng|đến|tới|chưa đến|chưa được|còn|bằng) )\Z")
_HALF_AFTER = role_pattern("after_half")
_TIMES_AFTER = re.compile(r" ([^\W\d_]+)( lần)?\b")
_PART_BEFORE = re.compile(r"(?<!\w)([^\W\d_]+|[0-9]) \Z")
_PART_AFTER = re.compile(r"([^\W\d_]+|[0-9]{1,3})\b")
_SIX_PLACES = Decimal("0.000001")


def scan_fractions(low: str) -> list[Fraction]:
    """The fractions and multiples in words of a text in small letters, in order.

    >>> low = "giảm quá nửa, còn một phần ba; nửa năm sau tăng gấp đôi, gấp ba lần, gấp rút một phần việc"
    >>> [(low[f.char_start:f.char_end], str(f.value)) for f in scan_fractions(low)]
    [('nửa', '0.5'), ('một phần ba', '0.333333'), ('gấp đôi', '2'), ('gấp ba lần', '3')]
    """
    found: list[Fraction] = []
    for start, word in _anchors(low):
        end = start + len(word)
        if start and low[start - 1].isalpha():
            continue
        fraction = None
        if word == "nửa":
            fraction = _half(low, start, end)
        elif word == "gấp":
            after = _TIMES_AFTER.match(low, end)
            if after is not None and after[1] in _TIMES:
                fraction = Fraction(start, after.end(), _TIMES[after[1]])
        else:
            before = _PART_BEFORE.search(low, max(0, start - 7), start)
            after = _PART_AFTER.match(low, end)
            if before is not None and after is not None:
                fraction = _part(before, after)
        if fraction is not None:
            found.append(fraction)
    return found


def _anchors(low: str) -> list[tuple[int, str]]:
    """Where a fraction may begin; `str.find` is several times faster here than one regex."""
    found = []
    for word in _ANCHORS:
        at = low.find(word)
        while at >= 0:
            found.append((at, word))
            at = low.find(word, at + len(word))
    found.sort()
    return found


def _half(low: str, start: int, end: int) -> Fraction | None:
    if low[end:end + 1].isalpha() or _HALF_AFTER.match(low, end + 1):
        return None
    before = _HALF_BEFORE.search(low, max(0, start - 11), start)
    if before is None:
        return None
    return Fraction(before.start(1) if before[1] else start, end, Decimal("0.5"))


def _number(word: str) -> Decimal | None:
    return Decimal(word) if word[0] in "0123456789" else _PARTS.get(word)


def _part(before: re.Match[str], after: re.Match[str]) -> Fraction | None:
    upper, lower = _number(before[1]), _number(after[1])
    if upper is None or lower is None or not 0 < upper < lower:
        return None
    return Fraction(before.start(1), after.end(), (upper / lower).quantize(_SIX_PLACES).normalize())
