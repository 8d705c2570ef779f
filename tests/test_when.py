"""When: the table of cases in tests/corpus/context/when.csv, and what holds for any text and publication date."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.errors import SeedError
from flows.figures import find_figures
from flows.figures.when_evidence import Scales, WhenEvidence, observations, seed_scales
from flows.model import Figure
from flows.seeds import parse_seed

TABLE = Path(__file__).parent / "corpus" / "context" / "when.csv"
PIECES = [
    "Năm 2017, ",
    "Tháng 5, ",
    "Ngày 6/6, ",
    "hôm qua ",
    "so với cùng kỳ năm 2016 ",
    "(quý 4 từ 1/7 đến 30/9) ",
    "hiện ",
    "từ đầu năm đến nay ",
    "xã có 45 hộ nghèo",
    "thu 3,5 tỷ đồng",
    ", tăng 12%",
    ". ",
    "\n",
    "; ",
    "(",
    ")",
    "từ 5 lên 7 người ",
    "giao tháng 9 ",
    "đến năm 2020 ",
    "42 tuổi ",
    "lần lượt ",
]


def cases() -> list[tuple[str, str, str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return [(row["text"], row["published_on"], row["expect"], row["why"]) for row in csv.DictReader(stream)]


def shown(figure: Figure) -> str:
    return f"{figure.surface}={figure.period_start or ''}..{figure.period_end or ''}"


@pytest.mark.parametrize(("text", "published_on", "expect", "why"), cases())
def test_table(text: str, published_on: str, expect: str, why: str) -> None:
    assert " | ".join(map(shown, find_figures(text, date.fromisoformat(published_on)))) == expect, why


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
    st.one_of(st.none(), st.dates(), st.sampled_from([date.min, date.max, date(2016, 2, 29)])),
)
def test_a_period_never_ends_before_it_starts(text: str, published_on: date | None) -> None:
    for figure in find_figures(text, published_on):
        if figure.period_start is not None:
            assert figure.period_end is not None, text
            assert figure.period_start <= figure.period_end, text


def test_the_same_text_is_dated_the_same_again() -> None:
    text = "Năm 2018, huyện kết nạp 140 đảng viên. Huyện khai trừ 3 đảng viên.\nNăm 2019, huyện kết nạp 150 đảng viên."
    first, again = ([shown(f) for f in find_figures(text, date(2020, 1, 5))] for _ in range(2))
    assert first == again


@pytest.mark.parametrize("days", [0, 1, 30, 400])
def test_a_printed_year_does_not_depend_on_the_publication(days: int) -> None:
    figure, *_ = find_figures("Năm 2017, xã có 45 hộ nghèo.", date(2018, 1, 1) + timedelta(days=days))
    assert (figure.period_start, figure.period_end) == (date(2017, 1, 1), date(2017, 12, 31))


def test_weights_are_summed_over_the_observations_of_a_look() -> None:
    look = ("c", "own whole", "e day recent", True, False)
    names = list(observations(look))
    assert len(set(names)) == len(names)
    scales = Scales({names[0]: 5, names[-1]: -2, "another": 100}, frozenset())
    assert scales.weigh(look) == scales.weigh(look) == 3


def test_words_of_the_seed_are_known_to_the_scales() -> None:
    assert seed_scales().words
    assert all("," not in name and name.strip() == name for name in seed_scales().weights)


def test_a_row_with_a_weight_that_is_no_number_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "when_evidence.csv"
    table.write_text("observation,weight\nnone own whole,heavy\n", encoding="utf-8")
    with pytest.raises(SeedError, match=r"seeds/when_evidence\.csv:2: weight"):
        parse_seed(table, WhenEvidence, "seeds/when_evidence.csv")
