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

from flows.model import Figure
from flows.seeds import read_seed

from flows.figures.names import Name


@dataclass(frozen=True, slots=True)
class ContextWord:
    """A row of `seeds/context_words.csv`: a word that joins a figure to what it measures."""

    KEY = ("word", "role")

    word: str
    role: str


def _words(role: str) -> frozenset[str]:
    return frozenset(row.word for row in read_seed("context_words", ContextWord) if row.role == role)


LINK, CHANGE, EXIST, SHARE, AUX, QUALIFIER, PREPOSITION, ADVERB = (
    _words(role) for role in ("link", "change", "exist", "share", "aux", "qual", "prep", "adverb")
)
STOP, LEAD, COMPOUND, CUT, MEASURE = (_words(role) for role in ("stop", "lead", "compound", "cut", "measure"))
_ENDINGS: dict[str, str] = {}
for _role in ("aux", "prep", "qual", "adverb", "link", "exist", "share", "change"):
    for _word in _words(_role):
        _ENDINGS[_word] = _role
_LONGEST = 4
_TOKEN = re.compile(r"[^\W_]+(?:[./&’'-][^\W_]+)*|[^\w\s]")
_PART_OF = re.compile(r"/|\s+(?:trên|trong)\s+(?:tổng\s+)?số\s")
_BRACKET = re.compile(r"\s*\([^()]{1,40}\)")
_REACH = 240
_MOST_WORDS = 9
_MOST_MODIFIERS = 6
_HARD = frozenset(";:.()–—!?…")
_QUOTES = frozenset("“”\"‘’'«»")
_OPEN = frozenset("(")

Token = tuple[str, int, int]


def _tokens(text: str, start: int, end: int, blocked: list[tuple[int, int]]) -> list[Token]:
    found: list[Token] = []
    for m in _TOKEN.finditer(text, start, end):
        at = m.start()
        if m[0] in _QUOTES:
            continue
        for low, high in blocked:
            if low <= at < high:
                break
        else:
            found.append((m[0].lower(), at, m.end()))
    return found


@dataclass(slots=True)
class Before:
    """What the sentence has measured so far: the phrase, and whether its figure stood in brackets."""

    what: str | None = None
    in_brackets: bool = False
    verb: str = ""
    """The predicate of the figure before, for counted things that share it: "kiểm tra 5 tổ chức và 7 đảng viên"."""


def set_what(
    text: str,
    figures: list[Figure],
    blocked: list[tuple[int, int]],
    names: list[Name],
    start: int,
    end: int,
    last: str | None,
) -> str | None:
    """Fills `what` of the figures of one sentence; returns the last one, for the sentence that follows."""
    name_spans = [(name.char_start, name.char_end) for name in names]
    before = Before()
    previous_end = start
    for index, figure in enumerate(figures):
        limit = figures[index + 1].char_start if index + 1 < len(figures) else end
        left = _tokens(text, max(previous_end, figure.char_start - _REACH), figure.char_start, blocked)
        after = figure.char_end
        if bracket := _BRACKET.match(text, after):
            after, limit = bracket.end(), min(end, bracket.end() + 90)
        right = _tokens(text, after, min(limit, after + 90), blocked)
        clause = _read_clause(left)
        figure.what = _what(text, figure, clause, right, before, name_spans) or before.what or last
        if (
            figure.kind in _ATTRIBUTES
            and index + 1 < len(figures)
            and text[figure.char_end : figure.char_end + 1] != ","
        ):
            continue
        if figure.what and not (before.what and text[figure.char_start - 1] == "/"):
            before.what = figure.what
        before.in_brackets = text[figure.char_end : figure.char_end + 1] == ")"
        previous_end = figure.char_end
    return before.what or last


_ATTRIBUTES = frozenset(("age",))


@dataclass(slots=True)
class Clause:
    """The words right before a figure, parted into what they say and the words that only join."""

    chunk: list[Token]
    body: list[Token]
    roles: set[str]
    rest: list[Token]
    cut: str
    """The punctuation before the clause, "" where it goes on from the figure before or the head of the sentence."""


def _read_clause(left: list[Token]) -> Clause:
    tokens = _without_brackets(left)
    chunk, rest, cut = _last_chunk(tokens)
    body, roles = _strip(chunk)
    return Clause(chunk, body, roles, rest, cut)


def _without_brackets(tokens: list[Token]) -> list[Token]:
    """Takes out what stands in closed brackets, and a bracket that only closes behind the figure before."""
    if not any(token[0] in "()" for token in tokens):
        return tokens
    kept: list[Token] = []
    opened: list[int] = []
    for token in tokens:
        if token[0] == "(":
            opened.append(len(kept))
            kept.append(token)
        elif token[0] == ")":
            if opened:
                del kept[opened.pop() :]
        else:
            kept.append(token)
    return kept


