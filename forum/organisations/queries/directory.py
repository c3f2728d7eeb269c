"""The directory: organisations in several orders, by kind, and by how a name begins."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Select, select

from forum.kernel.access import Actor
from forum.kernel.beginnings import matching
from forum.kernel.errors import Words
from forum.kernel.keyset import Order, page_in
from forum.kernel.lines import one_line
from forum.kernel.paging import Page
from forum.organisations import policy
from forum.organisations.bylines import Plate, plate_of
from forum.organisations.models import WHOLE, Organisation, OrganisationBeginning, OrganisationKind
from forum.organisations.words import KINDS, country_name


class DirectorySort(StrEnum):
    NAME = "name"
    NEWEST = "newest"
    POSTS = "posts"


_ORDERS = {
    DirectorySort.NAME: Order((OrganisationBeginning.key, Organisation.id)),
    DirectorySort.NEWEST: Order((Organisation.id,), down=True),
    DirectorySort.POSTS: Order((Organisation.post_count, Organisation.id), down=True),
}


@dataclass(frozen=True)
class Wanted:
    """What the reader looks for: beginnings of words of a name, city or code; a kind; the row that the page starts
    after or ends before; an order. Each may be empty."""

    words: str = ""
    kind: str = ""
    after: str = ""
    before: str = ""
    sort: str = ""

    @property
    def order(self) -> DirectorySort:
        """By name where nothing else that is one was asked for."""
        return DirectorySort(self.sort) if self.sort in set(DirectorySort) else DirectorySort.NAME


@dataclass(frozen=True)
class OrganisationLine:
    plate: Plate
    kind_name: Words
    city: str
    country_name: Words
    post_count: int


def page_of_organisations(viewer: Actor, wanted: Wanted) -> Page[OrganisationLine]:
    """Those that the viewer may see."""
    query = _sorted(wanted.order).where(
        policy.visible_to(viewer), *matching(one_line(wanted.words), OrganisationBeginning, Organisation.id)
    )
    if wanted.kind in set(OrganisationKind):
        query = query.where(Organisation.kind == wanted.kind)
    return page_in(_ORDERS[wanted.order], query, _line, after=wanted.after, before=wanted.before)


def _sorted(sort: DirectorySort) -> Select[Organisation]:
    query = select(Organisation)
    if sort is not DirectorySort.NAME:
        return query
    return query.join(OrganisationBeginning, (OrganisationBeginning.owner_id == Organisation.id) & WHOLE)


def _line(organisation: Organisation) -> OrganisationLine:
    return OrganisationLine(
        plate=plate_of(organisation),
        kind_name=KINDS[organisation.kind],
        city=organisation.city,
        country_name=country_name(organisation.country),
        post_count=organisation.post_count,
    )
