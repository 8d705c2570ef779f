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
from flows.checks.arithmetic.statement import believable, first_cause, is_fit, make_check, number, quoted
from flows.checks.reading.article import Reading, coarseness, is_level, same_measure, significant_digits
from flows.checks.reading.base_periods import base_by_period
from flows.checks.reading.breakdowns import breakdowns
from flows.checks.reading.levels import far_from, loosely_fits
from flows.checks.reading.parts import SHARE, SLASH, Pair, pairs, part_of
from flows.checks.reading.shares import implied_base, share_lists
from flows.model import Check

_LAST_TIME = re.compile(
    r"\A\s*(?:so với |của )?(?:cùng kỳ|(?:mức |số |lượng )?(?:của )?năm (?:trước|ngoái)|kỳ trước)(?!\w)"
)
Found = tuple[int, int, int]
"""Positions of a percentage, its part and its whole."""
_AMONG_OTHERS = 0.65
_SENTENCES_BACK = 2
_SENTENCES_LISTED = 8
_SENTENCES_FAR = 10
_FAR_WINDOW = 25
_NEAR_FIGURES = 5
_MOST = 12
_LEAST = 2
_MOST_AHEAD = 40
_AGREED = Fraction(1, 50)
SURE = 0.6
"""From this confidence on the words name part and whole: a mismatch is an alarm."""
LIKELY = 0.45
"""From this confidence on the words suggest part and whole: a fit within the qualifiers is taken, a mismatch is not."""
_LOOSEST = Fraction(1, 2)
_FINE = 3
_NEAR_CHANCE = Fraction(1, 5)


def find(reading: Reading) -> Iterator[Check]:
    """The ratios a text asserts."""
    shared: tuple[int, int] | None = None
    fitting: list[Found] = []
    unread: list[int] = []
    for i, figure in enumerate(reading.figures):
        if figure.kind == "percent" and figure.unit == "%" and figure.value is not None:
            found = _ratio(reading, i, shared)
            if found is None:
                unread.append(i)
                continue
            shared, check = found
            if is_fit(check):
                fitting.append((i, *shared))
            yield check
    for group in _groups(unread):
        yield from _of_one_whole(reading, group)
    if fitting:
        for i in unread:
            misfit = _misfit(reading, i, fitting)
            if misfit is not None:
                yield misfit


def _groups(unread: list[int]) -> Iterator[list[int]]:
    """Percentages without a whole yet, that stand near each other."""
    group: list[int] = []
    for i in unread:
        if group and (i - group[-1] > _NEAR_FIGURES or len(group) >= _MOST):
            yield group
            group = []
        group.append(i)
    yield group


def _of_one_whole(reading: Reading, group: list[int]) -> Iterator[Check]:
    """Parts of a whole that is printed far ahead, where two or more percentages agree on it.

    "15.492 doanh nghiệp được cấp phép … công ty TNHH chiếm 58,3 % với 9.034 doanh nghiệp; … chiếm 28,9 % với 4.486".
    """
    figures = reading.figures
    items = [(i, part) for i in group if (part := part_of(reading, i)) is not None]
    done: set[int] = set()
    if len(items) < _LEAST:
        return
    for tried, whole in enumerate(reading.backwards(min(items[0]), _SENTENCES_FAR, _MOST_AHEAD), 1):
        if not is_level(figures[whole]) or figures[whole].direction is not None:
            continue
        chance, fits = Fraction(tried), []
        for i, part in items:
            if i in done or not same_measure(figures[part], figures[whole]) or _far(reading, i, part, whole):
                continue
            a, b = reading.plain(part), reading.plain(whole)
            if a is not None and b is not None and loosely_fits(reading, i, _divide(a, b), 1, _NEAR_CHANCE):
                chance *= coarseness(reading.plain(i))
                fits.append((i, part))
        if len(fits) >= _LEAST and chance <= _AGREED:
            done.update(i for i, _ in fits)
            for i, part in fits:
                yield _check(reading, i, part, whole, _share(reading, part, whole), 0.8)


def _misfit(reading: Reading, i: int, fitting: list[Found]) -> Check | None:
    """The check of a percentage that stands among others of one whole, in their form, and does not fit it."""
    figures = reading.figures
    if not figures[i].value:
        return None
    for part, whole, _ in pairs(reading, i):
        for percent, other, common in fitting:
            if (
                whole == common
                and abs(figures[percent].sentence_no - figures[i].sentence_no) <= 1
                and part not in (other, common)
                and (part < i) == (other < percent)
                and same_measure(figures[part], figures[other])
                and _form(reading, percent) == _form(reading, i)
            ):
                check = _check(reading, i, part, whole, _share(reading, part, whole), _AMONG_OTHERS)
                return check if believable(check) else None
    return None


def _form(reading: Reading, i: int) -> tuple[str, str]:
    """How the percentage at `i` is joined to its part and base: the last word before it and the first behind."""
    before, after = reading.gap(i).rstrip(), reading.after(i).strip()
    if before.endswith("(") or not after or after[0] in ",;)":
        return before.split()[-1].strip("(") if before else "", ""
    return before.split()[-1].strip("(") if before else "", after.split()[0].strip(",;)")


