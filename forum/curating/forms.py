"""What curators type."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.curating.errors import Unfit
from forum.kernel import text
from forum.topics.names import known


def rendered_note(typed: str) -> tuple[str, str]:
    """Source and HTML, before the transaction. Raises Unfit."""
    try:
        source = text.clean_source(typed)
        return source, text.render(source, known(text.names_in(source)), scope="note-").html if source else ""
    except text.TextTooLong as error:
        raise Unfit("note", _("Shorten this text.")) from error
    except text.TextRefused as error:
        raise Unfit("note", _("Use less markup in this text.")) from error
