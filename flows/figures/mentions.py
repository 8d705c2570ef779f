"""Who might be meant: the phrases of a sentence that can name an organisation, a place, a person or a thing.

A sentence falls into chunks between verbs, prepositions, figures and marks. A name, a name with the common nouns
before it ("khách sạn Hoa Mai"), a common noun that acts ("chủ đầu tư"), a whole chunk ("các doanh nghiệp viễn
thông") are phrases. What can be seen of one without looking at a figure is noted with it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import count, repeat
from typing import Any

from flows.figures.clause import ContextWord
from flows.figures.names import CLAUSE_OPENERS, COMPOUNDS, HEADS, TITLES, Line, Name, WhoWord, nature_of, words_of
from flows.figures.places import is_place_only
from flows.seeds import read_seed

_EDGE_ROLES = ("cut", "stop", "link", "exist", "change", "share", "aux", "prep", "qual")
_NOUN_SORTS = ("people", "body", "site", "goods", "undertaking", "measured", "time", "abstract")
_ACTING = frozenset(_NOUN_SORTS[:5])
_OWNED = frozenset(("people", "body", "site"))
_RELATION = "relation "


def _edge_words() -> dict[str, str]:
    """The words that end a phrase, with their role; of several roles the one that joins most closely."""
    edges: dict[str, str] = {}
    for role in _EDGE_ROLES:
        edges |= {row.word: role for row in read_seed("context_words", ContextWord) if row.role == role}
    return dict.fromkeys(words_of("verb"), "verb") | edges


_EDGES = _edge_words()
_MANY = words_of("many")
_NOUNS = {word: sort for sort in _NOUN_SORTS for word in words_of(sort)}
_NO_NOUN = ("", 0)


@dataclass(slots=True)
class _Branch:
    """The nouns of the table that begin with the same words."""

    noun: tuple[str, int] = _NO_NOUN
    """The sort and the length of the noun that ends here."""
    following: dict[str, _Branch] = field(default_factory=dict)


def _noun_tree() -> dict[str, _Branch]:
    root = _Branch()
    for noun, sort in _NOUNS.items():
        branch, words = root, noun.split(" ")
        for word in words:
            branch = branch.following.setdefault(word, _Branch())
        branch.noun = sort, len(words)
    return root.following


_NOUN_TREE = _noun_tree()


@dataclass(slots=True)
class _Pair:
    """Two words that tell together what each of them does not."""

    begins_noun: bool = False
    """Whether a noun of three words or more begins with them."""
    role: str = ""
    """The role of the two as an edge."""
    is_word: bool = False
    """Whether they make one word, so that neither of them is an edge."""


def _telling_pairs() -> dict[tuple[str, ...], _Pair]:
    pairs: defaultdict[tuple[str, ...], _Pair] = defaultdict(_Pair)
    for noun in _NOUNS:
        if noun.count(" ") > 1:
            pairs[tuple(noun.split(" ")[:2])].begins_noun = True
    for words in COMPOUNDS | _NOUNS.keys():
        pair = tuple(words.split(" "))
        if len(pair) == 2 and not _EDGES.keys().isdisjoint(pair):
            pairs[pair].is_word = True
    for words, role in _EDGES.items():
        if words.count(" ") == 1:
            pairs[tuple(words.split(" "))].role = role
    return dict(pairs)


_PAIRS = _telling_pairs()
_BEFORE = {
    row.word: row.role[len(_RELATION) :] for row in read_seed("who_words", WhoWord) if row.role.startswith(_RELATION)
}
_ONLY_VERBS = {"verb"}
_THIS = frozenset(("này", "đó", "trên"))
_MOST_TOKENS, _MOST_BEFORE = 11, 7

GROUPS = ("name", "headed", "common")
_GROUP_OF = {"name": "name", "bare": "name", "numbered": "name", "series": "name", "headed": "headed"}
_SUBJECT_BEFORE = frozenset(("start", ",", ".", "lead", '"', "by", "is"))
_SUBJECT_AFTER = frozenset(("aux", "verb", "link", "change", "exist", "share", "qual"))
_ACTORS = frozenset(("actor", "many actor", "many chunk", "actor chunk"))
_CARRIED = _ACTORS | {"name", "bare", "headed", "numbered", "series"}
_ROLE_BEFORE = {
    "at": "at", "of": "of", "by": "subject", "is": "object", "lead": "subject", "verb": "object", "link": "object",
    "prep": "object", "figure": "object", ",": "loose", "(": "loose", '"': "loose", "start": "loose",
}
_ROLES = ("brackets", "source", "at", "of", "subject", "object", "loose", "other")
STANCES = tuple([(role, group) for role in _ROLES for group in GROUPS])
"""How a phrase can stand in its sentence; the first of each group is inside brackets that are closed."""
_NUMBERS = count()
_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGIT = re.compile(r"\d")
Spans = dict[tuple[int, int], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Look:
    """What can be seen of a phrase without its words and without looking at a figure; one for all that look alike."""

    sort: str
    noun: str
    """The sort of its noun or of its name: people, body, site, place, person, acronym …"""
    before: str
    """What stands before it: a mark, a role, a relation such as "of"; `after` what follows."""
    after: str
    source: str
    """The word that marks it in observations where it is only the source of the statement, else nothing."""
    group: str
    """The sort in short: name, headed (a name with the common nouns before it), common."""
    group_no: int
    nature: str
    """What sort of thing it is by its own words: of a name person, place, model …, of others group and noun."""
    stance: int
    """Its place in `STANCES`, as it stands outside brackets."""
    number: int
    """A number for all of the above together."""
    kin: int
    """A number for group, noun and nature, `lead` for group, before and source, `tail` for group and after."""
    lead: int
    tail: int
    opens_sentence: bool
    is_subject: bool
    is_carried: bool


@cache
def _look(sort: str, noun: str, nature: str, before: str, after: str, is_source: bool) -> Look:
    group = _GROUP_OF.get(sort, "common")
    is_subject = before in _SUBJECT_BEFORE and after in _SUBJECT_AFTER
    nature = nature or f"{group} {noun}"
    role = "source" if is_source else "subject" if is_subject else _ROLE_BEFORE.get(before, "other")
    return Look(
        sort, noun, before, after, " source" if is_source else "", group, GROUPS.index(group),
        nature, STANCES.index((role, group)),
        next(_NUMBERS), _number("kin", group, noun, nature), _number("lead", group, before, is_source),
        _number("tail", group, after), before == "start", is_subject,
        sort in _CARRIED,
    )


@cache
def _number(*_seen: str | bool) -> int:
    """A number of its own for things seen together."""
    return next(_NUMBERS)


@dataclass(slots=True)
class Mention:
    """A phrase as it stands."""

    char_start: int
    char_end: int
    words: str
    key: str
    """The words in small letters."""
    tokens: frozenset[str]
    scene: int
    look: Look
    beside: tuple[str, str, str, str]
    """Its first and last word, the word before and the word after it."""
    own: Any = None
    """What its words say for it, weighed once."""


def mentions_of(
    text: str, line: Line, names: list[Name], blocked: list[tuple[int, int]], scene: int, nouns: bool = True
) -> list[Mention]:
    """The candidates of one sentence, in reading order; `blocked` are the spans of its figures and dates.

    Without `nouns` only names, and names with a noun.

    >>> from flows.figures.names import find_names, line_of
    >>> text = "Theo chủ đầu tư, khách sạn Hoa Mai có 30 phòng"
    >>> line = line_of(text, 0, len(text))
    >>> [m.words for m in mentions_of(text, line, find_names(text, 0, len(text)), [(38, 46)], 0)]
    ['chủ đầu tư', 'khách sạn', 'khách sạn Hoa Mai', 'Hoa Mai']
    >>> mentions_of("Đã tăng.", line_of("Đã tăng.", 0, 8), [], [], 0)
    []
    """
    if not nouns and not names:
        return []
    edges = _edges_of(line, blocked)
    inside = [False] * len(edges)
    spans: Spans = {}
    sources = _add_names(text, line, edges, names, inside, spans)
    if nouns:
        _add_chunks(line, edges, inside, spans)
    return [
        _mention(text, line, edges, first, last, *spans[first, last], scene, first in sources)
        for first, last in sorted(spans)
    ]


def _add_chunks(line: Line, edges: list[str], inside: list[bool], spans: Spans) -> None:
    """Adds the common nouns of all chunks; what follows "kim ngạch" in its chunk or behind a verb is measured too."""
    starts = [index for index, word in enumerate(line.lower) if word in _NOUN_TREE and not inside[index]]
    starts.append(len(edges))
    head, end, next_start = "", 0, iter(starts)
    start = next(next_start)
    for first, last in _chunks(line, edges):
        measured = head == "measured" and line.glued[first] and set(edges[end:first]) == _ONLY_VERBS
        head, end = "measured" if measured else "", last
        while start < first:
            start = next(next_start)
        if start < last:
            head = _add_nouns(line, edges, start, first, last, inside, spans, head)


def _edges_of(line: Line, blocked: list[tuple[int, int]]) -> list[str]:
    """For each word why a phrase ends before it, "" inside a phrase."""
    edges = list(map(_EDGES.get, line.lower, repeat("")))
    for index in line.capitals:
        if index and line.lower[index] not in CLAUSE_OPENERS:
            edges[index] = ""
    for start, end in blocked:
        for index in range(line.at_or_after(start), line.at_or_after(end)):
            edges[index] = "figure"
    _settle_pairs(line, edges)
    return edges


def _settle_pairs(line: Line, edges: list[str]) -> None:
    """Corrects the edges where two words tell something together, reading forward."""
    lower, glued = line.lower, line.glued
    settled = 0
    for index, words in enumerate(zip(lower, lower[1:], strict=False)):
        if words not in _PAIRS or edges[index] == "figure":
            continue
        pair, following = _PAIRS[words], index + 1
        if index >= settled:
            if pair.begins_noun and (length := _noun_at(lower, index, len(lower))[1]) > 2:
                settled = index + length
                edges[index:settled] = [edge if edge == "figure" else "" for edge in edges[index:settled]]
                continue
            if pair.role and glued[following]:
                settled = index + 2
                edges[index] = edges[following] = pair.role
                continue
        if pair.is_word and glued[following] and following >= settled:
            if index >= settled:
                edges[index] = ""
            if not edges[index] and edges[following] != "figure":
                edges[following] = ""


def _chunks(line: Line, edges: list[str]) -> Iterator[tuple[int, int]]:
    lower, glued = line.lower, line.glued
    first = -1
    for index, edge in enumerate(edges):
        if edge:
            if first >= 0:
                yield first, index
                first = -1
        elif first < 0:
            first = index
        elif not glued[index] or lower[index] in _MANY:
            yield first, index
            first = index
    if first >= 0:
        yield first, len(edges)


def _noun_at(lower: list[str], index: int, stop: int) -> tuple[str, int]:
    """The sort and the length of the noun of the table that begins at `index`, or ("", 0)."""
    found, branch = _NO_NOUN, _NOUN_TREE.get(lower[index])
    while branch is not None:
        if branch.noun is not _NO_NOUN:
            found = branch.noun
        index += 1
        branch = branch.following.get(lower[index]) if index < stop else None
    return found


def _add_names(
    text: str, line: Line, edges: list[str], names: list[Name], inside: list[bool], spans: Spans
) -> set[int]:
    """Adds the names, without their title and with the nouns before them; gives where those begin that are sources."""
    lower, words, starts, count = line.lower, line.words, line.starts, len(line.lower)
    sources: set[int] = set()
    named: list[tuple[int, int]] = []
    for name in names:
        first = line.at_or_after(name.char_start)
        last = line.at_or_after(name.char_end)
        if first >= count or starts[first] != name.char_start or last <= first:
            continue
        noun = _noun_of(text, line, first, last, name)
        spans[first, last] = "name", noun
        named.append((first, last))
        if name.is_source:
            sources.add(first)
        inside[first:last] = [True] * (last - first)
        bare = first
        while bare < last and not words[bare][0].isupper():
            bare += 1
        if bare == first:
            bare += _noun_at(lower, first, last)[1] or int(lower[first] in TITLES)
        if first < bare < last:
            spans.setdefault((bare, last), ("bare", noun))
        stop = last
        while stop < count and stop - last < 2 and _is_model(line, edges, stop):
            stop += 1
            spans.setdefault((first, stop), ("numbered", noun))
        if not edges[first]:
            chunk = _chunk_start(line, edges, first)
            for begin in range(chunk, first):
                if begin > chunk and f"{lower[begin - 1]} {lower[begin]}" in COMPOUNDS:
                    continue
                if lower[begin] in _NOUN_TREE and (sort := _noun_at(lower, begin, first)[0]) in _ACTING:
                    spans.setdefault((begin, last), ("headed", sort))
                    if stop > last:
                        spans.setdefault((begin, stop), ("headed", sort))
            if first - _MOST_BEFORE < chunk < first and lower[chunk] in _MANY:
                spans.setdefault((chunk, last), ("headed", "many"))
        if first > 1 and lower[first - 1] == "của" and line.glued[first]:
            _add_owned(line, edges, first, last, spans)
    if len(named) > 1:
        _add_series(line, named, spans)
    return sources


def _add_owned(line: Line, edges: list[str], first: int, last: int, spans: Spans) -> None:
    """Adds what belongs to the name at `first`, with it: "trang trại của anh Thư"."""
    for begin in range(max(0, first - 4), first - 1):
        sort, length = _noun_at(line.lower, begin, first - 1)
        if length and begin + length == first - 1 and sort in _OWNED and line.glued[first - 1]:
            spans.setdefault((begin, last), ("headed", sort))
            return


def _is_model(line: Line, edges: list[str], index: int) -> bool:
    """Whether the word is the number of the model that the words before name: "CR-V 2015", "BMW i3"."""
    if not line.glued[index]:
        return False
    word = line.words[index]
    if edges[index]:
        return edges[index] == "figure" and _YEAR.fullmatch(word) is not None
    return _DIGIT.search(word) is not None


def _add_series(line: Line, named: list[tuple[int, int]], spans: Spans) -> None:
    """Adds names that are named together, in reading order: "Hà Nội, Huế và Vinh"."""
    lower, gaps = line.lower, line.gaps
    begin, end, joined = -1, -1, 0
    for first, last in named:
        closes = first == end + 1 and lower[end] == "và" and gaps[end] == gaps[first] == " "
        if closes or first == end and gaps[first] == ", ":
            joined += 1
            if closes or joined == 1:
                spans.setdefault((begin, last), ("series", spans[first, last][1]))
        else:
            begin, joined = first, 0
        end = last


def _chunk_start(line: Line, edges: list[str], first: int) -> int:
    """Where the chunk begins that the name at `first` stands in, or as far before it as nouns are looked for."""
    lower, glued, begin = line.lower, line.glued, first
    least = max(0, first - _MOST_BEFORE)
    while begin > least and glued[begin] and not edges[begin - 1] and lower[begin] not in _MANY:
        begin -= 1
    return begin


def _noun_of(text: str, line: Line, first: int, last: int, name: Name) -> str:
    if name.is_person:
        return "person"
    words = text[name.char_start : name.char_end]
    if is_place_only(words):
        return "place"
    sort = _noun_at(line.lower, first, last)[0]
    if sort in _ACTING or line.lower[first] in HEADS:
        return "organisation" if sort in ("", "body") else sort
    if words.isupper() or len(words) < 5:
        return "acronym"
    return "one word" if last - first == 1 else "several words"


def _add_nouns(
    line: Line, edges: list[str], start: int, first: int, last: int, inside: list[bool], spans: Spans, head: str
) -> str:
    """Adds the common nouns of a chunk that can act, alone and with what belongs to them; gives its first noun's sort.

    Its first noun may begin at `start`; `head` is "measured" where the chunk goes on with what is measured: "kim ngạch
    xuất khẩu thủy sản".
    """
    lower = line.lower
    index = start
    while index < last:
        if inside[index] or lower[index] not in _NOUN_TREE:
            index += 1
            continue
        sort, length = _noun_at(lower, index, last)
        if not length:
            index += 1
            continue
        head = head or sort
        if sort in _ACTING and not (sort == "goods" and head == "measured"):
            many = index - 1 if index > first and lower[index - 1] in _MANY else index
            stop = index + length
            if head == sort:
                spans.setdefault((index, stop), ("actor", sort))
            if many < index:
                spans.setdefault((many, stop), ("many actor", sort))
            if stop < last <= index + _MOST_TOKENS:
                spans.setdefault((many, last), ("many chunk" if many < index else "actor chunk", sort))
            if (
                last < len(lower) and line.glued[last] and edges[last] != "figure" and lower[last][0].isdigit()
                and last - index < 4
            ):
                spans.setdefault((many, last + 1), ("numbered", sort))
            elif (
                last + 1 < len(lower) and lower[last] == "số" and line.glued[last + 1] and lower[last + 1].isdigit()
                and last - index < _MOST_TOKENS
            ):
                spans.setdefault((many, last + 2), ("numbered", sort))
        index += length
    return head


def _mark(between: str, last: bool) -> str:
    between = between.strip()
    if not between:
        return ""
    mark = between[-1] if last else between[0]
    return mark if mark in ",()" else '"' if mark in "“”\"'‘’" else "."


def _mention(
    text: str, line: Line, edges: list[str], first: int, last: int, sort: str, noun: str, scene: int, is_source: bool
) -> Mention:
    lower, gaps = line.lower, line.gaps
    word_before, word_after = "^", "$"
    before, after = "start", "."
    if first:
        word_before, gap = lower[first - 1], gaps[first]
        before = "" if gap == " " else _mark(gap, True)
        if not before:
            edge = edges[first - 1]
            before = "figure" if edge == "figure" else _BEFORE.get(word_before) or edge or "word"
    if last < len(lower):
        word_after, gap = lower[last], gaps[last]
        after = "" if gap == " " else _mark(gap, False)
        if not after:
            after = edges[last] or ("this" if word_after in _THIS else "word")
    char_start, char_end, own = line.starts[first], line.ends[last - 1], lower[first:last]
    words = text[char_start:char_end]
    nature = nature_of(words, noun) if _GROUP_OF.get(sort) == "name" else ""
    return Mention(
        char_start, char_end, words, words.lower(), frozenset(own), scene,
        _look(sort, noun, nature, before, after, is_source), (own[0], own[-1], word_before, word_after),
    )
