"""Statements in the form that the European Union's transparency database takes, and tables as CSV. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from forum.moderation.models import StatementOfReasons
from forum.moderation.statements import EXPORTED

# Fields that its interface wants as lists, and how long it lets texts be.
LISTS = frozenset({"decision_visibility", "content_type", "territorial_scope"})
LONGEST = {"illegal_content_explanation": 2_000, "incompatible_content_explanation": 2_000, "decision_facts": 5_000}
# A cell that begins with one of these is a formula to a spreadsheet.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def as_object(statement: StatementOfReasons) -> dict[str, Any]:
    """One statement, as its interface takes it: empty fields are left out."""
    fields = {name: _value(name, getattr(statement, name)) for name in EXPORTED}
    return {name: value for name, value in fields.items() if value not in ("", None, [])}


def as_rows(statements: Iterable[StatementOfReasons]) -> list[tuple[str, ...]]:
    """With a first row of field names."""
    rows = [tuple(EXPORTED)]
    for one in statements:
        fields = as_object(one)
        rows.append(tuple(_cell(fields.get(name, "")) for name in EXPORTED))
    return rows


def csv_of(rows: Sequence[Sequence[object]]) -> str:
    """RFC 4180. No cell is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([[_harmless(str(cell)) for cell in row] for row in rows])
    return out.getvalue()


def _value(name: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if name in LISTS:
        return [value] if value else []
    return value[: LONGEST[name]] if name in LONGEST else value


def _cell(value: Any) -> str:
    return "|".join(value) if isinstance(value, list) else str(value)


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULAS) else text
