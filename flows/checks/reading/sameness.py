"""How far two mentions of a number speak of one fact: the evidence, and what it adds up to.

A mention is a figure with the words of its clause. Evidence is a handful of named observations of two mentions (the
number is rare, the nouns agree, rare words are shared, the periods differ, …), each a number; `seeds/repeat_evidence.csv`
holds what one unit of each is worth. The sum is the logarithm of the odds that both mentions state one fact (a logistic
model), so that `probability` can be read as a confidence. A shared word counts by its rarity: "được" in both clauses
says nothing, "Kabul" much (`seeds/common_syllables.csv`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import ClassVar

from flows.checks.reading.article import Reading
from flows.checks.reading.words import noun_class
from flows.model import Figure
from flows.seeds import read_seed

LEFT, RIGHT = 170, 110
"""Characters of a clause looked at before and after a figure."""
_MOST_WORDS = 24
_COMMON, _RARE = 100.0, 10.0
_SYLLABLE = re.compile(r"[^\W\d_]+")
_LEFT_END = re.compile(r"[;\n]|(?<!TP)(?<!Tp)(?<!TS)(?<!ThS)(?<!GS)[.!?…](?=[\s\"”’)\]])")
_POINTING_BACK = re.compile(r"\W{0,2}(?:này|trên|nói trên|kể trên|đó|ấy|còn lại)(?!\w)")
_SMALL = 10


@dataclass(frozen=True, slots=True)
class SyllableRow:
    """A common syllable and in how many of a thousand sentences of news it stands."""

    KEY: ClassVar[tuple[str, ...]] = ("syllable",)
    syllable: str
    per_mille: int


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """An observation of two mentions, and how much one unit of it adds to the logarithm of the odds."""

    KEY: ClassVar[tuple[str, ...]] = ("evidence",)
    evidence: str
    weight: Decimal


@cache
def _rarities() -> dict[str, float]:
    span = math.log(_COMMON / _RARE)
    return {
        row.syllable: min(1.0, max(0.0, math.log(_COMMON / row.per_mille) / span))
        for row in read_seed("common_syllables", SyllableRow)
    }


def rarity(syllable: str) -> float:
    """How much it says that two clauses share `syllable`: 0 for the commonest words, 1 for rare ones.

    >>> rarity("của"), rarity("kabul")
    (0.0, 1.0)
    """
    return _rarities().get(syllable, 1.0)


def weight_of(syllables: set[str]) -> float:
    """The rarity of all `syllables` together."""
    known = _rarities()
    return sum(known.get(syllable, 1.0) for syllable in syllables)


@dataclass(slots=True)
class Mention:
    """A figure with the words around it, nearest last on the left and first on the right."""

    index: int
    figure: Figure
    left: list[str]
    right: list[str]
    inner: set[str]
    """The words between the figure's neighbours."""
    outer: set[str]
    """The words of the clause further away than these."""
    names: set[str]
    noun: frozenset[str]
    neighbours: frozenset[tuple[str, object]]
    points_back: bool
    in_title: bool


