"""Parts of a whole told before, that a later clause or the next sentence names by what became of them.

What is paid back of a sum ("chiếm đoạt 449 triệu đồng. Gia đình đã khắc phục 150 triệu đồng"), the few of many
("12.000 vệ tinh …. Hiện mới chỉ có 1.145 vệ tinh được phóng", "hai xe lao tới, chỉ 1 xe qua được"), the sources of a
sum of money ("tổng vốn khoảng 110 tỷ đồng, ngân sách hỗ trợ 34 tỷ đồng"), those of the things just named ("số trâu nói
trên có 3 con …"), a part far ahead of its whole ("giành được 311 ghế, … đa số trong tổng số 650 ghế"), the rest of them
but one ("bốn sân … một sân nằm ở …; ba sân còn lại"), what others win of all there is ("1.163 trong tổng số 1.646 ghế.
Phe đối lập giành được 482 ghế"), what fell to a time alone ("229.600 lượt khách …. Chỉ riêng trong 7 ngày Tết đón gần
100.000 lượt khách").

The whole is the nearest figure before of the very unit, and larger. A smaller number of another time, place or plan
("năm ngoái 40 vụ, năm nay chỉ có 30 vụ"), of each ("mỗi hộ nộp lại 2 triệu đồng") or after a comparison is no part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.checks.reading.article import Reading, same_measure
from flows.checks.reading.list_words import any_of, list_words
from flows.checks.reading.partition import Breakdown, is_amount, larger_before, two_times
from flows.checks.reading.words import holds, pattern, words

_ABOUT = rf"(?:\s{any_of('about')})*\s*\Z"
_PAID_BACK = re.compile(rf"{any_of('paid_back')}[^,;.()\d]{{0,25}}\Z")
_PAID = list_words("paid_back")
_SUM_DUE = re.compile(any_of("sum_due"))
_FEW_WORDS = list_words("few") + list_words("few_at_once")
_FEW = re.compile(rf"{any_of('few')}{_ABOUT}")
_FEW_AT_ONCE = re.compile(rf"\A[^.;:()\n]{{0,50}},\s(?:nhưng |song )?{any_of('few', 'few_at_once')}{_ABOUT}")
_OTHER_TIME = re.compile(rf"{any_of('other_time')}|[,;]\s*còn(?!\w)")
_SOURCE = re.compile(
    rf"\A[^.;:()\n\d]{{0,15}}[,;]\s*(?:trong đó )?(?:phần |số )?{any_of('source')}[^.;:()\n\d]{{0,50}}\Z"
)
_CALLED_SUM = re.compile(rf"{any_of('called_total')}[^,;.()]{{0,60}}\Z")
_THOSE = re.compile(
    rf"(?<!\w)số (?P<whom>[^,;.()\d]{{2,25}}?) {any_of('just_named')},?\s(?:thì )?(?:đã )?có{_ABOUT}"
)
_AMONG_THOSE = re.compile(
    rf"(?<!\w)trong số (?:những|các) \w+(?P<which>[^,;.()\d]{{2,45}}?),?\s(?:thì )?(?:đã )?có{_ABOUT}"
)
_OF_ALL = re.compile(rf"{any_of('of_all')}{_ABOUT}")
_EACH = re.compile(rf"{any_of('each')}[^,;]{{0,40}}\Z")
_REST = re.compile(rf"\A[^,.;:()\n\d]{{0,12}}?{any_of('rest')}")
_OF_OTHERS = re.compile(r"\A\s*(?:của|ở|tại|cho|trong)(?!\w)")
_ONE = re.compile(r"(?<!\w)một(?!\w)")
_IN_ALL = re.compile(r"(?<!\w)trong tổng số(?: hơn| gần| khoảng)?\s*\Z")
_WINS = re.compile(rf"{any_of('win')}(?: được)?{_ABOUT}")
_TIME_ALONE = re.compile(
    rf"(?<!\w){any_of('aside')} (?:trong )?(?:\d+ )?(?:ngày|tuần|tháng|quý|năm|đợt|dịp|kỳ|phiên)(?!\w)"
    r"[^;:()\n]{0,90}\Z"
)
_MUST = re.compile(rf"{any_of('must')}[^,;.()\d]{{0,40}}\Z")
_NO_NOUN = frozenset(words("function"))
_KINDS = frozenset({"count", "money"})
_FAR = 140
_SENTENCE_HEAD = 20
_MOST_TIMES = 1000


def subsets(reading: Reading) -> Iterator[Breakdown]:
    """The bounds of such parts, in reading order."""
    low = reading.low
    rest, apart, won = "còn lại" in low, "riêng" in low, "trong tổng số" in low
    for i, part in enumerate(reading.figures):
        if i == 0 or part.kind not in _KINDS or not is_amount(part):
            continue
        if part.kind == "money":
            told = holds(reading.gap(i), _PAID) and _paid_back(reading, i) or _from_source(reading, i)
            if told:
                yield told
            continue
        before = reading.gap(i)
        if apart and (found := _time_alone(reading, i)):
            yield found
        if holds(before, _FEW_WORDS) and (found := _few(reading, i)):
            yield found
        if " có" in before and "số " in before and (found := _of_those(reading, i)):
            yield found
        if "trong số " in before and (found := _among_those(reading, i)):
            yield found
        if "tổng" in before and (found := _far_of_all(reading, i)):
            yield found
        if won and (found := _won(reading, i)):
            yield found
        if rest and "còn lại" in reading.gap(i + 1)[:30] and (found := _rest(reading, i)):
            yield found


def _whole(reading: Reading, i: int, sentences: int, window: int = 4) -> int | None:
    """The nearest figure before `i` of its very unit, if it is larger and the words set nothing between them."""
    k = larger_before(reading, i, sentences, window, _MOST_TIMES)
    if k is None or pattern("compared").search(reading.between(k, i)) or _EACH.search(reading.before(k)):
        return None
    return k


def _paid_back(reading: Reading, i: int) -> Breakdown | None:
    before = reading.before(i)
    if not _PAID_BACK.search(before) or _EACH.search(before) or _MUST.search(before):
        return None
    k = _whole(reading, i, 1)
    if k is None or reading.gap(i + 1).lstrip().startswith("/"):
        return None
    between = reading.between(k, i)
    if ";" in between or _OTHER_TIME.search(between) or not _SUM_DUE.search(reading.before(k) + between[:40]):
        return None
    return Breakdown(k, (i,), "paid_back", False, False, 0.7)


def _few(reading: Reading, i: int) -> Breakdown | None:
    k = _whole(reading, i, 1, 3)
    if k is None or not _told_alike(reading, k, i) or not _one_noun(reading, k, i):
        return None
    at_once = k == i - 1 and _FEW_AT_ONCE.match(reading.gap(i)) is not None
    if not at_once and not _FEW.search(reading.before(i)):
        return None
    words = f"{reading.before(k)[-60:]} {reading.between(k, i)}"
    return None if _OTHER_TIME.search(words) else Breakdown(k, (i,), "few", False, False, 0.7)


def _from_source(reading: Reading, i: int) -> Breakdown | None:
    whole, part = reading.figures[i - 1], reading.figures[i]
    if "tổng" not in reading.gap(i - 1) or whole.unit != part.unit or not is_amount(whole):
        return None
    if not reading.same_sentence(i - 1, i):
        return None
    if not _SOURCE.match(reading.gap(i)) or not _CALLED_SUM.search(reading.before(i - 1)):
        return None
    return Breakdown(i - 1, (i,), "source", False, False, 0.75) if (part.value or 0) < (whole.value or 0) else None


def _of_those(reading: Reading, i: int) -> Breakdown | None:
    found = _THOSE.search(reading.before(i))
    if found is None:
        return None
    whom = found["whom"].split()[0]
    for k in reading.backwards(i, sentences=3, window=5):
        whole = reading.figures[k]
        if whole.kind == "count" and same_measure(whole, reading.figures[i]) and is_amount(whole):
            named = whom in f"{whole.surface.lower()} {reading.after(k)[:30]}".split()
            larger = (whole.value or 0) > (reading.figures[i].value or 0)
            return Breakdown(k, (i,), "of_those", False, False, 0.75) if named and larger else None
    return None


def _among_those(reading: Reading, i: int) -> Breakdown | None:
    """The whole named again by what befell it: "bắt 41 nghi can …. Trong số các đối tượng bị bắt giữ có 9 người"."""
    found = _AMONG_THOSE.search(reading.before(i))
    if found is None:
        return None
    which = {word for word in found["which"].split() if len(word) > 2 and word not in _NO_NOUN}
    for k in reading.backwards(i, sentences=10, window=25):
        whole = reading.figures[k]
        if whole.kind != "count" or not is_amount(whole) or not same_measure(whole, reading.figures[i]):
            continue
        told = f"{reading.before(k)[-40:]} {whole.surface.lower()} {reading.after(k)[:40]}"
        if which & set(told.split()) and (whole.value or 0) > (reading.figures[i].value or 0):
            return Breakdown(k, (i,), "of_those", False, False, 0.7)
    return None


def _far_of_all(reading: Reading, i: int) -> Breakdown | None:
    """The part first, its whole later in the sentence: here `i` is the whole."""
    part, whole = reading.figures[i - 1], reading.figures[i]
    gap = reading.gap(i)
    if not reading.same_sentence(i - 1, i) or len(gap) > _FAR or not _OF_ALL.search(gap) or "," not in gap:
        return None
    alike = part.unit == whole.unit and _told_alike(reading, i - 1, i) and is_amount(part)
    less = alike and (part.value or 0) < (whole.value or 0)
    return Breakdown(i, (i - 1,), "of_total", False, False, 0.75) if less else None


def _won(reading: Reading, i: int) -> Breakdown | None:
    """What others win of all there is: "chiếm 1.163 trong tổng số 1.646 ghế …. Phe đối lập giành được 482 ghế"."""
    part = reading.figures[i]
    if part.unit_source != "printed" or not _WINS.search(reading.before(i)):
        return None
    for k in reading.backwards(i, sentences=1, window=8):
        whole = reading.figures[k]
        if whole.unit == part.unit and not reading.same_sentence(k, i) and _IN_ALL.search(reading.before(k)):
            less = is_amount(whole) and (part.value or 0) < (whole.value or 0)
            return Breakdown(k, (i,), "won", False, False, 0.7) if less else None
    return None


def _time_alone(reading: Reading, i: int) -> Breakdown | None:
    """What fell to a time, the whole told before of a longer one."""
    part = reading.figures[i]
    opens = reading.low.rfind("riêng", max(0, part.char_start - _FAR), part.char_start)
    if opens < 0 or part.unit_source != "printed":
        return None
    found = _TIME_ALONE.search(reading.low, max(0, opens - _SENTENCE_HEAD), part.char_start)
    if found is None or any(reading.figures[k].char_start > opens and reading.figures[k].kind != "duration"
                            for k in range(max(0, i - 2), i)):
        return None
    for k in reading.backwards(i, sentences=2, window=10):
        whole = reading.figures[k]
        if is_amount(whole) and _one_noun(reading, k, i) and (whole.value or 0) > (part.value or 0):
            return None if two_times(whole, part) else Breakdown(k, (i,), "apart", False, False, 0.7)
    return None


def _rest(reading: Reading, i: int) -> Breakdown | None:
    after = _REST.match(reading.gap(i + 1))
    if after is None or _OF_OTHERS.match(reading.gap(i + 1)[after.end() :]):
        return None
    k = _whole(reading, i, 1, 3)
    if k is None or not _told_alike(reading, k, i) or reading.figures[k].unit != reading.figures[i].unit:
        return None
    if (reading.figures[k].value or 0) - (reading.figures[i].value or 0) != 1 or not _ONE.search(reading.between(k, i)):
        return None
    return Breakdown(k, (i,), "rest", False, False, 0.7)


def _one_noun(reading: Reading, a: int, b: int) -> bool:
    """Whether the noun of one begins that of the other: "2 chiếc xe", "1 chiếc", not "xe máy", "xe hơi"."""
    one, other = reading.figures[a].unit.lower(), reading.figures[b].unit.lower()
    return f"{one} ".startswith(f"{other} ") or f"{other} ".startswith(f"{one} ")


def _told_alike(reading: Reading, a: int, b: int) -> bool:
    return reading.figures[a].unit_source == "printed" == reading.figures[b].unit_source
