"""The engine: everything that decides, without an effect of its own.

A `Session` stands between one or more channels of a host and one server.
Shells feed it `events` and perform the `effects` that it returns, in order.
`from_host` and `from_server` are the two directions; `calls` knows what is in flight in both.
`handshake` agrees on generation and revision, `parking` holds requests that wait for that, `mirror` knows which
arguments travel as headers, `seal` binds `requestState`.
`upkeep` is time, loss, restart and halt; `bounds` limits what a server may send; `unrecorded` is what happens when the
audit fails. `inspect` and `judge` ask the rules, `refusal` says no.

Nothing here reads a clock, a file or a socket: time arrives with each event, keys arrive with the constructor.
"""
