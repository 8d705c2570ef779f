"""Indicators: which curated series a figure belongs to.

"Đảng ủy Khối đã kết nạp 527 đảng viên" is `party_admissions`; "tăng 527 đảng viên" is none, for a change of
a number is not the number. An indicator is given only where kind and unit fit and its words stand in the
figure's own clause: no indicator is better than a wrong one.

The catalogue is `seeds/indicators.csv`. A pattern is words that must stand together; `&` joins words that must
all stand in the clause, in any order; `|` parts alternatives; `#` is any number. Words are compared in lower
case, without punctuation, with one spelling of `hòa/hoà` and `tỷ/tỉ`.

Source: the national list of statistical indicators (Luật Thống kê 89/2015/QH13) and the reporting habits of
Party committees, ministries and markets, each named in the row's `source`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import ClassVar

from flows.figures.wording import fold_words
from flows.model import Figure
from flows.seeds import read_seed

NATURES = ("stock", "flow", "ratio", "change")
AGGREGATIONS = ("sum", "last", "mean", "none")
SUBJECTS = ("any", "single")

_NUMBER = re.compile(r" \d[\d ]*(?= )")
_GAP = re.compile(" ")
_BEFORE = 250
_PARAGRAPH = 400
"""How far back the paragraph may name what a figure belongs to ("tai nạn giao thông" before "làm chết 15 người")."""
_AFTER = 60


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of `seeds/indicators.csv`: something that is reported again and again."""

    indicator_id: str
    name_vi: str
    name_en: str
    domain: str
    kind: tuple[str, ...]
    units: tuple[str, ...]
    nature: str
    aggregation: str
    subject: str
    default_place: str | None
    low: Decimal | None
    high: Decimal | None
    patterns: tuple[str, ...]
    excludes: tuple[str, ...]
    source: str

    KEY: ClassVar[tuple[str, ...]] = ("indicator_id",)

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", self.indicator_id):
            raise ValueError(f'indicator_id "{self.indicator_id}" is not a plain name; write a-z, 0-9 and _')
        if self.nature not in NATURES:
            raise ValueError(f'nature "{self.nature}" is not known; write one of {", ".join(NATURES)}')
        if self.aggregation not in AGGREGATIONS:
            raise ValueError(f'aggregation "{self.aggregation}" is not known; write one of {", ".join(AGGREGATIONS)}')
        if self.subject not in SUBJECTS or (self.subject == "single" and not self.default_place):
            raise ValueError(f'subject "{self.subject}" is not known; write any, or single with a default_place')
        if not (self.kind and self.units and self.patterns):
            raise ValueError("kind, units and patterns may not be empty; without them nothing can match")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low} is greater than high {self.high}; swap them")


@dataclass(frozen=True, slots=True)
class _Rule:
    indicator_id: str
    is_change: bool
    low: Decimal | None
    high: Decimal | None
    patterns: tuple[tuple[int, tuple[str, ...]], ...]
    """Weight (letters of all parts) and the parts, heaviest first."""
    excludes: tuple[str, ...]


def _parts(pattern: str) -> tuple[str, ...]:
    return tuple(
        " # " + fold_words(part).lstrip(" #") if part.strip().startswith("#") else fold_words(part)
        for part in pattern.split("&")
    )


def _rule(row: Indicator) -> _Rule:
    patterns = [(sum(map(len, parts)), parts) for parts in map(_parts, row.patterns)]
    return _Rule(
        row.indicator_id,
        row.nature == "change",
        row.low,
        row.high,
        tuple(sorted(patterns, key=lambda pattern: -pattern[0])),
        tuple(map(fold_words, row.excludes)),
    )


@cache
def indicators() -> dict[str, Indicator]:
    """The catalogue by `indicator_id`. Raises SeedError."""
    return {row.indicator_id: row for row in read_seed("indicators", Indicator)}


@cache
def _rules() -> tuple[tuple[Indicator, _Rule], ...]:
    return tuple((row, _rule(row)) for row in indicators().values())


