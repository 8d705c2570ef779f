"""Learns the weights of `seeds/repeat_evidence.csv` anew from annotated articles, and tells how well they generalise.

    .venv/bin/python benchmarks/fit_repeat.py GOLD_DIR... [--folds 6] [--penalty 3] [--out seeds/repeat_evidence.csv]

A GOLD_DIR holds `articles.jsonl` (id, text, published_at) and `gold/<id>.json` with the figures of each article
(`quote`, `nth`, `id`) and its checks of kind `repeat`. Each two mentions that might be one fact are an example of a
logistic model: whether the annotation has them in one chain of repeats. The weights are drawn towards those of the
table, the more so the larger the penalty. They are first fitted without each fold of the articles in turn, and the
repeats found with them in that fold are counted; without --out nothing is written.
"""

from __future__ import annotations

import argparse
import csv
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from unittest.mock import patch

import numpy as np
from scipy.optimize import minimize

from flows.checks import repeat
from flows.checks.reading import sameness
from flows.checks.reading.article import Reading
from flows.figures import find_figures
from flows.seeds import read_seed

SEED = Path(__file__).resolve().parent.parent / "seeds" / "repeat_evidence.csv"
Weights = Mapping[str, float]
Pair = frozenset[int]


@dataclass
class Article:
    """The evidence of every two mentions, whether they are one fact, and the annotated repeats as places of figures."""

    name: str
    reading: Reading
    repeats: set[Pair]
    annotated: int
    """How many repeats the annotation has, those between figures that are not read included."""
    examples: list[tuple[dict[str, float], bool]]


def read_articles(folder: Path) -> Iterator[Article]:
    with (folder / "articles.jsonl").open(encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            gold = json.loads((folder / "gold" / f"{row['id']}.json").read_text(encoding="utf-8"))
            published = date.fromisoformat(row["published_at"][:10]) if row.get("published_at") else None
            yield _article(row["id"], row["text"], published, gold)


def _article(name: str, text: str, published: date | None, gold: dict[str, list[dict[str, object]]]) -> Article:
    reading = Reading.of(text, find_figures(text, published), published)
    places = {str(each["id"]): _place(reading, str(each["quote"]), int(str(each.get("nth", 1))))
              for each in gold["figures"]}
    told = [(places.get(str(check["stated"])), places.get(str(later)))
            for check in gold["checks"] if check["kind"] == "repeat"
            for later in check["operands"]]  # type: ignore[attr-defined]
    repeats = {frozenset((a, b)) for a, b in told if a is not None and b is not None}
    chain: dict[int, set[int]] = {}
    for pair in repeats:
        joined = set(pair).union(*(chain.get(place, set()) for place in pair))
        chain.update(dict.fromkeys(joined, joined))
    examples = [(seen, b.index in chain.get(a.index, ())) for a, b, seen in repeat.pairs(reading)]
    return Article(name, reading, repeats, len(told), examples)


def _place(reading: Reading, quote: str, nth: int) -> int | None:
    """The figure that an annotated quote covers."""
    at = -len(quote)
    for _ in range(nth):
        at = reading.text.index(quote, at + len(quote))
    covered = (k for k, figure in enumerate(reading.figures)
               if figure.char_start < at + len(quote) and at < figure.char_end)
    return next(covered, None)


def fit(articles: list[Article], prior: Weights, penalty: float) -> dict[str, float]:
    """The weights near `prior` that make the annotation likeliest."""
    names = sorted(prior)
    before = np.array([prior[name] for name in names])
    seen = np.array([[found.get(name, 0.0) for name in names] for each in articles for found, _ in each.examples])
    same = np.array([label for each in articles for _, label in each.examples], float)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds, off = seen @ weights, weights - before
        chances = 1 / (1 + np.exp(-odds))
        return (float(np.sum(np.logaddexp(0, odds) - same * odds) + penalty * (off @ off) / 2),
                seen.T @ (chances - same) + penalty * off)

    found = minimize(loss, before, jac=True, method="L-BFGS-B").x
    return dict(zip(names, found.tolist(), strict=True))


def count(articles: list[Article], weights: Weights) -> np.ndarray:
    """How many repeats are found by `weights`: rightly, wrongly, and how many are missed."""
    right = wrong = missed = 0
    sameness._most_from_words.cache_clear()
    with patch.object(sameness, "evidence_weights", lambda: weights):
        for article in articles:
            places = {id(figure): k for k, figure in enumerate(article.reading.figures)}
            found = {frozenset((places[id(check.stated)], places[id(operand.figure)]))
                     for check in repeat.find(article.reading) for operand in check.operands}
            right += len(found & article.repeats)
            wrong += len(found - article.repeats)
            missed += article.annotated - len(found & article.repeats)
    sameness._most_from_words.cache_clear()
    return np.array([right, wrong, missed])


def told(counts: np.ndarray) -> str:
    right, wrong, missed = counts.tolist()
    return f"P {right / max(1, right + wrong):.3f}  R {right / max(1, right + missed):.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="GOLD_DIR")
    parser.add_argument("--folds", type=int, default=6)
    parser.add_argument("--penalty", type=float, default=3.0)
    parser.add_argument("--out", type=Path, help="where the weights are written")
    given = parser.parse_args()
    articles = [article for folder in given.folders for article in read_articles(folder)]
    prior = {row.evidence: float(row.weight) for row in read_seed("repeat_evidence", sameness.EvidenceRow)}
    print(f"{len(articles)} articles; by the table: {told(count(articles, prior))}")
    held_out = np.zeros(3, int)
    for fold in range(given.folds):
        left_out = [each for each in articles if zlib.crc32(each.name.split("-")[0].encode()) % given.folds == fold]
        rest = [each for each in articles if each not in left_out]
        held_out += count(left_out, fit(rest, prior, given.penalty))
    if given.folds:
        print(f"on articles left out: {told(held_out)}")
    weights = fit(articles, prior, given.penalty)
    print(f"on the articles learnt from: {told(count(articles, weights))}")
    if given.out:
        with SEED.open(newline="", encoding="utf-8") as stream:
            rows = list(csv.DictReader(stream))
        with given.out.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.DictWriter(stream, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(row | {"weight": f"{weights[row['evidence']]:.2f}"} for row in rows)


if __name__ == "__main__":
    main()
