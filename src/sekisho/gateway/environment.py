"""The environment that a server child gets.

Concepts: the *inherited* environment (ours), the *declared* variables (`--env NAME`, `--env NAME=VALUE`), the
*deny-list* for a bare `run -- CMD` and the *allow-list* for configured and protected servers.
`environment` makes the child's variables and tells what it removed and why; `doctor` shows that, `launch.py` carries
the result.

Limits: this keeps variables from a server; it is no wall.
A process of the same user may read `/proc/PID/environ` of ours, and finds an agent's socket without being told.
Only a sandbox stops these.

On neither list, on purpose, so a bare run inherits them: which registry code comes from (`PIP_INDEX_URL`,
`npm_config_registry`: without it a private package is looked for in public), certificates and proxies (without them
nothing works in many companies), `DISPLAY` and `WAYLAND_DISPLAY` (browsers driven by a server), `DOCKER_HOST`, and
every key and token of the user's own: a bare run can not know which of them the server is for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final, assert_never

from sekisho.gateway.launch import LaunchError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["ALLOWED", "DENIED", "Environment", "Inheritance", "Removed", "environment", "is_loader"]


class Inheritance(Enum):
    """How much of our own environment a child gets without being asked."""

    BARE = "bare"
    """`run -- CMD`: everything but the deny-list."""

    CONFIGURED = "configured"
    """Configured and protected servers: nothing but the allow-list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A variable that the child does not get."""

    name: str
    """Its name; the value is never repeated."""

    why: str
    """One line for the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """What a child gets and what it does not get."""

    variables: Mapping[str, str] = field(repr=False)
    """The complete environment of the child. Not shown: it carries secrets."""

    removed: tuple[Removed, ...]
    """What we have and the child does not get, by name."""


