"""Sekisho (関所): a checkpoint between AI agents and MCP servers.

Floors, from the bottom: `wire` (bytes to judged values), `model` (the vocabulary of a decision), `policy`, `engine`
(the session, sans-io), `ports`, `adapters` (files, keys, audit), `gateway` (processes and sockets), `cli`.
An import points down only, and everything up to `engine` performs no effect.
"""

__version__ = "0.1.0"
"""The one place of the version: asking the installed metadata costs every start the email package."""
