"""Parts that carry numbers of their own: "tách thành 2 hợp phần. Hợp phần 1 dài 36 km …. Hợp phần 2 dài 62 km …".

The text says how many parts there are ("2 giai đoạn", "hai hợp phần"), labels each from the first to the last, and
gives each its figure: these are all parts, whether they add up or not. The total is the last figure of their measure
before the first. A stage told in several figures ("giai đoạn một gồm 1 triệu tấn … và 1 triệu tấn …") counts with all
of them where only so the total is reached.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from flows.checks.reading.article import Reading, is_level, same_measure
from flows.checks.reading.list_words import any_of
from flows.checks.reading.partition import Breakdown, adds_up

_MOST = 12
_WINDOW = 14
_SENTENCES = 6
_LABEL = re.compile(
    rf"(?P<noun>{any_of('stage')})\s+(?:số\s+|thứ\s+)?"
    r"(?P<which>\d{1,2}|[ivx]{1,4}|một|nhất|hai|ba|bốn|tư|năm)(?!\w)"
)
_STAGE = re.compile(any_of("stage"))
_NUMBERS = (("i", "một", "nhất"), ("ii", "hai"), ("iii", "ba"), ("iv", "bốn", "tư"), ("v", "năm"), ("vi",))
_WHICH = {word: n for n, words in enumerate(_NUMBERS, 1) for word in words}
_FAR = Decimal("0.8")


def stages(reading: Reading) -> Iterator[Breakdown]:
    """The breakdowns into labelled parts, in reading order."""
    for i, figure in enumerate(reading.figures):
        if figure.kind == "count" and figure.value is not None and 2 <= figure.value <= _MOST:
            noun = _STAGE.match(figure.unit.lower())
            if noun is not None:
                yield from _of(reading, i, int(figure.value), noun[0])


def _of(reading: Reading, i: int, count: int, noun: str) -> Iterator[Breakdown]:
    """The breakdown into the `count` stages that are announced at figure `i`."""
    labelled = _labelled(reading, i, count, noun)
    for kind in dict.fromkeys(reading.figures[k].kind for told in labelled for k in told):
        every = [_of_kind(reading, told, kind) for told in labelled]
        parts = [told[0] for told in every if told]
        if len(parts) != count:
            continue
        first = reading.figures[parts[0]]
        if not all(same_measure(reading.figures[k], first) and _plain(reading, k) for k in parts):
            continue
        all_told = [k for told in every for k in told if same_measure(reading.figures[k], first)]
        for total in range(parts[0] - 1, max(-1, parts[0] - 1 - _WINDOW), -1):
            whole = reading.figures[total]
            if reading.sentences_apart(total, parts[0]) > _SENTENCES:
                break
            if total in parts or not is_level(whole) or not same_measure(whole, first) or not _plain(reading, total):
                continue
            told = sum((reading.figures[k].value or Decimal(0) for k in parts), Decimal(0))
            size = whole.value or Decimal(0)
            fits = adds_up(reading, total, parts)
            if told != size and len(all_told) > count:
                fits, parts = adds_up(reading, total, all_told), all_told
                if not fits:
                    break
            if fits or size * _FAR <= told <= size * (2 - _FAR):
                yield Breakdown(total, tuple(parts), "stages", True, fits, 0.75, True)
            break


def _of_kind(reading: Reading, told: Sequence[int], kind: str) -> list[int]:
    """The levels of a kind that are told of a stage in its first sentence."""
    figures = reading.figures
    return [
        k for k in told if figures[k].kind == kind and is_level(figures[k]) and reading.same_sentence(told[0], k)
    ]


def _plain(reading: Reading, k: int) -> bool:
    figure = reading.figures[k]
    return figure.value is not None and figure.value > 0 and figure.direction is None


def _labelled(reading: Reading, i: int, count: int, noun: str) -> Sequence[Sequence[int]]:
    """The figures told of each stage from the first to the last; empty where a label is missing."""
    figures = reading.figures
    last = min(len(figures), i + 1 + _WINDOW * 2)
    start = figures[i].char_end
    end = figures[last - 1].char_end if last > i + 1 else start
    labels: list[tuple[int, int]] = []
    for found in _LABEL.finditer(reading.low, start, end):
        which = _WHICH.get(found["which"]) or (int(found["which"]) if found["which"].isdecimal() else 0)
        if found["noun"] == noun and which == len(labels) + 1:
            labels.append((which, found.end()))
            if which == count:
                break
    if len(labels) != count:
        return []
    bounds = [at for _, at in labels] + [end + 1]
    told: list[list[int]] = []
    for n in range(count):
        told.append([k for k in range(i + 1, last) if bounds[n] <= figures[k].char_start < bounds[n + 1]])
        if not told[-1] or reading.sentences_apart(i, told[-1][0]) > _SENTENCES:
            return []
    return told
