"""Figures of foreign trade by what they are: exports, imports, both together, and the balance.

Trade reports name these far apart ("kim ngạch xuất khẩu đạt …", a sentence on imports, then "tổng kim ngạch hai chiều"
or "nhập siêu"), so the words before each figure, not its place, tell which it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from flows.checks.reading.article import Reading

_LABEL = re.compile(
    r"(?<!\w)(?:(?P<both>hai chiều|2 chiều|xuất nhập khẩu|xnk|xuất, nhập khẩu|xuất khẩu và nhập khẩu)"
    r"|(?P<balance>nhập siêu|xuất siêu|thặng dư|thâm hụt)|(?P<exports>xuất khẩu)|(?P<imports>nhập khẩu))(?!\w)"
)
_SENTENCE_END = re.compile(r"[\n;]|[.!?…]\s")
_IS = re.compile(r"(?<!\w)(?:nhập siêu|xuất siêu|thặng dư|thâm hụt)(?: tới| đến| khoảng| gần| hơn| trên| là)*\s*\Z")
"""A deficit is read as a fall; it is a level here, unless the words make it rise or fall."""
_CLOSE = 130
MOST = 40


@dataclass(slots=True)
class Trade:
    """Positions of trade figures in an article, by what they are."""

    exports: list[int] = field(default_factory=list)
    imports: list[int] = field(default_factory=list)
    both: list[int] = field(default_factory=list)
    balance: list[int] = field(default_factory=list)


def trade(reading: Reading) -> Trade:
    """The trade figures of an article, read once; empty for an article that names no exports or imports."""
    known = reading.shared.get("trade")
    if known is None:
        known = reading.shared["trade"] = _read(reading)
    result: Trade = known
    return result


def _read(reading: Reading) -> Trade:
    found = Trade()
    low = reading.low
    if "xuất khẩu" not in low or "nhập khẩu" not in low:
        return found
    for i, figure in enumerate(reading.figures):
        if figure.kind not in ("money", "quantity") or figure.value is None:
            continue
        label = label_before(reading, i)
        if label is not None and (figure.direction is None or (label == "balance" and _IS.search(reading.before(i)))):
            members: list[int] = getattr(found, label)
            if len(members) < MOST:
                members.append(i)
    return found


def label_before(reading: Reading, i: int) -> str | None:
    """What the words before figure `i` say it is of: exports, imports, both, balance, or None."""
    labels = list(_LABEL.finditer(_words_before(reading, i)))
    return labels[-1].lastgroup if labels else None


def _words_before(reading: Reading, i: int) -> str:
    """The words before a figure in its sentence, other figures included ("buôn bán 2 chiều đạt …")."""
    start = reading.figures[i].char_start
    words = reading.low[max(0, start - _CLOSE) : start]
    ends = [found.end() for found in _SENTENCE_END.finditer(words)]
    return words[ends[-1] :] if ends else words


def near(positions: Sequence[int], to: int, reading: Reading, sentences: int = 6) -> list[int]:
    """Those of `positions` within `sentences` of figure `to`, the nearest first."""
    close = [k for k in positions if abs(reading.figures[k].sentence_no - reading.figures[to].sentence_no) <= sentences]
    return sorted(close, key=lambda k: abs(k - to))[:4]
