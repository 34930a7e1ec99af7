from __future__ import annotations

from sekisho.guards.member import judge_member, judge_variable
from tablekit import rows


@rows(
    ("pointer", "value", "expected"),
    [
        ("/settings/__proto__", "__proto__", True),
        ("/settings/a.__proto__.b", "a.__proto__.b", True),
        ("/settings/a[__proto__]", "a[__proto__]", True),
        ("/settings/constructor/prototype", "prototype", True),
        ("/settings/constructor.prototype.a", "constructor.prototype.a", True),
        ("/settings/proto", "proto", False),
        ("/settings/prototype", "prototype", False),
        ("/settings/my__proto__x", "my__proto__x", False),
        ("/settings/constructor", "constructor", False),
    ],
)
def test_names_of_what_is_inherited_are_objected_to(pointer: str, value: str, *, expected: bool) -> None:
    assert bool(judge_member(pointer, value).objections) is expected


@rows(
    ("pointer", "value", "expected"),
    [
        ("/env/LD_PRELOAD", "/tmp/x.so", True),
        ("/env/NODE_OPTIONS", "--require /tmp/x.js", True),
        ("/env/NODE_OPTIONS", "--max-old-space-size=4096 --no-warnings", False),
        ("/env/JAVA_TOOL_OPTIONS", "-Xmx2g -Dfile.encoding=UTF-8", False),
        ("/env/JAVA_TOOL_OPTIONS", "-javaagent:/tmp/x.jar", True),
        ("/env/PYTHONPATH", "src:lib/extra", False),
        ("/env/PYTHONPATH", "/tmp/x", True),
        ("/env/PYTHONPATH", "../x", True),
        ("/env/PYTHONPATH", "src:../x", True),
        ("/env/SHELL", "/bin/bash", False),
        ("/env/SHELL", "/tmp/x", True),
        ("/env/PAGER", "cat", False),
        ("/env/PAGER", "sh -c id", True),
        ("/env/LD_PRELOAD", "", True),
        ("/env/LD_PRELOAD", "LD_PRELOAD", False),
        ("/env/PORT", "3000", False),
        ("/environment/0", "BASH_ENV=/tmp/x", True),
        ("/environment", "A=1\nexport GIT_SSH_COMMAND='sh -c id'", True),
        ("/environment/0", "NODE_ENV=production", False),
        ("/env/0/name", "LD_PRELOAD", True),
        ("/env/0/name", "LANG", False),
        ("/extra_vars/ansible_shell_executable", "/tmp/x", True),
        ("/extra_vars/ansible_ssh_common_args", "-oProxyCommand=id", True),
        ("/extra_vars/ansible_user", "deploy", False),
    ],
)
def test_variables_that_start_something_are_objected_to(pointer: str, value: str, *, expected: bool) -> None:
    names = tuple(pointer.lower().replace("/", "_").strip("_").split("_"))
    assert bool(judge_variable(pointer, names, value).objections) is expected


def test_the_same_names_elsewhere_are_data() -> None:
    assert not judge_variable("/note/LD_PRELOAD", ("note", "ld", "preload"), "/tmp/x.so").objections
