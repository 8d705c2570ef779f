"""Numbers in formulas and sentences: exact, short, with a decimal point as the contract's formulas have."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

_SCALES = ((10**12, " trillion", " nghìn tỷ"), (10**9, " billion", " tỷ"), (10**6, " million", " triệu"))
_IN_VIETNAMESE = {english.strip(): vietnamese for _, english, vietnamese in _SCALES}
_PLAIN = 10**6
_VIETNAMESE = str.maketrans(",.", ".,")
_CONTEXT = Context(prec=60, rounding=ROUND_HALF_UP)


def as_decimal(value: Fraction, digits: int = 12) -> Decimal:
    """`value` as a decimal of at most `digits` places.

    >>> as_decimal(Fraction(527, 6), 4)
    Decimal('87.8333')
    """
    if value.denominator == 1 and abs(value.numerator) < _PLAIN:
        return Decimal(value.numerator)
    quotient = _CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))
    if abs(quotient) >= Decimal(10) ** 30:
        return quotient
    rounded = quotient.quantize(Decimal(1).scaleb(-digits), context=_CONTEXT)
    plain = rounded.normalize(_CONTEXT)
    return plain if plain != 0 else Decimal(0)


def shown(value: Fraction, digits: int = 2) -> str:
    """`value` for a reader: grouped below a million, in words of scale above, `digits` decimals of what is shown.

    >>> shown(Fraction(998217)), shown(Fraction(2628000000), 3), shown(Fraction(-7, 80), 4), shown(Fraction(40))
    ('998,217', '2.628 billion', '-0.0875', '40')
    """
    whole = abs(value.numerator) // value.denominator
    for scale, name, _ in _SCALES:
        if whole >= scale:
            return f"{as_decimal(value / scale, max(digits, 3)):,f}{name}"
    return f"{as_decimal(value, digits):,f}"


def told(value: Fraction, digits: int = 2) -> str:
    """`value` for a sentence, as Vietnamese print has it: decimal comma, grouping dot, words of scale.

    >>> told(Fraction(998217)), told(Fraction(5683, 100)), told(Fraction(2628000000))
    ('998.217', '56,83', '2,628 tỷ')
    """
    number, _, scale = shown(value, digits).partition(" ")
    return number.translate(_VIETNAMESE) + _IN_VIETNAMESE.get(scale, "")


def places(resolution: Fraction) -> int:
    """Decimals needed to show one unit of `resolution`: 0.1 → 1, 1e7 → 0.

    >>> places(Fraction(1, 10)), places(Fraction(10**7)), places(Fraction(1, 400))
    (1, 0, 3)
    """
    count = 0
    while resolution < 1 and count < 12:
        resolution *= 10
        count += 1
    return count
