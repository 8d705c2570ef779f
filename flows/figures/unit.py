"""The unit of a number: which kind of figure it makes, in which unit, and where the printed unit ends.

Rule for overlapping readings: of the currency, the unit and the counted noun that begin right after the number,
the one with the longest print wins ("đồng chí" over "đồng", "năm tuổi" over "năm"); among equals currency before
unit before noun. A noun no seed knows is taken only when nothing else stands there.
"""

from __future__ import annotations

import re
from decimal import Decimal

from flows.figures.number import Number
from flows.recognizers.counted import match_noun, match_refused, match_unknown_noun
from flows.recognizers.currencies import currency_before, match_currency
from flows.recognizers.digits import regrouped
from flows.recognizers.phrases import first_word
from flows.recognizers.rates import match_rate
from flows.recognizers.roles import role_pattern, role_words
from flows.recognizers.scales import match_scale
from flows.recognizers.spelled import parse_numeral
from flows.recognizers.units import UnitRow, match_unit

_HEAT_WINDOW = 300
_HALF = Decimal("0.5")
_GLUED_ONLY = role_words("glued_unit")
_ENGINE = role_pattern("engine")
_CODE_BEFORE = re.compile(r"\b([A-ZĐ]{3})(/[^\W\d_]+)? \Z")
_SIGN_SCALE = re.compile(r" ?(?:(m|mn|tr)|(b|bn))\b")
_HEAT = role_pattern("heat")
_GLOSS = re.compile(r"\(([^\W_]+(?: [^\W_]+){0,5})\) ")
_GRADE = re.compile(r" (?:10|[0-9])(?![0-9.,/%])(?! (?:điểm|%))")
"""278 điểm 10: so many tens."""
_PLACES = role_pattern("point_place")
_SHORT_SCALES = frozenset("kKr0123456789")
"""500k, 3tr, 3tr5: short forms of speech and chat, said of đồng."""
_AT = frozenset(("tại", "ở"))
_QUOTED = re.compile(r"['‘“\"]([^\W\d_]+(?: [^\W\d_]+){0,2})['’”\"]")
_ADDRESS_LEFT = role_words("address_left")
_STREETS = role_words("street")
_HAMLETS = role_words("address_unit")
_ADDRESS_MARKS = frozenset((",", ":"))
"""Gửi về: anh An, 53 ấp Phú Hiệp, xã Tân Hội."""
_HOUSES_BEFORE = re.compile(r"(?<![0-9.,])[0-9]{1,4}[A-Z]? ?[-–] ?\Z")
"""468 – 470 Xã Đàn: two houses of a street."""
_SOME = frozenset(("số", "mình"))
"""1 số diễn viên: một số, some; 1 mình: alone."""
_METRE_TAIL = re.compile(r"m([0-9]{1,2})(?![0-9])")
_BANKNOTES = role_words("banknote")
_IN_ALL = "tổng số "  # "95/96 tổng số đại biểu": the noun stands behind it
_SMALLEST_BARE_MONEY = 1000
_UNIT_IN_BRACKETS = re.compile(r"\([a-z]{1,3}[23²³]?\)")
"""số đo 86-58-92 (cm)."""
_WITHOUT_CENTS = frozenset(("VND", "JPY", "KRW", "IDR", "LAK", "KHR"))
_INCHES = ("-inch", "-inches")
"""màn hình 5,5-inch."""
_PRICE = role_pattern("money_context")
_PRICE_WINDOW = 24
_LEAST_SCALED = 1000
_ALWAYS_MONEY = 1_000_000_000
"""Nothing but people and money is counted in tỷ; people is a noun that a seed knows."""
_MONEY = "tiền"
_EMPTY_FRACTION = re.compile(r"([1-9][0-9]{0,2})\.(?:00|0000)")
"""800.0000 đồng, 600.00 cp: a nought too many or too few in the thousands."""
_LATE_RATE = re.compile(r"(?: [^\W\d_]+){1,2}(?=/(?:giờ|ngày|tuần|tháng|quý|năm|đêm|phút|vụ|mùa|km2|ha|m2)\b)")
_LONGEST_HEAD = 18
_SHORTEST_GLUED = 5
"""674cộng đồng, 48.676hội viên: the space is missing; shorter words may be a code."""
_LONGEST_LATE = 16
"""4 triệu tấn thép/năm, 15 triệu lượt khách lưu trú/năm: what it is stands before what it is per."""
_TIMES_LEFT = re.compile(
    r"\b(?:gấp|tăng|giảm|vượt|(?:cao|lớn|nhiều|nhanh|đắt|mạnh|nặng|dài|rộng|thấp|ít|nhỏ|rẻ|kém|tốt|mạnh) hơn)"
    r"(?: (?:gấp|đi|xuống|đến|tới|khoảng|gần|hơn|trên|lên|từ|giá|thêm|cả|hàng|nhiều|xấp xỉ|ước|quá|những|được|hơn|"
    r"quy chuẩn|tiêu chuẩn|giới hạn|mức|ngưỡng|bình quân|trung bình|tối đa|tối thiểu|"
    r"ít nhất|đột biến|mạnh|vọt|cao))*\s?\Z")
