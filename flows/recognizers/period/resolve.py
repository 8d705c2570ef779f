"""From the printed parts of a period to the days it means.

A year that is printed decides. One left out is taken from a period of the same sentence that has one, else it
is the year that brings the period nearest to the publication. Relative words count from the publication date,
or from the period before them where they compare with it ("tăng … so với tháng trước"). Without a publication
date only what the text itself fixes is known; the rest has no start and no end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from flows.model import Period
from flows.recognizers.period import calendar
from flows.recognizers.period.calendar import Interval
from flows.recognizers.period.parts import RELATIVE, RawPeriod
from flows.recognizers.period.scan import scan_all

_JOIN = re.compile(r"\s*(?:[-–—]|(?:cho\s+)?(?:đến|tới)(?:\s+(?:hết|cuối|đầu|giữa|thời điểm|khoảng))?)\s*")
_AND = re.compile(r"\s*(?:,|và|hoặc|hay|&|[-–])\s*")
_FROM = re.compile(r"(?:từ|kể từ|tính từ|trong khoảng)\s+(?:ngày|đầu|giữa|cuối|hồi|khoảng|thời điểm|tháng)?\s*$", re.IGNORECASE)
_AS_OF = re.compile(
    r"(?:(?:tính|kể|cho|luỹ kế|lũy kế)\s+(?:đến|tới|hết)(?:\s+(?:hết|cuối|thời điểm|đầu|giữa|ngày))*|(?:đến|tới)\s+(?:hết|cuối|thời điểm|ngày)"
    r"|(?:^|[\s,.;(])(?:đến|hết|tới))\s+$", re.IGNORECASE)
_EARLY = re.compile(r"đầu\s+$", re.IGNORECASE)
_COMPARED = re.compile(r"(?:so với|so|bằng|hơn|kém|của|với)\s+$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…]\s+[A-ZĐÂÊÔƠƯÁÀẢÃẠ“\"]|\n")
_AHEAD = re.compile(r"(?:sẽ|dự kiến|sắp|từ nay|kế hoạch|phấn đấu)\b", re.IGNORECASE)
_AHEAD_AFTER = re.compile(r"\s*(?:sắp tới|tới đây|tới(?!\s+(?:\d|ngày|tháng|năm|quý|mùng|hết|cuối|nay|đầu|giữa)))(?!\w)")
_BEHIND_AFTER = re.compile(r"\s*(?:vừa qua|vừa rồi|qua|năm ngoái)(?!\w)")
_SUMMED = re.compile(r"(?:bình quân|lũy kế|luỹ kế|tính chung|cộng dồn|ước|sơ kết|kết quả)\s+$", re.IGNORECASE)
_WITHIN = re.compile(r"(?<!nhất )(?:trong|qua|sau)\s+$", re.IGNORECASE)
_YEAR_WORDS = {"nay": 0, "này": 0, "ngoái": -1, "trước": -1, "qua": -1, "sau": 1, "tới": 1, "kia": -2, "học": 0}
_MONTH_SIZES = ("month", "months", "quarter", "first_months", "year", "years", "day", "days", "span")


@dataclass(slots=True)
class _Reader:
    """What has been read so far: the periods that later ones lean on."""

    text: str
    published_on: date | None
    last: Interval = (None, None)
    last_form: str = ""
    last_year: int | None = None
    last_year_at: int = -1000
    last_day: date | None = None
    sentence_from: int = 0
    term_from: int | None = None


def find_periods(text: str, published_on: date | None = None) -> list[Period]:
    """Every date, period and clock time named in `text`, resolved to inclusive dates.

    `published_on` is the day the text appeared; without it the dateline of the text is taken if it has one.
    A point reached from an unnamed beginning ("tính đến tháng 6-2018") has no start. What cannot be resolved
    has neither start nor end, and a date that no calendar has is no period at all.

    >>> [(p.start.isoformat(), p.end.isoformat()) for p in find_periods("5 tháng đầu năm", date(2017, 6, 2))]
    [('2017-01-01', '2017-05-31')]
    >>> find_periods("hôm qua", date(2017, 6, 2))[0].end
    datetime.date(2017, 6, 1)
    >>> find_periods("ngày 31/2/2017"), find_periods("đạt 8/11 xã, thắng 2-1", date(2017, 6, 2))
    ([], [])
    """
    raws = scan_all(text)
    if published_on is None:
        published_on = _dateline(raws)
    raws = _without_durations(text, raws, published_on)
    _share_parts(text, raws)
    reader = _Reader(text, published_on, term_from=_term(raws, text))
    periods: list[Period] = []
    gap_from = 0
    for raw in raws:
        if _SENTENCE_END.search(text, gap_from, raw.char_start):
            reader.sentence_from = raw.char_start
        gap_from = raw.char_end
        interval = _resolve(raw, reader)
        if interval is None:
            continue
        period = Period(*interval, raw.char_start, raw.char_end, raw.form)
        if periods and _joins(text, periods[-1], period):
            _extend(periods[-1], period)
            period = periods[-1]
        else:
            _mark_as_of(text, period, raw)
            periods.append(period)
        _remember(reader, period, raw)
    return periods


def _without_durations(text: str, raws: list[RawPeriod], published_on: date | None) -> list[RawPeriod]:
    """Drops each bare "5 tháng" that lasts five months instead of naming the first five of a year.

    It names them where the text speaks of "5 tháng đầu năm" too, or the article appeared as they ended.
    """
    if not any(raw.form == "bare_months" for raw in raws):
        return raws
    named = {raw.count for raw in raws if raw.form == "first_months" and raw.unit == "tháng" and raw.word.startswith("đầu")}
    kept: list[RawPeriod] = []
    for raw in raws:
        if raw.form == "bare_months":
            timely = published_on is not None and raw.count in (published_on.month, (published_on.month - 2) % 12 + 1)
            summed = bool(_SUMMED.search(text, max(0, raw.char_start - 14), raw.char_start))
            if not (raw.count in named or summed) and not (
                    timely and _WITHIN.search(text, max(0, raw.char_start - 12), raw.char_start)):
                continue
            raw.form, raw.unit, raw.word = "first_months", "tháng", "đầu"
        kept.append(raw)
    return kept


def _dateline(raws: list[RawPeriod]) -> date | None:
    """The day a text says it appeared: a full date beside a clock time at its head."""
    for first, second in zip(raws[:3], raws[1:4], strict=False):
        both = {first.form, second.form}
        if both == {"day", "clock"} and second.char_start - first.char_end < 4 and second.char_end < 120:
            dated = first if first.form == "day" else second
            if dated.year and dated.month and dated.day:
                return calendar.day(dated.year, dated.month, dated.day)[0]
    return None


def _term(raws: list[RawPeriod], text: str) -> int | None:
    for raw in raws:
        if raw.form == "years" and text[raw.char_start:raw.char_start + 4].lower() == "nhiệ":
            return raw.year
    return None


def _share_parts(text: str, raws: list[RawPeriod]) -> None:
    """"ngày 5 và 6/3", "từ tháng 6 đến tháng 11/2017": the month or year of the second holds for the first."""
    for first, second in zip(reversed(raws[:-1]), reversed(raws[1:]), strict=False):
        gap = text[first.char_end:second.char_start]
        if len(gap) > 16 or not (_JOIN.fullmatch(gap) or _AND.fullmatch(gap)):
            continue
        if first.form == "day" and second.form in ("day", "days") and first.month is None and second.month:
            first.month = second.month
        if first.year is None and not first.word and second.year and first.form in ("day", "days", "month", "quarter"):
            before = (first.month or 0, first.day or 0) <= (second.month or 12, second.day or 31)
            if _JOIN.fullmatch(gap) or before:
                first.year = second.year if before else second.year - 1
                first.year_to = first.year if first.year_to is None and first.month_to else first.year_to


def _joins(text: str, before: Period, period: Period) -> bool:
    if before.start is None or before.end is None or period.end is None or period.end < before.start:
        return False
    gap = text[before.char_end:period.char_start]
    if len(gap) > 16:
        return False
    led = bool(_FROM.search(text, max(0, before.char_start - 24), before.char_start))
    if period.form == "now":
        return led and not gap.strip(" ,")
    if before.form in ("clock", "now", "same_period") or period.form in ("clock", "same_period"):
        return False
    return bool(_JOIN.fullmatch(gap)) and (led or before.form == period.form or "relative" in (before.form, period.form))


def _extend(before: Period, period: Period) -> None:
    before.end = period.end
    before.char_end = period.char_end
    before.form = "span"


def _mark_as_of(text: str, period: Period, raw: RawPeriod) -> None:
    if raw.form in ("clock", "same_period", "last_units", "edition", "now") or period.end is None:
        return
    if found := _AS_OF.search(text, max(0, period.char_start - 30), period.char_start):
        if _EARLY.search(found[0]) and period.start is not None:
            period.end = min(period.end, period.start + timedelta(days=30))
        period.start = None


def _remember(reader: _Reader, period: Period, raw: RawPeriod) -> None:
    if period.end is None or raw.form in ("same_period", "now"):
        return
    if period.form in ("day", "weekday"):
        reader.last_day = period.end
    compared = _COMPARED.search(reader.text, max(0, period.char_start - 8), period.char_start)
    if not (compared and "so" in compared[0].lower()):
        if raw.year is not None and raw.form not in ("edition", "decade"):
            reader.last_year, reader.last_year_at = (raw.year_to or raw.year), period.char_end
        reader.last = (period.start or period.end, period.end)
        reader.last_form = period.form


def _resolve(raw: RawPeriod, reader: _Reader) -> Interval | None:
    """The interval of one printed period; None where its words name an impossible day."""
    rule = _BY_FORM.get(raw.form)
    return rule(raw, reader) if rule else (None, None)


def _year_for(raw: RawPeriod, reader: _Reader) -> int | None:
    """The year that is printed, or meant by "năm ngoái", or fixed by the sentence; None where it must be guessed."""
    if raw.year is not None:
        return raw.year
    word = raw.word.removeprefix("đầu").removeprefix("cuối").removeprefix(" cùng").removeprefix(" tiên").strip()
    if word in _YEAR_WORDS and reader.published_on:
        return reader.published_on.year + _YEAR_WORDS[word]
    if reader.last_year is not None and reader.last_year_at >= reader.sentence_from:
        return reader.last_year
    return None


def _guess(raw: RawPeriod, reader: _Reader, first: tuple[int, int | None], last: tuple[int, int | None]) -> Interval:
    """The year left out: the interval of `first` to `last` (month, day) nearest to the publication."""
    if reader.published_on is None:
        return None, None
    around = (-1, 0, 1) if first != (2, 29) else (-4, -3, -2, -1, 0, 1, 2, 3, 4)
    choices = [_between(reader.published_on.year + shift, first, last) for shift in around]
    forward = bool(_AHEAD_AFTER.match(reader.text, raw.char_end)
                   or _AHEAD.search(reader.text, max(reader.sentence_from, raw.char_start - 40, 0), raw.char_start))
    if _BEHIND_AFTER.match(reader.text, raw.char_end):
        choices = [c for c in choices if c[0] is None or c[0] <= reader.published_on]
    return calendar.nearest(choices, reader.published_on, forward)


def _between(year: int, first: tuple[int, int | None], last: tuple[int, int | None]) -> Interval:
    if first[1] is None or last[1] is None:
        return calendar.months(year, first[0], last[0])
    start, end = calendar.day(year, first[0], first[1])[0], calendar.day(year, last[0], last[1])[1]
    return (start, end) if start and end else (None, None)


def _dated(raw: RawPeriod, reader: _Reader) -> Interval | None:
    """Days and months: with their year, or the year that fits."""
    month, number = raw.month, raw.day
    if raw.unit == "lunar":
        return _lunar_month(raw, reader)
    if month is None:
        anchor = reader.last_day or reader.last[1] or reader.published_on
        if anchor is None or number is None:
            return None, None
        if reader.last_day is None and reader.last_form not in ("month", "day"):
            anchor = reader.published_on or anchor
        raw.year, month = (raw.year or anchor.year), anchor.month
    last = (raw.month_to or month, raw.day_to or number)
    year = _year_for(raw, reader)
    if year is None:
        return _guess(raw, reader, (month, number), last)
    if raw.year is None and number is not None and not raw.word and reader.published_on:
        near = _guess(raw, reader, (month, number), last)
        if near[0] and abs((near[0] - reader.published_on).days) <= 45:
            return near
    found = _between(year, (month, number), last)
    return None if found == (None, None) else found


def _quarter(raw: RawPeriod, reader: _Reader) -> Interval | None:
    first, last = raw.month or 1, raw.month_to or 12
    year = _year_for(raw, reader)
    if year is None:
        return _guess(raw, reader, (first, None), (last, None))
    return calendar.months(year, first, last)


def _first_months(raw: RawPeriod, reader: _Reader) -> Interval | None:
    """"5 tháng đầu năm 2017", "10 ngày đầu tháng 7", "6 tháng cuối năm"."""
    early = raw.word.startswith("đầu") or not raw.word
    count = raw.count * 3 if raw.unit == "quý" else raw.count
    if raw.unit in ("ngày", "tuần"):
        return _first_days(raw, reader, early, raw.count * (7 if raw.unit == "tuần" else 1))
    first, last = (1, count) if early else (13 - count, 12)
    year = _year_for(raw, reader)
    if year is None and reader.published_on:
        year = reader.published_on.year
        ended = reader.published_on.month >= last - 1
        if early and not ended and not _AHEAD.search(reader.text, max(0, raw.char_start - 40), raw.char_start):
            year -= 1
    return calendar.months(year, first, last) if year is not None else (None, None)


def _first_days(raw: RawPeriod, reader: _Reader, early: bool, count: int) -> Interval | None:
    if raw.month is None:
        return None, None
    year = _year_for(raw, reader)
    whole = calendar.months(year, raw.month, raw.month) if year else _guess(raw, reader, (raw.month, None), (raw.month, None))
    start, end = whole
    if start is None or end is None:
        return whole
    if early:
        return start, min(end, start + timedelta(days=count - 1))
    return max(start, end - timedelta(days=count - 1)), end


def _years(raw: RawPeriod, reader: _Reader) -> Interval | None:
    if raw.year is None:
        return None, None
    return calendar.years(raw.year, raw.year_to or (raw.year + 9 if raw.form == "decade" else raw.year))


def _relative(raw: RawPeriod, reader: _Reader) -> Interval | None:
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
    return _shifted(reader.published_on, row.unit, row.shift, raw.word)


def _leans(raw: RawPeriod, reader: _Reader, unit: str) -> bool:
    """Whether "tháng trước", "năm trước" count from the period before them and not from today."""
    if not raw.word.endswith(("trước", "liền trước", "sau")) or reader.last[0] is None:
        return False
    fits = {"month": ("month",), "quarter": ("quarter",), "year": ("year", "first_months", "quarter", "month", "span")}
    compared = _COMPARED.search(reader.text, max(0, raw.char_start - 8), raw.char_start)
    return reader.last_form in fits.get(unit, ()) and (bool(compared) or raw.word.endswith("liền trước"))


def _from_context(reader: _Reader, unit: str, shift: int) -> Interval:
    start = reader.last[0]
    if start is None:
        return None, None
    return _shifted(start, unit, shift, "")


def _shifted(anchor: date, unit: str, shift: int, word: str) -> Interval:
    if unit == "day":
        moved = calendar.days_shifted(anchor, shift)
        return moved, moved
    if unit == "season":
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


def _same_period(raw: RawPeriod, reader: _Reader) -> Interval | None:
    """"cùng kỳ năm 2016": the period the sentence speaks of, a year (or a month) earlier."""
    start, end = reader.last
    if start is None or end is None:
        return calendar.years(raw.year, raw.year) if raw.year else (None, None)
    if raw.unit.startswith("tháng") and (end - start).days <= 31:
        year, month = calendar.month_shifted(start, -1)
        return calendar.months(year, month, month)
    shift = raw.year - end.year if raw.year else -1
    return calendar.years_shifted((start, end), shift if shift < 0 else -1)


def _weekday(raw: RawPeriod, reader: _Reader) -> Interval | None:
    today = reader.published_on
    if today is None or raw.day is None or "hàng" in raw.word or "hằng" in raw.word:
        return None, None
    offset = raw.day - 1 - today.weekday()
    if "tuần" in raw.word:
        week = -1 if any(w in raw.word for w in ("trước", "qua")) else 1 if any(w in raw.word for w in ("tới", "sau")) else 0
        moved = calendar.days_shifted(today, offset + 7 * week)
    elif raw.word in ("tới",) or _AHEAD_AFTER.match(reader.text, raw.char_end):
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


def _last_units(raw: RawPeriod, reader: _Reader) -> Interval | None:
    """"trong 5 năm qua", "4 tháng gần đây": counted back from the publication."""
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


def _tet(raw: RawPeriod, reader: _Reader) -> Interval:
    """"Tết Đinh Dậu 2017", "mùng 2 Tết", "29 Tết": days of the lunar new year."""
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


_STEMS = {w: i for i, w in enumerate("Canh Tân Nhâm Quý Giáp Ất Bính Đinh Mậu Kỷ".split())}


def _zodiac_year(words: str, today: date | None) -> int | None:
    """The year nearest to today of a stem such as Đinh (Dậu): the stem fixes the last digit of the year."""
    digit = _STEMS.get(words.split(" ")[0])
    if digit is None or today is None:
        return None
    return min((y for y in range(today.year - 9, today.year + 10) if y % 10 == digit), key=lambda y: abs(y - today.year))


def _lunar(raw: RawPeriod, reader: _Reader) -> Interval | None:
    """A day of the first or the last lunar month; other lunar days are named and not resolved."""
    if raw.day is None or raw.month not in (1, 12) or reader.published_on is None:
        return None, None
    raw.form = "tet"
    if raw.month == 1:
        return _tet(RawPeriod(raw.char_start, raw.char_end, "tet", raw.year, day=raw.day), reader) if raw.day <= 22 else (None, None)
    return _tet(RawPeriod(raw.char_start, raw.char_end, "tet", raw.year, day=raw.day), reader) if raw.day > 22 else (None, None)


def _lunar_month(raw: RawPeriod, reader: _Reader) -> Interval | None:
    """"tháng Giêng", "tháng Chạp": the months after and before the lunar new year, a day more or less."""
    first = _tet(RawPeriod(raw.char_start, raw.char_end, "tet", raw.year, day=1), reader)[0]
    if first is None:
        return None, None
    return (first, first + timedelta(days=29)) if raw.month == 1 else (first - timedelta(days=30), first - timedelta(days=1))


def _term_start(raw: RawPeriod, reader: _Reader) -> Interval | None:
    """"từ đầu nhiệm kỳ": the first year of the term the text names, else of the five-year term of the Party."""
    year = reader.term_from
    if year is None and reader.published_on:
        year = reader.published_on.year // 5 * 5
    return calendar.months(year, 1, 1) if year else (None, None)


def _year_part(raw: RawPeriod, reader: _Reader) -> Interval | None:
    """"từ đầu năm đến nay", "cả năm": parts of the year the article stands in, or of the one just named."""
    base = reader.last_year if reader.last_year is not None and reader.last_year_at >= reader.sentence_from else None
    if base is None and raw.word == "cả" and reader.last[1] and reader.last_form in ("quarter", "first_months", "month"):
        base = reader.last[1].year
    if base is None and reader.published_on:
        base = reader.published_on.year
    if base is None:
        return None, None
    if raw.word == "đầu tháng":
        today = reader.published_on
        return calendar.months(today.year, today.month, today.month) if today else (None, None)
    if raw.word == "cuối" and reader.published_on and base == reader.published_on.year and reader.published_on.month <= 4:
        return calendar.years(base, base)
    if raw.word == "đầu":
        led = _FROM.search(reader.text, max(0, raw.char_start - 12), raw.char_start)
        if led and reader.published_on and reader.published_on.year == base:
            return date(base, 1, 1), reader.published_on
        return calendar.months(base, 1, 3)
    return calendar.years(base, base)


_BY_FORM = {
    "day": _dated, "days": _dated, "month": _dated, "months": _dated, "quarter": _quarter,
    "first_months": _first_months, "year": _years, "years": _years, "decade": _years, "relative": _relative,
    "same_period": _same_period, "weekday": _weekday, "last_units": _last_units, "tet": _tet, "lunar": _lunar,
    "term_start": _term_start, "year_part": _year_part,
}
