"""The checks: tables of cases with look-alikes, and what must hold whatever the numbers are."""

from __future__ import annotations

import json
import random
import time
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timing import assert_linear

from flows import find_checks, find_figures
from flows.checks import kinds
from flows.checks.arithmetic.interval import Interval
from flows.checks.arithmetic.printed import Spread, apply, spread
from flows.checks.arithmetic.verdict import CONSISTENT, INCONSISTENT, TRUNCATED, UNDETERMINED, judge
from flows.model import Check, Figure

TABLES = sorted((Path(__file__).parent / "corpus" / "checks").glob("*.jsonl"))
POSITIVE = st.fractions(min_value=Fraction(1, 100), max_value=Fraction(10**7), max_denominator=10**6)
PLACES = st.integers(min_value=0, max_value=3)


def cases() -> list[Any]:
    found = []
    for table in TABLES:
        for line in table.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found.append(pytest.param(table.stem, row, id=f"{table.stem}: {row['why']}"))
    return found


def brief(text: str, check: Check) -> str:
    """`consistent 87,8 <- 527, 600`: verdict, stated number, numbers of the operands as printed."""
    stated = "-" if check.stated is None else text[check.stated.char_start : check.stated.number_end]
    operands = ", ".join(text[o.figure.char_start : o.figure.number_end] for o in check.operands)
    return f"{check.verdict} {stated} <- {operands}".rstrip()


@pytest.mark.parametrize(("kind", "case"), cases())
def test_checks_of_the_tables(kind: str, case: dict[str, Any]) -> None:
    text = case["text"]
    found = [brief(text, check) for check in find_checks(text, find_figures(text)) if check.kind == kind]
    assert found == case["checks"]


def test_every_kind_has_a_table_with_look_alikes() -> None:
    modules = {find.__module__.rsplit(".", 1)[1] for find in kinds()}
    tables = {table.stem for table in TABLES}
    assert modules - {"repeat"} <= tables
    for table in TABLES:
        rows = [json.loads(line) for line in table.read_text(encoding="utf-8").splitlines()]
        assert any(row["checks"] for row in rows), table.name
        assert any(not row["checks"] for row in rows), table.name


def printed(
    value: Fraction, places: int, cut: bool = False, kind: str = "quantity", qualifier: str = "exact"
) -> Figure:
    """The figure a writer prints for `value` with `places` decimals."""
    unit = Decimal(1).scaleb(-places)
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    shown = exact.quantize(unit, rounding=ROUND_DOWN if cut else ROUND_HALF_UP)
    return Figure(0, 1, str(shown), kind, shown, "m", qualifier=qualifier, resolution=unit)


def known(figure: Figure) -> Spread:
    found = spread(figure)
    assert found is not None
    return found


RELATIONS = {
    "ratio": (2, lambda a, b: 100 * a / b),
    "change": (2, lambda a, b: 100 * (a - b) / b),
    "difference": (2, lambda a, b: a - b),
    "product": (2, lambda a, b: a * b),
    "sum": (4, lambda a, b, c, d: a + b + c + d),
}


@settings(max_examples=120)
@given(
    st.sampled_from(sorted(RELATIONS)),
    st.lists(POSITIVE, min_size=4, max_size=4),
    st.lists(PLACES, min_size=5, max_size=5),
)
def test_rounded_figures_are_never_inconsistent(name: str, values: list[Fraction], places: list[int]) -> None:
    count, function = RELATIONS[name]
    true = values[:count]
    operands = [known(printed(value, place)) for value, place in zip(true, places, strict=False)]
    computed = apply(function, *operands)
    stated = known(printed(function(*true), places[-1]))
    assert computed is None or judge(stated, computed) == CONSISTENT


@settings(max_examples=120)
@given(
    st.sampled_from(sorted(RELATIONS)),
    st.lists(POSITIVE, min_size=4, max_size=4),
    st.lists(PLACES, min_size=5, max_size=5),
)
def test_cut_figures_are_never_worse_than_truncated(name: str, values: list[Fraction], places: list[int]) -> None:
    count, function = RELATIONS[name]
    true = values[:count]
    operands = [known(printed(value, place, cut=True)) for value, place in zip(true, places, strict=False)]
    computed = apply(function, *operands)
    stated = known(printed(function(*true), places[-1], cut=True))
    assert computed is None or judge(stated, computed) in (CONSISTENT, TRUNCATED)


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_counts_are_exact(a: int, b: int) -> None:
    one = Figure(0, 1, str(a), "count", Decimal(a), "hộ")
    other = Figure(0, 1, str(b), "count", Decimal(b), "hộ")
    assert (judge(known(one), known(other)) == CONSISTENT) == (a == b)


@given(POSITIVE, PLACES, st.sampled_from(["about", "over", "under", "at_least", "at_most"]))
def test_a_qualifier_never_excludes_the_number_itself(value: Fraction, places: int, qualifier: str) -> None:
    figure = printed(value, places, qualifier=qualifier)
    assert known(figure).rounded.contains(Fraction(figure.value or 0))


def test_a_base_that_may_be_zero_is_undetermined() -> None:
    zero = Spread(Interval(Fraction(-1, 2), Fraction(1, 2)), Interval(Fraction(-1, 2), Fraction(1)))
    computed = apply(lambda a, b: a / b, Spread.point(5), zero)
    assert computed is None or computed.rounded.contains(Fraction(10))
    assert judge(Spread.point(5), None) == UNDETERMINED


