from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sekisho.scan.hosts import Platform
from sekisho.scan.templates import Ground, expand
from sekisho.settings.entry import Scope
from tablekit import rows

if TYPE_CHECKING:
    from collections.abc import Mapping


def paths(template: str, scope: Scope, platform: Platform, variables: Mapping[str, str]) -> list[str]:
    ground = Ground(
        home=Path("/h"),
        folders=(Path("/p/sub"), Path("/p")),
        platform=platform,
        variables=variables,
        root=Path("/r"),
    )
    return [(folder / rest).as_posix() for folder, rest in expand(template, scope, ground)]


@rows(
    ("template", "scope", "platform", "variables", "expected"),
    [
        ("~/.a", Scope.USER, Platform.LINUX, {}, ["/h/.a"]),
        ("{app}/A/*.json", Scope.USER, Platform.LINUX, {}, ["/h/.config/A/*.json"]),
        ("{app}/A", Scope.USER, Platform.LINUX, {"XDG_CONFIG_HOME": "/x"}, ["/x/A"]),
        ("{app}/A", Scope.USER, Platform.MACOS, {}, ["/h/Library/Application Support/A"]),
        ("{app}/A", Scope.USER, Platform.WINDOWS, {}, ["/h/AppData/Roaming/A"]),
        ("{app}/A", Scope.USER, Platform.WINDOWS, {"APPDATA": "/d"}, ["/d/A"]),
        ("{config}/A", Scope.USER, Platform.MACOS, {}, ["/h/.config/A"]),
        ("{programdata}/A", Scope.SYSTEM, Platform.WINDOWS, {}, ["/r/ProgramData/A"]),
        ("{programfiles}/A", Scope.SYSTEM, Platform.WINDOWS, {"ProgramFiles": "/f"}, ["/f/A"]),
        ("/etc/A", Scope.SYSTEM, Platform.LINUX, {}, ["/r/etc/A"]),
        ("{env:A_DIR|~/.a}/x", Scope.USER, Platform.LINUX, {}, ["/h/.a/x"]),
        ("{env:A_DIR|~}/x", Scope.USER, Platform.LINUX, {}, ["/h/x"]),
        ("{env:A_DIR|~/.a}/x", Scope.USER, Platform.LINUX, {"A_DIR": "/[y]"}, ["/[y]/x"]),
        ("{env:A_FILE|}", Scope.USER, Platform.LINUX, {}, []),
        ("{env:A_FILE|}", Scope.USER, Platform.LINUX, {"A_FILE": "/z.json"}, ["/z.json"]),
        (".a/b", Scope.PROJECT, Platform.LINUX, {}, ["/p/sub/.a/b", "/p/.a/b"]),
    ],
)
def test_a_template_is_filled_in(
    template: str, scope: Scope, platform: Platform, variables: Mapping[str, str], expected: list[str]
) -> None:
    assert paths(template, scope, platform, variables) == expected
