-- Grain: one row per series and period.
-- A measure outside the catalogue is followed only where words beyond the counted noun name it ("tỷ lệ nghèo", not
-- "lần", nor what starts with a verb: "giúp chi phí"), and where it has two periods or two stories: one figure of one article is no series. The next article that
-- reports it brings the first one in, for all candidates stay in trend_candidates.
CREATE OR REPLACE TABLE trend_points AS
WITH followed AS (
    SELECT series_id FROM trend_candidates WHERE indicator_id IS NOT NULL
    UNION
    SELECT series_id FROM trend_candidates
    WHERE indicator_id IS NULL AND NOT is_ambiguous
      AND NOT regexp_matches(measure, '^(giúp|khiến|nhằm|để|bị|được|đã|cho|thời điểm)( |$)|^(trị giá|giá trị|tổng số|số lượng)$')
      AND len(list_filter(string_split(measure, ' '), lambda word: NOT list_contains(string_split(lower(unit), ' '), word))) >= 2
    GROUP BY series_id
    HAVING count(DISTINCT (period_start, period_end)) > 1 OR count(DISTINCT story_id) > 1
),
told AS (
    SELECT series_id, period_start, period_end, count(DISTINCT story_id) AS articles, count(*) AS candidates,
           min(low) AS lowest, max(high) AS highest
    FROM trend_candidates
    WHERE NOT is_ambiguous
    GROUP BY series_id, period_start, period_end
)
SELECT c.series_id, c.indicator_id, c.measure, c.place_id, c.who, c.who_shown, c.unit, c.granularity, c.basis, c.is_target,
       c.period_start, c.period_end, c.value, c.low, c.high, c.qualifier, t.articles::INTEGER AS articles,
       t.candidates::INTEGER AS candidates, c.has_failed_check, c.figure_id, c.article_id, c.published_at
FROM trend_candidates AS c
JOIN told AS t ON t.series_id = c.series_id AND t.period_end = c.period_end
    AND t.period_start IS NOT DISTINCT FROM c.period_start
WHERE c.choice = 1 AND NOT c.is_ambiguous AND c.series_id IN (SELECT series_id FROM followed)
ORDER BY c.indicator_id NULLS LAST, c.series_id, c.period_end, c.period_start;

COMMENT ON TABLE trend_points IS 'Values that can be followed over time. Grain: one row per series and period; all candidates are in trend_candidates.';
COMMENT ON COLUMN trend_points.series_id IS 'Series: trend_series.series_id; key with period_start and period_end.';
COMMENT ON COLUMN trend_points.indicator_id IS 'Indicator: indicators.indicator_id; NULL for a measure outside the catalogue.';
COMMENT ON COLUMN trend_points.measure IS 'Normalised measure where there is no indicator; else NULL.';
COMMENT ON COLUMN trend_points.place_id IS 'Place it is about: places.place_id.';
COMMENT ON COLUMN trend_points.who IS 'Body it is about, in one wording; NULL where it is about the place itself.';
COMMENT ON COLUMN trend_points.who_shown IS 'The same as the article of the value prints it.';
COMMENT ON COLUMN trend_points.unit IS 'Unit of value.';
COMMENT ON COLUMN trend_points.granularity IS 'as_of, day, month, quarter, half_year, year, first_N_months, year_to_day, since_YYYY, days_N, months_N: never mixed in a series.';
COMMENT ON COLUMN trend_points.basis IS 'What a change is compared with; NULL for levels.';
COMMENT ON COLUMN trend_points.is_target IS 'True for a plan or forecast.';
COMMENT ON COLUMN trend_points.period_start IS 'First day of the period; NULL for a level at a time.';
COMMENT ON COLUMN trend_points.period_end IS 'Last day of the period, or the day of the level.';
COMMENT ON COLUMN trend_points.value IS 'The value chosen: no failed check, then passed check, exact, later article, finer digit.';
COMMENT ON COLUMN trend_points.low IS 'Least value it stands for as printed.';
COMMENT ON COLUMN trend_points.high IS 'Greatest value it stands for as printed.';
COMMENT ON COLUMN trend_points.qualifier IS 'exact, about, over or under.';
COMMENT ON COLUMN trend_points.articles IS 'Stories that state this point; reprints count once.';
COMMENT ON COLUMN trend_points.candidates IS 'Figures that state this point.';
COMMENT ON COLUMN trend_points.has_failed_check IS 'True where even the value chosen takes part in an inconsistent check.';
COMMENT ON COLUMN trend_points.figure_id IS 'Figure chosen: figures.figure_id; leads to its sentence.';
COMMENT ON COLUMN trend_points.article_id IS 'Article of the figure chosen: articles.article_id.';
COMMENT ON COLUMN trend_points.published_at IS 'When that article was published.';

