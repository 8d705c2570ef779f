"""What people find: verdicts on checks and figures. Rows are only ever added; the newest of a subject counts."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path

from flows.errors import UsageError
from flows.warehouse.connect import writing
from flows.warehouse.migrate import migrate

VERDICTS = ("paper_erred", "misread", "fine")


def add_review(warehouse: Path, subject_id: str, verdict: str, note: str | None, reviewer: str) -> str:
    """Write a person's verdict on a check or figure; the formula or surface it was given on.

    Raises UsageError where the warehouse has no such check or figure.
    """
    if not warehouse.exists():
        raise UsageError(f"review: {warehouse}: is not there; run `khopso ingest PATH` first")
    migrate(warehouse)
    column = "figure_id" if ":" in subject_id else "check_id"
    now = datetime.now(UTC)
    with writing(warehouse) as connection:
        row = connection.execute(
            "SELECT formula FROM checks WHERE check_id = $id "
            "UNION ALL SELECT surface FROM figures WHERE figure_id = $id",
            {"id": subject_id},
        ).fetchone()
        if row is None:
            raise UsageError(f"review: {subject_id}: is no check or figure of {warehouse}; list them: khopso review")
        connection.execute(
            f"INSERT INTO reviews BY NAME SELECT ? AS review_id, ? AS {column}, ? AS verdict, ? AS note, "
            "? AS subject, ? AS reviewer, ? AS reviewed_at",
            [f"{now:%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}", subject_id, verdict, note, row[0], reviewer,
             now.replace(tzinfo=None)],
        )
    return str(row[0])
