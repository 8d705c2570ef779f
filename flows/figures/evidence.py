"""What speaks for a word being part of what a figure measures: observations, and their weights as data.

Every word near a figure is looked at for itself (which word of which class, between which neighbours) and from the
figure (how far, past which marks and figures, before which joining word, in the figure before's answer). Each
observation that `seeds/what_evidence.csv` knows adds its weight in thousandths. What is seen of one thing – a pair of
neighbours, a distance, a place in the clause – is weighed once and kept by its number, as the same things come back
all the time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from math import exp
from typing import Any

from flows.figures.clause import FIGURE, LABELS, MARK, START, Words, read_trait
from flows.figures.view import View
from flows.seeds import read_seed

_MOST_REMEMBERED, _MOST_CHANCES = 20_000, 100_000
_CERTAIN = 30_000
_MANY_LABELS = 128
_GAPS = tuple(
    str(gap) if gap <= 8 else "9-10" if gap <= 10 else "11-13" if gap <= 13 else "14-18" if gap <= 18 else "19+"
    for gap in range(40)
)
_VERBS = frozenset(("link", "change", "exist", "share"))
_BY_THE_WAY = frozenset(("aux", "adverb", "qual", "prep", "-"))
_RIGHT_ENDS = frozenset(("link", "change", "exist", "share", "stop", "prep", "cut"))
_CLOSING_MARKS = frozenset(".;:()")
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
        "left_after", "left_before", "left_own", "left_past_figure", "left_past_mark", "left_word", "right_after",
        "right_before", "right_opens", "right_word",
    )

    def __init__(self, scales: Scales, word: str) -> None:
        self.left_word = scales.weigh((f"left word {word}",))
        self.left_after = scales.weigh((f"left after word {word}",))
        self.left_before = scales.weigh((f"left before word {word}",))
        self.left_own = scales.weigh((f"left own word {word}",))
        self.left_past_mark = scales.weigh((f"left past mark word {word}",))
        self.left_past_figure = scales.weigh((f"left past figure word {word}",))
        self.right_word = scales.weigh((f"right word {word}",))
        self.right_after = scales.weigh((f"right after word {word}",))
        self.right_before = scales.weigh((f"right before word {word}",))
        self.right_opens = scales.weigh((f"right opens word {word}",))


class Row(dict[int, Any]):
    """The weights of what is seen at one place, by number, weighed as they come up."""

    __slots__ = ("_observed", "_scales")

    def __init__(self, scales: Scales, observed: Callable[[int], tuple[str, ...]]) -> None:
        self._scales, self._observed = scales, observed

    def __missing__(self, number: int) -> Any:
        weight = self[number] = self._scales.weigh(self._observed(number))
        return weight


class Scales:
    """Weighs observations, and remembers the sums of those that come together, by what they were seen at."""

    none: Any = 0
    """What no observation weighs."""
    chances: Any
    """The chance that a weight stands for, by the weight."""

    def __init__(self, weights: dict[str, int]) -> None:
        self._weights = weights
        self._rows: dict[Hashable, Row] = {}
        self._sums: dict[Hashable, Any] = {}
        self.near: dict[tuple[str, str], _Near] = {}
        self.chances = _Chances()
        self._no_look = Look(self, "")
        self._looks = {word: Look(self, word) for name in weights for _, found, word in [name.partition(" word ")]
                       if found}
        self.left_pairs = self.row("left pairs", _pair("left"))
        self.right_pairs = self.row("right pairs", _pair("right"))

    def weigh(self, observations: tuple[str, ...]) -> Any:
        """The sum of the weights of `observations`."""
        get = self._weights.get
        return sum([get(observation, 0) for observation in observations])

    def look(self, word: str) -> Look:
        """The weights of `word`."""
        return self._looks.get(word, self._no_look)

    def row(self, place: Hashable, observed: Callable[[int], tuple[str, ...]]) -> Row:
        """The weights of what is seen at `place`, where a number is seen as `observed` tells."""
        found = self._rows.get(place)
        if found is None:
            if len(self._rows) >= _MOST_REMEMBERED:
                self._rows.clear()
            found = self._rows[place] = Row(self, observed)
        return found

    def together(self, place: Hashable, observed: Callable[[], tuple[tuple[str, ...], ...]]) -> Any:
        """The sums of the groups of observations that are always made at `place`."""
        found = self._sums.get(place)
        if found is None:
            if len(self._sums) >= _MOST_REMEMBERED:
                self._sums.clear()
            found = self._sums[place] = tuple([self.weigh(group) for group in observed()])
        return found


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


def _pair(side: str) -> Callable[[int], tuple[str, ...]]:
    """Two neighbours seen as one: the first two thirds of the number, whether the word weighed is the second."""

    def observed(number: int) -> tuple[str, ...]:
        pair, is_second = divmod(number, 2)
        first, second = (LABELS[label] for label in divmod(pair, _MANY_LABELS))
        if is_second:
            return f"{side} {second}", f"{side} after {first}", f"{side} after {first} is {second}"
        return f"{side} before {second}", f"{side} is {first} before {second}"

    return observed


def by_itself(scales: Scales, words: Words, looks: list[Look], low: int, high: int) -> list[Any]:
    """What the words from `low` up to `high`, before a figure, say for themselves and by their neighbours."""
    labels, pairs = words.labels, scales.left_pairs
    before = looks[low - 1] if low else scales.look("^")
    label = labels[low - 1] if low else START
    found: list[Any] = []
    for index in range(low, high):
        look, own = looks[index], labels[index]
        found.append(
            look.left_word + before.left_after + looks[index + 1].left_before
            + pairs[(label * _MANY_LABELS + own) * 2 + 1] + pairs[(own * _MANY_LABELS + labels[index + 1]) * 2]
        )
        before, label = look, own
    return found


def weigh_left(
    scales: Scales, words: Words, looks: list[Look], itself: list[Any], view: View, answer: frozenset[int],
    said: set[str], found: dict[int, Any],
) -> None:
    """Adds to `found` the chances of the words before a figure; `itself` is what they say for themselves, `answer`
    where the figure before's words stand, `said` the words of all answers so far."""
    lower, sorts, traits, roles, labels, kind, chances = (
        words.lower, words.sorts, words.traits, words.roles, words.labels, view.kind, scales.chances
    )
    gap = figures = commas = marks = brackets = 0
    first, near, zone = "-", "own", "0000"
    in_answer = _as_answered(scales, view)
    always, if_noun, if_answer, if_said = _zone(scales, view, near, zone)
    if_answer += in_answer
    rows = _near(scales, kind, near)
    gaps, at_all, classes, then = rows.gaps, rows.traits, rows.labels, rows.then(first)
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
            first, zone = "-", f"{figures}{commas}{marks}{brackets}"
            near = "past figure" if figures else "past mark" if commas or marks or brackets else "own"
            always, if_noun, if_answer, if_said = _zone(scales, view, near, zone)
            if_answer += in_answer
            rows = _near(scales, kind, near)
            gaps, at_all, classes, then = rows.gaps, rows.traits, rows.labels, rows.then(first)
            continue
        gap += 1
        look, label = looks[index], labels[index]
        weight = (
            itself[index] + always + gaps[gap] + at_all[traits[index]] + classes[label] + then[label]
            + (look.left_own if near == "own" else look.left_past_figure if figures else look.left_past_mark)
        )
        if sort:
            weight += if_noun
        if index in answer:
            weight += if_answer
        if lower[index] in said:
            weight += if_said
        found[index] = chances[weight]
        if role := roles[index]:
            if first == "-":
                first = role
                then = rows.then(first)
            elif role in _VERBS and first in _BY_THE_WAY:
                first = role + "'"
                then = rows.then(first)


