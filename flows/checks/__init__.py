"""Checks of what the text asserts."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache

from flows.checks.arithmetic.statement import is_fit
from flows.checks.reading.article import Reading
from flows.model import Check, Figure

_TWINS = {"average": "product", "product": "average"}
Kind = Callable[[Reading], Iterable[Check]]


@cache
def kinds() -> tuple[Kind, ...]:
    """The kinds of checks: `find` of every module that stands directly in this package."""
    names = sorted(entry.name for entry in pkgutil.iter_modules(__path__) if not entry.ispkg)
    return tuple(importlib.import_module(f"{__name__}.{name}").find for name in names)


def find_checks(text: str, figures: Sequence[Figure], published_on: date | None = None) -> list[Check]:
    """Every relation `text` asserts between its `figures`, computed and judged, in reading order.

    `published_on` tells which year's exchange rates hold.
    """
    reading = Reading.of(text, figures, published_on)
    checks = [check for find in kinds() for check in find(reading)]
    checks = without_implied(checks)
    checks.sort(key=lambda check: (check.char_start, check.char_end, check.kind))
    return checks


def without_implied(checks: list[Check]) -> list[Check]:
    """Without checks that a fitting check of the same figures already implies.

    A bound is implied by the ratio of its two figures (85 of 89, 95,5 %); an increment by the change of the same
    percentage, which has the base printed; a sum by the difference (exports, imports and their balance) of the same
    three figures; of an average and a product of the
    same three the surer one is kept.
    """
    fitting = [check for check in checks if is_fit(check)]
    related = {
        frozenset(id(operand.figure) for operand in check.operands) for check in fitting if check.kind == "ratio"
    }
    changes = {id(check.stated) for check in fitting if check.kind == "change"}
    twins = {(check.kind, _members(check)): check.confidence for check in fitting if check.kind in _TWINS}
    differences = {_members(check) for check in fitting if check.kind == "difference"}
    kept = []
    for check in checks:
        members = _members(check)
        if (check.kind == "bound" and members in related) or (check.kind == "sum" and members in differences):
            continue
        if check.kind in _TWINS and check.confidence < twins.get((_TWINS[check.kind], members), 0):
            continue
        if check.kind == "increment" and id(check.stated) in changes:
            continue
        kept.append(check)
    return kept


def _members(check: Check) -> frozenset[int]:
    return frozenset((id(check.stated), *(id(operand.figure) for operand in check.operands)))
