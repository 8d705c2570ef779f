"""Numbers that belong to a proper name: Mazda 6 · iPhone 8 · SEA Games 29 · Vĩnh Tân 4 · Windows 10.

Rule: the word before the number is written with a capital inside a sentence. A word that cannot be a Vietnamese
syllable makes the number part of a name even when a counted noun follows ("iPhone 7 màu đỏ"), while the number is
small or a model number; a Vietnamese name does so only for a small number with no counted noun ("Thủ Thiêm 2").
"""

from __future__ import annotations

import re
from decimal import Decimal

_SYLLABLE = re.compile(r"(?:ngh|ng|nh|gh|gi|kh|ch|th|tr|ph|qu|[bcdđghklmnpqrstvx])?[^\Wbcdđfghjklmnpqrstvwxz\d_]{1,3}"
                       r"(?:ch|nh|ng|[cmnpt])?")
_LARGEST_PLACE_NUMBER = 12
_LARGEST_MODEL = 9999


def is_foreign(word: str) -> bool:
    """Whether the word, in small letters, cannot be a Vietnamese syllable: mazda, nvx, iphone.

    >>> is_foreign("nvx"), is_foreign("thiêm")
    (True, False)
    """
    return _SYLLABLE.fullmatch(word) is None


def is_name_number(text: str, left: int, word: str, sentence_start: int, value: Decimal, known_noun: bool) -> bool:
    """Whether the number after the word that ends at `left` is part of a name.

    >>> is_name_number("bản Mazda 6 mới", 9, "mazda", 0, Decimal(6), False)
    True
    >>> is_name_number("tại Hà Nội 6 người", 10, "nội", 0, Decimal(6), True)
    False
    """
    if not word:
        return False
    start = left - len(word)
    printed = text[start:left]
    if printed == word:
        return False
    if is_foreign(word):
        return value <= _LARGEST_MODEL and not known_noun
    if start <= sentence_start:
        return False
    return not known_noun and value <= _LARGEST_PLACE_NUMBER
