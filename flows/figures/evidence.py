"""What speaks for a word being part of what a figure measures: observations, and their weights as data.

Every word near a figure is looked at for itself (which word of which class, between which neighbours) and from the
figure (how far, past which marks and figures, before which joining word, in the figure before's answer). Each
observation that `seeds/what_evidence.csv` knows adds its weight in thousandths. What is seen of one thing – a pair of
neighbours, a distance, a place in the clause – is weighed once and kept, as the same things come back all the time.
Observations that hang on different things have tables of their own: in one table, all combinations would come up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import exp
from typing import Any

from flows.figures.clause import BULLET, FIGURE, LABELS, NOUN, START, Words, read_trait
from flows.figures.view import View
from flows.seeds import read_seed

_MOST_REMEMBERED = 100_000
_GAPS = tuple(
    str(gap) if gap <= 8 else "9-10" if gap <= 10 else "11-13" if gap <= 13 else "14-18" if gap <= 18 else "19+"
    for gap in range(40)
)
_NEAR = ("own", "past mark", "past figure")
"""Where a word before a figure stands: in its clause, past a mark, past another figure."""
_VERBS = frozenset(("link", "change", "exist", "share"))
_BY_THE_WAY = frozenset(("aux", "adverb", "qual", "prep", "-"))
_RIGHT_ENDS = frozenset(("link", "change", "exist", "share", "stop", "prep", "cut"))
_CLOSING_MARKS = frozenset((".", ";", ":", "(", ")", BULLET))
MOST_LEFT, MOST_RIGHT = 26, 10
_AGAINST_ANY = 400
"""Likely words that stand together are wrong together, too: single chances are too good for a choice of many."""


@dataclass(frozen=True, slots=True)
class WhatEvidence:
    """A row of `seeds/what_evidence.csv`: how much one observation of a word speaks for it, in thousandths."""

    KEY = ("observation",)

    observation: str
    weight: int


class Look:
    """The weights of one word, by the place it is seen at."""

    __slots__ = (
        "carried", "left_after", "left_before", "left_near", "left_word", "right_after", "right_before", "right_opens",
        "right_word",
    )

    def __init__(self, scales: Scales, word: str) -> None:
        self.left_word = scales.weigh((f"left word {word}",))
        self.left_after = scales.weigh((f"left after word {word}",))
        self.left_before = scales.weigh((f"left before word {word}",))
        self.left_near = tuple([scales.weigh((f"left {near} word {word}",)) for near in _NEAR])
        self.right_word = scales.weigh((f"right word {word}",))
        self.right_after = scales.weigh((f"right after word {word}",))
        self.right_before = scales.weigh((f"right before word {word}",))
        self.right_opens = scales.weigh((f"right opens word {word}",))
        self.carried = scales.weigh((f"carried word {word}",))


class Row(dict[Any, Any]):
    """The weights of what `observe` tells of a place and of what is seen there, by what is seen, as it comes up."""

    __slots__ = ("_observe", "_place", "_scales")

    def __init__(self, scales: Scales, observe: Callable[..., tuple[str, ...]], *place: Any) -> None:
        self._scales, self._observe, self._place = scales, observe, place

    def __missing__(self, seen: Any) -> Any:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        weight = self[seen] = self._scales.weigh(self._observe(*self._place, seen))
        return weight


class Table(dict[Any, Row]):
    """The rows of what `observe` tells, by their places."""

    __slots__ = ("_observe", "_scales")

    def __init__(self, scales: Scales, observe: Callable[..., tuple[str, ...]]) -> None:
        self._scales, self._observe = scales, observe

    def __missing__(self, place: tuple[Any, ...]) -> Row:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        row = self[place] = Row(self._scales, self._observe, *place)
        return row


class Scales:
    """Weighs observations, and remembers the weights of those that come together, by what they were seen at."""

    def __init__(self, weights: dict[str, int]) -> None:
        self._weights = weights
        self._no_look = Look(self, "")
        known = {word for _, found, word in [name.partition(" word ") for name in weights] if found}
        self._looks = {word: Look(self, word) for word in known}
        self.first, self.last = self.looks(["^", "$"])
        """What stands before and after the words of a sentence."""
        self.left_firsts = [Row(self, _as_first, "left", label) for label in LABELS]
        self.left_seconds = [Row(self, _as_second, "left", label) for label in LABELS]
        self.right_firsts = [Row(self, _as_first, "right", label) for label in LABELS]
        self.right_seconds = [Row(self, _as_second, "right", label) for label in LABELS]
        self.traits = [Row(self, _trait, near) for near in _NEAR]
        self.noun_after = Row(self, _noun_after)
        self.zones = Table(self, _zone)
        self.joined = Table(self, _joined)
        self.gaps = Table(self, _gap)
        self.classes = Table(self, _class)
        self.ways = Table(self, _way)
        self.thens = Table(self, _then)
        self.if_noun = Table(self, _if_noun)
        self.if_said = Table(self, _if_said)
        self.if_answer = Table(self, _if_answer)
        self.answered = Table(self, _answered)
        self.nouns = Table(self, _noun)
        self.noun_sides = Table(self, _noun_side)
        self.noun_words = Table(self, _noun_word)
        self.openings = Table(self, _opening)
        self.outlooks = Table(self, _outlook)
        self.behind = Table(self, _behind)
        self.past = Table(self, _past_comma)
        self.spots = Table(self, _spot)
        self.ways_behind = Table(self, _way_behind)
        self.thens_behind = Table(self, _then_behind)
        self.carried = Table(self, _carried)
        self.carried_sides = Table(self, _carried_side)

    def weigh(self, observations: tuple[str, ...]) -> Any:
        """The sum of the weights of `observations`."""
        get = self._weights.get
        return sum([get(observation, 0) for observation in observations])

    def looks(self, words: list[str]) -> list[Look]:
        """The weights of each of `words`."""
        get, unknown = self._looks.get, self._no_look
        return [get(word, unknown) for word in words]

    def chances(self, weights: list[Any]) -> list[Any]:
        """The chances that weights in thousandths stand for, less what speaks against any word."""
        return [1 / (1 + exp((_AGAINST_ANY - weight) / 1000)) for weight in weights]


def seed_scales() -> Scales:
    """The scales with the weights of the seed table."""
    return Scales({row.observation: row.weight for row in read_seed("what_evidence", WhatEvidence)})


def _as_second(side: str, before: str, second: int) -> tuple[str, ...]:
    """What is seen of a word by the one before it."""
    own = LABELS[second]
    return f"{side} {own}", f"{side} after {before}", f"{side} after {before} is {own}"


def _as_first(side: str, own: str, second: int) -> tuple[str, ...]:
    """What is seen of a word by the one behind it."""
    after = LABELS[second]
    return f"{side} before {after}", f"{side} is {own} before {after}"


def by_itself(scales: Scales, words: Words, looks: list[Look]) -> list[Any]:
    """What the words before the last figure say for themselves and by their neighbours."""
    high = words.figures[-1] if words.figures else 0
    labels, seconds, firsts = words.labels, scales.left_seconds, scales.left_firsts
    return [
        look.left_word + before.left_after + after.left_before
        + seconds[first][label] + firsts[label][second]
        for look, before, after, label, first, second in zip(
            looks[:high], [scales.first, *looks], looks[1:], labels, [START, *labels], labels[1:], strict=False
        )
    ]


def weigh_left(
    scales: Scales, words: Words, looks: list[Look], itself: list[Any], view: View, answer: frozenset[int],
    said: set[str], found: dict[int, Any],
) -> None:
    """Adds to `found` the weights of the words before a figure; `itself` is what they say for themselves, `answer`
    where the figure before's words stand, `said` the words of all answers so far."""
    lower, sorts, traits, roles, labels = words.lower, words.sorts, words.traits, words.roles, words.labels
    kind, joins, edge, thens = view.kind, view.joins, view.edge, scales.thens
    ways = scales.ways[kind,]
    zones = scales.zones[kind, view.in_brackets, view.closes, edge]
    joined = scales.joined[kind, joins, edge, view.following]
    gap, low, high, zone = 0, max(0, view.at - MOST_LEFT), view.at, "0000"
    while high > low:
        near = _near(zone)
        always = zones[zone] + joined[near]
        gaps, at_all, classes = scales.gaps[near, kind], scales.traits[near], scales.classes[near, kind]
        first, then = "-", thens[near, "-"]
        way = always + ways["-"]
        for index in range(high - 1, low - 1, -1):
            sort = sorts[index]
            if sort and sort != NOUN:
                if lower[index] == BULLET:
                    return
                zone = _past(zone, labels[index])
                break
            gap += 1
            weight = (
                itself[index] + way + gaps[gap] + at_all[traits[index]] + classes[labels[index]] + then[labels[index]]
                + looks[index].left_near[near]
            )
            if sort:
                weight += scales.if_noun[kind, edge][zone]
            if index in answer:
                weight += scales.if_answer[kind, edge][zone] + scales.answered[kind, joins, edge][view.previous]
            if lower[index] in said:
                weight += scales.if_said[joins, edge][near]
            found[index] = weight
            role = roles[index]
            if role and (first == "-" or role in _VERBS and first in _BY_THE_WAY):
                first = role if first == "-" else role + "'"
                then = thens[near, first]
                way = always + ways[first]
        else:
            return
        high = index


