"""Mentions: figures with the words around them, and what an article is full of.

Reading words costs most of what comparing mentions costs, so a mention reads its own only when asked (`words_of`), and
the article is searched only for the words that two mentions share.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import ClassVar

from flows.checks.reading.article import Reading
from flows.checks.reading.words import alternation, words
from flows.model import Figure
from flows.seeds import read_seed
from flows.text.sentences import OpenerRow

LEFT, RIGHT = 170, 110
"""Characters of a clause looked at before and after a figure."""
_COMMON, _RARE = 100.0, 10.0
_SYLLABLE = re.compile(r"[^\W\d_]+")
_CLAUSE_END = re.compile(r"[;\n.!?…](?:(?<=[;\n])|(?<!TP\.)(?<!Tp\.)(?<!TS\.)(?<!ThS\.)(?<!GS\.)(?=[\s\"”’)\]]))")
_POINTING_BACK = re.compile(r"\W{0,2}(?:này|trên|nói trên|kể trên|đó|ấy|còn lại)(?!\w)")
_ANOTHER = re.compile(r"(?<!\w)(?:khác|thêm|nữa|còn lại|mỗi|từng|đầu tiên|tiếp theo|cuối cùng|riêng)(?!\w)")
_NEAR, _BESIDE, _SLOT = 80, 22, 30
_NAME_BEFORE = re.compile(r"(?<!\w)([^\W\d_]{1,12})[ (,]{1,2}\Z")
_BEHIND = re.compile(r"\A ([^\W\d_]{2,12})(?!\w)")
_UNSTOPPED = re.compile(r"(?<=[\w%)”\"]) ([^\W\d_]+)")
_NEXT_WORD = re.compile(r"\A ([^\W\d_]+) ")
_HEAD, _COUNTED = 4000, 60_000
_POINTER, _ASIDE, _LONGEST_NAME = 14, 25, 15
_PART_REACH, _ALSO_REACH = 90, 45


@dataclass(frozen=True, slots=True)
class SyllableRow:
    """A common syllable and in how many of a thousand sentences of news it stands."""

    KEY: ClassVar[tuple[str, ...]] = ("syllable",)
    syllable: str
    per_mille: int


@cache
def _rarities() -> dict[str, float]:
    span = math.log(_COMMON / _RARE)
    return {
        row.syllable: min(1.0, max(0.0, math.log(_COMMON / row.per_mille) / span))
        for row in read_seed("common_syllables", SyllableRow)
    }


def rarity(syllable: str) -> float:
    """How much it says that two clauses share `syllable`: 0 for the commonest words, 1 for rare ones.

    >>> rarity("của"), rarity("kabul")
    (0.0, 1.0)
    """
    return _rarities().get(syllable, 1.0)


def weight_of(syllables: Iterable[str]) -> float:
    """The rarity of all `syllables` together."""
    known = _rarities().get
    total = 0.0
    for syllable in syllables:
        total += known(syllable, 1.0)
    return total


def share_of(a: set[str], b: set[str]) -> float:
    """What part of the lesser set is in the other, by rarity; 0 where neither says anything."""
    least = min(weight_of(a), weight_of(b))
    return weight_of(a & b) / least if least >= 1.0 else 0.0


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a mention's clause."""

    behind: str
    """The word directly behind the figure, empty where a mark stands between."""
    inner: set[str]
    """The words between the figure's neighbours."""
    outer: set[str]
    """The words of the clause further away than these."""
    names: set[str]
    namesake: str
    """The last part of a name directly before the figure: "An" of "Nguyễn Văn An (37 tuổi"."""
    ends_heading: bool
    """A capital follows at once, or soon a word that opens sentences: a heading runs into the text."""
    what: set[str]
    who: set[str]


@dataclass(frozen=True, slots=True)
class Asides:
    """What the words say of a mention's place among its like; asked only of two that seem to be one fact."""

    is_another: bool
    """A word beside it says that it is one of several: khác, thêm, mỗi, đầu tiên."""
    follows_also: bool
    """"cũng", "lại" before it in its clause: said of another thing."""
    part: tuple[str, str]
    """The numbered part it is of: giai đoạn 1, phần 2; empty without one."""


