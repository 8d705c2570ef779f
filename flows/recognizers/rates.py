"""The lower part of a rate: 445 USD/tấn · 6 triệu đồng/người/tháng · 365.000 bảng một tuần · 0,38 bàn/trận.

Rule: "/" and a word or seed row, repeated; or "mỗi"/"một" and a row of seeds/rate_words.csv. A physical unit is
stored by its symbol (tấn → t), anything else as printed in small letters; so many of it too (341 xe/1.000 dân).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from flows.recognizers.counted import match_noun
from flows.recognizers.phrases import PhraseTable
from flows.seeds import read_seed


@dataclass(frozen=True, slots=True)
class RateRow:
    """What a rate is per, as printed and as stored; `spoken` if "mỗi X" and "một X" make a rate too."""

    KEY: ClassVar[tuple[str, ...]] = ("word",)
    word: str
    unit: str
    spoken: bool


@cache
def rate_table() -> PhraseTable[RateRow]:
    """The rows, found where they begin."""
    return PhraseTable((row.word, row) for row in read_seed("rate_words", RateRow))


_TABLE = rate_table()
_SLASH = re.compile(r"\s?/\s?(?:một |1 ?|mỗi )?(?=[^\W\d_]|1[0.]{2})")
_SPOKEN = re.compile(r" (?:cho )?(?:mỗi|một) ")
_WORD = re.compile(r"[^\W\d_]+")
_CONTAINERS = frozenset(("bình", "bao", "thùng", "gói", "chai", "hộp", "can", "túi", "lon", "bịch", "xô"))
_CONTENT = re.compile(r" ?[0-9]{1,4}(?:[.,][0-9]{1,2})? ?(?:kg|g|gam|lít|ml|l)\b")
"""đồng/bình 12 kg: how much the container holds belongs to its name."""
_THEN_TIME = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?(?=/(?:giờ|ngày|tuần|tháng|quý|năm)\b)")
"""khách/nhà chờ/ngày: two words may stand before a time."""
_MANY = re.compile(r"100 ?km|1[0.]{2,8} ?(?:triệu )?[^\W\d_]+")


def match_rate(low: str, at: int, seeds_only: bool = False) -> tuple[int, str] | None:
    """The lower part of a rate at `at` (the end of the upper unit): its end and the unit "/…"; None if none.

    With `seeds_only` no word counts that no row knows ("3 xã/phường" is no rate), but before a time any may stand.

    >>> match_rate("6 triệu đồng/người/tháng", 12), match_rate("445 usd/tấn", 7), match_rate("5 đồng, 6", 6)
    ((24, '/người/tháng'), (11, '/t'), None)
    >>> match_rate("9 triệu euro mỗi mùa giải", 12)
    (25, '/mùa')
    >>> match_rate("275.000 đồng/bình 12kg", 12), match_rate("16 khách/nhà chờ/tháng", 8, seeds_only=True)
    ((22, '/bình 12kg'), (22, '/nhà chờ/tháng'))
    """
    unit = ""
    end = at
    for _ in range(3):
        slash = _SLASH.match(low, end)
        if slash is None:
            break
        found = _TABLE.match(low, slash.end())
        if found is not None:
            start, (end, row) = slash.end(), found
            noun_end = match_noun(low, start) or 0
            if noun_end > end:
                end = noun_end
                unit += "/" + low[start:end]
                continue
            unit += "/" + row.unit
            if row.unit in _CONTAINERS and (content := _CONTENT.match(low, end)) is not None:
                end = content.end()
                unit += content[0]
            continue
        if seeds_only and _MANY.match(low, slash.end()) is None:
            more = _THEN_TIME.match(low, slash.end())
            if more is None:
                break
            end = more.end()
            unit += "/" + more[0]
            continue
        word = _MANY.match(low, slash.end()) or _WORD.match(low, slash.end())
        if word is None:
            break
        end = word.end()
        unit += "/" + word[0].replace(" km", "km").replace(".", "")
    if unit:
        return end, unit
    spoken = _SPOKEN.match(low, at)
    if spoken is None:
        return None
    found = _TABLE.match(low, spoken.end())
    if found is None or not found[1].spoken:
        return None
    noun_end = match_noun(low, spoken.end()) or 0
    if noun_end > found[0]:
        return noun_end, "/" + low[spoken.end():noun_end]
    return found[0], "/" + found[1].unit
