"""`sekisho resume`: end a halt, as a person."""

from __future__ import annotations

import sys

import click

from sekisho.adapters.halt import HaltFlag
from sekisho.adapters.state import state_directory
from sekisho.cli.halt import halted_since, put_on_record
from sekisho.cli.person import insist, typed
from sekisho.cli.screen import note, say, speaks, trouble_is_usage
from sekisho.model.message_ids import MessageId

__all__ = ["resume"]

_WORD = "resume"


@click.command()
@speaks
def resume() -> None:
    r"""End a halt. Only a person may: it takes a terminal and a typed word.

    Refused without a terminal, and when an agent, an MCP host, an editor with an
    agent in it, or Sekisho itself is among the processes that started this.
    Use a terminal that you opened yourself.

    The limit: an agent with a free shell under your user can pretend. It can give
    itself a terminal and a parent that nobody knows. Run Sekisho under another
    user, or put that shell into a sandbox, if that matters to you.

    \b
    Example:
      sekisho resume
    """
    with trouble_is_usage():
        directory = state_directory()
        flag = HaltFlag(directory)
        if not flag.is_set:
            say(MessageId.RESUME_NOT_HALTED)
            return
        insist(directory, "resume", MessageId.RESUME_NEEDS_PERSON)
        say(MessageId.RESUME_ASK, since=halted_since(flag), word=_WORD)
        if not typed(_WORD):
            note(MessageId.RESUME_NOT_TYPED, word=_WORD)
            sys.exit(1)
        # On record before it happens: nothing passes unrecorded, least of all this.
        put_on_record(directory, "resume")
        try:
            flag.clear()
        except OSError as error:
            note(MessageId.RESUME_FAILED, path=str(flag.path), problem=str(error.strerror))
            sys.exit(1)
        say(MessageId.RESUME_DONE)
