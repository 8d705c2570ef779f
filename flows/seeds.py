"""Reading the reference data in `seeds/`: one CSV a table, one dataclass a row.

A seed row is converted by the annotations of its dataclass (`str`, `int`, `bool`, `Decimal`, `date`,
`X | None` for a cell that may be empty, `tuple[str, ...]` for a cell of alternatives parted by `|`), and
checked by its `__post_init__`, which raises ValueError with the reason and the remedy. A class attribute
`KEY` names the columns that must be unique together.
"""

from __future__ import annotations

import csv
import types
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from flows.errors import SeedError

Row = TypeVar("Row")

_PACKAGE = Path(__file__).resolve().parent


def seeds_folder() -> Path:
    """The folder of the seed tables: inside an installed wheel, or beside the package in a checkout."""
    inside = _PACKAGE / "_seeds"
    return inside if inside.is_dir() else _PACKAGE.parent / "seeds"


def _decimal(cell: str) -> Decimal:
    try:
        value = Decimal(cell)
    except InvalidOperation:
        raise ValueError("is not a decimal; write it like 1000 or 0.5") from None
    if "." in cell and cell.split(".")[1] == "000":
        raise ValueError(f"is not a decimal; write {cell.replace('.', '')}")
    return value


def _integer(cell: str) -> int:
    try:
        return int(cell)
    except ValueError:
        raise ValueError("is not a whole number; write digits only") from None


def _boolean(cell: str) -> bool:
    if cell not in ("0", "1"):
        raise ValueError("is not a flag; write 1 or 0")
    return cell == "1"


def _date(cell: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise ValueError("is not a date; write it like 2025-07-01") from None


_CONVERT: dict[Any, Callable[[str], Any]] = {
    str: str, int: _integer, bool: _boolean, Decimal: _decimal, date: _date,
}


def _converter(annotation: Any) -> Callable[[str], Any]:
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        inner = _converter(next(a for a in get_args(annotation) if a is not type(None)))
        return lambda cell: inner(cell) if cell else None
    if origin is tuple:
        return lambda cell: tuple(part.strip() for part in cell.split("|") if part.strip())
    convert = _CONVERT[annotation]

    def required(cell: str) -> Any:
        if not cell:
            raise ValueError("is empty; every row needs it")
        return convert(cell)

    return required


def parse_seed(path: Path, row_type: type[Row], shown_as: str) -> tuple[Row, ...]:
    """Read the CSV at `path` as rows of the dataclass `row_type`.

    Raises SeedError with file, line, value and remedy for the first row that is wrong.
    """
    hints = get_type_hints(row_type)
    converters = {f.name: _converter(hints[f.name]) for f in fields(row_type)}  # type: ignore[arg-type]
    key: tuple[str, ...] = getattr(row_type, "KEY", ())
    seen: dict[tuple[Any, ...], int] = {}
    rows: list[Row] = []
    try:
        stream = path.open(encoding="utf-8", newline="")
    except OSError as error:
        raise SeedError(shown_as, 0, f"cannot be read ({error.strerror}); restore the file") from None
    with stream:
        reader = csv.DictReader(stream, strict=True)
        header = reader.fieldnames or []
        if missing := [name for name in converters if name not in header]:
            raise SeedError(shown_as, 1, f"column {missing[0]} is missing; the header is {','.join(converters)}")
        for record in reader:
            line = reader.line_num
            if None in record or None in record.values():
                raise SeedError(shown_as, line, f"has not {len(header)} cells; quote a cell that holds a comma")
            values = {}
            for name, convert in converters.items():
                cell = record[name].strip()
                try:
                    values[name] = convert(cell)
                except ValueError as error:
                    raise SeedError(shown_as, line, f'{name} "{cell}" {error}') from None
            try:
                row = row_type(**values)
            except ValueError as error:
                raise SeedError(shown_as, line, str(error)) from None
            if key:
                identity = tuple(values[name] for name in key)
                if identity in seen:
                    raise SeedError(shown_as, line, f"{'+'.join(key)} {identity!r} stands in line {seen[identity]} "
                                                    "already; keep one of the two")
                seen[identity] = line
            rows.append(row)
    return tuple(rows)


@cache
def read_seed(name: str, row_type: type[Row]) -> tuple[Row, ...]:
    """The rows of `seeds/<name>.csv`, read once a process. Raises SeedError."""
    return parse_seed(seeds_folder() / f"{name}.csv", row_type, f"seeds/{name}.csv")
