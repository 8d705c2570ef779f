-- Grain: one row per place under one extent (a province before and after the mergers of July 2025 is two).
CREATE TABLE IF NOT EXISTS places (
    place_id      VARCHAR   NOT NULL PRIMARY KEY CHECK (regexp_full_match(place_id, '[a-z0-9-]+')),
    name_vi       VARCHAR   NOT NULL,
    name_en       VARCHAR   NOT NULL,
    level         VARCHAR   NOT NULL CHECK (level IN ('world', 'region', 'country', 'province', 'district')),
    centrally_run BOOLEAN   NOT NULL,
    parent        VARCHAR,
    gso_code      VARCHAR,
    valid_from    DATE,
    valid_to      DATE,
    successor     VARCHAR,
    names         VARCHAR[] NOT NULL,
    CHECK (valid_from <= valid_to)
);

COMMENT ON TABLE places IS 'Places figures are about. Grain: one row per place under one extent; a province before and after the mergers of July 2025 is two.';
COMMENT ON COLUMN places.place_id IS 'Key: the name in plain letters; -2025 marks a province as merged on 1 July 2025.';
COMMENT ON COLUMN places.name_vi IS 'Vietnamese name.';
COMMENT ON COLUMN places.name_en IS 'English name.';
COMMENT ON COLUMN places.level IS 'world, region, country, province or district (also a city in a province).';
COMMENT ON COLUMN places.centrally_run IS 'True for a city that is a province (thành phố trực thuộc trung ương).';
COMMENT ON COLUMN places.parent IS 'Place it lies in: places.place_id.';
COMMENT ON COLUMN places.gso_code IS 'Two-digit code of the General Statistics Office; NULL below and above provinces.';
COMMENT ON COLUMN places.valid_from IS 'First day of this extent; NULL: before anything read here.';
COMMENT ON COLUMN places.valid_to IS 'Last day of this extent; NULL: still.';
COMMENT ON COLUMN places.successor IS 'Place it became part of: places.place_id.';
COMMENT ON COLUMN places.names IS 'Ways texts name it, as they print them.';
