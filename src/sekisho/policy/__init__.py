"""The policy: what is permitted at all, and what follows from findings.

`Policy` is the written policy as plain data.
`decide` combines findings into one `Decision`: the strictest wins, whatever the order.
"""
