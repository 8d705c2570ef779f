"""The words of a sentence as `what` looks at them: which join, which name, where clauses and figures part them.

A sentence is read once, whatever the number of its figures. Dates and quotation marks are left out, a figure is one
mark, and its counted noun stays a word: "giảm từ 12 vụ xuống 3 vụ" is giảm, từ, ‹figure›, vụ, xuống, ‹figure›, vụ.
What can be said of a word by itself is looked up once for each word of the language and kept.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, compress
from operator import contains
from typing import NamedTuple

from flows.figures.names import CLAUSE_OPENERS, COMPOUNDS, Name
from flows.model import Figure
from flows.seeds import read_seed


@dataclass(frozen=True, slots=True)
class ContextWord:
    """A row of `seeds/context_words.csv`: a word that joins a figure to what it measures."""

    KEY = ("word", "role")

    word: str
    role: str


@dataclass(frozen=True, slots=True)
class WordClass:
    """A row of `seeds/word_classes.csv`: words that stand between the same neighbours have one class."""

    KEY = ("word",)

    word: str
    class_no: int


def _words(role: str) -> frozenset[str]:
    return frozenset(row.word for row in read_seed("context_words", ContextWord) if row.role == role)


_SINGLE_ROLES = ("cut", "stop", "lead", "prep", "qual", "adverb", "exist", "share", "aux", "change", "link")
_PHRASE_ROLES = _SINGLE_ROLES[3:]
_ROLES = {word: role for role in _SINGLE_ROLES for word in _words(role) if " " not in word} | {
    word: role for role in _PHRASE_ROLES for word in _words(role) if " " in word
}
_LAST_TWO = frozenset(" ".join(word.rsplit(" ", 2)[-2:]) for word in _ROLES if " " in word)
_PHRASE_ENDS = frozenset(words.split(" ")[1] for words in _LAST_TWO)
_COMPOUND = _words("compound")
_COMPOUND_PARTS = frozenset(part for word in _COMPOUND for part in word.split(" "))
MEASURES = _words("measure")
_MEASURE_ENDS = frozenset(word.rsplit(" ", 1)[1] for word in MEASURES if " " in word)
_VERBS = frozenset(("link", "change", "exist", "share", "aux"))
_NO_MEASURE = frozenset(("link", "change", "exist", "stop", "prep"))
_TOKEN = re.compile(r"([^\W\d_][^\W_]*(?:[./&’'-][^\W\d_][^\W_]*)*|[^\W_]+|[^\w\s“”\"‘’'«»])")
_LONGEST = 4
_FAR_BEHIND = 120
"""How many characters of a sentence are read behind its last figure."""
_MARKS = (",", ";", ":", ".", "(", ")", "-", "–", "/", "%", "+", "?", "!", "…")
BULLET = "●"
_BULLETS = frozenset("●•▪■◆►▶")
"""Marks before the items of a list: what is measured stands in the item of its figure."""
_CLASSES = {row.word: f"class {row.class_no}" for row in read_seed("word_classes", WordClass)}
LABELS = (
    *_SINGLE_ROLES, "start", "end", "figure", "noun", *_MARKS, "mark", "unknown", *sorted(set(_CLASSES.values())),
)
"""What a token can be to its neighbours: the role of a word or, where it has none, its class; a mark; a figure, the
counted noun of one; the start and the end of the sentence."""
_NUMBERS = {label: number for number, label in enumerate(LABELS)}
START, END, _FIGURE_LABEL, _NOUN_LABEL = (_NUMBERS[label] for label in ("start", "end", "figure", "noun"))
_OTHER_MARK = _NUMBERS["mark"]
_NO_ROLE = len(_SINGLE_ROLES)
_SECONDS: dict[str, dict[str, int]] = {}
_FIRST_TWO: dict[str, set[tuple[str, str]]] = {}
"""What stands before the third syllable of a word of three."""
for _compound in sorted(COMPOUNDS):
    _first, _second, *_third = _compound.split(" ")
    if _third:
        _FIRST_TWO.setdefault(_third[0], set()).add((_first, _second))
        continue
    _SECONDS.setdefault(_first, {})[_second] = _NUMBERS.get(_CLASSES.get(_compound, ""), -1)
_NO_SECONDS: dict[str, int] = {}
_BREAKS = frozenset(_NUMBERS[label] for label in ("figure", *_MARKS, "mark"))
_TURNS = _BREAKS | frozenset(_NUMBERS[role] for role in _VERBS)
_UNMEASURED = _BREAKS | frozenset(_NUMBERS[role] for role in _NO_MEASURE)
"""The labels behind which no word is measured by one before."""

WORD, MARK, FIGURE, NOUN = 0, 1, 2, 3
_NO_MEASURING, _MEASURING, _MAY_END_MEASURE = 0, 1, 2


class Token(NamedTuple):
    """What a word or a mark is by itself, wherever it stands."""

    lower: str
    sort: int
    """WORD, MARK (punctuation), FIGURE or NOUN (the counted noun of a figure)."""
    role: str
    label: int
    """What it is to its neighbours by itself, as a place in `LABELS`."""
    may_join: bool
    """Whether its role hangs on its neighbours: it ends a phrase with a role, or is part of a compound without one."""
    seconds: dict[str, int]
    """The syllables that make one word with it when they follow it, with the label of that word (-1: none)."""
    measuring: int
    capital: bool
    opens: bool
    """Whether it is a capitalised word that is no name and opens a clause."""


class _Lexicon(dict[str, Token]):
    """The tokens by how they are written, filled as they come up."""

    MOST = 100_000

    def __init__(self, sort: int) -> None:
        super().__init__()
        self._sort = sort

    def __missing__(self, written: str) -> Token:
        lower = BULLET if written in _BULLETS else written.lower()
        sort = self._sort if written[0].isalnum() else MARK
        plain = sort == WORD
        role = _ROLES.get(lower, "") if plain else ""
        if sort == MARK:
            label = _NUMBERS[";" if lower == BULLET else lower] if lower in _MARKS or lower == BULLET else _OTHER_MARK
        elif sort == NOUN:
            label = _NOUN_LABEL
        else:
            label = _NUMBERS[role] if role else _class_label(lower)
        if len(self) >= self.MOST:
            self.clear()
        token = self[written] = Token(
            lower, sort, role, label, plain and lower in _PHRASE_ENDS or role != "" and lower in _COMPOUND_PARTS,
            _SECONDS.get(lower, _NO_SECONDS),
            _MEASURING if lower in MEASURES else _MAY_END_MEASURE if lower in _MEASURE_ENDS else _NO_MEASURING,
            written[0].isupper(), plain and written[0].isupper() and lower in CLAUSE_OPENERS,
        )
        return token


def _class_label(lower: str) -> int:
    return _NUMBERS[_CLASSES.get(lower, "unknown")]


_LEXICON, _NOUNS = _Lexicon(WORD), _Lexicon(NOUN)
_STOP = Token(";", MARK, "", _NUMBERS[";"], False, _NO_SECONDS, _NO_MEASURING, False, False)
"""In the place of a word that begins a sentence without a mark before it: "vụ việc Theo luật sư Tuấn"."""
_FIGURE = Token("#", FIGURE, "", _FIGURE_LABEL, False, _NO_SECONDS, _NO_MEASURING, False, False)


@dataclass(slots=True)
class Words:
    """The tokens of one sentence, one list an attribute."""

    lower: list[str]
    starts: list[int]
    ends: list[int]
    sorts: list[int]
    roles: list[str]
    labels: list[int]
    """What each token is to its neighbours, as places in `LABELS`; `END` after the last."""
    parted: list[bool]
    """Whether a cut before each token parts a word of two syllables, or a counted noun; False after the last."""
    named: list[bool]
    """Whether each token is part of a name."""
    traits: list[int]
    """How each token before the last figure stands in its clause; `read_trait` tells what a number means."""
    figures: list[int]
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
    tokens, starts, ends, places = _cut(text, start, end, figures, blocked)
    for index in range(1, len(tokens)):
        if tokens[index].opens and tokens[index - 1].sort != MARK:
            tokens[index] = _STOP
    columns = map(list, zip(*tokens, strict=True)) if tokens else [[] for _ in Token._fields]
    lower, sorts, roles, labels, may_join, seconds, measuring, capitals, _ = columns
    _join_roles([*compress(range(len(tokens)), may_join)], lower, sorts, roles, labels)
    parted = _part(seconds, lower, sorts, roles, labels, places)
    named = _in_names(starts, sorts, names)
    traits = _traits(places[-1] + 1, lower, labels, measuring, capitals, named) if places else []
    labels.append(END)
    return Words(lower, starts, ends, sorts, roles, labels, parted, named, traits, places)


def _cut(
    text: str, start: int, end: int, figures: list[Figure], blocked: list[tuple[int, int]]
) -> tuple[list[Token], list[int], list[int], list[int]]:
    """The tokens of a sentence, where each starts and ends in the text, and which of them are the figures."""
    if figures:
        end = min(end, figures[-1].char_end + _FAR_BEHIND)
    pieces = _TOKEN.split(text[start:end])
    bounds = list(accumulate(map(len, pieces), initial=start))
    written, starts, ends = pieces[1::2], bounds[1:-1:2], bounds[2:-1:2]
    dated = {index for low, high in blocked for index in range(bisect_left(starts, low), bisect_left(starts, high))}
    if dated:
        for figure in figures:
            dated.difference_update(range(bisect_right(ends, figure.char_start), bisect_left(starts, figure.char_end)))
        for index in sorted(dated, reverse=True):
            del written[index], starts[index], ends[index]
    lexicon = _LEXICON.__getitem__
    tokens: list[Token] = []
    token_starts: list[int] = []
    token_ends: list[int] = []
    places: list[int] = []
    done = 0
    for figure in figures:
        first = max(done, bisect_right(ends, figure.char_start))
        tokens += map(lexicon, written[done:first])
        token_starts += starts[done:first]
        token_ends += ends[done:first]
        places.append(len(tokens))
        tokens.append(_FIGURE)
        token_starts.append(figure.char_start)
        token_ends.append(figure.number_end)
        done = max(first, bisect_left(starts, figure.char_end))
        for index in range(bisect_left(starts, figure.number_end, first, done), done):
            if written[index][0].isalnum():
                tokens.append(_NOUNS[written[index]])
                token_starts.append(starts[index])
                token_ends.append(ends[index])
    tokens += map(lexicon, written[done:])
    return tokens, token_starts + starts[done:], token_ends + ends[done:], places


def _join_roles(
    places: list[int], lower: list[str], sorts: list[int], roles: list[str], labels: list[int]
) -> None:
    """Gives the words of a phrase its role, and takes the role from words of a compound; longer phrases first."""
    free = len(lower)
    for index in reversed(places):
        if index >= free:
            continue
        word, before = lower[index], lower[index - 1] if index else ""
        if f"{before} {word}" in _LAST_TWO:
            for length in range(min(_LONGEST, index + 1), 1, -1):
                begin = index - length + 1
                role = _ROLES.get(" ".join(lower[begin : index + 1]))
                if role and not any(sorts[begin:index]):
                    roles[begin : index + 1] = [role] * length
                    labels[begin : index + 1] = [_NUMBERS[role]] * length
                    free = begin
                    break
        if index < free and roles[index] and word in _COMPOUND_PARTS:
            after = lower[index + 1] if index + 1 < len(lower) else ""
            if f"{word} {after}" in _COMPOUND or f"{before} {word}" in _COMPOUND:
                roles[index] = ""
                labels[index] = _class_label(word)


def _part(
    seconds: list[dict[str, int]], lower: list[str], sorts: list[int], roles: list[str], labels: list[int],
    figures: list[int],
) -> list[bool]:
    """Where a cut parts a word; two words without a role that make one get its label."""
    parted = [False, *map(contains, seconds, lower[1:]), False]
    for index in compress(range(len(lower)), parted):
        first = index - 1
        label = seconds[first][lower[index]]
        if label >= 0 and not parted[first] and not sorts[first] and not sorts[index]:
            if not roles[first]:
                labels[first] = label
            if not roles[index]:
                labels[index] = label
    for index in [index for index, word in enumerate(lower) if word in _FIRST_TWO]:
        if index > 1 and (lower[index - 2], lower[index - 1]) in _FIRST_TWO[lower[index]]:
            parted[index - 1] = parted[index] = True
    for figure in figures:
        after = figure + 2
        while after < len(sorts) and sorts[after - 1] == NOUN == sorts[after]:
            parted[after] = True
            after += 1
    return parted


def _in_names(starts: list[int], sorts: list[int], names: list[Name]) -> list[bool]:
    """Whether each token is part of a name, which no mark is."""
    named = [False] * len(starts)
    for name in names:
        first = bisect_left(starts, name.char_start)
        for index in range(first, bisect_left(starts, name.char_end, first)):
            named[index] = sorts[index] in (WORD, NOUN)
    return named


_NAMED, _SINCE, _CLAUSE, _PLACE, _ROLE, _VERB = 2, 4, 24, 48, 288, 4608
"""What one step of each part of a trait counts; the lowest part is whether the token is capitalised."""
_LAST = 5
"""From here on, places in a clause and words since a measuring word are no longer told apart."""
_ROLE_PARTS = [min(label, _NO_ROLE) * _ROLE for label in range(len(LABELS))]


def _traits(
    seen: int, lower: list[str], labels: list[int], measuring: list[int], capitals: list[bool], named: list[bool]
) -> list[int]:
    """How each of the tokens `seen` stands in its clause, as a number that `read_trait` reads; the last is a figure."""
    labels = labels[:seen]
    turns = [*compress(range(seen), map(_TURNS.__contains__, labels))]
    breaks = [index for index in turns if labels[index] in _BREAKS]
    verbs: list[int] = []
    for turn in turns:
        verbs += [labels[turn] * _VERB] * (turn + 1 - len(verbs))
    places: list[int] = []
    for mark in breaks:
        places += _places(mark + 1 - len(places), not places)
    since = _since(lower, labels, measuring[:seen])
    capitals[0] = False
    for mark in breaks[:-1]:
        capitals[mark + 1] = capitals[mark + 1] and labels[mark] == _FIGURE_LABEL
    return [
        verb + _ROLE_PARTS[label] + place + far + is_named * _NAMED + is_capital
        for verb, label, place, far, is_named, is_capital in zip(
            verbs, labels, places, since, named[:seen], capitals[:seen], strict=True
        )
    ]


@lru_cache(maxsize=256)
def _places(length: int, in_first_clause: bool) -> list[int]:
    """What place and clause add to the traits of a clause of `length` tokens."""
    clause = 0 if in_first_clause else _CLAUSE
    return [min(place, _LAST) * _PLACE + clause for place in range(length)]


def _since(lower: list[str], labels: list[int], measuring: list[int]) -> list[int]:
    """What the words since a measuring word add to the traits."""
    since = [_LAST * _SINCE] * len(measuring)
    for index in compress(range(len(measuring)), measuring):
        if measuring[index] == _MEASURING or index and f"{lower[index - 1]} {lower[index]}" in MEASURES:
            since[index] = 0
            for far in range(1, _LAST):
                if labels[index + far] in _UNMEASURED:
                    break
                since[index + far] = far * _SINCE
    return since


def read_trait(trait: int) -> tuple[str, bool, bool, int, int, int, str]:
    """What the number of a trait means: the role of the token · whether it is part of a name · whether it is
    capitalised, and neither first nor behind a mark · its place in the clause (5: from the sixth on) · 0 in the first
    clause, else 1 · words since a measuring word such as "kim ngạch" (5: from the fifth on, or none) · the next verb's
    role, or the mark or figure that comes before one.

    >>> from flows.figures.read import read_figures
    >>> from flows.text.sentences import split_sentences
    >>> text = "giá gạo tăng 7%"
    >>> figures = read_figures(text, split_sentences(text), [])
    >>> read_trait(read_words(text, 0, len(text), figures, [], []).traits[1])
    ('none', False, False, 1, 0, 1, 'change')
    """
    trait, flags = divmod(trait, _SINCE)
    trait, since = divmod(trait, _CLAUSE // _SINCE)
    trait, clause = divmod(trait, _PLACE // _CLAUSE)
    trait, place = divmod(trait, _ROLE // _PLACE)
    verb, role = divmod(trait, _VERB // _ROLE)
    return (
        "none" if role == _NO_ROLE else LABELS[role], flags >= _NAMED, flags % _NAMED == 1, place, clause, since,
        LABELS[verb],
    )
