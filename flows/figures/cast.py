"""Who has been spoken of in an article, how it treats them, and of whom its figures were."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field

from flows.figures.mentions import Mention

_MOST_LEADING = 2
MOST_COUNTED, IS_MOST, SUBJECT, IN_HEADLINE, IS_PART, GIVEN = 7, 8, 16, 64, 128, 256
"""The parts of a rank: how often named (0–7), most often of all, how often a subject (0–2), in the headline, part of a
longer name; and what is added where it is looked up: how often given before (0–3)."""


@dataclass(slots=True)
class Cast:
    """Who has been spoken of in the article so far, and of whom its figures were."""

    known: Container[str]
    """Words that are names of the article wherever they stand."""
    recent: list[Mention] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    most: int = 0
    headline: set[str] = field(default_factory=set)
    subjects: dict[str, int] = field(default_factory=dict)
    """How often each key is the subject of a sentence of the article."""
    given: dict[str, int] = field(default_factory=dict)
    longer: set[str] = field(default_factory=set)
    """The keys that are part of a longer name of the article."""
    named: list[Mention] = field(default_factory=list)
    """The names of the article, each where it stands first."""
    leading: list[Mention] | None = None
    """The names it has most often, asked for when all are counted."""
    ranks: dict[str, int] = field(default_factory=dict)
    """What `rank` has found for each key."""
    previous: Mention | None = None
    """Whom the figure before is about."""
    before: Mention | None = None
    """Whom the last figure of the sentence before is about."""

    def leads(self) -> list[Mention]:
        """The names that stand most often in the article, if more than once."""
        if self.leading is None:
            often = [mention for mention in self.named if self.counts[mention.key] > 1]
            often.sort(key=lambda mention: self.counts[mention.key], reverse=True)
            self.leading = often[:_MOST_LEADING]
        return self.leading

    def rank(self, key: str) -> int:
        """How the article treats `key`, as one number; asked for when all its names are counted."""
        count, subjects = self.counts.get(key, 0), self.subjects.get(key, 0)
        rank = count if count < MOST_COUNTED else MOST_COUNTED
        if count == max(self.most, 2):
            rank += IS_MOST
        if subjects:
            rank += SUBJECT * min(subjects, 2)
        if key in self.headline:
            rank += IN_HEADLINE
        if key in self.longer:
            rank += IS_PART
        self.ranks[key] = rank
        return rank
