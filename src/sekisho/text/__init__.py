"""Reading what a server says, once, for every rule.

`passages` finds each string of a definition and its place. `invisible`, `scripts` and `unfold` bring to light what is
hidden, disguised or encoded in it. `clauses` cuts it, and `concepts` says what each clause speaks about, by the
patterns of `lexicon` in `signatures`. A `Reading` holds all of that for one definition and is what rules look at;
`likeness` compares the readings of several servers.
"""
