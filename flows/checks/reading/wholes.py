"""Totals and parts that no opening word joins.

The part first ("95 trong số 139 tác phẩm", "3 người trong số đó"), the whole first ("trong số 6 người bị thương có 3
…"), a figure that is called the total ("tổng số", "tổng cộng"), the rest named as such ("15 triệu euro còn lại"), a
sum written out ("17,50 + 0,25 = 17,75"), dead and injured, and lists of the same noun that add up exactly to a total
beside them; and the sentence that begins with "tổng cộng" or "cả hai" and sums the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from flows.checks.reading.article import Reading, is_level, is_share, same_measure
from flows.checks.reading.list_words import any_of, list_words
from flows.checks.reading.lists import MOST_ITEMS, may_end
from flows.checks.reading.openings import NAMING, POSTPOSED, opening_at
from flows.checks.reading.partition import Breakdown, adds_up, is_amount, is_other_part, same_head
from flows.checks.reading.words import holds, noun_class
from flows.figures.ones import are_left
from flows.model import Figure

_SENTENCE_END = re.compile(r"\n|[.!?…][\"”’)]*\s")
_NESTED = re.compile(r"(?<!\w)(?:gồm|bao gồm|trong đó)(?!\w)[^,;.]{0,20}\Z")
_DIED = re.compile(any_of("died"))
_INSPECT = list_words("inspect")
_INSPECTED = re.compile(rf"{any_of('inspect')}[^,;.()]{{0,30}}\Z")
_FOUND = re.compile(any_of("found"))
_OF_THEM = re.compile(r"\A[^,.;:()\n\d]{0,20}?trong số họ(?!\w)")
_HAS = re.compile(r"\A[^,;.()]{0,40}(?<!\w)có\s*\Z")
_HAS_REACH = 45
_CASUALTIES_REACH = {"sentences": 8, "window": 12}
_HAS_PART = re.compile(r"\A[^.;:()\n]{0,60}?(?<!\w)(?:có|thì có)(?: tới| đến| khoảng| hơn| gần)?\s*\Z")
_RAISED_TO = re.compile(
    r"(?<!\w)(?:(?:nâng|đưa) tổng(?!\w)[^,;.]{0,60}(?<!\w)(?:lên|thành)|thành tổng cộng)(?!\w)[^,;.]{0,15}\Z"
)
_IN_ALL_NOW = re.compile(r"\A[^.;:()\n]{0,60}[,;]\s*(?:như vậy,? )?tổng cộng (?:là|có|đã có|lên)(?: đến| tới)?\s*\Z")
_TOTALLED = re.compile(
    rf"\A\W*(?:{any_of('thus')},?\s+)?(?:(?P<sure>{any_of('in_all')})|{any_of('in_all_of')})"
    rf"|\A\W*{any_of('thus')},?\s+{any_of('called_total')}"
)
_TOTALLED_HINTS = ("tổng", *list_words("in_all"), *list_words("in_all_of"))
_OF_A_TIME = re.compile(r"(?<!\w)(?:tháng|quý|tuần|ngày|năm|mùa|đến nay|tới nay)(?!\w)")
_SLIP = 10
"""A total misses its parts by a tenth at most where it is a slip."""
_SUMMED = re.compile(r"(?<!\w)tổng(?: cộng| số)?(?!\w)[^,;.]{0,60}\Z")
_WITHIN = re.compile(
    r"(?<!\w)(?P<sure>trong (?:tổng )?số|trong tổng|trong)(?!\w)(?: cả| hơn| gần| khoảng| trên| toàn bộ)?\s*\Z"
)
_WITHIN_REACH = 40
_FEWEST = 2
_OUT_OF = frozenset(list_words("out_of"))
OF_TOTAL = re.compile(
    r"\A(?:[^,.;:()\n…]{0,60}?(?:\(|(?<!\w))(?:trong số|(?:trong|trên) tổng)"
    r"|[^,.;:()\n…]{0,100}?(?:\(|(?<!\w))(?:trong|trên) tổng số)(?!\w)"
    r"[^,.;:()\n…]{0,40}\Z"
)
"""The words between a part and the whole it is taken from: "95 trong số 139"."""
_LIES_IN = re.compile(
    r"\A[^,.;:()\n\d]{0,40}?(?<!không )(?<!chưa )(?<!\w)(?:nằm|thuộc|có tên|có mặt|lọt|được xếp) (?:trong|vào)"
    r"(?: số| tổng số| danh sách| nhóm)?\s*\Z"
)
"""The words between a part and the list it is in: "hai công ty này nằm trong danh sách 131 mã"."""
_ONLY = re.compile(r"(?<!hiện )(?<!\w)(?:mới )?chỉ (?:có|được)(?!\w)[^,;.()\d]{0,25}\Z")
_YET = re.compile(any_of("yet"))
_TIME = re.compile(r"(?<!\w)(?:năm|tháng|quý|tuần|cùng kỳ)(?!\w)")
_HAS_ASIDE = re.compile(r"\(có(?: tới| đến| khoảng| hơn| gần)?\s*\Z")
_IN_ALL = re.compile(r"(?<!\w)trong tổng số(?!\w)[^,;.()]{0,60}\Z")
_MOST_TIMES = 200
_FAR_CLOSED = 140
_OPENS = re.compile(r"\A[^,;.()]{0,40}\((?:hơn |gần |khoảng )?\Z")
_OPENS_FAR = re.compile(r"\A[^;.()\n]{0,140}\((?:hơn |gần |khoảng )?\Z")
_HAS_CLAUSE = re.compile(r"\A[^,;.()]{0,60}, có(?: tới| đến| hơn| gần| khoảng)?\s*\Z")
_AMONG = re.compile(r"(?<!\w)trong(?!\w)[^,;.()]{0,40}\Z")
_FEW = re.compile(r"\A[^,;.()]{0,15}?(?<!\w)(?:chỉ|thì|có)\s(?:có|chỉ có|đến|tới)\s*\Z")
_IN_BRACKETS = re.compile(r"\(\s*\Z")
_BOUNDS = ("under", "at_least", "at_most")
_OF_OTHERS = re.compile(r"(?<!\w)(?:đối với|cho|của|ở|tại)(?!\w)")
_DESCRIBED = 30
_CLAUSE = re.compile(r"[,;.()]|(?<!\w)(?:có|chỉ|thì)(?!\w)")
_REST_REACH = 30
_TELLING = 10
"""The least total for which "còn" alone, without "lại", makes the last part."""
_REST_BEFORE = re.compile(rf"[,;]\s*(?:số |phần )?{any_of('rest')}(?:\s(?:là|có|chỉ|{any_of('about')}))*\s*\Z")
EXCEPT = re.compile(rf"{any_of('except')}(?:\s{any_of('about')})*\s*\Z")
"""The words before what is taken away from a whole: "không tính hai tuyển thủ chấn thương, còn lại năm"."""
_REST_AFTER = re.compile(r"\A[^,.;:()\n]{0,20}?(?<!\w)còn lại(?!\w)")


def unopened(reading: Reading, i: int) -> Iterator[Breakdown]:
    """The breakdowns that show at figure `i`."""
    after = reading.gap(i + 1)
    nearest = reading.gap(i)[-_REST_REACH:]
    if "còn lại" in after or "còn lại" in nearest or ", còn" in nearest:
        yield from _rest(reading, i)
    if "trong số" in after:
        yield from _of_those(reading, i, after)
    if "thương vong" in after[:30]:
        yield from _casualties(reading, i)
    gap = reading.gap(i)
    if i > 1 and holds(gap, _TOTALLED_HINTS):
        yield from _totalled(reading, i)
    if "chỉ" in gap and i > 0:
        yield from _only(reading, i)
    if _inspects(reading) and _looked_at(reading, i, gap):
        yield from _inspected(reading, i)
    if "tổng" in gap or len(after) <= _HAS_REACH and after.rstrip().endswith("có") and _HAS.match(after):
        yield from _summed(reading, i)
    if i > 0 and ("(" in gap or ", có" in gap):
        yield from _aside(reading, i, gap)
    if "trong" in gap or "trên" in gap:
        yield from _of_total(reading, i, gap)
        yield from _within(reading, i, gap)
    if i > 0:
        if "nâng" in gap or "đưa" in gap or "thành" in gap or "tổng cộng" in gap:
            yield from _raised(reading, i)
        if gap.strip() == "=":
            yield from _written_out(reading, i)


def _of_total(reading: Reading, i: int, gap: str) -> Iterator[Breakdown]:
    """The part first: "95 trong số 139 tác phẩm", "17 trên tổng số 82 phó giám đốc", "2 trong 3 nạn nhân".

    "1 trong 7 loại ung thư hay gặp" ranks and counts nothing.
    """
    if i == 0:
        return
    part, whole = reading.figures[i - 1], reading.figures[i]
    if part.kind != whole.kind or part.value is None or whole.value is None or part.unit.startswith("%"):
        return
    if gap.strip() in _OUT_OF and part.unit_source != "printed" and part.kind == "count" and whole.unit:
        if _FEWEST <= part.value < whole.value and whole.unit_source == "printed":
            yield _with_the_others(reading, i) or Breakdown(i, (i - 1,), "of_total", False, False, 0.8)
        return
    if _LIES_IN.match(gap) and part.value < whole.value and part.kind == "count" and _wholly_printed(part, whole):
        yield Breakdown(i, (i - 1,), "of_total", False, False, 0.75)
        return
    if OF_TOTAL.match(gap) and part.value < whole.value and (is_level(part) or is_share(part)):
        understood = part.unit_source != "printed" or part.char_end - part.char_start <= len(part.surface.split()[0])
        counted = part.kind == "count" and "tổng số" in gap
        if understood or counted or same_measure(part, whole):
            yield _with_the_others(reading, i) or Breakdown(i, (i - 1,), "of_total", False, False, 0.85)


def _with_the_others(reading: Reading, i: int) -> Breakdown | None:
    """All of them, if the others follow in the sentence: "thắng 5 trong 6 trận và chỉ để thua một trận"."""
    k = i + 1
    if k >= len(reading.figures) or not reading.same_sentence(i, k):
        return None
    others, whole = reading.figures[k], reading.figures[i]
    alike = others.kind == whole.kind == "count" and same_head(others, whole) and others.unit_source == "printed"
    left = alike and others.direction is None and are_left(reading.before(k))
    return Breakdown(i, (i - 1, k), "others", True, True, 0.8) if left and adds_up(reading, i, (i - 1, k)) else None


def _wholly_printed(part: Figure, whole: Figure) -> bool:
    return part.unit_source == "printed" == whole.unit_source and part.direction is None is whole.direction


def is_denominator(reading: Reading, j: int) -> bool:
    """Whether a figure is what another is counted in: the 10 of "5/10 phó đoàn", the 139 of "95 trong số 139"."""
    gap = reading.gap(j)
    a, b = reading.figures[j - 1], reading.figures[j]
    bare = gap.strip()
    if bare in _OUT_OF:
        return j > 0 and a.kind == b.kind and a.unit_source != "printed"
    return j > 0 and a.kind == b.kind and (bare == "/" or OF_TOTAL.match(gap) is not None)


def _of_those(reading: Reading, i: int, after: str) -> Iterator[Breakdown]:
    """The part first, the whole named before: "5 người …. 3 người trong số đó đã tử vong và 2 người bị thương"."""
    part = reading.figures[i]
    if not is_level(part) or part.value is None or not POSTPOSED.match(after):
        return
    for total in reading.backwards(i, sentences=2, window=5):
        whole = reading.figures[total]
        if whole.kind != part.kind or whole.value is None or whole.direction is not None or whole.value <= part.value:
            continue
        if not same_measure(whole, part) or _OF_THEM.match(after) and noun_class(whole.unit) != "person":
            continue
        if is_denominator(reading, total) and (reading.figures[total - 1].value or 0) > part.value:
            total -= 1
        parts = [i]
        for k in reading.onwards(i, sentences=1, window=6):
            if reading.figures[k].kind == part.kind and same_measure(reading.figures[k], whole):
                if _NESTED.search(reading.before(k)):
                    continue
                parts.append(k)
                if adds_up(reading, total, parts, plainly=True):
                    yield Breakdown(total, tuple(parts), "of_those", True, True, 0.9)
                    return
        yield Breakdown(total, (i,), "of_those", False, False, 0.85)
        return


def _within(reading: Reading, i: int, gap: str) -> Iterator[Breakdown]:
    """The whole first: "trong số 6 người bị thương có 3 người …, ba người còn lại …"."""
    found = _WITHIN.search(gap, max(0, len(gap) - _WITHIN_REACH))
    whole = reading.figures[i]
    if not is_level(whole) or whole.value is None or i > 0 and is_denominator(reading, i):
        return
    if found is None:
        if _IN_ALL.search(reading.before(i)):
            yield from _next_part(reading, i)
        elif _AMONG.search(reading.before(i)):
            yield from _few(reading, i)
        return
    counts = [k for k in reading.onwards(i, window=8) if reading.figures[k].kind == "count" == whole.kind]
    if len(counts) >= 2 and adds_up(reading, i, counts, plainly=True):
        yield Breakdown(i, tuple(counts), "within", True, True, 0.9)
        return
    parts: list[int] = []
    for k in reading.onwards(i, sentences=5, window=14):
        figure = reading.figures[k]
        if reading.sentences_apart(i, k) > 2 and not same_head(figure, whole):
            continue
        if found["sure"] == "trong" and len(parts) > 1 and not reading.same_sentence(i, k):
            break
        if figure.kind == whole.kind and figure.direction is None and same_measure(figure, whole):
            if parts and _NESTED.search(reading.before(k)):
                continue
            parts.append(k)
            told_at_once = not _SENTENCE_END.search(reading.between(i, parts[0]))
            if len(parts) >= 2 and told_at_once and adds_up(reading, i, parts):
                yield Breakdown(i, tuple(parts), "within", True, True, 0.9)
                return
    parts = [k for k in parts if reading.same_sentence(i, k)]
    if not parts or parts[0] != i + 1 and not (parts[0] == i + 2 and _describes(reading, i)):
        return
    first = reading.figures[parts[0]]
    most = first.value if first.value is not None else first.value_high
    if most is None or most >= whole.value:
        return
    if first.value is None:
        parts = parts[:1]
    bracketed = all(_IN_BRACKETS.search(reading.gap(k)) and reading.gap(k + 1).startswith(")") for k in parts)
    if bracketed and sum(reading.figures[k].value or 0 for k in parts) < whole.value:
        yield Breakdown(i, tuple(parts), "within", False, False, 0.75)
    elif found["sure"] != "trong" or _HAS_PART.match(reading.gap(i + 1)):
        yield Breakdown(i, (parts[0],), "within", False, False, 0.8)


def _describes(reading: Reading, i: int) -> bool:
    """Whether the figure after a whole is one of the words for it: "trong số 45 em trên 10 tuổi, có 5 em …"."""
    gap = reading.gap(i + 1)
    return len(gap) <= _DESCRIBED and not _CLAUSE.search(gap) and _CLAUSE.search(reading.gap(i + 2)) is not None


def _next_part(reading: Reading, i: int) -> Iterator[Breakdown]:
    """One of all: "trong tổng số xe bán ra đạt 187.000 chiếc, doanh số của hãng A đạt 12.227 xe"."""
    if i + 1 >= len(reading.figures) or not reading.same_sentence(i, i + 1):
        return
    whole, part = reading.figures[i], reading.figures[i + 1]
    less = part.value is not None and 0 < part.value < (whole.value or 0)
    if less and whole.kind == part.kind and same_measure(whole, part) and part.direction is None:
        yield Breakdown(i, (i + 1,), "within", False, False, 0.75)


def _few(reading: Reading, i: int) -> Iterator[Breakdown]:
    """The whole with its noun, its part right after: "Trong ban giám đốc 14 người chỉ có 2 là phụ nữ"."""
    if i + 1 >= len(reading.figures) or not reading.same_sentence(i, i + 1) or not _FEW.match(reading.gap(i + 1)):
        return
    whole, part = reading.figures[i], reading.figures[i + 1]
    if whole.kind == part.kind == "count" and same_measure(whole, part) and (part.value or 0) < (whole.value or 0):
        yield Breakdown(i, (i + 1,), "within", False, False, 0.75)


def _aside(reading: Reading, i: int, gap: str) -> Iterator[Breakdown]:
    """A part named by the way: "18 nạn nhân nghi bị sốc (có 7 người đã chết)", "11 trận bất bại (9 trận thắng)"."""
    if not reading.same_sentence(i - 1, i) or i > 1 and is_denominator(reading, i - 1):
        return
    whole, part = reading.figures[i - 1], reading.figures[i]
    if not whole.kind == part.kind == "count" or whole.direction is not None or part.direction is not None:
        return
    alike = whole.unit_source == part.unit_source == "printed" and same_head(whole, part)
    alike = alike and (whole.value or 0) <= _MOST_TIMES * (part.value or 0)
    closed = ")" in reading.gap(i + 1)[:60]
    far = whole.unit == part.unit and ")" in reading.gap(i + 1)[:_FAR_CLOSED] and _OPENS_FAR.match(gap) is not None
    opened = _OPENS.match(gap) and closed or _HAS_CLAUSE.match(gap) or far
    told = _HAS_ASIDE.search(gap) and closed or alike and opened
    if told and same_measure(whole, part) and (part.value or 0) < (whole.value or 0):
        yield Breakdown(i - 1, (i,), "aside", False, False, 0.75)


def _only(reading: Reading, i: int) -> Iterator[Breakdown]:
    """What is left of many: "7 nhà thầu mua hồ sơ, tuy nhiên … chỉ có 4 nhà thầu nộp hồ sơ"."""
    part = reading.figures[i]
    if part.kind != "count" or part.value is None or not _ONLY.search(reading.before(i)):
        return
    for k in reading.backwards(i, sentences=1, window=3):
        whole = reading.figures[k]
        if whole.kind != "count":
            continue
        words = reading.between(k, i)
        same = whole.unit == part.unit and whole.unit_source == "printed" == part.unit_source
        less = (whole.value or 0) > part.value and whole.direction is None
        if same and less and _YET.search(words) and not _TIME.search(words):
            yield Breakdown(k, (i,), "only", False, False, 0.7)
        return


def _inspects(reading: Reading) -> bool:
    """Whether an article tells of anything looked at: asked of it once instead of each figure."""
    known = reading.shared.get("inspects")
    if known is None:
        known = reading.shared["inspects"] = holds(reading.low, _INSPECT)
    return bool(known)


def _looked_at(reading: Reading, i: int, gap: str) -> bool:
    """Whether a figure is said to be what was looked at, before it or by its own noun ("1.295 mẫu xét nghiệm")."""
    unit = reading.figures[i].unit.lower()
    if not (holds(gap, _INSPECT) or holds(unit, _INSPECT)):
        return False
    return _INSPECTED.search(reading.before(i)) is not None or _INSPECTED.search(unit) is not None


def _inspected(reading: Reading, i: int) -> Iterator[Breakdown]:
    """What was found among what was looked at: "kiểm tra 1.250 cơ sở, phát hiện 96 cơ sở vi phạm"."""
    whole = reading.figures[i]
    if whole.kind != "count" or whole.value is None or whole.direction is not None:
        return
    for k in reading.onwards(i, window=3):
        part = reading.figures[k]
        if part.kind != "count":
            continue
        behind = reading.after(k)[:40].partition(";")[0]
        words = f"{reading.before(k)[-60:]} {part.surface.lower()} {behind}"
        if part.value is not None and part.value < whole.value and same_measure(part, whole) and _FOUND.search(words):
            yield Breakdown(i, (k,), "inspected", False, False, 0.75)
        return


def _raised(reading: Reading, i: int) -> Iterator[Breakdown]:
    """The part first: "133 cửa hàng mới được khai trương, nâng tổng số cửa hàng lên 385 cửa hàng"."""
    part, whole = reading.figures[i - 1], reading.figures[i]
    if part.value is None or whole.value is None or not reading.same_sentence(i - 1, i) or not is_level(part):
        return
    of_it = part.kind == whole.kind and part.value < whole.value and same_measure(part, whole)
    if of_it and (_RAISED_TO.search(reading.before(i)) or same_head(part, whole) and _IN_ALL_NOW.match(reading.gap(i))):
        yield Breakdown(i, (i - 1,), "raised", False, False, 0.8)


def _summed(reading: Reading, i: int) -> Iterator[Breakdown]:
    """A total that the words call one, or that "has" three parts or more, its parts following without an opening word.

    "Tổng số thuê bao di động đạt gần 100 triệu thuê bao, trong nước hơn 61 triệu, nước ngoài hơn 31 triệu".
    """
    whole = reading.figures[i]
    if not is_level(whole) or whole.value is None:
        return
    called = _SUMMED.search(reading.before(i)) is not None
    parts: list[int] = []
    for k in reading.onwards(i, window=6):
        figure = reading.figures[k]
        if not same_head(figure, whole) or figure.direction is not None or figure.value is None:
            if not called:
                return
            continue
        if not parts and (opening := opening_at(reading, k)) and opening.form in NAMING:
            return
        parts.append(k)
        ends = k + 1 >= len(reading.figures) or not reading.same_sentence(k, k + 1)
        goes_on = not ends and same_head(reading.figures[k + 1], whole) and not may_end(reading, k, k + 1)
        if len(parts) >= (2 if called else 3) and (called or ends) and not goes_on and adds_up(reading, i, parts):
            yield Breakdown(i, tuple(parts), "summed", True, True, 0.8)
            return


def _totalled(reading: Reading, i: int) -> Iterator[Breakdown]:
    """A sentence that sums the one before: "bán 1,8 triệu bao và 1,9 triệu bao. Tổng cộng, hãng bán 3,7 triệu bao".

    Its parts are all figures of the unit of the sentence before. Where they do not add up, they are parts only if they
    stand there alone, are exact, and miss the total by no more than a slip does; a total of a length of time ("tổng
    cộng 6 tháng") may hold more than was told.
    """
    total = reading.figures[i]
    words = reading.before(i)
    found = _TOTALLED.match(words)
    if found is None or not is_amount(total) or total.qualifier in _BOUNDS:
        return
    told = [k for k in reversed([*reading.backwards(i, 1, MOST_ITEMS)]) if not reading.same_sentence(k, i)]
    like = [k for k in told if reading.figures[k].kind == total.kind and same_head(reading.figures[k], total)]
    parts = [reading.figures[k] for k in like]
    if len(parts) < _FEWEST or any(not part.value or part.direction == "down" for part in parts):
        return
    if adds_up(reading, i, like, plainly=True):
        yield Breakdown(i, tuple(like), "totalled", True, True, 0.85)
    elif found["sure"] and not _OF_A_TIME.search(words) and like == [*range(like[0], i)] == told:
        exact = all(part.qualifier == "exact" and part.unit == total.unit and is_amount(part) for part in parts)
        size = total.value or Decimal(0)
        off = abs(sum((part.value or Decimal(0) for part in parts), Decimal(0)) - size)
        if exact and total.qualifier == "exact" and off * _SLIP <= size:
            yield Breakdown(i, tuple(like), "totalled", True, False, 0.7, True)


def _written_out(reading: Reading, i: int) -> Iterator[Breakdown]:
    """A sum written out: "17,50+0,25=17,75"."""
    parts = [i - 1]
    while parts[0] > 0 and len(parts) < MOST_ITEMS and reading.gap(parts[0]).strip() == "+":
        parts.insert(0, parts[0] - 1)
    if len(parts) >= 2:
        yield Breakdown(i, tuple(parts), "written", True, adds_up(reading, i, parts), 0.95)


def _casualties(reading: Reading, i: int) -> Iterator[Breakdown]:
    """Dead and injured: "30 người thương vong" in the title, "18 người chết và 12 người khác bị thương" in the lead."""
    total = reading.figures[i]
    for k in [*reading.onwards(i, **_CASUALTIES_REACH), *reading.backwards(i, **_CASUALTIES_REACH)]:
        if k + 1 >= len(reading.figures) or k + 1 == i:
            continue
        dead, hurt = reading.figures[k], reading.figures[k + 1]
        if dead.kind != "count" or hurt.kind != "count" or not reading.same_sentence(k, k + 1) or total.value is None:
            continue
        between = f"{dead.surface.lower()} {reading.before(k)[-40:]} {reading.gap(k + 1)}"
        if _DIED.search(between) and "bị thương" in f"{hurt.surface.lower()} {reading.after(k + 1)[:30]}":
            if adds_up(reading, i, (k, k + 1), plainly=True):
                yield Breakdown(i, (k, k + 1), "casualties", True, True, 0.9)
            return


def _rest(reading: Reading, i: int) -> Iterator[Breakdown]:
    """The last part named as the rest: "trả trước 30 triệu euro, 15 triệu euro còn lại …" of 45 million before.

    Or before it: "gọi bảy cầu thủ …. Hai người chấn thương, còn lại năm cầu thủ …".
    """
    rest = reading.figures[i]
    found = _REST_AFTER.match(reading.gap(i + 1)) or _REST_BEFORE.search(reading.before(i))
    if found is None and not is_other_part(reading, i) or not is_level(rest) or rest.qualifier in _BOUNDS:
        return
    if found is not None and _OF_OTHERS.search(found[0]):
        return
    earlier = [
        k
        for k in reading.backwards(i, sentences=3)
        if reading.figures[k].kind == rest.kind
        and same_measure(reading.figures[k], rest)
        and not _NESTED.search(reading.before(k))
        and reading.figures[k].qualifier not in _BOUNDS
    ]
    for at, part in enumerate(earlier[:4]):
        if reading.sentences_apart(part, i) > 1:
            return
        if _WITHIN.search(reading.gap(part)) or EXCEPT.search(reading.before(part)):
            return
        for total in earlier[at + 1 :]:
            value = reading.figures[total].value
            if found is None and (value or 0) < _TELLING:
                continue
            if value not in (None, reading.figures[part].value) and adds_up(reading, total, (part, i)):
                yield Breakdown(total, (part, i), "rest", True, True, 0.9)
                return
