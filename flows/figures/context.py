"""What, who and when of every figure: the sentence it stands in, the clause, and what the text has said before."""

from __future__ import annotations

from datetime import date

from flows.figures.cast import Cast
from flows.figures.elapsed import set_elapsed
from flows.figures.indicators import match_indicator
from flows.figures.measure import measure_key
from flows.figures.mentions import Mention, mentions_of
from flows.figures.names import Name, find_names, line_of
from flows.figures.places import match_place
from flows.figures.spans import Scene, read_spans
from flows.figures.target import plan_of
from flows.figures.undated import count_use, date_the_undated, read_story
from flows.figures.what import Measured, set_what
from flows.figures.when import Discourse, Note, is_session, set_discourse, set_when, source_of
from flows.figures.who import KnownNames, carry, count_names, set_who
from flows.model import Figure, Period, Sentence


def add_context(
    text: str,
    sentences: list[Sentence],
    periods: list[Period],
    figures: list[Figure],
    published_on: date | None = None,
    home: str | None = None,
) -> None:
    """Fills `what`, `measure`, `who`, the period, the base and `is_target` of each of `figures`, in place.

    `home` is the `place_id` that "toàn tỉnh" means in this article.
    """
    if not figures:
        return
    by_sentence: dict[int, list[Figure]] = {}
    for figure in figures:
        by_sentence.setdefault(figure.sentence_no, []).append(figure)
    scenes = _scenes(text, sentences, periods, by_sentence, published_on)
    discourse = Discourse(session=is_session(text), term=_term(text, periods))
    plans = _plans(text, scenes, by_sentence)
    _set_periods(text, len(sentences), scenes, by_sentence, discourse, published_on)
    known = KnownNames(text)
    cast = Cast(known)
    mentions = _mentions(text, scenes, by_sentence, cast, known.given)
    # One step at a time for all sentences, not all steps for one: the tables of a step stay in the processor's cache.
    for scene in scenes:
        named, _ = mentions.get(scene.number, ([], []))
        if scene.number in by_sentence:
            set_who(text, by_sentence[scene.number], named, cast, scene.number)
        carry(named, cast)
    told = [scene for scene in scenes if scene.number in by_sentence]
    measured = Measured()
    for scene in told:
        blocked = [(period.char_start, period.char_end) for period in scene.periods]
        names = mentions[scene.number][1]
        set_what(text, by_sentence[scene.number], blocked, names, scene.char_start, scene.char_end, measured)
    for scene in told:
        _link(text, by_sentence[scene.number], scene, discourse, plans, published_on, home)


def _set_periods(
    text: str,
    sentences: int,
    scenes: list[Scene],
    by_sentence: dict[int, list[Figure]],
    discourse: Discourse,
    published_on: date | None,
) -> None:
    """The periods that the sentences give their figures; then, from the rest of the text, those of the others."""
    undated: dict[int, list[Figure]] = {}
    dated: dict[int, list[Figure]] = {}
    notes: dict[int, Note] = {}
    for scene in scenes:
        here = by_sentence.get(scene.number)
        if here:
            set_when(text, here, scene, discourse, published_on, notes)
            with_period = [figure for figure in here if figure.period_end is not None]
            if with_period:
                dated[scene.number] = with_period
            if len(with_period) < len(here) and (published_on is not None or not _names_unknown(scene)):
                undated[scene.number] = [figure for figure in here if figure.period_end is None]
        set_discourse(discourse, scene)
    story = read_story(scenes, text, sentences, published_on, discourse.session)
    for with_period in dated.values():
        count_use(story, with_period)
    date_the_undated(text, scenes, story, undated, dated, notes)
    for figures in by_sentence.values():
        for figure in figures:
            set_elapsed(text, figure, figure.char_start in notes and figure.period_end is not None, published_on)
            if figure.period_end is not None:
                figure.period_source = source_of(notes.get(figure.char_start))


def _names_unknown(scene: Scene) -> bool:
    """Whether it names a period that only a day of publication could resolve: "hôm qua", "tháng trước"."""
    return any(period.end is None and period.form != "clock" for period in scene.periods)


