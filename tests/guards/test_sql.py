"""One table of queries: what does more than its tool is for, and what looks like it and is honest."""

from __future__ import annotations

import json
import logging
import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from sekisho.guards.objection import CLEAN, Need, Wanted
from sekisho.guards.sql import LONGEST, SqlFacts, Use, engines, judge_name, judge_sql, use_of
from tablekit import rows

if TYPE_CHECKING:
    import pytest

DATA = files("sekisho") / "data"
READING = SqlFacts()
WRITING = SqlFacts(use=Use.WRITE)

WRITES = (
    "INSERT INTO t VALUES (1)", "insert into t select * from u", "UPDATE t SET a=1", "DELETE FROM t", "DROP TABLE t", "CREATE TABLE t (a int)",
    "ALTER TABLE t ADD b int", "TRUNCATE TABLE t", "REPLACE INTO t VALUES (1)", "MERGE INTO a USING b ON a.x=b.x WHEN MATCHED THEN DELETE",
    "WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x", "WITH x AS (INSERT INTO t VALUES (1) RETURNING a) SELECT 1", "WITH x AS (SELECT 1) DELETE FROM t",
    "WITH a AS (WITH b AS (UPDATE t SET a=1 RETURNING *) SELECT * FROM b) SELECT * FROM a", "SELECT * FROM (WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x) y",
    "EXPLAIN ANALYZE DELETE FROM t", "EXPLAIN (ANALYZE, FORMAT JSON) DELETE FROM t", "explain analyze verbose update t set a=1", "EXPLAIN DELETE FROM t",
    "SELECT * INTO u FROM t", "/**/DROP TABLE users", "/* x */ -- y\n DROP TABLE users", "-- x\nDELETE FROM t", "  \n\tDELETE FROM t", "dRoP tAbLe t",
    "CREATE VIEW v AS SELECT 1", "CREATE INDEX i ON t (a)", "DROP VIEW v", "DROP INDEX i", "SELECT @a := 1", "SET x = 1", "BEGIN", "COMMIT", "USE x", "GRANT ALL ON t TO x",
    "DROP DATABASE x", "INSERT INTO t VALUES ('/* */')", "COMMENT ON TABLE t IS 'x'", "KILL 5",
    "SELECT 1 --1\n; DROP TABLE t", "SELECT 'a\\'; DROP TABLE t; -- '", "SELECT $$a$$; DROP TABLE t", "SELECT 1 # x\n; DELETE FROM t", 'SELECT "a\\"; DELETE FROM t; -- "',
    "SELECT 1;DELETE FROM t", "SELECT 1;\n\nUPDATE t SET a=1;", ";;DELETE FROM t", "SELECT 1--x; DROP TABLE t\n--", "SELECT [a]; DELETE FROM t",
)  # fmt: skip
SEVERAL = (
    "SELECT 1; SELECT 2",
    "SELECT 1;SELECT 2;",
    "INSERT INTO t VALUES (1); INSERT INTO t VALUES (2)",
    "SELECT 1; -- x\nSELECT 2",
    "SELECT ';'; SELECT 1",
)
REACHES = (
    "ATTACH DATABASE '/x' AS p", "ATTACH '/x' AS p", "DETACH DATABASE p", "COPY t TO '/x'", "COPY t FROM '/x'", "COPY t TO PROGRAM 'id'", "SELECT load_extension('x')",
    "SELECT pg_read_file('/x')", "SELECT lo_import('/x')", "SELECT lo_export(1,'/x')", "SELECT pg_ls_dir('/')", "SELECT dblink('x','y')", "SELECT pg_sleep(9)",
    "SELECT sleep(9)", "SELECT benchmark(9,md5(1))", "SELECT load_file('/x')", "SELECT readfile('/x')", "SELECT writefile('/x','y')", "SELECT fts3_tokenizer('x')",
    "SELECT query_to_xml('delete from t',true,true,'')", "SELECT set_config('x','y',false)", "SELECT pg_terminate_backend(1)", "SELECT nextval('x')", "SELECT setval('x',1)",
    "SELECT * FROM pg_shadow", "SELECT * FROM pg_catalog.pg_authid", "SELECT * FROM mysql.user", "SELECT a FROM t WHERE x = (SELECT pg_read_file('/x'))",
    "SELECT * FROM t ORDER BY pg_sleep(1)", "SELECT * FROM evil_function(1)", "SELECT eval('x')", "SELECT edit('x')", "EXEC xp_cmdshell 'id'", "PRAGMA writable_schema=1",
    "PRAGMA journal_mode=DELETE", "PRAGMA temp_store_directory='/x'", "SELECT * FROM read_csv('/x')", "SELECT * FROM '/etc/passwd'", 'SELECT * FROM "x.csv"',
    "SELECT xp_cmdshell('x')", "SELECT sys_exec('id')", "SELECT * FROM openrowset('x')", "SELECT utl_http.request('x')", "SELECT system('id')", "SELECT zipfile('x')",
)  # fmt: skip
UNCLEAR = (
    "/*!50000 DELETE FROM t */", "SELECT 1 /*!50000 INTO OUTFILE 'x' */", "SELECT /*M!100 1 */", "SELECT 1 /* /* */ ; DROP TABLE t */", "SELECT 1 /* never closed", "SELECT 1\0; DROP TABLE t",
    "CALL x()", "DO $$ begin end $$", "VACUUM INTO '/x'", "LOAD DATA INFILE '/x' INTO TABLE t", "SELECT 1 INTO OUTFILE '/x'", "HANDLER t OPEN", "LOCK TABLES t WRITE",
    "SELECT $$;;ATTACH\n':memory:'\nAS\nx -- x\n$$", "\nSELECT '\\';replace into T values (1,2)*/ ;'", "not a query", ".shell id", "\\! id", "\\copy t to x", "SELECT 1;\n.shell id", "SELECT (((", "SELECT 'x", "SELECT " + "(" * 100 + "1" + ")" * 100, "SELECT " + "NOT " * 200 + "1",
    "SELECT " + "CASE WHEN 1 THEN " * 200, "LISTEN x", "NOTIFY x", "PREPARE x AS DELETE FROM t", "CHECKPOINT", "REINDEX t", "SECURITY LABEL x", "a",
)  # fmt: skip
HONEST = (
    "SELECT 1", "select * from t", "SELECT id, body FROM tickets WHERE body LIKE '%printer%' ORDER BY id LIMIT 5", "SELECT current_setting('TimeZone')", "SELECT count(*) FROM t GROUP BY a HAVING count(*) > 1", "SELECT DISTINCT a FROM t",
    "SELECT t.a, u.b FROM t JOIN u ON t.id = u.id LEFT JOIN v USING (id)", "WITH x AS (SELECT 1) SELECT * FROM x", "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM r WHERE n<5) SELECT n FROM r",
    "SELECT 1 UNION SELECT 2", "(SELECT 1) UNION ALL (SELECT 2)", "VALUES (1)", "SELECT 'DROP TABLE x'", "SELECT 'it''s; DROP TABLE t; --'", "SELECT * FROM t WHERE a = 'delete'", 'SELECT a FROM "update"',
    "SELECT * FROM t -- all of it", "SELECT * FROM t /* all; of it */", "-- what is there\nSELECT * FROM t", "SELECT * FROM t;", "SELECT * FROM t ;\n", "EXPLAIN SELECT * FROM t", "EXPLAIN QUERY PLAN SELECT * FROM t",
    "EXPLAIN ANALYZE SELECT * FROM t", "EXPLAIN (ANALYZE, BUFFERS) SELECT 1", "DESCRIBE t", "SHOW TABLES", "SHOW DATABASES", "SHOW CREATE TABLE t", "PRAGMA table_info(t)", "PRAGMA table_info('t')", "PRAGMA index_list(t)",
    "SELECT name FROM sqlite_master WHERE type='table'", "SELECT * FROM information_schema.columns WHERE table_name = 't'", "SELECT * FROM pg_catalog.pg_tables", "SELECT * FROM pragma_table_info('t')",
    "SELECT date('now','-7 days')", "SELECT strftime('%Y-%m', d) FROM t", "SELECT now() - interval '1 day'", "SELECT date_trunc('month', d) FROM t", "SELECT json_extract(a, '$.b') FROM t", "SELECT a->>'b' FROM t",
    "SELECT coalesce(a, 0), upper(b), substr(c, 1, 3), round(d, 2) FROM t", "SELECT group_concat(a, ', ') FROM t", "SELECT string_agg(a, ',') FROM t", "SELECT row_number() OVER (PARTITION BY a ORDER BY b) FROM t",
    "SELECT CASE WHEN a > 1 THEN 'x' ELSE 'y' END FROM t", "SELECT CAST(a AS int) FROM t", "SELECT a::text FROM t", "SELECT * FROM t WHERE a IN (SELECT b FROM u)", "SELECT EXISTS (SELECT 1 FROM t)", "SELECT * FROM t WHERE a ~ 'x|y'",
    "SELECT * FROM t WHERE a BETWEEN 1 AND 2 AND b IS NOT NULL", "SELECT TOP 5 * FROM t", "SELECT * FROM t LIMIT 5 OFFSET 10", "SELECT * FROM t FETCH FIRST 5 ROWS ONLY", "SELECT * FROM t WHERE a = ?", "SELECT * FROM t WHERE a = :x",
    "SELECT * FROM t WHERE a = $1", "SELECT `a` FROM `t`", "SELECT [a] FROM [t]", "SELECT -1, - -1, +1, a-b FROM t", "SELECT 'C:\\dir'", "SELECT '日本語' FROM 表", "SELECT * FROM t WHERE name = 'Ünï'", "SELECT a FROM s.t AS x",
    "SELECT * FROM t WHERE a LIKE '50\\%' ESCAPE '\\'", "SELECT $$text$$", "SELECT E'a\\nb'", "SELECT 'a' || 'b'", "SELECT array[1,2]", "SELECT * FROM unnest(array[1,2])", "SELECT * FROM generate_series(1,5)", "SELECT max(a), min(b), avg(c), sum(d) FROM t",
    "SELECT version()", "SELECT sqlite_version()", "SELECT current_date, current_timestamp", "SELECT length('x'), instr('a','b')", "SELECT * FROM t WHERE match_a = 1", "SELECT json_group_array(a) FROM t", "SELECT a FROM t FOR UPDATE",
    "SELECT * FROM t WHERE note = '-- not; a comment'", "SELECT extract(year FROM d) FROM t", "SELECT * FROM t NATURAL JOIN u", "SELECT * FROM a, b WHERE a.x = b.y", "", "-- nothing",
    "PRAGMA user_version", "PRAGMA main.table_info(t)", "PRAGMA journal_mode;", "SELECT listagg(name, ',') FROM t", "SELECT date_bin('1 hour', ts, now()), datetrunc(month, d) FROM t", "SELECT x.* FROM o, jsonb_to_recordset(o.items) AS x(sku text)",
    "SELECT isjson(a), st_geogpoint(lon, lat), to_hex(sha256(b)) FROM t", "SELECT p.value.string_value FROM t AS e, UNNEST(e.params) AS p",
)  # fmt: skip
NAMES = (
    "t", "users", "public.users", "main.t", "a_b", "A1", "t$x", "#temp", "@t", "schema.table.column", "Order Details", "Purchase Order", "my-table", '"Order Details"', "[Order Details]", "`order`", '"a"."b"', "表",
    "日本語.表", "tëst", "group", "order", "select", "union", "user", "and", "or", "limit", "a:b", "2024_data", "", "Tom and Jerry", "set", "drop", "sales 2024", "x" * 500,
)  # fmt: skip
INJECTED = (
    "users) -- ", "users; DROP TABLE x", "users'--", 'users"', "users`", "users]", "t WHERE 1=1", "t UNION SELECT 1", "t union all select 1", "t--", "t/**/", "t/*", "t) UNION SELECT 1", "(SELECT 1)", "t, u", "t\0", "t\nx", "t limit 1", "t or 1",
    "t order by 1", "t group  by x", "t join u", "a=1", "t\\", "t'", "t;", "x(1)", "t FROM u", "t into x", "t having x", "t returning x", "t drop x", "t set a = 1", "'t'", "x" * 600, "t pragma x", '"a""b', '"a;b"', "t and 1", "t%", "t*", "t|u", "t!", "t?",
)  # fmt: skip


