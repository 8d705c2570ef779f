"""Numbers told in more than one printed number: 2 giờ 7 phút · 1 năm 6 tháng tù · từ sáu đến 10 · 1.990x700x1.125 mm.

Rule: an hour and minutes, minutes and seconds, years and months side by side are one duration in the smaller unit. A
numeral in words before "đến" and digits is the lower end of a range. Numbers joined by x before a unit of length are
lengths each, and in metres a dot before three digits is decimal.
"""

from __future__ import annotations

import re
from decimal import Decimal

from flows.figures.number import Number
from flows.recognizers.digits import as_decimal
from flows.recognizers.roles import role_pattern
from flows.recognizers.spelled import parse_numeral

_STEPS = {
    "hour": (re.compile(r" ([0-9]{1,2}) phút(?!\w)"), Decimal(60), "minute"),
    "minute": (re.compile(r" ([0-9]{1,2}) giây(?!\w)"), Decimal(60), "second"),
    "year": (re.compile(r"(?: và)? ([0-9]{1,2}) tháng"
                        r"(?! (?:đầu|cuối|qua|tới|năm|trước|sau|gần|nay|này)|[ /][0-9])(?!\w)"), Decimal(12),
             "month"),
}
_LOWER_END = re.compile(r"(?<!\w)(?:từ|khoảng|chừng|tầm|trong|có|mất|được) "
                        r"((?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)) (?:đến|tới) \Z")
_DIMENSIONS = re.compile(r"[0-9][0-9.,]*+(?: ?[x×] ?[0-9][0-9.,]*+){1,4}+ ?(?:mm|cm|m|km|inch)(?!\w)")
_BUST_WAIST_HIPS = re.compile(r"[0-9]{2,3}(?: ?[-–] ?[0-9]{2,3}){2} ?\(?cm(?!\w)")
_RELAY = re.compile(r"4 ?[x×] ?(?:50|100|200|400|800|1\.?500) ?m")
_LONGEST_HOURS = 5
"""More hours with minutes, and no word that says how long, are a time of day."""
_LASTING = role_pattern("lasting")
_TIME_OF_DAY = re.compile(r",? (?:sáng|trưa|chiều|tối|đêm|khuya|ngày|hôm|cùng|rạng)(?!\w)")
_HOURS_AND_MINUTES = re.compile(r"[0-9]{1,2} giờ [0-9]{1,2} phút\Z")


def add_smaller_step(number: Number, low: str) -> None:
    """Join the smaller unit that follows a duration.

    >>> from flows import find_figures
    >>> [(f.surface, str(f.value), f.unit) for f in find_figures("Thắng sau 2 giờ 7 phút, nghỉ 5 phút, 7 giây hết.")]
    [('2 giờ 7 phút', '127', 'minute'), ('5 phút', '5', 'minute'), ('7 giây', '7', 'second')]
    """
    if number.scale > 1 or not number.token.isdigit():
        return
    first = number.unit
    while (step := _STEPS.get(number.unit)) is not None:
        pattern, times, unit = step
        found = pattern.match(low, number.unit_end)
        if found is None or int(found[1]) >= times:
            return
        if first == number.unit == "hour" and number.value > _LONGEST_HOURS and not _LASTING.search(
                low, max(0, number.start - 10), number.start):
            number.blocked, number.unit_end = True, found.end()
            return
        number.value = number.value * times + int(found[1])
        number.unit, number.unit_end, number.known_noun = unit, found.end(), True


def is_lasting(low: str, start: int, end: int) -> bool:
    """Whether the clock time at `start`…`end` says how long ("sau 2 giờ 7 phút thi đấu").

    >>> low = "trong 2 giờ 7 phút đấu, lúc 2 giờ 7 phút, sau 2 giờ 7 phút sáng"
    >>> [is_lasting(low, at, at + 12) for at in (6, 28, 46)]
    [True, False, False]
    """
    return (_HOURS_AND_MINUTES.match(low, start, end) is not None
            and _LASTING.search(low, max(0, start - 10), start) is not None
            and _TIME_OF_DAY.match(low, end) is None)


def join_lower_end(number: Number, low: str) -> None:
    """Make "từ sáu đến 10 nguyện vọng" a range: the lower end is in words."""
    if number.word not in ("đến", "tới") or not number.kind or number.scale > 1:
        return
    found = _LOWER_END.search(low, max(number.floor, number.start - 24), number.start)
    if found is None:
        return
    least = Decimal(parse_numeral(found[1]))
    if least < number.value:
        number.low, number.high, number.ranged = least, number.value, True
        number.start = number.span_start = found.start(1)


def dimensions_end(low: str, start: int) -> int:
    """Where "1.990x700x1.125 mm" that begins at `start` ends; 0 where none begins.

    >>> dimensions_end("cỡ 20x30 cm", 3), dimensions_end("xe 4x4 mới", 3), dimensions_end("chạy 4x100m", 5)
    (11, 0, 0)
    """
    found = _DIMENSIONS.match(low, start)
    return 0 if found is None or _RELAY.match(low, start) else found.end()


def measures_end(low: str, start: int) -> int:
    """Where "86-58-92 (cm)" that begins at `start` ends; 0 where none begins.

    >>> measures_end("số đo 86-58-92 (cm)", 6), measures_end("số đo 86-58-92", 6)
    (18, 0)
    """
    found = _BUST_WAIST_HIPS.match(low, start)
    return 0 if found is None else found.end()


def settle_metres(numbers: list[Number], low: str) -> None:
    """Of "4.733x1.843x1.386 m" the dots are decimal: nothing so described is kilometres long."""
    for number, following in zip(numbers, numbers[1:], strict=False):
        if (following.unit == number.unit == "m" and low[number.end:following.start].strip() in ("x", "×")
                and "." in number.token):
            for one in (number, following):
                if one.token.count(".") == 1 and one.style == "vi" and "," not in one.token and one.value >= _LONGEST:
                    digits = as_decimal(one.token)
                    one.value, one.resolution, one.style = digits.value, digits.resolution, digits.style


_LONGEST = 1000
