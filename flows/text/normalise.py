"""Unicode normalisation: NFC and nothing else, so that offsets into an article mean the same to everyone."""

from __future__ import annotations

from unicodedata import is_normalized, normalize


def normalise(text: str) -> str:
    """Return `text` in NFC; spaces, dashes, quotes and case stay as given.

    A text that is NFC already (nearly every one) is returned as the same object.

    >>> decomposed = "ty\\u0309 đo\\u0302\\u0300ng"
    >>> normalise(decomposed) == "tỷ đồng"
    True
    >>> normalise("5–7 %\\u00a0…")
    '5–7 %\\xa0…'
    """
    return text if is_normalized("NFC", text) else normalize("NFC", text)
