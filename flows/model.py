"""The values the rooms hand to each other. No behaviour beyond what a value says of itself.

Numbers are `decimal.Decimal`, held exactly as printed; offsets are half-open and count code points
of `Article.text`; dates of an interval are inclusive.

These classes are mutable only because building a frozen dataclass costs twice as much and millions
are built; nothing changes one after the room that made it has handed it on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal


@dataclass(slots=True)
class Article:
    """One news article as its source gave it; `text` is NFC and otherwise as given."""

    external_id: str
    text: str
    source: str | None = None
    url: str | None = None
    title: str | None = None
    author: str | None = None
    published_at: datetime | None = None
    place: str | None = None


@dataclass(slots=True)
class Reject:
    """Something that could not be read, and what to do about it."""

    path: str
    reason: str
    message: str
    line: int | None = None


@dataclass(slots=True)
class Sentence:
    """A sentence of a text: its number in reading order and its span."""

    number: int
    char_start: int
    char_end: int


@dataclass(slots=True)
class Period:
    """A date or period named in a text, resolved to an interval.

    `start` is None for a point reached from an unnamed beginning ("tính đến tháng 6-2018"), both
    are None where the words name a time that cannot be resolved ("19h30", "quý 3" of no known year).
    `form` is the name of the rule that read it ("day", "month", "quarter", "year", "clock", …).
    """

    start: date | None
    end: date | None
    char_start: int
    char_end: int
    form: str


@dataclass(slots=True)
class Figure:
    """A number in the text that quantifies something. Attributes are the columns of `figures`.

    `value` is None for a range; a range has `value_low` and `value_high`, an open bound one of them.
    `resolution` is the size of the last printed digit in `unit` (87,8 % → 0.1; 14,60 tỷ USD → 1e7).
    """

    char_start: int
    char_end: int
    surface: str
    kind: str
    value: Decimal | None
    unit: str
    value_low: Decimal | None = None
    value_high: Decimal | None = None
    qualifier: str = "exact"
    direction: str | None = None
    resolution: Decimal = Decimal(1)
    number_end: int = 0
    """Where the numeral with its scale ends; the unit stands between here and `char_end`."""
    number_style: str = "vi"
    """How the digits were read: `vi` (1.234,5), `en` (1,234.5), `words`, or `misprint` (10,381 read as thousands)."""
    unit_source: str = "printed"
    """`printed` beside the number, `shared` with a neighbour in a list, or `understood` from the sentence."""
    sentence_no: int = 0
    what: str | None = None
    measure: str | None = None
    """`what` normalised: the same for the same measure worded alike."""
    who: str | None = None
    indicator_id: str | None = None
    place_id: str | None = None
    is_target: bool = False
    """A plan, target or forecast, not something that has happened."""
    period_start: date | None = None
    period_end: date | None = None
    period_source: str | None = None
    """`printed` in its own sentence, `shared` with a neighbour in a list, or `understood` from other sentences."""
    base_start: date | None = None
    base_end: date | None = None


@dataclass(slots=True)
class Operand:
    """A figure taking part in a check, and as what (part, whole, numerator, new, base, …)."""

    figure: Figure
    role: str


@dataclass(slots=True)
class Check:
    """A relation the text asserts between its figures, computed and judged.

    `verdict` is `consistent`, `truncated`, `inconsistent` or `undetermined`.
    """

    kind: str
    verdict: str
    stated: Figure | None
    operands: list[Operand] = field(default_factory=list)
    stated_value: Decimal | None = None
    computed_value: Decimal | None = None
    computed_low: Decimal | None = None
    computed_high: Decimal | None = None
    formula: str = ""
    explanation: str = ""
    suggestion: str | None = None
    confidence: float = 1.0
    char_start: int = 0
    char_end: int = 0
    """The span of the whole statement, for pages that show it."""
