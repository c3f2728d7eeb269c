"""Turns what was typed into what is stored. Called before a transaction opens: it may take a while."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.kernel import text
from forum.kernel.errors import Invalid
from forum.topics.names import known


def render_body(source: str) -> text.Rendered:
    """For posts and comments: names linked where they are known. Raises Invalid, with the field `body`."""
    try:
        return text.render(source, known(text.names_in(source)))
    except text.TextTooLong as error:
        words = _(
            "Shorten the text to %(limit)s characters: it has %(length)s now.", limit=error.limit, length=error.length
        )
    except text.TextRefused:
        words = _("This text has too many lines or brackets to be drawn. Split it, or take some out.")
    raise Invalid(words, fields={"body": words})