@dataclass(frozen=True, slots=True)
class _Pattern:
    weight: int
    parts: tuple[str, ...]
    has_number: bool
    says_change: bool
    rule: _Rule


@dataclass(frozen=True, slots=True)
class _Index:
    """The patterns a kind and unit allow, by a word that must stand in the text: a figure tries only a few."""

    whole: dict[str, list[_Pattern]]
    """By the rarest word of the pattern: for text that must hold all of it."""
    joined: dict[str, list[_Pattern]]
    """Patterns of several parts by the rarest word of each part: for text that must hold one part."""


@cache
def _by_unit() -> dict[str, dict[str, list[tuple[str, list[_Pattern]]]]]:
    """Kind -> unit in lower case -> the indicators that take it, each with its patterns; `*` takes any unit."""
    table: dict[str, dict[str, list[tuple[str, list[_Pattern]]]]] = {}
    for row, rule in _rules():
        patterns = [
            _Pattern(weight, parts, any("#" in part for part in parts), _says_change(parts), rule)
            for weight, parts in rule.patterns
        ]
        for kind in row.kind:
            units = table.setdefault(kind, {})
            for name in dict.fromkeys(map(str.lower, row.units)):
                units.setdefault(name, []).append((row.indicator_id, patterns))
    return table


@lru_cache(maxsize=4096)
def _index(kind: str, unit: str) -> _Index | None:
    """The patterns whose kind and unit fit: the unit itself, or for counts a noun that begins with it."""
    units = _by_unit().get(kind)
    if units is None:
        return None
    names = ["*", unit]
    if kind == "count":
        names.extend(unit[: gap.start()] for gap in _GAP.finditer(unit))
    taken = tuple(name for name in names if name in units)
    return _index_of(kind, taken) if taken else None


@cache
def _index_of(kind: str, names: tuple[str, ...]) -> _Index:
    units = _by_unit()[kind]
    patterns = [pattern for found in dict(pair for name in names for pair in units[name]).values() for pattern in found]
    frequency = Counter(word for pattern in patterns for word in set(" ".join(pattern.parts).split()))
    index = _Index({}, {})
    for pattern in patterns:
        index.whole.setdefault(_rarest(" ".join(pattern.parts), frequency), []).append(pattern)
        if len(pattern.parts) > 1:
            for word in {_rarest(part, frequency) for part in pattern.parts}:
                index.joined.setdefault(word, []).append(pattern)
    return index


def _says_change(parts: tuple[str, ...]) -> bool:
    """Whether the words themselves name a change ("tăng trưởng GDP"), so that the figure need not."""
    return any(" tăng " in part or " giảm " in part or "lạm phát" in part for part in parts)


def _rarest(words: str, frequency: Counter[str]) -> str:
    return min((word for word in words.split() if word != "#"), key=lambda word: (frequency[word], -len(word), word))


def match_indicator(text: str, figure: Figure, left: int, right: int) -> str | None:
    """The indicator of `figure`, or None where none fits for certain.

    `left` is where the figure before it in its sentence ends (or the sentence starts), `right` where the next
    one starts (or the sentence ends). Reads the figure's kind, unit, what, direction, value and span.

    >>> text = "Đảng ủy Khối đã kết nạp 527 đảng viên."
    >>> figure = Figure(24, 37, "527 đảng viên", "count", Decimal(527), "đảng viên", number_end=27)
    >>> match_indicator(text, figure, 0, len(text))
    'party_admissions'
    >>> text = "Hội trường có chỗ cho 527 đảng viên."
    >>> figure = Figure(22, 35, "527 đảng viên", "count", Decimal(527), "đảng viên", number_end=25)
    >>> match_indicator(text, figure, 0, len(text)) is None
    True
    """
    index = _index(figure.kind, figure.unit.lower())
    if index is None:
        return None
    start, end = figure.char_start, figure.char_end
    clause_start = _clause_start(text, max(left, start - _BEFORE), start)
    segment_start = _segment_start(text, clause_start, start)
    own = fold_words(f"{figure.what or ''} . {text[segment_start : _segment_end(text, end, min(right, end + _AFTER))]}")
    own_words = set(own.split())
    found = _heaviest(index.whole, own_words, figure, own, own, own)
    if found is None and clause_start < segment_start:
        clause = own + fold_words(text[clause_start:segment_start])[1:]
        found = _heaviest(index.whole, set(clause.split()), figure, own, clause, clause)
    if found is None and _is_begun(index.joined, own_words, own):
        paragraph = text.rfind("\n", max(0, start - _PARAGRAPH), start) + 1 or max(0, start - _PARAGRAPH)
        reach = own + fold_words(text[paragraph:start])[1:]
        found = _heaviest(index.joined, own_words, figure, own, reach, own)
    return found


