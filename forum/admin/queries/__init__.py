"""Reads of administrators' pages: a fixed number of statements each, however large the site."""

from __future__ import annotations

from forum.admin.queries.acts import page_of_acts
from forum.admin.queries.members import MembersWanted, get_member_page, page_of_members
from forum.admin.queries.organisations import OrganisationsWanted, page_of_organisations
from forum.admin.queries.settings import all_settings, get_setting_row, page_of_changes
from forum.admin.queries.topics import all_topics
from forum.admin.queries.trays import counts_of, jobs, page_of_deliveries, page_of_letters

__all__ = [
    "MembersWanted",
    "OrganisationsWanted",
    "all_settings",
    "all_topics",
    "counts_of",
    "get_member_page",
    "get_setting_row",
    "jobs",
    "page_of_acts",
    "page_of_changes",
    "page_of_deliveries",
    "page_of_letters",
    "page_of_members",
    "page_of_organisations",
]
