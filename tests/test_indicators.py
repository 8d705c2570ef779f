"""Indicators and places: the tables of cases, and what a wrong seed row says."""

from __future__ import annotations

import csv
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from flows.errors import SeedError
from flows.figures import indicators as indicator_rules
from flows.figures.indicators import Indicator, indicators, match_indicator
from flows.figures.places import NewsSource, Place, home_of_source, is_place_only, match_place, places
from flows.model import Figure
from flows.seeds import parse_seed, read_seed, seeds_folder

CORPUS = Path(__file__).parent / "corpus"


def cases(name: str) -> list[dict[str, str]]:
    with (CORPUS / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the neighbours of the figure at start:end begin and end: the digits around it."""
    left = max((i + 1 for i in range(start) if text[i].isdigit()), default=0)
    while left and left < start and not text[left].isspace():
        left += 1
    right = next((i for i in range(end, len(text)) if text[i].isdigit()), len(text))
    return left, right


@pytest.mark.parametrize("case", cases("indicators.csv"), ids=lambda case: case["why"])
def test_indicator_case(case: dict[str, str]) -> None:
    text = case["text"]
    start = text.index(case["surface"])
    figure = Figure(
        start,
        start + len(case["surface"]),
        case["surface"],
        case["kind"],
        Decimal(case["value"]),
        case["unit"],
        direction=case["direction"] or None,
        what=case["what"] or None,
    )
    left, right = bounds(text, figure.char_start, figure.char_end)
    assert match_indicator(text, figure, left, right) == (case["indicator_id"] or None)


@pytest.mark.parametrize("case", cases("places.csv"), ids=lambda case: f"{case['words']} {case['on']}")
def test_place_case(case: dict[str, str]) -> None:
    on = date.fromisoformat(case["on"])
    assert match_place(case["words"], on, case["home"] or None) == (case["place_id"] or None)


def test_catalogue_covers_the_domains() -> None:
    rows = indicators().values()
    assert len(rows) >= 120
    assert {
        "party",
        "government",
        "economy",
        "business",
        "agriculture",
        "health",
        "education",
        "labour",
        "crime",
        "traffic",
        "weather",
    } <= {row.domain for row in rows}
    assert all(row.default_place is None or row.default_place in places() for row in rows)


def test_provinces_before_and_after_the_mergers() -> None:
    provinces = [place for place in places().values() if place.level == "province"]
    assert sum(place.existed(date(2020, 1, 1)) for place in provinces) == 63
    assert sum(place.existed(date(2025, 7, 1)) for place in provinces) == 34
    assert sum(place.existed(date(2025, 7, 1)) and place.centrally_run for place in provinces) == 6
    merged = [place for place in provinces if not place.existed(date(2025, 7, 1))]
    assert all(place.successor in places() for place in merged)


def test_every_reference_between_seed_tables_holds() -> None:
    for place in places().values():
        assert place.parent is None or place.parent in places()
    for source in read_seed("sources", NewsSource):
        assert source.home_place is None or source.home_place in places()


@pytest.mark.parametrize(
    ("source", "home"),
    [
        ("Báo Vĩnh Long", "vinh-long"),
        ("baoquangngai.vn", "quang-ngai"),
        ("https://www.hanoimoi.com.vn/tin/1", "ha-noi"),
        ("VnExpress", None),
        ("http://[bad", None),
        ("", None),
        (None, None),
    ],
)
def test_home_of_source(source: str | None, home: str | None) -> None:
    assert home_of_source(source) == home


def test_place_only() -> None:
    assert is_place_only("tỉnh Vĩnh Long")
    assert is_place_only("toàn tỉnh")
    assert not is_place_only("Công ty Điện lực Vĩnh Long")


@pytest.mark.parametrize(
    ("column", "value", "remedy"),
    [
        ("nature", "level", "write one of stock, flow, ratio, change"),
        ("aggregation", "total", "write one of sum, last, mean, none"),
        ("indicator_id", "Số đảng viên", "write a-z, 0-9 and _"),
        ("patterns", "", "may not be empty"),
        ("low", "1.000", "write 1000"),
    ],
)
def test_a_bad_indicator_row_names_line_and_remedy(tmp_path: Path, column: str, value: str, remedy: str) -> None:
    with (seeds_folder() / "indicators.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))[:2]
    rows[1][column] = value
    path = tmp_path / "indicators.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(SeedError, match=f"seeds/indicators.csv:3: .*{remedy}"):
        parse_seed(path, Indicator, "seeds/indicators.csv")


def test_a_district_row_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="swap them"):
        Place("x", "X", "X", "district", False, None, None, date(2020, 1, 1), date(2019, 1, 1), None, ("X",), "s")


def test_matching_is_fast_on_hostile_text() -> None:
    text = "tai nạn giao thông, " * 20_000 + "làm chết 15 người"
    start = text.index("15")
    figure = Figure(start, len(text), text[start:], "count", Decimal(15), "người", what="tai nạn " * 1000)
    began = time.process_time()
    match_indicator(text, figure, 0, len(text))
    assert time.process_time() - began < 1


def test_patterns_are_found_by_their_own_name() -> None:
    """Every row can match at all: its first pattern, written beside its first unit, is not excluded by itself."""
    for row, rule in indicator_rules._rules():
        for _, parts in rule.patterns:
            joined = " ".join(part.strip() for part in parts)
            blocked = [word for word in rule.excludes if word in f" {joined} "]
            assert not blocked, f"{row.indicator_id}: {joined} holds its own exclusion {blocked}"
