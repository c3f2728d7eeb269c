"""An institution's whole way, by forms alone: it applies, speaks, is answered back; a reply is reported, collapsed,
appealed and reinstated; and everyone can read that it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from forum.accounts.models import Member
from forum.comments.models import Comment
from forum.kernel.access import Right, Role
from forum.kernel.db import db
from forum.membership.models import MembershipRequest, Method
from forum.moderation.models import Decision, Lane, ReviewItem
from forum.organisations.models import Organisation
from forum.posts.models import Post, PostState
from forum.transparency import queries
from tests import factories
from tests.justice import settle
from tests.membership.steps import prove
from tests.web import Page, Web

APPLY = "/organisations/apply"
CITY = {"name": "City of Ghent", "code": "gnt", "domain": "https://stad.gent/", "title": "Adviser", "kind": "city"}
WORDS = "We dug once and laid both pipes, and it cost a third less than we had set aside."


@dataclass
class People:
    """Each with a browser of their own."""

    app: Flask
    topic: str = "energy"

    def __post_init__(self) -> None:
        factories.topic(self.topic)
        self.owner = factories.member("owner", name="Owner Ghent")
        self.representative = factories.member("rep", name="Rep Ghent")
        self.author = factories.member("noor", name="Noor Okafor")
        self.reader = factories.member("piet", name="Piet Vos")
        self.moderator = factories.member("rosa", name="Rosa Maas", role=Role.MODERATOR)

    def as_(self, member: Member) -> Web:
        return Web(self.app).sign_in(db.session.get_one(Member, member.id))


@pytest.fixture
def people(app: Flask) -> People:
    return People(app)


def test_institution_goes_all_the_way(people: People) -> None:
    city = becomes_verified(people)
    post = is_published_after_a_return(people, city)
    comment = is_collapsed_after_a_report(people, post)
    decision = is_reinstated_on_appeal(people, comment)
    assert_everyone_can_read_it(people, decision)


def becomes_verified(people: People) -> str:
    """The application by forms, proofs as the worker finds them, and a moderator's word. Returns the slug."""
    web = people.as_(people.owner)
    address = web.submit(APPLY, APPLY, **CITY).response.location
    assert web.submit(address, f"{address}/submit", words="Ask Piet.").status == 303
    request = db.session.scalars(select(MembershipRequest)).one()
    for method in (Method.DNS, Method.FILE):
        prove(factories.actor(people.owner), request, method)
    case(people.as_(people.moderator), Lane.MEMBERSHIP, "verify")
    city = db.session.scalars(select(Organisation)).one()
    factories.affiliation(people.representative, city, Right.EDITOR)
    here = f"/organisations/{city.slug}"
    assert web.submit(f"{here}/edit", f"{here}/approval", approval_policy="everyone below owner").status == 303
    return city.slug


def is_published_after_a_return(people: People, city: str) -> Post:
    """The representative drafts, the owner returns it with words, it is sent again and published."""
    web, owner = people.as_(people.representative), people.as_(people.owner)
    fields = {"title": "One trench", "body": WORDS, "topics": people.topic, "on_behalf_of": city, "act": "publish"}
    assert web.submit("/posts/new", "/posts/new", **fields).status == 303
    assert the_post().state == PostState.PENDING
    case(owner, Lane.ON_BEHALF, "return", facts="Name the street.")
    assert the_post().state == PostState.RETURNED
    edit = f"/posts/{the_post().id}/edit"
    assert "Name the street." in web.get(edit).words()
    assert web.submit(edit, edit, body=f"{WORDS} On Quay Street.", act="publish").status == 303
    case(owner, Lane.ON_BEHALF, "publish")
    while the_post().state != PostState.PUBLISHED:  # its first posts are looked at by the site, too
        case(people.as_(people.moderator), Lane.INSTITUTIONAL, "publish")
    return the_post()


def the_post() -> Post:
    return db.session.scalars(select(Post).execution_options(populate_existing=True)).one()


def case(web: Web, lane: Lane, action: str, **fields: str) -> Page:
    """The lane's only case that waits, decided on its page."""
    wanted = select(ReviewItem.id).where(ReviewItem.lane == lane, ReviewItem.state.not_in(("decided", "final")))
    address = f"/moderation/items/{db.session.scalars(wanted).one()}"
    page = web.get(address)
    answer = web.post(f"{address}/decide", page.form(f"{address}/decide") | {"action": action} | fields)
    assert answer.status == 303, answer.words()
    return answer


def is_collapsed_after_a_report(people: People, post: Post) -> Comment:
    """A member replies, a reader reports it, and the organisation itself collapses it."""
    page = people.as_(people.author).get(f"/posts/{post.id}/comments/new")
    sent = people.as_(people.author).submit(page.path, f"/posts/{post.id}/comments", body="You people can’t count.")
    assert sent.status == 303
    comment = db.session.scalars(select(Comment)).one()
    path = f"/comments/{comment.id}/report"
    assert people.as_(people.reader).submit(path, path, reason="rude").status == 303
    queue = people.as_(people.owner).get("/organisations/city-of-ghent/queue")
    assert ("You people can’t count." in queue.words(), "Piet" in queue.text) == (True, False)
    case(people.as_(people.owner), Lane.REPORTS, "collapse", ground="argue-the-case", facts="It calls names.")
    settle()
    return comment


def is_reinstated_on_appeal(people: People, comment: Comment) -> Decision:
    """The author reads the reasons and appeals; the organisation can't decide that, a moderator of the site can."""
    decision = db.session.scalars(select(Decision).where(Decision.action == "collapse")).one()
    web = people.as_(people.author)
    assert "It calls names." in web.get(f"/decisions/{decision.id}").words()
    path = f"/decisions/{decision.id}/appeal"
    appeal = web.submit(path, path, words="It is about the figures.").response.location
    item = db.session.scalars(select(ReviewItem).where(ReviewItem.lane == Lane.APPEALS)).one()
    assert people.as_(people.owner).get(f"/moderation/items/{item.id}").status == 404
    case(people.as_(people.moderator), Lane.APPEALS, "reverse", facts="It is about the figures.")
    settle(timedelta(minutes=5))  # the worker looked a moment ago
    assert "Everything is as it was." in web.get(appeal).words()
    assert db.session.get_one(Comment, comment.id, populate_existing=True).state == "visible"
    return decision


def assert_everyone_can_read_it(people: People, decision: Decision) -> None:
    """Without an account, and without a word or name of those involved."""
    log = Web(people.app).get("/moderation/log")
    assert ("Comment: collapsed" in log.words(), "decision reversed" in log.words()) == (True, True)
    assert [name for name in ("Noor", "Piet", "can’t count") if name in log.text] == []
    assert {str(one.name): one.count for one in queries.get_year(decision.decided_at.year).appeals}["reversed"] == 1
    assert queries.first_broken()[1] is None
    assert "reversed1" in Web(people.app).get("/transparency").words()
