"""Bringing a warehouse file up to the schema of this version.

`schemas/tables/*.sql` say what the tables are now; a new file is made from them. A file that exists already
is brought up by `schemas/migrations/<number>_<name>.sql`, each applied once, in order, in one transaction
with the reference tables and the marts. Afterwards its columns must be those of the tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from flows.errors import WarehouseError
from flows.seeds import seeds_folder
from flows.warehouse.connect import Connection, reading, scratch, transaction, writing
from flows.warehouse.marts import refresh_marts
from flows.warehouse.reference import load_reference
from flows.warehouse.schemas import fingerprint, sql_files

_STATE = 0
"""The version number under which the fingerprint of all SQL and seeds is kept."""


@dataclass(frozen=True, slots=True)
class Migrated:
    """What was done to a warehouse file."""

    created: bool
    migrations: tuple[str, ...]
    reference_tables: tuple[str, ...]


def schema_fingerprint() -> str:
    """SHA-256 of all SQL and seeds: a warehouse that carries it needs nothing."""
    files = [file for part in ("tables", "migrations", "marts") for file in sql_files(part)]
    return fingerprint([*files, *sorted(seeds_folder().glob("*.csv"))])


def migrate(path: Path) -> Migrated:
    """Create or bring up the warehouse at `path`; does nothing, and locks nothing, where it is up to date.

    Raises WarehouseError or SeedError and leaves the file as it was.
    """
    state = schema_fingerprint()
    if path.exists() and _stored_state(path) == state:
        return Migrated(created=False, migrations=(), reference_tables=())
    with writing(path) as connection, transaction(connection):
        return _migrate(connection, path, state)


def _stored_state(path: Path) -> str | None:
    with reading(path) as connection:
        if not _has_versions(connection):
            return None
        row = connection.execute("SELECT fingerprint FROM schema_versions WHERE version = ?", [_STATE]).fetchone()
        return row[0] if row else None


def _has_versions(connection: Connection) -> bool:
    return bool(
        connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'schema_versions'").fetchone()
    )


def _migrate(connection: Connection, path: Path, state: str) -> Migrated:
    created = not _has_versions(connection)
    if created and connection.execute("SELECT 1 FROM duckdb_tables() WHERE NOT internal").fetchone():
        raise WarehouseError(
            f"warehouse: {path}: holds tables of something else; name another file with --warehouse"
        )
    if created:
        _execute(connection, sql_files("tables"))
    applied = _apply_migrations(connection, path, skip=created)
    if not created:
        _execute(connection, sql_files("tables"))
        _refuse_drift(connection, path)
    loaded = load_reference(connection)
    refresh_marts(connection)
    _remember(connection, _STATE, "tables, views and seeds", state)
    return Migrated(created, tuple(applied), tuple(loaded))


def _execute(connection: Connection, files: list[Path]) -> None:
    for file in files:
        try:
            connection.execute(file.read_text(encoding="utf-8"))
        except duckdb.Error as error:
            first_line = str(error).splitlines()[0]
            raise WarehouseError(f"schemas/{file.parent.name}/{file.name}: {first_line}; correct the file") from None


def _apply_migrations(connection: Connection, path: Path, *, skip: bool) -> list[str]:
    """Apply what the file has not seen; on a new file (`skip`) they are only noted, the tables hold them already."""
    done = {row[0] for row in connection.execute("SELECT version FROM schema_versions").fetchall()}
    files = {int(file.stem.split("_")[0]): file for file in sql_files("migrations")}
    if unknown := done - files.keys() - {_STATE}:
        raise WarehouseError(
            f"warehouse: {path}: was made by a newer khopso (migration {max(unknown)}); upgrade khopso"
        )
    pending = [(version, file) for version, file in sorted(files.items()) if version not in done]
    for version, file in pending:
        if not skip:
            _execute(connection, [file])
        _remember(connection, version, file.stem, fingerprint([file]))
    return [] if skip else [file.stem for _, file in pending]


def _remember(connection: Connection, version: int, name: str, sha256: str) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO schema_versions VALUES (?, ?, ?, ?)",
        [version, name, sha256, datetime.now(UTC).replace(tzinfo=None)],
    )


def _columns(connection: Connection) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for table, column, kind in connection.execute(
        """
        SELECT table_name, column_name, data_type
        FROM duckdb_columns() AS c
        JOIN duckdb_tables() AS t USING (table_oid, table_name)
        WHERE NOT c.internal
        ORDER BY column_name
        """
    ).fetchall():
        found.setdefault(table, []).append((column, kind))
    return found


def _refuse_drift(connection: Connection, path: Path) -> None:
    """The tables must be as their SQL says, whatever way the file came to them."""
    with scratch() as fresh:
        _execute(fresh, sql_files("tables"))
        wanted = _columns(fresh)
    present = _columns(connection)
    for table, columns in wanted.items():
        if present.get(table) != columns:
            raise WarehouseError(
                f"warehouse: {path}: table {table} has not the columns of schemas/tables/{table}.sql; "
                "add a migration that brings it there, or move the file away and ingest again"
            )


