"""The measure key: one form for a measure however it is worded, so that articles fall into one series.

The words of `what` in lower case, NFC, one spelling, accents kept; joining words, direction words and numbers are
dropped, synonyms of `seeds/measure_synonyms.csv` are replaced ("kim ngạch xuất khẩu hàng hóa" and "giá trị xuất khẩu
hàng hóa" are one measure). Word order stays, as it carries meaning in Vietnamese.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from flows.figures.wording import fold_words
from flows.seeds import read_seed


@dataclass(frozen=True, slots=True)
class MeasureSynonym:
    """A row of `seeds/measure_synonyms.csv`: words that are dropped (`as_words` empty) or replaced."""

    KEY = ("words",)

    words: str
    as_words: str | None


@cache
def _rules() -> tuple[re.Pattern[str], dict[str, str]]:
    rows = read_seed("measure_synonyms", MeasureSynonym)
    replaced = {f" {row.words}": f" {row.as_words or ''}" for row in rows}
    by_first: dict[str, list[str]] = {}
    for words in sorted([row.words for row in rows], key=lambda words: (-len(words), words)):
        by_first.setdefault(words[0], []).append(re.escape(words[1:]))
    longest_first = "|".join([f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in by_first.items()])
    return re.compile(f" (?:{longest_first})(?= )"), replaced


_NUMBER = re.compile(r" [^ ]*\d[^ ]*(?= )")


@lru_cache(maxsize=65536)
def measure_key(what: str) -> str | None:
    """The normalised key of a measure; None where nothing but joining words is left.

    >>> measure_key("Tổng kim ngạch xuất khẩu hàng hóa"), measure_key("giá trị xuất khẩu hàng hoá tháng 5")
    ('xuất khẩu hàng hóa', 'xuất khẩu hàng hóa')
    >>> measure_key("kết nạp được đảng viên"), measure_key("ước đạt")
    ('kết nạp đảng viên', None)
    """
    pattern, replaced = _rules()
    words = _NUMBER.sub("", fold_words(what))
    words = " " + " ".join(words.split()) + " "
    words = pattern.sub(lambda match: replaced[match[0]], words)
    return " ".join(words.split()) or None
