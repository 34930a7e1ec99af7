"""Guards: what a value would do as a path, an address, a command or a query, whatever its spelling.

A guard is a pure function from a value and facts to a `Judgement`: `objection.Objection`s, each a rule's id and a place
inside of the value, and `objection.Need`s, the facts of the world that it lacks (where a link or a name leads). A shell
fetches these and asks again; an answer that cannot be had is given as such, and objected to.
`readings` spells a value out in every way in which a server may decode it; each guard judges all of them.
`path` is the guard for files and folders, `spelling` what a text may mean as one, `places` the table of files that are
nobody's business. `url` is the guard for what is on a network, `addresses` the table of what is not public there.
`shell` is the guard for commands, which `bash` reads and `commands` tabulates; `reached` tells where they lead, by the
table of `operands`; `word` is the one for names that end up in a command, `chained` the one for everything else that
does: paths, addresses, content. `expression` is the one for what may be evaluated.
`sql` is the guard for queries, which `statements` reads, and for names in them.
Rules of the family `call` turn objections into findings; which guard a parameter gets is their caller's matter.
"""
