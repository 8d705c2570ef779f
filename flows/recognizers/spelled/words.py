"""The numeral words of `seeds/numerals.csv` and what each does in a numeral."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import ClassVar

from flows.seeds import read_seed

ROLES = {
    "unit": "a digit from 0 to 9",
    "last_unit": "a digit only as the last place after tens (mốt, tư, lăm)",
    "ten": "mười, the tens place of 10 to 19",
    "times_ten": "mươi, the tens place of 20 to 99",
    "dozen": "chục, a ten that is counted",
    "twenty_and": "the tens of a contraction that needs a digit after it (hăm ba, băm sáu)",
    "hundred": "trăm",
    "scale": "a power of ten that multiplies the group before it",
    "short_scale": "a scale written short, right after digits (500k, 3tr5)",
    "filler": "linh or lẻ, for an empty tens place",
    "half": "half of the scale before it",
    "half_of": "half of the scale behind it",
    "point": "the decimal point",
    "minus": "the sign",
    "vague": "a small number that is not known (vài chục)",
    "digits": "digits; not a word of the table",
}


@dataclass(frozen=True, slots=True)
class NumeralRow:
    """A word that takes part in numerals."""

    KEY: ClassVar[tuple[str, ...]] = ("word",)
    word: str
    role: str
    value: Decimal
    example: str

    def __post_init__(self) -> None:
        if self.role not in ROLES or self.role == "digits":
            raise ValueError(f'role "{self.role}" is not one of {", ".join(list(ROLES)[:-1])}; choose one')
        if self.role == "unit" and self.value not in range(10):
            raise ValueError(f"value {self.value} of a unit is not 0 to 9; use another role")
        if self.role == "scale" and self.value < 1000:
            raise ValueError(f"value {self.value} of a scale is under 1000; use another role")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or digit string of a numeral; `glued` when no space stands before it."""

    role: str
    value: int | Decimal
    word: str
    glued: bool = False
    printed: str = ""


END = Token("end", 0, "")


@cache
def numeral_words() -> dict[str, Token]:
    """Each word of the table, in small letters, as a token."""
    words = {}
    for row in read_seed("numerals", NumeralRow):
        value = int(row.value) if row.value == row.value.to_integral_value() else row.value
        words[row.word] = Token(row.role, value, row.word)
    return words
