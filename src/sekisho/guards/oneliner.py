"""Short programs of Python and Node on a command line that only compute and tell: `python -c 'import json; …'`.

What they may hold is listed, down to the names of attributes; anything else is code, of which nobody knows what it
does. They may read files of the project that they name, start nothing, write nothing, and connect to nothing. A module
of the project or of a package may be imported, and asked for its version: importing runs it, as `python -m` does.
"""

from __future__ import annotations

import ast
import re
import sys
import warnings
from typing import TYPE_CHECKING, Final

from sekisho.guards.mentioned import mentions
from sekisho.guards.places import Access

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

__all__ = ["LONGEST", "only_computes", "only_shows"]

LONGEST: Final = 2000
"""Characters of a program."""

_NODES: Final = (
    ast.Module, ast.Expr, ast.Assign, ast.AugAssign, ast.For, ast.If, ast.With, ast.withitem, ast.Pass, ast.Assert,
    ast.IfExp, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.comprehension, ast.Compare, ast.BoolOp,
    ast.BinOp, ast.UnaryOp, ast.Call, ast.keyword, ast.Subscript, ast.Slice, ast.Constant, ast.Tuple, ast.List,
    ast.Dict, ast.Set, ast.JoinedStr, ast.FormattedValue, ast.Starred, ast.Import, ast.ImportFrom, ast.alias,
    ast.Name, ast.Attribute, ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.Lambda,
    ast.arguments, ast.arg,
)  # fmt: skip
_MODULES: Final = frozenset({
    "ast", "base64", "binascii", "calendar", "collections", "csv", "datetime", "decimal", "difflib", "fractions",
    "hashlib", "html", "importlib.metadata", "ipaddress", "itertools", "json", "keyword", "math", "pathlib",
    "platform", "pprint", "random", "re", "statistics", "string", "struct", "sys", "textwrap", "time", "tomllib",
    "unicodedata", "urllib.parse", "uuid", "zlib",
})  # fmt: skip
_BUILTINS: Final = frozenset({
    "abs", "all", "any", "ascii", "bin", "bool", "bytes", "callable", "chr", "dict", "divmod", "enumerate", "filter",
    "float", "frozenset", "hash", "hex", "id", "int", "isinstance", "issubclass", "iter", "len", "list", "map", "max",
    "min", "next", "oct", "open", "ord", "pow", "print", "range", "repr", "reversed", "round", "set", "slice",
    "sorted", "str", "sum", "tuple", "type", "zip",
})  # fmt: skip
_ATTRIBUTES: Final = frozenset({
    # of texts, numbers and collections
    "add", "append", "as_integer_ratio", "bit_length", "capitalize", "casefold", "center", "copy", "count", "decode",
    "difference", "elements", "encode", "endswith", "extend", "find", "findall", "finditer", "fromhex", "fromkeys",
    "fullmatch", "get", "group", "groupdict", "groups", "hex", "index", "insert", "intersection", "isalnum",
    "isalpha", "isascii", "isdecimal", "isdigit", "isdisjoint", "islower", "isnumeric", "isspace", "issubset",
    "issuperset", "isupper", "items", "join", "keys", "ljust", "lower", "lstrip", "match", "most_common", "partition",
    "pop", "removeprefix", "removesuffix", "replace", "reverse", "rfind", "rindex", "rjust", "rpartition", "rsplit",
    "rstrip", "search", "setdefault", "sort", "span", "split", "splitlines", "start", "startswith", "strip", "sub",
    "subn", "swapcase", "symmetric_difference", "title", "to_bytes", "translate", "union", "update", "upper",
    "values", "zfill",
    # of modules
    "Counter", "Decimal", "Fraction", "Path", "OrderedDict", "defaultdict", "b16decode", "b16encode", "b32decode",
    "b32encode", "b64decode", "b64encode", "urlsafe_b64decode", "urlsafe_b64encode", "hexlify", "unhexlify", "chain",
    "combinations", "cycle", "permutations", "product", "groupby", "islice", "pairwise", "dumps", "load", "loads",
    "reader", "DictReader", "date", "datetime", "time", "timedelta", "timezone", "utc", "now", "utcnow", "today",
    "fromtimestamp", "fromisoformat", "isoformat", "strftime", "strptime", "timestamp", "year", "month", "day",
    "hour", "minute", "second", "weekday", "days", "seconds", "total_seconds", "perf_counter", "monotonic", "gmtime",
    "localtime", "unified_diff", "ndiff", "context_diff", "md5", "sha1", "sha256", "sha384", "sha512", "blake2b",
    "digest", "hexdigest", "escape", "unescape", "metadata", "version", "ip_address", "ip_network", "is_private",
    "hosts", "num_addresses", "kwlist", "iskeyword", "sqrt", "pi", "e", "tau", "inf", "nan", "sin", "cos", "tan",
    "log", "log2", "log10", "exp", "floor", "ceil", "gcd", "lcm", "factorial", "comb", "perm", "hypot", "isclose",
    "isnan", "prod", "fsum", "pprint", "pformat", "random", "randint", "choice", "choices", "sample", "shuffle",
    "seed", "uniform", "compile", "I", "M", "S", "X", "IGNORECASE", "MULTILINE", "DOTALL", "VERBOSE", "mean",
    "median", "mode", "stdev", "pstdev", "variance", "quantiles", "ascii_letters", "ascii_lowercase",
    "ascii_uppercase", "digits", "punctuation", "whitespace", "pack", "unpack", "calcsize", "dedent", "indent",
    "fill", "wrap", "shorten", "name", "category", "normalize", "parse", "quote", "quote_plus", "unquote",
    "unquote_plus", "urlencode", "urlparse", "urlsplit", "parse_qs", "parse_qsl", "urljoin", "scheme", "netloc",
    "path", "query", "fragment", "hostname", "port", "uuid4", "uuid1", "uuid5", "crc32", "adler32", "compress",
    "decompress", "literal_eval", "walk", "dump", "body", "FunctionDef", "ClassDef", "AsyncFunctionDef", "lineno",
    "python_version", "machine", "platform", "python_implementation", "release",
    # of `sys`
    "argv", "byteorder", "executable", "getdefaultencoding", "getrecursionlimit", "getsizeof", "implementation",
    "maxsize", "maxunicode", "prefix", "stdin", "version_info", "major", "minor", "micro", "exit",
    # of files that are read
    "exists", "glob", "is_dir", "is_file", "iterdir", "read", "read_bytes", "read_text", "readline", "readlines",
    "rglob", "st_size", "stat", "stem", "suffix",
})  # fmt: skip
"""Nothing of this name starts, writes or connects, on whatever a program that is listed here can reach."""