def mention_of(reading: Reading, i: int) -> Mention:
    """The mention that figure `i` of an article is."""
    figure, text = reading.figures[i], reading.text
    begin = max(0, figure.char_start - LEFT)
    before = text[begin : figure.char_start]
    cut = 0
    for end in _LEFT_END.finditer(before):
        cut = end.end()
    begin, before = begin + cut, before[cut:]
    after = text[figure.char_end : figure.char_end + RIGHT]
    stop = _LEFT_END.search(after)
    after = after[: stop.start()] if stop else after
    left_limit = reading.figures[i - 1].char_end if i > 0 else 0
    right_limit = reading.figures[i + 1].char_start if i + 1 < len(reading.figures) else len(text)
    names: set[str] = set()
    left: list[str] = []
    inner: set[str] = set()
    outer: set[str] = set()
    for at, word in enumerate(_SYLLABLE.finditer(before)):
        syllable = word.group()
        lower = syllable.lower()
        if syllable != lower and at > 0:
            names.add(lower)
        left.append(lower)
        (inner if begin + word.start() >= left_limit else outer).add(lower)
    right: list[str] = []
    for word in _SYLLABLE.finditer(after):
        syllable = word.group()
        lower = syllable.lower()
        if syllable != lower:
            names.add(lower)
        right.append(lower)
        (inner if figure.char_end + word.start() < right_limit else outer).add(lower)
    noun = frozenset(_SYLLABLE.findall(figure.unit.lower())) if figure.kind == "count" else frozenset()
    inner |= noun
    return Mention(
        i, figure, left[-_MOST_WORDS:], right[:_MOST_WORDS], inner, outer - inner, names, noun,
        frozenset(_neighbours(reading, i)),
        _POINTING_BACK.match(after.lower()) is not None,
        text.find("\n", 0, figure.char_end) == -1 and text.find("\n", figure.char_end) != -1,
    )


def _neighbours(reading: Reading, i: int) -> list[tuple[str, object]]:
    found = []
    for j in (i - 1, i + 1):
        if 0 <= j < len(reading.figures):
            other = reading.figures[j]
            gap = max(other.char_start, reading.figures[i].char_start) - min(other.char_end, reading.figures[i].char_end)
            if gap <= 80:
                found.append((other.kind, other.value if other.value is not None else (other.value_low, other.value_high)))
    return found


def significant_digits(figure: Figure) -> int:
    """How many significant digits a figure is printed with: 3 for 514,5 tỷ is 4, for 7.000 is 1.

    >>> significant_digits(Figure(0, 5, "7.000", "count", Decimal(7000), "xe"))
    1
    """
    value = figure.value if figure.value is not None else figure.value_high or figure.value_low
    if value is None or not value.is_finite() or value == 0:
        return 1
    return len(str(abs(value).normalize()).split("E")[0].replace(".", "").strip("0"))


def nouns_agree(a: Mention, b: Mention) -> float:
    """1 where the counted nouns are alike, −1 where they are two things, in between where it cannot be told."""
    if a.figure.kind != "count":
        return 0.0
    if a.figure.unit.lower() == b.figure.unit.lower():
        return 1.0
    if not a.noun or not b.noun:
        return 0.0
    shared = weight_of(set(a.noun & b.noun))
    if shared >= 0.4 * min(weight_of(set(a.noun)), weight_of(set(b.noun))) and shared:
        return 0.8
    kind = noun_class(a.figure.unit.lower())
    if kind is not None and kind == noun_class(b.figure.unit.lower()):
        return 0.5
    return -1.0


def _run(a: list[str], b: list[str]) -> int:
    length = 0
    for x, y in zip(a, b):
        if x != y:
            break
        length += 1
    return length


def _share(a: set[str], b: set[str]) -> float:
    least = min(weight_of(a), weight_of(b))
    return weight_of(a & b) / least if least >= 1.0 else 0.0


