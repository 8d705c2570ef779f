"""Likely causes of a mismatch that every kind of check shares: slips of digits in one of the printed figures.

A slip is offered only if the repaired number makes the relation hold: two neighbouring digits swapped (62 for 26), one
digit wrong, the decimal mark shifted (8,78 for 87,8). Of several repairs the first in this order is named, the stated
figure before the operands, because the stated figure is the one a writer computes by hand.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from flows.checks.arithmetic.interval import Interval
from flows.checks.arithmetic.printed import Spread, plain, spread
from flows.model import Figure

_DIGITS = re.compile(r"\d")
_LONGEST = 9
Recompute = Callable[[Sequence[Spread]], Spread | None]


def _swapped(digits: str) -> Iterator[str]:
    for i in range(len(digits) - 1):
        if digits[i] != digits[i + 1]:
            yield digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]


def _one_off(digits: str, fraction: bool) -> Iterator[str]:
    for i, old in enumerate(digits):
        for new in "0123456789":
            if new != old and (fraction or i or new != "0"):
                yield digits[:i] + new + digits[i + 1 :]


def _printed_digits(figure: Figure) -> str:
    end = figure.number_end - figure.char_start if figure.number_end > figure.char_start else len(figure.surface)
    digits = "".join(_DIGITS.findall(figure.surface[:end]))
    return digits if _has_decimals(figure) else digits.lstrip("0")


def _has_decimals(figure: Figure) -> bool:
    return figure.resolution < 1


def _as_printed(figure: Figure, digits: str) -> str:
    """The figure's surface with its digits replaced, marks and words kept."""
    surface = figure.surface
    zeros = len("".join(_DIGITS.findall(surface))) - len(_printed_digits(figure))
    supply = iter("0" * max(0, zeros) + digits)
    return _DIGITS.sub(lambda _: next(supply, ""), surface)


def _shifted(spread_: Spread, factor: Fraction) -> Spread:
    scale = Spread.point(factor)
    rounded = spread_.rounded * scale.rounded
    return spread_ if rounded is None else Spread(rounded, rounded)


def _repairs(
    figure: Figure, variants: Iterator[str], within: Interval | None = None
) -> Iterator[tuple[Spread, str]]:
    """What a figure would stand for with other digits; only variants whose number can lie `within`, if given."""
    digits = _printed_digits(figure)
    if figure.value is None or not 2 <= len(digits) <= _LONGEST or figure.value <= 0 or not int(digits):
        return
    unit = Fraction(figure.value) / int(digits)
    least, most = 0, 10 ** len(digits)
    if within is not None:
        reach = abs(Fraction(figure.resolution)) + unit
        least = least if within.low is None else math.floor((within.low - reach) / unit)
        most = most if within.high is None else math.ceil((within.high + reach) / unit)
    for variant in variants:
        if not least <= int(variant) <= most:
            continue
        value = unit * int(variant)
        other = plain(replace(figure, value=Decimal(value.numerator) / Decimal(value.denominator)))
        if other is not None:
            yield other, _as_printed(figure, variant)


def digit_slip(stated: Figure | None, operands: Sequence[Figure], recompute: Recompute) -> str | None:
    """The likely slip of digits that explains why `recompute(operands)` misses `stated`, or None.

    Operands are tried for swapped digits and a shifted decimal mark only: with several figures, some single digit can
    nearly always be changed to make a sum fit, so that would explain nothing.
    """
    spreads = [spread(figure) for figure in operands]
    known = [s for s in spreads if s is not None]
    if len(known) != len(operands):
        return None
    computed = recompute(known)
    if stated is not None and computed is not None:
        target = spread(stated)
        digits = _printed_digits(stated)
        for other, shown_as in _repairs(stated, _swapped(digits), computed.rounded):
            if other.rounded.meets(computed.rounded):
                return f"two digits may be swapped: “{shown_as}” instead of “{stated.surface}”"
        if target is not None:
            for factor in (10, 100, 1000):
                for shift, side in ((Fraction(factor), "right"), (Fraction(1, factor), "left")):
                    if _shifted(target, shift).rounded.meets(computed.rounded):
                        moved = f"may have to move {len(str(factor)) - 1} to the {side}"
                        return f"the decimal mark of “{stated.surface}” {moved}"
        if len(digits) >= 2:
            variants = _repairs(stated, _one_off(digits, _has_decimals(stated)), computed.rounded)
            fits = [text for other, text in variants if other.rounded.meets(computed.rounded)]
            if len(fits) == 1:
                return f"one digit may be wrong: “{fits[0]}” instead of “{stated.surface}”"
    return _operand_slip(stated, operands, known, recompute)


def _operand_slip(
    stated: Figure | None, operands: Sequence[Figure], known: Sequence[Spread], recompute: Recompute
) -> str | None:
    target = spread(stated) if stated is not None else Spread.point(100)
    if target is None or len(operands) > _LONGEST:
        return None
    for at, figure in enumerate(operands):
        for other, shown_as in _repairs(figure, _swapped(_printed_digits(figure))):
            result = recompute([*known[:at], other, *known[at + 1 :]])
            if result is not None and result.rounded.meets(target.rounded):
                return f"two digits may be swapped: “{shown_as}” instead of “{figure.surface}”"
    for at, figure in enumerate(operands):
        for factor in (Fraction(10), Fraction(1, 10), Fraction(1000), Fraction(1, 1000)):
            result = recompute([*known[:at], _shifted(known[at], factor), *known[at + 1 :]])
            if result is not None and result.rounded.meets(target.rounded):
                return f"the decimal mark of “{figure.surface}” may be in the wrong place"
    return None
