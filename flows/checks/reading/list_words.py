"""The words of `seeds/list_words.csv`, by which a text opens, joins and ends lists of parts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from flows.checks.reading.words import alternation
from flows.seeds import read_seed


@dataclass(frozen=True, slots=True)
class ListWordRow:
    """A word that opens, joins or ends a list of parts, and the role it plays."""

    KEY: ClassVar[tuple[str, ...]] = ("role", "word")
    role: str
    word: str

    def __post_init__(self) -> None:
        if self.word != self.word.lower():
            raise ValueError(f'word "{self.word}" has capitals; write it in small letters')


@cache
def list_words(role: str) -> tuple[str, ...]:
    """The words of a role.

    >>> list_words("more")
    ('và', 'cùng')
    """
    return tuple(row.word for row in read_seed("list_words", ListWordRow) if row.role == role)


@cache
def any_of(*roles: str) -> str:
    """A pattern for the words of the given roles, as whole words of lower-case text.

    >>> any_of("more")
    '(?<!\\\\w)(?:cùng|và)(?!\\\\w)'
    """
    return alternation(tuple(word for role in roles for word in list_words(role)))
