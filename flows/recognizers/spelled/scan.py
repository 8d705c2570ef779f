"""Finding numerals written in words in a running text.

One compiled pass finds runs of numeral words; the grammar reads each run. What the words around a numeral say
(`seeds/numeral_neighbours.csv`) blocks it ("thứ hai", "Ba Lan", "năm nay") or marks it doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import ClassVar

from flows.recognizers.spelled.grammar import NumeralReader, Reading
from flows.recognizers.spelled.words import Token, numeral_words
from flows.seeds import read_seed

_COUNTED_ROLES = ("dozen", "times_ten", "hundred", "scale")
_SENTENCE_EDGE = frozenset(".!?…:;“\"'‘(-–—•*\n\r/|")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[ \u00a0]\Z")
_WORD_AFTER = re.compile(r"[ \u00a0]([^\W_]+)")
_OF_SO_MANY = re.compile(r"(?<!\w)[Tt]rong (?:tổng )?số[ \u00a0]\Z")
"""ba trong số bốn bị cáo: how many there are, unlike "số bốn"."""
_SEPARATOR = ("[\x00-/:-@\\[-^`{-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf\u2000-\u206e\u20a0-\u20cf\u2190-\u245f"
              "\u2500-\u2775\u2794-\u2bff\u3000-\u3004\u3008-\u3020\ue000-\uf8ff\ufe0f\ufeff\uff01-\uff0f\U0001f000-\U0001f0ff\U0001f10d-\U0001faff]")
"""What parts words: punctuation, signs and pictures. Listed, they are found twice as fast as by `\\W`."""
_REACH = 14
_MOST_MULTIPLES = 3


@dataclass(slots=True)
class SpelledNumeral:
    """A numeral in words at `text[char_start:char_end]`.

    `resolution` is the size of the last place named ("hai triệu" → 1000000). An approximate run ("hai ba trăm",
    "vài chục") has no `value`, and bounds where its words give them. `is_single` marks one digit word alone ("hai",
    "năm"): it is a numeral only where a counted noun, classifier or unit follows. `is_doubtful` marks one whose
    neighbours speak for another reading ("số một", two numerals side by side).
    """

    char_start: int
    char_end: int
    value: int | Decimal | None
    resolution: int | Decimal
    low: int | Decimal | None = None
    high: int | Decimal | None = None
    is_single: bool = False
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class NeighbourRow:
    """A word before or after a numeral that makes it no numeral (`block`) or a doubtful one (`doubt`).

    `applies_to` lists the numerals it bears on (before: the whole numeral; after: its last word), `up_to` the
    greatest; empty is any.
    """

    KEY: ClassVar[tuple[str, ...]] = ("word", "side", "applies_to")
    word: str
    side: str
    applies_to: tuple[str, ...]
    up_to: int | None
    effect: str
    example: str

    def __post_init__(self) -> None:
        if self.side not in ("before", "after"):
            raise ValueError(f'side "{self.side}" is not before or after; choose one')
        if self.effect not in ("block", "doubt"):
            raise ValueError(f'effect "{self.effect}" is not block or doubt; choose one')


@cache
def _neighbours() -> dict[str, dict[str, list[NeighbourRow]]]:
    table: dict[str, dict[str, list[NeighbourRow]]] = {"before": {}, "after": {}}
    for row in read_seed("numeral_neighbours", NeighbourRow):
        table[row.side].setdefault(row.word, []).append(row)
    return table


def _any_of(conditions: Mapping[str, str]) -> str:
    """An alternation of words in small letters, capitalised and in capitals, each with the pattern that must follow.

    Branching on one literal first letter lets the matcher pass over most words at the cost of one comparison.
    """
    by_first: dict[str, set[str]] = {}
    for word, condition in conditions.items():
        for form in (word, word.capitalize(), word.upper()):
            by_first.setdefault(form[0], set()).add(re.escape(form[1:]) + condition)
    branches = [f"{first}(?:{'|'.join(sorted(rests))})" for first, rests in sorted(by_first.items())]
    return f"(?:{'|'.join(branches)})(?![^\\W_])"


@cache
def _run_pattern() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The pattern of a run of numeral words, at a given place and after any character that is no letter."""
    roles: dict[str, list[str]] = {}
    for token in numeral_words().values():
        roles.setdefault(token.role, []).append(token.word)

    def words(*names: str) -> str:
        return _any_of(dict.fromkeys((word for name in names for word in roles[name]), ""))

    space = "[ \u00a0]"
    multiples = words(*_COUNTED_ROLES)
    needs = {
        "unit": "",
        "half_of": f"(?={space}{words('scale')})",
        "ten": "",
        "twenty_and": "",
        "dozen": f"(?={space}{words('half')})",
        "vague": f"(?={space}(?:{words('unit')}{space})?{multiples})",
    }
    needs["hundred"] = needs["scale"] = needs["dozen"]
    starts = {word: condition for role, condition in needs.items() for word in roles[role]}
    inner = words(*(role for role in roles if role not in ("short_scale", "vague", "minus", "half_of")))
    starts["một"] = f"(?={space}{inner})"
    starts["không"] = f"(?={space}{words('point')})"
    starts["âm"] = f"(?={space}{words('unit', 'ten', 'twenty_and')})"
    run = f"({_any_of(starts)}(?:{space}{inner})*+)"
    return re.compile(run), re.compile(rf"{_SEPARATOR}{run}")


