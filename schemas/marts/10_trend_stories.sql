-- Grain: one row per article: the story it tells, so that reprints count once.
-- One story: the same text, the same opening, or the same set of at least five printed figures.
CREATE OR REPLACE TABLE trend_stories AS
WITH printed AS (
    SELECT article_id,
           CASE WHEN count(DISTINCT (kind, unit, value)) >= 5
                THEN md5(string_agg(DISTINCT concat_ws(' ', kind, unit, value::VARCHAR), '|'
                                    ORDER BY concat_ws(' ', kind, unit, value::VARCHAR))) END AS figures_hash
    FROM figures
    WHERE value IS NOT NULL
    GROUP BY article_id
),
marked AS (
    SELECT a.article_id, a.text_sha256, p.figures_hash, a.published_at,
           CASE WHEN length(a.text) >= 300
                THEN md5(left(regexp_replace(lower(a.text[:600]), '[^\pL\d]+', '', 'g'), 240)) END AS opening_hash
    FROM articles AS a
    LEFT JOIN printed AS p USING (article_id)
),
told AS (
    SELECT article_id, published_at,
           least(
               min(article_id) OVER (PARTITION BY text_sha256),
               CASE WHEN opening_hash IS NOT NULL THEN min(article_id) OVER (PARTITION BY opening_hash) END,
               CASE WHEN figures_hash IS NOT NULL THEN min(article_id) OVER (PARTITION BY figures_hash) END
           ) AS story_id
    FROM marked
)
SELECT article_id, story_id,
       row_number() OVER (PARTITION BY story_id ORDER BY published_at NULLS LAST, article_id) > 1 AS is_reprint
FROM told
ORDER BY article_id;

COMMENT ON TABLE trend_stories IS 'Which story an article tells. Grain: one row per article.';
COMMENT ON COLUMN trend_stories.article_id IS 'Key: articles.article_id.';
COMMENT ON COLUMN trend_stories.story_id IS 'The same for reprints of one story: same text, same opening, or the same set of at least five figures.';
COMMENT ON COLUMN trend_stories.is_reprint IS 'True for all but the earliest article of the story.';
