-- critical checks: Every figure that a check states or computes with is published with it.
WITH used AS (
    SELECT check_id, stated_figure_id AS figure_id FROM staged_checks WHERE stated_figure_id IS NOT NULL
    UNION ALL
    SELECT check_id, figure_id FROM staged_check_operands
)
SELECT u.check_id, u.figure_id
FROM used AS u
ANTI JOIN staged_figures AS f USING (figure_id)
