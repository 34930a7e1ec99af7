"""Other scanners of tool definitions: installed into a cache of their own, asked offline, read by their own severities.

Each of them gets dumps, as lists of tools, and says of every tool how bad its worst finding about it is. A peer that cannot be had says why; it is never scored as a zero.
Only what works without a network and without a model is asked, in an empty home. What a peer says about a whole server
without naming a tool is left out.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Tool = dict[str, Any]
    Dumps = list[list[Tool]]
    Levels = list[list[int]]

__all__ = ["LOW", "MEDIUM", "PEERS", "AbsentError", "Dumps", "Peer"]

HERE = Path(__file__).parent
CACHE = Path(os.environ.get("SEKISHO_BENCH_CACHE") or HERE.parents[1] / ".cache") / "detection"
LOW, MEDIUM = 1, 2
_LEVELS = {"info": LOW, "low": LOW, "medium": MEDIUM, "high": MEDIUM + 1, "critical": MEDIUM + 2}
"""Whatever else is said ("safe", "unknown") is nothing."""
_INSTALL_SECONDS = 1200
_SECONDS = 3600
_LINE = 40_000
"""agent-audit reads no line longer than 64 KiB, so a server that it looks at may not offer more."""


class AbsentError(Exception):
    """The peer cannot be had, or does not run here; the message says why."""


@dataclass(frozen=True, slots=True)
class Peer:
    """One scanner."""

    name: str
    """As its registry calls it."""

    version: str
    """The release that is measured."""

    asks: str
    """Which of its analysers are asked, for the table."""

    judge: Callable[[Peer, Dumps, Path], Levels]
    """Asks it, with a folder to work in."""

    servers: int | None = None
    """Of how many honest servers it is given the tools, where all of them would take an hour."""

    @property
    def home(self) -> Path:
        """Where it is installed."""
        return CACHE / f"{self.name}-{self.version}"

    @property
    def python(self) -> Path:
        """The interpreter of its environment."""
        return self.home / "bin" / "python"

    def install(self) -> None:
        """Install it, where it is not there yet.

        Raises:
            AbsentError: its packager failed.
        """
        if (self.home / "installed").is_file():
            return
        if self.judge is _atr:
            _run(["npm", "install", "--prefix", str(self.home), "--ignore-scripts", "--no-audit", "--no-fund",
                  f"{self.name}@{self.version}"], seconds=_INSTALL_SECONDS)  # fmt: skip
        else:
            _run([sys.executable, "-m", "venv", str(self.home)])
            _run([str(self.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                  f"{self.name}=={self.version}"], seconds=_INSTALL_SECONDS)  # fmt: skip
        (self.home / "installed").touch()

    def levels(self, dumps: Dumps) -> tuple[Levels, float]:
        """Return how bad each tool of each dump is, 0 where nothing is said, and the CPU that it took, in seconds.

        Raises:
            AbsentError: it cannot be had, or it fails.
        """
        self.install()
        with tempfile.TemporaryDirectory() as folder:
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            found = self.judge(self, dumps, Path(folder))
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return found, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _run(command: list[str], *, seconds: int = _SECONDS, home: Path | None = None) -> str:
    env = dict(os.environ)
    if home is not None:
        # An empty home, and the price list of a library that one of them would fetch at every start.
        env |= {"HOME": str(home), "LITELLM_LOCAL_MODEL_COST_MAP": "True", "NO_COLOR": "1"}
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, env=env, cwd=home, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise AbsentError(f"{Path(command[0]).name}: {error}") from error
    if not done.stdout and done.returncode != 0:
        said = done.stderr.strip().splitlines()[-1:] or ["it said nothing"]
        raise AbsentError(f"{Path(command[0]).name} failed: {said[0][:200]}")
    return done.stdout


def _written(folder: Path, value: object) -> Path:
    file = folder / "dump.json"
    file.write_text(json.dumps(value), "utf-8")
    return file


def _level(severities: Iterable[str]) -> int:
    return max((_LEVELS.get(severity.lower(), 0) for severity in severities), default=0)


def _shaped(dumps: Dumps, flat: Iterator[int]) -> Levels:
    return [[next(flat) for _ in dump] for dump in dumps]


def _cisco(peer: Peer, dumps: Dumps, folder: Path) -> Levels:
    """One list of all tools: each is judged by itself, and answered in order."""
    file = _written(folder, {"tools": [tool for dump in dumps for tool in dump]})
    words = ["--log-level", "error", "--analyzers", "yara,schema", "--raw", "static", "--tools", str(file)]
    said = _run([str(peer.home / "bin" / "mcp-scanner"), *words], home=folder)
    answers = json.loads(said[said.index("[\n") :])
    if len(answers) != sum(map(len, dumps)):
        raise AbsentError(f"it answered for {len(answers)} of {sum(map(len, dumps))} tools")
    return _shaped(dumps, (_level(one["severity"] for one in each["findings"].values()) for each in answers))


def _mcts(peer: Peer, dumps: Dumps, folder: Path) -> Levels:
    """One scan a dump; findings name the tool, so tools of one name in one dump share them."""
    out = folder / "out.json"
    _run([str(peer.python), str(HERE / "peer_mcts.py"), str(_written(folder, dumps)), str(out)], home=folder)
    levels: Levels = []
    for dump, found in zip(dumps, json.loads(out.read_text("utf-8")), strict=True):
        if isinstance(found, str):
            print(f"{peer.name} failed on a dump: {found}")
            levels.append([0] * len(dump))
            continue
        levels.append([_level(severity for about, severity in found if about == tool["name"]) for tool in dump])
    return levels


def _atr(peer: Peer, dumps: Dumps, folder: Path) -> Levels:
    """One event a tool, told apart by its time."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    tools = [tool for dump in dumps for tool in dump]
    times = [(start + timedelta(seconds=at)).strftime("%Y-%m-%dT%H:%M:%SZ") for at in range(len(tools))]
    file = _written(folder, [_event(tool, time) for tool, time in zip(tools, times, strict=True)])
    script = peer.home / "node_modules" / "agent-threat-rules" / "dist" / "cli.js"
    said = _run(["node", str(script), "scan", str(file), "--no-report", "--json"], home=folder)
    report = json.loads(said[said.index("{") :])
    if report["events_scanned"] != len(tools):
        raise AbsentError(f"it looked at {report['events_scanned']} of {len(tools)} events")
    hit = {
        each["event"]["timestamp"]: _level(match["severity"] for match in each["matches"]) for each in report["results"]
    }
    return _shaped(dumps, (hit.get(time, 0) for time in times))


