"""The rules: one file each, found by walking this package.

A module below a family (`definition`, `namespace`, `config`) whose name is a rule's id with underscores has its `RULE`.
`family` returns a family's rules in the order of their ids; `example` writes the dumps of their examples.
A definition rule looks at a `text.reading.Reading`, a namespace rule at a tuple of them from several servers, a
config rule at a `settings.entry.Entry`.
A rule about a started server (`started`) looks at an `observed.Observed`, by `engine.observing`.
`engine.survey` and `engine.entries` ask them.
"""
