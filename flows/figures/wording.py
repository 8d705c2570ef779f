"""One form for words that are written in several ways, so that seed tables hold each of them once.

Vietnamese has two habits of placing a tone mark (`hòa`, `hoà`) and of writing a final i (`tỷ`, `tỉ`); both are
folded to the first. Accents are kept: `bán` and `bàn` are two words.
"""

from __future__ import annotations

import re
import unicodedata

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
_MOST_PIECES = 50_000


def one_tone_place(text: str) -> str:
    """`text` with the tone mark of oa, oe, uy on the first vowel; case and length are kept.

    >>> one_tone_place("Khánh Hoà, Uỷ ban")
    'Khánh Hòa, Ủy ban'
    >>> one_tone_place("hoàng, quý")
    'hoàng, quý'
    """
    return _TONE_PLACE.sub(lambda match: _MOVED.get(match[0], match[0]), text)


class _ToSpaces(dict[int, int]):
    """For `str.translate`: what is no letter, digit or percent sign becomes a space; filled as characters come."""

    def __missing__(self, code: int) -> int:
        letter = chr(code)
        kept = letter.isalnum() or letter in "_%‰" or unicodedata.combining(letter)
        self[code] = code if kept else 32
        return self[code]


_TO_SPACES = _ToSpaces()


def _fold_piece(piece: str) -> str:
    """What stands between two spaces, folded: "" for a mark, two words and more where a mark parts them."""
    words = one_tone_place(" ".join(piece.lower().translate(_TO_SPACES).split()))
    return _FINAL_I.sub(lambda match: match[1] + _FINAL_Y[match[2]], words)


class _Folded(dict[str, str]):
    """The pieces met so far, folded; filled as they come, emptied when there are too many."""

    def __missing__(self, piece: str) -> str:
        if len(self) >= _MOST_PIECES:
            self.clear()
        folded = self[piece] = _fold_piece(piece)
        return folded


_FOLDED = _Folded()


def fold_words(text: str) -> str:
    """`text` in lower case with single spaces, no punctuation and one spelling, a space at each end.

    >>> fold_words("Uỷ ban: tỉ lệ  hoà giải")
    ' ủy ban tỷ lệ hòa giải '
    """
    return f" {' '.join(filter(None, map(_FOLDED.__getitem__, text.split())))} "
