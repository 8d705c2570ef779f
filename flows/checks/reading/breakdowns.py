"""Totals and the parts the text gives of them, read once for the kinds that need it (`sum`, `bound`).

A breakdown is a total, words that open a list after it (gồm, trong đó, cụ thể, a colon, a bracket), and the figures of
the list that are of the total's measure. Figures in brackets inside the list, or after a second opening word, belong to
the level below, which is a breakdown of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from flows.checks.arithmetic.interval import Interval
from flows.checks.arithmetic.printed import Spread
from flows.checks.reading.article import Reading, coarseness, is_level, is_share, same_measure
from flows.checks.reading.words import alternation, pattern, words
from flows.model import Figure

MOST_PARTS = 400
"""Longer lists are not read: no article prints one, and the work stays bounded."""
_LOOK_BACK = 8
_LONGEST_INTRO = 200
_LONGEST_STEP = 160
_NEAR_TOTAL = 60
_INSIDE_BRACKET = 12
_LONGEST_PAIR = 60
_LONGEST_JOINED = 5
_TELLING = Fraction(1, 150)
_NESTED = re.compile(r"(?<!\w)(?:gồm|bao gồm|trong đó)(?!\w)[^,;.]{0,20}\Z")
_DEAD = re.compile(r"(?<!\w)(?:chết|thiệt mạng|tử vong|sinh mạng|tử nạn)(?!\w)")
_HAS = re.compile(r"\A[^,;.()]{0,40}(?<!\w)có\s*\Z")
_RIGHT_BEFORE = re.compile(r"(?<!\w)trong (?:số )?đó,?(?: có| đã có| có tới| có đến| gồm)?(?: hơn| gần| khoảng| trên)?\s*\Z")
_RAISED_TO = re.compile(r"(?<!\w)nâng tổng(?!\w)[^,;.]{0,60}(?<!\w)(?:lên|thành)(?!\w)[^,;.]{0,15}\Z")
_SUMMED = re.compile(r"(?<!\w)tổng(?: cộng| số)?(?!\w)[^,;.]{0,60}\Z")
_LONGEST_ITEM = 90
_BREAK = re.compile(
    r";|[.!?…]\s|(?:và|,)\s*(?:đã|đang|sẽ|được|tăng|giảm|nâng|thu|phạt|xử phạt|xử lý|xuất khẩu|đồng thời|ngoài ra|cùng|"
    r"trong khi|còn|riêng|nhưng|tuy|với|có|để|nhằm|làm|khiến|đạt|cao|thấp|hiện|gấp|bằng|so)(?!\w)"
)
_HALF = Interval(Fraction(-1, 2), Fraction(1, 2))
_TOTAL_WORD = re.compile(r"(?<!\w)(?:tổng|tổng cộng|tổng số|cả thảy|tất cả)(?!\w)[^,;.]{0,30}\Z")

_OPENING = re.compile(
    f"(?P<whole>{alternation(words('whole_of'))})|(?P<partial>{alternation(words('partial'))})"
    f"|(?P<specific>{alternation(words('specific'))})|(?P<colon>:)|(?P<bracket>\\()"
)
_CLAUSE_OPENERS = ("riêng", "chủ yếu", "chủ yếu là", "kể cả")
_CLAUSE_START = re.compile(r"(?:\A|[,;.:(\n–-])\s*\Z")
_SENTENCE_END = re.compile(r"\n|[.!?…][\"”’)]*\s")
_WITHIN = re.compile(
    r"(?<!\w)(?P<sure>trong (?:tổng )?số|trong tổng|trong)(?!\w)(?: cả| hơn| gần| khoảng| trên| toàn bộ)?\s*\Z"
)
_OF_TOTAL = re.compile(
    r"\A[^,.;:()\n]{0,60}?(?<!\w)(?:(?:trong|trên) tổng số|trong số|(?:trong|trên) tổng)(?!\w)[^,.;:()\n]{0,20}\Z"
)
_REST_AFTER = re.compile(r"\A[^,.;:()\n]{0,20}?(?<!\w)còn lại(?!\w)")
_HINTS = (":", "(", "gồm", "trong", "riêng", "cụ thể", "chia", "như sau", "lần lượt", "chủ yếu", "kể cả")
_EACH = re.compile(r"(?<!\w)(?:mỗi|từng|bình quân|trung bình)(?!\w)[^,;]{0,40}\Z")
_GLUE = re.compile(r"[,;+\n•]|(?<!\w)(?:và|cùng|với|còn)(?!\w)")
_UNNUMBERED = re.compile(r"(?<!\w)(?:nhiều|một số|các loại|khác|v\.v|vv)(?!\w)|…|\.\.\.")
_MORE_ITEMS = re.compile(r",|(?<!\w)(?:và|cùng)(?!\w)")
_COMMA = re.compile(r"[,;]")
_TIMES = re.compile(r"\A\s*[x×*]\s*\Z")
_SENTENCE_OPEN = re.compile(r"(?:\n|[.!?…]\s)[^.\n]{0,20}\Z")


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total and parts of it, by position in the reading.

    `form` is how the list is opened (whole, partial, specific, colon, bracket); `exhaustive` says that the words name
    all parts, each with its number; `fits` that the parts add up to the total as printed.
    """

    total: int
    parts: tuple[int, ...]
    form: str
    exhaustive: bool
    fits: bool
    confidence: float
    plain: bool = False
    """Total and list stand side by side in one sentence and are of one unit: what does not fit is a contradiction."""


