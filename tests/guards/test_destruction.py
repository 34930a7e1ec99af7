from __future__ import annotations

from sekisho.guards.destruction import destroys, is_destruction, overwrites_system, removes_all
from tablekit import rows


@rows(
    ("words", "expected"),
    [
        ("rm -rf /", True),
        ("rm -rf /usr/", True),
        ("rm x", False),
        ("chmod 644 /", False),
        ("chmod -R 644 /", True),
        ("find / -name x", False),
        ("find / -delete", True),
        ("dd of=/dev/sda", True),
        ("mkfs.ext4 x", False),
        ("cp x /dev/sda", True),
        ("tee x", False),
        ("tee /etc/hosts", True),
        ("cp x /etc/hosts", False),
        ("rm -rf /etc/../", True),
        ("rm -rf /home/user/../..", True),
        ("rm -rf /./", True),
        ("rm -rf /*/", True),
        ("rm -rf ~user", True),
        ("rm -rf ${HOME:?}", True),
        ("rm -rf ~/x", False),
        ("rm -rf ${HOME:?}/x", False),
    ],
)
def test_a_root_a_home_or_a_disk_is_not_destroyed(words: str, *, expected: bool) -> None:
    plain, *texts = words.split()
    assert destroys(plain)
    assert is_destruction(plain, texts) is expected


def test_only_what_destroys_is_asked_about() -> None:
    assert not destroys("ls")
    assert removes_all("rm", ["-rf", "*"])
    assert removes_all("rm", ["$(pwd)/.."])
    assert removes_all("rm", ["../../*"])
    assert not removes_all("rm", ["../x", "a..b"])
    assert not removes_all("mv", ["*", "x"])
    assert overwrites_system("/etc/passwd")
    assert overwrites_system("/dev/sda")
    assert not overwrites_system("/dev/null")
