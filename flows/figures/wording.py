"""One form for words that are written in several ways, so that seed tables hold each of them once.

Vietnamese has two habits of placing a tone mark (`hòa`, `hoà`) and of writing a final i (`tỷ`, `tỉ`); both are
folded to the first. Accents are kept: `bán` and `bàn` are two words.
"""

from __future__ import annotations

import re

_NOT_WORD = re.compile(r"[^\w%‰]+")
_TONE_PLACE = re.compile(r"(?:[oO]|(?<![qQ])[uU])[àáảãạèéẻẽẹỳýỷỹỵ](?!\w)")
_MOVED = {
    "oà": "òa",
    "oá": "óa",
    "oả": "ỏa",
    "oã": "õa",
    "oạ": "ọa",
    "oè": "òe",
    "oé": "óe",
    "oẻ": "ỏe",
    "oẽ": "õe",
    "oẹ": "ọe",
    "uỳ": "ùy",
    "uý": "úy",
    "uỷ": "ủy",
    "uỹ": "ũy",
    "uỵ": "ụy",
}
_MOVED |= {old.capitalize(): new.capitalize() for old, new in _MOVED.items()}
_FINAL_I = re.compile(r"(?<!\w)([hklmt])([iìíỉĩị])(?!\w)")
_FINAL_Y = dict(zip("iìíỉĩị", "yỳýỷỹỵ", strict=True))


def one_tone_place(text: str) -> str:
    """`text` with the tone mark of oa, oe, uy on the first vowel; case and length are kept.

    >>> one_tone_place("Khánh Hoà, Uỷ ban")
    'Khánh Hòa, Ủy ban'
    >>> one_tone_place("hoàng, quý")
    'hoàng, quý'
    """
    return _TONE_PLACE.sub(lambda match: _MOVED.get(match[0], match[0]), text)


def fold_words(text: str) -> str:
    """`text` in lower case with single spaces, no punctuation and one spelling, a space at each end.

    >>> fold_words("Uỷ ban: tỉ lệ  hoà giải")
    ' ủy ban tỷ lệ hòa giải '
    """
    lowered = _FINAL_I.sub(lambda match: match[1] + _FINAL_Y[match[2]], one_tone_place(text.lower()))
    return f" {_NOT_WORD.sub(' ', lowered).strip()} "
