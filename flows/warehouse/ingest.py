"""The ingest job step by step: plan, cut into batches, (read the batches), publish.

The steps are plain functions of one object; the flow in `etl` puts tasks, retries and a display around
them. Memory does not grow with the text: a batch is written out as soon as it is full, and only ids and
hashes are kept.
"""

from __future__ import annotations

import hashlib
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Self

import duckdb

from flows.model import Article, Reject
from flows.sources import InputFile, Reason, fingerprint, list_inputs, read_input
from flows.warehouse.connect import Connection, reading
from flows.warehouse.identity import (
    article_id,
    content_hash,
    extractor_version,
    local_time,
    new_run_id,
)
from flows.warehouse.migrate import migrate
from flows.warehouse.publish import InputRead, Run, Staged, publish, publish_run_only, staged_rows
from flows.warehouse.stage import Batch, StagedArticle, Staging

BATCH_CHARACTERS = 400_000
BATCH_ARTICLES = 500


@dataclass(slots=True)
class _Known:
    """What the warehouse holds, as far as a run must know it: hashes by key."""

    inputs: dict[str, tuple[str, str, date | None, int]] = field(default_factory=dict)
    articles: dict[str, tuple[bytes, bool]] = field(default_factory=dict)
    """By article id: the first bytes of its content hash, and whether the rules of today read it."""


@dataclass(slots=True)
class _Seen:
    """The last copy of an article met in this run."""

    content: bytes
    path: str
    batch: Batch | None = None


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def khopso_version() -> str:
    """The version of the installed package, or `0` in a checkout that is not installed."""
    try:
        return version("khopso")
    except PackageNotFoundError:
        return "0"


