"""Periods that begin with a digit: 08/10/2018, 13/1, 22h30 ngày 6-5, 6 tháng đầu năm 2017, 2015-2020.

A day or month without its keyword ("ngày", "tháng") is read only where the words around speak for it;
"8/11 xã", "5-7 %", "2-1" and "3/4 số hộ" are not dates.
"""

from __future__ import annotations

import re

from flows.recognizers.period.parts import (
    DASH,
    DAY_TRIGGERS,
    OF_YEAR,
    SLASH_TRIGGERS,
    WORDS_AFTER_DATE,
    WORDS_AFTER_YEAR,
    WORDS_BEFORE_YEAR,
    YEAR,
    RawPeriod,
    full_year,
    is_day,
    year_of,
)

_FULL_DATE = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?((?:18|19|20)\d\d|\d\d)(?!\d|\2\d|[.,]\d|/[A-ZĐ])")
_MAY_DATE = re.compile(
    r"(?:19|20)\d\d(?!\d)|\d{1,4}(?:\s?[-–—/.:÷]\s?\d|\s?[hg](?![^\W\d_]{2})|\s?(?:,|và|đến|tới)\s?(?:\d{1,2}/|m[ùồ]ng)"
    r"|\s+(?:giờ|tiếng|tháng|quý|tuần|ngày|năm|thập|thế|phiên|Tết|tết))"
)
_ISO = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d|[-/.]\d)")
_MONTH_YEAR_TIGHT = re.compile(r"(\d{1,2})[-/.]((?:19|20)\d\d)(?!\d|[-/.]\d|[.,]\d|[-/][A-ZĐ])")
_DAY_MONTH = re.compile(r"(\d{1,2})([-/.])(\d{1,2})(?!\d|[/.,:]\d|-\d(?!\d?/\d)|\s?%|[-/]?[A-Za-zĐđ])")
_SPACED_DAY_MONTH = re.compile(r"(\d{1,2})\s?([-/])\s?(\d{1,2})(?!\d|[/.,:]\d|\s?%|\s?[-/]|\s?[hg]\d)")
_DATE_BEFORE = re.compile(r"(?:\d:\d\d\s?[-–]|(?:gần nhất|gần đây|lần trước|kỳ trước) (?:là|vào))\s+$")
"""What only a day and month follow: "16:00 - 1/6: Hà Nội I", "lần điều chỉnh gần nhất là 5/6"."""
_PERCENT_BEFORE = re.compile(r"%\s?\($")
"""Behind a percentage a bracket holds what it is of what: "83% (10/12)"."""
_DATE_AFTER = re.compile(r"\s+(?:tới đây|tới|sắp tới|vừa qua|vừa rồi|năm nay|h[àằ]ng năm)(?!\w)")
_PARTS_OF_DAY = frozenset(("sáng", "trưa", "chiều", "tối", "đêm"))
_DAY_MONTH_ONE_SIDED = re.compile(
    r"(\d{1,2})(?:\s?(?:[-–,]|và|đến|tới)\s?)(\d{1,2})/(\d{1,2})(?:/((?:19|20)\d\d))?(?!\d|[-/.,]\d|\s?%)"
)
_AROUND_THE_CLOCK = re.compile(r"24/(?:24(?:/7)?|7)(?:h|\s?giờ)?(?![\w/])")
_CLOCK = re.compile(
    r"(\d{1,2})(?:"
    r"\s?[hg]\s?(?P<h>\d{1,2})(?!\d|/)(?:\s?(?:p|phút|'|’)(?!\w)|(?!\w))"
    r"|\s?[hg](?!\w|/)"
    r"|:(?P<colon>\d\d)(?::\d\d)?(?!\d|:|[.,]\d)(?:\s?[AaPp][Mm](?!\w))?(?:\s?phút)?"
    r"|[.:](?P<utc>\d\d)(?=\s?\(?(?:UTC|GMT))"
    r"|\s+giờ(?:\s+(?:kém\s+)?(?P<minute>\d{1,2})(?:\s+(?:phút|giờ)|['’]|(?=\s?(?:[,.;)]|$|ngày|sáng|trưa|chiều"
    r"|tối|đêm|hôm)))?"
    r"|\s+rưỡi)?(?!\w))"
    r"(?:\s?\(?(?:UTC|GMT)(?:\s?[+-]\s?\d{1,2})?\)?)?"
)
_CLOCK_BEFORE = re.compile(
    r"(?:lúc|vào|khoảng|hồi|từ|đến|tới|trước|sau|gần|hơn|đúng|hết|tầm|thời điểm|là|[-–]|sáng|trưa|chiều|tối|đêm"
    r"|khuya)\s*$",
    re.IGNORECASE,
)
_LASTING = re.compile(r"(?:dài|trong|mất|sau|suốt|hết|hơn|gần|khoảng)\s+$")
_CLOCK_AFTER = re.compile(r",?\s+(?:cùng\s+)?(?:ngày|sáng|trưa|chiều|tối|đêm|khuya|hôm|rạng|ngày|mai|nay)(?!\w)")
_HOUR_AFTER_COMMA = re.compile(r"(?:^|[,.;:\n]\s?)(?:[Kk]hoảng|[Gg]ần|[Hh]ơn)\s+$")
"""An hour that is a clause of its own is one of the day: "Theo đó, khoảng 21 giờ, …"."""
_CLOCK_TAIL = re.compile(r" (?:sáng|trưa|chiều|tối|đêm|khuya|rạng sáng)(?!\w)")
_FIRST_MONTHS = re.compile(
    r"(\d{1,2})\s+(tháng|quý|tuần|ngày)\s+(đầu|cuối)(?:\s+(?:tiên\s+)?(?:của\s+)?(?P<of>năm|tháng|quý"
    r"|nhiệm kỳ))?(?!\w)"
)
_YEAR_AFTER = re.compile(
    rf"\s+(?P<y1>{YEAR})|\s+(?P<yr>(?:nay|ngoái|trước|sau|tới|học|này)(?!\w))|\s*[-/]\s?(?P<y2>{YEAR})"
)
_MONTHS_OF_YEAR = re.compile(rf"(\d{{1,2}})\s+tháng(?:\s+(?:của\s+)?năm\s+|\s?/\s?|\s+)({YEAR})")
_BARE_MONTHS = re.compile(r"(\d{1,2})\s+tháng(?!\s+(?:tuổi|tù|lương|liền|liên|rưỡi|lẻ|nữa)|\w)")
_LAST_HOURS = re.compile(r"(24|48|72)\s?(?:giờ|h|tiếng)\s+(?:vừa\s+)?(?:qua|gần nhất|gần đây)(?!\w)")
_RANGE_BEFORE = re.compile(r"(?<![\d/.,-])\d{1,2}\s?(?:[-–]|đến|tới)\s?$")
_LAST_UNITS = re.compile(
    r"(\d{1,4})\s+(năm|tháng|tuần|ngày|quý|thập niên|thập kỷ|thế kỷ|phiên)\s+(?:liên tiếp\s+)?"
    r"((?:vừa\s+)?qua(?!\s+(?:đời|đi|các|nhiều))|gần đây|gần nhất|trở lại đây|vừa rồi|(?:liền )?trước(?: đó| đây"
    r"|(?=\s*[,.;:)]))"
    r"|tới(?=\s*[,.;:)])|tiếp theo|sau đó|nay)(?!\w)"
)
_YEARS = re.compile(
    rf"((?:19|20)\d\d){DASH}((?:19|20)\d\d)(?!\d|[.,]\d|/\w)|((?:19|20)\d\d)[/-](\d\d|(?:19|20)\d\d)(?!\d"
    rf"|[-/.,]\d|/\w|-[A-ZĐ]|\s?%)"
)
_BARE_YEAR = re.compile(r"((?:19|20)\d\d)(?![\w%])(?!\s?[-–/.:]\s?\d|,\d|/)")
_EDITION_OF = re.compile(
    r"(?:(?<=[^\s.!?:] )[A-ZĐÂÊÔƠƯÁÀẢÃẠẤẦẨẪẬẮẰẲẴẶÉÈẺẼẸẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰ]\w*"
    r"|(?<![^\s(])[A-Za-z]+-?\d+)\s+$"
)
_WORD_AFTER = re.compile(r"\s+([^\W\d_]+)")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\s+$")
_NUMBER_AFTER_YEAR = re.compile(r"\s?(?:%|\$|tỷ|tỉ|triệu|nghìn|ngàn|trăm|đồng|m2|m3|ha|km|kg|USD|VND|VNĐ|EUR)(?!\w)")
_NOT_DATE_BEFORE = re.compile(
    r"(?:số|thắng|thua|hòa|tỷ lệ|tỉ lệ|đạt|Điều|điều|khoản|điểm|NĐ|QĐ|định|tư|lệnh|thị|quyết|luật|Luật|lớp|lộ"
    r"|ngõ|hẻm|nhà|đường|tổ|thứ|km|lô|căn)\s+$"
)
_TET_DAY = re.compile(r"(\d{1,2})\s+(?:Tết(?!\w)|(?=đến mùng|tháng Chạp|tháng Giêng|tháng chạp|tháng giêng))")


