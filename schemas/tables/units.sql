-- Grain: one row per printed unit.
CREATE TABLE IF NOT EXISTS units (
    word      VARCHAR        NOT NULL PRIMARY KEY,
    kind      VARCHAR        NOT NULL,
    unit      VARCHAR        NOT NULL,
    factor    DECIMAL(38,10) NOT NULL CHECK (factor > 0),
    same_case BOOLEAN        NOT NULL,
    alone     BOOLEAN        NOT NULL,
    why       VARCHAR
);

COMMENT ON TABLE units IS 'Units as printed after a number, from seeds/units.csv. Grain: one row per printed unit.';
COMMENT ON COLUMN units.word IS 'Key: the unit as printed, in small letters unless same_case.';
COMMENT ON COLUMN units.kind IS 'Kind of figure it makes: percent, quantity, duration, age, score, multiple.';
COMMENT ON COLUMN units.unit IS 'Unit the value is stored in: figures.unit.';
COMMENT ON COLUMN units.factor IS 'How many `unit` one printed unit is (1 tạ = 100 kg).';
COMMENT ON COLUMN units.same_case IS 'Whether it counts only as written (m is metre, M is not).';
COMMENT ON COLUMN units.alone IS 'Whether it counts only when no word follows (2 chỉ: gold; 2 chỉ còn: "only").';
COMMENT ON COLUMN units.why IS 'What it is, or why the row is as it is.';