def rules(value: str, facts: SqlFacts = READING) -> set[str]:
    found = judge_sql(value, facts)
    assert all(each.start == 0 and each.end == len(value) for each in found.objections)
    return {each.rule for each in found.objections}


@rows("name", ["sql.toml"])
def test_the_table_keeps_its_schema(name: str) -> None:
    jsonschema.validate(
        tomllib.loads(DATA.joinpath(name).read_text("utf-8")),
        json.loads(DATA.joinpath("schemas", "sql.json").read_text("utf-8")),
    )


@rows("value", WRITES)
def test_a_tool_that_reads_changes_nothing(value: str) -> None:
    assert "sql-write" in rules(value)


@rows("value", SEVERAL)
def test_there_is_one_statement(value: str) -> None:
    assert "sql-several" in rules(value, WRITING)
    assert "sql-several" not in rules(value, SqlFacts(use=Use.ANY))


@rows("value", REACHES)
@rows("use", Use)
def test_nothing_reaches_beyond_the_tables(value: str, use: Use) -> None:
    assert rules(value, SqlFacts(use=use)) & {"sql-reach", "sql-unclear"}


@rows("value", UNCLEAR)
def test_what_is_not_understood_is_refused(value: str) -> None:
    assert "sql-unclear" in rules(value)


