"""Names in a sentence: organisations, places and people, with the common nouns that belong to them.

"toàn tỉnh Thừa Thiên - Huế", "Bộ Kế hoạch và đầu tư", "ông Hưởng", "VN-Index": a run of capitalised words, the head
word before it, and after a capitalised head (Bộ, Cục, Trường …) the small words that organisations are named with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.seeds import read_seed


@dataclass(frozen=True, slots=True)
class WhoWord:
    """A row of `seeds/who_words.csv`: a word that takes part in naming who a figure is about."""

    KEY = ("word", "role")

    word: str
    role: str


@dataclass(slots=True)
class Name:
    """A name as it stands, and whether it is only the source of the statement ("Theo …", "… cho biết")."""

    char_start: int
    char_end: int
    is_source: bool = False
    is_person: bool = False


@dataclass(frozen=True, slots=True)
class Opener:
    """A row of `seeds/sentence_openers.csv`: a capitalised word that opens sentences and names nobody."""

    KEY = ("word",)

    word: str


def words_of(role: str) -> frozenset[str]:
    """The words of one role in `seeds/who_words.csv`."""
    return frozenset(row.word for row in read_seed("who_words", WhoWord) if row.role == role)


HEADS = words_of("head")
TITLES = words_of("title")
_SINGLE = words_of("single")
_BEFORE = words_of("before")
_ORG = words_of("org")
_TITLE_STARTS = frozenset(title.split(" ", 1)[0] for title in TITLES if " " in title)
_ACTORS: dict[str, list[tuple[str, ...]]] = {}
for _actor in sorted(words_of("actor"), key=lambda words: -words.count(" ")):
    _ACTORS.setdefault(_actor.split(" ", 1)[0], []).append(tuple(_actor.split(" ")))
Token = tuple[int, int, str]
_OPENERS = frozenset(row.word.lower() for row in read_seed("sentence_openers", Opener))
_SOURCE = re.compile(
    r"(?:" + "|".join(sorted(words_of("source"), key=len, reverse=True)) + r")[\s:]+(?:báo\s+|tờ\s+|của\s+)?$",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r",?\s+(?:\([^)]{0,40}\)\s+)?(?:đã\s+|cũng\s+|vừa\s+"
    r"|mới\s+)?(?:" + "|".join(sorted(words_of("says"), key=len, reverse=True)) + r")(?!\w)"
)
_TOKEN = re.compile(r"[^\W_]+(?:[.&’'/-][^\W_]+)*")
_LETTERS = re.compile(r"[^\W\d_]")
_VIETNAMESE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ch|ph|qu|th|tr"
    r"|[bcdđghklmnpqrstvx])?[aăâeêioôơuưyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]{1,3}"
    r"(?:ch|ng|nh|[cmnpt])?"
)
_CONCEPTS = words_of("concept")
_NATIONALITY = words_of("nationality")
_MONEY = re.compile(r"(?:usd|vnd|vnđ|eur|cny|ndt|gbp|jpy)(?!\w)")
_NUMERAL = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})(?:[/-]\d+)?")


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """The words of `text[start:end]` with their spans."""
    return [(m.start(), m.end(), m[0]) for m in _TOKEN.finditer(text, start, end)]


def find_actors(tokens: list[Token]) -> list[Name]:
    """Common nouns that can be who a figure is about: "dự án", "thí sinh", "cả nước"; the longest at each place.

    >>> line = "Năm nay thí sinh cả nước thi 2 môn"
    >>> [line[n.char_start:n.char_end] for n in find_actors(tokens_of(line, 0, len(line)))]
    ['thí sinh', 'cả nước']
    """
    found: list[Name] = []
    last = 0
    for index, (start, _end, word) in enumerate(tokens):
        if start < last:
            continue
        for actor in _ACTORS.get(word.lower(), ()):
            length = len(actor)
            if length == 1 or tuple(token[2] for token in tokens[index + 1 : index + length]) == actor[1:]:
                last = tokens[index + length - 1][1]
                found.append(Name(start, last))
                break
    return found


def find_names(
    text: str,
    start: int,
    end: int,
    known: frozenset[str] | set[str] = frozenset(),
    tokens: list[Token] | None = None,
) -> list[Name]:
    """The names in `text[start:end]`, in reading order. `known` are words capitalised elsewhere inside a sentence.

    >>> line = "Theo Bộ Y tế, trong tháng 5 toàn tỉnh Thừa Thiên - Huế đón 5.000 khách."
    >>> [(line[n.char_start:n.char_end], n.is_source) for n in find_names(line, 0, len(line))]
    [('Bộ Y tế', True), ('toàn tỉnh Thừa Thiên - Huế', False)]
    >>> find_names("Lượng khách đến tham quan tăng 5%.", 0, 34)
    []
    """
    tokens = tokens_of(text, start, end) if tokens is None else tokens
    names: list[Name] = []
    index = 0
    while index < len(tokens):
        if not tokens[index][2][0].isupper():
            index += 1
            continue
        stop = _run_of_capitals(text, tokens, index)
        name = _name(text, tokens, index, stop, start, known)
        if name is None:
            index = max(stop, index + 1)
            continue
        stop = next((i for i in range(index, len(tokens)) if tokens[i][0] >= name.char_end), len(tokens))
        names.append(name)
        index = max(stop, index + 1)
    return names


def _run_of_capitals(text: str, tokens: list[Token], index: int) -> int:
    stop = index + 1
    while stop < len(tokens):
        if tokens[stop][2].lower() in _OPENERS and tokens[stop][2].lower() not in HEADS | TITLES:
            break
        gap = text[tokens[stop - 1][1] : tokens[stop][0]]
        word = tokens[stop][2]
        if len(gap) > 1 and (word.lower() in _TITLE_STARTS or word.lower() in TITLES or word.lower() in HEADS):
            break
        if word[0].isupper() and gap in (" ", " - ", " – ", "- ", ". ", "-"):
            if gap == ". " and tokens[stop - 1][2].lower() != "tp":
                break
            stop += 1
        else:
            break
    return stop


def _name(
    text: str,
    tokens: list[Token],
    index: int,
    stop: int,
    sentence_start: int,
    known: frozenset[str] | set[str],
) -> Name | None:
    opens = (
        tokens[index][0] <= sentence_start + 2
        or text[tokens[index][0] - 1] in "“\"'‘("
        or (text[tokens[index][0] - 2 : tokens[index][0]] in (": ", ". ", "- "))
    )
    first = tokens[index][2]
    low = first.lower()
    if opens and low in _OPENERS and low not in HEADS and first not in known and stop - index > 1:
        index += 1
        first, low, opens = tokens[index][2], tokens[index][2].lower(), False
    if _MONEY.match(low):
        return None
    pair = " ".join(token[2].lower() for token in tokens[index : index + 2])
    if pair not in HEADS and (
        " ".join(token[2].lower() for token in tokens[index:stop]) in _CONCEPTS or pair in _CONCEPTS
    ):
        return None
    for length in (4, 3, 2) if low in _TITLE_STARTS else ():
        if " ".join(token[2].lower() for token in tokens[index : index + length]) in TITLES:
            if index + length >= len(tokens) or not tokens[index + length][2][0].isupper():
                return None
            after = index + length
            run = _run_of_capitals(text, tokens, after)
            office = _name(text, tokens, after, run, tokens[after][0] - 9, known)
            if office is None and " ".join(token[2].lower() for token in tokens[after : after + 2]) in HEADS:
                return None
            grown = _grow(text, tokens, after, run) if tokens[after][2].lower() in _ORG else run
            return office or _made(text, tokens, after, grown)
    if low in HEADS or low in TITLES or pair in HEADS:
        grown = _grow(text, tokens, index, stop)
        named = any(token[2][0].isupper() for token in tokens[index + 1 : grown]) or grown - index > 2
        if grown - index > 1 and named:
            return _made(text, tokens, index, grown)
        return None
    if stop - index == 1:
        if low in _CONCEPTS or _NUMERAL.fullmatch(first) or not _LETTERS.search(first):
            return None
        sure = (
            (len(first) > 1 and first.isupper())
            or not _VIETNAMESE.fullmatch(low)
            or (low in _SINGLE and (first in known or not opens))
        )
        if index > 0 and tokens[index - 1][2].lower() in _NATIONALITY:
            return None
        titled = index > 0 and tokens[index - 1][2].lower() in TITLES | HEADS
        if not (sure or titled) or len(first) == 1:
            return None
    return _made(text, tokens, index, stop)


def _grow(text: str, tokens: list[Token], index: int, stop: int) -> int:
    """Past a head such as Bộ or Trường: small words of organisation names, then capitals again."""
    two = " ".join(token[2].lower() for token in tokens[index : index + 2]) in HEADS
    grown = min(max(stop, index + (2 if two else 1)), len(tokens))
    while grown < len(tokens) and grown - index < 12:
        gap = text[tokens[grown - 1][1] : tokens[grown][0]]
        word = tokens[grown][2]
        if gap not in (" ", " - ", " – ", ", ") or (gap == ", " and not word[0].isupper()):
            break
        if gap == ", ":
            break
        low = word.lower()
        if word[0].isupper() or low in _ORG:
            grown += 1
        elif low == "và" and grown + 1 < len(tokens) and tokens[grown + 1][2].lower() in _ORG:
            grown += 2
        else:
            break
    while grown > index + 1 and tokens[grown - 1][2].lower() in ("các", "không", "công", "tổ"):
        grown -= 1
    return grown


def _made(text: str, tokens: list[Token], index: int, stop: int) -> Name:
    start, end = tokens[index][0], tokens[stop - 1][1]
    person = tokens[index][2].lower() in TITLES
    back = index
    for length in (3, 2, 1):
        if index - length >= 0:
            joined = " ".join([token[2] for token in tokens[index - length : index]]).lower()
            if (joined in HEADS or joined in TITLES) and "," not in text[tokens[index - length][0] : start]:
                back = index - length
                person = joined in TITLES
                break
    if back > 0 and tokens[back - 1][2].lower() in _BEFORE and (back < index or tokens[index][2].lower() in HEADS):
        back -= 1
    start = tokens[back][0]
    if (
        text[end : end + 2] == " ("
        and (close := text.find(")", end, end + 24)) > 0
        and text[end + 2 : end + 3].isupper()
    ):
        inner = text[end + 2 : close]
        if inner.isupper() or inner.isalpha():
            end = close + 1
    is_source = bool(_SOURCE.search(text, max(0, start - 24), start)) or bool(_SAYS.match(text, end))
    return Name(start, end, is_source, person)
