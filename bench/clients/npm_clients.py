"""The clients from npm, as their users start them: the MCP Inspector's command line, and Claude Code.

Both get an empty home, and their packages go to the git-ignored cache of the repository, without their scripts.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from borrowed import ROOT, UnavailableError, node_tools, run_npm

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from python_clients import Seen, Target

__all__ = ["ClaudeCode", "Inspector"]

_CACHE: Final = ROOT / ".cache" / "clients"
_SECONDS: Final = 90.0


def _package(name: str) -> Path:
    """Return an npm package's folder; it is installed on the first call."""
    home = _CACHE / "node_modules" / name
    if not (home / "package.json").is_file():
        node, npm = node_tools()
        run_npm(node, npm, _CACHE, ["@modelcontextprotocol/inspector", "@anthropic-ai/claude-code"])
    return home


def _version(home: Path) -> str:
    return str(cast("dict[str, object]", json.loads((home / "package.json").read_text("utf-8")))["version"])


async def _said(command: Sequence[str], env: Mapping[str, str], folder: Path) -> str:
    """Run a command to its end and return its standard output."""
    process = await asyncio.create_subprocess_exec(
        *command,
        env=dict(env),
        cwd=folder,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(_SECONDS):
            output, errors = await process.communicate()
    except TimeoutError:
        process.kill()
        await process.wait()
        raise RuntimeError(f"it took longer than {_SECONDS:.0f} s") from None
    if process.returncode != 0:
        last = (errors or output).decode(errors="replace").strip().splitlines()[-1:]
        raise RuntimeError(f"exit status {process.returncode}: {' '.join(last)[:200]}")
    return output.decode()


def _entry(target: Target, env: Mapping[str, str]) -> dict[str, object]:
    if isinstance(target, tuple):
        kept = {name: env[name] for name in ("SEKISHO_STATE", "LANG")}
        return {"type": "stdio", "command": target[0], "args": list(target[1:]), "env": kept}
    return {"type": "http", "url": target}


@dataclass(frozen=True, slots=True)
class Inspector:
    """`mcp-inspector --cli`."""

    version: str
    """Its version."""
    command: tuple[str, ...]
    """What starts it."""

    @classmethod
    def found(cls) -> Inspector:
        """Install it when it is not there yet.

        Raises:
            UnavailableError: it can't be had here.
        """
        home = _package("@modelcontextprotocol/inspector")
        node, _ = node_tools()
        script = home / "clients" / "launcher" / "build" / "index.js"
        if not script.is_file():
            raise UnavailableError("the inspector has no command line where it used to be")
        return cls(_version(home), (str(node), str(script), "--cli"))

    async def use(self, target: Target, env: Mapping[str, str], folder: Path) -> Seen:
        """Return the tools that it lists, and what `add` answers."""
        config = folder / "inspector.json"
        config.write_text(json.dumps({"mcpServers": {"entry": _entry(target, env)}}), "utf-8")
        told = {**env, "MCP_INSPECTOR_SECRET_STORE": "memory"}
        command = [*self.command, "--config", str(config), "--server", "entry", "--method"]
        listed = json.loads(await _said([*command, "tools/list"], told, folder))
        called = json.loads(
            await _said([*command, "tools/call", "--tool-name", "add", "--tool-arg", "a=40"], told, folder)
        )
        return [tool["name"] for tool in listed["tools"]], called["content"][0]["text"]


@dataclass(frozen=True, slots=True)
class ClaudeCode:
    """`claude mcp`, which connects to its entries without an account. Without one it calls nothing."""

    version: str
    """Its version."""
    program: str
    """What starts it."""

    @classmethod
    def found(cls) -> ClaudeCode:
        """Install it when it is not there yet.

        Raises:
            UnavailableError: it can't be had here.
        """
        home = _package("@anthropic-ai/claude-code")
        programs = sorted(path for path in home.parent.glob("claude-code-*/claude") if path.is_file())
        if not programs:
            raise UnavailableError("Claude Code has no program for this platform")
        return cls(_version(home), str(programs[0]))

    async def use(self, target: Target, env: Mapping[str, str], folder: Path) -> Seen:
        """Add an entry and return what `claude mcp list` says about it, in place of an answer."""
        told = {**env, "DISABLE_AUTOUPDATER": "1", "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1"}
        for name in ("ANTHROPIC_API_KEY", "CLAUDECODE", "CLAUDE_CODE_ENTRYPOINT"):
            told.pop(name, None)
        add = [self.program, "mcp", "add-json", "-s", "user", "entry", json.dumps(_entry(target, env))]
        await _said(add, told, folder)
        listed = await _said([self.program, "mcp", "list"], told, folder)
        await _said([self.program, "mcp", "remove", "-s", "user", "entry"], told, folder)
        line = next((line for line in listed.splitlines() if line.startswith("entry:")), "entry: not listed")
        return [], line.rpartition(" - ")[2].strip()
