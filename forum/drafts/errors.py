"""Refusals of drafts."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Invalid, NotFound, Refused


class NoSuchDraft(NotFound):
    def __init__(self) -> None:
        super().__init__(_("There is no such draft. It may have been published or discarded."))


class NoSuchPlace(Invalid):
    def __init__(self) -> None:
        super().__init__(_("These words belong to no form, so they can’t be kept in your account."))


class TooManyDrafts(Invalid):
    def __init__(self) -> None:
        super().__init__(_("Your account keeps no more drafts. Discard some that you don’t need any more."))


class WrittenElsewhere(Refused):
    """Another page changed the draft since this one looked: nobody's words are written over unasked."""

    def __init__(self) -> None:
        super().__init__(_("Other words are kept in your account since."))
