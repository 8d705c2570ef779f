"""From figures and checks of an article to rows of the warehouse.

What the tables cannot hold (a value beyond 28 digits, a figure whose surface is not in the text) is
left out with a reason, so that one bad figure never costs the article and one bad article never the run.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from typing import Any

from flows.model import Check, Figure
from flows.warehouse.identity import check_id, figure_id

FIGURE_KINDS = frozenset(
    ("count", "money", "percent", "quantity", "rate", "duration", "age", "score", "multiple")
)
QUALIFIERS = frozenset(("exact", "about", "over", "under", "at_least", "at_most", "range"))
UNIT_SOURCES = frozenset(("printed", "shared", "understood"))
VERDICTS = frozenset(("consistent", "truncated", "inconsistent", "undetermined"))

DECIMALS = 10
WHOLE_DIGITS = 28
_STEP = Decimal(1).scaleb(-DECIMALS)
_WIDE = Context(prec=60)

Row = dict[str, Any]


@dataclass(slots=True)
class Problem:
    """Something of an article that was left out: a reason code and what to do about it."""

    reason: str
    message: str


@dataclass(slots=True)
class ArticleRows:
    """The rows one article gives."""

    figures: list[Row] = field(default_factory=list)
    checks: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    failed: bool = False


def fit(value: Decimal | None, rounding: str = ROUND_HALF_EVEN) -> Decimal | None:
    """The value as DECIMAL(38,10) holds it; raises ValueError where it has more than 28 whole digits.

    >>> fit(Decimal("87.8")), fit(Decimal("1.23456789012345"))
    (Decimal('87.8'), Decimal('1.2345678901'))
    >>> fit(Decimal("1E+28"))
    Traceback (most recent call last):
    ValueError: 1E+28 has more than 28 whole digits
    """
    if value is None:
        return None
    if not value.is_finite() or (value and value.adjusted() >= WHOLE_DIGITS):
        shown = str(value) if len(str(value)) < 40 else f"{value:.3e}"
        raise ValueError(f"{shown} has more than {WHOLE_DIGITS} whole digits")
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -DECIMALS:
        return value.quantize(_STEP, rounding, _WIDE)
    return value


def _complaint(figure: Figure, text: str, taken: dict[int, Figure]) -> str | None:
    """What is wrong with a figure as a row, or None."""
    if not 0 <= figure.char_start < figure.char_end <= len(text):
        return f"its span {figure.char_start}–{figure.char_end} is not in the text"
    if text[figure.char_start : figure.char_end] != figure.surface:
        return f"its surface is not what stands at {figure.char_start}–{figure.char_end}"
    if figure.char_start in taken:
        return "another figure begins at the same character"
    if figure.kind not in FIGURE_KINDS or figure.qualifier not in QUALIFIERS or figure.unit_source not in UNIT_SOURCES:
        return f"kind {figure.kind}, qualifier {figure.qualifier} or unit source {figure.unit_source} is not known"
    if figure.period_source not in (UNIT_SOURCES if figure.period_end else (None,)):
        return f"period source {figure.period_source} does not go with the period until {figure.period_end}"
    if figure.direction not in (None, "up", "down"):
        return f"direction {figure.direction} is neither up nor down"
    if figure.value is None and figure.value_low is None and figure.value_high is None:
        return "it has no value"
    if figure.value_low is not None and figure.value_high is not None and figure.value_low > figure.value_high:
        return f"its range runs from {figure.value_low} down to {figure.value_high}"
    for start, end in ((figure.period_start, figure.period_end), (figure.base_start, figure.base_end)):
        if start and end and start > end:
            return f"its period runs from {start} back to {end}"
    return None


def _figure_row(article: str, figure: Figure) -> Row:
    return {
        "figure_id": figure_id(article, figure.char_start), "article_id": article,
        "sentence_no": figure.sentence_no, "char_start": figure.char_start, "char_end": figure.char_end,
        "surface": figure.surface, "kind": figure.kind, "value": fit(figure.value),
        "value_low": fit(figure.value_low), "value_high": fit(figure.value_high), "unit": figure.unit,
        "qualifier": figure.qualifier, "direction": figure.direction, "resolution": fit(figure.resolution),
        "number_style": figure.number_style, "unit_source": figure.unit_source, "what": figure.what,
        "measure": figure.measure, "who": figure.who, "indicator_id": figure.indicator_id,
        "place_id": figure.place_id, "is_target": figure.is_target, "period_start": figure.period_start,
        "period_end": figure.period_end,
        "period_source": figure.period_source, "base_start": figure.base_start, "base_end": figure.base_end,
    }


def _check_row(article: str, check: Check, taken: dict[int, Figure], occurrences: Counter[Any]) -> Row:
    """Raises ValueError where a figure of the check is not among the article's figures or a value does not fit."""
    members = [operand.figure for operand in check.operands] + ([check.stated] if check.stated else [])
    for figure in members:
        if taken.get(figure.char_start) is None:
            raise ValueError(f'its figure "{figure.surface}" was left out')
    if check.verdict not in VERDICTS or not 0 <= check.confidence <= 1 or check.char_end < check.char_start:
        raise ValueError(f"verdict {check.verdict}, confidence {check.confidence} or span is not possible")
    low, high = fit(check.computed_low, ROUND_FLOOR), fit(check.computed_high, ROUND_CEILING)
    if low is not None and high is not None and low > high:
        raise ValueError(f"its interval runs from {low} down to {high}")
    stated = check.stated.char_start if check.stated else None
    operands = tuple((operand.figure.char_start, operand.role) for operand in check.operands)
    occurrence = occurrences[(check.kind, stated, operands)]
    occurrences[(check.kind, stated, operands)] += 1
    return {
        "check_id": check_id(article, check.kind, stated, operands, occurrence), "article_id": article,
        "kind": check.kind, "verdict": check.verdict,
        "stated_figure_id": None if stated is None else figure_id(article, stated),
        "stated_value": fit(check.stated_value), "computed_value": fit(check.computed_value),
        "computed_low": low, "computed_high": high,
        "formula": check.formula, "explanation": check.explanation, "suggestion": check.suggestion,
        "confidence": check.confidence, "char_start": check.char_start, "char_end": check.char_end,
        "operands": [
            {"position": position, "figure_id": figure_id(article, start), "role": role}
            for position, (start, role) in enumerate(operands)
        ],
    }


def rows_of(article: str, text: str, figures: list[Figure], checks: list[Check]) -> ArticleRows:
    """The rows of an article's figures and checks, each left out with a problem where a table cannot hold it."""
    rows = ArticleRows()
    taken: dict[int, Figure] = {}
    for figure in figures:
        complaint = _complaint(figure, text, taken)
        try:
            if complaint:
                raise ValueError(complaint)
            rows.figures.append(_figure_row(article, figure))
        except ValueError as error:
            place = f'figure "{figure.surface[:60]}" at character {figure.char_start}'
            rows.problems.append(Problem("figure_left_out", f"{place}: {error}; look at it in the article"))
        else:
            taken[figure.char_start] = figure
    occurrences: Counter[Any] = Counter()
    for check in checks:
        try:
            rows.checks.append(_check_row(article, check, taken, occurrences))
        except ValueError as error:
            place = f"check {check.kind} {check.formula[:80]!r}"
            rows.problems.append(Problem("check_left_out", f"{place}: {error}; look at it in the article"))
    return rows
