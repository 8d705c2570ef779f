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
from math import exp
from typing import Any

from flows.figures.clause import FIGURE, MARK, NOUN, Words, parts_a_word, read_words
from flows.figures.evidence import (
    MOST_LEFT,
    MOST_RIGHT,
    Scales,
    View,
    seed_scales,
    view_of,
    weigh_carried,
    weigh_left,
    weigh_noun,
    weigh_right,
)
from flows.figures.names import Name
from flows.model import Figure

_LEAST = 0.15
"""The chance from which on a word may open or close a run."""
_LEAST_BY_THE_WAY = 0.2
_BY_THE_WAY = frozenset(("aux", "adverb", "qual"))
_NO_OPENING = frozenset(("exist", "cut"))
_NO_CLOSING = frozenset(("exist", "qual", "cut", "lead"))
_WHOLE = frozenset(("toàn", "cả"))
"""Words before an actor: "toàn huyện kết nạp" measures kết nạp."""
_LONGEST_RUN = 12
_MOST_RUNS = 5
_CERTAIN = 30_000

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
    itself: dict[int, int] = {}
    answer = Answer((), measured.last)
    for order, figure in enumerate(figures):
        view = view_of(words, figure, order)
        hidden = out_of_sight(text, words, view, answer)
        chances, passed_on = weigh_words(scales, words, view, answer, hidden, measured.said, itself)
        answer = choose(
            words, view, {index: _chance(weight) for index, weight in chances.items()}, answer, hidden,
            [_chance(weight) for weight in passed_on],
        )
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


def out_of_sight(text: str, words: Words, view: View, answer: Answer) -> list[str]:
    """The words of the answer before that stand too far before the figure to be weighed where they stand."""
    first = view.at - MOST_LEFT
    return answer.carried + [text[words.starts[at] : words.ends[at]] for at in answer.here if at < first]


def weigh_words(
    scales: Scales, words: Words, view: View, before: Answer, hidden: list[str], said: set[str], itself: dict[int, Any]
) -> tuple[dict[int, Any], list[Any]]:
    """The weights of the words of the sentence that a figure can see, and of those `hidden` from it."""
    lowered = [word.lower() for word in hidden]
    lower = words.lower
    weights = weigh_left(scales, words, view, frozenset(before.here), said, itself)
    known = frozenset([lower[index] for index in before.here] + [word.lower() for word in before.carried])
    weights.update(weigh_noun(scales, words, view, known))
    weights.update(weigh_right(scales, words, view, bool(known), said, itself))
    return weights, weigh_carried(scales, view, lowered) if lowered else []


def _chance(weight: int) -> float:
    return 1 / (1 + exp(-weight / 1000)) if -_CERTAIN < weight < _CERTAIN else float(weight > 0)


def choose(
    words: Words, view: View, chances: dict[int, float], before: Answer, hidden: list[str], passed_on: list[float]
) -> Answer:
    """The phrase that is expected to share most with what a reader would say, by the chances of its words."""
    expected = sum(chances.values()) + sum(passed_on)
    lefts = _runs_before(words, view, chances, expected)
    rights = _runs_behind(words, view, chances, expected)
    noun = view.noun
    middles = [_NOTHING, (sum([chances[index] for index in noun]), len(noun), noun)] if noun else [_NOTHING]
    most, best = 0.0, Answer((), [])
    ends = [(mid[0] + right[0], mid[1] + right[1], mid[2] + right[2]) for mid in middles for right in rights]
    for sum_left, length_left, left in lefts:
        has_exist = left and noun and "exist" in words.roles[left[-1] + 1 : view.at]
        for sum_end, length_end, end in ends:
            if has_exist and end[:1] == noun[:1]:
                continue
            length = length_left + length_end
            if length and (share := (sum_left + sum_end) / (length + expected)) > most:
                most, best = share, Answer(left + end, [])
    if (verb := _shared_verb(words, view, before)) and best.here[:1] == noun[:1] and noun:
        return Answer(verb + best.here, [])
    if hidden:
        total = sum(passed_on)
        for sum_end, length_end, end in ends:
            if (share := (total + sum_end) / (len(hidden) + length_end + expected)) > most:
                most, best = share, Answer(end, hidden)
    return best


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
    sorts, lower, roles, traits = words.sorts, words.lower, words.roles, words.traits
    found: list[tuple[float, Run]] = []
    for begin, opening in chances.items():
        if opening < _LEAST or begin >= view.at or roles[begin] in _NO_OPENING:
            continue
        if parts_a_word(words, begin) or begin and traits[begin][1] and traits[begin - 1][1]:
            continue
        if begin and lower[begin - 1] in _WHOLE:
            continue
        total, picked = 0.0, []
        for index in range(begin, min(begin + _LONGEST_RUN + 3, view.at)):
            sort = sorts[index]
            if sort in (FIGURE, MARK):
                if lower[index] == "," and not roles[index + 1]:
                    continue
                break
            if roles[index] == "exist":
                break
            chance = chances[index]
            if chance < _LEAST_BY_THE_WAY and (roles[index] in _BY_THE_WAY or traits[index][1]):
                continue
            total += chance
            picked.append(index)
            if chance >= _LEAST and roles[index] not in _NO_CLOSING and not parts_a_word(words, index + 1):
                found.append((total / (len(picked) + expected), (total, len(picked), tuple(picked))))
            if len(picked) == _LONGEST_RUN:
                break
    return _best(found)


def _runs_behind(words: Words, view: View, chances: dict[int, float], expected: float) -> list[Run]:
    found: list[tuple[float, Run]] = []
    total, picked = 0.0, []
    for index in range(view.right_from, view.right_from + MOST_RIGHT):
        chance = chances.get(index)
        if chance is None or index in view.noun or chance < _LEAST_BY_THE_WAY and (
            words.roles[index] in _BY_THE_WAY or words.traits[index][1]
        ):
            continue
        total += chance
        picked.append(index)
        if words.roles[index] not in _NO_CLOSING and not parts_a_word(words, index + 1):
            found.append((total / (len(picked) + expected), (total, len(picked), tuple(picked))))
    return _best(found)


def _best(found: list[tuple[float, Run]]) -> list[Run]:
    found.sort(key=_share, reverse=True)
    return [_NOTHING, *[run for _, run in found[:_MOST_RUNS]]]


def _share(item: tuple[float, Run]) -> float:
    return item[0]


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
