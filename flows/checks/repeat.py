"""Repeat: the same fact stated again in the same article (title, lead, caption, body).

"Gần 400 tên miền '.vn' bị tấn công" (title) … "ghi nhận gần 400 tên miền “.vn” bị tấn công" (lead).

Two mentions can be one fact when they are of one unit and mean the same number: equal, or one of them rounded or with
"hơn", "gần", "khoảng" ("trên 265 tỷ đồng" and "265,21 tỷ đồng"). Whether they are is weighed by
`flows.checks.reading.sameness`: the rarity of the number, the words they share, names, periods, place in the article.
One check a later mention; what is stated is the first.

Numbers that differ are a contradiction only where the text leaves no way out: the body says what the title says, nearly
word for word, with another number of the same noun, and nowhere gives the title's ("18 học sinh nhập viện sau bữa ăn
bán trú" … "xác nhận 16 học sinh … phải nhập viện sau bữa ăn bán trú"). A number that has a like one beside it in its
sentence may be a part of the title's (12 dead and 35 hurt of 47) and is never taken. Or title or lead tell two counts
in one breath, and the body tells the one again beside another number of the other ("81 tổ chức và hơn 6.000 đảng viên
bị kỷ luật" … "thi hành kỷ luật 87 tổ chức đảng và 6.098 đảng viên").

Each number is compared with at most the first FIRST and the last LAST mentions of it, so the work is linear; past MOST
mentions it stands in a table, not in sentences.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from flows.checks.arithmetic.causes import digit_slip
from flows.checks.arithmetic.interval import Interval
from flows.checks.arithmetic.printed import Spread
from flows.checks.arithmetic.statement import make_check, number, quoted
from flows.checks.arithmetic.verdict import ALARM_CONFIDENCE, CONSISTENT, INCONSISTENT, TRUNCATED, UNDETERMINED
from flows.checks.reading.article import Reading, same_measure
from flows.checks.reading.mentions import Background, Mention, field_of, mention_of, value_of, words_of
from flows.checks.reading.sameness import (
    contained,
    contrary_evidence,
    evidence,
    last_digit,
    most_from_words,
    nouns_agree,
    plain_evidence,
    probability,
    score,
    worded_evidence,
)
from flows.checks.reading.words import alternation, pattern, words
from flows.model import Check, Figure

KINDS = frozenset({"count", "money", "percent", "quantity", "rate", "duration", "age", "score", "multiple"})
THRESHOLD = 0.6
"""The logarithm of the odds from which two mentions are taken for one fact."""
FIRST, LAST, MOST = 3, 5, 40
_ROUNDED_COMPARED = 3
_SMALLEST_ROUNDED = 10
_CLOSE = Decimal("0.05")
_ROUGH = Decimal("0.15")
"""How far the exact number may lie above a rough "hơn 4 tỷ", at most up to its next digit."""
_FARTHEST = Decimal("1.18")
_NEVER_ROUNDED = frozenset({"age", "score", "duration"})

SAID_AGAIN = 0.7
"""How much of the title's words a sentence must hold to say the same."""
_LONGEST_TITLE = 160
_CONTRADICTED = frozenset({"count", "money", "quantity", "rate"})
_FEWEST = 3
_WORDS_NEEDED = 3.0
_LOOKED_AT = 30
_FACTOR = 2
_SENTENCE = 4
_ALARM = 0.75
_LEAD = 1
_BEHIND = 30
_TOLD_AGAIN = 0.5
_OPPOSED = 0.85
_MARK = re.compile(rf"{alternation(words('mark'))}\s*\Z")
_SIGNS = frozenset("+/x×*")
_OPENING, _CLOSING = frozenset("\"“‘'"), frozenset("\"”’'")
_ALSO = re.compile(r"(?<!\w)cũng(?!\w)")
_JOINED = re.compile(r"\A[^.;:()\n]{0,40}\Z")
Key = tuple[str, str, object]


