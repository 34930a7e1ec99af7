"""One table of paths: what is objected to, in every spelling, and what looks like it and is honest."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from sekisho.guards.objection import CLEAN, Need, Wanted
from sekisho.guards.path import LONGEST, PathFacts, judge_carefully, judge_path, names_of
from sekisho.guards.places import Access
from tablekit import rows

if TYPE_CHECKING:
    from pathlib import Path

ROOT = "/work/allowed"
HOME = "/home/me"
IN_ROOT = PathFacts(roots=(ROOT,), base=ROOT, home=HOME)
NO_ROOT = PathFacts(base="/", home=HOME)
UNKNOWN = PathFacts()
WINDOWS = PathFacts(roots=("C:\\Users\\me\\project",), base="C:\\Users\\me\\project", caseless=True, windows=True)
MAC = PathFacts(roots=("/Users/me/Project",), base="/Users/me/Project", home="/Users/me", caseless=True)

DOTS = (
    "..", "%2e%2e", "%2E.", ".%2e", "%252e%252e", "%25252e%2e", "%2525252e%2525252e", "%u002e%u002e", "%uff0e%uff0e",
    "%c0%ae%c0%ae", "%c0%2e%c0%2e", "%e0%80%ae%e0%80%ae", "%f0%80%80%ae.", "%f8%80%80%80%ae.", "%fc%80%80%80%80%ae.",
    "\uff0e\uff0e", "\u2025", ".\u2024", "\ufe52\ufe52", "%ef%bc%8e%ef%bc%8e", "%25ef%25bc%258e.", "\xc0\xae\xc0\xae",
    ".\u200b.", ".\u200d.", "\ufeff..", ".\xad.", ".\t.", ".\n.", "..;", "..;jsessionid=1", ".. ", ".. .", "..%20",
    "\u3002\u3002", "%%32%65%%32%65", "..%3b", ".\u2060.", "..\u2028",
)  # fmt: skip
SLASHES = (
    "/", "//", "/./", "\\", "%2f", "%2F", "%5c", "%252f", "%255c", "%c0%af", "%c1%9c", "%e0%80%af",
    "%u2215", "%u002f",
    "\uff0f", "\uff3c", "\u2215", "\u2044", "\u29f8", "\u2216", "\ufe68", "\xa5", "\u20a9", "%ef%bc%8f", "%25c0%25af",
    "/%2e/", "/\u200b/", "\\\\", "%2f%2f", "%5C%5C",
)  # fmt: skip
OUTSIDE = (
    # prefixes that are no folders (CVE-2025-53110), and plain absolute paths
    "/work/allowed_secret/key.txt", "/work/allowed.bak", "/work/allowed-2/x", "/work/allowed ../x", "/work", "/",
    "/work/",
    "/work/Allowed/x", "//work/allowedx", "/work/allowed/../allowed_secret/k", "/./work/./x", "/tmp/x",
    "/work/allowed/..",
    # addresses of files
    "file:///etc/passwd", "file:/etc/passwd", "file://localhost/etc/passwd", "FILE:///etc/passwd",
    " file:///etc/passwd",
    "file:///work/allowed/../x", "file:///work/allowed/%2e%2e/x", "file:%2f%2f%2fetc%2fpasswd",
    "url:file:///etc/passwd",
    "file://127.0.0.1/etc/passwd", "file:\\\\\\etc\\passwd", "file:///C:/Windows/win.ini",
    "file:///c|/windows/win.ini",
    "file:///work/allowed/x?/../../../etc", "jar:file:/etc/x.jar!/a", "view-source:file:///etc/passwd",
    "f\nile:///etc/passwd",
    "file:///work/allowed/..%2fx#/work/allowed", "local_file:///etc/passwd", "netdoc:/etc/passwd", "file://C|/x",
    "file:..", "file:x", "file:////server/x",
    # home folders and variables
    "~", "~/x", "~root/x", "~me/x", "~+/x", "$HOME/x", "${HOME}/x", "$HOME", "%USERPROFILE%\\x", "%HOME%/x",
    "${TMPDIR}/x",
    "$env:USERPROFILE\\x", "$env:TEMP/x", "${XDG_CONFIG_HOME:-/x}/y", "%APPDATA%/x", "$(pwd)/../x",
    "`pwd`/x", "'~/x'",
    # drives
    "C:\\Windows\\win.ini", "c:/windows/win.ini", "\uff23:/x", "C%3a/x", "/%43%3a/x",
    # lists of which one leaves
    "a.txt,../../x", "a.txt;../x", "a.txt\n/tmp/x", "a.txt;~/x", "{a,../../x}", "a.txt, /tmp/x",
    "a.txt, file:///tmp/x", "a.txt,.. /../x", "a.txt, .. ./x",
    # addresses of the server's own, whose tail becomes a path
    "notes://../../x", "repo:../../x", "notes://a/../../../x", "ab:/../../x", "notes://%2e%2e/x", "x+y://..\\..\\x",
    # a mix of several
    "./etc\u2215~\\etc//..\uff0f%2e%2e", "a b\u2215..x%c0%aflink\uff3c%252e%252e\uff0f%2e%2e",
    "./a b\uff3cx%c0%afy%252f%2e%2e/..", "file:a b\uff3cx//%2e%2e/\u2025", "file:/work/allowed/a b\uff3cx//%2e%2e/\uff0f\u2025",
    "sub/../../x", "./../x", "a/b/../../../x", "..", "../", "./..", "a/..//..", "sub\\..\\..\\x", "a\uff0f../../x",
    "a\uff0fb/%2e%2e/%2e%2e/x/../../..", "/work/allowed/%2e%2e%2fx", "/work/allowed/..\\x", "sub/..;/..;/x", "\\x",
    "\\tmp",
    "%2fetc", "%252ftmp", "\uff0ftmp", '"/tmp/x"', " /tmp/x", "\t/tmp/x", "/work/allowed\\..\\..\\x", "..\u200b/x",
)  # fmt: skip
DISGUISED = (
    "a\0b",
    "ok.txt\0.png",
    "%00",
    "a%00.txt",
    "a%2500.txt",
    "%c0%80",
    "x" * (LONGEST + 1),
    "%" + "25" * 200 + "2e",
)
REMOTE = (
    "\\\\server\\share\\x", "\\\\?\\C:\\x", "\\\\.\\PhysicalDrive0", "\\??\\C:\\x", "//?/C:/x", "//./pipe/x",
    "file://server/share", "file://192.0.2.1/x", "file://[::1]/x", "file://./x",
    "file:\\\\server\\share", "smb://server/share", "php://filter/read=x/resource=y", "phar://x.phar", "expect://id",
    "gopher://x:1/_", "dict://x:1/", "\uff3c\uff3cserver\\share", "%5c%5cserver%5cshare", "PHP://input",
    "zip://x.zip#y",
    "compress.zlib://x", "glob:///x/*", "sftp://x/y", "file://localhost.evil.example/x", "url:file://server/x",
)  # fmt: skip
CREDENTIALS = (
    ".s*h/config", ".{ssh,x}/config", "sub/.[s]sh/x", "id_*", ".ssh/id_rsa", ".ssh", "sub/.ssh/config", ".SSH/ID_RSA", ".aws/credentials", ".gnupg/x", ".netrc", "_netrc",
    ".pgpass",
    ".kube/config", ".docker/config.json", ".git-credentials", ".config/gcloud/x.db", ".config/gh/hosts.yml",
    "id_ed25519",
    ".mozilla/firefox/x/logins.json", "Library/Keychains/login.keychain-db", ".password-store/x.gpg", ".vault-token",
    "AppData/Local/Google/Chrome/User Data/Default/Login Data", "AppData\\Roaming\\gcloud\\x",
    ".config/google-chrome/x",
    ".claude/.credentials.json", ".codex/auth.json", ".%73sh/id_rsa", ".\uff53\uff53\uff48/x", ".s\u200bsh/x",
    ".\u017fsh/x",
    ".ssh./id_rsa", ".ssh /x", "id_rsa::$DATA", "%2essh%2fx", "ssh_host_rsa_key", "x/.ssh//id", ".ssh/../.ssh/x",
    "notes://.ssh/x", ".azure/x", ".cargo/credentials.toml", ".mcp-auth/x", "file:///work/allowed/.ssh/x",
)  # fmt: skip
SECRETS = (
    ".env", "sub/.env", ".env.local", ".env.production", "server.pem", "tls/private.key", "x.p12", "x.pfx", "x.kdbx",
    ".htpasswd", ".npmrc", "secrets.yaml", "credentials.json", "terraform.tfstate", ".bash_history", "%2eenv",
    ".ENV", ".env.",
    "master.key", "x.jks", "kubeconfig", "service-account.json",
)  # fmt: skip
PROTECTED = (
    "sekisho.toml", "sub/sekisho.toml", ".git/hooks/pre-commit", ".git/config", "sub/.git/HEAD",
    ".git", ".GIT/config",
    ".g\u200bit/config", ".git./config", ".git::$INDEX_ALLOCATION/hooks/x", ".github/workflows/ci.yml",
    ".gitlab-ci.yml",
    ".circleci/config.yml", "Jenkinsfile", ".husky/pre-commit", ".pre-commit-config.yaml", ".vscode/tasks.json",
    ".idea/x.xml",
    ".cursor/mcp.json", ".mcp.json", ".claude/settings.json", "claude_desktop_config.json", ".bashrc", ".zshrc",
    ".profile",
    ".config/autostart/x.desktop", ".config/systemd/user/x.service", "Library/LaunchAgents/x.plist", ".vimrc",
    ".gitconfig",
    ".envrc", "sitecustomize.py", ".npmrc", ".cargo/config.toml", ".devcontainer/devcontainer.json", ".tmux.conf",
    "Start Menu/Programs/Startup/x.lnk", ".config/fish/config.fish", "%2egit/hooks/x", ".git\\hooks\\x",
    ".gemini/settings.json",
    "a/b/../.git/hooks/x", "x.code-workspace", ".curlrc", ".codex/config.toml", ".local/share/sekisho/key",
)  # fmt: skip
HONEST = (
    "", ".", "./", "hello.txt", "sub/notes.md", "new..file.txt", "sub/../hello.txt",
    ROOT, ROOT + "/", ROOT + "/sub/x",
    "/work/allowed/sub/../hello.txt", "/work/./allowed//x", "...", "a...b", "..hidden", "x..", "..x/y", ".hidden",
    "a/.../b",
    "%", "100%.txt", "50%25 off.md", "report%20final.pdf", "a%2Fb.txt", "sub/%2e%2e/hello.txt", "caf%C3%A9.md", "%zz",
    "日本語.txt", "資料(最終版).xlsx", "見積書（コピー）.pdf", "価格¥100.txt",
    "Ünïcödé.md", "résumé.pdf", "файл.txt", "a·b.txt",
    "\U0001f469\u200d\U0001f4bb.md", "می\u200cخواهم.txt", "e\u0301.txt", "\uff21\uff22\uff23.txt", "notes\u2026.md",
    "と。.md",
    "Smith, John.txt", "a, b, c.csv", "a.txt, ./b.txt", "sub/a.txt,./b; ./c", "x;y.txt", "a|b.txt", "a:b.txt", "12:30 notes.md", "notes: today.md",
    "C++/main.cpp",
    "$types.ts", "routes/$postId/edit.tsx", "app/posts.$id.tsx", "price in $.txt", "~$report.docx", "main.c~",
    "#draft#",
    "backup~1.txt", "[id].tsx", "[...slug]/page.tsx", "(group)/page.tsx", "@scope/pkg", "src/**/*.ts", "*.md",
    "{a,b}.ts",
    "a b/c d.txt", " leading", "trailing ", "it's.txt", '"quoted".txt', "a&b.txt", "a=b.txt", "a+b.txt", "x^2.txt",
    "q?.txt",
    ".env.example", ".env.sample", ".env.template", "environment.ts", ".gitignore", ".gitattributes",
    ".github/ISSUE.md",
    ".github/dependabot.yml", "git/hooks.md", "docs/.git-notes.md", "ssh.md", "ssh/config.md",
    "docs/aws/credentials.md",
    "id_rsa.pub", "id_rsa_notes.md", "keys.pem.md", "public.pub", "keyboard.keys.ts", "key.ts", "profile.md",
    "bashrc.md",
    "etc/passwd", "proc/self.md", "dev/null.txt", "con.txt", "aux.c", "nul", "PRN/x", "tests/fixtures/passwd",
    "system/x",
    "package.json", "Makefile", "CLAUDE.md", "AGENTS.md", "node_modules/x/index.js", "vscode/settings.json",
    "cursor.md",
    "file:///work/allowed/a.txt", "file:///work/allowed/a%20b.txt", "file:///work/allowed", "file.txt:",
    "notes://today", "notes:///todo/1", "repo://a/b/../c", "memo:1", "data:text/plain,hi",
    "https://example.com/a/../b",
    "a\\b.txt", "sub\\..\\hello.txt", "sub\\dir\\x", "line\nbreak.txt", "tab\there.txt", "-rf.txt", "--help", "a/-/b",
    "rm -rf is only text.md", "$(here).md", "a$(b).txt", "`x`.md", "a&&b.txt", "<b>.html", "SELECT * FROM x.sql",
    "x" * 255, "/".join(["d"] * 500), "%2e", "a%5cb", "a%252fb", ROOT + "//sub///x", "café\u0301", "a\u00a0b.txt",
    "\uff0eenvironment", "1.2.3", "v1.2..v1.3", "HEAD~1", "main..feature", "a..b/c..d", "*.{js,ts}", ".*", ".*/x", ".eslintrc.*", ".{prettierrc,eslintrc}", "." + "*" * 100, "x.tar.gz",
    "src/.",
)  # fmt: skip


def rules(value: str, facts: PathFacts = IN_ROOT, access: Access = Access.WRITE) -> set[str]:
    found = judge_path(value, facts, access=access)
    assert all(0 <= each.start <= each.end <= len(value) for each in found.objections)
    return {each.rule for each in found.objections}


@rows("slash", SLASHES)
@rows("dots", DOTS)
def test_dots_in_any_spelling_do_not_leave_the_root(dots: str, slash: str) -> None:
    assert rules(f"{dots}{slash}{dots}{slash}etc/hostname") & {"path-outside-roots", "path-disguised"}
    assert rules(f"sub{slash}{dots}{slash}{dots}{slash}x", UNKNOWN) & {"path-outside-roots", "path-disguised"}


@rows("value", OUTSIDE)
def test_what_leaves_the_root_is_objected_to(value: str) -> None:
    assert rules(value, access=Access.READ) & {"path-outside-roots", "path-remote"}


@rows("value", DISGUISED)
def test_what_cannot_be_read_is_objected_to(value: str) -> None:
    assert rules(value) == {"path-disguised"}


@rows("value", REMOTE)
def test_another_machine_or_a_wrapper_is_objected_to(value: str) -> None:
    assert "path-remote" in rules(value) or rules(value) == {"path-disguised"}


@rows("value", CREDENTIALS)
@rows("facts", [IN_ROOT, NO_ROOT, UNKNOWN])
def test_credentials_are_nobodys_business(value: str, facts: PathFacts) -> None:
    assert all("path-credential" in rules(value, facts, access) for access in Access)


@rows("value", SECRETS)
@rows("facts", [IN_ROOT, NO_ROOT, UNKNOWN])
def test_files_that_often_hold_secrets_are_asked_for(value: str, facts: PathFacts) -> None:
    assert all("path-secret" in rules(value, facts, access) for access in Access)


@rows("value", PROTECTED)
def test_what_runs_by_itself_is_never_written(value: str) -> None:
    assert "path-protected" in rules(value)
    assert "path-protected" in rules(value, UNKNOWN)
    assert "path-protected" not in rules(value, access=Access.READ)


@rows("value", HONEST)
def test_an_honest_path_passes(value: str) -> None:
    assert judge_path(value, IN_ROOT) == CLEAN
    assert judge_path(value, IN_ROOT, access=Access.READ) == CLEAN


@rows(
    ("value", "facts", "expected"),
    [
        ("/etc/passwd", NO_ROOT, {"path-system"}),
        ("/proc/self/environ", NO_ROOT, {"path-system"}),
        ("/dev/sda", NO_ROOT, {"path-system"}),
        ("/sys/x", NO_ROOT, {"path-system"}),
        ("/ETC/passwd", NO_ROOT, {"path-system"}),
        ("C:/Windows/win.ini", NO_ROOT, {"path-system"}),
        ("/data/x", PathFacts(base=HOME, home=HOME), {"path-undeclared"}),
        ("/data/x", UNKNOWN, {"path-undeclared"}),
        ("../x", PathFacts(base=HOME, home=HOME), {"path-undeclared"}),
        ("notes/x", PathFacts(base=HOME, home=HOME), set[str]()),
        ("~/notes/x", PathFacts(base=HOME, home=HOME), {"path-undeclared"}),
        ("~/notes/x", PathFacts(roots=(f"{HOME}/notes",), base=f"{HOME}/notes", home=HOME), set[str]()),
        ("~me/notes/x", PathFacts(roots=(f"{HOME}/notes",), base=f"{HOME}/notes", home=HOME), set[str]()),
        ("$HOME/notes/x", PathFacts(roots=(HOME,), home=HOME), set[str]()),
        ("~/x", UNKNOWN, {"path-undeclared"}),
        ("a/../b", UNKNOWN, set[str]()),
        ("../b", UNKNOWN, {"path-outside-roots"}),
        ("/etc/nginx/x", PathFacts(roots=("/etc/nginx",)), set[str]()),
        ("/etc/passwd", PathFacts(roots=("/etc/nginx",)), {"path-outside-roots"}),
        ("/etc/passwd", PathFacts(roots=("/",)), {"path-system"}),
        ("/etc/cron.d/x", PathFacts(roots=("/",)), {"path-system", "path-protected"}),
        ("/etc/shadow", PathFacts(roots=("/etc",)), {"path-credential"}),
        ("/etc/../etc/shadow", PathFacts(roots=("/etc",)), {"path-credential"}),
        ("x", PathFacts(roots=("/a", "/b"), base="/b"), set[str]()),
        ("/state/key", PathFacts(roots=("/",), own=("/state",)), {"path-credential"}),
        ("/state", PathFacts(roots=("/",), own=("/state",)), {"path-credential"}),
        ("/stateful", PathFacts(roots=("/",), own=("/state",)), set[str]()),
        ("/Users/ME/project/x", MAC, set[str]()),
        ("/users/me/PROJECT/e\u0301", MAC, set[str]()),
        ("/Users/me/Projects/x", MAC, {"path-outside-roots"}),
        ("/Users/me/project/.Git/hooks/x", MAC, {"path-protected"}),
        ("c:\\users\\ME\\project\\x", WINDOWS, set[str]()),
        ("C:/Users/me/project/x", WINDOWS, set[str]()),
        ("/C:/Users/me/project/x", WINDOWS, {"path-outside-roots"}),
        ("file:///C:/Users/me/project/x", WINDOWS, set[str]()),
        ("sub\\x", WINDOWS, set[str]()),
        ("\\Users\\me\\project\\x", WINDOWS, set[str]()),
        ("\\Windows\\x", WINDOWS, {"path-outside-roots"}),
        ("..\\x", WINDOWS, {"path-outside-roots"}),
        ("D:\\x", WINDOWS, {"path-outside-roots"}),
        ("C:x", WINDOWS, {"path-outside-roots"}),
        ("D:", WINDOWS, {"path-outside-roots"}),
        ("//server/share", WINDOWS, {"path-remote"}),
        ("CON", WINDOWS, {"path-remote"}),
        ("sub\\nul.txt", WINDOWS, {"path-remote"}),
        ("COM1:", WINDOWS, {"path-remote"}),
        ("aux .c", WINDOWS, {"path-remote"}),
        ("console.txt", WINDOWS, set[str]()),
        ("/x", PathFacts(windows=True), {"path-undeclared"}),
    ],
)
def test_the_facts_decide(value: str, facts: PathFacts, expected: set[str]) -> None:
    assert rules(value, facts) == expected


SHARED = PathFacts(roots=(ROOT,), base=ROOT, shared=True)


def answered(value: str, base: PathFacts = SHARED, **answers: str | None) -> set[str]:
    subjects = {f"{ROOT}/{name}": real for name, real in answers.items()}
    found = judge_path(value, PathFacts(roots=base.roots, base=base.base, shared=True), resolved=subjects)
    assert found.needs == ()
    return {each.rule for each in found.objections}


def test_where_links_lead_is_asked_for_and_nothing_is_said_before() -> None:
    found = judge_path("link/x", SHARED)
    assert found.objections == ()
    assert found.needs == (Need(Wanted.REAL_PATH, f"{ROOT}/link/x"),)


def test_a_path_with_dots_is_asked_for_as_written_and_as_walked() -> None:
    assert [need.subject for need in judge_path("link/../x", SHARED).needs] == [f"{ROOT}/x", f"{ROOT}/link/../x"]


@rows(
    ("real", "expected"),
    [
        (f"{ROOT}/link", set[str]()),
        (f"{ROOT}/elsewhere", set[str]()),
        ("/work/outside/created-through-link.txt", {"path-link"}),
        ("/work/allowed_secret", {"path-link"}),
        (None, {"path-link"}),
        (f"{ROOT}/.env", {"path-secret"}),
        (f"{ROOT}/.git/hooks/x", {"path-protected"}),
        (f"{ROOT}/.ssh/x", {"path-credential"}),
        ("/etc/passwd", {"path-link"}),
    ],
)
def test_where_a_link_leads_is_judged(real: str | None, expected: set[str]) -> None:
    assert answered("link", link=real) == expected


def test_without_roots_a_link_may_not_lead_out_of_the_base() -> None:
    nowhere = PathFacts(base=ROOT)
    assert answered("link", nowhere, link="/data/x") == {"path-link"}
    assert answered("link", nowhere, link=f"{ROOT}/y") == set()


def test_a_link_in_a_real_folder_is_found(tmp_path: Path) -> None:
    root = tmp_path / "allowed"
    root.mkdir()
    (tmp_path / "outside").mkdir()
    (root / "link").symlink_to(tmp_path / "outside")
    (root / "dangling").symlink_to(tmp_path / "outside" / "new")
    (root / "kept").symlink_to(root)
    for name, expected in (
        ("link/x", True),
        ("dangling", True),
        ("kept/x", False),
        ("plain", False),
        ("link/../x", True),
    ):
        facts = PathFacts(roots=(str(root),), base=str(root), shared=True)
        told = {need.subject: os.path.realpath(need.subject) for need in judge_path(name, facts).needs}
        found = judge_path(name, facts, resolved=told)
        assert bool(found.objections) is expected


GROUNDS = (
    IN_ROOT, NO_ROOT, UNKNOWN, WINDOWS, MAC, SHARED, PathFacts(roots=("/etc/nginx", "/a/.config"), base="/a/.config"), PathFacts(roots=("/usr/local",), base="/usr/local/x"),
    PathFacts(roots=("/work",), base="/work", own=("/work/state",)), PathFacts(roots=("/work/state/in",), base="/work/state/in", own=("/work/state",)), PathFacts(roots=("/work/é",), base="/work/é"),
)  # fmt: skip
PIECES = (
    "a", "b.txt", "x y", "..", ".", "", "A", "allowed", "allowed_x", "state", "in", "nginx", "work", "etc", "local", "x.", "x ", ".ssh", ".git", "config", "gcloud", "id_rsa", "a[b]", ".[s]sh", "x.pem", "日本", "é", "ſsh",
    "\u0660", "\u115f", "\uff0e", "a\u200b", "x\u02d0",
)  # fmt: skip


@given(
    st.sampled_from(["", "/", f"{ROOT}/", "/work/", "/etc/", "/usr/local/", "/a/.config/", "/Users/me/Project/"]),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=4),
    st.sampled_from(GROUNDS),
    st.sampled_from([*Access]),
    st.sampled_from([None, "", "/etc/passwd"]),
)
def test_what_is_judged_at_once_is_judged_as_all_readings_are(
    before: str, names: list[str], facts: PathFacts, access: Access, real: str | None
) -> None:
    value = before + "/".join(names)
    told = {} if real is None else {where: real or where for where in (value, f"{ROOT}/{value}")}
    found = judge_path(value, facts, access=access, resolved=told)
    careful = judge_carefully(value, facts, access=access, resolved=told)
    assert ({each.rule for each in found.objections}, found.needs) == (
        {each.rule for each in careful.objections},
        careful.needs,
    )


def test_names_of_a_path_are_its_anchor_and_what_is_left_of_it() -> None:
    assert names_of("/a/./b/../c//d/") == ("/", "a", "c", "d")
    assert names_of("C:\\a\\b", windows=True) == ("c:", "a", "b")
    assert names_of("/") == ("/",)


@given(st.text(max_size=200), st.sampled_from([IN_ROOT, NO_ROOT, UNKNOWN, WINDOWS, MAC, SHARED]))
def test_no_text_makes_it_fail(value: str, facts: PathFacts) -> None:
    judge_path(value, facts)


@given(st.text(alphabet="./\\%2e5cf~$:;, \uff0e\u200bax", max_size=40))
def test_who_reads_nothing_into_it_stays_below_the_root(value: str) -> None:
    """The kernel's reading is one of ours: whatever passes stays inside for it."""
    if judge_path(value, IN_ROOT) == CLEAN:
        assert f"{os.path.normpath(os.path.join(ROOT, value))}/".startswith(f"{ROOT}/")  # noqa: PTH118 - text only


@rows("piece", ["../", "%2e", "%25", "a/", "\\", "\uff0e", ". ", ";", ",/", "~", "\u200b", "${", "file:"])
def test_the_length_is_bounded_before_anything_else(piece: str) -> None:
    assert rules(piece * (1_000_000 // len(piece))) == {"path-disguised"}
    judge_path(piece * (LONGEST // len(piece)), IN_ROOT)


@rows("value", ["....//....//etc/passwd", "a/....//b", "....\\/x", "ephemeral:/work/allowed/a.png", "MSL:x.msl"])
def test_what_servers_and_programs_for_media_make_of_a_path_counts(value: str) -> None:
    assert [each.rule for each in judge_path(value, IN_ROOT).objections] == ["path-disguised"]
