"""The directory: organisations by name, a page at a time, forwards and backwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_

from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.errors import Words
from forum.kernel.lines import one_line
from forum.kernel.paging import PAGE, Page, cursor_id
from forum.organisations import policy
from forum.organisations.bylines import Plate, plate_of
from forum.organisations.models import Organisation, OrganisationKind
from forum.organisations.words import KINDS, country_name

# More than anybody types to find a name; each word costs a look at every row.
LONGEST_QUERY = 100
MOST_WORDS = 5
KEY = (func.lower(Organisation.name), Organisation.id)


@dataclass(frozen=True)
class Wanted:
    """What the reader looks for: words of a name, code or city; a kind; the row that the page starts after or ends
    before. Each may be empty."""

    words: str = ""
    kind: str = ""
    after: str = ""
    before: str = ""


@dataclass(frozen=True)
class OrganisationLine:
    plate: Plate
    kind_name: Words
    city: str
    country_name: Words
    post_count: int


def page_of_organisations(viewer: Actor, wanted: Wanted) -> Page[OrganisationLine]:
    """Those that the viewer may see, by name."""
    backwards = bool(wanted.before) and not wanted.after
    cursor = cursor_id(wanted.before if backwards else wanted.after)
    matching = select(Organisation).where(policy.visible_to(viewer), *_conditions(wanted))
    found = db.session.scalars(_after(matching, cursor, backwards=backwards).limit(PAGE + 1)).all()
    rows, more = list(found[:PAGE]), len(found) > PAGE
    if backwards:
        rows.reverse()
    return Page(
        rows=tuple(_line(row) for row in rows),
        after=str(rows[-1].id) if rows and (more or backwards) else None,
        before=str(rows[0].id) if rows and cursor is not None and (more or not backwards) else None,
    )


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions = [_matches(word) for word in one_line(wanted.words)[:LONGEST_QUERY].split()[:MOST_WORDS]]
    if wanted.kind in set(OrganisationKind):
        conditions.append(Organisation.kind == wanted.kind)
    return conditions


def _matches(word: str) -> ColumnElement[bool]:
    return or_(
        Organisation.name.icontains(word, autoescape=True),
        Organisation.city.icontains(word, autoescape=True),
        Organisation.code == word.upper(),
    )


def _after(matching: Select[Any], cursor: int | None, *, backwards: bool) -> Select[Any]:
    order = [column.desc() for column in KEY] if backwards else KEY
    if cursor is None:
        return matching.order_by(*order)
    at = select(*KEY).where(Organisation.id == cursor).correlate(None).subquery()
    place = tuple_(select(at.c[0]).scalar_subquery(), select(at.c[1]).scalar_subquery())
    return matching.where(tuple_(*KEY) < place if backwards else tuple_(*KEY) > place).order_by(*order)


def _line(organisation: Organisation) -> OrganisationLine:
    return OrganisationLine(
        plate=plate_of(organisation),
        kind_name=KINDS[organisation.kind],
        city=organisation.city,
        country_name=country_name(organisation.country),
        post_count=organisation.post_count,
    )
