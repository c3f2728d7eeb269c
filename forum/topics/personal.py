"""What topics hold about a member."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.kernel.personal import Part, Rows
from forum.topics.models import TopicCurator

PART = Part((Rows(TopicCurator.member_id, title=_("Topics that you look after")),))