_TOLD: Final = frozenset({"VERSION", "__file__", "__name__", "__version__", "version"})
"""What a module that is not listed may be asked for."""

_ASKED: Final = frozenset({("yaml", "safe_load"), ("yaml", "safe_load_all")})
"""What such a module may be told to do."""

_GROWING: Final = frozenset({"add", "append", "extend", "insert", "pop", "reverse", "setdefault", "sort", "update"})
"""What changes a list in place: the list of folders from which modules are loaded, for one."""

_ARGUMENTS: Final = {"copy": 0, "replace": 2}
"""How many arguments a text or a list takes, where a file of this name takes the place to which it is written."""

_READING: Final = frozenset({"r", "rb", "rt"})
_AROUND: Final = frozenset({"encoding", "errors", "newline", "mode"})
_ELSEWHERE: Final = re.compile(r"\.\.|^[/~\\]|^[A-Za-z]:")
_PLAIN: Final = r"process\.(?:arch|platform|version|versions(?:\.\w{1,20})?)"
_QUOTED: Final = r"\./(?:[A-Za-z0-9_-]{1,64}/){0,8}[A-Za-z0-9_-][\w.-]{0,64}\.json"
_MEMBERS: Final = r"(?:\.[A-Za-z_]\w{0,60}|\[['\"][\w@/.-]{1,80}['\"]\]){0,8}"
_TOLD_BY_NODE: Final = rf"(?:{_PLAIN}|require\((?:'{_QUOTED}'|\"{_QUOTED}\")\){_MEMBERS})"
_SHOWN: Final = re.compile(rf"\s*(?:{_TOLD_BY_NODE}|console\.log\(\s*{_TOLD_BY_NODE}\s*\))\s*;?\s*")


def only_shows(text: str) -> bool:
    """Say whether a program of Node only shows its version, or a member of a JSON file of the project."""
    return len(text) <= LONGEST and ".." not in text and _SHOWN.fullmatch(text) is not None


def only_computes(text: str) -> bool:
    """Say whether a program of Python only computes and tells."""
    if len(text) > LONGEST or "$" in text or "`" in text:
        return False  # a shell would put something in
    nodes = _nodes(text)
    if not nodes or not all(isinstance(node, _NODES) for node in nodes):
        return False
    listed, others = set[str](), set[str]()
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom) and not _imports(node, listed, others):
            return False
    bound = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    bound |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    known = (_BUILTINS | listed | bound) - others
    return (
        _names_are(nodes, known, others)
        and _files_are_read(nodes, named="Path" in _attributes(nodes) | listed)
        and _folders_stay(nodes, moved=bool(others))
        and not any(mentions(each, Access.READ) for each in _texts(nodes))
    )


