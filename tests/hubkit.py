"""A hub over real sessions, without a process: what the host says, what each server gets, and back.

The kit itself holds the hub to its first promise: a request of the host is answered, or closed, exactly once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bridgekit import ALICE, envelope, note, request, result
from sekisho.engine.effects import CloseStream, Record, SendToHost, SendToServer, StopServer
from sekisho.engine.events import Halted, HostGarbled, HostLeft, HostSent, Resumed, ServerLeft, ServerSent, Ticked
from sekisho.engine.hub.hub import Hub
from sekisho.engine.hub.setup import HubPatience, HubSetup
from sekisho.engine.hub.steps import (
    Add,
    Configured,
    Drop,
    FromServer,
    Renew,
    Repinned,
    SessionOver,
    StreamClosed,
    ToServer,
    Unrecorded,
)
from sekisho.engine.sampling.permits import Permits
from sekisho.engine.seal import Sealer
from sekisho.engine.session import Session
from sekisho.engine.state import Face, Setup
from sekisho.policy.document import Policy
from sekisho.wire.jsonrpc import read_message
from sekisho.wire.views import obj
from workkit import received

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sekisho.engine.effects import Effect
    from sekisho.engine.events import Trouble
    from sekisho.engine.hub.setup import Known
    from sekisho.engine.hub.steps import HubEffect, HubEvent
    from sekisho.pin.records import Ledger
    from sekisho.wire.jsonrpc import Id, Json, JsonObject

__all__ = ["OFFER", "Company", "discovered", "introduced", "modern", "newer", "older", "rule_of"]

ABILITIES: Final[JsonObject] = {"elicitation": {}, "sampling": {}, "roots": {}}
"""What the host declares."""

_KEY: Final = bytes(32)


class Company:
    """One host, and a server behind each alias.

    Args:
        aliases: in configuration order.
        patience: the hub's.
        salt: tells this hub from others.
        known: what was approved of servers before.
        policy: the sessions'.
    """

    def __init__(
        self,
        *aliases: str,
        patience: HubPatience | None = None,
        salt: bytes = bytes(16),
        known: Mapping[str, Known] | None = None,
        policy: Policy | None = None,
    ) -> None:
        self.now = 100.0
        self.policy, self.permits = policy or Policy(), Permits()
        self.aliases = aliases or ("a", "b")
        setup = HubSetup(
            aliases=self.aliases,
            version="1",
            sealer=Sealer(_KEY, bytes(16)),
            salt=salt,
            epoch=0.0,
            patience=patience or HubPatience(),
            known=known or {},
        )
        self.hub = Hub(setup, ALICE)
        self.names = dict(enumerate(self.aliases))
        """What the servers are called, by place."""
        self.sessions = {place: self._session(alias) for place, alias in self.names.items()}
        self.dropped: list[str] = []
        """Whose session was let go."""
        self.to_host: list[SendToHost | CloseStream] = []
        self.to_server: list[tuple[str, JsonObject]] = []
        self.records: list[Record] = []
        self.owed: set[tuple[int, Id]] = set()
        """Requests of the host without an answer."""
        self.unwritable = False
        """Whether the hub's own records fail."""

    # -- what the peers do ------------------------------------------------------------------------

    def host(self, body: JsonObject, *, channel: int = 0) -> list[tuple[str, JsonObject]]:
        """Let the host say something; return what the servers get."""
        message = read_message(body)
        if "method" in body and isinstance(id_ := body.get("id"), int | str):
            self.owed.add((channel, id_))
        return self._down(HostSent(message, ALICE, channel, self.now))

    def garble(self, id_: Id | None) -> list[JsonObject]:
        """Let the host say something that is no message."""
        self.owed |= {(0, id_)} if id_ is not None else set()
        return self._heard(lambda: self._take(HostGarbled("invalid-message", "no", id_, ALICE, 0, self.now)))

    def leave(self, channel: int) -> list[tuple[str, JsonObject]]:
        """Close a channel of the host."""
        self.owed = {key for key in self.owed if key[0] != channel}
        return self._down(HostLeft(channel, self.now))

    def server(self, alias: str, body: JsonObject, *, call: int | None = None) -> list[JsonObject]:
        """Let a server say something, on the stream of a call or on none; return what the host gets."""
        return self.server_at(self.place(alias), body, call=call)

    def server_at(self, place: int, body: JsonObject, *, call: int | None = None) -> list[JsonObject]:
        """Let the server at a place say something: several may have one alias, while they are replaced."""
        return self._up(place, ServerSent(read_message(body), self.now, call))

    def lose(self, alias: str, trouble: Trouble) -> list[JsonObject]:
        """Let a server leave."""
        return self._up(self.place(alias), ServerLeft(trouble, self.now))

    def end(self, alias: str) -> list[JsonObject]:
        """Let a server end its session."""
        return self._heard(lambda: self._take(SessionOver(self.place(alias), self.now)))

    def configure(self, *aliases: str, fresh: Sequence[str] = ()) -> list[JsonObject]:
        """Change the configuration; return what the host gets."""
        return self._heard(lambda: self._take(Configured(aliases, frozenset(fresh), self.now)))

    def repin(self, alias: str, ledger: Ledger | None) -> list[JsonObject]:
        """Let something else be approved of a server; return what the host gets."""
        return self._heard(lambda: self._take(Repinned(alias, ledger)))

    def halt(self) -> list[JsonObject]:
        """Let a human halt everything."""
        return self._heard(lambda: self._take(Halted(self.now)))

    def resume(self) -> list[JsonObject]:
        """Let a human end the halt."""
        return self._heard(lambda: self._take(Resumed(self.now)))

    def wait(self, seconds: float) -> list[JsonObject]:
        """Let time pass; return what the host gets."""
        self.now += seconds
        return self._heard(self._tick)

    # -- what came of it --------------------------------------------------------------------------

    @property
    def last(self) -> JsonObject:
        """What the host got last."""
        sent = self.to_host[-1]
        assert isinstance(sent, SendToHost)
        return sent.body

    def closed(self) -> list[tuple[int, Id]]:
        """Which streams of the host were closed without an answer."""
        return [(each.channel, each.about) for each in self.to_host if isinstance(each, CloseStream)]

    def rules(self) -> list[Json]:
        """Which rules were put on record."""
        return [record.fields["rule"] for record in self.records if "rule" in record.fields]

    def place(self, alias: str) -> int:
        """Return the place of a server; of several of one alias the newest."""
        return max(place for place, name in self.names.items() if name == alias)

    # -- the machinery ----------------------------------------------------------------------------

    def _session(self, alias: str) -> Session:
        salt = alias.encode().ljust(16, b"\0")
        setup = Setup(
            server=alias,
            who=ALICE,
            host_face=Face.STDIO,
            server_face=Face.STDIO,
            sealer=Sealer(_KEY, salt),
            salt=salt,
            epoch=0.0,
            policy=self.policy,
            permits=self.permits,
        )
        return Session(setup)

    def _tick(self) -> None:
        self._take(Ticked(self.now))
        for place, session in list(self.sessions.items()):
            self._effects(place, received(session, Ticked(self.now)))

    def _down(self, event: HubEvent) -> list[tuple[str, JsonObject]]:
        before = len(self.to_server)
        self._take(event)
        return self.to_server[before:]

    def _up(self, place: int, event: ServerSent | ServerLeft) -> list[JsonObject]:
        return self._heard(lambda: self._effects(place, received(self.sessions[place], event)))

    def _heard(self, act: Callable[[], object]) -> list[JsonObject]:
        before = len(self.to_host)
        act()
        return [each.body for each in self.to_host[before:] if isinstance(each, SendToHost)]

    def _take(self, event: HubEvent) -> None:
        self._perform(self.hub.receive(event))

    def _perform(self, effects: Sequence[HubEffect]) -> None:
        for place, effect in enumerate(effects):
            match effect:
                case ToServer():
                    self._effects(effect.server, received(self.sessions[effect.server], effect.event))
                case Renew():
                    self.sessions[effect.server] = self._session(self.names[effect.server])
                case Add():
                    self.names[effect.server] = effect.alias
                    self.sessions[effect.server] = self._session(effect.alias)
                case Drop():
                    self.dropped.append(self.names.pop(effect.server))
                    del self.sessions[effect.server]
                case Record() if self.unwritable:
                    return self._take(Unrecorded(effects[place + 1 :]))
                case Record():
                    self.records.append(effect)
                case SendToHost() | CloseStream():
                    self._tell(effect)
        return None

    def _tell(self, effect: SendToHost | CloseStream) -> None:
        assert effect.channel >= 0, "a channel of our own is none of the host's"
        self.to_host.append(effect)
        if effect.about is not None and (isinstance(effect, CloseStream) or effect.final):
            assert (effect.channel, effect.about) in self.owed, "answered twice, or never asked"
            self.owed.discard((effect.channel, effect.about))

    def _effects(self, place: int, effects: Sequence[Effect]) -> None:
        left: list[ServerLeft] = []
        for effect in effects:
            match effect:
                case SendToServer():
                    self.to_server.append((self.names[place], effect.body))
                case SendToHost():
                    self._take(FromServer(place, effect, self.now))
                case CloseStream():
                    self._take(StreamClosed(place, effect.channel, effect.about, self.now))
                case Record():
                    self.records.append(effect)
                case StopServer():
                    # As every shell: it is stopped, and that it left comes behind all that was to be done.
                    left.append(ServerLeft(effect.trouble, self.now))
                case _:
                    pass
        for event in left:
            self._effects(place, received(self.sessions[place], event))


