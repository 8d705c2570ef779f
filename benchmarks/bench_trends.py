"""How long the trend marts take over a generated warehouse of a million figures.

    .venv/bin/python benchmarks/bench_trends.py [FIGURES]

Prints the seconds to make the marts anew and the seconds of each query an analyst would put to them.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from flows.warehouse.connect import Connection, reading, transaction, writing
from flows.warehouse.marts import refresh_marts
from flows.warehouse.migrate import migrate

QUERIES = {
    "one indicator, one place": """
        SELECT period_start, period_end, value FROM trend_points
        WHERE indicator_id = 'exports' AND place_id = 'viet-nam' AND granularity = 'month' ORDER BY period_end""",
    "an indicator over all places": """
        SELECT place_id, period_end, value FROM trend_points
        WHERE indicator_id = 'poverty_pct' AND granularity = 'year' ORDER BY place_id, period_end""",
    "changes of an indicator": """
        SELECT period_end, value, previous_change_pct, year_ago_change_pct FROM trend_changes
        WHERE indicator_id = 'party_admissions' ORDER BY series_id, period_end""",
    "conflicts of an indicator": """
        SELECT period_end, value, other_value, difference_pct FROM trend_conflicts
        WHERE indicator_id = 'party_members' ORDER BY abs(difference_pct) DESC LIMIT 100""",
    "coverage of the catalogue": "SELECT * FROM trend_coverage WHERE points > 0 ORDER BY points DESC",
    "series by words": "SELECT * FROM trend_series WHERE search_text LIKE '%dang vien%' ORDER BY points DESC LIMIT 20",
    "the longest series": "SELECT * FROM trend_series ORDER BY points DESC LIMIT 50",
    "candidates of one point": """
        SELECT c.*, f.surface FROM trend_candidates AS c JOIN figures AS f USING (figure_id)
        WHERE c.indicator_id = 'exports' AND c.period_end = DATE '2017-03-31' AND c.granularity = 'month'""",
    "all points counted": "SELECT granularity, count(*), avg(articles) FROM trend_points GROUP BY granularity",
}


def generate(connection: Connection, figures: int) -> None:
    """Fill `articles` and `figures`: ten figures an article, a third of them indicators, ten years of periods."""
    connection.execute("SELECT setseed(0.5)")
    connection.execute(f"""
        INSERT INTO articles BY NAME
        SELECT md5(i::VARCHAR)[:16] AS article_id, i::VARCHAR AS external_id, 'Báo ' || i % 100 AS source,
               'Tin ' || i AS title, TIMESTAMP '2012-01-01' + INTERVAL (i % 4000) DAY AS published_at,
               repeat('Bài số ' || i || '. ', 60) AS text, sha256(i::VARCHAR) AS text_sha256,
               DATE '2012-01-01' + (i % 4000)::INTEGER AS read_as_of, sha256('c' || i) AS content_hash,
               'bench' AS extractor_version, 'bench' AS input_path, 'bench' AS run_id,
               TIMESTAMP '2026-01-01' AS loaded_at
        FROM range({figures // 10}) AS r(i)""")
    connection.execute(f"""
        INSERT INTO figures BY NAME
        WITH catalogue AS (
            SELECT indicator_id, kind[1] AS kind, CASE WHEN units[1] = '*' THEN 'người' ELSE units[1] END AS unit,
                   row_number() OVER (ORDER BY indicator_id) - 1 AS n, count(*) OVER () AS total FROM indicators
        ),
        located AS (
            SELECT place_id, row_number() OVER (ORDER BY place_id) - 1 AS n, count(*) OVER () AS total
            FROM places WHERE level IN ('province', 'country')
        ),
        drawn AS (
            SELECT r.i, md5((r.i // 10)::VARCHAR)[:16] AS article_id, r.i % 10 AS position,
                   DATE '2010-01-01' + INTERVAL (r.i // 10 % 132) MONTH AS month_start, hash(r.i) AS h
            FROM range({figures}) AS r(i)
        )
        SELECT d.article_id || ':' || d.position * 40 AS figure_id, d.article_id, d.position::INTEGER AS sentence_no,
               (d.position * 40)::INTEGER AS char_start, (d.position * 40 + 10)::INTEGER AS char_end,
               '1.234 đơn vị' AS surface,
               coalesce(c.kind, 'count') AS kind, (1000 + d.h % 9000)::DECIMAL(38,10) AS value,
               coalesce(c.unit, 'người') AS unit, CASE WHEN d.h % 7 = 0 THEN 'about' ELSE 'exact' END AS qualifier,
               1 AS resolution, 'vi' AS number_style, 'printed' AS unit_source, 'đại lượng ' || d.h % 5000 AS what,
               'đại lượng ' || d.h % 5000 AS measure,
               CASE WHEN d.h % 3 = 0 THEN 'Công ty Số ' || d.h % 2000 END AS who, c.indicator_id,
               l.place_id, d.h % 20 = 0 AS is_target,
               d.month_start::DATE AS period_start,
               CASE d.h % 4 WHEN 0 THEN last_day(d.month_start::DATE)
                            WHEN 1 THEN last_day((d.month_start + INTERVAL 2 MONTH)::DATE)
                            ELSE last_day((d.month_start + INTERVAL 11 MONTH)::DATE) END AS period_end,
               'bench' AS run_id
        FROM drawn AS d
        LEFT JOIN catalogue AS c ON d.h % 3 = 1 AND c.n = (d.h // 7) % c.total
        LEFT JOIN located AS l ON d.h % 10 < 8 AND l.n = (d.h // 11) % l.total""")


def main(figures: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Path(folder) / "bench.duckdb"
        migrate(warehouse)
        with writing(warehouse) as connection:
            generate(connection, figures)
            began = time.perf_counter()
            with transaction(connection):
                refresh_marts(connection)
            print(f"{figures:,} figures: marts made anew in {time.perf_counter() - began:.2f} s")
        with reading(warehouse) as connection:
            points = connection.execute("SELECT count(*) FROM trend_points").fetchall()[0][0]
            print(f"{points:,} points")
            slowest = 0.0
            for name, query in QUERIES.items():
                began = time.perf_counter()
                rows = connection.execute(query).fetchall()
                took = time.perf_counter() - began
                slowest = max(slowest, took)
                print(f"{took:8.3f} s  {len(rows):8,} rows  {name}")
            print(f"slowest {slowest:.3f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