def _zone(scales: Scales, view: View, near: str, zone: str) -> tuple[Any, Any, Any, Any]:
    """What is seen of every word between two marks or figures: always, if it is a counted noun, if it is in the answer
    before, if it was said before."""
    kind, joins, edge, manner = view.kind, view.joins, view.edge, f"{view.joins} {view.edge}"
    of_zone, if_noun, if_answer = scales.together(
        (zone, kind, view.in_brackets, view.closes, edge),
        lambda: (
            (
                f"left zone {zone}", f"left zone {zone} {kind}", f"left zone {zone} brackets {view.in_brackets:d}",
                f"left zone {zone} closes {view.closes:d}",
            ),
            (f"left noun {near} {kind}", f"left noun zone {zone} edge {edge}"),
            (f"left answer zone {zone}", f"left answer {kind} edge {edge}"),
        ),
    )
    of_figure, if_said = scales.together(
        (near, kind, joins, edge, view.following),
        lambda: (
            (f"left {near} joined {manner}", f"left {near} {kind} joins {joins}",
             f"left {near} {kind} before {view.following}"),
            (f"left said {near}", f"left said joined {manner}"),
        ),
    )
    return of_zone + of_figure, if_noun, if_answer, if_said


def _as_answered(scales: Scales, view: View) -> Any:
    """What speaks for a word that says what the figure before measures."""
    return scales.together((view.kind, view.joins, view.edge, view.previous), lambda: (
        (f"left answer joined {view.joins} {view.edge}", f"left answer {view.kind} after {view.previous}"),
    ))[0]


