-- Grain: one row per series and period of trend_points.
-- The steps are found on the few columns they need: a window over whole rows of a million points would not fit in memory.
CREATE OR REPLACE TEMP TABLE trend_steps AS
WITH stepped AS (
    SELECT series_id, period_start, period_end, value,
           lag(value) OVER earlier AS previous_value,
           lag(period_end) OVER earlier AS previous_period_end,
           CASE WHEN period_end = last_day(period_end) THEN last_day((period_end - INTERVAL 1 YEAR)::DATE)
                ELSE (period_end - INTERVAL 1 YEAR)::DATE END AS year_ago_end,
           (period_start - INTERVAL 1 YEAR)::DATE AS year_ago_start
    FROM trend_points
    WINDOW earlier AS (PARTITION BY series_id ORDER BY period_end, period_start)
)
SELECT s.series_id, s.period_start, s.period_end, s.previous_value, s.previous_period_end, y.value AS year_ago_value
FROM stepped AS s
LEFT JOIN trend_points AS y
    ON y.series_id = s.series_id AND y.period_end = s.year_ago_end
    AND y.period_start IS NOT DISTINCT FROM s.year_ago_start;

CREATE OR REPLACE TABLE trend_changes AS
SELECT p.series_id, p.indicator_id, p.measure, p.place_id, p.who, p.unit, p.granularity, p.basis, p.is_target,
       p.period_start, p.period_end, p.value,
       s.previous_period_end, s.previous_value,
       p.value - s.previous_value AS previous_change,
       CASE WHEN p.unit <> '%' AND s.previous_value > 0
            THEN round(100 * (p.value::DOUBLE - s.previous_value::DOUBLE) / s.previous_value::DOUBLE, 2) END AS previous_change_pct,
       coalesce(s.previous_period_end + 1 = p.period_start, false) AS is_adjacent,
       s.year_ago_value,
       p.value - s.year_ago_value AS year_ago_change,
       CASE WHEN p.unit <> '%' AND s.year_ago_value > 0
            THEN round(100 * (p.value::DOUBLE - s.year_ago_value::DOUBLE) / s.year_ago_value::DOUBLE, 2) END AS year_ago_change_pct,
       p.figure_id, p.article_id
FROM trend_points AS p
JOIN trend_steps AS s
    ON s.series_id = p.series_id AND s.period_end = p.period_end AND s.period_start IS NOT DISTINCT FROM p.period_start
ORDER BY p.indicator_id NULLS LAST, p.series_id, p.period_end, p.period_start;

DROP TABLE trend_steps;

COMMENT ON TABLE trend_changes IS 'Change against the period before and the same period a year before. Grain: one row per point of trend_points.';
COMMENT ON COLUMN trend_changes.series_id IS 'Series: trend_series.series_id.';
COMMENT ON COLUMN trend_changes.indicator_id IS 'Indicator: indicators.indicator_id.';
COMMENT ON COLUMN trend_changes.measure IS 'Normalised measure where there is no indicator.';
COMMENT ON COLUMN trend_changes.place_id IS 'Place: places.place_id.';
COMMENT ON COLUMN trend_changes.who IS 'Body it is about.';
COMMENT ON COLUMN trend_changes.unit IS 'Unit of the values and absolute changes; changes of % are percentage points.';
COMMENT ON COLUMN trend_changes.granularity IS 'Length and kind of the period.';
COMMENT ON COLUMN trend_changes.basis IS 'What a change is compared with; NULL for levels.';
COMMENT ON COLUMN trend_changes.is_target IS 'True for a plan or forecast.';
COMMENT ON COLUMN trend_changes.period_start IS 'First day of the period; NULL for a level at a time.';
COMMENT ON COLUMN trend_changes.period_end IS 'Last day of the period, or the day of the level.';
COMMENT ON COLUMN trend_changes.value IS 'Value of the period.';
COMMENT ON COLUMN trend_changes.previous_period_end IS 'End of the period before it that has a value.';
COMMENT ON COLUMN trend_changes.previous_value IS 'Value of that period.';
COMMENT ON COLUMN trend_changes.previous_change IS 'value - previous_value.';
COMMENT ON COLUMN trend_changes.previous_change_pct IS 'The same in percent of previous_value; NULL for units of % and where previous_value is not positive.';
COMMENT ON COLUMN trend_changes.is_adjacent IS 'True where the period before it ends the day before it starts.';
COMMENT ON COLUMN trend_changes.year_ago_value IS 'Value of the same period a year before.';
COMMENT ON COLUMN trend_changes.year_ago_change IS 'value - year_ago_value.';
COMMENT ON COLUMN trend_changes.year_ago_change_pct IS 'The same in percent of year_ago_value; NULL for units of % and where year_ago_value is not positive.';
COMMENT ON COLUMN trend_changes.figure_id IS 'Figure behind value: figures.figure_id.';
COMMENT ON COLUMN trend_changes.article_id IS 'Its article: articles.article_id.';