_TIMES_BEFORE_BRACKET = re.compile(r"(?<!\w)(?<!cầu )(?:vượt|cao hơn|cao gấp)(?: (?!qua )[^\W\d_]+){0,9} \(\Z")
_BRACKET_WINDOW = 80
"""vượt so với quy chuẩn môi trường (3,6 lần và 11 lần)."""
_TIMES_RIGHT = re.compile(r" (?:so với|giá trị|mức|bình thường|thông thường|cùng kỳ|cho phép|năm (?:ngoái|trước))")


def attach_unit(number: Number, text: str, low: str) -> None:
    """Find the unit printed beside `number`; its `kind` stays empty when there is none.

    The value is multiplied by the unit's factor (50 tạ → 5000 kg).
    """
    at = number.end
    size = len(low)
    if at < size and low[at] in " \xa0":
        at += 1
        if at + 1 < size and low[at] in " \xa0" and text[at + 1].islower():
            at += 1
    sign = None
    if number.start and low[number.start - 1] in "$€£¥ ":
        sign = currency_before(low, number.start - (low[number.start - 1] == " "))
    if sign is not None:
        number.span_start = sign[0]
        number.kind, number.unit, number.unit_end = "money", sign[1].code, number.end
        scale = _SIGN_SCALE.match(low, number.end) if number.scale == 1 else None
        if scale is not None:
            number.scale = Decimal(1_000_000 if scale[1] else 1_000_000_000)
            number.value *= number.scale
            number.resolution *= number.scale
            number.end = number.unit_end = at = scale.end()
        currency = match_currency(low, at)
        if currency is not None and currency[1].code == number.unit:
            number.unit_end = currency[0]
        settle_grouping(number)
        return
    if at < size and text[at] == "-" and low.startswith(_INCHES, at):
        at += 1
    if at >= size or text[at].isdigit() or text[at] in "+-":
        _code_before(number, text, low)
        return
    if number.scale >= _LEAST_SCALED and _names_money(number, text, low, at):
        return
    if low[at] == "(" and (gloss := _GLOSS.match(low, at)) is not None and _says(gloss[1], number.value):
        at = gloss.end()
    if number.end < at < size and low[at] == "(" and _set_unit_in_brackets(number, text, low, at):
        return
    if low.startswith(_IN_ALL, at):
        at += len(_IN_ALL)
    first = first_word(low, at)
    if match_refused(low, at, first):
        return
    glued = at == number.end
    best_end = 0
    currency = match_currency(low, at, first)
    if currency is not None and not _is_noun_currency(number, low, at, currency[0]):
        best_end = currency[0]
    unit = match_unit(text, low, at, first)
    if unit is not None and unit[0] > best_end and (glued or not _is_loose(unit[1], text, at)):
        best_end = unit[0]
        currency = None
    elif best_end:
        unit = None
    else:
        unit = None
        currency = None
    if not glued or text[at].islower():
        noun_end = match_noun(low, at, text, first)
        if noun_end is not None and noun_end > best_end and (not glued or noun_end - at >= _SHORTEST_GLUED):
            _set_noun(number, text, low, at, noun_end, True)
            return
    if currency is not None and best_end:
        row = currency[1]
        number.kind, number.unit, number.unit_end, number.factor = "money", row.code, best_end, row.factor
        settle_grouping(number)
        rate = match_rate(low, best_end)
        if rate is not None:
            number.kind = "rate"
            number.unit_end = rate[0]
            number.unit += rate[1]
        return
    if unit is not None:
        _set_unit(number, low, unit[0], unit[1])
        return
    if _code_before(number, text, low):
        return
    if number.word == "gấp":
        number.kind, number.unit, number.unit_end = "multiple", "x", number.end
        return
    if number.scale > 1 and text[number.end - 1] in _SHORT_SCALES and not text[number.end - 2].isspace():
        number.kind, number.unit, number.unit_end = "money", "VND", number.end
        rate = match_rate(low, number.end)
        if rate is not None:
            number.kind, number.unit, number.unit_end = "rate", number.unit + rate[1], rate[0]
        return
    if not glued and (quoted := _QUOTED.match(text, at)) is not None and quoted[1].islower():
        _set_noun(number, text, low, at, quoted.end(), True)
        number.unit = low[quoted.start(1):quoted.end(1)]
        return
    if not glued and number.word != "tuổi":
        unknown = match_unknown_noun(text, low, at)
        if unknown is not None and number.scale >= _ALWAYS_MONEY:
            number.kind, number.unit, number.unit_end = "money", "VND", number.end
        elif unknown is not None:
            _set_noun(number, text, low, at, unknown, False)