class _Near:
    """The weights of what is seen of words before figures of one kind: in their own clause, past a mark or a figure."""

    __slots__ = ("_kind", "_near", "_scales", "_then", "gaps", "labels", "traits")

    def __init__(self, scales: Scales, kind: str, near: str) -> None:
        self._scales, self._kind, self._near = scales, kind, near
        self._then: dict[str, Row] = {}
        self.gaps = Row(scales, lambda gap: (
            f"left gap {_GAPS[gap]}", f"left {near} gap {_GAPS[gap]}", f"left {near} {kind} gap {_GAPS[gap]}",
        ))
        self.labels = Row(scales, lambda label: (
            f"left {near} is {LABELS[label]}", f"left {near} {kind} is {LABELS[label]}",
        ))
        self.traits = scales.row(near, self._standing)

    def _standing(self, trait: int) -> tuple[str, ...]:
        near = self._near
        role, named, capital, place, clause, since, verb = read_trait(trait)
        return (
            f"left name {named:d} capital {capital:d}", f"left {near} name {named:d}",
            f"left {near} place {place} clause {clause}", f"left {near} measuring {since}",
            f"left {near} measuring {since} verb {verb}", f"left {near} verb {verb} role {role}",
        )

    def then(self, first: str) -> Row:
        """The weights of a label before a word of the role `first`, the first role on the way to the figure."""
        found = self._then.get(first)
        if found is None:
            kind, near = self._kind, self._near
            found = self._then[first] = Row(self._scales, lambda label: (
                f"left {near} then {first}", f"left {kind} then {first}",
                f"left {near} then {first} is {LABELS[label]}",
            ))
        return found


def _near(scales: Scales, kind: str, near: str) -> _Near:
    found = scales.near.get((kind, near))
    if found is None:
        found = scales.near[kind, near] = _Near(scales, kind, near)
    return found


def weigh_noun(scales: Scales, words: Words, view: View, carried: frozenset[str], found: dict[int, Any]) -> None:
    """Adds to `found` the chances of the words of the counted noun of a figure."""
    if not view.noun:
        return
    kind, joins, edge, before = view.kind, view.joins, view.edge, words.lower[view.at - 1] if view.at else "^"
    shared, = scales.together(
        ("noun", kind, joins, edge, view.following, view.in_brackets, view.qualifier),
        lambda: ((
            "noun any", f"noun of {kind}", f"noun joins {joins}", f"noun edge {edge}", f"noun joined {joins} {edge}",
            f"noun before {view.following}", f"noun brackets {view.in_brackets:d}", f"noun qualifier {view.qualifier}",
        ),),
    )
    for place, index in enumerate(view.noun):
        word = words.lower[index]
        found[index] = scales.chances[shared + scales.weigh((
            f"noun place {place}", f"noun word {word}", f"noun after word {before}", f"noun word {word} edge {edge}",
            f"noun in answer {word in carried:d}",
        ))]


