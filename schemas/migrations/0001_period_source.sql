-- figures.period_source: how the period of a figure is known; rows written before it tell nothing.
ALTER TABLE figures ADD COLUMN period_source VARCHAR;
