"""What became of some of those at stake: "18 bệnh nhân đang chạy thận … khiến 7 bệnh nhân tử vong".

The whole is told with a word that puts all of them at stake, or up for something (đang, chở, rủ nhau, mua, dự thi), the
part in the same or one of the next two sentences, by the very noun, with what became of it (tử vong, được cứu, đã được
bàn giao, trúng tuyển). Both are counts printed with their noun, and the whole is the nearest of that noun before.

Nouns of people stand for one another. The others of them, told next as those left ("10 bệnh nhân còn lại"), are parts
as well.

Left alone: two outcomes told in a row ("3 người thiệt mạng, 168 người mất tích"), side by side ("367 ca mắc và 10 ca
tử vong": those who died may have fallen ill before), others ("12 người khác", "ngoài ra"),
another time or accident, what is compared, and a whole that is of each ("mỗi xe chở 40 người").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.checks.reading.article import Reading
from flows.checks.reading.list_words import any_of, list_words
from flows.checks.reading.openings import SENTENCE_END
from flows.checks.reading.partition import Breakdown, is_amount, larger_before, same_head
from flows.checks.reading.words import holds, noun_class, pattern
from flows.model import Figure

_CAME = list_words("outcome")
_OUTCOME = re.compile(any_of("outcome"))
_CAME_AFTER = re.compile(rf"\A[^,;.:()\n\d]{{0,30}}?{any_of('outcome')}")
_AT_STAKE = re.compile(any_of("at_stake"))
_OTHERS = re.compile(any_of("others"))
_CAME_BEFORE = re.compile(
    rf"(?<!\w)số(?! liệu| điểm| bàn)(?!\w)[^,;.:()\n\d]{{1,40}}?{any_of('outcome')}[^,;.:()\n\d]{{0,60}}"
    rf"(?<!\w)(?:là|lên|tới|đến|khoảng|có)(?:\s{any_of('about')})*\s*\Z"
)
_VERBS = list_words("befell")
_BEFELL = re.compile(rf"{any_of('befell')}(?:\s{any_of('about')})*\s*\Z")
_MADE = re.compile(r"(?<!\w)(?:khiến|làm|để)(?!\w)")
_EACH = re.compile(rf"{any_of('each')}[^,;]{{0,40}}\Z")
_SIDE_BY_SIDE = re.compile(r"\A[^,;.:()\n]{0,40}(?<!\w)(?:và(?! (?:đã )?có(?!\w))|cùng)(?!\w)[^,;.:()\n]{0,20}\Z")
_OTHERS_LEFT = re.compile(rf"\A[^,.;:()\n\d]{{0,12}}?{any_of('rest')}")
_BEFORE, _AFTER, _RIGHT_BEFORE = 70, 70, 25
_FARTHEST = 400
_MOST_TIMES = 500
_BEFALLS = 40


def outcomes(reading: Reading) -> Iterator[Breakdown]:
    """The bounds of such parts, in reading order."""
    for i, part in enumerate(reading.figures):
        if part.kind != "count" or i == 0 or not _counted(part) or (k := _whole(reading, i)) is None:
            continue
        if (_came_after(reading, i) or _came_before(reading, i)) and _of_those(reading, k, i):
            yield Breakdown(k, (i, *_rest(reading, k, i)), "outcome", False, False, 0.7)


def _whole(reading: Reading, i: int) -> int | None:
    """The nearest count before `i` of its noun, if it is larger and printed with it."""
    k = larger_before(reading, i, 2, 5, _MOST_TIMES, _one_noun)
    return k if k is not None and _counted(reading.figures[k]) else None


def _rest(reading: Reading, k: int, i: int) -> tuple[int, ...]:
    """The others of `k` told next: "7 bệnh nhân tử vong. … 10 bệnh nhân còn lại được chuyển viện"."""
    whole, part = reading.figures[k].value, reading.figures[i].value
    for j in reading.onwards(i, 2, 3):
        other = reading.figures[j]
        if same_head(other, reading.figures[i]) and is_amount(other) and _OTHERS_LEFT.match(reading.gap(j + 1)):
            fits = whole is not None and part is not None and part + (other.value or 0) <= whole
            return (j,) if fits else ()
    return ()


def _came_after(reading: Reading, i: int) -> bool:
    part = reading.figures[i]
    told = f"{part.surface.lower()} {reading.gap(i + 1)[:_AFTER]}"
    if not holds(told, _CAME):
        return False
    came = _CAME_AFTER.match(told[part.number_end - part.char_start :])
    return came is not None and not _MADE.search(came[0])


def _came_before(reading: Reading, i: int) -> bool:
    """Whether it befell them, told before their number: "cuốn trôi 3 du khách", "số cá chết đã lên đến gần 300 con"."""
    before = reading.gap(i)
    if holds(before[-_BEFALLS:], _VERBS) and _BEFELL.search(reading.before(i)[-_BEFALLS:]):
        return True
    return "số " in before and holds(before, _CAME) and _CAME_BEFORE.search(reading.before(i)) is not None


def _counted(figure: Figure) -> bool:
    return figure.kind == "count" and figure.unit_source == "printed" and is_amount(figure)


def _one_noun(whole: Figure, part: Figure) -> bool:
    """Whether two counts are of one noun, or both of people by whatever noun."""
    return same_head(whole, part) or noun_class(whole.unit) == "person" == noun_class(part.unit)


def _of_those(reading: Reading, k: int, i: int) -> bool:
    """Whether the words put all of `k` at stake, and nothing sets `i` apart from them."""
    whole, part, between = reading.figures[k], reading.figures[i], reading.between(k, i)
    if len(between) > _FARTHEST or _SIDE_BY_SIDE.match(between) or _EACH.search(reading.before(k)):
        return False
    told = reading.low[max(0, whole.char_start - _BEFORE) : whole.char_start]
    ahead, behind = SENTENCE_END.split(told)[-1], f"{whole.surface.lower()} {reading.after(k)[:_AFTER]}"
    if _OUTCOME.search(behind) or _MADE.search(ahead[-_RIGHT_BEFORE:]):
        return False
    others = f"{between} {part.surface.lower()} {reading.after(i)[:12]}"
    if _OTHERS.search(others) or pattern("compared").search(between):
        return False
    return _AT_STAKE.search(f"{ahead} {behind}") is not None
