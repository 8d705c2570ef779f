"""The Prefect flows: the order of the steps, names, retries and artifacts; the steps themselves are plain functions.

One task reads one batch of articles, never one article: a task costs milliseconds, an article less. Tasks
run in threads and hand the reading to worker processes that know nothing of Prefect, which is both faster
and smaller than a task runner of processes.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from queue import SimpleQueue
from typing import Any

# Prefect reads its settings when it is imported. Nothing is reported to anyone, a run in a terminal is not
# buried in logs, and a slow machine gets the time to start the embedded server; a setting that is there wins.
for _name, _value in {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
}.items():
    os.environ.setdefault(_name, _value)

from prefect import flow, serve, task
from prefect.artifacts import create_link_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.futures import PrefectFuture
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.errors import QualityGateClosed, WarehouseBusy
from flows.quality.outcome import Outcome, closes_gate, failed
from flows.warehouse.extract import Workers
from flows.warehouse.ingest import Ingest
from flows.warehouse.publish import Run
from flows.warehouse.stage import Batch, BatchCount


class Display:
    """What a run tells whoever watches it; this one says nothing."""

    def step(self, name: str) -> None:
        """A step of the run begins."""

    def batch_planned(self, batch: Batch) -> None:
        """A batch of articles waits to be read."""

    def batch_read(self, batch: Batch, count: BatchCount) -> None:
        """A batch of articles has been read."""


_THREADS: TaskRunner[PrefectFuture[Any]] = ThreadPoolTaskRunner()  # type: ignore[assignment] # its futures are Prefect's
_SILENT = Display()
_display: ContextVar[Display] = ContextVar("display", default=_SILENT)


@contextmanager
def shown_on(display: Display) -> Iterator[None]:
    """Flows called inside tell `display` how they get on."""
    token = _display.set(display)
    try:
        yield
    finally:
        _display.reset(token)


def default_workers() -> int:
    """One worker for each core this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _worth_retrying(*errors: type[BaseException]) -> Callable[[Any, TaskRun, State[Any]], bool]:
    def condition(_task: Any, _run: TaskRun, state: State[Any]) -> bool:
        try:
            state.result()
        except errors:
            return True
        except BaseException:  # noqa: BLE001 - the task run reports it; here it only is no reason to try again
            return False
        return False

    return condition


@task(
    name="read batch", task_run_name="read batch {number}: {articles} articles",
    retries=2, retry_delay_seconds=[1, 10], retry_condition_fn=_worth_retrying(BrokenProcessPool, OSError),
    cache_policy=NO_CACHE,
)
def read_batch(number: int, articles: int, batch: Batch, workers: Workers) -> BatchCount:
    """Find figures and checks in one batch; again where its worker died, which memory pressure may do."""
    return workers.read(batch)


@task(name="hold quality rules", task_run_name="hold quality rules on {figures} figures, {checks} checks",
      cache_policy=NO_CACHE)
def hold_rules(figures: int, checks: int, connection: Any, docs: Path) -> list[Outcome]:
    """Hold the expectations against the staged rows."""
    from flows.quality.gate import check_staged

    return check_staged(connection, docs)


@task(
    name="publish", task_run_name="publish {articles} articles",
    retries=2, retry_delay_seconds=[10, 30], retry_condition_fn=_worth_retrying(WarehouseBusy),
    cache_policy=NO_CACHE,
)
def publish(articles: int, job: Ingest) -> Run:
    """Replace the articles in one transaction; again where another process had the file open."""
    return job.publish()


@task(name="build reports", task_run_name="build reports into {folder}", cache_policy=NO_CACHE)
def build_reports(warehouse: Path, folder: Path) -> list[Path]:
    """Write the report pages from the warehouse."""
    from flows.reports import build_reports as build

    pages: list[Path] = build(warehouse, folder)
    return pages


@flow(name="khopso ingest", flow_run_name="ingest into {warehouse}", task_runner=_THREADS,
      validate_parameters=False)
def ingest(
    paths: list[str],
    warehouse: str,
    workers: int | None = None,
    published_on: date | None = None,
    reports: str | None = None,
) -> dict[str, Any]:
    """Read articles, check their figures, load both, hold the quality rules, write the reports.

    Returns the row of `runs` and the report pages. Raises KhopsoError: QualityGateClosed where a critical rule
    did not hold, WarehouseError and SeedError where the warehouse or the reference data is at fault.
    """
    display = _display.get()
    file, folder = Path(warehouse), reports_folder(Path(warehouse), reports)
    job = Ingest(paths, file, workers or default_workers(), published_on)
    display.step("looking through the inputs")
    with job.open():
        if job.has_inputs:
            display.step("reading")
            _read_batches(job, display)
        _pass_gate(job, folder, display)
        display.step("publishing")
        run = publish(job.run.articles_new + job.run.articles_changed, job)
    pages = _reports(job, file, folder, display)
    _artifacts(run, pages)
    docs = folder / "expectations" / "index.html"
    return {"run": asdict(run), "pages": [str(page) for page in [*pages, docs] if page.exists()]}


