"""What passes between a server and a host besides definitions: cut, shown, and put back.

`references` is what a conversation remembers of what was cut out; `spelling` writes what may not pass as it is
(secrets, terminal sequences, tag characters, references that we did not make) into one text, and reads it back;
`veil` does that to every text of a server's message, `unveil` to every text of a host's.
`passing` is the session's side of both.
`judging` says everything about one message, here or in a worker (`scanning`); `fitting` holds a structured result
against the schema of its tool. What can't be judged at once waits (`waiting`); a result that is refused for its words
is held for a person's release (`holding`).
"""
