"""From staged files into the tables: everything of a run in one transaction.

An article is replaced whole: its row, figures, checks, operands and rejects go and come together, and no
row of another article is touched. DuckDB commits or forgets the transaction, also when the process is
killed, so the warehouse is always as some run left it.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from flows.model import Reject
from flows.warehouse.connect import Connection, scratch, transaction, writing
from flows.warehouse.identity import reject_id
from flows.warehouse.marts import refresh_marts
from flows.warehouse.stage import Batch


@dataclass(slots=True)
class InputRead:
    """An input that this run read, or would have, and what it held."""

    path: str
    sha256: str | None
    articles: int = 0
    rejects: int = 0


@dataclass(slots=True)
class Run:
    """One row of `runs`."""

    run_id: str
    started_at: datetime
    paths: list[str]
    workers: int
    published_on: date | None
    khopso_version: str
    extractor_version: str
    python_version: str
    duckdb_version: str
    status: str = "published"
    finished_at: datetime | None = None
    inputs_read: int = 0
    inputs_known: int = 0
    batches: int = 0
    batches_reused: int = 0
    articles_read: int = 0
    articles_new: int = 0
    articles_changed: int = 0
    articles_unchanged: int = 0
    articles_rejected: int = 0
    figures: int = 0
    checks: int = 0
    checks_consistent: int = 0
    checks_truncated: int = 0
    checks_inconsistent: int = 0
    checks_undetermined: int = 0
    rejects: int = 0
    seconds_read: float = 0.0
    seconds_quality: float = 0.0
    seconds_publish: float = 0.0
    failed_rules: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Staged:
    """What a run has staged: finished batches, articles a later copy supersedes, rejects, inputs."""

    batches: list[Batch] = field(default_factory=list)
    superseded: list[tuple[Path, str]] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    inputs: list[InputRead] = field(default_factory=list)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _make_views(connection: Connection, staged: Staged) -> None:
    """Views `staged_articles`, `staged_figures`, … on the Parquet files; without files they are absent."""
    files = ", ".join(_literal(str(batch.found)) for batch in staged.batches)
    connection.register("superseded", pa.table({
        "found": pa.array([str(found) for found, _ in staged.superseded], pa.string()),
        "article_id": pa.array([article for _, article in staged.superseded], pa.string()),
    }))
    source = f"read_parquet([{files}], filename = true)"
    if staged.superseded:
        source += " AS b ANTI JOIN superseded AS s ON b.filename = s.found AND b.article_id = s.article_id"
    connection.execute(
        f"CREATE TEMP VIEW staged_articles AS SELECT * EXCLUDE (filename, figures, checks, problems) FROM {source}"
    )
    for name in ("figures", "checks"):
        connection.execute(
            f"CREATE TEMP VIEW staged_{name}_whole AS "
            f"SELECT unnest(one) FROM (SELECT unnest({name}) AS one FROM {source})"
        )
    connection.execute("CREATE TEMP VIEW staged_figures AS FROM staged_figures_whole")
    connection.execute("CREATE TEMP VIEW staged_checks AS SELECT * EXCLUDE (operands) FROM staged_checks_whole")
    connection.execute(
        "CREATE TEMP VIEW staged_check_operands AS SELECT check_id, unnest(one) FROM "
        "(SELECT check_id, unnest(operands) AS one FROM staged_checks_whole)"
    )
    connection.execute(
        "CREATE TEMP VIEW staged_problems AS SELECT path, article_id, unnest(one) FROM "
        f"(SELECT input_path AS path, article_id, unnest(problems) AS one FROM (SELECT * FROM {source}))"
    )


@contextmanager
def staged_rows(staged: Staged, folder: Path) -> Iterator[Connection | None]:
    """A scratch database with the staged rows as views, for the quality rules; None where nothing is staged."""
    if not staged.batches:
        yield None
        return
    with scratch(folder) as connection:
        _make_views(connection, staged)
        yield connection


def _reject_rows(rejects: Iterable[Reject], run: Run, now: datetime) -> pa.Table:
    rows: dict[str, dict[str, Any]] = {}
    for reject in rejects:
        key = reject_id(reject.path, reject.line, None, reject.reason, reject.message)
        rows[key] = {"reject_id": key, **asdict(reject), "run_id": run.run_id, "rejected_at": now}
    return pa.Table.from_pylist(list(rows.values()), schema=pa.schema([
        ("reject_id", pa.string()), ("path", pa.string()), ("line", pa.int32()), ("reason", pa.string()),
        ("message", pa.string()), ("run_id", pa.string()), ("rejected_at", pa.timestamp("us")),
    ]))


def _replace_articles(connection: Connection, run: Run, now: datetime) -> None:
    """Replace the articles of the staged views; one the rules failed on keeps the rows it had."""
    connection.execute("CREATE TEMP TABLE replaced AS SELECT article_id FROM staged_articles WHERE NOT failed")
    connection.execute(
        "DELETE FROM check_operands WHERE check_id IN "
        "(SELECT check_id FROM checks SEMI JOIN replaced USING (article_id))"
    )
    for table in ("checks", "figures", "articles"):
        connection.execute(f"DELETE FROM {table} WHERE article_id IN (SELECT article_id FROM replaced)")
    connection.execute(
        "INSERT INTO articles BY NAME SELECT * EXCLUDE (failed), ? AS extractor_version, ? AS run_id, ? AS loaded_at "
        "FROM staged_articles WHERE NOT failed", [run.extractor_version, run.run_id, now],
    )
    for table in ("figures", "checks"):
        connection.execute(f"INSERT INTO {table} BY NAME SELECT *, ? AS run_id FROM staged_{table}", [run.run_id])
    connection.execute("INSERT INTO check_operands BY NAME SELECT * FROM staged_check_operands")
    connection.execute("DELETE FROM rejects WHERE article_id IN (SELECT article_id FROM staged_articles)")
    connection.execute("DROP TABLE replaced")


def _record_problems(connection: Connection, run: Run, now: datetime) -> None:
    problems = connection.execute("SELECT path, article_id, reason, message FROM staged_problems").fetchall()
    rows = {
        reject_id(path, None, article, reason, message): (path, article, reason, message)
        for path, article, reason, message in problems
    }
    if rows:
        columns = list(zip(*rows.values(), strict=True))
        table = pa.table({
            "reject_id": pa.array(list(rows), pa.string()), "path": pa.array(columns[0], pa.string()),
            "article_id": pa.array(columns[1], pa.string()), "reason": pa.array(columns[2], pa.string()),
            "message": pa.array(columns[3], pa.string()),
        })
        connection.register("problem_rows", table)
        connection.execute(
            "INSERT OR IGNORE INTO rejects BY NAME SELECT *, ? AS run_id, ? AS rejected_at FROM problem_rows",
            [run.run_id, now],
        )
        connection.unregister("problem_rows")


def _record_inputs(connection: Connection, staged: Staged, run: Run, now: datetime) -> None:
    """Note what was read; rejects of an input that was read again are those of this reading."""
    read = pa.table({
        "path": pa.array([one.path for one in staged.inputs], pa.string()),
        "sha256": pa.array([one.sha256 for one in staged.inputs], pa.string()),
        "articles": pa.array([one.articles for one in staged.inputs], pa.int32()),
        "rejects": pa.array([one.rejects for one in staged.inputs], pa.int32()),
    })
    connection.register("read_inputs", read)
    connection.register("reject_rows", _reject_rows(staged.rejects, run, now))
    connection.execute("DELETE FROM rejects WHERE article_id IS NULL AND path IN (SELECT path FROM read_inputs)")
    connection.execute("INSERT OR IGNORE INTO rejects BY NAME SELECT * FROM reject_rows")
    connection.execute("DELETE FROM inputs WHERE path IN (SELECT path FROM read_inputs)")
    connection.execute(
        "INSERT INTO inputs BY NAME SELECT *, ? AS extractor_version, ?::DATE AS published_on, ? AS run_id, "
        "? AS loaded_at FROM read_inputs WHERE sha256 IS NOT NULL",
        [run.extractor_version, run.published_on, run.run_id, now],
    )
    connection.unregister("read_inputs")
    connection.unregister("reject_rows")


def _count_written(connection: Connection, run: Run) -> None:
    """Count what the run wrote, the checks between articles included, which the marts make."""
    written = dict(
        connection.execute(
            "SELECT verdict, count(*) FROM checks WHERE run_id = ? GROUP BY ALL", [run.run_id]
        ).fetchall()
    )
    run.checks = sum(written.values())
    run.checks_consistent = written.get("consistent", 0)
    run.checks_truncated = written.get("truncated", 0)
    run.checks_inconsistent = written.get("inconsistent", 0)
    run.checks_undetermined = written.get("undetermined", 0)


def record_run(connection: Connection, run: Run) -> None:
    """Write the row of a run."""
    values = asdict(run)
    marks = ", ".join("?" for _ in values)
    connection.execute(f"INSERT INTO runs ({', '.join(values)}) VALUES ({marks})", list(values.values()))


def publish(warehouse: Path, staged: Staged, run: Run, now: datetime) -> None:
    """Replace the staged articles in the warehouse, note inputs, rejects and the run: all or nothing."""
    with writing(warehouse) as connection:
        opened = time.monotonic()
        if staged.batches:
            _make_views(connection, staged)
        with transaction(connection):
            if staged.batches:
                _replace_articles(connection, run, now)
            _record_inputs(connection, staged, run, now)
            if staged.batches:
                _record_problems(connection, run, now)
                refresh_marts(connection)
                _count_written(connection, run)
            run.seconds_publish = time.monotonic() - opened
            run.finished_at = datetime.now(UTC).replace(tzinfo=None)
            record_run(connection, run)


def publish_run_only(warehouse: Path, run: Run) -> None:
    """Note a run that published nothing: its gate was closed."""
    with writing(warehouse) as connection, transaction(connection):
        record_run(connection, run)
