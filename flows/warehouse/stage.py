"""Batches of articles on disk: one Parquet file with the texts, one with what was found in them.

A batch is named by a hash of what it holds and of the rules that read it. So a run that died leaves
finished batches that the next run knows by name and does not read again, and half-written files, which
carry another suffix until they are whole, are never taken for finished ones.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from flows.errors import WarehouseBusy
from flows.figures.places import home_of
from flows.model import Check, Figure
from flows.warehouse.rows import DECIMALS, WHOLE_DIGITS, ArticleRows, Problem, rows_of

Extractor = Callable[[str, date | None, str | None], tuple[list[Figure], list[Check]]]
"""A pure function of a text, its date and its home place: the figures and checks in it."""

_NUMBER = pa.decimal128(WHOLE_DIGITS + DECIMALS, DECIMALS)

ARTICLE_FIELDS: list[tuple[str, pa.DataType]] = [
    ("article_id", pa.string()), ("external_id", pa.string()), ("source", pa.string()), ("url", pa.string()),
    ("title", pa.string()), ("author", pa.string()), ("published_at", pa.timestamp("us")), ("place", pa.string()),
    ("text", pa.string()), ("text_sha256", pa.string()), ("read_as_of", pa.date32()),
    ("content_hash", pa.string()), ("input_path", pa.string()),
]
FIGURE_FIELDS: list[tuple[str, pa.DataType]] = [
    ("figure_id", pa.string()), ("article_id", pa.string()), ("sentence_no", pa.int32()),
    ("char_start", pa.int32()), ("char_end", pa.int32()), ("surface", pa.string()), ("kind", pa.string()),
    ("value", _NUMBER), ("value_low", _NUMBER), ("value_high", _NUMBER), ("unit", pa.string()),
    ("qualifier", pa.string()), ("direction", pa.string()), ("resolution", _NUMBER),
    ("number_style", pa.string()), ("unit_source", pa.string()), ("what", pa.string()), ("measure", pa.string()),
    ("who", pa.string()), ("indicator_id", pa.string()), ("place_id", pa.string()), ("is_target", pa.bool_()),
    ("period_start", pa.date32()), ("period_end", pa.date32()), ("period_source", pa.string()),
    ("base_start", pa.date32()), ("base_end", pa.date32()),
]
OPERAND_FIELDS: list[tuple[str, pa.DataType]] = [
    ("position", pa.int32()), ("figure_id", pa.string()), ("role", pa.string()),
]
CHECK_FIELDS: list[tuple[str, pa.DataType]] = [
    ("check_id", pa.string()), ("article_id", pa.string()), ("kind", pa.string()), ("verdict", pa.string()),
    ("stated_figure_id", pa.string()), ("stated_value", _NUMBER), ("computed_value", _NUMBER),
    ("computed_low", _NUMBER), ("computed_high", _NUMBER), ("formula", pa.string()), ("explanation", pa.string()),
    ("suggestion", pa.string()), ("confidence", pa.float64()), ("char_start", pa.int32()), ("char_end", pa.int32()),
    ("operands", pa.list_(pa.struct(OPERAND_FIELDS))),
]
PROBLEM_FIELDS: list[tuple[str, pa.DataType]] = [("reason", pa.string()), ("message", pa.string())]

TEXTS = pa.schema(ARTICLE_FIELDS)
FOUND = pa.schema(
    [
        *ARTICLE_FIELDS,
        ("failed", pa.bool_()),
        ("figures", pa.list_(pa.struct(FIGURE_FIELDS))),
        ("checks", pa.list_(pa.struct(CHECK_FIELDS))),
        ("problems", pa.list_(pa.struct(PROBLEM_FIELDS))),
    ]
)


@dataclass(slots=True)
class StagedArticle:
    """An article with its keys, as it waits in a batch."""

    article_id: str
    external_id: str
    source: str | None
    url: str | None
    title: str | None
    author: str | None
    published_at: datetime | None
    place: str | None
    text: str
    text_sha256: str
    read_as_of: date | None
    content_hash: str
    input_path: str


@dataclass(slots=True, frozen=True)
class Batch:
    """A batch of articles: its name, the file of its texts, the file of its findings."""

    name: str
    number: int
    articles: int
    characters: int
    texts: Path
    found: Path


@dataclass(slots=True, frozen=True)
class BatchCount:
    """What a batch held."""

    articles: int
    figures: int
    checks: int
    inconsistent: int
    failed: int


def _write(table: pa.Table, target: Path) -> None:
    """Write a Parquet file so that `target` exists only when it is whole and on disk."""
    unfinished = target.with_suffix(f".{os.getpid()}.part")
    pq.write_table(table, unfinished, compression="zstd", compression_level=1)
    with unfinished.open("rb") as stream:
        os.fsync(stream.fileno())
    os.replace(unfinished, target)


def read_batch(texts: Path, found: Path, extract: Extractor) -> BatchCount:
    """Find figures and checks in the articles of the file `texts` and write them to the file `found`.

    An article that the rules fail on is marked failed with the reason; the others go on.
    """
    articles = pq.read_table(texts)
    results: list[ArticleRows] = []
    columns = (
        articles[name].to_pylist() for name in ("article_id", "text", "read_as_of", "place", "source", "url")
    )
    for article, text, read_as_of, place, source, url in zip(*columns, strict=True):
        try:
            home = home_of(place, source, url, read_as_of)
            results.append(rows_of(article, text, *extract(text, read_as_of, home)))
        except Exception as error:  # noqa: BLE001 - whatever a rule trips over, the article is rejected and the run goes on
            message = f"{type(error).__name__}: {error}; report the article, the rules must not fail on any text"
            results.append(ArticleRows(problems=[Problem("rules_failed", message)], failed=True))
    found_columns = {
        "failed": pa.array([result.failed for result in results], pa.bool_()),
        "figures": pa.array([result.figures for result in results], FOUND.field("figures").type),
        "checks": pa.array([result.checks for result in results], FOUND.field("checks").type),
        "problems": pa.array(
            [[asdict(problem) for problem in result.problems] for result in results], FOUND.field("problems").type
        ),
    }
    for name, column in found_columns.items():
        articles = articles.append_column(FOUND.field(name), column)
    _write(articles, found)
    return BatchCount(
        articles=len(results),
        figures=sum(len(result.figures) for result in results),
        checks=sum(len(result.checks) for result in results),
        inconsistent=sum(check["verdict"] == "inconsistent" for result in results for check in result.checks),
        failed=sum(result.failed for result in results),
    )


def count_batch(found: Path) -> BatchCount:
    """What a finished batch holds, from its file."""
    table = pq.read_table(found, columns=["failed", "figures", "checks"])
    verdicts = table["checks"].combine_chunks().flatten().field("verdict").to_pylist()
    return BatchCount(
        articles=table.num_rows,
        figures=len(table["figures"].combine_chunks().flatten()),
        checks=len(verdicts),
        inconsistent=verdicts.count("inconsistent"),
        failed=sum(table["failed"].to_pylist()),
    )


class Staging:
    """The folder beside the warehouse where batches wait until they are published."""

    def __init__(self, warehouse: Path) -> None:
        self.folder = warehouse.with_name(warehouse.name + ".staging")

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder for one run; a lock of a process that died is free again by itself.

        Raises WarehouseBusy where another run holds it.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise WarehouseBusy(
                    f"warehouse: {self.folder}: another run is loading into it; wait until it has ended"
                ) from None
            yield

    def write_texts(self, number: int, articles: list[StagedArticle], version: str) -> Batch:
        """Put the texts of a batch on disk, unless it is finished already."""
        digest = hashlib.sha256(version.encode())
        for article in articles:
            digest.update(f"{article.article_id}{article.content_hash}{article.input_path}\0".encode())
        name = digest.hexdigest()[:16]
        batch = Batch(
            name, number, len(articles), sum(len(article.text) for article in articles),
            self.folder / f"texts-{name}.parquet", self.folder / f"found-{name}.parquet",
        )
        if not batch.found.exists():
            columns = [
                pa.array([getattr(article, field) for article in articles], kind) for field, kind in ARTICLE_FIELDS
            ]
            _write(pa.table(columns, schema=TEXTS), batch.texts)
        return batch

    def clear(self) -> None:
        """Remove what is staged."""
        for file in self.folder.iterdir():
            if file.suffix in (".parquet", ".part"):
                file.unlink(missing_ok=True)
