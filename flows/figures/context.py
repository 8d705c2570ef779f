"""What, who and when of every figure: the sentence it stands in, the clause, and what the text has said before."""

from __future__ import annotations

from datetime import date

from flows.figures.when import Discourse, Scene, copy_from_repeats, is_session, main_period, read_spans, set_discourse, set_when
from flows.figures.who import Cast, carry, known_names, set_who
from flows.figures.what import set_what
from flows.figures.names import find_names
from flows.model import Figure, Period, Sentence


def add_context(
    text: str, sentences: list[Sentence], periods: list[Period], figures: list[Figure], published_on: date | None = None,
) -> None:
    """Fills `what`, `measure`, `who`, the period, the base and `is_target` of each of `figures`, in place."""
    if not figures:
        return
    by_sentence: dict[int, list[Figure]] = {}
    for figure in figures:
        by_sentence.setdefault(figure.sentence_no, []).append(figure)
    scenes = _scenes(text, sentences, periods, by_sentence, published_on)
    discourse = Discourse()
    discourse.main = main_period(scenes)
    discourse.session = is_session(text)
    cast = Cast(known_names(text))
    last_what: str | None = None
    for scene in scenes:
        here = by_sentence.get(scene.number)
        if here:
            set_when(text, here, scene, discourse, published_on)
            names = find_names(text, scene.char_start, scene.char_end, cast.known)
            blocked = [(period.char_start, period.char_end) for period in scene.periods]
            set_who(text, here, names, cast, scene.char_start, scene.char_end)
            last_what = set_what(text, here, blocked, names, scene.char_start, scene.char_end, last_what)
            carry(text, names, cast)
        set_discourse(discourse, scene)
    copy_from_repeats(figures)


def _scenes(
    text: str, sentences: list[Sentence], periods: list[Period], by_sentence: dict[int, list[Figure]],
    published_on: date | None,
) -> list[Scene]:
    """The sentences that hold figures or periods, with their paragraph and their periods."""
    scenes: list[Scene] = []
    paragraph = next_period = last_end = 0
    for sentence in sentences:
        start, end = sentence.char_start, sentence.char_end
        if "\n" in text[last_end:start]:
            paragraph += 1
        last_end = end
        inside: list[Period] = []
        while next_period < len(periods) and periods[next_period].char_start < end:
            inside.append(periods[next_period])
            next_period += 1
        if inside or sentence.number in by_sentence:
            spans = read_spans(text, inside, start, published_on) if inside else []
            scenes.append(Scene(sentence.number, start, end, paragraph, spans, inside))
    return scenes
