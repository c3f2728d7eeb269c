"""What happened to organisations and their people."""

from __future__ import annotations

from dataclasses import dataclass

from forum.kernel.events import Event
from forum.kernel.ids import AffiliationId, MemberId, OrganisationId


@dataclass(frozen=True)
class OrganisationCreated(Event):
    organisation_id: OrganisationId


@dataclass(frozen=True)
class OrganisationChanged(Event):
    """Something of its page, its name perhaps."""

    organisation_id: OrganisationId


@dataclass(frozen=True)
class AffiliationStarted(Event):
    affiliation_id: AffiliationId
    organisation_id: OrganisationId
    member_id: MemberId
    right: str


@dataclass(frozen=True)
class AffiliationChanged(Event):
    affiliation_id: AffiliationId
    organisation_id: OrganisationId
    member_id: MemberId
    right: str


@dataclass(frozen=True)
class AffiliationEnded(Event):
    affiliation_id: AffiliationId
    organisation_id: OrganisationId
    member_id: MemberId
