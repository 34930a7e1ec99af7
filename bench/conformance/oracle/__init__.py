"""Runs the official conformance suite and judges what it says.

Concepts: a *suite* (one pinned release of the npm package, see `suite`), a *target* (the processes under test,
see `targets`), a *score* (what one run gave, see `scores`) and a *row* (a target, its runs and what is expected
of them, see `rows`).
`run.py` picks rows; a row starts its target and runs the suite; `report` prints the table and writes the JSON.
"""
