-- critical figures: Every figure belongs to an article that is published with it.
SELECT f.figure_id
FROM staged_figures AS f
ANTI JOIN staged_articles AS a USING (article_id)
