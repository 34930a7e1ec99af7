"""Requests of a server to the host's model, and the question to the person that goes before them.

A `Wish` is what a server asks of a model, as it was judged; its `Kind` is what a person said yes to, so that another
kind of wish is asked for anew. `Permits` are what one conversation said, by server. `form` is the question: fixed
words. `gate` tells for which wishes nobody is asked.
`older` asks in the middle of a call (up to 2025-11-25), `newer` in place of an `input_required` result (2026-07-28).
`answers` looks at what a model says to a server, whoever allowed that it was asked.

The session's modules call `older`, `newer` and `answers`; nothing else stands between a server and a host's model.
"""
