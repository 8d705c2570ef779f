"""Small articles in the genre, and what tests ask of a warehouse. Written for the tests."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from flows.warehouse.extract import extract_batch
from flows.warehouse.ingest import Ingest

HELD = (
    "Sáng 8-10, Đảng ủy Khối sơ kết giữa nhiệm kỳ. Trong 9 tháng đầu năm 2018, Đảng bộ kết nạp 527/600 đảng viên "
    "(đạt 87,8%). Toàn khối thi hành kỷ luật 22 đảng viên, gồm khiển trách 13, cảnh cáo 7 và khai trừ 2."
)
BROKEN = "Năm 2018, xã Hòa Tân trồng 240 ha lúa. Toàn xã kết nạp 341/600 đảng viên (đạt 65,8%)."
PLAIN = "Chiều 12-3, hội chợ mở cửa với 120 gian hàng của 35 doanh nghiệp, dự kiến kéo dài 5 ngày."


def record(number: int, text: str, **fields: Any) -> dict[str, Any]:
    """A JSONL record of the paper of the tests."""
    return {"id": f"bai-{number}", "source": "Báo Thử", "published_at": "2018-10-08T19:46:00", "text": text, **fields}


def write_articles(path: Path, *records: dict[str, Any] | str) -> Path:
    """A JSONL file; a string is written as the line it is."""
    lines = [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def many(count: int, changed: frozenset[int] = frozenset()) -> list[dict[str, Any]]:
    """Articles that differ in one number; those in `changed` in their last word too."""
    return [
        record(n, f"Xã số {n} kết nạp {n + 100}/600 đảng viên. {BROKEN}{' Hết.' if n in changed else ''}")
        for n in range(count)
    ]


def ingest(warehouse: Path, *paths: Path, published_on: date | None = None) -> Any:
    """The whole job without Prefect and without the quality gate; the row of `runs`."""
    job = Ingest([str(path) for path in paths], warehouse, 1, published_on)
    with job.open():
        for batch in job.batches():
            if not batch.found.exists():
                extract_batch(batch.texts, batch.found)
        with job.rows():
            pass
        return job.publish()


DATA_TABLES = ("articles", "figures", "checks", "check_operands", "rejects", "inputs")


def state(warehouse: Path) -> dict[str, tuple[int, str]]:
    """Number of rows and a hash of all cells of each table of data."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = {}
        for table in DATA_TABLES:
            row = connection.execute(
                f"SELECT count(*), coalesce(md5(string_agg(t::VARCHAR, '|' ORDER BY t::VARCHAR)), '') FROM {table} AS t"
            ).fetchone()
            assert row is not None
            found[table] = (row[0], row[1])
        return found


def ask(warehouse: Path, query: str, *values: Any) -> list[tuple[Any, ...]]:
    """The answer to a query."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return connection.execute(query, list(values)).fetchall()
