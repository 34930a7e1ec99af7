from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

import mcp_types
import mcp_types._v2025_11_25 as schema_2025
import pytest
from mcp.shared.inbound import ERROR_CODE_HTTP_STATUS
from mcp_types import jsonrpc, methods, version

from sekisho.wire import versions
from sekisho.wire.versions import (
    CACHEABLE,
    HTTP_STATUS,
    INPUT_REQUIRED,
    LEFT_OUT,
    LIST_ITEMS,
    METHODS,
    NAME_PARAM,
    NEEDED_CAPABILITY,
    RETIRED_CODES,
    REVISIONS,
    Generation,
    Revision,
    SekishoCode,
    SpecCode,
    generation_of,
    revision_of,
)
from tablekit import rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import BaseModel

TABLES: Final = {
    "host_requests": methods.CLIENT_REQUESTS,
    "host_notifications": methods.CLIENT_NOTIFICATIONS,
    "server_requests": methods.SERVER_REQUESTS,
    "server_notifications": methods.SERVER_NOTIFICATIONS,
}
UNIONS: Final = {
    "host_requests": schema_2025.ClientRequest,
    "host_notifications": schema_2025.ClientNotification,
    "server_requests": schema_2025.ServerRequest,
    "server_notifications": schema_2025.ServerNotification,
}


@rows("revision", REVISIONS)
@rows("table", TABLES)
def test_methods_are_those_of_the_official_types_in_both_directions(table: str, revision: Revision) -> None:
    theirs = {method for method, at in TABLES[table] if at == revision}
    assert getattr(METHODS[revision], table) == theirs


@pytest.mark.parametrize("table", UNIONS)
def test_what_is_left_out_is_exactly_what_the_2025_11_25_schema_has_on_top(table: str) -> None:
    in_schema = {_method_of(model) for model in get_args(UNIONS[table])}
    ours: frozenset[str] = getattr(METHODS[Revision.V2025_11_25], table)
    left_out: frozenset[str] = getattr(LEFT_OUT[Revision.V2025_11_25], table)
    assert in_schema - ours == left_out
    assert not ours & left_out


def test_nothing_else_is_left_out() -> None:
    assert set(LEFT_OUT) == {Revision.V2025_11_25}


def test_revisions_and_generations_are_the_official_ones_in_order() -> None:
    assert tuple(map(str, REVISIONS)) == version.KNOWN_PROTOCOL_VERSIONS
    assert tuple(map(str, versions.LEGACY)) == version.HANDSHAKE_PROTOCOL_VERSIONS
    assert tuple(map(str, versions.MODERN)) == version.MODERN_PROTOCOL_VERSIONS
    assert list(REVISIONS) == sorted(REVISIONS)
    assert version.LATEST_HANDSHAKE_VERSION == versions.LATEST_LEGACY
    assert version.LATEST_MODERN_VERSION == versions.LATEST_MODERN


def test_every_revision_belongs_to_one_generation() -> None:
    assert {r for r in REVISIONS if generation_of(r) is Generation.MODERN} == set(versions.MODERN)
    assert {r for r in REVISIONS if generation_of(r) is Generation.LEGACY} == set(versions.LEGACY)


@rows("text", ["", "2025-11-26", "2026-07-28 ", "latest", "zzz", "\uff12026-07-28"])
def test_an_unknown_revision_is_none(text: str) -> None:
    assert revision_of(text) is None


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_known_revision_is_found_by_its_name(revision: Revision) -> None:
    assert revision_of(revision.value) is revision


def test_side_tables_speak_of_methods_that_exist() -> None:
    latest = METHODS[Revision.V2026_07_28].host_requests
    for named in (CACHEABLE, INPUT_REQUIRED, NAME_PARAM, LIST_ITEMS):
        assert set(named) <= latest
    every_server_request = frozenset[str]().union(*(m.server_requests for m in METHODS.values()))
    assert set(NEEDED_CAPABILITY) == every_server_request - {"ping"}


def test_side_tables_are_those_of_the_official_types() -> None:
    assert methods.CACHEABLE_METHODS == CACHEABLE
    assert methods.INPUT_REQUIRED_METHODS == INPUT_REQUIRED


@pytest.mark.parametrize(("method", "member"), LIST_ITEMS.items())
def test_a_list_result_holds_its_items_where_we_say(method: str, member: str) -> None:
    result = methods.SERVER_RESULTS[method, "2025-11-25"]
    assert member in _aliases(result)


def test_needed_capabilities_are_members_of_the_client_capabilities() -> None:
    assert set(NEEDED_CAPABILITY.values()) <= _aliases(mcp_types.ClientCapabilities)


def test_meta_keys_are_the_official_ones() -> None:
    assert versions.META_PROTOCOL_VERSION == mcp_types.PROTOCOL_VERSION_META_KEY
    assert versions.META_CLIENT_CAPABILITIES == mcp_types.CLIENT_CAPABILITIES_META_KEY
    assert versions.META_CLIENT_INFO == mcp_types.CLIENT_INFO_META_KEY
    assert versions.META_LOG_LEVEL == mcp_types.LOG_LEVEL_META_KEY
    assert versions.META_SERVER_INFO == mcp_types.SERVER_INFO_META_KEY
    assert versions.META_SUBSCRIPTION_ID == "io.modelcontextprotocol/subscriptionId"


def test_error_codes_and_their_statuses_are_the_official_ones() -> None:
    ours = {code.value for code in SpecCode} - {SpecCode.RESOURCE_NOT_FOUND}
    assert ours == {
        jsonrpc.PARSE_ERROR,
        jsonrpc.INVALID_REQUEST,
        jsonrpc.METHOD_NOT_FOUND,
        jsonrpc.INVALID_PARAMS,
        jsonrpc.INTERNAL_ERROR,
        jsonrpc.HEADER_MISMATCH,
        jsonrpc.MISSING_REQUIRED_CLIENT_CAPABILITY,
        jsonrpc.UNSUPPORTED_PROTOCOL_VERSION,
        jsonrpc.URL_ELICITATION_REQUIRED,
    }
    assert dict(HTTP_STATUS) == dict(ERROR_CODE_HTTP_STATUS)
    assert {-32002, -32042} == RETIRED_CODES


def test_our_codes_stay_in_our_block_and_out_of_the_reserved_range() -> None:
    for code in SekishoCode:
        assert -31099 <= code <= -31000
        assert not -32768 <= code <= -32000
        assert code not in HTTP_STATUS


def _method_of(model: type[BaseModel]) -> str:
    (method,) = get_args(model.model_fields["method"].annotation)
    return str(method)


def _aliases(model: object) -> set[str]:
    fields: dict[str, object] = getattr(model, "model_fields", {})
    return {getattr(field, "alias", None) or name for name, field in fields.items()} | set(_arms(model))


def _arms(model: object) -> Iterable[str]:
    for arm in get_args(model):
        yield from _aliases(arm)
