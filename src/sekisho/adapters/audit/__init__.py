"""The audit: what happened, in hash-chained lines that can be verified afterwards.

Concepts: an *entry* is one event as the gateway hands it over; a *chain* is the sequence of lines of one writer (one
process), over one or more files; a *head* says under a MAC how far a chain was on disk; the *index* is a chain that
lists the writers.

Who calls whom: the gateway calls `AuditLog` (`writer`), which digests values, appends through `ledger` in the call
path and has `sync` flush and seal on one thread; `ledger` enters the writer in the index through `register`. The
command line reads with `reader.Reader` and checks with `verification.verify`, which follows each chain with `walk`;
the gateway loads none of the three. `chain` is the format, pure; `files` is the disk.

What verification can't find: changes by somebody who holds the key file; changes to the end of a chain behind its
last sealed head (at most 100 ms of a process that was killed); head, chain and index all put back to an earlier
state together. Keep copies of the heads elsewhere against the last.
"""

from sekisho.adapters.audit.chain import Entry
from sekisho.adapters.audit.errors import AuditUnavailable
from sekisho.adapters.audit.sync import Pace
from sekisho.adapters.audit.writer import AuditLog

__all__ = ["AuditLog", "AuditUnavailable", "Entry", "Pace"]
