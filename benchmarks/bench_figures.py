"""How fast figures and checks are read, beside a bare number regex in the same run.

    .venv/bin/python benchmarks/bench_figures.py [CORPUS.jsonl.gz] [--articles N]

CORPUS holds one JSON object a line with the article in `text`; without it the sample articles are read over and over.
Prints MB of UTF-8 a second of one core's own time, best of three runs, and how many times the regex takes less: the
regex, sentences, periods, figures without context (sentences and periods included), these with their checks, the whole
of `find_figures`, `find_checks` by itself, and both together.
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

from flows.checks import find_checks
from flows.figures import find_figures, read_figures
from flows.model import Figure
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
        begun = time.process_time()
        work()
        seconds.append(time.process_time() - begun)
    return min(seconds)


def figures_of(text: str) -> list[Figure]:
    """The figures of a text without what, who and when."""
    return read_figures(text, split_sentences(text), find_periods(text))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="?", type=Path)
    parser.add_argument("--articles", type=int, default=None, metavar="N", help="read the first N articles only")
    given = parser.parse_args()
    texts = corpus(given.corpus)[:given.articles]
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    known = [find_figures(text) for text in texts]
    steps: dict[str, Callable[[], Any]] = {
        "bare number regex": lambda: [BARE_NUMBER.findall(text) for text in texts],
        "sentences": lambda: [split_sentences(text) for text in texts],
        "periods": lambda: [find_periods(text) for text in texts],
        "figures": lambda: [figures_of(text) for text in texts],
        "figures and checks": lambda: [find_checks(text, figures_of(text)) for text in texts],
        "find_figures": lambda: [find_figures(text) for text in texts],
        "find_checks": lambda: [find_checks(*each) for each in zip(texts, known, strict=True)],
        "the whole path": lambda: [find_checks(text, find_figures(text)) for text in texts],
    }
    print(f"{len(texts)} articles, {megabytes:.1f} MB, {sum(map(len, known))} figures")
    regex = 0.0
    for name, work in steps.items():
        seconds = best(work)
        regex = regex or seconds
        print(f"{name:<20}{megabytes / seconds:8.2f} MB/s   {seconds / regex:7.1f}")


if __name__ == "__main__":
    main()
