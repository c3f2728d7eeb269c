"""The password once more, before what shouldn't be done from a session that was left open."""

from __future__ import annotations

from flask import request

from forum.accounts.presence import check_password_again
from forum.accounts.records import Candidate
from forum.kernel.access import current_actor


def check_current(field: str) -> Candidate:
    """What a form has under that name. Raises Invalid, or TooOften after ten wrong ones."""
    return check_password_again(current_actor().id, request.form.get(field, ""), field)