@cache
def _near(zone: str) -> int:
    """Whether words of a zone stand in the clause of the figure, past a mark, or past a figure: a place in `_NEAR`."""
    return 2 if zone[0] != "0" else 1 if zone != "0000" else 0


@cache
def _past(zone: str, label: int) -> str:
    """The zone of the words before a token: how many figures, commas, other marks and brackets are passed to them."""
    figures, commas, marks, brackets = int(zone[0]), int(zone[1]), int(zone[2]), int(zone[3:])
    mark = LABELS[label]
    if mark == "figure":
        figures = min(figures + 1, 2)
    elif mark == ",":
        commas = min(commas + 1, 2)
    elif mark == "(":
        brackets = min(brackets + 1, 1)
    elif mark == ")":
        brackets = max(brackets - 1, -1)
    else:
        marks = 1
    return f"{figures}{commas}{marks}{brackets}"


def _zone(kind: str, in_brackets: bool, closes: bool, edge: str, zone: str) -> tuple[str, ...]:
    return (
        f"left zone {zone}", f"left zone {zone} {kind}", f"left zone {zone} brackets {in_brackets:d}",
        f"left zone {zone} closes {closes:d}",
    )


def _joined(kind: str, joins: str, edge: str, following: str, near: int) -> tuple[str, ...]:
    where = f"left {_NEAR[near]}"
    return f"{where} joined {joins} {edge}", f"{where} {kind} joins {joins}", f"{where} {kind} before {following}"


