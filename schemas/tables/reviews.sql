-- Grain: one row per verdict a person gave on a check or a figure; the newest counts.
CREATE TABLE IF NOT EXISTS reviews (
    review_id   VARCHAR   NOT NULL PRIMARY KEY,
    check_id    VARCHAR,
    figure_id   VARCHAR,
    verdict     VARCHAR   NOT NULL CHECK (verdict IN ('paper_erred', 'misread', 'fine')),
    note        VARCHAR,
    subject     VARCHAR   NOT NULL,
    reviewer    VARCHAR   NOT NULL,
    reviewed_at TIMESTAMP NOT NULL,
    CHECK ((check_id IS NULL) <> (figure_id IS NULL))
);

COMMENT ON TABLE reviews IS 'What people found. Grain: one row per verdict on a check or a figure; the newest of a subject counts, none is deleted.';
COMMENT ON COLUMN reviews.review_id IS 'Key: UTC time of the review and a random tail; sorts by time.';
COMMENT ON COLUMN reviews.check_id IS 'Check reviewed: checks.check_id; NULL for a review of a figure.';
COMMENT ON COLUMN reviews.figure_id IS 'Figure reviewed: figures.figure_id; NULL for a review of a check.';
COMMENT ON COLUMN reviews.verdict IS 'paper_erred (the article is wrong), misread (khopso is wrong), fine (nothing is wrong).';
COMMENT ON COLUMN reviews.note IS 'Free words of the reviewer.';
COMMENT ON COLUMN reviews.subject IS 'Formula of the check or surface of the figure at that time, so that the row stays readable when the article changes.';
COMMENT ON COLUMN reviews.reviewer IS 'Who reviewed it.';
COMMENT ON COLUMN reviews.reviewed_at IS 'Time of the review, UTC.';
