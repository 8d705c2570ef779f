"""Checks between articles, from the text to the alarm: which articles contradict each other, and which do not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from newsdesk import ask, ingest, record, write_articles

CROSS, FALL = "cross_article", "cumulative_fall"


@dataclass(frozen=True)
class Case:
    """Articles about one body (`{who}`), in the order of publication, and the checks they must give."""

    why: str
    texts: tuple[str, ...]
    dates: tuple[str, ...]
    expected: tuple[str, ...] = ()


CASES = [
    Case(
        "two reports of one half-year",
        ("{who} sơ kết công tác. Sáu tháng đầu năm 2018, {who} đã kết nạp 66 đảng viên.",
         "Hội nghị tổng kết diễn ra ngày 9-1. Trong 6 tháng đầu năm 2018, {who} kết nạp 68 đảng viên mới."),
        ("2018-07-10", "2019-01-10"), (CROSS,)),
    Case(
        "the number of members on one day",
        ("Tính đến ngày 30-6-2018, {who} có 3.541 đảng viên.",
         "Phát biểu tại hội nghị, lãnh đạo cho biết đến ngày 30-6-2018, {who} có 3.514 đảng viên."),
        ("2018-07-10", "2018-10-10"), (CROSS,)),
    Case(
        "a running total that falls",
        ("Sáu tháng đầu năm 2018, {who} đã kết nạp 66 đảng viên.",
         "Trong 9 tháng đầu năm 2018, {who} kết nạp 61 đảng viên mới."),
        ("2018-07-10", "2018-10-10"), (FALL,)),
    Case(
        "a running total that falls by the end of the year",
        ("Trong 9 tháng đầu năm 2018, {who} kết nạp 96 đảng viên mới.",
         "Năm 2018, {who} đã kết nạp 91 đảng viên."),
        ("2018-10-10", "2019-01-10"), (FALL,)),
    Case(
        "the same number in other words",
        ("Sáu tháng đầu năm 2018, {who} đã kết nạp 66 đảng viên.",
         "Trong 6 tháng đầu năm 2018, {who} kết nạp 66 đảng viên mới."),
        ("2018-07-10", "2019-01-10")),
    Case(
        "a report told again word for word by another paper, with a slip of its own, is one story",
        (f"{{who}} sơ kết công tác 6 tháng đầu năm. {'Hội nghị nghe báo cáo kết quả và bàn nhiệm vụ. ' * 8}"
         "Sáu tháng đầu năm 2018, {who} đã kết nạp 66 đảng viên.",
         f"{{who}} sơ kết công tác 6 tháng đầu năm. {'Hội nghị nghe báo cáo kết quả và bàn nhiệm vụ. ' * 8}"
         "Sáu tháng đầu năm 2018, {who} đã kết nạp 99 đảng viên."),
        ("2018-07-10", "2018-07-11")),
    Case(
        "another period",
        ("Sáu tháng đầu năm 2017, {who} đã kết nạp 66 đảng viên.",
         "Sáu tháng đầu năm 2018, {who} đã kết nạp 61 đảng viên."),
        ("2017-07-10", "2018-07-10")),
    Case(
        "another measure",
        ("Sáu tháng đầu năm 2018, {who} đã kết nạp 66 đảng viên.",
         "Sáu tháng đầu năm 2018, {who} đã thi hành kỷ luật 6 đảng viên."),
        ("2018-07-10", "2018-07-12")),
    Case(
        "a target and what was reached",
        ("Năm 2018, {who} phấn đấu kết nạp 120 đảng viên.",
         "Năm 2018, {who} đã kết nạp 126 đảng viên."),
        ("2018-01-10", "2019-01-10")),
    Case(
        "a rough number and a precise one",
        ("Sáu tháng đầu năm 2018, {who} đã kết nạp gần 70 đảng viên.",
         "Trong 6 tháng đầu năm 2018, {who} kết nạp 66 đảng viên mới."),
        ("2018-07-10", "2018-07-12")),
    Case(
        "a running total that grows",
        ("Sáu tháng đầu năm 2018, {who} đã kết nạp 66 đảng viên.",
         "Trong 9 tháng đầu năm 2018, {who} kết nạp 97 đảng viên mới."),
        ("2018-07-10", "2018-10-10")),
    Case(
        "a half-year and the quarter after it, which is no running total",
        ("Sáu tháng đầu năm 2018, {who} đã kết nạp 66 đảng viên.",
         "Quý III-2018, {who} kết nạp 31 đảng viên mới."),
        ("2018-07-10", "2018-10-10")),
    Case(
        "members leave: a level may fall",
        ("Tính đến ngày 30-6-2018, {who} có 3.541 đảng viên.",
         "Tính đến ngày 30-9-2018, {who} có 3.514 đảng viên."),
        ("2018-07-10", "2018-10-10")),
    Case(
        "numbers so far apart were not meant to be the same",
        ("Sáu tháng đầu năm 2018, {who} đã kết nạp 66 đảng viên.",
         "Trong 6 tháng đầu năm 2018, {who} kết nạp 6 đảng viên mới."),
        ("2018-07-10", "2019-01-10")),
]
NAMES = (
    "Hòa Giang", "Tân Ninh", "Phú Lâm", "Yên Bắc", "Bình Sơn", "Long Châu", "Hà Đoài", "Nam Khê", "Đông Triệu",
    "Thanh Vân", "Quảng Hà", "Tây Hồi", "Vĩnh Khê", "An Lộc",
)


def body(number: int) -> str:
    return f"Đảng bộ Khối Doanh nghiệp tỉnh {NAMES[number]}"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cross")
    records: list[dict[str, Any]] = []
    for number, case in enumerate(CASES):
        for text, day in zip(case.texts, case.dates, strict=True):
            published = datetime.fromisoformat(day) + timedelta(hours=8)
            told = text.replace("{who}", body(number))
            records.append(record(len(records), told, published_at=published.isoformat(), title=f"Trường hợp {number}"))
    path = folder / "warehouse.duckdb"
    ingest(path, write_articles(folder / "articles.jsonl", *records))
    return path


def test_every_case_has_a_body_of_its_own() -> None:
    assert len(NAMES) == len(set(NAMES)) == len(CASES)


def test_every_figure_of_the_cases_is_compared(warehouse: Path) -> None:
    """A case without an alarm shows something only if both its figures can be points of a series."""
    assert ask(warehouse, "SELECT surface FROM figures ANTI JOIN trend_candidates USING (figure_id)") == []
    assert ask(warehouse, "SELECT count(*) FROM trend_candidates") == [(sum(len(case.texts) for case in CASES),)]


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case.why for case in CASES])
def test_checks_between_articles(warehouse: Path, number: int) -> None:
    found = ask(
        warehouse,
        "SELECT c.kind, c.verdict FROM checks AS c JOIN articles AS a USING (article_id) "
        "WHERE c.kind IN (?, ?) AND a.title = ?", CROSS, FALL, f"Trường hợp {number}",
    )
    assert found == [(kind, "inconsistent") for kind in CASES[number].expected]


def test_an_alarm_belongs_to_the_later_article_and_names_the_earlier(warehouse: Path) -> None:
    rows = ask(
        warehouse,
        "SELECT c.kind, stated.surface, operand.surface, a.published_at > b.published_at, c.explanation "
        "FROM checks AS c JOIN check_operands AS o USING (check_id) "
        "JOIN figures AS stated ON stated.figure_id = c.stated_figure_id "
        "JOIN figures AS operand ON operand.figure_id = o.figure_id "
        "JOIN articles AS a ON a.article_id = stated.article_id "
        "JOIN articles AS b ON b.article_id = operand.article_id "
        "WHERE c.kind IN (?, ?)", CROSS, FALL,
    )
    assert len(rows) == sum(len(case.expected) for case in CASES)
    for _, stated, operand, is_later, explanation in rows:
        assert stated != operand
        assert is_later
        assert operand in explanation
