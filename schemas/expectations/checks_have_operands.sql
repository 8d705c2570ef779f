-- critical checks: A check that decided something computed with at least one figure.
SELECT c.check_id
FROM staged_checks AS c
ANTI JOIN staged_check_operands AS o USING (check_id)
WHERE c.verdict <> 'undetermined' AND c.stated_figure_id IS NULL
