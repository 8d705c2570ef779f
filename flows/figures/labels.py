"""Numbers that name a thing although a unit or noun stands beside them, or although none says so.

Rule: a number between a word for premises and a name of two words is a house of a street (cửa hàng 159 Hàng Bạc);
999,9 and 24k beside gold are its fineness; 11m after a word for the penalty is the spot; stars after a word for lodging
are its class; 6.2 after a word for a time of day or a session is a date; a name printed with its number once (NVX 155)
is a name with it everywhere in the text; the numbers of a list that "mã vùng" or another heading of codes opens are
codes.
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


_PREMISES = role_words("premises")
_STREET_AFTER = re.compile(r"(?:[a-zA-ZĐ])?(?: ?[-–&/,] ?[0-9]{1,4}[a-zA-ZĐ]?)* [^\W\da-zà-ỹđ_][^\W\d_A-ZĐ]+"
                           r" [^\W\da-zà-ỹđ_][^\W\d_]*")
_LONGEST_HOUSE_NUMBER = 4
_FINENESS = frozenset(("999,9", "999.9", "99,99", "99.99", "9999", "999"))
_CARATS = frozenset(map(Decimal, (8, 9, 10, 14, 15, 16, 18, 20, 21, 22, 23, 24)))
_GOLD = role_pattern("gold")
_PRICED = role_pattern("price_move")
_GOLD_WINDOW = 40
_THOUSAND = 1000


def is_label(number: Number, text: str, low: str) -> bool:
    """Whether the number beside its unit is a house, a fineness, a spot, a class or a date.

    >>> from flows import find_figures
    >>> [f.surface for f in find_figures("Đá phạt 11m ở khách sạn 5 sao sáng 6.2, cách 11m, có 5 sao.")]
    ['11m', '5 sao']
    >>> [f.surface for f in find_figures("Quán 31 Hàng Bạc bán vàng 24k; quán 31 bàn bán áo giá 24k.")]
    ['31 bàn', '24k']
    """
    if number.word in _PREMISES and _is_house(number, text):
        return True
    if (number.scale == _THOUSAND or number.token in _FINENESS) and _is_fineness(number, low):
        return True
    if number.unit == "m":
        return number.value == _SPOT_METRES and number.word in _SPOTS
    if number.unit == "sao":
        return number.word in _STARRED and number.value <= _MOST_STARS
    return not number.kind and number.word in _DATE_LEFT and _DAY_AND_MONTH.match(number.token) is not None


def _is_house(number: Number, text: str) -> bool:
    """"cửa hàng 159 Hàng Bạc": so few digits, and a name of two words or more after them."""
    token = number.token
    if not token.isdigit() or len(token) > _LONGEST_HOUSE_NUMBER or number.scale > 1 or (
            number.kind and number.unit_end > number.end and text[number.end + 1:number.end + 2].islower()):
        return False
    return _STREET_AFTER.match(text, number.start + len(token)) is not None


def _is_fineness(number: Number, low: str) -> bool:
    """"vàng 24k", "vàng Rồng Thăng Long 999,9": how pure the gold is."""
    token = number.token
    carats = low[number.start + len(token):number.start + len(token) + 1] == "k" and token.isdigit() and (
        Decimal(token) in _CARATS)
    if not carats and (token not in _FINENESS or number.kind):
        return False
    gold = _GOLD.search(low, max(0, number.start - _GOLD_WINDOW), number.start)
    return gold is not None and _PRICED.search(low, gold.end(), number.start) is None


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
