"""One engine for all entries of a user: the broker, and the relays that hosts start.

A *relay* (`relay`, what `sekisho run --entry NAME` is) judges nothing and passes no byte: it hands its standard
input and output to the *broker* (`service`, one process per user) over a socket (`address`: where it is, and who may
speak there), in the words of `frames`, and waits. `starting` starts a broker where there is none.
The broker reads and writes the host's pipes itself (`host.PassedHost`, a host's face like `StdioHost`), and keeps in
memory that it shares with the relay a `ledger`: which requests are open, and what was read of a line that has not
ended. When the broker dies the relay has the pipes and the ledger: it refuses what was open (`refusals`), and goes on
refusing until there is a broker again, which says once more what the host relies on (`standing`).
`conversations` says which entries share one conversation.

`relay`, `starting`, `address`, `frames` and `ledger` import no engine and little else: a host starts one relay for
each server.
"""
