"""What runs behind a launch line, read from the disk: nothing is executed for it and nothing is fetched.

`Reader` (`reading`) takes a launch line apart and gathers `Facts`: which programs are executed, which packages and
files are loaded, which variables load code. `python` and `node` know where their programs look for code, `processes`
tells what a runner has started that fetches first, `variables` which variables load code, `tree` gives digests.
The body that comes of it is pinned (`pin.code`).

Limits: what code reads and then executes by itself (a plugin folder, a file with another ending, the network) is
nobody's guess; the standard library of a Python and the libraries of the system are not read; nor are compiled files in
`__pycache__`, which come and go by themselves.
"""
