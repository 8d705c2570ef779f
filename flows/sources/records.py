"""A record of a table or JSON file to an article: which fields there are and what they may hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from flows.model import Article, Reject
from flows.sources.decoding import LARGEST_ARTICLE, has_broken_character
from flows.sources.rejects import Reason, reject
from flows.text.dateline import read_header
from flows.text.normalise import normalise

_TEXT_FIELDS = ("source", "url", "title", "author", "place")
_ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


def parse_published_at(value: str) -> datetime:
    """Parse an ISO date or time as a datetime, aware if it names its zone. Raises ValueError.

    >>> parse_published_at("2018-10-08"), parse_published_at("2018-10-08T19:46:00Z").isoformat()
    (datetime.datetime(2018, 10, 8, 0, 0), '2018-10-08T19:46:00+00:00')
    >>> parse_published_at("08/10/2018")
    Traceback (most recent call last):
      ...
    ValueError: "08/10/2018" is not an ISO date; write it like 2018-10-08 or 2018-10-08T19:46:00+07:00
    """
    stripped = value.strip()
    shown = stripped if len(stripped) <= 40 else f"{stripped[:40]}…"
    if not _ISO.fullmatch(stripped):
        raise ValueError(f'"{shown}" is not an ISO date; write it like 2018-10-08 or 2018-10-08T19:46:00+07:00')
    try:
        parsed = datetime.fromisoformat(stripped)
    except ValueError as error:
        raise ValueError(f'"{shown}" is no date ({error}); correct it') from None
    if not _FIRST_YEAR <= parsed.year <= _LAST_YEAR:
        raise ValueError(f'"{shown}" is not between {_FIRST_YEAR} and {_LAST_YEAR}; correct it')
    return parsed


def _as_text(value: Any) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise TypeError(f"is {type(value).__name__}; write it as a string")
    if has_broken_character(value) or "\x00" in value:
        raise ValueError("holds a character that no text has; remove it")
    return normalise(value)


def _as_id(value: Any) -> str | None:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _as_text(value)


def _as_time(value: Any) -> datetime | None:
    if isinstance(value, date):
        value = value.isoformat()
    text = _as_text(value)
    return None if text is None else parse_published_at(text)


_READERS: dict[str, Callable[[Any], Any]] = {
    "id": _as_id, "published_at": _as_time, **dict.fromkeys(_TEXT_FIELDS, _as_text),
}
FIELDS = frozenset(("text", *_READERS))


def article_with_header(article: Article) -> Article:
    """Fill in what the source did not say of an article but its text does: publication time, title, author."""
    if article.published_at is None or article.title is None or article.author is None:
        header = read_header(article.text)
        article.published_at = article.published_at or header.published_at
        article.title = article.title or header.title
        article.author = article.author or header.author
    return article


def read_record(record: Mapping[str, Any], path: str, line: int) -> Iterator[Article | Reject]:
    """The article of a record; before it a `bad_field` reject for each optional field that cannot be read.

    Where the record is silent, publication time, title and author are read from the text. A record without an `id` is
    known by its file and line. Fields not named in the contract are left alone.
    """
    text = record.get("text")
    if not isinstance(text, str):
        detail = "" if text is None else f'"text" is {type(text).__name__}'
        yield reject(Reason.MISSING_TEXT, path, detail, line)
        return
    if len(text) > LARGEST_ARTICLE:
        yield reject(Reason.TOO_LARGE, path, f'"text" has {len(text)} characters', line)
        return
    if not text or text.isspace():
        yield reject(Reason.EMPTY, path, '"text" is empty', line)
        return
    if "\x00" in text:
        yield reject(Reason.NOT_TEXT, path, '"text" holds NUL characters', line)
        return
    if has_broken_character(text):
        yield reject(Reason.BROKEN_CHARACTER, path, 'in "text"', line)
        return
    values: dict[str, Any] = {}
    for name, reader in _READERS.items():
        given = record.get(name)
        if given is None:
            continue
        try:
            values[name] = reader(given)
        except (TypeError, ValueError) as error:
            why, _, remedy = str(error).partition("; ")
            yield reject(Reason.BAD_FIELD, path, f"{name} {why}", line, f"{remedy}; the article is read without it")
    external_id = values.pop("id", None) or f"{path}:{line}"
    yield article_with_header(Article(external_id, normalise(text), **values))
