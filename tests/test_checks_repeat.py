"""Repeats: the evidence and its weights, one entry a later mention, contradictions, bounded work."""

from __future__ import annotations

import json
import time
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timing import assert_linear

from flows import find_figures
from flows.checks import repeat
from flows.checks.arithmetic.verdict import CONSISTENT, INCONSISTENT, TRUNCATED
from flows.checks.reading.article import Reading
from flows.checks.reading.mentions import Background, mention_of, rarity
from flows.checks.reading.sameness import evidence, evidence_weights, score
from flows.model import Check, Figure

ROOT = Path(__file__).parent.parent
TABLE = [
    json.loads(line)
    for line in (ROOT / "tests/corpus/checks/repeat.jsonl").read_text(encoding="utf-8").splitlines()
]
WORDS = [
    "18 học sinh", "265 tỷ đồng", "2,1%", "1.250 hộ", "27 tuổi", "ở Hà Nội", "xã Tân Hội", "tăng", "hơn",
    "\n", ". ", "; ", ", ",
]


def repeats(text: str) -> list[Check]:
    return list(repeat.find(Reading.of(text, find_figures(text))))


def odds(text: str) -> float:
    """The logarithm of the odds that the first two figures of `text` are one fact."""
    reading = Reading.of(text, find_figures(text))
    return score(evidence(reading, mention_of(reading, 0), mention_of(reading, 1), Background.of(reading)))


def money(value: Decimal, resolution: Decimal, start: int) -> Figure:
    surface = f"{value} đồng"
    return Figure(start, start + len(surface), surface, "money", value, "VND", resolution=resolution)


def test_every_evidence_has_a_weight_and_every_weight_is_used() -> None:
    seen: set[str] = set()
    for case in TABLE:
        reading = Reading.of(case["text"], find_figures(case["text"]))
        for _, _, found in repeat.pairs(reading):
            seen |= set(found)
    assert seen <= set(evidence_weights())
    source = (ROOT / "flows/checks/reading/sameness.py").read_text(encoding="utf-8")
    for name in evidence_weights():
        assert f'"{name}"' in source or name.startswith(("kind_", "digits_")), name


@pytest.mark.parametrize(
    ("why", "likelier", "less"),
    [
        ("a rarer number",
         "Tỉnh chi 514,5 tỷ đồng làm đường. Đường mới tốn 514,5 tỷ đồng.",
         "Tỉnh chi 500 tỷ đồng làm đường. Đường mới tốn 500 tỷ đồng."),
        ("the same noun",
         "Xã có 12 giáo viên giỏi. Đoàn khen 12 giáo viên.",
         "Xã có 12 giáo viên giỏi. Đoàn khen 12 con trâu."),
        ("the first in the title",
         "Phạt 30 triệu đồng\nCông ty nộp 30 triệu đồng.",
         "Chuyện ở xã\nPhạt 30 triệu đồng. Công ty nộp 30 triệu đồng."),
        ("the same name before an age",
         "Anh Trần Văn An (27 tuổi) bị thương. Bác sĩ nói An (27 tuổi) đã tỉnh.",
         "Anh Trần Văn An (27 tuổi) bị thương. Bác sĩ nói Bình (27 tuổi) đã tỉnh."),
        ("no others, be it in the noun",
         "Xe tông làm 2 người bị thương. Bác sĩ đưa 2 người đi xe đạp về nhà.",
         "Xe tông làm 2 người bị thương. Bác sĩ đưa 2 người khác đi xe đạp về nhà."),
    ],
)
def test_evidence_points_the_right_way(why: str, likelier: str, less: str) -> None:
    assert odds(likelier) > odds(less), why


def test_company() -> None:
    def company(text: str) -> dict[str, float]:
        reading = Reading.of(text, find_figures(text))
        shares = [i for i, figure in enumerate(reading.figures) if figure.kind == "percent"]
        return evidence(reading, mention_of(reading, shares[0]), mention_of(reading, shares[1]), Background.of(reading))

    same = company("Giá dầu tăng 1,04 USD (2,1%). Theo sàn, giá dầu đã tăng 1,04 USD (2,1%).")
    other = company("Giá dầu Brent tăng 1,04 USD (2,1%). Giá dầu WTI cũng tăng 1,01 USD (2,1%).")
    assert (same["company"], same["company_apart"]) == (1, 0)
    assert (other["company"], other["company_apart"]) == (0, 1)
    assert score(same) > score(other)


def test_rarity_falls_with_frequency() -> None:
    assert rarity("của") == 0.0 < rarity("học") < rarity("jackpot") == 1.0


def test_one_entry_a_later_mention_and_the_first_is_stated() -> None:
    text = ("Phạt công ty Minh Tâm 340 triệu đồng\nThành phố vừa phạt công ty Minh Tâm 340 triệu đồng vì xả thải.\n"
            "Theo quyết định, công ty Minh Tâm nộp phạt 340 triệu đồng. Nay công ty Minh Tâm đã nộp 340 triệu đồng.")
    found = repeats(text)
    later = [check.operands[0].figure.char_start for check in found]
    assert len(later) == len(set(later)) == 3
    assert {check.stated.char_start for check in found if check.stated is not None} == {text.index("340")}
    assert min(later) > text.index("340")


