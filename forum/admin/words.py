"""The words of administrators' pages, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from forum.admin.models import Verb
from forum.kernel.access import MemberState, Role
from forum.kernel.errors import Words
from forum.organisations.models import Verification
from forum.topics.models import TopicState

ROLES: Mapping[str, Words] = {
    Role.MEMBER: _("Member"),
    Role.MODERATOR: _("Moderator"),
    Role.ADMIN: _("Administrator"),
}
WHAT_ROLES_ALLOW: Mapping[str, Words] = {
    Role.MEMBER: _("Reads and writes, as everybody."),
    Role.MODERATOR: _("Decides in the site’s queue, curates topics, sees who wrote in somebody’s name."),
    Role.ADMIN: _("Everything moderators do, and these pages: settings, roles and house rules."),
}
STATES: Mapping[str, Words] = {
    MemberState.ACTIVE: _("In good standing"),
    MemberState.UNCONFIRMED: _("Address not confirmed"),
    MemberState.SILENCED: _("Silenced"),
    MemberState.SUSPENDED: _("Suspended"),
    MemberState.ERASED: _("Erased"),
}
ORGANISATION_STATES: Mapping[str, Words] = {
    Verification.DRAFT: _("Draft"),
    Verification.SUBMITTED: _("Submitted"),
    Verification.IN_REVIEW: _("In review"),
    Verification.INFORMATION_ASKED: _("Information asked"),
    Verification.VERIFIED: _("Verified"),
    Verification.REJECTED: _("Rejected"),
    Verification.SUSPENDED: _("Suspended"),
    Verification.EXPIRED: _("Verification expired"),
}
TOPIC_STATES: Mapping[str, Words] = {
    TopicState.OPEN: _("Open"),
    TopicState.ARCHIVED: _("Archived"),
    TopicState.MERGED: _("Merged"),
}
VERBS: Mapping[str, Words] = {
    Verb.SETTING: _("Setting changed"),
    Verb.ROLE: _("Role changed"),
    Verb.SESSIONS: _("Signed out everywhere"),
    Verb.RETRY: _("Tried again"),
    Verb.RETRY_ALL: _("All tried again"),
    Verb.DISCARD: _("Let go of"),
}
# Name → its label, and what it does. A test misses a setting that has no line here.
SETTINGS: Mapping[str, tuple[Words, Words]] = {
    "sign-up-open": (_("Sign-up"), _("Anyone may make an account.")),
    "contact-address": (_("Contact address"), _("E-mail address shown to people who need help.")),
    "site-note": (_("Note on home"), _("A sentence shown at the top of home.")),
    "feed-ids": (
        _("Ids of feeds"),
        _("Host name in the ids of feeds. Set it to the old one when the site moves, so that nothing is new again."),
    ),
    "first-contributions-wait": (
        _("First contributions"),
        _("A new member’s first two posts or comments wait for a moderator."),
    ),
    "newcomers-links-wait": (_("Newcomers’ links"), _("A new member’s text with a link waits for a moderator.")),
    "habits-watched": (
        _("Repeats and bursts"),
        _("What new members send for the third time, or in a burst, waits for a moderator."),
    ),
    "report-threshold": (
        _("Weight of reports"),
        _("What reports must weigh together to hide something until a moderator has looked."),
    ),
    "second-factor-days": (
        _("Days for a second factor"),
        _("So many days have moderators and administrators to set one up; with 0 they need it at once."),
    ),
    "controller": (_("Who runs the site"), _("With a postal address, on the page about privacy.")),
    "privacy-contact": (
        _("Contact about personal data"),
        _("E-mail address; the contact address where this is empty."),
    ),
    "privacy-authority": (_("Data protection authority"), _("Where members can complain, with its address.")),
    "accessibility-contact": (
        _("Contact about accessibility"),
        _("E-mail address; the contact address where this is empty."),
    ),
    "accessibility-status": (
        _("Accessibility, as evaluated"),
        _("full, partial or none (EN 301 549); unknown before there was an evaluation."),
    ),
    "accessibility-checked": (_("Evaluation of accessibility"), _("Who made it, how and when.")),
    "accessibility-gaps": (_("Gaps in accessibility"), _("What isn’t accessible on this site, and why.")),
    "accessibility-enforcement": (
        _("Complaints about accessibility"),
        _("The body that looks after them, with its address."),
    ),
}
