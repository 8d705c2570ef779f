"""Parts that the words around them, and no opening, show to be some of a whole told before.

What is still owed of what is to be paid, or paid in advance ("phải nộp hơn 2.187 tỷ đồng, hiện còn thiếu 366,5 tỷ
đồng"), what is told of one place ("48 triệu đĩa hát, với 22 triệu đĩa đơn chỉ tính riêng tại Mỹ"), those among the
people just named ("66 người bị thương. Trong số những người bị thương, có 9 người nguy kịch"), those that "thì có"
sets beside their whole ("toàn xã có 500 hộ thì có đến 450 hộ trồng chè"), and sources whose rest is not counted
("tổng vốn 397 triệu USD. Vốn tự có 100 triệu USD, vốn vay 250 triệu USD; số còn lại …").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.checks.reading.article import Reading, is_level, same_measure
from flows.checks.reading.list_words import any_of, list_words
from flows.checks.reading.partition import Breakdown, same_head, sum_of
from flows.checks.reading.words import holds

_OWED = re.compile(rf"{any_of('owed')}(?:\s(?:hơn|gần|khoảng|trên|tới|đến))?\s*\Z")
_ADVANCE = re.compile(rf"{any_of('advance')}[^,;.()\d]{{0,25}}\Z")
_STILL = re.compile(rf"{any_of('still')}(?:\s(?:hơn|gần|khoảng|trên|tới|đến))?\s*\Z")
_NOT_YET = re.compile(r"\A[^,;.()]{0,15}?(?<!\w)chưa(?!\w)")
_DUE = re.compile(rf"{any_of('due')}")
_ONLY_THERE = re.compile(r"\A[^,;.()\d]{0,15}?(?<!\w)(?:chỉ )?(?:tính )?riêng (?:tại|ở|trong|cho)(?!\w)")
_AMONG = re.compile(
    r"(?<!\w)trong số (?:những |các )?(?P<whom>[^,;.()\d]{3,40}?),?\s(?:thì )?có"
    r"(?: tới| đến| khoảng| hơn| gần| ít nhất)?\s*\Z"
)
_REST_UNTOLD = re.compile(r"[,;]\s*(?:và )?(?:số |phần |vốn )?còn lại(?: là| do| từ| được| vay)?(?!\w)[^\d]*\Z")
_OTHERS_NEXT = re.compile(r"\A[^.!?\n\d]{0,60}[.!?…]\s+(?:còn )?(?:các|những|số) [^.,;\d]{2,30}? còn lại(?!\w)")
_THEN = re.compile(
    r"\A[^,;.()\d]{0,25},?(?<!\w)thì (?:cũng |đã |chỉ )?có(?: đến| tới| hơn| gần| khoảng| ít nhất)*\s*\Z"
)
_EVERY = re.compile(r"(?<!\w)cứ\s(?:mỗi\s)?\Z")
_MOST_OF = re.compile(r"(?<!\w)(?:nhiều|cao|lớn) nhất(?!\w)[^;.()\d]{0,40}\Z")
_NEXT_ONE = re.compile(r"\A[^;.()\d]{0,25}(?:,|(?<!\w)và)[^;.()\d]{0,35}\Z")
_SEPARATED = re.compile(r"[,;]")
_MOST = 8
_NEAR = 60
_OWING = list_words("owed") + list_words("still") + list_words("advance")


def remainders(reading: Reading) -> Iterator[Breakdown]:
    """The bounds of such parts, in reading order."""
    low = reading.low
    apart, among, rest = "riêng" in low, "trong số" in low, "còn lại" in low
    then = "thì " in low
    foremost = "nhiều nhất" in low or "cao nhất" in low or "lớn nhất" in low
    for i, part in enumerate(reading.figures):
        if i == 0 or not is_level(part) or part.value is None or part.direction is not None:
            continue
        if holds(reading.gap(i)[-_NEAR:], _OWING):
            yield from _owed(reading, i)
        if apart and "riêng" in reading.gap(i + 1)[:40]:
            yield from _there(reading, i)
        if among and "trong số" in reading.gap(i):
            yield from _among(reading, i)
        if rest and "còn lại" in reading.gap(i + 1):
            yield from _untold_rest(reading, i)
        if then and "thì " in reading.gap(i):
            yield from _then(reading, i)
        if foremost and "nhất" in reading.gap(i) and part.kind == "count":
            yield from _foremost(reading, i)


def _owed(reading: Reading, i: int) -> Iterator[Breakdown]:
    before = reading.before(i)
    part = reading.figures[i]
    advance = part.kind == "money" and _ADVANCE.search(before) is not None
    still = _OWED.search(before) or _STILL.search(before) and _NOT_YET.match(reading.after(i))
    if not (still or advance):
        return
    for k in reading.backwards(i, sentences=0, window=3):
        whole = reading.figures[k]
        if whole.kind == part.kind and same_measure(whole, part):
            if _larger(reading, k, i) and (advance or _DUE.search(reading.before(k))):
                yield Breakdown(k, (i,), "owed", False, False, 0.7)
            return


def _there(reading: Reading, i: int) -> Iterator[Breakdown]:
    part = reading.figures[i]
    if not _ONLY_THERE.match(reading.after(i)) or not reading.same_sentence(i - 1, i):
        return
    if same_head(reading.figures[i - 1], part) and _larger(reading, i - 1, i):
        yield Breakdown(i - 1, (i,), "there", False, False, 0.75)


def _among(reading: Reading, i: int) -> Iterator[Breakdown]:
    found = _AMONG.search(reading.before(i))
    if found is None or reading.figures[i].kind != "count":
        return
    whom = " ".join(found["whom"].split()[-2:])
    for k in reading.backwards(i, sentences=2, window=5):
        told = f"{reading.figures[k].surface.lower()}{reading.after(k)[:40]}"
        if whom in told and same_measure(reading.figures[k], reading.figures[i]) and _larger(reading, k, i):
            yield Breakdown(k, (i,), "among", False, False, 0.8)
            return


def _then(reading: Reading, i: int) -> Iterator[Breakdown]:
    whole, part = reading.figures[i - 1], reading.figures[i]
    if not _THEN.match(reading.gap(i).lower()) or _EVERY.search(reading.before(i - 1).lower()):
        return
    if whole.kind == part.kind and same_head(whole, part) and same_measure(whole, part) and _larger(reading, i - 1, i):
        yield Breakdown(i - 1, (i,), "then", False, False, 0.75)


def _untold_rest(reading: Reading, i: int) -> Iterator[Breakdown]:
    """Parts in one sentence, the rest of the whole named without its number."""
    if _OTHERS_NEXT.match(reading.gap(i + 1)):
        yield from _others(reading, i)
    if not _REST_UNTOLD.search(reading.after(i)):
        return
    last = reading.figures[i]
    parts = [i]
    whole = -1
    for k in reading.backwards(i, sentences=2, window=_MOST):
        figure = reading.figures[k]
        if figure.kind != last.kind or not same_head(figure, last) or figure.value is None:
            continue
        if figure.direction is not None:
            return
        if "tổng" in reading.before(k):
            whole = k
            break
        if reading.same_sentence(k, i) and _SEPARATED.search(reading.between(k, parts[0])) and figure.kind == "money":
            parts.insert(0, k)
            continue
        whole = k
        break
    told = sum_of(reading, parts)
    called = whole >= 0 and len(parts) == 1 and reading.same_sentence(whole, i) and "tổng" in reading.before(whole)
    if whole < 0 or len(parts) < 2 and not called or told is None or told.rounded.low is None:
        return
    stated = reading.spread(whole)
    if stated is not None and stated.cut.low is not None and told.rounded.low < stated.cut.low:
        yield Breakdown(whole, tuple(parts), "untold", False, False, 0.7)


def _others(reading: Reading, i: int) -> Iterator[Breakdown]:
    """Some of those told of, the others named next: "9 người … khống chế 6 người. Các đối tượng còn lại bỏ chạy"."""
    part = reading.figures[i]
    if part.kind != "count":
        return
    for k in reading.backwards(i, sentences=2, window=4):
        whole = reading.figures[k]
        if whole.kind == "count" and same_head(whole, part):
            if _larger(reading, k, i):
                yield Breakdown(k, (i,), "others", False, False, 0.7)
            return


def _foremost(reading: Reading, i: int) -> Iterator[Breakdown]:
    """Those that have most of all: "51 vụ tấn công …. Pháp bị nhiều nhất với 17 vụ, tiếp đó là Mỹ 16 và Đức 7 vụ"."""
    if not _MOST_OF.search(reading.before(i)):
        return
    part = reading.figures[i]
    parts = [i]
    for k in reading.onwards(i, sentences=0, window=6):
        if not same_head(reading.figures[k], part) or not _NEXT_ONE.match(reading.between(parts[-1], k)):
            break
        parts.append(k)
    if len(parts) < 2:
        return
    for k in reading.backwards(i, sentences=1, window=4):
        whole = reading.figures[k]
        if whole.kind != "count" or not same_head(whole, part):
            continue
        told = sum_of(reading, parts)
        fits = told is not None and told.rounded.low is not None and told.rounded.low < (whole.value or 0)
        if fits and not reading.same_sentence(k, i) and whole.direction is None:
            yield Breakdown(k, tuple(parts), "foremost", False, False, 0.65)
        return


def _larger(reading: Reading, whole: int, part: int) -> bool:
    a, b = reading.figures[whole], reading.figures[part]
    return a.value is not None and b.value is not None and a.value > b.value and a.direction is None
