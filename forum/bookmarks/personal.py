"""What bookmarks hold about a member."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.bookmarks.models import Bookmark
from forum.kernel.personal import Part, Rows

PART = Part((Rows(Bookmark.member_id, title=_("Bookmarks")),))
