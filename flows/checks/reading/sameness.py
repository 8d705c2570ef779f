"""How far two mentions of a number speak of one fact: the evidence, and what it adds up to.

A mention is a figure with the words of its clause. Evidence is a handful of named observations of two mentions (the
number is rare, the nouns agree, rare words are shared, the periods differ, …), each a number;
`seeds/repeat_evidence.csv` holds what one unit of each is worth. The sum is the logarithm of the odds that both
mentions state one fact (a logistic model, learnt from pairs of mentions judged by hand), so that `probability` can be
read as a confidence. A shared word counts by its rarity: "được" in both clauses says nothing, "Kabul" much
(`seeds/common_syllables.csv`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import ClassVar

from flows.checks.reading.article import Reading
from flows.checks.reading.mentions import (
    Background,
    Mention,
    Words,
    asides_of,
    field_of,
    rarity,
    share_of,
    weight_of,
    words_of,
)
from flows.checks.reading.words import noun_class, words
from flows.model import Figure
from flows.seeds import read_seed

_SMALL = 10
_COUNTABLE = frozenset({"count", "duration", "multiple", "quantity", "score"})
_FAR, _FAR_OVER = 0.03, 0.15
_MOST_ONLY_HERE, _MOST_AMONG = 4.0, 3.0


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """An observation of two mentions, and how much one unit of it adds to the logarithm of the odds."""

    KEY: ClassVar[tuple[str, ...]] = ("evidence",)
    evidence: str
    weight: Decimal


def nouns_agree(a: Mention, b: Mention) -> float:
    """1 where the counted nouns are alike, −1 where they are two things, in between where it cannot be told."""
    if a.figure.kind != "count":
        return 0.0
    if a.figure.unit.lower() == b.figure.unit.lower():
        return 1.0
    if not a.noun or not b.noun:
        return 0.0
    if _classes_differ(a.figure.unit, b.figure.unit):
        return -1.0
    shared = weight_of(a.noun & b.noun)
    if shared >= 0.4 * min(weight_of(a.noun), weight_of(b.noun)) and shared:
        return 0.8
    kind = noun_class(a.figure.unit.lower())
    if kind is not None and kind == noun_class(b.figure.unit.lower()):
        return 0.5
    return -1.0


def _classes_differ(a: str, b: str) -> bool:
    first, second = noun_class(a.lower()), noun_class(b.lower())
    return first is not None and second is not None and first != second


def evidence(reading: Reading, a: Mention, b: Mention, background: Background) -> dict[str, float]:
    """What speaks for and against `b` stating the fact of the earlier `a`."""
    return (
        plain_evidence(a, b, background) | worded_evidence(reading, a, b, background) | contrary_evidence(reading, a, b)
    )


def plain_evidence(a: Mention, b: Mention, background: Background) -> dict[str, float]:
    """The evidence that shows without reading the words of the two clauses."""
    found: dict[str, float] = {"base": 1.0}
    _number(a, b, found)
    found["peers"] = min(4.0, math.log2(max(1, len(background.values[field_of(a.figure)]))))
    fewest = min(background.among(a.figure), background.among(b.figure))
    found["among"] = min(_MOST_AMONG, max(0.0, fewest / 3 - 1.0))
    if a.slot == b.slot and a.slot[0]:
        found["slot"] = min(3.0, float(background.others_in_slot(a.figure.kind, a.slot)))
    _surroundings(a, b, found)
    _times_and_places(a.figure, b.figure, found)
    return found


def worded_evidence(reading: Reading, a: Mention, b: Mention, background: Background) -> dict[str, float]:
    """The evidence from the words and names of the two clauses, and from what and who the figures are about."""
    found: dict[str, float] = {}
    x, y = words_of(reading, a), words_of(reading, b)
    found["inner_only_here"] = min(_MOST_ONLY_HERE, _only_here(x.inner & y.inner, background))
    found["apart_behind"] = _foreign(x.behind, y) * _foreign(y.behind, x)
    if x.names and y.names and not weight_of(x.names & y.names):
        found["names_apart"] = 1.0
    if x.namesake and y.namesake and x.namesake != y.namesake:
        found["namesake_apart"] = 1.0
    if x.ends_heading and a.figure.sentence_no == b.figure.sentence_no:
        found["joined_heading"] = 1.0
    if x.who and y.who:
        found["who_share"] = share_of(x.who, y.who)
    if x.what and y.what:
        found["what_share"] = share_of(x.what, y.what)
        found["what_apart"] = 1.0 if not weight_of(x.what & y.what) else 0.0
    return found


def contrary_evidence(reading: Reading, a: Mention, b: Mention) -> dict[str, float]:
    """The evidence that can only speak against one fact: words that set the two apart as parts or as one more."""
    found: dict[str, float] = {}
    x, y = asides_of(reading, a), asides_of(reading, b)
    if x.part[0] and x.part[0] == y.part[0] and x.part[1] != y.part[1]:
        found["part_apart"] = 1.0
    if y.follows_also:
        found["also"] = 1.0
    if y.is_another:
        found["another"] = 1.0
    return found


def most_from_words(same_sentence: bool) -> float:
    """The most that the words of two mentions can add to the logarithm of the odds."""
    return _most_from_words()[same_sentence]


@cache
def _most_from_words() -> tuple[float, float]:
    most = {"inner_only_here": _MOST_ONLY_HERE, "who_share": 1.0, "what_share": 1.0}
    worth = evidence_weights()
    elsewhere = sum(max(0.0, worth.get(name, 0.0)) * amount for name, amount in most.items())
    return elsewhere, elsewhere + max(0.0, worth.get("joined_heading", 0.0))


def _number(a: Mention, b: Mention, found: dict[str, float]) -> None:
    """Evidence from the two numbers, their kinds and nouns."""
    first, later = a.figure, b.figure
    digits = min(a.digits, b.digits)
    if digits >= 3:
        found[f"digits_{min(digits, 4)}"] = 1.0
    found[f"kind_{first.kind}"] = 1.0
    nouns = nouns_agree(a, b)
    found["noun_apart"] = max(0.0, -nouns)
    found["class_apart"] = 1.0 if nouns < 0 and _classes_differ(first.unit, later.unit) else 0.0
    value = first.value
    if value is not None and digits == 1 and first.kind in _COUNTABLE and abs(value) < _SMALL:
        if abs(value) <= 1:
            found["one"] = 1.0
        if first.unit.lower() != later.unit.lower():
            found["small_unlike"] = 1.0
    if first.kind == "count" and value is not None and abs(value) >= 1000:
        found["large_count"] = 1.0
    in_words = (first.number_style == "words") + (later.number_style == "words")
    if in_words:
        found["in_words"] = 1.0
    if first.kind == "count":
        if in_words == 1 and (value or 0) > 1 and field_of(first) == field_of(later):
            found["words_and_digits"] = 1.0
        if first.unit.lower() in words("feature"):
            found["feature"] = 1.0
    if first.qualifier in ("at_least", "at_most") or later.qualifier in ("at_least", "at_most"):
        found["bound"] = 1.0
        if first.kind != "count":
            found["threshold"] = 1.0
    if first.kind == "age" and (first.qualifier != "exact" or later.qualifier != "exact"):
        found["age_limit"] = 1.0
    if value is not None and later.value is not None and value != later.value:
        found["rounded"] = 1.0
        least = first if value < later.value else later
        far = _FAR_OVER if least.qualifier == "over" else _FAR
        found["rounded_far"] = min(1.0, float(abs(value - later.value) / max(abs(value), abs(later.value))) / far)


def _foreign(word: str, other: Words) -> float:
    """How telling it is that `word`, which stands directly beside one figure, is nowhere in the clause of the other."""
    return 0.0 if not word or word in other.inner or word in other.outer else rarity(word)


def _only_here(shared: set[str], background: Background) -> float:
    total = 0.0
    for word in shared:
        worth = rarity(word)
        if worth:
            total += worth * min(1.0, 2.0 / background.count(word))
    return total


def _surroundings(a: Mention, b: Mention, found: dict[str, float]) -> None:
    """Evidence from the figures beside the two and from their place in the article."""
    first, later = a.figure, b.figure
    own = (first.kind, a.value)
    found["company"] = float(sum(
        any(i != j and x == y and x != own for j, y in b.neighbours) for i, x in a.neighbours
    ))
    found["company_apart"] = float(
        sum(x is not None and y is not None and x[0] == y[0] and x[1] != y[1]
            for x, y in zip(a.beside, b.beside, strict=True))
    )
    if first.sentence_no == later.sentence_no:
        found["same_sentence"] = 1.0
    if a.line < b.line and a.line == 0:
        found["from_title"] = 1.0
    elif a.line < b.line and a.line == 1:
        found["from_lead"] = 1.0
    if b.points_back:
        found["points_back"] = 1.0


def _times_and_places(first: Figure, later: Figure, found: dict[str, float]) -> None:
    """Evidence from the times and places the figures are about."""
    if first.period_end is not None and later.period_end is not None and (
        (first.period_start is not None and first.period_start > later.period_end)
        or (later.period_start is not None and later.period_start > first.period_end)
    ):
        found["period_apart"] = 1.0
    if first.place_id and later.place_id and first.place_id != later.place_id:
        found["place_apart"] = 1.0


@cache
def evidence_weights() -> Mapping[str, float]:
    """What one unit of each kind of evidence is worth."""
    return {row.evidence: float(row.weight) for row in read_seed("repeat_evidence", EvidenceRow)}


def score(found: Mapping[str, float], weights: Mapping[str, float] | None = None) -> float:
    """The logarithm of the odds that two mentions with the evidence `found` state one fact."""
    worth = evidence_weights() if weights is None else weights
    total = 0.0
    for name, amount in found.items():
        if amount:
            total += worth.get(name, 0.0) * amount
    return total


def probability(log_odds: float) -> float:
    """The probability that belongs to a logarithm of odds.

    >>> probability(0.0)
    0.5
    """
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, log_odds))))


def contained(a: Words, b: Words) -> tuple[float, float]:
    """The rarity of the words of one clause, and what part of it stands in the other as well."""
    words = a.inner | a.outer
    total = weight_of(words)
    return total, weight_of(words & (b.inner | b.outer)) / total if total else 0.0


def last_digit(value: Decimal) -> Decimal:
    """What the last significant digit of a number is worth: 100 for 4.300.

    >>> last_digit(Decimal(4300))
    Decimal('1E+2')
    """
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent)) if value.is_finite() and value else Decimal(0)
