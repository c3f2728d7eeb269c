"""The words for what curators did, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Words
from forum.posts.models import CommentMode

VERBS: Mapping[str, Words] = {
    "feature": _("Featured a post"),
    "unfeature": _("Took a post out of the featured ones"),
    "order": _("Changed the order of the featured posts"),
    "pin": _("Pinned a post"),
    "unpin": _("Unpinned a post"),
    "note": _("Wrote the pinned note"),
    "move": _("Moved it to other topics"),
    "open": _("Opened the discussion"),
    "close": _("Closed the discussion"),
    "premoderate": _("Let comments wait for a moderator"),
    "merge": _("Merged this topic into another"),
}
MODES: tuple[tuple[str, Words, Words], ...] = (
    (CommentMode.OPEN, _("Open"), _("Comments appear at once.")),
    (CommentMode.PREMODERATED, _("Premoderated"), _("Each comment waits for a moderator’s look.")),
    (CommentMode.CLOSED, _("Closed"), _("It can be read, but nothing is added.")),
)
