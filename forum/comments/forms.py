"""The comment form: what was typed, and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from forum.comments.draft import Draft
from forum.kernel.errors import Invalid, Words
from forum.kernel.ids import CommentId
from forum.kernel.lines import one_line
from forum.kernel.paging import cursor_id
from forum.posts.forms import LANGUAGE, SLUG, clean
from forum.posts.places import read_kept
from forum.posts.policy import MAX_NOTE


@dataclass(frozen=True)
class CommentForm:
    """The fields as typed. `parent_id` is empty at the top of the thread. `kept` names the copy in the account."""

    body: str = ""
    parent_id: str = ""
    on_behalf_of: str = ""
    language: str = ""
    revision: str = ""
    note: str = ""
    kept: str = ""
    is_preview: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """What makes two sendings of one form the same."""
        return (self.body, self.parent_id, self.on_behalf_of, self.language, self.revision, self.note)

    def draft(self) -> Draft:
        """Cleaned and typed. Raises Invalid for what can't be read."""
        problems: dict[str, Words] = {}
        if self.language and LANGUAGE.fullmatch(self.language) is None:
            problems["language"] = _("Choose the language of the text.")
        if self.on_behalf_of and SLUG.fullmatch(self.on_behalf_of) is None:
            problems["on_behalf_of"] = _("Choose in whose name you write.")
        if len(one_line(self.note)) > MAX_NOTE:
            problems["note"] = _("Shorten this to %(limit)s characters.", limit=MAX_NOTE)
        if problems:
            raise Invalid(_("Some of this can’t be read."), fields=problems)
        return Draft(
            source=clean(self.body),
            parent_id=_parent(self.parent_id),
            on_behalf_of=self.on_behalf_of,
            language=self.language,
            revision=cursor_id(self.revision),
            note=one_line(self.note),
            kept=read_kept(self.kept),
        )


def read(sent: Mapping[str, str]) -> CommentForm:
    """Nothing is judged here, so that anything can be shown again."""
    names = ("body", "parent_id", "on_behalf_of", "language", "revision", "note", "kept")
    return CommentForm(**{name: sent.get(name, "") for name in names}, is_preview="preview" in sent)


def _parent(typed: str) -> CommentId | None:
    """What isn't a number answers a comment that doesn't exist, rather than nobody."""
    return CommentId(cursor_id(typed) or 0) if typed else None
