"""Totals and the parts the text gives of them, read once for the kinds that need it (`sum`, `bound`).

A breakdown is a total, words that open a list after it (gồm, trong đó, cụ thể, a colon, a bracket: `openings`), and the
figures of the list that are of the total's measure (`lists`); or one of the constructions that nothing opens
(`wholes`: "95 trong số 139", "3 người trong số đó", "tổng cộng", "… còn lại"). A list below a part is a breakdown of
its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from flows.checks.arithmetic.printed import Spread
from flows.checks.reading.article import Reading, coarseness, is_level, is_share, same_measure
from flows.checks.reading.companions import companions, shared_out
from flows.checks.reading.list_words import any_of
from flows.checks.reading.lists import each_named, items, may_end, names_all, names_more, unbroken
from flows.checks.reading.namesakes import namesakes
from flows.checks.reading.openings import NAMING, SENTENCE_END, Opening, opening_at
from flows.checks.reading.opposites import both_sides
from flows.checks.reading.outcomes import outcomes
from flows.checks.reading.partition import Breakdown, adds_up, as_printed, same_head, two_times, without_repeated
from flows.checks.reading.preference import both_cases, preferred
from flows.checks.reading.progress import progress
from flows.checks.reading.records import is_record, records
from flows.checks.reading.remainders import remainders
from flows.checks.reading.runs import runs
from flows.checks.reading.stages import stages
from flows.checks.reading.subsets import subsets
from flows.checks.reading.tallies import tallies
from flows.checks.reading.wholes import is_denominator, unopened
from flows.model import Figure

__all__ = ["Breakdown", "adds_up", "breakdowns"]

_LOOK_BACK = 8
_BEHIND = 4
_NEAR_TOTAL = 60
_SENTENCE_HEAD = 20
_NEARLY = Decimal("0.98")
_FAR = Decimal("0.8")
_HARDLY = 200
_CLOSE = 50
_TELLING = Fraction(1, 100)
_INSIDE_BRACKET = 12
_RIGHT_BEFORE = re.compile(
    r"(?<!\w)trong (?:số )?đó,?(?: (?:đã )?có(?: tới| đến| đầy đủ| đủ| cả)?| gồm)?(?: hơn| gần| khoảng| trên)?\s*\Z"
)
_REST_UNTOLD = re.compile(r"[,;]\s*(?:số |phần )?còn lại(?!\w)")
_OTHERS = re.compile(r"\A[^,;.()\n]{0,20}?(?<!\w)khác(?!\w)")
_EACH = re.compile(rf"{any_of('each')}[^,;]{{0,40}}\Z")
_SEMICOLON = re.compile(r"\A[^,.]{0,20};")
_PAIRED = re.compile(r"\A\s*[x×*]\s*\Z|\A\s+\w[^,;.()\d]{0,25}/\s*\Z")  # 5 x 3 m; 2 ghế trước/3 ghế sau
_PASSED = re.compile(r"[,;)]")
_CAPTION = re.compile(r"(?<!\w)ảnh(?: minh họa)?\s*[:.]")
_WITHIN_TIME = re.compile(r"(?<!\w)riêng trong(?: \d+)?(?: tháng| ngày| tuần| quý|,)|(?<!\w)chỉ riêng trong năm(?!\w)")
_TIME = re.compile(r"(?<!\w)(?:năm|tháng|quý|tuần|ngày)(?!\w)")
_ITEM = re.compile(rf"(?:[,;]|{any_of('more')})\s*(?:và |hơn |gần |khoảng |trên )?\Z")
_AND = re.compile(r"\A[^,;.()\n]{0,20}?(?<!\w)(?:và|sau|với|qua|cùng)(?: hơn| gần| khoảng| trên)?\s*\Z")
_FLOOR = re.compile(r"(?<!\w)sàn(?!\w)")


def breakdowns(reading: Reading) -> Sequence[Breakdown]:
    """All breakdowns of an article; one total and set of parts is given once."""
    known = reading.shared.get("breakdowns")
    if known is None:
        found: dict[tuple[int, tuple[int, ...]], Breakdown] = {}
        for i in range(len(reading.figures)):
            for candidate in _read_at(reading, i):
                key = (candidate.total, candidate.parts)
                if len(candidate.parts) > 1 and _names_total(reading, candidate):
                    continue
                if key not in found or found[key].confidence < candidate.confidence:
                    found[key] = candidate
        lists = [frozenset((one.total, *one.parts)) for one in found.values() if one.is_sum]
        for candidate in runs(reading):
            members = {candidate.total, *candidate.parts}
            if not any(one.issuperset(candidate.parts) or one.issuperset(members) for one in lists):
                found.setdefault((candidate.total, candidate.parts), candidate)
        for candidate in (*stages(reading), *remainders(reading), *records(reading)):
            found.setdefault((candidate.total, candidate.parts), candidate)
        summed = [frozenset((one.total, *one.parts)) for one in found.values() if one.is_sum]
        nested = {(one.total, part) for one in found.values() for part in one.parts}
        for candidate in (*tallies(reading), *namesakes(reading)):
            members = {candidate.total, *candidate.parts}
            inner = any((a, b) in nested for a in candidate.parts for b in candidate.parts)
            if not inner and not any(one.issuperset(candidate.parts) for one in summed):
                found.setdefault((candidate.total, candidate.parts), candidate)
        every = list(found.values())
        for candidate in (*companions(reading, every), *shared_out(reading, every)):
            found.setdefault((candidate.total, candidate.parts), candidate)
        for candidate in (*subsets(reading), *outcomes(reading), *progress(reading)):
            if not any(one.total == candidate.total and candidate.parts[0] in one.parts for one in found.values()):
                found[candidate.total, candidate.parts] = candidate
        told = [one for one in found.values() if not is_record(reading, (one.total, *one.parts))]
        known = reading.shared["breakdowns"] = without_repeated(told)
    result: list[Breakdown] = known
    return result


def _names_total(reading: Reading, one: Breakdown) -> bool:
    """Whether one of several parts is the total told again."""
    figures = reading.figures
    return any(figures[k].value == figures[one.total].value and figures[k].value for k in one.parts)


def _read_at(reading: Reading, i: int) -> Iterator[Breakdown]:
    if i > 0 and (opening := opening_at(reading, i)):
        yield from _opened_list(reading, i, opening)
    yield from unopened(reading, i)


def _opened_list(reading: Reading, first: int, opening: Opening) -> Iterator[Breakdown]:
    gap = reading.gap(first)
    tail = gap[opening.end :]
    if "\n" in tail and opening.form not in ("colon", "specific"):
        return
    inside = len(tail) - tail.rfind("(") if tail.rfind("(") > tail.rfind(")") else 0
    if opening.form != "bracket" and inside > _INSIDE_BRACKET:
        return
    opens_sentence = not reading.same_sentence(first - 1, first)
    if opening.form == "bracket" and (opens_sentence or _PASSED.search(gap[: opening.start])):
        return
    if opening.form == "whole" and ";" in gap[: opening.start] or opening.form in NAMING and ";" in tail:
        return
    if pairs := _pairs(reading, first, opening):
        yield from pairs
        return
    listed = items(reading, first, opening)
    if len(listed) >= 2 and _PAIRED.match(reading.gap(listed[0] + 1)):
        return
    totals = list(_totals(reading, first, opening))
    every = each_named(reading, listed, opening)
    fitting = [found for total in totals if (found := _fitting(reading, total, every, opening)) is not None]
    if fitting:
        exact = [one for one in fitting if _least(reading, one.parts) == reading.figures[one.total].value]
        yield (exact or fitting)[0]
        return
    if every != listed or opens_sentence and not _begins(gap, opening):
        return
    head = reading.figures[listed[0]]
    related = [j for j in totals if same_measure(reading.figures[j], head)]
    if not related or head.kind != "count" or not reading.same_sentence(related[0], first):
        related = [j for j in totals if any(same_measure(reading.figures[j], reading.figures[k]) for k in listed)]
    if not related and opening.form == "partial" and not opening.is_aside and _begins(gap, opening):
        behind = list(_behind(reading, listed, opening))
        yield from behind
        if behind:
            return
    if len(related) > 1 and len(listed) == 1:
        related = preferred(reading, related, listed[0])
    for total in (related or totals)[:1]:
        partial = _partial(reading, total, listed, opening)
        if partial is not None:
            yield partial


def _pairs(reading: Reading, first: int, opening: Opening) -> list[Breakdown]:
    """Two totals and a part of each: "855 tổ chức đảng và 3.508 đảng viên. Trong đó … 9 tổ chức và 15 đảng viên"."""
    a, b, k = first - 2, first - 1, first + 1
    if a < 0 or k >= len(reading.figures) or opening.form != "partial" or reading.sentences_apart(a, k) > 1:
        return []
    if not (_AND.match(reading.gap(b)) and _AND.match(reading.gap(k)) and _begins(reading.gap(first), opening)):
        return []
    figures = [reading.figures[x] for x in (a, b, first, k)]
    if any(one.kind != "count" or one.value is None or one.direction is not None for one in figures):
        return []
    whole, other, part, partner = figures
    if same_measure(whole, other) or not (same_measure(whole, part) and same_measure(other, partner)):
        return []
    if (part.value or 0) >= (whole.value or 0) or (partner.value or 0) >= (other.value or 0):
        return []
    return [Breakdown(a, (first,), "partial", False, False, 0.8), Breakdown(b, (k,), "partial", False, False, 0.8)]


def _begins(gap: str, opening: Opening) -> bool:
    """Whether an opening stands at the beginning of its sentence, so that it can refer to the sentence before."""
    before = gap[: opening.first]
    ends = [found.end() for found in SENTENCE_END.finditer(before)]
    return len(before[ends[-1] :].strip() if ends else before.strip()) <= _SENTENCE_HEAD


def _totals(reading: Reading, first: int, opening: Opening, like: int = -1) -> Iterator[int]:
    """Figures the list may break down, nearest first: of the kind of its first part, in this or the last sentence.

    `like` is a later part of the list, whose measure the total is to be of instead.
    """
    figures = reading.figures
    pattern_part = figures[like if like >= 0 else first]
    opens_sentence = not reading.same_sentence(first - 1, first)
    if opens_sentence and opening.is_aside:
        yield from _apart(reading, first)
        return
    reach = 0
    if opens_sentence:
        alone = _last_told(reading, first, pattern_part) or _detailed(reading, first, opening)
        reach = 3 if _CAPTION.search(reading.gap(first)) or alone else 1
    counted_in = -1
    for j in range(first - 1, max(-1, first - 1 - _LOOK_BACK), -1):
        if reading.sentences_apart(j, first) > reach:
            return
        if j == counted_in or not _may_be_total(reading, j, pattern_part):
            continue
        if _in_brackets(reading, j) and (j < first - 1 or opens_sentence):
            continue
        if is_denominator(reading, j):
            counted_in = j - 1
            yield j - 1
        yield j


def _last_told(reading: Reading, first: int, part: Figure) -> bool:
    """Whether the last level told before a list is of its very unit: then it may refer to it over other sentences."""
    for j in reading.backwards(first, sentences=3, window=3):
        figure = reading.figures[j]
        if is_level(figure):
            return same_head(figure, part) and figure.kind == part.kind and figure.unit_source == "printed"
    return False


def _detailed(reading: Reading, first: int, opening: Opening) -> bool:
    """Whether "cụ thể" details the last level told, whose noun the list does not repeat: "Cụ thể, tại A 400, B 200"."""
    part, total = reading.figures[first], reading.figures[first - 1]
    return opening.form == "specific" and part.unit_source == "understood" and total.kind == part.kind == "count"


def _behind(reading: Reading, listed: Sequence[int], opening: Opening) -> Iterator[Breakdown]:
    """The part behind a figure of another measure: "nợ 2.604 tỷ. Trong đó có 4.543 doanh nghiệp nợ gần 1.400 tỷ"."""
    first = listed[0]
    if not _begins(reading.gap(first), opening):
        return
    for k in listed[1:_BEHIND]:
        part = reading.figures[k]
        if not is_level(part) or part.kind == reading.figures[first].kind or part.value is None:
            continue
        for total in _totals(reading, first, opening, like=k):
            whole = reading.figures[total]
            if same_measure(whole, part) and (whole.value or 0) > part.value and part.direction is None:
                like = [x for x in listed if x >= k and same_head(reading.figures[x], part)]
                parts = unbroken(reading, like, listed, "partial") if _SEMICOLON.search(reading.gap(k + 1)) else [k]
                fits = len(parts) > 1 and adds_up(reading, total, parts)
                if fits or _least(reading, parts) <= (whole.value or 0):
                    yield Breakdown(total, tuple(parts), "partial", fits, fits, 0.75)
            return


def _apart(reading: Reading, first: int) -> Iterator[int]:
    """The total of one part named in a sentence of its own: "…200 hồ sơ. Riêng bộ phận một cửa tiếp nhận 22 hồ sơ"."""
    part = reading.figures[first]
    timed = _TIME.search(reading.before(first)) is not None
    if not is_level(part) or timed and not _WITHIN_TIME.search(reading.before(first)):
        return
    for j in reading.backwards(first, sentences=3 if timed else 1, window=4):
        whole = reading.figures[j]
        if whole.kind == part.kind and whole.direction is None and same_measure(whole, part):
            if (whole.value or 0) < (part.value or 0) and (timed or j > 0 and opening_at(reading, j) is not None):
                continue
            alike = same_head(whole, part) or both_cases(whole, part)
            if alike and (whole.value or 0) > (part.value or 0) and (not (timed and two_times(whole, part))):
                yield j
            return


def _may_be_total(reading: Reading, j: int, part: Figure) -> bool:
    candidate = reading.figures[j]
    if candidate.kind == "percent":
        return is_share(candidate) and is_share(part)
    if candidate.kind == "duration":
        return part.unit == candidate.unit
    return is_level(candidate) and (candidate.kind == part.kind or same_measure(candidate, part))


def _in_brackets(reading: Reading, k: int) -> bool:
    """Whether a figure is an aside in brackets: "(141,8 tỷ đồng)"."""
    before = reading.gap(k)
    return before.rfind("(") > before.rfind(")") and ")" in reading.gap(k + 1)[:40]


def _parts_of(reading: Reading, listed: Sequence[int], total: int) -> tuple[list[int], list[int]]:
    """Figures of a list that can be parts of a total, and those of them that are of its measure."""
    each = _EACH.search(reading.before(total)) is not None
    whole = reading.figures[total]
    free = [k for k in listed if _may_be_part(reading, k, whole, each or listed.count(k) > 1)]
    return free, [k for k in free if same_measure(reading.figures[k], whole)]


def _may_be_part(reading: Reading, k: int, whole: Figure, each: bool) -> bool:
    part = reading.figures[k]
    if part.value is None or part.value < 0 or part.kind != whole.kind and whole.kind != "rate":
        return False
    if part.direction is not None and part.direction != whole.direction:
        return False
    if part.kind == "rate" and part.qualifier in ("at_least", "at_most"):
        return False
    return not _EACH.search(reading.before(k)) or each


def _fitting(reading: Reading, total: int, listed: Sequence[int], opening: Opening) -> Breakdown | None:
    """The breakdown of `total` whose parts add up."""
    figures, form = reading.figures, opening.form
    whole = figures[total]
    if whole.value is None:
        return None
    free, same = _parts_of(reading, listed, total)
    for group in (same, free) if free != same else (same,):
        parts = _fitting_start(reading, total, group, form, strict=group is not same)
        if not parts or form == "bracket" and parts[0] != total + 1:
            continue
        if form in ("whole", "partial", "specific") or _tight(reading, parts, whole):
            return Breakdown(total, parts, form, True, True, 0.95 if form in NAMING else 0.9)
    return None


def _fitting_start(
    reading: Reading, total: int, group: Sequence[int], form: str, strict: bool
) -> tuple[int, ...]:
    """The list, or its start up to a place where the text may end it, if two parts or more add up to the total.

    `strict`: qualifiers do not count ("hơn 1.900 máy tính" is no 1.600 máy tính and 243 cơ quan).
    """
    strict = strict or form in ("bracket", "colon") or reading.figures[total].qualifier in ("at_least", "at_most")
    look = reading.plain if strict else reading.spread
    stated = look(total)
    if stated is None:
        return ()
    computed = Spread.point(0)
    best: tuple[int, ...] = ()
    for size, part in enumerate(group, 1):
        one = look(part)
        if one is None or reading.figures[part].value == reading.figures[total].value:
            break
        computed = computed + one
        if computed.cut.low is not None and stated.cut.high is not None and computed.cut.low > stated.cut.high:
            break
        if size < 2 or not (stated.rounded.meets(computed.rounded) if strict else stated.cut.meets(computed.cut)):
            continue
        if size == len(group) or may_end(reading, part, group[size], group[size - 2]):
            best = tuple(group[:size])
    return best


def _tight(reading: Reading, parts: Sequence[int], whole: Figure) -> bool:
    """Whether the fit can hardly be chance: the total is not a small number, or the nouns agree."""
    return (whole.value or 0) >= 10 or all(same_measure(reading.figures[k], whole) for k in parts)


def _partial(reading: Reading, total: int, listed: Sequence[int], opening: Opening) -> Breakdown | None:
    """The breakdown of `total` whose parts do not add up, or are not all."""
    figures, form = reading.figures, opening.form
    whole = figures[total]
    at_least = whole.qualifier == "at_least"
    if whole.value is None or whole.kind == "rate" or at_least and (form != "partial" or whole.kind != "count"):
        return None
    if whole.kind == "duration" and form != "whole":
        return None
    if form == "specific":
        return _specified(reading, total, listed, opening)
    if whole.kind == "quantity" and _FLOOR.search(reading.gap(listed[0])):
        return None
    free, same = _parts_of(reading, listed, total)
    if form == "bracket":
        if listed[0] != total + 1 or len(free) < 2 or list(listed) != free:
            return None
        parts = tuple(free)
        told = _least(reading, parts)
        if whole.kind != "count" or not whole.value * 3 <= told * 4 <= whole.value * 5:
            return None
        if not (_side_by_side(reading, total, parts, listed, opening) and names_all(reading, parts, listed, opening)):
            return None
        return Breakdown(total, parts, form, True, False, 0.8, True)
    if form == "colon" and same == free and listed[0] == total + 1 and list(listed) == same:
        size, told = whole.value, _least(reading, same)
        if len(same) >= 3 and abs(told - size) * _CLOSE <= size and all(_exactly(reading, k) for k in (total, *same)):
            return Breakdown(total, tuple(same), form, True, False, 0.7, True)
    if form == "colon":
        half_told = len(free) >= 3 and whole.value > _least(reading, free) >= whole.value / 2
        if not half_told or listed[0] != total + 1:
            return None
        same = free
    elif form == "partial":
        if same and listed[0] != same[0] and ";" in reading.between(listed[0], same[0]):
            return None
        if free and listed[0] == free[0] and _directly(reading, total, free[0], whole):
            alone = len(free) == 1 or not _ITEM.search(reading.gap(free[1]))
            same = free[:1] if alone and (not same or same[0] != free[0]) else same
    elif not same and len(free) >= 2 and whole.kind == "count" and 2 * _least(reading, free) >= whole.value:
        same = free
    if form in NAMING and same != free and not at_least and _all_items(reading, free):
        if parts_told := _closed_by_others(reading, total, free):
            return Breakdown(total, parts_told, form, True, False, 0.8, True)
        if _kinds_of(reading, total, free, opening) and names_all(reading, free, listed, opening):
            return Breakdown(total, tuple(free), form, True, False, 0.8, True)
        if same and _least(reading, free) > whole.value:
            return None
        same = free if same else same
    parts = tuple(unbroken(reading, same, listed, form))
    if not parts or (len(parts) == 1 and figures[parts[0]].value == whole.value):
        return None
    beside = _side_by_side(reading, total, parts, listed, opening)
    named = (beside or _kinds_of(reading, total, parts, opening)) and names_all(reading, parts, listed, opening)
    most = whole.qualifier == "at_most"
    rough = any(not _exactly(reading, k) for k in (total, *parts)) and whole.kind == "count"
    told = _least(reading, parts)
    if at_least:
        return Breakdown(total, parts, form, False, False, 0.75) if told < whole.value else None
    loose = rough and abs(told - whole.value) * 10 <= whole.value
    named = named and not most and 2 * told >= whole.value and not loose
    all_told = _nearly_all(reading, total, parts, listed) or both_sides(reading, total, parts, listed)
    exhaustive = named or beside and all_told
    if whole.kind == "duration" and not exhaustive:
        return None
    plain = beside and (len(parts) > 1 or same_head(figures[parts[0]], whole))
    return Breakdown(total, parts, form, exhaustive, False, 0.8, plain)


def _specified(reading: Reading, total: int, listed: Sequence[int], opening: Opening) -> Breakdown | None:
    """Some parts in detail, the rest named without its number: "Cụ thể, tại Hà Nội 400, TP HCM 200, còn lại ở …"."""
    free, same = _parts_of(reading, listed, total)
    if not same and all(reading.figures[k].unit_source == "understood" for k in free):
        same = free
    if not same or same != free or same[0] != total + 1 or not _begins(reading.gap(same[0]), opening):
        return None
    rest = _REST_UNTOLD.search(reading.after(same[-1]))
    if rest is None or _least(reading, same) >= (reading.figures[total].value or 0):
        return None
    return Breakdown(total, tuple(same), "specific", False, False, 0.7)


def _closed_by_others(reading: Reading, total: int, free: Sequence[int]) -> tuple[int, ...]:
    """A list whose last item is all the others: "trong đó có 18 bác sĩ, 139 điều dưỡng và 55 lao động khác"."""
    whole, told = reading.figures[total].value or Decimal(0), _least(reading, free)
    closed = len(free) >= 3 and free[0] == total + 1 and _OTHERS.match(reading.gap(free[-1] + 1)) is not None
    return tuple(free) if closed and whole * _FAR <= told <= whole * (2 - _FAR) else ()


def _kinds_of(reading: Reading, total: int, parts: Sequence[int], opening: Opening) -> bool:
    """Whether a list names the kinds of its total one by one: "584 đơn vị, gồm 386 xã, 177 phường, 21 thị trấn"."""
    figures = reading.figures
    whole, told = figures[total].value or Decimal(0), _least(reading, parts)
    near = opening.form == "whole" and parts[0] == total + 1 and opening.start <= _NEAR_TOTAL
    listed = near and len(parts) >= 3 and reading.same_sentence(total, parts[-1]) and _all_items(reading, parts)
    return listed and whole * _FAR <= told <= whole * (2 - _FAR)


def _nearly_all(reading: Reading, total: int, parts: Sequence[int], listed: Sequence[int]) -> bool:
    """Whether a closed list of exact parts lacks so little that all of the total is meant ("38 và 60" of 99)."""
    figures = reading.figures
    whole, told = figures[total].value or Decimal(0), _least(reading, parts)
    exact = all(figures[k].qualifier == "exact" for k in (total, *parts))
    if not exact or len(parts) < 2 or parts[-1] != listed[-1] or names_more(reading, parts):
        return False
    if " và " in reading.gap(parts[-1]) and whole * _NEARLY <= told < whole:
        return True
    telling = coarseness(as_printed(reading, total)) <= _TELLING
    return telling and abs(told - whole) * _HARDLY <= whole and reading.same_sentence(total, parts[-1])


def _exactly(reading: Reading, k: int) -> bool:
    return reading.figures[k].qualifier == "exact"


def _all_items(reading: Reading, free: Sequence[int]) -> bool:
    """Whether every count after the first follows its separator at once: "18 bác sĩ, 139 điều dưỡng và 7 kế toán"."""
    passed = set(range(free[0], free[-1])).difference(free)
    bare = all(reading.figures[k].value is None for k in passed)
    return bare and all(_ITEM.search(reading.gap(k)) for k in free[1:])


def _directly(reading: Reading, total: int, part: int, whole: Figure) -> bool:
    """Whether "trong đó (có)" stands right before a part of another noun, or the part is of "cases" of any noun."""
    value = reading.figures[part].value
    if part != total + 1 or whole.kind != "count" or value is None or value >= (whole.value or 0):
        return False
    cases = reading.figures[part].unit.startswith("trường hợp") and reading.same_sentence(total, part)
    return cases or _RIGHT_BEFORE.search(reading.gap(part)) is not None


def _side_by_side(
    reading: Reading, total: int, parts: Sequence[int], listed: Sequence[int], opening: Opening
) -> bool:
    figures = reading.figures
    between = figures[total + 1 : parts[0]]
    return (
        parts[0] == listed[0]
        and all(one.direction is not None or one.kind == "percent" for one in between)
        and (reading.same_sentence(total, parts[0]) or opening.form == "partial" and len(parts) > 1)
        and all(same_measure(figures[k], figures[total]) for k in parts)
        and not opening.is_aside
        and opening.start <= _NEAR_TOTAL
    )


def _least(reading: Reading, parts: Sequence[int]) -> Decimal:
    """The sum of the values of parts that may be of other nouns than the total."""
    return sum((reading.figures[k].value or Decimal(0) for k in parts), Decimal(0))
