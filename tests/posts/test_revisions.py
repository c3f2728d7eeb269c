"""Who changed a post, why, and bringing older words back."""

from __future__ import annotations

import pytest
from flask import Flask

from forum.accounts.models import Member
from forum.kernel.access import Actor
from forum.kernel.db import db, transaction
from forum.posts import commands, queries
from forum.posts.errors import NoSuchVersion, NotYours
from forum.posts.rendering import render_body
from tests import factories
from tests.posts.drafting import edit, publish, row
from tests.web import Web


@pytest.fixture
def anna(app: Flask) -> Actor:
    return factories.actor(factories.member("anna"))


def bring_back(actor: Actor, post_id: int, number: int) -> None:
    old = queries.get_revision(row(post_id).id, actor, number)  # type: ignore[arg-type]  # a PostId all the same
    body = render_body(old.source)
    with transaction():
        commands.restore_revision(actor, old.post_id, number, body)


def test_history_says_who_changed_it_and_why(web: Web, anna: Actor) -> None:
    post_id = publish(anna)
    edit(anna, post_id, source="Better words.", note="The figures were wrong")
    page = web.get(f"/posts/{post_id}/history")
    assert ("Why: The figures were wrong" in page.words(), "/members/anna" in page.links()) == (True, True)


def test_older_words_become_the_newest(anna: Actor) -> None:
    post_id = publish(anna, title="First", source="First words.")
    edit(anna, post_id, title="Second", source="Second words.")
    bring_back(anna, post_id, 1)
    post = row(post_id)
    assert (post.title, post.source, post.html, post.revision) == ("First", "First words.", "<p>First words.</p>\n", 3)
    assert queries.page_of_revisions(post_id).versions[0].note == "Version 1 put back"


def test_words_in_force_brought_back_change_nothing(anna: Actor) -> None:
    post_id = publish(anna)
    edit(anna, post_id, source="Second words.")
    bring_back(anna, post_id, 2)
    assert row(post_id).revision == 2


def test_version_that_is_not_there_is_refused(anna: Actor) -> None:
    post_id = publish(anna)
    with pytest.raises(NoSuchVersion):
        bring_back(anna, post_id, 9)


def test_others_bring_nothing_back(anna: Actor) -> None:
    post_id = publish(anna)
    edit(anna, post_id, source="Second words.")
    with pytest.raises(NotYours):
        bring_back(factories.actor(factories.member(role="admin")), post_id, 1)


def test_author_brings_words_back_from_the_history(web: Web, anna: Actor) -> None:
    post_id = publish(anna)
    edit(anna, post_id, source="Second words.")
    here = f"/posts/{post_id}/history"
    assert "Bring these words back" not in web.get(f"{here}?revision=1").words()
    web.sign_in(db.session.get_one(Member, anna.id))
    assert "Bring these words back" not in web.get(here).words()
    sent = web.submit(f"{here}?revision=1", f"{here}/1/restore")
    assert (sent.status, row(post_id).revision, "Second" in row(post_id).source) == (303, 3, False)