def rule_of(body: JsonObject) -> Json:
    """Return the rule of a refusal."""
    where = obj(obj(body.get("result")).get("_meta")) if "result" in body else obj(obj(body.get("error")).get("data"))
    return obj(where.get("sekisho/refusal")).get("rule")


# -- openings --------------------------------------------------------------------------------------

OFFER: Final[JsonObject] = {
    "tools": {"listChanged": True},
    "prompts": {"listChanged": True},
    "resources": {"subscribe": True, "listChanged": True},
    "logging": {},
    "completions": {},
}
"""What a server has unless a test says otherwise."""


def introduced(asked: JsonObject, offer: JsonObject | None = None) -> JsonObject:
    """Return a server's answer to `initialize`."""
    offered: JsonObject = {
        "protocolVersion": "2025-11-25",
        "capabilities": OFFER if offer is None else offer,
        "serverInfo": {"name": "x", "version": "1"},
    }
    return result(asked["id"], offered)


def discovered(asked: JsonObject, offer: JsonObject | None = None) -> JsonObject:
    """Return a server's answer to `server/discover`."""
    offered: JsonObject = {
        "resultType": "complete",
        "ttlMs": 0,
        "cacheScope": "private",
        "supportedVersions": ["2026-07-28"],
        "capabilities": OFFER if offer is None else offer,
    }
    return result(asked["id"], offered)