def breakdowns(reading: Reading) -> Sequence[Breakdown]:
    """All breakdowns of an article; one total and set of parts is given once."""
    known = reading.shared.get("breakdowns")
    if known is None:
        found: dict[tuple[int, tuple[int, ...]], Breakdown] = {}
        for i in range(1, len(reading.figures)):
            for candidate in _read_at(reading, i):
                key = (candidate.total, candidate.parts)
                if key not in found or found[key].confidence < candidate.confidence:
                    found[key] = candidate
        known = reading.shared["breakdowns"] = list(found.values())
    result: list[Breakdown] = known
    return result


def sum_of(reading: Reading, parts: Sequence[int], plainly: bool = False) -> Spread | None:
    """What the parts add up to (`plainly`: without their qualifiers), None if one of them has no number."""
    total = Spread.point(0)
    for part in parts:
        one = reading.plain(part) if plainly else reading.spread(part)
        if one is None:
            return None
        total = total + one
    return total


def adds_up(reading: Reading, total: int, parts: Sequence[int], plainly: bool = False) -> bool:
    """Whether the parts add up to the total as printed (rounded or cut); `plainly`: rounded, and without qualifiers."""
    if plainly:
        stated, computed = reading.plain(total), sum_of(reading, parts, plainly)
        return stated is not None and computed is not None and stated.rounded.meets(computed.rounded)
    stated, computed = reading.spread(total), sum_of(reading, parts)
    return stated is not None and computed is not None and stated.cut.meets(computed.cut)


def last_opening(gap: str) -> re.Match[str] | None:
    """The word that opens a list nearest to the figure after the gap; None if there is none or it is closed again.

    >>> last_opening(" đảng viên trong khối, gồm khiển trách ").lastgroup
    'whole'
    >>> last_opening(" người (theo báo cáo) và ") is None
    True
    """
    if not any(hint in gap for hint in _HINTS):
        return None
    last = None
    for found in _OPENING.finditer(gap):
        if found[0] in _CLAUSE_OPENERS and not _CLAUSE_START.search(gap[: found.start()]):
            continue
        if last is not None and last.lastgroup in ("partial", "whole") and found.lastgroup not in ("partial", "whole"):
            continue
        last = found
    if last is None:
        return None
    rest = gap[last.end() :]
    if last.lastgroup in ("partial", "whole") and _SENTENCE_END.search(rest):
        return None
    if len(rest) > _LONGEST_INTRO or (")" in rest and rest.find(")") < (rest.find("(") if "(" in rest else len(rest))):
        return None
    return last


