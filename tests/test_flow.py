"""The main flow on the real Prefect engine, with real worker processes, real Great Expectations and real pages."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from newsdesk import BROKEN, HELD, PLAIN, ask, many, record, state, write_articles

from flows import etl
from flows.errors import QualityGateClosed
from flows.warehouse import schemas
from flows.warehouse.stage import Batch, BatchCount

pytestmark = pytest.mark.usefixtures("prefect_engine")


class Watcher(etl.Display):
    def __init__(self) -> None:
        self.steps: list[str] = []
        self.planned = self.read = 0

    def step(self, name: str) -> None:
        self.steps.append(name)

    def batch_planned(self, batch: Batch) -> None:
        self.planned += 1

    def batch_read(self, batch: Batch, count: BatchCount) -> None:
        self.read += 1


def test_the_flow_takes_articles_from_file_to_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.warehouse.ingest.BATCH_ARTICLES", 2)
    monkeypatch.chdir(tmp_path)
    write_articles(tmp_path / "a.jsonl", record(1, HELD), record(2, BROKEN), record(3, PLAIN), "{kaputt")
    watcher = Watcher()
    with etl.shown_on(watcher):
        result = etl.ingest(["a.jsonl"], "data/w.duckdb", 2)
    run = result["run"]
    assert (run["articles_new"], run["articles_rejected"], run["batches"], run["workers"]) == (3, 1, 2, 2)
    assert (watcher.planned, watcher.read) == (2, 2)
    assert watcher.steps[-1] == "writing the reports"
    assert run["checks_inconsistent"] >= 1
    assert Path(result["pages"][0]).read_text("utf-8").count("341") >= 1
    assert Path("data/reports/expectations/index.html").exists()
    warehouse = Path("data/w.duckdb")
    assert ask(warehouse, "SELECT status, checks, figures FROM runs") == [("published", run["checks"], run["figures"])]

    before = state(warehouse)
    again = etl.ingest(["a.jsonl"], "data/w.duckdb", 1)
    assert (again["run"]["status"], again["run"]["inputs_known"]) == ("unchanged", 1)
    pages = sorted(Path("data/reports").glob("*.html"))
    assert again["pages"] == [*map(str, pages), "data/reports/expectations/index.html"]
    assert state(warehouse) == before


def test_runs_tasks_and_artifacts_say_what_they_are(tmp_path: Path) -> None:
    from prefect.client.orchestration import get_client

    warehouse = tmp_path / "named.duckdb"
    etl.ingest([str(write_articles(tmp_path / "a.jsonl", *many(3)))], str(warehouse), 1)
    with get_client(sync_client=True) as client:
        [flow_run] = [one for one in client.read_flow_runs() if one.name == f"ingest into {warehouse}"]
        tasks = {one.name for one in client.read_task_runs() if one.flow_run_id == flow_run.id}
        artifacts = {one.key for one in client.read_artifacts() if one.flow_run_id == flow_run.id}
    assert flow_run.state is not None
    assert flow_run.state.is_completed()
    assert {"read batch 1: 3 articles", "publish 3 articles"} <= tasks
    assert any(name.startswith("hold quality rules on ") for name in tasks)
    assert artifacts == {"khopso-summary", "khopso-reports"}


@pytest.fixture
def strict_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The rules, with one more that no article holds."""
    folder = tmp_path / "schemas"
    shutil.copytree(schemas.schemas_folder() / "expectations", folder / "expectations")
    suite = json.loads((folder / "expectations" / "figures.json").read_text("utf-8"))
    suite["expectations"].append({
        "type": "expect_column_values_to_be_in_set", "kwargs": {"column": "kind", "value_set": ["money"]},
        "severity": "critical", "meta": {"notes": "Only money."},
    })
    (folder / "expectations" / "figures.json").write_text(json.dumps(suite), "utf-8")
    monkeypatch.setattr("flows.quality.gate.schemas_folder", lambda: folder)
    return folder


def test_a_critical_rule_closes_the_gate_and_nothing_is_published(tmp_path: Path, strict_rules: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    file = write_articles(tmp_path / "a.jsonl", record(1, HELD))
    with pytest.raises(QualityGateClosed, match=r"gate: figures\..*: Only money\. Broken by \d+ rows .*, so nothing"):
        etl.ingest([str(file)], str(warehouse), 1)
    assert [rows for rows, _ in state(warehouse).values()] == [0] * 6
    [(status, rules)] = ask(warehouse, "SELECT status, failed_rules FROM runs")
    assert status == "gate_closed"
    assert rules[0].startswith("figures.")
    page = (tmp_path / "reports" / "expectations" / "index.html").read_text("utf-8")
    assert "closed: nothing was published" in page
    shutil.rmtree(strict_rules)
    shutil.copytree(schemas.schemas_folder(), strict_rules)
    assert etl.ingest([str(file)], str(warehouse), 1)["run"]["batches_reused"] == 1


def test_a_batch_whose_worker_dies_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from concurrent.futures.process import BrokenProcessPool

    from flows.warehouse.extract import Workers

    whole, attempts = Workers.read, []

    def dies_once(self: Workers, batch: Batch) -> BatchCount:
        attempts.append(batch.number)
        if len(attempts) == 1:
            raise BrokenProcessPool("killed for its memory")
        return whole(self, batch)

    monkeypatch.setattr(Workers, "read", dies_once)
    result = etl.ingest([str(write_articles(tmp_path / "a.jsonl", *many(2)))], str(tmp_path / "w.duckdb"), 1)
    assert attempts == [1, 1]
    assert result["run"]["articles_new"] == 2


def test_the_report_flow_writes_the_pages_anew(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    etl.ingest([str(write_articles(tmp_path / "a.jsonl", record(1, BROKEN)))], str(warehouse), 1)
    first = etl.report(str(warehouse))
    for page in first:
        Path(page).unlink()
    assert etl.report(str(warehouse)) == first
    assert all(Path(page).exists() for page in first)