@flow(name="khopso report", flow_run_name="report on {warehouse}", validate_parameters=False)
def report(warehouse: str, reports: str | None = None) -> list[str]:
    """Write the report pages of a warehouse anew. Raises WarehouseError."""
    pages = build_reports(Path(warehouse), reports_folder(Path(warehouse), reports))
    _link_pages(pages)
    return [str(page) for page in pages]


def serve_on_schedules(inbox: Path, warehouse: Path, every: timedelta, report_cron: str) -> None:
    """Register the deployments and run them as they fall due, until stopped: the inbox often, the reports daily."""
    target = {"warehouse": str(warehouse.resolve())}
    deployments: list[Any] = [  # outside an event loop they come as such and not as coroutines
        ingest.to_deployment(
            name="inbox", interval=every, parameters={"paths": [str(inbox.resolve())], **target}, concurrency_limit=1,
            description="Reads what is new in the inbox; what was read before is left alone.",
        ),
        report.to_deployment(
            name="reports", cron=report_cron, parameters=target, description="Writes the report pages anew.",
        ),
    ]
    serve(*deployments, print_starting_message=False)


def reports_folder(warehouse: Path, given: str | None = None) -> Path:
    """Where the pages of a warehouse go unless told otherwise: `reports` beside it."""
    return Path(given) if given else warehouse.parent / "reports"


def _read_batches(job: Ingest, display: Display) -> None:
    """Cut the inputs into batches and read these at the same time; as many tasks run as there are workers."""
    waiting: deque[Batch] = deque()
    running: dict[PrefectFuture[BatchCount], Batch] = {}
    finished: SimpleQueue[PrefectFuture[BatchCount]] = SimpleQueue()

    def start() -> None:
        while waiting and len(running) < job.run.workers:
            batch = waiting.popleft()
            future = read_batch.submit(batch.number, batch.articles, batch, workers)
            running[future] = batch
            future.add_done_callback(finished.put)

    def settle() -> None:
        future = finished.get()
        display.batch_read(running.pop(future), future.result())
        start()

    with Workers(job.run.workers) as workers:
        for batch in job.batches():
            display.batch_planned(batch)
            waiting.append(batch)
            start()
            while not finished.empty():
                settle()
        while running:
            settle()


def _pass_gate(job: Ingest, folder: Path, display: Display) -> None:
    """Hold the rules where something is staged; raises QualityGateClosed and publishes nothing where one is broken."""
    docs = folder / "expectations"
    with job.rows() as connection:
        if connection is None:
            return
        display.step("holding the quality rules")
        outcomes = hold_rules(job.run.figures, job.run.checks, connection, docs)
    job.run.failed_rules = [one.name for one in failed(outcomes)]
    if closes_gate(outcomes):
        job.close_gate()
        worst = next(one for one in failed(outcomes) if one.severity == "critical")
        example = f" ({worst.examples[0]})" if worst.examples else ""
        raise QualityGateClosed(
            f"quality gate: {worst.name}: {worst.note} Broken by {worst.bad_rows} rows{example}, "
            f"so nothing was published; see {docs / 'index.html'}"
        )


def _reports(job: Ingest, warehouse: Path, folder: Path, display: Display) -> list[Path]:
    """The report pages; those that are there stay where the run changed nothing."""
    there = sorted(folder.glob("*.html"))
    if job.run.status == "unchanged" and there:
        return there
    display.step("writing the reports")
    return build_reports(warehouse, folder)


def _artifacts(run: Run, pages: list[Path]) -> None:
    """The summary and the way to the reports, for the pages of a Prefect server."""
    counted = {key: value for key, value in asdict(run).items() if isinstance(value, int | float | str)}
    create_table_artifact(
        key="khopso-summary", description=f"What run {run.run_id} found.",
        table=[{"what": key.replace("_", " "), "value": value} for key, value in counted.items()],
    )
    _link_pages(pages)


def _link_pages(pages: list[Path]) -> None:
    if pages:
        create_link_artifact(
            key="khopso-reports", link=pages[0].resolve().as_uri(), link_text=pages[0].name,
            description="The report pages of the warehouse.",
        )
