from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sekisho.text.assigned import named
from sekisho.text.secrets import TRIGGERS, secrets
from sekisho.text.spans import Several
from tablekit import rows

RANDOM = "q7Rw2mZx9Lk4Vb8Nc3Td6Yh1Jf5Gs0Pa"
"""Nobody's letters."""
LINE = RANDOM * 2
PEM = f"-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\n{LINE}\n{LINE}\nab==\n-----END RSA PRIVATE KEY-----"
TWIN = PEM.replace("\n", "\\n")
PARTS = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA.abc-ef.q7Rw2mZx9Lk4Vb8Nc3Td6Yh1Jf5"
TRIGGER = Several(*TRIGGERS)


def found(text: str) -> list[str]:
    data = text.encode()
    return sorted({data[start:end].decode() for start, end in secrets(data)})


@rows(
    ("text", "secret"),
    [
        (f"a\nghp_{RANDOM} b", f"ghp_{RANDOM}"),
        (f"key sk-proj-{RANDOM}.", f"sk-proj-{RANDOM}"),
        (f"sk-{RANDOM}", f"sk-{RANDOM}"),
        (f"one\\nsk-{RANDOM}", f"sk-{RANDOM}"),
        (f"\x1b[31msk-{RANDOM}", f"sk-{RANDOM}"),
        (f"xghp_{RANDOM}", f"ghp_{RANDOM}"),
        ("AKIAQ7RW2MZX9LK4VB8N", "AKIAQ7RW2MZX9LK4VB8N"),
        (f"x {PEM} y", PEM),
        (f'{{"k":"{TWIN}"}}', TWIN),
        (PEM[: PEM.index("ab==") - 1], PEM[: PEM.index("ab==") - 1]),
        (f"10:11 | -----BEGIN PRIVATE KEY-----\n10:11 | {LINE}\n10:11 | ab==\n", LINE),
        (f"# -----BEGIN PRIVATE KEY-----{' #' * 80} -----BEGIN PRIVATE KEY-----\n# {LINE}\n", LINE),
        (f"> -----BEGIN PRIVATE KEY-----\n> {LINE}\r\n> {LINE[1:]}\n> end", LINE[1:]),
        (f"# -----BEGIN PRIVATE KEY-----\n# {LINE}\n# -----BEGIN PRIVATE KEY-----\n# {LINE[2:]}\n", LINE[2:]),
        (PEM[PEM.index("\n\n") + 2 :], PEM[PEM.index("\n\n") + 2 :]),
        ("DB_PASSWORD=postgres\nX=1", "postgres"),
        ("A=1\n  export PASSWORD=hunter", "hunter"),
        ("password: hunter2", "hunter2"),
        ('"password": "hunter2!"', "hunter2!"),
        ("'dbPassword': 'correctHorse'", "correctHorse"),
        (r"{\"password\": \"hunter2!\"}", "hunter2!"),
        (f"api_key = '{RANDOM}'", RANDOM),
        (f"Authorization: Bearer {RANDOM}", RANDOM),
        (f"//registry/:_authToken={RANDOM}", RANDOM),
        (f"https://a.test/?access_token={RANDOM}&x=1", RANDOM),
        ("secret: 8f14e45f-ceea-467f-ab12-0123456789ab", "8f14e45f-ceea-467f-ab12-0123456789ab"),
        ("postgres://me:s3cr3tpw@db/x", "s3cr3tpw"),
        ("://x:y1z2@https://me:s3cr3tpw@h", "s3cr3tpw"),
        ("https://me:漢字仮@h", "漢字仮"),
        (f"at {PARTS}.", PARTS),
        (f"{PARTS}eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.abcdefghijkl", "eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.abcdefghijkl"),
        (f"https://{RANDOM}@api.test/x", RANDOM),
        (f"AKIAQ7RW2MZX9LK4VB8N,{RANDOM}q7Rw2mZx", f"AKIAQ7RW2MZX9LK4VB8N,{RANDOM}q7Rw2mZx"),
        (f"hf_{'abcdefghijklmnopqrstuvwxyzABCDEFGH'}", f"hf_{'abcdefghijklmnopqrstuvwxyzABCDEFGH'}"),
        (f"{'0123456789abcdef' * 2}-us14", f"{'0123456789abcdef' * 2}-us14"),
        (f"$apr1$OSg4GqtI${RANDOM[:22]}", f"$apr1$OSg4GqtI${RANDOM[:22]}"),
        (f"Private-Lines: 1\n{LINE}\nPrivate-MAC: 1", f"Private-Lines: 1\n{LINE}\nPrivate"),
        (f"password={'äbcde1' * 90}", "äbcde1" * 57 + "ä"),
    ],
)
def test_a_secret_is_found_and_the_cheap_look_sees_it(text: str, secret: str) -> None:
    assert secret in found(text)
    assert TRIGGER.has(text.encode())


@rows(
    "text",
    [
        "password: str",
        "password = getpass()",
        "password=self.password",
        "Password: The password of the user",
        'PASSWORD="changeme"',
        'password = "letmein"',
        "pwd=/home/me",
        "password: abc1",
        f"nextPageToken: {RANDOM}",
        f"public_key = {RANDOM}",
        "token: a1b2",
        "token = this.auth.accessToken2",
        "token: aaaaaaaaaaaaaaaa1111",
        "token: 8f14e45f-ceea-467f-ab12-0123456789ab",
        "tokens: 16000 at most",
        "task-management-2-of-a-long-name-3",
        "sk-learn-some-long-identifier-name",
        "sk-learn-pipeline-with-many-names-2",
        f"SK{'0123456789abcdef' * 2}0",
        "-----END PRIVATE KEY-----",
        "ftp://anonymous:anonymous@ftp.test/",
        "https://some-long-name-of-a-user-here@git.test/",
        "AKIAIOSFODNN7EXAMPLE",
        "-----BEGIN PRIVATE KEY----- is the first line of such a file",
        "https://user:password@example.com/",
        "://me:s3cr3tpw@db/x",
        f"x{PARTS}",
        "MO.abcdef.q7Rw2mZx9Lk4Vb8Nc3Td6Yh1Jf5",
        "http://localhost:8080/a@b",
        "secret=/run/secrets/one/two3456789",
    ],
)
def test_what_only_looks_like_one_is_left_alone(text: str) -> None:
    assert found(text) == []


@rows(
    ("name", "value", "start"),
    [
        ("password", "root", 0),
        ("dbPassword", "hunter2", 0),
        ("apiKey", RANDOM, 0),
        ("authorization", f"Bearer {RANDOM}", 7),
        ("API_KEY_2", RANDOM, 0),
        ("password", "abc", -1),
        ("password", "string", -1),
        ("password", "two words", -1),
        ("password", "***", -1),
        ("password", "/run/secrets/password", -1),
        ("nextPageToken", RANDOM, -1),
        ("description", RANDOM, -1),
        ("token", "short1", -1),
    ],
)
def test_a_member_is_a_secret_by_its_name(name: str, value: str, start: int) -> None:
    assert named(name, value) == start


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_is_read_and_spans_lie_in_it(text: str) -> None:
    data = text.encode()
    assert all(0 <= start < end <= len(data) for start, end in secrets(data))
