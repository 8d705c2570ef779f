"""Ratio: a stated percentage is part / whole of two figures the text prints.

"kết nạp 527/600 đảng viên (đạt 87,8 %)" → 527 / 600 = 87.83 %; "kiểm tra 89 xe, trong đó có 85 xe vi phạm (chiếm tỷ lệ
95,5 %)"; fulfilment of a plan ("thu 998 tỷ đồng, đạt 109,6 % dự toán 911 tỷ đồng"); several items of one total, each
with its percent.

The part is the figure the percent stands beside ("a (p %)", "a, chiếm p %", "p % (a …)"). The whole is looked for where
the text can have it: a/b, "a trong số b", "b, trong đó có a", and further back for the later items of a list. Where the
words name the whole, a mismatch is an alarm; a whole found only by position must fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from flows.checks.arithmetic.causes import digit_slip
from flows.checks.arithmetic.printed import Spread, apply
from flows.checks.arithmetic.statement import believable, first_cause, make_check, number, quoted
from flows.checks.reading.article import Reading, coarseness, is_level, same_measure, significant_digits
from flows.checks.reading.levels import far_from, loosely_fits
from flows.checks.reading.shares import implied_base, part_beside, share_lists
from flows.checks.reading.words import alternation, words
from flows.model import Check, Figure

_SHARE = re.compile(rf"{alternation(words('share'))}[^,;:()]{{0,30}}\Z")
_BRACKET = re.compile(r"\(\s*(?:[^()\d]{0,40})\Z")
_SLASH = re.compile(r"\A\s*/\s*\Z")
_OF_TOTAL = re.compile(r"(?<!\w)(?:(?:trong|trên) tổng số|trong số|(?:trong|trên) tổng|trên)(?!\w)[^,.;:()]{0,25}\Z")
_WITHIN = re.compile(r"(?<!\w)(?:trong tổng số|trong số|trong tổng|trên tổng số)\s*\Z")
_IN = re.compile(r"(?:\A|[,;.]\s*)trong(?: hơn| gần| khoảng| trên)?\s*\Z")
_IN_NEAR = re.compile(r"(?<!\w)trong(?: số| tổng số)?(?: hơn| gần| khoảng| trên)?\s*\Z")
_PART_OF = re.compile(r"(?<!\w)(?:trong đó|trong số đó|trong số này|thì chỉ|chỉ có|gồm)(?!\w)")
_FULFILS = re.compile(
    r"\A\s*(?:so với |của |trong |trên )?(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|tổng số|định mức)(?!\w)"
    r"[^,;.()]{0,40}\(?[^,;.()\d]{0,15}\Z"
)
_OWN_BASE = re.compile(r"\A\s*(?:so với|của|trên|trong|tổng|kế hoạch|dự toán|chỉ tiêu|số|dân số|gdp)(?!\w)")
_NAMED_BASE = re.compile(
    r"\A\s*(?:so với |của |trên |trong )?(?P<base>tổng (?!số)\w+(?: \w+)?|kế hoạch|dự toán|chỉ tiêu)(?!\w)"
)
_CLAUSE = re.compile(r"[,;.()]")
_FEW = 30
_RATE = re.compile(r"(?<!\w)t[ỷỉ] lệ(?!\w)")
_AGAINST = re.compile(r"\A[^,;.()\d]{0,40}(?<!\w)(?:so với|trên)(?!\w)[^,;.()\d]{0,30}\Z")
_BESIDE = re.compile(r"\A[^,;.\d()]{0,70},?[^,;.\d()]{0,60}\(?[^,;.\d()]{0,30}\Z")
_OPENS_BRACKET = re.compile(r"\A[^()\d,;.]{0,40}\([^()\d]{0,40}\Z")
_RATE_WORDS = re.compile(r"(?<!\w)(?:lãi suất|thuế suất|tăng trưởng|tốc độ|xác suất)(?!\w)")
_SENTENCES_BACK = 2
SURE = 0.6
"""From this confidence on the words name part and whole: a mismatch is an alarm."""
LIKELY = 0.45
"""From this confidence on the words suggest part and whole: a fit within the qualifiers is taken, a mismatch is not."""
_LOOSEST = Fraction(1, 2)
_FINE = 3
_NEAR_CHANCE = Fraction(1, 5)


def find(reading: Reading) -> Iterator[Check]:
    """The ratios a text asserts."""
    shared: int | None = None
    for i, figure in enumerate(reading.figures):
        if figure.kind == "percent" and figure.unit == "%" and figure.value is not None:
            found = _ratio(reading, i, shared)
            if found is not None:
                shared, check = found
                yield check


def _ratio(reading: Reading, i: int, shared: int | None) -> tuple[int, Check] | None:
    """The check of the percent at `i` and its whole; `shared` is the whole of the ratio before it."""
    doubted: tuple[int, int, float] | None = None
    stated = reading.spread(i)
    pairs = list(_pairs(reading, i))
    if shared is not None and pairs and all(whole != shared for _, whole, _ in pairs):
        part = pairs[0][0]
        if (
            reading.figures[part].kind == reading.figures[shared].kind
            and significant_digits(reading.figures[i]) >= _FINE
        ):
            pairs.append((part, shared, 0.4))
    pairs.sort(key=lambda pair: (pair[2] < SURE, pair[1] != shared, -pair[2]))
    for tried, (part, whole, confidence) in enumerate(pairs, 1):
        if confidence < SURE and whole != shared and _far(reading, i, part, whole):
            continue
        computed = _share(reading, part, whole)
        if computed is None or stated is None:
            continue
        if confidence >= LIKELY or (whole == shared and reading.sentences_apart(whole, i) <= _SENTENCES_BACK):
            if stated.cut.meets(computed.cut) and (
                confidence >= SURE or whole == shared or coarseness(reading.plain(i)) <= _LOOSEST
            ):
                return whole, _check(reading, i, part, whole, computed, 0.95)
            if doubted is None and (confidence >= SURE or (whole == shared and _next_in_list(reading, i, part))):
                doubted = (part, whole, max(confidence, 0.65))
            continue
        a, b = reading.plain(part), reading.plain(whole)
        if a is not None and b is not None and _fits(reading, i, part, whole, _divide(a, b), tried):
            return whole, _check(reading, i, part, whole, computed, 0.8)
    if doubted is None:
        listed = i > 0 and reading.figures[i - 1].kind == "percent" and reading.gap(i).strip() in ("và", ",")
        return _far_ratio(reading, i, len(pairs)) if pairs or listed or _SHARE.search(reading.gap(i)) else None
    part, whole, confidence = doubted
    check = _check(reading, i, part, whole, _share(reading, part, whole), confidence)
    return (whole, check) if believable(check) else None


def _fits(reading: Reading, i: int, part: int, whole: int, computed: Spread | None, tried: int) -> bool:
    """Whether the numbers speak for the pair; less is asked of two that stand in the percentage's own sentence."""
    if tried <= 2 and reading.same_sentence(whole, i) and reading.same_sentence(part, i):
        return loosely_fits(reading, i, computed, 1, _NEAR_CHANCE)
    return loosely_fits(reading, i, computed, tried)


