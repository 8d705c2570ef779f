"""Numerals in digits: 3.463 · 1.234.567,8 · 07 · 1,5 · and the English 1.5, 1,234,567.8.

Rule: with both separators the last is the decimal one. A separator that stands more than once groups thousands.
A single dot before exactly three digits groups thousands (3.463), otherwise it is an English decimal point (1.5,
11.1, 0.123). A single comma is the decimal comma; before exactly three digits it may be a misprinted group
(10,381 thí sinh), which the unit and the text decide (`may_be_grouped`). Anything else (1.2.3, 10,11,12) is no
numeral. Source: TCVN number format as Vietnamese papers apply it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
LONGEST_NUMERAL = 24
_POWERS = tuple(Decimal(1).scaleb(-n) for n in range(LONGEST_NUMERAL + 1))


@dataclass(slots=True)
class Digits:
    """A numeral as read: its value, the size of its last digit, how it was read."""

    value: Decimal
    resolution: Decimal
    style: str
    may_be_grouped: bool = False
    """One comma before three digits: 10,381."""
    may_be_decimal: bool = False
    """One dot before three digits: 2.167."""


def read_digits(token: str) -> Digits | None:
    """Read a token that `DIGITS` matched; None when it is no numeral.

    >>> [str(read_digits(t).value) for t in ("3.463", "1.234.567,8", "07", "1,5", "1.5", "1,234,567.8")]
    ['3463', '1234567.8', '7', '1.5', '1.5', '1234567.8']
    >>> read_digits("1.2.3") is None, read_digits("10,381").may_be_grouped
    (True, True)
    """
    if len(token) > LONGEST_NUMERAL:
        return None
    dots = token.count(".")
    commas = token.count(",")
    if not dots and not commas:
        return Digits(Decimal(token), _POWERS[0], "vi")
    if dots and commas:
        dot, comma = token.rfind("."), token.rfind(",")
        style, thousands, mark = ("vi", ".", ",") if comma > dot else ("en", ",", ".")
        whole, _, fraction = token.rpartition(mark)
        if mark in whole or not _grouped(whole.split(thousands)):
            return None
        return Digits(Decimal(f"{whole.replace(thousands, '')}.{fraction}"), _POWERS[len(fraction)], style)
    mark = "." if dots else ","
    groups = token.split(mark)
    if len(groups) > 2:
        if not _grouped(groups):
            return None
        return Digits(Decimal("".join(groups)), _POWERS[0], "vi" if dots else "en")
    three = len(groups[1]) == 3 and len(groups[0]) <= 3 and groups[0][0] != "0"
    if dots and three:
        return Digits(Decimal("".join(groups)), _POWERS[0], "vi", may_be_decimal=True)
    return Digits(Decimal(".".join(groups)), _POWERS[len(groups[1])], "en" if dots else "vi",
                  may_be_grouped=three and bool(commas))


def regrouped(token: str) -> Digits:
    """`token` (10,381) read as thousands.

    >>> regrouped("10,381").value
    Decimal('10381')
    """
    return Digits(Decimal(token.replace(",", "")), _POWERS[0], "misprint")


def as_decimal(token: str) -> Digits:
    """`token` (2.167) read with a decimal point.

    >>> as_decimal("2.167").value
    Decimal('2.167')
    """
    return Digits(Decimal(token), _POWERS[len(token.split(".")[1])], "en")


def _grouped(groups: list[str]) -> bool:
    return 1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])


_FEWEST_POINTS = 3
_GROUPED = re.compile(r"(?<![0-9.,])[0-9]{1,3}\.[0-9]{3}(?![0-9])(?! ?(?:tỷ|tỉ|triệu))")
_VI_MARK = re.compile(r"[0-9],[0-9]{1,2}(?![0-9.,])")
_EN_MARK = re.compile(r"(?<![0-9.,])[0-9]{1,3}\.[0-9]{1,2}(?![0-9.,])(?! ?(?:L\b|[AP]M|UTC|giờ|phút|GHz|inch))")


def points_are_decimal(text: str) -> bool:
    """Whether a dot before three digits can be decimal in `text`: points throughout, and no grouped thousands.

    >>> points_are_decimal("tăng 1.5%, còn 2.75%, đạt 3.25 tỷ"), points_are_decimal("tăng 1.5%, giá 5.400 đồng")
    (True, False)
    """
    return (_VI_MARK.search(text) is None and len(_EN_MARK.findall(text)) >= _FEWEST_POINTS
            and _GROUPED.search(text) is None)


def prefers_points(text: str) -> bool:
    """Whether the text's unmistakable numerals (1.5 against 1,5) are printed the English way.

    >>> prefers_points("tăng 1.5%, giảm 2.75%"), prefers_points("tăng 1,5%, bản 2.0")
    (True, False)
    """
    return len(_EN_MARK.findall(text)) > 4 * len(_VI_MARK.findall(text))
