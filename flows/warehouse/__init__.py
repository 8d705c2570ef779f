"""The warehouse: the only room that talks to DuckDB.

`stage` and `rows` write what a batch of articles holds as one Parquet file and import no DuckDB, so that
worker processes stay small; `ingest` is the job step by step; `publish` replaces rows in one transaction;
`migrate`, `reference` and `marts` keep the schema, the reference tables and the views; `ask` reads.
"""
