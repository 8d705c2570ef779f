"""Who: the organisation, place or person that a figure is about.

Every name of the sentence, of the sentence before, of the headline and those last spoken of is a candidate. What
speaks for one – it stands before the figure in its clause, a verb follows it, it is named often, the figure before is
about it – and what speaks against it – it only gives the source ("Theo …", "… cho biết"), it follows "so với" – is
weighed with the weights of `seeds/who_evidence.csv`; the heaviest candidate is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from flows.figures.names import HEADS, Name, words_of
from flows.figures.places import is_place_only
from flows.model import Figure
from flows.seeds import read_seed


@dataclass(frozen=True, slots=True)
class WhoEvidence:
    """A row of `seeds/who_evidence.csv`: how much one observation speaks for a candidate, in thousandths."""

    KEY = ("observation",)

    observation: str
    weight: int


@cache
def _weights() -> dict[str, int]:
    return {row.observation: row.weight for row in read_seed("who_evidence", WhoEvidence)}


_KNOWN = re.compile(r"(?<=[a-zà-ỹđ] )[A-ZĐÀ-Ỹ][^\W_]+")
_GROUP = re.compile(
    r"(?:(?:(?:[Cc]ác|[Nn]hững|[Tt]oàn bộ|[Nn]hiều"
    r"|[Hh]ai)\s+)(?:" + "|".join(sorted(words_of("collective"), key=len, reverse=True)) + r")"
    r"|[Ll]ực lượng|[Cc]ơ quan|[Cc]ả nước|[Tt]oàn quốc|[Tt]oàn ngành|[Tt]oàn xã|[Nn]hóm)(?:\s[^\s,;.:()]+){0,9}?"
    r"(?=\s+(?:đã|cũng|sẽ|đang|vừa|mới|phải|chỉ|có|tiếp tục|tổ chức|thực hiện|xảy ra|ghi nhận|giảm|tăng)(?!\w))"
)
_PREPOSITION = dict.fromkeys(
    ("với", "hơn", "sang", "từ", "như", "sau", "trước", "giữa", "đến", "tới", "do", "bởi", "về"), "after preposition"
)
_PREPOSITION |= dict.fromkeys(("trong", "tại", "ở", "bàn", "thuộc", "cho"), "after in") | {"của": "after of"}
_is_place = lru_cache(maxsize=16384)(is_place_only)
_VERB = re.compile(
    r",?\s+(?:này\s+)?(?:đã|cũng|sẽ|đang|vừa|mới|phải|chỉ|có|là|đạt|tăng|giảm|bị|được|còn|thu|lãi|lỗ|chiếm"
    r"|tiếp tục|ghi|đón|gồm|giá|:)"
)
_MOST_CARRIED = 6


@dataclass(slots=True)
class Mention:
    """A name or a collective subject as it stands, with what can be seen of it without looking at a figure."""

    char_start: int
    char_end: int
    words: str
    scene: int
    seen: list[str] = field(default_factory=list)
    is_person: bool = False


@dataclass(slots=True)
class Cast:
    """The names of the article so far: the last ones spoken of, how often each was, and the headline's."""

    known: frozenset[str]
    recent: list[Mention] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    last: str | None = None


def known_names(text: str) -> frozenset[str]:
    """The words that stand capitalised inside a sentence of `text`: there they are names."""
    return frozenset(_KNOWN.findall(text))


def mentions_of(
    text: str,
    names: list[Name],
    actors: list[Name],
    start: int,
    end: int,
    scene: int,
) -> list[Mention]:
    """The candidates of one sentence, in reading order."""
    found = [_mention(text, name, start, scene) for name in names]
    for match in _GROUP.finditer(text, start, end):
        if 7 <= len(match[0]) <= 70:
            found.append(Mention(match.start(), match.end(), match[0], scene, ["group"]))
    taken = [(mention.char_start, mention.char_end) for mention in found]
    for actor in actors:
        if not any(low < actor.char_end and actor.char_start < high for low, high in taken):
            found.append(_mention(text, actor, start, scene, "actor"))
    found.sort(key=lambda mention: mention.char_start)
    return found


