"""Spelling whole numbers in every usual variant, for the tests that read them back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


@dataclass(frozen=True)
class Variant:
    """One way of spelling; each attribute is a word chosen."""

    filler: str = "linh"
    one: str = "mốt"
    four: str = "tư"
    five: str = "lăm"
    seven: str = "bảy"
    thousand: str = "nghìn"
    billion: str = "tỷ"
    full_zeros: bool = True


def variants() -> Iterator[Variant]:
    """Every combination of the variants."""
    choices = (("linh", "lẻ"), ("mốt", "một"), ("tư", "bốn"), ("lăm", "nhăm"), ("bảy", "bẩy"), ("nghìn", "ngàn"),
               ("tỷ", "tỉ"), (True, False))
    for chosen in product(*choices):
        yield Variant(*chosen)  # type: ignore[arg-type]


def _unit(digit: int, variant: Variant) -> str:
    return variant.seven if digit == 7 else UNITS[digit]


def _tens(number: int, variant: Variant) -> str:
    tens, unit = divmod(number, 10)
    if tens == 1:
        return "mười" + ("" if not unit else f" {variant.five}" if unit == 5 else f" {_unit(unit, variant)}")
    words = f"{_unit(tens, variant)} mươi"
    if not unit:
        return words
    last = {1: variant.one, 4: variant.four, 5: variant.five}.get(unit, _unit(unit, variant))
    return f"{words} {last}"


def _group(number: int, variant: Variant, *, is_first: bool) -> str:
    hundreds, rest = divmod(number, 100)
    words = []
    if hundreds or not is_first:
        words.append(f"{_unit(hundreds, variant)} trăm")
    if rest >= 10:
        words.append(_tens(rest, variant))
    elif rest:
        words.append(f"{variant.filler} {_unit(rest, variant)}" if words else _unit(rest, variant))
    return " ".join(words)


def _low_hundreds(number: int, variant: Variant) -> str:
    """A later group under 100, without its empty hundreds: "linh năm", "linh hai mươi"."""
    return f"{variant.filler} {_tens(number, variant) if number >= 10 else _unit(number, variant)}"


def spell(number: int, variant: Variant) -> str:
    """Spell a whole number from 0 to below 10^18."""
    if number == 0:
        return UNITS[0]
    high, low = divmod(number, 10**9)
    words = [f"{spell(high, variant)} {variant.billion}"] if high else []
    for scale, name in ((10**6, "triệu"), (1000, variant.thousand), (1, "")):
        group = low // scale % 1000
        if not group:
            continue
        is_first = not words
        if not is_first and group < 100 and not variant.full_zeros:
            words.append(f"{_low_hundreds(group, variant)} {name}".strip())
        else:
            words.append(f"{_group(group, variant, is_first=is_first)} {name}".strip())
    return " ".join(words)
