"""The settings about the calls of one tool."""

from __future__ import annotations

from typing import Final

from sekisho.meaning.argument import Meaning
from sekisho.model.message_ids import MessageId
from sekisho.policy.calls import MARKS
from sekisho.policy.schema import (
    FOLDER,
    HOST,
    PLAIN,
    PROGRAM,
    Choice,
    Form,
    Key,
    Named,
    Table,
    Texts,
    Tightens,
    Value,
    Whole,
)

__all__ = ["CALLS", "MARK", "reach"]

_MANY: Final = 1_000_000
_MEANINGS: Final = Form(pattern="|".join(f"(?:{each})" for each in Meaning), message=MessageId.CONFIG_MEANING)

MARK: Final = Choice(words=MARKS, default="findings")
"""What becomes of a text that a rule suspects."""


def reach(of: str) -> tuple[Key, ...]:
    """Return the settings for what a server or a tool may name.

    Args:
        of: whose they are, as the texts call it.
    """
    return (
        Key(
            name="hosts",
            node=Texts(example=("api.github.com", "wiki.corp:8443"), form=HOST),
            says=f"The only hosts that addresses in {of} may name, exactly: `host` for the usual port, or `host:port`. "
            "Inner ones are open too, if the file is the one that defines the server or the machine's policy.",
            tightens=Tightens.EACH,
        ),
        Key(
            name="roots",
            node=Texts(example=("~/src",), form=FOLDER, filled=True),
            says=f"The only folders in which paths in {of} may lie, in place of what is inferred; credentials stay "
            "closed in them.",
            tightens=Tightens.EACH,
        ),
        Key(
            name="programs",
            node=Texts(example=("git", "terraform"), form=PROGRAM),
            says=f"The only programs that commands in {of} may start, by name, or by path for those that stand "
            "outside of the system's folders; what a shell does itself, such as `cd`, stays.",
            tightens=Tightens.EACH,
        ),
    )


_PARAMETER: Final = Table(
    keys=(
        Key(
            name="fixed",
            node=Value(example="main"),
            says="The value that the server always gets. The parameter is not in the schema that the model sees.",
        ),
        Key(
            name="default",
            node=Value(example=20),
            says="The value that the server gets where a call has none. The model sees it as the default.",
        ),
        Key(
            name="use",
            node=Choice(words=("allow", "forbid"), default="allow"),
            says="With `forbid`, the parameter is not in the schema that the model sees, and a call that has it is "
            "refused.",
            tightens=Tightens.LATER,
        ),
        Key(
            name="allow",
            node=Texts(example=("main", "next")),
            says=(
                "The only values; numbers and others as they are written in JSON. Of a list, each element counts. "
                "Where they are texts, the schema that the model sees names them."
            ),
            tightens=Tightens.FEWER,
        ),
        Key(
            name="meaning",
            node=Texts(example=("path",), form=_MEANINGS, filled=True),
            says="What the values mean, whatever names and descriptions say: each is judged by the guards of these. "
            "What a value looks like still counts.",
        ),
    ),
    apart=(("fixed", "default"), ("fixed", "use"), ("fixed", "allow")),
)

CALLS: Final = Named(
    names=PLAIN,
    example="git_commit",
    table=Table(
        keys=(
            Key(
                name="parameters",
                node=Named(names=PLAIN, example="repo_path", table=_PARAMETER),
                says="The parameters, by their names in the server's schema.",
            ),
            Key(
                name="undeclared",
                node=Choice(words=("judge", "refuse"), default="judge"),
                says="What becomes of a call with a member that the schema does not name. With `judge`, it is judged "
                "by what it looks like, and passes; a schema that closes itself refuses it in any case.",
                tightens=Tightens.LATER,
            ),
            *(
                Key(
                    name=name,
                    node=Whole(low=1, high=_MANY, default=_MANY),
                    says=f"How many calls of the tool there may be in {what}, for each conversation.",
                    tightens=Tightens.LOWER,
                )
                for name, what in (("per_minute", "a minute"), ("per_hour", "an hour"), ("per_conversation", "all"))
            ),
            *reach("its calls"),
            Key(
                name="mark",
                node=MARK,
                says="As `mark` for all servers, for the results of the tool; of several, the strictest holds.",
                tightens=Tightens.LATER,
            ),
            Key(
                name="output",
                node=Choice(words=("note", "hold"), default="hold"),
                says="What becomes of a structured result that breaks the schema that the tool declares for it: with "
                "`hold`, it is refused with a ticket; with `note`, it passes and is counted in its record.",
                tightens=Tightens.LATER,
            ),
            Key(
                name="argument_bytes",
                node=Whole(low=2, high=1024**3, default=1024**3),
                says="The longest arguments of one call, in bytes of JSON.",
                tightens=Tightens.LOWER,
            ),
        ),
    ),
)
"""By the server's own names of its tools; `*` is every tool without terms of its own."""