@rows("value", HONEST)
def test_an_honest_question_passes(value: str) -> None:
    assert judge_sql(value, READING) == CLEAN
    assert judge_sql(value, SqlFacts(use=Use.ANY)) == CLEAN


@rows(
    ("value", "expected"),
    [
        ("INSERT INTO t(a) VALUES ('x'), ('y')--')", True), ("UPDATE t SET a='x' WHERE b=1 --'", True), ("SELECT 1 -- ');", True), ('SELECT "a" --" \n', True),
        ("INSERT INTO t VALUES ('it''s -- not; a')", False), ("SELECT 1 -- don't", False), ("SELECT 1 -- )", False), ("SELECT 1 -- '\nFROM t", False), ("SELECT 1 -- 'x'", False), ("SELECT '--' || a -- x'", False),
        ("SELECT 1 --", False), ("SELECT '--' || 'a'", False), ("SELECT a - -1 /*--*/", False),
    ],
)  # fmt: skip
def test_a_comment_of_closing_quotes_is_what_an_injected_value_leaves(value: str, expected: bool) -> None:  # noqa: FBT001 - a column
    assert ("sql-leftover" in rules(value, WRITING)) is expected


@rows("value", NAMES)
def test_an_honest_name_passes(value: str) -> None:
    assert judge_name(value) == CLEAN


