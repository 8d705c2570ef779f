"""Totals whose parts follow under their name, with other figures between them.

"nợ đóng các quỹ là 9.920,8 tỷ đồng, chiếm 4,88 %. Chủ yếu là nợ đóng bảo hiểm xã hội với 7.061,4 tỷ đồng, chiếm 71,4 %,
tiếp theo là nợ đóng bảo hiểm y tế với 2.547,9 tỷ đồng …": what the figures measure says that they belong together. The
first figures after a total that are of its unit and measure what it measures must add up to it exactly as printed, and
its number must be a telling one. (`tallies` takes figures that follow each other with nothing of their unit between.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from flows.checks.reading.article import Reading, same_measure, significant_digits
from flows.checks.reading.list_words import any_of
from flows.checks.reading.partition import Breakdown, adds_up, is_amount
from flows.checks.reading.tallies import goes_on
from flows.model import Figure

_KINDS = frozenset({"count", "money", "quantity"})
_WINDOW = 20
_SENTENCES = 10
_MOST_PARTS = 6
_FEW_PARTS = 2
_LEAST_DIGITS = 3
_CALLED = re.compile(any_of("called_total", "in_all"))
_WORDS_OF_NAME, _WORDS_OF_CALLED = 2, 1
"""How many words of what they measure a total and its parts share; fewer if it is called a total."""


def namesakes(reading: Reading) -> Iterator[Breakdown]:
    """The breakdowns of totals into later figures of their name; of a total told twice the later mention's."""
    found: dict[tuple[int, ...], int] = {}
    for t, total in enumerate(reading.figures):
        if total.kind not in _KINDS or not is_amount(total) or significant_digits(total) < _LEAST_DIGITS:
            continue
        if total.qualifier in ("at_least", "at_most", "range"):
            continue
        parts = _under_its_name(reading, t)
        if parts:
            found[parts] = t
    for parts, t in found.items():
        yield Breakdown(t, parts, "namesake", True, True, 0.7)


def _under_its_name(reading: Reading, t: int) -> tuple[int, ...]:
    """The first figures after a total that are of its unit and name and reach it exactly."""
    total = reading.figures[t]
    name = _name(total)
    called = _CALLED.search(reading.before(t)) is not None or _CALLED.search(total.what or "") is not None

    def bears_name(figure: Figure) -> bool:
        return len(name & _name(figure)) >= (_WORDS_OF_CALLED if called else _WORDS_OF_NAME)

    parts: list[int] = []
    told = Decimal(0)
    for k in reading.onwards(t, _SENTENCES, _WINDOW):
        figure = reading.figures[k]
        if figure.kind != total.kind or not same_measure(figure, total) or figure.value == total.value:
            continue
        if not bears_name(figure):
            continue
        if not is_amount(figure) or (told := told + (figure.value or 0)) > (total.value or 0) + total.resolution:
            return ()
        parts.append(k)
        if len(parts) >= _FEW_PARTS and adds_up(reading, t, parts, plainly=True):
            sure = called or len(parts) > _FEW_PARTS or reading.same_sentence(t, parts[-1])
            ends = not goes_on(reading, k) or not bears_name(reading.figures[k + 1])
            return tuple(parts) if sure and ends else ()
        if len(parts) == _MOST_PARTS:
            return ()
    return ()


def _name(figure: Figure) -> frozenset[str]:
    return frozenset((figure.what or "").lower().split())
