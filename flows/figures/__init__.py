"""Figures: numbers that quantify something, put together with unit, qualifier, direction and context."""

from __future__ import annotations

from datetime import date

from flows.figures.context import add_context
from flows.figures.ones import add_ones
from flows.figures.read import read_figures
from flows.figures.sexes import add_sexes
from flows.model import Figure
from flows.recognizers.period import find_periods, told_today
from flows.text.dateline import read_header
from flows.text.sentences import split_sentences

__all__ = ["find_figures", "read_figures"]


def find_figures(text: str, published_on: date | None = None, home: str | None = None) -> list[Figure]:
    """Every figure of `text` in reading order. Never raises.

    `home` is the `place_id` that "toàn tỉnh" or "thành phố" means in it (`flows.figures.places.home_of`).

    >>> [(f.surface, f.kind, f.qualifier) for f in find_figures("Năm 2017, xã có hơn 300 hộ nghèo, giảm 5%.")]
    [('300 hộ nghèo', 'count', 'over'), ('5%', 'percent', 'exact')]
    >>> [f.place_id for f in find_figures("Toàn tỉnh có 300 hộ nghèo.", home="vinh-long")]
    ['vinh-long']
    >>> find_figures("Ngày 8-10-2018, theo Nghị quyết 18")
    []
    """
    sentences = split_sentences(text)
    today = told_today(text, published_on)
    periods = find_periods(text, today)
    figures = read_figures(text, sentences, periods)
    furniture = read_header(text).furniture
    if furniture:
        figures = [figure for figure in figures
                   if not any(start <= figure.char_start < end for start, end in furniture)]
    figures = add_sexes(text, add_ones(text, sentences, figures))
    add_context(text, sentences, periods, figures, today, home)
    return figures
