"""Lists of posts: their order, their pages, their cost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from forum.kernel import clock
from forum.kernel.db import db
from forum.kernel.paging import Page
from forum.organisations.bylines import plate_of
from forum.posts import queries
from forum.posts.cards import PostCard
from forum.posts.models import Post, PostKind, PostState, PostTopic
from forum.posts.queries import Among, Sort, page_of_posts
from forum.topics.labels import label_of
from forum.topics.models import Topic
from tests import factories
from tests.posts.drafting import publish
from tests.statements import counted

NOW = clock.now()


def at(minutes: float, **fields: Any) -> Post:
    """A post published so many minutes ago."""
    moment = NOW - timedelta(minutes=minutes)
    values = {"published_at": moment, "last_activity_at": moment}
    return factories.post(**(values | fields))


def ids(page: Page[PostCard]) -> list[int]:
    return [card.id for card in page.rows]


def walk(sort: Sort, among: Among, limit: int) -> list[list[int]]:
    """Ids by page, to the end and back again."""
    pages, page = [], page_of_posts(sort, among, limit=limit)
    while True:
        pages.append(ids(page))
        if page.after is None:
            break
        page = page_of_posts(sort, among, after=page.after, limit=limit)
    back = [ids(page)]
    while page.before is not None:
        page = page_of_posts(sort, among, before=page.before, limit=limit)
        back.insert(0, ids(page))
    assert back == pages
    return pages


def test_lists_have_their_order(app: Flask) -> None:
    old = at(30, last_activity_at=NOW, recommendation_count=1)
    new = at(10, recommendation_count=0)
    liked = at(20, recommendation_count=5)
    assert ids(page_of_posts(Sort.LATEST)) == [old.id, new.id, liked.id]
    assert ids(page_of_posts(Sort.NEWEST)) == [new.id, liked.id, old.id]
    assert ids(page_of_posts(Sort.TOP)) == [liked.id, old.id, new.id]


def test_unanswered_are_open_questions_and_requests(app: Flask) -> None:
    topic = factories.topic()
    question = at(20, kind=PostKind.QUESTION, under=topic)
    request = at(10, kind=PostKind.REQUEST, under=topic)
    older = at(30, kind=PostKind.QUESTION, under=topic)
    at(5, kind=PostKind.QUESTION, answered=True, under=topic)
    at(5, under=topic)
    for among in (Among(), Among(topic_id=topic.id)):
        assert walk(Sort.UNANSWERED, among, limit=2) == [[request.id, question.id], [older.id]]


@pytest.mark.parametrize("sort", list(Sort))
def test_pages_join_without_gap_or_overlap(app: Flask, sort: Sort) -> None:
    topic, author = factories.topic(), factories.member()
    for number in range(7):
        at(number // 2, kind=PostKind.QUESTION, author=author, under=topic, recommendation_count=number % 3)
    for among in (Among(), Among(topic_id=topic.id), Among(author_id=author.id)):
        whole = walk(sort, among, limit=30)[0]
        assert walk(sort, among, limit=3) == [whole[:3], whole[3:6], whole[6:]]
        assert len(whole) == 7


@pytest.mark.parametrize("state", [state for state in PostState if state != PostState.PUBLISHED])
def test_lists_hold_published_posts_only(app: Flask, state: PostState) -> None:
    topic, author, city = factories.topic(), factories.member(), factories.organisation()
    at(1, author=author, under=topic, state=state, organisation_id=city.id, kind=PostKind.QUESTION)
    amongs = (Among(), Among(topic_id=topic.id), Among(author_id=author.id), Among(organisation_id=city.id))
    assert [ids(page_of_posts(sort, among)) for sort in Sort for among in amongs] == [[]] * 16


def test_list_of_an_author_an_organisation_or_a_topic_has_no_others(app: Flask) -> None:
    topic, author, city = factories.topic(), factories.member(), factories.organisation()
    mine = at(2, author=author, under=topic, organisation_id=city.id)
    at(1)
    for among in (Among(topic_id=topic.id), Among(author_id=author.id), Among(organisation_id=city.id)):
        assert ids(page_of_posts(Sort.NEWEST, among)) == [mine.id]


@pytest.mark.parametrize(
    "cursor", ["", "x", "d-", "n5", "n5-1", "d99999999999999999-1", "d1-99999999999999999999", "d١-1"]
)
def test_bad_cursor_means_the_first_page(app: Flask, cursor: str) -> None:
    post = at(1)
    assert ids(page_of_posts(Sort.NEWEST, after=cursor)) == [post.id]
    assert ids(page_of_posts(Sort.NEWEST, before=cursor)) == [post.id]


def test_cursor_before_the_first_page_gives_the_first_page(app: Flask) -> None:
    known = [at(minutes).id for minutes in range(5)]
    first = page_of_posts(Sort.NEWEST, limit=2)
    second = page_of_posts(Sort.NEWEST, after=first.after, limit=2)
    newest = at(-1).id
    page = page_of_posts(Sort.NEWEST, before=second.before, limit=4)
    assert (ids(page), page.before) == ([newest, *known[:3]], None)


def test_post_from_before_1970_is_paged_too(app: Flask) -> None:
    posts = [at(years * 365 * 24 * 60) for years in (60, 61, 62)]
    assert walk(Sort.NEWEST, Among(), limit=1) == [[post.id] for post in posts]


def test_card_says_who_and_what(app: Flask) -> None:
    author, city, topic = factories.member("anna"), factories.organisation("haarlem"), factories.topic("water")
    factories.affiliation(author, city, title="Adviser")
    actor = factories.actor(author)
    post_id = publish(actor, topics=("water",), title="One", standfirst="In short", on_behalf_of="haarlem")
    card = page_of_posts(Sort.NEWEST).rows[0]
    assert (card.title, card.standfirst, card.address, card.kind_note) == (
        "One", "In short", f"/posts/{post_id}/one", "",
    )  # fmt: skip
    assert (card.byline.member.username, card.byline.organisation, card.byline.on_behalf, card.byline.role_title) == (
        "anna", plate_of(city), True, "Adviser",
    )  # fmt: skip
    assert (card.topics, card.reading_minutes) == ((label_of(topic),), 1)


@pytest.mark.parametrize(
    ("kind", "answered", "note"),
    [
        (PostKind.QUESTION, False, "Question"),
        (PostKind.QUESTION, True, "Answered question"),
        (PostKind.REQUEST, True, "Answered request"),
        (PostKind.EVENT, False, "Event"),
    ],
)
def test_card_names_its_kind(app: Flask, kind: PostKind, answered: bool, note: str) -> None:
    at(1, kind=kind, answered=answered)
    assert page_of_posts(Sort.NEWEST).rows[0].kind_note == note


@pytest.mark.parametrize("sort", list(Sort))
def test_lists_cost_two_statements_whatever_their_length(app: Flask, sort: Sort) -> None:
    topic = factories.topic()
    for posts in (2, 12):
        for _ in range(posts):
            at(1, kind=PostKind.QUESTION, under=topic)
        db.session.rollback()
        for among in (Among(), Among(topic_id=topic.id)):
            with counted(app) as statements:
                page_of_posts(sort, among)
            assert len(statements) == 2


INDEXES = {
    (Sort.LATEST, False): "ix_posts_activity",
    (Sort.NEWEST, False): "ix_posts_newest",
    (Sort.TOP, False): "ix_posts_top",
    (Sort.UNANSWERED, False): "ix_posts_unanswered",
    (Sort.LATEST, True): "ix_post_topics_activity",
    (Sort.NEWEST, True): "ix_post_topics_newest",
    (Sort.TOP, True): "ix_post_topics_top",
}


@pytest.mark.parametrize("installed", ["sqlite"], indirect=True, scope="session")  # PostgreSQL plans by statistics
@pytest.mark.parametrize(("sort", "of_topic"), list(INDEXES))
def test_lists_are_one_range_of_an_index(app: Flask, sort: Sort, of_topic: bool) -> None:
    topic = factories.topic()
    for minutes in range(3):
        at(minutes, kind=PostKind.QUESTION, under=topic)
    among = Among(topic_id=topic.id) if of_topic else Among()
    first = page_of_posts(sort, among, limit=1)
    with counted(app) as statements:
        page_of_posts(sort, among, after=first.after, limit=1)
    plan = " / ".join(_plan(statements[0]))
    assert f"INDEX {INDEXES[sort, of_topic]} (" in plan
    assert plan.count("SCAN posts") == plan.count("SCAN post_topics") == 0


def _plan(statement: str) -> list[str]:
    holes = statement.count("?")
    rows = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", (1,) * holes).all()
    return [row[3] for row in rows]


def test_related_posts_share_the_most_topics(app: Flask) -> None:
    one, two = factories.topic(), factories.topic()
    post, both, newer, older, _ = (at(minutes, under=one) for minutes in (1, 9, 2, 3, 4))
    factories.post()
    for shared in (post, both):
        _under(shared, two)
    related = queries.related_posts(post.id, (one.id, two.id), limit=3)
    assert [(row.id, row.title) for row in related] == [(p.id, p.title) for p in (both, newer, older)]


def _under(post: Post, topic: Topic) -> None:
    link = PostTopic(post_id=post.id, topic_id=topic.id, position=1, listed=True, published_at=post.published_at)
    factories._saved(link)


def test_related_posts_are_published_and_another(app: Flask) -> None:
    topic = factories.topic()
    post = at(1, under=topic)
    for state in PostState:
        if state != PostState.PUBLISHED:
            at(2, under=topic, state=state)
    assert queries.related_posts(post.id, (topic.id,)) == ()
    assert queries.related_posts(post.id, ()) == ()


def test_related_posts_cost_one_statement(app: Flask) -> None:
    topics = [factories.topic() for _ in range(5)]
    post = at(1, under=topics[0])
    for topic in topics:
        for _ in range(4):
            at(2, under=topic)
    db.session.rollback()
    with counted(app) as statements:
        found = queries.related_posts(post.id, tuple(topic.id for topic in topics))
    assert (len(found), len(statements)) == (4, 1)


def test_related_posts_look_at_a_bounded_number(app: Flask) -> None:
    topic = factories.topic()
    post = at(1, under=topic)
    assert queries.related_posts(post.id, (topic.id,)) == ()
    with counted(app) as statements:
        queries.related_posts(post.id, (topic.id,))
    assert statements[0].count("LIMIT") == 2


def test_cards_by_id_leave_out_what_the_reader_may_not_see(app: Flask) -> None:
    author = factories.member()
    seen, draft = at(1, author=author), at(1, author=author, state=PostState.DRAFT)
    stranger = factories.actor(factories.member())
    assert set(queries.cards_by_id(stranger, [seen.id, draft.id])) == {seen.id}
    assert set(queries.cards_by_id(factories.actor(author), [seen.id, draft.id, 99])) == {seen.id, draft.id}  # type: ignore[list-item]  # no id at all


def test_drafts_are_their_authors(app: Flask) -> None:
    author = factories.member()
    old, new = (at(minutes, author=author, state=PostState.DRAFT) for minutes in (2, 1))
    at(1, author=author)
    at(1, state=PostState.DRAFT)
    pages = (queries.page_of_drafts(factories.actor(author), after=after) for after in (None, str(new.id)))
    assert [[one.card.id for one in page.rows] for page in pages] == [[new.id, old.id], [old.id]]


def test_text_of_posts_is_not_read_for_a_list(app: Flask) -> None:
    at(1)
    with counted(app) as statements:
        page_of_posts(Sort.NEWEST)
    assert "posts.html" not in statements[0]
    assert db.session.execute(text("SELECT count(*) FROM posts")).scalar() == 1
