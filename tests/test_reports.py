"""Report pages and trend commands: real DuckDB files, hostile texts, real Chromium where it is there."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import shutil
import subprocess
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyarrow.parquet as parquet
import pytest
from click.testing import CliRunner
from rich.console import Console

from flows.commands.trends import command
from flows.errors import UsageError
from flows.reports import build_reports
from flows.reports.excerpts import Mark, excerpt
from flows.reports.quality import write_quality_page
from flows.reports.trends import Selection, find_series, read_bound, read_selection, select_lines
from flows.reports.trends_output import print_lines, print_series
from flows.warehouse.connect import Connection, reading, transaction, writing
from flows.warehouse.marts import refresh_marts
from flows.warehouse.migrate import migrate

HOSTILE = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


def add_article(connection: Connection, name: str, published_at: str, text: str, **columns: Any) -> str:
    key = hashlib.sha256(name.encode()).hexdigest()
    row: dict[str, Any] = {
        "article_id": key[:16],
        "external_id": name,
        "title": name,
        "source": "Báo Vĩnh Long",
        "url": "https://bao.example/1",
        "published_at": published_at,
        "text": text,
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "content_hash": key,
        "extractor_version": "x",
        "input_path": "p",
        "run_id": "r",
        "loaded_at": "2020-01-01",
    } | columns
    connection.execute(
        f"INSERT INTO articles ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values())
    )
    return key[:16]


def add_figure(connection: Connection, article: str, surface: str, value: float, **columns: Any) -> str:
    text = connection.execute("SELECT text FROM articles WHERE article_id = ?", [article]).fetchall()[0][0]
    start = text.index(surface)
    row: dict[str, Any] = {
        "figure_id": f"{article}:{start}",
        "article_id": article,
        "sentence_no": 0,
        "char_start": start,
        "char_end": start + len(surface),
        "surface": surface,
        "kind": "count",
        "value": value,
        "unit": "đảng viên",
        "qualifier": "exact",
        "resolution": 1,
        "number_style": "vi",
        "unit_source": "printed",
        "what": "kết nạp đảng viên",
        "measure": "kết nạp đảng viên",
        "indicator_id": "party_admissions",
        "place_id": "vinh-long",
        "is_target": False,
        "run_id": "r",
    } | columns
    connection.execute(
        f"INSERT INTO figures ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values())
    )
    return str(row["figure_id"])


def add_failed_check(connection: Connection, stated: str, operands: list[str], number: int = 0) -> None:
    article = stated.split(":")[0]
    check = f"{article}-{number}"
    connection.execute(
        "INSERT INTO checks BY NAME SELECT ? AS check_id, ? AS article_id, 'sum' AS kind, 'inconsistent' AS verdict, "
        "? AS stated_figure_id, '7 + 4 = 11 (stated 12)' AS formula, ? AS explanation, ? AS suggestion, "
        "0.9 AS confidence, "
        "0 AS char_start, 5 AS char_end, 'r' AS run_id",
        [check, article, stated, f"giải thích {HOSTILE}", HOSTILE],
    )
    for position, figure in enumerate(operands):
        connection.execute("INSERT INTO check_operands VALUES (?, ?, ?, 'part')", [check, position, figure])


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reports") / "w.duckdb"
    migrate(path)
    with writing(path) as connection, transaction(connection):
        for year, value in ((2016, 121), (2017, 132), (2018, 140)):
            article = add_article(
                connection,
                f"Tổng kết {year}",
                f"{year + 1}-01-05",
                f"Đảng bộ tỉnh họp. Năm {year} kết nạp {value} đảng viên. Hết.",
            )
            add_figure(
                connection,
                article,
                f"{value} đảng viên",
                value,
                period_start=date(year, 1, 1),
                period_end=date(year, 12, 31),
            )
        late = add_article(
            connection,
            f"Nhìn lại {HOSTILE}",
            "2019-07-05",
            f"Năm 2018 kết nạp 146 đảng viên. Kỷ luật 12 người, gồm 7 người {HOSTILE} và 4 người.",
            source=f"Báo {HOSTILE}",
            url="javascript:alert(1)",
        )
        add_figure(connection, late, "146 đảng viên", 146, period_start=date(2018, 1, 1), period_end=date(2018, 12, 31))
        loose = {"indicator_id": None, "measure": None, "place_id": None, "unit": "người"}
        parts = [
            add_figure(connection, late, surface, value, **loose)
            for surface, value in (("12 người", 12), ("7 người", 7), ("4 người", 4))
        ]
        add_failed_check(connection, parts[0], parts[1:])
        connection.execute(
            "INSERT INTO rejects BY NAME SELECT 'x' AS reject_id, ? AS path, 3 AS line, 'not_utf8' AS reason, "
            "? AS message, 'r' AS run_id, TIMESTAMP '2020-01-01' AS rejected_at",
            [f"tin{HOSTILE}.txt", HOSTILE],
        )
        refresh_marts(connection)
    return path


class Page(HTMLParser):
    """The tags of a page, to say what it really holds."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.html = path.read_text(encoding="utf-8")
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def pages(warehouse: Path) -> Path:
    folder = warehouse.parent / "reports"
    assert [path.name for path in build_reports(warehouse, folder)] == [
        "index.html",
        "failed_checks.csv",
        "trends.html",
    ]
    return folder


