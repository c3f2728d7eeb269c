"""Letters about posts, each in the language of whoever gets it."""

from __future__ import annotations

from flask_babel import force_locale
from flask_babel import gettext as _

from forum.accounts import mail
from forum.accounts.mail import Words
from forum.accounts.models import Member
from forum.posts.addresses import edit_address
from forum.posts.models import Post


def not_published(author: Member, post: Post) -> None:
    """Its time came and the rules forbade it. `publish_problem` was written in the author's language."""
    with force_locale(mail.language_of(author)):
        words = Words(
            subject=_("Your post was not published at its time"),
            before=(
                _("“%(title)s” was to appear by itself, but it couldn’t:", title=post.title),
                post.publish_problem,
                _("It is a draft again, with every word in it."),
            ),
            link=(_("Go on with the draft"), edit_address(post.id)),
        )
        mail.post(author, words, author.email)
