"""The engine: everything that decides, without an effect of its own.

A `Session` stands between one or more channels of a host and one server.
Shells feed it `events` and perform the `effects` that it returns, in order.
`calls` knows what is in flight in both directions; `lifecycle` knows generation, revision and what a restarted
server has to be told again; `seal` binds `requestState`; `bounds` limits what a server may send; `inspect` judges.

Nothing here reads a clock, a file or a socket: time arrives with each event, keys arrive with the constructor.
"""
