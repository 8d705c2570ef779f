-- Grain: one row per input file or address, as it was last read.
CREATE TABLE IF NOT EXISTS inputs (
    path              VARCHAR   NOT NULL PRIMARY KEY,
    sha256            VARCHAR   NOT NULL CHECK (length(sha256) = 64),
    extractor_version VARCHAR   NOT NULL,
    published_on      DATE,
    articles          INTEGER   NOT NULL CHECK (articles >= 0),
    rejects           INTEGER   NOT NULL CHECK (rejects >= 0),
    run_id            VARCHAR   NOT NULL,
    loaded_at         TIMESTAMP NOT NULL
);

COMMENT ON TABLE inputs IS 'What has been read. Grain: one row per input file or address; the same bytes and rules are not read again.';
COMMENT ON COLUMN inputs.path IS 'Key: path or address as articles.input_path and rejects.path name it.';
COMMENT ON COLUMN inputs.sha256 IS 'SHA-256 of its bytes, hexadecimal.';
COMMENT ON COLUMN inputs.extractor_version IS 'Fingerprint of the rules and seeds that read it.';
COMMENT ON COLUMN inputs.published_on IS 'The --published-on it was read with; NULL where none was given.';
COMMENT ON COLUMN inputs.articles IS 'Articles found in it.';
COMMENT ON COLUMN inputs.rejects IS 'Rows of rejects it caused.';
COMMENT ON COLUMN inputs.run_id IS 'Run that read it: runs.run_id.';
COMMENT ON COLUMN inputs.loaded_at IS 'Time that run published, UTC.';
