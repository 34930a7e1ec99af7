from __future__ import annotations

import json
import tomllib
from importlib.resources import files

import jsonschema

from sekisho.guards.operands import starts, used, written
from tablekit import rows

DATA = files("sekisho") / "data"


def test_the_table_keeps_its_schema() -> None:
    table = tomllib.loads(DATA.joinpath("written.toml").read_text("utf-8"))
    jsonschema.validate(table, json.loads(DATA.joinpath("schemas", "written.json").read_text("utf-8")))


def test_the_table_is_read_once() -> None:
    assert written() is written()
    assert written()["dd"].names == ("of",)


@rows(
    ("text", "expected"),
    [
        ("cp a b", "written b"),
        ("cp a", ""),
        ("cp -t d a", "written d"),
        ("cp -at/d a", "written /d"),
        ("cp --target=d a", "written d"),
        ("cp -t", "written "),
        ("cp -s a b", "written b, linked a"),
        ("mv a b", "written a, written b"),
        ("tee -- -a", "written -a"),
        ("tee -a -", "written -"),
        ("rm -rf a b", "deleted a, deleted b"),
        ("ln a", "linked a"),
        ("ln -s ../a b/c", "written b/c, linked b/../a"),
        ("ln -s /a b/c", "written b/c, linked /a"),
        ("ln a b", "written b, linked a"),
        ("ln -st d a b", "written d, linked d/a, linked d/b"),
        ("sed s/a/b/ f", ""),
        ("sed -i s/a/b/ f", "written f"),
        ("sed -i -e s/a/b/ f", "written f"),
        ("sed --in-place=x s/a/b/ f", "written f"),
        ("chmod 644 f", "written f"),
        ("chmod --reference=g f", "written f"),
        ("git -C d status", ""),
        ("git -C d pull", "folder d"),
        ("git clone u", ""),
        ("git clone -b x u d", "written d"),
        ("git worktree add d -b x", "beside d"),
        ("git -c a=b log --output=f", "written f"),
        ("find a -delete", "deleted a"),
        ("find a -name b", ""),
        ("find -L a b -delete", "deleted a, deleted b"),
        ("find -delete", "deleted ."),
        ("tar -C d -xf a", "written d"),
        ("tar xfC a d", "written d"),
        ("tar -x --directory=d", "written d"),
        ("tar --extract -C d", "written d"),
        ("tar -czf a d", "written a"),
        ("tar --create -f a", "written a"),
        ("tar -tf a -C d", ""),
        ("tar", ""),
        ("dd if=a of=b", "written b"),
        ("make DESTDIR=d CC=x install", "written d"),
        ("docker run -v a:/b c", "mount a:/b"),
        ("docker cp a b", "written b"),
        ("jest -c f", "code f"),
        ("jest --config=f", "code f"),
        ("gcc -foo -o f", "written f"),
        ("curl -sSLof u", "written f"),
        ("python -m venv d", "written d"),
        ("python -m pytest d", ""),
        ("python x.py", ""),
        ("ffmpeg -i a b", "written b"),
        ("zip a b", "written a"),
        ("split a b", "written b"),
        ("prettier --write f", "written f"),
        ("prettier f", ""),
        ("nobody a b", ""),
        ("sed -ni p f", "written f"),
        ("sed -nes/i/x/ f", ""),
        ("sed -n p f", ""),
        ("sed -n1i f g", ""),
    ],
)
def test_what_becomes_of_words(text: str, expected: str) -> None:
    plain, *texts = text.split()
    assert ", ".join(f"{each.role} {each.text}" for each in used(plain, texts)) == expected


def test_where_a_finder_begins() -> None:
    assert starts(["-H", "a", "(", "b"]) == ["a"]
    assert starts(["a"]) == ["a"]
