"""Places: which province, city, region or country a phrase names.

"Sở Y tế TP.HCM" → `ho-chi-minh`; "tỉnh" in an article of the Vĩnh Long paper → `vinh-long`; "Nguyễn Thái Bình" is
a person and "Thái Bình Dương" an ocean, so neither is the province. A phrase that names a commune, or a district
not in the table, gives None rather than its province: what is true of the part is not true of the whole.

The provinces are the 63 until 30 June 2025 and the 34 after it; the publication date decides which one a name
means. Sources: Quyết định 124/2004/QĐ-TTg, Nghị quyết 202/2025/QH15. Tables: `seeds/places.csv`, `seeds/sources.csv`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import ClassVar
from urllib.parse import urlsplit

from flows.figures.wording import one_tone_place
from flows.seeds import read_seed

LEVELS = ("world", "region", "country", "province", "district")
"""From the widest to the narrowest; where a phrase names several, the narrowest is meant."""


@dataclass(frozen=True, slots=True)
class Place:
    """A row of `seeds/places.csv`: a place, how texts name it, and when it existed under that name."""

    place_id: str
    name_vi: str
    name_en: str
    level: str
    centrally_run: bool
    parent: str | None
    gso_code: str | None
    valid_from: date | None
    valid_to: date | None
    successor: str | None
    names: tuple[str, ...]
    source: str

    KEY: ClassVar[tuple[str, ...]] = ("place_id",)

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise ValueError(f'level "{self.level}" is not known; write one of {", ".join(LEVELS)}')
        if not self.names:
            raise ValueError("names is empty; write how texts name the place")
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError(f"valid_to {self.valid_to} is before valid_from {self.valid_from}; swap them")

    def existed(self, on: date | None) -> bool:
        """Whether the place existed on that day; with no day, whether it did before the mergers of 2025."""
        if on is None:
            return self.valid_from is None
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class NewsSource:
    """A row of `seeds/sources.csv`: a paper, its addresses, and the place it writes from."""

    source_id: str
    name: str
    names: tuple[str, ...]
    domains: tuple[str, ...]
    scope: str
    home_place: str | None
    why: str

    KEY: ClassVar[tuple[str, ...]] = ("source_id",)

    def __post_init__(self) -> None:
        if self.scope not in ("national", "local"):
            raise ValueError(f'scope "{self.scope}" is not known; write national or local')
        if self.scope == "local" and not self.home_place:
            raise ValueError("home_place is empty; a local paper needs its place_id")


@cache
def places() -> dict[str, Place]:
    """The places by `place_id`. Raises SeedError."""
    return {row.place_id: row for row in read_seed("places", Place)}


@cache
def _named() -> dict[str, tuple[Place, ...]]:
    named: dict[str, list[Place]] = {}
    for place in places().values():
        for name in place.names:
            named.setdefault(_plain(name), []).append(place)
    return {name: tuple(found) for name, found in named.items()}


@cache
def _names_pattern() -> re.Pattern[str]:
    by_first: dict[str, list[str]] = {}
    for name in sorted(_named(), key=len, reverse=True):
        by_first.setdefault(name[0], []).append(re.escape(name[1:]))
    names = "|".join([f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in by_first.items()])
    return re.compile(rf"(?<![\w.])(?:{names})(?!\w)")


_SPACES = re.compile(r"\s+")
_DASHES = re.compile(r"\s*[–—]\s*")


def _plain(words: str) -> str:
    return one_tone_place(_SPACES.sub(" ", _DASHES.sub(" - ", words))).strip()


_NEXT_CAPITAL = re.compile(r" (?=[^\W\d_])(\w)")
_WORD_BEFORE = re.compile(r"([^\s,.;:()\-/]+) $")
_LEADS = frozenset(
    (
        "Tỉnh",
        "Phố",
        "Tại",
        "Ở",
        "Từ",
        "Của",
        "Và",
        "Với",
        "Riêng",
        "Còn",
        "Đến",
        "Về",
        "Bộ",
        "Khối",
        "An",
        "Đoàn",
        "Sở",
        "Ban",
        "Theo",
        "Trong",
        "Toàn",
    )
)
"""Words with a capital that may stand before a place without making it a name of another thing."""
_UNMISTAKABLE = re.compile(r"(?i:tp|tỉnh|thành phố|quận|huyện|thị xã|q\.)(?=[\s.HQ])|[A-ZĐ]{2}")
"""Openings of names that no person has."""
_PART = re.compile(
    r"(?<!\w)(?i:xã|phường|thị trấn|thị xã|thôn|ấp|bản|buôn|khóm|khu phố|huyện|quận|thành phố|tp|làng|cụm|khu)\.? ?"
    r"(?:[A-ZĐÀ-Ỹ]|\d)"
)
_HOME = re.compile(
    r"(?<!\w)(?:(?:toàn|trong|của|cả|ngoài) )?(?:(tỉnh)(?: nhà| ta)?|(thành phố)|địa phương)(?!\w)", re.IGNORECASE
)
_NOT_HOME = re.compile(
    r"(?<!\w)(?:(?:các|nhiều|những|mỗi|một số|\d+|hai|ba|liên|ngoại|ngoài) (?:tỉnh|thành phố|địa phương)"
    r"|(?:tỉnh|thành phố|địa phương) khác|huyện|quận|xã|phường|thị trấn|thị xã)(?!\w)",
    re.IGNORECASE,
)


def _is_part_of_a_name(words: str, start: int, end: int) -> bool:
    """Whether the name stands inside a longer one: "Thái Bình Dương", "Nguyễn Thái Bình"."""
    follower = _NEXT_CAPITAL.match(words, end)
    if follower and follower[1].isupper():
        rest = words[end + 1 :].split(" ", 1)[0]
        if not rest.isupper() or len(rest) == 1:
            return True
    if _UNMISTAKABLE.match(words, start):
        return False
    leader = _WORD_BEFORE.search(words, 0, start)
    if leader is None or not words[start].isupper():
        return False
    word = leader[1]
    return word[0].isupper() and not (word.isupper() and len(word) > 1) and word not in _LEADS


@lru_cache(maxsize=65536)
def match_place(words: str | None, on: date | None = None, home: str | None = None) -> str | None:
    """The `place_id` that `words` name, or None where they name none, several, or an unknown part of one.

    `on` is the publication date; without it a name means what it meant before July 2025. `home` is the place of
    the article or its paper, meant by "tỉnh", "toàn tỉnh", "thành phố", "địa phương".

    >>> match_place("Sở Y tế TP.HCM"), match_place("toàn tỉnh", home="vinh-long")
    ('ho-chi-minh', 'vinh-long')
    >>> match_place("toàn thành phố", home="vinh-long") is match_place("toàn tỉnh", home="ha-noi") is None
    True
    >>> match_place("TP.HCM", date(2025, 8, 1))
    'ho-chi-minh-2025'
    >>> match_place("Thái Bình Dương") is match_place("Nguyễn Thái Bình") is match_place("xã Tân Bình, Vĩnh Long")
    True
    """
    if not words:
        return None
    plain = _plain(words)
    found: list[Place] = []
    rest = plain
    for match in reversed(list(_names_pattern().finditer(plain))):
        if _is_part_of_a_name(plain, match.start(), match.end()):
            continue
        known = [place for place in _named()[match[0]] if place.existed(on)]
        if known:
            found.append(min(known, key=lambda place: LEVELS.index(place.level)))
            rest = rest[: match.start()] + "," + rest[match.end() :]
    if _PART.search(rest):
        return None
    if not found:
        return home if home and _means_home(rest, home) else None
    return _narrowest(found)


def _means_home(words: str, home: str) -> bool:
    """Whether "tỉnh", "thành phố" or "địa phương" in `words` is the place `home`: no city is a tỉnh, and the
    thành phố of a province is only its capital."""
    found = _HOME.search(words)
    if found is None or _NOT_HOME.search(words):
        return False
    place = places().get(home)
    is_city = place is not None and place.centrally_run
    return not (found[1] and is_city) and not (found[2] and not is_city)


def _narrowest(found: list[Place]) -> str | None:
    narrowest = max(LEVELS.index(place.level) for place in found)
    named = {place.place_id: place for place in found if LEVELS.index(place.level) == narrowest}
    return next(iter(named)) if len(named) == 1 else None


_WORD = re.compile(r"\w+")
_IN_A_PLACE = (
    "toàn", "cả", "tỉnh", "thành phố", "tp", "nước", "ở", "tại", "trên", "địa bàn", "trong", "của", "khu vực", "vùng",
    "thủ đô", "nhà", "ta", "địa phương",
)
_FIRST_PLACE_WORDS = frozenset(words.split(" ", 1)[0] for words in _IN_A_PLACE)
_PLACE_WORDS = re.compile(rf"(?<!\w)(?:{'|'.join(_IN_A_PLACE)})(?!\w)\.?", re.IGNORECASE)


@lru_cache(maxsize=65536)
def is_place_only(words: str) -> bool:
    """Whether `words` are nothing but a place, so that a figure about them is about the place itself.

    >>> is_place_only("tỉnh Quảng Ninh"), is_place_only("toàn tỉnh"), is_place_only("Sở Y tế Quảng Ninh")
    (True, True, False)
    """
    plain = _plain(words)
    first = _WORD.search(plain)
    if first is not None and first[0] not in _first_words() and first[0].lower() not in _FIRST_PLACE_WORDS:
        return False
    return not _WORD.search(_PLACE_WORDS.sub(" ", _names_pattern().sub(" ", plain)))


@cache
def _first_words() -> frozenset[str]:
    """The words that the name of a place begins with."""
    return frozenset(match[0] for match in map(_WORD.search, _named()) if match)


@cache
def _sources() -> dict[str, NewsSource]:
    known: dict[str, NewsSource] = {}
    for row in read_seed("sources", NewsSource):
        for name in (row.source_id, *row.names, *row.domains):
            known.setdefault(name.casefold(), row)
    return known


def _host(address: str) -> str:
    host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    return host.removeprefix("www.")


@lru_cache(maxsize=4096)
def home_of_source(source: str | None) -> str | None:
    """The home `place_id` of a paper, given by name or by address; None for national and unknown ones.

    >>> home_of_source("Báo Vĩnh Long"), home_of_source("http://www.baoquangngai.vn/channel/2022/a.htm")
    ('vinh-long', 'quang-ngai')
    >>> home_of_source("VnExpress") is None
    True
    """
    if not source:
        return None
    name = source.strip().casefold()
    try:
        host = _host(name)
    except ValueError:
        host = ""
    row = _sources().get(name)
    while row is None and "." in host:
        row = _sources().get(host)
        host = host.partition(".")[2]
    return row.home_place if row else None


def home_of(
    place: str | None, source: str | None = None, url: str | None = None, on: date | None = None
) -> str | None:
    """The province an article writes from: the one its place names, else the home of its paper, else None.

    >>> home_of("Quảng Ninh", "VnExpress"), home_of(None, "Báo Vĩnh Long")
    ('quang-ninh', 'vinh-long')
    >>> home_of(None, "Báo Vĩnh Long", on=date(2025, 8, 1))
    'vinh-long-2025'
    >>> home_of("Việt Nam", "VnExpress") is home_of(None) is None
    True
    """
    named = match_place(place, on)
    if named is not None and places()[named].level == "province":
        return named
    home = home_of_source(source) or home_of_source(url)
    while home is not None and on is not None and not places()[home].existed(on):
        home = places()[home].successor
    return home
