"""The command line: one file for each command, and `app`, which puts the pieces together.

`open_house` (in `house`) opens what every command needs: state, keys, audit. Commands print through `screen`.
"""
