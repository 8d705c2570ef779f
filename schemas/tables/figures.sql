-- Grain: one row per figure printed in an article.
CREATE TABLE IF NOT EXISTS figures (
    figure_id     VARCHAR        NOT NULL PRIMARY KEY CHECK (figure_id = article_id || ':' || char_start),
    article_id    VARCHAR        NOT NULL,
    sentence_no   INTEGER        NOT NULL CHECK (sentence_no >= 0),
    char_start    INTEGER        NOT NULL CHECK (char_start >= 0),
    char_end      INTEGER        NOT NULL CHECK (char_end > char_start),
    surface       VARCHAR        NOT NULL CHECK (length(surface) > 0),
    kind          VARCHAR        NOT NULL CHECK (kind IN ('count', 'money', 'percent', 'quantity', 'rate', 'duration',
                                                          'age', 'score', 'multiple')),
    value         DECIMAL(38,10),
    value_low     DECIMAL(38,10),
    value_high    DECIMAL(38,10),
    unit          VARCHAR        NOT NULL,
    qualifier     VARCHAR        NOT NULL CHECK (qualifier IN ('exact', 'about', 'over', 'under', 'at_least', 'at_most',
                                                               'range')),
    direction     VARCHAR        CHECK (direction IN ('up', 'down')),
    resolution    DECIMAL(38,10) NOT NULL CHECK (resolution >= 0),
    number_style  VARCHAR        NOT NULL,
    unit_source   VARCHAR        NOT NULL CHECK (unit_source IN ('printed', 'shared', 'understood')),
    what          VARCHAR,
    measure       VARCHAR,
    who           VARCHAR,
    indicator_id  VARCHAR,
    place_id      VARCHAR,
    is_target     BOOLEAN        NOT NULL DEFAULT false,
    period_start  DATE,
    period_end    DATE,
    period_source VARCHAR        CHECK (period_source IN ('printed', 'shared', 'understood')),
    base_start    DATE,
    base_end      DATE,
    run_id        VARCHAR        NOT NULL,
    CHECK (value IS NOT NULL OR value_low IS NOT NULL OR value_high IS NOT NULL),
    CHECK (value_low <= value_high),
    CHECK (period_start <= period_end),
    CHECK (base_start <= base_end)
);

COMMENT ON TABLE figures IS 'Numbers that quantify something. Grain: one row per figure printed in an article.';
COMMENT ON COLUMN figures.figure_id IS 'Key: article_id, a colon, char_start; leads back to the characters.';
COMMENT ON COLUMN figures.article_id IS 'Article it stands in: articles.article_id.';
COMMENT ON COLUMN figures.sentence_no IS 'Number of its sentence in reading order, from 0.';
COMMENT ON COLUMN figures.char_start IS 'First code point of the numeral in articles.text, from 0.';
COMMENT ON COLUMN figures.char_end IS 'Code point after the end of its unit (half-open).';
COMMENT ON COLUMN figures.surface IS 'The characters themselves: text[char_start:char_end].';
COMMENT ON COLUMN figures.kind IS 'count, money, percent, quantity, rate, duration, age, score or multiple.';
COMMENT ON COLUMN figures.value IS 'The number in unit, scale words multiplied out, exactly as printed; NULL for a range.';
COMMENT ON COLUMN figures.value_low IS 'Lower end of a range; NULL where it is open or there is none.';
COMMENT ON COLUMN figures.value_high IS 'Upper end of a range; NULL where it is open or there is none.';
COMMENT ON COLUMN figures.unit IS 'ISO code of money, %, pp, unit of measure, or the counted noun in lower case; empty where none is said.';
COMMENT ON COLUMN figures.qualifier IS 'exact, about (khoảng), over (hơn), under (gần), at_least, at_most or range.';
COMMENT ON COLUMN figures.direction IS 'up or down where the figure is a change; else NULL.';
COMMENT ON COLUMN figures.resolution IS 'Size of the last printed digit, in unit: 87,8 % is 0.1; 14,60 tỷ USD is 1e7; the figure stands for value ± half of it.';
COMMENT ON COLUMN figures.number_style IS 'How the digits were read: vi (1.234,5), en (1,234.5), words, or misprint.';
COMMENT ON COLUMN figures.unit_source IS 'printed beside the number, shared with a neighbour in a list, or understood from the sentence.';
COMMENT ON COLUMN figures.what IS 'Words of the text that name the measured thing; NULL where it does not say.';
COMMENT ON COLUMN figures.measure IS 'what in normal form: the same for the same measure worded alike.';
COMMENT ON COLUMN figures.who IS 'Organisation, place or person the figure is about, in the words of the text.';
COMMENT ON COLUMN figures.indicator_id IS 'Indicator the measure is known as: indicators.indicator_id.';
COMMENT ON COLUMN figures.place_id IS 'Place the figure is about: places.place_id.';
COMMENT ON COLUMN figures.is_target IS 'True for a plan, target or forecast: nothing that has happened.';
COMMENT ON COLUMN figures.period_start IS 'First day the value refers to; NULL for a stock at a point in time or where it is not known.';
COMMENT ON COLUMN figures.period_end IS 'Last day the value refers to, inclusive; alone for a stock ("tính đến …").';
COMMENT ON COLUMN figures.period_source IS 'How the period is known: printed in its own sentence, shared with a neighbour in a list, or understood from the rest of the article (a guess that holds about three times in five); NULL without a period.';
COMMENT ON COLUMN figures.base_start IS 'First day of the period a change is compared with.';
COMMENT ON COLUMN figures.base_end IS 'Last day of the period a change is compared with, inclusive.';
COMMENT ON COLUMN figures.run_id IS 'Run that wrote this row: runs.run_id.';
