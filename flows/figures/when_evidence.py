"""What one look at a period and a figure stands for: observations, and their weights as data.

A look is a tuple: its first word says what was looked at, the others what was seen. Each observation that
`seeds/when_evidence.csv` knows adds its weight in thousandths; what one look weighs is summed once and remembered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations

from flows.seeds import read_seed

Look = tuple[object, ...]
"""What is seen together, in the order in which `observations` reads it."""
_SEEN = {
    "e": ("text", "rank", "order", "far", "paragraphs", "role", "after", "periods"),
    "l": ("text", "order", "first", "far", "role", "opens"),
    "p": ("place", "text", "session", "periods", "first", "head", "alone"),
    "none": ("text", "periods", "session", "head", "near"),
    "c": ("text", "trait", "before", "after"),
    "k": ("text", "size", "age", "rank", "periods", "named", "part", "used", "use", "head", "session", "first",
          "latest", "lead"),
    "d": ("text", "form", "far", "mark", "role", "size", "age", "sort", "plan"),
    "v": ("sort", "words", "plan", "unit", "text"),
    "0": ("sort", "words", "plan", "unit", "twin", "kin"),
    "f": ("sort", "trait", "twin", "before", "after"),
}
"""What the looks are at, by their first word: a period named before (e) or soon after (l), the day, month or year of
the publication (p), no period (none), any candidate from its sentence (c) and wherever it is weighed (k); from the
figure: whether the period that its sentence gives may hold (d) or none (v), no period (0) or a candidate (f)."""
_MOST_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class WhenEvidence:
    """A row of `seeds/when_evidence.csv`: how much one observation speaks for a period, in thousandths."""

    KEY = ("observation",)

    observation: str
    weight: int


def observations(look: Look) -> Iterator[str]:
    """The observations that one look stands for: each thing seen, and each two of them together.

    What two things say together is often not what each says alone: a period that opens a paragraph holds, unless it is
    in brackets.

    >>> list(observations(("none", "bare whole", 1, False, True, 2)))[-2:]
    ['none session False & near 2', 'none head True & near 2']
    """
    kind = look[0]
    seen: list[str] = []
    for name, value in zip(_SEEN[str(kind)], look[1:], strict=True):
        if isinstance(value, tuple):
            yield from (f"{kind} word {word}" for word in value)
        else:
            seen.append(f"{name} {value}")
    yield from (f"{kind} {one}" for one in seen)
    yield from (f"{kind} {one} & {other}" for one, other in combinations(seen, 2))


@dataclass(slots=True)
class Scales:
    """The weights, and the sums of looks that have been weighed."""

    weights: dict[str, int]
    words: frozenset[str]
    """The words near a figure that some observation is about."""
    remembered: dict[Look, int] = field(default_factory=dict)

    def weigh(self, look: Look) -> int:
        """What one look weighs."""
        found = self.remembered.get(look)
        if found is None:
            if len(self.remembered) >= _MOST_REMEMBERED:
                self.remembered.clear()
            get = self.weights.get
            found = self.remembered[look] = sum(get(name, 0) for name in observations(look))
        return found


@cache
def seed_scales() -> Scales:
    """The scales with the weights of the seed table."""
    weights = {row.observation: row.weight for row in read_seed("when_evidence", WhenEvidence)}
    parts = [name.split(" ") for name in weights if "word " in name]
    return Scales(weights, frozenset(part[part.index("word") + 1] for part in parts))
