"""The words for signs and rules of topics, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Words
from forum.topics.models import PostingPolicy, Sign

SIGNS: Mapping[str, Words] = {
    Sign.ENAMEL: _("Blue, a street sign"),
    Sign.ENERGY: _("Ochre, a heating pipe"),
    Sign.MOBILITY: _("Red, a tram"),
    Sign.CIRCULAR: _("Green, a loop"),
    Sign.DIGITAL: _("Purple, a network"),
    Sign.CITIZENS: _("Magenta, houses"),
    Sign.GOV: _("Petrol, a town hall"),
}
POSTING_POLICIES: Mapping[str, tuple[Words, Words]] = {
    PostingPolicy.OPEN: (_("Every member"), _("Posts appear at once.")),
    PostingPolicy.PREMODERATED: (
        _("Every member, after a moderator’s look"),
        _("Until the queue for that is open, only moderators and curators can post."),
    ),
    PostingPolicy.CURATORS_ONLY: (_("Curators and moderators"), _("Everybody can read and comment.")),
}
