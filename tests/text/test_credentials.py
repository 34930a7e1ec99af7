from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.text.credentials import address_secret, header_secret, is_placeholder, known_form, masked, named_secret
from tablekit import rows

RANDOM = "q7Rw2mZx9Lk4Vb8Nc3Td6Yh1Jf5Gs0Pa"
"""Nobody's letters."""


@rows(
    ("value", "kind"),
    [
        (f"ghp_{RANDOM}1234", "GitHub token"),
        (f"github_pat_{RANDOM}_{RANDOM}", "GitHub token"),
        (f"glpat-{RANDOM}", "GitLab token"),
        (f"xoxb-123456789012-{RANDOM}", "Slack token"),
        (f"sk-ant-api03-{RANDOM}", "Anthropic key"),
        (f"sk-proj-{RANDOM}", "OpenAI key"),
        (f"AIza{RANDOM}abc", "Google key"),
        ("AKIAQ7RW2MZX9LK4VB8N", "AWS key"),
        (f"sk_live_{RANDOM}", "Stripe key"),
        (f"hf_{RANDOM}", "Hugging Face token"),
        (f"Bearer eyJ{RANDOM}.eyJ{RANDOM}.{RANDOM}", "signed token"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl", "private key"),
        (f"--key=npm_{RANDOM}", "npm token"),
    ],
)
def test_tokens_are_known_by_their_form(value: str, kind: str) -> None:
    assert known_form(value) == kind
    assert named_secret("ANYTHING", value) == kind
    assert address_secret(value) == kind


@rows(
    "value",
    [
        "${GITHUB_TOKEN}",
        "${env:TOKEN}",
        "${input:token}",
        "$TOKEN",
        "%TOKEN%",
        "{{token}}",
        "{env:TOKEN}",
        "<your-token>",
        "your-api-key-here",
        "YOUR_API_KEY",
        "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "sk-your-openai-key-goes-here-123456",
        "AKIAIOSFODNN7EXAMPLE",
        "op://vault/item/field",
        "secret://weather/token",
        "changeme",
        "REPLACE_ME",
        "***",
        "aaaaaaaaaaaaaaaa",
        "none",
    ],
)
def test_what_stands_for_a_secret_is_none(value: str) -> None:
    assert is_placeholder(value)
    assert known_form(value) is None
    assert named_secret("API_KEY", value) is None


@rows(
    ("name", "value", "kind"),
    [
        ("API_KEY", RANDOM, "secret"),
        ("apiKey", RANDOM, "secret"),
        ("--client-secret", RANDOM, "secret"),
        ("GITHUB_TOKEN_2", RANDOM, "secret"),
        ("AWS_SECRET_ACCESS_KEY", f"{RANDOM}+/abcdef", "secret"),
        ("DB_PASSWORD", "postgres", "password"),
        ("dbPassword", "hunter2!", "password"),
        ("PASSPHRASE", "correct horse battery", "password"),
        ("API_KEY", "abc", None),
        ("API_KEY", "/run/secrets/key", None),
        ("API_KEY", "~/.keys/weather", None),
        ("API_KEY", "C:\\keys\\weather", None),
        ("API_KEY", "service.json", None),
        ("API_KEY", "not a key at all 1", None),
        ("AUTH_TOKEN", "development", None),
        ("DB_PASSWORD", "****", None),
        ("DB_PASSWORD", "pw", None),
        ("PASSWORD_FILE", "/run/secrets/password", None),
        ("MAX_TOKENS", "4096", None),
        ("TOKEN_ENDPOINT", "https://a.example/token", None),
        ("REGION", RANDOM, None),
        ("KEY_ID", RANDOM, None),
    ],
)
def test_a_name_says_that_a_value_is_a_secret(name: str, value: str, kind: str | None) -> None:
    assert named_secret(name, value) == kind


@rows(
    ("name", "value", "kind"),
    [
        ("Authorization", f"Bearer {RANDOM}", "secret"),
        ("authorization", f"Basic {RANDOM}=", "secret"),
        ("X-API-Key", RANDOM, "secret"),
        ("Cookie", "session=a1b2c3d4e5f6g7h8", "secret"),
        ("Authorization", "Bearer ${TOKEN}", None),
        ("X-Region", "eu-central-1", None),
        ("Accept", "application/json", None),
    ],
)
def test_headers_carry_secrets(name: str, value: str, kind: str | None) -> None:
    assert header_secret(name, value) == kind


@rows(
    ("value", "kind"),
    [
        ("postgresql://app:hunter22@db.example.org/app", "password"),
        ("https://user:p%40ss@a.example/", "password"),
        (f"https://{RANDOM}@a.example/", "secret"),
        (f"https://a.example/mcp?region=eu&api_key={RANDOM}", "secret"),
        (f"https://a.example/s/{RANDOM}/mcp", "secret"),
        (f"https://a.example/s/{RANDOM}?x=1", "secret"),
        ("Server=a.example;User Id=sa;Password=hunter22!;", "password"),
        ("Endpoint=sb://a.example/;SharedAccessKey=abcd1234", "password"),
        ("Server=a.example;Password=${PASSWORD};", None),
        ("postgresql://app:${PASSWORD}@db.example.org/app", None),
        ("https://user:<password>@a.example/", None),
        ("https://a.example/mcp?key=${KEY}&page=12", None),
        ("https://a.example/0f8fad5b-d9cb-469f-a165-70867728950e/mcp", None),
        ("https://a.example/0123456789abcdef0123456789abcdef01234567", None),
        ("https://a.example/a-very-long-name-of-a-page-that-somebody-wrote", None),
        ("https://a.example:8080/mcp", None),
        ("not an address", None),
    ],
)
def test_addresses_carry_secrets(value: str, kind: str | None) -> None:
    assert address_secret(value) == kind


@rows(
    ("text", "expected"),
    [
        (f"a ghp_{RANDOM}1234 b", "a … b"),
        ("postgresql://app:hunter22@db.example.org/app", "postgresql://app:…@db.example.org/app"),
        (f"--api-key={RANDOM} --units=metric", "--api-key=… --units=metric"),
        (f"--token {RANDOM}", "--token …"),
        (f"Authorization: Bearer {RANDOM}", "Authorization: Bearer …"),
        ("npx -y mcp-remote@0.1.15", "npx -y mcp-remote@0.1.15"),
    ],
)
def test_secrets_are_cut_out_of_a_text(text: str, expected: str) -> None:
    assert masked(text) == expected


@given(st.text(), st.text())
@settings(deadline=None)
def test_no_text_is_too_strange(name: str, value: str) -> None:
    named_secret(name, value)
    header_secret(name, value)
    address_secret(value)
    masked(value)
