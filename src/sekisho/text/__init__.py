"""Reading what a server says, once, for every rule.

`passages` finds each string of a definition and its place; `Reading` is what rules look at.
"""
