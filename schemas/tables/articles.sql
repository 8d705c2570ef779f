-- Grain: one row per article, as its source last gave it.
CREATE TABLE IF NOT EXISTS articles (
    article_id        VARCHAR   NOT NULL PRIMARY KEY CHECK (length(article_id) = 16),
    external_id       VARCHAR   NOT NULL CHECK (external_id <> ''),
    source            VARCHAR,
    url               VARCHAR,
    title             VARCHAR,
    author            VARCHAR,
    published_at      TIMESTAMP,
    place             VARCHAR,
    text              VARCHAR   NOT NULL CHECK (text <> ''),
    text_sha256       VARCHAR   NOT NULL CHECK (length(text_sha256) = 64),
    read_as_of        DATE,
    content_hash      VARCHAR   NOT NULL CHECK (length(content_hash) = 64),
    extractor_version VARCHAR   NOT NULL,
    input_path        VARCHAR   NOT NULL,
    run_id            VARCHAR   NOT NULL,
    loaded_at         TIMESTAMP NOT NULL
);

COMMENT ON TABLE articles IS 'News articles. Grain: one row per article, as its source last gave it.';
COMMENT ON COLUMN articles.article_id IS 'Key: 16 hex digits, a hash of source and external_id; the same article keeps it for ever.';
COMMENT ON COLUMN articles.external_id IS 'The id the record came with, or the path of its file.';
COMMENT ON COLUMN articles.source IS 'Name of the paper or feed, as the record gives it.';
COMMENT ON COLUMN articles.url IS 'Address the article was published at.';
COMMENT ON COLUMN articles.title IS 'Headline.';
COMMENT ON COLUMN articles.author IS 'Author or byline as printed.';
COMMENT ON COLUMN articles.published_at IS 'Time of publication on the wall clock of its place (Viet Nam: UTC+7); NULL where it is not known.';
COMMENT ON COLUMN articles.place IS 'Place the record or the dateline names.';
COMMENT ON COLUMN articles.text IS 'Text as given, Unicode NFC and otherwise untouched; all offsets count its code points.';
COMMENT ON COLUMN articles.text_sha256 IS 'SHA-256 of text in UTF-8, hexadecimal.';
COMMENT ON COLUMN articles.read_as_of IS 'Date that words such as "hôm qua" were resolved against: the day of published_at, else the --published-on of the run.';
COMMENT ON COLUMN articles.content_hash IS 'SHA-256 of all that was read (text, title, author, url, place, dates): a row is replaced only when it differs.';
COMMENT ON COLUMN articles.extractor_version IS 'Fingerprint of the rules and seeds that read the figures; other rules read the article again.';
COMMENT ON COLUMN articles.input_path IS 'Input the article came from: inputs.path.';
COMMENT ON COLUMN articles.run_id IS 'Run that wrote this row: runs.run_id.';
COMMENT ON COLUMN articles.loaded_at IS 'Time that run published, UTC.';
