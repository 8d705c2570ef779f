-- warning articles: The rules fail on no article.
SELECT article_id, external_id FROM staged_articles WHERE failed
