"""Numbers that name a thing although a unit or noun stands beside them, or although none says so.

Rule: 11m after a word for the penalty is the spot; stars after a word for lodging are its class; 6.2 after a word for
a time of day or a session is a date; a name printed with its number once (NVX 155) is a name with it everywhere in
the text; the numbers of a list that "mã vùng" or another heading of codes opens are codes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from flows.figures.number import Number
from flows.recognizers.names import is_foreign
from flows.recognizers.roles import role_pattern, role_words

_SPOTS = role_words("penalty_spot")
_SPOT_METRES = Decimal(11)
_STARRED = role_words("starred")
_MOST_STARS = 7
_DATE_LEFT = role_words("date_left")
_DAY_AND_MONTH = re.compile(r"(?:[12][0-9]|3[01]|0?[1-9])\.(?:1[0-2]|0?[1-9])\Z")
_CODES = role_pattern("code_heading")


def is_label(number: Number) -> bool:
    """Whether the number beside its unit is a spot, a class or a date.

    >>> from flows import find_figures
    >>> [f.surface for f in find_figures("Đá phạt 11m ở khách sạn 5 sao sáng 6.2, cách 11m, có 5 sao.")]
    ['11m', '5 sao']
    """
    if number.unit == "m":
        return number.value == _SPOT_METRES and number.word in _SPOTS
    if number.unit == "sao":
        return number.word in _STARRED and number.value <= _MOST_STARS
    return not number.kind and number.word in _DATE_LEFT and _DAY_AND_MONTH.match(number.token) is not None


def block_names(numbers: Sequence[Number], text: str) -> None:
    """Block "NVX 155" before a noun where the text prints it as a name elsewhere.

    >>> from flows import find_figures
    >>> [f.surface for f in find_figures("Mẫu NVX 155 ra mắt. Hãng thêm cho NVX 155 hệ thống phanh. KCX 155 hộ.")]
    ['155 hộ']
    """
    names = {(number.word, number.token) for number in numbers
             if number.blocked and number.word and _is_foreign_name(number, text)}
    if not names:
        return
    for number in numbers:
        if number.kind == "count" and number.scale == 1 and (number.word, number.token) in names and (
                _is_foreign_name(number, text)):
            number.blocked = True


def _is_foreign_name(number: Number, text: str) -> bool:
    return text[number.left - len(number.word)].isupper() and is_foreign(number.word)


class CodeLists:
    """Which sentences of a text hold a heading of codes; each is searched once, when first asked about."""

    def __init__(self, low: str, starts: Sequence[int]) -> None:
        self._low = low
        self._starts = starts
        self._headings: dict[int, int] = {}

    def holds(self, number: Number) -> bool:
        """Whether a heading of codes stands before the number in its sentence."""
        sentence = number.sentence
        at = self._headings.get(sentence)
        if at is None:
            end = self._starts[sentence + 1] if sentence + 1 < len(self._starts) else len(self._low)
            found = _CODES.search(self._low, self._starts[sentence], end)
            at = self._headings[sentence] = len(self._low) if found is None else found.start()
        return at < number.start
