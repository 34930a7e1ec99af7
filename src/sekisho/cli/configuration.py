"""Where the configuration of a command comes from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sekisho.adapters.configuration import open_source
from sekisho.model.message_ids import MessageId
from sekisho.policy.problem import ConfigurationError, Problem
from sekisho.policy.reading import read

if TYPE_CHECKING:
    from sekisho.policy.configuration import Configuration

__all__ = ["load"]


def load(named: str) -> Configuration:
    """Read the configuration that the caller named; it has to have servers.

    Raises:
        ConfigurationError: with everything that is wrong with it.
    """
    source = open_source(Path(named))
    configuration = read(source.document)
    if not configuration.servers:
        raise ConfigurationError([Problem(message=MessageId.CONFIG_NO_SERVERS, file=source.document.file)])
    return configuration