def _if_noun(kind: str, edge: str, zone: str) -> tuple[str, ...]:
    return f"left noun {_NEAR[_near(zone)]} {kind}", f"left noun zone {zone} edge {edge}"


def _if_answer(kind: str, edge: str, zone: str) -> tuple[str, ...]:
    return f"left answer zone {zone}", f"left answer {kind} edge {edge}"


def _answered(kind: str, joins: str, edge: str, previous: str) -> tuple[str, ...]:
    return f"left answer joined {joins} {edge}", f"left answer {kind} after {previous}"


def _if_said(joins: str, edge: str, near: int) -> tuple[str, ...]:
    return f"left said {_NEAR[near]}", f"left said joined {joins} {edge}"


def _gap(near: int, kind: str, gap: int) -> tuple[str, ...]:
    where, far = _NEAR[near], _GAPS[gap]
    return f"left gap {far}", f"left {where} gap {far}", f"left {where} {kind} gap {far}"


def _trait(near: str, trait: int) -> tuple[str, ...]:
    role, named, capital, place, clause, since, verb = read_trait(trait)
    return (
        f"left name {named:d} capital {capital:d}", f"left {near} name {named:d}",
        f"left {near} place {place} clause {clause}", f"left {near} measuring {since}",
        f"left {near} measuring {since} verb {verb}", f"left {near} verb {verb} role {role}",
    )


def _class(near: int, kind: str, label: int) -> tuple[str, ...]:
    return f"left {_NEAR[near]} is {LABELS[label]}", f"left {_NEAR[near]} {kind} is {LABELS[label]}"


def _way(kind: str, first: str) -> tuple[str, ...]:
    """What is seen of a word by the first role on the way to the figure."""
    return f"left {kind} then {first}",


def _then(near: int, first: str, label: int) -> tuple[str, ...]:
    return f"left {_NEAR[near]} then {first}", f"left {_NEAR[near]} then {first} is {LABELS[label]}"


def weigh_noun(scales: Scales, words: Words, view: View, carried: frozenset[str], found: dict[int, Any]) -> None:
    """Adds to `found` the weights of the words of the counted noun of a figure."""
    if not view.noun:
        return
    edge, lower = view.edge, words.lower
    shared = (
        scales.noun_after[lower[view.at - 1] if view.at else "^"] + scales.nouns[view.kind, view.joins][edge]
        + scales.noun_sides[view.in_brackets, view.qualifier][view.following]
    )
    for place, index in enumerate(view.noun):
        word = lower[index]
        found[index] = shared + scales.noun_words[edge, place, word in carried][word]


def _noun(kind: str, joins: str, edge: str) -> tuple[str, ...]:
    return "noun any", f"noun of {kind}", f"noun joins {joins}", f"noun edge {edge}", f"noun joined {joins} {edge}"


def _noun_side(in_brackets: bool, qualifier: str, following: str) -> tuple[str, ...]:
    return f"noun before {following}", f"noun brackets {in_brackets:d}", f"noun qualifier {qualifier}"


def _noun_after(before: str) -> tuple[str, ...]:
    return f"noun after word {before}",


def _noun_word(edge: str, place: int, is_carried: bool, word: str) -> tuple[str, ...]:
    return (
        f"noun place {place}", f"noun word {word}", f"noun word {word} edge {edge}", f"noun in answer {is_carried:d}",
    )


