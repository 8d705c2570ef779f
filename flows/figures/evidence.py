"""What speaks for a word being part of what a figure measures: observations, and their weights as data.

Every word near a figure is looked at for itself (which word, between which words, the subject of which verb) and from
the figure (how far, past which marks and figures, before which joining word, in the figure before's answer). Each
observation that `seeds/what_evidence.csv` knows adds its weight in thousandths. Observations of one look are summed
once and remembered, as the same few looks come back all the time.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import Any

from flows.figures.clause import FIGURE, MARK, WORD, Words
from flows.model import Figure
from flows.seeds import read_seed

_MOST_REMEMBERED, _MOST_CHANCES = 20_000, 100_000
_CERTAIN = 30_000
_NO_WORDS: dict[str, int] = {}
_GAPS = tuple(
    str(gap) if gap <= 8 else "9-10" if gap <= 10 else "11-13" if gap <= 13 else "14-18" if gap <= 18 else "19+"
    for gap in range(40)
)
_VERBS = frozenset(("link", "change", "exist", "share"))
_BY_THE_WAY = frozenset(("aux", "adverb", "qual", "prep", "-"))
_RIGHT_ENDS = frozenset(("link", "change", "exist", "share", "stop", "prep", "cut"))
MOST_LEFT, MOST_RIGHT = 26, 10


@dataclass(frozen=True, slots=True)
class WhatEvidence:
    """A row of `seeds/what_evidence.csv`: how much one observation of a word speaks for it, in thousandths."""

    KEY = ("observation",)

    observation: str
    weight: int


class Look:
    """The weights of one word, by the place it is seen at."""

    __slots__ = (
        "left_after", "left_before", "left_own", "left_pairs", "left_pairs_of", "left_past_figure", "left_past_mark",
        "left_word", "right_after", "right_before", "right_opens", "right_pairs_of", "right_word",
    )

    def __init__(self, scales: Scales, word: str) -> None:
        for name in self.__slots__:
            look = name.removesuffix("_word").replace("_", " ")
            setattr(self, name, scales.pairs(look, word) if "pairs" in name else scales.one(look, word))


class Scales:
    """Weighs observations, and remembers the sums of those that come together, by what they were seen at."""

    none: Any = 0
    """What an observation without a weight weighs."""
    chances: Any
    """The chance that a weight stands for, by the weight."""

    def __init__(self, weights: dict[str, int]) -> None:
        self._weights = weights
        self._remembered: dict[Any, Any] = {}
        self._looks: dict[str, Look] = {}
        self._pairs: dict[str, dict[str, dict[str, int]]] = {}
        self.chances = _Chances()
        for name, weight in weights.items():
            look, _, words = name.partition(" pair")
            if words:
                *of, first, second = words.split(" ")[1:]
                look += " pairs of" if of else " pairs"
                self._pairs.setdefault(look, {}).setdefault(first, {})[second] = weight

    def one(self, look: str, word: str) -> Any:
        """The weight of `word` seen in one `look`."""
        return self._weights.get(f"{look} word {word}" if look != "right opens" else f"{look} {word}", 0)

    def pairs(self, look: str, word: str) -> Any:
        """The weights of the words that follow `word`, where the two are seen in one `look`."""
        return self._pairs.get(look, {}).get(word, _NO_WORDS)

    def look(self, word: str) -> Look:
        """The weights of `word`."""
        found = self._looks.get(word)
        if found is None:
            if len(self._looks) >= _MOST_REMEMBERED:
                self._looks.clear()
            found = self._looks[word] = Look(self, word)
        return found

    def weigh(self, observations: tuple[str, ...]) -> Any:
        """The sum of the weights of `observations`."""
        get = self._weights.get
        return sum([get(observation, 0) for observation in observations])

    def memory(self, seen_at: Any) -> dict[Any, Any]:
        """The sums remembered for what was seen at one place; to be filled by the caller."""
        found = self._remembered.get(seen_at)
        if found is None:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            found = self._remembered[seen_at] = {}
        return found

    def carried_word(self, word: str) -> Any:
        """The weight of a word of an earlier answer."""
        return self.one("carried", word)


class _Chances(dict[int, float]):
    """The chance by the weight, filled as weights come up."""

    def __missing__(self, weight: int) -> float:
        chance = 1 / (1 + exp(-weight / 1000)) if -_CERTAIN < weight < _CERTAIN else float(weight > 0)
        if len(self) >= _MOST_CHANCES:
            self.clear()
        self[weight] = chance
        return chance


def seed_scales() -> Scales:
    """The scales with the weights of the seed table."""
    return Scales({row.observation: row.weight for row in read_seed("what_evidence", WhatEvidence)})


@dataclass(slots=True)
class View:
    """A figure as the words around it are seen from it."""

    at: int
    """Where the figure stands among the words of its sentence; its counted noun ends before `after`."""
    after: int
    noun: tuple[int, ...]
    """The words of the counted noun; that of 600 for 527 in "527/600 đảng viên"."""
    right_from: int
    """Where the words behind it begin: past a bracket that belongs to it."""
    kind: str
    joins: str
    """The roles of the words that join it to the clause before ("aux+link"), "-" where there are none."""
    edge: str
    """What stands before these: a word, a mark, a figure, the counted noun of one, or the start."""
    following: str
    in_brackets: bool
    closes: bool
    skipped: bool
    qualifier: str
    order: int


_EDGES = frozenset(",();:.-–/")


def view_of(words: Words, figure: Figure, order: int) -> View:
    """How the sentence looks from its figure number `order`."""
    lower, sorts, roles = words.lower, words.sorts, words.roles
    at = words.figures[order]
    after, count = at + 1, len(lower)
    while after < count and sorts[after] > FIGURE:
        after += 1
    begin, joins = at - 1, set()
    while begin >= 0 and sorts[begin] == WORD and roles[begin] and roles[begin] not in ("stop", "lead", "cut"):
        joins.add(roles[begin])
        begin -= 1
    if begin < 0:
        edge = "start"
    elif sorts[begin] == MARK:
        edge = lower[begin] if lower[begin] in _EDGES else "mark"
    else:
        edge = ("word", "", "figure", "noun")[sorts[begin]]
    if after == count:
        following = "end"
    elif sorts[after] == MARK:
        following = lower[after]
    else:
        following = "figure" if sorts[after] == FIGURE else roles[after] or "word"
    near = lower[max(0, at - 6) : at]
    noun_from = at + 1
    if following == "/" and noun_from == after and after + 1 < count and sorts[after + 1] == FIGURE:
        noun_from = after + 2
    noun_to = noun_from
    while noun_to < count and sorts[noun_to] > FIGURE:
        noun_to += 1
    kind = figure.kind
    if kind == "count" and after == at + 1:
        kind = "bare count"
    elif kind != "count" and figure.direction:
        kind += " change"
    right_from = after
    if following == "(":
        close = after + 1
        while close < count and close < after + 14 and lower[close] != ")":
            close += 1
        if close < count and lower[close] == ")":
            right_from = close + 1
    return View(
        at, after, tuple(range(noun_from, noun_to)), right_from, kind, "+".join(sorted(joins)) or "-", edge, following,
        "(" in near and ")" not in near, following == ")", right_from != after, figure.qualifier, min(order, 2),
    )


def left_by_itself(scales: Scales, words: Words, looks: list[Look], low: int, high: int) -> list[Any]:
    """What the words from `low` up to `high`, before a figure, say for themselves and by their neighbours."""
    lower, labels, traits = words.lower, words.labels, words.traits
    memory = scales.memory("left")
    before, label_before = (looks[low - 1], labels[low - 1]) if low else (scales.look("^"), "start")
    found: list[Any] = []
    for index in range(low, high):
        look, after, word_after, label = looks[index], looks[index + 1], lower[index + 1], labels[index]
        role, named, capital, *_ = traits[index]
        key = (role, named, capital, label_before, labels[index + 1])
        if (around := memory.get(key)) is None:
            around = memory[key] = scales.weigh(_around("left", *key))
        weight = look.left_word + before.left_after + after.left_before + around
        if look.left_pairs:
            weight += look.left_pairs.get(word_after, scales.none)
        if before.left_pairs_of:
            weight += before.left_pairs_of.get(lower[index], scales.none)
        found.append(weight)
        before, label_before = look, label
    return found


def _around(side: str, role: str, named: bool, capital: bool, before: str, after: str) -> tuple[str, ...]:
    role = role or "none"
    return (
        f"{side} any", f"{side} role {role}", f"{side} after {before} role {role}",
        f"{side} role {role} before {after}", f"{side} name {named:d} capital {capital:d}",
    )


def weigh_left(
    scales: Scales, words: Words, looks: list[Look], itself: list[Any], view: View, answer: frozenset[int],
    said: set[str], found: dict[int, Any],
) -> None:
    """Adds to `found` the chances of the words before a figure; `itself` is what they say for themselves, `answer`
    where the figure before's words stand, `said` the words of all answers so far."""
    lower, sorts, traits, roles, kind, chances = (
        words.lower, words.sorts, words.traits, words.roles, view.kind, scales.chances
    )
    gap = figures = commas = marks = brackets = 0
    first, near = "-", "own"
    outlook = (kind, view.joins, view.edge, view.following, view.in_brackets, view.closes)
    zone, plain = "0000", scales.memory("own trait")
    spots, manners, places = _zone_memories(scales, kind, zone, outlook)
    for index in range(view.at - 1, max(-1, view.at - MOST_LEFT - 1), -1):
        sort = sorts[index]
        if sort in (FIGURE, MARK):
            if sort == FIGURE:
                figures = min(figures + 1, 2)
            elif lower[index] == ",":
                commas = min(commas + 1, 2)
            elif lower[index] == "(":
                brackets = min(brackets + 1, 1)
            elif lower[index] == ")":
                brackets = max(brackets - 1, -1)
            else:
                marks = 1
            first = "-"
            zone = f"{figures}{commas}{marks}{brackets}"
            near = "past figure" if figures else "past mark" if commas or marks or brackets else "own"
            plain = scales.memory(near + " trait")
            spots, manners, places = _zone_memories(scales, kind, zone, outlook)
            continue
        gap += 1
        role, trait, look = roles[index], traits[index], looks[index]
        if (spot := spots.get(gap)) is None:
            spot = spots[gap] = scales.weigh(_spot(kind, zone, near, _GAPS[gap]))
        key: Any = (sort, index in answer, lower[index] in said)
        if (place := places.get(key)) is None:
            place = places[key] = scales.weigh(_place(view, near, zone, *key))
        key = (first, role, trait[5])
        if (manner := manners.get(key)) is None:
            manner = manners[key] = scales.weigh(_manner(kind, zone, near, *key))
        if (at_all := plain.get(trait)) is None:
            at_all = plain[trait] = scales.weigh(_at_all(near, trait))
        by_word = look.left_own if near == "own" else look.left_past_figure if figures else look.left_past_mark
        found[index] = chances[itself[index] + spot + place + manner + at_all + by_word]
        if role:
            if first == "-":
                first = role
            elif role in _VERBS and first in _BY_THE_WAY:
                first = role + "'"