class Ingest:
    """One run over some paths into one warehouse.

    >>> job = Ingest(["data/sample"], Path("data/warehouse.duckdb"))   # doctest: +SKIP
    >>> with job.open():                                               # doctest: +SKIP
    ...     for batch in job.batches():
    ...         extract_batch(batch.texts, batch.found)
    ...     job.publish()
    """

    def __init__(
        self, paths: list[str], warehouse: Path, workers: int = 1, published_on: date | None = None
    ) -> None:
        self.warehouse = warehouse
        self.published_on = published_on
        self.staging = Staging(warehouse)
        self.staged = Staged()
        started = datetime.now(UTC)
        self.run = Run(
            run_id=new_run_id(started), started_at=started.replace(tzinfo=None), paths=paths, workers=workers,
            published_on=published_on, khopso_version=khopso_version(), extractor_version=extractor_version(),
            python_version=platform.python_version(), duckdb_version=duckdb.__version__,
        )
        self.input_bytes = 0
        self._known = _Known()
        self._to_read: list[tuple[InputFile, str | None]] = []
        self._seen: dict[str, _Seen] = {}
        self._waiting: dict[str, StagedArticle] = {}
        self._waiting_characters = 0
        self._clock = time.monotonic()

    @contextmanager
    def open(self) -> Iterator[Self]:
        """Hold the staging folder, bring the warehouse up to date and find out which inputs need reading.

        Raises WarehouseError and SeedError.
        """
        with self.staging.locked():
            migrate(self.warehouse)
            self._plan()
            yield self

    def _plan(self) -> None:
        listed = list_inputs(self.run.paths)
        with reading(self.warehouse) as connection:
            self._known.inputs = {
                path: (sha256, rules, day, articles)
                for path, sha256, rules, day, articles in connection.execute(
                    "SELECT path, sha256, extractor_version, published_on, articles FROM inputs"
                ).fetchall()
            }
            for one in listed:
                if isinstance(one, Reject):
                    self.staged.rejects.append(one)
                    self.run.articles_rejected += 1
                else:
                    self._plan_input(one)
            if self._to_read:
                self._known.articles = self._known_articles(connection)

    def _plan_input(self, one: InputFile) -> None:
        sha256 = fingerprint(one)
        known = self._known.inputs.get(one.path)
        if sha256 is not None and known and known[:3] == (sha256, self.run.extractor_version, self.published_on):
            self.run.inputs_known += 1
            self.run.articles_unchanged += known[3]
        else:
            self._to_read.append((one, sha256))
            self.run.inputs_read += 1

    def _known_articles(self, connection: Connection) -> dict[str, tuple[bytes, bool]]:
        found: dict[str, tuple[bytes, bool]] = {}
        cursor = connection.execute(
            "SELECT article_id, unhex(content_hash[:32]), extractor_version = ? FROM articles",
            [self.run.extractor_version],
        )
        while rows := cursor.fetchmany(10_000):
            found.update((key, (content, current)) for key, content, current in rows)
        return found

    @property
    def has_inputs(self) -> bool:
        """Whether any input has to be read; without one the run only notes that nothing changed."""
        return bool(self._to_read)

    def batches(self) -> Iterator[Batch]:
        """Read the inputs and yield each batch as soon as it is full and on disk."""
        self._clock = time.monotonic()
        for one, sha256 in self._to_read:
            record = InputRead(one.path, sha256)
            self.staged.inputs.append(record)
            for item in read_input(one):
                if isinstance(item, Reject):
                    self._reject(item, record)
                else:
                    record.articles += 1
                    yield from self._take(item, record)
        if self._waiting:
            yield self._close_batch()

    def _reject(self, reject: Reject, record: InputRead) -> None:
        record.rejects += 1
        self.run.articles_rejected += reject.reason != Reason.BAD_FIELD  # its article is read all the same
        self.staged.rejects.append(reject)

    def _take(self, article: Article, record: InputRead) -> Iterator[Batch]:
        published_at = local_time(article.published_at)
        read_as_of = published_at.date() if published_at else self.published_on
        try:
            whole = content_hash(article, read_as_of)
        except UnicodeEncodeError:
            self._reject(Reject(
                record.path, str(Reason.BROKEN_CHARACTER),
                f"article {article.external_id!r} holds half of a surrogate pair; write its text as UTF-8 anew",
            ), record)
            return
        key = article_id(article.source, article.external_id)
        content = bytes.fromhex(whole[:32])
        self.run.articles_read += 1
        earlier = self._seen.get(key)
        if earlier and earlier.content == content:
            self.run.articles_unchanged += 1
            return
        if earlier:
            self._supersede(key, earlier, article, record)
        self._seen[key] = _Seen(content, record.path)
        if self._known.articles.get(key) == (content, True):
            self.run.articles_unchanged += 1
            return
        if key in self._known.articles:
            self.run.articles_changed += 1
        else:
            self.run.articles_new += 1
        self._waiting[key] = StagedArticle(
            key, article.external_id, article.source, article.url, article.title, article.author, published_at,
            article.place, article.text, hashlib.sha256(article.text.encode()).hexdigest(), read_as_of, whole,
            record.path,
        )
        self._waiting_characters += len(article.text)
        if self._waiting_characters >= BATCH_CHARACTERS or len(self._waiting) >= BATCH_ARTICLES:
            yield self._close_batch()

    def _supersede(self, key: str, earlier: _Seen, article: Article, record: InputRead) -> None:
        """Two articles of one run carry one id: the later is taken, as it would be from a later file."""
        waiting = self._waiting.pop(key, None)
        if waiting is not None:
            self._waiting_characters -= len(waiting.text)
        if earlier.batch is not None:
            self.staged.superseded.append((earlier.batch.found, key))
        if waiting is not None or earlier.batch is not None:
            if key in self._known.articles:
                self.run.articles_changed -= 1
            else:
                self.run.articles_new -= 1
        self._reject(Reject(
            earlier.path, "superseded",
            f"article {article.external_id!r} stands again in {record.path} with other words and that copy was taken; "
            "give each article an id of its own",
        ), record)

    def _close_batch(self) -> Batch:
        articles = list(self._waiting.values())
        batch = self.staging.write_texts(len(self.staged.batches) + 1, articles, self.run.extractor_version)
        for article in articles:
            self._seen[article.article_id].batch = batch
        self._waiting.clear()
        self._waiting_characters = 0
        self.staged.batches.append(batch)
        self.run.batches += 1
        self.run.batches_reused += batch.found.exists()
        return batch

    @contextmanager
    def rows(self) -> Iterator[Connection | None]:
        """The staged rows as views, for the quality rules; also counts them for the summary."""
        self.run.seconds_read = time.monotonic() - self._clock
        started = time.monotonic()
        with staged_rows(self.staged, self.staging.folder) as connection:
            if connection is not None:
                self._count(connection)
            yield connection
        self.run.seconds_quality = time.monotonic() - started

    def _count(self, connection: Connection) -> None:
        run = self.run
        failed = _number(connection, "SELECT count(*) FROM staged_articles WHERE failed")
        run.figures = _number(connection, "SELECT count(*) FROM staged_figures")
        run.checks = _number(connection, "SELECT count(*) FROM staged_checks")
        run.rejects = len(self.staged.rejects) + _number(connection, "SELECT count(*) FROM staged_problems")
        run.articles_rejected += failed

    def publish(self) -> Run:
        """Write everything in one transaction; where nothing is new, note the run only."""
        self.run.status = "published" if self.staged.batches else "unchanged"
        self.run.rejects = self.run.rejects or len(self.staged.rejects)
        publish(self.warehouse, self.staged, self.run, _now())
        self.staging.clear()
        return self.run

    def close_gate(self) -> Run:
        """Note that the quality gate stayed closed; what is staged waits for a run with better rules or data."""
        self.run.status = "gate_closed"
        self.run.finished_at = _now()
        publish_run_only(self.warehouse, self.run)
        return self.run


def _number(connection: Connection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
