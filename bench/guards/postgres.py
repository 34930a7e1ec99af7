"""Queries: variants that do more than read, against PostgreSQL itself.

A server of its own is started in a temporary folder, on a Unix socket only, and asked as a role that may read and
nothing else, in read-only transactions. What a variant did is told by the server: by the tag of each statement that it
ran, by the errors for what is read-only or not permitted, and by the settings that changed.
One thing for which the server wants more than reading is allowed on purpose and not among the variants: the lock of
`SELECT … FOR UPDATE`, which ends with the statement where nobody began a transaction.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import random
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sekisho.guards.sql import SqlFacts, judge_sql

if TYPE_CHECKING:
    from collections.abc import Iterator

HARM = (
    "DELETE FROM t",
    "DROP TABLE t",
    "UPDATE t SET a=1",
    "INSERT INTO t VALUES (1,2)",
    "CREATE TABLE x (a int)",
    "SELECT 1 AS a INTO x",
    "WITH c AS (DELETE FROM t RETURNING *) SELECT * FROM c",
    "EXPLAIN ANALYZE DELETE FROM t",
    "EXPLAIN (ANALYZE) UPDATE t SET a=1",
    "COPY t TO '/tmp/x'",
    "COPY t TO PROGRAM 'true'",
    "COPY (SELECT 1) TO STDOUT",
    "DO $$ BEGIN END $$",
    "SELECT pg_read_file('/etc/hostname')",
    "SELECT ('/etc/hostname'::text).pg_read_file",
    "SELECT (x).pg_read_file FROM (SELECT '/etc/hostname'::text AS x) y",
    "SELECT x[1].pg_read_file FROM (SELECT array['/etc/hostname'] AS x) y",
    "SELECT * FROM pg_read_file('/etc/hostname') AS x",
    "SELECT \"pg_read_file\"('/etc/hostname')",
    "SELECT pg_catalog.pg_read_file('/etc/hostname')",
    "SELECT U&\"pg_read\\005ffile\"('/etc/hostname')",
    "SELECT U&\"pg_read!005ffile\" UESCAPE '!' ('/etc/hostname')",
    "SELECT pg_ls_dir('/')",
    "SELECT lo_import('/etc/hostname')",
    "SELECT query_to_xml('delete from t', true, true, '')",
    "SELECT set_config('work_mem', '1MB', false)",
    "SELECT nextval('s')",
    "SELECT * FROM pg_shadow",
    "TABLE pg_authid",
    "SELECT a FROM t WHERE b = (SELECT length(pg_read_file('/etc/hostname')))",
    "SET work_mem = '1MB'",
    "RESET ALL",
    "BEGIN",
    "LISTEN x",
    "NOTIFY x",
    "PREPARE p AS DELETE FROM t",
    "VACUUM",
    "ANALYZE t",
    "LOCK t",
    "CALL x()",
    "GRANT ALL ON t TO public",
    "TRUNCATE t",
    "MERGE INTO t USING t u ON false WHEN MATCHED THEN DELETE",
    "SELECT 1",
    "SELECT a, count(*) FROM t GROUP BY a",
    "SELECT lower('x'), now() FROM t",
    "SHOW work_mem",
    "VALUES (1)",
    "EXPLAIN SELECT 1",
    "SELECT x.pg_read_file FROM unnest(array['/etc/hostname']) AS x",
    "SELECT x.nextval FROM lower('s') x",
    "SELECT lower.nextval FROM lower('s')",
    "SELECT a FROM t WHERE b > (SELECT x.nextval FROM t u, lower('s') x)",
    'SELECT "x"."nextval" FROM ROWS FROM (lower(\'s\')) x',
    "SELECT (SELECT x).nextval FROM lower('s') x",
    "SELECT (array['s'])[1].nextval",
    "SELECT 's'::regclass::text::regclass.nextval",
    "SELECT lo_export(1, '/tmp/x')",
    "SELECT pg_stat_file('/etc/hostname')",
    "SELECT pg_reload_conf()",
    "SELECT pg_terminate_backend(1)",
    "SELECT setval('s', 5)",
    "SELECT * FROM ROWS FROM (pg_ls_dir('/')) x",
    "SELECT E'\\'', pg_ls_dir('/'), '",
    "SELECT U&'\\0027', pg_ls_dir('/')",
    "SELECT (pg_ls_dir('/')).*",
    "SELECT a FROM t ORDER BY pg_ls_dir('/')",
    "SELECT count(*) FILTER (WHERE pg_ls_dir('/') = '') FROM t",
    "SELECT CASE WHEN true THEN (SELECT count(*) FROM pg_ls_dir('/')) END",
    "COPY t FROM PROGRAM 'true'",
    "COPY (DELETE FROM t RETURNING a) TO STDOUT",
    "DO LANGUAGE plpgsql $x$ BEGIN END $x$",
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE TABLE x AS SELECT 1",
    "SELECT 1 AS a INTO TEMP x",
    "SELECT a INTO UNLOGGED x FROM t",
    "SET ROLE reader",
    "SET SESSION AUTHORIZATION postgres",
    "SET LOCAL work_mem = '2MB'",
    "ALTER SYSTEM SET work_mem = '2MB'",
    "ALTER ROLE reader SET work_mem = '2MB'",
    "DECLARE c CURSOR FOR SELECT 1",
    "EXPLAIN (ANALYZE true, VERBOSE) INSERT INTO t VALUES (1, 2)",
    "EXPLAIN ANALYZE CREATE TABLE x AS SELECT 1",
    "EXPLAIN ANALYZE WITH c AS (UPDATE t SET a = 1 RETURNING a) SELECT * FROM c",
    "WITH c AS MATERIALIZED (INSERT INTO t VALUES (1, 2) RETURNING a) SELECT a FROM c",
    "WITH RECURSIVE c AS (SELECT 1), d AS (DELETE FROM t RETURNING *) SELECT 1",
    "WITH c AS (TABLE t) DELETE FROM t USING c",
    "DISCARD ALL",
    "CHECKPOINT",
    "REFRESH MATERIALIZED VIEW v",
    "REINDEX TABLE t",
    "COMMENT ON TABLE t IS 'x'",
    "SECURITY LABEL ON TABLE t IS 'x'",
    "CREATE EXTENSION dblink",
    "START TRANSACTION READ WRITE",
    "SELECT a, row_number() OVER (PARTITION BY b ORDER BY a) FROM t",
    "SELECT x.key, x.value FROM jsonb_each('{\"a\": 1}') AS x",
    "SELECT d::date FROM generate_series(now(), now(), interval '1 day') AS d",
)
BEFORE = (
    "", "", "", " ", "\n", "/**/", "/* x */", "-- x\n", ";", "SELECT 1;", "SELECT 1 ;\n", "EXPLAIN ", "SELECT 'a';", "SELECT 'a''';",
    "SELECT '\\';", "SELECT E'\\'';", "SELECT E'a\\\\';", 'SELECT "a" FROM (SELECT 1 AS a) x;', "SELECT 1 -- x\n;", "/* /* */ */", "/* /* */", "--\n", "\t",
    "\x0c", "SELECT 1 --;\n;", "SELECT ';", "SELECT '", "/*", "SELECT $$;$$;", "SELECT $a$;$$;$a$;", "SELECT $$", "SELECT $a$", "SELECT 1/*;*/;",
    "(", "SELECT U&'\\0027';", "SELECT U&'!0027' UESCAPE '!';", "SELECT B'1';", "SELECT X'1F';", "SELECT N'a';", "SELECT 'a'\n'b';", "# ", "SELECT 1 # 2;",
    "WITH c AS (SELECT 1) ", "SELECT 5 !=- 1;", "SELECT 'a' -- x\n'b';", "SELECT '\\\\';", "EXPLAIN VERBOSE ", "EXPLAIN (COSTS OFF) ", "\ufeff", "\xa0", "\u3000",
    "SELECT 1 -- x\r;", "SELECT 1 /* /* ; */ ' */;", "SELECT $é$;$é$;", "SELECT $1$;", "SELECT a$b$;", "SELECT E'\\\\';", "SELECT e'\n'\n'\\';", 'SELECT U&"a\\0022;";', "SELECT u&'x' UESCAPE '!';", "SELECT 1 !=-- x\n1;", "SELECT 1 @-1;",
    "SELECT 'a'\n\n'b;';", 'SELECT 1::"int4";', 'SELECT "a;""" FROM (SELECT 1 AS "a;""") x;', "SELECT 1 */* x */ 2;", "SELECT 1 +-- '\n2;", "SELECT x'1f';", "SELECT B'0' -- ;\n;", "SELECT 1e1;", "SELECT 0x1;", "TABLE t;", "SELECT 1 AS \"'\";", "SELECT '$$';", "SELECT $$'$$;",
)  # fmt: skip
AFTER = (
    "", "", "", ";", " --", "/*", "*/", "'", '"', " -- x\n", "; SELECT 1", ")", "';", "\n", "; --", "*/ ;", " /* x */", "$$", "$a$", ";;", " LIMIT 1", " WHERE 1=1", " AS x",
)  # fmt: skip
CASES = (
    str, str, str.lower, str.upper, lambda text: text.replace(" ", "/**/"), lambda text: text.replace(" ", "\n"), lambda text: text.replace(" ", " -- x\n"),
    lambda text: text.replace(" ", "/* ' */"), lambda text: text.replace("(", " ("), lambda text: text.replace(".", " . "),
    lambda text: text.replace(" ", "\r"), lambda text: text.replace(" ", " -- '\r"), lambda text: text.replace(" ", "/* /* */ */"), lambda text: text.replace(" ", "\xa0", 1), lambda text: text.replace("'", "$$"), lambda text: text.replace("'", "E'", 1),
)  # fmt: skip
TAGS = ("SELECT", "SHOW", "EXPLAIN")
REFUSED = ("25006", "42501", "57014")
"""What is read-only, not permitted, cut off."""


