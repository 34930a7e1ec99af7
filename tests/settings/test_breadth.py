from __future__ import annotations

from sekisho.settings.breadth import is_home, is_root, mounts
from sekisho.settings.launch import Launch
from sekisho.settings.node import Text
from tablekit import rows


@rows("path", ["/", "//", "/.", "C:\\", "c:/", "D:", "/etc", "/etc/", "/proc", "/mnt/c", '"/"', "\\"])
def test_roots_in_every_spelling(path: str) -> None:
    assert is_root(path)


@rows(
    "path",
    [
        "~",
        "~/",
        "$HOME",
        "${HOME}/",
        "%USERPROFILE%",
        "/home/ann",
        "/Users/ann/",
        "/home",
        "C:\\Users\\ann",
        "/root",
        "/h",
    ],
)
def test_homes_in_every_spelling(path: str) -> None:
    assert is_home(path, "/h/")
    assert not is_root(path)


@rows(
    "path",
    ["", ".", "/srv/a", "/etc/weather", "~/notes", "/home/ann/notes", "C:\\Users\\ann\\notes", "C:\\x", "a", "/h/b"],
)
def test_other_folders_are_neither(path: str) -> None:
    assert not is_root(path)
    assert not is_home(path, "/h")


@rows(
    ("words", "paths"),
    [
        (["-v", "/a:/b"], ["/a"]),
        (["-v/a:/b:ro"], ["/a"]),
        (["--volume=/a:/b"], ["/a"]),
        (["-v", "C:\\a:/b"], ["C:\\a"]),
        (["--mount", "type=bind,source=/a,target=/b"], ["/a"]),
        (["--mount=type=bind,src=/a,dst=/b"], ["/a"]),
        (["-v", "/a"], []),
        (["-v"], []),
        (["--mount", "type=tmpfs,target=/b"], []),
        (["-e", "A=/a:/b"], []),
    ],
)
def test_mounts_are_found(words: list[str], paths: list[str]) -> None:
    args = tuple(Text(word, f"/{at}") for at, word in enumerate(words))
    found = mounts(Launch(program="docker", word=Text("docker", ""), args=args))
    assert [mount.text for mount in found] == paths
