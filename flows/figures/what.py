"""What: the measured thing, in the words of the text.

Every word of the sentence before the figure, its counted noun, the words behind it and those of the answer before are
weighed (`flows.figures.evidence`). A phrase is a run of words before the figure, the noun, and the words that follow,
each of which may be missing: "kim ngạch nhập khẩu đạt 165 triệu USD" → kim ngạch nhập khẩu, "kết nạp được 527 đảng
viên mới" → kết nạp đảng viên mới, "90 máy bay phản lực" → máy bay phản lực. Of all phrases the one is taken that is
expected to share most with what a reader would say: twice the chances of its words, by its length and the length
expected. No run opens or closes inside a word or a name; names and auxiliaries of small chance are left out of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

from flows.figures.clause import FIGURE, NOUN, Words, read_words
from flows.figures.evidence import (
    MOST_LEFT,
    MOST_RIGHT,
    Scales,
    by_itself,
    seed_scales,
    weigh_carried,
    weigh_left,
    weigh_noun,
    weigh_right,
)
from flows.figures.names import Name
from flows.figures.view import View, view_of
from flows.model import Figure

_LEAST = 0.15
"""The chance from which on a word may open or close a run."""
_LEAST_BY_THE_WAY = 0.2
_BY_THE_WAY = frozenset(("aux", "adverb", "qual"))
_NO_CLOSING = frozenset(("exist", "qual", "cut", "lead"))
_NO_CLOSING_BEHIND = _NO_CLOSING | {"prep"}
_WHOLE = frozenset(("toàn", "cả"))
"""Words before an actor: "toàn huyện kết nạp" measures kết nạp."""
_LONGEST_RUN = 12
_MOST_RUNS = 5

Run = tuple[float, int, tuple[int, ...]]
_NOTHING: Run = (0.0, 0, ())


@dataclass(slots=True)
class Measured:
    """What the article has measured so far: the last answer, word by word, and the words of all answers."""

    last: list[str] = field(default_factory=list)
    said: set[str] = field(default_factory=set)


@cache
def _scales() -> Scales:
    return seed_scales()


def set_what(
    text: str,
    figures: list[Figure],
    blocked: list[tuple[int, int]],
    names: list[Name],
    start: int,
    end: int,
    measured: Measured,
) -> None:
    """Fills `what` of the figures of one sentence, and adds it to what the article has `measured`."""
    scales = _scales()
    words = read_words(text, start, end, figures, blocked, names)
    sight = Sight(scales, words)
    answer = Answer((), measured.last)
    for order, figure in enumerate(figures):
        view = view_of(words, figures, order)
        hidden = out_of_sight(text, words, view, answer)
        chances, passed_on = weigh_words(sight, view, answer, hidden, measured.said)
        answer = choose(words, view, chances, answer, hidden, passed_on)
        if answer.here or answer.carried:
            spoken = answer.carried + [text[words.starts[index] : words.ends[index]] for index in answer.here]
            figure.what = " ".join(filter(None, (" ".join(answer.carried), _written(text, words, answer.here))))
            measured.last = spoken
            measured.said.update([word.lower() for word in spoken])


@dataclass(slots=True)
class Answer:
    """The words that say what a figure measures: those of its own sentence, and those carried from before it."""

    here: tuple[int, ...]
    carried: list[str]


class Sight:
    """The words of one sentence, with what they say for themselves whatever figure they are weighed for."""

    __slots__ = ("itself", "looks", "scales", "words")

    def __init__(self, scales: Scales, words: Words) -> None:
        self.scales, self.words = scales, words
        self.looks = [*scales.looks(words.lower), scales.last]
        self.itself = by_itself(scales, words, self.looks)


def out_of_sight(text: str, words: Words, view: View, answer: Answer) -> list[str]:
    """The words of the answer before that stand too far before the figure to be weighed where they stand."""
    first = view.at - MOST_LEFT
    return answer.carried + [text[words.starts[at] : words.ends[at]] for at in answer.here if at < first]


def weigh_words(
    sight: Sight, view: View, before: Answer, hidden: list[str], said: set[str]
) -> tuple[dict[int, Any], list[Any]]:
    """The chances of the words of the sentence that a figure can see, and of those `hidden` from it."""
    scales, words, looks = sight.scales, sight.words, sight.looks
    lower = words.lower
    known = frozenset([lower[index] for index in before.here] + [word.lower() for word in before.carried])
    found: dict[int, Any] = {}
    weigh_left(scales, words, looks, sight.itself, view, frozenset(before.here), said, found)
    weigh_noun(scales, words, view, known, found)
    weigh_right(scales, words, looks, view, bool(known), said, found)
    passed_on = weigh_carried(scales, view, [word.lower() for word in hidden]) if hidden else []
    return dict(zip(found, scales.chances([*found.values()]), strict=True)), scales.chances(passed_on)


def choose(
    words: Words, view: View, chances: dict[int, float], before: Answer, hidden: list[str], passed_on: list[float]
) -> Answer:
    """The phrase that is expected to share most with what a reader would say, by the chances of its words."""
    if before.here and _is_fulfilment(words, view):
        return before
    expected = sum(chances.values()) + sum(passed_on)
    if not expected:
        return Answer((), [])
    noun = view.noun
    rights = _runs_behind(words, view, chances, expected)
    ends = rights
    if noun:
        gain = sum([chances[index] for index in noun])
        ends = rights + [(gain + behind, len(noun) + length, noun + run) for behind, length, run in rights]
    most, best = 0.0, Answer((), [])
    for sum_left, length_left, left in _runs_before(words, view, chances, expected):
        has_exist = left and noun and "exist" in words.roles[left[-1] + 1 : view.at]
        fitting = rights if has_exist else ends
        shares = [(sum_left + sum_end) / (length_left + length_end + expected) for sum_end, length_end, _ in fitting]
        share = max(shares)
        if share > most:
            most, best = share, Answer(left + fitting[shares.index(share)][2], [])
    if (verb := _shared_verb(words, view, before)) and best.here[:1] == noun[:1] and noun:
        return Answer(verb + best.here, [])
    if hidden:
        total = sum(passed_on)
        for sum_end, length_end, end in ends:
            if (share := (total + sum_end) / (len(hidden) + length_end + expected)) > most:
                most, best = share, Answer(end, hidden)
    return best


def _is_fulfilment(words: Words, view: View) -> bool:
    """Whether the figure is the percentage of a plan and its fulfilment: "kết nạp 121/120 đảng viên (đạt 100,8%)"."""
    if not view.in_brackets or not view.kind.startswith("percent"):
        return False
    lower, sorts = words.lower, words.sorts
    plan = lower.index("(", max(0, view.at - 6)) - 1
    while plan >= 0 and sorts[plan] == NOUN:
        plan -= 1
    return plan >= 2 and sorts[plan] == FIGURE == sorts[plan - 2] and lower[plan - 1] == "/"


_SHARES = frozenset(("và", "cùng", ","))


def _shared_verb(words: Words, view: View, before: Answer) -> tuple[int, ...]:
    """The predicate that a counted thing shares with the one before: "kiểm tra 5 tổ chức và 7 đảng viên"."""
    at = view.at - 1
    if at < 1 or words.lower[at] not in _SHARES or words.sorts[at - 1] != NOUN:
        return ()
    mark = at
    while words.sorts[mark] != FIGURE:
        mark -= 1
    verb = tuple([index for index in before.here if index < mark])
    return verb if before.here and before.here[-1] > mark else ()


def _runs_before(words: Words, view: View, chances: dict[int, float], expected: float) -> list[Run]:
    """The runs of words before the figure that promise most; a run goes past a comma, not past other marks."""
    lower, roles, named, parted = words.lower, words.roles, words.named, words.parted
    found: list[tuple[float, float, int, int]] = []
    picked: list[int] = []
    openings: list[tuple[int, int, float]] = []
    total = 0.0
    for index in range(max(0, view.at - MOST_LEFT), view.at):
        chance, role = chances.get(index), roles[index]
        if chance is None:
            if lower[index] != "," or roles[index + 1]:
                openings.clear()
            continue
        if role == "exist":
            openings.clear()
            continue
        if chance >= _LEAST and _may_open(words, index):
            openings.append((index, len(picked), total))
        if chance < _LEAST_BY_THE_WAY and (named[index] or role in _BY_THE_WAY):
            continue
        total += chance
        picked.append(index)
        if chance >= _LEAST and openings and role not in _NO_CLOSING and not parted[index + 1]:
            count = len(picked)
            for begin, first, passed in openings:
                if (length := count - first) <= _LONGEST_RUN and index < begin + _LONGEST_RUN + 3:
                    gain = total - passed
                    found.append((gain / (length + expected), gain, first, count))
    found.sort(reverse=True)
    return [_NOTHING, *[(gain, count - first, tuple(picked[first:count]))
                        for _, gain, first, count in found[:_MOST_RUNS]]]


def _may_open(words: Words, index: int) -> bool:
    if words.roles[index] == "cut" or words.parted[index]:
        return False
    named = words.named
    return not (index and (named[index] and named[index - 1] or words.lower[index - 1] in _WHOLE))


def _runs_behind(words: Words, view: View, chances: dict[int, float], expected: float) -> list[Run]:
    roles, named, parted = words.roles, words.named, words.parted
    found: list[tuple[float, float, int]] = []
    total = 0.0
    picked: list[int] = []
    for index in range(view.right_from, min(view.right_from + MOST_RIGHT, len(roles))):
        chance, role = chances.get(index), roles[index]
        if chance is None or index in view.noun or chance < _LEAST_BY_THE_WAY and (
            role in _BY_THE_WAY or named[index]
        ):
            continue
        total += chance
        picked.append(index)
        if role not in _NO_CLOSING_BEHIND and not parted[index + 1]:
            found.append((total / (len(picked) + expected), total, len(picked)))
    found.sort(reverse=True)
    return [_NOTHING, *[(gain, count, tuple(picked[:count])) for _, gain, count in found[:_MOST_RUNS]]]


def _written(text: str, words: Words, picked: tuple[int, ...]) -> str:
    """The words as they stand, a comma kept where nothing else stood between two of them."""
    if not picked:
        return ""
    starts, ends = words.starts, words.ends
    parts = [text[starts[picked[0]] : ends[picked[0]]]]
    for before, index in pairwise(picked):
        parts.append(", " if text[ends[before] : starts[index]] == ", " else " ")
        parts.append(text[starts[index] : ends[index]])
    return "".join(parts)
