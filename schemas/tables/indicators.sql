-- Grain: one row per indicator of the catalogue seeds/indicators.csv.
CREATE TABLE IF NOT EXISTS indicators (
    indicator_id  VARCHAR   NOT NULL PRIMARY KEY CHECK (regexp_full_match(indicator_id, '[a-z][a-z0-9_]*')),
    name_vi       VARCHAR   NOT NULL,
    name_en       VARCHAR   NOT NULL,
    domain        VARCHAR   NOT NULL,
    kind          VARCHAR[] NOT NULL,
    units         VARCHAR[] NOT NULL,
    nature        VARCHAR   NOT NULL CHECK (nature IN ('stock', 'flow', 'ratio', 'change')),
    aggregation   VARCHAR   NOT NULL CHECK (aggregation IN ('sum', 'last', 'mean', 'none')),
    subject       VARCHAR   NOT NULL CHECK (subject IN ('any', 'single')),
    default_place VARCHAR,
    low           DECIMAL(38,10),
    high          DECIMAL(38,10),
    patterns      VARCHAR[] NOT NULL,
    excludes      VARCHAR[] NOT NULL,
    source        VARCHAR   NOT NULL,
    CHECK (low <= high)
);

COMMENT ON TABLE indicators IS 'What is reported again and again. Grain: one row per indicator of the catalogue seeds/indicators.csv.';
COMMENT ON COLUMN indicators.indicator_id IS 'Key: a plain name, the same for ever.';
COMMENT ON COLUMN indicators.name_vi IS 'Vietnamese name.';
COMMENT ON COLUMN indicators.name_en IS 'English name.';
COMMENT ON COLUMN indicators.domain IS 'party, government, economy, market, business, agriculture, health, education, labour, traffic, crime, weather or urban.';
COMMENT ON COLUMN indicators.kind IS 'Kinds of figure it can be: figures.kind.';
COMMENT ON COLUMN indicators.units IS 'Units it is printed in; for counts the noun, alone or with words after it; * is any.';
COMMENT ON COLUMN indicators.nature IS 'stock (level at a time), flow (total of a period), ratio (share or price: never added up), change (growth itself).';
COMMENT ON COLUMN indicators.aggregation IS 'How values of short periods make one of a longer: sum, last, mean, or none.';
COMMENT ON COLUMN indicators.subject IS 'single: there is one in the world (an index, a world price), whoever reports it; any: it is somebody''s.';
COMMENT ON COLUMN indicators.default_place IS 'Place meant where the text names nobody: places.place_id; NULL where nothing may be assumed.';
COMMENT ON COLUMN indicators.low IS 'Least value that can be it; a smaller one is something else.';
COMMENT ON COLUMN indicators.high IS 'Greatest value that can be it; a greater one is something else.';
COMMENT ON COLUMN indicators.patterns IS 'Words that name it, each an alternative; & joins words that must all stand in the clause, # is any number.';
COMMENT ON COLUMN indicators.excludes IS 'Words that make it something else.';
COMMENT ON COLUMN indicators.source IS 'Where the definition comes from.';