def _mention(text: str, name: Name, start: int, scene: int, sort: str = "") -> Mention:
    words = text[name.char_start : name.char_end]
    seen: list[str] = []
    if name.is_source:
        seen.append("source")
    if text[name.char_start - 1 : name.char_start] == " ":
        word = text[max(start, name.char_start - 8) : name.char_start - 1].rsplit(" ", 1)[-1].lower()
        if relation := _PREPOSITION.get(word):
            seen.append(relation)
    if _VERB.match(text, name.char_end):
        seen.append("before verb")
    if name.char_start <= start + 2:
        seen.append("opens sentence")
    elif text[name.char_start - 2 : name.char_start] == ", ":
        seen.append("after comma")
    if text[name.char_start - 1 : name.char_start] == "(":
        seen.append("in brackets")
    first = words.split(" ", 1)[0].lower()
    if sort:
        seen.append(sort)
    elif name.is_person:
        seen.append("person")
    elif _is_place(words):
        seen.append("place")
    elif first in HEADS or " ".join(words.lower().split(" ")[:2]) in HEADS:
        seen.append("organisation")
    elif words.isupper() or len(words) < 5:
        seen.append("acronym")
    elif " " not in words:
        seen.append("one word")
    else:
        seen.append("several words")
    return Mention(name.char_start, name.char_end, words, scene, seen, name.is_person)


def candidates_for(
    text: str,
    figure: Figure,
    here: list[Mention],
    cast: Cast,
    start: int,
    scene: int,
    previous: str | None,
    previous_end: int,
) -> list[tuple[Mention, list[str]]]:
    """The candidates for one figure, each with the observations that speak for or against it."""
    clause = max(text.rfind(mark, start, figure.char_start) for mark in (";", ": ", ". "))
    before = [mention for mention in here if mention.char_end <= figure.char_start]
    found: list[tuple[Mention, list[str]]] = []
    for mention in here:
        seen = list(mention.seen)
        if mention.char_end <= figure.char_start:
            seen.append("before")
            if mention.char_start > clause:
                seen.append("same clause")
            if mention is before[-1]:
                seen.append("nearest before")
                seen.append("nearest " + mention.seen[-1])
            if previous_end and mention.char_start >= previous_end:
                seen.append("between " + mention.seen[-1])
            if len(before) == 1:
                seen.append("only before")
            if mention is before[0]:
                seen.append("first before")
            gap = figure.char_start - mention.char_end
            seen.append("gap near" if gap < 25 else "gap middle" if gap < 80 else "gap far")
        elif mention.char_start >= figure.char_end:
            between = text[figure.char_end : mention.char_start]
            near = len(between) < 60 and not any(mark in between for mark in ".;:,()")
            seen.append("after near" if near else "after far")
            if len(between) <= 2:
                seen.append("directly after")
            if not before:
                seen.append("after only")
        else:
            continue
        found.append((mention, seen))
    shown = {mention.words for mention, _ in found}
    for place, mention in enumerate(reversed(cast.recent)):
        if mention.words in shown:
            continue
        shown.add(mention.words)
        distance = scene - mention.scene
        seen = [f"earlier {word}" for word in mention.seen]
        seen.append("sentence before" if distance <= 1 else "two before" if distance == 2 else "far before")
        if place == 0:
            seen.append("latest")
        found.append((mention, seen))
        if len(found) > len(here) + _MOST_CARRIED:
            break
    fresh = previous_end and any(mention.char_start >= previous_end for mention in before)
    most = max(cast.counts.values(), default=0)
    for mention, seen in found:
        count = cast.counts.get(mention.words, 0)
        seen.append("named often" if count >= 4 else "named twice" if count >= 2 else "named once")
        if count == most and most >= 2:
            seen.append("named most")
        if mention.words == previous:
            seen.append("as the figure before")
            if not fresh:
                seen.append("as the figure before with none between")
        if mention.words == cast.last:
            seen.append("as the sentence before")
        if mention.scene == 0 and scene:
            seen.append("in the headline")
        if figure.kind == "age":
            seen.append("age of person" if mention.is_person or "several words" in mention.seen else "age of other")
    return found


def set_who(text: str, figures: list[Figure], here: list[Mention], cast: Cast, start: int, scene: int) -> None:
    """Fills `who` of the figures of one sentence."""
    weights = _weights()
    previous: str | None = None
    previous_end = 0
    for figure in figures:
        best: Mention | None = None
        heaviest = 0
        for mention, seen in candidates_for(text, figure, here, cast, start, scene, previous, previous_end):
            weight = 0
            for observation in seen:
                weight += weights.get(observation, 0)
            if best is None or weight > heaviest:
                best, heaviest = mention, weight
        if best is not None:
            previous = figure.who = best.words
        previous_end = figure.char_end
    if previous is not None:
        cast.last = previous


def count_names(mentions: list[Mention], cast: Cast) -> None:
    """Adds to how often each name of the article stands in it."""
    for mention in mentions:
        cast.counts[mention.words] = cast.counts.get(mention.words, 0) + 1


def carry(here: list[Mention], cast: Cast) -> None:
    """What this sentence leaves for the next."""
    for mention in here:
        cast.recent = [other for other in cast.recent[-11:] if other.words != mention.words]
        cast.recent.append(mention)
