"""What stands beside a name that says that it is a secret: found in every notation, and left alone where it is none."""

from __future__ import annotations

from sekisho.text.assigned import TRIGGER, assigned, named
from sekisho.text.spans import Spans
from tablekit import rows

RANDOM = "q7Rw2mZx9Lk4Vb8Nc3Td6Yh1Jf5Gs0Pa"
"""Nobody's letters."""
UUID = "8f14e45f-ceea-467f-ab12-0123456789ab"
WORDS = "abandon ability able about above absent absorb abstract absurd abuse access accident"
LOGIN = "bWU6aHVudGVyMnh5eg=="
TRIGGERS = Spans(TRIGGER, utf8=True)


def found(text: str) -> list[str]:
    data = text.encode()
    return sorted({data[start:end].decode() for start, end in assigned(data)})


@rows(
    ("text", "secret"),
    [
        ("DB_PASS=S3cretw0rd\n", "S3cretw0rd"),
        ("pass = 'S3cretw0rd'", "S3cretw0rd"),
        ("jdbc:mysql://db/app?user=me&password=lCWIOdmKSfft", "lCWIOdmKSfft"),
        (f"GITHUB_PAT={RANDOM}", RANDOM),
        (f"OPENWEATHER_KEY={RANDOM}", RANDOM),
        ("API_TOKEN=q7Rw2mZx9Lk4", "q7Rw2mZx9Lk4"),
        ("VAULT_TOKEN=s.q7Rw2mZx9Lk4Vb8Nc3Td6Yh1", "s.q7Rw2mZx9Lk4Vb8Nc3Td6Yh1"),
        (f"RAILWAY_TOKEN={UUID}", UUID),
        (f"//registry.test/:_authToken={UUID}", UUID),
        (f"_auth={LOGIN}", LOGIN),
        (f'{{"auth": "{LOGIN}"}}', LOGIN),
        ("SECRET_KEY = 'django-insecure-q7Rw2!mZx9@Lk4#Vb8'", "django-insecure-q7Rw2!mZx9@Lk4#Vb8"),
        (f"AccountKey=/{RANDOM}/{RANDOM}==;X", f"/{RANDOM}/{RANDOM}=="),
        (f"tool --token {RANDOM} run", RANDOM),
        ("tool --password 'S3cret9x' run", "S3cret9x"),
        ("define('DB_PASSWORD', 'wpS3cret9');", "wpS3cret9"),
        ("<password>hunter2x9</password>", "hunter2x9"),
        (f'<add key="ApiKey" value="{RANDOM}"/>', RANDOM),
        (f"session_token\t{RANDOM}", RANDOM),
        ("machine h.test login me password treehouse", "treehouse"),
        ("user me\npassword pl4inPass\n", "pl4inPass"),
        ("sshpass -p 'S3cr3t!' ssh h", "S3cr3t!"),
        ("mysql -u root -pRt9xQ2!a app", "Rt9xQ2!a"),
        ("curl -u admin:S3cret99 https://h.test", "S3cret99"),
        ("db.host:5432:app:me:pg9Passx", "pg9Passx"),
        ("The password is Hunter2x9! for it.", "Hunter2x9!"),
        ("パスワード: Hunter2x9", "Hunter2x9"),
        ("Passwort: Hunter2x9", "Hunter2x9"),
        (f"seed phrase: {WORDS}", WORDS),
        (f"Cookie: theme=dark; sid={RANDOM}", RANDOM),
        (f'[{{"name": "sessionid", "value": "{RANDOM}"}}]', RANDOM),
        (f'[{{\\"key\\":\\"api_token\\",\\"value\\":\\"{RANDOM}\\"}}]', RANDOM),
        (f"its key id is 7 and the secret is {RANDOM}, no more", RANDOM),
        (f"The access key is: `{RANDOM}`.", RANDOM),
        ("chpasswd:\n  list: |\n    root:S3cret9xyz\n  expire: False\n", "S3cret9xyz"),
        ("echo 'ops:S3cret9xyz' | sudo chpasswd", "S3cret9xyz"),
        ("jdbc:oracle:thin:me/V4lley#9@//db.test:1521/X", "V4lley#9"),
        ("sqlplus me/V4lley#9@db", "V4lley#9"),
        (f"run --api key {RANDOM}", RANDOM),
        ("run --パスワード S3cret9x", "S3cret9x"),
        ('getenv("contraseña", "S3cret9x")', "S3cret9x"),
        ('<password a="b"\n  c="d">S3cret9x</password>', "S3cret9x"),
        ('[{"name": "DB_PASSWORD",\x0b"value": "S3cret9x"}]', "S3cret9x"),
        (f"wallet phrase: {WORDS}", WORDS),
        (f'{{"kty":"EC","d":"{RANDOM}{RANDOM}"}}', f"{RANDOM}{RANDOM}"),
    ],
)
def test_a_secret_is_found_in_every_notation_and_the_cheap_look_sees_it(text: str, secret: str) -> None:
    assert secret in found(text)
    assert TRIGGERS.has(text.encode())


@rows(
    "text",
    [
        "compass: north1x",
        "PASS: test_parser2",
        "pass: x1y2z3",
        "パスワード: 8文字以上で入力してください",
        "The password is sha256-hashed",
        "password is required",
        "username and password authentication, this",
        "2001:1234:85a3:0000:0000:8a2e:0370:7334",
        "docker run -u 1000:1000 img",
        "token: 2026-01-02T03:04:05Z",
        "_DATA_KEY: base64_str",
        f"sort_key = {RANDOM}",
        f"monkey_key: {RANDOM}",
        "author: Jane Doe",
        f"oauth: {RANDOM}",
        f"author_auth={RANDOM}",
        "Cookie: theme=dark; lang=en; a=aaaaaaaaaaaaaaaaaaaaaaaa",
        f'{{"d":"{RANDOM}{RANDOM}"}}',
        "seed phrase: keep it safe",
        "The key is /usr/share/keyrings/archive-keyring.gpg there.",
        "The token is revoked-by-the-administrator now.",
        "machine h.test login USER password PASSWORD",
        "chpasswd\nimages:\n  web:latest\n",
        '[{"name": "title", "value": "q7Rw2mZx9Lk4Vb8Nc3Td6Yh1Jf5Gs0Pa"}]',
        "token=aaaaaaaaaaaaaaaaaaaaaaaaa1",
    ],
)
def test_what_only_looks_like_one_is_left_alone(text: str) -> None:
    assert found(text) == []


@rows(
    ("name", "value", "start"),
    [
        ("dbPass", "hunter2", 0),
        ("compass", "hunter2", -1),
        ("auth", LOGIN, 0),
        ("auth", "none", -1),
        ("auth", "w6TDtg==", -1),
        ("key", RANDOM, -1),
        ("sessionId", RANDOM, -1),
        ("AP\u0130_KEY", RANDOM, 0),  # letters without a dot, or with one, are an i
        ("ap\u0131Key", RANDOM, 0),
        ("to\u212aen", RANDOM, 0),
        ("d\u0131ary", RANDOM, -1),
    ],
)
def test_a_member_is_one_by_its_name(name: str, value: str, start: int) -> None:
    assert named(name, value) == start