def rendered(path: Path, *options: str) -> str:
    """The page as Chromium has it after its scripts ran, with no network."""
    result = subprocess.run(
        [
            str(CHROMIUM),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--virtual-time-budget=15000",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={path.parent / 'chromium'}",
            *options,
            "--dump-dom",
            path.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        env={**os.environ, "LANG": "C.UTF-8"},
    )
    return result.stdout


def test_hostile_text_stays_text(pages: Path) -> None:
    for name in ("index.html", "trends.html"):
        page = Page(pages / name)
        assert not page.attributes("img")
        assert all("onerror" not in attributes for _, attributes in page.tags)
        assert all(
            (link["href"] or "").startswith(("#", "https://bao.example", "index", "trends", "failed", "expectations"))
            for link in page.attributes("a")
        )
    assert "&lt;script&gt;document.title" in (pages / "index.html").read_text(encoding="utf-8")


def test_a_page_needs_no_network(pages: Path) -> None:
    for name in ("index.html", "trends.html"):
        page = Page(pages / name)
        assert not page.attributes("link")
        assert all("src" not in script for script in page.attributes("script"))
        policy = next(
            meta["content"] or ""
            for meta in page.attributes("meta")
            if meta.get("http-equiv") == "Content-Security-Policy"
        )
        assert policy.startswith("default-src 'none'")
        assert "unsafe-eval" not in policy
        assert not re.search(r"url\(\s*[\"']?https?:", page.html)


def test_the_failed_check_shows_its_sentence_and_the_roles(pages: Path) -> None:
    html = (pages / "index.html").read_text(encoding="utf-8")
    assert '<mark class="stated">12 người<small>stated</small></mark>' in html
    assert "<mark>7 người<small>part</small></mark>" in html
    assert "7 + 4 = 11 (stated 12)" in html
    assert "05/07/2019" in html


def test_a_contradiction_shows_both_articles(pages: Path) -> None:
    html = (pages / "index.html").read_text(encoding="utf-8")
    assert '<mark class="stated">146 đảng viên<small>stated</small></mark>' in html
    assert "<mark>140 đảng viên<small>earlier</small></mark>" in html
    assert 'href="https://bao.example/1"' in html


def test_the_page_is_readable_without_a_mouse_or_eyes(pages: Path) -> None:
    for name in ("index.html", "trends.html"):
        page = Page(pages / name)
        tags = [tag for tag, _ in page.tags]
        assert page.attributes("html")[0]["lang"] == "en"
        assert any(meta.get("name") == "viewport" for meta in page.attributes("meta"))
        assert tags.count("h1") == 1
        assert tags.count("main") == 1
        levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
        assert all(later - earlier <= 1 for earlier, later in zip(levels, levels[1:], strict=False))
        labelled = {label["for"] for label in page.attributes("label")}
        assert all(field["id"] in labelled for tag in ("select", "input") for field in page.attributes(tag))
        identities = [attributes["id"] for _, attributes in page.tags if attributes.get("id")]
        assert len(identities) == len(set(identities))


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "page"),
        ("ink", "card"),
        ("soft", "page"),
        ("soft", "card"),
        ("accent", "card"),
        ("bad", "card"),
        ("mark-ink", "mark"),
        ("stated-ink", "stated"),
    ],
)
def test_contrast_in_light_and_dark(pages: Path, text: str, ground: str) -> None:
    html = (pages / "index.html").read_text(encoding="utf-8")
    blocks = [
        dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block)) for block in re.findall(r":root \{(.*?)\}", html, re.S)
    ]
    assert len(blocks) == 2
    for colours in blocks:
        bright, dim = sorted((luminance(colours[text]), luminance(colours[ground])), reverse=True)
        assert (bright + 0.05) / (dim + 0.05) >= 4.5


