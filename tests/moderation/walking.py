"""Every address that the application answers a GET at, with every value that it could be asked with.

Taken from the application's own map: a new address is walked from its first day, and one with a parameter that isn't
known here is refused, so that somebody thinks of what to ask it with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Any
from urllib.parse import quote

from flask import Flask
from sqlalchemy import select

from forum.appeals.models import Appeal
from forum.bookmarks.models import Bookmark
from forum.comments.models import Comment
from forum.drafts.models import KeptDraft
from forum.kernel import clock
from forum.kernel.db import db
from forum.membership.models import MembershipRequest
from forum.moderation.models import Decision, ReviewItem
from forum.notifications.models import Notification
from forum.organisations.models import Affiliation, Organisation
from forum.posts.models import Post
from forum.reports.models import Report
from forum.topics.models import Topic
from tests.moderation.planting import COMMON
from tests.web import Web

PARAMETER = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>")
IDS: dict[str, Any] = {
    "affiliation_id": Affiliation.id, "appeal_id": Appeal.id, "bookmark_id": Bookmark.id, "comment_id": Comment.id,
    "decision_id": Decision.id, "draft_id": KeptDraft.id, "item_id": ReviewItem.id, "notification_id": Notification.id,
    "post_id": Post.id, "report_id": Report.id, "request_id": MembershipRequest.id, "topic_id": Topic.id,
}  # fmt: skip
MOST = 40  # notifications are many and alike
SLUGS: dict[str, Any] = {"topics": Topic, "organisations": Organisation}
# What opens only for whoever was given it, and files, which have tests of their own (tests/media/test_serving.py).
SECRET = {
    "token": ["unknown"], "reference": ["unknown"], "key": ["x" * 16], "ending": ["webp"], "width": ["9"],
}  # fmt: skip
PLAIN = {
    "anchor": ["on-topic"], "kind": ["app", "passkey"], "attempt_id": ["1"], "factor_id": ["1"],
    "name": ["posts", "comments", "reply"], "number": ["1"],
    "username": ["author", "editor", "outsider", "silenced-author"],
}  # fmt: skip
ASKED = {
    "moderation.organisation_queue": ("", "?view=decided"),
    "moderation.queue": ("", "?view=decided", "?view=mine"),
    "pages.show_discussion": ("", "?sort=newest", "?sort=top"),
    "pages.show_home": ("", "?tab=top", "?tab=unanswered", "?tab=for-you"),
    "pages.show_member": ("", "?tab=comments", "?tab=recommended"),
    "pages.show_organisation": ("", "?tab=comments"),
    "comments.history": ("?revision=1",),
    "posts.history": ("?revision=1",),
    "search.results": (f"?q={COMMON}", f"?q={COMMON}&kind=comment&sort=newest"),
    "search.similar": (f"?q={COMMON}", "?post=1"),
    "search.suggest": (f"?q={COMMON}",),
    "suggesting.suggest": (f"?q={COMMON}",),
}


def addresses(app: Flask) -> Iterator[str]:
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.rule.startswith("/static"):
            continue
        for values in _values(PARAMETER.findall(rule.rule), rule.rule):
            chosen = iter(values)
            path = PARAMETER.sub(lambda _found, chosen=chosen: next(chosen), rule.rule)  # type: ignore[misc]  # bound now
            yield from (path + query for query in ASKED.get(rule.endpoint, ("",)))


def _values(names: list[str], rule: str) -> Iterator[tuple[str, ...]]:
    """What the parameters of an address can be, together: a post has one slug."""
    if names == ["post_id", "slug"]:
        yield from ((str(row.id), row.slug) for row in db.session.execute(select(Post.id, Post.slug)))
    else:
        yield from product(*(values_for(name, rule) for name in names))


def values_for(name: str, rule: str) -> list[str]:
    """Raises LookupError for a parameter that nothing is known of."""
    db.session.rollback()
    if name in IDS:
        return [str(one) for one in db.session.scalars(select(IDS[name]).limit(MOST))]
    if name == "slug":
        model = next((one for word, one in SLUGS.items() if word in rule), Post)
        return list(db.session.scalars(select(model.slug)))
    if name == "year":
        return [str(clock.now().year)]
    known = SECRET | PLAIN
    if name not in known:
        raise LookupError(f"say in tests/moderation/walking.py what <{name}> of {rule} can be")
    return known[name]


def look(web: Web, path: str) -> str:
    """All that somebody is told at an address, but the address itself. Where it leads is an address of its own."""
    answer = web.get(path)
    told = answer.text + str(answer.response.headers)
    asked = path.partition("?")[0]
    return told.replace(asked, "").replace(quote(asked, safe=""), "")