LOADERS: Final[tuple[tuple[str, str], ...]] = (
    ("LD_*", "the loader takes libraries from it, into every program"),
    ("DYLD_*", "the loader of macOS takes libraries from it"),
    ("GCONV_PATH", "the C library loads character converters from it"),
    ("GLIBC_TUNABLES", "settings of the loader itself (CVE-2023-4911)"),
    ("OPENSSL_CONF", "OpenSSL loads the engines that this file names"),
    ("OPENSSL_ENGINES", "OpenSSL loads engines from it"),
    ("OPENSSL_MODULES", "OpenSSL loads providers from it"),
    ("PYTHONPATH", "modules, and sitecustomize at start, are taken from it"),
    ("PYTHONHOME", "the standard library is taken from it"),
    ("PYTHONUSERBASE", "start files (.pth) are taken from it"),
    ("PYTHONSTARTUP", "Python runs this file in interactive mode"),
    ("PYTHONINSPECT", "Python turns interactive and runs PYTHONSTARTUP"),
    ("PYTHONBREAKPOINT", "names a function that breakpoint() imports and calls"),
    ("PYTHONWARNINGS", "imports the modules that its categories name"),
    ("PYTHONPYCACHEPREFIX", "compiled modules are taken from it"),
    ("NODE_OPTIONS", "Node loads the files that --require and --import name"),
    ("NODE_PATH", "Node takes modules from it"),
    ("NODE_REPL_EXTERNAL_MODULE", "Node loads it"),
    ("NPM_CONFIG_NODE_OPTIONS", "npm and npx pass it on as NODE_OPTIONS"),
    ("NPM_CONFIG_SCRIPT_SHELL", "npm runs scripts with this program"),
    ("NPM_CONFIG_GIT", "npm runs this program as git"),
    ("BUN_OPTIONS", "Bun loads the files that --preload names"),
    ("BUN_INSPECT_PRELOAD", "Bun loads this file"),
    ("BASH_ENV", "bash runs this file before every script"),
    ("ENV", "sh runs this file"),
    ("BASH_FUNC_*", "shell functions that stand in for programs"),
    ("SHELLOPTS", "with PS4 it runs commands in every bash script"),
    ("BASHOPTS", "changes how bash reads scripts"),
    ("PS4", "bash runs what is in it while tracing"),
    ("ZDOTDIR", "zsh runs .zshenv from it"),
    ("FPATH", "zsh takes functions from it"),
    ("PERL5OPT", "Perl loads the modules that -M names"),
    ("PERL5LIB", "Perl takes modules from it"),
    ("PERLLIB", "Perl takes modules from it"),
    ("PERL5DB", "Perl runs it when debugging"),
    ("RUBYOPT", "Ruby loads the files that -r names"),
    ("RUBYLIB", "Ruby takes libraries from it"),
    ("JAVA_TOOL_OPTIONS", "Java loads the agents that it names"),
    ("JDK_JAVA_OPTIONS", "Java loads the agents that it names"),
    ("_JAVA_OPTIONS", "Java loads the agents that it names"),
    ("CLASSPATH", "Java takes classes from it"),
    ("DOTNET_STARTUP_HOOKS", ".NET runs these files at start"),
    ("DOTNET_ADDITIONAL_DEPS", ".NET takes libraries from it"),
    ("DOTNET_SHARED_STORE", ".NET takes libraries from it"),
    ("CORECLR_*", ".NET loads the profiler that it names"),
    ("COR_*", ".NET Framework loads the profiler that it names"),
    ("PHPRC", "PHP reads settings that load code from it"),
    ("PHP_INI_SCAN_DIR", "PHP reads settings that load code from it"),
    ("LUA_INIT*", "Lua runs it"),
    ("LUA_PATH*", "Lua takes modules from it"),
    ("LUA_CPATH*", "Lua takes libraries from it"),
    ("GOFLAGS", "-toolexec runs a program at every build"),
    ("RUSTC_WRAPPER", "cargo runs it at every build"),
    ("RUSTC_WORKSPACE_WRAPPER", "cargo runs it at every build"),
    ("GIT_SSH", "git runs it"),
    ("GIT_SSH_COMMAND", "git runs it"),
    ("GIT_EXTERNAL_DIFF", "git runs it"),
    ("GIT_PROXY_COMMAND", "git runs it"),
    ("GIT_EXEC_PATH", "git takes its own programs from it"),
    ("GIT_TEMPLATE_DIR", "git copies hooks from it into new repositories"),
    ("GIT_CONFIG*", "settings of git that run programs (core.fsmonitor, core.hooksPath)"),
    ("LESSOPEN", "less runs it on every file"),
    ("LESSCLOSE", "less runs it after every file"),
)
"""Code that a program loads before its own first line. The host may have these from a project's settings file."""

DENIED: Final[tuple[tuple[str, str], ...]] = (
    ("SEKISHO_*", "our own settings and secrets"),
    *LOADERS,
    # Sockets and sessions that act for the user.
    ("GIT_ASKPASS", "asks an editor or agent for your passwords"),
    ("SSH_ASKPASS", "asks an agent for your passwords"),
    ("SUDO_ASKPASS", "asks an agent for your password"),
    ("SSH_AUTH_SOCK", "signs with your SSH keys"),
    ("SSH_AGENT_PID", "names your SSH agent"),
    ("GPG_AGENT_INFO", "signs with your GPG keys"),
    ("GNOME_KEYRING_*", "reads your keyring"),
    ("DBUS_*", "reaches your keyring, and starts programs outside of any sandbox"),
    ("XDG_RUNTIME_DIR", "the folder in which agents and the session bus listen"),
    ("BW_SESSION", "an open password vault (Bitwarden)"),
    ("OP_SESSION_*", "an open password vault (1Password)"),
    ("VSCODE_*", "drives your editor and asks it for git passwords"),
    ("NVIM", "drives your editor"),
    ("NVIM_LISTEN_ADDRESS", "drives your editor"),
    ("TMUX", "types into your terminal"),
    ("TMUX_PANE", "names your terminal"),
    ("STY", "types into your terminal (screen)"),
    ("ZELLIJ*", "types into your terminal"),
    ("KITTY_LISTEN_ON", "types into your terminal"),
    ("WEZTERM_UNIX_SOCKET", "types into your terminal"),
    ("SWAYSOCK", "starts programs through the window manager"),
    ("I3SOCK", "starts programs through the window manager"),
    ("HYPRLAND_INSTANCE_SIGNATURE", "starts programs through the window manager"),
)
"""What a bare run does not pass on: a name, or the beginning of one and `*`, in any case; and why."""

