"""What can be done to an organisation and to who belongs to it."""

from forum.organisations.commands.people import (
    Place,
    add_member,
    change_affiliation,
    checked_place,
    end_affiliation,
    show_affiliation,
    start_affiliation,
)
from forum.organisations.commands.registry import (
    VERIFIED_FOR,
    create,
    edit,
    found,
    get_locked,
    refuse_known_name,
    refuse_taken_code,
    rewrite,
    set_approval,
    set_logo,
)

__all__ = [
    "VERIFIED_FOR",
    "Place",
    "add_member",
    "change_affiliation",
    "checked_place",
    "create",
    "edit",
    "end_affiliation",
    "found",
    "get_locked",
    "refuse_known_name",
    "refuse_taken_code",
    "rewrite",
    "set_approval",
    "set_logo",
    "show_affiliation",
    "start_affiliation",
]