def test_a_long_list_is_cut_and_says_where_the_rest_is(warehouse: Path, tmp_path: Path) -> None:
    with reading(warehouse) as connection:
        page, table = write_quality_page(connection, tmp_path, shown=1)
    html = page.read_text(encoding="utf-8")
    assert html.count('<article class="check"') == 1
    assert "The first 1 of 2 are on this page" in html
    with table.open(encoding="utf-8-sig", newline="") as stream:
        assert len(list(csv.DictReader(stream))) == 2


def test_checks_that_fail_for_one_reason_stand_under_one_card(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    migrate(path)
    with writing(path) as connection:
        article = add_article(connection, "a", "2019-01-05", "Trong 62 người có 28 người (37,8%) và 21 người (28,3%).")
        whole, first, share = (
            add_figure(connection, article, surface, value, kind=kind, unit=unit)
            for surface, value, kind, unit in (
                ("62 người", 62, "count", "người"),
                ("28 người", 28, "count", "người"),
                ("37,8%", 37.8, "percent", "%"),
            )
        )
        add_failed_check(connection, share, [first, whole], 1)
        add_failed_check(connection, whole, [first, share], 2)
        connection.execute("UPDATE checks SET kind = 'ratio' WHERE check_id LIKE '%-1'")
        connection.execute("UPDATE checks SET kind = 'implied_base' WHERE check_id LIKE '%-2'")
        page, table = write_quality_page(connection, tmp_path)
    html = page.read_text(encoding="utf-8")
    assert html.count('<article class="check"') == 1
    assert "1 more check fails for the same reason" in html
    assert len(table.read_text(encoding="utf-8-sig").splitlines()) == 3


def test_an_empty_warehouse_has_pages_too(tmp_path: Path) -> None:
    migrate(tmp_path / "w.duckdb")
    index, _, trends = build_reports(tmp_path / "w.duckdb", tmp_path / "reports")
    assert "Nothing has been read yet" in index.read_text(encoding="utf-8")
    assert "No series has two periods yet" in trends.read_text(encoding="utf-8")


@needs_chromium
def test_chromium_filters_and_runs_no_hostile_script(pages: Path) -> None:
    dom = rendered(pages / "index.html")
    assert "<title>khopso: quality report</title>" in dom
    assert "2 of 2 shown" in dom


@needs_chromium
def test_chromium_draws_the_charts_without_network(pages: Path) -> None:
    dom = rendered(pages / "trends.html")
    assert "<title>khopso: What changes over time</title>" in dom
    assert 'data-drawn="yes"' in dom
    assert 'aria-label="Đảng viên kết nạp mới: values by period"' in dom
    assert re.search(r"data-drawn=[^>]*><svg", dom)


@needs_chromium
@pytest.mark.parametrize("name", ["index.html", "trends.html"])
def test_chromium_shows_a_phone_no_sideways_scrolling(pages: Path, tmp_path: Path, name: str) -> None:
    html = (pages / name).read_text(encoding="utf-8")
    probe = (
        "<script>addEventListener('load',()=>setTimeout(()=>"
        "document.title=`wide ${document.documentElement.scrollWidth}`,3000))</script>"
    )
    relaxed = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html).replace(
        "</body>", probe + "</body>"
    )
    frame = tmp_path / "frame.html"
    (tmp_path / name).write_text(relaxed, encoding="utf-8")
    frame.write_text(
        f"<iframe src='{name}' width=390 height=800></iframe><script>setTimeout(()=>"
        "document.title=document.querySelector("
        "'iframe').contentDocument.title,6000)</script>",
        encoding="utf-8",
    )
    dom = rendered(frame, "--allow-file-access-from-files")
    width = re.search(r"<title>wide (\d+)</title>", dom)
    assert width, dom[:500]
    assert int(width[1]) <= 390


def test_marks_never_overlap_and_keep_the_text() -> None:
    text = "Một. " * 300 + "Có 12 người, gồm 7 và 5."
    start = text.index("12")
    pieces = excerpt(
        text, [Mark(start, start + 8, "a"), Mark(start + 3, start + 8, "b"), Mark(0, 3, "c"), Mark(-1, 2, "d")]
    )
    assert [piece.label for piece in pieces if piece.label] == ["c", "a"]
    assert "".join(piece.text for piece in pieces).replace("\n", "") == "Một. … Có 12 người, gồm 7 và 5."


def test_a_very_long_sentence_is_shown_in_part() -> None:
    text = "chữ " * 2000 + "12 người" + " chữ" * 2000
    shown = "".join(piece.text for piece in excerpt(text, [Mark(8000, 8008, "stated")]))
    assert "12 người" in shown
    assert len(shown) < 500


