"""The trend marts over a real DuckDB file: hand-made figures in, points, changes, conflicts and checks out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from flows.warehouse.connect import Connection, transaction, writing
from flows.warehouse.marts import refresh_marts
from flows.warehouse.migrate import migrate


class Warehouse:
    """A warehouse that tests fill by hand."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def article(self, name: str, published_at: str | None, text: str | None = None) -> str:
        key = hashlib.sha256(name.encode()).hexdigest()
        body = text or f"Bài {name}."
        self.connection.execute(
            "INSERT INTO articles BY NAME SELECT ? AS article_id, ? AS external_id, ? AS title, "
            "?::TIMESTAMP AS published_at, "
            "? AS text, ? AS text_sha256, ? AS content_hash, 'x' AS extractor_version, 'p' AS input_path, ? AS run_id, "
            "TIMESTAMP '2020-01-01' AS loaded_at",
            [
                key[:16],
                name,
                name,
                published_at and datetime.fromisoformat(published_at),
                body,
                hashlib.sha256(body.encode()).hexdigest(),
                key,
                f"run-{name}",
            ],
        )
        return key[:16]

    def figure(self, article: str, printed: float | str, **columns: Any) -> str:
        taken = self.connection.execute("SELECT count(*) FROM figures WHERE article_id = ?", [article]).fetchall()[0][0]
        start = 10 * taken
        row: dict[str, Any] = {
            "figure_id": f"{article}:{start}",
            "article_id": article,
            "sentence_no": taken,
            "char_start": start,
            "char_end": start + 5,
            "surface": str(printed),
            "kind": "count",
            "value": printed,
            "unit": "đảng viên",
            "qualifier": "exact",
            "resolution": 1,
            "number_style": "vi",
            "unit_source": "printed",
            "what": "kết nạp đảng viên",
            "measure": "kết nạp đảng viên",
            "indicator_id": "party_admissions",
            "place_id": "vinh-long",
            "is_target": False,
            "period_start": date(2017, 1, 1),
            "period_end": date(2017, 12, 31),
            "run_id": f"run-{article}",
        } | columns
        marks = ", ".join("?" for _ in row)
        self.connection.execute(f"INSERT INTO figures ({', '.join(row)}) VALUES ({marks})", list(row.values()))
        return str(row["figure_id"])

    def check(self, figure: str, verdict: str, kind: str = "ratio") -> None:
        article = figure.split(":")[0]
        self.connection.execute(
            "INSERT INTO checks BY NAME SELECT ? AS check_id, ? AS article_id, ? AS kind, ? AS verdict, "
            "? AS stated_figure_id, '' AS formula, '' AS explanation, 1 AS confidence, 0 AS char_start, "
            "1 AS char_end, 'r' AS run_id",
            [f"{article}-{figure}-{kind}", article, kind, verdict, figure],
        )

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        with transaction(self.connection):
            refresh_marts(self.connection)
        return self.connection.execute(sql).fetchall()


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    path = tmp_path / "w.duckdb"
    migrate(path)
    with writing(path) as connection:
        yield Warehouse(connection)


YEAR_2016 = {"period_start": date(2016, 1, 1), "period_end": date(2016, 12, 31)}
HALF_2017 = {"period_start": date(2017, 1, 1), "period_end": date(2017, 6, 30)}


def test_a_later_article_wins_and_both_are_candidates(warehouse: Warehouse) -> None:
    warehouse.figure(warehouse.article("old", "2018-01-05"), 140)
    warehouse.figure(warehouse.article("new", "2018-07-05"), 146)
    assert warehouse.query("SELECT value, articles, candidates FROM trend_points") == [(146, 2, 2)]
    assert warehouse.query("SELECT value FROM trend_candidates ORDER BY choice") == [(146,), (140,)]


def test_a_figure_whose_check_failed_loses_to_an_earlier_one(warehouse: Warehouse) -> None:
    warehouse.figure(warehouse.article("old", "2018-01-05"), 140)
    warehouse.check(warehouse.figure(warehouse.article("new", "2018-07-05"), 146), "inconsistent")
    assert warehouse.query("SELECT value, has_failed_check FROM trend_points") == [(140, False)]