@rows("value", INJECTED)
def test_a_name_is_no_more_than_a_name(value: str) -> None:
    assert [each.rule for each in judge_name(value).objections] == ["sql-identifier"]


@rows(
    ("value", "use", "expected"),
    [
        ("INSERT INTO tickets(body) VALUES ('it''s -- not; a DROP TABLE comment')", Use.WRITE, set[str]()),
        ("UPDATE t SET a = 'x' WHERE b = 1", Use.WRITE, set[str]()),
        ("DELETE FROM t WHERE a = 1", Use.WRITE, set[str]()),
        ("REPLACE INTO t VALUES (1)", Use.WRITE, set[str]()),
        ("CREATE TABLE t (a int)", Use.WRITE, {"sql-write"}),
        ("CREATE TABLE t (a int)", Use.SCHEMA, set[str]()),
        ("DROP TABLE t", Use.SCHEMA, {"sql-write"}),
        ("DROP TABLE t", Use.ANY, set[str]()),
    ],
)
def test_each_use_allows_what_it_is_for(value: str, use: Use, expected: set[str]) -> None:
    assert rules(value, SqlFacts(use=use)) == expected


@rows(
    ("value", "dialect", "expected"),
    [
        ("SELECT 'a\\'; DROP TABLE t; -- '", "sqlite", {"sql-several", "sql-write"}),
        ("SELECT 'a\\'; -- '", "MySQL", set[str]()),
        ("SELECT 1 --1", "postgres", set[str]()),
        ("SELECT 1 --1; DROP TABLE t", "postgres", set[str]()),
        ("SELECT 1 --1; DROP TABLE t", "mysql", {"sql-several", "sql-write"}),
        ("SELECT 1 # 2; DROP TABLE t", "mysql", set[str]()),
        ("SHOW TABLES", "postgres", set[str]()),
        ("SELECT my_function(1)", "an engine nobody knows", {"sql-reach"}),
        ("SELECT items[OFFSET(0)].name FROM t", "bigquery", set[str]()),
        ("SELECT struct_pack(a := 1), {'a': 1}.a", "duckdb", set[str]()),
        ("PIVOT sales ON year USING sum(amount)", "duckdb", set[str]()),
        ("PRAGMA journal_mode(off)", "sqlite", {"sql-reach"}),
        ("SUMMARIZE '/x.csv'", "duckdb", {"sql-reach"}),
        ("SUMMARIZE $$/x.csv$$", "duckdb", {"sql-reach"}),
        ("SELECT 1 UNION ALL SUMMARIZE '/x.csv'", "duckdb", {"sql-reach"}),
        ("SELECT * FROM (SHOW '/x.csv')", "duckdb", {"sql-reach"}),
        ("WITH c AS (SELECT 1) UNPIVOT '/x.csv' ON a", "duckdb", {"sql-reach"}),
        ("SUMMARIZE orders", "duckdb", set[str]()),
        ("SHOW GRANTS FOR CURRENT_USER();", "mysql", set[str]()),
        ("show grants", "mysql", set[str]()),
        ("SHOW GRANTS; DROP TABLE t", "mysql", {"sql-several", "sql-write"}),
        ("SELECT formatReadableSize(sum(bytes)), uniqCombined(a) FROM system.parts", "clickhouse", set[str]()),
        ("SELECT quantileIf(0.9)(a, b > 1), JSONExtract(c, 'd', 'Int64') FROM t", "clickhouse", set[str]()),
        ("SELECT * FROM url('http://x', CSV)", "clickhouse", {"sql-reach"}),
        ("SELECT file('x'), getSetting('y'), dictGet('a', 'b', 1) FROM t", "clickhouse", {"sql-reach"}),
        ("SELECT histogram(a), list_intersect(b, c), jaro_similarity(d, 'e') FROM t", "duckdb", set[str]()),
        ("SELECT getenv('HOME')", "duckdb", {"sql-reach"}),
        ("SELECT lower_inc(r), st_azimuth(a, b), pg_blocking_pids(1) FROM t", "postgres", set[str]()),
        ("SELECT current_setting('x'), pg_stat_file('y')", "postgres", {"sql-reach"}),
        ("SELECT SERVERPROPERTY('Edition'), DATALENGTH(a), HASHBYTES('SHA2_256', b) FROM t", "mssql", set[str]()),
        ("SELECT INET_NTOA(a), JSON_PRETTY(b), STRCMP(c, d) FROM t", "mysql", set[str]()),
        ("SELECT GET_LOCK('a', 9), MASTER_POS_WAIT('b', 1)", "mysql", {"sql-reach"}),
        ("SELECT * FROM @db.sc.st (FILE_FORMAT => 'f')", "snowflake", {"sql-reach"}),
        ("SELECT * FROM DIRECTORY(@s)", "snowflake", {"sql-reach"}),
        ("DESCRIBE TABLE url('http://x', CSV)", "clickhouse", {"sql-reach"}),
        ("SELECT * FROM file('/x', 'y')", "sqlite", {"sql-reach"}),
        ("SELECT NEXT VALUE FOR s", "mssql", {"sql-reach"}),
        ("SELECT s.nextval FROM dual", "oracle", {"sql-reach"}),
        ("SELECT * FROM t@dblink", "oracle", {"sql-reach"}),
        ("SELECT transform(a) USING 'sh' FROM t", "databricks", {"sql-reach"}),
        ("SELECT secret('a', 'b')", "databricks", {"sql-reach"}),
        ("PRAGMA user_version = 5", "sqlite", {"sql-reach"}),
    ],
)
def test_the_engine_decides(value: str, dialect: str, expected: set[str]) -> None:
    assert rules(value, SqlFacts(dialect=dialect)) == expected


