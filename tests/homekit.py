"""A planted home: the settings of seventeen hosts, with known faults between honest servers.

`plant` writes the files; `PLANTED` says what a scan has to find in them, and it must find nothing else.
No value is anybody's: keys are letters in a row, addresses are those for documentation.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["HOSTS", "PLANTED", "plant"]

_LETTERS: Final = "q7Rw2mZx9Lk4Vb8Nc3Td6Yh1Jf5Gs0Pa"
_COMMIT: Final = "3f786850e387550fdab836ed7e6dc881de23001b"
_DIGEST: Final = "sha256:" + "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

_FILES: Final = {
    "command": "npx",
    "args": ["-y", "@modelcontextprotocol/server-filesystem@2026.8.31", "/home/ann/notes"],
}
_GIT: Final = {"command": "uvx", "args": ["mcp-server-git==2026.10.19", "--repository", "/home/ann/project"]}
_SEARCH: Final = {
    "command": "npx",
    "args": ["-y", "@modelcontextprotocol/server-brave-search@1.2.3"],
    "env": {"BRAVE_API_KEY": "${BRAVE_API_KEY}", "NODE_ENV": "production", "MAX_TOKENS": "4096"},
}
_REMOTE: Final = {"type": "http", "url": "https://mcp.example.org/mcp", "headers": {"Authorization": "Bearer ${env:T}"}}

_INSPECTOR: Final = {"command": "npx", "args": ["@modelcontextprotocol/inspector@0.14.0"]}

_CONFIG: Final = "home/.config"
_CODE: Final = f"{_CONFIG}/Code/User"

_JSON: Final[Mapping[str, object]] = {
    f"{_CONFIG}/Claude/claude_desktop_config.json": {
        "globalShortcut": "",
        "mcpServers": {
            "files": _FILES,
            "everything": {**_FILES, "args": [*_FILES["args"][:2], "/"]},
            "unpinned": {"command": "npx", "args": ["-y", "@modelcontextprotocol/server-memory"]},
        },
    },
    "home/.claude.json": {
        "numStartups": 12,
        "tipsHistory": {"new-user": 3},
        "oauthAccount": {"emailAddress": "ann@example.org"},
        "mcpServers": {"git": _GIT, "inspector": _INSPECTOR},
        "projects": {
            "/home/ann/project": {
                "history": [{"display": "why does --insecure not work? curl x | sh"}],
                "mcpServers": {
                    "bridge": {"command": "npx", "args": ["-y", "mcp-remote@0.1.15", "https://mcp.example.org/sse"]}
                },
            },
            "/home/ann/other": {"enableAllProjectMcpServers": True, "mcpServers": {}},
        },
    },
    "project/.mcp.json": {
        "mcpServers": {
            "search": _SEARCH,
            "preload": {"command": "./run.sh", "args": [], "env": {"LD_PRELOAD": "./build/libfast.so"}},
            "installer": {"command": "bash", "args": ["-c", "curl -fsSL https://get.example.org/mcp | sh"]},
        }
    },
    "project/.claude/settings.json": {
        "permissions": {"allow": ["Bash(npm run test:*)", "mcp__git__git_status"], "defaultMode": "bypassPermissions"}
    },
    "home/.cursor/mcp.json": {
        "mcpServers": {
            "github": {
                "command": "docker",
                "args": ["run", "-i", "--rm", "-e", "GITHUB_TOKEN", f"example/github@{_DIGEST}"],
                "env": {"GITHUB_TOKEN": f"ghp_{_LETTERS}1234"},
            },
            "plain": {"url": "http://mcp.example.org/sse"},
            "remote": _REMOTE,
        }
    },
    f"{_CODE}/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json": {
        "mcpServers": {
            "files": {**_FILES, "autoApprove": ["read_file"], "disabled": False},
            "yes": {**_GIT, "autoApprove": ["git_status", "git_commit"]},
        }
    },
    f"{_CODE}/globalStorage/rooveterinaryinc.roo-cline/settings/mcp_settings.json": {
        "mcpServers": {
            "search": {**_SEARCH, "alwaysAllow": ["brave_web_search"]},
            "key": {"command": "npx", "args": ["-y", "tavily-mcp@0.2.10", "--api-key", f"tvly-{_LETTERS}"]},
        }
    },
    "home/.codeium/windsurf/mcp_config.json": {
        "mcpServers": {
            "number": {"serverUrl": "https://203.0.113.7/mcp"},
            "remote": {"serverUrl": "https://mcp.example.org/mcp"},
        }
    },
    "home/.gemini/settings.json": {
        "selectedAuthType": "oauth-personal",
        "mcpServers": {
            "trusted": {**_GIT, "trust": True},
            "token": {"httpUrl": f"https://mcp.example.org/mcp?api_key={_LETTERS}"},
            "files": {**_FILES, "trust": False},
        },
    },
    "home/.copilot/mcp-config.json": {
        "mcpServers": {
            "socket": {
                "type": "local",
                "command": "docker",
                "args": ["run", "-v", "/var/run/docker.sock:/var/run/docker.sock", "example/dockers:1.4.0"],
                "tools": ["*"],
            }
        }
    },
    f"{_CONFIG}/opencode/opencode.json": {
        "$schema": "https://opencode.ai/config.json",
        "mcp": {
            "tls": {
                "type": "local",
                "command": ["npx", "-y", "@playwright/mcp@0.0.41"],
                "environment": {"NODE_TLS_REJECT_UNAUTHORIZED": "0"},
            },
            "remote": {"type": "remote", "url": "https://mcp.example.org/mcp", "headers": {"X-Api-Key": "{env:KEY}"}},
        },
    },
    "home/.kiro/settings/mcp.json": {
        "mcpServers": {
            "open": {"command": "uvx", "args": ["example-mcp==1.2.3", "--transport", "sse", "--host", "0.0.0.0"]},  # noqa: S104
            "git": {**_GIT, "disabled": True},
        }
    },
    "home/.lmstudio/mcp.json": {
        "mcpServers": {
            "typo": {"command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesytem@1.0.0", "/srv/notes"]}
        }
    },
    "home/.aws/amazonq/mcp.json": {
        "mcpServers": {
            "branch": {"command": "uvx", "args": ["--from", "git+https://git.example.org/w@main", "w"]},
            "commit": {"command": "uvx", "args": ["--from", f"git+https://git.example.org/w@{_COMMIT}", "w"]},
        }
    },
    "home/.continue/config.json": {
        "models": [{"title": "m", "apiKey": "${MODEL_KEY}"}],
        "experimental": {
            "modelContextProtocolServers": [
                {"name": "database", "transport": {"type": "stdio", "command": "uvx", "args": [
                    "postgres-mcp==0.3.0", "postgresql://app:hunter22@db.example.org/app"]}}
            ]
        },
    },
}  # fmt: skip

_TEXT: Final[Mapping[str, str]] = {
    f"{_CODE}/mcp.json": """\
{
  // servers of this profile
  "inputs": [{ "type": "promptString", "id": "key", "description": "Key", "password": true }],
  "servers": {
    "search": { "command": "npx", "args": ["-y", "exa-mcp-server@3.1.0"], "env": { "EXA_API_KEY": "${input:key}" } },
    "privileged": { "command": "docker", "args": ["run", "--privileged", "example/usb:2.0.0"], }, // trailing
  },
}
""",
    f"{_CODE}/settings.json": """\
{
  "editor.fontSize": 13,
  "chat.tools.autoApprove": true, /* somebody's advice */
  "mcp": { "servers": { "latest": { "command": "npx", "args": ["chrome-devtools-mcp@latest"] } } },
}
""",
    f"{_CONFIG}/zed/settings.json": """\
{
  "theme": "One Dark",
  "context_servers": {
    "old": { "command": { "path": "npx", "args": ["-y", "@upstash/context7-mcp@1.0.31"],
      "env": { "NODE_OPTIONS": "--require /tmp/x.js" } }, "settings": {} },
    "new": { "source": "custom", "command": "uvx", "args": ["mcp-server-time==2026.10.19"], "env": {} },
  },
}
""",
    "home/.codex/config.toml": f"""\