def _nodes(text: str) -> Sequence[ast.AST]:
    """Return all parts of a program; none if it is no program."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of `'\\d'`, which is no mistake here
        try:
            return [*ast.walk(ast.parse(text))]
        except (SyntaxError, ValueError, MemoryError, RecursionError):
            return ()


def _imports(node: ast.Import | ast.ImportFrom, listed: set[str], others: set[str]) -> bool:
    """Say whether an import may be; add the names that it binds to those of listed modules, or of others."""
    if isinstance(node, ast.Import):
        for each in node.names:
            mine = each.name in _MODULES
            if not mine and each.name.partition(".")[0] in sys.stdlib_module_names:
                return False
            (listed if mine else others).add(each.asname or each.name.partition(".")[0])
        return True
    module = node.module or ""
    if node.level or (module not in _MODULES and module.partition(".")[0] in sys.stdlib_module_names):
        return False
    listed.update(each.asname or each.name for each in node.names)
    allowed = _ATTRIBUTES - {"path", "Path"} if module != "pathlib" else {"Path"}
    return all(each.name in (allowed if module in _MODULES else _TOLD) for each in node.names) and (
        module != "pathlib" or all(each.asname is None for each in node.names)
    )


def _names_are(nodes: Sequence[ast.AST], known: AbstractSet[str], others: AbstractSet[str]) -> bool:
    """Say whether all names and attributes are listed, and of other modules only what they tell is asked for."""
    called = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
    told = set[int]()
    for node in nodes:
        if isinstance(node, ast.Attribute):
            asked = isinstance(node.value, ast.Name) and (
                (node.attr in _TOLD and id(node) not in called) or (node.value.id, node.attr) in _ASKED
            )
            if not isinstance(node.ctx, ast.Load) or not (asked or node.attr in _ATTRIBUTES):
                return False
            if asked:
                told.add(id(node.value))
    names = [node for node in nodes if isinstance(node, ast.Name)]
    return all(node.id in known or (node.id in others and id(node) in told) for node in names)


def _files_are_read(nodes: Sequence[ast.AST], *, named: bool) -> bool:
    """Say whether files are opened to read them, and named in the text.

    Args:
        nodes: all parts of the program.
        named: whether paths are put together, so that none may lead elsewhere.
    """
    opening = {id(node.func) for node in nodes if isinstance(node, ast.Call) and _opens(node.func) and _reads(node)}
    if any(_opens(node) and id(node) not in opening for node in nodes):
        return False
    if not named:
        return True
    joined = (node.right for node in nodes if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div))
    found = (node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute))
    looked = (each for node in found if _is_glob(node.func) for each in node.args)
    if not all(isinstance(each, ast.Constant) for each in (*joined, *looked)):
        return False
    return _files_stay(nodes) and not any(map(_ELSEWHERE.search, _texts(nodes)))


def _files_stay(nodes: Sequence[ast.AST]) -> bool:
    """Say whether what texts and files both have is called as texts have it: a file's `replace` and `copy` write."""
    fitting = {
        id(node.func)
        for node in nodes
        if isinstance(node, ast.Call)
        and _ARGUMENTS.get(_attribute(node.func)) == len(node.args)
        and not (node.keywords or any(isinstance(each, ast.Starred) for each in node.args))
    }
    return all(id(node) in fitting for node in nodes if _attribute(node) in _ARGUMENTS)


def _attribute(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else ""


def _is_glob(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in {"glob", "rglob"}


def _opens(node: ast.AST) -> bool:
    """Say whether a part is what opens a file or names one."""
    return (isinstance(node, ast.Name) and node.id in {"open", "Path"}) or (
        isinstance(node, ast.Attribute) and node.attr == "Path"
    )


def _reads(call: ast.Call) -> bool:
    words = [each.value if isinstance(each, ast.Constant) else None for each in call.args]
    if not all(isinstance(word, str) for word in words):
        return False
    if not (isinstance(call.func, ast.Name) and call.func.id == "open"):
        return not call.keywords
    modes = [*words[1:], *(_value(each) for each in call.keywords if each.arg == "mode")]
    return bool(words) and {*modes} <= _READING and all(each.arg in _AROUND for each in call.keywords)


def _value(given: ast.keyword) -> object:
    return given.value.value if isinstance(given.value, ast.Constant) else None


def _folders_stay(nodes: Sequence[ast.AST], *, moved: bool) -> bool:
    """Say whether modules are loaded from where they always are.

    Args:
        nodes: all parts of the program.
        moved: whether it imports modules that are not listed.
    """
    attributes = _attributes(nodes)
    if "path" not in attributes:
        return True
    stored = any(isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load) for node in nodes)
    return not (moved or stored or attributes & _GROWING or any(isinstance(node, ast.AugAssign) for node in nodes))


def _attributes(nodes: Sequence[ast.AST]) -> set[str]:
    return {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def _texts(nodes: Sequence[ast.AST]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
