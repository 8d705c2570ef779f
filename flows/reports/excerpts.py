"""The sentences figures stand in, cut into pieces so that a page can mark the figures.

`Thi hành kỷ luật 22 đảng viên, gồm …` with the span of `22 đảng viên` marked as `stated` becomes the pieces
`Thi hành kỷ luật `, `22 đảng viên` (stated) and `, gồm …`. Pieces are plain text: whoever shows them escapes them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flows.text.sentences import split_sentences

_WIDEST = 900
_MARGIN = 160


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a text to mark, and what it is there."""

    char_start: int
    char_end: int
    label: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an excerpt; `label` is None for text around the marks."""

    text: str
    label: str | None = None


def excerpt(text: str, marks: Iterable[Mark]) -> list[Piece]:
    """The sentences of `text` that hold `marks`, in order, the marks as pieces of their own.

    Sentences left out between them show as an ellipsis; so does the far part of a very long sentence.

    >>> text = "Mở đầu. Kỷ luật 22 đảng viên. Hết."
    >>> excerpt(text, [Mark(16, 28, "stated")])
    [Piece(text='Kỷ luật ', label=None), Piece(text='22 đảng viên', label='stated'), Piece(text='.', label=None)]
    >>> excerpt(text, [])
    []
    """
    wanted = _apart(marks, len(text))
    pieces: list[Piece] = []
    shown_to = None
    for start, end, inside in _stretches(text, wanted):
        if shown_to is not None:
            pieces.append(Piece(" … " if text[shown_to:start].strip() else " "))
        shown_to = end
        pieces.extend(_pieces(text, start, end, inside))
    return pieces


def _apart(marks: Iterable[Mark], length: int) -> list[Mark]:
    """The marks inside the text, in order, none overlapping another; of two that overlap the first stays."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.char_start, mark.char_end)):
        if 0 <= mark.char_start < mark.char_end <= length and (not kept or mark.char_start >= kept[-1].char_end):
            kept.append(mark)
    return kept


def _stretches(text: str, marks: list[Mark]) -> list[tuple[int, int, list[Mark]]]:
    """Spans to show with their marks: the sentences of the marks, cut short where they are very long."""
    if not marks:
        return []
    spans: list[tuple[int, int, list[Mark]]] = []
    for sentence in split_sentences(text):
        inside = [mark for mark in marks if sentence.char_start <= mark.char_start < sentence.char_end]
        if inside:
            start, end = sentence.char_start, max(sentence.char_end, inside[-1].char_end)
            spans.extend([(start, end, inside)] if end - start <= _WIDEST else _narrow(start, end, inside))
    return spans


def _narrow(start: int, end: int, marks: list[Mark]) -> list[tuple[int, int, list[Mark]]]:
    spans: list[tuple[int, int, list[Mark]]] = []
    for mark in marks:
        left, right = max(start, mark.char_start - _MARGIN), min(end, mark.char_end + _MARGIN)
        if spans and left <= spans[-1][1]:
            spans[-1] = (spans[-1][0], right, [*spans[-1][2], mark])
        else:
            spans.append((left, right, [mark]))
    return spans


def _pieces(text: str, start: int, end: int, marks: list[Mark]) -> Iterable[Piece]:
    position = start
    for mark in marks:
        if mark.char_start > position:
            yield Piece(text[position : mark.char_start])
        yield Piece(text[mark.char_start : mark.char_end], mark.label)
        position = mark.char_end
    if position < end:
        yield Piece(text[position:end])
