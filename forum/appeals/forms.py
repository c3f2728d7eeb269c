"""The form of an appeal."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from forum.appeals import policy
from forum.kernel import text
from forum.kernel.errors import Invalid


def words_of(sent: Mapping[str, str]) -> str:
    """Cleaned. Raises Invalid."""
    typed = sent.get("words", "")
    words = typed if len(typed) > text.MAX_SOURCE else text.clean_source(typed).strip()
    if not words:
        message = _("Say why you think that the decision is wrong.")
        raise Invalid(message, {"words": message})
    if len(words) > policy.MAX_WORDS:
        message = _("Shorten this to %(limit)s characters.", limit=f"{policy.MAX_WORDS:,}")
        raise Invalid(message, {"words": message})
    return words
