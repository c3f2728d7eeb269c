"""Letters about membership, in the language of who reads them."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from forum import config
from forum.accounts.mail import Recipient, Words, write
from forum.accounts.models import Member
from forum.membership.models import Invitation, MembershipRequest, RequestKind
from forum.organisations.models import Organisation
from forum.organisations.words import RIGHTS


def _write(to: Recipient, words: Callable[[], Words]) -> None:
    """Without an address there is nobody to write to. `words` is called in the reader's language."""
    if to.address:
        with force_locale(to.locale):
            write(to, words())


def _site() -> str:
    return config.current().site_name


def code(to: Recipient, username: str, domain: str, typed: str) -> None:
    """To an address that a stranger named: nothing stands in it that they chose but a username and the domain."""
    _write(
        to,
        lambda: Words(
            subject=_("Code for %(domain)s at %(site)s", domain=domain, site=_site()),
            before=(
                _("The member %(name)s says that they represent the organisation of %(domain)s at %(site)s.",
                  name=username, domain=domain, site=_site()),
                _("If that is right, give them this code: %(code)s", code=typed),
            ),
            after=(
                _("It works once, for 24 hours."),
                _("If it isn’t right, do nothing: without the code nothing is shown."),
            ),
        ),
    )  # fmt: skip


def invitation(to: Recipient, one: Invitation, organisation: Organisation, token: str) -> None:
    _write(
        to,
        lambda: Words(
            subject=_("%(organisation)s invites you to %(site)s", organisation=organisation.name, site=_site()),
            before=(
                _("%(organisation)s asks you to belong to it at %(site)s, with the right: %(right)s.",
                  organisation=organisation.name, site=_site(), right=RIGHTS[one.right]),
            ),
            link=(_("Look at the invitation"), f"/invitations/{token}"),
            after=(_("The link works once, for 14 days. You can say yes or no."),),
        ),
    )  # fmt: skip


def asked(to: Recipient, request: MembershipRequest, organisation: Organisation, words: str) -> None:
    _write(
        to,
        lambda: Words(
            subject=_("A question about %(organisation)s", organisation=organisation.name),
            before=(_("Before deciding, a moderator needs to know:"), words),
            link=(_("Answer"), f"/membership/{request.id}"),
            after=(_("Until you answer, the application waits."),),
        ),
    )


def decided(
    to: Recipient, request: MembershipRequest, organisation: Organisation, *, granted: bool, appeal: str
) -> None:
    def words() -> Words:
        subject, before = _granted(request, organisation) if granted else _rejected(request, organisation)
        reason = (request.reason,) if request.reason else ()
        label = (_("Read it on the site"), f"/membership/{request.id}")
        after = (_("You can appeal: %(url)s", url=config.absolute(appeal)),) if appeal else ()
        return Words(subject=subject, before=(before, *reason), link=label, after=after)

    _write(to, words)


def _granted(request: MembershipRequest, organisation: Organisation) -> tuple[str, str]:
    name = organisation.name
    if request.kind == RequestKind.CLAIM:
        return _("You belong to %(organisation)s", organisation=name), _("A moderator gave you a place in it.")
    if request.kind == RequestKind.RENAME:
        return _("%(organisation)s: changed", organisation=name), _("The change that you asked for holds from now on.")
    if request.kind == RequestKind.RENEWAL:
        return _("%(organisation)s is verified for another year", organisation=name), _("Nothing else changes.")
    return (
        _("%(organisation)s is verified", organisation=name),
        _("Its people can speak in its name, and you can invite them."),
    )


def _rejected(request: MembershipRequest, organisation: Organisation) -> tuple[str, str]:
    if request.kind == RequestKind.APPLICATION:
        before = _("A moderator decided that it can’t be verified as it is. The reason:")
    else:
        before = _("A moderator decided against what you asked for. The reason:")
    return _("%(organisation)s: rejected", organisation=organisation.name), before


def suspended(to: Recipient, organisation: Organisation, reason: str) -> None:
    _write(
        to,
        lambda: Words(
            subject=_("%(organisation)s is suspended", organisation=organisation.name),
            before=(
                _("A moderator took the mark from it. Until it is given back, nobody speaks in its name. The reason:"),
                reason,
            ),
            link=(_("Its verification"), f"/organisations/{organisation.slug}/verification"),
        ),
    )


def reinstated(to: Recipient, organisation: Organisation) -> None:
    _write(
        to,
        lambda: Words(
            subject=_("%(organisation)s has its mark again", organisation=organisation.name),
            before=(_("A moderator ended the suspension."),),
            link=(_("Its verification"), f"/organisations/{organisation.slug}/verification"),
        ),
    )


def ending(to: Recipient, organisation: Organisation, days: int) -> None:
    name = organisation.name

    def words() -> Words:
        if days >= 0:
            subject = ngettext("%(organisation)s: verified for %(num)d more day",
                               "%(organisation)s: verified for %(num)d more days", days, organisation=name)  # fmt: skip
        else:
            subject = _("%(organisation)s: its verification has ended", organisation=name)
        return Words(
            subject=subject,
            before=(
                _("A verification holds for a year, since people and domains change hands. Renew it with one proof."),
                _("Thirty days after its end the mark goes, and nobody speaks in its name."),
            ),
            link=(_("Renew it"), f"/organisations/{organisation.slug}/verification"),
        )

    _write(to, words)


def expired(to: Recipient, organisation: Organisation) -> None:
    _write(
        to,
        lambda: Words(
            subject=_("%(organisation)s lost its mark", organisation=organisation.name),
            before=(
                _("Nobody renewed its verification. What was written stays; nobody speaks in its name until then."),
            ),
            link=(_("Renew it"), f"/organisations/{organisation.slug}/verification"),
        ),
    )


def joined(to: Recipient, organisation: Organisation, member: Member) -> None:
    _write(
        to,
        lambda: Words(
            subject=_("%(name)s belongs to %(organisation)s now", name=member.username, organisation=organisation.name),
            before=(_("Their address is at your domain, so they are a contributor: they can draft, not publish."),),
            link=(_("People"), f"/organisations/{organisation.slug}/people"),
        ),
    )


def claimed(to: Recipient, organisation: Organisation, member: Member) -> None:
    _write(
        to,
        lambda: Words(
            subject=_("%(name)s says they represent %(organisation)s",
                      name=member.username, organisation=organisation.name),
            before=(_("A moderator looks at it. If you know them, an invitation from you is quicker."),),
            link=(_("Invite somebody"), f"/organisations/{organisation.slug}/invitations"),
        ),
    )  # fmt: skip


def answered(to: Recipient, one: Invitation, organisation: Organisation, *, accepted: bool) -> None:
    _write(
        to,
        lambda: Words(
            subject=_("Your invitation was accepted") if accepted else _("Your invitation was declined"),
            before=(organisation.name,) if one.member_id else (f"{organisation.name}: {one.email}",),
            link=(_("People"), f"/organisations/{organisation.slug}/people"),
        ),
    )


def represent(to: Recipient) -> None:
    _write(
        to,
        lambda: Words(
            subject=_("Your organisation at %(site)s", site=_site()),
            before=(
                _("When you made your account, you wrote that you also represent an organisation."),
                _("See whether it is here already and ask for your place, or apply for it to be verified."),
            ),
            link=(_("Find it, or apply"), "/organisations/apply"),
            after=(_("Until then you write as yourself."),),
        ),
    )