def weigh_right(
    scales: Scales, words: Words, looks: list[Look], view: View, has_answer: bool, said: set[str],
    found: dict[int, Any],
) -> None:
    """Adds to `found` the weights of the words behind a figure, up to the next figure or the end of the clause."""
    lower, sorts, roles, labels = words.lower, words.sorts, words.roles, words.labels
    kind, begin = view.kind, view.right_from
    stop = min(len(lower), begin + MOST_RIGHT)
    if begin >= stop:
        return
    ways, thens, spots = scales.ways_behind[kind, view.joins], scales.thens_behind, scales.spots[kind, view.closes]
    past = scales.past[kind, view.skipped, view.in_brackets, has_answer]
    seconds, firsts, behind = scales.right_seconds, scales.right_firsts, scales.behind[kind,]
    outlook = scales.outlooks[kind, view.joins][view.edge]
    start = outlook + scales.openings[kind,][labels[begin]] + looks[begin].right_opens
    gap = commas = 0
    first, then = "-", thens["-",]
    way = start + past[0] + ways[0, "-"]
    for index in range(begin, stop):
        sort = sorts[index]
        if sort and sort != NOUN:
            if sort == FIGURE or lower[index] in _CLOSING_MARKS:
                break
            commas = min(commas + 1, 2)
            way = start + past[1] + ways[1, first]
            continue
        gap += 1
        label = labels[index]
        found[index] = (
            looks[index].right_word + looks[index - 1].right_after + looks[index + 1].right_before + way + then[gap]
            + spots[(gap * 3 + commas) * 2 + (lower[index] in said)] + behind[label]
            + seconds[labels[index - 1]][label] + firsts[label][labels[index + 1]]
        )
        role = roles[index]
        if role and (first == "-" or role in _RIGHT_ENDS and first in ("aux", "qual")):
            first = role if first == "-" else role + "'"
            then = thens[first,]
            way = start + past[commas > 0] + ways[commas > 0, first]


def _opening(kind: str, label: int) -> tuple[str, ...]:
    return f"right opens {LABELS[label]}", f"right opens {LABELS[label]} {kind}"


def _behind(kind: str, label: int) -> tuple[str, ...]:
    return f"right {kind} is {LABELS[label]}",


def _spot(kind: str, closes: bool, spot: int) -> tuple[str, ...]:
    """What is seen of a word behind a figure by how many words and commas are passed, and whether it was said."""
    spot, known = divmod(spot, 2)
    gap, commas = divmod(spot, 3)
    far = _GAPS[gap]
    return (
        f"right gap {far} commas {commas}", f"right gap {far} {kind}", f"right said {known} past {min(commas, 1)}",
        f"right closes {closes:d} {kind} gap {min(gap, 3)}",
    )


def _then_behind(first: str, gap: int) -> tuple[str, ...]:
    return f"right gap {_GAPS[gap]} since {first}",


def _way_behind(kind: str, joins: str, way: tuple[bool, str]) -> tuple[str, ...]:
    past, first = way
    return f"right {kind} joins {joins} past {past:d} since {first}", f"right {kind} since {first}"


def _outlook(kind: str, joins: str, edge: str) -> tuple[str, ...]:
    return f"right joined {joins} {edge}", f"right {kind} joined {joins} {edge}"


def _past_comma(kind: str, skipped: bool, in_brackets: bool, has_answer: bool, past: bool) -> tuple[str, ...]:
    return (
        f"right skipped {skipped:d} past {past:d}", f"right brackets {in_brackets:d} past {past:d}",
        f"right answer {has_answer:d} past {past:d} {kind}",
    )


def weigh_carried(scales: Scales, view: View, carried: list[str]) -> list[Any]:
    """The weights of the words of an earlier answer that stand out of sight of the figure."""
    has_noun = view.after > view.at + 1
    shared = (
        scales.carried[view.kind, view.joins][view.edge]
        + scales.carried_sides[view.order, has_noun, min(view.at, 12) // 3, view.in_brackets][view.following]
    )
    return [shared + look.carried for look in scales.looks(carried)]


def _carried(kind: str, joins: str, edge: str) -> tuple[str, ...]:
    return (
        "carried any", f"carried {kind}", f"carried joins {joins}", f"carried joined {joins} {edge}",
        f"carried {kind} edge {edge}",
    )


def _carried_side(order: int, has_noun: bool, far: int, in_brackets: bool, following: str) -> tuple[str, ...]:
    return (
        f"carried order {order}", f"carried noun {has_noun:d}", f"carried from start {far}",
        f"carried brackets {in_brackets:d}", f"carried before {following}",
    )
