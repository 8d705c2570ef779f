"""The quality gate: expectations on staged rows, held before anything is published.

Rules are data in `schemas/expectations/`: `<table>.json` is a Great Expectations suite, `<rule>.sql` a query
that returns the bad rows. A critical rule that does not hold closes the gate; others are reported.
"""