def test_a_precise_value_wins_over_a_later_approximate_one(warehouse: Warehouse) -> None:
    warehouse.figure(warehouse.article("old", "2018-01-05"), 1402)
    warehouse.figure(warehouse.article("new", "2018-07-05"), 1400, qualifier="over", resolution=100)
    assert warehouse.query("SELECT value, qualifier FROM trend_points") == [(1402, "exact")]
    assert warehouse.query("SELECT * FROM trend_conflicts") == []


def test_a_reprint_counts_once_and_contradicts_nobody(warehouse: Warehouse) -> None:
    text = "Cùng một bài báo được đăng lại ở hai nơi."
    warehouse.figure(warehouse.article("a", "2018-01-05", text), 140)
    warehouse.figure(warehouse.article("b", "2018-01-06", text), 140)
    assert warehouse.query("SELECT articles, candidates FROM trend_points") == [(1, 2)]
    assert warehouse.query("SELECT count(*) FROM trend_stories WHERE is_reprint") == [(1,)]


def test_a_reprint_with_another_headline_has_the_same_figures(warehouse: Warehouse) -> None:
    for name in ("a", "b"):
        article = warehouse.article(name, "2018-01-05")
        for year in range(2010, 2015):
            warehouse.figure(article, year - 1900, period_start=date(year, 1, 1), period_end=date(year, 12, 31))
    assert warehouse.query("SELECT DISTINCT articles FROM trend_points") == [(1,)]


def test_targets_changes_and_cumulative_figures_have_series_of_their_own(warehouse: Warehouse) -> None:
    article = warehouse.article("a", "2018-01-05")
    warehouse.figure(article, 121)
    warehouse.figure(article, 120, is_target=True)
    warehouse.figure(article, 61, **HALF_2017)
    warehouse.figure(article, 341, period_start=date(2015, 1, 1), period_end=date(2017, 12, 31))
    warehouse.figure(article, 7, direction="up")
    assert sorted(warehouse.query("SELECT granularity, is_target, value FROM trend_points")) == [
        ("first_6_months", False, 61),
        ("since_2015", False, 341),
        ("year", False, 121),
        ("year", True, 120),
    ]
    assert warehouse.query("SELECT count(DISTINCT series_id) FROM trend_points") == [(4,)]


def test_a_stock_is_one_series_whatever_its_period_is_called(warehouse: Warehouse) -> None:
    stock = {"indicator_id": "party_members", "measure": "đảng viên"}
    warehouse.figure(
        warehouse.article("a", "2017-07-07"), 3227, **stock, period_start=None, period_end=date(2017, 6, 30)
    )
    warehouse.figure(warehouse.article("b", "2018-01-07"), 3305, **stock)
    assert warehouse.query(
        "SELECT granularity, period_start, period_end, value, previous_change, previous_change_pct FROM trend_changes "
        "ORDER BY period_end"
    ) == [("as_of", None, date(2017, 6, 30), 3227, None, None), ("as_of", None, date(2017, 12, 31), 3305, 78, 2.42)]


def test_changes_against_the_period_before_and_a_year_before(warehouse: Warehouse) -> None:
    article = warehouse.article("a", "2018-01-05")
    warehouse.figure(article, 100, **YEAR_2016)
    warehouse.figure(article, 125)
    assert warehouse.query(
        "SELECT previous_change, previous_change_pct, is_adjacent, year_ago_change, year_ago_change_pct "
        "FROM trend_changes "
        "WHERE value = 125"
    ) == [(25, 25.0, True, 25, 25.0)]


def test_a_change_of_a_percentage_is_in_points_only(warehouse: Warehouse) -> None:
    article = warehouse.article("a", "2018-01-05")
    share = {"indicator_id": "poverty_pct", "kind": "percent", "unit": "%", "resolution": "0.1"}
    warehouse.figure(article, "6.5", **share, **YEAR_2016)
    warehouse.figure(article, "5.2", **share)
    assert [
        (float(a), b)
        for a, b in warehouse.query(
            "SELECT year_ago_change, year_ago_change_pct FROM trend_changes WHERE year_ago_change IS NOT NULL"
        )
    ] == [(-1.3, None)]


