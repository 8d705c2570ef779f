"""Numerals in words: tables of cases, every number up to 9 999 in every variant, and any string whatever."""

from __future__ import annotations

import csv
import json
import random
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from speller import Variant, spell, variants

from flows.recognizers.spelled import SpelledNumeral, parse_numeral, scan_spelled
from flows.recognizers.spelled.words import numeral_words

CORPUS = Path(__file__).parent / "corpus"
WORDS = [*numeral_words(), "2", "1,5", "người", "Ba", "thứ", "tháng", "-", "3tr5", "%"]
RUNS = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)
TEXTS = st.one_of(st.text(), RUNS, st.text(alphabet="0123456789.,ktrỷ -"))
ALL_VARIANTS = list(variants())


def _numerals() -> list[Any]:
    with (CORPUS / "numerals.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [pytest.param(row["text"], row["value"], id=f"{row['text']}: {row['why']}") for row in rows]


def _scans() -> list[Any]:
    rows = [json.loads(line) for line in (CORPUS / "spelled_scan.jsonl").read_text(encoding="utf-8").splitlines()]
    return [pytest.param(row["text"], row["found"], id=row["why"]) for row in rows]


def _shown(text: str, numeral: SpelledNumeral) -> str:
    mark = "!" if numeral.is_doubtful else "?" if numeral.is_single else ""
    value = "~" if numeral.value is None else str(numeral.value)
    if numeral.low is not None:
        value = f"{numeral.low}..{numeral.high}"
    return f"{text[numeral.char_start : numeral.char_end]}{mark}={value}"


@pytest.mark.parametrize(("text", "value"), _numerals())
def test_numerals_of_the_table(text: str, value: str) -> None:
    if not value:
        with pytest.raises(ValueError, match="numeral|number"):
            parse_numeral(text)
        return
    number = parse_numeral(text)
    assert number == Decimal(value)
    assert isinstance(number, int) == ("." not in value)


@pytest.mark.parametrize(("text", "found"), _scans())
def test_scans_of_the_table(text: str, found: list[str]) -> None:
    assert [_shown(text, numeral) for numeral in scan_spelled(text)] == found


def test_every_number_to_9999_reads_back_in_every_variant() -> None:
    spelled = {(spell(number, variant), number) for variant in ALL_VARIANTS for number in range(10_000)}
    wrong = [(words, number) for words, number in spelled if parse_numeral(words) != number]
    assert len(spelled) > 39_000
    assert wrong == []


def test_a_sample_to_a_trillion_reads_back_and_is_found_in_text() -> None:
    chosen = random.Random(2018)
    numbers = [chosen.randrange(10 ** chosen.randint(4, 12)) for _ in range(2000)]
    numbers += [head * 10**zeros + tail for zeros in range(3, 12) for head in (1, 5, 10, 105, 999)
                for tail in (0, 1, 5, 10, 100) if tail < 10**zeros]
    for number in numbers:
        words = spell(number, chosen.choice(ALL_VARIANTS))
        assert parse_numeral(words) == number, words
        if number:
            (numeral,) = scan_spelled(f"có {words} người")
            assert (numeral.value, numeral.char_start, numeral.char_end) == (number, 3, 3 + len(words)), words


@pytest.mark.parametrize(("words", "resolution"), [
    ("hai triệu", 10**6), ("hai triệu ba", 10**5), ("hai triệu rưỡi", 10**5), ("ba trăm", 100), ("ba chục", 10),
    ("ba mươi", 1), ("một nghìn hai trăm", 100), ("hai phẩy năm tỷ", 10**8), ("hai phẩy năm", Decimal("0.1")),
])
def test_resolution_is_the_last_place_named(words: str, resolution: int | Decimal) -> None:
    assert scan_spelled(words)[0].resolution == resolution


@given(TEXTS)
def test_any_string_is_a_numeral_or_a_value_error(text: str) -> None:
    try:
        number = parse_numeral(text)
    except ValueError:
        return
    assert isinstance(number, int) or number != number.to_integral_value()


@given(TEXTS)
def test_scans_of_any_string_are_ordered_and_within_it(text: str) -> None:
    end = 0
    for numeral in scan_spelled(text):
        assert end <= numeral.char_start < numeral.char_end <= len(text)
        end = numeral.char_end
        assert numeral.resolution > 0
        if numeral.value is not None:
            words = text[numeral.char_start : numeral.char_end].replace("\u00a0", " ")
            assert parse_numeral(words) == numeral.value


@given(st.integers(0, 10**12), st.sampled_from(ALL_VARIANTS))
def test_spelling_and_reading_are_inverse(number: int, variant: Variant) -> None:
    assert parse_numeral(spell(number, variant)) == number


@pytest.mark.parametrize("piece", [
    "nghìn ", "một nghìn ", "hai ba ", "năm ", "mười mươi ", "vài trăm ", "không phẩy ", "trăm rưỡi ", "1", "1.", "1tr",
])
def test_a_megabyte_of_anything_is_quick(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    begun = time.perf_counter()
    scan_spelled(text)
    with pytest.raises(ValueError, match="numeral|number"):
        parse_numeral(text)
    assert time.perf_counter() - begun < 8
