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
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import ClassVar

from flows.checks.reading.article import Reading
from flows.checks.reading.words import noun_class
from flows.model import Figure
from flows.seeds import read_seed
from flows.text.sentences import OpenerRow

LEFT, RIGHT = 170, 110
"""Characters of a clause looked at before and after a figure."""
_COMMON, _RARE = 100.0, 10.0
_SYLLABLE = re.compile(r"[^\W\d_]+")
_CLAUSE_END = re.compile(r"[;\n]|(?<!TP)(?<!Tp)(?<!TS)(?<!ThS)(?<!GS)[.!?…](?=[\s\"”’)\]])")
_POINTING_BACK = re.compile(r"\W{0,2}(?:này|trên|nói trên|kể trên|đó|ấy|còn lại)(?!\w)")
_SMALL = 10
_COUNTABLE = frozenset({"count", "duration", "multiple", "quantity", "score"})
_NEAR, _BESIDE, _SLOT = 80, 22, 30
_FAR, _FAR_OVER = 0.03, 0.15
_NAME_BEFORE = re.compile(r"(?<!\w)([^\W\d_]{1,12})[ (,]{1,2}\Z")
_BEHIND = re.compile(r"\A ([^\W\d_]{2,12})(?!\w)")
_UNSTOPPED = re.compile(r"(?<=[\w%)”\"]) ([^\W\d_]+)")
_NEXT_WORD = re.compile(r"\A ([^\W\d_]+) ")
_HEAD, _COUNTED = 4000, 60_000


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
    behind: str
    """The word directly behind the figure, empty where a mark stands between."""
    inner: set[str]
    """The words between the figure's neighbours."""
    outer: set[str]
    """The words of the clause further away than these."""
    names: set[str]
    noun: frozenset[str]
    neighbours: tuple[tuple[int, tuple[str, object]], ...]
    beside: tuple[tuple[str, object] | None, tuple[str, object] | None]
    """The figures directly before and after, where hardly a word stands between."""
    namesake: str
    """The last part of a name directly before the figure: "An" of "Nguyễn Văn An (37 tuổi"."""
    slot: tuple[str, str]
    """The two words before the figure."""
    ends_heading: bool
    """A capital follows at once, or soon a word that opens sentences: a heading runs into the text."""
    points_back: bool
    line: int
    """The line of the article: 0 is the title, 1 mostly the lead."""


def mention_of(reading: Reading, i: int) -> Mention:
    """The mention that figure `i` of an article is."""
    figure, text = reading.figures[i], reading.text
    begin = max(0, figure.char_start - LEFT)
    before = text[begin : figure.char_start]
    cut = 0
    for end in _CLAUSE_END.finditer(before):
        cut = end.end()
    begin, before = begin + cut, before[cut:]
    after = text[figure.char_end : figure.char_end + RIGHT]
    stop = _CLAUSE_END.search(after)
    after = after[: stop.start()] if stop else after
    near_left = max(0, reading.figures[i - 1].char_end - begin) if i > 0 else 0
    near_right = reading.figures[i + 1].char_start - figure.char_end if i + 1 < len(reading.figures) else len(after)
    words = _SYLLABLE.findall(before)
    following = _SYLLABLE.findall(after)
    names = {word.lower() for word in words[1:] if not word.islower()}
    names.update(word.lower() for word in following if not word.islower())
    noun = frozenset(figure.unit.lower().split()) if figure.kind == "count" else frozenset()
    nearest = f"{before[near_left:]} {after[: max(0, near_right)]}"
    inner = {word.lower() for word in _SYLLABLE.findall(nearest)} | noun
    outer = {word.lower() for word in words} | {word.lower() for word in following}
    return Mention(
        i, figure, _beside_word(after, _BEHIND).lower(), inner, outer - inner, names, noun,
        tuple(_neighbours(reading, i)),
        (_beside(reading, i, i - 1), _beside(reading, i, i + 1)),
        _capital(_beside_word(before, _NAME_BEFORE)),
        _slot(text, figure),
        _ends_heading(after),
        _POINTING_BACK.match(after.lower()) is not None,
        text.count("\n", 0, min(figure.char_start, _HEAD)),
    )


def _beside_word(stretch: str, place: re.Pattern[str]) -> str:
    word = place.search(stretch)
    return word.group(1) if word else ""


def _capital(word: str) -> str:
    return word if word[:1].isupper() else ""


def _ends_heading(after: str) -> bool:
    return bool(_capital(_beside_word(after, _NEXT_WORD))) or any(
        word in _openers() for word in _UNSTOPPED.findall(after)
    )


@cache
def _openers() -> frozenset[str]:
    return frozenset(row.word for row in read_seed("sentence_openers", OpenerRow))


