"""The words for kinds, rights and places, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from babel import Locale
from flask_babel import get_locale
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from forum.kernel.access import Right
from forum.kernel.errors import Words
from forum.organisations.models import ApprovalPolicy, OrganisationKind, Verification

KINDS: Mapping[str, Words] = {
    OrganisationKind.CITY: _("City"),
    OrganisationKind.REGION: _("Region"),
    OrganisationKind.NATIONAL: _("National government"),
    OrganisationKind.UNIVERSITY: _("University"),
    OrganisationKind.ECONOMIC_BOARD: _("Economic board"),
    OrganisationKind.AGENCY: _("Agency"),
    OrganisationKind.COMPANY: _("Company"),
    OrganisationKind.NGO: _("Non-profit organisation"),
    OrganisationKind.NETWORK: _("Network"),
    OrganisationKind.UTILITY: _("Utility"),
}
RIGHTS: Mapping[str, Words] = {
    Right.CONTRIBUTOR: _("Contributor"),
    Right.EDITOR: _("Editor"),
    Right.MODERATOR: _("Moderator"),
    Right.OWNER: _("Owner"),
}
WHAT_RIGHTS_ALLOW: Mapping[str, Words] = {
    Right.CONTRIBUTOR: _("Shows the affiliation, and drafts in its name."),
    Right.EDITOR: _("Publishes and comments in its name."),
    Right.MODERATOR: _("Speaks in its name, and looks after comments under its posts."),
    Right.OWNER: _("Speaks in its name, and looks after its page and its people."),
}
STATES: Mapping[str, Words] = {
    Verification.DRAFT: _("Draft: only its people and moderators see this page"),
    Verification.SUBMITTED: _("Not verified yet"),
    Verification.IN_REVIEW: _("Not verified yet"),
    Verification.INFORMATION_ASKED: _("Not verified yet"),
    Verification.VERIFIED: _("Verified organisation"),
    Verification.REJECTED: _("Rejected: only its people and moderators see this page"),
    Verification.SUSPENDED: _("Suspended"),
    Verification.EXPIRED: _("Verification expired"),
}


def country_name(code: str) -> Words:
    """The country's name in the language of whoever reads it; the code itself where none is known."""
    words: Words = LazyString(_country_name, code)
    return words


def _country_name(code: str) -> str:
    return str((get_locale() or Locale("en")).territories.get(code, code))


@lru_cache(maxsize=1)
def country_codes() -> frozenset[str]:
    """ISO 3166-1 codes of two letters."""
    codes = {str(code) for code in Locale("en").territories}
    return frozenset(code for code in codes if len(code) == 2 and code.isalpha()) - {"XA", "XB", "ZZ"}


# Whose texts in its name an organisation wants to see first: name, and what that means.
APPROVALS: dict[str, tuple[Words, Words]] = {
    ApprovalPolicy.NOBODY: (
        _("Nobody’s"),
        _("Editors, moderators and owners publish at once. Contributors’ texts wait."),
    ),
    ApprovalPolicy.FIRST_THREE: (_("Everybody’s first three"), _("Until three of somebody’s texts were let through.")),
    ApprovalPolicy.BELOW_OWNER: (
        _("Everybody’s but the owners’"),
        _("Each text waits for another editor or an owner."),
    ),
}
