"""The page of updates, the badge, and marking as read."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select, update

from forum.accounts.models import Member
from forum.comments.models import Comment
from forum.following.models import TargetKind
from forum.kernel.db import db, transaction
from forum.notifications.buffer import OPENED
from forum.notifications.models import Notification
from forum.notifications.queries import count_unread
from tests import factories
from tests.notifications.happenings import Happenings
from tests.statements import counted
from tests.web import Page, Web


@pytest.fixture
def hanna(web: Web) -> Member:
    member: Member = factories.member("hanna")
    web.sign_in(member)
    return member


def badge(page: Page) -> str:
    dot = next(one for one in page.tree.iter("span") if one.get("data-badge") is not None)
    return "" if dot.get("hidden") is not None else "".join(dot.itertext()).split()[0]


def test_reply_stands_on_the_page_with_its_words_and_leads_there(web: Web, happen: Happenings, hanna: Member) -> None:
    sofia = factories.member("sofia", name="Sofia Okonkwo")
    comment = happen.comment(sofia, factories.post(hanna, title="Quay"), "Two pages did it.")
    happen.deliver()
    page = web.get("/notifications")
    assert "Unread. Sofia Okonkwo commented on your post “Two pages did it.” In Quay" in page.words()
    number = db.session.scalars(select(Notification.id)).one()
    assert web.get(f"/notifications/{number}").response.headers["Location"] == f"/comments/{comment.id}"


def test_badge_counts_groups_on_every_page(web: Web, happen: Happenings, hanna: Member) -> None:
    post = factories.post(hanna, slug="quay")
    before = badge(web.get("/"))
    for _ in range(3):
        happen.comment(factories.member(), post)
    happen.comment(factories.member(), factories.post(), "And @hanna?")
    happen.deliver()
    paths = ("/", f"/posts/{post.id}/quay", "/settings/profile", "/notifications", "/nowhere")
    assert (before, [badge(web.get(path)) for path in paths]) == ("", ["2"] * 5)


def test_replies_below_one_post_are_one_line(web: Web, happen: Happenings, hanna: Member) -> None:
    post = factories.post(hanna)
    for name in ("Sofia", "Jens", "Lieve"):
        happen.comment(factories.member(name=name), post)
    happen.deliver()
    assert "Lieve and 2 others commented on your post" in web.get("/notifications").words()


def test_hidden_comment_makes_no_phantom(web: Web, happen: Happenings, hanna: Member) -> None:
    comment = happen.comment(factories.member(), factories.post(hanna), "A secret remark.")
    happen.deliver()
    with transaction():
        db.session.execute(update(Comment).where(Comment.id == comment.id).values(state="hidden"))
    page = web.get("/notifications")
    assert (badge(page), "secret" in page.text, count_unread(hanna.id)) == ("", False, 0)


def test_line_about_what_is_hidden_leads_nowhere(web: Web, happen: Happenings, hanna: Member) -> None:
    comment = happen.comment(factories.member(), factories.post(hanna))
    happen.deliver()
    with transaction():
        db.session.execute(update(Comment).where(Comment.id == comment.id).values(state="removed"))
    assert web.get(f"/notifications/{db.session.scalars(select(Notification.id)).one()}").status == 404


def test_one_group_is_marked_read(web: Web, happen: Happenings, hanna: Member) -> None:
    post = factories.post(hanna)
    for _ in range(2):
        happen.comment(factories.member(), post)
    happen.comment(factories.member(), factories.post(), "And @hanna?")
    happen.deliver()
    hers = (Notification.member_id == hanna.id, Notification.kind == "reply")
    number = db.session.scalars(select(func.max(Notification.id)).where(*hers)).one()
    web.submit("/notifications", f"/notifications/{number}/read")
    assert count_unread(hanna.id) == 1


def test_all_are_marked_read(web: Web, happen: Happenings, hanna: Member) -> None:
    happen.comment(factories.member(), factories.post(hanna))
    happen.deliver()
    web.submit("/notifications", "/notifications/read")
    assert (badge(web.get("/")), count_unread(hanna.id)) == ("", 0)


def test_opening_one_marks_it_read_outside_the_request(web: Web, happen: Happenings, hanna: Member) -> None:
    happen.comment(factories.member(), factories.post(hanna))
    happen.deliver()
    number = db.session.scalars(select(Notification.id)).one()
    with counted(web.app) as made:
        web.get(f"/notifications/{number}")
    before = count_unread(hanna.id)
    OPENED.drain()
    assert ([one for one in made if not one.startswith("SELECT")], before, count_unread(hanna.id)) == ([], 1, 0)


def test_nobody_opens_or_marks_somebody_elses(web: Web, happen: Happenings, hanna: Member) -> None:
    happen.comment(factories.member(), factories.post(hanna))
    happen.deliver()
    number = db.session.scalars(select(Notification.id)).one()
    other = Web(web.app).sign_in(factories.member())
    token = other.get("/").form("/")["csrf_token"][0]
    other.post(f"/notifications/{number}/read", {"csrf_token": token})
    assert (other.get(f"/notifications/{number}").status, count_unread(hanna.id)) == (404, 1)


@pytest.mark.parametrize(("tab", "shown"), [
    ("all", 2), ("replies", 1), ("mentions", 1), ("following", 0), ("moderation", 0),
])  # fmt: skip
def test_tabs_choose_kinds(web: Web, happen: Happenings, hanna: Member, tab: str, shown: int) -> None:
    happen.comment(factories.member(), factories.post(hanna))
    happen.comment(factories.member(), factories.post(), "And @hanna?")
    happen.deliver()
    page = web.get(f"/notifications?tab={tab}")
    assert page.text.count('class="unread"') == shown


def test_unknown_tab_is_not_found(web: Web, hanna: Member) -> None:
    assert web.get("/notifications?tab=nothing").status == 404


def test_signed_out_reader_is_sent_to_sign_in(web: Web) -> None:
    assert web.get("/notifications").response.headers["Location"] == "/sign-in?next=/notifications"


def test_page_costs_the_same_however_much_there_is(web: Web, happen: Happenings, hanna: Member) -> None:
    def cost() -> int:
        with counted(web.app) as made:
            web.get("/notifications")
        return len(made)

    topic = factories.topic()
    happen.follow(hanna, TargetKind.TOPIC, topic.id)
    happen.publish(factories.post(under=topic))
    few = cost()
    for _ in range(35):
        happen.publish(factories.post(under=topic))
    assert (cost(), few <= 8) == (few, True)


def test_older_ones_are_a_page_further_and_none_is_lost(web: Web, happen: Happenings, hanna: Member) -> None:
    topic = factories.topic()
    happen.follow(hanna, TargetKind.TOPIC, topic.id)
    for number in range(33):
        happen.publish(factories.post(under=topic, title=f"Post no{number:02d}."))
    first = web.get("/notifications")
    further = next(link for link in first.links() if "after=" in link)
    second = web.get(further)
    assert [page.text.count("Post no") for page in (first, second)] == [30, 3]
