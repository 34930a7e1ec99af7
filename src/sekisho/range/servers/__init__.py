"""Small servers with a published flaw each, started as any server is: over standard input and output, no network.

`stdio.serve` speaks the protocol (2025-11-25), a module holds tools; it is run as `python -I -m`.
Every server but `weather` works on its working directory only, which an incident fills before.
What a real one would fetch from a network stands in a table.
"""
