"""Reference tables: each `schemas/tables/<name>.sql` that has a `seeds/<name>.csv` is loaded from it.

The SQL table says which columns are wanted and what they hold: a NOT NULL column needs a cell in each
row, the primary key must be unique, a list is a cell of alternatives parted by `|`.
"""

from __future__ import annotations

import csv
from dataclasses import asdict, make_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from flows.errors import SeedError, WarehouseError
from flows.seeds import parse_seed, seeds_folder
from flows.warehouse.connect import Connection, scratch
from flows.warehouse.schemas import fingerprint, sql_files

_PYTHON: dict[str, Any] = {
    "VARCHAR": str, "INTEGER": int, "BIGINT": int, "BOOLEAN": bool, "DATE": date, "VARCHAR[]": tuple[str, ...],
}


def seeded_tables() -> list[tuple[str, Path, Path]]:
    """Name, SQL file and CSV file of each reference table."""
    folder = seeds_folder()
    return [
        (file.stem, file, seed)
        for file in sql_files("tables")
        if (seed := folder / f"{file.stem}.csv").is_file()
    ]


def load_reference(connection: Connection) -> list[str]:
    """Load the reference tables whose CSV or SQL has changed; the names of those loaded.

    Raises SeedError with file, line, value and remedy; the caller's transaction is to be rolled back.
    """
    known = dict(connection.execute("SELECT name, sha256 FROM seed_files").fetchall())
    loaded = []
    for name, table_file, seed_file in seeded_tables():
        sha256 = fingerprint([table_file, seed_file])
        if known.get(name) == sha256:
            continue
        rows = _load_table(connection, name, table_file, seed_file)
        connection.execute(
            "INSERT OR REPLACE INTO seed_files VALUES (?, ?, ?, ?)",
            [name, sha256, rows, datetime.now(UTC).replace(tzinfo=None)],
        )
        loaded.append(name)
    return loaded


def _load_table(connection: Connection, name: str, table_file: Path, seed_file: Path) -> int:
    columns: list[tuple[str, str, bool]] = connection.execute(
        "SELECT column_name, data_type, is_nullable FROM duckdb_columns() WHERE table_name = ? AND NOT internal "
        "ORDER BY column_index", [name],
    ).fetchall()
    keys = connection.execute(
        "SELECT constraint_column_names FROM duckdb_constraints() WHERE table_name = ? "
        "AND constraint_type = 'PRIMARY KEY'", [name],
    ).fetchone()
    row_type = make_dataclass(
        name, [(column, _python_type(name, column, kind, nullable)) for column, kind, nullable in columns],
        namespace={"KEY": tuple(keys[0]) if keys else ()},
    )
    shown_as = f"seeds/{seed_file.name}"
    parsed: tuple[Any, ...] = parse_seed(seed_file, row_type, shown_as)
    rows = [asdict(row) for row in parsed]
    connection.execute(f"DELETE FROM {name}")
    if rows:
        connection.register("seed_rows", _as_arrow(rows, columns))
        try:
            connection.execute(f"INSERT INTO {name} BY NAME SELECT * FROM seed_rows")
        except duckdb.Error as error:
            raise _bad_row(rows, table_file, seed_file, shown_as, error) from None
        finally:
            connection.unregister("seed_rows")
    return len(rows)


def _python_type(table: str, column: str, kind: str, nullable: bool) -> Any:
    if kind.startswith("DECIMAL"):
        found: Any = Decimal
    elif kind in _PYTHON:
        found = _PYTHON[kind]
    else:
        raise WarehouseError(
            f"schemas/tables/{table}.sql: {column} {kind} cannot be loaded from a seed; "
            f"use one of {', '.join(_PYTHON)}, DECIMAL"
        )
    return found | None if nullable and not kind.endswith("[]") else found


def _as_arrow(rows: list[dict[str, Any]], columns: list[tuple[str, str, bool]]) -> pa.Table:
    """Every cell as text or a list of texts: DuckDB casts them to the types of the table exactly."""
    arrays = []
    for column, kind, _ in columns:
        if kind.endswith("[]"):
            arrays.append(pa.array([list(row[column] or ()) for row in rows], pa.list_(pa.string())))
        else:
            arrays.append(pa.array([_as_text(row[column]) for row in rows], pa.string()))
    return pa.Table.from_arrays(arrays, names=[column for column, _, _ in columns])


def _as_text(value: Any) -> str | None:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return None if value is None else str(value)


def _bad_row(
    rows: list[dict[str, Any]], table_file: Path, seed_file: Path, shown_as: str, refusal: duckdb.Error
) -> SeedError:
    """The error for the first row that breaks a rule of its table: DuckDB names the rule but not the row."""
    reason, line, shown = str(refusal).splitlines()[0], 0, ""
    with scratch() as connection:
        connection.execute(table_file.read_text(encoding="utf-8"))
        for number, row in enumerate(rows):
            values = [list(value) if isinstance(value, tuple) else value for value in row.values()]
            marks = ", ".join("?" for _ in row)
            try:
                connection.execute(f"INSERT INTO {table_file.stem} ({', '.join(row)}) VALUES ({marks})", values)
            except duckdb.Error as error:
                reason, line = str(error).splitlines()[0], _line_of(seed_file, number)
                shown = ",".join("" if value is None else str(value) for value in row.values())[:120]
                break
    return SeedError(shown_as, line, f'row "{shown}" is refused ({reason}); correct the row')


def _line_of(seed_file: Path, number: int) -> int:
    """The line a data row ends in; rows are counted from 0."""
    with seed_file.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, strict=True)
        for position, _ in enumerate(reader):
            if position == number:
                return reader.line_num
    return 0