def _zone_memories(
    scales: Scales, kind: str, zone: str, outlook: tuple[Any, ...]
) -> tuple[dict[Any, Any], dict[Any, Any], dict[Any, Any]]:
    return scales.memory(("spot", kind, zone)), scales.memory(("manner", kind, zone)), scales.memory((zone, outlook))


def _spot(kind: str, zone: str, near: str, gap: str) -> tuple[str, ...]:
    return (
        f"left zone {zone}", f"left gap {gap}", f"left {near} gap {gap}", f"left {near} {kind} gap {gap}",
        f"left zone {zone} {kind}",
    )


def _place(view: View, near: str, zone: str, sort: int, inside: bool, known: bool) -> tuple[str, ...]:
    kind, manner = view.kind, f"{view.joins} {view.edge}"
    return (
        f"left {near} joined {manner}", f"left {near} {kind} joins {view.joins}",
        f"left zone {zone} brackets {view.in_brackets:d}", f"left zone {zone} closes {view.closes:d}",
        f"left {near} {kind} before {view.following}", f"left sort {sort} {near} {kind}",
        f"left sort {sort} zone {zone} edge {view.edge}", f"left answer {inside:d} zone {zone}",
        f"left answer {inside:d} joined {manner}", f"left answer {inside:d} {kind} edge {view.edge}",
        f"left said {known:d} {near}", f"left said {known:d} joined {manner}",
    )


