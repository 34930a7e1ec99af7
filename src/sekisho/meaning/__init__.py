"""Meaning: what a server will make of an argument: a path, an address, a command, a query, or only text.

`words` reads a name or a description (`data/meanings.toml`), `tool.Tool` is one tool made ready: what it does, and what
each of its parameters is by schema, name and description. `Tool.read` walks the arguments of a call and returns every
text in them as an `Argument` with all meanings that it could have, by what it looks like too: a value is
judged by each.
Whoever judges a call (`engine`) reads its arguments here and hands each to the guards of its meanings.
"""
