"""What an entry really starts: shells, wrappers and our own `run` peeled off."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sekisho.settings.node import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sekisho.settings.entry import Entry

__all__ = ["POSIX_SHELLS", "Launch", "launches", "program_name"]

POSIX_SHELLS: Final = frozenset({"sh", "bash", "zsh", "dash", "ash", "ksh", "fish", "busybox"})
_WINDOWS_SHELLS: Final = frozenset({"cmd"})
_POWER_SHELLS: Final = frozenset({"powershell", "pwsh"})
_WRAPPERS: Final = re.compile(
    r"env|sudo|doas|nohup|nice|ionice|timeout|time|stdbuf|setsid|xvfb-run|caffeinate|exec|command|winpty|wsl|"
    r"torsocks|proxychains|proxychains4|flatpak-spawn|op|doppler|dotenv|dotenvx|infisical|direnv|mise|asdf|"
    r"volta|fnm|nvm|chpst|aws-vault|sekisho|mcp-proxy|unbuffer|script|firejail|bwrap"
)
"""Programs that start the program named behind them."""

_VALUED: Final = frozenset({"-u", "--user", "-n", "-s", "-C", "--chdir", "-g", "--env-file", "-p", "--name", "--entry"})
"""Options of wrappers that take the next word."""

_PLAIN_WORD: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?[smhd]?|run|exec|with|x|-")
"""Words between a wrapper and its program: a duration, a subcommand."""

_ASSIGNMENT: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*=")
_SCRIPT_OPTION: Final = re.compile(r"-[a-z]{0,8}c[a-z]{0,8}")
_SEPARATOR: Final = re.compile(r"[;&|()<>]+")
_SHELL_LINE: Final = re.compile(r"\s(?:\|\|?|&&|;)\s|;\s")
_LONGEST: Final = 32_768
"""Characters; no launch line is longer, and a lexer in Python takes its time."""
_SUFFIX: Final = re.compile(r"\.(?:exe|cmd|bat|ps1)\Z")
_DEEPEST: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """One program that is started."""

    program: str
    """Its name, without folder and `.exe`, in lower case."""

    word: Text
    """Where the program is named."""

    args: tuple[Text, ...]
    """What it is given."""

    env: tuple[Text, ...] = ()
    """Variables set on the command line, `key` is the name."""

    piped: bool = False
    """It reads what the program before it writes."""


def launches(entry: Entry) -> Iterator[Launch]:
    """Yield every program that an entry's command line starts, the outermost first."""
    command = entry.command
    if command is None:
        return
    if _SHELL_LINE.search(command.text):
        # A whole line where a program should be: some hosts give it to a shell.
        for words, after_pipe in _commands(command):
            yield from _peel(words, (), 0, piped=after_pipe)
    else:
        yield from _peel((*_words(command), *entry.args), (), 0, piped=False)


def program_name(path: str) -> str:
    """Return the name of a program: no folder, no `.exe`, lower case."""
    return _SUFFIX.sub("", re.split(r"[\\/]", path)[-1].casefold())


def _words(command: Text) -> tuple[Text, ...]:
    """Return the words of a command that was written as one string; a path with spaces stays one word."""
    text = command.text.strip()
    if " " not in text or re.match(r"(?:[A-Za-z]:)?[\\/].*\\|[A-Za-z]:[\\/]", text):
        return (command,)
    first = text.split(" ", 1)[0]
    if "/" in first and not _starts(program_name(first)):
        return (command,)
    return tuple(Text(word, command.pointer, command.key) for word in _split(text))


def _starts(program: str) -> bool:
    return bool(program in POSIX_SHELLS or _WRAPPERS.fullmatch(program) or _KNOWN.fullmatch(program))


def _split(text: str) -> list[str]:
    text = text[:_LONGEST]
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()


_KNOWN: Final = re.compile(
    r"npx|npm|pnpm|yarn|bunx|bun|deno|node|uvx|uv|pipx|python3?|docker|podman|nerdctl|go|java|dotnet|dnx|ruby"
)
"""Programs that a command written as one string may start with, beside shells and wrappers."""


def _peel(words: Sequence[Text], env: tuple[Text, ...], depth: int, *, piped: bool) -> Iterator[Launch]:
    assigned = 0
    while assigned < len(words) and _ASSIGNMENT.match(words[assigned].text):
        assigned += 1
    env = (*env, *(_assignment(word) for word in words[:assigned]))
    words = words[assigned:]
    if not words:
        return
    head, args = words[0], tuple(words[1:])
    program = program_name(head.text)
    yield Launch(program=program, word=head, args=args, env=env, piped=piped)
    if depth == _DEEPEST:
        return
    if _WRAPPERS.fullmatch(program):
        yield from _peel(_wrapped(args), env, depth + 1, piped=piped)
    else:
        script = _script(program, args)
        if script is not None:
            for inner, after_pipe in _commands(script):
                yield from _peel(inner, env, depth + 1, piped=after_pipe)


def _assignment(word: Text) -> Text:
    name, _, value = word.text.partition("=")
    return Text(value, word.pointer, name)


def _wrapped(args: tuple[Text, ...]) -> tuple[Text, ...]:
    """Return the command behind a wrapper's own options."""
    texts = [word.text for word in args]
    end = texts.index("--") if "--" in texts else 0
    # A `--` behind the program is the program's own.
    if end and not any(_starts(program_name(text)) for text in texts[:end]):
        return args[end + 1 :]
    at = 0
    while at < len(args) and (texts[at].startswith("-") or _PLAIN_WORD.fullmatch(texts[at])):
        at += 2 if texts[at] in _VALUED else 1
    return args[at:]


def _script(program: str, args: tuple[Text, ...]) -> Text | None:
    """Return the script that a shell is given as an argument."""
    for at, word in enumerate(args):
        option = word.text.casefold()
        if program in POSIX_SHELLS and _SCRIPT_OPTION.fullmatch(word.text):
            return args[at + 1] if at + 1 < len(args) else None
        windows = program in _WINDOWS_SHELLS and option in {"/c", "/k", "/s/c"}
        if windows or (program in _POWER_SHELLS and option in {"-command", "-c", "/c"}):
            rest = args[at + 1 :]
            # These take all that follows as one line; the place is that of the first word.
            if not rest:
                return None
            line = rest[0].text if len(rest) == 1 else " ".join(_requoted(each.text) for each in rest)
            return Text(line, rest[0].pointer, rest[0].key)
    return None


def _requoted(text: str) -> str:
    return shlex.quote(text) if " " in text and not _SEPARATOR.search(text) else text


def _commands(script: Text) -> Iterator[tuple[tuple[Text, ...], bool]]:
    """Cut a script into simple commands; with each, whether it stands behind a pipe."""
    text = script.text[:_LONGEST]
    lexer = shlex.shlex(text.replace("\n", " ; "), posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    try:
        tokens = list(lexer)
    except ValueError:
        tokens = text.split()
    words: list[Text] = []
    piped = False
    for token in [*tokens, ";"]:
        if _SEPARATOR.fullmatch(token):
            if words:
                yield tuple(words), piped
            words, piped = [], "|" in token and "||" not in token
        else:
            words.append(Text(token, script.pointer, script.key))
