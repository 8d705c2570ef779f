"""Who a figure is about, and the place that "toàn tỉnh" means."""

from __future__ import annotations

import csv
import time
from datetime import date
from pathlib import Path

import pytest
from newsdesk import ask, ingest, record, write_articles
from timing import assert_linear

from flows.errors import SeedError
from flows.figures import find_figures
from flows.figures.mentions import mentions_of
from flows.figures.names import WhoWord, find_names, line_of
from flows.figures.places import home_of
from flows.figures.who import choose
from flows.figures.who_evidence import Scales, WhoEvidence, seed_scales
from flows.seeds import parse_seed, read_seed

TABLE = Path(__file__).parent / "corpus" / "context" / "who.csv"


def cases() -> list[tuple[str, str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as rows:
        return [(row["text"], row["expect"], row["why"]) for row in csv.DictReader(rows)]


@pytest.mark.parametrize(("text", "expect", "why"), cases())
def test_table(text: str, expect: str, why: str) -> None:
    assert " | ".join(figure.who or "-" for figure in find_figures(text)) == expect, why


@pytest.mark.parametrize(
    ("text", "expect"),
    [
        ("Theo Bộ Chính trị, giá tăng.", ["Bộ Chính trị"]),
        ("Cụ thể, Kim ngạch tăng.", []),
        ("Hội đồng đến thị trường Trung Quốc.", ["Trung Quốc"]),
        ("Đã gặp Trần Văn Công, Nguyễn Như Anh và Lâm Đồng.", ["Trần Văn Công", "Nguyễn Như Anh", "Lâm Đồng"]),
        ("Tổng công ty Điện lực Dầu khí lãi.", ["Tổng công ty Điện lực Dầu khí"]),
        ("Trưởng Công an huyện Quế Võ nói.", ["Công an huyện Quế Võ"]),
        ("Ông là chủ tịch huyện Yên Minh Lê Văn Tám.", ["huyện Yên Minh", "Lê Văn Tám"]),
        ("UBND TP Hồ Chí Minh và Đảng ủy xã Lê Lợi họp.", ["UBND TP Hồ Chí Minh", "Đảng ủy xã Lê Lợi"]),
    ],
)
def test_names(text: str, expect: list[str]) -> None:
    assert [text[name.char_start : name.char_end] for name in find_names(text, 0, len(text))] == expect


def test_a_phrase_knows_how_it_stands() -> None:
    text = "Theo chủ đầu tư, khách sạn Hoa Mai có 30 phòng"
    found = mentions_of(text, line_of(text, 0, len(text)), find_names(text, 0, len(text)), [(38, 46)], 0)
    look = next(mention.look for mention in found if mention.words == "khách sạn Hoa Mai")
    assert (look.group, look.noun, look.before, look.after) == ("headed", "body", ",", "exist")
    assert look.is_subject


def test_the_candidate_that_shares_most_is_taken() -> None:
    text = "Công ty Hải Long gặp Viettel"
    found = mentions_of(text, line_of(text, 0, len(text)), find_names(text, 0, len(text)), [], 0)
    named = {mention.words: mention for mention in found}
    whole, short, other = named["Công ty Hải Long"], named["Hải Long"], named["Viettel"]
    assert choose([(whole, 0), (short, 0), (other, 300)]) in (whole, short), "two say nearly the same"
    assert choose([(whole, 0), (short, 0), (other, 3000)]) is other
    assert choose([]) is None


def test_every_weight_belongs_to_an_observation_once() -> None:
    rows = read_seed("who_evidence", WhoEvidence)
    assert all(row.weight for row in rows)
    scales = seed_scales()
    assert scales.weigh(("L", "nothing of this kind")) == scales.weigh(("L",))
    assert Scales({"L": 5}).weigh(("L", "R")) == 5


def test_a_bad_word_names_line_and_reason(tmp_path: Path) -> None:
    table = tmp_path / "who_words.csv"
    table.write_text("word,role\ntỉnh,head\ntỉnh,head\n", encoding="utf-8")
    with pytest.raises(SeedError, match="who_words.csv:3: .*tỉnh.*stands in line 2 already"):
        parse_seed(table, WhoWord, "seeds/who_words.csv")


def test_toan_tinh_is_the_province_of_the_article() -> None:
    text = "Toàn tỉnh có 300 hộ nghèo. Toàn thành phố có 5 chợ. Tỉnh Bến Tre có 9 cầu. Cả nước có 12 trạm."
    assert [figure.place_id for figure in find_figures(text, None, "vinh-long")] == [
        "vinh-long", None, "ben-tre", "viet-nam",
    ]
    assert [figure.place_id for figure in find_figures(text, None, "can-tho")][:2] == [None, "can-tho"]
    assert find_figures(text)[0].place_id is None


@pytest.mark.parametrize(
    ("place", "source", "url", "on", "home"),
    [
        ("Quảng Ninh", "Báo Vĩnh Long", None, None, "quang-ninh"),
        ("Hạ Long", "Báo Vĩnh Long", None, None, "vinh-long"),
        (None, "Báo Vĩnh Long", None, date(2025, 8, 1), "vinh-long-2025"),
        (None, None, "http://baovinhlong.com.vn/a.htm", None, "vinh-long"),
        (None, "VnExpress", None, None, None),
        ("Việt Nam", None, None, None, None),
    ],
)
def test_home(place: str | None, source: str | None, url: str | None, on: date | None, home: str | None) -> None:
    assert home_of(place, source, url, on) == home


def test_the_place_of_the_record_reaches_the_warehouse(tmp_path: Path) -> None:
    text = "Toàn tỉnh có 300 hộ nghèo."
    file = write_articles(
        tmp_path / "a.jsonl", record(1, text, source="Báo Vĩnh Long"), record(2, text + " Hết.", place="Nghệ An"),
        record(3, text + " Thôi."),
    )
    warehouse = tmp_path / "w.duckdb"
    ingest(warehouse, file)
    assert ask(warehouse, "SELECT place_id FROM figures JOIN articles USING (article_id) ORDER BY external_id") == [
        ("vinh-long",), ("nghe-an",), (None,),
    ]


def test_work_is_linear() -> None:
    def seconds(size: int) -> float:
        text = ("Công ty Hải Long Bắc Ninh có 5 xe và các xã " * (size // 40))[:size]
        begin = time.process_time()
        find_figures(text)
        return time.process_time() - begin

    assert_linear(seconds, 4_000, 16_000, 0.2)
