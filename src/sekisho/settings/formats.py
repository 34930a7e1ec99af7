"""The formats of hosts' settings, by name."""

from __future__ import annotations

import codecs
from enum import StrEnum
from typing import TYPE_CHECKING, Final, assert_never

from sekisho.settings.json_text import parse_json
from sekisho.settings.node import Reason, SettingsError

if TYPE_CHECKING:
    from sekisho.settings.node import Node

__all__ = ["Format", "format_of", "parse"]

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_TOML: Final = (".toml",)
_YAML: Final = (".yaml", ".yml")


class Format(StrEnum):
    """How a file is written."""

    JSON = "json"
    """JSON; comments and trailing commas are taken everywhere, as most hosts do."""
    TOML = "toml"
    YAML = "yaml"


def format_of(name: str) -> Format:
    """Return the format that a file's name stands for; JSON where it says nothing."""
    if name.endswith(_TOML):
        return Format.TOML
    return Format.YAML if name.endswith(_YAML) else Format.JSON


def parse(data: bytes, format_: Format) -> Node:
    """Return the value that a file holds.

    Raises:
        SettingsError: it holds none.
    """
    text = _decoded(data)
    match format_:
        case Format.JSON:
            return parse_json(text)
        case Format.TOML:
            # Loaded when needed: most machines have JSON only.
            from sekisho.settings.toml_text import parse_toml  # noqa: PLC0415

            return parse_toml(text)
        case Format.YAML:
            from sekisho.settings.yaml_text import parse_yaml  # noqa: PLC0415

            return parse_yaml(text)
        case _:
            assert_never(format_)


def _decoded(data: bytes) -> str:
    encoding = "utf-8"
    for mark, name in _MARKS:
        if data.startswith(mark):
            data, encoding = data[len(mark) :], name
            break
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start]
        raise SettingsError(Reason.NOT_TEXT, before.count(b"\n") + 1) from None
