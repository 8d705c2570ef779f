"""Learns the weights of `seeds/when_evidence.csv` anew from annotated articles, and tells how well they generalise.

    .venv/bin/python benchmarks/fit_when.py GOLD_DIR... [--folds 5] [--keep] [--out seeds/when_evidence.csv]

A GOLD_DIR holds `articles.jsonl` (id, text, published_at) and `gold/<id>.json` with the figures of each article:
`quote`, `nth` and `when` ("2017-01", "2017-Q1", "2015/2020", "as_of:2018-06", null). The periods that could date a
figure and no period at all compete; a linear model of their chances is made as likely as the annotation allows. It is
first fitted without each fold of the articles in turn and scored on that fold; without --out nothing is written. With
--keep the weights are drawn towards those of the seed table, not towards nought: what was learnt from other articles
stays where these say nothing.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from flows.figures import context, find_figures, undated
from flows.figures.when_evidence import Look, observations, seed_scales
from flows.model import Figure

_LEAST_SEEN, _PENALTY, _LEAST_WEIGHT = 10, 60.0, 20
_WORTH_OF_NONE = 0.05
"""What a figure without a period counts beside one with: a period that is understood is marked as such, so that one too
many harms less than one missing."""
_GRANULE = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(\d{2})(?:-(\d{2}))?))?")
Interval = tuple[date | None, date | None]


@dataclass
class Choice:
    """The periods one figure could have, what is seen of each, and which of them the annotation allows."""

    article: str
    seen: list[tuple[str, ...]]
    right: list[bool]
    has_period: bool


def granule(token: str) -> tuple[date, date]:
    """First and last day of a year, quarter, half, month or day. Raises ValueError."""
    found = _GRANULE.fullmatch(token)
    if found is None:
        raise ValueError(token)
    year, quarter, half, month, day = (int(part) if part else 0 for part in found.groups())
    if day:
        return date(year, month, day), date(year, month, day)
    first, months = (3 * quarter - 2, 3) if quarter else (6 * half - 5, 6) if half else (month, 1) if month else (1, 12)
    following = first + months
    return date(year, first, 1), date(year + following // 13, (following - 1) % 12 + 1, 1) - timedelta(days=1)


def agrees(period: Interval, when: str | None) -> bool:
    """Whether a period is the annotated one: exactly, or within the granule named for each end of an interval."""
    start, end = period
    if when is None or end is None:
        return when is None and end is None
    if when.startswith("as_of:"):
        first, last = granule(when[6:])
        return first <= end <= last
    if "/" in when:
        (first, first_end), (last_start, last) = (granule(part) for part in when.split("/"))
        return start is not None and first <= start <= first_end and last_start <= end <= last
    return period == granule(when)


def annotated(text: str, rows: list[dict[str, Any]]) -> Iterator[tuple[int, int, str | None]]:
    """Where each annotated figure stands, and when it is; without those that are optional or not readable."""
    for row in rows:
        start = -len(row["quote"])
        for _ in range(row.get("nth", 1)):
            start = text.index(row["quote"], start + len(row["quote"]))
        try:
            agrees((date.min, date.min), row.get("when"))
        except ValueError:
            continue
        if not row.get("optional"):
            yield start, start + len(row["quote"]), row.get("when")


def read_choices(folder: Path, record: dict[str, Any]) -> list[Choice]:
    """What each figure of one annotated article could be dated by."""
    text, name = record["text"], record["id"]
    rows = json.loads((folder / "gold" / f"{name}.json").read_text(encoding="utf-8"))["figures"]
    gold = list(annotated(text, rows))
    words = seed_scales().words
    found: list[Choice] = []

    def note(figure: Figure, periods: list[Interval], looks: list[list[Look]]) -> None:
        for start, end, when in gold:
            if figure.char_start < end and start < figure.char_end:
                seen = [tuple(each for look in one for each in observations(look)) for one in looks]
                found.append(Choice(name, seen, [agrees(period, when) for period in periods], when is not None))
                return

    def date_nothing(text: str, scenes: Any, story: Any, unsure: Any, dated: Any, notes: Any) -> None:
        for scene in scenes:
            for figure in dated.get(scene.number, ()):
                if notes[figure.char_start][0] == "now":
                    continue  # "hiện" is as of the publication, which an annotator of a paragraph may not know
                no, given = undated.doubt_of(text, figure, scene, story, notes[figure.char_start], words)
                note(figure, [undated.NO_PERIOD, (figure.period_start, figure.period_end)], [[no], [given]])
        for scene, candidates in undated.choices(scenes, story, unsure, dated):
            for figure in unsure[scene.number]:
                own = undated.figure_looks(text, figure, scene, story, candidates, words)
                looks = [[*candidate.looks, *([candidate.standing.look] if candidate.standing else []), look]
                         for candidate, look in zip(candidates, own, strict=True)]
                note(figure, [candidate.key for candidate in candidates], looks)

    day = record.get("published_at")
    with patch.object(context, "date_the_undated", date_nothing):
        find_figures(text, date.fromisoformat(day[:10]) if day else None)
    return found


def fit(choices: list[Choice], prior: dict[str, float]) -> dict[str, float]:
    """The weights that make the annotated periods most likely, near those of `prior`."""
    learnt = [choice for choice in choices if any(choice.right)]
    seen_in: dict[str, set[str]] = defaultdict(set)
    for choice in learnt:
        for name in {name for seen in choice.seen for name in seen}:
            seen_in[name].add(choice.article)
    names = sorted(name for name, where in seen_in.items() if len(where) >= _LEAST_SEEN or name in prior)
    columns = {name: column for column, name in enumerate(names)}
    pointers, indices, starts = [0], [], []
    for choice in learnt:
        starts.append(len(pointers) - 1)
        for seen in choice.seen:
            indices += [columns[name] for name in seen if name in columns]
            pointers.append(len(indices))
    matrix = csr_matrix((np.ones(len(indices)), indices, pointers), shape=(len(pointers) - 1, len(names)))
    right = np.concatenate([choice.right for choice in learnt]).astype(float)
    owner = np.repeat(np.arange(len(learnt)), [len(choice.right) for choice in learnt])
    per_article = Counter(choice.article for choice in learnt)
    worth = np.array([
        per_article[choice.article] ** -0.5 * (1 if choice.has_period else _WORTH_OF_NONE) for choice in learnt
    ])
    worth /= worth.mean()
    before = np.array([prior.get(name, 0.0) for name in names])

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        raised = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        chances = raised / np.add.reduceat(raised, starts)[owner]
        held = np.maximum(np.add.reduceat(chances * right, starts), 1e-9)
        gradient = matrix.T @ ((chances - chances * right / held[owner]) * worth[owner])
        apart = weights - before
        return (float(-(worth * np.log(held)).sum() + _PENALTY * (apart @ apart) / 2), gradient + _PENALTY * apart)

    found = minimize(loss, before, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return prior | dict(zip(names, found.tolist(), strict=True))


def score(choices: list[Choice], weights: dict[str, float]) -> tuple[list[bool], list[bool]]:
    """Of the figures with a period, whether it is the one chosen; of those without, whether none is."""
    periods, none = [], []
    for choice in choices:
        sums = [sum(weights.get(name, 0.0) for name in seen) for seen in choice.seen]
        (periods if choice.has_period else none).append(choice.right[int(np.argmax(sums))])
    return periods, none


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path, metavar="GOLD_DIR")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--keep", action="store_true", help="learn on from the weights of the seed table")
    parser.add_argument("--out", type=Path, help="where the weights are written")
    given = parser.parse_args()
    choices = [
        choice
        for folder in given.gold
        for line in (folder / "articles.jsonl").open(encoding="utf-8")
        for choice in read_choices(folder, json.loads(line))
    ]
    prior = {name: weight / 1000 for name, weight in seed_scales().weights.items()} if given.keep else {}
    right: list[bool] = []
    none: list[bool] = []
    fold_of = {c.article: zlib.crc32(c.article.split("-s")[0].encode()) % max(given.folds, 1) for c in choices}
    for fold in range(given.folds):
        weights = fit([c for c in choices if fold_of[c.article] != fold], prior)
        periods, without = score([c for c in choices if fold_of[c.article] == fold], weights)
        right += periods
        none += without
    if right:
        print(f"{len(choices)} figures; of articles left out: period right {np.mean(right):.3f} of {len(right)}, "
              f"rightly none {np.mean(none):.3f} of {len(none)}")
    weights = fit(choices, prior)
    print(f"on the articles learnt from: period right {np.mean(score(choices, weights)[0]):.3f}")
    if given.out:
        rows = [(name, round(1000 * weight)) for name, weight in sorted(weights.items())]
        with given.out.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("observation", "weight"))
            writer.writerows(row for row in rows if abs(row[1]) >= _LEAST_WEIGHT)


if __name__ == "__main__":
    main()
