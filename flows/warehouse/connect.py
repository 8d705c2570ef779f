"""Opening the warehouse file: for reading, for writing, or a scratch database in memory.

DuckDB lets one process write or many read. So the file is opened late and closed soon, and whoever finds
it taken waits a while before giving up.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection as Connection

from flows.errors import WarehouseBusy, WarehouseError

__all__ = ["Connection", "reading", "scratch", "transaction", "writing"]

WAIT_SECONDS = 30.0
_MEMORY_LIMIT = "600MB"
_SCRATCH_LIMIT = "200MB"
_HOLDER = re.compile(r"\(PID (\d+)\)")


def _open(path: Path, *, read_only: bool, wait_seconds: float) -> Connection:
    deadline = time.monotonic() + wait_seconds
    pause = 0.05
    while True:
        try:
            return duckdb.connect(str(path), read_only=read_only)
        except (duckdb.IOException, duckdb.ConnectionException) as error:
            reason = str(error)
            taken = "lock" in reason.lower() or "different configuration" in reason
            if not taken or time.monotonic() + pause > deadline:
                raise _explained(path, reason, taken=taken) from None
        except duckdb.Error as error:
            raise _explained(path, str(error), taken=False) from None
        time.sleep(pause)
        pause = min(pause * 1.5, 1.0)


def _explained(path: Path, reason: str, *, taken: bool) -> WarehouseError:
    if taken:
        holder = _HOLDER.search(reason)
        who = f"process {holder[1]}" if holder else "another process"
        return WarehouseBusy(f"warehouse: {path}: {who} has it open; close it there and run again")
    if "not a valid DuckDB" in reason:
        return WarehouseError(f"warehouse: {path}: is not a DuckDB file; name another file with --warehouse")
    first_line = reason.strip().splitlines()[0]
    return WarehouseError(f"warehouse: {path}: cannot be opened ({first_line}); check the file and its folder")


@contextmanager
def writing(path: Path, wait_seconds: float = WAIT_SECONDS) -> Iterator[Connection]:
    """The warehouse open for writing; the file and its folder are made where missing. Raises WarehouseError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WarehouseError(
            f"warehouse: {path}: its folder cannot be made ({error.strerror}); name another file with --warehouse"
        ) from None
    connection = _open(path, read_only=False, wait_seconds=wait_seconds)
    try:
        _settle(connection, path, _MEMORY_LIMIT)
        yield connection
    finally:
        connection.close()


@contextmanager
def reading(path: Path, wait_seconds: float = WAIT_SECONDS) -> Iterator[Connection]:
    """The warehouse open for reading only. Raises WarehouseError, also where there is none."""
    if not path.exists():
        raise WarehouseError(f"warehouse: {path}: is not there; run `khopso ingest PATH` first")
    connection = _open(path, read_only=True, wait_seconds=wait_seconds)
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def scratch(folder: Path | None = None) -> Iterator[Connection]:
    """A database in memory that may spill to `folder`."""
    connection = duckdb.connect(":memory:")
    try:
        _settle(connection, folder / "spill" if folder else None, _SCRATCH_LIMIT)
        yield connection
    finally:
        connection.close()


def _settle(connection: Connection, path: Path | None, memory_limit: str) -> None:
    """Bounded memory. One thread, as each holds parts of a join or a sort that cannot go to disk.

    So 100,000 articles with 780,000 figures are published within 400 MB, where two threads are not enough with that.
    """
    connection.execute(f"SET memory_limit = '{memory_limit}'")
    connection.execute("SET preserve_insertion_order = false")
    connection.execute("SET threads = 1")
    if path is not None:
        connection.execute("SET temp_directory = ?", [str(path) + ".tmp"])


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All or nothing: commit at the end, roll back at an error."""
    connection.execute("BEGIN TRANSACTION")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        _roll_back(connection)
        raise


def _roll_back(connection: Connection) -> None:
    try:
        connection.execute("ROLLBACK")
    except duckdb.TransactionException:
        return  # the failed statement has rolled it back already
