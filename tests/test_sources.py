"""Reading files: what is found, in which order, and a reject with a reason for whatever cannot be read."""

from __future__ import annotations

import csv
import gzip
import json
import os
import random
import subprocess
import sys
import tracemalloc
import unicodedata
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.errors import UsageError
from flows.model import Article, Reject
from flows.sources import REASONS, InputFile, Reason, fingerprint, formats, list_inputs, read_input
from flows.sources.decoding import LARGEST_ARTICLE
from flows.sources.records import parse_published_at
from flows.text.normalise import normalise

TEXT = "Toàn Đảng bộ có 3.463 đảng viên.\nTrong đó có 1.200 nữ."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read_all(*paths: Path | str) -> tuple[list[Article], list[Reject]]:
    articles: list[Article] = []
    rejects: list[Reject] = []
    for one in list_inputs(paths):
        for item in [one] if isinstance(one, Reject) else read_input(one):
            (articles if isinstance(item, Article) else rejects).append(item)  # type: ignore[arg-type]
    return articles, rejects


def only_reject(*paths: Path | str) -> Reject:
    articles, rejects = read_all(*paths)
    assert articles == []
    (reject,) = rejects
    assert reject.message.startswith(reject.path)
    assert "; " in reject.message
    return reject


def lines(*records: Any) -> str:
    return "".join((record if isinstance(record, str) else json.dumps(record, ensure_ascii=False)) + "\n"
                   for record in records)


def test_a_text_file_is_one_article_with_its_header(folder: Path) -> None:
    text = "Thứ Hai, 08/10/2018, 19:46 (GMT+7)\n.\n\nTỉnh họp sơ kết\n\nSáng nay tỉnh họp.\n\nP. MAI\n"
    write(folder / "bai.txt", text)
    (article,), rejects = read_all("bai.txt")
    assert rejects == []
    assert article == Article(
        "bai.txt", text, title="Tỉnh họp sơ kết", author="P. MAI",
        published_at=datetime(2018, 10, 8, 19, 46, tzinfo=timezone(timedelta(hours=7))),
    )


def test_text_is_kept_as_given_but_for_nfc_and_the_byte_order_mark(folder: Path) -> None:
    given_text = "  Tỷ lệ\u00a05 %\r\n“đạt”\t…\r\n"
    write(folder / "bai.txt", b"\xef\xbb\xbf" + unicodedata.normalize("NFD", given_text).encode())
    write(folder / "bai.jsonl", lines({"text": unicodedata.normalize("NFD", given_text)}))
    articles, _ = read_all(folder)
    assert [article.text for article in articles] == [given_text, given_text]


def test_a_record_may_carry_everything_or_only_its_text(folder: Path) -> None:
    full = {"id": 7, "text": TEXT, "title": "Một", "published_at": "2018-10-08T19:46:00+07:00", "source": "Báo",
            "url": "https://vi.example/7", "author": "Lan", "place": "Hòa Giang", "other": {"ignored": True}}
    write(folder / "tin.jsonl", lines(full, "", {"text": TEXT}, {"id": None, "text": TEXT, "title": ""}))
    articles, rejects = read_all("tin.jsonl")
    assert rejects == []
    assert articles[0] == Article("7", TEXT, "Báo", "https://vi.example/7", "Một", "Lan",
                                  datetime(2018, 10, 8, 19, 46, tzinfo=timezone(timedelta(hours=7))), "Hòa Giang")
    assert [article.external_id for article in articles[1:]] == ["tin.jsonl:3", "tin.jsonl:4"]


def test_packed_and_plain_lines_give_the_same(folder: Path) -> None:
    content = lines(*({"id": str(number), "text": f"{TEXT} {number}"} for number in range(50)))
    write(folder / "a.jsonl", content)
    write(folder / "a.jsonl.gz", gzip.compress(content.encode()))
    plain, packed = read_all("a.jsonl")[0], read_all("a.jsonl.gz")[0]
    assert len(plain) == 50
    assert plain == packed


