"""Every setting there is: the one schema of `sekisho.toml`."""

from __future__ import annotations

from typing import Final

from sekisho.policy.call_settings import CALLS, MARK, reach
from sekisho.policy.schema import (
    ADDRESS,
    ALIASES,
    HEADER,
    HEADER_VALUE,
    VARIABLE,
    VARIABLE_VALUE,
    Choice,
    Key,
    Named,
    Pairs,
    Table,
    Text,
    Texts,
    Tightens,
    Version,
    Whole,
)

__all__ = ["SETTINGS", "VERSION"]

VERSION: Final = 1
"""The newest version of the format that is read here."""

_TRUST: Final = Choice(words=("first-use", "review"), default="first-use")
_SAMPLING: Final = Choice(words=("allow", "ask", "refuse"), default="ask")
_CODE: Final = Choice(words=("note", "hold"), default="hold")
_SERVER: Final = Table(
    keys=(
        Key(
            name="command",
            node=Texts(example=("uvx", "mcp-server-git"), filled=True),
            says="The program that is the server, and its arguments, each a text of its own. No shell reads it.",
        ),
        Key(name="cwd", node=Text(example="~/src"), says="The program's working directory. Without it, that of ours."),
        Key(
            name="env",
            node=Pairs(example={"TZ": "UTC"}, names=VARIABLE, form=VARIABLE_VALUE),
            says="Variables for the program, with their values.",
        ),
        Key(
            name="pass_env",
            node=Texts(example=("GITHUB_TOKEN",), form=VARIABLE),
            says="Names of variables of ours that the program gets too. Without it, the program gets the short list.",
        ),
        Key(
            name="url",
            node=Text(example="https://mcp.example.com/mcp", form=ADDRESS),
            says="The address of a remote server, in place of `command`.",
        ),
        Key(
            name="headers",
            node=Pairs(example={"X-Team": "blue"}, names=HEADER, form=HEADER_VALUE),
            says="Headers that a remote server gets with every request.",
        ),
        Key(
            name="transport",
            node=Choice(words=("http", "sse"), default="http"),
            says="How a remote server is spoken to: Streamable HTTP, or the HTTP+SSE of 2024-11-05.",
        ),
        Key(
            name="trust",
            node=_TRUST,
            says="As `trust` for all servers; of the two, the stricter holds for this one.",
            tightens=Tightens.LATER,
        ),
        Key(
            name="code",
            node=_CODE,
            says="As `code` for all servers, for this one; where both are written, the stricter holds.",
            tightens=Tightens.LATER,
        ),
        *reach("calls of the server's tools"),
        Key(
            name="unresolved",
            node=Choice(words=("allow", "refuse"), default="refuse"),
            says="What becomes of an address whose host the resolver here does not know. `allow` is for a server "
            "behind a proxy that resolves names itself: where a name leads, the proxy alone decides then. What is "
            "resolved here is judged as ever.",
            tightens=Tightens.LATER,
        ),
        Key(
            name="questions",
            node=Table(
                keys=(
                    Key(
                        name="sampling",
                        node=_SAMPLING,
                        says="As `questions.sampling` for all servers, for this one; where both are written, the "
                        "stricter holds.",
                        tightens=Tightens.LATER,
                    ),
                    *(
                        Key(
                            name=name,
                            node=Choice(words=("allow", "refuse"), default="allow"),
                            says=f"Whether the server may {what}, where the host can. With `refuse`, it is told that "
                            "the host can't, and a question all the same is refused.",
                            tightens=Tightens.LATER,
                        )
                        for name, what in (
                            ("elicitation", "ask the person something"),
                            ("roots", "ask for the host's folders; what it is told is within `roots`"),
                        )
                    ),
                )
            ),
            says="What the server may ask the host.",
        ),
        Key(
            name="mark",
            node=MARK,
            says="As `mark` for all servers, for this one; of several, the strictest holds.",
            tightens=Tightens.LATER,
        ),
        Key(
            name="tools",
            node=Table(
                keys=(
                    Key(
                        name="allow",
                        node=Texts(example=("git_status", "git_log")),
                        says="The only tools that exist for a host, by the server's own names. Every other one is "
                        "neither shown nor called. Without it, all may be.",
                        tightens=Tightens.FEWER,
                    ),
                )
            ),
            says="Which tools of the server there are.",
        ),
        Key(
            name="calls",
            node=CALLS,
            says="The calls of its tools, by the server's own names of them; `*` is every tool that is not named. "
            "Of two that fit, the name holds alone.",
        ),
    ),
    planned=("mode", "observe_until"),
    apart=(
        ("url", "command"),
        ("cwd", "url"),
        ("env", "url"),
        ("pass_env", "url"),
        ("headers", "command"),
        ("transport", "command"),
    ),
)
_LIMITS: Final = Table(
    keys=(
        Key(
            name="message_bytes",
            node=Whole(low=64 * 1024, high=1024**3, default=32 * 1024**2),
            says="The longest message that is read, in bytes.",
            tightens=Tightens.LOWER,
        ),
        Key(
            name="message_depth",
            node=Whole(low=16, high=200, default=128),
            says="The deepest nesting of a message.",
            tightens=Tightens.LOWER,
        ),
        Key(
            name="message_members",
            node=Whole(low=1000, high=10_000_000, default=1_000_000),
            says="The most elements and members of a message, on all levels together.",
            tightens=Tightens.LOWER,
        ),
    ),
)
SETTINGS: Final = Table(
    keys=(
        Key(
            name="version",
            node=Version(known=VERSION),
            says="The version of this format. A file that says nothing is of version 1, and a newer one is refused.",
        ),
        Key(
            name="servers",
            node=Named(names=ALIASES, example="git", table=_SERVER),
            says="The servers, each under the alias that stands before its tools.",
        ),
        Key(
            name="trust",
            node=_TRUST,
            says="With `first-use`, what a server defines when it is used first, and no rule objects to, is approved "
            "by that. With `review`, everything waits for a person.",
            tightens=Tightens.LATER,
        ),
        Key(
            name="mark",
            node=MARK,
            says="What becomes of a text from a server that a rule suspects and is not sure about: with `findings`, it "
            "passes with a mark around it; with `hold`, it is refused with a ticket; with `off`, it passes and is "
            "counted in its record. Texts that a rule is sure about are held in any case.",
            tightens=Tightens.LATER,
        ),
        Key(
            name="code",
            node=_CODE,
            says="What becomes of a server whose code is not what was approved: with `hold`, it is not started until a "
            "person has looked; with `note`, it is started, and that is recorded, told in the log and shown by "
            "`sekisho review`. `note` is for code that you work on. What a person refused is not started in any case.",
            tightens=Tightens.LATER,
        ),
        Key(
            name="questions",
            node=Table(
                keys=(
                    Key(
                        name="sampling",
                        node=_SAMPLING,
                        says="What becomes of a server's request to the host's model, where the host can answer such. "
                        "With `ask`, Sekisho asks the person first, in the host: allow this once, allow such requests "
                        "for the rest of this conversation, or refuse; in a host that shows no such question "
                        "(elicitation), the request is refused. With `allow`, it is left to the host alone to ask. "
                        "With `refuse`, the server is told that the host can't, and a request all the same is refused.",
                        tightens=Tightens.LATER,
                    ),
                )
            ),
            says="What any server may ask the host.",
        ),
        Key(name="limits", node=_LIMITS, says="What one message may cost. What is over it is refused."),
    ),
    planned=("audit", "flow", "language", "mode", "observe_until", "roots"),
)
"""Everything."""