def find(reading: Reading) -> Iterator[Check]:
    """The repeats of an article."""
    odds: dict[int, tuple[float, int]] = {}
    for a, b, background in _candidates(reading):
        least = max(THRESHOLD, odds[b.index][0]) if b.index in odds else THRESHOLD
        plain = score(plain_evidence(a, b, background))
        if plain + most_from_words(reading.same_sentence(a.index, b.index)) < least:
            continue
        weighed = plain + score(worded_evidence(reading, a, b, background))
        if weighed >= least:
            weighed += score(contrary_evidence(reading, a, b))
        if weighed >= least and _is_apart(reading, a.index, b.index, weighed):
            continue
        if weighed >= least and (b.index not in odds or weighed > least):
            odds[b.index] = weighed, a.index
    head: dict[int, int] = {}
    for later in sorted(odds):
        weighed, earlier = odds[later]
        head[later] = head.get(earlier, earlier)
        if _is_apart(reading, head[later], later, weighed):
            head[later] = earlier
        yield _check(reading, head[later], later, probability(weighed))
    repeated = set(head) | set(head.values())
    yield from _contradictions(reading, repeated)
    yield from _beside_repeated(reading, head, repeated)


def _opposed(a: Figure, b: Figure) -> bool:
    """Whether one number is said to be exceeded and not to be reached: "hơn 60 căn", "gần 60 căn"."""
    return a.value == b.value and {a.qualifier, b.qualifier} == {"over", "under"}


def _is_apart(reading: Reading, i: int, j: int, weighed: float) -> bool:
    """Whether two like numbers, one said to be exceeded and one not to be reached, are two facts and no contradiction.

    So are classes of age ("trẻ em dưới 3 tuổi", "trẻ em trên 3 tuổi"), and a mark that one has passed and another has
    not ("vượt mốc 1 tỷ", "ngấp nghé mốc 1 tỷ").
    """
    a, b = reading.figures[i], reading.figures[j]
    if not _opposed(a, b):
        return False
    is_mark = any(_MARK.search(reading.before(k)) for k in (i, j))
    return a.kind in _NEVER_ROUNDED or is_mark or probability(weighed) < _OPPOSED


def pairs(reading: Reading) -> Iterator[tuple[Mention, Mention, dict[str, float]]]:
    """The mentions that might be one fact, with all evidence."""
    for a, b, background in _candidates(reading):
        yield a, b, evidence(reading, a, b, background)


def _candidates(reading: Reading) -> Iterator[tuple[Mention, Mention, Background]]:
    """The mentions that might be one fact: equal numbers first, then one that rounds the other."""
    groups: dict[Key, list[int]] = defaultdict(list)
    for i, figure in enumerate(reading.figures):
        if figure.kind in KINDS and not _is_title(reading, figure):
            groups[_key(figure)].append(i)
    known: dict[int, Mention] = {}

    def mention(i: int) -> Mention:
        if i not in known:
            known[i] = mention_of(reading, i)
        return known[i]

    every = (*_equal(groups), *_rounded(reading, [members[0] for members in groups.values()]))
    candidates = [pair for pair in every if not (reading.same_sentence(*pair) and _items_of_a_list(reading, *pair))]
    if candidates:
        background = Background.of(reading)
        for first, later in candidates:
            yield mention(first), mention(later), background


def _is_title(reading: Reading, figure: Figure) -> bool:
    """Whether a number alone in quotation marks names something: the album "14 năm 9 tháng"."""
    before = reading.text[max(0, figure.char_start - 1) : figure.char_start]
    return before in _OPENING and reading.text[figure.char_end : figure.char_end + 1] in _CLOSING and bool(before)


def _items_of_a_list(reading: Reading, first: int, later: int) -> bool:
    """Whether two like numbers of one sentence are told of two things: "A góp 1 %, B cũng góp 1 %", "152/152 bản"."""
    between = reading.between(first, later)
    return between.strip() in _SIGNS or _ALSO.search(between) is not None


def _equal(groups: Mapping[Key, list[int]]) -> Iterator[tuple[int, int]]:
    """Mentions of the same number."""
    for members in groups.values():
        for at, later in enumerate(members[:MOST]):
            earlier = members[:at] if at <= FIRST + LAST else members[:FIRST] + members[at - LAST : at]
            for first in earlier:
                yield first, later


