"""What a rule found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SEVERITIES = ("critical", "warning", "info")


@dataclass(slots=True, frozen=True)
class Outcome:
    """One rule on one table: whether it held, and if not, on how many rows and for instance which."""

    table: str
    rule: str
    severity: str
    held: bool
    note: str
    bad_rows: int = 0
    examples: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Table and rule, as `runs.failed_rules` lists them."""
        return f"{self.table}.{self.rule}"


def failed(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """The rules that did not hold, critical ones first."""
    return sorted((one for one in outcomes if not one.held), key=lambda one: SEVERITIES.index(one.severity))


def closes_gate(outcomes: Iterable[Outcome]) -> bool:
    """Whether a critical rule did not hold."""
    return any(one.severity == "critical" and not one.held for one in outcomes)