def _read_at(reading: Reading, i: int) -> Iterator[Breakdown]:
    gap = reading.gap(i)
    if opened := last_opening(gap):
        yield from _opened_list(reading, i, opened)
    if "nâng" in gap:
        yield from _raised(reading, i)
    if "tổng" in gap or _HAS.match(reading.gap(i + 1)):
        yield from _summed(reading, i)
    if "thương vong" in reading.gap(i + 1)[:30]:
        yield from _casualties(reading, i)
    if "trong" in gap or "trên" in gap:
        yield from _of_total(reading, i, gap)
        yield from _within(reading, i, gap)
    if gap.strip() == "=":
        yield from _written_out(reading, i)
    if " và " in gap and len(gap) <= _LONGEST_PAIR:
        yield from _joined(reading, i)
    if "còn lại" in reading.gap(i + 1):
        yield from _rest(reading, i)


def _of_total(reading: Reading, i: int, gap: str) -> Iterator[Breakdown]:
    """The part first: "95 trong số 139 tác phẩm", "17 trên tổng số 82 phó giám đốc"."""
    part, whole = reading.figures[i - 1], reading.figures[i]
    if part.kind != whole.kind or part.value is None or whole.value is None or part.unit.startswith("%"):
        return
    if _OF_TOTAL.match(gap) and part.value < whole.value and (is_level(part) or is_share(part)):
        understood = part.unit_source != "printed" or part.char_end - part.char_start <= len(part.surface.split()[0])
        if understood or same_measure(part, whole):
            yield Breakdown(i, (i - 1,), "of_total", False, False, 0.85)


def _within(reading: Reading, i: int, gap: str) -> Iterator[Breakdown]:
    """The whole first: "trong số 6 người bị thương có 3 người …, ba người còn lại …"."""
    found = _WITHIN.search(gap)
    whole = reading.figures[i]
    if found is None or not is_level(whole) or whole.value is None:
        return
    parts: list[int] = []
    for k in reading.onwards(i, sentences=5, window=14):
        figure = reading.figures[k]
        if reading.sentences_apart(i, k) > 2 and figure.unit != whole.unit:
            continue
        if figure.kind == whole.kind and figure.direction is None and same_measure(figure, whole):
            if parts and _NESTED.search(reading.before(k)):
                continue
            parts.append(k)
            if len(parts) >= 2 and adds_up(reading, i, parts) and not _SENTENCE_END.search(reading.between(i, parts[0])):
                yield Breakdown(i, tuple(parts), "within", True, True, 0.9)
                return
    if parts and reading.same_sentence(i, parts[0]) and found["sure"] != "trong":
        first = reading.figures[parts[0]]
        if first.value is not None and first.value < whole.value:
            yield Breakdown(i, (parts[0],), "within", False, False, 0.8)


def _raised(reading: Reading, i: int) -> Iterator[Breakdown]:
    """The part first: "133 cửa hàng mới được khai trương, nâng tổng số cửa hàng lên 385 cửa hàng"."""
    part, whole = reading.figures[i - 1], reading.figures[i]
    if part.value is None or whole.value is None or not reading.same_sentence(i - 1, i) or not is_level(part):
        return
    if part.kind == whole.kind and part.value < whole.value and same_measure(part, whole):
        if _RAISED_TO.search(reading.before(i)):
            yield Breakdown(i, (i - 1,), "raised", False, False, 0.8)