def _fits(rule: _Rule, figure: Figure, says_change: bool) -> bool:
    """Whether the figure is a level for a level, a change for a change, and of a size that can be."""
    if rule.is_change:
        if figure.direction is None and not says_change:
            return False
    elif figure.direction is not None:
        return False
    value = figure.value if figure.value is not None else figure.value_high or figure.value_low
    return value is None or not (
        (rule.low is not None and value < rule.low) or (rule.high is not None and value > rule.high)
    )


def _is_begun(patterns: dict[str, list[_Pattern]], words: set[str], own: str) -> bool:
    """Whether a part of one of the patterns that `words` choose stands in `own`."""
    chosen = [pattern for word in patterns.keys() & words for pattern in patterns[word]]
    return any(part in own for pattern in chosen for part in pattern.parts)


def _heaviest(
    patterns: dict[str, list[_Pattern]], words: set[str], figure: Figure, own: str, reach: str, excluding: str
) -> str | None:
    """The indicator with the heaviest pattern whose parts all stand in `reach`; None where two weigh the same.

    `words` choose the patterns to try; a word of `excluding` rules an indicator out.
    """
    best, weight, tied = None, 0, False
    hashed = ""
    for word in patterns.keys() & words:
        for pattern in patterns[word]:
            rule = pattern.rule
            if pattern.weight < weight or (pattern.weight == weight and rule.indicator_id == best):
                continue
            if pattern.has_number and not hashed:
                hashed = _NUMBER.sub(" #", reach)
            where = hashed if pattern.has_number else reach
            if (
                pattern.parts[0] in where
                and all(part in where for part in pattern.parts[1:])
                and (excluding is reach or any(part in own for part in pattern.parts))
                and not any(word in excluding for word in rule.excludes)
                and _fits(rule, figure, pattern.says_change)
            ):
                tied = pattern.weight == weight
                best, weight = rule.indicator_id, pattern.weight
    return None if tied else best


_CLAUSE_ENDS = re.compile(r"[;\n!?]|[.…](?=\s)")
_SEGMENT_ENDS = re.compile(r",\s|\(|\s[-–]\s|[;\n!?]|[.…](?=\s)")
_SEGMENT_STOPS = re.compile(
    r"[,;:(\n!?]|[.…](?=\s|$)|\s(?:và|còn|gồm|bao gồm|trong đó|trong khi|nhưng|so với)\s|\s[-–]\s"
)


def _last_end(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    cut = start
    for match in pattern.finditer(text, start, end):
        cut = match.end()
    return cut


def _clause_start(text: str, left: int, start: int) -> int:
    return _last_end(_CLAUSE_ENDS, text, left, start)


def _segment_start(text: str, left: int, start: int) -> int:
    return _last_end(_SEGMENT_ENDS, text, left, start)


_LABEL_IN_BRACKETS = re.compile(r" ?\([^()\d]{2,25}\)")


def _segment_end(text: str, end: int, right: int) -> int:
    """Where the words after the figure end; a short label in brackets, "(mua vào)", is still its own."""
    label = _LABEL_IN_BRACKETS.match(text, end, max(end, right))
    if label:
        return label.end()
    stop = _SEGMENT_STOPS.search(text, end, max(end, right))
    return stop.start() if stop else max(end, right)
