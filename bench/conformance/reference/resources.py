"""The resources, and the smallest image and sound that are valid."""

from __future__ import annotations

import base64
import json

import mcp_types as types

PNG = base64.b64encode(
    bytes.fromhex(
        "89504e470d0a1a0a"
        "0000000d49484452000000010000000108060000001f15c489"
        "0000000d49444154789c63f8cfc0f01f00050001ff89993d1d"
        "0000000049454e44ae426082"
    )
).decode()
"""One pixel: signature, header, data, end."""

WAV = base64.b64encode(
    b"RIFF"
    + (36).to_bytes(4, "little")
    + b"WAVEfmt "
    + (16).to_bytes(4, "little")
    + (1).to_bytes(2, "little")
    + (1).to_bytes(2, "little")
    + (8000).to_bytes(4, "little")
    + (8000).to_bytes(4, "little")
    + (1).to_bytes(2, "little")
    + (8).to_bytes(2, "little")
    + b"data"
    + (0).to_bytes(4, "little")
).decode()
"""No samples."""

RESOURCES = (
    types.Resource(uri="test://static-text", name="static-text", description="A text", mime_type="text/plain"),
    types.Resource(uri="test://static-binary", name="static-binary", description="An image", mime_type="image/png"),
    types.Resource(
        uri="test://watched-resource",
        name="watched-resource",
        description="May be watched",
        mime_type="text/plain",
    ),
)

_PREFIX, _SUFFIX = "test://template/", "/data"

TEMPLATES = (
    types.ResourceTemplate(
        uri_template=f"{_PREFIX}{{id}}{_SUFFIX}",
        name="template",
        description="A resource per id",
        mime_type="application/json",
    ),
)


def content_of(uri: str) -> types.TextResourceContents | types.BlobResourceContents | None:
    """What stands at `uri`; nothing when there is no such resource."""
    match uri:
        case "test://static-text":
            return _text(uri, "This is the content of the static text resource.")
        case "test://watched-resource":
            return _text(uri, "Watched resource content")
        case "test://static-binary":
            return types.BlobResourceContents(uri=uri, mime_type="image/png", blob=PNG)
        case _:
            return _from_template(uri)


def _text(uri: str, value: str) -> types.TextResourceContents:
    return types.TextResourceContents(uri=uri, mime_type="text/plain", text=value)


def _from_template(uri: str) -> types.TextResourceContents | None:
    key = uri.removeprefix(_PREFIX).removesuffix(_SUFFIX)
    if uri != f"{_PREFIX}{key}{_SUFFIX}" or not key or "/" in key:
        return None
    body = json.dumps({"id": key, "templateTest": True, "data": f"Data for ID: {key}"}, separators=(",", ":"))
    return types.TextResourceContents(uri=uri, mime_type="application/json", text=body)
