-- critical articles: The rules fail on a stray article at most: not on more than five that are also more than one in a hundred.
WITH counted AS (
    SELECT count(*) FILTER (failed) AS failures, count(*) AS articles FROM staged_articles
)
SELECT a.external_id, p.message
FROM staged_articles AS a
JOIN staged_problems AS p USING (article_id)
CROSS JOIN counted AS c
WHERE a.failed AND p.reason = 'rules_failed' AND c.failures > 5 AND c.failures > c.articles / 100
