"""The words of `seeds/list_words.csv`, by which a text opens, joins and ends lists of parts."""

from __future__ import annotations

from functools import cache

from flows.checks.reading.words import CheckWordRow, alternation
from flows.seeds import read_seed


@cache
def list_words(role: str) -> tuple[str, ...]:
    """The words of a role.

    >>> list_words("more")
    ('và', 'cùng')
    """
    return tuple(row.word for row in read_seed("list_words", CheckWordRow) if row.role == role)


@cache
def any_of(*roles: str) -> str:
    """A pattern for the words of the given roles, as whole words of lower-case text.

    >>> any_of("more")
    '(?<!\\\\w)(?:cùng|và)(?!\\\\w)'
    """
    return alternation(tuple(word for role in roles for word in list_words(role)))
