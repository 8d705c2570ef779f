"""The header of a scraped article: when it was published, its title and its author, where they stand in the text.

A dateline is a short line near the start (or the end) that is a full date with a weekday, a time of day or a label
("Thứ Hai, 08/10/2018, 19:46 (GMT+7)", "Cập nhật lúc 19h46, ngày 08/10/2018"), or nothing but a date. The title is the
first line of words that does not end as a sentence; the author signs the last line or stands after a label
("Tác giả: …", "Theo …"). A date inside a sentence is no dateline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from itertools import pairwise
from typing import ClassVar

from flows.seeds import read_seed

_HEAD = 3000
_TAIL = 1200
_HEAD_LINES = 14
_TAIL_LINES = 8
_LONGEST_DATELINE = 140
_LONGEST_BESIDE = 50
_LONGEST_TITLE = 220
_LONGEST_SIGNATURE = 60
_FIRST_YEAR, _LAST_YEAR = 1945, 2100
_ROLES = ("weekday", "date_label", "author_label", "source_label", "section", "furniture", "signature_note")


@dataclass(slots=True)
class Header:
    """What the text says of itself; None where it does not.

    `published_at` is aware when the line names its time zone. `weekday` is the one printed (1 = Monday … 7 = Sunday),
    whether or not it agrees with the date; `dateline` is the span of date and weekday. `furniture` are the spans of
    lines that are no part of the article: datelines, signatures, counters, dots.
    """

    published_at: datetime | None = None
    weekday: int | None = None
    dateline: tuple[int, int] | None = None
    title: str | None = None
    author: str | None = None
    furniture: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """A word of headers: a weekday, a label, a section of a paper, page furniture."""

    KEY: ClassVar[tuple[str, ...]] = ("word", "role")
    word: str
    role: str
    value: int | None
    example: str

    def __post_init__(self) -> None:
        if self.role not in _ROLES:
            raise ValueError(f'role "{self.role}" is not one of {", ".join(_ROLES)}; choose one')
        if (self.role == "weekday") != (self.value is not None):
            raise ValueError("value is for weekdays, 1 to 7; leave it empty for other words")


@dataclass(frozen=True, slots=True)
class _Patterns:
    weekdays: dict[str, int]
    sections: frozenset[str]
    date: re.Pattern[str]
    time: re.Pattern[str]
    zone: re.Pattern[str]
    weekday: re.Pattern[str]
    label: re.Pattern[str]
    author: re.Pattern[str]
    furniture: re.Pattern[str]
    signature: re.Pattern[str]


_UPPER = "A-ZÀ-ÖØ-ÞĂĐĨŨƠƯ\u1ea0-\u1ef9"
_LETTER = r"[^\W\d_]"
# Possessive: a name can be split into words in one way only, so a line that is no name is refused at once.
_NAME_WORD = rf"(?=[{_UPPER}]){_LETTER}{{1,12}}+(?:\.{_LETTER}{{1,7}}+){{0,4}}+\.?+"
_NAME = rf"{_NAME_WORD}(?:[ \u00a0]{_NAME_WORD}){{0,4}}"


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


@cache
def _patterns() -> _Patterns:
    by_role: dict[str, list[str]] = {role: [] for role in _ROLES}
    weekdays: dict[str, int] = {}
    for row in read_seed("header_words", HeaderRow):
        by_role[row.role].append(row.word)
        if row.value is not None:
            weekdays[row.word] = row.value
    ignore = re.IGNORECASE
    note = _either(by_role["signature_note"])
    return _Patterns(
        weekdays,
        frozenset(by_role["section"]),
        re.compile(
            r"(?<![\d/.-])(?:(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})"
            r"|(?P<d2>\d{1,2})(?P<s>\s?[/.-]\s?)(?P<m2>\d{1,2})(?P=s)(?P<y2>\d{4}|\d{2})"
            r"|(?P<d3>\d{1,2})\s+tháng\s+(?P<m3>\d{1,2})(?:\s+năm|,)?\s+(?P<y3>\d{4}))(?![\d/]|-\d)", ignore),
        re.compile(
            r"(?<![\d/.:-])(?P<h>\d{1,2})(?:\s?[:hH]\s?|\s+giờ\s+)(?P<n>\d{2})(?::(?P<s>\d{2}))?(?!\d)"
            r"(?:\s?(?:phút|p\b))?(?:\s?(?P<half>AM|PM|SA|CH)\b)?", ignore),
        re.compile(
            r"(?:GMT|UTC|(?<=:\d\d))\s?(?P<sign>[+-])\s?(?P<h>\d{1,2})(?::?(?P<n>\d{2}))?(?!\d)"
            r"|(?P<z>(?<=\d)Z\b)", ignore),
        re.compile(rf"(?<!\w)(?:{_either(by_role['weekday'])})(?!\w)", ignore),
        re.compile(rf"(?<!\w)(?:{_either(by_role['date_label'])})\b", ignore),
        re.compile(
            rf"[(\[]?(?:(?i:{_either(by_role['author_label'])})\s?:\s*|(?i:{_either(by_role['source_label'])})\s?:?\s+)"
            rf"(?P<name>[{_UPPER}\d][^.;:!?]{{1,{_LONGEST_SIGNATURE}}}?(?:\.[^\s.;:!?]{{1,9}})?)\s*[)\]]?\s*\Z"),
        re.compile(rf"(?:{_either(by_role['furniture'])})(?:\s*[:(\d].*)?\s*\Z", ignore),
        re.compile(
            rf"[(\[]?(?P<name>{_NAME}(?:\s?(?:[-–,/]|và)\s?{_NAME}){{0,3}})"
            rf"(?:\s*\((?:(?i:{note})|{_NAME})\))?[)\]]?\s*\Z"),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


def _lines(text: str, start: int, end: int) -> list[_Line]:
    """The lines of `text[start:end]` that hold more than spaces, without the spaces around them."""
    found = []
    for part in re.finditer(r"[^\n\r\u2028\u2029]+", text[start:end]):
        stripped = part[0].strip()
        if stripped:
            begin = start + part.start() + part[0].index(stripped[0])
            found.append(_Line(begin, begin + len(stripped), stripped))
    return found


def _is_bare(line: str) -> bool:
    return not any(character.isalnum() for character in line)


def _hour(found: re.Match[str]) -> int:
    hour = int(found["h"])
    half = (found["half"] or "").upper()
    if half in ("PM", "CH") and hour < 12:
        return hour + 12
    return 0 if half in ("AM", "SA") and hour == 12 else hour


def _zone(line: str) -> timezone | None:
    found = _patterns().zone.search(line)
    if found is None:
        return None
    if found["z"]:
        return UTC
    offset = timedelta(hours=int(found["h"]), minutes=int(found["n"] or 0))
    if offset > timedelta(hours=14):
        return None
    return timezone(offset if found["sign"] == "+" else -offset)


def _moment(found: re.Match[str], time: re.Match[str] | None, line: str) -> datetime | None:
    year = int(found["y"] or found["y2"] or found["y3"])
    if year < 100:
        year += 2000
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    month = int(found["m"] or found["m2"] or found["m3"])
    day = int(found["d"] or found["d2"] or found["d3"])
    try:
        if time is None:
            return datetime(year, month, day)
        return datetime(year, month, day, _hour(time), int(time["n"]), int(time["s"] or 0), tzinfo=_zone(line))
    except ValueError:
        return None


_ONLY_DATE = re.compile(r"(?:(?:TP\.?\s?)?[^\W\d_][^\d,.:]{0,30},\s*)?(?:ngày\s*:?\s*)?\Z", re.IGNORECASE)
_BESIDE = re.compile(r"[\s,;|(\-–:./)]+|(?<!\w)(?:ngày|lúc|giờ)(?!\w)|(?<=\d)T(?=\d)|^T$", re.IGNORECASE)
_SEPARATED = re.compile(r"[|\-–•,:/>»(]\s*\Z")


def _read_dateline(line: _Line, header: Header) -> bool:
    """Read `line` into `header` if it is a dateline, and say whether it is."""
    text = line.text
    if len(text) > _LONGEST_DATELINE:
        return False
    patterns = _patterns()
    found = patterns.date.search(text)
    if found is None:
        return False
    time = patterns.time.search(text, found.end()) or patterns.time.search(text, 0, found.start())
    weekday = patterns.weekday.search(text, 0, found.start())
    label = patterns.label.search(text, 0, found.start())
    spans = sorted(part.span() for part in (found, time, weekday, label, patterns.zone.search(text)) if part)
    first, last = spans[0][0], spans[-1][1]
    inside = "".join(text[end:begin] for (_, end), (begin, _) in pairwise(spans))
    alone = not text[last:].strip(" .)]") and _ONLY_DATE.match(text, 0, first) is not None
    if len(spans) == 1 and not alone:
        return False
    if _BESIDE.sub("", inside) or (text.endswith(".") and len(text) - last + first > 2):
        return False
    if first > _LONGEST_BESIDE or len(text) - last > _LONGEST_BESIDE:
        return False
    before, after = _BESIDE.sub(" ", text[:first]).strip(), text[last:].lstrip(" )]\u00a0")
    if before and not alone and _SEPARATED.search(text, 0, first) is None:
        return False
    if after[:1].islower() or after.startswith(":"):
        return False
    moment = _moment(found, time, text)
    if moment is None:
        return False
    header.published_at = moment
    if weekday is not None:
        header.weekday = patterns.weekdays[" ".join(weekday[0].lower().split())]
    begin = min(found.start(), weekday.start()) if weekday else found.start()
    header.dateline = (line.start + begin, line.start + found.end())
    return True


def _is_title(line: str) -> bool:
    if len(line) > _LONGEST_TITLE or sum(character.isalpha() for character in line) < 8:
        return False
    if line.endswith(".") and not line.endswith("..."):
        return False
    return " > " not in line and "»" not in line and line.lower().strip(" :|") not in _patterns().sections


def _labelled(line: str) -> str | None:
    found = _patterns().author.match(line) if len(line) <= 2 * _LONGEST_SIGNATURE else None
    if found is None:
        return None
    name = found["name"].strip()
    return name + ")" if name.count("(") > name.count(")") else name


def _signature(line: str) -> str | None:
    """The author when `line` is nothing but names, or a label and names."""
    if len(line) > _LONGEST_SIGNATURE:
        return None
    if labelled := _labelled(line):
        return labelled
    found = _patterns().signature.match(line)
    if found is None or _is_bare(line) or len(found["name"]) < 2:
        return None
    return found["name"]


_LAST_STOP = re.compile(r"[.!?…”\")]\s+(?=[^.!?…”\"]{2,60}\Z|(?:[^\W\d_]{1,2}\.){1,3}\s?[^.!?…”\"]{0,40}\Z)")


def _signed_at_end(line: _Line) -> tuple[str, int] | None:
    """The author that signs behind the last sentence of a line, and where the signature begins."""
    tail_from = max(0, len(line.text) - 2 * _LONGEST_SIGNATURE)
    tail = line.text[tail_from:]
    for stop in _LAST_STOP.finditer(tail):
        rest = tail[stop.end() :]
        name = _signature(rest)
        if name and (" " in name or _labelled(rest)):
            return name, line.start + tail_from + stop.end()
    return None


def _read_author(lines: list[_Line], header: Header, title_end: int) -> None:
    """Read the signature from the last lines; lines of furniture are passed over."""
    for line in reversed(lines[-_TAIL_LINES:]):
        if line.start < title_end:
            return
        if _is_bare(line.text) or _patterns().furniture.match(line.text):
            header.furniture.append((line.start, line.end))
            continue
        if header.dateline and line.start <= header.dateline[0] < line.end:
            continue
        if name := _signature(line.text):
            header.author = header.author or name
            header.furniture.append((line.start, line.end))
        elif header.author is None and (signed := _signed_at_end(line)):
            header.author = signed[0]
            header.furniture.append((signed[1], line.end))
        return


def read_header(text: str) -> Header:
    """Read publication time, title and author of a scraped article.

    >>> header = read_header("Thứ Hai, 08/10/2018, 19:46 (GMT+7)\\n.\\nKhối cơ quan sơ kết\\nSáng nay họp.\\nP. MAI")
    >>> header.published_at.isoformat(), header.weekday, header.title, header.author
    ('2018-10-08T19:46:00+07:00', 1, 'Khối cơ quan sơ kết', 'P. MAI')
    >>> read_header("Ngày 08/10/2018, hội nghị bế mạc.\\nKết quả tốt.").published_at is None
    True
    """
    header = Header()
    head = _lines(text, 0, _HEAD)
    if len(text) > _HEAD:
        head = head[:-1] or head
    tail = _lines(text, max(0, len(text) - _TAIL), len(text))
    title_end = 0
    dateline: _Line | None = None
    for line in head[:_HEAD_LINES]:
        if _read_dateline(line, header):
            dateline = line
            break
    for line in head[:_HEAD_LINES]:
        if line is dateline or _is_bare(line.text) or _patterns().furniture.match(line.text):
            header.furniture.append((line.start, line.end))
        elif (name := _labelled(line.text)) and line is not head[-1]:
            header.author = name
            header.furniture.append((line.start, line.end))
        elif title_end == 0:
            if line.text.lower().strip(" :|") in _patterns().sections or " > " in line.text or "»" in line.text:
                header.furniture.append((line.start, line.end))
            elif _is_title(line.text) and line is not head[-1]:
                header.title, title_end = line.text, line.end
            else:
                title_end = line.start
        elif dateline is None or line.start > dateline.start:
            break
    if dateline is None:
        for line in tail[-_TAIL_LINES:]:
            if line.start >= title_end and _read_dateline(line, header):
                header.furniture.append((line.start, line.end))
                break
    _read_author(tail, header, title_end)
    header.furniture = sorted(set(header.furniture))
    return header
