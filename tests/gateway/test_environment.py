"""Which variables a child gets."""

from __future__ import annotations

import pytest

from sekisho.gateway.environment import ALLOWED, DENIED, Inheritance, environment
from sekisho.gateway.launch import LaunchError
from tablekit import rows

BARE, CONFIGURED = Inheritance.BARE, Inheritance.CONFIGURED

OURS = {
    "HOME": "/home/u",
    "PATH": "/bin",
    "LC_TIME": "C",
    "https_proxy": "http://proxy.example:3128",
    "HTTP_PROXY": "http://user:password@proxy.example:3128",
    "GITHUB_TOKEN": "ghs",
    "DISPLAY": ":0",
    "LD_PRELOAD": "/srv/x.so",
    "LD_LIBRARY_PATH": "lib",
    "DYLD_INSERT_LIBRARIES": "x",
    "PYTHONPATH": "src",
    "NODE_OPTIONS": "--require ./x.js",
    "npm_config_node_options": "--require ./x.js",
    "npm_config_registry": "https://npm.example",
    "BASH_FUNC_ls%%": "() { :; }",
    "GIT_CONFIG_COUNT": "1",
    "SSH_AUTH_SOCK": "/run/agent",
    "DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/bus",
    "TMUX": "/srv/tmux,1,0",
    "SEKISHO_TOKEN": "ours",
    "sekisho_lower": "ours",
}


def test_a_bare_run_inherits_everything_but_the_deny_list() -> None:
    got = environment(OURS, (), inheritance=BARE)
    kept = {"HOME", "PATH", "LC_TIME", "https_proxy", "HTTP_PROXY", "GITHUB_TOKEN", "DISPLAY", "npm_config_registry"}
    assert set(got.variables) == kept
    assert all(got.variables[name] == OURS[name] for name in kept)
    assert [variable.name for variable in got.removed] == sorted(OURS.keys() - kept)


def test_a_configured_server_gets_the_allow_list_and_nothing_else() -> None:
    got = environment(OURS, (), inheritance=CONFIGURED)
    assert set(got.variables) == {"HOME", "PATH", "LC_TIME", "https_proxy"}
    why = {variable.name: variable.why for variable in got.removed}
    assert why.keys() == OURS.keys() - got.variables.keys()
    assert "password" in why["HTTP_PROXY"]
    assert "declare it" in why["GITHUB_TOKEN"]


@pytest.mark.parametrize("inheritance", list(Inheritance))
def test_declared_variables_win_over_both_lists(inheritance: Inheritance) -> None:
    declared = (
        "LD_LIBRARY_PATH",
        "GITHUB_TOKEN",
        "NODE_OPTIONS=--max-old-space-size=512",
        "NEW=a=b",
        "EMPTY=",
        "NEW=2",
    )
    got = environment(OURS, declared, inheritance=inheritance)
    assert got.variables["LD_LIBRARY_PATH"] == "lib"
    assert got.variables["GITHUB_TOKEN"] == OURS["GITHUB_TOKEN"]
    assert got.variables["NODE_OPTIONS"] == "--max-old-space-size=512"
    assert (got.variables["NEW"], got.variables["EMPTY"]) == ("2", "")
    assert not {"LD_LIBRARY_PATH", "NODE_OPTIONS"} & {variable.name for variable in got.removed}


@pytest.mark.parametrize("inheritance", list(Inheritance))
def test_a_declared_variable_that_is_not_set_is_an_error_that_says_so(inheritance: Inheritance) -> None:
    with pytest.raises(LaunchError, match="MISSING is not set") as caught:
        environment(OURS, ("MISSING",), inheritance=inheritance)
    assert "--env MISSING=VALUE" in caught.value.next_step


@pytest.mark.parametrize("text", ["", "=value", "A\0=b", "A=b\0"])
def test_a_declaration_without_a_proper_name_is_an_error(text: str) -> None:
    with pytest.raises(LaunchError, match="no name"):
        environment(OURS, (text,), inheritance=BARE)


@rows("name", [name for name, _ in DENIED])
def test_every_name_of_the_deny_list_is_removed_in_any_case(name: str) -> None:
    example = name.replace("*", "_X" if not name.endswith("_*") else "X")
    for spelling in (example, example.lower()):
        got = environment({spelling: "secret-value"}, (), inheritance=BARE)
        assert not got.variables
        (removed,) = got.removed
        assert removed.name == spelling
        assert removed.why == dict(DENIED)[name]


def test_the_lists_do_not_overlap() -> None:
    for name in ALLOWED:
        example = name.replace("*", "X")
        assert environment({example: "v"}, (), inheritance=BARE).variables == {example: "v"}


def test_what_is_removed_is_told_without_values() -> None:
    assert "/srv/x.so" not in repr(environment(OURS, ("GITHUB_TOKEN",), inheritance=BARE))
    assert "GITHUB_TOKEN" not in repr(environment(OURS, ("GITHUB_TOKEN",), inheritance=BARE))
