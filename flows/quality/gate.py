"""The gate itself: all rules on the staged rows of a run, and the pages that show what they found."""

from __future__ import annotations

import shutil
from pathlib import Path

from flows.quality.docs import make_offline
from flows.quality.outcome import Outcome
from flows.quality.queries import query_outcomes
from flows.quality.suites import suite_outcomes
from flows.warehouse.connect import Connection
from flows.warehouse.schemas import schemas_folder


def check_staged(connection: Connection, docs: Path | None = None, rules: Path | None = None) -> list[Outcome]:
    """Hold every rule of `schemas/expectations/` (or of the folder `rules`) against the staged rows.

    The pages are built beside `docs` and moved there when they are whole. Raises KhopsoError where a rule
    file is not one.
    """
    rules = rules or schemas_folder() / "expectations"
    outcomes = query_outcomes(connection, rules)
    if docs is None:
        return outcomes + suite_outcomes(connection, rules, None)
    unfinished = docs.with_name(docs.name + ".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    outcomes += suite_outcomes(connection, rules, unfinished)
    make_offline(unfinished, outcomes)
    shutil.rmtree(docs, ignore_errors=True)
    docs.parent.mkdir(parents=True, exist_ok=True)
    unfinished.rename(docs)
    return outcomes
