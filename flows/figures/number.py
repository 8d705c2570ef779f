"""The numbers of a text on their way to figures: found from the digits outwards, with scale and sign.

`Number` is the working value of this room: `read.py` fills it step by step and turns what quantifies something
into a `Figure`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from flows.recognizers.codes import is_code, is_list_number
from flows.recognizers.digits import DIGITS, as_decimal, points_are_decimal, prefers_points, read_digits
from flows.recognizers.scales import match_scale

_ONE = Decimal(1)
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")
_SHORT_TAIL = re.compile(r"([0-9]{1,3})(?![0-9]|[.,/][0-9])")
_MISSPACED = re.compile(r", ([0-9]{1,2})(?= ?(?:tỷ|tỉ|triệu|nghìn|ngàn|%))(?! ?% ?(?:,|và))")
_MISSPACED_PRICE = re.compile(r", ([0-9]{1,2})(?= (?:usd|euro|eur)(?!\w))")
"""1.274, 9 USD/oz."""
_FEWEST_DIGITS_OF_PRICE = 2
"""5K and 4K are names, 50K is a price."""
_SPACES = frozenset(" \xa0")
_HALF = " rưỡi"
_RANGE_FOLLOWS = re.compile(r" ?[-–] ?[0-9]| đến [0-9]")
_LONGEST_GROUP = 3
_NO_SPACES = {32: None, 160: None}
_SPACED_GROUPS = re.compile(r"(?:[ \xa0][0-9]{3})+(?![0-9.,/])"
                            r"(?= ?(?:đồng|đ\b|VN[DĐ]|USD|euro|m2|m3|km|kg|tấn|ha|lít|MW|kWh))")
_DECIMAL_SCALES = 1_000_000


@dataclass(slots=True)
class Number:
    """A numeral with its scale, and what has been found out about it."""

    start: int
    end: int
    value: Decimal
    resolution: Decimal
    style: str
    scale: Decimal
    token: str
    sentence: int
    floor: int
    """Where its sentence begins, or the number before it ends: nothing left of it belongs to this number."""
    left: int = 0
    """The end of the word left of it; `word` is that word, empty where a stop or bracket parts them."""
    word: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    blocked: bool = False
    grouped_doubt: bool = False
    kind: str = ""
    unit: str = ""
    unit_end: int = 0
    source: str = "printed"
    factor: Decimal = _ONE
    qualifier: str = "exact"
    direction: str | None = None
    sign: str = ""
    known_noun: bool = False
    ranged: bool = False
    span_start: int = 0
    part: bool = False
    """The first of "527/600"; the second is its `whole`."""
    whole: bool = False
    doubtful: bool = False
    """A weak blocking word stands before it: no figure unless it proves to be one with the next number."""
    heads_row: bool = False
    """Its unit stands before it, as in a table."""
    named: bool = False
    """Blocked only because the word before it is a name."""
    apart: bool = False
    """One of three or more joined by hyphens: no end of a range."""
    estimated: bool = False
    """The qualifier came from "ước" earlier in the clause."""


def last_word(low: str, end: int) -> str:
    """The word that ends at `end`, or nothing."""
    start = end - 12 if end > 12 else 0
    word = low[max(low.rfind(" ", start, end) + 1, start):end]
    if word.isalpha():
        return word
    found = _LAST_WORD.search(low, start, end)
    return found[0] if found else ""


def set_left(number: Number, low: str) -> None:
    """Fill `left` and `word`: what stands immediately before the number."""
    at = number.start
    if at and low[at - 1] in " \xa0":
        at -= 1
        if at and low[at - 1] in " \xa0":
            at -= 1
    number.left = at
    number.word = last_word(low, at) if at > 0 else ""


class NumberScanner:
    """Reads the digit tokens of one text; keeps what is asked of the text as a whole."""

    def __init__(self, text: str, low: str) -> None:
        self.text = text
        self.low = low
        self._points: bool | None = None

    def points(self) -> bool:
        """Whether the text prints decimals with a point; computed when first asked."""
        if self._points is None:
            self._points = prefers_points(self.text)
        return self._points

    def read(self, token: str, start: int, end: int, sentence: int, floor: int) -> Number:
        """The number whose digits stand at `start`…`end`; blocked when its form says it is none."""
        text, low = self.text, self.low
        if text[end:end + 1] in _SPACES and token.isdigit() and end - start <= _LONGEST_GROUP and (
                spaced := _SPACED_GROUPS.match(text, end)) is not None:
            end = spaced.end()
            value = Decimal(token + spaced[0].translate(_NO_SPACES))
            return Number(start, end, value, _ONE, "vi", _ONE, text[start:end], sentence, floor, span_start=start)
        digits = read_digits(token)
        if digits is None:
            return Number(start, end, _ONE, _ONE, "vi", _ONE, token, sentence, floor, blocked=True, span_start=start)
        scaled = match_scale(low, end)
        if digits.may_be_grouped and self.points() and (
                points_are_decimal(text) or (scaled is None and not _RANGE_FOLLOWS.match(low, end))):
            digits = read_digits(token.replace(",", "")) or digits
            digits.style = "en"
        if scaled is not None and text[end] == "K" and (len(token) < _FEWEST_DIGITS_OF_PRICE or (
                text[end + 1:end + 2].isdigit())):
            scaled = None
        if scaled is None:
            number = Number(start, end, digits.value, digits.resolution, digits.style, _ONE, token, sentence, floor,
                            grouped_doubt=digits.may_be_grouped, span_start=start)
            misspaced = None
            if low[end:end + 2] == ", " and (token.isdigit() or digits.may_be_decimal):
                misspaced = (_MISSPACED_PRICE if digits.may_be_decimal else _MISSPACED).match(low, end)
            if misspaced is None:
                return number
            scaled = match_scale(low, misspaced.end()) or (misspaced.end(), _ONE)
            fraction = misspaced[1]
            digits.value = Decimal(f"{token.replace('.', '')}.{fraction}")
            digits.resolution = _ONE.scaleb(-len(fraction))
            digits.style = "misprint"
        after, scale = scaled
        if digits.may_be_decimal and scale >= _DECIMAL_SCALES and points_are_decimal(text):
            digits = as_decimal(token)
        value = digits.value * scale
        resolution = digits.resolution * scale
        if text[after - 1] not in "0123456789":
            after, value, resolution = self._smaller_scales(after, scale, value, resolution)
        return Number(start, after, value, resolution, digits.style, scale, token, sentence, floor, span_start=start)

    def _smaller_scales(self, after: int, scale: Decimal, value: Decimal,
                        resolution: Decimal) -> tuple[int, Decimal, Decimal]:
        """What a chain adds: 3tr5, 2 tỷ 300 triệu, 3 nghìn 200."""
        low = self.low
        size = len(low)
        if after < size and low[after] in "0123456789":
            tail = _SHORT_TAIL.match(low, after)
            if tail is None:
                return after, value, resolution
            part = scale.scaleb(-len(tail[1]))
            return tail.end(), value + int(tail[1]) * part, part
        if low.startswith(_HALF, after):
            return after + len(_HALF), value + scale / 2, scale / 2
        for _ in range(3):
            if low[after:after + 1] != " " or not low[after + 1:after + 2].isdigit():
                break
            found = DIGITS.match(low, after + 1)
            part_digits = read_digits(found[0]) if found else None
            if found is None or part_digits is None:
                break
            smaller = match_scale(low, found.end())
            if smaller is not None:
                if smaller[1] >= scale or part_digits.value * smaller[1] >= scale:
                    break
                after, scale = smaller
                value += part_digits.value * scale
                resolution = part_digits.resolution * scale
                continue
            if part_digits.value < scale and len(found[0]) == 3 and scale == 1000 and found[0].isdigit():
                after = found.end()
                value += part_digits.value
                resolution = _ONE
            break
        return after, value, resolution


def block_by_form(number: Number, text: str, sentence_start: int) -> bool:
    """Whether the characters beside the number say it is no figure."""
    digits_end = number.start + len(number.token)
    return (is_code(text, number.start, digits_end, sentence_start)
            or is_list_number(text, number.start, digits_end, sentence_start))
