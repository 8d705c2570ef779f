"""When the sentence of a figure names no period for it: the periods of the rest of the text, weighed.

Candidates are the periods named before it and soon after it, those of its own sentence that its rules passed over,
the day, month and year of the publication, and no period at all. What is seen of a candidate (how far away, in which
role, how long and how old, how often the text names it and how many figures it dates already) and of the figure
(its kind, a plan, words such as "hiện", "mỗi", "sẽ") are observations; each that `seeds/when_evidence.csv` knows adds
its weight in thousandths. Observations that come together are summed once and remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from flows.figures.spans import Scene, Span, role_of
from flows.figures.when import Note
from flows.model import Figure
from flows.seeds import read_seed

Interval = tuple[date | None, date | None]
NO_PERIOD: Interval = (None, None)
_MOST_REMEMBERED = 20_000
_MOST_EARLIER, _MOST_LATER = 5, 2
_NO_SETTING = frozenset(("edition", "decade", "same_period", "now", "clock"))
_WORD = re.compile(r"[^\W\d_]+|%")
_OPENERS = ("trong", "vào", "tính", "đến", "từ", "tới", "cũng", "riêng", "chỉ", "theo", "so")


@dataclass(frozen=True, slots=True)
class WhenEvidence:
    """A row of `seeds/when_evidence.csv`: how much one observation speaks for a period, in thousandths."""

    KEY = ("observation",)

    observation: str
    weight: int


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
    heads: set[Interval] = field(default_factory=set)
    leads: set[Interval] = field(default_factory=set)
    first: Interval = NO_PERIOD
    latest: Interval = NO_PERIOD
    """The last of the periods that are over by the day of publication."""
    used: dict[Interval, int] = field(default_factory=dict)
    use: int = 0
    pub: tuple[Interval, ...] = ()
    twins: dict[object, Interval] = field(default_factory=dict)
    traits: dict[Interval, tuple[str, str]] = field(default_factory=dict)


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
    counts = sorted(story.named.values(), reverse=True)
    story.most = max(story.named, key=lambda key: story.named[key], default=NO_PERIOD)
    story.ranks = {key: counts.index(count) for key, count in story.named.items()}
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
            story.twins.setdefault((figure.value, figure.value_high, figure.unit), key)


def _bucket(number: int, cuts: tuple[int, ...]) -> str:
    for cut in cuts:
        if number <= cut:
            return str(cut)
    return "more"


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
class Candidate:
    """A period that may hold, and the looks of it from its scene: tuples that name observations."""

    key: Interval
    sources: str = ""
    looks: list[tuple[object, ...]] = field(default_factory=list)
    traits: tuple[str, str] = ("", "")


def candidates_of(
    story: Story, scene: Scene, figure_before: Interval, figure_after: Interval
) -> list[Candidate]:
    """The candidates for a figure of `scene` that its sentence does not date, the empty one first."""
    number, paragraph = scene.number, scene.paragraph
    own = ("own " if scene.spans else "bare ") + story.kind
    spread = _bucket(len(story.named), (0, 1, 2, 4))
    found: dict[Interval, Candidate] = {}

    def of(key: Interval) -> Candidate:
        candidate = found.get(key)
        if candidate is None:
            candidate = found[key] = Candidate(key)
        return candidate

    mentions = story.mentions
    at = len(mentions)
    while at and mentions[at - 1].scene >= number:
        at -= 1
    earlier = later = 0
    seen: set[Interval] = set()
    setting = ""
    for mention in reversed(mentions[max(0, at - 14) : at]):
        if mention.key in seen:
            continue
        seen.add(mention.key)
        earlier += 1
        if mention.sets and len(setting) < 3:
            setting += "s"
        rank = len(setting) if mention.sets else 0
        candidate = of(mention.key)
        candidate.sources += "e" if mention.sets else "f"
        candidate.looks.append(
            ("e", own, min(rank, 3), min(earlier, 4), _bucket(number - mention.scene, (1, 2, 3, 5, 9)),
             _bucket(paragraph - mention.paragraph, (0, 1, 2)), mention.role, mention.before, spread)
        )
        if earlier == _MOST_EARLIER:
            break
    nearest = number - mentions[at - 1].scene if at else 99
    for mention in mentions[at:]:
        if mention.scene == number:
            candidate = of(mention.key)
            if "s" not in candidate.sources:
                candidate.sources += "s"
        elif mention.role not in ("compared", "report") and "l" not in of(mention.key).sources:
            later += 1
            candidate = of(mention.key)
            candidate.sources += "l"
            candidate.looks.append(
                ("l", own, later, not at, _bucket(mention.scene - number, (1, 2, 3, 5, 9)), mention.role, mention.opens)
            )
            if later == _MOST_LATER:
                break
    if story.most != NO_PERIOD:
        of(story.most)
    for index, key in enumerate(story.pub):
        candidate = of(key)
        candidate.sources += "p"
        candidate.looks.append(("p", index, own, story.session, spread, not at, number <= 1, candidate.sources == "p"))
    for key in (figure_before, figure_after):
        if key[1] is not None:
            of(key)
    empty = Candidate(NO_PERIOD, "none")
    empty.looks.append(("none", own, spread, story.session, number <= 1, _bucket(nearest, (0, 1, 2, 4, 9, 98))))
    result = [empty]
    share = max(story.use, 1)
    total = max(sum(story.named.values()), 1)
    for key, candidate in found.items():
        if key[1] is None:
            continue
        size, age = candidate.traits = _traits(story, key)
        sources = candidate.sources if candidate.sources in _SOURCES else "".join(sorted(set(candidate.sources)))
        candidate.sources = sources
        used = story.used.get(key, 0)
        named = story.named.get(key, 0)
        candidate.looks.append(
            ("c", own, sources, size, age, _bucket(story.ranks.get(key, 99), (0, 1, 3, 98)), spread,
             min(named, 3), 4 * named // total, min(used, 3), 4 * used // share, key in story.heads,
             key == figure_before, key == figure_after, story.session, key == story.first, key == story.latest,
             key in story.leads)
        )
        result.append(candidate)
    return result


_SOURCES = frozenset(("e", "f", "l", "p", "s", ""))


def observations(look: tuple[object, ...]) -> Iterator[str]:
    """The observations that one look of a candidate stands for."""
    kind = look[0]
    if kind == "e":
        _, own, rank, order, far, paragraphs, role, before, spread = look
        yield f"earlier {own} {role} rank {rank}"
        yield f"earlier {own} {role} order {order}"
        yield f"earlier {own} rank {rank} of {spread}"
        yield f"earlier {own} rank {rank} far {far}"
        yield f"earlier {own} {role} far {far}"
        yield f"earlier {own} paragraphs {paragraphs} rank {rank}"
        yield f"earlier {own} paragraphs {paragraphs} far {far}"
        yield f"earlier after {before}"
    elif kind == "l":
        _, own, order, first, far, role, opens = look
        yield f"later {own} {order} first {first}"
        yield f"later {order} far {far} first {first}"
        yield f"later {role} first {first}"
        yield f"later {own} opens {opens} first {first}"
    elif kind == "p":
        _, index, own, session, spread, first, head, alone = look
        name = ("asof", "day", "month", "year")[int(str(index))]
        yield f"published {name} {own}"
        yield f"published {name} session {session}"
        yield f"published {name} of {spread}"
        yield f"published {name} first {first}"
        yield f"published {name} head {head}"
        yield f"published {name} alone {alone} {own}"
    elif kind == "none":
        _, own, spread, session, head, near = look
        yield f"none {own}"
        yield f"none {own} of {spread}"
        yield f"none session {session}"
        yield f"none head {head} {own}"
        yield f"none near {near} {own}"
    elif kind == "c":
        (_, own, sources, size, age, rank, spread, named, part, used, use, head, before, after, session,
         first, latest, lead) = look
        yield f"first {first} {own}"
        yield f"first {first} latest {latest} {size}"
        yield f"latest {latest} {own}"
        yield f"latest {latest} rank {rank}"
        yield f"lead {lead} {own}"
        yield f"lead {lead} latest {latest} {age}"
        yield f"named rank {rank} {own}"
        yield f"named rank {rank} of {spread}"
        yield f"named {named} {own}"
        yield f"named part {part} {own}"
        yield f"used {used} {own}"
        yield f"used part {use} {own}"
        yield f"used part {use} rank {rank}"
        yield f"from {sources} {own}"
        yield f"from {sources} {size}"
        yield f"from {sources} {age}"
        yield f"head {head} {own}"
        yield f"before {before} {own}"
        yield f"after {after} {own}"
        yield f"before {before} after {after} {size}"
        yield f"session {session} {size} {age}"
    elif kind == "d":
        _, text_kind, form, far, mark, role, size, age, sort, plan = look
        yield f"dated {text_kind}"
        yield f"dated {form} {text_kind}"
        yield f"dated {form} {far}"
        yield f"dated {far} {mark}"
        yield f"dated {form} {mark}"
        yield f"dated {role} {text_kind}"
        yield f"dated {role} {form}"
        yield f"dated {size} {age}"
        yield f"dated {sort} {form}"
        yield f"dated {sort} {role}"
        yield f"dated {sort} {far}"
        yield f"dated plan {plan} {form}"
    elif kind == "v":
        _, sort, told, plan, unit, text_kind = look
        yield f"veto {sort} {text_kind}"
        yield f"veto unit {unit}"
        yield f"veto plan {plan}"
        for word in told:  # type: ignore[attr-defined]
            yield f"veto word {word}"
    elif kind == "0":
        _, sort, told, plan, unit, twin = look
        yield f"none {sort}"
        yield f"none plan {plan}"
        yield f"none unit {unit}"
        yield f"none twin {twin}"
        for word in told:  # type: ignore[attr-defined]
            yield f"none word {word}"
    else:
        _, sort, sources, size, age, twin = look
        yield f"{sort} {size}"
        yield f"{sort} {age}"
        yield f"{sort} from {sources}"
        yield f"twin {twin}"


def look_of(text: str, figure: Figure, scene: Scene, known: frozenset[str]) -> tuple[str, tuple[str, ...], bool, str]:
    """What of a figure itself tells for or against a period: its kind, the words about it, whether it is a plan."""
    begin, end = max(scene.char_start, figure.char_start - 45), min(scene.char_end, figure.char_end + 25)
    words = _WORD.findall(text[begin : figure.char_start].lower()) + _WORD.findall(text[figure.char_end : end].lower())
    told = tuple(sorted(known.intersection(words)))
    sort = figure.kind + ("+" if figure.direction else "")
    plan = figure.is_target
    return sort, told, plan, figure.unit[:14] if figure.kind != "count" else figure.unit.split(" ")[-1]


@dataclass(slots=True)
class Scales:
    """The weights, and the sums of looks that have been weighed."""

    weights: dict[str, int]
    words: frozenset[str]
    """The words near a figure that some observation is about."""
    remembered: dict[tuple[object, ...], int] = field(default_factory=dict)

    def weigh(self, look: tuple[object, ...]) -> int:
        """What one look weighs."""
        found = self.remembered.get(look)
        if found is None:
            if len(self.remembered) >= _MOST_REMEMBERED:
                self.remembered.clear()
            get = self.weights.get
            found = self.remembered[look] = sum(get(name, 0) for name in observations(look))
        return found


@cache
def _scales() -> Scales:
    weights = {row.observation: row.weight for row in read_seed("when_evidence", WhenEvidence)}
    parts = [name.split(" ") for name in weights if "word " in name]
    return Scales(weights, frozenset(part[part.index("word") + 1] for part in parts))


def date_the_undated(
    text: str,
    scenes: list[Scene],
    story: Story,
    undated: dict[int, list[Figure]],
    dated: dict[int, list[Figure]],
    notes: dict[int, Note],
) -> None:
    """Gives each figure of `undated` (by sentence) the candidate that weighs most; takes back what is doubtful."""
    scales = _scales()
    for figure, views in doubts_of(text, scenes, story, dated, notes, scales.words):
        if scales.weigh(views[0][1][0]) > scales.weigh(views[1][1][0]):
            figure.period_start, figure.period_end = NO_PERIOD
    for figure, views in views_of(text, scenes, story, undated, dated, scales.words):
        best, most = NO_PERIOD, -(10**9)
        for key, looks in views:
            weight = sum([scales.weigh(look) for look in looks])
            if weight > most:
                best, most = key, weight
        figure.period_start, figure.period_end = best


Views = list[tuple[Interval, list[tuple[object, ...]]]]


def doubts_of(
    text: str,
    scenes: list[Scene],
    story: Story,
    dated: dict[int, list[Figure]],
    notes: dict[int, Note],
    known: frozenset[str],
) -> Iterator[tuple[Figure, Views]]:
    """Each figure that its sentence dates: no period against that one."""
    for scene in scenes:
        for figure in dated.get(scene.number, ()):
            key = (figure.period_start, figure.period_end)
            sort, told, plan, unit = look_of(text, figure, scene, known)
            given = ("d", story.kind, *notes[figure.char_start], *_traits(story, key), sort, plan)
            yield figure, [(NO_PERIOD, [("v", sort, told, plan, unit, story.kind)]), (key, [given])]


def views_of(
    text: str,
    scenes: list[Scene],
    story: Story,
    undated: dict[int, list[Figure]],
    dated: dict[int, list[Figure]],
    known: frozenset[str],
) -> Iterator[tuple[Figure, Views]]:
    """Each figure without a period, and its candidates with what is seen of them."""
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
        left = undated.get(scene.number)
        if not left:
            continue
        candidates = candidates_of(story, scene, before, following[scene.number])
        for figure in left:
            sort, told, plan, unit = look_of(text, figure, scene, known)
            twin = story.twins.get((figure.value, figure.value_high, figure.unit), NO_PERIOD)
            views: Views = []
            for candidate in candidates:
                if candidate.key == NO_PERIOD:
                    own: tuple[object, ...] = ("0", sort, told, plan, unit, twin != NO_PERIOD)
                else:
                    own = ("f", sort, candidate.sources, *candidate.traits, candidate.key == twin)
                views.append((candidate.key, [*candidate.looks, own]))
            yield figure, views