def _next_in_list(reading: Reading, i: int, part: int) -> bool:
    """Whether the part and percentage continue a list, so that their whole is the one of the item before."""
    return any(
        later.percent == i and later.part == part and later is not items[0]
        for items in share_lists(reading)
        for later in items
    )


def _far(reading: Reading, i: int, part: int, whole: int) -> bool:
    stated, a, b = reading.figures[i], reading.figures[part].value, reading.figures[whole].value
    return a is None or not b or far_from(stated.value, 100 * float(a) / float(b), stated.resolution)


def _far_ratio(reading: Reading, i: int, tried: int) -> tuple[int, Check] | None:
    """Two levels of one measure in this or the last sentences that a finely printed percentage fits.

    "đạt 238 tỷ đồng doanh thu … LNST 49,3 tỷ … Công ty đặt chỉ tiêu doanh thu 307,5 tỷ và LNST 80 tỷ, tương ứng bằng
    129,2 % và 162,25 %".
    """
    figures = reading.figures
    if significant_digits(figures[i]) < _FINE or not (_SHARE.search(reading.gap(i)) or "%" in figures[i - 1].unit):
        return None
    near = [
        k for k in reading.backwards(i, sentences=2, window=10) if is_level(figures[k]) and figures[k].direction is None
    ]
    for a in near:
        for b in near:
            if a == b or figures[a].unit != figures[b].unit or not figures[a].value or not figures[b].value:
                continue
            tried += 1
            if _far(reading, i, a, b):
                continue
            x, y = reading.plain(a), reading.plain(b)
            if x is not None and y is not None and loosely_fits(reading, i, _divide(x, y), tried):
                return b, _check(reading, i, a, b, _share(reading, a, b), 0.7)
    return None


