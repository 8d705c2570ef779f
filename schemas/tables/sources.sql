-- Grain: one row per paper.
CREATE TABLE IF NOT EXISTS sources (
    source_id  VARCHAR   NOT NULL PRIMARY KEY,
    name       VARCHAR   NOT NULL,
    names      VARCHAR[] NOT NULL,
    domains    VARCHAR[] NOT NULL,
    scope      VARCHAR   NOT NULL CHECK (scope IN ('national', 'local')),
    home_place VARCHAR,
    CHECK (scope = 'national' OR home_place IS NOT NULL)
);

COMMENT ON TABLE sources IS 'Papers and news sites. Grain: one row per paper.';
COMMENT ON COLUMN sources.source_id IS 'Key: its address without the ending.';
COMMENT ON COLUMN sources.name IS 'Name.';
COMMENT ON COLUMN sources.names IS 'Ways articles.source names it.';
COMMENT ON COLUMN sources.domains IS 'Addresses it publishes at.';
COMMENT ON COLUMN sources.scope IS 'national, or local to home_place.';
COMMENT ON COLUMN sources.home_place IS 'Place that "tỉnh" means in it: places.place_id.';
