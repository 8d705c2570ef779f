"""Days and years of the moon: mùng 2 Tết, Tết Đinh Dậu, Xuân Đinh Dậu."""

from __future__ import annotations

import re

from flows.recognizers.period.parts import COUNTS, MONTH_NAMES, MONTH_WORD, YEAR, RawPeriod, is_day

_LUNAR = re.compile(
    rf"\s+(\d{{1,2}}|\w+)(?:\s+(Tết|tết)|\s*/\s*(\d{{1,2}})(?!\d)|\s+tháng\s+(\d{{1,2}}"
    rf"|{MONTH_WORD}))?(?:\s+(?:âm lịch))?(?!\d)"
)
_TET = re.compile(
    rf"\s+(?:(?:Nguyên đán|nguyên đán|Nguyên Đán|Âm lịch|âm lịch)\s*)?(?:(?:năm\s+)?(?P<canchi>(?:Giáp|Ất|Bính"
    rf"|Đinh|Mậu|Kỷ|Canh|Tân|Nhâm|Quý)\s+(?:Tý|Sửu|Dần|Mão|Thìn|Tỵ|Tị|Ngọ|Mùi|Thân|Dậu|Tuất"
    rf"|Hợi)))?\s*,?\s*(?P<y>{YEAR})?"
)
_CAN_CHI = re.compile(
    r"\s+((?:Giáp|Ất|Bính|Đinh|Mậu|Kỷ|Canh|Tân|Nhâm|Quý)\s+(?:Tý|Sửu|Dần|Mão|Thìn|Tỵ|Tị|Ngọ|Mùi|Thân|Dậu|Tuất|Hợi))"
    r"(?!\w|\s+\d)"
)
_TET_DAYS_BEFORE = re.compile(r"(?:dịp|ngày|nghỉ|kỳ|mùa)\s+$")
_CAN_CHI_ALONE = re.compile(rf"\s+(?:Tý|Sửu|Dần|Mão|Thìn|Tỵ|Tị|Ngọ|Mùi|Thân|Dậu|Tuất|Hợi)\s+({YEAR})")


def lunar_day(text: str, start: int) -> RawPeriod | None:
    """ "mùng 2 Tết", "mùng 3 tháng ba": a day of the first ten, by the moon where its month says so."""
    m = _LUNAR.match(text, start + 4)
    if not m:
        return None
    day = int(m[1]) if m[1].isdecimal() else COUNTS.get(m[1], 0)
    if not 1 <= day <= 30:
        return None
    if m[2]:
        return RawPeriod(start, m.end(), "tet", day=day)
    printed = m[3] or m[4]
    if not printed:
        return RawPeriod(start, m.end(), "tet", day=day)
    month = int(printed) if printed.isdecimal() else MONTH_NAMES[printed.lower()]
    lunar = printed.lower() in ("giêng", "chạp") or "âm lịch" in m[0]
    if not is_day(day, month):
        return None
    return RawPeriod(start, m.end(), "lunar" if lunar else "day", None, month, day)


def tet(text: str, start: int) -> RawPeriod | None:
    """ "Tết Đinh Dậu 2017", "7 ngày Tết": the days around the lunar new year; a Tết of no year or days is none."""
    m = _TET.match(text, start + 3)
    if not m:
        return None
    if not (m["canchi"] or m["y"] or "đán" in m[0].lower() or _TET_DAYS_BEFORE.search(text, max(0, start - 12), start)):
        return None
    return RawPeriod(
        start, start + 3 + len(m[0].rstrip(" ,")), "tet", int(m["y"]) if m["y"] else None, word=m["canchi"] or ""
    )


def zodiac_year(text: str, start: int) -> RawPeriod | None:
    """ "Đinh Dậu 2017": the year that is printed with its name."""
    m = _CAN_CHI_ALONE.match(text, start + 4)
    if m:
        return RawPeriod(start, m.end(), "year", int(m[1]))
    return None


def spring(text: str, start: int) -> RawPeriod | None:
    """ "Xuân Đinh Dậu": the year of that name."""
    m = _CAN_CHI.match(text, start + 4)
    return RawPeriod(start, m.end(), "zodiac", word=m[1]) if m else None