def _pairs(reading: Reading, i: int) -> Iterator[tuple[int, int, float]]:
    """Part and whole the percent at `i` may be of, the likeliest first, with the confidence that the words say so."""
    figures = reading.figures
    percent = figures[i]
    before = reading.gap(i)
    bracket = bool(_BRACKET.search(before))
    share = bool(_SHARE.search(before)) and percent.direction is None
    slash = i >= 2 and bool(_SLASH.match(reading.gap(i - 1))) and bool(_SHARE.search(before))
    if i >= 1 and (bracket or share or slash) and (percent.direction is None or slash):
        yield from _left_pairs(reading, i)
    if i + 1 < len(figures) and percent.direction is None:
        yield from _right_pairs(reading, i)


def _left_pairs(reading: Reading, i: int) -> Iterator[tuple[int, int, float]]:
    figures = reading.figures
    beside_part = part_beside(reading, i)
    if beside_part is None:
        return
    near = beside_part
    own_base = bool(_OWN_BASE.match(reading.after(i)))
    beside = bool(_BESIDE.match(reading.gap(i)))
    if near >= 1:
        link = reading.gap(near)
        ahead = figures[near - 1]
        if ahead.kind == figures[near].kind:
            if _SLASH.match(link):
                yield near - 1, near, 0.95 if beside else 0.5
            elif reading.same_sentence(near - 1, near) and _OF_TOTAL.search(link) and _smaller(ahead, figures[near]):
                yield near - 1, near, 0.9 if beside and _SHARE.search(reading.gap(i)) else 0.5
    yield from _wholes(reading, near, beside and not own_base, _base_words(reading, i))
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


def _base_words(reading: Reading, i: int) -> str:
    """The words after the percentage that name its base: "chiếm 33,3 % tổng thu" → "tổng thu"."""
    found = _NAMED_BASE.match(reading.after(i))
    return "" if found is None else " ".join(found["base"].split())


def _right_after(named: str, before: str) -> bool:
    """Whether the words that name the base stand before a figure with nothing but a few words between."""
    at = before.rfind(named)
    return at >= 0 and len(before) - at - len(named) <= _FEW and not _CLAUSE.search(before[at:])


def _wholes(reading: Reading, near: int, beside: bool, named: str = "") -> Iterator[tuple[int, int, float]]:
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
    if whole == part - 1 and reading.same_sentence(whole, part) and _PART_OF.search(link):
        return 0.8
    return 0.4


