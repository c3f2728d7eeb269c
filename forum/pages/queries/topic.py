"""A topic's page: its sign, the ledger of its posts, and what stands beside."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from forum.following.models import TargetKind
from forum.kernel.access import ANONYMOUS, Actor
from forum.pages.made import Made
from forum.pages.queries.lists import Tab, Turn, beside, page_of, shown_posts
from forum.pages.store import Target
from forum.posts import queries as posts
from forum.posts.queries import Among, Marked, Sort
from forum.topics import queries as topics

TABS = (
    (Sort.LATEST, _("Latest activity")),
    (Sort.NEWEST, _("Newest")),
    (Sort.TOP, _("Top")),
    (Sort.UNANSWERED, _("Unanswered")),
)


def topic_page(slug: str, sort: Sort, turn: Turn, actor: Actor = ANONYMOUS) -> Made:
    """Raises NotFound; ask topics.find_moved then."""
    head, others = topics.get_topic_among(slug, actor)
    page = page_of(sort, turn, Among(topic_id=head.id))
    marked = posts.marked_posts(head.id) if sort is Sort.LATEST and turn.is_start else Marked()
    first = {card.id for card in marked.pinned}
    address = f"/topics/{head.label.slug}"
    newer, older = beside(address, None if sort is Sort.LATEST else sort, page)
    return Made(
        template="pages/topic.html",
        context={
            "head": head,
            "posts": (*marked.pinned, *(card for card in page.rows if card.id not in first)),
            "pinned": first,
            "featured": marked.featured,
            "newer": newer,
            "older": older,
            "tabs": tabs(address, sort),
            "others": others,
        },
        keys=("site", "topics", f"topic:{head.id}"),
        shown=shown_posts((*marked.pinned, *page.rows), Target(TargetKind.TOPIC, head.id, address)),
    )


def tabs(address: str, sort: Sort) -> tuple[Tab, ...]:
    return tuple(
        Tab(label, address if one is Sort.LATEST else f"{address}?tab={one}", one is sort) for one, label in TABS
    )
