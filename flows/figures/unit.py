"""The unit of a number: which kind of figure it makes, in which unit, and where the printed unit ends.

Rule for overlapping readings: of the currency, the unit and the counted noun that begin right after the number,
the one with the longest print wins ("đồng chí" over "đồng", "năm tuổi" over "năm"); among equals currency before
unit before noun. A noun no seed knows is taken only when nothing else stands there.
"""

from __future__ import annotations

import re
from decimal import Decimal

from flows.figures.number import Number
from flows.recognizers.counted import match_noun, match_unknown_noun
from flows.recognizers.currencies import currency_before, match_currency
from flows.recognizers.digits import regrouped
from flows.recognizers.rates import match_rate
from flows.recognizers.units import UnitRow, match_unit

_METRE_TAIL = re.compile(r"m([0-9]{1,2})(?![0-9])")
_BARE_BANKNOTE_WORDS = frozenset(("bảng", "đô", "tệ", "won", "xu", "yên", "đ", "kip", "lira", "tr"))
_TIMES_WORDS = frozenset(("gấp", "tăng", "giảm", "vượt", "hơn", "kém", "lớn", "cao", "nhiều", "nhanh", "gần", "bằng",
                          "đến", "tới", "khoảng", "trên", "lên", "đắt", "mạnh", "thấp", "ít", "quá", "tăng_gấp"))
_TIMES_LEFT = re.compile(
    r"\b(?:gấp|tăng|giảm|vượt|(?:cao|lớn|nhiều|nhanh|đắt|mạnh|nặng|dài|rộng|thấp|ít|nhỏ|rẻ|kém|tốt|mạnh) hơn)"
    r"(?: (?:gấp|đến|tới|khoảng|gần|hơn|trên|lên|từ|giá|thêm|cả|hàng|nhiều|xấp xỉ|ước|quá|những|được|hơn|bình quân|"
    r"trung bình|tối đa|tối thiểu|ít nhất|đột biến|mạnh|vọt|cao))*\s?\Z")
_TIMES_RIGHT = re.compile(r" (?:so với|giá trị|mức|bình thường|thông thường|cùng kỳ|cho phép|năm (?:ngoái|trước))")
_SPEED_AFTER_TIMES = frozenset(("tuần", "tháng", "năm", "ngày"))
_TIME_UNITS = frozenset(("year", "month", "week", "day", "hour", "minute", "second"))


def attach_unit(number: Number, text: str, low: str) -> None:
    """Find the unit printed beside `number`; its `kind` stays empty when there is none.

    The value is multiplied by the unit's factor (50 tạ → 5000 kg).
    """
    at = number.end
    size = len(low)
    if at < size and low[at] in " \xa0":
        at += 1
        if at < size and low[at] in " \xa0":
            at += 1
    sign = None
    if number.start and low[number.start - 1] in "$€£¥ ":
        sign = currency_before(low, number.start - (low[number.start - 1] == " "))
    if sign is not None:
        number.span_start = sign[0]
        number.kind, number.unit, number.unit_end = "money", sign[1].code, number.end
        currency = match_currency(low, at)
        if currency is not None and currency[1].code == number.unit:
            number.unit_end = currency[0]
        _settle_grouping(number)
        return
    if at >= size:
        return
    if text[at].isdigit():
        return
    glued = at == number.end
    best_end = 0
    currency = match_currency(low, at)
    if currency is not None and not _is_noun_currency(number, low, at, currency[0]):
        best_end = currency[0]
    unit = match_unit(text, low, at)
    if unit is not None and unit[0] > best_end and (glued or not _glued_only(unit[1], low, at)):
        best_end = unit[0]
        currency = None
    elif best_end:
        unit = None
    else:
        unit = None
        currency = None
    if not glued:
        noun_end = match_noun(low, at)
        if noun_end is not None and noun_end > best_end:
            _set_noun(number, low, at, noun_end, True)
            return
    if currency is not None and best_end:
        row = currency[1]
        number.kind, number.unit, number.unit_end, number.factor = "money", row.code, best_end, row.factor
        _settle_grouping(number)
        rate = match_rate(low, best_end)
        if rate is not None:
            number.kind = "rate"
            number.unit_end = rate[0]
            number.unit += rate[1]
        return
    if unit is not None:
        _set_unit(number, low, unit[0], unit[1])
        return
    if not glued:
        unknown = match_unknown_noun(text, low, at)
        if unknown is not None:
            _set_noun(number, low, at, unknown, False)


def _glued_only(row: UnitRow, low: str, at: int) -> bool:
    """Single letters that mean a unit only when glued to the number: 24h, 15p, 60s."""
    return row.word in ("h", "p", "s", "ph", "°", "”", "″")


def _is_noun_currency(number: Number, low: str, at: int, end: int) -> bool:
    """"2 bảng đấu", "5 yên": a currency word after a small plain number may be a noun."""
    word = low[at:end]
    if word not in _BARE_BANKNOTE_WORDS or number.scale > 1:
        return False
    if word == "bảng":
        return number.value < 1000 and not low.startswith((" anh", "/", " mỗi", " một", " phí"), end)
    return False


def _settle_grouping(number: Number) -> None:
    """10,381 beside a unit that has no thousandths is ten thousand."""
    if number.grouped_doubt and number.scale == 1:
        digits = regrouped(number.token)
        number.value, number.resolution, number.style = digits.value, digits.resolution, digits.style
        number.grouped_doubt = False


def _set_noun(number: Number, low: str, at: int, end: int, known: bool) -> None:
    number.kind, number.unit, number.unit_end, number.known_noun = "count", low[at:end], end, known
    _settle_grouping(number)
    if low[end:end + 1] == "/" or low[end:end + 2] == " /":
        rate = match_rate(low, end)
        if rate is not None:
            number.kind = "rate"
            number.unit_end = rate[0]
            number.unit += rate[1]


def _set_unit(number: Number, low: str, end: int, row: UnitRow) -> None:
    kind, name = row.kind, row.unit
    number.factor = row.factor
    number.known_noun = True
    if kind == "multiple":
        if not _is_times(number, low, end):
            kind, name = "count", "lần"
    number.kind, number.unit, number.unit_end = kind, name, end
    if kind in ("count", "duration", "age", "score"):
        _settle_grouping(number)
    if row.unit == "m" and row.word == "m":
        tail = _METRE_TAIL.match(low, end - 1)
        if tail is not None and number.scale == 1 and number.value == number.value.to_integral_value():
            number.value += Decimal(tail[1]).scaleb(-len(tail[1]))
            number.resolution = Decimal(1).scaleb(-len(tail[1]))
            number.end = number.unit_end = tail.end()
            return
    if kind in ("age", "score", "multiple"):
        return
    following = low[end:end + 2]
    if following[:1] == "/" or following == " /" or (kind == "quantity" and following[:1] == " "):
        rate = match_rate(low, end)
        if rate is None:
            return
        if kind == "percent":
            if "/" in following:
                number.unit += rate[1]
            return
        if "/" not in following and rate[1] not in ("/người", "/ngày", "/năm", "/tháng", "/ha", "/giờ"):
            return
        number.kind = "rate"
        if kind == "duration":
            name = low[number.end:end].strip()
        number.unit = name + rate[1]
        number.unit_end = rate[0]


def _is_times(number: Number, low: str, end: int) -> bool:
    left = low[max(number.floor, number.start - 40):number.start]
    if _TIMES_LEFT.search(left):
        return True
    return bool(_TIMES_RIGHT.match(low, end)) and ("tăng" in left or "giảm" in left or "gấp" in left or "bằng" in left)
