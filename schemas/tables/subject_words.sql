-- Grain: one row per opening of the name of a body.
CREATE TABLE IF NOT EXISTS subject_words (
    words      VARCHAR NOT NULL PRIMARY KEY CHECK (words = lower(words)),
    stands_for VARCHAR,
    drops_all  BOOLEAN NOT NULL
);

COMMENT ON TABLE subject_words IS 'Names of one body worded in several ways. Grain: one row per opening of a name.';
COMMENT ON COLUMN subject_words.words IS 'Key: the words a name begins with, in lower case; the longest that fits counts.';
COMMENT ON COLUMN subject_words.stands_for IS 'Words put in their place; NULL where the body only reports figures about others.';
COMMENT ON COLUMN subject_words.drops_all IS 'True where the rest of the name goes with the words: a speaker or reporter, not the subject.';
