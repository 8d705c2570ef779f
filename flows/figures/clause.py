"""The words of a sentence as `what` looks at them: which join, which name, where clauses and figures part them.

A sentence is read once, whatever the number of its figures. Dates and quotation marks are left out, a figure is one
mark, and its counted noun stays a word: "giảm từ 12 vụ xuống 3 vụ" is giảm, từ, ‹figure›, vụ, xuống, ‹figure›, vụ.
What can be said of a word by itself is looked up once for each word of the language and kept.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from flows.figures.names import COMPOUNDS, Name
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
_PHRASE_ENDS = frozenset(word.rsplit(" ", 1)[1] for word in _ROLES if " " in word)
_COMPOUND = _words("compound")
_COMPOUND_PARTS = frozenset(part for word in _COMPOUND for part in word.split(" "))
_MEASURE = _words("measure")
_MEASURE_ENDS = frozenset(word.rsplit(" ", 1)[1] for word in _MEASURE if " " in word)
_VERBS = frozenset(("link", "change", "exist", "share", "aux"))
_NO_MEASURE = frozenset(("link", "change", "exist", "stop", "prep"))
_TOKEN = re.compile(r"([^\W\d_][^\W_]*(?:[./&’'-][^\W\d_][^\W_]*)*|[^\W_]+|[^\w\s])")
_QUOTES = frozenset("“”\"‘’'«»")
_LONGEST = 4
_MARKS = (",", ";", ":", ".", "(", ")", "-", "–", "/", "%", "+", "?", "!", "…")
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
for _pair in sorted(COMPOUNDS):
    _first, _, _second = _pair.partition(" ")
    _SECONDS.setdefault(_first, {})[_second] = _NUMBERS.get(_CLASSES.get(_pair, ""), -1)
_NO_SECONDS: dict[str, int] = {}
FAR = 9
"""The distance that stands for "no measuring word before it in its clause"."""

WORD, MARK, FIGURE, NOUN = 0, 1, 2, 3
_FAR_AWAY = 1 << 62
_NO_MEASURING, _MEASURING, _MAY_END_MEASURE = 0, 1, 2


class Token(NamedTuple):
    """What a word or a mark is by itself, wherever it stands."""

    lower: str
    sort: int
    """WORD, MARK (punctuation), FIGURE or NOUN (the counted noun of a figure)."""
    role: str
    capital: bool
    may_join: bool
    """Whether its role hangs on its neighbours: it ends a phrase with a role, or is part of a compound without one."""
    measuring: int
    label: int
    """What it is to its neighbours by itself, as a place in `LABELS`."""
    seconds: dict[str, int]
    """The syllables that make one word with it when they follow it, with the label of that word (-1: none)."""


class _Lexicon(dict[str, Token]):
    """The tokens by how they are written, filled as they come up."""

    MOST = 100_000

    def __init__(self, sort: int) -> None:
        super().__init__()
        self._sort = sort

    def __missing__(self, written: str) -> Token:
        lower = written.lower()
        sort = self._sort if written[0].isalnum() else MARK
        plain = sort == WORD
        role = _ROLES.get(lower, "") if plain else ""
        if sort == MARK:
            label = _NUMBERS[lower] if lower in _MARKS else _OTHER_MARK
        elif sort == NOUN:
            label = _NOUN_LABEL
        else:
            label = _NUMBERS[role or _CLASSES.get(lower, "unknown")]
        if len(self) >= self.MOST:
            self.clear()
        token = self[written] = Token(
            lower, sort, role, written[0].isupper(), plain and (lower in _PHRASE_ENDS or lower in _COMPOUND_PARTS),
            _MEASURING if lower in _MEASURE else _MAY_END_MEASURE if lower in _MEASURE_ENDS else _NO_MEASURING,
            label, _SECONDS.get(lower, _NO_SECONDS),
        )
        return token


_LEXICON, _NOUNS = _Lexicon(WORD), _Lexicon(NOUN)
_FIGURE = Token("#", FIGURE, "", False, False, _NO_MEASURING, _FIGURE_LABEL, _NO_SECONDS)


@dataclass(slots=True)
class Words:
    """The tokens of one sentence, one list an attribute."""

    tokens: list[Token] = field(default_factory=list)
    lower: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    sorts: list[int] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    parted: list[bool] = field(default_factory=list)
    """Whether a cut before each token parts a word of two syllables, or a counted noun; False after the last."""
    labels: list[int] = field(default_factory=list)
    """What each token is to its neighbours, as places in `LABELS`; `END` after the last."""
    named: list[bool] = field(default_factory=list)
    """Whether each token is part of a name."""
    traits: list[int] = field(default_factory=list)
    """How each token stands in its clause; `read_trait` tells what a number means."""
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
    pieces = _TOKEN.split(text[start:end])
    bounds = list(accumulate(map(len, pieces), initial=start))
    written, starts, ends = pieces[1::2], bounds[1:-1:2], bounds[2:-1:2]
    dated = {
        index for low, high in blocked for index in range(bisect_left(starts, low), bisect_left(starts, high))
    }
    found = Words()
    done = 0
    for figure in figures:
        first, last = bisect_right(ends, figure.char_start), bisect_left(starts, figure.char_end)
        _add_plain(found, written, starts, ends, range(done, first), dated)
        found.figures.append(len(found.tokens))
        _add(found, _FIGURE, figure.char_start, figure.number_end)
        for index in range(max(done, first), last):
            if starts[index] >= figure.number_end and written[index][0].isalnum():
                _add(found, _NOUNS[written[index]], starts[index], ends[index])
        done = max(done, last)
    _add_plain(found, written, starts, ends, range(done, len(written)), dated)
    tokens = found.tokens
    found.lower = lower = [token[0] for token in tokens]
    found.sorts = sorts = [token[1] for token in tokens]
    found.roles = roles = [token[2] for token in tokens]
    _join_roles(tokens, lower, sorts, roles)
    _set_labels(found)
    _set_traits(found, names)
    return found


def _add(words: Words, token: Token, start: int, end: int) -> None:
    words.tokens.append(token)
    words.starts.append(start)
    words.ends.append(end)


def _add_plain(
    words: Words, written: list[str], starts: list[int], ends: list[int], indexes: range, dated: set[int]
) -> None:
    """Adds the words and marks that are part of no figure and of no date, and quote nothing."""
    if not indexes:
        return
    low, high = indexes.start, indexes.stop
    tokens = [_LEXICON[word] for word in written[low:high]]
    if dated and not dated.isdisjoint(indexes) or not _QUOTES.isdisjoint(written[low:high]):
        kept = [index for index in indexes if index not in dated and written[index] not in _QUOTES]
        words.tokens += [tokens[index - low] for index in kept]
        words.starts += [starts[index] for index in kept]
        words.ends += [ends[index] for index in kept]
    else:
        words.tokens += tokens
        words.starts += starts[low:high]
        words.ends += ends[low:high]


def _join_roles(tokens: list[Token], lower: list[str], sorts: list[int], roles: list[str]) -> None:
    """Gives the words of a phrase its role, and takes the role from words of a compound; longer phrases first."""
    free = len(tokens)
    for index in reversed([index for index, token in enumerate(tokens) if token[4]]):
        if index >= free:
            continue
        word = lower[index]
        if word in _PHRASE_ENDS:
            for length in range(min(_LONGEST, index + 1), 1, -1):
                begin = index - length + 1
                role = _ROLES.get(" ".join(lower[begin : index + 1]))
                if role and not any(sorts[begin:index]):
                    roles[begin : index + 1] = [role] * length
                    free = begin
                    break
            if free <= index:
                continue
        if roles[index] and word in _COMPOUND_PARTS:
            after = lower[index + 1] if index + 1 < len(lower) else ""
            before = lower[index - 1] if index else ""
            if f"{word} {after}" in _COMPOUND or f"{before} {word}" in _COMPOUND:
                roles[index] = ""


def _set_labels(words: Words) -> None:
    tokens, lower, sorts, roles = words.tokens, words.lower, words.sorts, words.roles
    words.labels = labels = [token[6] for token in tokens]
    last = len(tokens) - 1
    words.parted = parted = [False] * (last + 2)
    for index in [index for index, token in enumerate(tokens) if token[7]]:
        if index < last and (label := tokens[index][7].get(lower[index + 1])) is not None:
            if label >= 0 and not parted[index] and not sorts[index] and not sorts[index + 1]:
                labels[index] = labels[index + 1] = label
            parted[index + 1] = True
    for index, role in enumerate(roles):
        if role:
            labels[index] = _NUMBERS[role]
        elif labels[index] < _NO_ROLE:
            labels[index] = _NUMBERS[_CLASSES.get(lower[index], "unknown")]
        elif sorts[index] == NOUN and sorts[index - 1] == NOUN:
            parted[index] = True
    labels.append(END)


_PLACES, _SINCE = 6, 6
_VERB_LABELS = frozenset(_NUMBERS[role] for role in _VERBS)
_NO_MEASURE_LABELS = frozenset(_NUMBERS[role] for role in _NO_MEASURE)


def _set_traits(words: Words, names: list[Name]) -> None:
    lower, starts, sorts, labels, tokens = words.lower, words.starts, words.sorts, words.labels, words.tokens
    count = len(lower)
    verbs = [END] * count
    verb = END
    for index in range(count - 1, -1, -1):
        label = labels[index]
        if label in _VERB_LABELS or 0 < sorts[index] < NOUN:
            verb = label
        verbs[index] = verb
    traits, named = words.traits, words.named
    place = clause = name = 0
    since = FAR
    spans = [(other.char_start, other.char_end) for other in names]
    spans.append((_FAR_AWAY, _FAR_AWAY))
    name_start, name_end = spans[0]
    follows_mark = True
    for index in range(count):
        sort = sorts[index]
        if sort and sort < NOUN:
            traits.append(0)
            named.append(False)
            place, clause, since = 0, 1, FAR
            follows_mark = sort == MARK
            continue
        at, label, token = starts[index], labels[index], tokens[index]
        if token[5] and (token[5] == _MEASURING or index and f"{lower[index - 1]} {lower[index]}" in _MEASURE):
            since = 0
        elif label in _NO_MEASURE_LABELS:
            since = FAR
        elif since < FAR:
            since += 1
        while name_end <= at:
            name += 1
            name_start, name_end = spans[name]
        is_named = name_start <= at
        named.append(is_named)
        traits.append((
            (((verbs[index] * 16 + (label if label < _NO_ROLE else _NO_ROLE)) * _PLACES + (place if place < 5 else 5))
             * 2 + clause) * _SINCE + (since if since < 5 else 5)
        ) * 4 + is_named * 2 + (token[3] and not follows_mark))
        follows_mark = False
        place += 1


def read_trait(trait: int) -> tuple[str, bool, bool, int, int, int, str]:
    """What the number of a trait means: the role of the token · whether it is part of a name · whether it is
    capitalised, and neither first nor behind a mark · its place in the clause (5: from the sixth on) · 0 in the first
    clause, else 1 · words since a measuring word such as "kim ngạch" (5: from the fifth on, or none) · the next verb's
    role, or the mark or figure that comes before one.

    >>> words = read_words("giá gạo tăng mạnh", 0, 17, [], [], [])
    >>> read_trait(words.traits[1])
    ('none', False, False, 1, 0, 1, 'change')
    """
    trait, flags = divmod(trait, 4)
    trait, since = divmod(trait, _SINCE)
    trait, clause = divmod(trait, 2)
    trait, place = divmod(trait, _PLACES)
    verb, role = divmod(trait, 16)
    return (
        "none" if role == _NO_ROLE else LABELS[role], flags > 1, flags % 2 == 1, place, clause, since, LABELS[verb],
    )
