-- warning figures: No character belongs to two figures.
SELECT figure_id, next_start
FROM (
    SELECT figure_id, char_end, lead(char_start) OVER (PARTITION BY article_id ORDER BY char_start) AS next_start
    FROM staged_figures
)
WHERE char_end > next_start
