"""What is kept how long, and why: the very constants that the worker goes by, for the page that tells."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import lazy_gettext as _
from flask_babel import lazy_ngettext

from forum.accounts import sessions, throttles, tokens
from forum.accounts.models import Purpose
from forum.drafts import policy as drafts
from forum.kernel import keys, mailer, outbox
from forum.kernel.errors import Words
from forum.media import policy as media
from forum.membership import policy as membership
from forum.notices import policy as notices
from forum.notifications import policy as notifications
from forum.privacy import policy
from forum.privacy.records import Kept
from forum.reports import policy as reports


def _days(period: timedelta) -> Words:
    words: Words = lazy_ngettext("%(num)s day", "%(num)s days", period.days)
    return words


def _hours(period: timedelta) -> Words:
    words: Words = lazy_ngettext("%(num)s hour", "%(num)s hours", int(period.total_seconds() // 3600))
    return words


TABLE = (
    Kept(
        _("Where you are signed in: browser, and the network, not the whole address"),
        _(
            "%(short)s, or %(long)s where you ticked “remember me”",
            short=_hours(sessions.SHORT),
            long=_days(sessions.LONG),
        ),
        _("So that you stay signed in, and see where."),
        "accounts.sessions",
    ),
    Kept(
        _("How often something was tried, such as a password, as a digest of name or address"),
        _hours(throttles.SIGN_UP_ADDRESS.window),
        _("So that nobody guesses passwords or floods the site."),
        "accounts.sessions",
    ),
    Kept(
        _("Links in letters that confirm an address or open an account"),
        _days(tokens.LIFETIME[Purpose.CONFIRM]),
        _("A letter may wait over a weekend."),
        "accounts.sessions",
    ),
    Kept(
        _("Letters: whom they went to. Their words go as soon as they are sent"),
        _days(mailer.KEPT_FOR),
        _("For a question about a letter that didn’t come."),
        "kernel.outbox",
    ),
    Kept(
        _("What happened, as notes for the background worker"),
        _days(outbox.KEPT_FOR),
        _("So that nothing is done twice or forgotten."),
        "kernel.outbox",
    ),
    Kept(_("Marks that a form was sent"), _days(keys.KEPT_FOR), _("So that nothing is posted twice."), "kernel.keys"),
    Kept(
        _("Unsent words in your account"),
        _days(drafts.OPEN_FOR),
        _("So that you can go on elsewhere and later."),
        "drafts.sweep",
    ),
    Kept(
        _("Your updates"),
        _(
            "%(read)s when read, else %(unread)s",
            read=_days(notifications.KEPT_READ),
            unread=_days(notifications.KEPT_UNREAD),
        ),
        _("By then they are no news."),
        "notifications.sweep",
    ),
    Kept(
        _("Files that nothing shows any more"),
        _days(media.ORPHAN_AFTER),
        _("So that a text can go back to how it was."),
        "media.orphans",
    ),
    Kept(
        _("Name and address of who sent a notice of illegal content"),
        _days(notices.NAMES_KEPT_FOR),
        _("For an answer and an appeal, and the yearly report."),
        "notices.names",
    ),
    Kept(
        _("What somebody wrote in a report that was decided"),
        _days(reports.WORDS_KEPT_FOR),
        _("For an appeal, and the yearly report."),
        "reports.words",
    ),
    Kept(
        _("Addresses that invitations went to, once answered or expired"),
        _days(membership.ADDRESSES_KEPT_FOR),
        _("So that owners see whom they asked."),
        "membership.addresses",
    ),
    Kept(
        _("The copy of your data that you asked for"),
        _days(policy.EXPORT_KEPT_FOR),
        _("Everything about you in one file shouldn’t lie about."),
        "privacy.forget",
    ),
    Kept(
        _("An account, after its member asked for it to be erased"),
        _days(policy.THINK_FOR),
        _("So that you can change your mind, and notice if it wasn’t you."),
        "privacy.erase",
    ),
)
