"""Sizes and forbidden habits of templates: the content security policy forbids what is forbidden here, too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture import tree

PAGE_LINES = 120
PARTIAL_LINES = 40

SAFE = re.compile(r"\|\s*safe\b|\{%-?\s*autoescape\s+false")
INLINE_STYLE = re.compile(r"<[^>]*\sstyle\s*=|<style\b", re.IGNORECASE)
# A block of data isn't run, whatever stands in it.
INLINE_SCRIPT = re.compile(r"<script\b(?!\stype=\"application/ld\+json\">)(?![^>]*\ssrc\s*=)", re.IGNORECASE)
HANDLER = re.compile(r"<[^>]*\s(?:on[a-z]+|hx-on[\w:.-]*)\s*=", re.IGNORECASE)
SCRIPT_ADDRESS = re.compile(r"""=\s*["']?\s*javascript:""", re.IGNORECASE)
# A template that decides or asks the database does a view's or a query's work.
WORK = re.compile(r"\bcan_\w+\s*\(|\.(?:query|execute|scalars?|all|first|one)\(")
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def test_pages_stay_short() -> None:
    pages = (path for path in tree.templates() if not _is_partial(path))
    assert _longer_than(PAGE_LINES, pages) == []


def test_partials_stay_short() -> None:
    assert _longer_than(PARTIAL_LINES, filter(_is_partial, tree.templates())) == []


def test_partials_name_their_inputs_first() -> None:
    silent = [path for path in tree.templates() if _is_partial(path) and not tree.lines(path)[0].startswith("{#")]
    assert [tree.place(path) for path in silent] == []


def test_templates_make_nothing_safe() -> None:
    assert _found(SAFE) == []


def test_templates_hold_no_inline_style() -> None:
    assert _found(INLINE_STYLE) == []


def test_templates_hold_no_inline_script() -> None:
    assert _found(INLINE_SCRIPT) + _found(HANDLER) + _found(SCRIPT_ADDRESS) == []


def test_templates_decide_and_ask_nothing() -> None:
    assert _found(WORK) == []


def _is_partial(path: Path) -> bool:
    return path.name.startswith("_")


def _longer_than(limit: int, paths: Iterator[Path]) -> list[str]:
    return [tree.place(path) for path in paths if len(tree.lines(path)) > limit]


def _found(pattern: re.Pattern[str]) -> list[str]:
    """Where a pattern stands outside comments; tags may run over several lines."""
    places = []
    for path in tree.templates():
        text = _without_comments("\n".join(tree.lines(path)))
        places += [tree.place(path, text.count("\n", 0, hit.start()) + 1) for hit in pattern.finditer(text)]
    return places


def _without_comments(text: str) -> str:
    return COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
