"""What somebody wants to say in a comment, typed and cleaned, before anybody judged it."""

from __future__ import annotations

from dataclasses import dataclass

from forum.kernel.ids import CommentId
from forum.posts.places import Kept


@dataclass(frozen=True)
class Draft:
    """`parent_id` is the comment it answers; `on_behalf_of` an organisation's slug or empty; `language` empty for the
    post's. `revision` is the number of the words that an edit started from, None where nobody counted; `note` says
    why they changed. `kept` is the copy of the words in the author's account.
    """

    source: str
    parent_id: CommentId | None = None
    on_behalf_of: str = ""
    language: str = ""
    revision: int | None = None
    note: str = ""
    kept: Kept | None = None
