"""What an older host wants to hear of, kept on one `subscriptions/listen` of a newer server.

A stream's filter cannot be changed, so another wish means another stream: the new one is opened and acknowledged
before the old one is closed, and nothing is missed in between. One stream is opened at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sekisho.wire.views import obj

if TYPE_CHECKING:
    from sekisho.engine.bridge.parked import Key
    from sekisho.wire.jsonrpc import Id, Json, JsonObject

__all__ = ["Listening"]

_MOST: Final = 512
"""Resources that are subscribed to."""

_FIRST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 30.0
_KINDS: Final = ("tools", "prompts", "resources")


class Listening:
    """The wishes, and the stream that they are on."""

    __slots__ = (
        "_askers",
        "_begun",
        "_current",
        "_failures",
        "_held",
        "_opening",
        "_opening_uris",
        "_retry_at",
        "_uris",
    )

    def __init__(self) -> None:
        self._begun = False
        self._uris: dict[str, None] = {}
        self._askers: list[tuple[Key, str, bool]] = []
        self._current: int | None = None
        self._held: frozenset[str] | None = None
        self._opening: int | None = None
        self._opening_uris: frozenset[str] = frozenset()
        self._failures = 0
        self._retry_at = 0.0

    @property
    def waits(self) -> bool:
        """Whether a stream has to be opened again by and by."""
        return self._begun and self._opening is None and self._held != frozenset(self._uris)

    def begin(self) -> None:
        """The host is ready to hear."""
        self._begun = True

    def owes(self, asker: Key) -> bool:
        """Tell whether this request of the host waits here."""
        return any(asker == key for key, _, _ in self._askers)

    def want(self, uri: str, *, wanted: bool, asker: Key) -> bool:
        """Change a wish; False when there are too many."""
        if wanted and uri not in self._uris and len(self._uris) >= _MOST:
            return False
        if wanted:
            self._uris[uri] = None
        else:
            self._uris.pop(uri, None)
        self._begun = True
        self._askers.append((asker, uri, wanted))
        self._retry_at = 0.0
        return True

    def settle(self) -> list[Key]:
        """Return the askers whose wish holds already."""
        if self._held is None or self._opening is not None:
            return []
        done = [asker for asker, uri, wanted in self._askers if (uri in self._held) is wanted]
        self._askers = [each for each in self._askers if each[0] not in done]
        return done

    def next_filter(self, offered: JsonObject, now: float) -> JsonObject | None:
        """Return the filter of the stream that has to be opened now, if one has to."""
        uris = frozenset(self._uris)
        if not self._begun or self._opening is not None or self._held == uris or now < self._retry_at:
            return None
        listed: list[Json] = list(self._uris)
        changing = [kind for kind in _KINDS if obj(offered.get(kind)).get("listChanged")]
        wanted: JsonObject = {f"{kind}ListChanged": True for kind in changing}
        if listed:
            wanted["resourceSubscriptions"] = listed
        if not wanted:
            # Nothing can change: the wish is fulfilled without a stream.
            self._held = uris
            return None
        self._opening_uris = uris
        return wanted

    def opening(self, number: int) -> None:
        """A stream with this id is being opened."""
        self._opening = number

    def acknowledged(self, number: Id | None, honoured: set[str]) -> tuple[int | None, list[Key], list[Key]]:
        """The server agreed; return the stream before, and the askers who got their wish or did not."""
        if number != self._opening:
            return None, [], []
        before, self._current, self._opening = self._current, self._opening, None
        self._failures = 0
        refused = self._opening_uris - honoured
        for uri in refused:
            self._uris.pop(uri, None)
        self._held = self._opening_uris - refused
        granted = [asker for asker, uri, wanted in self._askers if (uri in self._held) is wanted]
        denied = [asker for asker, uri, wanted in self._askers if wanted and uri in refused]
        self._askers = [each for each in self._askers if each[0] not in granted and each[0] not in denied]
        return before, granted, denied

    def ended(self, number: Id | None, now: float) -> list[Key]:
        """A stream is over; return the askers who waited for it. Another one is opened after a growing pause."""
        if number == self._current:
            self._current = self._held = None
            self._retry_at = now + self._pause()
            return []
        if number != self._opening:
            return []
        self._opening = None
        self._retry_at = now + self._pause()
        waiting = [asker for asker, _, _ in self._askers]
        for _, uri, wanted in self._askers:
            if wanted:
                self._uris.pop(uri, None)
        self._askers = []
        return waiting

    def _pause(self) -> float:
        self._failures = min(self._failures + 1, 6)
        return min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** (self._failures - 1))
