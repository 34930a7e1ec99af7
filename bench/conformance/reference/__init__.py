"""The reference server: the fixtures that the official conformance suite asks of a server.

Concepts: a *call* (one request with its answers, see `call`), a *tool* (a definition with what it does), a
*question* (something that the client is asked), and the *replay* of a broken event stream.
`server` builds one SDK server out of the tables in `plain_tools`, `asking_tools`, `resources` and `prompts`;
`serving` puts it behind Streamable HTTP or stdio. Nothing here knows Sekisho.

Every tool works in both protocol generations: what it asks goes out as a request up to 2025-11-25 and as an
`InputRequiredResult` from 2026-07-28 on.
"""
