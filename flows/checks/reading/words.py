"""The connectives of `seeds/check_words.csv`, as compiled expressions by role."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from flows.seeds import read_seed


@dataclass(frozen=True, slots=True)
class CheckWordRow:
    """A word that shows how figures belong together, and the role it plays."""

    KEY: ClassVar[tuple[str, ...]] = ("role", "word")
    role: str
    word: str

    def __post_init__(self) -> None:
        if self.word != self.word.lower():
            raise ValueError(f'word "{self.word}" has capitals; write it in small letters')


@dataclass(frozen=True, slots=True)
class NounClassRow:
    """A counted noun (its first words) and the class of things it belongs to."""

    KEY: ClassVar[tuple[str, ...]] = ("noun",)
    noun: str
    noun_class: str


def alternation(words: tuple[str, ...]) -> str:
    """A pattern that matches any of `words`, the longest first, as whole words."""
    longest_first = sorted(words, key=len, reverse=True)
    return r"(?<!\w)(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first) + r")(?!\w)"


def holds(text: str, hints: tuple[str, ...]) -> bool:
    """Whether any of `hints` stands in `text`, ever so quickly: asked before an expression is tried on it."""
    for hint in hints:  # noqa: SIM110 - a loop costs a third of a generator, and this is asked of every gap
        if hint in text:
            return True
    return False


@cache
def words(*roles: str) -> tuple[str, ...]:
    """The words of the given roles.

    >>> words("times")
    ('x', '×', 'nhân', 'nhân với')
    """
    return tuple(dict.fromkeys(row.word for row in read_seed("check_words", CheckWordRow) if row.role in roles))


@cache
def pattern(*roles: str) -> re.Pattern[str]:
    """A compiled expression for the words of the given roles, for lower-case text.

    >>> bool(pattern("partial").search("500 hộ, trong đó có 20 hộ nghèo"))
    True
    >>> bool(pattern("partial").search("trong đóng góp"))
    False
    """
    return re.compile(alternation(words(*roles)))


@cache
def noun_class(noun: str) -> str | None:
    """The class of a counted noun by its first words: `person` for "thủy thủ", None for a noun not listed."""
    table = _noun_classes()
    parts = noun.lower().split()
    for length in range(min(3, len(parts)), 0, -1):
        if found := table.get(" ".join(parts[:length])):
            return found
    return None


@cache
def _noun_classes() -> dict[str, str]:
    return {row.noun: row.noun_class for row in read_seed("noun_classes", NounClassRow)}


@dataclass(frozen=True, slots=True)
class WeekdayRow:
    """A name of a weekday and its number, Monday 0."""

    KEY: ClassVar[tuple[str, ...]] = ("name",)
    name: str
    number: int

    def __post_init__(self) -> None:
        if not 0 <= self.number <= 6:
            raise ValueError(f"number {self.number} is no weekday; write 0 for Monday to 6 for Sunday")


@cache
def weekdays() -> dict[str, int]:
    """The weekdays by name, Monday 0.

    >>> weekdays()["thứ hai"], weekdays()["chủ nhật"]
    (0, 6)
    """
    return {row.name: row.number for row in read_seed("weekdays", WeekdayRow)}
