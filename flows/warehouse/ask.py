"""Questions the commands ask of the warehouse."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flows.model import Article
from flows.warehouse.connect import reading


def article_by_id(warehouse: Path, key: str) -> Article | None:
    """The article with this article_id or external_id; of several papers that use one id the newest."""
    with reading(warehouse) as connection:
        row = connection.execute(
            "SELECT external_id, text, source, url, title, author, published_at, place FROM articles "
            "WHERE article_id = $key OR external_id = $key ORDER BY article_id = $key DESC, loaded_at DESC LIMIT 1",
            {"key": key},
        ).fetchone()
    return Article(*row) if row else None


@dataclass(slots=True, frozen=True)
class FailedCheck:
    """A check that did not hold, with the newest review of it, as a person looks at it."""

    check_id: str
    kind: str
    formula: str
    explanation: str
    suggestion: str | None
    confidence: float
    title: str
    statement: str
    verdict: str | None
    note: str | None


def failed_checks(warehouse: Path, *, reviewed: bool = False, limit: int = 20) -> list[FailedCheck]:
    """The inconsistent checks, surest and best explained first: those without a review, or all with theirs."""
    with reading(warehouse) as connection:
        rows = connection.execute(
            """
            WITH newest AS (
                SELECT check_id, arg_max(verdict, review_id) AS verdict, arg_max(note, review_id) AS note
                FROM reviews WHERE check_id IS NOT NULL GROUP BY check_id
            )
            SELECT c.check_id, c.kind, c.formula, c.explanation, c.suggestion, c.confidence,
                   coalesce(a.title, a.external_id),
                   substring(a.text, c.char_start + 1, c.char_end - c.char_start), n.verdict, n.note
            FROM checks AS c
            JOIN articles AS a USING (article_id)
            LEFT JOIN newest AS n USING (check_id)
            WHERE c.verdict = 'inconsistent' AND (? OR n.verdict IS NULL)
            ORDER BY c.confidence DESC, c.suggestion IS NULL, c.check_id
            LIMIT ?
            """,
            [reviewed, limit],
        ).fetchall()
    return [FailedCheck(*row) for row in rows]
