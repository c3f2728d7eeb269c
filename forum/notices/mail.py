"""Letters to who sent a notice. Nothing that was typed stands in them: anybody may type anybody's address."""

from __future__ import annotations

from flask_babel import force_locale
from flask_babel import gettext as _

from forum import config
from forum.accounts import mail
from forum.accounts.mail import Recipient, Words
from forum.notices.models import Notice


def acknowledge(notice: Notice) -> None:
    """The receipt."""
    with force_locale(_sender(notice).locale):
        words = Words(
            subject=_("We received your notice %(reference)s", reference=notice.reference),
            before=(
                _("You told us of something on %(site)s that may be illegal.", site=config.current().site_name),
                _("People look at it, without automated means, usually within seven days. We write to you then."),
            ),
            link=(_("Follow your notice"), f"/notices/{notice.reference}"),
            after=(
                _("Keep the address of this page to yourself: it opens without a password."),
                _("If it wasn’t you, do nothing."),
            ),
        )
        mail.write(_sender(notice), words)


def answer(notice: Notice) -> None:
    with force_locale(_sender(notice).locale):
        words = Words(
            subject=_("We decided about your notice %(reference)s", reference=notice.reference),
            before=(_("A person decided about it. What we decided, and how to appeal, is on its page."),),
            link=(_("Read what we decided"), f"/notices/{notice.reference}"),
        )
        mail.write(_sender(notice), words)


def _sender(notice: Notice) -> Recipient:
    """Without a name: that was typed, too."""
    return Recipient(notice.email, "", notice.language)
