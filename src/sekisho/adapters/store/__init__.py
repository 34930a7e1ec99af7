"""The store: what was decided about servers, in one SQLite file per user that every process shares.

Concepts: a *database* is one connection to the file, checked and brought to this version's format when it is opened;
`schema` is the list of migrations; a *ledger* is what was approved of one server, as `sekisho.pin` has it; a *release*
allows one thing once, under a ticket, for a while; a *conversation* belongs to one process of one host, and outlives
ours.

Who calls whom: the composition root opens a `Store` and hands its parts to the shells, as the ports of `sekisho.ports`.
Nothing here decides. Whatever is wrong with the file is a `StoreUnavailable`, and whoever gets it refuses.

What it does not do: it does not tell a change by this user's own hand, or by a program under this user's uid, from one
of ours; the file is 0600 and invisible to sandboxed servers, and that is all.
"""

from sekisho.adapters.store.errors import StoreUnavailable
from sekisho.adapters.store.store import Store

__all__ = ["Store", "StoreUnavailable"]