def test_growth_keeps_its_basis_and_its_sign(warehouse: Warehouse) -> None:
    article = warehouse.article("a", "2018-01-05")
    growth = {
        "indicator_id": "cpi_change",
        "kind": "percent",
        "unit": "%",
        "resolution": "0.01",
        "place_id": None,
        "period_start": date(2017, 12, 1),
        "period_end": date(2017, 12, 31),
    }
    warehouse.figure(
        article, "0.21", **growth, direction="down", base_start=date(2017, 11, 1), base_end=date(2017, 11, 30)
    )
    warehouse.figure(
        article, "2.6", **growth, direction="up", base_start=date(2016, 12, 1), base_end=date(2016, 12, 31)
    )
    assert [
        (basis, float(value), place)
        for basis, value, place in warehouse.query("SELECT basis, value, place_id FROM trend_points ORDER BY basis")
    ] == [("previous_period", -0.21, "viet-nam"), ("year_on_year", 2.6, "viet-nam")]


def test_a_conflict_becomes_a_check_of_the_later_article(warehouse: Warehouse) -> None:
    old = warehouse.figure(warehouse.article("old", "2019-01-08"), 3541)
    new = warehouse.figure(warehouse.article("new", "2019-07-09"), 3514)
    assert warehouse.query("SELECT value, other_value, difference FROM trend_conflicts") == [(3514, 3541, 27)]
    assert warehouse.query("SELECT kind, verdict, stated_figure_id, suggestion IS NOT NULL, formula FROM checks") == [
        ("cross_article", "inconsistent", new, True, "3541 ≠ 3514")
    ]
    assert warehouse.query("SELECT figure_id, role FROM check_operands") == [(old, "earlier")]


def test_making_the_marts_again_changes_nothing(warehouse: Warehouse) -> None:
    warehouse.figure(warehouse.article("old", "2019-01-08"), 3541)
    warehouse.figure(warehouse.article("new", "2019-07-09"), 3514)
    tables = ("trend_points", "trend_candidates", "trend_conflicts", "trend_changes", "checks", "check_operands")
    first = [warehouse.query(f"SELECT * FROM {table} ORDER BY ALL") for table in tables]
    assert first == [warehouse.query(f"SELECT * FROM {table} ORDER BY ALL") for table in tables]
    warehouse.connection.execute("DELETE FROM figures WHERE value = 3541")
    assert warehouse.query("SELECT * FROM checks") == []
    assert warehouse.query("SELECT * FROM check_operands") == []


def test_rounding_is_no_conflict(warehouse: Warehouse) -> None:
    money = {"indicator_id": "exports", "kind": "money", "unit": "USD"}
    warehouse.figure(warehouse.article("a", "2018-01-05"), 213_800_000_000, **money, resolution=100_000_000)
    warehouse.figure(warehouse.article("b", "2018-02-05"), 214_000_000_000, **money, resolution=1_000_000_000)
    assert warehouse.query("SELECT * FROM trend_conflicts") == []
    assert warehouse.query("SELECT * FROM checks") == []


def test_a_running_total_that_falls_is_found(warehouse: Warehouse) -> None:
    warehouse.figure(warehouse.article("a", "2017-07-05"), 61, **HALF_2017)
    later = warehouse.figure(warehouse.article("b", "2018-01-05"), 55)
    assert warehouse.query("SELECT kind, stated_figure_id FROM checks") == [("cumulative_fall", later)]


def test_an_article_that_gives_two_values_for_a_point_is_not_shown(warehouse: Warehouse) -> None:
    article = warehouse.article("a", "2018-01-05")
    warehouse.figure(article, 120)
    warehouse.figure(article, 135)
    assert warehouse.query("SELECT * FROM trend_points") == []
    assert warehouse.query("SELECT ambiguous, points FROM trend_coverage WHERE indicator_id = 'party_admissions'") == [
        (2, 0)
    ]