ALLOWED: Final[tuple[str, ...]] = (
    *("HOME", "USER", "LOGNAME", "PATH", "SHELL", "TERM", "TMPDIR", "TMP", "TEMP", "TZ"),
    *("LANG", "LANGUAGE", "LC_*", "NO_COLOR"),
    *("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"),
    *("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"),
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"),
)
"""What configured and protected servers get without declaring it, in any case. A proxy with a password is left out."""

_NOT_ALLOWED: Final = "not on the list of what a configured server gets; declare it to pass it on"
_PROXY_LOGIN: Final = "this proxy address holds a password; declare it to pass it on"


class _Names:
    """Names, and beginnings of names, in any case, each with a reason.

    Not a pattern: compiling one of this size takes longer than everything else at the start.
    """

    __slots__ = ("_beginnings", "_names")

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        self._names: dict[str, str] = {}
        self._beginnings: list[tuple[str, str]] = []
        for name, why in entries:
            if name.endswith("*"):
                self._beginnings.append((name[:-1].upper(), why))
            else:
                self._names[name.upper()] = why

    def reason(self, name: str) -> str | None:
        """The reason that stands beside a name; None if it is not among these."""
        upper = name.upper()
        why = self._names.get(upper)
        if why is None:
            return next((why for beginning, why in self._beginnings if upper.startswith(beginning)), None)
        return why


_DENIED: Final = _Names(DENIED)
_LOADERS: Final = _Names(LOADERS)
_ALLOWED: Final = _Names((name, "") for name in ALLOWED)


def is_loader(name: str) -> bool:
    """Tell whether a variable makes programs load code."""
    return _LOADERS.reason(name) is not None


def environment(inherited: Mapping[str, str], declared: Iterable[str], *, inheritance: Inheritance) -> Environment:
    """Make the environment of a child.

    Args:
        inherited: our own environment.
        declared: what the user wrote: `NAME` passes ours on, `NAME=VALUE` sets one. Declared ones win over both
            lists, and a later one over an earlier one.
        inheritance: which list is used.

    Raises:
        LaunchError: a declaration without a name, or of a variable that is not set here.
    """
    wanted = dict(_declaration(text, inherited) for text in declared)
    variables: dict[str, str] = {}
    removed: list[Removed] = []
    for name, value in inherited.items():
        if name in wanted:
            continue
        why = _objection(name, value, inheritance)
        if why is None:
            variables[name] = value
        else:
            removed.append(Removed(name=name, why=why))
    return Environment(variables=variables | wanted, removed=tuple(sorted(removed, key=lambda variable: variable.name)))


def _declaration(text: str, inherited: Mapping[str, str]) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not name or "\0" in text:
        raise LaunchError(
            "a declared variable has no name, or holds a NUL character",
            where="--env",
            next_step="Write NAME or NAME=VALUE",
        )
    if equals:
        return name, value
    if name not in inherited:
        raise LaunchError(
            f"the declared variable {name} is not set",
            where=f"--env {name}",
            next_step=f"Set it before you start sekisho, or write --env {name}=VALUE",
        )
    return name, inherited[name]


def _objection(name: str, value: str, inheritance: Inheritance) -> str | None:
    match inheritance:
        case Inheritance.BARE:
            return _DENIED.reason(name)
        case Inheritance.CONFIGURED:
            if _ALLOWED.reason(name) is None:
                return _NOT_ALLOWED
            return _PROXY_LOGIN if name.upper().endswith("_PROXY") and "@" in value else None
        case _:
            assert_never(inheritance)
