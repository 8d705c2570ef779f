"""Totals and their parts: what must hold whatever the numbers are, and how far a list reaches."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows import find_checks, find_figures
from flows.checks.reading.article import Reading
from flows.checks.reading.breakdowns import breakdowns
from flows.checks.reading.openings import last_opening
from flows.model import Check, Figure

FAMILY = ("sum", "bound", "complement")


def found(text: str) -> list[Check]:
    return [check for check in find_checks(text, find_figures(text)) if check.kind in FAMILY]


@given(st.lists(st.integers(1, 400), min_size=3, max_size=8, unique=True), st.integers(-9, 9).filter(bool))
@settings(max_examples=25)
def test_a_wrong_part_is_never_hidden_by_the_others(parts: list[int], slip: int) -> None:
    names = ("khiển trách", "cảnh cáo", "cách chức", "khai trừ", "đình chỉ", "phê bình", "xóa tên", "giải tán")
    total = sum(parts)
    altered = [*parts[:-1], parts[-1] + slip]
    if altered[-1] <= 0 or altered[-1] == total:
        return
    items = [f"{name} {part}" for name, part in zip(names, altered, strict=False)]
    text = f"Đảng ủy thi hành kỷ luật {total} đảng viên, gồm {', '.join(items[:-1])} và {items[-1]}."
    check = next(check for check in found(text) if check.kind == "sum")
    assert check.verdict == "inconsistent"
    assert len(check.operands) == len(parts)
    assert str(sum(altered)) in check.formula.replace(",", "")


def test_a_mismatch_says_what_may_be_wrong() -> None:
    (check,) = found("Đảng ủy thi hành kỷ luật 11 đảng viên, gồm khiển trách 7, cảnh cáo 4 và khai trừ 1.")
    assert check.formula == "7 + 4 + 1 = 12 (stated 11)"
    assert "counted in another part" in (check.suggestion or "")


def test_a_list_of_a_hundred_items_is_read_whole() -> None:
    items = ", ".join(f"xã {chr(65 + k % 26)} {k + 1} hộ" for k in range(100))
    for total, verdict in (("5.050", "consistent"), ("5.051", "inconsistent")):
        (check,) = [c for c in found(f"Huyện có {total} hộ nghèo, gồm {items}.") if c.kind == "sum"]
        assert check.verdict == verdict
        assert len(check.operands) == 100
        assert "… (100 items)" in check.formula


def test_longer_lists_give_no_exception() -> None:
    for size in (200, 1000):
        found(f"Huyện có 20.100 hộ nghèo, gồm {', '.join(f'xã A {k} hộ' for k in range(size))}.")


def figure(start: int, value: str | None, **more: object) -> Figure:
    number = None if value is None else Decimal(value)
    return Figure(start, start + 2, "12", "count", number, "hộ", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "figures",
    [
        [figure(20, "7"), figure(3, "12"), figure(12, "5")],
        [figure(3, "0"), figure(12, "0"), figure(20, "0")],
        [figure(3, "-12"), figure(12, "-5"), figure(20, "-7")],
        [figure(3, None, value_low=Decimal(5), value_high=Decimal(7)), figure(12, None), figure(20, "2")],
        [figure(3, "12"), figure(3, "12"), figure(4, "5")],
        [figure(3, "1e30"), figure(12, "0.5"), figure(20, "1e-9")],
    ],
    ids=["out of order", "zeros", "negative", "ranges and nothing", "overlapping", "very large and small"],
)
def test_odd_figures_give_a_verdict_or_none(figures: list[Figure]) -> None:
    for text in ("Có 12 hộ gồm 12 hộ và 12 hộ.", "Có 12 hộ (12 hộ, 12 hộ", ""):
        for check in find_checks(text, figures):
            assert check.verdict in ("consistent", "truncated", "inconsistent", "undetermined")


@pytest.mark.parametrize(
    "piece",
    [
        "gồm 3 xã và 4 xã; ",
        "10 xã, gồm 3 xã và 4 xã, ",
        "trong đó 5 xã (3), ",
        "trong số 5 xã có 3 xã ",
        "9 xã (1), (2), ",
        "20%, 30%, còn lại 50%, ",
    ],
)
def test_work_is_linear(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        reading = Reading.of(text, find_figures(text))
        best = float("inf")
        for _ in range(2):
            reading.shared.clear()
            start = time.process_time()
            breakdowns(reading)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(12_000) <= 4 * max(seconds(6_000), 0.02)


def test_openings_that_open_nothing() -> None:
    assert last_opening(" người bị thương, đồ gốm và ") is None
    assert last_opening(" hộ (theo báo cáo) và ") is None
    assert last_opening(" người trong số đó đã tử vong và ") is None
    assert last_opening(" vụ. trong đó có ") is not None
