from __future__ import annotations

from sekisho.guards.interpreted import module, runs_code
from tablekit import rows


@rows(
    "line",
    [
        "python3", "python3 -c x", "python -cx", "python -ic x", "python3 -Bc x", "python -i x.py", "python -", "python -m timeit x", "python -mcode", "python -m", "python /dev/stdin", "python <(x)", "python -W x", "python --what x",
        "node", "node -e x", "node -ex", "node --eval=x", "node -r ./x y", "node --import ./x y", "node -i", "perl -ne x", "perl -wle x", "perl -Mx y", "ruby -rx y", "php -r x", "php -d a=b c", "lua -l x", "deno eval x", "deno run npm:x", "deno",
        "bun -e x", "bun repl", "node --", "tsx https://x/y.ts",
    ],
)  # fmt: skip
def test_code_is_seen_in_every_spelling(line: str) -> None:
    plain, *texts = line.split()
    assert runs_code(plain, texts) is True


@rows(
    "line",
    [
        "python x.py -c y", "python3 -m pytest -c x", "python -u -W error -X dev x.py", "python -Wd -m x", "python -bb x.py", "python3 --version", "node x.js -e y", "node --test", "node --max-old-space-size=4096 x.js", "node -c x.js", "node -C dev x.js",
        "perl -Ilib t/a.t", "ruby -Ilib -w x.rb", "php -l x.php", "php artisan x", "deno test -A", "bun run dev", "node -- x.js", "node -v",
    ],
)  # fmt: skip
def test_a_file_or_a_module_of_the_project_is_no_code(line: str) -> None:
    plain, *texts = line.split()
    assert runs_code(plain, texts) is False


def test_of_others_nothing_is_known() -> None:
    assert runs_code("osascript", ["x"]) is None


@rows(("line", "at"), [("-m pip x", 1), ("-u -m pip", 2), ("x.py -m pip", None), ("-m", None), ("-u", None)])
def test_a_module_is_found(line: str, at: int | None) -> None:
    assert module(line.split()) == at
