"""The figures of an article in reading order, with the words between them.

Kinds of checks look at figures by their position `i` in `Reading.figures` and at the lower-case words before, after and
between them. Every look is bounded (`REACH` characters, `WINDOW` figures), so the work of all checks is linear in the
article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from flows.checks.arithmetic.printed import Spread, plain, spread
from flows.checks.reading.words import noun_class
from flows.model import Figure
from flows.recognizers.phrases import lower_keeping_offsets

REACH = 240
"""Characters of text looked at on one side of a figure."""
WINDOW = 12
"""Figures looked at on one side of a figure."""

_LEVELS = frozenset({"count", "money", "quantity", "rate", "score"})
_SENTENCE_END = re.compile(r"[\n.!?…](?:(?<=\n)|[\"”’)]*\s)")


@dataclass(slots=True)
class Reading:
    """An article's text and figures, as the kinds of checks read them."""

    text: str
    figures: list[Figure]
    shared: dict[str, Any] = field(default_factory=dict)
    """What several kinds read once (breakdowns)."""
    low: str = ""
    """The text in small letters, at the same offsets."""
    published_on: date | None = None
    _gaps: list[str | None] = field(default_factory=list)
    _before: list[str | None] = field(default_factory=list)
    _spreads: dict[int, Spread | None] = field(default_factory=dict)
    _plain: dict[int, Spread | None] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, figures: Sequence[Figure], published_on: date | None = None) -> Reading:
        """The reading of an article; figures without any number take no part in checks."""
        kept = sorted(
            (f for f in figures if f.value is not None or f.value_low is not None or f.value_high is not None),
            key=lambda f: (f.char_start, f.char_end),
        )
        nothing: list[str | None] = [None] * (len(kept) + 1)
        low = lower_keeping_offsets(text) if kept else ""
        return cls(text, kept, low=low, published_on=published_on, _gaps=nothing, _before=nothing.copy())

    def gap(self, i: int) -> str:
        """The lower-case words between figure `i - 1` and figure `i` (at most REACH characters of either end)."""
        known = self._gaps[i]
        if known is not None:
            return known
        begin = self.figures[i - 1].char_end if i > 0 else 0
        end = self.figures[i].char_start if i < len(self.figures) else len(self.text)
        if end - begin > 2 * REACH:
            head = self.low[begin : begin + REACH] if i > 0 else ""
            tail = self.low[end - REACH : end] if i < len(self.figures) else ""
            words = f"{head}\n{tail}"
        else:
            words = self.low[begin:end]
        self._gaps[i] = words
        return words

    def before(self, i: int) -> str:
        """The words of the sentence between the figure before `i` and figure `i`."""
        known = self._before[i]
        if known is not None:
            return known
        gap = self.gap(i)
        start = 0
        for end in _SENTENCE_END.finditer(gap):
            start = end.end()
        self._before[i] = words = gap[start:]
        return words

    def after(self, i: int) -> str:
        """The words of the sentence between figure `i` and the figure after it."""
        gap = self.gap(i + 1)
        end = _SENTENCE_END.search(gap)
        return gap[: end.start()] if end else gap

    def between(self, i: int, j: int) -> str:
        """The lower-case text from the end of figure `i` to the start of figure `j`, figures in between included."""
        return self.low[self.figures[i].char_end : self.figures[j].char_start]

    def same_sentence(self, i: int, j: int) -> bool:
        """Whether two figures stand in one sentence."""
        return self.figures[i].sentence_no == self.figures[j].sentence_no

    def sentences_apart(self, i: int, j: int) -> int:
        """How many sentence ends lie between figure `i` and a later figure `j`."""
        return self.figures[j].sentence_no - self.figures[i].sentence_no

    def spread(self, i: int) -> Spread | None:
        """What figure `i` stands for."""
        if i not in self._spreads:
            self._spreads[i] = spread(self.figures[i])
        return self._spreads[i]

    def plain(self, i: int) -> Spread | None:
        """What figure `i` would stand for without its qualifier."""
        if i not in self._plain:
            self._plain[i] = plain(self.figures[i])
        return self._plain[i]

    def backwards(self, i: int, sentences: int = 1, window: int = WINDOW) -> Iterator[int]:
        """Positions before `i`, nearest first, at most `sentences` sentences and `window` figures back."""
        first = self.figures[i].sentence_no - sentences
        for j in range(i - 1, max(-1, i - 1 - window), -1):
            if self.figures[j].sentence_no < first:
                return
            yield j

    def onwards(self, i: int, sentences: int = 0, window: int = WINDOW) -> Iterator[int]:
        """Positions after `i`, at most `sentences` sentences and `window` figures on."""
        last = self.figures[i].sentence_no + sentences
        for j in range(i + 1, min(len(self.figures), i + 1 + window)):
            if self.figures[j].sentence_no > last:
                return
            yield j


