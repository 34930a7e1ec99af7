"""Settings of hosts, as data: which servers a host starts or contacts, and where in the file each value stands.

`formats.parse` turns bytes into a `node.Node`: JSON with comments and trailing commas, TOML or YAML, every value with
its `Region`. `reading.read` finds the servers in it, whatever the host calls its keys, and returns a `Settings` full
of `entry.Entry`, or a `Problem` with a place; it never raises.
`launch` peels shells and wrappers off the command of an entry, for rules that want to know what really starts.
The rules of `rules.config` look at entries; `scan.collect` finds the files, and is the only one that reads them.
"""
