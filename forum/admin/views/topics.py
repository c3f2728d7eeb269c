"""Topics in their order, and the way to what is done with them."""

from __future__ import annotations

from forum.admin import queries
from forum.admin.views.door import blueprint
from forum.admin.words import TOPIC_STATES
from forum.kernel.access import administrators
from forum.kernel.answers import page


@blueprint.get("/admin/topics")
@administrators
def topics() -> str:
    return page("admin/topics.html", topics=queries.all_topics(), states=TOPIC_STATES)