def test_a_doubtful_reading_raises_no_alarm() -> None:
    assert judge(Spread.point(5), Spread.point(6), confidence=0.5) == UNDETERMINED
    assert judge(Spread.point(5), Spread.point(6), confidence=0.9) == INCONSISTENT


TRICKY = [
    "tăng 5% từ 0 hộ lên 0 hộ",
    "đạt 0/0 hộ (đạt 0%)",
    "gồm " + ", ".join(f"{n} hộ" for n in range(1, 201)),
    "20.100 hộ, gồm " + ", ".join(f"{n} hộ" for n in range(1, 201)),
    "từ -5 độ đến -7 độ, giảm 2 độ (40%)",
    "5-7% (10-12 hộ), trong đó 3-4 hộ nghèo",
    "(((((1 hộ (2 hộ (3 hộ",
    "trong đó trong đó gồm gồm (: : 5 hộ : (",
    "gấp 0 lần, gấp 0,5 lần từ 0 lên 0",
]


@pytest.mark.parametrize("text", TRICKY, ids=[text[:30] for text in TRICKY])
def test_odd_texts_give_checks_or_none(text: str) -> None:
    for check in find_checks(text, find_figures(text)):
        assert check.verdict in (CONSISTENT, TRUNCATED, INCONSISTENT, UNDETERMINED)


PIECES = st.sampled_from(
    [
        "527/600 đảng viên",
        "12,5%",
        "(",
        ")",
        "gồm",
        "trong đó",
        "còn lại",
        "3.000 tỷ đồng",
        "tăng",
        "giảm",
        "từ",
        "lên",
        ",",
        ";",
        ".",
        "\n",
        ":",
        "0%",
        "0 hộ",
        "5-7 ha",
        "2 lần",
        "mỗi",
        "bình quân",
        "x",
        "và",
        "so với",
        "(chiếm",
        "200 USD",
        "hơn",
        "-",
    ]
)


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=60).map(" ".join))
def test_any_text_gives_checks_in_order_with_their_figures(text: str) -> None:
    figures = find_figures(text)
    checks = find_checks(text, figures)
    own = {id(figure) for figure in figures}
    assert [check.char_start for check in checks] == sorted(check.char_start for check in checks)
    for check in checks:
        assert all(id(operand.figure) in own for operand in check.operands)
        assert check.stated is None or id(check.stated) in own
        assert check.formula
        assert check.explanation.endswith(".")
        assert check.verdict != INCONSISTENT or check.confidence >= 0.6


def test_figures_out_of_order_give_the_same_checks() -> None:
    text = "Kết nạp 527/600 đảng viên (đạt 87,8%), kỷ luật 22 đảng viên, gồm khiển trách 13, cảnh cáo 07 và khai trừ 2."
    figures = find_figures(text)
    shuffled = list(figures)
    random.Random(7).shuffle(shuffled)
    assert [c.formula for c in find_checks(text, shuffled)] == [c.formula for c in find_checks(text, figures)]


@pytest.mark.parametrize(
    "piece", ["trong đó có 5 hộ (20%), ", "gồm 3 xã và 4 xã; ", "1/", "tăng 5% từ 10 tỷ đồng lên 12 tỷ đồng. "]
)
def test_work_is_linear_in_the_article(piece: str) -> None:
    def seconds(size: int) -> float:
        text = "Huyện có 900 hộ, " + piece * (size // len(piece))
        figures = find_figures(text)
        begin = time.process_time()
        find_checks(text, figures)
        return time.process_time() - begin

    assert_linear(seconds, 8_000, 32_000, floor=0.6)


@pytest.mark.parametrize(
    ("text", "published", "verdict", "formula"),
    [
        ("Xe có giá 60.000 USD (1,47 tỷ đồng).", date(2017, 5, 2), INCONSISTENT, "60,000 USD × 23,816 "),
        ("Xe có giá 60.000 USD (1,36 tỷ đồng).", date(2017, 5, 2), CONSISTENT, "60,000 USD × 22,667 "),
        ("Xe có giá 60.000 USD (1,47 tỷ đồng).", date(2024, 5, 2), CONSISTENT, "60,000 USD × 24,500 "),
        ("Năm 2010, xe có giá 60.000 USD (1,2 tỷ đồng).", date(2017, 5, 2), CONSISTENT, "60,000 USD × 20,000 "),
        ("Xe có giá 1,36 tỷ đồng (60.000 USD).", date(2017, 5, 2), CONSISTENT, "1.36 billion VND / 22,667 "),
        ("Vốn ban đầu là 60 triệu USD (930 tỷ đồng).", date(2017, 5, 2), CONSISTENT, "60 million USD × 15,500 "),
        ("Vốn là 60 triệu USD (930 tỷ đồng).", date(2017, 5, 2), INCONSISTENT, "60 million USD × 21,216 "),
    ],
)
def test_an_exchange_rate_is_that_of_the_time(text: str, published: date, verdict: str, formula: str) -> None:
    (check,) = find_checks(text, find_figures(text, published), published)
    assert (check.kind, check.verdict) == ("convert", verdict)
    assert check.formula.startswith(formula), check.formula
