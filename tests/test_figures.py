"""Figures: the tables of cases in tests/corpus/figures, every unit row, and what holds for any text."""

from __future__ import annotations

import csv
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.errors import SeedError
from flows.figures import find_figures, read_figures
from flows.model import Figure
from flows.recognizers.blocking import BlockingRow
from flows.recognizers.currencies import CurrencyRow
from flows.recognizers.period import find_periods
from flows.recognizers.units import UnitRow
from flows.seeds import parse_seed, read_seed
from flows.text.sentences import split_sentences

TABLES = sorted((Path(__file__).parent / "corpus" / "figures").glob("*.csv"))
SLOWEST_GROWTH = 8.0
"""Four times the text may take at most this many times as long (linear time is 4)."""


def shown(figure: Figure) -> str:
    value = str(figure.value) if figure.value is not None else f"{figure.value_low}..{figure.value_high}"
    said = ":".join([figure.kind, value, figure.unit, figure.qualifier, figure.direction or ""])
    return f"{figure.surface}={said}".rstrip(":")


def cases() -> list[tuple[str, str, str, str]]:
    rows = []
    for table in TABLES:
        with table.open(encoding="utf-8", newline="") as stream:
            rows += [(table.stem, row["text"], row["expect"], row["why"]) for row in csv.DictReader(stream)]
    return rows


def test_the_tables_are_there() -> None:
    assert len(TABLES) >= 12
    assert len(cases()) >= 170
    for _, text, _, why in cases():
        assert text
        assert why


@pytest.mark.parametrize(("table", "text", "expect", "why"), cases())
def test_table(table: str, text: str, expect: str, why: str) -> None:
    assert " | ".join(map(shown, find_figures(text))) == expect, f"{table}: {why}"


def one_figure(text: str) -> Figure:
    figures = find_figures(text)
    assert len(figures) == 1, (text, [f.surface for f in figures])
    return figures[0]


UNITS = [row for row in read_seed("units", UnitRow) if row.unit not in ("x",)]


@pytest.mark.parametrize("row", UNITS, ids=lambda row: row.word)
def test_every_unit_is_read(row: UnitRow) -> None:
    glue = "" if row.word in ("h", "p", "s", "ph", "°", "″") else " "
    figure = one_figure(f"Tủ lạnh đo được 12{glue}{row.word}.")
    wanted = {"độ": ("độ", "degC")}.get(row.unit, (row.unit,))
    assert figure.unit in wanted
    assert figure.value == 12 * row.factor
    assert figure.kind == row.kind
    assert figure.surface == f"12{glue}{row.word}"


@pytest.mark.parametrize("row", [row for row in UNITS if row.word[-1].isalpha()], ids=lambda row: row.word)
def test_every_unit_has_a_look_alike(row: UnitRow) -> None:
    """A longer word that begins like the unit, the unit in capitals where case counts, the unit with no number."""
    longer = f"Đo được 12 {row.word}ơzk."
    assert all(f.surface != f"12 {row.word}" for f in find_figures(longer))
    assert row.word.startswith("năm ") or find_figures(f"Đo bằng {row.word} thôi.") == []
    if row.same_case and row.word.swapcase() != row.word and not any(
            other.word == row.word.swapcase() for other in UNITS):
        assert all(f.unit != row.unit for f in find_figures(f"Đo được 12 {row.word.swapcase()} nhé."))


CURRENCIES = list(read_seed("currencies", CurrencyRow))


@pytest.mark.parametrize("row", CURRENCIES, ids=lambda row: row.word)
def test_every_currency_is_read(row: CurrencyRow) -> None:
    text = f"Chi {row.word}5.000 rồi." if row.before_number else f"Chi 5.000 {row.word}."
    figure = one_figure(text)
    assert (figure.kind, figure.unit, figure.value) == ("money", row.code, 5000 * row.factor)


@pytest.mark.parametrize("row", [row for row in CURRENCIES if row.word[-1].isalpha()], ids=lambda row: row.word)
def test_every_currency_has_a_look_alike(row: CurrencyRow) -> None:
    assert all(f.surface != f"12 {row.word}" for f in find_figures(f"Có 12 {row.word}ơzk."))


@pytest.mark.parametrize("row", [row for row in read_seed("blocking_words", BlockingRow)
                                 if row.strength in ("strong", "weak")], ids=lambda row: row.word)
def test_every_blocking_word_blocks(row: BlockingRow) -> None:
    assert find_figures(f"Theo {row.word} 27, việc này xong.") == []


def test_what_is_filled_beside_the_value() -> None:
    figure = one_figure("Kim ngạch đạt 14,60 tỷ USD.")
    assert (figure.resolution, figure.number_style, figure.unit_source) == (Decimal(10_000_000), "vi", "printed")
    assert "Kim ngạch đạt 14,60 tỷ USD."[: figure.number_end].endswith("14,60 tỷ")
    styles = [f.number_style for f in find_figures("Tăng 1.5%; có 10,381 thí sinh; hai mươi xã; 3,5 ha.")]
    assert styles == ["en", "misprint", "words", "vi"]
    sources = [f.unit_source for f in find_figures("Kỷ luật 22 đảng viên, gồm cảnh cáo 7; khen 3 và 5 chi bộ.")]
    assert sources == ["printed", "understood", "shared", "printed"]
    assert [f.sentence_no for f in find_figures("Có 5 xã. Có 6 xã.")] == [0, 1]


