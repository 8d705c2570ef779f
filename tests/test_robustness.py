"""Any text whatever is read: no exception, spans that fit, time that grows with the length of the text."""

from __future__ import annotations

import json
import random
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timing import assert_linear

from flows.checks import find_checks
from flows.figures import find_figures
from flows.recognizers.period import find_periods

SAMPLES = Path(__file__).parent.parent / "data" / "sample"
CORPUS = Path(__file__).parent / "corpus"


def pieces(name: str) -> list[str]:
    """The pieces of text of a table, one JSON string a line."""
    return [json.loads(line) for line in (CORPUS / name).read_text(encoding="utf-8").splitlines()]


PIECES = pieces("pieces.jsonl")
RUNS = st.lists(st.sampled_from(PIECES), max_size=60)
PIECED = RUNS.map(" ".join) | RUNS.map("".join)
TEXTS = st.text(max_size=200) | PIECED
DAYS = st.none() | st.dates(date(1990, 1, 1), date(2100, 12, 31))
KINDS = {"count", "money", "percent", "quantity", "rate", "duration", "age", "score", "multiple"}
QUALIFIERS = {"exact", "about", "over", "under", "at_least", "at_most", "range"}
VERDICTS = {"consistent", "truncated", "inconsistent", "undetermined"}


def read_whole(text: str, published_on: date | None) -> None:
    """Read `text` to the end and look at all that every row must satisfy."""
    figures = find_figures(text, published_on)
    end = 0
    for figure in figures:
        assert end <= figure.char_start < figure.number_end <= figure.char_end <= len(text)
        end = figure.char_end
        assert text[figure.char_start : figure.char_end] == figure.surface
        assert figure.kind in KINDS
        assert figure.qualifier in QUALIFIERS
        assert figure.direction in (None, "up", "down")
        assert figure.unit or figure.kind == "count"
        assert figure.resolution > 0
        numbers = (figure.value, figure.value_low, figure.value_high)
        assert any(number is not None for number in numbers)
        assert all(number is None or (isinstance(number, Decimal) and number.is_finite()) for number in numbers)
        if figure.value_low is not None and figure.value_high is not None:
            assert figure.value_low <= figure.value_high
        for start, stop in ((figure.period_start, figure.period_end), (figure.base_start, figure.base_end)):
            assert start is None or stop is None or start <= stop
    for period in find_periods(text, published_on):
        assert 0 <= period.char_start < period.char_end <= len(text)
        assert period.start is None or period.end is None or period.start <= period.end
    known = {id(figure) for figure in figures}
    for check in find_checks(text, figures):
        assert check.verdict in VERDICTS
        assert 0 <= check.confidence <= 1
        assert 0 <= check.char_start <= check.char_end <= len(text)
        assert check.formula
        assert check.stated is None or id(check.stated) in known
        assert all(id(operand.figure) in known for operand in check.operands)


@given(TEXTS, DAYS)
def test_any_text_is_read(text: str, published_on: date | None) -> None:
    read_whole(text, published_on)


def mangled(text: str, chance: random.Random) -> str:
    """`text` with a few cuts, repeats, swaps and foreign pieces."""
    for _ in range(chance.randint(1, 12)):
        at, to = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
        to = min(to, at + chance.choice((1, 2, 5, 40)))
        edit = chance.randrange(4)
        if edit == 0:
            text = text[:at] + text[to:]
        elif edit == 1:
            text = text[:to] + text[at:to] + text[to:]
        elif edit == 2:
            text = text[:at] + chance.choice(PIECES) + text[to:]
        else:
            text = text[:at] + text[at:to][::-1] + text[to:]
    return text


@pytest.mark.parametrize("seed", range(4))
def test_mangled_articles_are_read(seed: int) -> None:
    chance = random.Random(seed)
    for path in sorted(SAMPLES.rglob("*.txt")):
        text = path.read_text(encoding="utf-8")
        for _ in range(6):
            read_whole(mangled(text, chance), date(2018, 10, 8))


ADVERSARIAL = pieces("adversarial.jsonl")
SMALL, LARGE = 4_000, 16_000


def seconds(piece: str, size: int) -> float:
    """The CPU time this process takes to read `size` characters of `piece`."""
    text = piece * (size // len(piece))
    start = time.process_time()
    find_checks(text, find_figures(text, date(2018, 10, 8)))
    return time.process_time() - start


@pytest.mark.parametrize("piece", ADVERSARIAL)
def test_time_grows_with_the_length_of_the_text(piece: str) -> None:
    assert_linear(lambda size: seconds(piece, size), SMALL, LARGE, floor=0.5)


@pytest.mark.parametrize(("piece", "size"), [
    ("1", 1_000_000), ("nghìn ", 1_000_000), ("trong đó ((", 1_000_000), ("%,", 1_000_000), ("1/", 250_000)])
def test_long_texts_of_one_piece_are_read(piece: str, size: int) -> None:
    assert seconds(piece, size) < 20
