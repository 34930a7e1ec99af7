"""What a hub is made with: servers that can be told apart."""

from __future__ import annotations

import pytest

from sekisho.engine.hub.setup import HubSetup
from sekisho.engine.seal import Sealer
from tablekit import rows


@rows("aliases", [("a", "a"), ("sekisho",), ("A",), ("a" * 25,), ("a_b",), ("",)])
def test_aliases_that_could_not_be_told_apart_are_refused(aliases: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="aliases are distinct"):
        HubSetup(aliases=aliases, version="1", sealer=Sealer(bytes(32), bytes(16)), salt=bytes(16), epoch=0.0)
