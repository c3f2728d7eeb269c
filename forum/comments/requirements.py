"""What is missing or too much in a comment."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.comments.draft import Draft
from forum.kernel.errors import Invalid
from forum.kernel.text import Rendered
from forum.posts.policy import TrustLimits
from forum.posts.requirements import text_problems


def check_words(draft: Draft, body: Rendered, limits: TrustLimits) -> None:
    """Raises Invalid, with the field `body`."""
    if not draft.source.strip():
        raise _refused(_("Write your comment first."))
    for _name, words in text_problems(body, limits):
        raise _refused(words)


def _refused(words: object) -> Invalid:
    message = str(words)
    return Invalid(message, fields={"body": message})
