-- Grain: one row per figure that can be a point of a series.
-- Left out: ranges and open bounds, ages, changes (except where the indicator is a change), figures without a period,
-- or with one that is only understood and that no sentence of the article prints for another figure,
-- or without anybody or any place they are about ("D1", "BN2911-2914" and the like name nobody).
-- No point either, for a wrong point is worse than none (the words around the figure decide, "trend_words" below):
--   in an article without a date, a year that stands nowhere near the figure (250 characters before, 60 after);
--   a sum or growth "mỗi năm", "bình quân", "/năm": the size of a usual year, not of this one; growth over years;
--   a sum of the day of publication that no word of the sentence dates ("hôm nay", "24 giờ", "ngày 23/4");
--   what shall be ("dự kiến", "phải đạt", "có thể") and is not marked as a target; what lies after publication;
--   the year a body was founded as the day of a level ("thành lập năm 1998, … vốn điều lệ 3.369 tỷ");
--   a part of a company ("mảng bán lẻ", "mẫu sedan") as the company, a result before the audit as the result;
--   "hiện", "đến nay" where nothing says when that is; a year in brackets behind the figure that is another one;
--   a sum of several years (in an article without a date) whose years are not in its own sentence, one whose sentence
--   says until which day it runs ("đến hết ngày 15/5") where the period read is another;
--   the contract of a coming month ("giao tháng 6/2017"); a sum "từ đầu năm" read as the whole year; days of which
--   the sentence names no first and last; a list of plans ("các chỉ tiêu kế hoạch: …") that is not marked as such;
--   a sum whose period has no start, a mark passed again and again ("ngày thứ 8 liên tiếp trên 300.000 ca"); outside
--   the catalogue a length of time, a percentage that nothing calls a rate or share, and what a law lays down;
--   the old level of "từ 250 xuống còn 60" where no year follows it; a difference ("cao hơn … 1%") or a corrected
--   forecast as the growth; a percentage "so với năm 2014" as the share of a plan; "thêm 4 xã" as a level;
--   a national measure under the name of a body that has no place, any but a company's under the name of a person,
--   a company's without its name; trade of two countries of which only Viet Nam is known.
CREATE OR REPLACE TEMP TABLE trend_subjects AS
WITH named AS (
    SELECT who, lower(shown) AS folded, shown
    FROM (SELECT DISTINCT who, trim(regexp_replace(who, '[\s,;:"“”()]+', ' ', 'g')) AS shown FROM figures WHERE who IS NOT NULL)
),
place_names AS (
    SELECT DISTINCT lower(unnest(names)) AS name FROM places
    UNION
    SELECT unnest(['tỉnh', 'toàn tỉnh', 'thành phố', 'toàn thành phố', 'địa phương', 'cả tỉnh', 'nước ta', 'trong nước'])
),
worded AS (
    SELECT n.who, n.folded, n.shown, max_by(w.words, length(w.words)) AS words,
           max_by(coalesce(w.stands_for, ''), length(w.words)) AS stands_for,
           coalesce(max_by(w.drops_all, length(w.words)), false) AS drops_all
    FROM named AS n
    LEFT JOIN subject_words AS w ON n.folded = w.words OR starts_with(n.folded, w.words || ' ')
    GROUP BY n.who, n.folded, n.shown
)
SELECT who,
       CASE
           WHEN folded IN (SELECT name FROM place_names)
             OR regexp_replace(folded, '^(tại |ở |trên )?(địa bàn |toàn |cả )?(tỉnh |thành phố |tp\.? ?|nước |thủ đô )?', '')
                IN (SELECT name FROM place_names) THEN NULL
           WHEN drops_all THEN NULL
           WHEN words IS NULL THEN regexp_replace(folded, '^(toàn |cả )?tỉnh ', '')
           ELSE nullif(regexp_replace(trim(stands_for || substr(folded, length(words) + 1)), '^(toàn |cả )?tỉnh ', ''), '')
       END AS subject,
       CASE WHEN coalesce(stands_for, '') = '' THEN shown
            ELSE upper(left(stands_for, 1)) || substr(stands_for, 2) || substr(shown, length(words) + 1) END AS shown,
       NOT regexp_matches(who, '\S.*\s"?\p{Lu}') AND (contains(who, ' ') OR NOT regexp_matches(who, '\p{Lu}.*\p{Lu}|\d|^[A-Z][a-z]{3,}$'))
           OR regexp_matches(who, '^(\p{Lu}?\d?|\p{Lu}{1,2}|\p{Lu}+\d{2}[\d-]*|.*\s\p{Lu}\d)$')
           AS is_generic