def _word_before(text: str, start: int) -> str:
    found = _WORD_BEFORE.search(text, max(0, start - 14), start)
    return found[1].lower() if found else ""


def _has_noun_after(text: str, end: int) -> bool:
    """Whether a lower-case word that can be counted follows, as in "8/11 xã"."""
    found = _WORD_AFTER.match(text, end)
    return found is not None and found[1][0].islower() and found[1] not in WORDS_AFTER_DATE


def read_joined(text: str, start: int, before: RawPeriod) -> RawPeriod | None:
    """A day or year joined to the period `before` it, which vouches for it.

    The 1/5 of "30/4-1/5", the 2016 of "năm 2015, 2016".
    """
    if before.form in ("day", "days") and (m := _DAY_MONTH.match(text, start)) and is_day(int(m[1]), int(m[3])):
        return RawPeriod(start, m.end(), "day", None, int(m[3]), int(m[1]))
    if before.form in ("year", "years") and (m := _BARE_YEAR.match(text, start)):
        return RawPeriod(start, m.end(), "year", int(m[1]))
    return None


def read_digits(text: str, start: int) -> RawPeriod | None:
    """The period whose first character is the digit at `start`; None where the digits count or name something.

    >>> read_digits("chiều 8-10, ", 6).form
    'day'
    >>> read_digits("đạt 8/11 xã", 4) is None
    True
    """
    if not _MAY_DATE.match(text, start):
        return None
    for rule in _RULES:
        if found := rule(text, start):
            return found
    return None


