"""Whether real servers offer and answer the same through the checkpoint.

Concepts: a *server* (an installed program and what it is asked), a *face* (how it is reached: direct, `run`, `serve`),
a *link* (one connection that loses no field), a *transcript* (everything that came back, by label) and a
*difference* (a JSON pointer at which two transcripts disagree).
`run` installs the servers, has `taking` make transcripts through `links` and `session`, and compares them with
`comparing`; `scripts` knows what each server is asked, `places` what it finds on disk and on the web.
"""