def test_a_number_beside_a_fact_told_again() -> None:
    lead = "Kỷ luật cán bộ ở Hòa Giang\nSáu tháng đầu năm, 81 chi bộ và hơn 6.000 đảng viên của tỉnh bị kỷ luật.\n"
    found = repeats(lead + "Theo báo cáo, các cấp ủy của tỉnh đã kỷ luật 87 chi bộ và 6.098 đảng viên.")
    assert [(check.verdict, check.stated and check.stated.surface) for check in found] == [
        (CONSISTENT, "6.000 đảng viên"), (INCONSISTENT, "81 chi bộ"),
    ]
    for body in (
        "Theo báo cáo, các cấp ủy của tỉnh đã kỷ luật 81 chi bộ và 6.098 đảng viên.",
        "Theo báo cáo, các cấp ủy của tỉnh đã kỷ luật 87 cấp ủy viên và 6.098 đảng viên.",
        "Theo báo cáo, các cấp ủy của tỉnh đã kỷ luật 6.098 đảng viên. Toàn tỉnh có 87 chi bộ.",
        "Theo báo cáo, các cấp ủy của tỉnh đã kỷ luật hơn 80 chi bộ và 6.098 đảng viên.",
        "Theo báo cáo, các cấp ủy của tỉnh đã kỷ luật 8 chi bộ và 6.098 đảng viên.",
    ):
        assert INCONSISTENT not in [check.verdict for check in repeats(lead + body)], body


def test_a_contradiction_needs_the_same_words() -> None:
    title = "18 học sinh nhập viện sau bữa ăn bán trú\n"
    same = title + "Sáng 20-3, 16 học sinh xã Tân Hội phải nhập viện sau bữa ăn bán trú."
    assert [check.verdict for check in repeats(same)] == [INCONSISTENT]
    for body in (
        "Sáng 20-3, 16 học sinh xã Tân Hội thi bơi.",
        "Sáng 20-3, hơn 16 học sinh xã Tân Hội phải nhập viện sau bữa ăn bán trú.",
        "Sáng 20-3, 16 cô giáo xã Tân Hội phải nhập viện sau bữa ăn bán trú.",
        "Sáng 20-3, 16 học sinh lớp 3 và 2 học sinh lớp 4 phải nhập viện sau bữa ăn bán trú.",
        "Sáng 20-3, 180 học sinh xã Tân Hội phải nhập viện sau bữa ăn bán trú.",
        "Sáng 20-3, trong số 16 học sinh phải nhập viện sau bữa ăn bán trú có em Lan.",
    ):
        assert INCONSISTENT not in [check.verdict for check in repeats(title + body)], body


def test_the_pupils_of_the_sample() -> None:
    lines = (ROOT / "data/sample/bao-chi.jsonl").read_text(encoding="utf-8").splitlines()
    text = next(row["text"] for row in map(json.loads, lines) if row["id"] == "hg-2019-0320")
    alarms = [check for check in repeats(text) if check.verdict == INCONSISTENT]
    assert len(alarms) == 1
    assert alarms[0].stated is not None
    assert [alarms[0].stated.value, alarms[0].operands[0].figure.value] == [18, 16]
    assert alarms[0].suggestion


@given(st.integers(min_value=1001, max_value=999_999), st.integers(min_value=1, max_value=2))
def test_a_number_and_its_rounding_never_contradict(exact: int, cut: int) -> None:
    step = Decimal(10) ** cut
    rounded = (Decimal(exact) / step).quantize(Decimal(1), ROUND_HALF_UP) * step
    text = "x" * 40
    figures = [money(rounded, step, 0), money(Decimal(exact), Decimal(1), 20)]
    reading = Reading.of(text, figures)
    if rounded != exact:
        assert repeat.one_rounds_the_other(reading, 0, 1)
    assert repeat._check(reading, 0, 1, 0.9).verdict in (CONSISTENT, TRUNCATED)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_text_gives_repeats_of_what_stands_before(pieces: list[str]) -> None:
    for check in repeats(" ".join(pieces)):
        assert check.stated is not None
        assert check.stated.char_start < check.operands[0].figure.char_start
        assert 0.0 <= check.confidence <= 1.0


def test_a_million_characters_of_one_number_take_linear_time() -> None:
    def seconds(count: int) -> float:
        text = "".join(f"Xã {i % 7} có 1.250 hộ dân. " for i in range(count))
        figures = [
            Figure(at, at + 9, "1.250 hộ", "count", Decimal(1250), "hộ", sentence_no=number)
            for number, at in enumerate(range(8, len(text) - 30, 24))
        ]
        begin = time.perf_counter()
        list(repeat.find(Reading.of(text, figures)))
        return time.perf_counter() - begin

    assert_linear(seconds, 2_000, 16_000, floor=0.5)


def test_a_repeated_number_is_shown_as_it_is_printed() -> None:
    text = "Tổng số nợ lên tới hơn 3.811 tỷ đồng\nTổng số nợ là hơn 3.811 tỷ đồng, chiếm 11% số phải thu."
    (check,) = repeats(text)
    assert check.formula == "3.811 trillion (stated 3.811 trillion)"
    assert check.computed_value == 3_811_000_000_000


def test_a_rounded_number_is_not_called_the_same() -> None:
    (check,) = repeats("Huyện chi gần 13 triệu đồng mua máy\nHuyện chi 12,8 triệu đồng mua máy bơm.")
    assert check.explanation.endswith("which is the same number told more or less exactly.")


def test_more_and_less_than_one_number_are_shown_as_such() -> None:
    text = "Công ty bán hơn 60 căn biệt thự ở Ba Vì. Ông Nam cho biết công ty bán gần 60 căn biệt thự ở Ba Vì."
    (check,) = repeats(text)
    assert (check.verdict, check.formula) == ("inconsistent", "< 60 (stated > 60)")
    assert check.explanation == "“60 căn biệt thự” is stated first as more and then as less than that."