FROM worded;

-- A Party organisation named "Khối" alone is the one its article names in full.
CREATE OR REPLACE TEMP TABLE trend_full_names AS
SELECT article_id,
       list_reduce(list_append(regexp_extract_all(text, '(?:Đảng ủy|Đảng bộ|Đảng uỷ) (Khối (?:[Cc]ác )?(?:cơ quan|[Dd]oanh nghiệp|[Cc]ơ quan)(?: và [Dd]oanh nghiệp)?(?: (?:tỉnh|thành phố|TP\.?|Trung ương|[Tt]rung ương))?(?: \p{Lu}\p{L}+){0,4})', 1), ''),
           lambda one, other: CASE WHEN length(other) > length(one) THEN other ELSE one END) AS full_name
FROM articles
WHERE article_id IN (
    SELECT article_id FROM figures JOIN trend_subjects USING (who)
    WHERE subject = 'đảng bộ' OR starts_with(subject, 'đảng bộ khối')
);

CREATE OR REPLACE TABLE trend_candidates AS
WITH judged AS (
    SELECT figure_id, bool_or(verdict = 'inconsistent') AS failed, bool_or(verdict IN ('consistent', 'truncated')) AS passed
    FROM (
        SELECT stated_figure_id AS figure_id, verdict FROM checks WHERE kind NOT IN ('cross_article', 'cumulative_fall')
        UNION ALL
        SELECT o.figure_id, c.verdict FROM check_operands AS o JOIN checks AS c USING (check_id)
        WHERE c.kind NOT IN ('cross_article', 'cumulative_fall')
    )
    WHERE figure_id IS NOT NULL
    GROUP BY figure_id
),
printed_periods AS (
    SELECT DISTINCT article_id, coalesce(period_start, DATE '0001-01-01') AS first_day, period_end AS last_day
    FROM figures WHERE period_source = 'printed'
),
taken AS (
    SELECT f.figure_id, f.article_id, f.kind, f.indicator_id, i.name_vi, i.nature, i.aggregation,
           CASE WHEN f.indicator_id IS NULL THEN f.measure END AS measure,
           CASE WHEN i.indicator_id IS NOT NULL AND f.kind IN ('count', 'percent')
                THEN coalesce(list_filter(i.units, lambda u: u <> '*')[1], f.unit) ELSE f.unit END AS unit,
           CASE WHEN i.nature = 'change' AND f.direction = 'down' THEN -f.value ELSE f.value END AS value,
           f.resolution, f.qualifier, f.is_target, f.surface, f.sentence_no,
           CASE WHEN i.subject = 'single' THEN i.default_place
                WHEN f.place_id IS NULL AND (f.who IS NULL OR s.subject IS NULL) THEN i.default_place
                ELSE f.place_id END AS place_id,
           CASE WHEN i.subject = 'single' THEN NULL
                WHEN n.full_name <> '' AND starts_with('đảng bộ ' || lower(n.full_name), s.subject)
                THEN 'đảng bộ ' || lower(n.full_name)
                ELSE s.subject END AS subject,
           CASE WHEN n.full_name <> '' AND starts_with('đảng bộ ' || lower(n.full_name), s.subject)
                THEN 'Đảng bộ ' || n.full_name ELSE s.shown END AS shown,
           coalesce(i.subject <> 'single', true) AND coalesce(s.is_generic, false)
               AND NOT coalesce(n.full_name <> '' AND starts_with('đảng bộ ' || lower(n.full_name), s.subject), false) AS is_generic,
           f.period_start, f.period_end, f.base_start, f.base_end,
           a.published_at, t.story_id, t.is_reprint, i.domain, i.default_place,
           substr(a.text, greatest(f.char_start - 399, 1), least(f.char_start, 400)) AS before,
           substr(a.text, f.char_end + 1, 60) AS after,
           coalesce(j.failed, false) AS has_failed_check, coalesce(j.passed, false) AS has_passed_check
    FROM figures AS f
    JOIN articles AS a USING (article_id)
    JOIN trend_stories AS t USING (article_id)
    LEFT JOIN indicators AS i ON i.indicator_id = f.indicator_id
    LEFT JOIN trend_subjects AS s ON s.who = f.who
    LEFT JOIN trend_full_names AS n ON n.article_id = f.article_id
    LEFT JOIN judged AS j ON j.figure_id = f.figure_id
    LEFT JOIN printed_periods AS p ON p.article_id = f.article_id AND p.last_day = f.period_end
        AND p.first_day = coalesce(f.period_start, DATE '0001-01-01')
    WHERE f.value IS NOT NULL
      AND f.period_end IS NOT NULL
      AND (coalesce(f.period_source, 'printed') <> 'understood' OR p.article_id IS NOT NULL)
      AND f.kind <> 'age'
      AND f.unit <> ''
      AND f.qualifier IN ('exact', 'about', 'over', 'under')
      AND (f.indicator_id IS NOT NULL OR (f.measure IS NOT NULL AND f.measure <> ''))
      AND CASE WHEN i.nature = 'change' THEN true ELSE f.direction IS NULL END
),
trend_words AS (
    SELECT * REPLACE (regexp_extract(before, '(?s)([^.;!?\n]|[.;]\S)*$') AS before), before AS wide,
           regexp_extract(after, '^([^.;,!?\n]|[.,]\d)*') AS beside,
           regexp_replace(right(regexp_extract(before, '(?s)([^.;!?\n]|[.;]\S)*$'), 140),
                          '(?i)(thực|phát|thể|xuất|biểu|tái|diện) hiện', '', 'g') AS said_now,
           (period_end - period_start + 1) / 30.5 AS months_long
    FROM taken
),
trusted AS (
    SELECT * EXCLUDE (before, after, wide, beside, said_now, months_long, domain, default_place) FROM trend_words
    WHERE CASE WHEN published_at IS NULL
               THEN contains(right(wide, 250) || after, year(period_end)::VARCHAR)
                   OR contains(right(wide, 250) || after, coalesce(year(period_start), year(period_end))::VARCHAR)
               ELSE is_target OR period_end <= published_at::DATE + 31 END
      AND NOT coalesce(nature IN ('flow', 'change')
               AND (regexp_matches(beside, '(?i)^\s*(/|một |mỗi |hàng |hằng )\s*(năm|tháng|ngày)|(mỗi|hàng|hằng) (năm|tháng|ngày)|bình quân')
                    OR regexp_matches(right(before, 60), '(?i)(mỗi|hàng|hằng) (năm|tháng|ngày)|bình quân')), false)
      AND NOT coalesce(nature = 'change' AND period_end - period_start > 366, false)
      AND NOT coalesce(nature = 'flow' AND period_start = period_end AND period_end = published_at::DATE
               AND NOT regexp_matches(before || after, '(?i)hôm nay|sáng nay|chiều nay|tối nay|24 giờ|24h|trong ngày|ngày qua|ngày \d+[/.-]\d+'), false)
      AND (is_target OR NOT regexp_matches(right(before, 90),
               '(?i)dự kiến|dự báo|phải đạt|phấn đấu|yêu cầu đến|đặt (ra )?(mục tiêu|kế hoạch|chỉ tiêu)|mục tiêu|các chỉ tiêu|có thể (đạt|lên|tăng|giảm)|sẽ (đạt|lên|tăng|giảm|có|là)|kỳ vọng|ước tính đến năm'))
      AND NOT coalesce(nature = 'stock' AND NOT contains(before, 'ban đầu')
               AND regexp_matches(before, '(?i)(thành lập|ra đời|sinh|khởi nghiệp|thành lập vào)\s+(từ |vào )?(ngày |tháng |năm )[\d/. -]*' || year(period_end)), false)
      AND NOT coalesce(coalesce(starts_with(indicator_id, 'company_') OR indicator_id = 'car_sales', false)
               AND (regexp_matches(right(before, 120), '(?i)(mảng|nhóm ngành|lĩnh vực|bộ phận|phân khúc|dự án|mẫu|phiên bản)\s')
                    OR regexp_matches(after, '^[^.,;]{0,10}(trước|chưa) (soát xét|kiểm toán)')), false)
      AND NOT coalesce(published_at IS NULL AND regexp_matches(said_now, '(?i)(^|\s)(hiện|đến nay|gần nhất|vừa qua)([\s,]|$)')
               AND NOT regexp_matches(regexp_extract(said_now, '(?i)(?:hiện|đến nay|gần nhất|vừa qua)(.*)$', 1), '(19|20)\d\d'), false)
      AND NOT regexp_matches(right(before, 40), '(?i)(giao|kỳ hạn) tháng')
      AND NOT coalesce(coalesce(nature <> 'stock', true) AND months_long >= 11.9 AND regexp_matches(before || beside, '(?i)(từ|so với|kể từ) đầu năm|l[ũu][yỹ] kế'), false)
      AND (is_target OR NOT regexp_matches(wide, '(?i)(hướng tới|kế hoạch|chỉ tiêu)[^:.\n]{0,60}:'))
      AND NOT coalesce(nature IN ('flow', 'change') AND period_start < period_end AND NOT (day(period_start) = 1 AND (period_end = last_day(period_end) OR month(period_start) = 1))
               AND NOT regexp_matches(before || beside, '\d\s*(-|–|đến|tới)\s*(hết )?(ngày )?\d'), false)
      AND NOT coalesce(regexp_matches(before, '(?i)24 ?(giờ|h)') AND period_end < published_at::DATE - 1, false)
      AND NOT coalesce(default_place IS NOT NULL AND place_id IS NULL AND subject IS NOT NULL, false)
      AND NOT coalesce(starts_with(indicator_id, 'company_') AND subject IS NULL, false)
      AND NOT coalesce(indicator_id = 'trade_bilateral' AND coalesce(place_id = 'viet-nam', true), false)
      AND NOT coalesce(coalesce(domain <> 'business', true)
               AND coalesce(regexp_matches(subject, '^(ông|bà|anh|chị|tổng thống|thủ tướng|chủ tịch|bộ trưởng) |^(nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|cao|đinh|trịnh|đào|đoàn|lâm|trương|mai) \S+ \S+$'), false), false)
      AND coalesce(nullif(regexp_extract(after, '^\s*\((?:năm )?(\d{4})\)', 1), '') = year(period_end)::VARCHAR, true)
      AND NOT coalesce(nature IN ('flow', 'change') AND published_at IS NULL AND period_end - period_start > 366
               AND NOT (contains(before || beside, year(period_start)::VARCHAR) AND contains(before || beside, year(period_end)::VARCHAR)), false)
      AND NOT coalesce(nature IN ('flow', 'change')
               AND coalesce(nullif(regexp_extract(before, '(?:đến|tới|hết)(?: hết)? (?:ngày )?0?(\d+)[/.-]0?\d+[^%]*$', 1), '')::INTEGER <> day(period_end), false), false)
      AND NOT coalesce(nature = 'flow' AND (period_start IS NULL
               OR (qualifier <> 'exact' AND regexp_matches(right(before, 90), '(?i)liên tiếp|kỷ lục trên'))), false)
      AND NOT (indicator_id IS NULL AND (kind = 'duration' OR unit IN ('year', 'month', 'week', 'day', 'hour', 'minute', 's', 'second')
               OR (unit = '%' AND NOT regexp_matches(measure, '(^| )(tỷ lệ|tỉ lệ|thị phần|tỷ trọng|lãi suất|thuế suất|tốc độ|xác suất)( |$)'))
               OR regexp_matches(before || after, '(?i)căn cứ|theo (điều|khoản)|(luật|nghị định|thông tư) (số )?\d')))
      AND NOT (regexp_matches(right(before, 8), '(?i)từ( mức)?\s*$') AND regexp_matches(after, '^\)?\s*(lên|xuống|còn)'))
      AND NOT coalesce(nature = 'change' AND (contains(indicator_id, 'growth') AND coalesce(months_long, 0) < 0.9
               OR regexp_matches(right(before, 60), '(?i)(cao|thấp|nhiều|ít) hơn .*$') OR regexp_matches(after, '^\s*(mức )?dự báo')), false)
      AND NOT coalesce(ends_with(indicator_id, '_plan_pct') AND regexp_matches(after, '^\W*so với (năm|cùng kỳ|tháng|quý)'), false)
      AND NOT coalesce(nature = 'stock' AND regexp_matches(right(before, 8), '(?i)thêm\s*$'), false)
      AND NOT coalesce(domain = 'weather' AND period_end - period_start > 31, false)
),
timed AS (
    SELECT *,
           (extract(year FROM period_end) - extract(year FROM period_start)) * 12
               + extract(month FROM period_end) - extract(month FROM period_start) + 1 AS months,
           day(period_start) = 1 AND period_end = last_day(period_end) AS whole_months
    FROM trusted
    WHERE (place_id IS NOT NULL OR (subject IS NOT NULL AND NOT is_generic))
),
keyed AS (
    SELECT *,
           CASE
               WHEN nature = 'stock' OR period_start IS NULL THEN 'as_of'
               WHEN period_start = period_end THEN 'day'
               WHEN month(period_start) = 1 AND day(period_start) = 1 AND year(period_start) < year(period_end)
                   THEN 'since_' || year(period_start)
               WHEN NOT whole_months AND month(period_start) = 1 AND day(period_start) = 1 THEN 'year_to_day'
               WHEN NOT whole_months THEN 'days_' || (period_end - period_start + 1)
               WHEN months = 1 THEN 'month'
               WHEN months = 3 AND month(period_start) IN (1, 4, 7, 10) THEN 'quarter'
               WHEN months = 12 AND month(period_start) = 1 THEN 'year'
               WHEN month(period_start) = 1 AND months < 12 THEN 'first_' || months || '_months'
               WHEN months = 6 THEN 'half_year'
               ELSE 'months_' || months
           END AS granularity,
           CASE
               WHEN nature IS DISTINCT FROM 'change' THEN NULL
               WHEN base_end IS NULL THEN 'unstated'
               WHEN year(base_end) = year(period_end) - 1 AND month(base_end) = month(period_end) THEN 'year_on_year'
               WHEN base_end + 1 = coalesce(period_start, period_end) THEN 'previous_period'
               WHEN month(base_end) = 12 AND year(base_end) = year(period_end) - 1 THEN 'since_december'
               ELSE 'other'
           END AS basis
    FROM timed
),
ranged AS (
    SELECT *,
           CASE qualifier
               WHEN 'over' THEN value::DOUBLE
               WHEN 'under' THEN value::DOUBLE - 0.1 * abs(value::DOUBLE)
               WHEN 'about' THEN value::DOUBLE - 0.1 * abs(value::DOUBLE)
               ELSE value::DOUBLE
           END - CASE WHEN kind = 'count' AND resolution <= 1 THEN 0 ELSE resolution::DOUBLE / 2 END AS low,
           CASE qualifier
               WHEN 'under' THEN value::DOUBLE
               WHEN 'over' THEN value::DOUBLE + 0.1 * abs(value::DOUBLE)
               WHEN 'about' THEN value::DOUBLE + 0.1 * abs(value::DOUBLE)
               ELSE value::DOUBLE
           END + CASE WHEN kind = 'count' AND resolution <= 1 THEN 0 ELSE resolution::DOUBLE / 2 END AS high,
           md5(concat_ws('|', coalesce(indicator_id, '=' || measure), kind, unit, coalesce(place_id, ''),
                         coalesce(subject, ''), granularity, coalesce(basis, ''), is_target))[:16] AS series_id,
           CASE WHEN granularity = 'as_of' THEN NULL ELSE period_start END AS point_start
    FROM keyed
),
compared AS (
    SELECT *,
           max(low) OVER (PARTITION BY series_id, point_start, period_end, article_id)
               > min(high) OVER (PARTITION BY series_id, point_start, period_end, article_id) + 1e-9 AS is_ambiguous
    FROM ranged
)
SELECT series_id, point_start AS period_start, period_end, figure_id, article_id, story_id, is_reprint,
       indicator_id, measure, kind, unit, place_id, subject AS who,
       CASE WHEN subject IS NOT NULL THEN shown END AS who_shown, granularity, basis, is_target, value, low, high,
       qualifier, resolution, has_failed_check, has_passed_check, is_ambiguous, published_at, nature, aggregation,
       row_number() OVER (
           PARTITION BY series_id, point_start, period_end
           ORDER BY is_ambiguous, has_failed_check, NOT has_passed_check, qualifier <> 'exact',
                    published_at DESC NULLS LAST, resolution, is_reprint, sentence_no, figure_id
       ) AS choice