def _right_pairs(reading: Reading, i: int) -> Iterator[tuple[int, int, float]]:
    """The part follows in brackets: "20,2 % (15 đảng viên)", "87,8 % (527/600 đảng viên)"."""
    figures = reading.figures
    part = i + 1
    if not _OPENS_BRACKET.match(reading.gap(part)) or not is_level(figures[part]):
        return
    if (
        part + 1 < len(figures)
        and (_SLASH.match(reading.gap(part + 1)) or _OF_TOTAL.search(reading.gap(part + 1)))
        and _smaller(figures[part], figures[part + 1])
    ):
        yield part, part + 1, 0.95
        return
    if (
        part + 1 < len(figures)
        and _AGAINST.match(reading.gap(part + 1))
        and same_measure(figures[part], figures[part + 1])
    ):
        yield part, part + 1, 0.85
        return
    for whole in reading.backwards(i, sentences=_SENTENCES_BACK):
        if is_level(figures[whole]) and same_measure(figures[whole], figures[part]):
            named = whole == i - 1 and reading.same_sentence(whole, i) and _PART_OF.search(reading.gap(i))
            yield part, whole, 0.5 if named and _smaller(figures[part], figures[whole]) else 0.4


def _smaller(part: Figure, whole: Figure) -> bool:
    return part.value is not None and whole.value is not None and part.value <= whole.value


def _share(reading: Reading, part: int, whole: int) -> Spread | None:
    a, b = reading.spread(part), reading.spread(whole)
    return None if a is None or b is None else _divide(a, b)


def _divide(part: Spread, whole: Spread) -> Spread | None:
    return apply(lambda a, b: 100 * a / b, part, whole)


def _check(reading: Reading, i: int, part: int, whole: int, computed: Spread | None, confidence: float) -> Check:
    stated, a, b = reading.figures[i], reading.figures[part], reading.figures[whole]

    def causes() -> str | None:
        target, x, y = reading.spread(i), reading.spread(part), reading.spread(whole)
        if target is None or x is None or y is None:
            return None
        for items in share_lists(reading):
            implied = implied_base(reading, items) if any(item.percent == i for item in items) else None
            if implied is not None:
                return f"all {len(items)} percentages of the list fit a base of {implied[1].low}, not {quoted(b)}"
        return (
            first_cause(
                (
                    (
                        apply(lambda p, q: 100 - 100 * p / q, x, y),
                        "this is the share of the rest (100 % less the computed share)",
                    ),
                    (apply(lambda p, q: 100 * (q - p) / p, x, y), "this is the difference as a percentage of the part"),
                    (apply(lambda p, q: 100 * q / p, x, y), "part and whole may have been exchanged"),
                ),
                target,
            )
            or digit_slip(stated, [a, b], lambda known: _divide(known[0], known[1]))
            or _other_base(reading, i, part, whole)
        )

    return make_check(
        "ratio",
        stated,
        [(a, "part"), (b, "whole")],
        computed,
        expression=f"{number(a)} / {number(b)}",
        unit="%",
        claim=f"the text gives {quoted(a)} of {quoted(b)} as {quoted(stated)}",
        confidence=confidence,
        causes=causes,
    )


def _other_base(reading: Reading, i: int, part: int, whole: int) -> str | None:
    """Another figure nearby that the percentage fits, or the base it would need."""
    target, x = reading.spread(i), reading.spread(part)
    if target is None or x is None:
        return None
    for other in reading.backwards(i, sentences=3):
        if other in (part, whole) or not is_level(reading.figures[other]):
            continue
        computed = _share(reading, part, other)
        if computed is not None and computed.rounded.meets(target.rounded):
            return f"the percentage fits another base: {quoted(reading.figures[other])}"
    needed = apply(lambda a, p: 100 * a / p, x, target)
    if needed is None or needed.rounded.low is None or needed.rounded.high is None:
        return None
    low, high = needed.rounded.low, needed.rounded.high
    if (
        Fraction(reading.figures[part].resolution) == 1
        and -(-low.numerator // low.denominator) == high.numerator // high.denominator
    ):
        return f"the percentage would need a base of {high.numerator // high.denominator}"
    return None
