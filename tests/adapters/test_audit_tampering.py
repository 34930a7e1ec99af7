"""Each way to tamper with the audit is found, with its file and line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from auditkit import KEY, KEYS, head, lines, part, rewrite
from sekisho.adapters.audit import chain
from sekisho.adapters.audit.verification import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def continued(path: Path) -> bytes:
    """Return a made-up line that is chained to the end of a file, as anybody can write who knows the format."""
    raw = lines(path)[-1]
    last = chain.parse(raw)
    return chain.encode(chain.Entry(kind="request"), {}, seq=last.seq + 1, t=last.t, prev=chain.link(raw))


LAST = -1
"""The last whole line of the file as it was left."""
HALF = -2
"""The half line behind it."""
CASES: list[tuple[Callable[[Path], object], str, str, int]] = []


def tampering(word: str, where: str, line: int) -> Callable[[Callable[[Path], object]], Callable[[Path], object]]:
    """Add a way to tamper to the table, with what is to be said of which file and line."""

    def add(how: Callable[[Path], object]) -> Callable[[Path], object]:
        CASES.append((how, word, where, line))
        return how

    return add


@tampering("edited", "part 1", 3)
def a_line_is_edited(p: Path) -> None:
    rewrite(part(p, 1), lambda c: c.__setitem__(2, c[2].replace(b"number", b"numbex")))


@tampering("edited", "part 1", 3)
def a_link_is_edited(p: Path) -> None:
    rewrite(part(p, 1), lambda c: c.__setitem__(2, c[2][:-67] + b"0" * 64 + b'"}\n'))


@tampering("edited", "part 3", LAST)
def everything_after_an_edit_is_chained_again(p: Path) -> None:
    prev = ""
    for number in (1, 2, 3):
        content = lines(part(p, number))
        for index, raw in enumerate(content):
            changed = raw.replace(b'"server":"github"', b'"server":"gitlab"')
            content[index] = changed[:-67] + prev.encode() + b'"}\n' if prev else changed
            prev = chain.link(content[index])
        part(p, number).write_bytes(b"".join(content))


@tampering("edited", "part 3", LAST)
def the_last_line_is_edited(p: Path) -> None:
    rewrite(part(p, 3), lambda c: c.__setitem__(-1, c[-1].replace(b'"server":""', b'"server":"x"')))


@tampering("missing-records", "part 1", 3)
def a_line_is_dropped(p: Path) -> None:
    rewrite(part(p, 1), lambda c: c.pop(2))


@tampering("missing-records", "part 2", 1)
def the_last_line_of_a_file_is_dropped(p: Path) -> None:
    rewrite(part(p, 1), lambda c: c.pop())


@tampering("missing-records", "part 1", 1)
def the_first_line_of_all_is_dropped(p: Path) -> None:
    rewrite(part(p, 1), lambda c: c.pop(0))


@tampering("unreadable", "part 1", 1)
def a_file_does_not_begin_with_its_own_line(p: Path) -> None:
    rewrite(part(p, 1), lambda c: c.pop(0))


@tampering("missing-records", "part 1", 2)
def two_lines_change_places(p: Path) -> None:
    rewrite(part(p, 1), lambda c: c.insert(1, c.pop(2)))


@tampering("order", "part 1", 3)
def a_line_is_repeated(p: Path) -> None:
    rewrite(part(p, 1), lambda c: c.insert(2, c[1]))


@tampering("edited", "part 1", 2)
def a_line_is_exchanged_for_one_that_is_chained_to_the_line_before(p: Path) -> None:
    before = lines(part(p, 1))[0]
    made_up = chain.encode(chain.Entry(kind="request"), {}, seq=2, t=0, prev=chain.link(before))
    rewrite(part(p, 1), lambda c: c.__setitem__(1, made_up))


@tampering("unreadable", "part 1", 3)
def a_line_of_something_else_is_put_in(p: Path) -> None:
    rewrite(part(p, 1), lambda c: c.insert(2, b"{}\n"))


@tampering("unreadable", "part 1", 2)
def an_empty_line_is_put_in(p: Path) -> None:
    rewrite(part(p, 1), lambda c: c.insert(1, b"\n"))


@tampering("unreadable", "part 1", 2)
def a_huge_line_is_put_in(p: Path) -> None:
    rewrite(part(p, 1), lambda c: c.insert(1, b"x" * 300_000 + b"\n"))


@tampering("unreadable", "part 1", 2)
def a_line_feed_is_taken_away(p: Path) -> None:
    rewrite(part(p, 1), lambda c: c.__setitem__(1, c[1][:-1]))


@tampering("truncated", "part 3", LAST)
def the_last_line_is_dropped(p: Path) -> None:
    rewrite(part(p, 3), lambda c: c.pop())


@tampering("truncated", "part 3", LAST)
def the_end_is_cut_within_a_line(p: Path) -> None:
    part(p, 3).write_bytes(part(p, 3).read_bytes()[:-5])


@tampering("truncated", "part 3", 0)
def a_file_is_emptied(p: Path) -> None:
    part(p, 3).write_bytes(b"")


@tampering("truncated", "part 2", LAST)
def the_last_file_is_removed(p: Path) -> None:
    part(p, 3).unlink()


@tampering("missing-file", "part 3", 0)
def a_file_in_the_middle_is_removed(p: Path) -> None:
    part(p, 2).unlink()


@tampering("added", "part 3", LAST)
def a_chained_line_is_put_behind_a_closed_end(p: Path) -> None:
    part(p, 3).write_bytes(part(p, 3).read_bytes() + continued(part(p, 3)))


@tampering("added", "part 3", HALF)
def half_a_line_is_put_behind_a_closed_end(p: Path) -> None:
    part(p, 3).write_bytes(part(p, 3).read_bytes() + b"{")


@tampering("added", "part 1", HALF)
def half_a_line_is_put_behind_a_file_in_the_middle(p: Path) -> None:
    part(p, 1).write_bytes(part(p, 1).read_bytes() + b"{")


@tampering("unreadable", "part 1", 1)
def two_files_change_names(p: Path) -> None:
    first, second = part(p, 1).read_bytes(), part(p, 2).read_bytes()
    part(p, 1).write_bytes(second)
    part(p, 2).write_bytes(first)


@tampering("unreadable", "part 2", 0)
def a_file_becomes_a_pipe(p: Path) -> None:
    part(p, 2).unlink()
    os.mkfifo(part(p, 2))


@tampering("unreadable", "part 2", 0)
def a_file_becomes_a_link(p: Path) -> None:
    part(p, 2).rename(p / "elsewhere")
    part(p, 2).symlink_to(p / "elsewhere")


@tampering("missing-seal", "head", 0)
def the_head_is_removed(p: Path) -> None:
    head(p).unlink()


@tampering("forged-seal", "head", 0)
def the_head_is_made_with_another_key(p: Path) -> None:
    sealed = chain.parse_head(head(p).read_bytes(), key=None, writer=head(p).stem)
    head(p).write_bytes(chain.encode_head(sealed, key=bytes(32)))


@tampering("forged-seal", "head", 0)
def the_head_is_that_of_another_writer(p: Path) -> None:
    head(p).write_bytes(max(p.glob("2*.head")).read_bytes())


@tampering("forged-seal", "head", 0)
def the_head_becomes_a_pipe(p: Path) -> None:
    head(p).unlink()
    os.mkfifo(head(p))


@tampering("truncated", "part 1", 0)
def the_chain_is_wound_back_with_an_old_head(p: Path) -> None:
    first = lines(part(p, 1))[0]
    old = chain.Head(
        writer=head(p).stem,
        file=part(p, 1).name,
        seq=1,
        hash=chain.link(first),
        size=len(first),
        t=0,
        closed=False,
    )
    head(p).write_bytes(chain.encode_head(old, key=KEYS.seal))
    part(p, 1).write_bytes(first)
    part(p, 2).unlink()
    part(p, 3).unlink()


@tampering("replaced", "part 1", 1)
def the_chain_is_written_anew(p: Path) -> None:
    content = lines(part(p, 1))
    content[0] = content[0].replace(b'"pid":', b'"pid":1')
    part(p, 1).write_bytes(b"".join(content))


@tampering("missing-writer", "index", 1)
def a_chain_is_removed(p: Path) -> None:
    for path in p.glob(f"{head(p).stem}*"):
        path.unlink()


@tampering("unknown-writer", "stranger", 0)
def a_chain_is_put_in(p: Path) -> None:
    writer = "20260101T000000Z-0123456789ab"
    entries = [
        chain.Entry(kind=chain.OPENED, fields={"writer": writer, "part": 1}),
        chain.Entry(kind="request"),
    ]
    prev, content = chain.genesis(writer), b""
    for seq, entry in enumerate(entries, 1):
        raw = chain.encode(entry, {}, seq=seq, t=0, prev=prev)
        prev, content = chain.link(raw), content + raw
    (p / chain.file_name(writer, 1)).write_bytes(content)


@tampering("missing-index", "index", 0)
def the_index_is_removed(p: Path) -> None:
    (p / "writers.jsonl").unlink()
    (p / "writers.head").unlink()


@tampering("missing-index", "index", 0)
def the_index_becomes_a_pipe(p: Path) -> None:
    (p / "writers.jsonl").unlink()
    os.mkfifo(p / "writers.jsonl")


@tampering("missing-seal", "index", 0)
def the_head_of_the_index_is_removed(p: Path) -> None:
    (p / "writers.head").unlink()


@tampering("forged-seal", "index head", 0)
def the_head_of_the_index_is_forged(p: Path) -> None:
    (p / "writers.head").write_bytes(head(p).read_bytes())


@tampering("truncated", "index", LAST)
def the_index_is_cut(p: Path) -> None:
    rewrite(p / "writers.jsonl", lambda c: c.__delitem__(slice(2, None)))


@tampering("edited", "index", 2)
def a_line_of_the_index_is_edited(p: Path) -> None:
    rewrite(p / "writers.jsonl", lambda c: c.__setitem__(1, c[1].replace(b'"hash":"', b'"hush":"')))


@tampering("unreadable", "index", 2)
def a_line_of_the_index_says_something_else(p: Path) -> None:
    rewrite(p / "writers.jsonl", lambda c: c.__setitem__(1, c[1].replace(b"writer-closed", b"writer-clothed")))


@pytest.mark.parametrize(("how", "word", "where", "line"), CASES, ids=[case[0].__name__ for case in CASES])
def test_tampering_is_found_at_its_place(
    place: Path, how: Callable[[Path], object], word: str, where: str, line: int
) -> None:
    names = {f"part {number}": part(place, number) for number in (1, 2, 3)}
    names |= {"head": head(place), "index": place / "writers.jsonl", "index head": place / "writers.head"}
    names["stranger"] = place / "20260101T000000Z-0123456789ab.000001.jsonl"
    how(place)
    file = names[where]
    if line < 0:
        line = file.read_bytes().count(b"\n") + (line == HALF)
    report = verify(place, key=KEY)
    assert (word, file.name, line) in {(remark.word, remark.file, remark.line) for remark in report.problems}
    assert not report.ok
