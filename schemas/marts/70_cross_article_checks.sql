-- Checks between articles: made anew from the marts whenever the tables have changed, so that a corrected article
-- takes its contradictions with it. A row belongs to the article published later; run_id is that article's.
DELETE FROM check_operands WHERE check_id IN (SELECT check_id FROM checks WHERE kind IN ('cross_article', 'cumulative_fall'));
DELETE FROM checks WHERE kind IN ('cross_article', 'cumulative_fall');

CREATE OR REPLACE TEMP TABLE found_between_articles AS
WITH pairs AS (
    SELECT 'cross_article' AS kind, x.*,
           x.stated_low > x.operand_high + 1e-9 OR x.stated_high < x.operand_low - 1e-9 AS differs
    FROM (
        SELECT c.series_id, c.indicator_id, c.measure, c.period_end, p.period_end AS operand_end, c.is_target,
               CASE WHEN later THEN c.figure_id ELSE p.figure_id END AS stated_id,
               CASE WHEN later THEN p.figure_id ELSE c.figure_id END AS operand_id,
               CASE WHEN later THEN c.value ELSE p.value END AS stated_value,
               CASE WHEN later THEN p.value ELSE c.value END AS operand_value,
               CASE WHEN later THEN c.low ELSE p.low END AS stated_low,
               CASE WHEN later THEN c.high ELSE p.high END AS stated_high,
               CASE WHEN later THEN p.low ELSE c.low END AS operand_low,
               CASE WHEN later THEN p.high ELSE c.high END AS operand_high
        FROM (
            SELECT c.*, t.figure_id AS other_figure_id,
                   (coalesce(c.other_published_at, TIMESTAMP '0001-01-01'), c.other_figure_id)
                       > (coalesce(c.published_at, TIMESTAMP '0001-01-01'), c.figure_id) AS later
            FROM trend_conflicts AS c JOIN trend_candidates AS t ON t.figure_id = c.other_figure_id
        ) AS k
        JOIN trend_candidates AS p ON p.figure_id = k.figure_id
        JOIN trend_candidates AS c ON c.figure_id = k.other_figure_id
        WHERE NOT k.is_target AND k.granularity <> 'day' AND k.qualifier = 'exact' AND k.other_qualifier = 'exact'
          AND abs(k.difference_pct) <= 50
    ) AS x
    UNION ALL
    SELECT 'cumulative_fall' AS kind, x.*, true AS differs
    FROM (
        SELECT l.series_id, l.indicator_id, l.measure, l.period_end, e.period_end AS operand_end, l.is_target,
               l.figure_id AS stated_id, e.figure_id AS operand_id, l.value AS stated_value, e.value AS operand_value,
               l.low AS stated_low, l.high AS stated_high, e.low AS operand_low, e.high AS operand_high
        FROM (
            SELECT p.*, lag(p.figure_id) OVER cumulated AS earlier_figure_id
            FROM trend_points AS p
            JOIN indicators AS i USING (indicator_id)
            WHERE i.nature = 'flow' AND i.aggregation = 'sum' AND NOT p.is_target
              AND p.period_start = date_trunc('year', p.period_start)::DATE AND p.period_end >= last_day(p.period_start)
            WINDOW cumulated AS (PARTITION BY p.indicator_id, p.unit, p.place_id, p.who, p.period_start ORDER BY p.period_end)
        ) AS l
        JOIN trend_candidates AS e ON e.figure_id = l.earlier_figure_id
        WHERE l.high < e.low - 1e-9 AND l.article_id <> e.article_id AND l.value >= 0.5 * e.value
    ) AS x
)
SELECT p.kind, p.stated_id, p.operand_id, p.stated_value, p.operand_value, p.operand_low, p.operand_high, p.operand_end,
       p.period_end, f.article_id, f.char_start, f.char_end, f.run_id, f.surface AS stated_surface, f.unit,
       o.surface AS operand_surface, coalesce(i.name_vi, p.measure) AS name,
       coalesce(a.title, a.external_id) AS operand_title, a.published_at AS operand_published_at,
       f.article_id || '-' || md5(concat_ws('|', p.kind, p.stated_id, p.operand_id))[:16] AS check_id
FROM pairs AS p
JOIN figures AS f ON f.figure_id = p.stated_id
JOIN figures AS o ON o.figure_id = p.operand_id
JOIN articles AS a ON a.article_id = o.article_id
LEFT JOIN indicators AS i ON i.indicator_id = p.indicator_id
WHERE p.differs
QUALIFY row_number() OVER (PARTITION BY check_id) = 1;

INSERT INTO checks BY NAME
SELECT check_id, article_id, kind, 'inconsistent' AS verdict, stated_id AS stated_figure_id, stated_value,
       operand_value AS computed_value,
       CASE WHEN kind = 'cross_article' THEN round(operand_low, 10) ELSE round(operand_low, 10) END::DECIMAL(38,10) AS computed_low,
       CASE WHEN kind = 'cross_article' THEN round(operand_high, 10) END::DECIMAL(38,10) AS computed_high,
       CASE WHEN kind = 'cross_article' THEN operand_surface || ' ≠ ' || stated_surface
            ELSE operand_surface || ' (' || strftime(operand_end, '%d/%m/%Y') || ') ≤ ' || stated_surface
                 || ' (' || strftime(period_end, '%d/%m/%Y') || ')' END AS formula,
       CASE WHEN kind = 'cross_article'
            THEN 'Another article gives ' || operand_surface || ' for the same measure (' || name || '), subject and period: '
                 || operand_title || coalesce(', ' || strftime(operand_published_at, '%d/%m/%Y'), '') || '.'
            ELSE 'A running total cannot fall: ' || name || ' stood at ' || operand_surface || ' on '
                 || strftime(operand_end, '%d/%m/%Y') || ' (' || operand_title || ').' END AS explanation,
       CASE WHEN kind = 'cross_article' AND list_sort(string_split(regexp_replace(stated_value::VARCHAR, '\D', '', 'g'), ''))
                 = list_sort(string_split(regexp_replace(operand_value::VARCHAR, '\D', '', 'g'), ''))
            THEN 'The digits are the same in another order: two may be swapped.' END AS suggestion,
       CASE WHEN kind = 'cross_article' THEN 0.7 ELSE 0.6 END AS confidence,
       char_start, char_end, run_id
FROM found_between_articles;

INSERT INTO check_operands BY NAME
SELECT check_id, 0 AS position, operand_id AS figure_id, 'earlier' AS role FROM found_between_articles;

DROP TABLE found_between_articles;
