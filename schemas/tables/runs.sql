-- Grain: one row per run of the ingest job that came to an end.
CREATE TABLE IF NOT EXISTS runs (
    run_id              VARCHAR   NOT NULL PRIMARY KEY,
    status              VARCHAR   NOT NULL CHECK (status IN ('published', 'unchanged', 'gate_closed')),
    started_at          TIMESTAMP NOT NULL,
    finished_at         TIMESTAMP NOT NULL CHECK (finished_at >= started_at),
    paths               VARCHAR[] NOT NULL,
    published_on        DATE,
    workers             INTEGER   NOT NULL CHECK (workers >= 1),
    inputs_read         INTEGER   NOT NULL,
    inputs_known        INTEGER   NOT NULL,
    batches             INTEGER   NOT NULL,
    batches_reused      INTEGER   NOT NULL,
    articles_read       INTEGER   NOT NULL,
    articles_new        INTEGER   NOT NULL,
    articles_changed    INTEGER   NOT NULL,
    articles_unchanged  INTEGER   NOT NULL,
    articles_rejected   INTEGER   NOT NULL,
    figures             INTEGER   NOT NULL,
    checks              INTEGER   NOT NULL,
    checks_consistent   INTEGER   NOT NULL,
    checks_truncated    INTEGER   NOT NULL,
    checks_inconsistent INTEGER   NOT NULL,
    checks_undetermined INTEGER   NOT NULL,
    rejects             INTEGER   NOT NULL,
    seconds_read        DOUBLE    NOT NULL,
    seconds_quality     DOUBLE    NOT NULL,
    seconds_publish     DOUBLE    NOT NULL,
    failed_rules        VARCHAR[] NOT NULL,
    khopso_version      VARCHAR   NOT NULL,
    extractor_version   VARCHAR   NOT NULL,
    python_version      VARCHAR   NOT NULL,
    duckdb_version      VARCHAR   NOT NULL
);

COMMENT ON TABLE runs IS 'History of the job. Grain: one row per run of khopso ingest that came to an end.';
COMMENT ON COLUMN runs.run_id IS 'Key: UTC time of the start and a random tail; sorts by time.';
COMMENT ON COLUMN runs.status IS 'published; unchanged (nothing new was found); gate_closed (a critical rule failed, nothing was published).';
COMMENT ON COLUMN runs.started_at IS 'Time the run began, UTC.';
COMMENT ON COLUMN runs.finished_at IS 'Time its rows were committed, UTC.';
COMMENT ON COLUMN runs.paths IS 'Paths and addresses it was given.';
COMMENT ON COLUMN runs.published_on IS 'Date given for articles that carry none.';
COMMENT ON COLUMN runs.workers IS 'Processes that read batches at the same time.';
COMMENT ON COLUMN runs.inputs_read IS 'Inputs opened and read.';
COMMENT ON COLUMN runs.inputs_known IS 'Inputs left unread: same bytes, same rules as before.';
COMMENT ON COLUMN runs.batches IS 'Batches of articles, one staged file each.';
COMMENT ON COLUMN runs.batches_reused IS 'Batches found finished, staged by a run that died.';
COMMENT ON COLUMN runs.articles_read IS 'Articles read from the inputs: new, changed, unchanged or superseded.';
COMMENT ON COLUMN runs.articles_new IS 'Articles that were not in the warehouse.';
COMMENT ON COLUMN runs.articles_changed IS 'Articles whose rows were replaced.';
COMMENT ON COLUMN runs.articles_unchanged IS 'Articles found as they were, known inputs included.';
COMMENT ON COLUMN runs.articles_rejected IS 'Articles and inputs that could not be read.';
COMMENT ON COLUMN runs.figures IS 'Figures written by this run.';
COMMENT ON COLUMN runs.checks IS 'Checks written by this run.';
COMMENT ON COLUMN runs.checks_consistent IS 'Of these, consistent.';
COMMENT ON COLUMN runs.checks_truncated IS 'Of these, true only when cut instead of rounded.';
COMMENT ON COLUMN runs.checks_inconsistent IS 'Of these, inconsistent.';
COMMENT ON COLUMN runs.checks_undetermined IS 'Of these, not decided.';
COMMENT ON COLUMN runs.rejects IS 'Rows of rejects written by this run.';
COMMENT ON COLUMN runs.seconds_read IS 'Seconds spent reading inputs and finding figures and checks.';
COMMENT ON COLUMN runs.seconds_quality IS 'Seconds spent on the quality rules.';
COMMENT ON COLUMN runs.seconds_publish IS 'Seconds the warehouse was held open for writing.';
COMMENT ON COLUMN runs.failed_rules IS 'Quality rules that did not hold: table.rule, critical ones first.';
COMMENT ON COLUMN runs.khopso_version IS 'Version of the package.';
COMMENT ON COLUMN runs.extractor_version IS 'Fingerprint of the rules and seeds.';
COMMENT ON COLUMN runs.python_version IS 'Version of Python.';
COMMENT ON COLUMN runs.duckdb_version IS 'Version of DuckDB.';
