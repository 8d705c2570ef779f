"""Finding the files to read, and reading each by its format."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from flows.errors import UsageError
from flows.model import Article, Reject
from flows.sources.decoding import has_broken_character
from flows.sources.rejects import Reason, reject

_LEFT_OUT = (".", "README")


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read: its path (posix, relative to the working folder when beneath it), digest, size and suffix."""

    path: str
    sha256: str
    size: int
    format: str


@cache
def formats() -> dict[str, ModuleType]:
    """The format modules of this folder by suffix."""
    package = import_module("flows.sources")
    found: dict[str, ModuleType] = {}
    for info in iter_modules(package.__path__, "flows.sources."):
        module = import_module(info.name)
        for suffix in getattr(module, "SUFFIXES", ()):
            found[suffix] = module
    return found


def format_of(name: str) -> str | None:
    """The longest known suffix that `name` ends with.

    >>> format_of("tin/2018.JSONL.gz"), format_of("anh.png")
    ('.jsonl.gz', None)
    """
    lowered = name.lower()
    return max((suffix for suffix in formats() if lowered.endswith(suffix)), key=len, default=None)


def _shown(path: Path) -> str:
    whole = Path(os.path.abspath(path))
    here = Path.cwd()
    shown = (whole.relative_to(here) if whole.is_relative_to(here) else whole).as_posix()
    return shown.encode("utf-8", "backslashreplace").decode()


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _reason_of(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


def _as_input(path: Path) -> InputFile | Reject:
    shown = _shown(path)
    suffix = format_of(path.name)
    if has_broken_character(str(path)):
        return reject(Reason.UNREADABLE, shown, "its name is not UTF-8", remedy="rename it")
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return reject(Reason.UNREADABLE, shown, "a pipe, socket or device")
        if suffix is None:
            return reject(Reason.UNKNOWN_FORMAT, shown, f"{', '.join(sorted(formats()))} are read")
        return InputFile(shown, _digest(path), status.st_size, suffix)
    except OSError as error:
        return reject(Reason.UNREADABLE, shown, _reason_of(error))


def _walk(top: Path) -> Iterator[Path | Reject]:
    """The files beneath `top` in the order of their names; hidden files and READMEs are left out."""
    waiting: list[tuple[Path, frozenset[tuple[int, int]]]] = [(top, frozenset())]
    while waiting:
        path, inside = waiting.pop()
        if not os.path.isdir(path):
            yield path
            continue
        try:
            status = path.stat()
            names = sorted(os.listdir(path), reverse=True)
        except OSError as error:
            yield reject(Reason.UNREADABLE, _shown(path), _reason_of(error))
            continue
        key = (status.st_dev, status.st_ino)
        if key in inside:
            yield reject(Reason.LINK_LOOP, _shown(path))
            continue
        waiting.extend((path / name, inside | {key}) for name in names if not name.startswith(_LEFT_OUT))


def list_inputs(paths: Sequence[str | Path]) -> list[InputFile | Reject]:
    """The files to read at `paths`: files as given, folders walked; in the order given and then of names, each once.

    Files that cannot be read, or have a suffix no format reads, come as rejects. Raises UsageError for a path that
    does not exist.
    """
    found: dict[str, InputFile | Reject] = {}
    for given in map(Path, paths):
        if not os.path.lexists(given):
            raise UsageError(f"{given}: no such file or folder; check the path")
        for path in _walk(given):
            key = path.path if isinstance(path, Reject) else _shown(path)
            if key not in found:
                found[key] = path if isinstance(path, Reject) else _as_input(path)
    return list(found.values())


def read_input(input_file: InputFile) -> Iterator[Article | Reject]:
    """Read the articles of a file, one after another, in file order. Never raises: what fails is a Reject."""
    try:
        yield from formats()[input_file.format].read(input_file)
    except OSError as error:
        yield reject(Reason.UNREADABLE, input_file.path, _reason_of(error))


def fingerprint(input_file: InputFile) -> str | None:
    """SHA-256 of what will be read; None where it cannot be known beforehand."""
    return input_file.sha256
