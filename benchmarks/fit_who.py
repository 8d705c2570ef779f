"""Learns the weights of `seeds/who_evidence.csv` anew from annotated articles, and tells how well they generalise.

    .venv/bin/python benchmarks/fit_who.py GOLD_DIR... [--folds 5] [--keep] [--out seeds/who_evidence.csv]

A GOLD_DIR holds `articles.jsonl` (id, text, published_at) and `gold/<id>.json` with the figures of each article:
`quote`, `nth` and `who`. The candidates of a figure compete: the chances a linear model gives them are weighed with the
words each shares with the annotated answer (token F1), and the sum is made as large as it gets. In a first round the
figures before a figure have their annotated answer, in the second the model's own. The model is first fitted without
each fold of the articles in turn and scored on that fold; without --out nothing is written.

With --keep it learns on from the weights of the seed table, for what the articles at hand are too few to tell: these
weights are drawn towards what they are, and observations that the table does not have towards nought.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from flows.figures import context, find_figures
from flows.figures.candidates import candidates_for
from flows.figures.cast import Cast
from flows.figures.mentions import Mention
from flows.figures.outlook import look_out
from flows.figures.who import carry, choose, count_names, named_before
from flows.figures.who_evidence import Scales, WhoEvidence
from flows.model import Figure
from flows.seeds import read_seed

_LEAST_SEEN, _PENALTY, _PENALTY_OF_KEPT, _ROUNDS, _LEAST_WEIGHT = 8, 30.0, 100.0, 2, 20
Weighed = list[tuple[Mention, Any]]
Pick = Callable[[Figure, Weighed], Mention | None]


@dataclass
class Article:
    """The phrases and the figures of each sentence, and the annotated answers by where a figure starts."""

    name: str
    text: str
    gold: dict[int, str] = field(default_factory=dict)
    phrases: dict[int, list[Mention]] = field(default_factory=dict)
    figures: dict[int, list[Figure]] = field(default_factory=dict)


class _Words:
    """A table of words that gives the observation itself."""

    def __init__(self, look: str) -> None:
        self._look = look

    def get(self, word: str, _none: Any) -> tuple[str, ...]:
        return (f"{self._look} {word}",)


class Collector(Scales):
    """Scales that give the observations themselves instead of their weights."""

    none: Any = ()

    def table(self, look: str) -> Any:
        return _Words(look)

    def weigh(self, observations: tuple[str, ...]) -> Any:
        return tuple(observations)


def shared(a: str | None, b: str) -> float:
    """The token F1 of two answers."""
    x, y = (Counter(re.findall(r"\w+", (words or "").lower())) for words in (a, b))
    common = sum((x & y).values())
    return 2 * common / (x.total() + y.total()) if common else 0.0


def read_article(folder: Path, record: dict[str, Any]) -> Article:
    """One annotated article as `who` sees it."""
    article = Article(record["id"], record["text"])
    spans = []
    for row in json.loads((folder / "gold" / f"{article.name}.json").read_text(encoding="utf-8"))["figures"]:
        start = -1
        for _ in range(row.get("nth", 1)):
            start = article.text.index(row["quote"], start + 1)
        if row.get("who") and not row.get("optional"):
            spans.append((start, start + len(row["quote"]), row["who"]))

    def note_phrases(mentions: list[Mention], _cast: Cast, scene: int) -> None:
        article.phrases[scene] = mentions

    def note_figures(_text: str, figures: list[Figure], _here: list[Mention], _cast: Cast, scene: int) -> None:
        article.figures[scene] = figures

    day = record.get("published_at")
    with patch.object(context, "count_names", note_phrases), patch.object(context, "set_who", note_figures):
        for figure in find_figures(article.text, date.fromisoformat(day[:10]) if day else None):
            for start, end, who in spans:
                if figure.char_start < end and start < figure.char_end:
                    article.gold[figure.char_start] = who
    return article


def play(article: Article, pick: Pick, note: Callable[[Figure, Weighed], None] | None = None) -> dict[int, str]:
    """The answers of `pick`, as the product gives them; `note` is told the candidates of every annotated figure."""
    scales = Collector({})
    cast = Cast(frozenset())
    answers: dict[int, str] = {}
    for scene, phrases in sorted(article.phrases.items()):
        count_names(phrases, cast, scene)
    for scene, here in sorted(article.phrases.items()):
        figures = article.figures.get(scene, [])
        others = [(figure.char_start, figure.char_end) for figure in figures]
        since = 0
        for order, figure in enumerate(figures):
            weighed = candidates_for(scales, article.text, look_out(figure, here, order, since), others, cast, scene)
            if note and weighed and figure.char_start in article.gold:
                note(figure, weighed)
            since = figure.char_end
            chosen = pick(figure, weighed) if weighed else None
            if chosen is not None:
                cast.previous = chosen = named_before(chosen, cast)
                answers[figure.char_start] = chosen.words
                cast.given[chosen.key] = cast.given.get(chosen.key, 0) + 1
        cast.before = cast.previous
        carry(here, cast)
    return answers


def annotated(article: Article) -> Pick:
    """Picks what shares most with the annotated answer."""

    def pick(figure: Figure, weighed: Weighed) -> Mention | None:
        who = article.gold.get(figure.char_start)
        best = max(weighed, key=lambda item: shared(item[0].words, who))[0] if who else None
        return best if best is not None and who and shared(best.words, who) else None

    return pick


def predicted(weights: dict[str, float]) -> Pick:
    """Picks as the product does, by `weights`."""

    def pick(_figure: Figure, weighed: Weighed) -> Mention | None:
        return choose([(mention, round(1000 * sum(weights.get(o, 0.0) for o in seen))) for mention, seen in weighed])

    return pick


def fit(articles: list[Article], picks: Callable[[Article], Pick], prior: dict[str, float]) -> dict[str, float]:
    """The weights near `prior` that make the chances of the candidates agree most with the annotated answers."""
    seen_in: dict[str, set[str]] = defaultdict(set)
    groups: list[tuple[str, list[float], list[tuple[str, ...]]]] = []
    for article in articles:

        def note(figure: Figure, weighed: Weighed, article: Article = article) -> None:
            who = article.gold[figure.char_start]
            groups.append((article.name, [shared(m.words, who) for m, _ in weighed], [seen for _, seen in weighed]))
            for _, seen in weighed:
                for observation in seen:
                    seen_in[observation].add(article.name)

        play(article, picks(article), note)
    names = sorted(name for name, where in seen_in.items() if len(where) >= _LEAST_SEEN or name in prior)
    columns = {name: column for column, name in enumerate(names)}
    groups = [group for group in groups if max(group[1]) > 0]
    pointers, indices, starts = [0], [], []
    for _, _, candidates in groups:
        starts.append(len(pointers) - 1)
        for seen in candidates:
            indices += sorted({columns[name] for name in seen if name in columns})
            pointers.append(len(indices))
    matrix = csr_matrix((np.ones(len(indices)), indices, pointers), shape=(len(pointers) - 1, len(names)))
    share = np.concatenate([group[1] for group in groups])
    owner = np.repeat(np.arange(len(groups)), [len(group[1]) for group in groups])
    per_article = Counter(group[0] for group in groups)
    worth = np.array([per_article[group[0]] ** -0.5 for group in groups])
    worth /= worth.mean()
    before = np.array([prior.get(name, 0.0) for name in names])
    penalty = np.array([_PENALTY_OF_KEPT if name in prior else _PENALTY for name in names])

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        raised = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        chances = raised / np.add.reduceat(raised, starts)[owner]
        expected = np.maximum(np.add.reduceat(chances * share, starts), 1e-9)
        gradient = matrix.T @ ((chances - chances * share / expected[owner]) * worth[owner])
        apart = weights - before
        return (
            float(-(worth * np.log(expected)).sum() + penalty @ apart**2 / 2), gradient + penalty * apart
        )

    found = minimize(loss, before, jac=True, method="L-BFGS-B", options={"maxiter": 150}).x
    return prior | dict(zip(names, found.tolist(), strict=True))


def _always(pick: Pick) -> Callable[[Article], Pick]:
    return lambda _article: pick


def learn(articles: list[Article], prior: dict[str, float]) -> dict[str, float]:
    """The weights after all rounds; with a `prior` the first round plays by it."""
    weights = fit(articles, _always(predicted(prior)) if prior else annotated, prior)
    for _ in range(_ROUNDS - 1):
        weights = fit(articles, _always(predicted(weights)), prior)
    return weights


def score(articles: list[Article], weights: dict[str, float]) -> list[float]:
    """The token F1 of every annotated figure."""
    pick = predicted(weights)
    return [
        shared(answers.get(start), who)
        for article in articles
        for answers in [play(article, pick)]
        for start, who in article.gold.items()
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--keep", action="store_true", help="learn on from the weights of the seed table")
    parser.add_argument("--out", type=Path, help="where the weights are written")
    args = parser.parse_args()
    articles = [
        read_article(folder, json.loads(line))
        for folder in args.gold
        for line in (folder / "articles.jsonl").open(encoding="utf-8")
    ]
    prior = {row.observation: row.weight / 1000 for row in read_seed("who_evidence", WhoEvidence)} if args.keep else {}
    held_out: list[float] = []
    for fold in range(args.folds):
        left_out = [a for a in articles if zlib.crc32(a.name.split("-s")[0].encode()) % args.folds == fold]
        rest = [a for a in articles if a not in left_out]
        held_out += score(left_out, learn(rest, prior))
    if held_out:
        print(f"{len(articles)} articles, {len(held_out)} figures; who on articles held out {np.mean(held_out):.3f}")
    weights = learn(articles, prior)
    print(f"on the articles learnt from {np.mean(score(articles, weights)):.3f}")
    if args.out:
        rows = [(name, round(1000 * weight)) for name, weight in weights.items()]
        with args.out.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("observation", "weight"))
            writer.writerows(row for row in rows if abs(row[1]) >= _LEAST_WEIGHT)


if __name__ == "__main__":
    main()
