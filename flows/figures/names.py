"""Names in a sentence: organisations, places and people, with the common nouns that belong to them.

"toàn tỉnh Thừa Thiên - Huế", "Bộ Kế hoạch và đầu tư", "ông Hưởng", "VN-Index": a run of capitalised words, the head
word before it, and after a capitalised head (Bộ, Cục, Trường …) the small words that organisations are named with.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from flows.seeds import read_seed


@dataclass(frozen=True, slots=True)
class WhoWord:
    """A row of `seeds/who_words.csv`: a word that takes part in naming who a figure is about."""

    KEY = ("word", "role")

    word: str
    role: str


@dataclass(frozen=True, slots=True)
class Compound:
    """A row of `seeds/compounds.csv`: syllables, two or three, that make one word; no phrase parts it ("tổ chức")."""

    KEY = ("words",)

    words: str

    def __post_init__(self) -> None:
        if self.words.count(" ") not in (1, 2):
            raise ValueError(f'"{self.words}" is not of two or three syllables; write a word of as many')


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
_HEADS_AND_TITLES = HEADS | TITLES
_LAST_OF_HEADS_AND_TITLES = frozenset(words.rsplit(" ", 1)[-1] for words in _HEADS_AND_TITLES)
_HEAD_STARTS = frozenset(head.split(" ", 1)[0] for head in HEADS if " " in head)
_IN_RUN = frozenset((" ", " - ", " – ", "- ", ". ", "-"))
_SINGLE = words_of("single")
_BEFORE = words_of("before")
_ORG = words_of("org")
_TITLE_STARTS = frozenset(title.split(" ", 1)[0] for title in TITLES if " " in title)
_OPENERS = frozenset(row.word.lower() for row in read_seed("sentence_openers", Opener))
_FUNCTION = words_of("function")
_IN_NAMES = words_of("in names")
_PARTS = words_of("part of name")
_ACTIONS = words_of("action")
_ANY_DIGIT = re.compile(r"\d")
CLAUSE_OPENERS = words_of("never named")
_SHORTEST_ACTING = 4
"""Words of two syllables that organisations are named with: "Sở giao dịch hàng hóa Tokyo"."""
_MOST_PARTS, _LONGEST, _LONGEST_MODEL_NUMBER = 4, 16, 2
SURNAMES = words_of("surname")
_OFFICES = words_of("office")
_ADMINISTRATIVE = frozenset(("tỉnh", "huyện", "quận", "phường", "thành phố", "thị trấn", "thị xã", "thôn", "tp"))
COMPOUNDS = frozenset(row.words for row in read_seed("compounds", Compound))
_SOURCE = re.compile(
    r"(?:" + "|".join(sorted(words_of("source"), key=len, reverse=True)) + r")[\s:]+(?:báo\s+|tờ\s+|của\s+)?$",
    re.IGNORECASE,
)
_SOURCE_ENDS = (*{source.rsplit(" ", 1)[-1].lower() for source in words_of("source")}, "báo", "tờ", "của")
_SAYS = re.compile(
    r",?\s+(?:\([^)]{0,40}\)\s+)?(?:đã\s+|cũng\s+|vừa\s+"
    r"|mới\s+)?(?:" + "|".join(sorted(words_of("says"), key=len, reverse=True)) + r")(?!\w)"
)
_WORD = re.compile(r"([^\W_]++(?:[.&’'/-][^\W_]++)*+)")
_LETTERS = re.compile(r"[^\W\d_]")
_VIETNAMESE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ch|ph|qu|th|tr"
    r"|[bcdđghklmnpqrstvx])?[aăâeêioôơuưyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]{1,3}"
    r"(?:ch|ng|nh|[cmnpt])?"
)


def is_vietnamese(word: str) -> bool:
    """Whether `word` is one syllable as Vietnamese spells it."""
    return _VIETNAMESE.fullmatch(word.lower()) is not None


_CONCEPTS = words_of("concept")
_CONCEPT_STARTS = frozenset(concept.split(" ", 1)[0] for concept in _CONCEPTS)
_NATIONALITY = words_of("nationality")
_MONEYS = frozenset(("usd", "vnd", "vnđ", "eur", "cny", "ndt", "gbp", "jpy"))
_MONEY = re.compile(r"\w{3}(?!\w)")
_NUMERAL = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})(?:[/-]\d+)?")


@dataclass(slots=True)
class Line:
    """The words of a sentence, one list an attribute, all of the same length."""

    starts: list[int]
    ends: list[int]
    words: list[str]
    lower: list[str]
    glued: list[bool]
    """Whether nothing but a space or a dash stands between the word and the one before."""
    gaps: list[str]
    """What stands between the word and the one before."""
    capitals: list[int]
    """Which words begin with a capital, or with i or e before one (iPhone)."""

    def at_or_after(self, offset: int) -> int:
        """The first word that begins at `offset` or behind it."""
        return bisect_left(self.starts, offset)


_GLUE = frozenset((" ", " - ", " – ", "-"))


def line_of(text: str, start: int, end: int) -> Line:
    """The words of `text[start:end]`.

    >>> line_of("Bộ Y tế, 5 xã", 0, 13).lower
    ['bộ', 'y', 'tế', '5', 'xã']
    """
    parts = _WORD.split(text[start:end])
    offsets = list(accumulate(map(len, parts), initial=start))
    words, gaps = parts[1::2], parts[:-1:2]
    if gaps:
        gaps[0] = ""
    return Line(
        offsets[1:-1:2], offsets[2::2], words, [word.lower() for word in words], [gap in _GLUE for gap in gaps], gaps,
        [index for index, word in enumerate(words) if word[0].isupper() or word[1:2].isupper() and word[0] in "ie"],
    )


def find_names(
    text: str,
    start: int,
    end: int,
    known: Container[str] = frozenset(),
    line: Line | None = None,
    given: Container[str] = frozenset(),
) -> list[Name]:
    """The names in `text[start:end]`, in reading order. `known` are words capitalised elsewhere inside a sentence,
    `given` the given names of persons of the article.

    >>> line = "Theo Bộ Y tế, trong tháng 5 toàn tỉnh Thừa Thiên - Huế đón 5.000 khách."
    >>> [(line[n.char_start:n.char_end], n.is_source) for n in find_names(line, 0, len(line))]
    [('Bộ Y tế', True), ('toàn tỉnh Thừa Thiên - Huế', False)]
    >>> find_names("Lượng khách đến tham quan tăng 5%.", 0, 34)
    []
    """
    line = line_of(text, start, end) if line is None else line
    starts = line.starts
    count = len(starts)
    names: list[Name] = []
    last = 0
    for index in line.capitals:
        if index < last:
            continue
        stop = _run_of_capitals(line, index)
        name = _name(text, line, index, stop, start, known, given)
        last = max(stop, index + 1)
        if name is not None:
            last = index + 1
            while last < count and starts[last] < name.char_end:
                last += 1
            names.append(name)
    return names


def _run_of_capitals(line: Line, index: int) -> int:
    words, lower, gaps = line.words, line.lower, line.gaps
    stop, count = index + 1, len(line.words)
    while stop < count:
        word, low, gap = words[stop], lower[stop], gaps[stop]
        if not word[0].isupper():
            if gap == " " and _numbers_a_model(line, stop):
                stop += 2
                continue
            if stop - index > 1 and gap == " " and words[stop - 1][0].isupper() and (
                f"{lower[stop - 1]} {low}" in COMPOUNDS
            ):
                stop += 1
                continue
            break
        if gap == " " and stop - index > 1 and low in lower[index:stop]:
            break
        if low in _FUNCTION or low in _OPENERS and (low not in _IN_NAMES or words[stop - 1].isupper()):
            break
        if low in _HEAD_STARTS and stop + 1 < count and f"{low} {lower[stop + 1]}" in HEADS:
            break
        if gap != " ":
            if gap not in _IN_RUN or gap == ". " and lower[stop - 1] != "tp":
                break
            if len(gap) > 1 and (low in _TITLE_STARTS or low in _HEADS_AND_TITLES):
                break
        stop += 1
    return stop


def _numbers_a_model(line: Line, index: int) -> bool:
    """Whether a number stands within the name of a product: "iPhone 12 Pro Max"."""
    words, behind = line.words, index + 1
    if not words[index].isdigit() or len(words[index]) > _LONGEST_MODEL_NUMBER or behind >= len(words):
        return False
    after = words[behind]
    return line.gaps[behind] == " " and after[0].isupper() and not (
        is_vietnamese(words[index - 1]) or is_vietnamese(after)
    )


def _name(
    text: str,
    line: Line,
    index: int,
    stop: int,
    sentence_start: int,
    known: Container[str],
    given: Container[str] = frozenset(),
) -> Name | None:
    words, lower, starts = line.words, line.lower, line.starts
    start = starts[index]
    opens = start <= sentence_start + 2 or text[start - 1] in "“\"'‘(" or text[start - 2 : start] in (": ", ". ", "- ")
    first, low = words[index], lower[index]
    if low in _FUNCTION and not head_size(lower, index):
        if stop - index < 2 or words[index + 1][0].islower():
            return None
        index += 1
        first, low, opens = words[index], lower[index], False
    elif opens and low in _OPENERS and low not in HEADS and stop - index > 1 and first not in known:
        index += 1
        first, low, opens = words[index], lower[index], False
    if low[:3] in _MONEYS and _MONEY.match(low):
        return None
    size = head_size(lower, index)
    if size < 2 and low in _CONCEPT_STARTS and (
        " ".join(lower[index:stop]) in _CONCEPTS or " ".join(lower[index : index + 2]) in _CONCEPTS
    ):
        return None
    if low in _TITLE_STARTS:
        for length in (4, 3, 2):
            if " ".join(lower[index : index + length]) in TITLES:
                return _titled(text, line, index + length, known)
    if size or low in TITLES:
        grown = _grow(line, index, stop)
        if low in _OFFICES:
            grown = _before_a_person(line, index + size, grown)
        if grown - index > 2 or grown - index == 2 and words[index + 1][0].isupper():
            return _made(text, line, index, grown)
        return None
    if stop - index == 1 and not _is_sure(line, index, opens, known) and not (
        first in given and not _begins_word(line, index)
    ):
        return None
    if index and lower[index - 1] in _OFFICES:
        stop = _before_a_person(line, index - 1, stop)
    if (
        stop < len(words) and line.gaps[stop] == " " and words[stop][0].islower()
        and f"{lower[stop - 1]} {lower[stop]}" in _PARTS and index and head_size(lower, index - 1)
    ):
        stop += 1
    return _made(text, line, index, stop)


def _before_a_person(line: Line, first: int, stop: int) -> int:
    """Where the person begins whose name runs on after that of an office: "UBND huyện Yên Minh Lê Văn Tám"."""
    words, lower = line.words, line.lower
    for index in range(first + 2, stop - 2):
        if (
            lower[index] in SURNAMES
            and words[index - 1][0].isupper()
            and not words[index - 1].isupper()
            and lower[index - 1] not in HEADS
            and all(word.istitle() for word in words[index : index + 3])
        ):
            return index
    return stop


def head_size(lower: list[str], index: int) -> int:
    """How many words the head that begins at `index` has, 0 where none does."""
    low = lower[index]
    if low in _HEAD_STARTS:
        for length in (3, 2):
            if " ".join(lower[index : index + length]) in HEADS:
                return length
    return int(low in HEADS)


def _titled(text: str, line: Line, after: int, known: Container[str]) -> Name | None:
    """The name or the office behind a title of several words."""
    if after >= len(line.words) or not line.words[after][0].isupper():
        return None
    run = _run_of_capitals(line, after)
    office = _name(text, line, after, run, line.starts[after] - 9, known)
    if office is not None or head_size(line.lower, after) > 1:
        return office
    return _made(text, line, after, _grow(line, after, run) if line.lower[after] in _ORG else run)


def _is_sure(line: Line, index: int, opens: bool, known: Container[str]) -> bool:
    """Whether one capitalised word by itself is a name."""
    before = line.lower[index - 1] if index else ""
    if before in _NATIONALITY:
        return False
    sureness = _sureness(line.words[index])
    return sureness != "no" and (
        sureness == "yes" or before in _HEADS_AND_TITLES
        or sureness == "inside" and (not opens or line.words[index] in known)
    )


def _begins_word(line: Line, index: int) -> bool:
    """Whether the word behind makes one word with it: "Tiến hành", which is not what Tiến does."""
    behind = index + 1
    return behind < len(line.lower) and line.glued[behind] and _is_word(f"{line.lower[index]} {line.lower[behind]}")


@lru_cache(maxsize=16384)
def _sureness(word: str) -> str:
    """Whether a capitalised word is a name: "yes", "no", "inside" a sentence, or only "behind" a head or a title."""
    low = word.lower()
    if len(word) == 1 or low in _CONCEPTS or _NUMERAL.fullmatch(word) or not _LETTERS.search(word):
        return "no"
    if word.isupper() or not _VIETNAMESE.fullmatch(low):
        return "yes"
    return "inside" if low in _SINGLE else "behind"


def _grow(line: Line, index: int, stop: int) -> int:
    """Past a head such as Bộ or Trường: small words of organisation names, then capitals again."""
    words, lower, gaps = line.words, line.lower, line.gaps
    count = len(words)
    grown = min(max(stop, index + (head_size(lower, index) or 1)), count)
    while grown < count and grown - index < _LONGEST:
        if gaps[grown] not in (" ", " - ", " – "):
            break
        low = lower[grown]
        if words[grown][0].isupper() or low in _ORG:
            grown += 1
        elif low == "và" and grown + 1 < count and lower[grown + 1] in _ORG and not head_size(lower, grown + 1):
            grown += 2
        elif beyond := _past_parts(line, grown):
            grown = beyond
        else:
            break
    if grown < count and gaps[grown] == " " and f"{lower[grown - 1]} {lower[grown]}" in _PARTS:
        grown += 1
    elif (
        grown < count and grown - index > 2 and words[grown - 1][0].islower() and gaps[grown] == " "
        and _is_word(f"{lower[grown - 1]} {lower[grown]}") and not _is_word(f"{lower[grown - 2]} {lower[grown - 1]}")
    ):
        grown -= 1
    while grown > index + 1 and lower[grown - 1] in ("các", "không", "công", "tổ"):
        grown -= 1
    return grown - 2 if _ends_in_action(line, index, grown) else grown


def _ends_in_action(line: Line, index: int, stop: int) -> bool:
    """Whether what a whole name does to some number of things was taken into it: "Tỉnh ủy Hải Dương kiểm tra 5 …"."""
    words, lower = line.words, line.lower
    if stop >= len(words) or stop - index < _SHORTEST_ACTING or not words[stop][0].isdigit():
        return False
    if f"{lower[stop - 2]} {lower[stop - 1]}" not in _ACTIONS or words[stop - 2][0].isupper():
        return False
    last, before = words[stop - 3], words[stop - 4]
    return last[0].isupper() or before[0].isupper() and f"{before} {last}".lower() in COMPOUNDS


def _is_word(pair: str) -> bool:
    return pair in _PARTS or pair in COMPOUNDS


def _past_parts(line: Line, index: int) -> int:
    """Past the words of organisation names at `index` to the capital that must follow them, 0 where none does."""
    words, lower, gaps = line.words, line.lower, line.gaps
    count, stop, first = len(words), index, index
    if words[index - 1][0].isupper() and gaps[index] == " " and f"{lower[index - 1]} {lower[index]}" in _PARTS:
        stop = first = index + 1
    while stop + 1 < count and stop - index < 2 * _MOST_PARTS and gaps[stop] in (" ", " - ") and gaps[stop + 1] == " ":
        if lower[stop] == "và":
            stop += 1
        if stop + 1 < count and f"{lower[stop]} {lower[stop + 1]}" in _PARTS and words[stop][0].islower():
            stop += 2
            first = stop
        else:
            break
    if not index < first < count or gaps[first] != " " or not words[first][0].isupper() or head_size(lower, first):
        return 0
    return first


@lru_cache(maxsize=16384)
def nature_of(words: str, noun: str) -> str:
    """What a name names, by its words: a place, a person, a model of a thing …

    >>> nature_of("Nguyễn Văn An", "several words"), nature_of("CR-V", "acronym"), nature_of("iOS 11", "several words")
    ('person', 'acronym foreign', 'model')
    """
    if noun in ("person", "place", "organisation"):
        return noun
    parts = words.split(" ")
    vietnamese = all(map(is_vietnamese, parts))
    is_named_so = 2 <= len(parts) <= 4 and parts[0].lower() in SURNAMES and all(part[0].isupper() for part in parts)
    if vietnamese and is_named_so:
        return "person"
    if _ANY_DIGIT.search(words):
        return "model"
    return f"{noun} vietnamese" if vietnamese else f"{noun} foreign"


def _made(text: str, line: Line, index: int, stop: int) -> Name:
    lower, starts = line.lower, line.starts
    start, end = starts[index], line.ends[stop - 1]
    person = lower[index] in TITLES
    back = index
    for length in (3, 2, 1) if index and lower[index - 1] in _LAST_OF_HEADS_AND_TITLES else ():
        if length <= index:
            joined = " ".join(lower[index - length : index])
            if joined not in _HEADS_AND_TITLES:
                continue
            if index > length and joined not in _ADMINISTRATIVE and (
                f"{lower[index - length - 1]} {joined}" in COMPOUNDS
            ):
                continue
            if "," not in text[starts[index - length] : start]:
                back = index - length
                person = joined in TITLES
                break
    if back > 0 and lower[back - 1] in _BEFORE and (back < index or lower[index] in HEADS):
        back -= 1
    start = starts[back]
    if (
        text[end : end + 2] == " ("
        and (close := text.find(")", end, end + 24)) > 0
        and text[end + 2 : end + 3].isupper()
    ):
        inner = text[end + 2 : close]
        if inner.isupper() or inner.isalpha():
            end = close + 1
    follows_source = not back or lower[back - 1].endswith(_SOURCE_ENDS)
    is_source = bool(follows_source and _SOURCE.search(text, max(0, start - 24), start) or _SAYS.match(text, end))
    return Name(start, end, is_source, person)
