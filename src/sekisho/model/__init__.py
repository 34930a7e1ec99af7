"""The vocabulary of a decision.

A `Subject` is what passes, a `Rule` reports `Finding`s about it, a `Verdict` is what follows.
`messages` holds every sentence that a person or a model reads, in English and Japanese; `escape` makes text from
outside safe to print.
"""
