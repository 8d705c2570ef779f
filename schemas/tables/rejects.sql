-- Grain: one row per thing that could not be read.
CREATE TABLE IF NOT EXISTS rejects (
    reject_id   VARCHAR   NOT NULL PRIMARY KEY,
    path        VARCHAR   NOT NULL,
    line        INTEGER   CHECK (line >= 1),
    article_id  VARCHAR,
    reason      VARCHAR   NOT NULL CHECK (regexp_full_match(reason, '[a-z][a-z0-9_]*')),
    message     VARCHAR   NOT NULL,
    run_id      VARCHAR   NOT NULL,
    rejected_at TIMESTAMP NOT NULL
);

COMMENT ON TABLE rejects IS 'What was left out and why. Grain: one row per thing that could not be read; reading its input again replaces them.';
COMMENT ON COLUMN rejects.reject_id IS 'Key: a hash of path, line, article, reason and message.';
COMMENT ON COLUMN rejects.path IS 'File, folder or address it stands in.';
COMMENT ON COLUMN rejects.line IS 'Line or record of the file, from 1; NULL where the whole input was left out.';
COMMENT ON COLUMN rejects.article_id IS 'Article concerned, where it got that far.';
COMMENT ON COLUMN rejects.reason IS 'Reason code, for counting: empty, not_utf8, broken_json, …';
COMMENT ON COLUMN rejects.message IS 'What happened and what to do about it, for a person.';
COMMENT ON COLUMN rejects.run_id IS 'Run that met it: runs.run_id.';
COMMENT ON COLUMN rejects.rejected_at IS 'Time that run published, UTC.';
