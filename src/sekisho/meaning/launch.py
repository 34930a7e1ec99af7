"""What a server's launch line says about what it may touch: folders, hosts, and what it works with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sekisho.meaning.words import cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["MOST", "folders_named", "hosts_named", "words_of"]

MOST: Final = 64
"""Arguments, and variables, that are looked at."""

_INTERPRETERS: Final = re.compile(
    r"(?:node|nodejs|python[0-9.]*|pypy[0-9.]*|bun|deno|ruby|php|perl|java|bash|sh|zsh|tsx|ts-node)"
)
_VARIABLE: Final = re.compile(
    r"(?:^|_)(?:DIR|DIRS|DIRECTORY|DIRECTORIES|FOLDER|FOLDERS|ROOT|ROOTS|WORKSPACE|WORKSPACES|VAULT|REPO|REPOS|REPOSITORY|"
    r"BASE_PATH|ROOT_PATH|ALLOWED_PATHS?|SHARE|DATA_PATH|DOCS_PATH|NOTES_PATH)$"
)
_COMMON: Final = re.compile(
    r"(?:XDG|SSL|CERT|CA|CURL|OPENSSL|[A-Z]+ENV|NODE|NPM|NVM|PNPM|YARN|BUN|DENO|UV|PIP|PYENV|CONDA|VIRTUAL|PYTHON|CARGO|RUSTUP|GO|JAVA|JDK|ANDROID|FLUTTER|DOTNET|"
    r"LD|DYLD|SSH|GPG|GNUPG|AWS|DBUS|GTK|QT|KDE|GNOME|VSCODE|TERM|HOMEBREW|SDKMAN|ASDF|MISE|GEM|BUNDLE|PERL|LC|GIT|CI|RUNNER|"
    r"TMP|TEMP|CHROME|PUPPETEER|PLAYWRIGHT|SEKISHO|JUPYTER|MPL|NLTK|HF|TORCH|CUDA|CMAKE|OLD|LOGNAME|STARSHIP|FZF|ZSH|BASH)"
    r"(?:_|$)"
)
"""Variables of machines and tool chains: what they name is not what a server was given to work on."""

_NOT_GIVEN: Final = re.compile(
    r"^/(?:etc|usr|lib\w*|bin|sbin|opt|proc|sys|dev|run|boot|nix|snap|System|Library|Applications)(?:/|$)"
    r"|^(?:~|/root|/(?:home|Users)/[^/]+|[A-Za-z]:[/\\]Users[/\\][^/\\]+)[/\\]\.\w|[/\\]\.\w[^/\\]*[/\\]?$"
)
"""Where systems and tool chains keep their own: a variable that leads there gives nobody anything to work on."""

_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#@\s]*@)?(\[[0-9A-Fa-f:.]+\]|[^/?#:\s]+)(?::([0-9]{1,5}))?")


def folders_named(argv: Sequence[str], environ: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what may name a folder: on the launch line, and in variables. Which of them are folders a shell sees.

    Left out are the program, the script of an interpreter, options without a value, and addresses.
    """
    line = tuple(dict.fromkeys(_on_line(argv)))[:MOST]
    separator = ";" if any(";" in value for value in environ.values()) and "\\" in environ.get("PATH", "") else ":"
    passed = [
        part
        for name, value in environ.items()
        if _VARIABLE.search(name) and not _COMMON.match(name) and "://" not in value
        for part in (
            value,
            *(value.split(separator) if separator in value else ()),
            *(value.split(",") if "," in value else ()),
        )
        if (part.startswith(("/", "~", "./", "../")) or part[1:3] in (":\\", ":/")) and not _NOT_GIVEN.search(part)
    ]
    return line, tuple(dict.fromkeys(passed))[:MOST]


def _on_line(argv: Sequence[str]) -> Iterator[str]:
    rest = list(argv[1:])
    if argv and _INTERPRETERS.fullmatch(_base(argv[0])):
        script = next((at for at, each in enumerate(rest) if not each.startswith("-")), None)
        if script is not None:
            del rest[script]
    for each in rest:
        name, equals, value = each.partition("=")
        told = value if equals and name.startswith("-") else each
        if told and "://" not in told and "\n" not in told and not told.startswith("-"):
            yield told


def _base(program: str) -> str:
    return re.split(r"[/\\]", program)[-1].removesuffix(".exe").lower()


def hosts_named(argv: Sequence[str]) -> frozenset[str]:
    """Return the hosts of addresses on the launch line, `host` or `host:port`, in lower case."""
    return frozenset(
        host.lower() if not port else f"{host.lower()}:{int(port)}"
        for each in argv[1 : MOST + 1]
        for host, port in _URL.findall(each)
    )


def words_of(argv: Sequence[str]) -> tuple[str, ...]:
    """Return the words of the program, its script and its arguments, which tell what it works with."""
    return tuple(
        dict.fromkeys(word for each in argv[: MOST + 1] for part in re.split(r"[/\\]", each)[-2:] for word in cut(part))
    )
