"""What `doctor` looks at: each check is a function that returns what it found and, if that is not well, what to do."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import sys
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sekisho.adapters import keyfile
from sekisho.adapters.audit import AuditUnavailable
from sekisho.adapters.audit.verification import verify
from sekisho.adapters.halt import HaltFlag
from sekisho.adapters.keyfile import KeyFileError, KeyFileMissingError
from sekisho.adapters.state import StateDirectoryError, state_directory
from sekisho.cli.halt import halted_since
from sekisho.cli.house import audit_directory, open_house
from sekisho.cli.screen import words
from sekisho.cli.target import launch_of, remote_of
from sekisho.gateway.endpoint import AddressError
from sekisho.gateway.environment import Inheritance, environment
from sekisho.gateway.launch import LaunchError, resolve
from sekisho.gateway.loop import run_loop
from sekisho.model.escape import printable
from sekisho.model.message_ids import MessageId as Id
from sekisho.wire.views import items, obj

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sekisho.cli.target import Options

__all__ = ["Check", "Health", "examine"]

_LAUNCHERS: Final = ("uvx", "npx", "docker", "node", "git")


class Health(Enum):
    """How a check ended."""

    OK = "ok"
    """All is well."""

    LOOK = "look"
    """It works, and a person should know something."""

    FAIL = "fail"
    """Something does not work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What was found at one place."""

    id: str
    """A stable name, for programs."""

    health: Health
    """How it is."""

    said: str
    """What was found, one printable line."""

    step: str = ""
    """What to do next; empty when there is nothing."""

    more: Sequence[tuple[str, str]] = ()
    """More lines: a name and a reason, both printable."""


def examine(options: Options | None) -> Iterator[Check]:
    """Return one check after the other as it is made.

    Args:
        options: the server to look at, None when none was named.
    """
    yield _system()
    yield _found("python", Health.OK, Id.DOCTOR_PYTHON, version=platform.python_version(), path=sys.executable)
    try:
        directory = state_directory()
        yield _state(directory)
    except StateDirectoryError as error:
        yield _problem("state", error)
    else:
        yield _key(directory)
        yield _audit(directory)
        yield _halt(directory)
        yield _pins(directory)
        if sys.platform == "linux":
            yield _broker(directory)
    yield _peers()
    yield _loop()
    yield _warden()
    yield _launchers()
    try:
        yield _environment(options.env if options is not None else ())
    except LaunchError as error:
        yield _problem("environment", error)
    if options is not None:
        if options.url is not None:
            yield _remote(options)
            return
        program = _program(options)
        yield program
        if program.health is Health.OK:
            yield _code(options)


def _found(
    id_: str, health: Health, message: Id, *, more: Sequence[tuple[str, str]] = (), **values: str | int
) -> Check:
    said, _, step = words(message, **values).partition("\n")
    return Check(id=id_, health=health, said=said, step=step, more=more)


def _problem(id_: str, error: Exception) -> Check:
    """Return a failed check whose text, with its next step, is the error's own."""
    return Check(id=id_, health=Health.FAIL, said=printable(str(error)))


def _system() -> Check:
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    if sys.platform == "linux":
        return _found("platform", Health.OK, Id.DOCTOR_SYSTEM, system=system)
    return _found("platform", Health.LOOK, Id.DOCTOR_UNTESTED, system=system)


def _state(directory: Path) -> Check:
    if os.access(directory, os.W_OK | os.X_OK):
        return _found("state", Health.OK, Id.DOCTOR_STATE, path=str(directory))
    return _found("state", Health.FAIL, Id.STATE_UNWRITABLE, path=str(directory), problem=os.strerror(13))


def _key(directory: Path) -> Check:
    path = directory / "key"
    try:
        keyfile.load(path)
    except KeyFileMissingError:
        return _found("key", Health.OK, Id.DOCTOR_NO_KEY)
    except KeyFileError as error:
        return _problem("key", error)
    return _found("key", Health.OK, Id.DOCTOR_KEY, path=str(path))


def _audit(directory: Path) -> Check:
    try:
        folder = audit_directory(directory)
        key = keyfile.load(directory / "key") if (directory / "key").exists() else None
        report = verify(folder, key=key)
    except (StateDirectoryError, KeyFileError, OSError) as error:
        return _problem("audit", error)
    if not report.ok:
        return _found("audit", Health.FAIL, Id.DOCTOR_AUDIT_BROKEN, count=len(report.problems) + report.more)
    if report.writers and not report.sealed:
        return _found("audit", Health.FAIL, Id.AUDIT_NO_KEY, path=str(directory / "key"))
    return _found("audit", Health.OK, Id.DOCTOR_AUDIT, path=str(folder), events=report.records)


def _halt(directory: Path) -> Check:
    flag = HaltFlag(directory)
    if flag.is_set:
        return _found("halt", Health.LOOK, Id.DOCTOR_HALTED, since=halted_since(flag))
    return _found("halt", Health.OK, Id.DOCTOR_NOT_HALTED)


def _pins(directory: Path) -> Check:
    from sekisho.adapters.store import StoreUnavailable  # noqa: PLC0415 - brings SQLite
    from sekisho.cli.tallies import kept, tallied  # noqa: PLC0415 - as above

    try:
        found = [tallied(ledger) for ledger in kept(directory)]
    except StoreUnavailable as error:
        return _problem("pins", error)
    if not found:
        return _found("pins", Health.OK, Id.DOCTOR_NO_PINS)
    more, unvetted = [one.row for one in found], sum(one.unvetted for one in found)
    waits = sum(one.changed + one.held + one.new for one in found)
    if waits:
        return _found("pins", Health.LOOK, Id.DOCTOR_PINS_WAIT, more=more, waits=waits, unvetted=unvetted)
    return _found("pins", Health.OK, Id.DOCTOR_PINS, more=more, unvetted=unvetted)


