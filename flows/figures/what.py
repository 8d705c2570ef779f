"""What: the measured thing, in the words of the text.

Every word of the sentence before the figure, its counted noun, the words behind it and those of the answer before are
weighed (`flows.figures.evidence`). Of all choices of words the one is taken that is expected to share most with what a
reader would say: twice the chances of its words, by their number and the number expected. "kim ngạch nhập khẩu đạt 165
triệu USD" → kim ngạch nhập khẩu, "kết nạp được 527 đảng viên mới" → kết nạp đảng viên mới, "90 máy bay phản lực" → máy
bay phản lực. A word of several syllables or a name is taken or left as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations, pairwise
from typing import Any

from flows.figures.clause import FIGURE, MEASURES, NOUN, Words, read_words
from flows.figures.evidence import (
    MOST_LEFT,
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

_JOINTS = frozenset(("cut", "exist", "lead", "prep"))
_LONGEST_ITEM = 3
Piece = tuple[float, float, tuple[int, ...]]


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
    """The words that are expected to share most with what a reader would say, by their chances."""
    if before.here and _is_fulfilment(words, view):
        return before
    expected = sum(chances.values()) + sum(passed_on)
    if not expected:
        return Answer((), [])
    stretches, behind = _pieces(words, view, chances)
    share, here = max(
        _most_shared(words.lower, before_it + behind, expected) for before_it in _readings(stretches, words.lower)
    )
    if hidden:
        share_of_hidden, end = _most_shared(words.lower, behind, expected, sum(passed_on), len(hidden))
        if share_of_hidden > share:
            return Answer(_without_joints(words, end), hidden)
    return Answer(_without_joints(words, here), [])


def _without_joints(words: Words, picked: tuple[int, ...]) -> tuple[int, ...]:
    """Without a last word that joins others to it ("và", "của", "có"), unless it is the only one."""
    while len(picked) > 1 and words.roles[picked[-1]] in _JOINTS:
        picked = picked[:-1]
    return picked


def _pieces(words: Words, view: View, chances: dict[int, float]) -> tuple[list[list[Piece]], list[Piece]]:
    """What is taken or left as a whole, words and names, with the mean and the sum of the chances of their parts.

    Those before the figure by the stretches that other figures part, then those of the counted noun and behind. Words
    that say that there is some ("có", "gồm") measure nothing.
    """
    parted, named, sorts, roles = words.parted, words.named, words.sorts, words.roles
    stretches: list[list[Piece]] = [[]]
    behind: list[Piece] = []
    run: list[int] = []
    for index in [*sorted([index for index in chances if roles[index] != "exist"]), -1]:
        if run and index == run[-1] + 1 and (parted[index] or named[index] and named[run[-1]]):
            run.append(index)
            continue
        if run:
            total = sum([chances[part] for part in run])
            side = behind if run[0] > view.at else stretches[-1]
            side.append((total / len(run), total, tuple(run)))
            if run[-1] < index < view.at and FIGURE in sorts[run[-1] : index]:
                stretches.append([])
        run = [index]
    return stretches, behind


def _readings(stretches: list[list[Piece]], lower: list[str]) -> Iterator[list[Piece]]:
    """Where the words before a figure may come from: a stretch, or two of them.

    A short stretch between two figures is an item of a list, which says nothing of the item behind it: "khiển trách 13,
    cảnh cáo 7 và khai trừ 2". Nor does anything far say more of a measure that is named near by: "nợ nước ngoài chiếm
    62 % GDP, tỷ lệ thất nghiệp 4,2 %".
    """
    yield from stretches
    for (at, far), (at_near, near) in combinations(enumerate(stretches), 2):
        if any(" ".join([lower[index] for index in run[:2]]) in MEASURES for _, _, run in near):
            continue
        if at == 0 or at_near > at + 1 or len(far) > _LONGEST_ITEM:
            yield far + near


def _most_shared(
    lower: list[str], pieces: list[Piece], expected: float, total: float = 0.0, count: int = 0
) -> tuple[float, tuple[int, ...]]:
    """How much is shared at most, and the words that do, beside `count` words whose chances add up to `total`.

    With the surest pieces first, what is shared rises as long as a piece is likelier than half of it: Ye, N. et al.
    (2012), Optimizing F-measure: a tale of two approaches. The same words are said once.
    """
    ranked = sorted(pieces, reverse=True)
    most, taken = total / (count + expected), 0
    kept: list[tuple[int, ...]] = []
    said: set[str] = set()
    for _, gain, run in ranked:
        words = [lower[index] for index in run]
        if said.issuperset(words):
            continue
        said.update(words)
        kept.append(run)
        total += gain
        count += len(run)
        if (share := total / (count + expected)) > most:
            most, taken = share, len(kept)
    return most, tuple(sorted([index for run in kept[:taken] for index in run]))


def _is_fulfilment(words: Words, view: View) -> bool:
    """Whether the figure is the percentage of a plan and its fulfilment: "kết nạp 121/120 đảng viên (đạt 100,8%)"."""
    if not view.in_brackets or not view.kind.startswith("percent"):
        return False
    lower, sorts = words.lower, words.sorts
    plan = lower.index("(", max(0, view.at - 6)) - 1
    while plan >= 0 and sorts[plan] == NOUN:
        plan -= 1
    return plan >= 2 and sorts[plan] == FIGURE == sorts[plan - 2] and lower[plan - 1] == "/"


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
