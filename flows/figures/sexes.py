"""How many boys and how many girls, behind the count that they make up: "hai con, một trai một gái".

Rule: two numerals, in digits or words, "một" among them, before words of the two sexes, right behind a count of so
many: with "gồm", "là", a comma or a bracket between, or nothing but the noun ("hai đứa con sinh đôi một trai, một
gái"). They are figures then, even where they would count nothing alone. "Hai người có một con trai và một con gái" is
no list of the two.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from flows.model import Figure
from flows.recognizers.phrases import lower_keeping_offsets
from flows.recognizers.roles import role_words
from flows.recognizers.spelled.words import numeral_words

_HINT = re.compile(r"[ \xa0](?:trai|gái|nam|nữ)(?!\w)")
_BEHIND = re.compile(
    r"\A(?:[ \xa0]sinh[ \xa0](?:đôi|ba))?(?:(?:[ \xa0](?!có[ \xa0]|sinh[ \xa0])[^\W\d_]+){0,3}"
    r"(?:,|[ \xa0]?[(:–-]|[ \xa0](?:gồm|bao gồm|là)(?:[ \xa0]có)?:?))?[ \xa0]?\Z"
)
_LONGEST_GAP = 40
_NAMES = ("first", "second")


def add_sexes(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """The figures with those of the sexes in words that make up the count before them, in reading order.

    >>> from flows import find_figures
    >>> [f.surface for f in find_figures("Anh chị có hai con, một trai một gái.")]
    ['hai con', 'một trai', 'một gái']
    >>> [f.surface for f in find_figures("Hai người có một trai và một gái.")]
    ['Hai người']
    """
    if not figures or not _HINT.search(text):
        return list(figures)
    low = lower_keeping_offsets(text)
    starts = [figure.char_start for figure in figures]
    added: list[Figure] = []
    for found in _pair().finditer(low):
        at = bisect_left(starts, found.start())
        told = [_value(found[name]) for name in _NAMES]
        if at == 0 or (found["male_first"] is None) == (found["male_second"] is None):
            continue
        whole = figures[at - 1]
        if whole.kind == "count" and whole.value == sum(told) and stands_behind(low[whole.char_end : found.start()]):
            added += [
                _figure(text, found.start(name), found.end(name), found.end(f"sex_{name}"), value, whole)
                for name, value in zip(_NAMES, told, strict=True)
                if found.start(name) not in starts
            ]
    return sorted((*figures, *added), key=lambda figure: figure.char_start) if added else list(figures)


def stands_behind(gap: str) -> bool:
    """Whether the words between a count and a pair of sexes let the pair tell of the ones counted."""
    return len(gap) <= _LONGEST_GAP and _BEHIND.match(gap) is not None


def _figure(text: str, start: int, number_end: int, end: int, value: Decimal, whole: Figure) -> Figure:
    return Figure(
        start, end, text[start:end], "count", value, text[number_end + 1 : end].lower(),
        number_end=number_end, number_style="words", sentence_no=whole.sentence_no,
    )  # fmt: skip


def _value(numeral: str) -> Decimal:
    return Decimal(numeral if numeral.isdigit() else int(numeral_words()[numeral].value))


@cache
def _pair() -> re.Pattern[str]:
    """Two numbers, each before a word of a sex."""
    units = sorted(token.word for token in numeral_words().values() if token.role == "unit" and token.value)
    number = rf"(?:{'|'.join(units)}|mười|[0-9]{{1,2}})"
    male, female = (
        "|".join(sorted(role_words(role), key=len, reverse=True)) for role in ("male", "female")
    )

    def item(which: str) -> str:
        sex = rf"(?P<sex_{which}>(?P<male_{which}>{male})|{female})"
        return rf"(?<![^\W_])(?P<{which}>{number})[ \xa0]{sex}(?![^\W_])"

    return re.compile(rf"{item('first')}(?:,|,? (?:và|với))?[ \xa0]{item('second')}")
