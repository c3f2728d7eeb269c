"""No sentence of the interface is written down where nobody can translate it: in templates, code or scripts."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment

from forum.config import ROOT
from tests.architecture import tree

SCRIPTS = sorted((ROOT / "static" / "scripts").glob("*.js"))
LAYOUTS = [path for path in tree.templates() if "letters" not in path.parts]
# What an expression writes, and where a block or a comment stood.
WRITTEN = "\x00"
WORD = re.compile(r"[^\W\d_]{2,}")
# The same in every language: keys, an address of no use, a licence, a name of a thing.
SAME = re.compile(r"\b(?:Ctrl|Cmd|Esc|Enter|Kade|EUPL|Markdown|https?)\b")
# What stands between tags and isn't read: attributes and classes that a macro gives, entities, names in data.
UNSEEN = re.compile(r'[\w-]+="[^"]*"|[\w-]*--[\w-]*|\bbtn\b|&\w+;|"@?\w+":(?:"\w+")?')
BLOCKS = re.compile(r"<(script|style|svg)\b.*?</\1>", re.DOTALL)
SAID = re.compile(r"\s(?:aria-label|title|placeholder|alt|label)=\"([^\"]*)\"")
TEXT = re.compile(r">([^<>]+)<")
# What a script says to a person, when it doesn't take it from the template of words.
SPEAKS = re.compile(
    r"""(?:textContent|innerText|title|placeholder|ariaLabel)\s*=\s*["'`][^"'`]*[A-Za-z]{2}"""
    r"""|\b(?:toast|alert|confirm)\(\s*["'`][^"'`]*[A-Za-z]{2}"""
    r"""|setAttribute\(\s*["'](?:aria-label|title|placeholder|alt)["'],\s*["'`]"""
)
# Named where they are asked for, or handed on by name.
ASKED = re.compile(r"""\bword\(\s*"([\w-]+)"\s*\)|\bsay\(\s*form,\s*"([\w-]+)\"""")
GIVEN = re.compile(r'data-word="([\w-]+)"')
COLLECTED = {"_", "gettext", "ngettext", "pgettext", "lazy_gettext", "lazy_ngettext", "lazy_pgettext"}
REFUSALS = {"Forbidden", "NotFound", "Refused", "TooLarge", "Invalid", "TooOften", "Busy", "flash"}
# For the operator, who reads English in the terminal, and in errors of files they wrote.
FOR_OPERATORS = (
    "cli", "backup", "community", "kernel/settings.py", "kernel/operator.py", "kernel/outbound", "kernel/schema.py",
)  # fmt: skip


def bare(source: str) -> str:
    """A template's own text: without comments, code, and what stands in `{% trans %}`."""
    parts: list[str] = []
    block: list[str] = []
    is_wrapped = False
    for _line, kind, value in Environment(autoescape=True).lex(source):
        if kind == "data":
            parts.append("" if is_wrapped else value)
        elif kind in {"block_begin", "variable_begin"}:
            block = [kind]
        elif kind == "name":
            block.append(value)
        elif kind in {"block_end", "variable_end"}:
            is_wrapped = (is_wrapped or block[1:2] == ["trans"]) and block[1:2] != ["endtrans"]
            parts.append(WRITTEN)
    return "".join(parts)


def unwrapped(source: str) -> list[str]:
    """Words that a template says without gettext."""
    text = BLOCKS.sub(WRITTEN, bare(source))
    said = [*TEXT.findall(f">{text}<"), *SAID.findall(text)]
    return [
        " ".join(one.replace(WRITTEN, "").split()) for one in said if WORD.search(SAME.sub("", UNSEEN.sub("", one)))
    ]


@pytest.mark.parametrize("path", LAYOUTS, ids=tree.place)
def test_template_says_nothing_bare(path: Path) -> None:
    assert unwrapped(path.read_text()) == []


def test_bare_words_would_be_noticed() -> None:
    source = """{# a comment #}<p title="Bare title">Bare {{ _('wrapped') }}</p>{% trans %}fine{% endtrans %}
    <script type="application/ld+json">{"url": {{ x|json }}}</script><kbd>Ctrl</kbd>"""
    assert unwrapped(source) == ["Bare", "Bare title"]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_script_takes_its_words_from_the_page(path: Path) -> None:
    assert SPEAKS.findall(path.read_text()) == []


def test_every_word_that_scripts_ask_for_is_given() -> None:
    scripts = "\n".join(path.read_text() for path in SCRIPTS)
    asked = {first or second for first, second in ASKED.findall(scripts)}
    given = {word for path in tree.templates() for word in GIVEN.findall(path.read_text())}
    assert asked - given == set()


def test_words_are_wrapped_under_names_that_are_collected() -> None:
    """`make messages` knows these alone: what is wrapped under another never comes into a catalogue."""
    taken = {
        name.asname or name.name
        for path in tree.modules()
        for node in ast.walk(tree.parsed(path))
        if isinstance(node, ast.ImportFrom) and node.module == "flask_babel"
        for name in node.names
        if name.name.endswith("gettext")
    }
    assert taken - COLLECTED == set()


def test_refusals_are_wrapped() -> None:
    assert list(_bare_refusals()) == []


def _bare_refusals() -> Iterator[str]:
    """Where a sentence is handed to a refusal, or to flash, as it is."""
    for path in tree.modules():
        inside = path.relative_to(tree.PACKAGE).as_posix()
        if any(part in inside for part in FOR_OPERATORS):
            continue
        for node in ast.walk(tree.parsed(path)):
            if isinstance(node, ast.Call) and node.args and _name(node.func) in REFUSALS and _is_text(node.args[0]):
                yield tree.place(path, node.lineno)


def _name(function: ast.expr) -> str:
    return (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )


def _is_text(argument: ast.expr) -> bool:
    is_text = isinstance(argument, ast.Constant) and isinstance(argument.value, str) and " " in argument.value
    return is_text or isinstance(argument, ast.JoinedStr)
