"""Numbers in words as figures: mười hai đảng viên · hai triệu rưỡi đồng · một phần ba · gấp đôi.

Rule: a numeral in words is a figure only with a unit or a counted noun a seed knows right after it, or a scale word in
it, or as some of others ("hai trong số họ", "ba trong bốn bị cáo": `those`); "một" alone never is (it is the article),
nor a numeral whose neighbours speak for another reading.
"""

from __future__ import annotations

import re
from decimal import Decimal

from flows.figures.number import Number, set_left
from flows.figures.those import is_some
from flows.figures.unit import attach_unit
from flows.recognizers.blocking import blocking_word
from flows.recognizers.fractions import Fraction
from flows.recognizers.roles import role_words
from flows.recognizers.spelled import SpelledNumeral

_ONE = Decimal(1)
_LARGEST_REFERENCE = 4
_LEAST_SCALED = 1000
_FRACTION_RESOLUTION = Decimal("0.000001")


_PEOPLE = "dân"
_PER = frozenset(("trên", "mỗi", "cho", "cứ"))
"""8 bác sĩ trên một vạn dân: what it is per, no figure of its own."""
_DATED = re.compile(r" (?![0-9]{1,3} tuổi)[0-9]")
_REFERENCES = role_words("reference")


def _is_reference(number: Number) -> bool:
    """"hai nước", "ba bên": the ones spoken of, not how many."""
    return number.value <= _LARGEST_REFERENCE and number.unit in _REFERENCES


def read_words(worded: SpelledNumeral | Fraction, printed: str, text: str, low: str, sentence: int,
               floor: int) -> Number | None:
    """The number that `worded` is, with its unit; None when it is no figure."""
    start, end = worded.char_start, worded.char_end
    if isinstance(worded, Fraction):
        number = Number(start, end, worded.value, _FRACTION_RESOLUTION, "words", _ONE, printed, sentence, floor,
                        span_start=start)
        if worded.value == worded.value.to_integral_value():
            number.resolution = _ONE
        set_left(number, low)
        number.kind, number.unit, number.unit_end, number.known_noun = "multiple", "x", end, True
        return number
    if worded.is_doubtful or worded.value == 1:
        return None
    resolution = Decimal(worded.resolution)
    value = _ONE if worded.value is None else Decimal(worded.value)
    number = Number(start, end, value, resolution, "words", _ONE, printed, sentence, floor, span_start=start)
    if worded.value is None:
        if worded.low is None or worded.high is None:
            return None
        number.low, number.high, number.ranged = Decimal(worded.low), Decimal(worded.high), True
    set_left(number, low)
    attach_unit(number, text, low)
    if number.kind and number.known_noun or number.kind == "money":
        if number.unit == _PEOPLE and number.word in _PER:
            return None
        if worded.is_single and (
                _DATED.match(low, number.unit_end) or _is_reference(number) or number.unit == "chỉ"):
            return None
        if number.kind == "count" and number.word:
            blocked = blocking_word(low, number.left, number.word)
            if blocked is not None and blocked[1].strength == "strong":
                return None
        return number
    of_others = worded.is_single and is_some(low, end, value)
    return number if not number.kind and (value >= _LEAST_SCALED or of_others) else None
