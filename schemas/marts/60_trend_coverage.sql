-- Grain: one row per indicator of the catalogue.
CREATE OR REPLACE TABLE trend_coverage AS
WITH read AS (
    SELECT indicator_id, count(*) AS figures, count(DISTINCT article_id) AS articles,
           count(*) FILTER (period_end IS NULL) AS without_period,
           count(*) FILTER (value IS NULL OR qualifier IN ('at_least', 'at_most')) AS without_value
    FROM figures WHERE indicator_id IS NOT NULL GROUP BY indicator_id
),
tried AS (
    SELECT indicator_id, count(*) AS candidates, count(*) FILTER (is_ambiguous) AS ambiguous
    FROM trend_candidates WHERE indicator_id IS NOT NULL GROUP BY indicator_id
),
shown AS (
    SELECT indicator_id, count(*) AS points, count(DISTINCT series_id) AS series,
           min(period_end) AS first_period_end, max(period_end) AS last_period_end
    FROM trend_points WHERE indicator_id IS NOT NULL GROUP BY indicator_id
),
disputed AS (
    SELECT indicator_id, count(*) AS conflicts FROM trend_conflicts WHERE indicator_id IS NOT NULL GROUP BY indicator_id
)
SELECT i.indicator_id, i.name_vi, i.name_en, i.domain, coalesce(r.figures, 0)::INTEGER AS figures,
       coalesce(r.articles, 0)::INTEGER AS articles, coalesce(r.without_period, 0)::INTEGER AS without_period,
       coalesce(r.without_value, 0)::INTEGER AS without_value, coalesce(t.candidates, 0)::INTEGER AS candidates,
       coalesce(t.ambiguous, 0)::INTEGER AS ambiguous, coalesce(s.points, 0)::INTEGER AS points,
       coalesce(s.series, 0)::INTEGER AS series, coalesce(d.conflicts, 0)::INTEGER AS conflicts,
       s.first_period_end, s.last_period_end
FROM indicators AS i
LEFT JOIN read AS r USING (indicator_id)
LEFT JOIN tried AS t USING (indicator_id)
LEFT JOIN shown AS s USING (indicator_id)
LEFT JOIN disputed AS d USING (indicator_id)
ORDER BY points DESC, i.indicator_id;

COMMENT ON TABLE trend_coverage IS 'How much of each indicator has been read, and what was lost on the way. Grain: one row per indicator of the catalogue.';
COMMENT ON COLUMN trend_coverage.indicator_id IS 'Key: indicators.indicator_id.';
COMMENT ON COLUMN trend_coverage.name_vi IS 'Vietnamese name.';
COMMENT ON COLUMN trend_coverage.name_en IS 'English name.';
COMMENT ON COLUMN trend_coverage.domain IS 'Domain of the catalogue.';
COMMENT ON COLUMN trend_coverage.figures IS 'Figures read as this indicator.';
COMMENT ON COLUMN trend_coverage.articles IS 'Articles they stand in.';
COMMENT ON COLUMN trend_coverage.without_period IS 'Figures whose period is not known: no points.';
COMMENT ON COLUMN trend_coverage.without_value IS 'Figures that are ranges or bounds: no points.';
COMMENT ON COLUMN trend_coverage.candidates IS 'Figures that can be points.';
COMMENT ON COLUMN trend_coverage.ambiguous IS 'Candidates left out because their article gives two values for one point.';
COMMENT ON COLUMN trend_coverage.points IS 'Rows of trend_points.';
COMMENT ON COLUMN trend_coverage.series IS 'Series of trend_points.';
COMMENT ON COLUMN trend_coverage.conflicts IS 'Rows of trend_conflicts.';
COMMENT ON COLUMN trend_coverage.first_period_end IS 'End of the first period with a value.';
COMMENT ON COLUMN trend_coverage.last_period_end IS 'End of the last period with a value.';
