"""The warden: the small process that starts our server children and never lets one outlive us.

Concepts: the *warden* (one per sekisho process), a *keeper* (one per child, forked from the warden, `keeper.py`), the
*control* socket between sekisho and one keeper, and the *purge*, which kills everything below a process (`purge.py`).
`warden_client.py` starts the warden and asks it over a socket pair for one keeper per child; the keeper reads its
request from its own control socket, forks, executes, reports, and obeys commands.

Why a keeper per child: both are subreapers (Linux `PR_SET_CHILD_SUBREAPER`), so whatever a child leaves behind,
double-forked and in a session of its own, is handed to this child's keeper and to no other.
Which process belongs to which child is therefore a fact of the process tree: nothing that a server does to its
environment, name or session changes it, and a purge can not hit the neighbours.

Who dies with whom:
- sekisho dies, however: every control socket ends, each keeper purges; the warden purges what is left.
- the warden is killed: the keepers' lifeline pipe ends, each keeper purges and still reports.
- a keeper is killed: its child has `PR_SET_PDEATHSIG`; the rest is handed to the warden, which purges it.
- the child exits, or sekisho says kill: the keeper purges.

Limits: a process that runs as another user can not be killed and is reported as left.
A process that something else starts on the server's behalf (a container daemon, `systemd-run`, `at`) is no
descendant and is not seen, and a server that kills warden and keeper in one instant escapes: only a sandbox stops
these.
Elsewhere than on Linux there is no subreaper: the child's process group is killed and nothing else (untested).

Only light modules are imported, and the C halves of `signal` and `socket`, because the Python halves double the time
until the first child can start.
"""

from __future__ import annotations

import gc
import os
import select
import sys

from sekisho.gateway.keeper import FAILED, REPORT, STAGE_FORK, Keeper, receive
from sekisho.gateway.purge import (
    CHILD_SUBREAPER,
    NAME,
    PURGE_SECONDS,
    drain,
    exits,
    purge,
    set_process,
    watch_children,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    import signal
    import socket
    from typing import NoReturn
else:
    import _signal as signal
    import _socket as socket

READY = b"!"
"""The greeting: the warden is a subreaper and takes requests."""

ASK = b"+"
"""Asks for a keeper; comes with one descriptor, the keeper's end of a control socket."""

_SWEEP_SECONDS = 1.0


class Warden:
    """Forks one keeper per request and purges what a killed keeper leaves behind."""

    __slots__ = ("_hold", "_keepers", "_lifeline", "_peer", "_stray", "_wake")

    def __init__(self, peer: socket.socket) -> None:
        """Take the socket on which sekisho asks for keepers."""
        self._peer = peer
        self._lifeline, self._hold = os.pipe()
        self._wake = watch_children()
        self._keepers: set[int] = set()
        self._stray = False

    def run(self) -> None:
        """Serve until sekisho ends, then kill everything."""
        poll = select.poll()
        for descriptor in (self._peer.fileno(), self._wake):
            poll.register(descriptor, select.POLLIN)
        try:
            self._peer.send(READY)
        except OSError:  # sekisho ended before we began: there is nothing of it to kill
            return
        while True:
            for descriptor, _ in poll.poll():
                if descriptor == self._wake:
                    drain(self._wake)
                elif not self._admit():
                    purge(self._reap, wake=self._wake, spare=(), seconds=PURGE_SECONDS)
                    return
            self._reap()
            if self._stray:
                self._stray = False
                purge(self._reap, wake=self._wake, spare=self._keepers, seconds=_SWEEP_SECONDS)

    def _admit(self) -> bool:
        """Answer one request; whether sekisho is still there."""
        try:
            word, descriptors = receive(self._peer, 1, 1)
        except OSError:
            return False
        if not word:
            return False
        for descriptor in descriptors:
            control = socket.socket(fileno=descriptor)
            try:
                self._fork_keeper(control)
            except OSError as error:
                refuse(control, error)
            finally:
                control.close()
        return True

    def _fork_keeper(self, control: socket.socket) -> None:
        pid = os.fork()
        if pid:
            self._keepers.add(pid)
            return
        try:
            self._peer.close()
            for descriptor in (self._hold, self._wake, signal.set_wakeup_fd(-1)):
                os.close(descriptor)
            set_process(CHILD_SUBREAPER, 1)
            set_process(NAME, b"sekisho-keeper")
            Keeper(control, self._lifeline).run()
            os._exit(0)
        except BaseException as error:  # noqa: BLE001 - a keeper must never go on as a second warden
            sys.excepthook(type(error), error, error.__traceback__)
        finally:
            os._exit(1)

    def _reap(self) -> bool:
        found, childless = exits()
        for pid, status in found:
            if pid in self._keepers:
                self._keepers.discard(pid)
                self._stray |= status != 0
        return childless


def refuse(control: socket.socket, error: OSError) -> None:
    """Say that there will be no keeper, if sekisho still wants to know."""
    try:
        control.send(REPORT.pack(FAILED, STAGE_FORK, error.errno or 0))
    except OSError:
        return


def main() -> NoReturn:
    """Be the warden: the first argument is the number of our end of the socket pair."""
    try:
        for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM, signal.SIGQUIT):
            signal.signal(number, signal.SIG_IGN)
        # Whoever started sekisho may have blocked SIGCHLD, without which we would sleep through every exit.
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        set_process(CHILD_SUBREAPER, 1)
        set_process(NAME, b"sekisho-warden")
        # The collector would write to every page that the keepers share with us, and there are no cycles to collect.
        gc.disable()
        gc.freeze()
        peer = socket.socket(fileno=int(sys.argv[1]))
        os.set_inheritable(peer.fileno(), False)  # noqa: FBT003 - the standard library's signature
        Warden(peer).run()
    except BaseException as error:  # noqa: BLE001 - whatever it is, say it and end: the keepers purge
        sys.excepthook(type(error), error, error.__traceback__)
    finally:
        os._exit(0)
