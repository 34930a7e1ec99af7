from __future__ import annotations

from sekisho.guards.evaluated import aliased, evaluates, sets_variables, written_by_sed
from sekisho.guards.script import Word
from sekisho.guards.shell import judge_command
from tablekit import rows


def words(text: str) -> list[Word]:
    return [Word(each, later="$(" in each or "`" in each) for each in text.split("#")]


@rows(
    ("plain", "text", "expected"),
    [
        ("let", "a[$(x)]=1", True),
        ("test", "-v#a[`x`]", True),
        ("printf", "-v#a#%s", False),
        ("echo", "a[$(x)]", False),
        ("sed", "1e x", True),
        ("sed", "e", True),
        ("sed", "/a/e", True),
        ("sed", "s/a/b/e", True),
        ("sed", "s|a|b|ge", True),
        ("sed", "s/a/e/", False),
        ("sed", "s/a/b/g", False),
        ("sed", "s/home/there/;s/x/e/g", False),
        ("sed", "-e#s/a/b/#file", False),
        ("sed", "s/" * 3000, True),
        ("less", "+!x", True),
        ("less", "+10#file", False),
        ("strace", "-o#!x", True),
        ("strace", "-o# |x", True),
        ("strace", "ls", False),
        ("git", "bisect#run#x", True),
        ("git", "submodule#foreach#x", True),
        ("git", "filter-branch#--tree-filter#x", True),
        ("git", "bisect#log", False),
    ],
)
def test_a_word_may_be_a_command_to_its_program(plain: str, text: str, expected: bool) -> None:  # noqa: FBT001 - a column
    assert evaluates(plain, words(text)) is expected


def test_what_a_word_expands_to_is_not_known_and_not_judged_here() -> None:
    assert not evaluates("let", [Word("a[$(x)]", literal=False)])


@rows(
    ("plain", "text", "expected"),
    [("read", "PATH", True), ("printf", "-vPATH#x", True), ("let", "IFS=1", True), ("read", "line", False), ("echo", "PATH", False)],
)  # fmt: skip
def test_a_program_may_set_a_variable_that_starts_something(plain: str, text: str, expected: bool) -> None:  # noqa: FBT001 - a column
    assert sets_variables(plain, words(text)) is expected


def test_files_and_commands_inside_of_words_are_told() -> None:
    assert list(written_by_sed(words("s/a/b/w .bashrc#r x"))) == [".bashrc", "x"]
    assert list(aliased(words("ls=touch x#-p#=y"))) == ["touch x"]


@rows(
    ("text", "rule"),
    [
        ("for PATH in ./bin; do ls; done", "shell-unclear"),
        ("select PATH in ./bin; do ls; done", "shell-unclear"),
        ("printf -v PATH %s ./bin; ls", "shell-unclear"),
        ("read PATH <<< ./bin; ls", "shell-unclear"),
        ("mapfile -C 'evil' -c 1 < f", "shell-unclear"),
        ("compgen -C 'evil'", "shell-unclear"),
        ("hash -p ./evil ls; ls", "shell-unclear"),
        ("let 'a[$(evil)]=1'", "shell-unclear"),
        ("[ -v 'a[$(evil)]' ]", "shell-unclear"),
        ("let 'a[$(x '$(ls)')]=1'", "shell-unclear"),
        ('let "a[\\$(evil)]"', "shell-unclear"),
        ('let "$x[\\$(evil)]"', "shell-unclear"),
        ("let a[\\$\\(evil\\)]", "shell-unclear"),
        ("[[ -v 'a[$(evil)]' ]]", "shell-unclear"),
        ("unset 'a[$(evil)]'", "shell-unclear"),
        ("declare 'a[$(evil)]=1'", "shell-unclear"),
        ("x='$(evil)'; echo ${x@P}", "shell-unclear"),
        ("echo ${x@P}", "shell-unclear"),
        ("shopt -s expand_aliases\nalias ls='evil'\nls", "shell-unknown-program"),
        ("shopt -s expand_aliases\nalias ls='cat <<E\nevil\nE'\nls", "shell-unclear"),
        ("sed '1e evil' f", "shell-unclear"),
        ("sed -n 'w .bashrc' f", "path-protected"),
        ("xxd -r x .bashrc", "path-protected"),
        ("yq -i x .bashrc", "path-protected"),
        ("less +'!evil' f", "shell-unclear"),
        ("cat <<E\n\t$(evil)\nE", "shell-unclear"),
        ("cat <<-E\n\t$(ls) $(evil)\n\tE", "shell-unclear"),
        ("cat <<E\n`evil`\nE", "shell-unknown-program"),
        ("cat <<E\n\t$(((1)) && evil)\nE", "shell-unclear"),
        ("cat <<E\n\t$(evil) $x ${y}\nE", "shell-unclear"),
        ('printf "${x:-`evil`}"', "shell-unclear"),
        ("echo ${x/`evil`/y}", "shell-unclear"),
        ("[[ $a =~ `evil` ]]", "shell-unclear"),
        ("git bisect run ./evil", "shell-unclear"),
        ("gdb -ex '!evil'", "shell-unclear"),
        ("hyperfine './evil'", "shell-unknown-program"),
    ],
)
def test_what_is_evaluated_is_judged(text: str, rule: str) -> None:
    assert rule in {each.rule for each in judge_command(text).objections}


@rows(
    "text",
    [
        "[ -f x ] && echo yes", "[[ $a == b ]] && ls", 'test -n "$x"', "printf '%s\\n' a", "read line < x", 'for f in *.py; do wc -l "$f"; done', "sed -i 's/foo/bar/g' src/x.py", "sed -n '1,5p' x", "sed -e 's/the/one/' x",
        "alias", "alias ll='ls -la'", "x='a b'; echo $x", "git bisect start", "less +10 x", "unset x", "declare x=1", "sed 's/see/me/' x", "cat <<E\nx $(ls)\nE", "cat <<'E'\n  $(evil)\nE", "grep '`x` $(y)' f", 'echo "\\`x\\` a `ls` $(pwd)"', "sed '/^e/d' x", "git submodule update",
    ],
)  # fmt: skip
def test_what_looks_like_it_and_is_honest_passes(text: str) -> None:
    assert judge_command(text).objections == ()