def _broker(directory: Path) -> Check:
    from sekisho.gateway.broker.asking import SilentError, ask  # noqa: PLC0415 - brings the gateway's modules

    try:
        found = ask(directory)
    except SilentError as error:
        log = str(directory / "broker.log")
        return _found("broker", Health.FAIL, Id.DOCTOR_BROKER_SILENT, problem=str(error), path=log)
    if found is None:
        return _found("broker", Health.OK, Id.DOCTOR_NO_BROKER)
    return _found("broker", Health.OK, Id.DOCTOR_BROKER, pid=found.pid, entries=len(found.entries))


def _peers() -> Check:
    from sekisho.cli.selftest import peers_are_told  # noqa: PLC0415 - brings the gateway's modules

    try:
        told = sys.platform == "linux" and peers_are_told()
    except OSError:
        told = False
    return _found("peers", Health.OK, Id.DOCTOR_PEERS) if told else _found("peers", Health.LOOK, Id.DOCTOR_NO_PEERS)


def _loop() -> Check:
    if importlib.util.find_spec("uvloop") is not None:
        return _found("uvloop", Health.OK, Id.DOCTOR_UVLOOP)
    return _found("uvloop", Health.LOOK, Id.DOCTOR_NO_UVLOOP)


def _warden() -> Check:
    """Start a child whose grandchild runs away, and see both die."""
    from sekisho.cli.selftest import runaway_dies  # noqa: PLC0415 - as above

    if sys.platform != "linux":
        return _found("warden", Health.LOOK, Id.DOCTOR_NO_WARDEN)
    try:
        dead = run_loop(runaway_dies())
    except (LaunchError, OSError, TimeoutError, ValueError) as error:
        return _found("warden", Health.FAIL, Id.DOCTOR_WARDEN_FAILED, problem=str(error) or type(error).__name__)
    return _found("warden", Health.OK if dead else Health.FAIL, Id.DOCTOR_WARDEN if dead else Id.DOCTOR_RUNAWAY)


def _launchers() -> Check:
    here = [name for name in _LAUNCHERS if shutil.which(name) is not None]
    gone = [name for name in _LAUNCHERS if name not in here]
    found, missing = ", ".join(here) or "-", ", ".join(gone) or "-"
    return _found("launchers", Health.OK, Id.DOCTOR_LAUNCHERS, found=found, missing=missing)


def _environment(declared: Sequence[str]) -> Check:
    made = environment(os.environ, declared, inheritance=Inheritance.BARE)
    more = [(printable(one.name, width=28), printable(one.why)) for one in made.removed]
    counts: Mapping[str, int] = {"passed": len(made.variables), "withheld": len(made.removed)}
    return _found("environment", Health.OK, Id.DOCTOR_ENVIRONMENT, more=more, **counts)


def _program(options: Options) -> Check:
    name = options.command[0]
    try:
        launch = launch_of(options)
        path = resolve(launch)
    except LaunchError as error:
        cwd = options.cwd
        if cwd is not None and not Path(cwd).expanduser().is_dir():
            return _found("program", Health.FAIL, Id.WORKING_DIRECTORY, path=cwd)
        if "/" not in name and shutil.which(name) is None:
            return _found("program", Health.FAIL, Id.EXECUTABLE_MISSING, command=name)
        return _problem("program", error)
    return _found("program", Health.OK, Id.DOCTOR_PROGRAM, command=name, path=path)


def _code(options: Options) -> Check:
    """Read what would run, as a start does; where that is a runner, only what it has fetched before can be told."""
    from sekisho.gateway.behind.reading import Reader  # noqa: PLC0415 - only for a server that was named
    from sekisho.gateway.behind.tree import Digests  # noqa: PLC0415 - as above

    found = Reader(launch_of(options), Digests()).read()
    body = found.body
    counted = [len(obj(body[name])) for name in ("packages", "sources", "variables")]
    # A runner that has fetched nothing yet is named itself.
    unread = [*(str(each) for each in items(body["unread"])), *([] if found.whole else [options.command[0]])]
    message = Id.DOCTOR_CODE_UNREAD if unread else Id.DOCTOR_CODE
    said, _, step = words(
        message,
        packages=counted[0],
        sources=counted[1],
        variables=counted[2],
        **({"unread": len(unread)} if unread else {}),
    ).partition("\n")
    more = [(printable(each), "") for each in unread]
    return Check(id="code", health=Health.LOOK if unread else Health.OK, said=said, step=step, more=more)


def _remote(options: Options) -> Check:
    from sekisho.cli.selftest import reached  # noqa: PLC0415 - as above
    from sekisho.gateway.endpoint import Endpoint  # noqa: PLC0415 - as above

    url = options.url or ""

    try:
        shown = Endpoint.parse(url).origin
        with open_house() as house:

            async def work() -> tuple[str | None, Sequence[str]]:
                return await reached(remote_of(url, options.header), house)

            revision, said = run_loop(work())
    except (AddressError, AuditUnavailable, KeyFileError, StateDirectoryError) as error:
        return _problem("server", error)
    if revision is not None:
        return _found("server", Health.OK, Id.DOCTOR_URL, url=shown, revision=revision)
    if said:
        return Check(id="server", health=Health.FAIL, said=printable(said[-1]))
    return _found("server", Health.FAIL, Id.UPSTREAM_UNREACHABLE, url=shown, problem=words(Id.DOCTOR_SILENT))
