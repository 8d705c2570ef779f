"""When the sentence of a figure names no period for it: the periods of the rest of the text, weighed.

Candidates are the periods named before it and soon after it, those of its own sentence that its rules passed over,
the day, month and year of the publication, and no period at all. What is seen of a candidate (how far away, in which
role, how long and how old, how often the text names it and how many figures it dates already) and of the figure
(its kind, a plan, words such as "hiện", "mỗi", "sẽ") are observations; each that `seeds/when_evidence.csv` knows adds
its weight in thousandths. Observations that come together are summed once and remembered.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from flows.figures.spans import Scene, Span, role_of
from flows.figures.when import Note
from flows.figures.when_evidence import Look, seed_scales
from flows.model import Figure

Interval = tuple[date | None, date | None]
NO_PERIOD: Interval = (None, None)
_NONE = "-"
_DOUBT_WITHOUT_A_DAY = 1000
"""What speaks against every period, in thousandths, in an article whose day of publication is not known: the weights
were learnt from articles that have one."""
_MOST_EARLIER, _MOST_LATER, _LOOKED_AT = 3, 2, 14
_NO_SETTING = frozenset(("edition", "decade", "same_period", "now", "clock"))
_WORD = re.compile(r"[^\W\d_]+|%")
_OPENERS = ("trong", "vào", "tính", "đến", "từ", "tới", "cũng", "riêng", "chỉ", "theo", "so")


@dataclass(slots=True)
class Mention:
    """A period as one sentence names it."""

    span: Span
    key: Interval
    role: str
    sets: bool
    opens: bool
    last: bool
    before: str
    scene: int
    paragraph: int


@dataclass(slots=True)
class Story:
    """What the whole text says of time: its mentions in order, and the figures that are dated so far."""

    today: date | None
    """The day of publication; where it is not known the last day that the text names."""
    session: bool
    kind: str
    """What kind of text it is: an article, or a few sentences cut out of one."""
    mentions: list[Mention] = field(default_factory=list)
    named: dict[Interval, int] = field(default_factory=dict)
    ranks: dict[Interval, int] = field(default_factory=dict)
    most: Interval = NO_PERIOD
    total: int = 1
    spread: str = "0"
    """How many periods it names, as a word."""
    places: list[int] = field(default_factory=list)
    """The numbers of the sentences of its mentions."""
    heads: set[Interval] = field(default_factory=set)
    leads: set[Interval] = field(default_factory=set)
    first: Interval = NO_PERIOD
    latest: Interval = NO_PERIOD
    """The last of the periods that are over by the day of publication."""
    used: dict[Interval, int] = field(default_factory=dict)
    use: int = 0
    pub: tuple[Interval, ...] = ()
    twins: dict[object, Interval] = field(default_factory=dict)
    kin: dict[tuple[str, str], list[tuple[int, Interval]]] = field(default_factory=dict)
    """Where figures of a kind and unit stand that their sentences date, and the periods of these."""
    traits: dict[Interval, tuple[str, str]] = field(default_factory=dict)
    standings: dict[tuple[Interval, str], Standing] = field(default_factory=dict)


def read_story(scenes: list[Scene], text: str, sentences: int, published_on: date | None, session: bool) -> Story:
    """The mentions of all sentences, counted."""
    cut = sentences <= 4 and "\n" not in text.strip()
    story = Story(published_on, session, "cut" if cut else "session" if session else "whole")
    for scene in scenes:
        spans = [span for span in scene.spans if span.form not in _NO_SETTING]
        for span in spans:
            key = (span.start, span.end)
            role = role_of(span)
            begin = max(scene.char_start, span.char_start - 12)
            before = text[begin : span.char_start].split()
            word = before[-1].lower() if before else "start"
            lead = span.char_start - scene.char_start
            sets = role in ("setting", "bracket")
            story.mentions.append(
                Mention(span, key, role, sets, lead < 4 or (lead < 20 and word in _OPENERS), span is spans[-1],
                        word if len(word) < 9 and word.isalpha() else "-", scene.number, scene.paragraph)
            )
            if sets:
                story.named[key] = story.named.get(key, 0) + 1
                if story.first == NO_PERIOD and not cut:
                    story.first = key
            if scene.number == 0 and not cut:
                story.heads.add(key)
            if scene.number <= 3 and not cut:
                story.leads.add(key)
    if published_on is None and story.mentions:
        story.today = max(mention.span.end for mention in story.mentions)
    if story.today is not None:
        over = [mention for mention in story.mentions if mention.sets and mention.span.end <= story.today]
        if over:
            story.latest = max(over, key=lambda mention: (mention.span.end, mention.span.start or date.min)).key
    above = named = 0
    ranks: dict[int, int] = {}
    for count in sorted(story.named.values(), reverse=True):
        ranks.setdefault(count, above)
        above += 1
        named += count
    story.total = max(named, 1)
    story.spread = _bucket(above, (0, 1, 2, 4))
    story.places = [mention.scene for mention in story.mentions]
    story.most = max(story.named, key=lambda key: story.named[key], default=NO_PERIOD)
    story.ranks = {key: ranks[count] for key, count in story.named.items()}
    if published_on is not None:
        first = published_on.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1) if first.year < 9999 else published_on
        year = published_on.year
        story.pub = (
            (None, published_on), (published_on, published_on), (first, last), (date(year, 1, 1), date(year, 12, 31)),
        )
    return story


def count_use(story: Story, figures: list[Figure]) -> None:
    """Notes which periods the figures have that their own sentences date."""
    for figure in figures:
        if figure.period_end is not None:
            key = (figure.period_start, figure.period_end)
            story.used[key] = story.used.get(key, 0) + 1
            story.use += 1
            story.kin.setdefault((figure.kind, figure.unit), []).append((figure.char_start, key))
            story.twins.setdefault((figure.value, figure.value_high, figure.unit), key)


def _bucket(number: int, cuts: tuple[int, ...]) -> str:
    for cut in cuts:
        if number <= cut:
            return str(cut)
    return "more"


_FAR = tuple(_bucket(number, (1, 2, 3, 5, 9)) for number in range(11))
_PARAGRAPHS = tuple(_bucket(number, (0, 1, 2)) for number in range(4))
_NEAREST = tuple(_bucket(number, (0, 1, 2, 4, 9, 98)) for number in range(100))


def _size(start: date | None, end: date) -> str:
    if start is None:
        return "asof"
    days = (end - start).days
    for most, name in ((0, "day"), (26, "days"), (30, "month"), (88, "months"), (91, "quarter"), (362, "part"),
                       (365, "year")):
        if days <= most:
            return name
    return "years"


def _age(start: date | None, end: date, today: date | None) -> str:
    if today is None:
        return "unknown"
    if start is not None and start > today:
        return "future"
    days = (today - end).days
    for most, name in ((-1, "running"), (0, "today"), (1, "yesterday"), (8, "week"), (45, "recent"), (400, "year"),
                       (1100, "old")):
        if days <= most:
            return name
    return "ancient"


def _traits(story: Story, key: Interval) -> tuple[str, str]:
    found = story.traits.get(key)
    if found is None:
        start, end = key
        assert end is not None
        found = story.traits[key] = (_size(start, end), _age(start, end, story.today))
    return found


@dataclass(slots=True)
class Standing:
    """What is seen of a period wherever the figure stands, and its weight once that is known."""

    look: Look
    size: str
    age: str
    weight: int | None = None


@dataclass(slots=True)
class Candidate:
    """A period that may hold, and the looks of it from its scene: tuples that name observations."""

    key: Interval
    sources: str = ""
    looks: list[Look] = field(default_factory=list)
    trait: str = ""
    """Where it comes from, how long and how old it is, in one word each."""
    standing: Standing | None = None


def candidates_of(story: Story, scene: Scene, figure_before: Interval, figure_after: Interval) -> list[Candidate]:
    """The candidates for a figure of `scene` that its sentence does not date, the empty one first."""
    number, paragraph, spread = scene.number, scene.paragraph, story.spread
    own = ("own " if scene.spans else "bare ") + story.kind
    found: dict[Interval, Candidate] = {}
    mentions, places = story.mentions, story.places
    at = bisect_left(places, number)
    earlier = rank = 0
    for place in range(at - 1, max(-1, at - 1 - _LOOKED_AT), -1):
        mention = mentions[place]
        if mention.key in found:
            continue
        earlier += 1
        rank += mention.sets
        look = (
            "e", own, min(rank, 3) if mention.sets else 0, earlier, _FAR[min(number - mention.scene, 10)],
            _PARAGRAPHS[min(paragraph - mention.paragraph, 3)], mention.role, mention.before, spread,
        )
        found[mention.key] = Candidate(mention.key, "e" if mention.sets else "f", [look])
        if earlier == _MOST_EARLIER:
            break
    later = 0
    for place in range(at, min(at + _LOOKED_AT, len(mentions))):
        mention = mentions[place]
        if mention.role == "compared" or (mention.role == "report" and mention.scene != number):
            continue
        candidate = found.get(mention.key)
        if candidate is None:
            candidate = found[mention.key] = Candidate(mention.key)
        if mention.scene == number:
            source = "b" if mention.role == "bracket" else "s"
            if source not in candidate.sources:
                candidate.sources += source
        else:
            later += 1
            candidate.sources += "l"
            far = _FAR[min(mention.scene - number, 10)]
            candidate.looks.append(("l", own, later, not at, far, mention.role, mention.opens))
            if later == _MOST_LATER:
                break
    if story.most not in found and story.most != NO_PERIOD:
        found[story.most] = Candidate(story.most)
    for index, key in enumerate(story.pub):
        candidate = found.get(key)
        if candidate is None:
            candidate = found[key] = Candidate(key, "p")
        else:
            candidate.sources += "p"
        alone = candidate.sources == "p"
        candidate.looks.append(("p", index, own, story.session, spread, not at, number <= 1, alone))
    for key in (figure_before, figure_after):
        if key not in found and key != NO_PERIOD:
            found[key] = Candidate(key)
    nearest = _NEAREST[min(number - places[at - 1], 99) if at else 99]
    result = [Candidate(NO_PERIOD, "none", [("none", own, spread, story.session, number <= 1, nearest)])]
    for key, candidate in found.items():
        standing = story.standings.get((key, own))
        if standing is None:
            standing = story.standings[key, own] = _standing(story, key, own)
        sources = candidate.sources if len(candidate.sources) < 2 else _SORTED[candidate.sources]
        candidate.standing = standing
        candidate.trait = f"{sources or _NONE} {standing.size} {standing.age}"
        candidate.looks.append(("c", own, candidate.trait, key == figure_before, key == figure_after))
        result.append(candidate)
    return result


def _standing(story: Story, key: Interval, own: str) -> Standing:
    size, age = _traits(story, key)
    named, used = story.named.get(key, 0), story.used.get(key, 0)
    return Standing(
        (
            "k", own, size, age, _bucket(story.ranks.get(key, 99), (0, 1, 3, 98)), story.spread, min(named, 3),
            4 * named // story.total, min(used, 3), 4 * used // max(story.use, 1), key in story.heads, story.session,
            key == story.first, key == story.latest, key in story.leads,
        ),
        size,
        age,
    )


class _Sorted(dict[str, str]):
    """The letters of a candidate's sources in order, each once."""

    def __missing__(self, sources: str) -> str:
        ordered = self[sources] = "".join(sorted(set(sources)))
        return ordered


