"""A number of those told beside it: "ba người đàn ông tiến đến. Hai trong số họ là …", "Ba trong bốn bị cáo được về".

The numeral stands alone before words that point back ("trong số đó", "trong số họ"), or that name the things again
("trong số các ngôi đền"): it counts what was counted last, if that is more. Or the number of all follows ("trong bốn bị
cáo"): it counts the same. A numeral in words that no such count stands by is no figure, nor is "một", which ranks ("một
trong số các").
"""

from __future__ import annotations

import re
from decimal import Decimal

from flows.figures.number import Number
from flows.recognizers.counted import match_noun
from flows.recognizers.roles import role_pattern
from flows.recognizers.spelled.words import numeral_words

_BACK = role_pattern("points_back")
_NAMED = role_pattern("names_again")
_THESE = role_pattern("these")
_SENTENCES = 2
_NAME = 40
_OF_SO_MANY = re.compile(r" trong(?: tổng)?(?: số)? (?P<all>[0-9]{1,3}|[^\W\d_]+) [^\W\d_]")
_YEAR = "năm"


def points_back(low: str, end: int) -> bool:
    """Whether what follows a number at `end` makes it some of those told before.

    >>> points_back("hai trong số họ", 3), points_back("một trong những", 3)
    (True, False)
    """
    return low.startswith(" trong số ", end) and (
        _BACK.match(low, end + 1) is not None or _NAMED.match(low, end + 1) is not None)


def of_so_many(low: str, end: int, value: Decimal) -> bool:
    """Whether the number of all follows a number in words at `end`: "ba trong bốn bị cáo".

    >>> of_so_many("ba trong bốn bị cáo", 2, Decimal(3)), of_so_many("ba trong năm tới", 2, Decimal(3))
    (True, False)
    """
    found = _OF_SO_MANY.match(low, end)
    if found is None or found["all"] == _YEAR:
        return False
    if found["all"].isdecimal():
        return value < int(found["all"])
    word = numeral_words().get(found["all"])
    return word is not None and word.role in ("unit", "ten") and value < (word.value or 0)


def is_some(low: str, end: int, value: Decimal) -> bool:
    """Whether what follows a number at `end` makes it some of others, told before or right behind it."""
    return points_back(low, end) or of_so_many(low, end, value)


def noun_of_those(number: Number, low: str, whole: Number | None) -> str | None:
    """The noun of the things that `number` is some of: that of `whole`, the last count before it; None if it is not."""
    if whole is None or whole.sentence < number.sentence - _SENTENCES or not points_back(low, number.end):
        return None
    if whole.ranged or whole.value <= number.value or not whole.unit:
        return None
    named = _NAMED.match(low, number.end + 1)
    if named is None or _THESE.search(low, named.end(), named.end() + _NAME):
        return whole.unit
    begin = named.end() + 1
    end = match_noun(low, begin)
    same = end is not None and low[begin:end].split(" ", 1)[0] == whole.unit.lower().split(" ", 1)[0]
    return whole.unit if same else None
