"""What passes between a server and a host besides definitions: cut, shown, and put back.

`references` is what a conversation remembers of what was cut out; `spelling` writes what may not pass as it is
(secrets, terminal sequences, tag characters, references that we did not make) into one text, and reads it back;
`veil` does that to every text of a server's message, `unveil` to every text of a host's.
`passing` is the session's side of both.
"""
