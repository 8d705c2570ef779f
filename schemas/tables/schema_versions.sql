-- Grain: one row per change of the schema applied to this warehouse.
CREATE TABLE IF NOT EXISTS schema_versions (
    version     INTEGER   NOT NULL PRIMARY KEY,
    name        VARCHAR   NOT NULL,
    fingerprint VARCHAR   NOT NULL CHECK (length(fingerprint) = 64),
    applied_at  TIMESTAMP NOT NULL
);

COMMENT ON TABLE schema_versions IS 'Migrations. Grain: one row per change of the schema applied to this warehouse.';
COMMENT ON COLUMN schema_versions.version IS 'Key: number of schemas/migrations/<number>_<name>.sql; 0 stands for the tables and views themselves.';
COMMENT ON COLUMN schema_versions.name IS 'Name of the migration.';
COMMENT ON COLUMN schema_versions.fingerprint IS 'SHA-256 of what was applied, hexadecimal.';
COMMENT ON COLUMN schema_versions.applied_at IS 'Time it was applied, UTC.';
