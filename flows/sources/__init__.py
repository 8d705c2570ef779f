"""Files and records in, `Article` values out: one file per source format."""
