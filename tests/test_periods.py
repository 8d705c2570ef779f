"""Periods: the tables of cases in tests/corpus/periods, and what holds for any text."""

from __future__ import annotations

import csv
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.errors import SeedError
from flows.model import Period
from flows.recognizers.period import find_periods, scan_periods
from flows.recognizers.period.parts import PeriodWord, RelativePeriod
from flows.seeds import parse_seed

TABLES = sorted((Path(__file__).parent / "corpus" / "periods").glob("*.csv"))
WORDS = [
    "ngày",
    "tháng",
    "năm",
    "quý",
    "5",
    "2017",
    "8/10",
    "-",
    "–",
    "/",
    ".",
    ",",
    "13",
    "đến",
    "tới",
    "và",
    "từ",
    "đầu",
    "cuối",
    "nửa",
    "hai",
    "sáu",
    "6",
    "tháng",
    "thứ",
    "Hai",
    "chủ",
    "nhật",
    "mùng",
    "Tết",
    "cùng",
    "kỳ",
    "giai",
    "đoạn",
    "2015-2020",
    "19h30",
    "15",
    "giờ",
    "20",
    ":",
    "(",
    ")",
    "%",
    "hôm",
    "nay",
    "qua",
    "SN",
    "Đinh",
    "Dậu",
    "thế",
    "kỷ",
    "thập",
    "niên",
    "XX",
    "0",
    "99",
    "00/00",
    "31/2",
    "24/24",
    "²",
    "٣",
    "½",
    "tính",
    "so",
    "với",
    "trước",
    "nay",
    "kể",
    "0001",
    "9999",
    "99999999",
    "29/2",
    "31",
    "nhiệm",
    "kỳ",
    "vụ",
]
SLOWEST_GROWTH = 8.0
"""Four times the text may take at most this many times as long (linear time is 4)."""


def cases() -> list[tuple[str, str, str, str]]:
    rows = []
    for table in TABLES:
        with table.open(encoding="utf-8", newline="") as stream:
            rows += [(row["text"], row["published_on"], row["expect"], row["why"]) for row in csv.DictReader(stream)]
    return rows


def shown(text: str, period: Period) -> str:
    return f"{text[period.char_start : period.char_end]}={period.start or ''}..{period.end or ''}"


def test_the_tables_are_there() -> None:
    assert len(TABLES) >= 7
    assert len(cases()) >= 85
    assert all(why for _, _, _, why in cases())


@pytest.mark.parametrize(("text", "published_on", "expect", "why"), cases())
def test_table(text: str, published_on: str, expect: str, why: str) -> None:
    on = date.fromisoformat(published_on) if published_on else None
    assert " | ".join(shown(text, period) for period in find_periods(text, on)) == expect, why


def test_every_day_of_a_year_is_read_back_in_every_form() -> None:
    for ordinal in range(date(2016, 1, 1).toordinal(), date(2017, 1, 1).toordinal()):
        day = date.fromordinal(ordinal)
        d, m = day.day, day.month
        for form in (f"ngày {d}/{m}/2016", f"{d:02}/{m:02}/2016", f"ngày {d}-{m}-2016", f"ngày {d}.{m}.2016",
                     f"ngày {d} tháng {m} năm 2016", f"sáng {d}-{m}-2016", f"2016-{m:02}-{d:02}"):  # fmt: skip
            found = find_periods(f"Hội nghị họp {form}, có 5 người.")
            assert [(p.start, p.end) for p in found] == [(day, day)], form


def test_a_year_left_out_is_the_nearest_sensible_one() -> None:
    for month in range(1, 13):
        for told in range(1, 13):
            (period,) = find_periods(f"Trong tháng {told}, xã có 3 vụ.", date(2017, month, 15))
            assert period.start is not None
            assert -240 <= (date(2017, month, 15) - period.start).days <= 366


@settings(max_examples=400)
@given(st.lists(st.sampled_from(WORDS), max_size=14), st.sampled_from([" ", ""]),
       st.sampled_from([None, date(2017, 2, 28), date(2016, 2, 29), date.min, date.max]))  # fmt: skip
def test_any_words_give_ordered_spans_and_true_intervals(words: list[str], glue: str, on: date | None) -> None:
    text = glue.join(words)
    last = 0
    for period in find_periods(text, on):
        assert last <= period.char_start < period.char_end <= len(text)
        last = period.char_end
        assert period.start is None or (period.end is not None and period.start <= period.end)


@settings(max_examples=200)
@given(st.text(max_size=200))
def test_any_string_returns(text: str) -> None:
    find_periods(text, date(2017, 6, 1))
    scan_periods(text)


@pytest.mark.parametrize(
    "unit", ["1", "1/", "ngày ", "tháng 1 ", "năm 2017 ", "2017-", "8/10 ", "từ 1/1 đến ", "ngày 1, "]
)
def test_time_grows_with_the_text(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        fastest = 1e9
        for _ in range(3):
            start = time.process_time()
            find_periods(text, date(2017, 6, 1))
            fastest = min(fastest, time.process_time() - start)
        return fastest

    assert seconds(80_000) < SLOWEST_GROWTH * max(seconds(20_000), 0.005)


def test_wrong_seed_rows_are_refused(tmp_path: Path) -> None:
    table = tmp_path / "relative_periods.csv"
    table.write_text("words,unit,shift\nhôm nay,hour,0\n", encoding="utf-8")
    with pytest.raises(SeedError, match=r"seeds/relative_periods\.csv:2: unit \"hour\" is not known; write one of day"):
        parse_seed(table, RelativePeriod, "seeds/relative_periods.csv")
    table.write_text("word,role,value\nhai,count,two\n", encoding="utf-8")
    with pytest.raises(SeedError, match="is not a whole number"):
        parse_seed(table, PeriodWord, "seeds/period_words.csv")
