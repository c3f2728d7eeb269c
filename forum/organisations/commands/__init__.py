"""What can be done to an organisation and to who belongs to it."""

from forum.organisations.commands.people import (
    Place,
    add_member,
    change_affiliation,
    end_affiliation,
    show_affiliation,
)
from forum.organisations.commands.registry import create, edit

__all__ = [
    "Place",
    "add_member",
    "change_affiliation",
    "create",
    "edit",
    "end_affiliation",
    "show_affiliation",
]