def plain(warehouse: Path, *arguments: str) -> str:
    result = CliRunner().invoke(command, [*arguments, "--warehouse", str(warehouse)], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_trends_in_the_terminal(warehouse: Path) -> None:
    with reading(warehouse) as connection:
        console = Console(file=io.StringIO(), width=110)
        print_lines(console, select_lines(connection, Selection(indicator_id="party_admissions")), Selection())
        shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert re.search(r"2017\s+132\s+█+.*\+9\.1 %", shown)
    assert re.search(r"2018\s+146 .*! 1 disagrees", shown)


@pytest.mark.parametrize("width", [60, 80])
def test_a_narrow_terminal_keeps_the_values(warehouse: Path, width: int) -> None:
    with reading(warehouse) as connection:
        console = Console(file=io.StringIO(), width=width)
        print_lines(console, select_lines(connection, Selection(indicator_id="party_admissions")), Selection())
        shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert [value for value in ("121", "132", "146") if not re.search(rf"201[678]\s+{value}\s+█", shown)] == []


@pytest.mark.parametrize(
    "words", ["dang vien", "ĐẢNG VIÊN kết nạp", "vinh long", "party_admissions", "members admitted"]
)
def test_series_are_found_with_and_without_accents(warehouse: Path, words: str) -> None:
    with reading(warehouse) as connection:
        found = find_series(connection, words)
        console = Console(file=io.StringIO(), width=110)
        print_series(console, found, words)
    assert [one.indicator_id for one in found] == ["party_admissions"]
    assert "khopso trends party_admissions" in console.file.getvalue()  # type: ignore[attr-defined]


def test_csv_has_a_row_a_point(warehouse: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(plain(warehouse, "party_admissions", "--csv"))))
    assert [(row["period_end"], row["value"], row["conflicts"]) for row in rows] == [
        ("2016-12-31", "121", "0"),
        ("2017-12-31", "132", "0"),
        ("2018-12-31", "146", "1"),
    ]


def test_parquet_keeps_decimals(warehouse: Path, tmp_path: Path) -> None:
    plain(warehouse, "Đảng viên kết nạp mới", "--from", "2017", "--parquet", "--out", str(tmp_path / "t.parquet"))
    table = parquet.read_table(tmp_path / "t.parquet")
    assert [int(value) for value in table["value"].to_pylist()] == [132, 146]
    assert str(table.schema.field("value").type).startswith("decimal")


def test_html_links_points_to_their_sentences(warehouse: Path, tmp_path: Path) -> None:
    page = tmp_path / "t.html"
    plain(warehouse, "party_admissions", "--place", "Vĩnh Long", "--html", "--out", str(page))
    html = page.read_text(encoding="utf-8")
    anchors = set(re.findall(r'"anchor":"([^"]+)"', html))
    assert len(anchors) == 3
    assert all(f'id="{anchor}"' in html for anchor in anchors)
    assert "<mark>146 đảng viên<small>shown</small></mark>" in html
    assert "<mark>140 đảng viên<small>disagrees</small></mark>" in html


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["party_admisions"], "did you mean party_admissions"),
        (["ket nap dang vien moi nhe"], "is no indicator of the catalogue"),
        (["party_admissions", "--place", "Vinh Lonh"], "did you mean vinh-long"),
        (["party_admissions", "--from", "2019", "--to", "2017"], "the period ends before it starts"),
        (["party_admissions", "--from", "tháng 5"], "is no date; write 2018"),
        (["party_admissions", "--from", "2018-13"], "is no date; write 2018"),
        (["party_admissions", "--list", "x"], "stands alone"),
        (["party_admissions", "--out", "x.csv"], "add --csv, --parquet or --html"),
    ],
)
def test_bad_requests_are_refused_with_a_remedy(warehouse: Path, arguments: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        CliRunner().invoke(command, [*arguments, "--warehouse", str(warehouse)], catch_exceptions=False)


def test_words_like_nothing_known_lead_to_the_list(warehouse: Path) -> None:
    with reading(warehouse) as connection, pytest.raises(UsageError, match="--list WORDS"):
        read_selection(connection, "zzzzqqqq", None, None, None, None)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("2018-02", date(2018, 2, 1), date(2018, 2, 28)),
        ("2020-Q1", date(2020, 1, 1), date(2020, 3, 31)),
        ("2018-06-30", date(2018, 6, 30), date(2018, 6, 30)),
    ],
)
def test_bounds(written: str, first: date, last: date) -> None:
    assert (read_bound(written, "--from", at_end=False), read_bound(written, "--to", at_end=True)) == (first, last)
