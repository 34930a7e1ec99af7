"""The range: incidents that were published, replayed against small servers of our own, without Sekisho and with it.

`incidents` holds one module for each: the story, the servers, what an agent does that obeys whatever it reads, and how
one sees what came of it. `servers` holds the servers, `packages` fetches real releases.
`host.Host` starts a command and exchanges lines with it, bounded in time; `table.Table` is what an agent has before it,
the tools of several servers in one list. `play.play` plays an incident twice and returns what was found.
`sekisho demo` and `sekisho range` print that.
"""
