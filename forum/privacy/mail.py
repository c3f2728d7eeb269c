"""Letters about one's data. None holds a link that opens anything: the page asks who is there."""

from __future__ import annotations

from datetime import datetime

from flask_babel import force_locale, format_date
from flask_babel import gettext as _

from forum import config
from forum.accounts.mail import Words, language_of, post, recipient_of, write
from forum.accounts.models import Member

PAGE = "/settings/privacy"


def ready(member: Member, until: datetime) -> None:
    site = config.current().site_name
    with force_locale(language_of(member)):
        words = Words(
            subject=_("Your data at %(site)s is ready", site=site),
            before=(_("The copy of your data that you asked for is ready until %(date)s.", date=_day(until)),),
            link=(_("To your data"), PAGE),
            after=(_("Only you can get it, signed in. If you didn’t ask for it, change your password."),),
        )
        post(member, words, member.email)


def asked(member: Member, at: datetime) -> None:
    site = config.current().site_name
    with force_locale(language_of(member)):
        words = Words(
            subject=_("Your account at %(site)s will be erased", site=site),
            before=(
                _("You asked us to erase your account. We do it on %(date)s.", date=_day(at)),
                _("Until then you can change your mind: sign in and press the button to stay."),
            ),
            link=(_("To your account"), PAGE),
            after=(_("If it wasn’t you, sign in, stay, and change your password: somebody else was in your account."),),
        )
        post(member, words, member.email)


def reminder(member: Member, at: datetime) -> None:
    site = config.current().site_name
    with force_locale(language_of(member)):
        words = Words(
            subject=_("Your account at %(site)s will be erased soon", site=site),
            before=(
                _(
                    "We erase your account on %(date)s, as you asked. After that nobody can bring it back.",
                    date=_day(at),
                ),
            ),
            link=(_("Stay, or see what will go"), PAGE),
        )
        post(member, words, member.email)


def postponed(member: Member, at: datetime) -> None:
    site = config.current().site_name
    with force_locale(language_of(member)):
        words = Words(
            subject=_("Your account at %(site)s can’t be erased yet", site=site),
            before=(
                _("By now nobody else could look after an organisation, or this site. Hand that over first."),
                _("We try again on %(date)s.", date=_day(at)),
            ),
            link=(_("See what to hand over"), PAGE),
        )
        post(member, words, member.email)


def done(member: Member) -> None:
    """The last letter: nothing of it is kept once it's sent."""
    site = config.current().site_name
    if not member.email:
        return
    with force_locale(language_of(member)):
        words = Words(
            subject=_("Your account at %(site)s is erased", site=site),
            before=(
                _("Your account is erased, as you asked. This is our last letter, and this address is erased with it."),
                _("Thank you for what you brought."),
            ),
        )
        write(recipient_of(member), words, is_last=True)


def _day(at: datetime) -> str:
    return str(format_date(at, "d MMMM y"))