def test_a_policy_may_add_functions() -> None:
    assert rules("SELECT my_function(1)", SqlFacts(functions=frozenset({"my_function"}))) == set()


def test_a_long_query_is_left_to_a_worker() -> None:
    text = "SELECT 1 -- " + "x" * LONGEST
    assert judge_sql(text, READING).needs == (Need(Wanted.WORKER, str(len(text))),)
    assert judge_sql(text, SqlFacts(long=True)) == CLEAN


@rows(
    ("value", "among"),
    [
        ("SELECT [a b] FROM t " + "JOIN t " * 60, 1), ("SELECT [a b], " + "b, " * 500 + "c", 1), ("SELECT [a b] FROM t WHERE b = 'x' " + "AND c = d " * 40, 8),
        ("SELECT 'a' FROM t WHERE b = '" + "x" * 3000 + "'", 8),
    ],
)  # fmt: skip
def test_a_query_that_would_keep_others_waiting_is_left_to_a_worker(value: str, among: int) -> None:
    assert judge_sql(value, SqlFacts(among=among)).needs == (Need(Wanted.WORKER, str(len(value))),)
    assert not judge_sql(value, SqlFacts(among=among, long=True)).needs


def test_not_even_a_worker_reads_what_has_no_end() -> None:
    assert "sql-unclear" in rules('SELECT "a.b" FROM t ' + "JOIN t " * 60, SqlFacts(dialect="postgres", long=True))


