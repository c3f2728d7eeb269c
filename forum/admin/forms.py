"""What administrators' pages are asked for, as typed values."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from forum.admin.queries import MembersWanted, OrganisationsWanted
from forum.admin.trays import Tray
from forum.kernel.access import Role
from forum.kernel.errors import Invalid, NotFound


def read_members(sent: Mapping[str, str]) -> MembersWanted:
    return MembersWanted(
        words=sent.get("q", ""),
        state=sent.get("state", ""),
        role=sent.get("role", ""),
        after=sent.get("after", ""),
        before=sent.get("before", ""),
    )


def read_organisations(sent: Mapping[str, str]) -> OrganisationsWanted:
    return OrganisationsWanted(
        words=sent.get("q", ""),
        state=sent.get("state", ""),
        after=sent.get("after", ""),
        before=sent.get("before", ""),
    )


def read_role(sent: Mapping[str, str]) -> Role:
    """Raises Invalid."""
    role = sent.get("role", "")
    if role not in set(Role):
        message = _("Choose a role.")
        raise Invalid(message, {"role": message})
    return Role(role)


def read_tray(name: str) -> Tray:
    """Raises NotFound."""
    if name not in set(Tray):
        raise NotFound
    return Tray(name)
