"""How fast figures are read, beside a bare number regex in the same run.

    .venv/bin/python benchmarks/bench_figures.py [CORPUS.jsonl.gz] [--articles N]

CORPUS holds one JSON object a line with the article in `text`; without it the sample articles are read over and over.
Prints MB of UTF-8 a second on one core, best of three runs: the regex, sentences, periods, figures without context,
and the whole of `find_figures`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flows.figures import find_figures, read_figures
from flows.recognizers.period import find_periods
from flows.text.sentences import split_sentences

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_CORPUS = ROOT.parent / "shared" / "corpus" / "vi-news-3000.jsonl.gz"
BARE_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
SAMPLE_BYTES = 4_000_000
RUNS = 3


def corpus(path: Path | None) -> list[str]:
    if path is None and DEFAULT_CORPUS.is_file():
        path = DEFAULT_CORPUS
    if path is not None:
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rt", encoding="utf-8") as stream:
            return [json.loads(line)["text"] for line in stream]
    sample = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "data" / "sample").rglob("*.txt"))]
    return sample * (SAMPLE_BYTES // max(1, sum(map(len, sample))) + 1)


def best(work: Callable[[], Any]) -> float:
    seconds = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return min(seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="?", type=Path)
    parser.add_argument("--articles", type=int, default=None, metavar="N", help="read the first N articles only")
    given = parser.parse_args()
    texts = corpus(given.corpus)[:given.articles]
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    sentences = [split_sentences(text) for text in texts]
    periods = [find_periods(text) for text in texts]
    steps: dict[str, Callable[[], Any]] = {
        "bare number regex": lambda: [BARE_NUMBER.findall(text) for text in texts],
        "sentences": lambda: [split_sentences(text) for text in texts],
        "periods": lambda: [find_periods(text) for text in texts],
        "read_figures": lambda: [read_figures(*each) for each in zip(texts, sentences, periods, strict=True)],
        "find_figures": lambda: [find_figures(text) for text in texts],
    }
    print(f"{len(texts)} articles, {megabytes:.1f} MB, "
          f"{sum(len(read_figures(*each)) for each in zip(texts, sentences, periods, strict=True))} figures")
    for name, work in steps.items():
        print(f"{name:<20}{megabytes / best(work):8.2f} MB/s")


if __name__ == "__main__":
    main()
