"""A community with something of each kind that not everybody may read, each marked, and who may read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from forum.accounts.models import Member
from forum.appeals import commands as appeals
from forum.bookmarks import commands as bookmarks
from forum.bookmarks.models import Bookmark
from forum.comments import commands as comments
from forum.comments.models import Comment
from forum.following.commands import follow
from forum.following.models import Level, TargetKind
from forum.kernel import clock
from forum.kernel.access import Actor, MemberState, Right, Role
from forum.kernel.db import transaction
from forum.kernel.ids import ItemId, MemberId, PostId
from forum.membership import commands as membership
from forum.moderation import commands as moderation
from forum.moderation.models import Action, Lane, SubjectType
from forum.notices import commands as notices
from forum.notices.complaint import Complaint as Notice
from forum.organisations.actors import get_actor
from forum.organisations.details import Details
from forum.posts import commands as posts
from forum.posts.draft import Draft
from forum.posts.models import Post
from forum.posts.rendering import render_body
from forum.reports import commands as reports
from forum.reports.complaint import Complaint
from forum.reports.models import Reason
from forum.topics.models import TopicCurator
from tests import factories
from tests.justice import decide, item_about
from tests.moderation.holding import comment_by, judge, post_row, watch
from tests.moderation.test_authors import edit

HELD, HIDDEN = "heronry", "harbourwall"
COMMON = "quayside"  # in everything, for what searches
MARK = "xq7token"
SITE = frozenset({"moderator", "administrator"})
TOPIC = SITE | {"curator"}


@dataclass
class World:
    """`people` are who looks, by what they are; `ids` theirs, for when the rows are let go. `readers` says who may read
    a mark, `kinds` what it marks."""

    people: dict[str, Member]
    post: Post
    ids: dict[str, MemberId] = field(init=False)
    post_id: PostId = field(init=False)
    readers: dict[str, frozenset[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ids = {name: member.id for name, member in self.people.items()}
        self.post_id = self.post.id

    def mark(self, kind: str, readers: Iterable[str]) -> str:
        """Words with a new mark in them."""
        token = f"{MARK}{len(self.readers) + 1:02}x"
        self.readers[token], self.kinds[token] = frozenset(readers), kind
        return f"{COMMON} {token}"

    def actor(self, name: str) -> Actor:
        return get_actor(self.ids[name])


def community() -> World:
    """Its post is in a city's name, under a topic that a curator looks after. The outsider owns another organisation
    and curates another topic: what they don't come across, no mere member does. Rita reports, Mark decides."""
    people = {name: factories.member(name.replace(" ", "-")) for name in (
        "outsider", "author", "silenced author", "editor", "curator",
    )}  # fmt: skip
    people |= {name: factories.member(name, role=role) for name, role in (
        ("moderator", Role.MODERATOR), ("administrator", Role.ADMIN), ("rita", Role.MEMBER), ("mark", Role.MODERATOR),
        ("abel", Role.MEMBER),
    )}  # fmt: skip
    city, other = factories.organisation("ghent"), factories.organisation("brugge")
    factories.affiliation(people["editor"], city, Right.EDITOR)
    factories.affiliation(people["outsider"], other, Right.OWNER)
    for slug, name in (("water", "curator"), ("heat", "outsider")):
        topic = factories.topic(slug)
        with transaction() as session:
            session.add(TopicCurator(topic_id=topic.id, member_id=people[name].id))
    made = World(people, published(people["editor"], "The wall", f"We tried it on the {COMMON}.", on_behalf_of="ghent"))
    _follow_everything(made)
    watch(HELD)
    watch(HIDDEN, outcome="hide")
    return made


def published(author: Member, title: str, words: str, **fields: Any) -> Post:
    actor, draft = factories.actor(author), Draft(title=title, source=words, topics=("water",), **fields)
    with transaction():
        post_id = posts.publish(actor, draft, render_body(words))
    return post_row(post_id)


def _follow_everything(world: World) -> None:
    """The outsider hears of whatever they may hear of."""
    actor, author = world.actor("outsider"), world.people["author"]
    with transaction():
        for kind, number in ((TargetKind.POST, world.post.id), (TargetKind.MEMBER, author.id)):
            follow(actor, kind, number, Level.EVERY)
        for topic_id in posts.topic_ids_of(world.post.id):
            follow(actor, TargetKind.TOPIC, topic_id, Level.EVERY)


