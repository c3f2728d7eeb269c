"""Letters about accounts, in the language of who reads them, with every link made from FORUM_BASE_URL.

Nothing that a stranger can choose stands in them but a username, which can hold neither a sentence nor an address:
anybody may type anybody's address at sign-up.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from forum import config
from forum.accounts.models import FactorKind, Member
from forum.kernel import mailer

# Where a member sees their second factors.
SECURITY = "/settings/security"


@dataclass(frozen=True)
class Words:
    """A letter without its frame. `link` is what to press: label and path."""

    subject: str
    before: tuple[str, ...]
    link: tuple[str, str] | None = None
    after: tuple[str, ...] = ()


def confirm_address(member: Member, token: str) -> None:
    site = config.current().site_name
    with force_locale(language_of(member)):
        words = Words(
            subject=_("Confirm your address for %(site)s", site=site),
            before=(_("You made an account with this e-mail address. Confirm it, then you can publish."),),
            link=(_("Confirm the address"), f"/confirm/{token}"),
            after=(
                _("The link works once, for seven days."),
                _("If it wasn’t you, do nothing: without the link, the account can publish nothing."),
            ),
        )
        post(member, words, member.email)


def known_address(member: Member) -> None:
    site = config.current().site_name
    with force_locale(language_of(member)):
        words = Words(
            subject=_("You have an account at %(site)s already", site=site),
            before=(_("Somebody, perhaps you, wanted to use this e-mail address. It belongs to your account."),),
            link=(_("Sign in, or ask for a new password"), "/sign-in"),
            after=(_("If it wasn’t you, do nothing: nothing has changed."),),
        )
        post(member, words, member.email)


def confirm_change(member: Member, email: str, token: str) -> None:
    site = config.current().site_name
    with force_locale(language_of(member)):
        words = Words(
            subject=_("Confirm your new address for %(site)s", site=site),
            before=(_("You want to use this address for your account from now on. Confirm it to make the change."),),
            link=(_("Confirm the new address"), f"/confirm/{token}"),
            after=(
                _("The link works once, for two days. Until then your old address stays."),
                _("If it wasn’t you, do nothing: nothing will change."),
            ),
        )
        post(member, words, email)


def address_changed(member: Member, old: str) -> None:
    site = config.current().site_name
    with force_locale(language_of(member)):
        words = Words(
            subject=_("Your address at %(site)s was changed", site=site),
            before=(
                _("Your account has another e-mail address from now on. Letters no longer come here."),
                _("If it wasn’t you, write to whoever runs the site at once: somebody else is in your account."),
            ),
        )
        post(member, words, old)


def reset_password(member: Member, token: str) -> None:
    site = config.current().site_name
    with force_locale(language_of(member)):
        words = Words(
            subject=_("A new password for %(site)s", site=site),
            before=(_("Somebody, perhaps you, asked for a new password for your account."),),
            link=(_("Choose a new password"), f"/reset-password/{token}"),
            after=(
                _("The link works once, for an hour, and only until you ask for another one."),
                _("If it wasn’t you, do nothing: your password stays as it is."),
            ),
        )
        post(member, words, member.email)


def password_changed(member: Member) -> None:
    site = config.current().site_name
    with force_locale(language_of(member)):
        words = Words(
            subject=_("Your password at %(site)s was changed", site=site),
            before=(
                _("Your account has a new password. You were signed out everywhere else."),
                _("If it wasn’t you, take the account back at once:"),
            ),
            link=(_("Ask for a new password"), "/reset-password"),
        )
        post(member, words, member.email)


def factor_added(member: Member, kind: str) -> None:
    site = config.current().site_name
    with force_locale(language_of(member)):
        added = {
            FactorKind.APP: _("An authenticator app was added to your account. Its codes are asked for at sign-in."),
            FactorKind.PASSKEY: _("A passkey was added to your account. It’s asked for at sign-in."),
        }
        words = Words(
            subject=_("A second factor was added at %(site)s", site=site),
            before=(added[FactorKind(kind)], _("If it wasn’t you, choose a new password at once, and remove it:")),
            link=(_("Look at your second factors"), SECURITY),
        )
        post(member, words, member.email)


def factor_removed(member: Member, kind: str, *, is_last: bool) -> None:
    site = config.current().site_name
    with force_locale(language_of(member)):
        removed = {
            FactorKind.APP: _("An authenticator app was removed from your account."),
            FactorKind.PASSKEY: _("A passkey was removed from your account."),
        }
        alone = (_("It was the last one: from now on your password alone signs you in."),) if is_last else ()
        words = Words(
            subject=_("A second factor was removed at %(site)s", site=site),
            before=(removed[FactorKind(kind)], *alone, _("If it wasn’t you, choose a new password at once:")),
            link=(_("Look at your second factors"), SECURITY),
        )
        post(member, words, member.email)


def recovery_code_used(member: Member, left: int) -> None:
    site = config.current().site_name
    with force_locale(language_of(member)):
        words = Words(
            subject=_("A recovery code was used at %(site)s", site=site),
            before=(
                _("Somebody, most likely you, signed in to your account with a recovery code."),
                ngettext("You have %(num)s code left.", "You have %(num)s codes left.", left),
                _("If it wasn’t you, choose a new password at once, and make new codes:"),
            ),
            link=(_("Look at your second factors"), SECURITY),
        )
        post(member, words, member.email)


def second_step_failed(member: Member) -> None:
    site = config.current().site_name
    with force_locale(language_of(member)):
        words = Words(
            subject=_("Somebody knows your password at %(site)s", site=site),
            before=(
                _("Your password was typed, and then wrong codes, five times. Nobody got in."),
                _("If it wasn’t you, choose a new password at once:"),
            ),
            link=(_("Ask for a new password"), "/reset-password"),
        )
        post(member, words, member.email)


def factors_reset(member: Member) -> None:
    site = config.current().site_name
    with force_locale(language_of(member)):
        words = Words(
            subject=_("Your second factors at %(site)s were removed", site=site),
            before=(
                _("Whoever runs the site removed them, because you, or somebody, said that you can’t sign in."),
                _("You were signed out everywhere. Sign in with your password, and set up a new one."),
                _("If you didn’t ask for it, write to whoever runs the site at once."),
            ),
            link=(_("Sign in"), SECURITY),
        )
        post(member, words, member.email)


@dataclass(frozen=True)
class Recipient:
    """Whom a letter is for: a member, or somebody who isn't one. `language` is the interface language they chose."""

    address: str
    name: str
    language: str | None = None

    @property
    def locale(self) -> str:
        """What they read: their choice where the site offers it, else the site's first language."""
        offered = config.current().languages
        return str(self.language if self.language in offered else offered[0]).replace("-", "_")


