"""`.parquet`: one article a row, read in small batches."""

from __future__ import annotations

from collections.abc import Iterator

from flows.model import Article, Reject
from flows.sources.inputs import InputFile
from flows.sources.records import FIELDS, read_record
from flows.sources.rejects import Reason, reject

SUFFIXES = (".parquet",)

_ROWS_AT_ONCE = 64


def read(input_file: InputFile) -> Iterator[Article | Reject]:
    """The articles of the table; `line` of a reject is its row, from 1. Only columns of the contract are read."""
    path = input_file.path
    if not input_file.size:
        yield reject(Reason.EMPTY, path)
        return
    # Loading pyarrow takes a quarter of a second, which other formats need not pay.
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    row = 0
    try:
        with ParquetFile(path) as table:
            names = [name for name in table.schema_arrow.names if name in FIELDS]
            if "text" not in names:
                yield reject(Reason.MISSING_TEXT, path, 'no column "text"')
                return
            for batch in table.iter_batches(_ROWS_AT_ONCE, columns=names):
                for record in batch.to_pylist():
                    row += 1
                    yield from read_record(record, path, row)
    except (ArrowException, OSError, ValueError, OverflowError) as error:
        yield reject(Reason.BROKEN_TABLE, path, f"{str(error).strip().partition(chr(10))[0][:200]} (after row {row})")
        return
    if not row:
        yield reject(Reason.EMPTY, path, "no rows")
