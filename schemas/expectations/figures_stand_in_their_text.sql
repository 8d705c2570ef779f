-- critical figures: The characters of every figure stand in its article where it says (each row of the answer is a figure that does not).
SELECT f.figure_id, f.surface
FROM staged_figures AS f
JOIN staged_articles AS a USING (article_id)
WHERE substring(a.text, f.char_start + 1, f.char_end - f.char_start) <> f.surface
