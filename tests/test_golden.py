"""Whole articles: every figure and every check of the samples, as read by a person, in `tests/golden/*.jsonl`.

A line is one article; a figure is `surface | kind | value | unit | qualifier | direction`, a check
`kind | verdict | formula`. `python tests/test_golden.py` prints the lines anew for reading.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from flows import find_checks, find_figures
from flows.model import Article, Figure
from flows.sources import InputFile, list_inputs, read_input

HERE = Path(__file__).parent
GOLDEN = HERE / "golden" / "samples.jsonl"
SAMPLES = HERE.parent / "data" / "sample"


def articles() -> dict[str, Article]:
    found: dict[str, Article] = {}
    for one in list_inputs([SAMPLES]):
        assert isinstance(one, InputFile)
        for article in read_input(one):
            assert isinstance(article, Article)
            found[Path(article.external_id).name] = article
    return found


def in_words(figure: Figure) -> str:
    value = figure.value if figure.value is not None else f"{figure.value_low}..{figure.value_high}"
    return " | ".join((figure.surface, figure.kind, str(value), figure.unit, figure.qualifier, figure.direction or "-"))


def read(article: Article) -> dict[str, list[str]]:
    published: datetime | None = article.published_at
    figures = find_figures(article.text, published.date() if published else None)
    checks = find_checks(article.text, figures)
    return {"figures": [in_words(figure) for figure in figures],
            "checks": [f"{check.kind} | {check.verdict} | {check.formula}" for check in checks]}


def expected() -> dict[str, dict[str, list[str]]]:
    with GOLDEN.open(encoding="utf-8") as lines:
        return {row.pop("article"): row for row in map(json.loads, lines)}


@pytest.mark.parametrize("name", sorted(articles()))
def test_a_sample_article_comes_out_whole(name: str) -> None:
    assert read(articles()[name]) == expected()[name]


def test_every_golden_article_is_a_sample() -> None:
    assert expected().keys() == articles().keys()


if __name__ == "__main__":
    for name, article in sorted(articles().items()):
        print(json.dumps({"article": name, **read(article)}, ensure_ascii=False))  # noqa: T201 - its purpose