def _iso(text: str, start: int) -> RawPeriod | None:
    m = _ISO.match(text, start)
    if m and is_day(int(m[3]), int(m[2])):
        return RawPeriod(start, m.end(), "day", int(m[1]), int(m[2]), int(m[3]))
    return None


def _full_date(text: str, start: int) -> RawPeriod | None:
    m = _FULL_DATE.match(text, start)
    if not m or not is_day(int(m[1]), int(m[3])):
        return None
    if len(m[4]) == 2 and m[2] != "/" and _word_before(text, start) not in DAY_TRIGGERS:
        return None
    return RawPeriod(start, m.end(), "day", full_year(m[4]), int(m[3]), int(m[1]))


def _days_of_month(text: str, start: int) -> RawPeriod | None:
    """26-28/4, 22 và 23/4, 5-7/7/2017: the month stands once, after the last day."""
    m = _DAY_MONTH_ONE_SIDED.match(text, start)
    if not m:
        return None
    first, last, month = int(m[1]), int(m[2]), int(m[3])
    if not (is_day(last, month) and first < last):
        return None
    word = _word_before(text, start)
    if not m[4] and word not in DAY_TRIGGERS and word not in SLASH_TRIGGERS:
        return None
    year = int(m[4]) if m[4] else None
    return RawPeriod(start, m.end(), "days", year, month, first, year, month, last)


