from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from forum.accounts.models import Member
from forum.curating import commands
from forum.curating.commands.aspects import featured_in
from forum.curating.errors import NotCurator, NotUnder, Unfit
from forum.following.commands import follow
from forum.following.models import Follow, Level, TargetKind
from forum.following.queries import page_of_follows
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.errors import Invalid
from forum.posts.models import Post, PostState
from forum.topics import queries as topics
from forum.topics.models import PostingPolicy, Topic, TopicState
from tests import factories
from tests.curating.steps import also_under, count, curator, done, logged, moderator, slugs_of
from tests.web import Web


@pytest.fixture
def energy(app: Flask) -> Topic:
    made: Topic = factories.topic("energy", post_count=1)
    return made


@pytest.fixture
def post(energy: Topic) -> Post:
    made: Post = factories.post(None, energy, slug="quay")
    return made


def test_post_moves_with_the_counters(app: Flask, energy: Topic, post: Post) -> None:
    digital = factories.topic("digital")
    act = done(commands.move, curator(energy), post.id, ["digital"])
    assert (slugs_of(post), count(energy), count(digital)) == (["digital"], 0, 1)
    done(commands.undo, moderator(), act.id)
    assert (slugs_of(post), count(energy), count(digital)) == (["energy"], 1, 0)
    assert logged() == [("move", "site"), ("undo", "site")]


def test_marks_stay_where_the_post_stays(app: Flask, energy: Topic, post: Post) -> None:
    factories.topic("digital")
    done(commands.feature, moderator(), energy.id, post.id)
    done(commands.move, moderator(), post.id, ["digital", "energy"])
    assert (slugs_of(post), featured_in(energy.id)) == (["digital", "energy"], [post.id])
    done(commands.move, moderator(), post.id, ["digital"])
    assert featured_in(energy.id) == []


def test_curator_takes_posts_out_of_their_own_topics_only(app: Flask, energy: Topic, post: Post) -> None:
    digital = factories.topic("digital")
    also_under(post, digital)
    with pytest.raises(Unfit):
        done(commands.move, curator(energy), post.id, ["energy"])
    with pytest.raises(NotCurator):
        done(commands.move, curator(factories.topic("gov")), post.id, ["gov"])
    assert slugs_of(post) == ["energy", "digital"]


@pytest.mark.parametrize("fields", [{"state": TopicState.ARCHIVED}, {"posting_policy": PostingPolicy.CURATORS_ONLY}])
def test_post_does_not_move_where_the_curator_may_not_post(app: Flask, energy: Topic, post: Post, fields: dict) -> None:  # type: ignore[type-arg]  # of a topic's columns
    factories.topic("shut", **fields)
    with pytest.raises(Invalid):
        done(commands.move, curator(energy), post.id, ["shut"])


@pytest.mark.parametrize("slugs", [[], ["nowhere"], ["a", "b", "c", "d", "e", "energy"]])
def test_post_is_under_one_to_five_topics_that_exist(app: Flask, post: Post, slugs: list[str]) -> None:
    for slug in "abcde":
        factories.topic(slug)
    with pytest.raises(Invalid):
        done(commands.move, moderator(), post.id, slugs)


def test_thread_is_closed_opened_and_logged(app: Flask, web: Web, energy: Topic, post: Post) -> None:
    actor = curator(energy)
    act = done(commands.set_thread, actor, post.id, "closed")
    assert "This discussion is closed." in web.get(f"/posts/{post.id}/quay").words()
    done(commands.undo, actor, act.id)
    assert "This discussion is closed." not in web.get(f"/posts/{post.id}/quay").words()
    assert logged() == [("close", "site"), ("undo", "site")]


def test_thread_is_the_curators_of_its_topics(app: Flask, post: Post) -> None:
    with pytest.raises(NotCurator):
        done(commands.set_thread, curator(factories.topic()), post.id, "closed")
    with pytest.raises(Unfit):
        done(commands.set_thread, moderator(), post.id, "ajar")