def _is_pair(first: Token, second: Token) -> bool:
    if first.role != "unit" or not first.value:
        return False
    if second.role == "ten":
        return first.value == 9
    return second.role == "unit" and (second.value == first.value + 1 or (first.value, second.value) == (5, 7))


def _approximate(reader: NumeralReader, at: int) -> tuple[Reading, int | Decimal | None] | None:
    """An approximate numeral at `at`: its reading (of the upper value; 0 when unknown) and its lower value."""
    first = reader.token(at)
    if first.role == "vague":
        end = at + 1
        if reader.token(end).role == "unit":
            end += 1
        begun = end
        place: int | Decimal = 1
        while reader.token(end).role in ("dozen", "hundred", "scale") and end - begun < _MOST_MULTIPLES:
            place *= reader.token(end).value
            end += 1
        return (Reading(0, end, place), None) if end > begun else None
    second = reader.token(at + 1)
    if not _is_pair(first, second):
        return None
    if second.value == 5 and reader.token(at + 2).role not in _COUNTED_ROLES:
        return None
    upper = reader.read(at + 1)
    if upper is None:
        return None
    share = Decimal(upper.value) / second.value
    if share != 10 ** share.adjusted() or share < 1:
        return None
    low = first.value * share
    return upper, int(low) if low == low.to_integral_value() else low


def _capitalised_inside(text: str, start: int, end: int) -> bool:
    """Whether the numeral has a capital that no sentence start or line of capitals explains: a name."""
    if not text[start].isupper():
        return False
    surface = text[start:end]
    if len(surface) > 1 and surface.isupper():
        return False
    before = start - 1
    while before >= 0 and text[before] in " \u00a0":
        before -= 1
    return before >= 0 and text[before] not in _SENTENCE_EDGE


def _has_inner_capital(surface: str) -> bool:
    """Whether a later word of the numeral is capitalised: a name ("Ba Tư")."""
    return any(word[0].isupper() for word in surface.split()[1:])


def _effect(text: str, found: SpelledNumeral) -> str | None:
    """`block`, `doubt` or None, from the words on either side."""
    if text[found.char_start].isupper() and _capitalised_inside(text, found.char_start, found.char_end):
        return "block" if found.is_single or _has_inner_capital(text[found.char_start : found.char_end]) else "doubt"
    if found.char_start >= 2 and text[found.char_start - 1] in "-./" and text[found.char_start - 2].isalpha():
        return "block"
    surface = text[found.char_start : found.char_end].lower()
    last = surface.rpartition(" ")[2]
    table = _neighbours()
    effect = None
    before = _WORD_BEFORE.search(text, max(0, found.char_start - _REACH), found.char_start)
    after = _WORD_AFTER.match(text, found.char_end, found.char_end + _REACH)
    for side, word in (("before", before and before[1].lower()), ("after", after and after[1])):
        for row in table[side].get(word or "", ()):
            if row.applies_to and (surface if side == "before" else last) not in row.applies_to:
                continue
            if row.up_to is not None and (found.value is None or found.value > row.up_to):
                continue
            if row.effect == "block":
                return "block"
            if not (side == "before" and _OF_SO_MANY.search(text, max(0, found.char_start - _REACH), found.char_start)):
                effect = "doubt"
    if found.is_single and after and after[1][0].isdigit():
        return "block"
    return effect


