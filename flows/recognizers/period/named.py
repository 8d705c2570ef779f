"""Periods that begin with a word: ngày 5 và 6/3, tháng 6-2018, quý IV/2016, năm 2016-2017, cùng kỳ, hôm qua.

`RULES` maps the words that can open a period to the rules that read on from there.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from flows.recognizers.period.digits import after_first_months, read_digits
from flows.recognizers.period.lunar import lunar_day, spring, tet, zodiac_year
from flows.recognizers.period.parts import (
    COUNTS,
    DASH,
    MONTH_NAMES,
    MONTH_WORD,
    OF_YEAR,
    RELATIVE,
    ROMAN,
    WEEKDAYS,
    YEAR,
    RawPeriod,
    either,
    full_year,
    is_day,
    year_of,
)

Rule = Callable[[str, int], RawPeriod | None]

_YEAR_LIST = re.compile(
    rf"\s+({YEAR}|\d\d(?=\s?[-–]\s?\d\d(?!\d)))(?:{DASH}({YEAR}|\d\d(?!\d|[.,]\d))|/(\d\d|{YEAR})(?!\d))?"
)
_YEAR_SHORT = re.compile(r"\s+['’](\d\d)(?!\d)")
_YEAR_UNIT = re.compile(
    r"\s+(?:học|tài chính|tài khóa|ngân sách|âm lịch|dương lịch)\s+(\d{4})(?:\s?[-–/]\s?(\d{4}|\d\d))?(?!\d)"
)
_YEARS_OF = re.compile(r"\s+(19|20)?(\d0)(?!\d|[.,]\d|\s?%)(?:\s+(?:của\s+)?thế kỷ\s+(XX|XIX|20|trước|XXI))?")
_MONTH = re.compile(
    r"\s+(?P<m>\d{1,2})(?!\d|,\d|\.\d(?!\d{3}))(?:(?P<sep>\s?[-–,&]\s?|\s+(?:và|đến"
    r"|tới)\s+)(?P<n>\d{1,2})(?=[/\s,.;:)-]|$)(?!\s?%|[.,]\d))?" + OF_YEAR
)
_MONTH_NAMED = re.compile(rf"\s+({MONTH_WORD})(?:\s+(?:âm lịch|dương lịch))?" + OF_YEAR)
_MONTH_FIRST = re.compile(
    rf"\s+(đầu(?:\s+tiên)?|cuối(?:\s+cùng)?)\s+(?:của\s+)?năm(?:\s+({YEAR})|\s+(nay|ngoái|trước|sau|tới))?(?!\w)"
)
_DURATION_AFTER = re.compile(r"\s+(?:ngày|tuần|tuổi|năm\s+\d{1,2}\s)")
_QUARTER = re.compile(
    r"\s*(?P<q>IV|I{1,3}|0?[1-4])(?![\w%]|[.,]\d)(?:(?:\s?[-–,&]\s?|\s+(?:và|đến|tới)\s+)(?P<r>IV|I{1,3}"
    r"|[1-4])(?![\w%]|[.,]\d))?" + OF_YEAR
)
_QUARTER_NAMED = re.compile(
    r"\s+(?P<w>một|hai|ba|tư|bốn|đầu(?:\s+tiên)?|cuối(?:\s+cùng)?)(?!\w)" + OF_YEAR + r"(?:(?<=đầu|uối) năm(?!\w))?"
)
_YEARS_FOLLOW = re.compile(r"\s*\(?\d{4}")
_HALF = re.compile(r"\s+(?:đầu|cuối)(?:\s+(?:của\s+)?(?P<of>năm|tháng|quý|nhiệm kỳ|thập niên|thế kỷ))?(?!\w)")
_OTHER_TERM = re.compile(r"(?:học|chu|nhiệm|thời) $", re.IGNORECASE)
_HALF_MONTH = re.compile(r"\s+(?P<half>1|2|I|II)(?:\s+(?:của\s+)?tháng|\s+trong\s+tháng)(?!\w)")
_DAY = re.compile(
    r"\s+(?P<d>\d{1,2})(?!\d|:)(?:(?P<list>(?:\s?,\s?\d{1,2})*(?:\s?[-–,&]\s?|\s+(?:và|đến"
    r"|tới)(?:\s+ngày)?\s+)\d{1,2})(?=\s?[-/.]\s?\d|\s+tháng))?"
    r"(?:\s?(?P<sep>[-/.])\s?(?P<m>\d{1,2})(?!\d|%)(?:\s?(?P=sep)\s?(?P<y>(?:19|20)\d\d|\d\d)(?!\d|[.,]\d))?"
    rf"|\s+tháng\s+(?P<m2>\d{{1,2}}|{MONTH_WORD})(?!\d))?(?:(?:,?\s+(?:năm|của năm)\s+|\s?[-/.]\s?)(?P<y2>{YEAR}))?"
    rf"(?:\s+năm\s+(?P<yr>nay|ngoái|trước|sau|tới)(?!\w))?"
)
_DAYS_ONLY = re.compile(r"\s+(\d{1,2})(?:\s?[-–]\s?|\s+(?:đến|tới|và)(?:\s+ngày)?\s+)(\d{1,2})(?![\d%]|[-/.,]\d|/)")
_BLANK_DIGIT = re.compile(r"\s+(?=\d)")
_WEEKDAY = re.compile(
    r"\s*(hai|ba|tư|năm|sáu|bảy|bẩy|Hai|Ba|Tư|Năm|Sáu|Bảy|Bẩy|HAI|BA|TƯ|NĂM|SÁU|BẢY|[2-7])(?!\w|[.,]\d)"
    r"(?:\s+(?P<rel>tuần\s+(?:trước|này|tới|sau|qua|vừa qua)|vừa rồi|vừa qua|tới|này|trước|hàng tuần"
    r"|hằng tuần)(?!\w))?"
)
_WEEKDAY_SUNDAY = re.compile(
    r"\s+nhật(?:\s+(?P<rel>tuần\s+(?:trước|này|tới|sau|qua|vừa qua)|vừa rồi|vừa qua|tới|này|trước|hàng tuần)(?!\w))?"
)
_WEEKDAY_BEFORE = re.compile(r"(?:sáng|chiều|tối|trưa|đêm|hôm)\s+$", re.IGNORECASE)
_ORDINAL_BEFORE = re.compile(r"(?:lần|phiên|kỳ|họp|năm|tuần|tháng|người|đợt|khóa|vụ|ca|hạng|số|vị trí|xử|thẩm)\s+$")
_DATE_AFTER = re.compile(r"\s*(?:,|\(|ngày|-)?\s*(?:ngày\s+)?\d{1,2}[-/.]\d{1,2}")
_SAME_PERIOD = re.compile(
    rf"(?:\s+(?:của\s+)?(?:(tháng\s+\d{{1,2}}|tháng|quý\s+\w+|quý|tuần)\s+)?(?:các\s+)?(?:năm\s+)?(?:({YEAR})"
    rf"|(năm ngoái|ngoái|năm trước|trước(?: đó| đây)?|liền trước|năm)(?!\w)))?"
)
_SPAN_OF_YEARS = re.compile(
    rf"(?:\s+(?:đông xuân|xuân hè|hè thu|thu đông|mùa|năm|từ năm|từ|ép|hè|vải|lúa|cam"
    rf"|cà phê))*\s+(?:['’])?({YEAR}|\d\d(?=\s?[-–/]\s?\d\d(?!\d)))"
    rf"(?:(?:\s?[-–—/]\s?|\s+(?:đến|tới|-)\s+(?:năm\s+)?)({YEAR}|\d\d(?!\d)))?"
)
_DECADE = re.compile(
    r"\s+(?:(19|20)?(\d0)|(?:thứ\s+)?(hai|ba|đầu)(?!\w))(?:\s+(?:của\s+)?thế kỷ\s+(XXI|XX|XIX|20|21|19|trước"
    r"|này))?(?!\d)"
)
_CENTURY = re.compile(r"\s+(?:thứ\s+)?([IVX]+|\d{1,2})(?!\w)")
_BORN = re.compile(r"\s*[:.]?\s*((?:19|20)\d\d)(?!\d)")
_COUNT_BEFORE = re.compile(r"(?:^|(?<=[\s(“\"]))(mười một|mười hai|[A-ZĐa-zđ]\w{1,4})\s+$")
_COUNTED_BEFORE = re.compile(
    r"(?:\d|(?<!\w)(?:[Mm]ột|[Hh]ai|[Bb]a|[Bb]ốn|[Nn]ăm|[Ss]áu|[Bb]ảy|[Tt]ám|[Cc]hín|[Mm]ười|vài|mấy|nhiều|những"
    r"|các|mỗi|từng|chục|trăm|nghìn))\s+$"
)
_VERB_BEFORE = re.compile(r"(?:thực|xuất|thể|phát|biểu|tái|đại)\s+$", re.IGNORECASE)
_SIDE = re.compile(r"\s+(đầu|cuối)(?:\s+(?:tiên\s+)?(?:của\s+)?(?P<of>năm|tháng|quý|nhiệm kỳ))?(?!\w)")
_LAST = re.compile(r"\s+((?:vừa\s+)?qua|gần đây|gần nhất|trở lại đây|trước đó)(?!\w)")
_NAMED_YEAR_AFTER = re.compile(
    r"\s+(?:\d|nay|này|ngoái|trước|sau|tới(?!\s+(?:nay|giờ|ngày|tháng|hết|cuối))|qua|học|mới|tài|thứ|kia|âm|dương|cùng"
    r"|nhất|hai|ba)"
)
_COUNT_OF_PART = re.compile(r"(?:tháng|quý|tuần|ngày|nửa)\s+$", re.IGNORECASE)
_RELATIVE = re.compile(either(RELATIVE) + r"(?!\w)")
_RELATIVE_SPACE = re.compile(r"\s+")
_UNTIL_NOW = re.compile(r"\s+(?:nay|giờ)(?!\w)")
_EACH_BEFORE = re.compile(r"(?:mỗi|hàng|hằng|từng|một)\s+$", re.IGNORECASE)


def _relative(text: str, start: int) -> RawPeriod | None:
    m = _RELATIVE.match(text, start)
    if not m:
        return None
    words = _RELATIVE_SPACE.sub(" ", m[0]).lower()
    if words.endswith(" tới") and _UNTIL_NOW.match(text, m.end()):
        return None
    if words in (
        "năm qua",
        "năm trước",
        "tháng trước",
        "tháng qua",
        "tuần qua",
        "tuần trước",
        "năm sau",
        "tháng sau",
        "tháng tới",
        "năm tới",
        "năm trước đó",
        "tháng trước đó",
        "ngày kia",
    ) and _COUNTED_BEFORE.search(text, max(0, start - 6), start):
        return None
    return RawPeriod(start, m.end(), "relative", word=words)


def _now(text: str, start: int) -> RawPeriod | None:
    return None if _VERB_BEFORE.search(text, max(0, start - 6), start) else _relative(text, start)


def _counted(text: str, start: int, end: int, unit: str) -> RawPeriod | None:
    """ "sáu tháng đầu năm", "hai thập niên vừa qua": the count stands before the unit, in words."""
    before = _COUNT_BEFORE.search(text, max(0, start - 12), start)
    if not before:
        return None
    words = before[1].lower()
    if words not in COUNTS:
        return None
    first = before.start(1)
    if side := _SIDE.match(text, end):
        return after_first_months(text, first, side.end(), COUNTS[words], unit, side[1], side["of"] or "")
    if unit != "tháng" and (last := _LAST.match(text, end)):
        return RawPeriod(first, last.end(), "last_units", count=COUNTS[words], unit=unit, word=last[1])
    return None


def _week(text: str, start: int) -> RawPeriod | None:
    return _relative(text, start) or _counted(text, start, start + 4, "tuần")


def _year(text: str, start: int) -> RawPeriod | None:
    end = start + 3
    if text[max(0, start - 5) : start] == "hững " and (m := _YEARS_OF.match(text, end)):
        century = int(m[1]) * 100 if m[1] else 1900
        return RawPeriod(start - 6, m.end(), "decade", century + int(m[2]))
    if m := _YEAR_LIST.match(text, end):
        first = full_year(m[1])
        printed = m[2] or m[3]
        if not printed:
            return RawPeriod(start, m.end(), "year", first)
        last = int(printed) if len(printed) == 4 else first // 100 * 100 + int(printed)
        if first < last <= first + 100:
            return RawPeriod(start, m.end(), "years", first, year_to=last)
        return RawPeriod(start, m.end(1), "year", first) if len(m[1]) == 4 else None
    if m := _YEAR_UNIT.match(text, end):
        first = int(m[1])
        if not m[2]:
            return RawPeriod(start, m.end(), "year", first)
        last = int(m[2]) if len(m[2]) == 4 else first // 100 * 100 + int(m[2])
        return RawPeriod(start, m.end(), "years", first, year_to=last) if last > first else None
    if m := _YEAR_SHORT.match(text, end):
        return RawPeriod(start, m.end(), "year", full_year(m[1]))
    return _counted(text, start, end, "năm") or _relative(text, start)


def _month(text: str, start: int) -> RawPeriod | None:
    end = start + 5
    if (m := _MONTH.match(text, end)) and 1 <= int(m["m"]) <= 12:
        year, word = year_of(m)
        if _DURATION_AFTER.match(text, m.end()) and _COUNTED_BEFORE.search(text, max(0, start - 3), start):
            return None
        if not (year or word) and _EACH_BEFORE.search(text, max(0, start - 6), start):
            return None
        if m["n"]:
            last = int(m["n"])
            if int(m["m"]) < last <= 12:
                return RawPeriod(start, m.end(), "months", year, int(m["m"]), None, year, last, None, word=word)
            return RawPeriod(start, m.end("m"), "month", None, int(m["m"]))
        return RawPeriod(start, m.end(), "month", year, int(m["m"]), word=word)
    if m := _MONTH_FIRST.match(text, end):
        number = 1 if m[1].startswith("đầu") else 12
        before = _COUNT_BEFORE.search(text, max(0, start - 12), start)
        if before and before[1].lower() in COUNTS:
            return _counted(text, start, end, "tháng")
        return RawPeriod(start, m.end(), "month", int(m[2]) if m[2] else None, number, word=m[3] or "")
    if found := _counted(text, start, end, "tháng") or _relative(text, start):
        return found
    if m := _MONTH_NAMED.match(text, end):
        year, word = year_of(m)
        if m[1] == "năm" and not (year or word):
            return None
        lunar = m[1].lower() in ("giêng", "chạp") or "âm lịch" in m[0]
        return RawPeriod(
            start, m.end(), "month", year, MONTH_NAMES[m[1].lower()], word=word, unit="lunar" if lunar else ""
        )
    return None


def _quarter(text: str, start: int) -> RawPeriod | None:
    end = start + 3
    if found := _counted(text, start, end, "quý"):
        return found
    if m := _QUARTER.match(text, end):
        first = ROMAN[m["q"].lstrip("0")]
        year, word = year_of(m)
        last = ROMAN[m["r"]] if m["r"] else first
        return RawPeriod(start, m.end(), "quarter", year, first * 3 - 2, None, year, last * 3, None, word=word)
    if m := _QUARTER_NAMED.match(text, end):
        number = {"một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4}.get(m["w"])
        number = number or (1 if m["w"].startswith("đầu") else 4)
        year, word = year_of(m)
        return RawPeriod(start, m.end(), "quarter", year, number * 3 - 2, None, year, number * 3, None, word=word)
    return _relative(text, start)


def _half(text: str, start: int) -> RawPeriod | None:
    m = _HALF.match(text, start + 3)
    if not m or m["of"] not in ("năm", "tháng"):
        return None
    side = "đầu" if "đầu" in m[0] else "cuối"
    if m["of"] == "tháng":
        raw = after_first_months(text, start, m.end(), 1, "nửa", side, "tháng")
    else:
        raw = after_first_months(text, start, m.end(), 6, "tháng", side, "năm")
    return raw


def _half_month(text: str, start: int) -> RawPeriod | None:
    """ "kỳ 1 tháng 5", "kỳ II tháng 5/2017": the halves of a month in which customs count."""
    m = _HALF_MONTH.match(text, start + len("kỳ"))
    if not m or _OTHER_TERM.search(text, max(0, start - 6), start):
        return None
    side = "đầu" if m["half"] in ("1", "I") else "cuối"
    return after_first_months(text, start, m.end(), 1, "nửa", side, "tháng")


def _day(text: str, start: int) -> RawPeriod | None:
    return _day_numbers(text, start, start + 4) or _relative(text, start)


def _day_numbers(text: str, start: int, end: int) -> RawPeriod | None:
    m = _DAY.match(text, end)
    if m and (m["m"] or m["m2"]):
        printed = m["m"] or m["m2"]
        month = int(printed) if printed.isdecimal() else MONTH_NAMES[printed.lower()]
        day = int(m["d"])
        year = full_year(m["y"]) if m["y"] else int(m["y2"]) if m["y2"] else None
        if m["list"]:
            last = int(re.findall(r"\d+", m["list"])[-1])
            if is_day(last, month) and day < last:
                return RawPeriod(start, m.end(), "days", year, month, day, year, month, last, word=m["yr"] or "")
            if is_day(day, last):  # ngày 5-2-2017 read as a list
                return None
            return None
        if is_day(day, month):
            return RawPeriod(start, m.end(), "day", year, month, day, word=m["yr"] or "")
    if (
        (m2 := _DAYS_ONLY.match(text, end))
        and int(m2[1]) < int(m2[2]) <= 31
        and not _EACH_BEFORE.search(text, max(0, start - 6), start)
    ):
        return RawPeriod(start, m2.end(), "days", None, None, int(m2[1]), None, None, int(m2[2]))
    if (
        m
        and 1 <= int(m["d"]) <= 31
        and not m["m"]
        and not m["list"]
        and not text[m.end("d") : m.end("d") + 2].strip().startswith("%")
        and not _EACH_BEFORE.search(text, max(0, start - 6), start)
    ):
        return RawPeriod(start, m.end("d"), "day", None, None, int(m["d"]))
    return None


def _day_part(text: str, start: int) -> RawPeriod | None:
    """ "sáng 8-10", "chiều nay", "đêm 11/5": the date or the word that follows decides."""
    if found := _relative(text, start):
        if blank := re.compile(r"\s*\(?(?=\d)").match(text, found.char_end):
            dated = read_digits(text, blank.end())
            if dated and dated.form == "day":
                dated.char_start = start
                dated.char_end += text[blank.end() - 1] == "(" and text[dated.char_end : dated.char_end + 1] == ")"
                return dated
        return found
    end = start
    while end < len(text) and text[end].isalpha():
        end += 1
    blank = _BLANK_DIGIT.match(text, end)
    if not blank:
        return None
    found = read_digits(text, blank.end())
    if found and found.form in ("day", "days"):
        found.char_start = start
        return found
    return None


def _weekday(text: str, start: int) -> RawPeriod | None:
    m = _WEEKDAY.match(text, start + 3)
    if not m or _ORDINAL_BEFORE.search(text, max(0, start - 8), start):
        return None
    sure = (
        m[1][0].isupper()
        or m["rel"]
        or _DATE_AFTER.match(text, m.end())
        or (_WEEKDAY_BEFORE.search(text, max(0, start - 12), start))
    )
    if not sure or (
        m[1].isdecimal()
        and not (m["rel"] or _DATE_AFTER.match(text, m.end()))
        and not _WEEKDAY_BEFORE.search(text, max(0, start - 12), start)
    ):
        return None
    if m["rel"] == "này" and not m[1][0].isupper():
        return None
    return RawPeriod(start, m.end(), "weekday", day=WEEKDAYS[m[1].lower()], word=m["rel"] or "")


def _sunday(text: str, start: int) -> RawPeriod | None:
    m = _WEEKDAY_SUNDAY.match(text, start + 3)
    return RawPeriod(start, m.end(), "weekday", day=7, word=m["rel"] or "") if m else None


def _same_period(text: str, start: int) -> RawPeriod | None:
    m = _SAME_PERIOD.match(text, start + 7)
    if not m or text[max(0, start - 3) : start] == "vô ":
        return None
    return RawPeriod(start, m.end(), "same_period", int(m[2]) if m[2] else None, word=m[3] or "", unit=m[1] or "")


def _span(length: int) -> Rule:
    def rule(text: str, start: int) -> RawPeriod | None:
        m = _SPAN_OF_YEARS.match(text, start + length)
        if not m:
            return None
        first = full_year(m[1])
        if not m[2]:
            return RawPeriod(start, m.end(), "year", first)
        last = int(m[2]) if len(m[2]) == 4 else first // 100 * 100 + int(m[2])
        if not first < last <= first + 100:
            return RawPeriod(start, m.end(1), "year", first)
        return RawPeriod(start, m.end(), "years", first, year_to=last)

    return rule


def _season(length: int) -> Rule:
    span = _span(length)

    def rule(text: str, start: int) -> RawPeriod | None:
        return _relative(text, start) or span(text, start)

    return rule


def _decade(text: str, start: int) -> RawPeriod | None:
    m = _DECADE.match(text, start + len("thập niên"))
    if not m:
        return _counted(text, start, start + len("thập niên"), "thập niên")
    if not m[2]:
        return None
    century = int(m[1]) * 100 if m[1] else 1900
    if m[4] in ("XXI", "21", "này"):
        century = 2000
    return RawPeriod(start, m.end(), "decade", century + int(m[2]))


_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}


def _century(text: str, start: int) -> RawPeriod | None:
    m = _CENTURY.match(text, start + len("thế kỷ"))
    if not m:
        return None
    if m[1].isdecimal():
        number = int(m[1])
    else:
        values = [_ROMAN_DIGITS[c] for c in m[1]]
        number = sum(-v if any(w > v for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))
    if not 1 <= number <= 21:
        return None
    return RawPeriod(start, m.end(), "years", (number - 1) * 100 + 1, year_to=number * 100)


def _born(text: str, start: int) -> RawPeriod | None:
    m = _BORN.match(text, start + 2)
    return RawPeriod(start, m.end(), "year", int(m[1])) if m else None


def _part(word: str, length: int) -> Rule:
    """ "từ đầu năm", "cả năm": the year itself is not named; "đầu năm 2017" is left to the rule of "năm"."""

    def rule(text: str, start: int) -> RawPeriod | None:
        end = start + length
        if _NAMED_YEAR_AFTER.match(text, end) or (
            word == "đầu" and _COUNT_OF_PART.search(text, max(0, start - 12), start)
        ):
            return None
        return RawPeriod(start, end, "year_part", word=word)

    return rule


def _term_start(text: str, start: int) -> RawPeriod | None:
    return RawPeriod(start, start + len("đầu nhiệm kỳ"), "term_start")


def _term_end(text: str, start: int) -> RawPeriod | None:
    end = start + len("cuối nhiệm kỳ")
    return None if _YEARS_FOLLOW.match(text, end) else RawPeriod(start, end, "term_end")


RULES: dict[str, Rule] = {
    "năm": _year,
    "tháng": _month,
    "quý": _quarter,
    "qúy": _quarter,
    "nửa": _half,
    "kỳ": _half_month,
    "ngày": _day,
    "sáng": _day_part,
    "trưa": _day_part,
    "chiều": _day_part,
    "tối": _day_part,
    "đêm": _day_part,
    "khuya": _day_part,
    "hôm": _day_part,
    "rạng sáng": _day_part,
    "tuần": _week,
    "thứ": _weekday,
    "Thứ": _weekday,
    "chủ": _sunday,
    "cùng kỳ": _same_period,
    "cùng kì": _same_period,
    "cùng ngày": _relative,
    "hiện": _now,
    "đến nay": _relative,
    "tới nay": _relative,
    "đến giờ": _relative,
    "giai đoạn": _span(9),
    "nhiệm kỳ": _span(8),
    "nhiệm kì": _span(8),
    "niên vụ": _span(7),
    "vụ": _span(2),
    "niên khóa": _span(9),
    "mùa giải": _season(8),
    "mùa bóng": _season(8),
    "niên độ": _span(7),
    "khóa": _span(4),
    "thời kỳ": _span(7),
    "mùa": _season(3),
    "thập niên": _decade,
    "thập kỷ": _decade,
    "thế kỷ": _century,
    "mùng": lunar_day,
    "mồng": lunar_day,
    "Tết": tet,
    "Đinh": zodiac_year,
    "Bính": zodiac_year,
    "Giáp": zodiac_year,
    "Canh": zodiac_year,
    "xuân": spring,
    "đầu năm": _part("đầu", 7),
    "cả năm": _part("cả", 6),
    "đầu nhiệm kỳ": _term_start,
    "cuối nhiệm kỳ": _term_end,
    "SN": _born,
    "sn": _born,
}