def _mentions(
    text: str,
    scenes: list[Scene],
    by_sentence: dict[int, list[Figure]],
    cast: Cast,
    given: frozenset[str],
) -> dict[int, tuple[list[Mention], list[Name]]]:
    """The names of the sentences with figures, of the one before each, and of the headline."""
    found: dict[int, tuple[list[Mention], list[Name]]] = {}
    for place, scene in enumerate(scenes):
        following = scenes[place + 1].number if place + 1 < len(scenes) else -9
        if (
            scene.number in by_sentence
            or scene.number == 0
            or following in by_sentence
            and following - scene.number == 1
        ):
            start, end = scene.char_start, scene.char_end
            line = line_of(text, start, end)
            names = find_names(text, start, end, cast.known, line, given)
            spans = [(period.char_start, period.char_end) for period in scene.periods]
            if spans:
                names = [name for name in names if not any(left <= name.char_start < right for left, right in spans)]
            spans += [(figure.char_start, figure.char_end) for figure in by_sentence.get(scene.number, ())]
            nouns = scene.number in by_sentence or scene.number == 0
            named = mentions_of(text, line, names, sorted(spans), scene.number, nouns)
            found[scene.number] = named, names
            count_names(named, cast, scene.number)
    return found


def _link(
    text: str,
    figures: list[Figure],
    scene: Scene,
    discourse: Discourse,
    plans: dict[int, str],
    published_on: date | None,
    home: str | None,
) -> None:
    """Measure key, indicator, place and target flag, which rest on what, who and when."""
    left = scene.char_start
    for index, figure in enumerate(figures):
        right = figures[index + 1].char_start if index + 1 < len(figures) else scene.char_end
        plan = plans.get(figure.char_start)
        if plan is not None:
            _set_plan_period(figure, plan, discourse)
            if text[figure.char_start - 1 : figure.char_start] == "/" and index:
                figure.what = figures[index - 1].what
        if figure.what:
            figure.measure = measure_key(figure.what)
            if figure.who is None and index + 1 < len(figures) and figures[index + 1].what == figure.what:
                figure.who = figures[index + 1].who
        figure.indicator_id = match_indicator(text, figure, left, right)
        figure.place_id = match_place(figure.who, published_on, home)
        left = figure.char_end


def _plans(text: str, scenes: list[Scene], by_sentence: dict[int, list[Figure]]) -> dict[int, str]:
    """Marks the targets; gives for each, by where it starts, how long a plan it belongs to."""
    plans: dict[int, str] = {}
    for scene in scenes:
        left = scene.char_start
        for figure in by_sentence.get(scene.number, ()):
            plan = plan_of(text, figure, left, scene.char_end)
            if plan is not None:
                figure.is_target = True
                plans[figure.char_start] = plan
            left = figure.char_end
    return plans


def _set_plan_period(figure: Figure, plan: str, discourse: Discourse) -> None:
    """A plan of the year or the term counts for all of it, whatever day its fulfilment is told for."""
    if plan == "term" and discourse.term is not None:
        figure.period_start, figure.period_end = discourse.term
    elif plan == "year" and figure.period_end is not None:
        year = figure.period_end.year
        figure.period_start, figure.period_end = date(year, 1, 1), date(year, 12, 31)
    if figure.period_end is not None and figure.period_source is None:
        figure.period_source = "understood"


def _term(text: str, periods: list[Period]) -> tuple[date | None, date | None] | None:
    for period in periods:
        if period.form == "years" and text.startswith(("nhiệm kỳ", "Nhiệm kỳ"), period.char_start):
            return period.start, period.end
    return None


def _scenes(
    text: str,
    sentences: list[Sentence],
    periods: list[Period],
    by_sentence: dict[int, list[Figure]],
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
        number = sentence.number
        if inside or number in by_sentence or number + 1 in by_sentence or number == 0:
            spans = read_spans(text, inside, start, published_on) if inside else []
            scenes.append(Scene(sentence.number, start, end, paragraph, spans, inside))
    return scenes