def _is_year_word(text: str, start: int) -> bool:
    """Whether a lone "năm" at `start` stands after digits, where it is the unit year."""
    return start >= 2 and text[start - 2].isdigit() and text[start - 1] in " \u00a0"


def _read_run(text: str, start: int, run: str, found: list[SpelledNumeral]) -> None:
    known = numeral_words()
    tokens: list[Token] = []
    starts: list[int] = []
    at = start
    for word in run.replace("\u00a0", " ").split(" "):
        tokens.append(known[word.lower()])
        starts.append(at)
        at += len(word) + 1
    if tokens[0].role in _COUNTED_ROLES and start >= 2 and text[start - 2].isdigit():
        return
    reader = NumeralReader(tokens, in_text=True)
    size = len(tokens)
    index = 0
    previous: SpelledNumeral | None = None
    previous_end = -1
    while index < size:
        is_counted = index + 1 < size and tokens[index + 1].role in _COUNTED_ROLES
        if tokens[index].word == "năm" and not is_counted and (
            previous_end == index or _is_year_word(text, starts[index])
        ):
            index += 1
            continue
        low: int | Decimal | None = None
        approximate = _approximate(reader, index)
        if approximate is not None:
            reading, low = approximate
        else:
            exact = reader.read(index)
            if exact is None or (exact.is_lone_unit and exact.value in (0, 1)):
                index += 1
                continue
            reading = exact
        last = reading.end - 1
        numeral = SpelledNumeral(
            starts[index], starts[last] + len(tokens[last].word), reading.value, reading.place,
            is_single=reading.end == index + 1 and tokens[index].role in ("unit", "ten"),
        )
        if approximate is not None:
            numeral.value, numeral.low, numeral.high = None, low, None if low is None else reading.value
        effect = _effect(text, numeral)
        if previous is not None and previous_end == index:
            previous.is_doubtful = numeral.is_doubtful = True
        if effect != "block":
            numeral.is_doubtful = numeral.is_doubtful or effect == "doubt"
            found.append(numeral)
        previous, previous_end = numeral, reading.end
        index = reading.end


def scan_spelled(text: str, start: int = 0, end: int | None = None) -> list[SpelledNumeral]:
    """The numerals written in words in `text[start:end]`, in order; spans count from the start of `text`.

    Words that are no numerals where they stand (ordinals, months, weekdays, names, "năm" for year after a number)
    are left out, and so is "một" alone, which is the article; another lone digit word comes marked, for the reader
    who knows nouns to judge.

    >>> text = "Hai mươi mốt xã, hơn hai triệu rưỡi người, hai ba trăm hộ, ba năm sau, Thứ hai, Ba Lan, tháng ba"
    >>> [(text[n.char_start : n.char_end], n.value, n.is_single) for n in scan_spelled(text)]
    [('Hai mươi mốt', 21, False), ('hai triệu rưỡi', 2500000, False), ('hai ba trăm', None, False), ('ba', 3, True)]
    >>> scan_spelled("đầu tư tư nhân, lẻ tẻ, tỷ lệ, không ai, băm nhỏ, năm 2017")
    []
    """
    size = len(text) if end is None else min(end, len(text))
    found: list[SpelledNumeral] = []
    here, anywhere = _run_pattern()
    begin = start
    if start == 0 or not (text[start - 1 : start].isalnum() or text[start - 1 : start] == "_"):
        first = here.match(text, start, size)
        if first is not None:
            _read_run(text, start, first[1], found)
            begin = first.end()
    for run in anywhere.finditer(text, begin, size):
        _read_run(text, run.start(1), run[1], found)
    return found