def _summed(reading: Reading, i: int) -> Iterator[Breakdown]:
    """A total that the words call one, its parts following without an opening word.

    "Tổng số thuê bao di động đạt gần 100 triệu thuê bao, trong nước hơn 61 triệu, nước ngoài hơn 31 triệu".
    """
    whole = reading.figures[i]
    if not is_level(whole) or whole.value is None:
        return
    least = 2 if _SUMMED.search(reading.before(i)) else 3
    parts: list[int] = []
    for k in reading.onwards(i, window=6):
        figure = reading.figures[k]
        if figure.unit != whole.unit or figure.direction is not None or figure.value is None:
            if least == 3:
                return
            continue
        parts.append(k)
        ends = k + 1 >= len(reading.figures) or not reading.same_sentence(k, k + 1)
        if least == 3 and len(parts) >= 3 and not ends:
            continue
        if len(parts) >= least and adds_up(reading, i, parts):
            yield Breakdown(i, tuple(parts), "summed", True, True, 0.8)
            return


def _written_out(reading: Reading, i: int) -> Iterator[Breakdown]:
    """A sum written out: "17,50+0,25=17,75"."""
    parts = [i - 1]
    while parts[0] > 0 and len(parts) < MOST_PARTS and reading.gap(parts[0]).strip() == "+":
        parts.insert(0, parts[0] - 1)
    if len(parts) >= 2:
        yield Breakdown(i, tuple(parts), "written", True, adds_up(reading, i, parts), 0.95)


def _casualties(reading: Reading, i: int) -> Iterator[Breakdown]:
    """Dead and injured: "30 người thương vong" in the title, "18 người chết và 12 người khác bị thương" in the lead."""
    total = reading.figures[i]
    for k in [*reading.onwards(i, sentences=3, window=6), *reading.backwards(i, sentences=3, window=6)]:
        if k == i + 1 and k + 1 >= len(reading.figures) or k + 1 >= len(reading.figures) or k + 1 == i:
            continue
        dead, hurt = reading.figures[k], reading.figures[k + 1]
        if dead.kind != "count" or hurt.kind != "count" or not reading.same_sentence(k, k + 1) or total.value is None:
            continue
        between = f"{dead.surface.lower()} {reading.before(k)[-40:]} {reading.gap(k + 1)}"
        if _DEAD.search(between) and "bị thương" in f"{hurt.surface.lower()} {reading.after(k + 1)[:30]}":
            if adds_up(reading, i, (k, k + 1), plainly=True):
                yield Breakdown(i, (k, k + 1), "casualties", True, True, 0.9)
            return


def _joined(reading: Reading, last: int) -> Iterator[Breakdown]:
    """A list that nothing opens: "tuyển 3.940 chỉ tiêu bậc ĐH và 60 chỉ tiêu bậc CĐ" of 4.000 in the title.

    Only the numbers speak for it, so they must be of the same unit, telling, and agree exactly as printed.
    """
    figures = reading.figures
    unit, kind = figures[last].unit, figures[last].kind
    if not is_level(figures[last]) or figures[last].value is None:
        return
    parts = [last]
    for k in range(last - 1, max(-1, last - _LONGEST_JOINED), -1):
        if not reading.same_sentence(k, last) or len(reading.gap(k + 1)) > _LONGEST_PAIR:
            break
        if figures[k].unit != unit or figures[k].kind != kind or figures[k].direction is not None:
            break
        if figures[k].value is None or figures[k].qualifier not in ("exact", "over", "under"):
            break
        parts.insert(0, k)
        if len(parts) >= 2:
            for total in _far_totals(reading, parts):
                if adds_up(reading, total, parts, plainly=True) and coarseness(_uncounted(reading, total)) <= _TELLING:
                    yield Breakdown(total, tuple(parts), "joined", True, True, 0.75)
                    return


def _far_totals(reading: Reading, parts: list[int]) -> Iterator[int]:
    first = reading.figures[parts[0]]
    for k in reading.backwards(parts[0], sentences=2, window=6):
        figure = reading.figures[k]
        if figure.unit == first.unit and figure.kind == first.kind and figure.value is not None and figure.direction is None:
            yield k
    for k in reading.onwards(parts[-1], window=1):
        if reading.figures[k].unit == first.unit and _TOTAL_WORD.search(reading.before(k)):
            yield k


