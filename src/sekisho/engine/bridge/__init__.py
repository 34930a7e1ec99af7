"""The bridge: a host of one generation of the protocol in front of a server of the other.

It stands above a `Session` and takes the host's place for it, so everything below it (correlation, sealing, records,
restarts) is what it would be for a host of the server's own generation.
It is asked only when a server has refused the host's generation; until then, and for ever when it has not, messages
pass it untouched.

`either` finds out which of two a host needs: `newer` lets a host up to 2025-11-25 use a 2026-07-28 server; `older` lets
a 2026-07-28 host use a server up to 2025-11-25, with one `Side` for each set of capabilities that hosts declare.
`listening` is what changes, told to those who want to know; `parked` is a call whose server asked something back;
`translate` rewrites single messages.

A bridge is as pure as the session: it takes events of the host and effects of the session, and returns moves.
A move is an event for a session (`Down`), fresh sessions (`Renew`), an effect for the host's face, or a `Record`.
"""