def weigh_right(
    scales: Scales, words: Words, looks: list[Look], view: View, has_answer: bool, said: set[str],
    found: dict[int, Any],
) -> None:
    """Adds to `found` the chances of the words behind a figure, up to the next figure or the end of the clause."""
    lower, sorts, roles, labels = words.lower, words.sorts, words.roles, words.labels
    gap = commas = 0
    first, kind, begin = "-", view.kind, view.right_from
    place: Any = None
    stop = min(len(lower), begin + MOST_RIGHT)
    if begin >= stop:
        return
    outlook = ("right", kind, view.joins, view.edge, view.skipped, view.in_brackets, has_answer)
    pairs = scales.right_pairs
    opening = labels[begin]
    start, = scales.together((kind, opening), lambda: (
        (f"right opens {LABELS[opening]}", f"right opens {LABELS[opening]} {kind}"),
    ))
    start += looks[begin].right_opens
    classes = scales.row(("right", kind), lambda label: (f"right {kind} is {LABELS[label]}",))
    for index in range(begin, stop):
        word, sort = lower[index], sorts[index]
        if sort == FIGURE or sort == MARK and word in _CLOSING_MARKS:
            break
        if sort == MARK:
            commas = min(commas + 1, 2)
            place = None
            continue
        gap += 1
        label, known = labels[index], word in said
        spot = _spot_behind(scales, view, gap, commas, first, known)
        if place is None:
            place = _place_behind(scales, outlook, view, min(commas, 1), first, has_answer)
        found[index] = scales.chances[
            looks[index].right_word + looks[index - 1].right_after + looks[index + 1].right_before + start + place
            + spot + pairs[(labels[index - 1] * _MANY_LABELS + label) * 2 + 1]
            + pairs[(label * _MANY_LABELS + labels[index + 1]) * 2] + classes[label]
        ]
        if role := roles[index]:
            if first == "-":
                first, place = role, None
            elif role in _RIGHT_ENDS and first in ("aux", "qual"):
                first, place = role + "'", None


def _spot_behind(scales: Scales, view: View, gap: int, commas: int, first: str, known: bool) -> Any:
    kind, far = view.kind, _GAPS[gap]
    return scales.together((kind, gap, commas, first, known, view.closes), lambda: ((
        f"right gap {far} commas {commas}", f"right gap {far} {kind}", f"right gap {far} since {first}",
        f"right {kind} since {first}", f"right said {known:d} past {min(commas, 1)}",
        f"right closes {view.closes:d} {kind} gap {min(gap, 3)}",
    ),))[0]


def _place_behind(scales: Scales, outlook: Hashable, view: View, past: int, first: str, has_answer: bool) -> Any:
    kind, joins, edge = view.kind, view.joins, view.edge
    return scales.together((outlook, past, first), lambda: ((
        f"right joined {joins} {edge}", f"right {kind} joined {joins} {edge}",
        f"right {kind} joins {joins} past {past} since {first}", f"right skipped {view.skipped:d} past {past}",
        f"right brackets {view.in_brackets:d} past {past}", f"right answer {has_answer:d} past {past} {kind}",
    ),))[0]


def weigh_carried(scales: Scales, view: View, carried: list[str]) -> list[Any]:
    """The chances of the words of an earlier answer that stand out of sight of the figure."""
    has_noun = view.after > view.at + 1
    far = min(view.at, 12) // 3
    shared, = scales.together(
        ("carried", view.kind, view.joins, view.edge, view.order, has_noun, far, view.following, view.in_brackets),
        lambda: ((
            "carried any", f"carried {view.kind}", f"carried joined {view.joins} {view.edge}",
            f"carried {view.kind} edge {view.edge}", f"carried order {view.order}", f"carried joins {view.joins}",
            f"carried brackets {view.in_brackets:d}", f"carried noun {has_noun:d}", f"carried from start {far}",
            f"carried before {view.following}",
        ),),
    )
    return [scales.chances[shared + scales.weigh((f"carried word {word}",))] for word in carried]
