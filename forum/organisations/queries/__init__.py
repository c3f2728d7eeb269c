"""Reads of organisations and of who belongs to them."""

from forum.organisations.queries.addresses import (
    all_organisations,
    find_moved,
    find_organisation,
    get_organisation,
    sees_any,
)
from forum.organisations.queries.directory import OrganisationLine, Wanted, page_of_organisations
from forum.organisations.queries.page import OrganisationPage, get_organisation_page
from forum.organisations.queries.people import Person, Role, get_person, people_of, roles_of
from forum.organisations.queries.voices import Voice, get_voice, main_role, voices_of

__all__ = [
    "OrganisationLine",
    "OrganisationPage",
    "Person",
    "Role",
    "Voice",
    "Wanted",
    "all_organisations",
    "find_moved",
    "find_organisation",
    "get_organisation",
    "get_organisation_page",
    "get_person",
    "get_voice",
    "main_role",
    "page_of_organisations",
    "people_of",
    "roles_of",
    "sees_any",
    "voices_of",
]
