"""Periods that are told from where the reader or the text stands: hôm qua, tháng trước, cùng kỳ, thứ Ba, mùng 2 Tết."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from flows.recognizers.period import calendar
from flows.recognizers.period.calendar import Interval
from flows.recognizers.period.parts import LEAGUES_OF_THE_YEAR, RELATIVE, RawPeriod

FROM = re.compile(
    r"(?:từ|kể từ|tính từ|trong khoảng)\s+(?:ngày|đầu|giữa|cuối|hồi|khoảng|thời điểm|tháng)?\s*$", re.IGNORECASE
)
COMPARED = re.compile(r"(?:so với|so|bằng|hơn|kém|của|với)\s+$", re.IGNORECASE)
AHEAD_AFTER = re.compile(
    r"\s*(?:sắp tới|tới đây|tới(?!\s+(?:\d|ngày|tháng|năm|quý|mùng|hết|cuối|nay|đầu|giữa)))(?!\w)")


_TOLD = re.compile(r"(?:được|đạt|tăng|giảm|đã)(?!\w)(?:[^.;]|\.\d){0,60}$")


_JUST_OVER = ("qua", "vừa rồi")
_SEASON_ENDS = (5, 6)
"""When leagues have played, and the season is still the one that began the year before."""


@dataclass(slots=True)
class Reader:
    """What has been read so far: the periods that later ones lean on."""

    text: str
    published_on: date | None
    last: Interval = (None, None)
    last_form: str = ""
    last_year: int | None = None
    last_year_at: int = -1000
    last_day: date | None = None
    sentence_from: int = 0
    term: tuple[int | None, int | None] = (None, None)


def relative(raw: RawPeriod, reader: Reader) -> Interval | None:
    row = RELATIVE.get(raw.word)
    if row is None:
        return None, None
    if row.unit == "now":
        raw.form = "now"
        return None, reader.published_on
    if row.unit == "context_day":
        return reader.last_day, reader.last_day
    if row.unit == "context_season":
        start, end = reader.last
        return calendar.years(start.year + 1, end.year + 1) if start and end else (None, None)
    if raw.word.endswith("trước đó") or (row.shift and _leans(raw, reader, row.unit)):
        return _from_context(reader, row.unit, row.shift)
    if reader.published_on is None:
        return None, None
    unit = "year" if row.unit == "season" and LEAGUES_OF_THE_YEAR.search(reader.text) else row.unit
    return _shifted(reader.published_on, unit, row.shift, raw.word)


def _leans(raw: RawPeriod, reader: Reader, unit: str) -> bool:
    """Whether "tháng trước", "năm trước" count from the period before them and not from today."""
    if not raw.word.endswith(("trước", "liền trước", "sau")) or reader.last[0] is None:
        return False
    fits = {"month": ("month",), "quarter": ("quarter",), "year": ("year", "first_months", "quarter", "month", "span")}
    compared = COMPARED.search(reader.text, max(0, raw.char_start - 8), raw.char_start)
    return reader.last_form in fits.get(unit, ()) and (bool(compared) or raw.word.endswith("liền trước"))


def _from_context(reader: Reader, unit: str, shift: int) -> Interval:
    start = reader.last[0]
    if start is None:
        return None, None
    return _shifted(start, unit, shift, "")


def _shifted(anchor: date, unit: str, shift: int, word: str) -> Interval:
    if unit == "day":
        moved = calendar.days_shifted(anchor, shift)
        return moved, moved
    if unit == "season":
        if word.endswith(_JUST_OVER) and anchor.month in _SEASON_ENDS:
            shift = 0
        first = anchor.year + shift - (anchor.month < 7)
        return calendar.years(first, first + 1)
    if unit == "week":
        if word in ("tuần qua", "tuần vừa qua", "tuần vừa rồi") and anchor.weekday() >= 5:
            shift = 0
        monday = calendar.days_shifted(anchor, shift * 7 - anchor.weekday())
        return (monday, calendar.days_shifted(monday, 6)) if monday else (None, None)
    if unit == "month":
        if word in ("tháng qua", "tháng vừa qua") and anchor.day > 20:
            shift = 0
        year, month = calendar.month_shifted(anchor, shift)
        return calendar.months(year, month, month)
    if unit == "quarter":
        year, month = calendar.month_shifted(anchor.replace(day=1), shift * 3)
        first = (month - 1) // 3 * 3 + 1
        return calendar.months(year, first, first + 2)
    if word in ("năm qua", "năm vừa qua", "năm vừa rồi") and anchor.month >= 11:
        shift = 0
    return calendar.years(anchor.year + shift, anchor.year + shift)


def same_period(raw: RawPeriod, reader: Reader) -> Interval | None:
    """ "cùng kỳ năm 2016": the period the sentence speaks of, a year (or a month) earlier."""
    start, end = reader.last
    if start is None or end is None:
        return calendar.years(raw.year, raw.year) if raw.year else (None, None)
    if raw.unit.startswith("tháng") and (end - start).days <= 31:
        year, month = calendar.month_shifted(start, -1)
        return calendar.months(year, month, month)
    shift = raw.year - end.year if raw.year else -1
    return calendar.years_shifted((start, end), shift if shift < 0 else -1)


def weekday(raw: RawPeriod, reader: Reader) -> Interval | None:
    today = reader.published_on
    if today is None or raw.day is None or "hàng" in raw.word or "hằng" in raw.word:
        return None, None
    offset = raw.day - 1 - today.weekday()
    if "tuần" in raw.word:
        week = (
            -1
            if any(w in raw.word for w in ("trước", "qua"))
            else 1
            if any(w in raw.word for w in ("tới", "sau"))
            else 0
        )
        moved = calendar.days_shifted(today, offset + 7 * week)
    elif raw.word in ("tới",) or AHEAD_AFTER.match(reader.text, raw.char_end):
        moved = calendar.days_shifted(today, offset if offset > 0 else offset + 7)
    elif raw.word == "này":
        moved = calendar.days_shifted(today, offset)
    else:
        passed = offset < 0 or (offset == 0 and not raw.word)
        moved = calendar.days_shifted(today, offset if passed else offset - 7)
    return moved, moved


_DAYS_PER_UNIT = {"ngày": 1, "tuần": 7}


_YEARS_PER_UNIT = {"năm": 1, "thập niên": 10, "thập kỷ": 10, "thế kỷ": 100}


def _month_told(today: date) -> date:
    """The last month that has figures by now: that of three weeks ago."""
    return calendar.days_shifted(today, -20) or today


def last_units(raw: RawPeriod, reader: Reader) -> Interval | None:
    """ "trong 5 năm qua", "4 tháng gần đây": counted back from the publication."""
    today = reader.published_on
    ahead = raw.word in ("tới", "tiếp theo")
    if today is None or raw.word.endswith(("trước đó", "sau đó")) or raw.word == "trước" or raw.unit == "phiên":
        return None, None
    if raw.unit == "tháng" and raw.word.endswith("qua") and 1 < raw.count == _month_told(today).month:
        return calendar.months(_month_told(today).year, 1, raw.count)
    sign = 1 if ahead else -1
    if raw.unit in _DAYS_PER_UNIT:
        moved = calendar.days_shifted(today, sign * raw.count * _DAYS_PER_UNIT[raw.unit])
    elif raw.unit in _YEARS_PER_UNIT:
        moved = calendar.years_shifted((today, today), sign * raw.count * _YEARS_PER_UNIT[raw.unit])[0]
    else:
        year, month = calendar.month_shifted(today, sign * raw.count * (3 if raw.unit == "quý" else 1))
        moved = calendar.months(year, month, month)[0]
    if moved is None:
        return None, None
    return (today, moved) if ahead else (moved, today)


def tet(raw: RawPeriod, reader: Reader) -> Interval:
    """ "Tết Đinh Dậu 2017", "mùng 2 Tết", "29 Tết": days of the lunar new year."""
    year = raw.year or (_zodiac_year(raw.word, reader.published_on) if raw.word else None)
    if year is None and reader.published_on:
        today = reader.published_on
        year = min(calendar.NEW_YEARS, key=lambda y: abs((calendar.NEW_YEARS[y] - today).days))
    new_year = calendar.NEW_YEARS.get(year) if year else None
    if new_year is None:
        return None, None
    if raw.day is None:
        return new_year - timedelta(days=2), new_year + timedelta(days=4)
    before = raw.day > 22
    found = new_year + timedelta(days=raw.day - 31 if before else raw.day - 1)
    return found, found


_STEMS = {w: i for i, w in enumerate(["Canh", "Tân", "Nhâm", "Quý", "Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ"])}


def _zodiac_year(words: str, today: date | None) -> int | None:
    """The year nearest to today of a stem such as Đinh (Dậu): the stem fixes the last digit of the year."""
    digit = _STEMS.get(words.split(" ")[0])
    if digit is None or today is None:
        return None
    return min(
        (y for y in range(today.year - 9, today.year + 10) if y % 10 == digit), key=lambda y: abs(y - today.year)
    )


def zodiac(raw: RawPeriod, reader: Reader) -> Interval:
    """ "Xuân Đinh Dậu": the year of that name nearest to the publication."""
    year = _zodiac_year(raw.word, reader.published_on)
    return calendar.years(year, year) if year else (None, None)


def lunar(raw: RawPeriod, reader: Reader) -> Interval | None:
    """A day of the first or the last lunar month; other lunar days are named and not resolved."""
    if raw.day is None or raw.month not in (1, 12) or reader.published_on is None:
        return None, None
    raw.form = "tet"
    if raw.month == 1:
        return (
            tet(RawPeriod(raw.char_start, raw.char_end, "tet", raw.year, day=raw.day), reader)
            if raw.day <= 22
            else (None, None)
        )
    return (
        tet(RawPeriod(raw.char_start, raw.char_end, "tet", raw.year, day=raw.day), reader)
        if raw.day > 22
        else (None, None)
    )


def lunar_month(raw: RawPeriod, reader: Reader) -> Interval | None:
    """ "tháng Giêng", "tháng Chạp": the months after and before the lunar new year, a day more or less.

    A "tháng giêng" that is over for the text while the lunar one still runs is January.
    """
    first = tet(RawPeriod(raw.char_start, raw.char_end, "tet", raw.year, day=1), reader)[0]
    if first is None:
        return None, None
    today = reader.published_on
    if raw.month == 1 and today and reader.text[raw.char_start + 6] == "g" and _TOLD.search(
        reader.text, max(0, raw.char_start - 70), raw.char_start
    ) and first <= today <= first + timedelta(days=29):
        return calendar.months(first.year, 1, 1)
    return (
        (first, first + timedelta(days=29))
        if raw.month == 1
        else (first - timedelta(days=30), first - timedelta(days=1))
    )


def term_start(raw: RawPeriod, reader: Reader) -> Interval | None:
    """ "từ đầu nhiệm kỳ": the first year of the term the text names, else of the five-year term of the Party."""
    year = _term(reader)[0]
    return calendar.months(year, 1, 1) if year else (None, None)


def term_end(raw: RawPeriod, reader: Reader) -> Interval | None:
    """ "đến cuối nhiệm kỳ": the last year of that term."""
    year = _term(reader)[1]
    return calendar.years(year, year) if year else (None, None)


def _term(reader: Reader) -> tuple[int | None, int | None]:
    if reader.term[0] is not None or reader.published_on is None:
        return reader.term
    year = reader.published_on.year // 5 * 5
    return year, year + 5


def year_part(raw: RawPeriod, reader: Reader) -> Interval | None:
    """ "từ đầu năm đến nay", "cả năm": parts of the year the article stands in, or of the one just named."""
    base = reader.last_year if reader.last_year is not None and reader.last_year_at >= reader.sentence_from else None
    if (
        base is None
        and raw.word == "cả"
        and reader.last[1]
        and reader.last_form in ("quarter", "first_months", "month")
    ):
        base = reader.last[1].year
    if base is None and reader.published_on:
        base = reader.published_on.year
    if base is None:
        return None, None
    if raw.word == "đầu tháng":
        today = reader.published_on
        return calendar.months(today.year, today.month, today.month) if today else (None, None)
    if (
        raw.word == "cuối"
        and reader.published_on
        and base == reader.published_on.year
        and reader.published_on.month <= 4
    ):
        return calendar.years(base, base)
    if raw.word == "đầu":
        led = FROM.search(reader.text, max(0, raw.char_start - 12), raw.char_start)
        if led and reader.published_on and reader.published_on.year == base:
            return date(base, 1, 1), reader.published_on
        return calendar.months(base, 1, 3)
    return calendar.years(base, base)
