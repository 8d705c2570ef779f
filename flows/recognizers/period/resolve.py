"""From the printed parts of a period to the days it means.

A year that is printed decides. One left out is taken from a period of the same sentence that has one, else it
is the year that brings the period nearest to the publication. Relative words count from the publication date,
or from the period before them where they compare with it ("tăng … so với tháng trước"). Without a publication
date only what the text itself fixes is known; the rest has no start and no end.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from flows.model import Period
from flows.recognizers.period import calendar
from flows.recognizers.period.calendar import Interval
from flows.recognizers.period.parts import RawPeriod
from flows.recognizers.period.relative import (
    AHEAD_AFTER,
    COMPARED,
    FROM,
    Reader,
    last_units,
    lunar,
    lunar_month,
    relative,
    same_period,
    term_end,
    term_start,
    tet,
    weekday,
    year_part,
    zodiac,
)
from flows.recognizers.period.scan import scan_all

_JOIN = re.compile(r"\s*(?:[-–—]|(?:cho\s+)?(?:đến|tới)(?:\s+(?:hết|cuối|đầu|giữa|thời điểm|khoảng|ngày))?)\s*")
_AND = re.compile(r"\s*(?:,|và|hoặc|hay|&|[-–])\s*")
_AS_OF = re.compile(
    r"(?:(?:tính|kể|cho|luỹ kế|lũy kế)\s+(?:đến|tới|hết)(?:\s+(?:hết|cuối|thời điểm|đầu|giữa|ngày))*|(?:đến"
    r"|tới)\s+(?:hết|cuối|thời điểm|ngày)"
    r"|(?:^|[\s,.;(])(?:đến|hết|tới))\s+$",
    re.IGNORECASE,
)
_EARLY = re.compile(r"đầu\s+$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…]\s+[A-ZĐÂÊÔƠƯÁÀẢÃẠ“\"]|\n")
_AHEAD = re.compile(r"(?:sẽ|dự kiến|sắp|từ nay|kế hoạch|phấn đấu)\b", re.IGNORECASE)
_BEHIND_AFTER = re.compile(r"\s*(?:vừa qua|vừa rồi|qua|năm ngoái)(?!\w)")
_SUMMED = re.compile(r"(?:bình quân|lũy kế|luỹ kế|tính chung|cộng dồn|ước|sơ kết|kết quả)\s+$", re.IGNORECASE)
_SINCE = re.compile(r"(?:^|[\s“\"])(?:kể\s+)?từ\s[^.;,\d]{0,50}$", re.IGNORECASE)
_SINCE_EARLY = re.compile(r"từ\s+đầu\s+$", re.IGNORECASE)
_OPENS_BRACKET = re.compile(r"\s*\(\s*(?:tức\s+|từ\s+|ngày\s+|từ ngày\s+)?")
_BOTH_YEARS = re.compile(r"(?:hai|2|ba|3|các|những)\s+$")
_IN_TURN = re.compile(r"[^.;]{0,90}?(?:lần lượt|tương ứng)")
_WITHIN = re.compile(r"(?<!nhất )(?:trong|qua|sau)\s+$", re.IGNORECASE)
_DAYS = {"ngày": 1, "tuần": 7, "nửa": 15}
_YEAR_WORDS = {"nay": 0, "này": 0, "ngoái": -1, "trước": -1, "qua": -1, "sau": 1, "tới": 1, "kia": -2, "học": 0}


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
    reader = Reader(text, published_on, term=_term(raws, text))
    periods: list[Period] = []
    gap_from = 0
    for raw in raws:
        if _SENTENCE_END.search(text, gap_from, raw.char_start):
            reader.sentence_from = raw.char_start
        gap_from = raw.char_end
        interval = _resolve(raw, reader)
        if interval is None:
            continue
        if raw.form == "year" and published_on and raw.year == published_on.year and _SINCE_EARLY.search(
            text, max(0, raw.char_start - 12), raw.char_start
        ):
            raw.form, interval = "year_part", (date(raw.year, 1, 1), published_on)
        period = Period(*interval, raw.char_start, raw.char_end, raw.form)
        if _joins_by_the_clock(text, periods, period):
            periods.pop()
            _extend(periods[-1], period)
            period = periods[-1]
        elif periods and _joins(text, periods[-1], period):
            _extend(periods[-1], period)
            period = periods[-1]
        else:
            _mark_as_of(text, period, raw)
            periods.append(period)
        _remember(reader, period, raw)
    _take_brackets(text, periods)
    return periods


def _take_brackets(text: str, periods: list[Period]) -> None:
    """ "thứ Ba (7/2)", "quý 4 (từ 1/7 đến 30/9/2016)": what stands in brackets right behind says which days."""
    for before, period in zip(periods, periods[1:], strict=False):
        gap = period.char_start - before.char_end
        if (
            2 <= gap <= 12
            and period.start is not None
            and before.form in ("weekday", "relative", "quarter", "year", "first_months", "last_units")
            and text.startswith(")", period.char_end)
            and _OPENS_BRACKET.fullmatch(text, before.char_end, period.char_start)
        ):
            before.start, before.end = period.start, period.end


def _without_durations(text: str, raws: list[RawPeriod], published_on: date | None) -> list[RawPeriod]:
    """Drops each bare "5 tháng" that lasts five months instead of naming the first five of a year.

    It names them where the text speaks of "5 tháng đầu năm" too, or the article appeared as they ended.
    """
    if not any(raw.form == "bare_months" for raw in raws):
        return raws
    named = {
        raw.count for raw in raws if raw.form == "first_months" and raw.unit == "tháng" and raw.word.startswith("đầu")
    }
    kept: list[RawPeriod] = []
    for raw in raws:
        if raw.form == "bare_months":
            timely = published_on is not None and raw.count in (published_on.month, (published_on.month - 2) % 12 + 1)
            summed = bool(_SUMMED.search(text, max(0, raw.char_start - 14), raw.char_start))
            if not (raw.count in named or summed) and not (
                timely and _WITHIN.search(text, max(0, raw.char_start - 12), raw.char_start)
            ):
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


def _term(raws: list[RawPeriod], text: str) -> tuple[int | None, int | None]:
    """The first and the last year of the term the text names."""
    for raw in raws:
        if raw.form == "years" and text[raw.char_start : raw.char_start + 4].lower() == "nhiệ":
            return raw.year, raw.year_to
    return None, None


def _share_parts(text: str, raws: list[RawPeriod]) -> None:
    """ "ngày 5 và 6/3", "từ tháng 6 đến tháng 11/2017": the month or year of the second holds for the first."""
    for first, second in zip(reversed(raws[:-1]), reversed(raws[1:]), strict=False):
        gap = text[first.char_end : second.char_start]
        if len(gap) > 16 or not (_JOIN.fullmatch(gap) or _AND.fullmatch(gap)):
            continue
        if first.form == "day" and second.form in ("day", "days") and first.month is None and second.month:
            first.month = second.month
        if first.year is None and not first.word and second.year and first.form in ("day", "days", "month", "quarter"):
            before = (first.month or 0, first.day or 0) <= (second.month or 12, second.day or 31)
            if _JOIN.fullmatch(gap) or before:
                first.year = second.year if before else second.year - 1
                first.year_to = first.year if first.year_to is None and first.month_to else first.year_to


def _joins_by_the_clock(text: str, periods: list[Period], period: Period) -> bool:
    """ "từ 18h ngày 29/4 đến 6h ngày 30/4": the second day stands behind a clock time."""
    if len(periods) < 2 or periods[-1].form != "clock" or period.form != "day" or periods[-2].form != "day":
        return False
    first, clock = periods[-2], periods[-1]
    return (
        first.end is not None
        and period.end is not None
        and first.end <= period.end
        and period.char_start - clock.char_end <= 3
        and clock.char_start - first.char_end <= 12
        and bool(_JOIN.fullmatch(text, first.char_end, clock.char_start))
    )


def _joins(text: str, before: Period, period: Period) -> bool:
    if before.start is None or before.end is None or period.end is None or period.end < before.start:
        return False
    gap = text[before.char_end : period.char_start]
    if len(gap) > 16:
        return False
    led = bool(FROM.search(text, max(0, before.char_start - 24), before.char_start))
    if period.form == "now":
        led = led or bool(_SINCE.search(text, max(0, before.char_start - 60), before.char_start))
        return led and not gap.strip(" ,")
    if before.form in ("clock", "now", "same_period") or period.form in ("clock", "same_period"):
        return False
    if (
        before.form == period.form == "year"
        and gap.strip() in ("và", ",")
        and _BOTH_YEARS.search(text, max(0, before.char_start - 6), before.char_start)
    ):
        return not _IN_TURN.match(text, period.char_end)
    return bool(_JOIN.fullmatch(gap)) and (
        led or before.form == period.form or "relative" in (before.form, period.form)
    )


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


def _remember(reader: Reader, period: Period, raw: RawPeriod) -> None:
    if period.end is None or raw.form in ("same_period", "now"):
        return
    if period.form in ("day", "weekday"):
        reader.last_day = period.end
    compared = COMPARED.search(reader.text, max(0, period.char_start - 8), period.char_start)
    if not (compared and "so" in compared[0].lower()):
        if raw.year is not None and raw.form not in ("edition", "decade"):
            reader.last_year, reader.last_year_at = (raw.year_to or raw.year), period.char_end
        reader.last = (period.start or period.end, period.end)
        reader.last_form = period.form


def _resolve(raw: RawPeriod, reader: Reader) -> Interval | None:
    """The interval of one printed period; None where its words name an impossible day."""
    rule = _BY_FORM.get(raw.form)
    return rule(raw, reader) if rule else (None, None)


def _year_for(raw: RawPeriod, reader: Reader) -> int | None:
    """The year that is printed, or meant by "năm ngoái", or fixed by the sentence; None where it must be guessed."""
    if raw.year is not None:
        return raw.year
    word = raw.word.removeprefix("đầu").removeprefix("cuối").removeprefix(" cùng").removeprefix(" tiên").strip()
    if word in _YEAR_WORDS and reader.published_on:
        return reader.published_on.year + _YEAR_WORDS[word]
    if reader.last_year is not None and reader.last_year_at >= reader.sentence_from:
        return reader.last_year
    return None


def _guess(raw: RawPeriod, reader: Reader, first: tuple[int, int | None], last: tuple[int, int | None]) -> Interval:
    """The year left out: the interval of `first` to `last` (month, day) nearest to the publication."""
    if reader.published_on is None:
        return None, None
    around = (-1, 0, 1) if first != (2, 29) else (-4, -3, -2, -1, 0, 1, 2, 3, 4)
    choices = [_between(reader.published_on.year + shift, first, last) for shift in around]
    forward = bool(
        AHEAD_AFTER.match(reader.text, raw.char_end)
        or _AHEAD.search(reader.text, max(reader.sentence_from, raw.char_start - 40, 0), raw.char_start)
    )
    if _BEHIND_AFTER.match(reader.text, raw.char_end):
        choices = [c for c in choices if c[0] is None or c[0] <= reader.published_on]
    return calendar.nearest(choices, reader.published_on, forward)


def _between(year: int, first: tuple[int, int | None], last: tuple[int, int | None]) -> Interval:
    if first[1] is None or last[1] is None:
        return calendar.months(year, first[0], last[0])
    start, end = calendar.day(year, first[0], first[1])[0], calendar.day(year, last[0], last[1])[1]
    return (start, end) if start and end else (None, None)


def _dated(raw: RawPeriod, reader: Reader) -> Interval | None:
    """Days and months: with their year, or the year that fits."""
    month, number = raw.month, raw.day
    if raw.unit == "lunar":
        return lunar_month(raw, reader)
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


def _quarter(raw: RawPeriod, reader: Reader) -> Interval | None:
    first, last = raw.month or 1, raw.month_to or 12
    year = _year_for(raw, reader)
    if year is None:
        return _guess(raw, reader, (first, None), (last, None))
    return calendar.months(year, first, last)


def _first_months(raw: RawPeriod, reader: Reader) -> Interval | None:
    """ "5 tháng đầu năm 2017", "10 ngày đầu tháng 7", "6 tháng cuối năm"."""
    early = raw.word.startswith("đầu") or not raw.word
    count = raw.count * 3 if raw.unit == "quý" else raw.count
    if raw.unit in _DAYS:
        return _first_days(raw, reader, early, raw.count * _DAYS[raw.unit])
    first, last = (1, count) if early else (13 - count, 12)
    year = _year_for(raw, reader)
    if year is None and reader.published_on:
        year = reader.published_on.year
        ended = reader.published_on.month >= last - 1
        if early and not ended and not _AHEAD.search(reader.text, max(0, raw.char_start - 40), raw.char_start):
            year -= 1
    return calendar.months(year, first, last) if year is not None else (None, None)


def _first_days(raw: RawPeriod, reader: Reader, early: bool, count: int) -> Interval | None:
    if raw.month is None:
        return None, None
    year = _year_for(raw, reader)
    whole = (
        calendar.months(year, raw.month, raw.month)
        if year
        else _guess(raw, reader, (raw.month, None), (raw.month, None))
    )
    start, end = whole
    if start is None or end is None:
        return whole
    if early:
        return start, min(end, start + timedelta(days=count - 1))
    if raw.unit == "nửa":
        return start + timedelta(days=count), end
    return max(start, end - timedelta(days=count - 1)), end


def _edition(raw: RawPeriod, reader: Reader) -> Interval | None:
    """ "V-League 2021": a name that its year ends says when only while that year lasts."""
    return _years(raw, reader) if reader.published_on and raw.year == reader.published_on.year else (None, None)


def _years(raw: RawPeriod, reader: Reader) -> Interval | None:
    if raw.year is None:
        return None, None
    return calendar.years(raw.year, raw.year_to or (raw.year + 9 if raw.form == "decade" else raw.year))


_BY_FORM = {
    "day": _dated,
    "days": _dated,
    "month": _dated,
    "months": _dated,
    "quarter": _quarter,
    "first_months": _first_months,
    "year": _years,
    "years": _years,
    "edition": _edition,
    "decade": _years,
    "relative": relative,
    "same_period": same_period,
    "weekday": weekday,
    "last_units": last_units,
    "tet": tet,
    "lunar": lunar,
    "term_end": term_end,
    "term_start": term_start,
    "year_part": year_part,
    "zodiac": zodiac,
}