def evidence(a: Mention, b: Mention, mentions: int) -> dict[str, float]:
    """What speaks for and against `b` stating the fact of the earlier `a`; `mentions` = how often the number stands."""
    first, later = a.figure, b.figure
    found: dict[str, float] = {"base": 1.0}
    digits = min(significant_digits(first), significant_digits(later))
    found[f"digits_{min(digits, 4)}"] = 1.0
    value = first.value
    if value is None:
        found["range"] = 1.0
    elif digits == 1 and first.kind in ("count", "duration", "multiple", "quantity", "score") and abs(value) < _SMALL:
        found["small"] = 1.0
    if first.kind == "count" and value is not None and abs(value) >= 1000:
        found["large_count"] = 1.0
    found[f"kind_{first.kind}"] = 1.0
    if first.number_style == "words" or later.number_style == "words":
        found["in_words"] = 1.0
    nouns = nouns_agree(a, b)
    found["noun_same"] = max(0.0, nouns)
    found["noun_apart"] = max(0.0, -nouns)
    if first.qualifier == later.qualifier != "exact" and first.value is not None:
        found["qualifier_same"] = 1.0
    if first.qualifier in ("at_least", "at_most") or later.qualifier in ("at_least", "at_most"):
        found["bound"] = 1.0
    if first.value != later.value:
        found["rounded"] = 1.0
    if first.direction != later.direction:
        found["direction_apart"] = 1.0
    elif first.direction is not None:
        found["direction_same"] = 1.0
    shared = a.inner & b.inner
    found["inner_shared"] = min(4.0, weight_of(shared))
    found["inner_share"] = _share(a.inner, b.inner)
    crossed = ((a.inner | a.outer) & (b.inner | b.outer)) - shared
    found["outer_shared"] = min(5.0, weight_of(crossed))
    before = _run(a.left[::-1], b.left[::-1])
    behind = _run(a.right, b.right)
    found["adjoining_before"] = min(1.0, float(before))
    found["adjoining_behind"] = min(1.0, float(behind))
    found["verbatim"] = min(8.0, float(max(0, before + behind - 2)))
    if a.names and b.names:
        common = weight_of(a.names & b.names)
        found["names_shared"] = min(3.0, common)
        found["names_apart"] = 1.0 if not common else 0.0
    own = (first.kind, first.value)
    found["company"] = float(len((a.neighbours & b.neighbours) - {own}))
    if first.sentence_no == later.sentence_no:
        found["same_sentence"] = 1.0
    if a.in_title and not b.in_title:
        found["from_title"] = 1.0
    if b.points_back:
        found["points_back"] = 1.0
    found["crowd"] = min(4.0, float(max(0, mentions - 2)))
    _context(first, later, found)
    return found


def _context(first: Figure, later: Figure, found: dict[str, float]) -> None:
    """Evidence from what and who the figures are about, and when."""
    if first.period_end is not None and later.period_end is not None:
        same = first.period_end == later.period_end and first.period_start == later.period_start
        apart = not same and (
            (first.period_start is not None and first.period_start > later.period_end)
            or (later.period_start is not None and later.period_start > first.period_end)
        )
        found["period_same" if same else "period_apart" if apart else "period_other"] = 1.0
    if first.place_id and later.place_id:
        found["place_same" if first.place_id == later.place_id else "place_apart"] = 1.0
    if first.who and later.who:
        x, y = set(_SYLLABLE.findall(first.who.lower())), set(_SYLLABLE.findall(later.who.lower()))
        found["who_share"] = _share(x, y)
        if not weight_of(x & y):
            found["who_apart"] = 1.0
    if first.measure and later.measure:
        x, y = set(_SYLLABLE.findall(first.measure.lower())), set(_SYLLABLE.findall(later.measure.lower()))
        found["measure_share"] = _share(x, y)
    if first.indicator_id and later.indicator_id:
        found["indicator_same" if first.indicator_id == later.indicator_id else "indicator_apart"] = 1.0
    if first.is_target != later.is_target:
        found["target_apart"] = 1.0


@cache
def evidence_weights() -> Mapping[str, float]:
    """What one unit of each kind of evidence is worth."""
    return {row.evidence: float(row.weight) for row in read_seed("repeat_evidence", EvidenceRow)}


def score(found: Mapping[str, float], weights: Mapping[str, float] | None = None) -> float:
    """The logarithm of the odds that two mentions with the evidence `found` state one fact."""
    worth = evidence_weights() if weights is None else weights
    return sum(worth.get(name, 0.0) * amount for name, amount in found.items() if amount)


def probability(log_odds: float) -> float:
    """The probability that belongs to a logarithm of odds.

    >>> probability(0.0)
    0.5
    """
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, log_odds))))
