"""`.csv`: a table with a header, one article a row; parted by commas, semicolons or tabs."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from flows.model import Article, Reject
from flows.sources.decoding import LARGEST_ARTICLE, Undecodable, decode, refuse_other_kinds
from flows.sources.inputs import InputFile
from flows.sources.records import read_record
from flows.sources.rejects import Reason, reject

SUFFIXES = (".csv",)

_PARTING = (",", ";", "\t")
_LONGEST_LINE = 3 * LARGEST_ARTICLE


def _lines(stream: IO[bytes]) -> Iterator[str]:
    """The lines, decoded; raises Undecodable with the line in its detail."""
    number = 0
    while raw := stream.readline(_LONGEST_LINE):
        number += 1
        try:
            if number == 1:
                refuse_other_kinds(raw[:64])
            yield decode(raw)
        except Undecodable as error:
            detail = error.detail if number == 1 else f"{error.detail} of line {number}, the rest is left out"
            raise Undecodable(error.reason, detail, error.remedy) from None


def _parting(header: str) -> str:
    """The character that parts the cells: the one by which the header has a cell `text`."""
    return next((mark for mark in _PARTING if "text" in next(csv.reader([header], delimiter=mark), [])), _PARTING[0])


def _rows(stream: IO[bytes], path: str) -> Iterator[Article | Reject]:
    lines = _lines(stream)
    header_line = next(lines, "")
    if not header_line.strip():
        yield reject(Reason.EMPTY, path)
        return
    mark = _parting(header_line)
    header = [name.strip() for name in next(csv.reader([header_line], delimiter=mark))]
    if "text" not in header:
        yield reject(Reason.MISSING_TEXT, path, f'its header has no "text" but {", ".join(header)[:200]}', 1)
        return
    reader = csv.reader(lines, delimiter=mark, strict=True)
    found_any = False
    for cells in reader:
        line = reader.line_num + 1
        if not any(cells):
            continue
        found_any = True
        if len(cells) != len(header):
            yield reject(Reason.BROKEN_TABLE, path, f"{len(cells)} cells under {len(header)} names", line)
            continue
        yield from read_record({name: cell or None for name, cell in zip(header, cells, strict=True)}, path, line)
    if not found_any:
        yield reject(Reason.EMPTY, path, "a header without rows")


def read(input_file: InputFile) -> Iterator[Article | Reject]:
    """The articles of the table, one a row; `line` of a reject is the last line of its row."""
    path = input_file.path
    csv.field_size_limit(_LONGEST_LINE)
    with Path(path).open("rb") as stream:
        try:
            yield from _rows(stream, path)
        except Undecodable as error:
            yield reject(error.reason, path, error.detail, remedy=error.remedy)
        except csv.Error as error:
            yield reject(Reason.BROKEN_TABLE, path, f"{error}, the rest is left out")
