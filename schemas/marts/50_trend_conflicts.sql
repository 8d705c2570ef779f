-- Grain: one row per point and figure of another story that contradicts the value shown.
CREATE OR REPLACE TABLE trend_conflicts AS
SELECT p.series_id, p.indicator_id, p.measure, p.place_id, p.who, p.unit, p.granularity, p.basis, p.is_target,
       p.period_start, p.period_end, p.value, p.figure_id, p.article_id, p.published_at,
       c.value AS other_value, c.figure_id AS other_figure_id, c.article_id AS other_article_id,
       c.published_at AS other_published_at, c.qualifier AS other_qualifier, p.qualifier,
       c.value - p.value AS difference,
       CASE WHEN p.value <> 0
            THEN round(100 * (c.value::DOUBLE - p.value::DOUBLE) / abs(p.value::DOUBLE), 2) END AS difference_pct
FROM trend_points AS p
JOIN trend_candidates AS c
    ON c.series_id = p.series_id AND c.period_end = p.period_end
    AND c.period_start IS NOT DISTINCT FROM p.period_start
JOIN trend_stories AS t ON t.article_id = p.article_id
WHERE c.choice > 1 AND NOT c.is_ambiguous AND c.story_id <> t.story_id
  AND (c.low > p.high + 1e-9 OR c.high < p.low - 1e-9)
ORDER BY p.indicator_id NULLS LAST, p.series_id, p.period_end, p.period_start, c.choice;

COMMENT ON TABLE trend_conflicts IS 'Articles that disagree on the same point beyond rounding. Grain: one row per point and figure of another story that contradicts it.';
COMMENT ON COLUMN trend_conflicts.series_id IS 'Series: trend_series.series_id.';
COMMENT ON COLUMN trend_conflicts.indicator_id IS 'Indicator: indicators.indicator_id.';
COMMENT ON COLUMN trend_conflicts.measure IS 'Normalised measure where there is no indicator.';
COMMENT ON COLUMN trend_conflicts.place_id IS 'Place: places.place_id.';
COMMENT ON COLUMN trend_conflicts.who IS 'Body it is about.';
COMMENT ON COLUMN trend_conflicts.unit IS 'Unit of the values.';
COMMENT ON COLUMN trend_conflicts.granularity IS 'Length and kind of the period.';
COMMENT ON COLUMN trend_conflicts.basis IS 'What a change is compared with; NULL for levels.';
COMMENT ON COLUMN trend_conflicts.is_target IS 'True for a plan or forecast.';
COMMENT ON COLUMN trend_conflicts.period_start IS 'First day of the period; NULL for a level at a time.';
COMMENT ON COLUMN trend_conflicts.period_end IS 'Last day of the period, or the day of the level.';
COMMENT ON COLUMN trend_conflicts.value IS 'Value that trend_points shows.';
COMMENT ON COLUMN trend_conflicts.figure_id IS 'Its figure: figures.figure_id.';
COMMENT ON COLUMN trend_conflicts.article_id IS 'Its article: articles.article_id.';
COMMENT ON COLUMN trend_conflicts.published_at IS 'When that article was published.';
COMMENT ON COLUMN trend_conflicts.other_value IS 'Value the other article states.';
COMMENT ON COLUMN trend_conflicts.other_figure_id IS 'Figure that states it: figures.figure_id.';
COMMENT ON COLUMN trend_conflicts.other_article_id IS 'The other article: articles.article_id.';
COMMENT ON COLUMN trend_conflicts.other_published_at IS 'When the other article was published.';
COMMENT ON COLUMN trend_conflicts.other_qualifier IS 'exact, about, over or under, of the other value.';
COMMENT ON COLUMN trend_conflicts.qualifier IS 'The same of the value shown.';
COMMENT ON COLUMN trend_conflicts.difference IS 'other_value - value.';
COMMENT ON COLUMN trend_conflicts.difference_pct IS 'The same in percent of value.';
