"""What speaks for a word being part of what a figure measures: observations, and their weights as data.

Every word near a figure is looked at for itself (which word, between which words, the subject of which verb) and from
the figure (how far, past which marks and figures, before which joining word, in the figure before's answer). Each
observation that `seeds/what_evidence.csv` knows adds its weight in thousandths. Observations of one look are summed
once and remembered, as the same few looks come back all the time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flows.figures.clause import FIGURE, MARK, WORD, Words
from flows.model import Figure
from flows.seeds import read_seed

_MOST_REMEMBERED = 5_000
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


class Scales:
    """Weighs observations, and remembers the sums of those that come together, by what they were seen at."""

    def __init__(self, weights: dict[str, int]) -> None:
        self._weights = weights
        self.none: Any = 0
        self._remembered: dict[Any, dict[Any, Any]] = {}
        self.left_word = self.table("left word")
        self.left_after = self.table("left after word")
        self.left_before = self.table("left before word")
        self.left_pair = self.table("left pair")
        self.left_pair_of = self.table("left pair of")
        self.left_own = self.table("left own word")
        self.left_past_mark = self.table("left past mark word")
        self.left_past_figure = self.table("left past figure word")
        self.right_word = self.table("right word")
        self.right_after = self.table("right after word")
        self.right_before = self.table("right before word")
        self.right_pair_of = self.table("right pair of")
        self.right_opens = self.table("right opens")
        self.carried_word = self.table("carried word")
        pairs = [name for name in weights if name.startswith("left pair ")]
        self._paired = {part for name in pairs for part in name.split(" ")[2:]}

    def table(self, look: str) -> Callable[[str, Any], Any]:
        """The weights of the words seen in one `look`, as a function of the word and of what to give for others."""
        begin = len(look) + 1
        return {
            name[begin:]: weight for name, weight in self._weights.items() if name.startswith(look + " ")
        }.get

    def is_paired(self, word: str) -> bool:
        """Whether a pair of words with `word` in it has a weight."""
        return word in self._paired

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


def _word_at(words: Words, index: int) -> str:
    return words.lower[index] if 0 <= index < len(words.lower) else "^" if index < 0 else "$"


def weigh_itself(scales: Scales, words: Words, index: int) -> Any:
    """What a word before a figure says for itself and by its neighbours."""
    word, before, after = words.lower[index], _word_at(words, index - 1), _word_at(words, index + 1)
    none = scales.none
    weight = (
        scales.left_word(word, none) + scales.left_after(before, none) + scales.left_before(after, none)
        + _roles_around(scales, "left", words, index)
    )
    if scales.is_paired(word):
        weight += scales.left_pair(f"{word} {after}", none) + scales.left_pair_of(f"{before} {word}", none)
    return weight


def _roles_around(scales: Scales, side: str, words: Words, index: int) -> Any:
    role, named, capital = words.traits[index][:3]
    role = role or "none"
    labels = words.labels
    before = labels[index - 1] if index else "start"
    after = labels[index + 1] if index + 1 < len(labels) else "end"
    memory = scales.memory(side)
    key = (role, named, capital, before, after)
    weight = memory.get(key)
    if weight is None:
        weight = memory[key] = scales.weigh((
            f"{side} any", f"{side} role {role}", f"{side} after {before} role {role}",
            f"{side} role {role} before {after}", f"{side} name {named:d} capital {capital:d}",
        ))
    return weight


def weigh_left(
    scales: Scales, words: Words, view: View, answer: frozenset[int], said: set[str], itself: dict[int, Any]
) -> dict[int, Any]:
    """The weights of the words before a figure; `answer` is where the figure before's words stand, `said` the words
    of all answers so far, `itself` remembers over the figures of a sentence what words say for themselves."""
    lower, sorts, traits, roles, kind, none = (
        words.lower, words.sorts, words.traits, words.roles, view.kind, scales.none
    )
    found: dict[int, Any] = {}
    gap = figures = commas = marks = brackets = 0
    first, zone, near, by_word = "-", "0000", "own", scales.left_own
    outlook = scales.memory((kind, view.joins, view.edge, view.following, view.in_brackets, view.closes))
    spots, manners, plain = scales.memory(("spot", kind)), scales.memory(("manner", kind)), scales.memory("trait")
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
            if figures:
                near, by_word = "past figure", scales.left_past_figure
            elif zone == "0000":
                near, by_word = "own", scales.left_own
            else:
                near, by_word = "past mark", scales.left_past_mark
            continue
        gap += 1
        word, role, trait = lower[index], roles[index], traits[index]
        if (own := itself.get(index)) is None:
            own = itself[index] = weigh_itself(scales, words, index)
        key: Any = (zone, gap)
        if (spot := spots.get(key)) is None:
            spot = spots[key] = scales.weigh(_spot(kind, zone, near, _GAPS[gap]))
        key = (zone, sort, index in answer, word in said)
        if (place := outlook.get(key)) is None:
            place = outlook[key] = scales.weigh(_place(view, near, *key))
        key = (zone, first, role, trait[5])
        if (manner := manners.get(key)) is None:
            manner = manners[key] = scales.weigh(_manner(kind, zone, near, first, role, trait[5]))
        key = (near, trait)
        if (at_all := plain.get(key)) is None:
            at_all = plain[key] = scales.weigh(_at_all(near, trait))
        found[index] = own + spot + place + manner + at_all + by_word(word, none)
        if role:
            if first == "-":
                first = role
            elif role in _VERBS and first in _BY_THE_WAY:
                first = role + "'"
    return found


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


def weigh_noun(scales: Scales, words: Words, view: View, carried: frozenset[str]) -> dict[int, Any]:
    """The weights of the words of the counted noun of a figure."""
    found: dict[int, Any] = {}
    before = _word_at(words, view.at - 1)
    for index in view.noun:
        word = words.lower[index]
        found[index] = scales.weigh((
            "noun any", f"noun of {view.kind}", f"noun joins {view.joins}", f"noun edge {view.edge}",
            f"noun joined {view.joins} {view.edge}", f"noun word {word}", f"noun place {index - view.noun[0]}",
            f"noun before {view.following}", f"noun brackets {view.in_brackets:d}", f"noun after word {before}",
            f"noun word {word} edge {view.edge}", f"noun in answer {word in carried:d}",
            f"noun qualifier {view.qualifier}",
        ))
    return found


def weigh_right(
    scales: Scales, words: Words, view: View, has_answer: bool, said: set[str], itself: dict[int, Any]
) -> dict[int, Any]:
    """The weights of the words behind a figure, up to the next figure or the end of the clause."""
    found: dict[int, Any] = {}
    gap = commas = 0
    first, start = "-", scales.none
    kind = view.kind
    outlook = scales.memory(("right", kind, view.joins, view.edge, view.skipped, view.in_brackets, has_answer))
    spots = scales.memory(("right spot", kind))
    for index in range(view.right_from, min(len(words.lower), view.right_from + MOST_RIGHT)):
        word, sort = words.lower[index], words.sorts[index]
        if sort == FIGURE or sort == MARK and word in ".;:()":
            break
        if sort == MARK:
            commas = min(commas + 1, 2)
            continue
        gap += 1
        if gap == 1:
            start = scales.right_opens(word, scales.none)
        role = words.roles[index]
        if (own := itself.get(~index)) is None:
            own = itself[~index] = _weigh_behind(scales, words, index)
        key: Any = (commas, first)
        if (place := outlook.get(key)) is None:
            place = outlook[key] = scales.weigh(_place_behind(view, min(commas, 1), first, has_answer))
        key = (gap, commas, first, role, word in said)
        if (spot := spots.get(key)) is None:
            spot = spots[key] = scales.weigh(_spot_behind(kind, *key))
        found[index] = own + place + spot + start
        if role:
            if first == "-":
                first = role
            elif role in _RIGHT_ENDS and first in ("aux", "qual"):
                first = role + "'"
    return found


def _weigh_behind(scales: Scales, words: Words, index: int) -> Any:
    word, before, none = words.lower[index], _word_at(words, index - 1), scales.none
    return (
        scales.right_word(word, none) + scales.right_after(before, none)
        + scales.right_before(_word_at(words, index + 1), none) + scales.right_pair_of(f"{before} {word}", none)
        + _roles_around(scales, "right", words, index)
    )


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
    return [shared + scales.carried_word(word, scales.none) for word in carried]
