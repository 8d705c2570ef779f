"""Currencies beside a numeral: 50.000 đồng · 744 USD · $500 · 8 triệu bảng · 250 Nhân Dân Tệ.

Rule: the longest row of seeds/currencies.csv at the place; a row with `before_number` is looked for left of the
numeral. `factor` turns a coin into its currency (20 xu Mỹ = 0,2 USD).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import ClassVar

from flows.recognizers.phrases import PhraseTable
from flows.seeds import read_seed


@dataclass(frozen=True, slots=True)
class CurrencyRow:
    """A currency as printed and its ISO 4217 code."""

    KEY: ClassVar[tuple[str, ...]] = ("word", "before_number")
    word: str
    code: str
    factor: Decimal
    before_number: bool
    why: str | None

    def __post_init__(self) -> None:
        if not (len(self.code) == 3 and self.code.isalpha() and self.code.isupper()):
            raise ValueError(f'code "{self.code}" is not an ISO 4217 code; write three capitals like VND')


@cache
def currency_table() -> PhraseTable[CurrencyRow]:
    """The rows that stand after the numeral."""
    return PhraseTable((row.word, row) for row in read_seed("currencies", CurrencyRow) if not row.before_number)


@cache
def currency_signs() -> dict[str, CurrencyRow]:
    """The rows that stand before the numeral, by what is printed."""
    return {row.word.lower(): row for row in read_seed("currencies", CurrencyRow) if row.before_number}


_TABLE = currency_table()
_SIGNS = currency_signs()
_SIGN_ENDS = frozenset(sign[-1] for sign in _SIGNS)


def match_currency(low: str, at: int, first: str | None = None) -> tuple[int, CurrencyRow] | None:
    """The currency that begins at `at`: its end and row; None if there is none. `first` is its first word, if read.

    >>> match_currency("744 usd", 4)[1].code, match_currency("5 đồng chí", 2)[1].code
    ('USD', 'VND')
    """
    return _TABLE.match(low, at) if first is None else _TABLE.match_from(low, at, first)


def currency_before(low: str, end: int) -> tuple[int, CurrencyRow] | None:
    """The currency sign that ends at `end`: its start and row; None if there is none.

    >>> currency_before("giá us$500", 7)[1].code
    'USD'
    """
    if low[end - 1:end] not in _SIGN_ENDS:
        return None
    for length in (4, 3, 1):
        row = _SIGNS.get(low[end - length if end > length else 0:end])
        if row is not None:
            return end - length, row
    return None
