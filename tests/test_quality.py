"""The quality gate: real Great Expectations on real staged rows, and pages that need no network."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from newsdesk import BROKEN, HELD, many, record, write_articles

from flows.errors import KhopsoError
from flows.quality import suites
from flows.quality.gate import check_staged
from flows.quality.outcome import Outcome, closes_gate, failed
from flows.quality.queries import query_outcomes
from flows.warehouse.connect import Connection
from flows.warehouse.extract import extract_batch
from flows.warehouse.ingest import Ingest
from flows.warehouse.schemas import schemas_folder

RULES = schemas_folder() / "expectations"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def staged(folder: Path, *records: dict[str, object]) -> Iterator[Connection]:
    job = Ingest([str(write_articles(folder / "a.jsonl", *records))], folder / "w.duckdb")
    with job.open():
        for batch in job.batches():
            extract_batch(batch.texts, batch.found)
        with job.rows() as connection:
            assert connection is not None
            yield connection


@pytest.fixture
def rows(tmp_path: Path) -> Iterator[Connection]:
    yield from staged(tmp_path, record(1, HELD), record(2, BROKEN), *many(20))


@pytest.fixture
def wordless(tmp_path: Path) -> Iterator[Connection]:
    yield from staged(tmp_path, record(1, "Sáng nay trời mưa."))


def test_every_rule_is_evaluated_and_the_critical_ones_hold(rows: Connection) -> None:
    outcomes = check_staged(rows)
    wanted = sum(len(suites.read_suite(file)["expectations"]) for file in RULES.glob("*.json"))
    assert len(outcomes) == wanted + len(list(RULES.glob("*.sql")))
    assert [one.name for one in outcomes if "Could not be evaluated" in one.note] == []
    assert [one.name for one in outcomes if one.severity == "critical" and not one.held] == []
    assert all(one.note for one in outcomes)


def test_articles_without_figures_pass_the_gate(wordless: Connection) -> None:
    outcomes = check_staged(wordless)
    assert [one.name for one in outcomes if one.severity == "critical" and not one.held] == []
    assert [one.name for one in outcomes if "Could not be evaluated" in one.note] == []


@pytest.mark.parametrize(
    ("rule", "breaking"),
    [
        ("figures.figures_stand_in_their_text", "REPLACE (char_start + 1 AS char_start)"),
        ("figures.figures_have_their_article", "REPLACE ('0000000000000000' AS article_id)"),
        ("articles.keys_are_unique", "REPLACE ('0000000000000000:1' AS figure_id)"),
        ("checks.checks_have_their_figures", "REPLACE (article_id || ':999999' AS figure_id)"),
        ("figures.figures_do_not_overlap", "REPLACE (char_end + 400 AS char_end)"),
    ],
)
def test_a_query_returns_the_rows_that_break_its_rule(rows: Connection, rule: str, breaking: str) -> None:
    assert rule not in {one.name for one in query_outcomes(rows, RULES) if not one.held}
    rows.execute(f"CREATE OR REPLACE TEMP TABLE broken AS SELECT * {breaking} FROM staged_figures")
    rows.execute("CREATE OR REPLACE TEMP VIEW staged_figures AS FROM broken")
    [found] = [one for one in query_outcomes(rows, RULES) if one.name == rule]
    assert not found.held
    assert found.bad_rows >= 1
    assert 1 <= len(found.examples) <= 5


@pytest.mark.parametrize(("failing", "closed"), [(5, False), (6, True)])
def test_a_stray_article_the_rules_fail_on_is_no_reason_to_close_the_gate(
    rows: Connection, failing: int, closed: bool
) -> None:
    rows.execute(
        "CREATE OR REPLACE TEMP TABLE part AS "
        "SELECT * REPLACE (row_number() OVER () <= ? AS failed) FROM staged_articles",
        [failing],
    )
    rows.execute("CREATE OR REPLACE TEMP VIEW staged_articles AS FROM part")
    rows.execute(
        "CREATE OR REPLACE TEMP VIEW staged_problems AS "
        "SELECT article_id, 'rules_failed' AS reason, 'lỗi' AS message FROM staged_articles WHERE failed"
    )
    outcomes = query_outcomes(rows, RULES)
    assert closes_gate(outcomes) is closed
    assert "articles.rules_do_not_fail" in {one.name for one in failed(outcomes)}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("figures.json", '{"name": "figures",', "schemas/expectations/figures.json:1: "),
        ("figures.json", '{"name": "figure"}', "figures.json:1: has not name 'figures' and expectations; add them"),
        ("figures.json", '{"name": "figures", "expectations": [{"severity": "x"}]}', "expectation 1: severity is none"),
        ("odd.sql", "SELECT 1", "schemas/expectations/odd.sql:1: does not say what it is; begin with"),
    ],
)
def test_a_rule_file_that_is_none_stops_the_run(
    rows: Connection, tmp_path: Path, name: str, content: str, message: str
) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / name).write_text(content, "utf-8")
    with pytest.raises(KhopsoError) as caught:
        check_staged(rows, rules=folder)
    assert message in str(caught.value)


def test_frames_are_bounded_and_the_same_rows_give_the_same_sample(rows: Connection) -> None:
    first, second = (suites.frame(rows, "figures", 7) for _ in range(2))
    assert len(first) == 7
    assert list(first["figure_id"]) == list(second["figure_id"])
    assert "text" not in suites.frame(rows, "articles").columns


def test_only_a_critical_rule_closes_the_gate() -> None:
    def one(severity: str, *, held: bool) -> Outcome:
        return Outcome("figures", severity, severity, held, "note")

    assert not closes_gate([one("critical", held=True), one("warning", held=False)])
    assert closes_gate([one("info", held=False), one("critical", held=False)])
    assert [x.severity for x in failed([one("info", held=False), one("critical", held=False)])] == ["critical", "info"]


def test_data_docs_ask_no_other_host_for_anything(rows: Connection, tmp_path: Path) -> None:
    docs = tmp_path / "pages" / "expectations"
    check_staged(rows, docs)
    check_staged(rows, docs)
    pages = list(docs.rglob("*.html"))
    assert len(pages) == 7, "an index, three suites, three results of the last run only"
    for page in pages:
        html = page.read_text("utf-8")
        assert re.findall(r'(?:src|href)="(?:https?:)?//[^"]*"|url\(.?https?:', html) == [], page
        for link in re.findall(r'<link[^>]*href="([^"]+)"', html):
            assert (page.parent / link).exists(), link
    index = (docs / "index.html").read_text("utf-8")
    for href in re.findall(r'href="(validations/[^"]+)"', index):
        assert (docs / href).exists()
    assert [path.name for path in docs.parent.iterdir()] == ["expectations"]


@pytest.mark.skipif(CHROMIUM is None, reason="needs chromium on the PATH to open the pages")
def test_data_docs_read_well_in_a_browser_without_network(rows: Connection, tmp_path: Path) -> None:
    docs = tmp_path / "expectations"
    check_staged(rows, docs)
    [result] = docs.glob("validations/figures/*/*/*.html")
    for page, said in ((docs / "index.html", "Quality of the last run"), (result, "Evaluated Expectations")):
        done = subprocess.run(
            [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=0",
             "--proxy-server=127.0.0.1:9", "--proxy-bypass-list=<-loopback>", f"--user-data-dir={tmp_path / 'profile'}",
             "--dump-dom", page.as_uri()],
            capture_output=True, text=True, timeout=120, check=True,
        )
        assert said in done.stdout
        assert [line for line in done.stderr.splitlines() if "CONSOLE" in line] == []