def coarseness(spread_: Spread | None) -> Fraction:
    """The width of what a figure stands for as a share of it: the chance that a number near by fits it by accident."""
    if spread_ is None or spread_.cut.low is None or spread_.cut.high is None:
        return Fraction(1)
    size = max(abs(spread_.cut.low), abs(spread_.cut.high))
    return Fraction(1) if size == 0 else (spread_.cut.high - spread_.cut.low) / size


def significant_digits(figure: Figure) -> int:
    """How many digits of a figure say something: 3 for 1.230.000, 1 for 500.

    >>> from decimal import Decimal
    >>> significant_digits(Figure(0, 5, "1.230", "count", Decimal(1230), "hộ"))
    3
    """
    if figure.value is None:
        return 0
    return len(str(abs(figure.value).normalize()).replace(".", "").split("E")[0].strip("0"))


def is_level(figure: Figure) -> bool:
    """Whether a figure is a level that a share or change can be taken of (a count, an amount, a measure)."""
    return figure.kind in _LEVELS


def is_share(figure: Figure) -> bool:
    """Whether a figure is a percentage of a whole and not a change, a rate per year or percentage points.

    >>> from decimal import Decimal
    >>> is_share(Figure(0, 2, "5%", "percent", Decimal(5), "%"))
    True
    >>> is_share(Figure(0, 2, "5%/năm", "percent", Decimal(5), "%/năm"))
    False
    """
    return figure.kind == "percent" and figure.unit == "%" and figure.direction is None


def same_measure(a: Figure, b: Figure) -> bool:
    """Whether two figures are of one unit, so that they can be added, or one divided by the other.

    >>> from decimal import Decimal
    >>> people = Figure(0, 2, "9", "count", Decimal(9), "người")
    >>> same_measure(Figure(0, 2, "5", "count", Decimal(5), "thủy thủ"), people)
    True
    >>> same_measure(Figure(0, 2, "5", "count", Decimal(5), "hộ"), people)
    False
    """
    if a.unit == b.unit:
        return a.kind == b.kind or {a.kind, b.kind} <= _LEVELS
    if a.kind == "count" and b.kind == "count":
        return same_noun(a.unit, b.unit)
    if "rate" in (a.kind, b.kind):
        return a.unit.split("/")[0] == b.unit.split("/")[0] and (a.kind != b.kind or same_noun_tail(a.unit, b.unit))
    return False


def same_noun_tail(a: str, b: str) -> bool:
    """Whether two compound units agree in what they are per ("VND/tháng" and "VND/người/tháng" do not)."""
    return a.split("/")[1:] == b.split("/")[1:]


@lru_cache(maxsize=4096)
def same_noun(a: str, b: str) -> bool:
    """Whether two counted nouns name the same sort of thing: one begins the other, or both are of one class."""
    first, second = a.lower().replace(",", "").split(), b.lower().replace(",", "").split()
    if not first or not second:
        return True
    shorter = min(len(first), len(second))
    if first[:shorter] == second[:shorter] or first[0] == second[0] or first[-shorter:] == second[-shorter:]:
        return True
    kind = noun_class(a.lower())
    return kind is not None and kind == noun_class(b.lower())
