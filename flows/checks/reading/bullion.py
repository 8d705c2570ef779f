"""The world price of gold and what it is reckoned to be in a country's own money and measure.

"giá vàng giao ngay đứng ở mức 1.292,5 USD/ounce. … Vàng thế giới quy đổi theo giá USD ngân hàng có giá hơn 35,8 triệu
đồng/lượng" → the two are one price: a lượng is 37.5 g, a troy ounce 31.1034768 g.

The price at home must be said to be reckoned (quy đổi, quy ra, tương đương); what gold at home costs more or less than
abroad ("quy đổi, vàng trong nước đắt hơn thế giới 1,48 triệu đồng/lượng") is no price. Of several world prices the one
that is delivered at once (giao ngay) is meant, not the one of a month to come.

"giá bán ra 36,36 triệu đồng/lượng … Giá vàng thế giới quy đổi 33,75 triệu đồng/lượng, thấp hơn giá vàng trong nước 2,61
triệu đồng/lượng" → the home price meant is what gold is sold at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import chain, islice

from flows.checks.reading.article import Reading
from flows.checks.reading.words import alternation, words
from flows.model import Figure

OUNCES_OF_A_TAEL = Fraction(375, 10) / Fraction("31.1034768")
"""Troy ounces in one lượng."""
_RECKONED = re.compile(alternation(words("told_in", "reckoned_in", "equals")))
_APART = re.compile(r"(?<!\w)(?:cao|thấp|đắt|rẻ|chênh|chênh lệch|kém|nhiều|ít)(?!\w)")
_AT_ONCE = re.compile(r"(?<!\w)giao ngay(?!\w)")
_TO_COME = re.compile(r"(?<!\w)giao tháng(?!\w)")
_TAEL = re.compile(r"(?<!\w)(?:lượng|cây)(?!\w)[^.;\n]{0,25}\Z")
_OUNCES = frozenset({"USD/ounce", "USD/oz"})
_BELOW_HOME = re.compile(
    r"(?<!\w)(?:thấp|rẻ|kém) hơn (?:so với )?(?:giá )?(?:bán )?(?:vàng )?(?:miếng )?(?P<whose>trong nước|\w{2,6})(?!\w)"
    r"[^,;.()\d]{0,20}\Z"
)
_SOLD_AT = re.compile(r"(?<!\w)bán(?: ra)?(?!\w)[^;.()]{0,40}\Z")
_SOLD = re.compile(r"\A\s*\(?\s*(?:ở chiều )?bán ra(?!\w)")
_BOUGHT = re.compile(r"\A\s*\(?\s*(?:ở chiều )?mua vào(?!\w)")
_PAIRED = re.compile(r"\A\s*(?:\(mua(?: vào)?\))?\s*(?:[-–]|và)\s*\Z")
_ON_BOTH_SIDES = re.compile(r"(?<!\w)(?:lần lượt|(?:mỗi|hai|2) chiều|mua(?: vào)?(?!\w)[^.;()]*(?<!\w)bán)(?!\w)")
_DAYS, _ASIDE = 2, 30
_HOME_SENTENCES, _HOME_WINDOW = 25, 24
_SELLERS = 2
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


def home_and_world(reading: Reading, i: int) -> Iterator[tuple[int, int]]:
    """The price gold is sold at at home and the reckoned world price that `i` may tell the distance of.

    The world price stands right before `i`. At home it is one of the two nearest selling prices, those before first,
    and where a brand is named ("thấp hơn giá vàng SJC") of those whose sentence names it.
    """
    world = i - 1
    below = _BELOW_HOME.search(reading.before(i)) if world >= 0 else None
    if below is None or not reading.same_sentence(world, i) or not _at_home(reading, world):
        return
    brand = "" if below["whose"] == "trong nước" else below["whose"]
    before = reading.backwards(world, _HOME_SENTENCES, _HOME_WINDOW)
    prices = (
        k for k in chain(before, reading.onwards(i, _HOME_SENTENCES, _HOME_WINDOW))
        if _is_selling_price(reading, k) and brand in _sentence_before(reading, k)
    )
    for home in islice(prices, _SELLERS):
        yield home, world


def _is_selling_price(reading: Reading, k: int) -> bool:
    figure, after = reading.figures[k], reading.after(k)
    if figure.unit != "VND/lượng" or figure.value is None or figure.direction is not None or _BOUGHT.match(after):
        return False
    return _SOLD.match(after) is not None or _SOLD_AT.search(reading.before(k)) is not None


def _sentence_before(reading: Reading, k: int) -> str:
    start = reading.figures[k].char_start
    return re.split(r"[.!?]\s|\n", reading.low[max(0, start - 2 * _SENTENCE) : start])[-1]


def quoted_apart(reading: Reading) -> Iterator[tuple[int, int, int]]:
    """Changes of what gold is bought and sold at, told together, with the prices of the two days: change, new, base.

    "tại 55,2 - 55,65 triệu đồng/lượng (mua - bán), lần lượt giảm 200.000 đồng và 100.000 đồng … Phiên trước 55,4 -
    55,75 triệu đồng/lượng (mua - bán)" → both must be the distance of the two quotations, on their sides.
    """
    if "mua" not in reading.low or "bán" not in reading.low:
        return
    quotes = [k for k in range(len(reading.figures) - 1) if _is_quotation(reading, k)]
    if len(quotes) < _DAYS:
        return
    for i in range(len(reading.figures) - 1):
        bought, sold = _signed(reading.figures[i]), _signed(reading.figures[i + 1])
        if bought is None or sold is None or not reading.same_sentence(i, i + 1):
            continue
        if not _ON_BOTH_SIDES.search(reading.between(i, i + 1) + reading.after(i + 1) + reading.before(i)[-_ASIDE:]):
            continue
        near = [k for k in quotes if k + _DAYS == i or k == i + _DAYS and reading.same_sentence(i, k)]
        for new in near:
            for base in quotes:
                if base != new and _moved(reading, base, new) == (bought, sold):
                    yield i, new, base
                    yield i + 1, new + 1, base + 1
                    break


def _is_quotation(reading: Reading, k: int) -> bool:
    """Whether two prices stand as what is paid and what is asked: "36,12 triệu đồng/lượng (mua vào) và 36,20 …"."""
    one, other = reading.figures[k], reading.figures[k + 1]
    if one.unit != other.unit or one.kind != "rate" or one.value is None or other.value is None:
        return False
    plain = one.direction is None is other.direction and reading.same_sentence(k, k + 1)
    return plain and one.value < other.value and _PAIRED.match(reading.gap(k + 1)) is not None


def _signed(figure: Figure) -> Decimal | None:
    if figure.direction is None or figure.value is None or figure.kind not in ("money", "rate"):
        return None
    return figure.value if figure.direction == "up" else -figure.value


def _moved(reading: Reading, base: int, new: int) -> tuple[Decimal, Decimal]:
    before, now = ([reading.figures[k + side].value or Decimal(0) for side in (0, 1)] for k in (base, new))
    return now[0] - before[0], now[1] - before[1]