@pytest.mark.parametrize(
    "columns",
    [
        {"period_start": None, "period_end": None},
        {"value": None, "value_low": 5, "value_high": 9, "qualifier": "range"},
        {"qualifier": "at_least"},
        {"place_id": None},
        {"place_id": None, "who": "Đơn vị"},
        {"kind": "age", "unit": "year"},
    ],
)
def test_what_cannot_be_a_point(warehouse: Warehouse, columns: dict[str, Any]) -> None:
    warehouse.figure(warehouse.article("a", "2018-01-05"), 120, **columns)
    assert warehouse.query("SELECT * FROM trend_candidates") == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Đảng ủy Khối", "toàn Đảng bộ Khối"),
        ("Công ty CP Sữa Ban Mai", "Công ty cổ phần Sữa Ban Mai"),
        ("tỉnh Vĩnh Long", "toàn tỉnh"),
    ],
)
def test_one_subject_worded_in_two_ways_is_one_series(warehouse: Warehouse, first: str, second: str) -> None:
    warehouse.figure(warehouse.article("a", "2017-01-05"), 120, who=first, **YEAR_2016)
    warehouse.figure(warehouse.article("b", "2018-01-05"), 130, who=second)
    assert warehouse.query("SELECT points FROM trend_series") == [(2,)]


def test_a_party_organisation_called_by_its_short_name_is_the_one_named_in_full(warehouse: Warehouse) -> None:
    full = "Đảng ủy Khối các cơ quan tỉnh Hòa Giang"
    warehouse.figure(
        warehouse.article("a", "2017-01-05", f"{full} tổng kết."), 120, who="Toàn Khối", place_id=None, **YEAR_2016
    )
    warehouse.figure(warehouse.article("b", "2018-01-05", f"Theo {full}, kết quả tốt."), 130, who=full, place_id=None)
    warehouse.figure(
        warehouse.article("c", "2018-01-05", "Đảng ủy Khối Doanh nghiệp tỉnh Tân Ninh họp."),
        90,
        who="Đảng ủy Khối",
        place_id=None,
    )
    assert sorted(warehouse.query("SELECT who, points FROM trend_series")) == [
        ("đảng bộ khối các cơ quan tỉnh hòa giang", 2),
        ("đảng bộ khối doanh nghiệp tỉnh tân ninh", 1),
    ]


def test_a_speaker_is_not_the_subject(warehouse: Warehouse) -> None:
    growth = {"indicator_id": "cpi_change", "kind": "percent", "unit": "%", "direction": "up", "place_id": None}
    warehouse.figure(warehouse.article("a", "2018-01-05"), 3, who="Tổng cục trưởng Nguyễn Văn A", **growth)
    warehouse.figure(warehouse.article("b", "2018-01-06"), 3, who="ông Trần Văn B", **growth)
    warehouse.figure(warehouse.article("c", "2018-01-07"), 3, who="Tổng cục Thống kê", **growth)
    assert warehouse.query("SELECT place_id, articles FROM trend_points") == [("viet-nam", 3)]


def test_series_are_found_without_accents(warehouse: Warehouse) -> None:
    warehouse.figure(warehouse.article("a", "2018-01-05"), 120)
    assert warehouse.query("SELECT name FROM trend_series WHERE search_text LIKE '%dang vien ket nap moi%'") == [
        ("Đảng viên kết nạp mới",)
    ]


COMPANY = {
    "indicator_id": "company_profit_after_tax",
    "kind": "money",
    "unit": "VND",
    "place_id": None,
    "who": "Công ty Hòa Giang",
}
STOCK = {
    "indicator_id": "company_charter_capital",
    "kind": "money",
    "unit": "VND",
    "place_id": None,
    "who": "Công ty Hòa Giang",
    "period_start": None,
}


