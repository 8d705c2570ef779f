"""A figure as the words around it are seen from it: what joins it to them, what stands before and behind."""

from __future__ import annotations

from dataclasses import dataclass

from flows.figures.clause import FIGURE, MARK, WORD, Words
from flows.model import Figure

_NO_JOINS = frozenset(("stop", "lead", "cut"))
_EDGES = frozenset(",();:.-–/")
_LONGEST_BRACKET = 14


@dataclass(slots=True)
class View:
    """A figure as the words around it are seen from it."""

    at: int
    """Where the figure stands among the words of its sentence; its counted noun ends before `after`."""
    after: int
    noun: tuple[int, ...]
    """The words of the counted noun; that of 600 for 527 in "527/600 đảng viên"."""
    right_from: int
    """Where the words behind it begin: past a bracket that belongs to it, or the one it closes."""
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
    previous: str
    """The kind of the figure before in the sentence, "=" if its unit is the same, ">" if it is a change."""


def view_of(words: Words, figures: list[Figure], order: int) -> View:
    """How the sentence looks from its figure number `order`."""
    figure = figures[order]
    lower, sorts, roles = words.lower, words.sorts, words.roles
    at = words.figures[order]
    after, count = at + 1, len(lower)
    while after < count and sorts[after] > FIGURE:
        after += 1
    begin, joins = at - 1, set()
    while begin >= 0 and sorts[begin] == WORD and roles[begin] and roles[begin] not in _NO_JOINS:
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
    in_brackets = "(" in near and ")" not in near
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
    previous = "-"
    if order:
        other = figures[order - 1]
        previous = f"{other.kind}{'=' * (other.unit == figure.unit)}{'>' * bool(other.direction)}"
    right_from = _right_from(lower, after, following, in_brackets)
    return View(
        at, after, tuple(range(noun_from, noun_to)), right_from, kind, "+".join(sorted(joins)) or "-", edge, following,
        in_brackets, following == ")", right_from != after, figure.qualifier, min(order, 2), previous,
    )


def _right_from(lower: list[str], after: int, following: str, in_brackets: bool) -> int:
    if following == ")" and in_brackets:
        return after + 1
    if following == "(":
        for close in range(after + 1, min(after + _LONGEST_BRACKET, len(lower))):
            if lower[close] == ")":
                return close + 1
    return after
