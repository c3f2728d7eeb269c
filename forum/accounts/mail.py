"""Letters about accounts, in the language of who reads them, with every link made from FORUM_BASE_URL.

Nothing that a stranger can choose stands in them but a username, which can hold neither a sentence nor an address:
anybody may type anybody's address at sign-up.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from forum import config
from forum.accounts.models import Member
from forum.kernel import mailer


@dataclass(frozen=True)
class Words:
    """A letter without its frame. `link` is what to press: label and path."""

    subject: str
    before: tuple[str, ...]
    link: tuple[str, str] | None = None
    after: tuple[str, ...] = ()


def confirm_address(member: Member, token: str) -> None:
    site = config.current().site_name
    with force_locale(_language_of(member)):
        words = Words(
            subject=_("Confirm your address for %(site)s", site=site),
            before=(_("You made an account with this e-mail address. Confirm it, then you can publish."),),
            link=(_("Confirm the address"), f"/confirm/{token}"),
            after=(
                _("The link works once, for seven days."),
                _("If it wasn’t you, do nothing: without the link, the account can publish nothing."),
            ),
        )
        _post(member, words, member.email)


def known_address(member: Member) -> None:
    site = config.current().site_name
    with force_locale(_language_of(member)):
        words = Words(
            subject=_("You have an account at %(site)s already", site=site),
            before=(_("Somebody, perhaps you, wanted to use this e-mail address. It belongs to your account."),),
            link=(_("Sign in, or ask for a new password"), "/sign-in"),
            after=(_("If it wasn’t you, do nothing: nothing has changed."),),
        )
        _post(member, words, member.email)


def confirm_change(member: Member, email: str, token: str) -> None:
    site = config.current().site_name
    with force_locale(_language_of(member)):
        words = Words(
            subject=_("Confirm your new address for %(site)s", site=site),
            before=(_("You want to use this address for your account from now on. Confirm it to make the change."),),
            link=(_("Confirm the new address"), f"/confirm/{token}"),
            after=(
                _("The link works once, for two days. Until then your old address stays."),
                _("If it wasn’t you, do nothing: nothing will change."),
            ),
        )
        _post(member, words, email)


def address_changed(member: Member, old: str) -> None:
    site = config.current().site_name
    with force_locale(_language_of(member)):
        words = Words(
            subject=_("Your address at %(site)s was changed", site=site),
            before=(
                _("Your account has another e-mail address from now on. Letters no longer come here."),
                _("If it wasn’t you, write to whoever runs the site at once: somebody else is in your account."),
            ),
        )
        _post(member, words, old)


def reset_password(member: Member, token: str) -> None:
    site = config.current().site_name
    with force_locale(_language_of(member)):
        words = Words(
            subject=_("A new password for %(site)s", site=site),
            before=(_("Somebody, perhaps you, asked for a new password for your account."),),
            link=(_("Choose a new password"), f"/reset-password/{token}"),
            after=(
                _("The link works once, for an hour, and only until you ask for another one."),
                _("If it wasn’t you, do nothing: your password stays as it is."),
            ),
        )
        _post(member, words, member.email)


def password_changed(member: Member) -> None:
    site = config.current().site_name
    with force_locale(_language_of(member)):
        words = Words(
            subject=_("Your password at %(site)s was changed", site=site),
            before=(
                _("Your account has a new password. You were signed out everywhere else."),
                _("If it wasn’t you, take the account back at once:"),
            ),
            link=(_("Ask for a new password"), "/reset-password"),
        )
        _post(member, words, member.email)


def _language_of(member: Member) -> str:
    offered = config.current().languages
    language = member.interface_language if member.interface_language in offered else offered[0]
    return str(language).replace("-", "_")


def _post(member: Member, words: Words, to_address: str | None) -> None:
    """Put a letter in the tray. Without an address there is nobody to write to."""
    if not to_address:
        return
    frame = {
        "username": member.username,
        "words": words,
        "url": config.absolute(words.link[1]) if words.link else "",
        "site": config.current().site_name,
        "site_url": config.absolute("/"),
        "language": _language_of(member).replace("_", "-"),
    }
    letter = mailer.Letter(
        to_address=to_address,
        to_name=member.username,
        subject=words.subject,
        plain=_render("accounts/letters/letter.txt", frame),
        html=_render("accounts/letters/letter.html", frame),
    )
    mailer.post(letter, config.current().host)


def _render(name: str, frame: dict[str, object]) -> str:
    """Without Flask's render_template, whose names come from a request, and the worker has none."""
    return current_app.jinja_env.get_template(name).render(frame)