@dataclass(slots=True)
class Mention:
    """A figure with its place in the article and the figures around it."""

    index: int
    figure: Figure
    value: object
    digits: int
    noun: frozenset[str]
    neighbours: tuple[tuple[int, tuple[str, object]], ...]
    beside: tuple[tuple[str, object] | None, tuple[str, object] | None]
    """The figures directly before and after, where hardly a word stands between."""
    slot: tuple[str, str]
    """The two words before the figure."""
    points_back: bool
    line: int
    """The line of the article: 0 is the title, 1 mostly the lead."""
    _words: Words | None = field(default=None, repr=False)
    _asides: Asides | None = field(default=None, repr=False)


def mention_of(reading: Reading, i: int) -> Mention:
    """The mention that figure `i` of an article is."""
    figure = reading.figures[i]
    end = figure.char_end
    return Mention(
        i,
        figure,
        value_of(figure),
        significant_digits(figure),
        frozenset(figure.unit.lower().split()) if figure.kind == "count" else frozenset(),
        _neighbours(reading, i),
        (_beside(reading, i, i - 1), _beside(reading, i, i + 1)),
        slot_of(reading, figure),
        _POINTING_BACK.match(reading.low, end, end + _POINTER) is not None,
        reading.text.count("\n", 0, min(figure.char_start, _HEAD)),
    )


def words_of(reading: Reading, mention: Mention) -> Words:
    """The words of a mention, read once."""
    if mention._words is None:
        mention._words = _read(reading, mention)
    return mention._words


def asides_of(reading: Reading, mention: Mention) -> Asides:
    """What a mention's words say of its place among its like, read once."""
    if mention._asides is None:
        low, start, end = reading.low, mention.figure.char_start, mention.figure.char_end
        mention._asides = Asides(
            _ANOTHER.search(low, max(0, start - _ASIDE), start) is not None
            or _ANOTHER.search(low, mention.figure.number_end or start, end + _ASIDE) is not None,
            _also().search(low, max(0, start - _PART_REACH), start) is not None,
            _part_of(reading, mention.figure),
        )
    return mention._asides


def _read(reading: Reading, mention: Mention) -> Words:
    i, figure, text = mention.index, mention.figure, reading.text
    begin = max(0, figure.char_start - LEFT)
    before = text[begin : figure.char_start]
    cut = 0
    for end in _CLAUSE_END.finditer(before):
        cut = end.end()
    begin, before = begin + cut, before[cut:]
    after = text[figure.char_end : figure.char_end + RIGHT]
    stop = _CLAUSE_END.search(after)
    after = after[: stop.start()] if stop else after
    left = max(0, reading.figures[i - 1].char_end - begin) if i > 0 else 0
    right = reading.figures[i + 1].char_start - figure.char_end if i + 1 < len(reading.figures) else len(after)
    far_before, near_before = _SYLLABLE.findall(before[:left]), _SYLLABLE.findall(before[left:])
    near_after, far_after = _SYLLABLE.findall(after[: max(0, right)]), _SYLLABLE.findall(after[max(0, right) :])
    inner = _small(near_before + near_after) | mention.noun
    names = {word.lower() for word in (far_before + near_before)[1:] if not word.islower()}
    names.update(word.lower() for word in near_after + far_after if not word.islower())
    return Words(
        _beside_word(after, _BEHIND).lower(),
        inner,
        _small(far_before + far_after) - inner,
        names,
        _capital(_beside_word(before, _NAME_BEFORE, max(0, len(before) - _LONGEST_NAME))),
        _ends_heading(after),
        set(figure.what.lower().split()) if figure.what else set(),
        set(figure.who.lower().split()) if figure.who else set(),
    )


@cache
def _also() -> re.Pattern[str]:
    return re.compile(rf"{alternation(words('also'))}[^.;:\n]{{0,{_ALSO_REACH}}}\Z")


@cache
def _numbered() -> re.Pattern[str]:
    """"giai đoạn 1", "nhánh còn lại": a kind of part, and which."""
    which = alternation(words("which_part"))
    return re.compile(rf"({alternation(words('numbered_part'))}) (?:số |thứ )?(\d{{1,4}}|[ivx]+|{which})(?![\w.,]\d)")


def _part_of(reading: Reading, figure: Figure) -> tuple[str, str]:
    begin = max(0, figure.char_start - _PART_REACH)
    found: list[tuple[str, str]] = _numbered().findall(reading.low, begin, figure.char_start)
    return found[-1] if found else ("", "")


def _small(words: list[str]) -> set[str]:
    return set(" ".join(words).lower().split())


