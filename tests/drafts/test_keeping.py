"""No saved word is written over unasked, and nothing that was sent or thrown away comes back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from forum.drafts import commands, policy, queries
from forum.drafts.errors import NoSuchDraft, NoSuchPlace, TooManyDrafts, WrittenElsewhere
from forum.drafts.models import KeptDraft
from forum.kernel import clock
from forum.kernel.access import ANONYMOUS, Actor, MemberState
from forum.kernel.db import db, transaction
from forum.kernel.errors import Forbidden, TooLarge
from forum.posts.models import PostState
from tests import factories
from tests.drafts.keeping import close, save, stored
from tests.twins import assert_twin


@pytest.fixture
def anna(app: Flask) -> Actor:
    return factories.actor(factories.member("anna"))


def test_words_are_kept_and_grow(anna: Actor) -> None:
    assert [save(anna), save(anna, "A whole thought", base=1, turn=2)] == [1, 2]
    assert stored() == [("post:new", "A whole thought", 2, True)]


def test_each_form_and_member_has_words_of_its_own(anna: Actor) -> None:
    post = factories.post()
    for place in ("post:new", f"{post.id}:"):
        save(anna, place=place)
    save(factories.actor(factories.member()))
    assert [row[0] for row in stored()] == ["post:new", f"{post.id}:", "post:new"]


def test_words_of_another_page_are_not_written_over(anna: Actor) -> None:
    save(anna, "Of one")
    for base in (0, 7):
        with pytest.raises(WrittenElsewhere):
            save(anna, "Of another", writer="other", base=base)
    assert stored() == [("post:new", "Of one", 1, True)]


def test_savings_of_one_page_may_overtake_each_other(anna: Actor) -> None:
    save(anna, "First", turn=1)
    save(anna, "Third", base=0, turn=3)
    with pytest.raises(WrittenElsewhere):
        save(anna, "Second", base=0, turn=2)
    assert stored() == [("post:new", "Third", 2, True)]


def test_late_saving_never_brings_back_what_was_sent(anna: Actor) -> None:
    save(anna)
    close(anna, sequence=1)
    for base in (0, 1):
        with pytest.raises(WrittenElsewhere):
            save(anna, "Late", base=base, turn=9)
    assert stored() == [("post:new", "", 2, False)]


def test_first_saving_that_comes_after_sending_finds_its_place_taken(anna: Actor) -> None:
    close(anna)
    with pytest.raises(WrittenElsewhere):
        save(anna, "Late")
    assert stored() == [("post:new", "", 1, False)]


def test_page_that_saved_while_it_sent_is_closed_all_the_same(anna: Actor) -> None:
    save(anna)
    save(anna, "On the way", base=1, turn=2)
    close(anna, sequence=1)
    assert stored() == [("post:new", "", 3, False)]


def test_words_of_another_page_stay_when_this_one_is_sent(anna: Actor) -> None:
    save(anna, "Of another device", writer="other")
    close(anna, sequence=0)
    assert stored() == [("post:new", "Of another device", 1, True)]


def test_new_words_begin_after_what_was_sent(anna: Actor) -> None:
    save(anna)
    close(anna, sequence=1)
    assert save(anna, "Another post", base=2, writer="new") == 3
    assert stored() == [("post:new", "Another post", 3, True)]


def test_form_that_was_emptied_is_no_draft(anna: Actor) -> None:
    save(anna)
    save(anna, " ", base=1)
    assert queries.page_of_drafts(anna).rows == ()


def test_discarding_twice_is_once_and_late_words_stay_out(anna: Actor) -> None:
    save(anna)
    draft = queries.find_draft(anna, "post:new")
    assert draft is not None
    for _ in range(2):
        with transaction():
            commands.discard(anna, draft.id)
    with pytest.raises(WrittenElsewhere):
        save(anna, "Late", base=1, turn=2)
    assert stored() == [("post:new", "", 2, False)]


def test_drafts_are_their_authors(anna: Actor) -> None:
    save(anna)
    draft = queries.find_draft(anna, "post:new")
    assert draft is not None
    others = [ANONYMOUS, *(factories.actor(factories.member(role=role)) for role in ("member", "moderator", "admin"))]
    assert_twin(KeptDraft, policy.can_see, policy.visible_to, [draft], [anna, *others])
    with pytest.raises(NoSuchDraft):
        queries.get_draft(others[-1], draft.id)


@pytest.mark.parametrize("place", ["", "post:0", "post:new:1", "comment:", "9:9:9", "12345:", "comment:77", "post:88"])
def test_words_for_no_form_are_refused(anna: Actor, place: str) -> None:
    with pytest.raises(NoSuchPlace):
        save(anna, place=place)


def test_words_for_what_one_cannot_see_are_refused(anna: Actor) -> None:
    hidden = factories.post(state=PostState.DRAFT)
    with pytest.raises(NoSuchPlace):
        save(anna, place=f"{hidden.id}:")


def test_text_that_is_too_long_is_refused(anna: Actor) -> None:
    with pytest.raises(TooLarge):
        save(anna, "x" * (policy.MAX_CHARACTERS + 1))


def test_account_keeps_only_so_many(anna: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "MAX_DRAFTS", 1)
    save(anna)
    with pytest.raises(TooManyDrafts):
        save(anna, place=f"{factories.post().id}:")


def test_suspended_member_keeps_nothing(app: Flask) -> None:
    with pytest.raises(Forbidden):
        save(factories.actor(factories.member(state=MemberState.SUSPENDED)))


def test_sweep_forgets_old_words_and_old_closings(anna: Actor) -> None:
    post = factories.post()
    save(anna)
    save(anna, place=f"{post.id}:")
    close(anna, sequence=1)
    with transaction():
        for row, age in zip(db.session.query(KeptDraft).order_by(KeptDraft.id), (31, 100), strict=True):
            row.saved_at = clock.now() - timedelta(days=age)
    with transaction():
        commands.sweep()
    assert [row[0] for row in stored()] == [f"{post.id}:"]
