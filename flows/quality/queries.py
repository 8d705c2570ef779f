"""Rules as SQL over all staged rows: each query returns the rows that break its rule.

The first line of a file says what it is: `-- critical figures: No character belongs to two figures.`
"""

from __future__ import annotations

import re
from pathlib import Path

from flows.errors import KhopsoError
from flows.quality.outcome import SEVERITIES, Outcome
from flows.warehouse.connect import Connection

_HEAD = re.compile(rf"-- ({'|'.join(SEVERITIES)}) ([a-z_]+): (.+)")
_EXAMPLES = 5


def query_outcomes(connection: Connection, folder: Path) -> list[Outcome]:
    """Run every query of the folder on the staged views."""
    return [_outcome(connection, file) for file in sorted(folder.glob("*.sql"))]


def _outcome(connection: Connection, file: Path) -> Outcome:
    query = file.read_text(encoding="utf-8").strip().rstrip(";")
    head = _HEAD.fullmatch(query.splitlines()[0] if query else "")
    if head is None:
        raise KhopsoError(
            f"schemas/expectations/{file.name}:1: does not say what it is; begin with "
            "`-- critical figures: What must hold.` (or warning, info)"
        )
    severity, table, note = head.groups()
    rows = connection.execute(f"SELECT * FROM ({query}) LIMIT {_EXAMPLES}").fetchall()
    bad = len(rows)
    if bad == _EXAMPLES:
        count = connection.execute(f"SELECT count(*) FROM ({query})").fetchone()
        bad = int(count[0]) if count else bad
    examples = tuple(" · ".join(str(value) for value in row) for row in rows)
    return Outcome(table, file.stem, severity, not rows, note, bad, examples)
