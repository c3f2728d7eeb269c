"""Sizes, names and forbidden habits of source files. CONTRIBUTING.md tells the reasons."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path

from tests.architecture import tree

FILE_LINES = 400
FUNCTION_LINES = 40
PARAMETERS = 5
VIEW_LINES = 15
NAMELESS = {"utils", "util", "helpers", "helper", "services", "common", "misc"}
# Where a change may be made durable: everything else runs inside somebody's transaction. The search index is no part of
# one: its engines keep what they're told by themselves.
EDGES = (
    r"forum/kernel/db\.py",
    r"forum/kernel/worker\.py",
    r"forum/cli/.*",
    r"forum/[a-z]+/cli(/.*)?\.py",
    r"forum/search/engines/.*",
)
# What SQLAlchemy finds columns of in an index that it fills when it first looks.
ALIASES = {"aliased", "alias", "subquery", "cte"}

NOQA = re.compile(r"#\s*noqa\b(?P<codes>:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?(?P<reason>.*)")
TYPE_IGNORE = re.compile(r"#\s*type:\s*ignore(?P<codes>\[[\w\-, ]+\])?(?P<reason>.*)")
REASON = re.compile(r"\w.*\s.*\w")  # two words at least


def test_files_stay_readable_in_one_sitting() -> None:
    assert [tree.place(path) for path in tree.modules() if len(tree.lines(path)) > FILE_LINES] == []


def test_functions_stay_on_one_screen() -> None:
    assert _functions_where(lambda function: _length(function) > FUNCTION_LINES) == []


def test_functions_take_few_parameters() -> None:
    assert _functions_where(lambda function: len(_parameters(function)) > PARAMETERS) == []


def test_views_only_parse_call_and_answer() -> None:
    rooms = [path for path in tree.modules() if "views" in path.relative_to(tree.PACKAGE).with_suffix("").parts]
    long = [
        tree.place(path, function.lineno)
        for path in rooms
        for function in tree.functions(path)
        if _is_view(function) and _length(function) > VIEW_LINES
    ]
    assert long == []


def test_modules_are_named_for_what_they_hold() -> None:
    names = [path.relative_to(tree.ROOT).with_suffix("") for path in tree.modules()]
    assert [name.as_posix() for name in names if NAMELESS & set(name.parts)] == []


def test_commit_only_at_the_edge() -> None:
    inside = [path for path in tree.modules() if not any(re.fullmatch(edge, tree.place(path)) for edge in EDGES)]
    commits = [
        tree.place(path, node.lineno)
        for path in inside
        for node in ast.walk(tree.parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]
    assert commits == []


def test_what_modules_keep_is_safe_to_share_among_threads() -> None:
    """A plain alias isn't; `db.shared_alias` says why."""
    kept = [
        tree.place(path, node.lineno)
        for path in tree.modules()
        for statement in tree.parsed(path).body
        if not isinstance(statement, tree.Function | ast.ClassDef)
        for node in ast.walk(statement)
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in ALIASES
    ]
    assert kept == []


def test_ignores_name_their_rule_and_reason() -> None:
    bare = [
        tree.place(path, number)
        for path in tree.python_files()
        for number, line in enumerate(tree.lines(path), start=1)
        if path != Path(__file__) and _is_bare_ignore(line)
    ]
    assert bare == []


def _is_bare_ignore(line: str) -> bool:
    found = NOQA.search(line) or TYPE_IGNORE.search(line)
    return found is not None and not (found["codes"] and REASON.search(found["reason"]))


def _functions_where(condition: Callable[[tree.Function], bool]) -> list[str]:
    return [
        f"{tree.place(path, function.lineno)} {function.name}"
        for path in tree.modules()
        for function in tree.functions(path)
        if condition(function)
    ]


def _length(function: tree.Function) -> int:
    assert function.end_lineno is not None
    return function.end_lineno - function.lineno + 1


def _parameters(function: tree.Function) -> list[str]:
    """Those that are told apart by their place; keyword-only ones, and self, carry their names with them."""
    names = [parameter.arg for parameter in (*function.args.posonlyargs, *function.args.args)]
    return names[1:] if names[:1] in (["self"], ["cls"]) else names


def _is_view(function: tree.Function) -> bool:
    """Whether a decorator binds it to an address: @bp.get("/…"), @bp.route("/…")."""
    calls = (decorator.func for decorator in function.decorator_list if isinstance(decorator, ast.Call))
    return any(isinstance(call, ast.Attribute) and call.attr in {"get", "post", "route"} for call in calls)
