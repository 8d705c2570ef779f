"""The only room that talks to DuckDB."""