def _set_unit_in_brackets(number: Number, text: str, low: str, at: int) -> bool:
    """"86-58-92 (cm)": a bracket that holds a measure and nothing else."""
    bracketed = _UNIT_IN_BRACKETS.match(low, at)
    found = match_unit(text, low, at + 1) if bracketed is not None else None
    if bracketed is None or found is None or found[0] != bracketed.end() - 1 or found[1].kind != "quantity":
        return False
    _set_unit(number, low, found[0], found[1])
    number.unit_end = bracketed.end()
    return True


def _names_money(number: Number, text: str, low: str, at: int) -> bool:
    """"37,8 triệu/lượng" and "20 triệu tiền mặt" leave out the currency."""
    if at == number.end:
        rate = match_rate(low, at, seeds_only=True) if low[at] == "/" else None
        if rate is None:
            return False
        number.kind, number.unit, number.unit_end = "rate", "VND" + rate[1], rate[0]
        return True
    if not low.startswith(_MONEY, at) or low[at + len(_MONEY):at + len(_MONEY) + 1].isalpha():
        return False
    number.kind, number.unit, number.unit_end = "money", "VND", number.end
    return True


def _says(words: str, value: Decimal) -> bool:
    """Whether the bracket repeats the number: "06 (sáu) tháng"."""
    try:
        return parse_numeral(words) == value
    except ValueError:
        return False


def _code_before(number: Number, text: str, low: str) -> bool:
    """"USD 500", "VND/kg 44.800": a currency code in capitals before a number with no unit after it."""
    if low[number.start - 2:number.start] == ") " and _head_before(number, text, low):
        return True
    found = _CODE_BEFORE.search(text, max(number.floor, number.start - 14), number.start)
    if found is None:
        return False
    currency = match_currency(low, found.start(1))
    if currency is None or currency[0] != found.end(1):
        return False
    number.kind, number.unit, number.unit_end = "money", currency[1].code, number.end
    number.heads_row = True
    if found[2]:
        rate = match_rate(low, found.end(1))
        if rate is not None:
            number.kind, number.unit = "rate", number.unit + rate[1]
    settle_grouping(number)
    return True