def _manner(kind: str, zone: str, near: str, first: str, role: str, since: int) -> tuple[str, ...]:
    role = role or "none"
    return (
        f"left then {first}", f"left then {first} zone {zone}", f"left {near} {kind} role {role}",
        f"left {near} then {first} role {role}", f"left {kind} measuring {since}",
    )


def _at_all(near: str, trait: tuple[str, bool, bool, int, int, int, str]) -> tuple[str, ...]:
    role, named, _, place, clause, since, verb = trait
    role = role or "none"
    return (
        f"left {near} name {named:d}", f"left {near} place {place} clause {clause}", f"left {near} measuring {since}",
        f"left {near} measuring {since} verb {verb}", f"left {near} verb {verb} role {role}",
    )


def weigh_noun(scales: Scales, words: Words, view: View, carried: frozenset[str], found: dict[int, Any]) -> None:
    """Adds to `found` the chances of the words of the counted noun of a figure."""
    before = words.lower[view.at - 1] if view.at else "^"
    for index in view.noun:
        word = words.lower[index]
        found[index] = scales.chances[scales.weigh((
            "noun any", f"noun of {view.kind}", f"noun joins {view.joins}", f"noun edge {view.edge}",
            f"noun joined {view.joins} {view.edge}", f"noun word {word}", f"noun place {index - view.noun[0]}",
            f"noun before {view.following}", f"noun brackets {view.in_brackets:d}", f"noun after word {before}",
            f"noun word {word} edge {view.edge}", f"noun in answer {word in carried:d}",
            f"noun qualifier {view.qualifier}",
        ))]


