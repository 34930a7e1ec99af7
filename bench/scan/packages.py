"""Real servers: what a scan says about the official ones and about others that start without keys.

python bench/scan/packages.py [--write]

Each package is installed at its pinned version into $SEKISHO_BENCH_CACHE or `.cache`, npm's without scripts, and
started by `sekisho scan --live` in a network namespace of its own, where nothing answers, with an empty home.
What cannot be installed or does not start is told with the reason. A finding of medium or above needs a defence in
writing (`DEFENCES`): why a person should hear of it although the server means no harm. Without one this fails.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
RESULTS = Path(__file__).parent / "packages.json"
CACHE = Path(os.environ.get("SEKISHO_BENCH_CACHE") or ROOT / ".cache") / "packages"
_INSTALL_SECONDS = 900
_SECONDS = 180
_HEAVY = ("medium", "high", "critical")


@dataclass(frozen=True, slots=True)
class Package:
    """One server."""

    registry: str
    """`npm` or `PyPI`."""

    name: str
    """Its name there."""

    version: str
    """The release."""

    words: tuple[str, ...] = ()
    """What its command line needs."""

    official: bool = False
    """Whether it is one of the reference servers of the protocol's own organisation."""

    @property
    def home(self) -> Path:
        """Where it is installed: npm's packages share a folder, Python's have an environment each."""
        return CACHE if self.registry == "npm" else CACHE / f"{self.name}-{self.version}"

    def install(self) -> None:
        """Install it, where it is not there yet.

        Raises:
            subprocess.SubprocessError: its packager failed.
        """
        if self.registry == "npm":
            manifest = self.home / "node_modules" / self.name / "package.json"
            if not manifest.is_file() or json.loads(manifest.read_text("utf-8"))["version"] != self.version:
                quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"]
                _run(["npm", "install", "--prefix", str(self.home), *quiet, f"{self.name}@{self.version}"])
        elif not (self.home / "installed").is_file():
            _run([sys.executable, "-m", "venv", "--clear", str(self.home)])
            pip = [str(self.home / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            _run([*pip, f"{self.name}=={self.version}"])
            (self.home / "installed").touch()

    @property
    def command(self) -> list[str]:
        """What starts it."""
        if self.registry == "PyPI":
            return [str(self.home / "bin" / self.name), *self.words]
        folder = self.home / "node_modules" / self.name
        programs = json.loads((folder / "package.json").read_text("utf-8"))["bin"]
        program = programs if isinstance(programs, str) else next(iter(programs.values()))
        return [shutil.which("node") or "node", str(folder / program), *self.words]


_OFFICIAL = "@modelcontextprotocol/server-"
PACKAGES = (
    Package("npm", f"{_OFFICIAL}everything", "2026.8.31", official=True),
    Package("npm", f"{_OFFICIAL}filesystem", "2026.8.31", (".",), official=True),
    Package("npm", f"{_OFFICIAL}memory", "2026.8.31", official=True),
    Package("npm", f"{_OFFICIAL}sequential-thinking", "2026.8.31", official=True),
    Package("PyPI", "mcp-server-git", "2026.10.19", official=True),
    Package("PyPI", "mcp-server-fetch", "2026.10.24", official=True),
    Package("PyPI", "mcp-server-time", "2026.10.19", official=True),
    Package("npm", f"{_OFFICIAL}github", "2025.4.8"),
    Package("npm", f"{_OFFICIAL}puppeteer", "2025.5.12"),
    Package("npm", f"{_OFFICIAL}pdf", "2.0.4", ("--stdio",)),
    Package("npm", "@playwright/mcp", "0.0.83"),
    Package("npm", "@upstash/context7-mcp", "4.1.1"),
    Package("npm", "chrome-devtools-mcp", "1.11.0"),
    Package("npm", "@eslint/mcp", "0.3.13"),
    Package("npm", "@wonderwhy-er/desktop-commander", "0.2.52"),
    Package("npm", "mcp-server-commands", "0.5.0"),
    Package("npm", "mcp-server-code-runner", "0.1.8"),
    Package("npm", "@browsermcp/mcp", "0.1.3"),
    Package("npm", "@notionhq/notion-mcp-server", "2.5.2"),
    Package("npm", "@antv/mcp-server-chart", "0.9.10"),
    Package("npm", "mcp-mermaid", "0.4.1"),
    Package("npm", "@cyanheads/git-mcp-server", "2.15.3"),
    Package("npm", "exa-mcp-server", "3.4.1"),
    Package("npm", "mcp-server-kubernetes", "4.1.7"),
    Package("npm", "mongodb-mcp-server", "3.0.4"),
    Package("PyPI", "mcp-server-sqlite", "2025.4.25", ("--db-path", "bench.db")),
    Package("PyPI", "mcp-server-calculator", "0.2.1"),
    Package("PyPI", "duckduckgo-mcp-server", "0.7.0"),
    Package("PyPI", "excel-mcp-server", "2.2.2", ("stdio",)),
    Package("PyPI", "wikipedia-mcp", "2.0.1"),
    Package("PyPI", "cli-mcp-server", "0.2.5"),
    Package("PyPI", "mcp-server-analyzer", "0.4.1"),
)
DEFENCES: dict[tuple[str, str], str] = {}
"""By package and rule: why a person should hear of it."""


def _run(
    words: list[str], seconds: int = _INSTALL_SECONDS, *, env: dict[str, str] | None = None, cwd: str | None = None
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(words, capture_output=True, text=True, timeout=seconds, env=env, cwd=cwd, check=False)
    if done.returncode != 0 and not done.stdout:
        said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise subprocess.SubprocessError(f"{Path(words[0]).name}: {said[:160]}")
    return done


def scanned(package: Package) -> dict[str, Any]:
    """Return what a scan says about a package."""
    told: dict[str, Any] = {
        "name": package.name, "version": package.version, "registry": package.registry, "official": package.official,
    }  # fmt: skip
    try:
        package.install()
        report = _report(package)
    except (subprocess.SubprocessError, OSError, ValueError, LookupError) as error:
        return told | {"skipped": str(error)[:200]}
    counts = [server["definitions"] for server in report["servers"] if server["definitions"]]
    if not counts:
        whys = [each["why"] for each in report["notLookedAt"]]
        return told | {"skipped": whys[0][:200] if whys else "it offered nothing"}
    findings = [_finding(package, each) for each in report["findings"]]
    return told | {"definitions": counts[0], "findings": findings}


def _report(package: Package) -> dict[str, Any]:
    options = ["scan", "--live", "--no-sandbox", "--format", "json", "--fail-on", "never", "--"]
    words = ["unshare", "--map-root-user", "--net", sys.executable, "-m", "sekisho", *options, *package.command]
    with tempfile.TemporaryDirectory() as home:
        env = {"HOME": home, "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        return json.loads(_run(words, _SECONDS, env=env, cwd=home).stdout)


def _finding(package: Package, found: dict[str, Any]) -> dict[str, Any]:
    kept = {key: found[key] for key in ("rule", "severity", "pointer", "excerpt")}
    kept["excerpt"] = kept["excerpt"][:200]
    defence = DEFENCES.get((package.name, found["rule"]))
    return kept | ({"defence": defence} if defence else {})


def main() -> int:
    """Scan each, print, and fail where a finding has no defence."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write packages.json")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="this package only; repeatable")
    options = parser.parse_args()
    servers: list[dict[str, Any]] = []
    open_ = 0
    for package in PACKAGES:
        if options.only and package.name not in options.only:
            continue
        told = scanned(package)
        servers.append(told)
        if "skipped" in told:
            print(f"SKIPPED: {package.name} {package.version}: {told['skipped']}")
            continue
        print(f"{package.name} {package.version}: {told['definitions']}, {len(told['findings'])} findings", flush=True)
        for each in told["findings"]:
            bare = each["severity"] in _HEAVY and "defence" not in each
            open_ += bare
            print(f"  {each['severity']} {each['rule']} {each['pointer']}: {each['excerpt'][:120]!r}{' OPEN' * bare}")
    if options.write:
        RESULTS.write_text(json.dumps({"servers": servers}, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return 1 if open_ else 0


if __name__ == "__main__":
    sys.exit(main())
