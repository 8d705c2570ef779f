"""Putting a computed relation into a `Check`: verdict, formula, explanation, suggestion."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from flows.checks.arithmetic.digits import as_decimal, places, shown, told
from flows.checks.arithmetic.interval import Interval
from flows.checks.arithmetic.printed import Spread, spread
from flows.checks.arithmetic.verdict import CONSISTENT, INCONSISTENT, TRUNCATED, UNDETERMINED, judge
from flows.model import Check, Figure, Operand

Part = tuple[Figure, str]
Causes = Callable[[], str | None]

FARTHEST = Decimal(2)
FARTHEST_NAMED = Decimal(5)
_PLAINLY_NAMED = 0.9
_SHOWN_OPERANDS = 8
_PERCENT = frozenset({"%", "pp"})
_FRACTION = re.compile(r"\d+/\d+")


def value_of(figure: Figure) -> Fraction | None:
    """The number of a figure, the middle of its range where it is one."""
    if figure.value is not None:
        return Fraction(figure.value)
    if figure.value_low is not None and figure.value_high is not None:
        return (Fraction(figure.value_low) + Fraction(figure.value_high)) / 2
    return None


def number(figure: Figure) -> str:
    """A figure's number as formulas show it: `87.8`, `2.628 billion`, `5–7`, `1/3`.

    >>> from decimal import Decimal
    >>> number(Figure(0, 5, "87,8%", "percent", Decimal("87.8"), "%", resolution=Decimal("0.1")))
    '87.8'
    """
    if figure.kind == "multiple" and _FRACTION.fullmatch(figure.surface):
        return figure.surface
    if figure.value is not None:
        return _number(figure.value, figure.resolution)
    low = "" if figure.value_low is None else shown(Fraction(figure.value_low), 3)
    high = "" if figure.value_high is None else shown(Fraction(figure.value_high), 3)
    return f"{low}–{high}"


@lru_cache(maxsize=256)
def _number(value: Decimal, resolution: Decimal) -> str:
    return shown(Fraction(value), max(2, places(Fraction(resolution) if resolution else Fraction(1))))


def joined(figures: Sequence[Figure], sign: str) -> str:
    """The numbers of `figures` with `sign` between them, shortened when there are very many."""
    numbers = [number(figure) for figure in figures]
    if len(numbers) > _SHOWN_OPERANDS:
        kept = [*numbers[: _SHOWN_OPERANDS - 2], f"… ({len(numbers)} items)", numbers[-1]]
        return f" {sign} ".join(kept)
    return f" {sign} ".join(numbers)


def quoted(figure: Figure) -> str:
    """A figure as printed, in quotation marks."""
    return f"“{figure.surface}”"


def quoted_list(figures: Sequence[Figure]) -> str:
    """Several figures as printed: “13”, “07” and “2”."""
    names = [quoted(figure) for figure in figures[:_SHOWN_OPERANDS]]
    if len(figures) > _SHOWN_OPERANDS:
        return ", ".join(names) + f" and {len(figures) - _SHOWN_OPERANDS} more"
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def make_check(
    kind: str,
    stated: Figure | None,
    operands: Sequence[Part],
    computed: Spread | None,
    *,
    expression: str,
    claim: str,
    unit: str = "",
    confidence: float = 1.0,
    against: Spread | None = None,
    causes: Causes | None = None,
) -> Check:
    """A check of `kind`: `computed` against the spread of `stated` (or `against`).

    `expression` is the left side of the formula (`527 / 600`), `claim` says in English what the text asserts, without
    a full stop; `causes` is asked for the likely cause only when the numbers do not fit.
    """
    target = against if against is not None else (spread(stated) if stated is not None else None)
    verdict = UNDETERMINED if target is None else judge(target, computed, confidence)
    figures = [figure for figure, _ in operands] + ([stated] if stated is not None else [])
    digits = max(2, places(Fraction(stated.resolution)) + 1) if stated is not None and stated.resolution else 2
    tail = f" {unit}" if unit else ""
    result = None if computed is None else computed.rounded
    middle = _centre(computed)
    shown_result = "?" if middle is None else f"{shown(middle, digits)}{tail}"
    told_result = "?" if middle is None else f"{told(middle, digits)}{tail}"
    said = f"stated {number(stated)}{tail}" if stated is not None else "stated 100 %"
    sign = "=" if result is not None and result.low == result.high else "≈"
    reckoned = expression if expression == shown_result else f"{expression} {sign} {shown_result}"
    return Check(
        kind=kind,
        verdict=verdict,
        stated=stated,
        operands=[Operand(figure, role) for figure, role in operands],
        stated_value=None if stated is None else stated.value,
        computed_value=None if middle is None else as_decimal(middle),
        computed_low=None if result is None or result.low is None else as_decimal(result.low),
        computed_high=None if result is None or result.high is None else as_decimal(result.high),
        formula=f"{reckoned} ({said})",
        explanation=f"{claim}; {_outcome(verdict, target, result, told_result, digits, tail)}.",
        suggestion=causes() if causes is not None and verdict == INCONSISTENT else None,
        confidence=round(min(1.0, max(0.0, confidence)), 3),
        char_start=min(figure.char_start for figure in figures),
        char_end=max(figure.char_end for figure in figures),
    )


def _centre(computed: Spread | None) -> Fraction | None:
    """The computed value to show: from the numbers as printed, else the middle or the only end of the interval."""
    if computed is None:
        return None
    if computed.central is not None:
        return computed.central
    result = computed.rounded
    return result.middle if result.bounded else (result.low if result.low is not None else result.high)


def is_fit(check: Check) -> bool:
    """Whether the stated value holds, be it only if digits were cut off."""
    return check.verdict in (CONSISTENT, TRUNCATED)


def believable(check: Check) -> bool:
    """Whether a mismatch is of the size of a slip: a known cause, or the two numbers within a factor of two.

    Numbers further apart than that, with nothing to explain it, were most likely never meant to be compared; where the
    words leave no doubt (confidence 0.9 and more), a factor of five is believed.
    """
    if check.verdict != INCONSISTENT or check.suggestion is not None:
        return True
    stated, computed = check.stated_value, check.computed_value
    if stated is None or computed is None:
        return True
    farthest = FARTHEST_NAMED if check.confidence >= _PLAINLY_NAMED else FARTHEST
    return stated != 0 and computed / stated > 0 and farthest >= computed / stated >= 1 / farthest


def _outcome(
    verdict: str, target: Spread | None, result: Interval | None, told_result: str, digits: int, tail: str
) -> str:
    if verdict == CONSISTENT:
        return f"computed {told_result}, which fits"
    if verdict == TRUNCATED:
        return f"computed {told_result}, which fits only if digits were cut off instead of rounded"
    if result is None or target is None:
        return "this cannot be computed from what is printed"
    allowed = (
        f"computed {_between(result, digits)}{tail}, where the print allows {_between(target.rounded, digits)}{tail}"
    )
    if verdict == INCONSISTENT:
        return allowed
    return f"{allowed}, but it is not sure that the text means this relation"


def _between(interval: Interval, digits: int) -> str:
    if interval.low is None and interval.high is None:
        return "anything"
    if interval.low is None:
        return f"at most {told(interval.high or Fraction(0), digits)}"
    if interval.high is None:
        return f"at least {told(interval.low, digits)}"
    low, high = told(interval.low, digits), told(interval.high, digits)
    return low if low == high else f"{low} to {high}"


def first_cause(attempts: Iterable[tuple[Spread | None, str]], stated: Spread) -> str | None:
    """The text of the first alternative relation whose result fits the stated figure, None if none does."""
    for alternative, cause in attempts:
        if alternative is not None and alternative.rounded.meets(stated.rounded):
            return cause
    return None
