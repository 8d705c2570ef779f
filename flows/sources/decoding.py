"""Bytes to text: UTF-8 with or without a byte order mark, and a named reason for everything else."""

from __future__ import annotations

import re

from flows.sources.rejects import Reason

LARGEST_ARTICLE = 8_000_000
"""Bytes. The longest newspaper articles have under 0.2 MB."""

_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"), (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"),
)
_KINDS = (
    (b"%PDF", "a PDF"), (b"PK\x03\x04", "a zip archive or office document"), (b"\x1f\x8b", "gzip data"),
    (b"\x89PNG", "a PNG picture"), (b"GIF8", "a GIF picture"), (b"\xff\xd8\xff", "a JPEG picture"),
    (b"{\\rtf", "an RTF document"), (b"\xd0\xcf\x11\xe0", "an old office document"), (b"PAR1", "a Parquet table"),
    (b"SQLite format 3", "an SQLite database"), (b"BZh", "bzip2 data"), (b"\xfd7zXZ", "xz data"),
    (b"\x7fELF", "a program"),
)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class Undecodable(ValueError):
    """The bytes are not the text they should be; carries the reason code, the detail and a special remedy."""

    def __init__(self, reason: Reason, detail: str, remedy: str = "") -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.remedy = remedy


def refuse_other_kinds(head: bytes) -> None:
    """Raise Undecodable when the first bytes of a file are those of another encoding or kind of file."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            raise Undecodable(Reason.NOT_UTF8, f"it is {name}", f"convert it with iconv -f {name} -t UTF-8")
    for magic, name in _KINDS:
        if head.startswith(magic):
            raise Undecodable(Reason.NOT_TEXT, f"it is {name}")
    if head[1::2].count(0) * 4 > len(head) or head[::2].count(0) * 4 > len(head):
        raise Undecodable(Reason.NOT_UTF8, "it looks like UTF-16", "convert it with iconv -f UTF-16 -t UTF-8")


def decode(raw: bytes) -> str:
    """Decode UTF-8; a byte order mark at the start is dropped. Raises Undecodable.

    >>> decode("3.463 đảng viên".encode())
    '3.463 đảng viên'
    >>> decode("tỷ".encode("utf-16-be"))
    Traceback (most recent call last):
      ...
    flows.sources.decoding.Undecodable: it holds NUL bytes
    """
    if b"\x00" in raw:
        raise Undecodable(Reason.NOT_TEXT, "it holds NUL bytes")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        where = f"byte 0x{raw[error.start]:02x} at position {error.start}"
        raise Undecodable(Reason.NOT_UTF8, f"{where}, line {line} of it" if line > 1 else where) from None
    return text.removeprefix("\ufeff")


def has_broken_character(text: str) -> bool:
    """Whether half of a surrogate pair stands in `text`, which no UTF-8 can hold."""
    return _LONE_SURROGATE.search(text) is not None