def _event(tool: Tool, time: str) -> dict[str, Any]:
    schema: dict[str, Any] = tool.get("inputSchema") or {}
    properties: dict[str, Any] = schema.get("properties") or {}
    more = [f"{name}: {each.get('description', '')}" for name, each in properties.items() if hasattr(each, "get")]
    said = "\n".join([tool.get("description") or "", *more])
    fields = {"tool_name": tool["name"], "tool_description": said}
    return {"type": "mcp_exchange", "timestamp": time, "content": said, "fields": fields}


def _agent_audit(peer: Peer, dumps: Dumps, folder: Path) -> Levels:
    """Servers of tools with different names, short enough for its reader; findings name the tool."""
    levels = [[0] * len(dump) for dump in dumps]
    for batch in _batches(dumps):
        file = _written(folder, {"tools": [dumps[dump][at] for dump, at in batch.values()]})
        words = ["inspect", "stdio", "-f", "json", "--", sys.executable, str(HERE / "peer_server.py"), str(file)]
        said = _run([str(peer.home / "bin" / "agent-audit"), *words], home=folder)
        report = json.loads(said[said.index("{") :])
        if report["tool_count"] != len(batch):
            raise AbsentError(f"it read {report['tool_count']} of {len(batch)} tools: {report['connection_error']}")
        for finding in report["findings"]:
            if finding.get("tool") in batch:
                dump, at = batch[finding["tool"]]
                levels[dump][at] = max(levels[dump][at], _level([finding.get("severity", "")]))
    return levels


def _batches(dumps: Dumps) -> list[dict[str, tuple[int, int]]]:
    batches: list[dict[str, tuple[int, int]]] = []
    sizes: list[int] = []
    least: dict[str, int] = defaultdict(int)
    for index, dump in enumerate(dumps):
        for at, tool in enumerate(dump):
            size = len(json.dumps(tool)) + 2
            into = least[tool["name"]]
            while into < len(batches) and sizes[into] + size > _LINE:
                into += 1
            if into == len(batches):
                batches.append({})
                sizes.append(0)
            batches[into][tool["name"]] = (index, at)
            sizes[into] += size
            least[tool["name"]] = into + 1
    return batches


PEERS = (
    Peer("cisco-ai-mcp-scanner", "4.8.7", "`static --analyzers yara,schema`", _cisco),
    Peer("mcp-mcts", "0.1.4", "`scan --snapshot`", _mcts),
    Peer("agent-threat-rules", "4.0.0", "`scan --no-report`, each tool an event", _atr, 300),
    Peer("agent-audit", "0.20.0", "`inspect stdio`", _agent_audit, 300),
)
