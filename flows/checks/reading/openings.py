"""Words and signs that open a list of parts after a total.

"22 đảng viên, gồm …" (whole), "353 vụ. Trong đó có …" (partial), "cụ thể …" (specific), a colon, a bracket. "3 người
trong số đó" opens nothing: the words stand behind their part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.checks.reading.article import Reading
from flows.checks.reading.list_words import any_of, list_words
from flows.checks.reading.words import holds

NAMING = ("whole", "partial")
"""Openings that say the figures after them are parts; after the others only the numbers can tell."""
_LONGEST_INTRO = 200
_FIRST_LETTERS = "".join(sorted({word[0] for form in (*NAMING, "specific") for word in list_words(form)}))
"""Looked at before the words are tried: that halves the time."""
_OPENING = re.compile(
    f"(?=[:({_FIRST_LETTERS}])(?:(?P<whole>{any_of('whole')})"
    f"|(?P<partial>{any_of('partial')})|(?P<specific>{any_of('specific')})"
    r"|(?P<colon>:)|(?P<bracket>\())"
)
_HINTS: tuple[str, ...] = (
    *(":", "(", "gồm", "trong", "riêng", "cụ thể", "chia", "như sau", "lần lượt", "chủ yếu", "kể cả", "đặc biệt"),
    *("đáng chú ý", "có cả", "nhất là"),
)
_LABEL = re.compile(r"\([^():;,\n]{1,40}:\Z")
"""The name of the first item of a list in brackets: "(VNPT: 95.127, Viettel: 34.023)"."""
_CLAUSE_START = re.compile(r"(?:\A|[,;.:(\n–-]|(?<!\w)(?:và|trong đó|còn|thì))\s*\Z")
SENTENCE_END = re.compile(r"\n|(?<!\.\w)(?<!\s\w)[.!?…][\"”’)]*\s")
"""Not behind an initial: "bà H.T.L.V. trả …"."""
POSTPOSED = re.compile(rf"\A[^,.;:()\n\d]{{0,20}}?{any_of('postposed')}")
"""Words right behind a figure that make it a part of something named before."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens a list: its form, its word, and where it stands in the gap before the first figure of the list."""

    form: str
    word: str
    start: int
    end: int
    head: int = -1
    """Where an opening before it in the sentence begins: "Trong đó, phần lớn là nợ vay, bao gồm …"."""

    @property
    def first(self) -> int:
        """Where the words that open the list begin."""
        return self.start if self.head < 0 else self.head

    @property
    def is_aside(self) -> bool:
        """Whether it names one part by the way ("riêng Hà Nội có 12")."""
        return self.word in list_words("aside")


def last_opening(gap: str) -> Opening | None:
    """The opening of a list nearest to the figure after the gap; None if there is none or it is closed again.

    >>> last_opening(" đảng viên trong khối, gồm khiển trách ").form
    'whole'
    >>> last_opening(" người (theo báo cáo) và ") is None
    True
    >>> last_opening(" trong số đó đã tử vong và ") is None
    True
    """
    if not holds(gap, _HINTS):
        return None
    postposed = POSTPOSED.match(gap)
    last = None
    for found in _OPENING.finditer(gap, postposed.end() if postposed else 0):
        form, word = found.lastgroup or "partial", found[0]
        if word in list_words("aside") and not _CLAUSE_START.search(gap[: found.start()]):
            continue
        named = last is not None and last.form in NAMING and not SENTENCE_END.search(gap[last.end : found.start()])
        if named and form not in NAMING:
            continue
        if last is not None and last.form in NAMING and word in list_words("aside"):
            last = Opening(last.form, last.word, last.start, found.end(), last.head)
            continue
        chained = last is not None and last.form in NAMING and not SENTENCE_END.search(gap[last.end : found.start()])
        last = Opening(form, word, found.start(), found.end(), last.first if last is not None and chained else -1)
    if last is None:
        return None
    rest = gap[last.end :]
    if last.form in NAMING and SENTENCE_END.search(rest):
        return None
    if len(rest) > _LONGEST_INTRO or closes_first(rest):
        return None
    label = _LABEL.search(gap[: last.end]) if last.form == "colon" else None
    return Opening("bracket", "(", label.start(), label.start() + 1) if label else last


def opening_at(reading: Reading, k: int) -> Opening | None:
    """The opening in the gap before figure `k`, read once."""
    known: dict[int, Opening | None] = reading.shared.setdefault("openings", {})
    if k not in known:
        known[k] = last_opening(reading.gap(k))
    return known[k]


def closes_first(words: str) -> bool:
    """Whether a bracket that was open before `words` is closed in them.

    >>> closes_first("13) và (7"), closes_first("(7)")
    (True, False)
    """
    closing = words.find(")")
    return closing >= 0 and not -1 < words.find("(") < closing
