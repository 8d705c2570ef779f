"""What, who, when: the tables of cases in tests/corpus/context, whole paragraphs, and what holds for any text."""

from __future__ import annotations

import csv
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timing import assert_linear

from flows.errors import SeedError
from flows.figures import find_figures
from flows.figures.measure import measure_key
from flows.figures.target import TargetWord
from flows.model import Figure
from flows.seeds import parse_seed

TABLE = Path(__file__).parent / "corpus" / "context" / "sentences.csv"
WORDS = [
    "Đảng",
    "bộ",
    "huyện",
    "Bình",
    "Tân",
    "đã",
    "kết",
    "nạp",
    "45",
    "đảng",
    "viên",
    "mới",
    ",",
    "tăng",
    "12%",
    "so",
    "với",
    "cùng",
    "kỳ",
    "năm",
    "2016",
    ".",
    "(",
    ")",
    ";",
    ":",
    "tháng",
    "5",
    "từ",
    "3",
    "xuống",
    "2",
    "đạt",
    "kế",
    "hoạch",
    "gồm",
    "trong",
    "đó",
    "và",
    "Công",
    "ty",
    "Nam",
    "Việt",
    "Theo",
    "cho",
    "biết",
    "hiện",
    "nay",
    "42",
    "tuổi",
    "7",
    "tỷ",
    "đồng",
    "/",
    "100",
    "điểm",
    "giảm",
    "\n",
]


def shown(figure: Figure) -> str:
    parts = [str(figure.what), figure.who or "-", f"{figure.period_start or ''}..{figure.period_end or ''}"]
    if figure.base_end:
        parts.append(f"base {figure.base_start}..{figure.base_end}")
    if figure.is_target:
        parts.append("target")
    return f"{figure.surface}: " + "; ".join(parts)


def cases() -> list[tuple[str, str, str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return [(row["text"], row["published_on"], row["expect"], row["why"]) for row in csv.DictReader(stream)]


@pytest.mark.parametrize(("text", "published_on", "expect", "why"), cases())
def test_table(text: str, published_on: str, expect: str, why: str) -> None:
    assert " | ".join(map(shown, find_figures(text, date.fromisoformat(published_on)))) == expect, why


def test_a_period_holds_until_another_takes_over() -> None:
    text = (
        "Năm 2018, huyện Bình Tân kết nạp 140 đảng viên. Huyện khai trừ 3 đảng viên. "
        "Năm 2019, huyện kết nạp 150 đảng viên. Huyện khai trừ 2 đảng viên."
    )
    years = [figure.period_end.year for figure in find_figures(text) if figure.period_end]
    assert years == [2018, 2018, 2019, 2019]


def test_a_stock_does_not_date_what_follows() -> None:
    text = "Tính đến tháng 6-2018, huyện có 2.145 đảng viên. Năm 2017, huyện kết nạp 140 đảng viên."
    stock, flow = find_figures(text)
    assert (stock.period_start, stock.period_end) == (None, date(2018, 6, 30))
    assert (flow.period_start, flow.period_end) == (date(2017, 1, 1), date(2017, 12, 31))


def test_who_is_carried_over() -> None:
    text = "Đảng bộ xã Hòa Bình kết nạp 12 đảng viên trong năm 2018. Trong năm, đã khai trừ 2 đảng viên."
    assert [figure.who for figure in find_figures(text)] == ["Đảng bộ xã Hòa Bình"] * 2


def test_a_list_inherits_measure_and_period() -> None:
    text = "Năm 2018, toàn huyện thi hành kỷ luật 22 đảng viên, gồm khiển trách 13, cảnh cáo 7 và khai trừ 2."
    figures = find_figures(text)
    assert [figure.what for figure in figures] == ["thi hành kỷ luật đảng viên", "khiển trách", "cảnh cáo", "khai trừ"]
    assert {figure.period_end for figure in figures} == {date(2018, 12, 31)}


def test_without_a_publication_date_only_what_the_text_fixes_is_known() -> None:
    relative, fixed = find_figures("Hôm qua có 5 vụ cháy. Năm 2017 có 40 vụ cháy.")
    assert (relative.period_start, relative.period_end) == (None, None)
    assert fixed.period_end == date(2017, 12, 31)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tổng kim ngạch xuất khẩu thủy sản", "giá trị xuất khẩu thuỷ sản"),
        ("kết nạp được đảng viên", "Kết nạp đảng viên"),
        ("chỉ số giá tiêu dùng", "CPI"),
        ("tỉ lệ hộ nghèo năm 2018", "Tỷ lệ hộ nghèo"),
        ("tổng thu ngân sách nhà nước", "thu NSNN"),
    ],
)
def test_one_measure_worded_alike_has_one_key(one: str, other: str) -> None:
    assert measure_key(one) == measure_key(other) is not None


@pytest.mark.parametrize(
    ("one", "other"), [("xuất khẩu gạo", "nhập khẩu gạo"), ("bán hàng", "bàn hàng"), ("khai trừ", "cảnh cáo")]
)
def test_two_measures_have_two_keys(one: str, other: str) -> None:
    assert measure_key(one) != measure_key(other)


@settings(max_examples=200)
@given(st.lists(st.sampled_from(WORDS), max_size=30), st.sampled_from([None, date(2017, 2, 28), date.min, date.max]))
def test_any_words_return(words: list[str], on: date | None) -> None:
    for figure in find_figures(" ".join(words), on):
        assert figure.period_start is None or figure.period_end is not None
        assert figure.period_start is None or figure.period_end is None or figure.period_start <= figure.period_end
        assert figure.what is None or figure.what == figure.what.strip() != ""


@settings(max_examples=100)
@given(st.text(alphabet=st.characters(), max_size=120))
def test_any_string_returns(text: str) -> None:
    find_figures(text, date(2017, 6, 1))


@pytest.mark.parametrize("unit", [
    "Huyện Bình Tân có 5 xã, ", "Năm 2017 tăng 5% so với năm 2016. ", "(5%) ", "A B C D 5 người ",
    "quý I và quý II/2017, 12 hộ và 13 hộ, ", "12 hộ (năm 2014), 15 hộ và ",
])
def test_time_grows_with_the_text(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        start = time.process_time()
        find_figures(text, date(2017, 6, 1))
        return time.process_time() - start

    assert_linear(seconds, 30_000, 120_000, floor=0.2)


def test_wrong_seed_rows_are_refused(tmp_path: Path) -> None:
    table = tmp_path / "target_words.csv"
    table.write_text("words,role\nkế hoạch,plan\n", encoding="utf-8")
    with pytest.raises(SeedError, match=r'seeds/target_words\.csv:2: role "plan" is not known; write target or not'):
        parse_seed(table, TargetWord, "seeds/target_words.csv")


def test_a_measure_named_near_by_is_told_alone() -> None:
    text = "Nợ nước ngoài năm 2015 chiếm 62% GDP, lạm phát dưới 4%, tỷ lệ thất nghiệp 4,2%."
    assert [figure.what for figure in find_figures(text, date(2016, 1, 5))][1:] == ["lạm phát", "tỷ lệ thất nghiệp"]


def test_a_word_of_three_syllables_is_not_parted() -> None:
    text = "Lĩnh vực kinh doanh bất động sản thu hút 82 tỷ đồng vốn đăng ký."
    (figure,) = find_figures(text)
    assert ("bất" in (figure.what or "")) == ("sản" in (figure.what or "")) == ("động" in (figure.what or ""))
