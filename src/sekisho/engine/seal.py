"""Sealing: what we hand to one side and must get back unaltered.

In 2026-07-28 a server may answer `input_required` with an opaque `requestState` that the client returns.
The host gets our sealed form instead: bound to the server, the principal and the request, expiring, authenticated.
So a state can't be altered, moved to another request or server, or replayed for another user
(specification 2026-07-28, basic/patterns/mrtr: treat as attacker-controlled, integrity-protect, bind).
The server gets its own bytes back exactly.

AES-256-GCM under a subkey of its own for each sealer (HKDF-SHA-256 with a random salt that travels in the token),
so nonces are a counter and two processes with the same key never meet.
A token outlives the process: only the key is needed to open it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import struct
from typing import TYPE_CHECKING, Final

import orjson

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from sekisho.wire.strict import JsonObject

__all__ = ["SealError", "Sealer", "request_binding"]

_VERSION: Final = b"\x01"
_SALT: Final = 16
_HEAD: Final = struct.Struct(">Qd")
_INFO: Final = b"sekisho request state v1"
_MARK: Final = b"sekisho released call v1\0"
_NOT_BOUND: Final = frozenset({"_meta", "requestState", "inputResponses"})


class SealError(Exception):
    """The token is not one of ours, not for this request, or expired. `reason` says which, for the audit only."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def request_binding(server: str, principal: str, method: str, params: JsonObject) -> bytes:
    """Return what a state is bound to: server, principal, and what a retried request must repeat.

    That is its method and its params, without what a retry changes.
    """
    kept = {key: value for key, value in params.items() if key not in _NOT_BOUND}
    digest = hashlib.sha256(method.encode() + b"\0" + orjson.dumps(kept, option=orjson.OPT_SORT_KEYS)).digest()
    # The length keeps the two apart; a directory may have a name that is not UTF-8.
    return f"{len(server)}:{server}{principal}".encode("utf-8", "surrogatepass") + digest


class Sealer:
    """Seals and opens states.

    Args:
        key: 32 bytes, kept in a 0600 file.
        salt: 16 random bytes, fresh for each sealer.
        lifetime: how long a token is good for, in seconds.
    """

    def __init__(self, key: bytes, salt: bytes, *, lifetime: float = 24 * 3600) -> None:
        if len(key) != 32 or len(salt) != _SALT:  # noqa: PLR2004 - AES-256
            raise ValueError("a sealer takes a key of 32 bytes and a salt of 16")
        self._key = key
        self._salt = salt
        self._lifetime = lifetime
        self._count = 0

    def seal(self, state: str, *, binding: bytes, wall: float) -> str:
        """Return a token for `state`.

        Args:
            state: the server's own state, restored exactly by `open`.
            binding: what the token is good for; `open` needs the same bytes.
            wall: the time of day, in seconds since the epoch (tokens outlive processes).
        """
        self._count += 1
        head = _HEAD.pack(self._count, wall + self._lifetime)
        body = _cipher(self._key, self._salt).encrypt(_nonce(head), state.encode(), head + binding)
        return base64.urlsafe_b64encode(_VERSION + self._salt + head + body).decode()

    def mark(self, binding: bytes) -> str:
        """Return a name for `binding`, the same as long as the key is; without the key it tells nothing."""
        return hmac.new(self._key, _MARK + binding, hashlib.sha256).hexdigest()

    def open(self, token: str, *, binding: bytes, wall: float) -> str:
        """Return the state that `token` seals.

        Raises:
            SealError: `malformed`, `altered-or-elsewhere` or `expired`.
        """
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - costs 20 ms, needed by few sessions

        try:
            raw = base64.b64decode(token, altchars=b"-_", validate=True)
        except (ValueError, binascii.Error):
            raise SealError("malformed") from None
        head_at = 1 + _SALT
        # The decoder takes several spellings of the same bytes; we have written one.
        spelled = base64.urlsafe_b64encode(raw).decode() == token
        if not spelled or raw[:1] != _VERSION or len(raw) < head_at + _HEAD.size + 16:
            raise SealError("malformed")
        salt, head, body = raw[1:head_at], raw[head_at : head_at + _HEAD.size], raw[head_at + _HEAD.size :]
        try:
            state = _cipher(self._key, salt).decrypt(_nonce(head), body, head + binding)
        except InvalidTag:
            raise SealError("altered-or-elsewhere") from None
        expires: float = _HEAD.unpack(head)[1]
        if wall > expires:
            raise SealError("expired")
        return state.decode()


def _nonce(head: bytes) -> bytes:
    return b"\0\0\0\0" + head[:8]


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers import aead  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415 - as above

    return aead.AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=_INFO).derive(key))
