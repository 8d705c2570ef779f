-- Grain: one row per relation that an article asserts between its figures.
CREATE TABLE IF NOT EXISTS checks (
    check_id         VARCHAR        NOT NULL PRIMARY KEY CHECK (starts_with(check_id, article_id || '-')),
    article_id       VARCHAR        NOT NULL,
    kind             VARCHAR        NOT NULL CHECK (regexp_full_match(kind, '[a-z][a-z_]*')),
    verdict          VARCHAR        NOT NULL CHECK (verdict IN ('consistent', 'truncated', 'inconsistent',
                                                                'undetermined')),
    stated_figure_id VARCHAR,
    stated_value     DECIMAL(38,10),
    computed_value   DECIMAL(38,10),
    computed_low     DECIMAL(38,10),
    computed_high    DECIMAL(38,10),
    formula          VARCHAR        NOT NULL,
    explanation      VARCHAR        NOT NULL,
    suggestion       VARCHAR,
    confidence       DOUBLE         NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    char_start       INTEGER        NOT NULL CHECK (char_start >= 0),
    char_end         INTEGER        NOT NULL CHECK (char_end >= char_start),
    run_id           VARCHAR        NOT NULL,
    CHECK (computed_low <= computed_high)
);

COMMENT ON TABLE checks IS 'Arithmetic the text asserts, computed and judged. Grain: one row per relation between figures of an article.';
COMMENT ON COLUMN checks.check_id IS 'Key: article_id, a dash, a hash of kind, figures and roles; the same check keeps it when the article is read again.';
COMMENT ON COLUMN checks.article_id IS 'Article that asserts it: articles.article_id.';
COMMENT ON COLUMN checks.kind IS 'ratio, sum, bound, difference, change, multiple, product, average, repeat, convert, complement, increment, weekday, …';
COMMENT ON COLUMN checks.verdict IS 'consistent; truncated (holds only if the writer cut instead of rounded); inconsistent; undetermined (an operand is missing).';
COMMENT ON COLUMN checks.stated_figure_id IS 'Figure that states the result: figures.figure_id; NULL where the statement is no figure (100 % of a partition, a weekday).';
COMMENT ON COLUMN checks.stated_value IS 'Value the text states.';
COMMENT ON COLUMN checks.computed_value IS 'Value computed from the operands as printed; rounded to ten decimals.';
COMMENT ON COLUMN checks.computed_low IS 'Least value the operands allow, each being ± half of its last printed digit; NULL where it is open.';
COMMENT ON COLUMN checks.computed_high IS 'Greatest value the operands allow; NULL where it is open.';
COMMENT ON COLUMN checks.formula IS 'Readable: 527 / 600 = 87.83 % (stated 87.8 %).';
COMMENT ON COLUMN checks.explanation IS 'Why the verdict is what it is, in one sentence.';
COMMENT ON COLUMN checks.suggestion IS 'Likely cause of a mismatch (a slipped digit, another base, …), or NULL.';
COMMENT ON COLUMN checks.confidence IS 'How sure it is that the text asserts this relation, 0 to 1.';
COMMENT ON COLUMN checks.char_start IS 'First code point of the statement in articles.text.';
COMMENT ON COLUMN checks.char_end IS 'Code point after the statement (half-open).';
COMMENT ON COLUMN checks.run_id IS 'Run that wrote this row: runs.run_id.';
