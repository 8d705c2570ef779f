"""The world price of gold and what it is reckoned to be in a country's own money and measure.

"giá vàng giao ngay đứng ở mức 1.292,5 USD/ounce. … Vàng thế giới quy đổi theo giá USD ngân hàng có giá hơn 35,8 triệu
đồng/lượng" → the two are one price: a lượng is 37.5 g, a troy ounce 31.1034768 g.

The price at home must be said to be reckoned (quy đổi, quy ra, tương đương); what gold at home costs more or less than
abroad ("quy đổi, vàng trong nước đắt hơn thế giới 1,48 triệu đồng/lượng") is no price. Of several world prices the one
that is delivered at once (giao ngay) is meant, not the one of a month to come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from flows.checks.reading.article import Reading
from flows.checks.reading.words import alternation, words

OUNCES_OF_A_TAEL = Fraction(375, 10) / Fraction("31.1034768")
"""Troy ounces in one lượng."""
_RECKONED = re.compile(alternation(words("told_in", "reckoned_in", "equals")))
_APART = re.compile(r"(?<!\w)(?:cao|thấp|đắt|rẻ|chênh|chênh lệch|kém|nhiều|ít)(?!\w)")
_AT_ONCE = re.compile(r"(?<!\w)giao ngay(?!\w)")
_TO_COME = re.compile(r"(?<!\w)giao tháng(?!\w)")
_TAEL = re.compile(r"(?<!\w)(?:lượng|cây)(?!\w)[^.;\n]{0,25}\Z")
_OUNCES = frozenset({"USD/ounce", "USD/oz"})
_SENTENCE = 160
_BACK, _WINDOW = 5, 14
_LEAST = 100
"""No ounce of gold has cost less since 1972: smaller numbers are changes."""


def bullion(reading: Reading) -> Iterator[tuple[int, int]]:
    """Positions of a price per ounce and the price per lượng that it is reckoned to be."""
    if "lượng" not in reading.low or "vàng" not in reading.low:
        return
    for i in range(1, len(reading.figures)):
        if _at_home(reading, i) and (world := _abroad(reading, i)) is not None:
            yield world, i


def _at_home(reading: Reading, i: int) -> bool:
    figure, before = reading.figures[i], reading.before(i)
    per_tael = figure.unit == "VND/lượng" or figure.unit == "VND" and _TAEL.search(before)
    if figure.direction is not None or not per_tael:
        return False
    return _RECKONED.search(before) is not None and not _APART.search(before)


def _abroad(reading: Reading, i: int) -> int | None:
    nearest = None
    for k in reading.backwards(i, _BACK, _WINDOW):
        figure = reading.figures[k]
        start = figure.char_start
        if figure.direction is not None or (figure.value or 0) < _LEAST:
            continue
        told = reading.low[max(0, start - _SENTENCE) : start]
        if figure.unit not in _OUNCES and not (figure.unit == "USD" and "ounce" in told):
            continue
        sentence = re.split(r"[.!?]\s|\n", told)[-1]
        if _AT_ONCE.search(sentence):
            return k
        if nearest is None and not _TO_COME.search(sentence):
            nearest = k
    return nearest