def _beside_word(stretch: str, place: re.Pattern[str], begin: int = 0) -> str:
    word = place.search(stretch, begin)
    return word.group(1) if word else ""


def _capital(word: str) -> str:
    return word if word[:1].isupper() else ""


def _ends_heading(after: str) -> bool:
    return bool(_capital(_beside_word(after, _NEXT_WORD))) or any(
        word in _openers() for word in _UNSTOPPED.findall(after)
    )


@cache
def _openers() -> frozenset[str]:
    return frozenset(row.word for row in read_seed("sentence_openers", OpenerRow))


def _gap(a: Figure, b: Figure) -> int:
    return max(a.char_start, b.char_start) - min(a.char_end, b.char_end)


def _beside(reading: Reading, i: int, j: int) -> tuple[str, object] | None:
    if not 0 <= j < len(reading.figures):
        return None
    figure, other = reading.figures[i], reading.figures[j]
    if _gap(figure, other) > _BESIDE:
        return None
    return f"{other.kind} {other.unit}", value_of(other)


def _neighbours(reading: Reading, i: int) -> tuple[tuple[int, tuple[str, object]], ...]:
    found: list[tuple[int, tuple[str, object]]] = []
    for j in (i - 1, i + 1):
        if 0 <= j < len(reading.figures):
            other = reading.figures[j]
            if _gap(reading.figures[i], other) <= _NEAR:
                found.append((j, (other.kind, value_of(other))))
    return tuple(found)


@dataclass(slots=True)
class Background:
    """What an article is full of, so that coincidence can be told from repetition."""

    reading: Reading
    values: Mapping[tuple[str, str], set[object]]
    """The different numbers of each kind and unit: among forty temperatures two are easily alike."""
    _in_sentence: Mapping[int, int]
    _slots: Mapping[tuple[str, str, str], set[object]] | None = None
    _counts: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, reading: Reading) -> Background:
        """The background of an article."""
        values: dict[tuple[str, str], set[object]] = defaultdict(set)
        in_sentence: dict[int, int] = defaultdict(int)
        for figure in reading.figures:
            values[field_of(figure)].add(value_of(figure))
            in_sentence[figure.sentence_no] += 1
        return cls(reading, values, in_sentence)

    def among(self, figure: Figure) -> int:
        """How many figures stand in the sentence of a figure."""
        return self._in_sentence[figure.sentence_no]

    def others_in_slot(self, kind: str, slot: tuple[str, str]) -> int:
        """How many other numbers stand behind the same two words: "cao nhất từ" has another range in each region."""
        if self._slots is None:
            slots: dict[tuple[str, str, str], set[object]] = defaultdict(set)
            for figure in self.reading.figures:
                slots[(figure.kind, *slot_of(self.reading, figure))].add(value_of(figure))
            self._slots = slots
        return len(self._slots[(kind, *slot)]) - 1

    def count(self, syllable: str) -> int:
        """How often words begin with a syllable, at least 1: the article's subject says less than a word used once."""
        known = self._counts.get(syllable)
        if known is None:
            known = self._counts[syllable] = max(1, self.reading.low.count(f" {syllable}", 0, _COUNTED))
        return known


def value_of(figure: Figure) -> object:
    """A figure's number, or both ends of its range."""
    return figure.value if figure.value is not None else (figure.value_low, figure.value_high)


def field_of(figure: Figure) -> tuple[str, str]:
    """The kind and unit of a figure; for a count the first word of its noun."""
    return figure.kind, figure.unit.lower().split(" ", 1)[0] if figure.kind == "count" else figure.unit


def slot_of(reading: Reading, figure: Figure) -> tuple[str, str]:
    """The two words before a figure."""
    words = reading.low[max(0, figure.char_start - _SLOT) : figure.char_start].split()[-2:]
    return (words[0], words[1]) if len(words) == 2 else ("", "")


def significant_digits(figure: Figure) -> int:
    """How many significant digits a figure is printed with: 4 for 514,5 tỷ, 1 for 7.000.

    >>> from decimal import Decimal
    >>> significant_digits(Figure(0, 5, "7.000", "count", Decimal(7000), "xe"))
    1
    """
    value = figure.value if figure.value is not None else figure.value_high or figure.value_low
    if value is None or not value.is_finite() or value == 0:
        return 1
    return len(str(abs(value).normalize()).split("E")[0].replace(".", "").strip("0"))
