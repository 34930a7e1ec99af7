from __future__ import annotations

from sekisho.guards.runners import fetches, is_given_code, started
from sekisho.guards.script import Word
from sekisho.guards.shell import judge_command
from tablekit import rows


@rows(
    ("line", "expected"),
    [
        ("npx -y evil@1.2 x", ["evil x"]),
        ("npx --package y -- evil", ["evil"]),
        ("npx", []),
        ("npm exec evil", ["evil"]),
        ("npm --silent x evil", ["evil"]),
        ("npm run exec", []),
        ("npm test", []),
        ("pnpm dlx @a/evil@2", ["@a/evil"]),
        ("yarn node -e x", ["node -e x"]),
        ("uv run --with y evil", ["evil"]),
        ("uv run x.py", []),
        ("uv tool run evil", ["evil"]),
        ("uv pip install x", ["pip install x"]),
        ("poetry run evil", ["evil"]),
        ("cmake -E env evil", ["evil"]),
        ("cmake -E chdir d evil", ["evil"]),
        ("cmake -E copy a b", []),
        ("cmake --build x", []),
        ("kubectl exec p -- evil", ["evil"]),
        ("kubectl get p", []),
        ("python -m pip install x", ["pip install x"]),
        ("python -m pytest", []),
        ("cmd /c evil", []),
    ],
)
def test_a_program_is_found_behind_a_subcommand(line: str, expected: list[str]) -> None:
    plain, *texts = line.split()
    found = started(plain, [Word(each) for each in texts])
    assert [" ".join(word.text for word in each) for each in found] == expected


@rows(
    ("line", "expected"),
    [
        ("npx -c x", True),
        ("npx --call=x", True),
        ("npm exec -c x", True),
        ("npm test -c x", False),
        ("npx tsc -c x", False),
        ("npx -p", False),
        ("uvx -c x", False),
    ],
)
def test_a_command_line_is_no_package(line: str, *, expected: bool) -> None:
    plain, *texts = line.split()
    assert is_given_code(plain, texts) is expected


@rows(
    ("line", "expected"),
    [
        ("pip install git+https://x", True),
        ("pip install 'a @ https://x'", True),
        ("pip3 install -i http://x y", True),
        ("cargo install --git https://x", True),
        ("npm config set a b", True),
        ("npm config get registry", False),
        ("pip config list", False),
        ("npm install lodash", False),
        ("kubectl apply -f https://x", True),
        ("pip install -e .[dev]", False),
    ],
)
def test_what_is_installed_from_an_address_is_noted(line: str, *, expected: bool) -> None:
    plain, *texts = line.replace("'a @ ", "a@").replace("'", "").split()
    assert fetches(plain, texts) is expected


@rows(
    ("text", "rule"),
    [
        ("npx evil", "shell-unknown-program"),
        ("cargo install --git x", "shell-unclear"),
        ("pip3 install -ix y", "shell-unclear"),
        ("npm exec -c 'ls'", "shell-unclear"),
        ("cmd /c evil", "shell-unknown-program"),
        ('cmd.exe /C "sudo x"', "shell-danger"),
        ("kubectl exec p -- sh", "shell-unclear"),
        ("uv run python -c x", "shell-unclear"),
        ("git clone ext::evil x", "shell-unclear"),
        ("curl -sT x http://y", "shell-unclear"),
        ("tar --to-comm=evil -xf x", "shell-unclear"),
        ("tar -xPf x", "shell-unclear"),
        ("docker run --net=host x", "shell-unclear"),
        ("docker run -v ~/.ssh:/x y", "path-credential"),
        ("docker run -v ../..:/x y", "shell-unclear"),
        ("echo evil | xargs env", "shell-unclear"),
        ("echo evil | xargs -I{} sh -c '{}'", "shell-unclear"),
        ("echo evil | parallel", "shell-unclear"),
        ("sed -f x y", "shell-unclear"),
        ("awk '{print > \".bashrc\"}' x", "path-protected"),
        ("awk -f x y", "shell-unclear"),
        ("curl -o ~/.bashrc x", "path-protected"),
        ("curl x --output .git/hooks/pre-commit", "path-protected"),
        ("less -o ~/.bashrc x", "path-protected"),
        ("uniq x ~/.bashrc", "path-protected"),
        ("echo x > /etc/cron.d/x", "shell-danger"),
        ("git clone -u evil x", "shell-unclear"),
        ("fd . -xevil", "shell-unclear"),
        ("fd --exec-batch=evil", "shell-unclear"),
        ("java -javaagent:x y", "shell-unclear"),
        ("gh auth token", "shell-unclear"),
        ("echo x | make -f -", "shell-unclear"),
        ("make -sf- <<< 'x:; evil'", "shell-unclear"),
        ("make --makefile=/dev/stdin < x", "shell-unclear"),
        ("rails runner x", "shell-unclear"),
        ("composer exec evil", "shell-unknown-program"),
        ("sed '1!e evil' x", "shell-unclear"),
        ("make X='$(shell evil)'", "shell-unclear"),
        ("trap 'evil' EXIT", "shell-unknown-program"),
        ('trap -- "$x" EXIT', "shell-unclear"),
        ("BASH_ALIASES[ls]=evil; ls", "shell-unclear"),
        ("compgen -W '$(evil)' x", "shell-unclear"),
        ("GIT_PAGER=evil git log", "shell-unclear"),
        ("env -Z env -Z evil", "shell-unknown-program"),
        ("""ls "${x:-'}"; evil; ls "'}\"""", "shell-unclear"),
        ('ls "`ls "\\"; evil \\""`"', "shell-unclear"),
        ("node_modules/.bin/evil", "shell-unknown-program"),
        ("source venv/bin/activate x", "shell-unclear"),
    ],
)
def test_nothing_hides_behind_a_subcommand_or_a_spelling(text: str, rule: str) -> None:
    assert rule in {each.rule for each in judge_command(text).objections}


@rows(
    "text",
    [
        "npx tsc --noEmit", "uv run pytest -q", "uvx ruff@latest check .", "poetry run pytest", "pnpm dlx eslint .", "npm exec tsc -- --noEmit", "python -m pip install -r requirements.txt", "kubectl exec web-1 -- ls /app", "kubectl version --client",
        "GIT_PAGER=cat git log -5", "GIT_EDITOR=true git rebase --continue", "PAGER= git diff", "git rev-parse --git-dir", "git config --get remote.origin.url", "source .venv/bin/activate", ". venv/bin/activate && pytest", ".venv/bin/python -m pytest",
        "node_modules/.bin/tsc", "./gradlew test", "trap 'rm -f x' EXIT; ls", "trap - EXIT", "tar --exclude=x -czf y .", "tar xzf x.tgz -C y", "git diff --text", "curl -sSfL https://x.example -o y", "awk -F'|' '{print $2}' x", "awk '/a|b/ {n++} END {print n}' x",
        "docker run --rm --network mynet x", "xargs -I{} dirname {}", "find . -print0 | xargs -0 -n1 -I{} sh -c 'echo {}'", "echo x | xargs command -v", "python -m json.tool < x", "sed -n '/def/,/^e/p' x", "xargs -n1 echo",
        "helm template x", "make -f x.mk all", "make -j4 -C x",
    ],
)  # fmt: skip
def test_what_developers_start_passes(text: str) -> None:
    assert judge_command(text).objections == ()
