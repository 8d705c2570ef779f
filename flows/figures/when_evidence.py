"""What one look at a period and a figure stands for: observations, and their weights as data.

A look is a tuple: its first word says what was looked at, the others what was seen. Each observation that
`seeds/when_evidence.csv` knows adds its weight in thousandths; what one look weighs is summed once and remembered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from flows.seeds import read_seed

Look = tuple[object, ...]
"""What is seen together, in the order in which `observations` reads it."""
_MOST_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class WhenEvidence:
    """A row of `seeds/when_evidence.csv`: how much one observation speaks for a period, in thousandths."""

    KEY = ("observation",)

    observation: str
    weight: int


def observations(look: Look) -> Iterator[str]:
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
        _, own, trait, before, after = look
        source, length, since = str(trait).split(" ")
        yield f"from {source} {own}"
        yield f"from {source} {length}"
        yield f"from {source} {since}"
        yield f"before {before} {own}"
        yield f"after {after} {own}"
        yield f"before {before} after {after} {length}"
    elif kind == "k":
        _, own, size, age, rank, spread, named, part, used, use, head, session, first, latest, lead = look
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
        yield f"head {head} {own}"
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
        _, sort, told, plan, unit, twin, related = look
        yield f"none kin {related}"
        yield f"none {sort}"
        yield f"none plan {plan}"
        yield f"none unit {unit}"
        yield f"none twin {twin}"
        for word in told:  # type: ignore[attr-defined]
            yield f"none word {word}"
    else:
        _, sort, trait, twin, before, after = look
        source, length, since = str(trait).split(" ")
        yield f"{sort} {length}"
        yield f"{sort} {since}"
        yield f"{sort} from {source}"
        yield f"twin {twin}"
        yield f"kin {before} {after}"
        yield f"kin {before} {after} {length}"


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