def _uncounted(reading: Reading, total: int) -> Spread | None:
    """What the total stands for, a count taken to be right to one unit."""
    stated = reading.plain(total)
    if stated is None or reading.figures[total].kind != "count" or stated.rounded.low != stated.rounded.high:
        return stated
    return stated + Spread(_HALF, _HALF)


def _rest(reading: Reading, i: int) -> Iterator[Breakdown]:
    """The last part named as the rest: "trả trước 30 triệu euro, 15 triệu euro còn lại …" of 45 million before."""
    rest = reading.figures[i]
    if not _REST_AFTER.match(reading.gap(i + 1)) or not is_level(rest):
        return
    earlier = [
        k
        for k in reading.backwards(i, sentences=3)
        if reading.figures[k].kind == rest.kind and same_measure(reading.figures[k], rest)
    ]
    earlier = [k for k in earlier if not _NESTED.search(reading.before(k))]
    for at, part in enumerate(earlier[:4]):
        if reading.sentences_apart(part, i) > 1:
            return
        for total in earlier[at + 1 :]:
            if reading.figures[total].value not in (None, reading.figures[part].value) and adds_up(
                reading, total, (part, i)
            ):
                yield Breakdown(total, (part, i), "rest", True, True, 0.9)
                return


def _opened_list(reading: Reading, first: int, opened: re.Match[str]) -> Iterator[Breakdown]:
    form = opened.lastgroup or "partial"
    gap = reading.gap(first)
    tail = gap[opened.end() :]
    if "\n" in tail and form not in ("colon", "specific"):
        return
    if tail.rfind("(") > tail.rfind(")") and form != "bracket" and len(tail) - tail.rfind("(") > _INSIDE_BRACKET:
        return
    listed = _collect(reading, first, form)
    if not listed:
        return
    opens_sentence = reading.figures[first - 1].sentence_no != reading.figures[first].sentence_no
    if opens_sentence and form in ("bracket", "colon"):
        left = gap[: opened.start()]
        if not _SENTENCE_OPEN.search(left) and form == "bracket":
            return
    totals = list(_totals(reading, first, form))
    for total in totals:
        fitting = _fitting(reading, total, listed, form)
        if fitting is not None:
            yield fitting
            return
    related = [j for j in totals if any(same_measure(reading.figures[j], reading.figures[k]) for k in listed)]
    for total in (related or totals)[:1]:
        partial = _partial(reading, total, listed, form)
        if partial is not None:
            yield partial


def _collect(reading: Reading, first: int, form: str) -> list[int]:
    """Figures of the list that begins at `first`, at the level of its opening."""
    figures = reading.figures
    listed: list[int] = []
    depth = 0
    nested = False
    sentence = figures[first].sentence_no
    for k in range(first, min(len(figures), first + MOST_PARTS)):
        if k > first:
            gap = reading.gap(k)
            if figures[k].sentence_no != sentence or len(gap) > _LONGEST_STEP:
                break
            depth += gap.count("(") - gap.count(")")
            if depth < 0 or (form == "bracket" and ")" in gap and gap.find(")") < (gap.find("(") if "(" in gap else len(gap))):
                break
            inner = _OPENING.search(gap)
            if inner is not None and inner.lastgroup in ("partial", "whole") and depth <= 0:
                nested = True
            elif nested and ";" in gap:
                nested = False
        if depth <= 0 and not nested:
            listed.append(k)
    return listed


