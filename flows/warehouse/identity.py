"""Names that stay: ids of articles, figures, checks, rejects and runs, and the version of the rules.

An id is a function of what the row is about, never of the run that wrote it, so that reading the same
article again gives the same ids and a person's review stays attached to its check.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path

from flows.model import Article
from flows.seeds import seeds_folder
from flows.warehouse.schemas import fingerprint

VIETNAM = timezone(timedelta(hours=7))

_PACKAGE = Path(__file__).resolve().parent.parent
_READING = ("model.py", "seeds.py", "text", "sources", "recognizers", "figures", "checks")
"""What decides how an article is read: when any of it changes, articles are read again."""


def _hash(parts: Iterable[object], digits: int) -> str:
    digest = hashlib.sha256()
    for part in parts:
        encoded = b"-" if part is None else str(part).encode()
        digest.update(f"{len(encoded)}:".encode())
        digest.update(encoded)
    return digest.hexdigest()[:digits]


def article_id(source: str | None, external_id: str) -> str:
    """The key of an article: 16 hex digits of source and external id.

    >>> article_id("Báo Phú Yên", "22625075")
    'd1a255e2f22d0597'
    >>> article_id(None, "22625075") == article_id("", "22625075")
    False
    """
    return _hash((source, external_id), 16)


def local_time(moment: datetime | None) -> datetime | None:
    """Wall-clock time in Viet Nam without a zone; a time that carries no zone is taken as it is.

    >>> local_time(datetime(2018, 10, 8, 12, 46, tzinfo=UTC))
    datetime.datetime(2018, 10, 8, 19, 46)
    """
    if moment is None or moment.tzinfo is None:
        return moment
    return moment.astimezone(VIETNAM).replace(tzinfo=None)


def content_hash(article: Article, read_as_of: date | None) -> str:
    """A hash of everything read of an article; raises UnicodeEncodeError where a field holds half a character."""
    return _hash(
        (
            article.external_id, article.text, article.source, article.url, article.title, article.author,
            local_time(article.published_at), article.place, read_as_of,
        ),
        64,
    )


def figure_id(article: str, char_start: int) -> str:
    """The key of a figure: it leads back to the characters.

    >>> figure_id("d1a255e2f22d0597", 1204)
    'd1a255e2f22d0597:1204'
    """
    return f"{article}:{char_start}"


def check_id(article: str, kind: str, stated: int | None, operands: Iterable[tuple[int, str]], occurrence: int) -> str:
    """The key of a check: its article and a hash of kind, figures and roles.

    `occurrence` tells apart checks of the same kind on the same figures: 0 for the first.
    """
    flat = [part for start, role in operands for part in (start, role)]
    return f"{article}-{_hash((kind, stated, occurrence, *flat), 10)}"


def reject_id(path: str, line: int | None, article: str | None, reason: str, message: str) -> str:
    """The key of a reject: a hash of place, reason and message."""
    return _hash((path, line, article, reason, message), 16)


def new_run_id(now: datetime) -> str:
    """A key that sorts by time: `20181008T124600-3fa9c1`."""
    return f"{now.astimezone(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"


@cache
def extractor_version() -> str:
    """A fingerprint of the rules and seeds that read figures and checks: 12 hex digits."""
    files: list[Path] = []
    for name in _READING:
        path = _PACKAGE / name
        files += sorted(path.rglob("*.py")) if path.is_dir() else [path]
    files += sorted(seeds_folder().glob("*.csv"))
    return fingerprint(files)[:12]