-- Grain: one row per series.
CREATE OR REPLACE TABLE trend_series AS
SELECT p.series_id, any_value(p.indicator_id) AS indicator_id, any_value(p.measure) AS measure,
       coalesce(any_value(i.name_vi), any_value(p.measure)) AS name, any_value(p.place_id) AS place_id,
       any_value(l.name_vi) AS place, any_value(p.who) AS who,
       arg_max(p.who_shown, (length(p.who_shown), p.who_shown)) AS who_shown, any_value(p.unit) AS unit,
       any_value(p.granularity) AS granularity, any_value(p.basis) AS basis, any_value(p.is_target) AS is_target,
       count(*)::INTEGER AS points, sum(p.articles)::INTEGER AS articles,
       min(p.period_end) AS first_period_end, max(p.period_end) AS last_period_end,
       arg_max(p.value, (p.period_end, p.period_start)) AS last_value,
       replace(strip_accents(lower(concat_ws(' ', any_value(p.indicator_id), any_value(i.name_vi), any_value(i.name_en),
           any_value(i.domain), any_value(p.measure), any_value(l.name_vi), any_value(p.who), any_value(p.unit)))),
           'đ', 'd') AS search_text
FROM trend_points AS p
LEFT JOIN indicators AS i USING (indicator_id)
LEFT JOIN places AS l USING (place_id)
GROUP BY p.series_id
ORDER BY points DESC, series_id;

COMMENT ON TABLE trend_series IS 'What can be followed. Grain: one row per series of trend_points.';
COMMENT ON COLUMN trend_series.series_id IS 'Key: a hash of indicator or measure, unit, place, who, granularity, basis and target.';
COMMENT ON COLUMN trend_series.indicator_id IS 'Indicator: indicators.indicator_id; NULL for a measure outside the catalogue.';
COMMENT ON COLUMN trend_series.measure IS 'Normalised measure where there is no indicator; else NULL.';
COMMENT ON COLUMN trend_series.name IS 'Vietnamese name of the indicator, or the measure.';
COMMENT ON COLUMN trend_series.place_id IS 'Place: places.place_id.';
COMMENT ON COLUMN trend_series.place IS 'Its name.';
COMMENT ON COLUMN trend_series.who IS 'Body it is about; NULL where it is about the place itself.';
COMMENT ON COLUMN trend_series.who_shown IS 'The same as texts print it.';
COMMENT ON COLUMN trend_series.unit IS 'Unit of the values.';
COMMENT ON COLUMN trend_series.granularity IS 'Length and kind of its periods.';
COMMENT ON COLUMN trend_series.basis IS 'What changes are compared with; NULL for levels.';
COMMENT ON COLUMN trend_series.is_target IS 'True for plans and forecasts.';
COMMENT ON COLUMN trend_series.points IS 'Periods with a value.';
COMMENT ON COLUMN trend_series.articles IS 'Statements of stories behind them.';
COMMENT ON COLUMN trend_series.first_period_end IS 'End of the first period.';
COMMENT ON COLUMN trend_series.last_period_end IS 'End of the last period.';
COMMENT ON COLUMN trend_series.last_value IS 'Value of the last period.';
COMMENT ON COLUMN trend_series.search_text IS 'All its names without accents (đ as d), for finding it by words.';
