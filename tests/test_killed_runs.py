"""A run that is killed (SIGKILL, a real process) leaves the warehouse as it was, and the next run completes it."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from newsdesk import ask, ingest, many, state, write_articles

_RUN = """
import os, signal, sys
from pathlib import Path
import flows.warehouse.ingest, flows.warehouse.publish, flows.warehouse.stage, flows.warehouse.migrate
import flows.warehouse.connect
sys.path.insert(0, {tests!r})
import newsdesk

calls = 0

def killed(module, name, at, after=False):
    whole = getattr(module, name)
    def wrapper(*args, **kwargs):
        global calls
        calls += 1
        if calls == at and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = whole(*args, **kwargs)
        if calls == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    setattr(module, name, wrapper)

flows.warehouse.ingest.BATCH_ARTICLES = 4
flows.warehouse.ingest.extractor_version = lambda: {version!r}
{kill}
newsdesk.ingest(Path({warehouse!r}), Path({articles!r}))
print("not killed")
"""

_VERSION = "0" * 12
_CHANGED = frozenset({3, 5, 7, 11})
_IN_THE_BEGINNING = "while the schema is made"
_POINTS = {
    _IN_THE_BEGINNING: "killed(flows.warehouse.migrate, 'load_reference', 1)",
    "before the first batch is on disk": "killed(flows.warehouse.stage, '_write', 1)",
    "while a batch is being written": "killed(flows.warehouse.stage.os, 'replace', 3)",
    "between two batches": "killed(flows.warehouse.stage, '_write', 2, after=True)",
    "before publishing": "killed(flows.warehouse.ingest, 'publish', 1)",
    "with the transaction open, rows deleted": "killed(flows.warehouse.publish, '_record_inputs', 1)",
    "with the transaction open, rows written": "killed(flows.warehouse.publish, 'record_run', 1, after=True)",
    "after the commit, before staging is cleared": "killed(flows.warehouse.stage.Staging, 'clear', 1)",
}
_COMMITTED = {"after the commit, before staging is cleared"}


def run_until_killed(kill: str, warehouse: Path, articles: Path) -> None:
    script = _RUN.format(
        tests=str(Path(__file__).parent), kill=kill, warehouse=str(warehouse), articles=str(articles), version=_VERSION
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == -signal.SIGKILL, (done.stdout, done.stderr)


@pytest.fixture(scope="module", autouse=True)
def _same_rules() -> Iterator[None]:
    """The killed process and this one take the rules for the same, whoever edits them meanwhile."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("flows.warehouse.ingest.extractor_version", lambda: _VERSION)
        yield


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse that holds the first state of the articles."""
    folder = tmp_path_factory.mktemp("loaded")
    ingest(folder / "w.duckdb", write_articles(folder / "a.jsonl", *many(12)))
    return folder / "w.duckdb"


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[object, ...]]]:
    """What a warehouse that was never killed holds in the end."""
    folder = tmp_path_factory.mktemp("wanted")
    ingest(folder / "w.duckdb", write_articles(folder / "a.jsonl", *many(14, _CHANGED)))
    return content(folder / "w.duckdb")


def content(warehouse: Path) -> dict[str, list[tuple[object, ...]]]:
    """The rows of a warehouse without what tells runs and folders apart."""
    rest = {"articles": "run_id, loaded_at, input_path", "figures": "run_id", "checks": "run_id"}
    return {
        table: ask(warehouse, f"SELECT * EXCLUDE ({columns}) FROM {table} ORDER BY ALL")
        for table, columns in rest.items()
    }


@pytest.mark.parametrize("point", _POINTS)
def test_a_run_killed_at_any_point_leaves_the_warehouse_as_it_was(
    tmp_path: Path, point: str, loaded: Path, wanted: dict[str, list[tuple[object, ...]]]
) -> None:
    warehouse = tmp_path / "w.duckdb"
    articles = write_articles(tmp_path / "a.jsonl", *many(14, _CHANGED))
    if point != _IN_THE_BEGINNING:
        shutil.copy(loaded, warehouse)
    before = state(warehouse) if warehouse.exists() else None

    run_until_killed(_POINTS[point], warehouse, articles)
    if before is not None and point not in _COMMITTED:
        assert state(warehouse) == before
        assert ask(warehouse, "SELECT count(*) FROM runs") == [(1,)]

    ingest(warehouse, articles)
    assert content(warehouse) == wanted
    left = [file.name for file in warehouse.with_name("w.duckdb.staging").iterdir() if file.name != "lock"]
    assert left == [], "nothing staged is left behind"


def test_finished_batches_of_a_killed_run_are_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loaded: Path
) -> None:
    warehouse = tmp_path / "w.duckdb"
    shutil.copy(loaded, warehouse)
    articles = write_articles(tmp_path / "b.jsonl", *many(24, _CHANGED))
    run_until_killed(_POINTS["before publishing"], warehouse, articles)
    monkeypatch.setattr("flows.warehouse.ingest.BATCH_ARTICLES", 4)
    monkeypatch.setattr("newsdesk.extract_batch", lambda *_: pytest.fail("a finished batch was read again"))
    run = ingest(warehouse, articles)
    assert (run.batches, run.batches_reused, run.articles_new, run.articles_changed) == (4, 4, 12, 4)


def test_workers_end_with_the_run_that_is_killed(tmp_path: Path) -> None:
    script = (
        "import os, signal, sys, time\n"
        "from pathlib import Path\n"
        "from concurrent.futures import wait\n"
        "from flows.warehouse.extract import Workers\n"
        "if __name__ == '__main__':\n"
        "    with Workers(2) as workers:\n"
        "        pids = {workers._pool.submit(os.getpid).result() for _ in range(8)}\n"
        "        print(*pids, flush=True)\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    file = tmp_path / "run.py"
    file.write_text(script, "utf-8")
    done = subprocess.run([sys.executable, str(file)], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    pids = [int(word) for word in done.stdout.split()]
    assert pids
    deadline = 50
    while any(Path(f"/proc/{pid}").exists() for pid in pids) and deadline:
        time.sleep(0.1)
        deadline -= 1
    assert deadline, "a worker outlived the run"