def _month_year(text: str, start: int) -> RawPeriod | None:
    m = _MONTH_YEAR_TIGHT.match(text, start)
    if (
        m
        and 1 <= int(m[1]) <= 12
        and not (start and text[start - 1] in "/-.")
        and not _NOT_DATE_BEFORE.search(text, max(0, start - 10), start)
    ):
        return RawPeriod(start, m.end(), "month", int(m[2]), int(m[1]))
    return None


def _day_month(text: str, start: int) -> RawPeriod | None:
    word = _word_before(text, start)
    m = _DAY_MONTH.match(text, start) or (_SPACED_DAY_MONTH.match(text, start) if word in _PARTS_OF_DAY else None)
    if not m or not is_day(int(m[1]), int(m[3])):
        return None
    if word in DAY_TRIGGERS:
        trusted = not (word in ("qua", "lễ", "phiên") and _has_noun_after(text, m.end()))
    elif m[2] != "/":
        trusted = False
    elif word in SLASH_TRIGGERS:
        trusted = not _has_noun_after(text, m.end())
    elif text[start - 1 : start] == "(" and text[m.end() : m.end() + 1] == ")":
        trusted = not _PERCENT_BEFORE.search(text, max(0, start - 4), start)
    else:
        trusted = (
            not _NOT_DATE_BEFORE.search(text, max(0, start - 10), start)
            and not _has_noun_after(text, m.end())
            and (
                int(m[1]) > int(m[3])
                or _DATE_BEFORE.search(text, max(0, start - 18), start) is not None
                or _DATE_AFTER.match(text, m.end()) is not None
            )
        )
    return RawPeriod(start, m.end(), "day", None, int(m[3]), int(m[1])) if trusted else None


def _around_the_clock(text: str, start: int) -> RawPeriod | None:
    m = _AROUND_THE_CLOCK.match(text, start)
    return RawPeriod(start, m.end(), "clock") if m else None


def _clock(text: str, start: int) -> RawPeriod | None:
    m = _CLOCK.match(text, start)
    if not m or int(m[1]) > 24:
        return None
    minute = m["h"] or m["colon"] or m["utc"] or m["minute"]
    if minute and int(minute) > 59:
        return None
    if not minute or m["minute"]:
        before = _CLOCK_BEFORE.search(text, max(0, start - 12), start)
        after = _CLOCK_AFTER.match(text, m.end()) or (
            minute and "phút" not in m[0] and not _LASTING.search(text, max(0, start - 10), start)
        )
        after = after or text.startswith(",", m.end()) and _HOUR_AFTER_COMMA.search(text, max(0, start - 12), start)
        if not after and not (before and "giờ" not in m[0] and "g" not in m[0]) and not (minute and before):
            return None
    end = m.end()
    if tail := _CLOCK_TAIL.match(text, end):
        end = tail.end()
    return RawPeriod(start, end, "clock")


def _tet_day(text: str, start: int) -> RawPeriod | None:
    m = _TET_DAY.match(text, start)
    return (
        RawPeriod(start, m.start() + len(m[0].rstrip()), "tet", day=int(m[1])) if m and 1 <= int(m[1]) <= 30 else None
    )


_SIZE = {"ngày": 31, "tuần": 53, "tháng": 12, "quý": 4}


def _first_months(text: str, start: int) -> RawPeriod | None:
    m = _FIRST_MONTHS.match(text, start)
    if not m or not 1 <= int(m[1]) <= _SIZE[m[2]]:
        return None
    return after_first_months(text, start, m.end(), int(m[1]), m[2], m[3], m["of"] or "")