def plant(world: World) -> None:
    author = world.people["author"]
    for make in (_comment, _post):
        make(world, author, "pending", HELD, TOPIC | {"author"})
        judge(world.actor("mark"), make(world, author, "returned", HELD, TOPIC | {"author"}), Action.RETURN)
        judge(world.actor("mark"), make(world, author, "rejected", HELD, TOPIC | {"author"}), Action.REJECT)
        make(world, author, "hidden", HIDDEN, TOPIC | {"author"})
        _plant_judged(world, make(world, author, "removed", "", TOPIC | {"author"}))
    _plant_collapsed(world)
    _plant_own(world, author)
    _plant_silenced(world)
    _plant_elsewhere(world)


def _comment(world: World, author: Member, kind: str, word: str, readers: Iterable[str]) -> Comment:
    return comment_by(author, world.post, f"{word} {world.mark(f'{kind} comment', readers)}")


def _post(world: World, author: Member, kind: str, word: str, readers: Iterable[str]) -> Post:
    words = world.mark(f"{kind} post", readers)
    return published(author, f"Title {words}", f"{word} {words}")


def _report(world: World, thing: Comment | Post, kind: str) -> SubjectType:
    subject = SubjectType.POST if isinstance(thing, Post) else SubjectType.COMMENT
    rita, details = world.actor("rita"), world.mark(f"report of a {kind}", TOPIC)
    with transaction():
        reports.report(rita, subject, thing.id, Complaint(Reason.OTHER, details))
    return subject


def _plant_judged(world: World, thing: Comment | Post) -> None:
    """Reported, noted, removed and appealed."""
    kind = _report(world, thing, "removal")
    mark, item = world.actor("mark"), item_about(kind, thing.id)
    with transaction():
        moderation.note(mark, ItemId(item.id), world.mark("internal note", TOPIC))
    facts = world.mark("facts of a decision", TOPIC | {"author"})
    decision = decide(kind, thing.id, Action.REMOVE, mark, facts=facts)
    with transaction():
        appeals.appeal(world.actor("author"), decision.id, world.mark("appeal", SITE | {"author"}))


def _plant_collapsed(world: World) -> None:
    comment = _comment(world, world.people["author"], "collapsed", "", {*world.people, "nobody"})
    decide(_report(world, comment, "collapse"), comment.id, Action.COLLAPSE, world.actor("mark"))


def _plant_own(world: World, author: Member) -> None:
    """What was taken back, written over, kept for later, or not sent yet."""
    actor = world.actor("author")
    comment = _comment(world, author, "withdrawn", "", SITE | {"author"})
    edited = _comment(world, author, "first words of an edited", "", SITE | {"author"})
    edit(author, edited, "Better words.")
    words = world.mark("draft", {"author"})
    post = _post(world, author, "withdrawn", "", SITE | {"author"})
    with transaction() as session:
        comments.withdraw(actor, comment.id)
        posts.withdraw(actor, post.id)
        posts.save_draft(actor, Draft(title=words, source=words, topics=("water",)), render_body(words))
        bookmarks.bookmark_post(actor, world.post.id, on=True)
        session.flush()
        kept = session.query(Bookmark).one()
        bookmarks.annotate(actor, kept.id, world.mark("note on a bookmark", {"author"}), None)


def _plant_silenced(world: World) -> None:
    """Somebody who can't write any more still reads what is theirs."""
    silenced = world.people["silenced author"]
    for make in (_comment, _post):
        make(world, silenced, "silenced author’s pending", HELD, TOPIC | {"silenced author"})
    with transaction() as session:
        member = session.get_one(Member, silenced.id)
        member.state, member.state_until = MemberState.SILENCED, clock.now() + timedelta(days=7)


def _plant_elsewhere(world: World) -> None:
    """A notice from outside, and an application."""
    abel, explanation = world.actor("abel"), world.mark("legal notice", SITE)
    complaint = Notice(f"/posts/{world.post.id}", explanation, "", "Noor", "noor@example.org", "en")
    details = Details(name="City of Aalst", code="AAL", kind="city", country="BE", city="Aalst", domain="aalst.be")
    with transaction():
        notices.send(complaint, "localhost")
        request = membership.start(abel, membership.Application(details, title="Clerk"))
    abel, words = world.actor("abel"), world.mark("words of an application", SITE)
    with transaction():
        membership.submit(abel, request.id, words)
    assert item_about(SubjectType.APPLICATION, request.id, Lane.MEMBERSHIP).excerpt == words
