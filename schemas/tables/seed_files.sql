-- Grain: one row per reference table, as it was last loaded from seeds/.
CREATE TABLE IF NOT EXISTS seed_files (
    name      VARCHAR   NOT NULL PRIMARY KEY,
    sha256    VARCHAR   NOT NULL CHECK (length(sha256) = 64),
    rows      INTEGER   NOT NULL CHECK (rows >= 0),
    loaded_at TIMESTAMP NOT NULL
);

COMMENT ON TABLE seed_files IS 'State of the reference tables. Grain: one row per table loaded from seeds/; a file that changed is loaded anew.';
COMMENT ON COLUMN seed_files.name IS 'Key: name of the table and of seeds/<name>.csv.';
COMMENT ON COLUMN seed_files.sha256 IS 'SHA-256 of the CSV and of the SQL of its table, hexadecimal.';
COMMENT ON COLUMN seed_files.rows IS 'Rows loaded.';
COMMENT ON COLUMN seed_files.loaded_at IS 'Time of loading, UTC.';