def test_folders_are_walked_in_the_order_of_names_and_each_file_is_read_once(folder: Path) -> None:
    for name in ("b/2.txt", "b/10.txt", "a.txt", "c.JSONL", ".hidden.txt", "README.md", "b/.cache/x.txt"):
        write(folder / name, lines({"text": TEXT}) if name.endswith("JSONL") else TEXT)
    names = [one.path for one in list_inputs([folder, folder / "b", "a.txt", "./a.txt"])]
    assert names == ["a.txt", "b/10.txt", "b/2.txt", "c.JSONL"]
    assert [one.path for one in list_inputs(["b", "a.txt"])] == ["b/10.txt", "b/2.txt", "a.txt"]


def test_inputs_carry_digest_size_and_format(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = write(tmp_path_factory.mktemp("elsewhere") / "tin.jsonl.gz", gzip.compress(b"{}"))
    write(folder / "bai.txt", "abc")
    one, two = list_inputs(["bai.txt", outside])
    assert one == InputFile(
        "bai.txt", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 3, ".txt")
    assert isinstance(two, InputFile)
    assert (two.path, two.format) == (outside.as_posix(), ".jsonl.gz")
    assert fingerprint(one) == one.sha256


def test_a_path_that_does_not_exist_is_bad_usage(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"khong-co\.txt: no such file or folder; check the path"):
        list_inputs(["khong-co.txt"])


def test_a_format_is_found_by_the_file_that_reads_it(folder: Path) -> None:
    package = Path(sys.modules["flows.sources"].__path__[0])
    named = {suffix for module in formats().values() for suffix in module.SUFFIXES}
    assert named == set(formats())
    assert {".txt", ".jsonl", ".jsonl.gz", ".csv", ".parquet"} <= named
    assert {Path(module.__file__ or "").parent for module in formats().values()} == {package}


BYTES_REJECTED = [
    ("anh.png", b"\x89PNG\r\n", Reason.UNKNOWN_FORMAT, "a suffix nothing reads"),
    ("khong_duoi", b"abc", Reason.UNKNOWN_FORMAT, "no suffix"),
    ("bai.txt", b"", Reason.EMPTY, "no byte"),
    ("bai.txt", b" \r\n\t \n", Reason.EMPTY, "only spaces"),
    ("bai.txt", b"\xef\xbb\xbf", Reason.EMPTY, "only a byte order mark"),
    ("bai.txt", b"%PDF-1.7\n", Reason.NOT_TEXT, "a PDF under another name"),
    ("bai.txt", b"PK\x03\x04 docx", Reason.NOT_TEXT, "an office document"),
    ("bai.txt", b"abc\x00def ghi jkl mno pqr", Reason.NOT_TEXT, "a NUL byte"),
    ("bai.txt", TEXT.encode("utf-16"), Reason.NOT_UTF8, "UTF-16 with its mark"),
    ("bai.txt", TEXT.encode("utf-16-le"), Reason.NOT_UTF8, "UTF-16 without its mark"),
    ("bai.txt", TEXT.encode("utf-32"), Reason.NOT_UTF8, "UTF-32"),
    ("bai.txt", "tỉnh đạt".encode("cp1258", "ignore") + b"\xd0\xc8", Reason.NOT_UTF8, "Windows-1258"),
    ("bai.txt", TEXT.encode()[:-40] + b"\xe1\xba", Reason.NOT_UTF8, "cut inside a character"),
    ("bai.txt", b"a" * (LARGEST_ARTICLE + 1), Reason.TOO_LARGE, "larger than any article"),
    ("tin.jsonl", b"", Reason.EMPTY, "no line"),
    ("tin.jsonl", b"\n\n \n", Reason.EMPTY, "empty lines"),
    ("tin.jsonl", b"{\n  \"text\": \"a\"\n}\n", Reason.BROKEN_JSON, "one document over many lines"),
    ("tin.jsonl", b"[\n{\"text\": \"a\"}\n]\n", Reason.BROKEN_JSON, "an array"),
    ("tin.jsonl", b"{'text': 'a'}\n", Reason.BROKEN_JSON, "Python, not JSON"),
    ("tin.jsonl", b'{"text": "a"', Reason.BROKEN_JSON, "a cut line"),
    ("tin.jsonl", b'{"text": "a", "id": ' + b"9" * 5000 + b"}", Reason.BROKEN_JSON, "an endless number"),
    ("tin.jsonl", b"[" * 100_000, Reason.BROKEN_JSON, "nested without end"),
    ("tin.jsonl", b'["text"]\n', Reason.NOT_A_RECORD, "a list"),
    ("tin.jsonl", b'"text"\n', Reason.NOT_A_RECORD, "a string"),
    ("tin.jsonl", b'{"id": 1}\n', Reason.MISSING_TEXT, "no text"),
    ("tin.jsonl", b'{"text": null}\n', Reason.MISSING_TEXT, "null"),
    ("tin.jsonl", b'{"text": 5}\n', Reason.MISSING_TEXT, "a number"),
    ("tin.jsonl", b'{"text": " \\n"}\n', Reason.EMPTY, "only spaces"),
    ("tin.jsonl", b'{"text": "a\\u0000b"}\n', Reason.NOT_TEXT, "an escaped NUL"),
    ("tin.jsonl", b'{"text": "a\\ud800b"}\n', Reason.BROKEN_CHARACTER, "half a surrogate pair"),
    ("tin.jsonl", b'{"text": "a\xff"}\n', Reason.NOT_UTF8, "not UTF-8"),
    ("tin.jsonl", lines({"text": TEXT}).encode("utf-16"), Reason.NOT_UTF8, "UTF-16"),
    ("bang.csv", b"", Reason.EMPTY, "no byte"),
    ("bang.csv", b"id,text\n", Reason.EMPTY, "a header without rows"),
    ("bang.csv", b"id,noi_dung\n1,a\n", Reason.MISSING_TEXT, "no column of text"),
    ("bang.csv", b"id,text\n1,\n", Reason.MISSING_TEXT, "an empty cell"),
    ("bang.csv", b"id,text\n1,a,b\n", Reason.BROKEN_TABLE, "a cell too many"),
    ("bang.csv", b'id,text\n1,"a\n', Reason.BROKEN_TABLE, "a quote never closed"),
    ("bang.csv", b"id,text\n1,a\xff\n", Reason.NOT_UTF8, "not UTF-8"),
    ("bang.csv", "id,text\n1,tỷ\n".encode("utf-16"), Reason.NOT_UTF8, "UTF-16, as spreadsheets write"),
    ("bang.csv", b"PK\x03\x04xlsx", Reason.NOT_TEXT, "a spreadsheet under another name"),
    ("bang.parquet", b"", Reason.EMPTY, "no byte"),
    ("bang.parquet", b"PAR1 cut", Reason.BROKEN_TABLE, "cut"),
    ("bang.parquet", b"id,text\n1,a\n", Reason.BROKEN_TABLE, "a CSV under another name"),
    ("tin.jsonl.gz", b"", Reason.EMPTY, "no byte"),
    ("tin.jsonl.gz", gzip.compress(b""), Reason.EMPTY, "packed nothing"),
    ("tin.jsonl.gz", b'{"text": "a"}\n', Reason.BROKEN_ARCHIVE, "not packed at all"),
    ("tin.jsonl.gz", gzip.compress(b"x" * 1000)[:12], Reason.TRUNCATED, "cut in its first bytes"),
]


@pytest.mark.parametrize(("name", "content", "reason"), [
    pytest.param(name, content, reason, id=f"{name}: {why}") for name, content, reason, why in BYTES_REJECTED])
def test_what_cannot_be_read_has_a_reason(folder: Path, name: str, content: bytes, reason: Reason) -> None:
    write(folder / name, content)
    reject = only_reject(name)
    assert (reject.path, reject.reason) == (name, reason)


def test_every_reason_has_words_and_a_remedy_and_a_case() -> None:
    assert set(REASONS) == set(Reason)
    assert all(what and remedy for what, remedy in REASONS.values())
    shown_elsewhere = {Reason.BAD_FIELD, Reason.GAVE_UP, Reason.LINK_LOOP, Reason.UNREADABLE}
    assert {reason for _, _, reason, _ in BYTES_REJECTED} | shown_elsewhere == set(Reason)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_table_is_read_row_by_row(folder: Path, mark: str) -> None:
    rows = [["id", "text", "published_at", "other"], ["1", 'Dòng một\nDòng "hai", 5 xã; 6 huyện', "2018-10-08", "x"],
            ["2", "Bài hai\tcó 3.463 người", "", ""], ["3", "Bài ba", "8/10", ""]]
    with (folder / "bang.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=mark).writerows(rows)
    articles, rejects = read_all("bang.csv")
    assert [(article.external_id, article.text) for article in articles] == [(row[0], row[1]) for row in rows[1:]]
    assert articles[0].published_at == datetime(2018, 10, 8)
    assert [(reject.reason, reject.line) for reject in rejects] == [("bad_field", 5)]


def test_what_stands_before_a_broken_row_of_a_table_is_read(folder: Path) -> None:
    write(folder / "a.csv", b"id,text\n1,Mot\n2,Hai,x\n3,Ba\n4,\xff\n5,Nam\n")
    articles, rejects = read_all("a.csv")
    assert [article.text for article in articles] == ["Mot", "Ba"]
    assert [reject.reason for reject in rejects] == ["broken_table", "not_utf8"]
    assert "line 5" in rejects[1].message


def test_a_parquet_table_is_read_in_batches(folder: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    zone = timezone(timedelta(hours=7))
    size = 200
    table = pyarrow.table({
        "id": list(range(size)),
        "text": [f"Bài {number}" if number != 150 else None for number in range(size)],
        "published_at": [datetime(2018, 10, 8, 19, 46, tzinfo=zone)] * size,
        "other": ["x"] * size,
    })
    parquet.write_table(table, folder / "bang.parquet")
    articles, rejects = read_all("bang.parquet")
    assert [article.external_id for article in articles] == [str(number) for number in range(size) if number != 150]
    assert articles[0].published_at == datetime(2018, 10, 8, 19, 46, tzinfo=zone)
    assert [(reject.reason, reject.line) for reject in rejects] == [("missing_text", 151)]
    parquet.write_table(table.drop_columns(["text"]), folder / "bang.parquet")
    assert only_reject("bang.parquet").reason == "missing_text"
    whole = (folder / "bang.parquet").read_bytes()
    write(folder / "bang.parquet", whole[:-20])
    assert only_reject("bang.parquet").reason == "broken_table"


def test_a_broken_line_does_not_stop_the_rest(folder: Path) -> None:
    write(folder / "tin.jsonl", lines({"text": "Một."}, "{", {"text": "Hai."}, '{"id": 3}', {"text": "Ba."}))
    articles, rejects = read_all("tin.jsonl")
    assert [article.text for article in articles] == ["Một.", "Hai.", "Ba."]
    assert [(reject.reason, reject.line) for reject in rejects] == [("broken_json", 2), ("missing_text", 4)]
    assert rejects[0].message.startswith("tin.jsonl:2: no JSON: ")


@pytest.mark.parametrize(("field", "value"), [
    ("published_at", "08/10/2018"), ("published_at", "2018-02-30"), ("published_at", 1538985600),
    ("published_at", "0001-01-01"), ("published_at", "2018-10-08T25:00"), ("title", 5), ("url", ["a"]),
    ("author", "a\ud800"), ("source", "a\x00"), ("id", 1.5), ("id", True), ("place", {}),
])
def test_a_bad_optional_field_is_signalled_and_the_article_read(folder: Path, field: str, value: Any) -> None:
    write(folder / "tin.jsonl", json.dumps({"text": TEXT, field: value}))
    (article,), (reject,) = read_all("tin.jsonl")
    assert (reject.reason, reject.line) == ("bad_field", 1)
    assert reject.message.startswith(f"tin.jsonl:1: an optional field cannot be read: {field} ")
    assert article.text == TEXT
    assert article.published_at is None


def test_a_packed_file_that_is_cut_gives_what_came_before_the_cut(folder: Path) -> None:
    noise = random.Random(1)
    records = [{"text": f"Bài {number}: {noise.getrandbits(4000):x}"} for number in range(300)]
    write(folder / "tin.jsonl.gz", gzip.compress(lines(*records).encode())[:-50_000])
    articles, rejects = read_all("tin.jsonl.gz")
    assert 100 < len(articles) < 300
    assert [article.text for article in articles] == [record["text"] for record in records[: len(articles)]]
    assert rejects[-1].reason == "truncated"


def test_a_packed_file_that_is_damaged_gives_what_came_before(folder: Path) -> None:
    noise = random.Random(2)
    packed = bytearray(gzip.compress(lines(*({"text": f"{noise.getrandbits(4000):x}"} for _ in range(300))).encode()))
    packed[len(packed) // 2 : len(packed) // 2 + 40] = bytes(40)
    write(folder / "tin.jsonl.gz", bytes(packed))
    _, rejects = read_all("tin.jsonl.gz")
    assert rejects[-1].reason in ("broken_archive", "broken_json", "not_utf8", "not_text", "truncated")


def test_a_line_of_fifty_megabytes_is_passed_over_in_little_memory(folder: Path) -> None:
    with (folder / "tin.jsonl").open("wb") as stream:
        stream.write(b'{"text": "truoc"}\n{"text": "')
        for _ in range(50):
            stream.write(b"a" * 1_000_000)
        stream.write(b'"}\n{"text": "sau"}\n')
    (one,) = list_inputs(["tin.jsonl"])
    assert isinstance(one, InputFile)
    tracemalloc.start()
    items = list(read_input(one))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [item.text if isinstance(item, Article) else (item.reason, item.line) for item in items] == [
        "truoc", ("too_large", 2), "sau"]
    assert peak < 80_000_000


def test_a_file_of_nothing_but_broken_lines_is_given_up(folder: Path) -> None:
    write(folder / "tin.jsonl", "rác\n" * 1000)
    _, rejects = read_all("tin.jsonl")
    assert len(rejects) == 21
    assert rejects[-1].reason == "gave_up"


def test_reading_is_lazy(folder: Path) -> None:
    write(folder / "tin.jsonl", lines(*({"text": f"Bài {number}"} for number in range(10))))
    (one,) = list_inputs(["tin.jsonl"])
    assert isinstance(one, InputFile)
    items = read_input(one)
    first = next(items)
    assert isinstance(first, Article)
    assert first.text == "Bài 0"


def test_a_file_gone_since_it_was_listed_is_unreadable(folder: Path) -> None:
    write(folder / "bai.txt", TEXT)
    (one,) = list_inputs(["bai.txt"])
    (folder / "bai.txt").unlink()
    assert isinstance(one, InputFile)
    (reject,) = read_input(one)
    assert isinstance(reject, Reject)
    assert reject.reason == "unreadable"


def test_links_that_lead_back_are_signalled_and_links_to_files_are_read(folder: Path) -> None:
    write(folder / "a/bai.txt", TEXT)
    (folder / "a/vong").symlink_to(folder / "a", target_is_directory=True)
    (folder / "a/cut.txt").symlink_to(folder / "khong-co")
    (folder / "a/lien.txt").symlink_to(folder / "a/bai.txt")
    articles, rejects = read_all("a")
    assert [article.external_id for article in articles] == ["a/bai.txt", "a/lien.txt"]
    assert [(reject.path, reject.reason) for reject in rejects] == [
        ("a/cut.txt", "unreadable"), ("a/vong", "link_loop")]


@pytest.mark.skipif(os.name != "posix", reason="pipes are a matter of POSIX systems")
def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "bai.txt")
    assert only_reject("bai.txt").reason == "unreadable"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_rights_is_unreadable(folder: Path) -> None:
    write(folder / "bai.txt", TEXT).chmod(0)
    assert only_reject("bai.txt").reason == "unreadable"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not allow such names")
def test_a_name_that_is_not_utf8_is_signalled(folder: Path) -> None:
    with open(os.fsencode(folder) + b"/b\xe0i.txt", "wb") as stream:
        stream.write(TEXT.encode())
    reject = only_reject(folder)
    assert (reject.path, reject.reason) == ("b\\udce0i.txt", "unreadable")
    assert reject.message.endswith("its name is not UTF-8; rename it")


def test_folders_may_be_nested_deeply(folder: Path) -> None:
    deep = folder
    for _ in range(300):
        deep = deep / "a"
    write(deep / "bai.txt", TEXT)
    articles, _ = read_all(folder)
    assert len(articles) == 1


def test_a_folder_named_as_a_file_is_walked(folder: Path) -> None:
    write(folder / "thu.txt/bai.txt", TEXT)
    articles, rejects = read_all("thu.txt")
    assert [article.external_id for article in articles] == ["thu.txt/bai.txt"]
    assert rejects == []


@pytest.mark.parametrize(
    "value", ["2018-10-08", "2018-10-08 19:46", "2018-10-08T19:46:00Z", "2018-10-08T19:46:00.5+0700"])
def test_iso_times_are_read(value: str) -> None:
    assert parse_published_at(value).date().isoformat() == "2018-10-08"


@pytest.mark.parametrize("value", [
    "", "2018", "20181008", "2018-W41-1", "2018-1-8", "2018-10-08T", "08/10/2018", "٢٠١٨-١٠-٠٨",
    "2018-10-08T19:46:00+25:00",
])
def test_other_times_are_refused(value: str) -> None:
    with pytest.raises(ValueError, match="; (?:write it like|correct it)"):
        parse_published_at(value)


@given(st.text())
def test_any_string_is_a_time_or_a_value_error(value: str) -> None:
    try:
        parsed = parse_published_at(value)
    except ValueError:
        return
    assert 1900 <= parsed.year < 2200


NAMES = ["x.txt", "x.jsonl", "x.jsonl.gz", "x.csv", "x.parquet"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.sampled_from(NAMES), st.booleans())
def test_any_bytes_give_articles_or_rejects(folder: Path, content: bytes, name: str, packed: bool) -> None:
    write(folder / name, gzip.compress(content) if packed else content)
    articles, rejects = read_all(name)
    assert articles or rejects
    assert all(article.text == normalise(article.text) and article.text.strip() for article in articles)
    assert all(reject.reason in set(Reason) for reject in rejects)


JSON_VALUES = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
                           lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3))
FIELDS = st.sampled_from(["id", "text", "title", "published_at", "source", "url", "author", "place", "html"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(FIELDS, JSON_VALUES, max_size=6), max_size=4))
def test_any_records_give_articles_or_rejects(folder: Path, records: list[dict[str, Any]]) -> None:
    write(folder / "x.jsonl", "".join(json.dumps(record) + "\n" for record in records))
    articles, rejects = read_all("x.jsonl")
    lost = [reject for reject in rejects if reject.reason != Reason.BAD_FIELD]
    assert len(articles) + len(lost) == max(len(records), 1)


def test_sources_load_neither_prefect_nor_pandas_nor_duckdb() -> None:
    code = ("import sys, flows.sources; flows.sources.formats(); "
            "print([name for name in ('prefect', 'pandas', 'duckdb', 'pyarrow', 'lxml') if name in sys.modules])")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
