"""The text room: normalisation, sentences, datelines."""

from __future__ import annotations

import json
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.text.dateline import read_header
from flows.text.normalise import normalise
from flows.text.sentences import split_sentences

CORPUS = Path(__file__).parent / "corpus"
PIECES = ["Ông P. Mai", "TP.", "HCM", ". ", "...", "…", "”", "(", ")", "\n", " ", "3.463", "hội nghị", ".Theo", "v.v.",
          "1.", "!"]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))


def cases(name: str) -> list[Any]:
    rows = [json.loads(line) for line in (CORPUS / name).read_text(encoding="utf-8").splitlines()]
    return [pytest.param(row, id=row["why"]) for row in rows]


@pytest.mark.parametrize("case", cases("sentences.jsonl"))
def test_sentences_of_the_table(case: dict[str, Any]) -> None:
    text = case["text"]
    assert [text[s.char_start : s.char_end] for s in split_sentences(text)] == case["sentences"]


@given(TEXTS)
def test_sentences_cover_every_letter_once_and_in_order(text: str) -> None:
    sentences = split_sentences(text)
    assert [s.number for s in sentences] == list(range(len(sentences)))
    end = 0
    for sentence in sentences:
        assert end <= sentence.char_start < sentence.char_end <= len(text)
        assert not any(c.isalnum() for c in text[end : sentence.char_start])
        surface = text[sentence.char_start : sentence.char_end]
        assert surface == surface.strip()
        assert not set(surface) & set("\n\r\u2028\u2029")
        end = sentence.char_end
    assert not any(c.isalnum() for c in text[end:])


@pytest.mark.parametrize(("piece", "last"), [("Lan 5 tấn; ", ";"), ("Lan 5 tấn, ", ","), ("tấn ", "n")])
def test_what_runs_on_is_parted_where_a_reader_would_pause(piece: str, last: str) -> None:
    text = piece * 3000
    sentences = split_sentences(text)
    assert len(sentences) > 5
    assert all(1000 <= s.char_end - s.char_start <= 2000 for s in sentences[:-1])
    assert {text[s.char_end - 1] for s in sentences[:-1]} == {last}
    assert len(split_sentences("a" * 5000)) == 1


@pytest.mark.parametrize("piece", [".", ". ", '."', "\n ", "A. ", "1.", " ", "P.T", '.""""', "TP. ", "…(", "\r\n."])
def test_sentences_of_a_megabyte_of_anything_are_quick(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    start = time.perf_counter()
    split_sentences(text)
    assert time.perf_counter() - start < 5


@given(st.text())
def test_normalise_is_nfc_and_nothing_else(text: str) -> None:
    assert normalise(text) == unicodedata.normalize("NFC", text)
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize("case", cases("headers.jsonl"))
def test_headers_of_the_table(case: dict[str, Any]) -> None:
    header = read_header(case["text"])
    published = header.published_at.isoformat() if header.published_at else None
    assert (published, header.weekday) == (case["published_at"], case["weekday"])
    assert (header.title, header.author) == (case["title"], case["author"])


def test_furniture_of_a_scraped_text() -> None:
    text = "Thứ Hai, 08/10/2018, 19:46 (GMT+7)\n.\nTỉnh họp sơ kết\n\nSáng nay họp.\n\nP. MAI\n.\nLượt xem: 325\n"
    header = read_header(text)
    assert [text[start:end] for start, end in header.furniture] == [
        "Thứ Hai, 08/10/2018, 19:46 (GMT+7)", ".", "P. MAI", ".", "Lượt xem: 325"]
    assert header.dateline is not None
    assert text[slice(*header.dateline)] == "Thứ Hai, 08/10/2018"


HEADER_PIECES = ["Thứ Hai, ", "08/10/2018", ", 19:46", " (GMT+7)", "\n", ".", "Theo ", "P. MAI", "Tác giả: ",
                 "99/99/9999", "31-02-2018", "24:61", "GMT+99", "Hội nghị", " | ", "Cập nhật ", "T", "Z"]


@given(st.one_of(st.text(), st.lists(st.sampled_from(HEADER_PIECES), max_size=25).map("".join)))
def test_headers_of_any_text_lie_within_it(text: str) -> None:
    header = read_header(text)
    end = 0
    for start, stop in header.furniture:
        assert end <= start < stop <= len(text)
        end = stop
    assert header.title is None or header.title in text
    assert header.author is None or header.author in text


@pytest.mark.parametrize("piece", ["\n", " ", "A ", "P. ", "08/10/2018 ", "1/", "A\n", "Theo A", "a.", "A.B"])
def test_headers_of_a_megabyte_of_anything_are_quick(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    start = time.perf_counter()
    read_header(text)
    assert time.perf_counter() - start < 2
