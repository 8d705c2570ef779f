"""khopso: the figures of Vietnamese news, read and reconciled.

The pure part of the project can be used as a library; nothing here reads or writes files, and importing
it loads no Prefect, pandas or DuckDB.
"""