def _what(
    text: str,
    figure: Figure,
    clause: Clause,
    right: list[Token],
    before: Before,
    names: list[tuple[int, int]],
) -> str | None:
    previous, roles = before.what, clause.roles
    levels = roles & _LEVELS
    noun = _counted_noun(text, figure)
    if (
        "share" in roles
        and figure.kind == "percent"
        and clause.cut != "("
        and (tail := _modifiers(right, _MOST_MODIFIERS + 2))
    ):
        return _join(text, tail)
    if previous is not None and not clause.cut and levels and not _opens_part(clause.body):
        return previous
    if previous is not None and clause.cut == "(" and clause.chunk and clause.chunk[0][0] in _OPENS_SHARE:
        return previous
    if clause.cut == "(" and not clause.chunk:
        return _before_bracket(text, clause, before, names)
    subject = _trim(clause.body, names, bool(levels))
    if figure.kind == "age":
        return _join(text, subject[-3:]) + " tuổi" if subject and not clause.cut else "tuổi"
    if not subject:
        found = _without_words(text, figure, clause, right, previous, noun, names)
        shared = (
            noun
            and before.verb
            and bool(clause.chunk)
            and clause.chunk[0][0] in _SHARES_VERB
            and len(clause.chunk) == 1
        )
        return f"{before.verb} {found}" if shared and found else found
    if (
        figure.kind == "percent"
        and ("exist" in roles or "share" in roles)
        and (tail := _modifiers(right, _MOST_MODIFIERS + 2))
    ):
        return _join(text, tail)
    if levels and "exist" not in roles:
        if noun and not any(token[0] in MEASURE for token in subject) and "change" in roles and "aux" in roles:
            return _join(text, clause.chunk[len(clause.body) :][-2:]) + " " + noun
        return _join(text, subject[:_MOST_WORDS])
    tail = _modifiers(right, _MOST_MODIFIERS)
    apart = "prep" in roles and noun and not any(token[0] in _OBJECT_OF for token in clause.chunk[len(clause.body) :])
    head = [] if "exist" in roles or apart else subject[-_MOST_PREDICATE:]
    if noun or figure.kind in ("duration", "count"):
        before.verb = _join(text, head) if noun else ""
        return " ".join(part for part in (_join(text, head), noun, _join(text, tail)) if part)
    if figure.kind in ("money", "quantity", "percent") and tail:
        return _join(text, subject[-3:] + tail)
    return _join(text, subject[-_MOST_WORDS:])


def _counted_noun(text: str, figure: Figure) -> str:
    if figure.kind != "count":
        return ""
    noun = text[figure.number_end : figure.char_end].strip(" -–/")
    return figure.unit if not noun and _PART_OF.match(text, figure.char_end) else noun


def _before_bracket(text: str, clause: Clause, before: Before, names: list[tuple[int, int]]) -> str | None:
    """ "Đọc hiểu (3 điểm)", "9 xã (chiếm 5%)": a figure in brackets measures what stands before them."""
    chunk, _, cut = _last_chunk(clause.rest)
    if before.what is None or cut in (";", ":", ".") or before.in_brackets:
        phrase = _trim(_strip(chunk)[0], names, True)
        if phrase:
            return _join(text, phrase[:_MOST_WORDS])
    return before.what


def _without_words(
    text: str,
    figure: Figure,
    clause: Clause,
    right: list[Token],
    previous: str | None,
    noun: str,
    names: list[tuple[int, int]],
) -> str | None:
    """The clause says nothing of its own: the figure before, the clause before, or the words that follow tell."""
    levels = clause.roles & _LEVELS
    if previous is not None and levels and "exist" not in clause.roles:
        return previous
    named = any(low <= token[1] < high for token in clause.body for low, high in names)
    if levels and "exist" not in clause.roles and previous is None:
        earlier = _trim(_strip(_last_chunk(clause.rest)[0])[0], names, True) if clause.rest else []
        if earlier:
            return _join(text, earlier[:_MOST_WORDS])
    tail = _modifiers(right, _MOST_MODIFIERS if noun else _MOST_MODIFIERS + 2)
    joined = previous is not None and bool(clause.chunk) and all(token[0] in _CONJUNCTIONS for token in clause.chunk)
    if joined and not noun and figure.kind in ("money", "quantity", "rate") and not (tail and tail[0][0] in MEASURE):
        return previous
    if noun or (tail and figure.kind != "rate"):
        return " ".join(part for part in (noun, _join(text, tail)) if part) or None
    if named and levels and previous is None:
        return _join(text, clause.chunk[len(clause.body) :])
    return previous


_OBJECT_OF = frozenset(("đối", "của", "tại", "theo", "cho", "về"))
_SHARES_VERB = frozenset(("và", "cùng", ","))
_OPENS_SHARE = frozenset(
    ("chiếm", "tương", "đạt", "tỷ", "tỉ", "bằng", "khoảng", "gần", "hơn", "trên", "tăng", "giảm", "ước")
)
_LEVELS = frozenset(("link", "change", "share"))
_MOST_PREDICATE = 4


