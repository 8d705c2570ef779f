"""Where the SQL and the expectation suites lie."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def schemas_folder() -> Path:
    """The folder of tables, marts, migrations and expectations: inside an installed wheel, or beside the package."""
    inside = _PACKAGE / "_schemas"
    return inside if inside.is_dir() else _PACKAGE.parent / "schemas"


def sql_files(part: str) -> list[Path]:
    """The SQL files of one part (`tables`, `marts`, `migrations`) in name order."""
    return sorted((schemas_folder() / part).glob("*.sql"))


def fingerprint(files: Iterable[Path]) -> str:
    """SHA-256 of names and contents of files, hexadecimal."""
    digest = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        digest.update(f"{file.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
