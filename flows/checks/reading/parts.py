"""Part and whole of a percentage, as far as the words tell them.

The part is the figure the percentage stands beside: before it ("a (p %)", "a, chiếm p %", "a/b (đạt p %)") or after it
("p % (a)", "p %, tương đương a"). The whole is looked for where the text can have it: a/b, "a trong số b", "p % so với
b", "b, trong đó có a", further back for the later items of a list, and where the words after the percentage name it
("chiếm 25,7 % tổng nợ đóng"). Each pair comes with the confidence that the words mean it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from flows.checks.reading.article import Reading, is_level, same_measure
from flows.checks.reading.shares import part_beside
from flows.checks.reading.words import alternation, words
from flows.model import Figure

Pair = tuple[int, int, float]
"""Positions of part and whole, and the confidence that the words say so."""

SHARE = re.compile(rf"{alternation(words('share'))}[^,;:()]{{0,30}}\Z")
"""The words that make the percentage behind them a share of what stands before."""
_OWN_MEASURE = re.compile(alternation(words("rate_of")))
_BRACKET = re.compile(r"\(\s*(?:[^()\d]{0,40})\Z")
SLASH = re.compile(r"\A\s*/\s*\Z")
"""a/b."""
_OF_TOTAL = re.compile(r"(?<!\w)(?:(?:trong|trên) tổng số|trong số|(?:trong|trên) tổng|trên)(?!\w)[^,.;:()]{0,25}\Z")
_AMONG = re.compile(r"\A[^,.;:()]{0,40}(?<!\w)trong(?: tổng)?(?: số)?\s*\Z")
_OF_ALL = re.compile(r"(?<!\w)(?:tổng số|trong số)(?!\w)")
_WITHIN = re.compile(r"(?<!\w)(?:trong tổng số|trong số|trong tổng|trên tổng số)\s*\Z")
_IN = re.compile(r"(?:\A|[,;.]\s*)trong(?: hơn| gần| khoảng| trên)?\s*\Z")
_IN_NEAR = re.compile(r"(?<!\w)trong(?: số| tổng số)?(?: hơn| gần| khoảng| trên)?\s*\Z")
_PART_OF = re.compile(r"(?<!\w)(?:trong đó|trong số đó|trong số này|thì chỉ|thì có|chỉ có|gồm)(?!\w)")
_OPENS_PARTS = re.compile(r"\A\s*trong (?:số )?đó(?!\w)")
_IN_ALL = re.compile(r"(?<!\w)tổng(?!\w)[^,;.()]{0,40}\Z")
_PLANNED = re.compile(rf"{alternation(words('planned'))}[^;.()]{{0,60}}\Z")
_SO_FAR = re.compile(rf"\A[^;.()]{{0,40}}{alternation(words('so_far'))}[^;.()]{{0,40}}\Z")
_OF_THOSE = re.compile(r"\A\s*(?:trong số (?:đó|này|ấy|họ)|số (?:đó|này))(?!\w)")
_FULFILS = re.compile(
    r"\A\s*(?:(?:kế hoạch|dự toán|chỉ tiêu)[^.;,()\d]{0,20}[;,]\s*)?(?:so với |của |trong |trên )?"
    r"(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|tổng số|định mức)(?!\w)"
    r"[^,;.()]{0,40}\(?[^,;.()\d]{0,15}\Z"
)
_AFTER_OF = re.compile(
    rf"\A\s*(?:{alternation(words('base_of'))})(?:(?! và )[^,;.:()]){{0,60}}(?:\([^,;.()\d]{{0,25}})?\Z"
)
_OWN_BASE = re.compile(r"\A\s+(?!(?:và|là|còn|nhưng|cho|đã|đang|được|bị|không|vì|do|thì|nên|mà|tại|ở)(?!\w))\w")
"""A word right behind the percentage names what it is of ("đạt 45 % khối lượng"), unless it goes on otherwise."""
_NAMED_BASE = re.compile(
    r"\A\s*(?:so với |của |trên |trong )?(?P<base>tổng (?!số)\w+(?: \w+)?|kế hoạch|dự toán|chỉ tiêu)(?!\w)"
)
_ANOTHER_TOTAL = re.compile(r"\A\s*(?:so với |của |trên |trong )?tổng số (?!này|đó|trên)")
"""468/474 members present are "94,35 % tổng số đại biểu": of all members, whom the text need not count."""
_BASE_PHRASE = re.compile(r"\A\s*(?:so với |của |trên |trong )?(?P<total>tổng (?:số )?)?(?P<noun>\w+(?: \w+){0,4})")
_CLAUSE = re.compile(r"[,;.()]")
_LAST_CLAUSE = re.compile(r"[^,;:(.]*\Z")
_OTHER_CLAUSE = re.compile(r"[;.]")
_FEW = 30
_TOLD = 0.7
"""Below this confidence a number told twice is no part of itself ("suy 6 tạng … 6 tạng, tỷ lệ tử vong 100 %")."""
_RATE = re.compile(r"(?<!\w)t[ỷỉ] lệ(?!\w)")
_RATE_OF_ITS_OWN = re.compile(r"(?<!\w)t[ỷỉ] lệ \w+ \w+")
_AGAINST = re.compile(r"\A[^,;.()\d]{0,40}(?<!\w)(?:so với|trên)(?!\w)[^,;.()\d]{0,30}\Z")
_BESIDE = re.compile(r"\A[^,;.\d()]{0,70},?[^,;.\d()]{0,60}\(?[^,;.\d()]{0,30}\Z")
_OPENS_BRACKET = re.compile(r"\A[^()\d,;.]{0,40}\([^()\d]{0,40}\Z")
_FAR_BRACKET = re.compile(r"\A[^()\d;\n]{0,120}\(\s*\Z")
_EQUALS = re.compile(
    r"\A(?:\)|[^()\d,;.]{0,40},)?\s*(?:tương đương|tương ứng|ứng với|tức(?: là)?|hay|với)"
    r"(?: với| là| khoảng| gần| hơn| trên)*(?: (?:số|vốn|tổng|giá|doanh|diện) \w+(?: \w+)?(?: \w+)?(?: là)?)?\s*\Z"
)
_THUS = re.compile(r"\A[^()\d]{0,20}[.:;\n]\s*(?:cụ thể|theo đó|trong đó|theo thống kê|tính đến)(?!\w)")
_NO_NOUN = frozenset(words("function"))
_SENTENCES_BACK = 2
_SENTENCES_BACK_NAMED = 12
_NAMED_WINDOW = 30


def pairs(reading: Reading, i: int) -> Iterator[Pair]:
    """Part and whole the percentage at `i` may be of, the likeliest first."""
    figures = reading.figures
    percent = figures[i]
    before = reading.gap(i)
    slash = i >= 2 and bool(SLASH.match(reading.gap(i - 1))) and bool(SHARE.search(before))
    if percent.direction is not None and not slash:
        return
    clause = _LAST_CLAUSE.search(before)
    if clause is not None and _OWN_MEASURE.search(clause[0]):
        return
    if i >= 1 and (slash or _BRACKET.search(before) or SHARE.search(before)):
        suggested = clause is not None and _RATE_OF_ITS_OWN.search(clause[0])
        for part, whole, confidence in _left(reading, i):
            yield part, whole, min(confidence, 0.5) if suggested and not slash else confidence
    if i + 1 < len(figures) and percent.direction is None:
        yield from _right(reading, i)
        yield from _following(reading, i)


def _left(reading: Reading, i: int) -> Iterator[Pair]:
    """The part stands before the percentage."""
    figures = reading.figures
    near = part_beside(reading, i)
    if near is None:
        return
    own_base = bool(_OWN_BASE.match(reading.after(i)))
    another = bool(_ANOTHER_TOTAL.match(reading.after(i)))
    beside = bool(_BESIDE.match(reading.gap(i))) and not another
    if near >= 1:
        link = reading.gap(near)
        ahead = figures[near - 1]
        if ahead.kind == figures[near].kind:
            if SLASH.match(link):
                yield near - 1, near, 0.95 if beside else 0.5
            elif reading.same_sentence(near - 1, near) and _OF_TOTAL.search(link) and _smaller(ahead, figures[near]):
                yield near - 1, near, 0.9 if beside and SHARE.search(reading.gap(i)) else 0.5
            elif reading.same_sentence(near - 1, near) and _AMONG.match(link) and _smaller(ahead, figures[near]):
                yield near - 1, near, 0.5
    yield from _base_after(reading, i, near, beside)
    yield from _wholes(reading, near, beside and not own_base, _base_words(reading, i))
    yield from _named(reading, i, near)
    yield from ((near, whole, 0.44) for whole in _usual(reading, near))
    for other in range(max(0, near - 2), near):
        if is_level(figures[other]) and reading.same_sentence(other, i) and figures[other].kind != figures[near].kind:
            yield from _named(reading, i, other)
    if (
        near >= 1
        and _RATE.search(reading.gap(i))
        and reading.same_sentence(near - 1, i)
        and is_level(figures[near - 1])
    ):
        yield from ((part, whole, 0.4) for part, whole, _ in _wholes(reading, near - 1, False))
    for whole in reading.onwards(i, window=2):
        if same_measure(figures[whole], figures[near]) and _FULFILS.match(reading.gap(whole)):
            yield near, whole, 0.7


def part_of(reading: Reading, i: int) -> int | None:
    """The level the percentage at `i` is given for, before or behind it; None where the words give it for none."""
    figures = reading.figures
    if figures[i].direction is not None:
        return None
    if i and (_BRACKET.search(reading.gap(i)) or SHARE.search(reading.gap(i))):
        before = part_beside(reading, i)
        if before is not None and not _OTHER_CLAUSE.search(reading.gap(i)):
            return before
    if i + 1 < len(figures) and is_level(figures[i + 1]) and reading.same_sentence(i, i + 1):
        link = reading.gap(i + 1)
        if _OPENS_BRACKET.match(link) or _EQUALS.match(link):
            return i + 1
    return None


def _base_after(reading: Reading, i: int, near: int, beside: bool) -> Iterator[Pair]:
    """The whole follows the percentage: "9,7 tỷ đồng, chưa bằng 7 % so với khoản lãi 141,8 tỷ đồng"."""
    figures = reading.figures
    whole = i + 1
    if whole >= len(figures) or not reading.same_sentence(i, whole) or not is_level(figures[whole]):
        return
    link = reading.gap(whole)
    if not _AFTER_OF.match(link) or figures[whole].direction is not None:
        return
    counted = figures[near].kind == figures[whole].kind == "count" and _OF_ALL.search(link)
    if counted or same_measure(figures[near], figures[whole]):
        yield near, whole, 0.85 if beside and reading.same_sentence(near, i) else 0.5


def _base_words(reading: Reading, i: int) -> str:
    """The words after the percentage that name its base: "chiếm 33,3 % tổng thu" → "tổng thu"."""
    found = _NAMED_BASE.match(reading.after(i))
    return "" if found is None else " ".join(found["base"].split())


def _right_after(named: str, before: str) -> bool:
    """Whether the words that name the base stand before a figure with nothing but a few words between."""
    at = before.rfind(named)
    return at >= 0 and len(before) - at - len(named) <= _FEW and not _CLAUSE.search(before[at:])


def _named(reading: Reading, i: int, near: int) -> Iterator[Pair]:
    """Levels further back that stand behind the words by which the percentage names its base."""
    found = _BASE_PHRASE.match(reading.after(i))
    if found is None:
        return
    nouns = []
    for word in found["noun"].split():
        if word in _NO_NOUN:
            break
        nouns.append(word)
    if len(nouns) < (1 if found["total"] else 2):
        return
    figures = reading.figures
    for whole in reading.backwards(near, _SENTENCES_BACK_NAMED, _NAMED_WINDOW):
        level = figures[whole]
        if not is_level(level) or level.unit != figures[near].unit or level.direction is not None:
            continue
        if (level.value or 0) <= (figures[near].value or 0):
            continue
        said = set(reading.before(whole).split()) | set((level.what or "").lower().split())
        if all(noun in said for noun in nouns):
            yield near, whole, 0.44


def _usual(reading: Reading, near: int) -> Iterator[int]:
    """Levels of what such a part is by custom a share of: bad debt of all that is lent."""
    said = reading.before(near)
    for part, whole in _usual_bases():
        if part not in said:
            continue
        for k in reading.backwards(near, _SENTENCES_BACK_NAMED, _NAMED_WINDOW):
            level = reading.figures[k]
            if level.unit != reading.figures[near].unit or not _smaller(reading.figures[near], level):
                continue
            if is_level(level) and whole in reading.before(k):
                yield k


@cache
def _usual_bases() -> tuple[tuple[str, str], ...]:
    pairs_ = (word.partition(": ") for word in words("usual_base"))
    return tuple((part, whole) for part, _, whole in pairs_)


def _wholes(reading: Reading, near: int, beside: bool, named: str = "") -> Iterator[Pair]:
    """Figures before the part at `near` that may be its whole.

    `beside` says that the percentage stands right beside the part, `named` are the words that name its base.
    """
    figures = reading.figures
    for whole in reading.backwards(near, sentences=_SENTENCES_BACK):
        candidate = figures[whole]
        understood = figures[near].unit_source == "understood" and candidate.kind == figures[near].kind
        if (
            not is_level(candidate)
            or not (understood or same_measure(candidate, figures[near]))
            or candidate.direction is not None
        ):
            continue
        confidence = _confidence(reading, near, whole)
        if candidate.value == figures[near].value and confidence < _TOLD:
            continue
        if named and _right_after(named, reading.before(whole)):
            yield near, whole, 0.75
        else:
            yield near, whole, confidence if beside else min(confidence, 0.5)


def _confidence(reading: Reading, part: int, whole: int) -> float:
    """How sure the words make it that the part is one of the whole."""
    if not _smaller(reading.figures[part], reading.figures[whole]):
        return 0.3
    link = reading.gap(part)
    if reading.same_sentence(whole, part):
        before = reading.before(whole)
        if _WITHIN.search(before):
            return 0.85
        if whole == part - 1 and _IN.search(before):
            return 0.7
    elif _IN_NEAR.search(reading.before(whole)):
        return 0.5
    elif whole == part - 1 and reading.sentences_apart(whole, part) == 1 and _OPENS_PARTS.match(reading.before(part)):
        return 0.7
    if whole == part - 1 and reading.same_sentence(whole, part):
        if _PART_OF.search(link):
            return 0.8
        if _IN_ALL.search(reading.before(whole)):
            return 0.7
        if _PLANNED.search(reading.before(whole)) and _SO_FAR.match(link):
            return 0.7
    return 0.4


def _right(reading: Reading, i: int) -> Iterator[Pair]:
    """The part follows: "20,2 % (15 đảng viên)", "87,8 % (527/600 đảng viên)", "26 %, tương đương 11 triệu người"."""
    figures = reading.figures
    part = i + 1
    link = reading.gap(part)
    slash = part + 1 < len(figures) and SLASH.match(reading.gap(part + 1)) is not None
    bracket = bool(_OPENS_BRACKET.match(link)) or (slash and _FAR_BRACKET.match(link) is not None)
    if not (bracket or _EQUALS.match(link)) or not is_level(figures[part]):
        return
    if part + 1 < len(figures) and reading.same_sentence(part, part + 1):
        between = reading.gap(part + 1)
        if (SLASH.match(between) or _OF_TOTAL.search(between)) and _smaller(figures[part], figures[part + 1]):
            yield part, part + 1, 0.95 if bracket else 0.85
            return
        if _AGAINST.match(between) and same_measure(figures[part], figures[part + 1]):
            yield part, part + 1, 0.85
            return
    those = bool(_OF_THOSE.match(link))
    for whole in reading.backwards(i, sentences=_SENTENCES_BACK):
        if is_level(figures[whole]) and same_measure(figures[whole], figures[part]):
            named = those or (whole == i - 1 and reading.same_sentence(whole, i) and _PART_OF.search(reading.gap(i)))
            sure = 0.65 if bracket and not those else 0.5
            yield part, whole, sure if named and _smaller(figures[part], figures[whole]) else 0.4


def _following(reading: Reading, i: int) -> Iterator[Pair]:
    """The two counts follow: "tỷ lệ dự thi là 99,53 %. Cụ thể, số đăng ký: 837.818; số đến dự thi: 833.894"."""
    figures = reading.figures
    if i + 2 >= len(figures) or not _THUS.match(reading.gap(i + 1)) or reading.sentences_apart(i, i + 2) > 1:
        return
    a, b = figures[i + 1], figures[i + 2]
    if is_level(a) and is_level(b) and a.direction is None is b.direction and same_measure(a, b):
        yield (i + 1, i + 2, 0.4) if _smaller(a, b) else (i + 2, i + 1, 0.4)


def _smaller(part: Figure, whole: Figure) -> bool:
    return part.value is not None and whole.value is not None and part.value <= whole.value
