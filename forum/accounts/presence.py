"""Whether it is really the member who sits there: the password once more, since a session may have been left open."""

from __future__ import annotations

from flask_babel import gettext as _

from forum.accounts import passwords, queries, throttles
from forum.accounts.records import Candidate
from forum.kernel.db import transaction
from forum.kernel.errors import Invalid
from forum.kernel.ids import MemberId


def check_password_again(member_id: MemberId, typed: str, field: str = "password") -> Candidate:
    """What it was compared with. Opens a transaction of its own, so that the try counts whatever comes of it.

    Raises Invalid, or TooOften after ten wrong ones.
    """
    with transaction():
        throttles.hit((throttles.PASSWORD_ACCOUNT, str(member_id)))
    candidate = queries.get_candidate(member_id)
    if not passwords.verify(typed, candidate.password_hash).right:
        message = _("This isn’t your present password. Type it again, or ask for a new one when you are signed out.")
        raise Invalid(message, {field: message})
    return candidate