model = "gpt-5"
approval_policy = "on-request"

[mcp_servers.figma]
command = "npx"
args = ["-y", "figma-developer-mcp@0.5.2", "--stdio"]
env = {{ FIGMA_API_KEY = "figd_{_LETTERS}{_LETTERS}" }}

[mcp_servers.docs]
url = "https://mcp.example.org/mcp"
bearer_token_env_var = "DOCS_TOKEN"
""",
    f"{_CONFIG}/goose/config.yaml": """\
GOOSE_PROVIDER: openai
GOOSE_MODE: smart_approve
extensions:
  developer:
    type: builtin
    enabled: true
  homes:
    type: stdio
    cmd: uvx
    args: [mcp-server-git==2026.10.19, --repository, ~/]
    envs: {}
  weather:
    type: streamable_http
    uri: https://mcp.example.org/mcp
    headers:
      X-Token: ${WEATHER_TOKEN}
""",
}

PLANTED: Final = frozenset(
    {
        ("claude-desktop", "everything", "wide-root"),
        ("claude-desktop", "unpinned", "unpinned-launch"),
        ("claude-code", "inspector", "known-vulnerable"),
        ("claude-code", "bridge", "known-vulnerable"),
        ("claude-code", "", "auto-approved"),
        ("claude-code", "preload", "loader-variable"),
        ("claude-code", "installer", "remote-code"),
        ("cursor", "github", "hard-coded-secret"),
        ("cursor", "plain", "plaintext-address"),
        ("cline", "yes", "auto-approved"),
        ("roo-code", "key", "hard-coded-secret"),
        ("windsurf", "number", "raw-address"),
        ("gemini-cli", "trusted", "auto-approved"),
        ("gemini-cli", "token", "hard-coded-secret"),
        ("copilot-cli", "socket", "container-rights"),
        ("opencode", "tls", "tls-off"),
        ("kiro", "open", "open-listener"),
        ("lm-studio", "typo", "look-alike-package"),
        ("amazon-q", "branch", "remote-code"),
        ("continue", "database", "hard-coded-secret"),
        ("vscode", "privileged", "container-rights"),
        ("vscode", "", "auto-approved"),
        ("vscode", "latest", "unpinned-launch"),
        ("zed", "old", "loader-variable"),
        ("codex", "figma", "known-vulnerable"),
        ("codex", "figma", "hard-coded-secret"),
        ("goose", "homes", "wide-root"),
    }
)
"""Host, server (empty for the whole file) and rule of every planted fault."""

HOSTS: Final = frozenset(host for host, _, _ in PLANTED)
"""The hosts that have settings there; each has a fault."""


def plant(folder: Path) -> None:
    """Write the files of the planted home (`home`) and of a project (`project`) into a folder."""
    for name, content in (*_JSON.items(), *_TEXT.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else json.dumps(content, indent=2, ensure_ascii=False)
        path.write_text(text, encoding="utf-8")
