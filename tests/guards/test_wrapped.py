from __future__ import annotations

from sekisho.guards.script import Word
from sekisho.guards.shell import judge_command
from sekisho.guards.wrapped import assigned, joins, programs, waits
from tablekit import rows


def words(text: str) -> list[Word]:
    return [Word(each) for each in text.split("#")] if text else []


@rows(
    ("plain", "text", "expected"),
    [
        ("nohup", "ls#-l", ["ls -l"]),
        ("env", "A=1#-#-i#ls#-S", ["ls -S"]),
        ("env", "-u#ls#evil", ["evil"]),
        ("env", "-uls#evil", ["evil"]),
        ("env", "--#-x", ["-x"]),
        ("env", "--what#ls#evil", ["ls evil", "evil"]),
        ("env", "-Z#ls#evil", ["ls evil", "evil"]),
        ("xargs", "-0rn#1#-I%#grep#x", ["grep x"]),
        ("xargs", "-i#ls#evil", ["ls evil"]),
        ("timeout", "--signal=INT#-k#5s#10#make", ["make"]),
        ("timeout", "--signal#INT#5#make", ["make"]),
        ("exec", "-a#ls#evil", ["evil"]),
        ("script", "ls#evil", ["ls evil", "evil"]),
        ("hyperfine", "-w#3#ls#evil", ["ls", "evil"]),
        ("env", "", []),
        ("nice", "-n", []),
    ],
)
def test_a_program_is_found_behind_the_options_of_another(plain: str, text: str, expected: list[str]) -> None:
    found = (" ".join(word.text for word in each) for each in programs(plain, words(text)))
    assert sorted(each for each in found if each) == sorted(expected)


@rows(
    ("plain", "text", "expected"),
    [
        ("env", "-S#evil", True),
        ("env", "-iS#evil", True),
        ("env", "-u#x#--split-string=evil", True),
        ("env", "ls#-S", False),
        ("watch", "ls#;evil", True),
        ("watch", "-n#1#git#status", False),
        ("parallel", "ls#{}#:::#a", False),
        ("parallel", "ls#$(evil)", True),
        ("nohup", "ls#;", False),
    ],
)
def test_words_that_a_shell_reads_once_more_are_noted(plain: str, text: str, *, expected: bool) -> None:
    assert joins(plain, words(text)) is expected


def test_a_wrapper_without_a_program_waits_for_one() -> None:
    assert waits("env", words("-i"))
    assert not waits("env", words("ls"))
    assert not waits("command", words("-v"))
    assert not waits("ls", [])


def test_variables_that_are_set_for_a_program_are_told() -> None:
    assert list(assigned("env", words("-u#A#B=1#-i#C=2#ls#D=3"))) == ["B", "C"]


@rows(
    "text",
    [
        "env LD_PRELOAD=x ls", "env -u A PATH=x ls", "time PS4=x", "time x='a[$(evil)]'; echo $((x))", "nohup PATH=x ls", "builtin export PATH=x", "time export PATH=x", "PATH[0]=x", "declare -n a=PATH", ": ${BASH_ENV:=x}", "(( PATH = 1 ))", "echo $((PATH+=1))",
    ],
)  # fmt: skip
def test_a_variable_that_starts_something_is_noted_wherever_it_is_set(text: str) -> None:
    assert "shell-unclear" in {each.rule for each in judge_command(text).objections}


@rows("text", ["env A=1 ls", "echo ${a:=x}", "(( n = n + 1 )); ls", "echo $((n+1))", "export A=b", "a[0]=1; ls"])
def test_any_other_variable_may_be_set(text: str) -> None:
    assert not judge_command(text).objections


@rows(
    "text",
    [
        "env -u ls evil",
        "env -S 'a=1 evil'",
        "xargs -I ls evil",
        "exec -a ls evil",
        "strace -o ls evil",
        "hyperfine ls 'evil x'",
        "watch ls ';evil'",
        "env --what ls evil",
    ],
)
def test_nothing_hides_behind_an_option(text: str) -> None:
    assert judge_command(text).objections


@rows(
    "text",
    [
        "env -i A=1 ls -l",
        "xargs -0 -n 1 grep -l x",
        "timeout -k 5s 10 make test",
        "nice -n 5 make",
        "stdbuf -oL pytest -q",
        "time -p ls",
        "strace -f -e trace=file ls",
        "watch -n 1 git status",
        "env --",
    ],
)
def test_what_starts_a_known_program_passes(text: str) -> None:
    assert not judge_command(text).objections
