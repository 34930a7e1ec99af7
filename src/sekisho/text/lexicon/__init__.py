"""What words mean, in several languages: patterns for `Concept`s.

A rule never looks for words. It asks which concepts stand together in a clause, so a synonym, another order or another
language is an entry here and no new rule. Each language module has a `WORDS` mapping; `concepts.WORDS` joins them.
"""