def _gap(a: Figure, b: Figure) -> int:
    return max(a.char_start, b.char_start) - min(a.char_end, b.char_end)


def _beside(reading: Reading, i: int, j: int) -> tuple[str, object] | None:
    if not 0 <= j < len(reading.figures):
        return None
    figure, other = reading.figures[i], reading.figures[j]
    if _gap(figure, other) > _BESIDE:
        return None
    return f"{other.kind} {other.unit}", value_of(other)


@dataclass(slots=True)
class Background:
    """What an article is full of, so that coincidence can be told from repetition."""

    syllables: Mapping[str, int]
    """How often each syllable stands in it: a word of its subject tells less than one used only here."""
    values: Mapping[tuple[str, str], set[object]]
    """The different numbers of each kind and unit: among forty temperatures two are easily alike."""
    slots: Mapping[tuple[str, str, str], set[object]]
    """The different numbers after the same two words: "cao nhất từ" is followed by another range in each region."""

    @classmethod
    def of(cls, reading: Reading) -> Background:
        """The background of an article."""
        values: dict[tuple[str, str], set[object]] = defaultdict(set)
        slots: dict[tuple[str, str, str], set[object]] = defaultdict(set)
        for figure in reading.figures:
            value = value_of(figure)
            values[field_of(figure)].add(value)
            slots[(figure.kind, *_slot(reading.text, figure))].add(value)
        return cls(Counter(_SYLLABLE.findall(reading.text[:_COUNTED].lower())), values, slots)


def value_of(figure: Figure) -> object:
    """A figure's number, or both ends of its range."""
    return figure.value if figure.value is not None else (figure.value_low, figure.value_high)


def field_of(figure: Figure) -> tuple[str, str]:
    """The kind and unit of a figure; for a count the first word of its noun."""
    return figure.kind, figure.unit.lower().split(" ", 1)[0] if figure.kind == "count" else figure.unit


def _slot(text: str, figure: Figure) -> tuple[str, str]:
    words = text[max(0, figure.char_start - _SLOT) : figure.char_start].lower().split()[-2:]
    return (words[0], words[1]) if len(words) == 2 else ("", "")


def _neighbours(reading: Reading, i: int) -> list[tuple[int, tuple[str, object]]]:
    found: list[tuple[int, tuple[str, object]]] = []
    for j in (i - 1, i + 1):
        if 0 <= j < len(reading.figures):
            other = reading.figures[j]
            if _gap(reading.figures[i], other) <= _NEAR:
                found.append((j, (other.kind, value_of(other))))
    return found