_SORTED = _Sorted()


def look_of(text: str, figure: Figure, scene: Scene, known: frozenset[str]) -> tuple[str, tuple[str, ...], bool, str]:
    """What of a figure itself tells for or against a period: its kind, the words about it, whether it is a plan."""
    begin, end = max(scene.char_start, figure.char_start - 45), min(scene.char_end, figure.char_end + 25)
    words = _WORD.findall(text[begin : figure.char_start].lower()) + _WORD.findall(text[figure.char_end : end].lower())
    told = tuple(sorted(known.intersection(words)))
    sort = figure.kind + ("+" if figure.direction else "")
    plan = figure.is_target
    unit = figure.unit[:14] if figure.kind != "count" else figure.unit.split(" ")[-1]
    return sort, told, plan, unit.strip() or _NONE


def date_the_undated(
    text: str,
    scenes: list[Scene],
    story: Story,
    undated: dict[int, list[Figure]],
    dated: dict[int, list[Figure]],
    notes: dict[int, Note],
) -> None:
    """Gives each figure of `undated` (by sentence) the candidate that weighs most; takes back what is doubtful."""
    scales = seed_scales()
    weigh = scales.weigh
    for scene in scenes:
        for figure in dated.get(scene.number, ()):
            no, given = doubt_of(text, figure, scene, story, notes[figure.char_start], scales.words)
            if weigh(no) > weigh(given):
                figure.period_start, figure.period_end = NO_PERIOD
    for scene, candidates in choices(scenes, story, undated, dated):
        bases = [_base(candidate, weigh) for candidate in candidates]
        for figure in undated[scene.number]:
            best, most = NO_PERIOD, -(10**9)
            looks = figure_looks(text, figure, scene, story, candidates, scales.words)
            for candidate, base, look in zip(candidates, bases, looks, strict=True):
                weight = base + weigh(look)
                if candidate.key == NO_PERIOD and not story.pub:
                    weight += _DOUBT_WITHOUT_A_DAY
                if weight > most:
                    best, most = candidate.key, weight
            figure.period_start, figure.period_end = best


