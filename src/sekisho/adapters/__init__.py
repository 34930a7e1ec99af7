"""Adapters: files and keys of this machine, behind the engine's back.

`state` says where things live, `keyfile` keeps keys, `audit` records, `recording` feeds it, `halt` is the big red flag.
"""