def test_withdrawn_post_is_not_curated(app: Flask, energy: Topic) -> None:
    post = factories.post(None, energy, state=PostState.WITHDRAWN)
    for act in (commands.set_thread, commands.move):
        with pytest.raises(NotUnder):
            done(act, moderator(), post.id, "closed")


def test_merge_moves_posts_counts_and_addresses(app: Flask, web: Web, energy: Topic, post: Post) -> None:
    heat = factories.topic("heat", post_count=1)
    factories.post(None, heat)
    both = factories.post(None, energy)
    also_under(both, heat)
    done(commands.merge, moderator(), energy.id, "heat")
    assert (slugs_of(post), slugs_of(both), count(heat), count(energy)) == (["heat"], ["heat"], 3, 0)
    assert web.get("/topics/energy").response.location == "/topics/heat"
    assert topics.find_moved("energy") == "heat"
    assert logged() == [("merge", "topic energy")]


def test_merge_is_undone_with_everything(app: Flask, web: Web, energy: Topic, post: Post) -> None:
    heat, child = factories.topic("heat"), factories.topic("pumps", parent_id=energy.id)
    both = factories.post(None, heat)
    also_under(both, energy)
    act = done(commands.merge, moderator(), energy.id, "heat")
    assert child.parent_id == heat.id
    later = factories.post(None, heat)
    done(commands.undo, moderator(), act.id)
    assert (slugs_of(post), slugs_of(both), slugs_of(later)) == (["energy"], ["heat", "energy"], ["heat"])
    assert (count(energy), count(heat), child.parent_id) == (2, 2, energy.id)
    assert web.get("/topics/energy").status == 200


def test_merge_is_for_moderators_of_the_site(app: Flask, energy: Topic) -> None:
    factories.topic("heat")
    with pytest.raises(NotCurator):
        done(commands.merge, curator(energy), energy.id, "heat")


@pytest.mark.parametrize("into", ["energy", "nowhere", "", "old"])
def test_merge_into_nothing_is_refused(app: Flask, energy: Topic, into: str) -> None:
    factories.topic("old", state=TopicState.ARCHIVED)
    with pytest.raises(Unfit):
        done(commands.merge, moderator(), energy.id, into)


def test_merge_twice_is_refused(app: Flask, energy: Topic) -> None:
    for slug in ("heat", "wind"):
        factories.topic(slug)
    done(commands.merge, moderator(), energy.id, "heat")
    with pytest.raises(Unfit):
        done(commands.merge, moderator(), energy.id, "wind")


def followers(topic: Topic) -> dict[str, str]:
    """How closely who follows it, by username."""
    rows = select(Member.username, Follow.level).join(Follow, Follow.member_id == Member.id)
    here = (Follow.kind == TargetKind.TOPIC, Follow.target_id == topic.id)
    return {row.username: row.level for row in db.session.execute(rows.where(*here))}


def follows(username: str, *chosen: tuple[Topic, Level]) -> Actor:
    actor = factories.actor(factories.member(username))
    for topic, level in chosen:
        done(follow, actor, TargetKind.TOPIC, topic.id, level)
    return actor


def test_followers_go_along_with_a_merge_and_back(app: Flask, energy: Topic) -> None:
    heat = factories.topic("heat")
    amira = follows("amira", (energy, Level.EVERY))
    follows("noor", (energy, Level.HIGHLIGHTS), (heat, Level.MUTED))
    piet = follows("piet", (energy, Level.HIGHLIGHTS))
    follows("rosa", (heat, Level.EVERY))
    act = done(commands.merge, moderator(), energy.id, "heat")
    assert followers(heat) == {"amira": "every", "noor": "muted", "piet": "highlights", "rosa": "every"}
    assert [one.name for one in page_of_follows(amira).rows] == ["Heat"]
    done(follow, piet, TargetKind.TOPIC, heat.id, Level.EVERY)
    done(commands.undo, moderator(), act.id)
    assert followers(heat) == {"noor": "muted", "piet": "every", "rosa": "every"}
    assert followers(energy) == {"amira": "every", "noor": "highlights", "piet": "highlights"}
