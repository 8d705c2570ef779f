-- critical articles: No key is published twice, over all rows and not only those sampled.
SELECT article_id AS key FROM staged_articles GROUP BY article_id HAVING count(*) > 1
UNION ALL
SELECT figure_id FROM staged_figures GROUP BY figure_id HAVING count(*) > 1
UNION ALL
SELECT check_id FROM staged_checks GROUP BY check_id HAVING count(*) > 1