def weigh_right(
    scales: Scales, words: Words, looks: list[Look], view: View, has_answer: bool, said: set[str],
    found: dict[int, Any],
) -> None:
    """Adds to `found` the chances of the words behind a figure, up to the next figure or the end of the clause."""
    lower, sorts, roles, labels, traits = words.lower, words.sorts, words.roles, words.labels, words.traits
    gap = commas = 0
    first, start = "-", scales.none
    kind, begin = view.kind, view.right_from
    outlook = scales.memory(("right", kind, view.joins, view.edge, view.skipped, view.in_brackets, has_answer))
    spots, memory = scales.memory(("right spot", kind)), scales.memory("right")
    for index in range(begin, min(len(lower), begin + MOST_RIGHT)):
        word, sort = lower[index], sorts[index]
        if sort == FIGURE or sort == MARK and word in ".;:()":
            break
        if sort == MARK:
            commas = min(commas + 1, 2)
            continue
        gap += 1
        role, look, after, before = roles[index], looks[index], looks[index + 1], looks[index - 1]
        if gap == 1:
            start = look.right_opens
        key: Any = (*traits[index][:3], labels[index - 1], labels[index + 1])
        if (around := memory.get(key)) is None:
            around = memory[key] = scales.weigh(_around("right", *key))
        key = (commas, first)
        if (place := outlook.get(key)) is None:
            place = outlook[key] = scales.weigh(_place_behind(view, min(commas, 1), first, has_answer))
        key = (gap, commas, first, role, word in said)
        if (spot := spots.get(key)) is None:
            spot = spots[key] = scales.weigh(_spot_behind(kind, *key))
        weight = look.right_word + before.right_after + after.right_before + around + place + spot + start
        if before.right_pairs_of:
            weight += before.right_pairs_of.get(word, scales.none)
        found[index] = scales.chances[weight]
        if role:
            if first == "-":
                first = role
            elif role in _RIGHT_ENDS and first in ("aux", "qual"):
                first = role + "'"


def _place_behind(view: View, past: int, first: str, has_answer: bool) -> tuple[str, ...]:
    kind = view.kind
    return (
        f"right joined {view.joins} {view.edge}", f"right {kind} joined {view.joins} {view.edge}",
        f"right {kind} joins {view.joins} past {past} since {first}", f"right skipped {view.skipped:d} past {past}",
        f"right brackets {view.in_brackets:d} past {past}", f"right answer {has_answer:d} past {past} {kind}",
    )


def _spot_behind(kind: str, gap: int, commas: int, first: str, role: str, known: bool) -> tuple[str, ...]:
    far, role = _GAPS[gap], role or "none"
    return (
        f"right gap {far} commas {commas}", f"right gap {far} {kind}", f"right gap {far} since {first}",
        f"right {kind} role {role}", f"right {kind} since {first}", f"right said {known:d} past {min(commas, 1)}",
    )


def weigh_carried(scales: Scales, view: View, carried: list[str]) -> list[Any]:
    """The weights of the words of an earlier answer that stand out of sight of the figure."""
    has_noun = view.after > view.at + 1
    memory = scales.memory("carried")
    key = (view.kind, view.joins, view.edge, view.order, has_noun, min(view.at, 12) // 3, view.following,
           view.in_brackets)
    if (shared := memory.get(key)) is None:
        shared = memory[key] = scales.weigh((
            "carried any", f"carried {view.kind}", f"carried joined {view.joins} {view.edge}",
            f"carried {view.kind} edge {view.edge}", f"carried order {view.order}", f"carried joins {view.joins}",
            f"carried brackets {view.in_brackets:d}", f"carried noun {has_noun:d}",
            f"carried from start {min(view.at, 12) // 3}", f"carried before {view.following}",
        ))
    return [scales.chances[shared + scales.carried_word(word)] for word in carried]