def _rounded(reading: Reading, candidates: list[int]) -> Iterator[tuple[int, int]]:
    """Mentions whose numbers are not equal, but one may be the other rounded."""
    groups: dict[tuple[str, str], list[tuple[Decimal, int]]] = defaultdict(list)
    for i in candidates:
        figure = reading.figures[i]
        if figure.value is not None and figure.value >= _SMALLEST_ROUNDED and figure.kind not in _NEVER_ROUNDED:
            groups[_key(figure)[:2]].append((figure.value, i))
    for members in groups.values():
        members.sort()
        for at, (least, i) in enumerate(members):
            for value, j in members[at + 1 : at + 1 + _ROUNDED_COMPARED]:
                if value <= _FARTHEST * least and one_rounds_the_other(reading, i, j):
                    yield min(i, j), max(i, j)


def one_rounds_the_other(reading: Reading, i: int, j: int) -> bool:
    """Whether two unequal figures can be one number, printed more or less roughly."""
    x, y = reading.figures[i], reading.figures[j]
    if x.value is None or y.value is None:
        return False
    if x.qualifier == y.qualifier == "exact" and x.resolution == y.resolution:
        return False
    least, most = (x, y) if x.value < y.value else (y, x)
    near = _ROUGH if least.qualifier == "over" and most.qualifier != "under" else _CLOSE
    if abs(x.value - y.value) > near * max(abs(x.value), abs(y.value)):
        return False
    first, second = _mention_spread(reading, i), _mention_spread(reading, j)
    return first is not None and second is not None and first.cut.meets(second.cut)


def _mention_spread(reading: Reading, i: int) -> Spread | None:
    """What a mention stands for: "hơn 4 tỷ" in a title is said of 4,4 tỷ as well."""
    plain, figure = reading.spread(i), reading.figures[i]
    if plain is None or figure.qualifier != "over" or figure.value is None or figure.value <= 0:
        return plain
    value = Fraction(figure.value)
    above = Interval(value, value + Fraction(min(_ROUGH * figure.value, last_digit(figure.value))))
    return Spread(plain.rounded.hull(above), plain.cut.hull(above))


def _contradictions(reading: Reading, repeated: set[int]) -> Iterator[Check]:
    """Figures of the title for which the body, in the same words, gives another number."""
    end = reading.text.find("\n")
    if not 0 < end <= _LONGEST_TITLE:
        return
    for i, figure in enumerate(reading.figures[:_LOOKED_AT]):
        if figure.char_start >= end:
            return
        if i in repeated or not _definite(figure):
            continue
        title = mention_of(reading, i)
        following = range(i + 1, min(len(reading.figures), i + _LOOKED_AT))
        rivals = [j for j in following if _alike(figure, reading.figures[j])]
        if any(reading.figures[j].value == figure.value or one_rounds_the_other(reading, i, j) for j in rivals):
            continue
        for j in rivals:
            if reading.figures[j].char_start >= end and _says_again(reading, title, j):
                yield _check(reading, i, j, _ALARM)
                break


def _beside_repeated(reading: Reading, head: Mapping[int, int], repeated: set[int]) -> Iterator[Check]:
    """Counts told in one breath with a fact of the title or lead, and with another number where it is told again."""
    given: set[int] = set()
    for later, first in head.items():
        for step in (1, -1):
            i, j = first + step, later + step
            if not (min(i, j) >= 0 and max(i, j) < len(reading.figures)) or i in repeated or i in given:
                continue
            if not (_one_breath(reading, i, first) and _one_breath(reading, j, later)):
                continue
            if _other_count(reading, i, j, first) and mention_of(reading, i).line <= _LEAD:
                given.add(i)
                yield _check(reading, i, j, _ALARM)


def _one_breath(reading: Reading, i: int, k: int) -> bool:
    return reading.same_sentence(i, k) and _JOINED.match(reading.gap(max(i, k))) is not None


def _other_count(reading: Reading, i: int, j: int, companion: int) -> bool:
    """Whether two counts of one noun, not that of their companions, differ where the article gives none that agrees."""
    figures = reading.figures
    first, later = figures[i], figures[j]
    if first.kind != "count" or not (_definite(first) and _definite(later) and _alike(first, later)):
        return False
    if _alike(first, figures[companion]) and not _alike_behind(reading, first, later):
        return False
    if (first.direction, first.is_target) != (later.direction, later.is_target) or reading.same_sentence(i, j):
        return False
    if not _near(first, later):
        return False
    others = (k for k in range(i + 1, min(len(figures), i + _LOOKED_AT)) if _alike(first, figures[k]))
    if any(figures[k].value == first.value or one_rounds_the_other(reading, i, k) for k in others):
        return False
    told, again = (words_of(reading, mention_of(reading, k)) for k in (i, j))
    return contained(told, again)[1] >= _TOLD_AGAIN


