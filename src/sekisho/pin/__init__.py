"""What a server showed when it was approved, kept, and compared with what it shows now.

A *fingerprint* names one definition exactly as it is forwarded. A *pin* is the record of one definition: the *text*
that was approved and by whom, and what *waits* for a human. A `Ledger` holds the pins of one server (`records`).
`ledger.observe` takes a ledger and what the server shows now (an `Observation`), and returns the new ledger with one
`Decision` for each definition: show what came, show what was approved, or hide it. `grade` says how much a change
matters: it is *neutral* only where that is mechanically provable, it *waits* while the approved definition keeps
working, or the definition is *held*. Every change is graded against the last text that a human approved, however many
came between.

What runs when a server is started is pinned beside its texts, as a definition of its own kind (`code`).

Nothing in here stores, asks or forwards: the engine calls `observe` with each complete listing and serves the
decisions, an adapter keeps ledgers as `plain` data, the command line calls `review` for a human, and `sekisho pin diff`
calls `compare`. Pinned is not vetted: a text that first use approved is still untrusted text.
"""