def _ratio(reading: Reading, i: int, shared: tuple[int, int] | None) -> tuple[tuple[int, int], Check] | None:
    """The check of the percent at `i` with its part and whole; `shared` are those of the ratio before it."""
    doubted: Pair | None = None
    stated = reading.spread(i)
    found = [pair for pair in pairs(reading, i) if pair[2] >= SURE or not _marks(reading, pair)]
    if all(pair[2] < SURE for pair in found):
        found = [*_of_breakdown(reading, i), *found]
    common = None if shared is None else shared[1]
    if shared is not None and found and all(whole != common for _, whole, _ in found):
        part = found[0][0]
        if part != common and _one_list(reading, i, part, shared):
            found.append((part, shared[1], 0.4))
    found.sort(key=lambda pair: (pair[2] < SURE, pair[1] != common, -pair[2]))
    for tried, (part, whole, confidence) in enumerate(found, 1):
        if confidence < SURE and whole != common and _far(reading, i, part, whole):
            continue
        computed = _share(reading, part, whole)
        if computed is None or stated is None:
            continue
        if confidence >= LIKELY or (whole == common and reading.sentences_apart(whole, i) <= _SENTENCES_BACK):
            if stated.cut.meets(computed.cut) and (
                confidence >= SURE or whole == common or coarseness(reading.plain(i)) <= _LOOSEST
            ):
                return (part, whole), _check(reading, i, part, whole, computed, 0.95)
            if doubted is None and (confidence >= SURE or (whole == common and _next_in_list(reading, i, part))):
                doubted = (part, whole, max(confidence, 0.65))
            continue
        a, b = reading.plain(part), reading.plain(whole)
        if a is not None and b is not None and _fits(reading, i, part, whole, _divide(a, b), tried):
            return (part, whole), _check(reading, i, part, whole, computed, 0.8)
    if doubted is None:
        listed = i > 0 and reading.figures[i - 1].kind == "percent" and reading.gap(i).strip() in ("và", ",")
        far = _far_ratio(reading, i, len(found)) if found or listed or SHARE.search(reading.gap(i)) else None
        return far or _by_period(reading, i)
    part, whole, confidence = doubted
    check = _check(reading, i, part, whole, _share(reading, part, whole), confidence)
    return ((part, whole), check) if believable(check) else None


def _by_period(reading: Reading, i: int) -> tuple[tuple[int, int], Check] | None:
    """The whole is dated beside: "từ 5,8 triệu đồng năm 2014 …. Năm 2017 giá còn 3,9 triệu (bằng 68 % so với 2014)"."""
    part = part_of(reading, i)
    base = base_by_period(reading, i, part) if part is not None else None
    if part is None or base is None:
        return None
    check = _check(reading, i, part, base[0], _share(reading, part, base[0]), 0.75)
    return ((part, base[0]), check) if is_fit(check) or base[1] and believable(check) else None


def _marks(reading: Reading, pair: Pair) -> bool:
    """Whether part and whole are marks given, which are no share of each other: "(7,8 điểm)" after "(8,1 điểm)"."""
    part, whole = reading.figures[pair[0]], reading.figures[pair[1]]
    return part.kind == whole.kind == "score" and not SLASH.match(reading.gap(pair[1]))


def _of_breakdown(reading: Reading, i: int) -> Iterator[Pair]:
    """The total that the part beside a percentage is a part of, where the share is right: "góp 1 % với 100 tỷ đồng"."""
    part, percent = part_of(reading, i), reading.figures[i].value
    if part is None or percent is None:
        return
    for one in breakdowns(reading):
        if part in one.parts:
            a, b = reading.figures[part].value, reading.figures[one.total].value
            if a is not None and b and 100 * a == percent * b:
                yield part, one.total, SURE


def _one_list(reading: Reading, i: int, part: int, shared: tuple[int, int]) -> bool:
    """Whether the part may be of the whole of the ratio before: finely printed, or the same things counted again."""
    figures = reading.figures
    if figures[part].kind != figures[shared[1]].kind or reading.sentences_apart(shared[0], part) > _SENTENCES_LISTED:
        return False
    digits = significant_digits(figures[i])
    return digits >= _FINE or (digits == _FINE - 1 and same_measure(figures[part], figures[shared[0]]))


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


def _far_ratio(reading: Reading, i: int, tried: int) -> tuple[tuple[int, int], Check] | None:
    """Two levels of one measure in this or the last sentences that a finely printed percentage fits.

    "đạt 238 tỷ đồng doanh thu … LNST 49,3 tỷ … Công ty đặt chỉ tiêu doanh thu 307,5 tỷ và LNST 80 tỷ, tương ứng bằng
    129,2 % và 162,25 %".
    """
    figures = reading.figures
    if significant_digits(figures[i]) < _FINE or not (SHARE.search(reading.gap(i)) or "%" in figures[i - 1].unit):
        return None
    last_time = _LAST_TIME.match(reading.after(i)) is not None
    near = [
        k for k in reading.backwards(i, sentences=2, window=10) if is_level(figures[k]) and figures[k].direction is None
    ]
    far = (
        [
            k
            for k in reading.backwards(near[0], _SENTENCES_FAR, _FAR_WINDOW)
            if k not in near and figures[k].unit == figures[near[0]].unit and figures[k].direction is None
        ]
        if last_time and near
        else []
    )
    for a, b in [(a, b) for a in near for b in near] + [(a, near[0]) for a in far]:
        if a == b or figures[a].unit != figures[b].unit or not figures[a].value or not figures[b].value:
            continue
        tried += 1
        if _far(reading, i, a, b):
            continue
        x, y = reading.plain(a), reading.plain(b)
        if x is not None and y is not None and loosely_fits(reading, i, _divide(x, y), tried):
            return (a, b), _check(reading, i, a, b, _share(reading, a, b), 0.7)
    return None


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
