"""What a period looks like before it is resolved, and the words and patterns its rules share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from flows.seeds import read_seed


@dataclass(slots=True)
class RawPeriod:
    """A date, period or clock time as it stands: its span and the parts that are printed.

    `form` names the rule: `day`, `days`, `month`, `months`, `quarter`, `half`, `first_months`, `year`,
    `years`, `relative`, `same_period`, `decade`, `century`, `season`, `weekday`, `tet`, `clock`, `last_units`.
    `word` holds the words that make a form relative ("ngoái", "hôm qua"); the `_to` fields hold the second
    end of a range. A part that is not printed is None.
    """

    char_start: int
    char_end: int
    form: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    year_to: int | None = None
    month_to: int | None = None
    day_to: int | None = None
    count: int = 0
    word: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class PeriodWord:
    """A row of `seeds/period_words.csv`: a word that takes part in naming a time."""

    KEY = ("word", "role")

    word: str
    role: str
    value: int


@dataclass(frozen=True, slots=True)
class RelativePeriod:
    """A row of `seeds/relative_periods.csv`: words that name a time from where the reader stands."""

    KEY = ("words",)

    words: str
    unit: str
    shift: int

    def __post_init__(self) -> None:
        units = ("day", "context_day", "week", "month", "quarter", "year", "season", "context_season", "now")
        if self.unit not in units:
            raise ValueError(f'unit "{self.unit}" is not known; write one of {", ".join(units)}')


def _words(role: str) -> dict[str, int]:
    return {row.word: row.value for row in read_seed("period_words", PeriodWord) if row.role == role}


def either(words: Iterable[str]) -> str:
    """A regex for any of `words`, longest first; the first letter may be a capital, blanks may be doubled.

    >>> bool(re.fullmatch(either(["hôm", "hôm nay"]), "Hôm  nay"))
    True
    """

    def one(word: str) -> str:
        head = word[0]
        letter = f"[{head}{head.upper()}]" if head.upper() != head else re.escape(head)
        return letter + r"\s+".join(re.escape(part) for part in word.split(" "))[len(re.escape(head)) :]

    return "(?:" + "|".join(one(w) for w in sorted(words, key=lambda w: (-len(w), w))) + ")"


MONTH_NAMES = _words("month_name")
COUNTS = _words("count")
WEEKDAYS = _words("weekday")
DAY_TRIGGERS = _words("day_trigger")
SLASH_TRIGGERS = _words("slash_trigger")
WORDS_BEFORE_YEAR = _words("before_year")
WORDS_AFTER_YEAR = _words("after_year")
WORDS_AFTER_DATE = _words("after_date")
ELAPSED = _words("elapsed")
TO_RUN = _words("to_run")
LEAGUES_OF_THE_YEAR = re.compile("|".join(map(re.escape, _words("league_of_the_year"))))
"""Where a season is a year, and not the winter between two."""
RELATIVE = {row.words: row for row in read_seed("relative_periods", RelativePeriod)}

YEAR = r"(?:19|20)\d\d(?!\d|[.,]\d)"
RELATIVE_YEAR = r"(?:nay|này|ngoái|trước|qua|sau|tới|kia)(?!\w)"
OF_YEAR = (
    rf"(?:\s?[-/.]\s?(?P<y1>{YEAR})|,?(?:\s+của)?\s+năm\s+(?:tài chính\s+)?(?P<y2>{YEAR})"
    rf"|\s+(?P<y3>{YEAR})|(?:\s+của)?\s+năm\s+(?P<yr>{RELATIVE_YEAR}))?"
)
DASH = r"\s?[-–—÷]\s?"
MONTH_WORD = "(?:Giêng|Chạp|" + "|".join(sorted(MONTH_NAMES, key=lambda w: (-len(w), w))) + r")(?!\w)"
ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def year_of(match: re.Match[str]) -> tuple[int | None, str]:
    """The year that OF_YEAR read: as a number, or as the word that makes it relative."""
    printed = match["y1"] or match["y2"] or match["y3"]
    return (int(printed) if printed else None), match["yr"] or ""


def full_year(printed: str) -> int:
    """A printed year of two or four digits: 17 → 2017, 75 → 1975.

    >>> full_year("17"), full_year("75"), full_year("2018")
    (2017, 1975, 2018)
    """
    number = int(printed)
    if len(printed) == 4:
        return number
    return 2000 + number if number <= 40 else 1900 + number


def is_day(day: int, month: int) -> bool:
    """Whether a year can hold this day: 31/4 is none, 29/2 is one.

    >>> is_day(29, 2), is_day(31, 4), is_day(8, 10)
    (True, False, True)
    """
    return 1 <= month <= 12 and 1 <= day <= (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
