"""The range: small servers and hosts of our own, to show and try what the checkpoint does.

`weather` is a server for both generations of MCP; it is one file without imports of ours, started as any server is.
`host.Host` is the other end: it starts a command and exchanges lines with it, bounded in time.
`script` holds what hosts say, `play` has them say it with and without `sekisho run` between and compares.
`packages` finds real servers for the same play. `sekisho demo` prints what `play` returns.
"""