def significant_digits(figure: Figure) -> int:
    """How many significant digits a figure is printed with: 4 for 514,5 tỷ, 1 for 7.000.

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
    if _classes_differ(a.figure.unit, b.figure.unit):
        return -1.0
    shared = weight_of(set(a.noun & b.noun))
    if shared >= 0.4 * min(weight_of(set(a.noun)), weight_of(set(b.noun))) and shared:
        return 0.8
    kind = noun_class(a.figure.unit.lower())
    if kind is not None and kind == noun_class(b.figure.unit.lower()):
        return 0.5
    return -1.0


def _classes_differ(a: str, b: str) -> bool:
    first, second = noun_class(a.lower()), noun_class(b.lower())
    return first is not None and second is not None and first != second


def _syllables(words: str) -> set[str]:
    return set(_SYLLABLE.findall(words.lower()))


def _share(a: set[str], b: set[str]) -> float:
    least = min(weight_of(a), weight_of(b))
    return weight_of(a & b) / least if least >= 1.0 else 0.0


def evidence(a: Mention, b: Mention, background: Background) -> dict[str, float]:
    """What speaks for and against `b` stating the fact of the earlier `a`."""
    found: dict[str, float] = {"base": 1.0}
    _number(a, b, found)
    _coincidence(a, b, background, found)
    _words(a, b, background.syllables, found)
    _surroundings(a, b, found)
    _context(a.figure, b.figure, found)
    return found


def _number(a: Mention, b: Mention, found: dict[str, float]) -> None:
    """Evidence from the two numbers, their kinds and nouns."""
    first, later = a.figure, b.figure
    digits = min(significant_digits(first), significant_digits(later))
    if digits >= 3:
        found[f"digits_{min(digits, 4)}"] = 1.0
    found[f"kind_{first.kind}"] = 1.0
    nouns = nouns_agree(a, b)
    found["noun_same"] = max(0.0, nouns)
    found["noun_apart"] = max(0.0, -nouns)
    found["class_apart"] = 1.0 if nouns < 0 and _classes_differ(first.unit, later.unit) else 0.0
    value = first.value
    if value is not None and digits == 1 and first.kind in _COUNTABLE and abs(value) < _SMALL:
        found["small"] = 1.0
        if abs(value) <= 1:
            found["one"] = 1.0
    if first.kind == "count" and value is not None and abs(value) >= 1000:
        found["large_count"] = 1.0
    if first.number_style == "words" or later.number_style == "words":
        found["in_words"] = 1.0
    if first.qualifier in ("at_least", "at_most") or later.qualifier in ("at_least", "at_most"):
        found["bound"] = 1.0
    if value is not None and later.value is not None and value != later.value:
        found["rounded"] = 1.0
        least = first if value < later.value else later
        far = _FAR_OVER if least.qualifier == "over" else _FAR
        found["rounded_far"] = min(1.0, float(abs(value - later.value) / max(abs(value), abs(later.value))) / far)
    if first.direction != later.direction:
        found["direction_apart"] = 1.0


def _coincidence(a: Mention, b: Mention, background: Background, found: dict[str, float]) -> None:
    """Evidence from how easily two numbers of this sort are alike by chance in this article."""
    field = field_of(a.figure)
    found["peers"] = min(4.0, math.log2(max(1, len(background.values[field]))))
    if a.slot == b.slot and a.slot[0]:
        found["slot"] = min(3.0, float(len(background.slots[(a.figure.kind, *a.slot)]) - 1))


def _words(a: Mention, b: Mention, counts: Mapping[str, int], found: dict[str, float]) -> None:
    """Evidence from the words and names of the two clauses."""
    found["inner_only_here"] = min(4.0, _only_here(a.inner & b.inner, counts))
    found["apart_behind"] = _foreign(a.behind, b) * _foreign(b.behind, a)
    if a.names and b.names:
        common = weight_of(a.names & b.names)
        found["names_shared"] = min(3.0, common)
        found["names_share"] = _share(a.names, b.names)
        found["names_apart"] = 1.0 if not common else 0.0
    if a.namesake and b.namesake and a.namesake != b.namesake:
        found["namesake_apart"] = 1.0


def _foreign(word: str, other: Mention) -> float:
    """How telling it is that `word`, which stands directly beside one figure, is nowhere in the clause of the other."""
    return 0.0 if not word or word in other.inner or word in other.outer else rarity(word)


def _only_here(shared: set[str], counts: Mapping[str, int]) -> float:
    known = _rarities()
    return sum(known.get(word, 1.0) * min(1.0, 2.0 / max(1, counts[word])) for word in shared)


def _surroundings(a: Mention, b: Mention, found: dict[str, float]) -> None:
    """Evidence from the figures beside the two and from their place in the article."""
    first, later = a.figure, b.figure
    own = (first.kind, value_of(first))
    found["company"] = float(sum(
        any(i != j and x == y and x != own for j, y in b.neighbours) for i, x in a.neighbours
    ))
    found["company_apart"] = float(
        sum(x is not None and y is not None and x[0] == y[0] and x[1] != y[1]
            for x, y in zip(a.beside, b.beside, strict=True))
    )
    if first.sentence_no == later.sentence_no:
        found["same_sentence"] = 1.0
        if a.ends_heading:
            found["joined_heading"] = 1.0
    if a.line < b.line and a.line == 0:
        found["from_title"] = 1.0
    elif a.line < b.line and a.line == 1:
        found["from_lead"] = 1.0
    if b.points_back:
        found["points_back"] = 1.0


def _context(first: Figure, later: Figure, found: dict[str, float]) -> None:
    """Evidence from what and who the figures are about, and when."""
    if first.period_end is not None and later.period_end is not None:
        same = first.period_end == later.period_end and first.period_start == later.period_start
        apart = not same and (
            (first.period_start is not None and first.period_start > later.period_end)
            or (later.period_start is not None and later.period_start > first.period_end)
        )
        if same or apart:
            found["period_same" if same else "period_apart"] = 1.0
    if first.who and later.who:
        found["who_share"] = _share(_syllables(first.who), _syllables(later.who))
    if first.what and later.what:
        x, y = _syllables(first.what), _syllables(later.what)
        found["what_share"] = _share(x, y)
        found["what_apart"] = 1.0 if not weight_of(x & y) else 0.0


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


def contained(a: Mention, b: Mention) -> tuple[float, float]:
    """The rarity of the words beside `a`, and what part of it stands beside `b` as well."""
    words = a.inner | a.outer
    total = weight_of(words)
    return total, weight_of(words & (b.inner | b.outer)) / total if total else 0.0


def last_digit(value: Decimal) -> Decimal:
    """What the last significant digit of a number is worth: 100 for 4.300.

    >>> last_digit(Decimal(4300))
    Decimal('1E+2')
    """
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent)) if value.is_finite() and value else Decimal(0)
