"""Learns the weights of `seeds/what_evidence.csv` anew from annotated articles, and tells how well they generalise.

    .venv/bin/python benchmarks/fit_what.py GOLD_DIR... [--folds 5] [--rows 5000] [--keep] [--out TABLE]

A GOLD_DIR holds `articles.jsonl` (id, text, published_at) and `gold/<id>.json` with the figures of each article:
`quote`, `nth` and `what`. Every word that a figure can see is one example of a logistic model: whether it is part of
the annotated phrase. In a first round the answers before a figure are the annotated ones, in the second the model's
own. The model is first fitted without each fold of the articles in turn and scored on that fold (token F1); without
--out nothing is written. With --keep the weights are drawn towards those of the seed table, not towards nought: what
was learnt from other articles stays where these say nothing.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from flows.figures import context, find_figures
from flows.figures import what as asked
from flows.figures.clause import FIGURE, MARK, Words, read_words
from flows.figures.evidence import MOST_LEFT, MOST_RIGHT, Look, Scales, WhatEvidence
from flows.figures.names import Name
from flows.figures.view import View, view_of
from flows.model import Figure
from flows.seeds import read_seed

_LEAST_SEEN, _PENALTY, _PARTS = 6, 10.0, 3
_PENALTY_OF_CHANGE = 40.0
"""How weights that are learnt on hold on to what they were."""
Bag = Counter[str]
Weights = dict[str, float]


@dataclass
class Case:
    """A figure as `what` sees it, with the annotated phrase, if there is one."""

    view: View
    gold: Bag | None
    labels: frozenset[int] = frozenset()
    rest: Bag = field(default_factory=Counter)


@dataclass
class Article:
    name: str
    text: str
    sentences: list[tuple[Words, list[Case]]] = field(default_factory=list)


class Collector(Scales):
    """Scales that give the observations themselves instead of their weights."""

    def __init__(self) -> None:
        super().__init__({})

    def weigh(self, observations: tuple[str, ...]) -> Any:
        return observations

    def chances(self, weights: list[Any]) -> list[Any]:
        return weights

    def looks(self, words: list[str]) -> list[Look]:
        for word in words:
            if word not in self._looks:
                self._looks[word] = Look(self, word)
        return [self._looks[word] for word in words]


def bag(words: str | None) -> Bag:
    return Counter(re.findall(r"\w+", (words or "").lower()))


def token_f1(found: Bag, gold: Bag) -> float:
    common = sum((found & gold).values())
    return 2 * common / (sum(found.values()) + sum(gold.values())) if common else 0.0


def read_articles(folder: Path) -> Iterator[Article]:
    with (folder / "articles.jsonl").open(encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            gold = json.loads((folder / "gold" / f"{row['id']}.json").read_text(encoding="utf-8"))
            yield _article(row, gold["figures"])


def _article(row: dict[str, Any], annotated: list[dict[str, Any]]) -> Article:
    text = row["text"]
    published = date.fromisoformat(row["published_at"][:10]) if row.get("published_at") else None
    phrases = {_start(text, each["quote"], each.get("nth", 1)): each.get("what") for each in annotated}
    article = Article(row["id"], text)

    def record(text: str, figures: list[Figure], blocked: list[tuple[int, int]], names: list[Name], start: int,
               end: int, measured: asked.Measured) -> None:
        words = read_words(text, start, end, figures, blocked, names)
        article.sentences.append((words, [_case(words, figures, order, phrases) for order in range(len(figures))]))

    with patch.object(context, "set_what", record):
        find_figures(text, published)
    return article


def _start(text: str, quote: str, nth: int) -> int:
    at = -len(quote)
    for _ in range(nth):
        at = text.index(quote, at + len(quote))
    return at


def _case(words: Words, figures: list[Figure], order: int, phrases: dict[int, str | None]) -> Case:
    view = view_of(words, figures, order)
    gold = bag(phrases.get(figures[order].char_start))
    if not gold:
        return Case(view, None)
    labels, rest = _labels(words, view, gold)
    return Case(view, gold, labels, rest)


def _labels(words: Words, view: View, gold: Bag) -> tuple[frozenset[int], Bag]:
    """The words of the sentence that stand for those of the phrase, the nearest runs first, and those not found."""
    lower, left = words.lower, Counter(gold)
    seen = [*view.noun, *range(view.at - 1, max(-1, view.at - MOST_LEFT - 1), -1),
            *range(view.right_from, min(len(lower), view.right_from + MOST_RIGHT))]

    def shared(index: int) -> int:
        """How long the run of words of the phrase is in which the word stands."""
        low = high = index
        while low > 0 and set(bag(lower[low - 1])) & set(gold):
            low -= 1
        while high + 1 < len(lower) and set(bag(lower[high + 1])) & set(gold):
            high += 1
        return high - low

    labels = set()
    for index in sorted(dict.fromkeys(seen), key=lambda each: (-(each in view.noun), -shared(each))):
        word = bag(lower[index])
        if words.sorts[index] not in (FIGURE, MARK) and word and not word - left:
            labels.add(index)
            left -= word
    return frozenset(labels), +left


class Examples(NamedTuple):
    """What is observed of each word (words × observations), whether it is part of the phrase, its article; the names
    of the observations."""

    seen: Any
    labels: Any
    homes: list[str]
    names: list[str]


Visit = Callable[[Article, Words, Case, asked.Answer, list[str], set[str], dict[str, asked.Sight]],
                 asked.Answer | None]


def walk(articles: list[Article], visit: Visit) -> None:
    """Shows each figure with the answers before it; an answer of None lets the answer before stand."""
    for article in articles:
        last: list[str] = []
        said: set[str] = set()
        for words, cases in article.sentences:
            answer = asked.Answer((), last)
            sights: dict[str, asked.Sight] = {}
            for case in cases:
                hidden = asked.out_of_sight(article.text, words, case.view, answer)
                answer = visit(article, words, case, answer, hidden, said, sights) or answer
                spoken = spoken_words(article, words, answer)
                if spoken:
                    last = spoken
                    said.update(word.lower() for word in spoken)


def spoken_words(article: Article, words: Words, answer: asked.Answer) -> list[str]:
    return answer.carried + [article.text[words.starts[index] : words.ends[index]] for index in answer.here]


def examples(articles: list[Article], own: Callable[[Article], Scales] | None = None) -> Examples:
    """One row a word: what is observed of it, and whether it is part of the phrase.

    The answers before a figure are the annotated ones, or, if weights are given, those that these weights lead to.
    """
    collector = Collector()
    numbers: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    labels: list[bool] = []
    homes: list[str] = []

    def visit(article: Article, words: Words, case: Case, before: asked.Answer, hidden: list[str], said: set[str],
              sights: dict[str, asked.Sight]) -> asked.Answer | None:
        if case.gold is not None:
            sight = sights.get("") or sights.setdefault("", asked.Sight(collector, words))
            here, passed_on = asked.weigh_words(sight, case.view, before, hidden, said)
            seen = [(observed, index in case.labels) for index, observed in here.items()]
            seen += [(observed, bool(bag(word)) and not bag(word) - case.rest)
                     for word, observed in zip(hidden, passed_on, strict=True)]
            for observed, label in seen:
                columns.extend(numbers.setdefault(name, len(numbers)) for name in observed)
                rows.extend([len(labels)] * len(observed))
                labels.append(label)
                homes.append(article.name)
        if own is not None:
            return answer(own(article), words, case, before, hidden, said, sights)
        return None if case.gold is None else asked.Answer(tuple(sorted(case.labels)), [])

    walk(articles, visit)
    seen = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(labels), len(numbers)))
    return Examples(seen, np.array(labels, float), homes, [*numbers])


def answer(scales: Scales, words: Words, case: Case, before: asked.Answer, hidden: list[str], said: set[str],
           sights: dict[str, asked.Sight]) -> asked.Answer:
    """What the weights of `scales` lead to."""
    sight = sights.get("own") or sights.setdefault("own", asked.Sight(scales, words))
    chances, passed_on = asked.weigh_words(sight, case.view, before, hidden, said)
    return asked.choose(words, case.view, chances, before, hidden, passed_on)


def part_of(article: str, parts: int, salt: str = "") -> int:
    """One of `parts` parts, the same for all pieces of an article."""
    return zlib.crc32((salt + article.split("-")[0]).encode()) % parts


def learn(articles: list[Article], most_rows: int, prior: Weights) -> dict[str, int]:
    """The weights, learnt in a second round with the answers of weights that have not seen the article."""
    first = examples(articles)
    homes = np.array([part_of(home, _PARTS, "own") for home in first.homes])
    own = [Scales(fit(first.seen[homes != part], first.labels[homes != part], first.names, most_rows, prior))
           for part in range(_PARTS)]
    second = examples(articles, lambda article: own[part_of(article.name, _PARTS, "own")])
    return fit(second.seen, second.labels, second.names, most_rows, prior)


def fit(seen: Any, labels: Any, names: list[str], most_rows: int, prior: Weights) -> dict[str, int]:
    """The weights in thousandths: the observations that weigh most, fitted once more by themselves."""
    counts = np.asarray(seen.sum(0)).ravel()
    before = np.array([prior.get(name, 0.0) for name in names])
    kept = np.flatnonzero((counts >= _LEAST_SEEN) | (before != 0))
    weights = _logistic(seen[:, kept], labels, before[kept])
    if len(kept) > most_rows and not prior:
        kept = kept[np.sort(np.argsort(-np.abs(weights) * np.sqrt(counts[kept]))[:most_rows])]
        weights = _logistic(seen[:, kept], labels, before[kept])
    learnt = prior | {names[index]: float(weight) for index, weight in zip(kept, weights, strict=True)}
    rounded = {name: round(1000 * weight) for name, weight in learnt.items()}
    return {name: weight for name, weight in rounded.items() if weight}


def _logistic(seen: Any, labels: Any, before: Any) -> Any:
    turned = seen.T.tocsr()
    penalty = np.where(before == 0, _PENALTY, _PENALTY_OF_CHANGE)

    def loss(weights: Any) -> tuple[float, Any]:
        sums = seen @ weights
        chances = 1 / (1 + np.exp(-sums))
        off = weights - before
        return (float(np.sum(np.logaddexp(0, sums) - labels * sums) + (penalty * off) @ off / 2),
                turned @ (chances - labels) + penalty * off)

    return minimize(loss, before, jac=True, method="L-BFGS-B", options={"maxiter": 120}).x


def score(articles: list[Article], weights: dict[str, int]) -> list[float]:
    """The token F1 of each annotated figure."""
    scales = Scales(weights)
    scores: list[float] = []

    def visit(article: Article, words: Words, case: Case, before: asked.Answer, hidden: list[str], said: set[str],
              sights: dict[str, asked.Sight]) -> asked.Answer:
        found = answer(scales, words, case, before, hidden, said, sights)
        if case.gold is not None:
            scores.append(token_f1(bag(" ".join(spoken_words(article, words, found))), case.gold))
        return found

    walk(articles, visit)
    return scores


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="GOLD_DIR")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--rows", type=int, default=5000, help="how many observations may have a weight")
    parser.add_argument("--keep", action="store_true", help="learn on from the weights of the seed table")
    parser.add_argument("--out", type=Path, help="where the weights are written")
    given = parser.parse_args()
    articles = [article for folder in given.folders for article in read_articles(folder)]
    seeds = {row.observation: row.weight for row in read_seed("what_evidence", WhatEvidence)}
    prior = {name: weight / 1000 for name, weight in seeds.items()} if given.keep else {}
    print(f"{len(articles)} articles; token F1 of the seed table: {np.mean(score(articles, seeds)):.3f}")
    unseen: list[float] = []
    for number in range(given.folds):
        left_out = [article for article in articles if part_of(article.name, given.folds) == number]
        weights = learn([article for article in articles if part_of(article.name, given.folds) != number], given.rows,
                        prior)
        unseen += score(left_out, weights)
    if unseen:
        print(f"token F1 on articles left out: {np.mean(unseen):.3f}")
    weights = learn(articles, given.rows, prior)
    print(f"token F1 on the articles learnt from: {np.mean(score(articles, weights)):.3f}")
    if given.out:
        with given.out.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(["observation", "weight"])
            writer.writerows(sorted(weights.items()))


if __name__ == "__main__":
    main()