FROM compared
ORDER BY indicator_id NULLS LAST, series_id, period_end, period_start, choice;

DROP TABLE trend_subjects;
DROP TABLE trend_full_names;

COMMENT ON TABLE trend_candidates IS 'Figures that can be points of a series. Grain: one row per figure; choice 1 of a point is the value trend_points shows.';
COMMENT ON COLUMN trend_candidates.series_id IS 'Series it belongs to: trend_series.series_id.';
COMMENT ON COLUMN trend_candidates.period_start IS 'First day of its period; NULL for a level at a time.';
COMMENT ON COLUMN trend_candidates.period_end IS 'Last day of its period, or the day of the level.';
COMMENT ON COLUMN trend_candidates.figure_id IS 'Key: figures.figure_id.';
COMMENT ON COLUMN trend_candidates.article_id IS 'Article that states it: articles.article_id.';
COMMENT ON COLUMN trend_candidates.story_id IS 'Story the article tells: trend_stories.story_id.';
COMMENT ON COLUMN trend_candidates.is_reprint IS 'True where an earlier article told the same story.';
COMMENT ON COLUMN trend_candidates.indicator_id IS 'Indicator: indicators.indicator_id; NULL for a measure outside the catalogue.';
COMMENT ON COLUMN trend_candidates.measure IS 'Normalised measure where there is no indicator; else NULL.';
COMMENT ON COLUMN trend_candidates.kind IS 'Kind of figure: figures.kind.';
COMMENT ON COLUMN trend_candidates.unit IS 'Unit; for counts and percents of an indicator the first unit of the catalogue, so that wordings meet.';
COMMENT ON COLUMN trend_candidates.place_id IS 'Place it is about, also where the indicator gives it: places.place_id.';
COMMENT ON COLUMN trend_candidates.who IS 'Body it is about, in one wording (subject_words); NULL where it is about the place itself.';
COMMENT ON COLUMN trend_candidates.who_shown IS 'The same as texts print it.';
COMMENT ON COLUMN trend_candidates.granularity IS 'as_of, day, month, quarter, half_year, year; cumulative: first_N_months and year_to_day from January, since_YYYY over years; days_N, months_N.';
COMMENT ON COLUMN trend_candidates.basis IS 'What a change is compared with: year_on_year, previous_period, since_december, other, unstated; NULL for levels.';
COMMENT ON COLUMN trend_candidates.is_target IS 'True for a plan or forecast; never in one series with what happened.';
COMMENT ON COLUMN trend_candidates.value IS 'Value in unit; negative for a fall where the indicator is a change.';
COMMENT ON COLUMN trend_candidates.low IS 'Least value it stands for: half of its last printed digit below, 10 % where it is about or under.';
COMMENT ON COLUMN trend_candidates.high IS 'Greatest value it stands for: half of its last printed digit above, 10 % where it is about or over.';
COMMENT ON COLUMN trend_candidates.qualifier IS 'exact, about, over or under.';
COMMENT ON COLUMN trend_candidates.resolution IS 'Size of its last printed digit.';
COMMENT ON COLUMN trend_candidates.has_failed_check IS 'True where it takes part in an inconsistent check of its own article.';
COMMENT ON COLUMN trend_candidates.has_passed_check IS 'True where it takes part in a check of its own article that holds.';
COMMENT ON COLUMN trend_candidates.is_ambiguous IS 'True where its article gives another value for the same point; such a figure is never shown.';
COMMENT ON COLUMN trend_candidates.published_at IS 'When its article was published; NULL where it is not known.';
COMMENT ON COLUMN trend_candidates.nature IS 'Nature of the indicator: stock, flow, ratio, change; NULL without one.';
COMMENT ON COLUMN trend_candidates.aggregation IS 'How the indicator adds up: sum, last, mean, none; NULL without one.';
COMMENT ON COLUMN trend_candidates.choice IS 'Rank for the point, 1 is shown: unambiguous, no failed check, passed check, exact, later article, finer digit.';
