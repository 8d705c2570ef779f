"""`.jsonl` and `.jsonl.gz`: one JSON object a line, one article an object."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from flows.model import Article, Reject
from flows.sources.decoding import LARGEST_ARTICLE, Undecodable, decode, refuse_other_kinds
from flows.sources.inputs import InputFile
from flows.sources.records import read_record
from flows.sources.rejects import Reason, reject

SUFFIXES = (".jsonl", ".jsonl.gz")

_LONGEST_LINE = 3 * LARGEST_ARTICLE
"""An article's characters may each stand escaped."""
_CHUNK = 1 << 20
_BROKEN_BEFORE_GIVING_UP = 20


def _lines(stream: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Each line with its number, from 1; None for one that is too long, whose rest is passed over."""
    number = 0
    while raw := stream.readline(_LONGEST_LINE + 1):
        number += 1
        if len(raw) <= _LONGEST_LINE:
            yield number, raw
            continue
        while raw and not raw.endswith(b"\n"):
            raw = stream.readline(_CHUNK)
        yield number, None


def _read_line(raw: bytes, path: str, line: int) -> Iterator[Article | Reject]:
    try:
        record = json.loads(decode(raw))
    except Undecodable as error:
        yield reject(error.reason, path, error.detail, line, error.remedy)
    except json.JSONDecodeError as error:
        yield reject(Reason.BROKEN_JSON, path, f"{error.msg} at character {error.pos + 1}", line)
    except (ValueError, RecursionError) as error:
        detail = "nested too deeply" if isinstance(error, RecursionError) else str(error).partition(";")[0]
        yield reject(Reason.BROKEN_JSON, path, detail, line)
    else:
        if isinstance(record, dict):
            yield from read_record(record, path, line)
        else:
            yield reject(Reason.NOT_A_RECORD, path, f"a {type(record).__name__}", line)


def _read_stream(stream: IO[bytes], path: str) -> Iterator[Article | Reject]:
    found_any = False
    broken = 0
    for line, raw in _lines(stream):
        if line == 1 and raw:
            try:
                refuse_other_kinds(raw[:64])
            except Undecodable as error:
                yield reject(error.reason, path, error.detail, remedy=error.remedy)
                return
        if raw is None:
            yield reject(Reason.TOO_LARGE, path, f"a line over {_LONGEST_LINE} bytes", line)
            continue
        if not raw.strip(b" \t\r\n\xef\xbb\xbf"):
            continue
        if line == 1 and raw.strip(b" \t\r\n\xef\xbb\xbf") in (b"[", b"{"):
            remedy = "write one object a line, for example with jq -c '.[]'"
            yield reject(Reason.BROKEN_JSON, path, "one JSON document over many lines", 1, remedy)
            return
        for item in _read_line(raw, path, line):
            found_any = found_any or isinstance(item, Article)
            yield item
        broken += not found_any
        if broken >= _BROKEN_BEFORE_GIVING_UP:
            yield reject(Reason.GAVE_UP, path, f"its first {broken} records are broken", line)
            return
    if not found_any and not broken:
        yield reject(Reason.EMPTY, path)


def read(input_file: InputFile) -> Iterator[Article | Reject]:
    """The articles of the file, one a line; memory is bounded by the longest line."""
    path = input_file.path
    if not input_file.format.endswith(".gz"):
        with Path(path).open("rb") as stream:
            yield from _read_stream(stream, path)
        return
    if not input_file.size:
        yield reject(Reason.EMPTY, path)
        return
    try:
        with gzip.open(path) as unpacked:
            yield from _read_stream(cast("IO[bytes]", unpacked), path)
    except EOFError:
        yield reject(Reason.TRUNCATED, path, "the compressed data is cut")
    except (gzip.BadGzipFile, zlib.error) as error:
        yield reject(Reason.BROKEN_ARCHIVE, path, str(error).lower())
