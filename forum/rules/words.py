"""What kinds of breach are called on forms."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Words
from forum.rules.models import Category

CATEGORIES: Mapping[str, Words] = {
    Category.BULLYING: _("Harassment"),
    Category.SPEECH: _("Hatred or harmful speech"),
    Category.PRIVACY: _("Privacy"),
    Category.FRAUD: _("Deception, scams and spam"),
    Category.PROPERTY: _("Work of others"),
    Category.CIVIC: _("Public debate and elections"),
    Category.MINORS: _("Protection of minors"),
    Category.SECURITY: _("Public security"),
    Category.VIOLENCE: _("Violence"),
    Category.OTHER: _("Another breach of the rules"),
}