@rows(
    "value",
    [
        "SELECT 1 DELETE FROM t",
        "SELECT a FROM t SHUTDOWN",
        "SELECT 'it''s' DELETE FROM t WHERE a = 1",
        'SELECT "a" REVERT',
    ],
)
def test_a_statement_without_anything_before_it_is_one_to_some_engines(value: str) -> None:
    assert "sql-unclear" in rules(value, SqlFacts(dialect="mssql"))
    assert "sql-unclear" in rules(value, READING)
    assert rules(value, SqlFacts(dialect="sqlite")) == set()


def test_what_the_parser_does_not_understand_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    judge_sql("CALL something_an_attacker_wrote()", READING)
    # whoever configures logging, as a web server does when it starts, switches every logger on again
    logging.getLogger("sqlglot").disabled = False
    judge_sql("CALL something_an_attacker_wrote()", READING)
    assert caplog.records == []


@given(st.text(max_size=120))
def test_no_text_makes_it_fail(value: str) -> None:
    judge_sql(value, READING)
    judge_name(value)


@given(
    st.lists(
        st.sampled_from(
            [
                "SELECT",
                "(",
                ")",
                "'",
                '"',
                ";",
                "--",
                "/*",
                "*/",
                "1",
                "a",
                "FROM",
                "DELETE",
                "#",
                "$$",
                "\\",
                "[",
                "`",
                ",",
                "\n",
            ]
        ),
        max_size=25,
    )
)
def test_no_syntax_makes_it_fail(words: list[str]) -> None:
    judge_sql(" ".join(words), READING)


@rows(
    "piece",
    [
        "(",
        "[",
        "a+",
        "NOT ",
        "-",
        "UNION SELECT 1 ",
        "f(",
        "CASE ",
        "'",
        "/*",
        "x.",
        "SELECT ",
        "a,",
        "- ",
        "$",
        "::",
        "~",
    ],
)
def test_the_length_is_bounded(piece: str) -> None:
    judge_sql("SELECT " + piece * (1_000 // len(piece)), READING)
    assert judge_sql(piece * (1_000_000 // len(piece)), READING).needs
    judge_name(piece * (1_000_000 // len(piece)))


@rows(
    ("name", "writes", "use"),
    [
        ("read_query", True, Use.READ),
        ("query", True, Use.READ),
        ("execute_sql", False, Use.READ),
        ("execute_sql", True, Use.WRITE),
        ("write_query", True, Use.WRITE),
        ("run_select_query", True, Use.WRITE),
        ("create_table", True, Use.SCHEMA),
        ("alter_schema", True, Use.SCHEMA),
        ("sql", True, Use.WRITE),
    ],
)
def test_a_name_says_what_a_tool_is_for(name: str, writes: bool, use: Use) -> None:  # noqa: FBT001 - a column
    assert use_of(name.split("_"), writes=writes) is use


def test_engines_are_known_by_name() -> None:
    assert {"sqlite", "postgresql", "mariadb"} <= engines()


@rows(
    ("query", "all_rows"),
    [
        ("DELETE FROM t", True),
        ("DELETE FROM t WHERE 1=1", True),
        ("DELETE FROM t WHERE (TRUE)", True),
        ("DELETE FROM t WHERE 1", True),
        ("DELETE FROM t WHERE a = a", True),
        ("WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x", True),
        ("DELETE FROM t WHERE a = 1", False),
        ("DELETE FROM t WHERE a < now() - interval '1 day'", False),
        ("DELETE FROM t WHERE NOT done", False),
        ("DELETE FROM t USING u WHERE t.a = u.a", False),
        ("DELETE FROM t LIMIT 5", False),
        ("UPDATE t SET a = 1", False),
    ],
)
def test_who_may_change_rows_may_not_delete_them_all(query: str, *, all_rows: bool) -> None:
    told = {each.rule for each in judge_sql(query, WRITING).objections}
    assert told == ({"sql-write"} if all_rows else set())
