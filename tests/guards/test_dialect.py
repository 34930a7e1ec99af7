"""The language of a query, as descriptions tell it: the engine, or that it is another one than SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.engine.guarding import guard
from sekisho.guards.dialect import spoken_engine
from sekisho.meaning.tool import Tool
from sekisho.policy.facts import NOTHING_KNOWN
from tablekit import rows

if TYPE_CHECKING:
    from sekisho.wire.strict import JsonObject


@rows(
    ("description", "engine"),
    [
        ("Execute ClickHouse queries", "clickhouse"),
        ("Runs SQL against your Snowflake warehouse.", "snowflake"),
        ("Execute a query in MySQL", "mysql"),
        ("Execute a SQL query on a MSSQL database", "mssql"),
        ("Postgres queries in a Postgres database", "postgres"),
        ("Translate MySQL queries to DuckDB SQL", None),
        ("Queries whatever database there is", None),
        ("A spark of joy", None),
        ("", None),
    ],
)
def test_one_engine_is_told_by_a_description_and_of_several_none(description: str, engine: str | None) -> None:
    assert spoken_engine(description) == engine


def told(name: str, description: str, arguments: JsonObject, **said: str) -> set[str]:
    properties: JsonObject = {key: {"type": "string", "description": said.get(key, "")} for key in arguments}
    made = Tool({"name": name, "description": description, "inputSchema": {"properties": properties}})
    return {each.objection.rule for each in guard(made.read(arguments), made, NOTHING_KNOWN).found}


@rows(
    ("name", "description", "query", "said", "rule"),
    [
        ("query_range", "Query time series", "sum(rate(a{b=~'c|d'}[5m])) by (le)", "PromQL expression", None),
        ("query", "Query a page", "//h2[contains(@class, 'a')]/@href", "The XPath query to execute", None),
        ("query_page", "Query an XML document", "doc('file:///etc/passwd')", "The XPath query", "content-reaches"),
        ("run_query", "Run a research query", "Does p < 0.05 (n=48) hold?", "The research question", None),
        ("run_query", "Run a research query", "Does p < 0.05 (n=48) hold?", "", None),
        ("query_records", "Finds records", "Show all deals where Stage is 'Won' and Amount > 5", "", None),
        ("query_records", "Finds records", "SELECT pg_read_file('a')", "", "sql-reach"),
        ("query_records", "Finds records", "x'; DROP TABLE a", "", "sql-unclear"),
        ("query_records", "Finds records", "DROP DATABASE a", "", "sql-write"),
        ("query_records", "Finds records of the database", "All deals where Stage is 'Won'", "", "sql-unclear"),
        ("query_database", "Turns words into SQL", "Does p < 0.05 hold?", "Natural language question", None),
        ("query", "Query the database", "DROP TABLE a", "A question or search terms", "sql-write"),
        ("query", "Query", "DROP TABLE a", "An SQL query, or a question", "sql-write"),
        ("sql_query", "Query", "DROP TABLE a", "A question", "sql-write"),
        ("execute_query", "Execute ClickHouse queries", "SELECT a FROM b FORMAT JSONCompact", "", None),
        ("execute_query", "Execute queries", "SELECT a FROM b FORMAT JSONCompact", "", "sql-unclear"),
        ("execute_query", "Execute ClickHouse queries", "SELECT a FROM b INTO OUTFILE 'c'", "", "sql-unclear"),
    ],
)
def test_the_language_of_a_query_is_the_one_that_descriptions_speak_of(
    name: str, description: str, query: str, said: str, rule: str | None
) -> None:
    assert told(name, description, {"query": query}, query=said) == ({rule} if rule else set())