def _totals(reading: Reading, first: int, form: str) -> Iterator[int]:
    """Figures the list may break down, the nearest first: of the kind of its first part, in this or the last sentence."""
    figures = reading.figures
    part = figures[first]
    opens_sentence = figures[first - 1].sentence_no != part.sentence_no
    opening = last_opening(reading.gap(first))
    if opening is not None and opening[0] in _CLAUSE_OPENERS:
        opens_sentence = False
    for j in range(first - 1, max(-1, first - 1 - _LOOK_BACK), -1):
        if reading.sentences_apart(j, first) > (1 if opens_sentence else 0):
            return
        candidate = figures[j]
        if _in_brackets(reading, j) and (j < first - 1 or opens_sentence):
            continue
        if candidate.kind == "percent":
            if is_share(candidate) and is_share(part):
                yield j
            continue
        if candidate.kind == "duration" and part.unit == candidate.unit:
            yield j
        elif is_level(candidate) and (candidate.kind == part.kind or same_measure(candidate, part)):
            yield j


def _in_brackets(reading: Reading, k: int) -> bool:
    """Whether a figure is an aside in brackets: "(141,8 tỷ đồng)"."""
    before = reading.gap(k)
    return before.rfind("(") > before.rfind(")") and ")" in reading.gap(k + 1)[:40]


def _fitting(reading: Reading, total: int, listed: list[int], form: str) -> Breakdown | None:
    """The breakdown of `total` whose parts add up."""
    figures = reading.figures
    whole = figures[total]
    if whole.value is None or _multiplied(reading, listed):
        return None
    free = [k for k in listed if _may_be_part(reading, k, whole)]
    same = [k for k in free if same_measure(figures[k], whole)]
    for group in (free, same) if free != same else (same,):
        parts = _fitting_start(reading, total, group, form)
        if form == "bracket" and parts and parts[0] != total + 1:
            continue
        if parts and (form in ("whole", "partial", "specific") or _tight(reading, parts, whole)):
            return Breakdown(total, parts, form, True, True, 0.95 if form in ("whole", "partial") else 0.9)
    return None


def _partial(reading: Reading, total: int, listed: list[int], form: str) -> Breakdown | None:
    """The breakdown of `total` whose parts do not add up, or are not all."""
    figures = reading.figures
    whole = figures[total]
    if whole.kind == "duration" or form in ("bracket", "specific") or whole.qualifier in ("at_least", "at_most"):
        return None
    if whole.value is None or _multiplied(reading, listed):
        return None
    free = [k for k in listed if _may_be_part(reading, k, whole)]
    same = [k for k in free if same_measure(figures[k], whole)]
    if form == "colon" and (len(free) < 3 or listed[0] != total + 1 or not whole.value > _least(reading, free) >= whole.value / 2):
        return None
    if form == "colon":
        same = free
    if form == "partial" and same and listed[0] != same[0] and ";" in reading.between(listed[0], same[0]):
        return None
    if "sàn" in reading.gap(listed[0]) and whole.kind == "quantity":
        return None
    if form == "partial" and not same and len(free) == 1 and _directly(reading, total, free[0], whole):
        same = free
    if form == "whole" and not same and whole.kind == "count" and 2 * _least(reading, free) >= whole.value:
        same = free
    parts = tuple(_unbroken(reading, same, listed, form))
    if not parts or (len(parts) == 1 and figures[parts[0]].value == whole.value):
        return None
    plain = _side_by_side(reading, total, parts, listed)
    exhaustive = plain and _exhaustive(reading, parts, listed, whole, form)
    return Breakdown(total, parts, form, exhaustive, False, 0.8, plain)


def _directly(reading: Reading, total: int, part: int, whole: Figure) -> bool:
    """Whether "trong đó (có)" stands right before a part of another noun: "610 mô hình …, trong đó có 235 dòng họ"."""
    value = reading.figures[part].value
    return part == total + 1 and whole.kind == "count" and value is not None and value < (whole.value or 0) and bool(
        _RIGHT_BEFORE.search(reading.gap(part))
    )


