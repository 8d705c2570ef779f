"""A trend that can be verified: the reports in data/sample rebuild their organisation's series exactly."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from newsdesk import ask, ingest

ROOT = Path(__file__).parent.parent
ORGANISATION = "đảng bộ khối các cơ quan tỉnh hòa giang"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    warehouse = tmp_path_factory.mktemp("sample") / "warehouse.duckdb"
    ingest(warehouse, ROOT / "data" / "sample")
    return warehouse


def series(warehouse: Path, indicator: str, granularity: str, *, is_target: bool = False) -> list[tuple[date, int]]:
    return [
        (end, int(value))
        for end, value in ask(
            warehouse,
            "SELECT period_end, value FROM trend_points WHERE indicator_id = ? AND granularity = ? AND who = ? "
            "AND is_target = ? ORDER BY period_end",
            indicator,
            granularity,
            ORGANISATION,
            is_target,
        )
    ]


def halves(*values: int) -> list[tuple[date, int]]:
    return [(date(2016 + i, 6, 30), value) for i, value in enumerate(values)]


def years(*values: int) -> list[tuple[date, int]]:
    return [(date(2016 + i, 12, 31), value) for i, value in enumerate(values)]


def test_members_at_the_end_of_each_half_year(sample: Path) -> None:
    days = [date(2016 + i // 2, *((12, 31) if i % 2 else (6, 30))) for i in range(7)]
    found = series(sample, "party_members", "as_of")
    assert [day for day, _ in found] == days
    assert [value for _, value in found][:6] == [3102, 3168, 3227, 3305, 3391, 3470]
    assert found[6][1] in (3541, 3514), "two reports contradict each other on the last"


@pytest.mark.parametrize(
    ("indicator", "values"),
    [
        ("party_admissions", (54, 61, 66, 70)),
        ("party_inspection_organisations", (38, 44, 47, 50)),
        ("party_inspection_members", (22, 25, 28, 31)),
        ("party_discipline_members", (4, 5, 6, 7)),
    ],
)
def test_first_half_years(sample: Path, indicator: str, values: tuple[int, ...]) -> None:
    assert series(sample, indicator, "first_6_months") == halves(*values)


@pytest.mark.parametrize(
    ("indicator", "values"),
    [
        ("party_inspection_organisations", (81, 92, 97)),
        ("party_inspection_members", (47, 53, 58)),
        ("party_discipline_members", (9, 11, 12)),
    ],
)
def test_whole_years(sample: Path, indicator: str, values: tuple[int, ...]) -> None:
    assert series(sample, indicator, "year") == years(*values)


def test_targets_are_a_series_of_their_own(sample: Path) -> None:
    targets = series(sample, "party_admissions", "year", is_target=True)
    assert targets == years(120, 130, 135, 140)
    actual = dict(series(sample, "party_admissions", "year"))
    assert (actual[date(2016, 12, 31)], actual[date(2017, 12, 31)]) == (121, 132)
    assert actual[date(2018, 12, 31)] in (140, 146)


def test_contradictions_between_reports_are_listed(sample: Path) -> None:
    rows = ask(sample, "SELECT indicator_id, value, other_value FROM trend_conflicts WHERE who = ?", ORGANISATION)
    found = {(indicator, frozenset((int(value), int(other)))) for indicator, value, other in rows}
    assert found == {
        ("party_members", frozenset((3541, 3514))),
        ("party_admissions", frozenset((140, 146))),
    }
    kinds = ask(sample, "SELECT count(*) FROM checks WHERE kind = 'cross_article' AND verdict = 'inconsistent'")
    assert kinds[0][0] >= 2


def test_changes_follow_from_the_points(sample: Path) -> None:
    row = ask(
        sample,
        "SELECT year_ago_change, year_ago_change_pct FROM trend_changes WHERE indicator_id = 'party_admissions' "
        "AND granularity = 'first_6_months' AND period_end = DATE '2019-06-30' AND who = ?",
        ORGANISATION,
    )
    assert row == [(Decimal(4), 6.06)]