def _alike_behind(reading: Reading, a: Figure, b: Figure) -> bool:
    """Whether the same two words stand behind two figures: "26 người bị thương", "25 người bị thương"."""
    one, other = (reading.low[f.char_end : f.char_end + _BEHIND].split()[:2] for f in (a, b))
    return len(one) == 2 and one == other and a.unit == b.unit


def _definite(figure: Figure) -> bool:
    return (
        figure.kind in _CONTRADICTED and figure.value is not None and figure.value >= _FEWEST
        and figure.qualifier == "exact" and figure.number_style != "words"
    )


def _near(a: Figure, b: Figure) -> bool:
    return a.value is not None and b.value is not None and a.value < _FACTOR * b.value < _FACTOR * _FACTOR * a.value


def _alike(a: Figure, b: Figure) -> bool:
    return b.value is not None and field_of(a) == field_of(b)


def _says_again(reading: Reading, title: Mention, j: int) -> bool:
    """Whether figure `j` stands in a sentence that says what the title says, and not for a part of it."""
    first, later = title.figure, reading.figures[j]
    if not _definite(later):
        return False
    if not _near(first, later):
        return False
    if (first.direction, first.is_target) != (later.direction, later.is_target):
        return False
    sentence = (k for k in range(max(0, j - _SENTENCE), j + _SENTENCE) if k != j and k < len(reading.figures))
    if any(reading.same_sentence(j, k) and same_measure(reading.figures[k], later) for k in sentence):
        return False
    body = mention_of(reading, j)
    words, share = contained(words_of(reading, title), words_of(reading, body))
    return (
        words >= _WORDS_NEEDED and share >= SAID_AGAIN
        and (later.kind != "count" or nouns_agree(title, body) >= 0.8)
        and not pattern("partial", "of_total").search(reading.before(j)[-20:])
    )


def _key(figure: Figure) -> Key:
    """What two mentions of one number share; a count may be of any noun, which is weighed later."""
    return figure.kind, "" if figure.kind == "count" else figure.unit, value_of(figure)


def _check(reading: Reading, first: int, later: int, confidence: float) -> Check:
    stated, again = reading.figures[first], reading.figures[later]
    check = make_check(
        "repeat",
        stated,
        [(again, "later")],
        _mention_spread(reading, later),
        expression=number(again),
        claim="",
        confidence=confidence,
        against=_mention_spread(reading, first),
        causes=lambda: digit_slip(stated, [again], lambda spreads: spreads[0]),
    )
    check.formula = f"{number(again)} (stated {number(stated)})"
    check.computed_value = again.value
    if _opposed(stated, again):
        check.verdict = INCONSISTENT if confidence >= ALARM_CONFIDENCE else UNDETERMINED
        check.formula = f"{_signed(again)} (stated {_signed(stated)})"
        first_, then = ("more", "less") if stated.qualifier == "over" else ("less", "more")
        check.explanation = f"{quoted(stated)} is stated first as {first_} and then as {then} than that."
        return check
    outcome = _ROUGHLY if check.verdict == CONSISTENT and stated.value != again.value else _OUTCOME[check.verdict]
    check.explanation = f"{quoted(stated)} is stated again as {quoted(again)}{outcome}."
    return check


def _signed(figure: Figure) -> str:
    """A number that is said to be exceeded or not to be reached."""
    return f"{'>' if figure.qualifier == 'over' else '<'} {number(figure)}"


_ROUGHLY = ", which is the same number told more or less exactly"
_OUTCOME = {
    CONSISTENT: ", which is the same number",
    TRUNCATED: ", which is the same number only if digits were cut off instead of rounded",
    INCONSISTENT: ": the same words with another number",
    UNDETERMINED: ", but it is not sure that both mean one fact",
}