class Base:
    """One connection, by the simple protocol."""

    def __init__(self, folder: Path) -> None:
        self._wire = socket.socket(socket.AF_UNIX)
        self._wire.settimeout(60)
        self._wire.connect(str(folder / ".s.PGSQL.5432"))
        start = b"user\0reader\0database\0postgres\0client_encoding\0UTF8\0\0"
        self._wire.sendall(struct.pack("!ii", len(start) + 8, 196608) + start)
        self._file = self._wire.makefile("rb")
        self._answers()

    def ask(self, text: str) -> tuple[list[str], list[str], list[bytes]]:
        """Return the tags of what ran, the codes of errors, and the rows."""
        said = text.encode("utf-8", "replace").partition(b"\0")[0] + b"\0"
        self._wire.sendall(b"Q" + struct.pack("!i", len(said) + 4) + said)
        return self._answers()

    def _answers(self) -> tuple[list[str], list[str], list[bytes]]:
        tags, codes, rows = list[str](), list[str](), list[bytes]()
        while True:
            kind, length = struct.unpack("!ci", self._file.read(5))
            body = self._file.read(length - 4)
            if kind == b"Z":
                return tags, codes, rows
            if kind == b"C":
                tags.append(body.rstrip(b"\0").decode())
            elif kind == b"E":
                codes.append(next(field[1:].decode() for field in body.split(b"\0") if field[:1] == b"C"))
            elif kind == b"D":
                rows.append(body)
            elif kind == b"G":
                self._wire.sendall(b"f" + struct.pack("!i", 5) + b"\0")

    def harms(self, text: str) -> bool:
        """Say whether a text does more than read."""
        tags, codes, _ = self.ask(text)
        self.ask("ROLLBACK")
        changed = self.ask("SELECT name FROM pg_settings WHERE source = 'session'")[2]
        self.ask("DISCARD ALL")
        return any(not tag.startswith(TAGS) for tag in tags) or any(code in REFUSED for code in codes) or bool(changed)