def _base(candidate: Candidate, weigh: Callable[[Look], int]) -> int:
    weight = 0
    for look in candidate.looks:
        weight += weigh(look)
    standing = candidate.standing
    if standing is None:
        return weight
    if standing.weight is None:
        standing.weight = weigh(standing.look)
    return weight + standing.weight


def doubt_of(
    text: str, figure: Figure, scene: Scene, story: Story, note: Note, known: frozenset[str]
) -> tuple[Look, Look]:
    """A figure that its sentence dates: what speaks for no period, and what for the one it has."""
    sort, told, plan, unit = look_of(text, figure, scene, known)
    traits = _traits(story, (figure.period_start, figure.period_end))
    return ("v", sort, told, plan, unit, story.kind), ("d", story.kind, *note, *traits, sort, plan)


def _start_of(kin: tuple[int, Interval]) -> int:
    return kin[0]


def figure_looks(
    text: str, figure: Figure, scene: Scene, story: Story, candidates: list[Candidate], known: frozenset[str]
) -> list[Look]:
    """How each of the candidates looks from the figure itself."""
    sort, told, plan, unit = look_of(text, figure, scene, known)
    twin = story.twins.get((figure.value, figure.value_high, figure.unit), NO_PERIOD)
    before = after = NO_PERIOD
    kin = story.kin.get((figure.kind, figure.unit))
    if kin:
        at = bisect_left(kin, figure.char_start, key=_start_of)
        before = kin[at - 1][1] if at else NO_PERIOD
        after = kin[at][1] if at < len(kin) else NO_PERIOD
    related = f"{'before' * (before != NO_PERIOD)}{'after' * (after != NO_PERIOD)}" or _NONE
    looks: list[Look] = [("0", sort, told, plan, unit, twin != NO_PERIOD, related)]
    looks += [
        ("f", sort, candidate.trait, candidate.key == twin, candidate.key == before, candidate.key == after)
        for candidate in candidates[1:]
    ]
    return looks


def choices(
    scenes: list[Scene], story: Story, undated: dict[int, list[Figure]], dated: dict[int, list[Figure]]
) -> Iterator[tuple[Scene, list[Candidate]]]:
    """Each sentence with figures that are not dated, and the candidates for them."""
    before: Interval = NO_PERIOD
    following: dict[int, Interval] = {}
    coming: Interval = NO_PERIOD
    for scene in reversed(scenes):
        following[scene.number] = coming
        for figure in dated.get(scene.number, ())[:1]:
            coming = (figure.period_start, figure.period_end)
    for scene in scenes:
        here = dated.get(scene.number)
        if here:
            before = (here[-1].period_start, here[-1].period_end)
        if scene.number in undated:
            yield scene, candidates_of(story, scene, before, following[scene.number])