def _side_by_side(reading: Reading, total: int, parts: Sequence[int], listed: Sequence[int]) -> bool:
    figures = reading.figures
    gap = reading.gap(parts[0])
    opening = last_opening(gap)
    return (
        parts[0] == total + 1 == listed[0]
        and reading.same_sentence(total, parts[0])
        and all(figures[k].unit == figures[total].unit for k in parts)
        and opening is not None
        and opening[0] not in _CLAUSE_OPENERS
        and opening.start() <= _NEAR_TOTAL
    )


def _multiplied(reading: Reading, listed: list[int]) -> bool:
    """Whether the list is a product: "gồm 26 căn x 4 tầng"."""
    return len(listed) >= 2 and bool(_TIMES.match(reading.gap(listed[0] + 1)))


def _may_be_part(reading: Reading, k: int, whole: Figure) -> bool:
    part = reading.figures[k]
    if part.value is None or part.kind != whole.kind and whole.kind != "rate" or part.direction is not None or part.value < 0:
        return False
    return not _EACH.search(reading.before(k))


def _fitting_start(reading: Reading, total: int, group: list[int], form: str) -> tuple[int, ...]:
    """The list, or its start up to a place where the text may end it, if two parts or more add up to the total.

    The list's extent comes from the text: it never ends where an item follows by a mere comma or "và", or else an error
    in the last item would be hidden.
    """
    strict = form in ("bracket", "colon") or reading.figures[total].qualifier in ("at_least", "at_most")
    look = reading.plain if strict else reading.spread
    stated = look(total)
    if stated is None:
        return ()
    computed = Spread.point(0)
    best: tuple[int, ...] = ()
    for size, part in enumerate(group, 1):
        one = look(part)
        if one is None:
            break
        computed = computed + one
        if size < 2 or not (stated.rounded.meets(computed.rounded) if strict else stated.cut.meets(computed.cut)):
            continue
        if size == len(group) or _may_end(reading, part, group[size]):
            best = tuple(group[:size])
    return best


def _may_end(reading: Reading, part: int, following: int) -> bool:
    """Whether the list may end after `part` although a figure of its measure follows."""
    figures = reading.figures
    between = reading.between(part, following)
    if following - part > 1 or len(between) > _LONGEST_ITEM or figures[part].unit != figures[following].unit:
        return True
    return bool(_BREAK.search(between))


def _least(reading: Reading, parts: Sequence[int]) -> Decimal:
    """The sum of the values of parts that may be of other nouns than the total; 0 if it would exceed every total."""
    return sum((reading.figures[k].value or Decimal(0) for k in parts), Decimal(0))


def _tight(reading: Reading, parts: Sequence[int], whole: Figure) -> bool:
    """Whether the fit can hardly be chance: the total is not a small number, or the nouns agree."""
    return (whole.value or 0) >= 10 or all(same_measure(reading.figures[k], whole) for k in parts)


def _unbroken(reading: Reading, same: list[int], listed: list[int], form: str) -> Iterator[int]:
    """Parts of the same measure up to where the list plainly ends."""
    previous: int | None = None
    for k in same:
        if previous is not None:
            words_between = reading.between(previous, k)
            if form == "partial" and ";" in words_between and not words_between.lstrip(") ").startswith(";"):
                return
            if pattern("compared").search(words_between):
                return
            if any(reading.figures[x].unit == reading.figures[k].unit for x in range(previous + 1, k)):
                return
            if not _GLUE.search(words_between):
                return
        yield k
        previous = k


def _exhaustive(reading: Reading, parts: Sequence[int], listed: list[int], whole: Figure, form: str) -> bool:
    """Whether the words say that these are all parts, each with its number."""
    levels = [k for k in listed if is_level(reading.figures[k])]
    if form != "whole" or len(parts) < 2 or list(parts) != levels:
        return False
    for a, b in zip(parts, parts[1:], strict=False):
        between = reading.between(a, b)
        if len(_COMMA.findall(between)) > 1 or _UNNUMBERED.search(between):
            return False
    after = reading.after(parts[-1])
    return not _UNNUMBERED.search(after) and not _MORE_ITEMS.search(after)
