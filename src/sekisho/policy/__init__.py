"""The policy: what is permitted at all, and what follows from findings.

`Policy` is the written policy as plain data.
`decide` combines findings into one `Decision`: the strictest wins, whatever the order.

A configuration file is read in three steps, none of which opens it: `toml.parse` makes its text a `Document` with
places, `checking.check` holds that against `settings.SETTINGS`, `reading.read` returns the `Configuration`.
All that is wrong comes back at once, as `Problem`s.
"""