def recipient_of(member: Member, address: str | None = None) -> Recipient:
    return Recipient(address or member.email or "", member.username, member.interface_language)


def language_of(member: Member) -> str:
    return recipient_of(member).locale


def post(member: Member, words: Words, to_address: str | None) -> None:
    """Put a letter in the tray. Without an address there is nobody to write to."""
    if to_address:
        write(recipient_of(member, to_address), words)


def write(to: Recipient, words: Words, *, is_last: bool = False) -> None:
    """Put a letter in the tray, in the frame that all letters have. `is_last`: its recipient is being erased."""
    frame = {
        "username": to.name,
        "words": words,
        "url": config.absolute(words.link[1]) if words.link else "",
        "site": config.current().site_name,
        "site_url": config.absolute("/"),
        "language": to.locale.replace("_", "-"),
    }
    letter = mailer.Letter(
        to_address=to.address,
        to_name=to.name,
        subject=words.subject,
        plain=_render("accounts/letters/letter.txt", frame),
        html=_render("accounts/letters/letter.html", frame),
        is_last=is_last,
    )
    mailer.post(letter, config.current().host)


def _render(name: str, frame: dict[str, object]) -> str:
    """Without Flask's render_template, whose names come from a request, and the worker has none."""
    return current_app.jinja_env.get_template(name).render(frame)