def _head_before(number: Number, text: str, low: str) -> bool:
    """"Doanh thu (tỷ đồng) 7,5 10": the head of a row of a table names the unit in brackets."""
    at = low.rfind("(", max(number.floor, number.start - _LONGEST_HEAD), number.start) + 1
    end = number.start - 2
    if not at:
        return False
    scaled = match_scale(low, at)
    after, scale = scaled if scaled is not None and number.scale == 1 else (at, Decimal(1))
    after += after > at and low[after] == " "
    currency = match_currency(low, after)
    if currency is not None and currency[0] == end:
        number.kind, number.unit = "money", currency[1].code
    else:
        unit = match_unit(text, low, after)
        if unit is None or unit[0] != end or unit[1].kind not in ("percent", "quantity"):
            return False
        number.kind, number.unit, number.factor = unit[1].kind, unit[1].unit, unit[1].factor
    number.value *= scale
    number.resolution *= scale
    number.scale, number.unit_end, number.heads_row = scale, number.end, True
    settle_grouping(number)
    return True


def _is_loose(row: UnitRow, text: str, at: int) -> bool:
    """After a space, "h", "p", "s" are no units (24h, 15p, 60s are), nor is a time unit with a capital."""
    return row.word in _GLUED_ONLY or (row.kind == "duration" and text[at].isupper() and row.word.islower())


def _is_noun_currency(number: Number, low: str, at: int, end: int) -> bool:
    """"2 bảng đấu", "5 yên": a currency word after a small plain number may be a noun."""
    word = low[at:end]
    return (word in _BANKNOTES and number.scale == 1 and number.value < _SMALLEST_BARE_MONEY and not
            low.startswith((" anh", "/", " mỗi", " một", " phí"), end) and _PRICE.search(
                low, max(number.floor, number.start - _PRICE_WINDOW), number.start) is None)


def settle_grouping(number: Number) -> None:
    """10,381 beside a unit that has no thousandths is ten thousand; so is 10.0000 or 10.00.

    A price in foreign money stays open: the text decides it (`prices`).
    """
    if number.style == "en" and number.scale == 1 and number.unit in ("VND", "cp", "cổ phiếu", "người") and (
            zeros := _EMPTY_FRACTION.fullmatch(number.token)) is not None:
        number.value, number.resolution, number.style = Decimal(zeros[1]) * _SMALLEST_BARE_MONEY, Decimal(1), "misprint"
    if number.grouped_doubt and number.scale == 1 and not (
            number.kind in ("money", "rate") and number.unit[:3] not in _WITHOUT_CENTS):
        digits = regrouped(number.token)
        number.value, number.resolution, number.style = digits.value, digits.resolution, digits.style
        number.grouped_doubt = False


def _set_noun(number: Number, text: str, low: str, at: int, end: int, known: bool) -> None:
    if low[at:end] in _STREETS and (number.word == "số" or text[end:end + 2].strip().isupper()):
        number.blocked = True
        return
    if (number.word in _ADDRESS_LEFT and text[at].isupper() and " " not in low[at:end]
            and text[end + 1:end + 2].isupper()):
        number.blocked = True
        return
    if not number.word and low[at:end] in _HAMLETS and low[number.left - 1:number.left] in _ADDRESS_MARKS and (
            text[end:end + 1] == " " and text[end + 1:end + 2].isupper()):
        number.blocked = True
        return
    if not number.word and text[at].isupper() and text[end + 1:end + 2].isupper() and (
            low.find(" ", at, end + 1) == end) and (
            _HOUSES_BEFORE.search(text, max(0, number.start - 8), number.start)):
        number.blocked = True
        return
    if low[at:end] in _SOME and number.token == "1":
        number.blocked = True
        return
    number.kind, number.unit, number.unit_end, number.known_noun = "count", low[at:end], end, known
    settle_grouping(number)
    if low[end:end + 1] == "/" or low[end:end + 2] == " /":
        rate = match_rate(low, end, seeds_only=True)
    else:
        rate = _late_rate(low, end)
    if rate is not None:
        number.kind = "rate"
        number.unit_end = rate[0]
        number.unit += rate[1]