def older(
    *aliases: str, patience: HubPatience | None = None, policy: Policy | None = None, **offers: JsonObject
) -> Company:
    """Return a company that is opened in 2025-11-25; a server is given what it offers by its alias."""
    at = Company(*aliases, patience=patience, policy=policy)
    hello: JsonObject = {
        "protocolVersion": "2025-11-25",
        "capabilities": ABILITIES,
        "clientInfo": {"name": "host", "version": "1"},
    }
    for alias, body in at.host(request("open", "initialize", hello)):
        at.server(alias, introduced(body, offers.get(alias)))
    at.host(note("notifications/initialized"))
    return _fresh(at)


def newer(
    *aliases: str, patience: HubPatience | None = None, policy: Policy | None = None, **offers: JsonObject
) -> Company:
    """Return a company that is opened in 2026-07-28."""
    at = Company(*aliases, patience=patience, policy=policy)
    for alias, body in at.host(modern("open", "server/discover")):
        at.server(alias, discovered(body, offers.get(alias)))
    return _fresh(at)


def _fresh(at: Company) -> Company:
    assert not at.owed
    at.to_server.clear()
    at.to_host.clear()
    at.records.clear()
    return at


def modern(id_: Id, method: str, more: JsonObject | None = None) -> JsonObject:
    """Return a request of 2026-07-28."""
    return request(id_, method, {**(more or {}), "_meta": envelope(ABILITIES)})