def _opens_part(body: list[Token]) -> bool:
    """Whether the words after the figure before hold a conjunction that opens a part of its own."""
    return any(token[0] in CUT or token[0] in _CONJUNCTIONS for token in body)


_CONJUNCTIONS = frozenset(("và", "cùng", "hoặc", "hay"))


def _last_chunk(tokens: list[Token]) -> tuple[list[Token], list[Token], str]:
    """The words after the last punctuation, all before it, and that punctuation; short enumerations keep together."""
    joined = False
    for index in range(len(tokens) - 1, -1, -1):
        word = tokens[index][0]
        if word in _HARD:
            return tokens[index + 1 :], tokens[:index], word
        if word == ",":
            before = tokens[:index]
            item = 0
            while item < len(before) and before[-1 - item][0] not in _HARD and before[-1 - item][0] != ",":
                item += 1
            listed = item < len(before) and before[-1 - item][0] == ","
            if (
                0 < item <= (5 if joined else 3)
                and (listed or joined)
                and not any(token[0] in _ENDINGS or token[0] in CUT for token in before[len(before) - item :])
            ):
                joined = True
                continue
            return tokens[index + 1 :], before, word
    return tokens, [], ""


def _strip(tokens: list[Token]) -> tuple[list[Token], set[str]]:
    """Takes the joining words off the end (đạt, là, khoảng, tăng, có, đã …) and tells their roles."""
    roles: set[str] = set()
    end = len(tokens)
    while end:
        for length in range(min(_LONGEST, end), 0, -1):
            words = " ".join(token[0] for token in tokens[end - length : end])
            if role := _ENDINGS.get(words):
                roles.add(role)
                end -= length
                break
        else:
            break
    return tokens[:end], roles


def _trim(body: list[Token], names: list[tuple[int, int]], is_subject: bool) -> list[Token]:
    """Takes off names, leading particles, and what stands before an inner conjunction, "có" or auxiliary.

    A subject keeps what stands before its auxiliary: "số tin nhắn rác được các nhà mạng chặn là" → số tin nhắn rác.
    """
    kept = _without_names(body, names) if names else body
    kept = _after_last(kept, CUT if is_subject else _PREDICATE_CUT)
    if is_subject:
        for index in range(2, len(kept)):
            if kept[index][0] in AUX and (
                index + 1 == len(kept) or kept[index][0] + " " + kept[index + 1][0] not in COMPOUND
            ):
                kept = kept[:index]
                break
    begin = 0
    while begin < len(kept):
        for length in (3, 2, 1):
            if begin + length <= len(kept) and " ".join(token[0] for token in kept[begin : begin + length]) in LEAD:
                if length == 1 and begin + 1 < len(kept) and kept[begin][0] + " " + kept[begin + 1][0] in COMPOUND:
                    continue
                begin += length
                break
        else:
            break
    end = len(kept)
    while end > begin and kept[end - 1][0] in _TRAILING:
        end -= 1
    if 0 < end - begin <= 3 and kept[-1][0] in _POINTERS or end - begin == 1 and kept[begin][0] in _PRONOUNS:
        return []
    return kept[begin:end]


_POINTERS = frozenset(("này", "đó", "nay"))
_PRONOUNS = frozenset(("ông", "bà", "anh", "chị", "họ", "nó", "em", "tôi", "cô"))


def _without_names(body: list[Token], names: list[tuple[int, int]]) -> list[Token]:
    if not body or names[0][0] > body[-1][1] or names[-1][1] <= body[0][1]:
        return body
    return [token for token in body if not any(low <= token[1] < high for low, high in names)]


def _after_last(tokens: list[Token], cuts: frozenset[str]) -> list[Token]:
    for index in range(len(tokens) - 2, -1, -1):
        pair = tokens[index][0] + " " + tokens[index + 1][0]
        if pair in cuts and index + 2 < len(tokens):
            return tokens[index + 2 :]
        if tokens[index][0] in cuts and pair not in COMPOUND:
            return tokens[index + 1 :]
    return tokens


_PREDICATE_CUT = CUT | AUX | frozenset(("có", "gồm", "với", "là"))
_TRAILING = frozenset(("của", "tại", "ở", "trong", "và", "cho", "do", "theo", ",", "từ", "về", "là", "này", "đó"))


def _modifiers(tokens: list[Token], most: int) -> list[Token]:
    """The words after a figure that say of what: up to the next punctuation or joining word."""
    kept: list[Token] = []
    for token in tokens:
        if token[0] in _QUOTES:
            continue
        if not token[0][0].isalnum() or len(kept) >= most:
            break
        if token[0] in STOP and not (kept and token[0] == "là" and kept[-1][0] in ("cho", "coi", "xem", "gọi")):
            break
        kept.append(token)
    return kept


def _join(text: str, tokens: list[Token]) -> str:
    return " ".join(text[start:end] for word, start, end in tokens if word[0].isalnum())
