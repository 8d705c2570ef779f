"""How fast articles get from a file into the warehouse, with workers and without, and how fast `show` answers.

Takes the sample articles many times over under new ids; without Prefect, whose start costs seconds once.
Usage: bench_ingest.py [COPIES]
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

from flows.model import Article
from flows.sources import list_inputs, read_input
from flows.warehouse.extract import Workers, extract_batch
from flows.warehouse.ingest import Ingest
from flows.warehouse.migrate import migrate
from flows.warehouse.stage import Batch

SAMPLE = Path(__file__).parent.parent / "data" / "sample"


def write_copies(target: Path, copies: int) -> tuple[int, int]:
    """The sample articles `copies` times as JSONL; articles and bytes of text."""
    articles = [
        item for one in list_inputs([SAMPLE]) if hasattr(one, "sha256")
        for item in read_input(one) if isinstance(item, Article)  # type: ignore[arg-type]
    ]
    with target.open("w", encoding="utf-8") as stream:
        for copy in range(copies):
            for article in articles:
                record = {"id": f"{article.external_id}#{copy}", "source": article.source, "text": article.text}
                stream.write(json.dumps(record, ensure_ascii=False) + "\n")
    return copies * len(articles), copies * sum(len(article.text.encode()) for article in articles)


def run(file: Path, warehouse: Path, read: Callable[[Batch], object], threads: int) -> tuple[float, float, int]:
    """Seconds in all, seconds of publishing, and figures of one run whose batches `read` reads."""
    migrate(warehouse)
    started = time.perf_counter()
    job = Ingest([str(file)], warehouse, threads)
    with job.open(), ThreadPoolExecutor(threads) as pool:
        for future in [pool.submit(read, batch) for batch in job.batches()]:
            future.result()
        with job.rows():
            pass
        done = job.publish()
    return time.perf_counter() - started, done.seconds_publish, done.figures


def say(label: str, size: int, seconds: float, publishing: float, figures: int) -> None:
    speed = size / 1e6 / seconds
    print(f"{label:<14}{seconds:6.1f} s, {speed:.2f} MB/s, publishing {publishing:.1f} s, {figures} figures")


def main() -> None:
    copies = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        articles, size = write_copies(folder / "a.jsonl", copies)
        print(f"{articles} articles, {size / 1e6:.1f} MB of text")

        write_copies(folder / "few.jsonl", 1)

        def alone(batch: Batch) -> object:
            return extract_batch(batch.texts, batch.found)

        run(folder / "few.jsonl", folder / "warm.duckdb", alone, 1)
        for label, threads in (("one process", 1), ("two threads", 2)):
            seconds, publishing, figures = run(folder / "a.jsonl", folder / f"{threads}.duckdb", alone, threads)
            say(label, size, seconds, publishing, figures)
        with Workers(2) as workers:
            run(folder / "few.jsonl", folder / "few.duckdb", workers.read, 2)  # a run has its workers up while it reads
            say("two workers", size, *run(folder / "a.jsonl", folder / "w.duckdb", workers.read, 2))
        seconds, _, _ = run(folder / "a.jsonl", folder / "w.duckdb", alone, 1)
        print(f"{'again':<14}{seconds:6.2f} s, nothing to do")
    for page in sorted(SAMPLE.rglob("*.txt"))[:1]:
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "flows.cli", "show", str(page)], check=True, stdout=subprocess.DEVNULL)
        print(f"{'khopso show':<14}{time.perf_counter() - started:6.2f} s")
    peak = max(getrusage(RUSAGE_SELF).ru_maxrss, getrusage(RUSAGE_CHILDREN).ru_maxrss) // 1024
    print(f"largest process {peak} MB")


if __name__ == "__main__":
    main()