def folder_of_programs() -> Path | None:
    """Return where the server's programs are; None if it is not here."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), reverse=True)
    named = shutil.which("postgres")
    return found[0].parent if found else Path(named).resolve().parent if named else None


@contextlib.contextmanager
def server(programs: Path) -> Iterator[Path]:
    """Run a server for as long as it is needed; yields the folder of its socket."""
    user = "postgres" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if user is not None:
            account = pwd.getpwnam(user)
            os.chown(folder, account.pw_uid, account.pw_gid)
        settings = {"PATH": os.environ["PATH"], "HOME": name, "LC_ALL": "C.UTF-8"}
        initdb = [str(programs / "initdb"), "-D", f"{name}/data", "-A", "trust", "-U", "postgres", "-N", "-E", "UTF8"]
        subprocess.run(initdb, check=True, capture_output=True, user=user, env=settings, cwd=name, timeout=120)
        options = [
            f"unix_socket_directories={name}", "listen_addresses=", "fsync=off", "logging_collector=off",
            "statement_timeout=5s", "max_connections=5",
        ]  # fmt: skip
        command = [
            str(programs / "postgres"),
            "-D",
            f"{name}/data",
            *(part for each in options for part in ("-c", each)),
        ]
        quiet = subprocess.DEVNULL
        running = subprocess.Popen(command, user=user, env=settings, cwd=name, stdin=quiet, stdout=quiet, stderr=quiet)
        try:
            _made_ready(programs, folder, user, settings)
            yield folder
        finally:
            running.send_signal(signal.SIGINT)
            running.wait(60)


def _made_ready(programs: Path, folder: Path, user: str | None, settings: dict[str, str]) -> None:
    setup = (
        "CREATE TABLE t (a int, b int); INSERT INTO t VALUES (1, 2); CREATE SEQUENCE s; CREATE ROLE reader LOGIN;"
        "GRANT SELECT ON t TO reader; GRANT USAGE ON s TO reader; ALTER ROLE reader SET default_transaction_read_only = on"
    )
    psql = [str(programs / "psql"), "-h", str(folder), "-U", "postgres", "-d", "postgres", "-q", "-c", setup]
    for _ in range(120):
        if (folder / ".s.PGSQL.5432").exists():
            done = subprocess.run(
                psql, check=False, capture_output=True, user=user, env=settings, cwd=folder, timeout=60
            )
            if done.returncode == 0:
                return
        time.sleep(0.25)
    raise RuntimeError("the server did not start")


def measure(count: int, seed: int) -> dict[str, object]:
    """Compare `count` queries with PostgreSQL."""
    programs = folder_of_programs()
    if programs is None:
        return {"variants": 0, "harm": 0, "bypass": 0, "stricter": 0, "examples": [], "skipped": "no PostgreSQL here"}
    chance = random.Random(seed)  # noqa: S311 - variants, no secrets
    bypasses, harm, strict = list[str](), 0, 0
    with server(programs) as folder:
        base = Base(folder)
        for at in range(count):
            twice = at % 4 == 0
            text = "".join((
                chance.choice(BEFORE), chance.choice(BEFORE) if twice else "", chance.choice(CASES)(chance.choice(HARM)),
                chance.choice(AFTER), chance.choice(AFTER) if twice else "",
            ))  # fmt: skip
            harms = base.harms(text)
            clean = not judge_sql(text, SqlFacts(dialect="postgres" if at % 2 else None)).objections
            harm += harms
            bypasses += [text] if harms and clean else []
            strict += not harms and not clean
    return {"variants": count, "harm": harm, "bypass": len(bypasses), "stricter": strict, "examples": bypasses[:5]}
