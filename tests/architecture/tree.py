"""The repository's own files, as the architecture tests read them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "forum"
TEMPLATES = ROOT / "templates"

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules() -> list[Path]:
    """Every Python file of the application."""
    return sorted(PACKAGE.rglob("*.py"))


def templates() -> list[Path]:
    """Every HTML template; mails are plain text."""
    return sorted(TEMPLATES.rglob("*.html"))


def python_files() -> list[Path]:
    """Every Python file that is ours: application, tests, benchmarks, migrations."""
    folders = ("forum", "tests", "bench", "migrations")
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


@cache
def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[Function]:
    """Every function and method of a file, nested ones included."""
    return (node for node in ast.walk(parsed(path)) if isinstance(node, Function))


def place(path: Path, line: int | None = None) -> str:
    """`forum/app.py:12`, to be clicked in a failure."""
    name = path.relative_to(ROOT).as_posix()
    return name if line is None else f"{name}:{line}"
