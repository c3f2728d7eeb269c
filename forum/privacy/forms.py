"""What is sent to privacy's pages."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Invalid
from forum.kernel.personal import Choice, Choices


def read_choices(form: Mapping[str, str]) -> Choices:
    """Raises Invalid where something isn't chosen."""
    offered = {choice.value for choice in Choice}
    problems = {
        name: _("Choose what becomes of them.") for name in ("posts", "comments") if form.get(name) not in offered
    }
    if problems:
        raise Invalid(_("Choose what becomes of what you wrote."), problems)
    return Choices(Choice(form["posts"]), Choice(form["comments"]))
