-- Grain: one row per figure that takes part in a check.
CREATE TABLE IF NOT EXISTS check_operands (
    check_id  VARCHAR NOT NULL,
    position  INTEGER NOT NULL CHECK (position >= 0),
    figure_id VARCHAR NOT NULL,
    role      VARCHAR NOT NULL CHECK (role <> ''),
    PRIMARY KEY (check_id, position)
);

COMMENT ON TABLE check_operands IS 'Figures a check computes with. Grain: one row per figure that takes part in a check.';
COMMENT ON COLUMN check_operands.check_id IS 'Check it takes part in: checks.check_id.';
COMMENT ON COLUMN check_operands.position IS 'Place in the formula, from 0.';
COMMENT ON COLUMN check_operands.figure_id IS 'The figure: figures.figure_id.';
COMMENT ON COLUMN check_operands.role IS 'What it is in the formula: part, whole, numerator, denominator, new, base, …';