def test_dates_are_no_figures() -> None:
    text = "Sáng 8-10, tính đến tháng 6-2018 và trong giai đoạn 2015-2020, có 5 xã đạt chuẩn."
    assert [f.surface for f in find_figures(text, date(2018, 10, 8))] == ["5 xã"]


def holds_for(text: str) -> list[Figure]:
    figures = read_figures(text, split_sentences(text), find_periods(text))
    last = 0
    for figure in figures:
        assert text[figure.char_start:figure.char_end] == figure.surface
        assert last <= figure.char_start < figure.number_end <= figure.char_end
        last = figure.char_end
        assert (figure.value is None) == (figure.qualifier == "range")
        if figure.value is None:
            assert figure.value_low is not None
            assert figure.value_high is not None
            assert figure.value_low < figure.value_high
        assert figure.resolution > 0
        assert figure.kind
    return figures


@given(st.text(max_size=300))
@settings(max_examples=150)
def test_any_text(text: str) -> None:
    holds_for(text)


PIECES = st.sampled_from([
    "1", "12", "3.463", "1,5", "07", "2018", "0", "10,381", "1.2.3", " ", " ", " ", ", ", ". ", "/", "-", "–", "%",
    "(", ")", "$", "+", ":", "\n", "nghìn", "triệu", "tỷ", "đồng", "USD", "từ", "đến", "và", "hơn", "khoảng",
    "gần", "tăng", "giảm", "trên", "xuống còn", "đảng viên", "người", "điểm", "tuổi", "lần", "gấp", "năm", "hai",
    "một nửa", "một phần ba", "m2", "số", "lớp", "Điều", "tháng", "giờ", "ước đạt", "trở lên", "VND/kg", "m", "L",
    "k", "tr", "QH13", "A", "İ", "²", "٣",
])


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=400)
def test_any_text_of_the_genre(text: str) -> None:
    holds_for(text)


@pytest.mark.parametrize("piece", [
    "1", "1.", "1/", "từ 1 đến ", "nghìn ", "trong đó ((", "tăng ", "1 và ", "hai ", "$1 ", "(1) ", "1 (một) ",
    "VND/kg 1 ", "số 1, ", "ước 1 ", "việc 3, ", "2 tỷ 300 triệu ", "1x", "2, 3 tiếng ", "Đống Đa 3, ", "2 giờ 7 phút ",
    "(%) 8 ", "mã vùng Đà 24, ", "1/8 (13%) ", "người/nhà chờ/", "từ hai đến 10 ca ", "86-58-92 (cm) ", "1 (m) ",
    "quán 12-14 Lê Lợi ", "tăng mạnh là Mỹ (20%), Nhật (", "không đặt quá 3 ngày ", "tỷ số còn 1-2 ", "7/10, 5/7, ",
    "lần lượt dưới 3 triệu đồng, 4 triệu đồng, ", "1,447 USD 0,133 USD ", "từ 5 tấn cà phê ", "vàng 24k ",
    "vượt 20 MW ",
])
def test_time_grows_with_the_text(piece: str) -> None:
    def seconds(size: int) -> float:
        text = (piece * (size // len(piece) + 1))[:size]
        sentences, periods = split_sentences(text), find_periods(text)
        best = 1e9
        for _ in range(2):
            begun = time.perf_counter()
            read_figures(text, sentences, periods)
            best = min(best, time.perf_counter() - begun)
        return best

    seconds(5_000)
    assert seconds(80_000) <= SLOWEST_GROWTH * max(seconds(20_000), 0.01)


def test_a_megabyte_of_digits() -> None:
    assert find_figures("1" * 1_000_000) == []


@pytest.mark.parametrize(("line", "says"), [
    ("mét,length,m,1,0,0,", 'seeds/units.csv:2: kind "length" is none of'),
    ("mét,quantity,m,1.000,0,0,", 'seeds/units.csv:2: factor "1.000" is not a decimal; write 1'),
    ("mét,quantity,m,0,0,0,", 'seeds/units.csv:2: factor "0" is not positive'),
    ("mét,quantity,m,1,maybe,0,", 'seeds/units.csv:2: same_case "maybe" is not a flag; write 1 or 0'),
])
def test_a_wrong_unit_row_says_where_and_why(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "units.csv"
    path.write_text(f"word,kind,unit,factor,same_case,alone,why\n{line}\n", encoding="utf-8")
    with pytest.raises(SeedError) as caught:
        parse_seed(path, UnitRow, "seeds/units.csv")
    assert str(caught.value).startswith(says)


SEED_ARTICLES = Path(__file__).resolve().parents[2] / "shared" / "articles"


@pytest.mark.skipif(not SEED_ARTICLES.is_dir(), reason="the seed article is not beside the checkout")
def test_the_seed_article_has_its_thirteen_figures() -> None:
    text = next(SEED_ARTICLES.glob("*.txt")).read_text(encoding="utf-8")
    figures = find_figures(text, date(2018, 10, 8))
    assert [str(f.value) for f in figures] == [
        "527", "600", "87.8", "3463", "69", "167", "78", "159", "121", "22", "13", "7", "2"]
    assert {f.unit for f in figures} == {
        "đảng viên", "%", "tổ chức đảng", "lượt tổ chức đảng", "lượt đảng viên"}
