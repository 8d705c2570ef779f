"""`.txt`: one article a file, as scraped; its dateline, title and author are read from the text where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from flows.model import Article, Reject
from flows.sources.decoding import LARGEST_ARTICLE, Undecodable, decode, refuse_other_kinds
from flows.sources.inputs import InputFile
from flows.sources.records import article_with_header
from flows.sources.rejects import Reason, reject
from flows.text.normalise import normalise

SUFFIXES = (".txt",)


def read(input_file: InputFile) -> Iterator[Article | Reject]:
    """The one article of the file."""
    path = input_file.path
    with Path(path).open("rb") as stream:
        raw = stream.read(LARGEST_ARTICLE + 1)
    if len(raw) > LARGEST_ARTICLE:
        yield reject(Reason.TOO_LARGE, path, f"{input_file.size} bytes, an article has at most {LARGEST_ARTICLE}")
        return
    try:
        refuse_other_kinds(raw[:64])
        text = decode(raw)
    except Undecodable as error:
        yield reject(error.reason, path, error.detail, remedy=error.remedy)
        return
    if not text or text.isspace():
        yield reject(Reason.EMPTY, path)
        return
    yield article_with_header(Article(path, normalise(text)))
