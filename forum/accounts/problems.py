"""Looks at every field before any is refused, so that people mend a form in one go."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Invalid, Words

T = TypeVar("T")


class Problems:
    """What was wrong so far, by field."""

    def __init__(self) -> None:
        self.fields: dict[str, Words] = {}

    def checked(self, check: Callable[[], T], otherwise: T) -> T:
        """What a check gives; `otherwise` where it refused, and then the reason is noted."""
        try:
            return check()
        except Invalid as error:
            self.fields.update(error.fields)
            return otherwise

    def refuse(self) -> None:
        """Raises Invalid if there was anything."""
        if self.fields:
            raise Invalid(_("Some of this can’t be kept as it is. What to fix stands beside each field."), self.fields)
