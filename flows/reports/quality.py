"""The quality page: what was read, how the checks came out, and each check that failed with its sentence."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flows.reports.excerpts import Mark, Piece, excerpt
from flows.reports.pages import read_template, script_hash, write_page
from flows.warehouse.connect import Connection

VERDICTS = ("consistent", "truncated", "inconsistent", "undetermined")
FAILED_SHOWN = 200
_GATHERING = ("implied_base",)
_GATHERED = ("ratio", "complement", "sum", "integrality")
REJECTS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Reading:
    """The sentences of one article that a check rests on."""

    article_id: str
    title: str
    source: str | None
    url: str | None
    published_at: datetime | None
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class FailedCheck:
    """A check whose statement does not fit, ready to be shown."""

    check_id: str
    kind: str
    formula: str
    explanation: str
    suggestion: str | None
    confidence: float
    readings: list[Reading]
    related: list[dict[str, Any]]
    """Checks that fail for the same reason, so that a reviewer decides once."""

    @property
    def source(self) -> str:
        """The paper that states it."""
        return self.readings[0].source or ""


@dataclass(frozen=True, slots=True)
class KindRow:
    """How the checks of one kind came out."""

    kind: str
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """Checks of this kind."""
        return sum(self.counts.values())


def write_quality_page(connection: Connection, folder: Path, shown: int = FAILED_SHOWN) -> list[Path]:
    """Write `index.html` (at most `shown` failed checks) and `failed_checks.csv` (all); the paths written."""
    rows = _failed_rows(connection)
    kinds = checks_by_kind(connection)
    script = read_template("filter.js")
    leaders, followers = _gathered(connection, rows)
    failed = failed_checks(connection, [row["check_id"] for row in leaders[:shown]], followers)
    page = write_page(
        folder,
        "index.html",
        "quality.html.j2",
        totals=_totals(connection),
        run=_last_run(connection),
        kinds=kinds,
        verdicts=VERDICTS,
        failed=failed,
        cards_total=len(leaders),
        failed_total=len(rows),
        failed_kinds=sorted({check.kind for check in failed}),
        failed_sources=sorted({check.source for check in failed}),
        rejects=_dicts(
            connection,
            f"""
            SELECT path, line, reason, message FROM rejects ORDER BY path, line NULLS FIRST, reject_id
            LIMIT {REJECTS_SHOWN}""",
        ),
        reject_reasons=_dicts(
            connection, "SELECT reason, count(*) AS n FROM rejects GROUP BY reason ORDER BY n DESC, reason"
        ),
        sources=_by_source(connection),
        has_data_docs=(folder / "expectations" / "index.html").exists(),
        script=script,
        script_source=script_hash(script),
    )
    return [page, _write_failed_csv(folder, rows)]


def checks_by_kind(connection: Connection) -> list[KindRow]:
    """How the checks came out, kind by kind, the most frequent kind first."""
    counts: dict[str, dict[str, int]] = {}
    for kind, verdict, number in connection.execute(
        "SELECT kind, verdict, count(*) FROM checks GROUP BY kind, verdict"
    ).fetchall():
        counts.setdefault(kind, dict.fromkeys(VERDICTS, 0))[verdict] = number
    rows = [KindRow(kind, found) for kind, found in counts.items()]
    return sorted(rows, key=lambda row: (-row.total, row.kind))


def failed_checks(
    connection: Connection, check_ids: Sequence[str], related: Mapping[str, list[dict[str, Any]]] | None = None
) -> list[FailedCheck]:
    """The checks of `check_ids`, in that order, each with the sentences it rests on and those that fail with it."""
    if not check_ids:
        return []
    wanted = list(check_ids)
    checks = {
        row["check_id"]: row
        for row in _dicts(connection, "SELECT * FROM checks WHERE check_id IN (SELECT unnest(?))", [wanted])
    }
    marks: dict[str, dict[str, list[Mark]]] = {check_id: {} for check_id in checks}
    for row in _dicts(
        connection,
        """
        SELECT c.check_id, f.article_id, f.char_start, f.char_end, 'stated' AS role, -1 AS position
        FROM checks AS c JOIN figures AS f ON f.figure_id = c.stated_figure_id
        WHERE c.check_id IN (SELECT unnest(?))
        UNION ALL
        SELECT o.check_id, f.article_id, f.char_start, f.char_end, o.role, o.position
        FROM check_operands AS o JOIN figures AS f USING (figure_id)
        WHERE o.check_id IN (SELECT unnest(?))
        ORDER BY position""",
        [wanted, wanted],
    ):
        mark = Mark(row["char_start"], row["char_end"], row["role"])
        marks[row["check_id"]].setdefault(row["article_id"], []).append(mark)
    for check_id, row in checks.items():
        if not marks[check_id]:
            marks[check_id][row["article_id"]] = [Mark(row["char_start"], row["char_end"], "statement")]
    articles = {
        row["article_id"]: row
        for row in _dicts(
            connection,
            """
        SELECT article_id, coalesce(title, external_id) AS title, source, url, published_at, text FROM articles
        WHERE article_id IN (SELECT unnest(?))""",
            [sorted({key for found in marks.values() for key in found})],
        )
    }
    return [
        _failed_check(checks[key], marks[key], articles, (related or {}).get(key, []))
        for key in wanted
        if key in checks
    ]


def _failed_check(
    row: dict[str, Any],
    marks: dict[str, list[Mark]],
    articles: dict[str, dict[str, Any]],
    related: list[dict[str, Any]],
) -> FailedCheck:
    own_first = sorted(marks, key=lambda article_id: (article_id != row["article_id"], article_id))
    readings = [
        Reading(
            key,
            article["title"],
            article["source"],
            article["url"],
            article["published_at"],
            excerpt(article["text"], marks[key]),
        )
        for key in own_first
        if (article := articles.get(key))
    ]
    return FailedCheck(
        row["check_id"],
        row["kind"],
        row["formula"],
        row["explanation"],
        row["suggestion"],
        row["confidence"],
        readings,
        related,
    )


def _gathered(
    connection: Connection, rows: list[dict[str, Any]]
) -> tuple[list[dict[str, Any]], dict[str, list[dict[str, Any]]]]:
    """The failed checks to show, and by their `check_id` those that fail with them.

    Where all percentages of a list are taken from another base than the printed one, each of their ratios fails
    too; they stand under the one check that names the base they fit.
    """
    figures: dict[str, set[str]] = {}
    for check_id, figure_id in connection.execute("""
        SELECT check_id, stated_figure_id FROM checks WHERE verdict = 'inconsistent' AND stated_figure_id IS NOT NULL
        UNION ALL
        SELECT o.check_id, o.figure_id FROM check_operands AS o JOIN checks AS c USING (check_id)
        WHERE c.verdict = 'inconsistent'""").fetchall():
        figures.setdefault(check_id, set()).add(figure_id)
    gathered: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if row["kind"] in _GATHERED:
            gathered.setdefault(row["article_id"], []).append(row)
    followers: dict[str, list[dict[str, Any]]] = {}
    led: set[str] = set()
    for leader in (row for row in rows if row["kind"] in _GATHERING):
        reach = figures.get(leader["check_id"], set())
        for row in gathered.get(leader["article_id"], []):
            key = row["check_id"]
            if key not in led and len(figures.get(key, set()) & reach) >= 2:
                led.add(key)
                followers.setdefault(leader["check_id"], []).append(row)
    return [row for row in rows if row["check_id"] not in led], followers


def _failed_rows(connection: Connection) -> list[dict[str, Any]]:
    """Every failed check with its article, those most likely to be real first."""
    return _dicts(
        connection,
        """
        SELECT c.check_id, c.article_id, c.kind, c.formula, c.explanation, c.suggestion, c.confidence,
               a.title, a.source, a.published_at, a.url, a.external_id
        FROM checks AS c JOIN articles AS a USING (article_id)
        WHERE c.verdict = 'inconsistent'
        ORDER BY c.confidence DESC, a.published_at DESC NULLS LAST, c.check_id""",
    )


def _write_failed_csv(folder: Path, rows: list[dict[str, Any]]) -> Path:
    columns = [
        "check_id",
        "kind",
        "formula",
        "explanation",
        "suggestion",
        "confidence",
        "title",
        "source",
        "published_at",
        "url",
        "external_id",
    ]
    path = folder / "failed_checks.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, columns)
        writer.writeheader()
        writer.writerows({name: _safe_cell(row[name]) for name in columns} for row in rows)
    return path


def _safe_cell(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula is kept a text by a leading apostrophe."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _totals(connection: Connection) -> dict[str, int]:
    row = _dicts(
        connection,
        """
        SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM figures) AS figures,
               (SELECT count(*) FROM checks) AS checks,
               (SELECT count(*) FROM checks WHERE verdict = 'inconsistent') AS failed,
               (SELECT count(DISTINCT article_id) FROM checks WHERE verdict = 'inconsistent') AS articles_failed,
               (SELECT count(*) FROM rejects) AS rejects,
               (SELECT count(*) FROM trend_series WHERE points > 1) AS series""",
    )[0]
    return {name: int(value) for name, value in row.items()}


def _last_run(connection: Connection) -> dict[str, Any] | None:
    rows = _dicts(connection, "SELECT * FROM runs ORDER BY started_at DESC, run_id LIMIT 1")
    return rows[0] if rows else None


def _by_source(connection: Connection) -> list[dict[str, Any]]:
    return _dicts(
        connection,
        """
        SELECT coalesce(a.source, '') AS source, count(*) AS articles, sum(f.figures)::BIGINT AS figures,
               sum(c.checks)::BIGINT AS checks, sum(c.failed)::BIGINT AS failed,
               min(a.published_at) AS first_at, max(a.published_at) AS last_at
        FROM articles AS a
        LEFT JOIN (SELECT article_id, count(*) AS figures FROM figures GROUP BY article_id) AS f USING (article_id)
        LEFT JOIN (SELECT article_id, count(*) AS checks, count(*) FILTER (verdict = 'inconsistent') AS failed
                   FROM checks GROUP BY article_id) AS c USING (article_id)
        GROUP BY ALL ORDER BY articles DESC, source LIMIT 50""",
    )


def _dicts(connection: Connection, sql: str, parameters: list[Any] | None = None) -> list[dict[str, Any]]:
    result = connection.execute(sql, parameters or [])
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