def after_first_months(
    text: str,
    start: int,
    end: int,
    count: int,
    unit: str,
    side: str,
    of: str,
) -> RawPeriod | None:
    """The rest of "6 tháng đầu", after the word that says of what: the year, printed or relative."""
    raw = RawPeriod(start, end, "first_months", count=count, unit=unit, word=side)
    if of == "năm" or (unit in ("tháng", "quý") and not of):
        if year := _YEAR_AFTER.match(text, end):
            printed = year["y1"] or year["y2"]
            raw.year = int(printed) if printed else None
            raw.char_end = year.end()
            if year["yr"]:
                raw.word += " " + year["yr"]
    elif of == "tháng":
        if month := re.compile(r"\s+(\d{1,2})(?!\d)" + OF_YEAR).match(text, end):
            raw.month, (raw.year, _), raw.char_end = int(month[1]), year_of(month), month.end()
    elif of == "nhiệm kỳ":
        raw.form = "term_part"
    if unit in ("ngày", "tuần") and of == "":
        return None
    return raw


def _months_of_year(text: str, start: int) -> RawPeriod | None:
    m = _MONTHS_OF_YEAR.match(text, start)
    if m and 1 <= int(m[1]) <= 12:
        return RawPeriod(start, m.end(), "first_months", int(m[2]), count=int(m[1]), unit="tháng", word="đầu")
    return None


def _bare_months(text: str, start: int) -> RawPeriod | None:
    m = _BARE_MONTHS.match(text, start)
    return RawPeriod(start, m.end(), "bare_months", count=int(m[1])) if m and 1 < int(m[1]) < 12 else None


def _last_hours(text: str, start: int) -> RawPeriod | None:
    """ "24 giờ qua", "48h qua": as many days."""
    m = _LAST_HOURS.match(text, start)
    return RawPeriod(start, m.end(), "last_units", count=int(m[1]) // 24, unit="ngày", word="qua") if m else None


def _last_units(text: str, start: int) -> RawPeriod | None:
    m = _LAST_UNITS.match(text, start)
    if not m or _RANGE_BEFORE.search(text, max(0, start - 8), start):
        return None
    if m[3] == "nay" and (int(m[1]) > 100 or _EDITION_OF.search(text, max(0, start - 12), start)):
        return None
    return RawPeriod(start, m.end(), "last_units", count=int(m[1]), unit=m[2], word=m[3])


def _years(text: str, start: int) -> RawPeriod | None:
    m = _YEARS.match(text, start)
    if not m:
        return None
    first = int(m[1] or m[3])
    last = int(m[2]) if m[2] else int(m[4]) if len(m[4]) == 4 else first // 100 * 100 + int(m[4])
    if not first < last <= first + 100 or (m[4] and len(m[4]) == 2 and last != first + 1):
        return None
    return RawPeriod(start, m.end(), "years", first, year_to=last)


def _bare_year(text: str, start: int) -> RawPeriod | None:
    m = _BARE_YEAR.match(text, start)
    if not m or _NUMBER_AFTER_YEAR.match(text, m.end()) or (start and text[start - 1] in "/-"):
        return None
    if _EDITION_OF.search(text, max(0, start - 12), start):
        return RawPeriod(start, m.end(), "edition", int(m[1]))
    following = _WORD_AFTER.match(text, m.end())
    noun = following[1] if following else ""
    counted = noun[:1].islower() and noun not in WORDS_AFTER_YEAR
    if counted and (_word_before(text, start) not in WORDS_BEFORE_YEAR or noun in ("người", "hộ", "đảng", "tỷ")):
        return None
    return RawPeriod(start, m.end(), "year", int(m[1]))


_RULES = (
    _iso,
    _full_date,
    _days_of_month,
    _month_year,
    _years,
    _day_month,
    _first_months,
    _months_of_year,
    _last_hours,
    _last_units,
    _bare_months,
    _around_the_clock,
    _clock,
    _tet_day,
    _bare_year,
)
