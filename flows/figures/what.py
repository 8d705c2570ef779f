"""What: the measured thing, in the words of the text.

The words between the figure before (or the head of the sentence) and this one are cut at punctuation; what stands
nearest is parted into subject, auxiliary and predicate. A verb of measure (đạt, là, còn, tăng …) gives its subject
("kim ngạch nhập khẩu đạt 165 triệu USD" → kim ngạch nhập khẩu); any other verb before a counted noun gives the
predicate, the noun and what follows it ("kết nạp 527 đảng viên mới" → kết nạp đảng viên mới); "có", "gồm", "với" give
the noun and what follows it. Where a figure has no words of its own ("…, tăng 5%", "(78%)", "từ 3 xuống 2") it measures
what the figure before it measures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.figures.names import Name
from flows.figures.when import Span
from flows.model import Figure
from flows.seeds import read_seed


@dataclass(frozen=True, slots=True)
class ContextWord:
    """A row of `seeds/context_words.csv`: a word that joins a figure to what it measures."""

    KEY = ("word", "role")

    word: str
    role: str


def _words(role: str) -> frozenset[str]:
    return frozenset(row.word for row in read_seed("context_words", ContextWord) if row.role == role)


LINK, CHANGE, EXIST, SHARE, AUX = (_words(role) for role in ("link", "change", "exist", "share", "aux"))
STOP, LEAD = _words("stop"), _words("lead")
_ENDINGS: dict[str, str] = {}
for _role, _set in (("aux", AUX), ("link", LINK), ("exist", EXIST), ("share", SHARE), ("change", CHANGE)):
    for _word in _set:
        _ENDINGS[_word] = _role
_LONGEST = 4
_TOKEN = re.compile(r"[^\W_]+(?:[./&’'-][^\W_]+)*|[^\w\s]")
_REACH = 240
_MOST_WORDS = 9
_MOST_MODIFIERS = 6
_HARD = frozenset(";:.()–—“”\"!?…")
_OPEN = frozenset("(")

Token = tuple[str, int, int]


@dataclass(slots=True)
class Words:
    """The words next to a figure after its joining words are taken off: what is left, and which roles were seen."""

    body: list[Token]
    roles: set[str]


def _tokens(text: str, start: int, end: int, blocked: list[tuple[int, int]]) -> list[Token]:
    found: list[Token] = []
    for m in _TOKEN.finditer(text, start, end):
        at = m.start()
        for low, high in blocked:
            if low <= at < high:
                break
        else:
            found.append((m[0].lower(), at, m.end()))
    return found


def set_what(
    text: str, figures: list[Figure], spans: list[tuple[int, int]], names: list[Name], start: int, end: int, last: str | None,
) -> str | None:
    """Fills `what` of the figures of one sentence; returns the last one, for the sentence that follows."""
    name_spans = [(name.char_start, name.char_end) for name in names]
    previous: str | None = None
    previous_end = start
    for index, figure in enumerate(figures):
        limit = figures[index + 1].char_start if index + 1 < len(figures) else end
        left = _tokens(text, max(previous_end, figure.char_start - _REACH), figure.char_start, spans)
        right = _tokens(text, figure.char_end, min(limit, figure.char_end + 90), spans)
        figure.what = _what(text, figure, left, right, previous, last, name_spans) or previous or last
        if figure.what:
            previous = figure.what
        previous_end = figure.char_end
    return previous or last


def _what(
    text: str, figure: Figure, left: list[Token], right: list[Token], previous: str | None, last: str | None,
    names: list[tuple[int, int]],
) -> str | None:
    chunk, rest = _last_chunk(left)
    words = _strip(chunk)
    body = _trim(words.body, names)
    roles = words.roles
    noun = text[figure.number_end:figure.char_end].strip(" -–/") if figure.kind == "count" else ""
    if figure.kind == "age":
        return _join(text, body[-3:]) + " tuổi" if body and not rest else "tuổi"
    if not body and not noun:
        if previous is not None and ("change" in roles or "share" in roles or "link" in roles or not rest):
            return previous
        earlier = _trim(_strip(_last_chunk(rest)[0]).body, names) if rest else []
        if earlier and previous is None:
            return _join(text, earlier[-_MOST_WORDS:])
        if figure.kind == "percent" and (tail := _modifiers(right, _MOST_MODIFIERS + 2)):
            return _join(text, tail)
        return previous
    if figure.kind == "percent" and ("exist" in roles or not body):
        if tail := _modifiers(right, _MOST_MODIFIERS + 2):
            return _join(text, tail)
    if noun:
        if body and "link" in roles and "exist" not in roles and "aux" not in roles:
            return _join(text, body[-_MOST_WORDS:])
        tail = _modifiers(right, _MOST_MODIFIERS)
        head = [] if "exist" in roles else _predicate(body)
        parts = [part for part in (_join(text, head), noun, _join(text, tail)) if part]
        return " ".join(parts)
    return _join(text, body[-_MOST_WORDS:]) if body else previous


def _last_chunk(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """The words after the last punctuation, and all before it; short enumerations keep together."""
    for index in range(len(tokens) - 1, -1, -1):
        word = tokens[index][0]
        if word in _HARD:
            return tokens[index + 1:], tokens[:index]
        if word == ",":
            before = tokens[:index]
            item = 0
            while item < len(before) and before[-1 - item][0] not in _HARD and before[-1 - item][0] != ",":
                item += 1
            if item <= 3 and item < len(before) and before[-1 - item][0] == "," and not any(
                    t[0] in _ENDINGS for t in before[len(before) - item:]):
                continue
            return tokens[index + 1:], tokens[:index]
    return tokens, []


def _strip(tokens: list[Token]) -> Words:
    """Takes the joining words off the end: đạt, là, khoảng, tăng, có, đã …"""
    roles: set[str] = set()
    end = len(tokens)
    while end:
        for length in range(min(_LONGEST, end), 0, -1):
            words = " ".join(token[0] for token in tokens[end - length:end])
            if role := _ENDINGS.get(words):
                roles.add(role)
                end -= length
                break
        else:
            break
    return Words(tokens[:end], roles)


def _trim(body: list[Token], names: list[tuple[int, int]]) -> list[Token]:
    """Takes names, leading particles and everything up to an inner "có", "với" or auxiliary off."""
    kept = [token for token in body if not any(low <= token[1] < high for low, high in names)]
    for index in range(len(kept) - 2, -1, -1):
        if kept[index][0] in AUX or kept[index][0] in ("có", "gồm", "với", "rằng"):
            kept = kept[index + 1:]
            break
    begin = 0
    while begin < len(kept):
        for length in (3, 2, 1):
            if begin + length <= len(kept) and " ".join(token[0] for token in kept[begin:begin + length]) in LEAD:
                begin += length
                break
        else:
            break
    end = len(kept)
    while end > begin and kept[end - 1][0] in ("của", "tại", "ở", "trong", "và", "cho", "do", "theo", ",", "từ", "về", "là"):
        end -= 1
    return kept[begin:end]


def _predicate(body: list[Token]) -> list[Token]:
    return body[-4:]


def _modifiers(tokens: list[Token], most: int) -> list[Token]:
    """The words after a figure that say of what: up to the next punctuation or joining word."""
    kept: list[Token] = []
    for token in tokens:
        if token[0] in STOP or not token[0][0].isalnum() or len(kept) >= most:
            break
        kept.append(token)
    return kept


def _join(text: str, tokens: list[Token]) -> str:
    return " ".join(text[start:end] for word, start, end in tokens if word[0].isalnum())
