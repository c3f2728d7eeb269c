from __future__ import annotations

import pytest
from flask import Flask

from forum.curating import commands
from forum.curating.commands.aspects import featured_in, pinned_in
from forum.curating.errors import ChangedSince, NoSuchAct, NotCurator, NotUnder, TooMany
from forum.kernel.access import MemberState
from forum.posts.models import Post, PostState
from forum.topics.models import Topic
from tests import factories
from tests.curating.steps import acts, curator, done, logged, moderator
from tests.web import Web


@pytest.fixture
def energy(app: Flask) -> Topic:
    made: Topic = factories.topic("energy")
    return made


def posts(topic: Topic, count: int) -> list[Post]:
    author = factories.member()
    return [factories.post(author, topic) for _ in range(count)]


def test_curator_features_orders_and_takes_away(app: Flask, energy: Topic) -> None:
    actor, (first, second) = curator(energy), posts(energy, 2)
    for post in (first, second, second):
        done(commands.feature, actor, energy.id, post.id)
    done(commands.reorder, actor, energy.id, second.id, up=True)
    assert featured_in(energy.id) == [second.id, first.id]
    done(commands.unfeature, actor, energy.id, second.id)
    assert featured_in(energy.id) == [first.id]
    assert logged() == [(verb, "topic energy") for verb in ("feature", "feature", "order", "unfeature")]


def test_sixth_featured_post_is_refused(app: Flask, energy: Topic) -> None:
    actor, found = moderator(), posts(energy, 6)
    for post in found[:5]:
        done(commands.feature, actor, energy.id, post.id)
    with pytest.raises(TooMany):
        done(commands.feature, actor, energy.id, found[5].id)
    assert len(featured_in(energy.id)) == 5


def test_fourth_pinned_post_is_refused(app: Flask, energy: Topic) -> None:
    actor, found = moderator(), posts(energy, 4)
    for post in found[:3]:
        done(commands.pin, actor, energy.id, post.id)
    with pytest.raises(TooMany):
        done(commands.pin, actor, energy.id, found[3].id)


def test_marks_are_for_the_topics_own_curators(app: Flask, energy: Topic) -> None:
    (post,) = posts(energy, 1)
    others = [curator(factories.topic("digital")), factories.actor(factories.member())]
    others.append(factories.actor(factories.member(role="moderator", state=MemberState.SILENCED)))
    for actor in others:
        for act in (commands.feature, commands.unfeature, commands.pin, commands.unpin):
            with pytest.raises(NotCurator):
                done(act, actor, energy.id, post.id)
    assert (featured_in(energy.id), logged()) == ([], [])


@pytest.mark.parametrize("state", [one for one in PostState if one is not PostState.PUBLISHED])
def test_what_readers_do_not_see_is_not_marked(app: Flask, energy: Topic, state: PostState) -> None:
    post = factories.post(None, energy, state=state)
    for act in (commands.feature, commands.pin):
        with pytest.raises(NotUnder):
            done(act, moderator(), energy.id, post.id)


def test_act_is_undone_once_and_logged(app: Flask, energy: Topic) -> None:
    actor, (post,) = curator(energy), posts(energy, 1)
    act = done(commands.pin, actor, energy.id, post.id)
    for _time in range(2):
        done(commands.undo, actor, act.id)
    assert (pinned_in(energy.id), logged()) == ([], [("pin", "topic energy"), ("undo", "topic energy")])


def test_act_that_somebody_built_on_is_not_undone(app: Flask, energy: Topic) -> None:
    actor, (first, second) = curator(energy), posts(energy, 2)
    act = done(commands.feature, actor, energy.id, first.id)
    done(commands.feature, actor, energy.id, second.id)
    with pytest.raises(ChangedSince):
        done(commands.undo, actor, act.id)
    assert featured_in(energy.id) == [first.id, second.id]


def test_undoing_is_for_curators_and_needs_an_act(app: Flask, energy: Topic) -> None:
    (post,) = posts(energy, 1)
    act = done(commands.pin, moderator(), energy.id, post.id)
    with pytest.raises(NotCurator):
        done(commands.undo, curator(factories.topic()), act.id)
    with pytest.raises(NoSuchAct):
        done(commands.undo, moderator(), act.id + 1)


def test_what_changes_nothing_is_no_act(app: Flask, energy: Topic) -> None:
    actor, (post,) = moderator(), posts(energy, 1)
    done(commands.unpin, actor, energy.id, post.id)
    done(commands.unfeature, actor, energy.id, post.id)
    assert acts() == []


def test_note_is_written_and_taken_back(app: Flask, web: Web, energy: Topic) -> None:
    actor = curator(energy)
    act = done(commands.write_note, actor, energy.id, "Read *this*.", "<p>Read <em>this</em>.</p>")
    assert "Read this." in web.get("/topics/energy").words()
    done(commands.undo, actor, act.id)
    assert "Read this." not in web.get("/topics/energy").words()
    with pytest.raises(NotCurator):
        done(commands.write_note, curator(factories.topic()), energy.id, "x", "<p>x</p>")


def test_topic_page_shows_marks_at_once_and_first(app: Flask, web: Web, energy: Topic) -> None:
    actor, (old, new) = curator(energy), posts(energy, 2)
    assert web.get("/topics/energy").text.index(new.title) < web.get("/topics/energy").text.index(old.title)
    done(commands.pin, actor, energy.id, old.id)
    page = web.get("/topics/energy")
    table = page.text.partition("<table")[2]
    assert table.index(old.title) < table.index(new.title)
    assert table.count(old.title) == 1
    assert "Pinned" in page.words()
    done(commands.feature, actor, energy.id, new.id)
    assert "Featured" in web.get("/topics/energy").words()
    assert "Featured" not in web.get("/topics/energy?tab=newest").words()
