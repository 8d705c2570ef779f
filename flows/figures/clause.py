"""The words of a sentence as `what` looks at them: which join, which name, where clauses and figures part them.

A sentence is read once, whatever the number of its figures. Dates and quotation marks are left out, a figure is one
mark, and its counted noun stays a word: "giảm từ 12 vụ xuống 3 vụ" is giảm, từ, ‹figure›, vụ, xuống, ‹figure›, vụ.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from flows.figures.names import Name
from flows.model import Figure
from flows.seeds import read_seed


@dataclass(frozen=True, slots=True)
class ContextWord:
    """A row of `seeds/context_words.csv`: a word that joins a figure to what it measures."""

    KEY = ("word", "role")

    word: str
    role: str


@dataclass(frozen=True, slots=True)
class Compound:
    """A row of `seeds/compounds.csv`: two syllables that make one word, which no phrase may part ("tổ chức")."""

    KEY = ("words",)

    words: str


def _words(role: str) -> frozenset[str]:
    return frozenset(row.word for row in read_seed("context_words", ContextWord) if row.role == role)


_SINGLE_ROLES = ("cut", "stop", "lead", "prep", "qual", "adverb", "exist", "share", "aux", "change", "link")
_PHRASE_ROLES = _SINGLE_ROLES[3:]
_ROLES = {word: role for role in _SINGLE_ROLES for word in _words(role) if " " not in word} | {
    word: role for role in _PHRASE_ROLES for word in _words(role) if " " in word
}
_PHRASE_ENDS = frozenset(word.rsplit(" ", 1)[1] for word in _ROLES if " " in word)
_COMPOUND = _words("compound")
_COMPOUND_PARTS = frozenset(part for word in _COMPOUND for part in word.split(" "))
_ONE_WORD = frozenset(row.words for row in read_seed("compounds", Compound))
_MEASURE = _words("measure")
_MEASURE_ENDS = frozenset(word.rsplit(" ", 1)[1] for word in _MEASURE if " " in word)
_VERBS = frozenset(("link", "change", "exist", "share", "aux"))
_NO_MEASURE = frozenset(("link", "change", "exist", "stop", "prep"))
_TOKEN = re.compile(r"[^\W\d_][^\W_]*(?:[./&’'-][^\W\d_][^\W_]*)*|[^\W_]+|[^\w\s]")
_QUOTES = frozenset("“”\"‘’'«»")
_LONGEST = 4
FAR = 9
"""The distance that stands for "no measuring word before it in its clause"."""

WORD, MARK, FIGURE, NOUN = 0, 1, 2, 3
_SORTS = ("", "", "figure", "noun")


@dataclass(slots=True)
class Words:
    """The tokens of one sentence, one list an attribute, all of the same length."""

    lower: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    sorts: list[int] = field(default_factory=list)
    """WORD, MARK (punctuation), FIGURE or NOUN (the counted noun of a figure)."""
    roles: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    """How each token looks to its neighbours: its mark, its role, or what sort of token it is."""
    traits: list[tuple[str, bool, bool, int, int, int, str]] = field(default_factory=list)
    """Role, in a name, capitalised, place in the clause, clause (0 first), words since a measuring word, next verb."""
    figures: list[int] = field(default_factory=list)
    """Where each figure stands among the tokens."""


def read_words(
    text: str, start: int, end: int, figures: list[Figure], blocked: list[tuple[int, int]], names: list[Name]
) -> Words:
    """The tokens of the sentence between `start` and `end` with its `figures`, without the `blocked` dates.

    >>> words = read_words("Huyện có gần 300 hộ", 0, 19, [], [(9, 12)], [])
    >>> list(zip(words.lower, words.roles))
    [('huyện', ''), ('có', 'exist'), ('300', ''), ('hộ', '')]
    >>> read_words("", 0, 0, [], [], []).lower
    []
    """
    found = Words()
    index = blocked_at = 0
    for match in _TOKEN.finditer(text, start, end):
        at, stop = match.span()
        while index < len(figures) and figures[index].char_start < stop:
            if len(found.figures) == index:
                _mark_figure(found, figures[index])
            if figures[index].char_end > at:
                break
            index += 1
        if index < len(figures) and figures[index].char_start < stop:
            if at >= figures[index].number_end and match[0][0].isalnum():
                _add(found, match[0].lower(), at, stop, NOUN)
            continue
        while blocked_at < len(blocked) and blocked[blocked_at][1] <= at:
            blocked_at += 1
        if match[0] in _QUOTES or blocked_at < len(blocked) and blocked[blocked_at][0] <= at:
            continue
        _add(found, match[0].lower(), at, stop, WORD if match[0][0].isalnum() else MARK)
    for figure in figures[len(found.figures) :]:
        _mark_figure(found, figure)
    found.roles = _roles(found.lower, found.sorts)
    found.labels = [
        word if sort == MARK else _SORTS[sort] or role or "word"
        for word, sort, role in zip(found.lower, found.sorts, found.roles, strict=True)
    ]
    found.traits = _traits(text, found, names)
    return found


def parts_a_word(words: Words, index: int) -> bool:
    """Whether a cut before the token `index` parts a word of two syllables, or a counted noun."""
    if not 0 < index < len(words.lower):
        return False
    if words.sorts[index - 1] == NOUN == words.sorts[index]:
        return True
    return f"{words.lower[index - 1]} {words.lower[index]}" in _ONE_WORD


def _mark_figure(words: Words, figure: Figure) -> None:
    words.figures.append(len(words.lower))
    _add(words, "#", figure.char_start, figure.number_end, FIGURE)


def _add(words: Words, lower: str, start: int, end: int, sort: int) -> None:
    words.lower.append(lower)
    words.starts.append(start)
    words.ends.append(end)
    words.sorts.append(sort)


def _roles(lower: list[str], sorts: list[int]) -> list[str]:
    roles = [""] * len(lower)
    index = len(lower) - 1
    while index >= 0:
        word = lower[index]
        if sorts[index]:
            index -= 1
            continue
        if word in _PHRASE_ENDS:
            for length in range(min(_LONGEST, index + 1), 1, -1):
                begin = index - length + 1
                role = _ROLES.get(" ".join(lower[begin : index + 1]))
                if role and not any(sorts[begin:index]):
                    roles[begin : index + 1] = [role] * length
                    index -= length
                    break
            else:
                roles[index] = _single_role(lower, index)
                index -= 1
        else:
            roles[index] = _single_role(lower, index)
            index -= 1
    return roles


def _single_role(lower: list[str], index: int) -> str:
    word = lower[index]
    role = _ROLES.get(word, "")
    if role and word in _COMPOUND_PARTS:
        after = lower[index + 1] if index + 1 < len(lower) else ""
        before = lower[index - 1] if index else ""
        if f"{word} {after}" in _COMPOUND or f"{before} {word}" in _COMPOUND:
            return ""
    return role


def _traits(
    text: str, words: Words, names: list[Name]
) -> list[tuple[str, bool, bool, int, int, int, str]]:
    lower, starts, sorts, roles = words.lower, words.starts, words.sorts, words.roles
    count = len(lower)
    verbs = [""] * count
    verb = "end"
    for index in range(count - 1, -1, -1):
        if sorts[index] == MARK:
            verb = lower[index]
        elif sorts[index] == FIGURE:
            verb = "figure"
        elif roles[index] in _VERBS:
            verb = roles[index]
        verbs[index] = verb
    traits = []
    place = clause = name = 0
    since = FAR
    for index in range(count):
        if 0 < sorts[index] < NOUN:
            traits.append(("", False, False, 0, 0, FAR, ""))
            place, clause, since = 0, 1, FAR
            continue
        word, at, role = lower[index], starts[index], roles[index]
        if word in _MEASURE or word in _MEASURE_ENDS and index and f"{lower[index - 1]} {word}" in _MEASURE:
            since = 0
        elif role in _NO_MEASURE:
            since = FAR
        elif since < FAR:
            since += 1
        while name < len(names) and names[name].char_end <= at:
            name += 1
        named = name < len(names) and names[name].char_start <= at
        capital = index > 0 and sorts[index - 1] != MARK and text[at].isupper()
        traits.append((role, named, capital, min(place, 5), clause, min(since, 5), verbs[index]))
        place += 1
    return traits