def _late_rate(low: str, end: int) -> tuple[int, str] | None:
    if "/" not in low[end:end + _LONGEST_LATE]:
        return None
    found = _LATE_RATE.match(low, end)
    return None if found is None else match_rate(low, found.end())


def _set_unit(number: Number, low: str, end: int, row: UnitRow) -> None:
    kind, name = row.kind, row.unit
    number.factor = row.factor
    number.known_noun = True
    if kind == "multiple" and not is_times(number, low, end):
        kind, name = "count", "lần"
    if kind == "score" and (number.word in _AT or _PLACES.match(low, end + 1)):
        kind, name = "count", low[number.end:end].strip()
    elif kind == "score" and (grade := _GRADE.match(low, end)) is not None:
        end = grade.end()
        kind, name = "count", low[number.end:end].strip()
    number.kind, number.unit, number.unit_end = kind, name, end
    if row.word == "L" and number.style == "en" and low[end:end + 1] != "/" and not _ENGINE.search(
            low, max(0, number.start - 50), number.start):
        number.blocked = True
        return
    if kind in ("count", "duration", "age", "score"):
        settle_grouping(number)
    if row.unit == "m" and row.word == "m":
        tail = _METRE_TAIL.match(low, end - 1)
        if tail is not None and number.scale == 1 and number.value == number.value.to_integral_value():
            number.value += Decimal(tail[1]).scaleb(-len(tail[1]))
            number.resolution = Decimal(1).scaleb(-len(tail[1]))
            number.end = number.unit_end = tail.end()
            return
    if kind in ("duration", "age") and number.scale == 1 and low.startswith(" rưỡi", end):
        number.value += _HALF
        number.resolution = _HALF
        number.unit_end = end + len(" rưỡi")
    if row.word == "độ" and _HEAT.search(low, max(0, number.start - _HEAT_WINDOW), number.start):
        number.unit = "degC"
    if kind in ("age", "score", "multiple"):
        return
    following = low[end:end + 2]
    if following[:1] == "/" or following == " /" or (kind == "quantity" and following[:1] == " "):
        rate = match_rate(low, end)
        if rate is None and kind == "quantity" and (rate := _late_rate(low, end)) is not None:
            number.kind, number.unit, number.unit_end = "rate", name + rate[1], rate[0]
            return
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


_MEAN_OF_TIMES = role_pattern("mean")


def is_times(number: Number, low: str, end: int) -> bool:
    """Whether "lần" that ends at `end` says how many times as much, not how often.

    How often is a whole number, unless it is a mean ("trung bình 4,4 lần mỗi trận").
    """
    left = low[max(number.floor, number.start - 40):number.start]
    if number.value % 1 and not _MEAN_OF_TIMES.search(left) and not low.startswith((" mỗi", " một", "/"), end):
        return True
    if _TIMES_LEFT.search(left):
        return True
    if low[number.start - 1:number.start] == "(" and is_times_in_bracket(number, low):
        return True
    return bool(_TIMES_RIGHT.match(low, end)) and ("tăng" in left or "giảm" in left or "gấp" in left or "bằng" in left)


def is_times_in_bracket(number: Number, low: str) -> bool:
    """Whether the bracket that opens before `number` says how many times beyond something is."""
    return _TIMES_BEFORE_BRACKET.search(
        low, max(number.floor, number.start - _BRACKET_WINDOW), number.start) is not None