@pytest.mark.parametrize(
    ("text", "columns", "points"),
    [
        ("Năm 2017, Đảng bộ kết nạp ⟦120⟧ đảng viên.", {}, 1),
        ("Đảng bộ đã kết nạp ⟦120⟧ đảng viên.", {}, 0),
        ("Năm 2017, mỗi năm Đảng bộ kết nạp ⟦120⟧ đảng viên.", {}, 0),
        ("Năm 2017, Đảng bộ kết nạp bình quân ⟦120⟧ đảng viên.", {}, 0),
        ("Năm 2017, Đảng bộ phải đạt ⟦120⟧ đảng viên.", {}, 0),
        ("Năm 2017, Đảng bộ phải đạt ⟦120⟧ đảng viên.", {"is_target": True}, 1),
        ("Chỉ tiêu năm 2017: kết nạp ⟦120⟧ đảng viên.", {}, 0),
        ("Từ đầu năm 2017, Đảng bộ kết nạp ⟦120⟧ đảng viên.", {}, 0),
        ("Từ đầu năm 2017, Đảng bộ kết nạp ⟦120⟧ đảng viên.", {"period_end": date(2017, 6, 30)}, 1),
        ("Năm 2017 công ty lãi ⟦120⟧ tỷ đồng.", COMPANY, 1),
        ("Năm 2017 công ty lãi ⟦120⟧ tỷ đồng.", COMPANY | {"who": None}, 0),
        ("Năm 2017 mảng bán lẻ lãi ⟦120⟧ tỷ đồng.", COMPANY, 0),
        ("Năm 2017 công ty lãi ⟦120⟧ tỷ đồng trước kiểm toán.", COMPANY, 0),
        ("Cuối năm 2017, vốn điều lệ là ⟦120⟧ tỷ đồng.", STOCK, 1),
        ("Công ty thành lập năm 2017, vốn điều lệ ⟦120⟧ tỷ đồng.", STOCK, 0),
        ("Công ty thành lập năm 2017, vốn điều lệ ban đầu ⟦120⟧ tỷ đồng.", STOCK, 1),
        ("Niêm yết năm 2017 và hiện có vốn điều lệ ⟦120⟧ tỷ đồng.", STOCK, 0),
        ("Thực hiện năm 2017, vốn điều lệ là ⟦120⟧ tỷ đồng.", STOCK, 1),
        ("Năm 2017 nhắc lại vốn điều lệ ⟦120⟧ (2009) tỷ đồng.", STOCK, 0),
        ("Năm 2017, vốn điều lệ tăng từ ⟦120⟧ lên 150 tỷ đồng.", STOCK, 0),
        ("Vốn điều lệ tăng từ 100 lên ⟦120⟧ tỷ đồng năm 2017.", STOCK, 1),
        ("Năm 2017, vốn điều lệ tăng thêm ⟦120⟧ tỷ đồng.", STOCK, 0),
    ],
)
def test_the_words_beside_a_figure_bear_the_point_out(
    warehouse: Warehouse, text: str, columns: dict[str, Any], points: int
) -> None:
    start, end = text.index("⟦"), text.index("⟧") - 1
    article = warehouse.article("a", None, text.replace("⟦", "").replace("⟧", ""))
    warehouse.figure(
        article, 120, **({"figure_id": f"{article}:{start}", "char_start": start, "char_end": end} | columns)
    )
    assert len(warehouse.query("SELECT * FROM trend_points")) == points


def test_a_measure_outside_the_catalogue_needs_two_periods_or_two_stories(warehouse: Warehouse) -> None:
    loose = {"indicator_id": None, "measure": "công trình thủy lợi xây mới", "unit": "công trình"}
    article = warehouse.article("a", "2018-01-05")
    warehouse.figure(article, 12, **loose)
    assert warehouse.query("SELECT * FROM trend_points") == []
    warehouse.figure(article, 10, **loose, **HALF_2017)
    assert warehouse.query("SELECT * FROM trend_points") == []
    warehouse.figure(article, 9, **loose, period_start=date(2016, 1, 1), period_end=date(2016, 12, 31))
    assert warehouse.query("SELECT value FROM trend_points ORDER BY value") == [(9,), (12,)]


def test_every_mart_and_column_says_what_it_is(warehouse: Warehouse) -> None:
    assert (
        warehouse.query("SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'trend%' AND comment IS NULL")
        == []
    )
    assert (
        warehouse.query(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE table_name LIKE 'trend%' AND comment IS NULL"
        )
        == []
    )
