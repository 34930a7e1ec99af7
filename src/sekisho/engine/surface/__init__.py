"""The definitions gate: nothing that a server says about itself reaches the host before it is approved.

A `Shelf` is what a session knows of its server's lists: for each name a `Stand`, which says what of it is shown, or by
which rule it is hidden.
`judging` takes the server's answers (lists page by page, its greeting), asks the rules and the ledger of `sekisho.pin`,
and leaves in them what may be shown. `access` lets a request pass that names something shown, which costs one look into
a dictionary; `reading` reads a list ourselves when a name is not known or may have changed, while the call waits.
`decisions` takes what others decided meanwhile: a person in another terminal, or another session with the same server.

What is new in a ledger leaves as a `Keep` in front of what it lets through: nothing is shown that is not kept.
"""
