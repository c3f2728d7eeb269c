from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from flask import Flask

from forum.kernel.access import Actor, MemberState, Role
from forum.kernel.db import transaction
from forum.kernel.errors import Invalid, NotFound, Refused
from forum.kernel.ids import TopicId
from forum.kernel.operator import OPERATOR
from forum.topics import commands, queries
from forum.topics.details import Details
from forum.topics.errors import NoSuchCurator, NotCurator, SlugTaken, WrongParent
from forum.topics.models import Sign, Topic, TopicState
from tests import factories

ENERGY = Details(name="Energy", description="Heat and power.", sign="energy")


def create(actor: Actor = OPERATOR, details: Details = ENERGY, **options: Any) -> Topic:
    with transaction():
        return commands.create(actor, details, **options)


def edit(topic: Topic, actor: Actor = OPERATOR, **fields: Any) -> Topic:
    now = replace(ENERGY, name=topic.name, slug=topic.slug, description=topic.description, sign=topic.sign)
    with transaction():
        return commands.edit(actor, topic.id, replace(now, **fields))


def do(command: Any, topic: Topic, *words: Any, actor: Actor = OPERATOR, **flags: Any) -> None:
    with transaction():
        command(actor, topic.id, *words, **flags)


def order() -> list[str]:
    return [label.slug for label in queries.open_topics()]


def curators(topic: Topic) -> list[str]:
    return [card.username for card in queries.curators_of(topic.id)]


def test_topic_is_made_after_the_others(app: Flask) -> None:
    made = create()
    other = create(details=Details(name="Circular City"))
    assert (made.slug, made.name, made.description, made.sign, made.state) == (
        "energy",
        "Energy",
        "Heat and power.",
        Sign.ENERGY,
        TopicState.OPEN,
    )
    assert (made.position, other.slug, other.position) == (1, "circular-city", 2)


def test_topic_is_made_at_a_place(app: Flask) -> None:
    create(position=5)
    create(details=Details(name="First", slug="a-topic"), position=1)
    assert order() == ["a-topic", "energy"]


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MODERATOR])
def test_making_a_topic_is_for_moderators(app: Flask, role: Role) -> None:
    actor = factories.actor(factories.member(role=role))
    if role is Role.MODERATOR:
        assert create(actor).slug == "energy"
    else:
        with pytest.raises(NotCurator):
            create(actor)


def test_topic_is_not_made_twice(app: Flask) -> None:
    create()
    with pytest.raises(SlugTaken, match="/topics/energy"):
        create(details=replace(ENERGY, name="Energy!"))
    assert order() == ["energy"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 61),
        ("slug", "new"),
        ("slug", "Energy"),
        ("slug", "e"),
        ("slug", "e/f"),
        ("description", "x" * 201),
        ("sign", "pink"),
        ("posting_policy", "nobody"),
        ("introduction", "x" * 8001),
        ("pinned_note", "x" * 1001),
    ],
)
def test_detail_that_cannot_be_is_refused(app: Flask, field: str, value: str) -> None:
    with pytest.raises(Invalid) as refusal:
        create(
            details=replace(ENERGY, slug="energy", **{field: value}) if field != "slug" else replace(ENERGY, slug=value)
        )
    assert list(refusal.value.fields) == [field]
    assert order() == []


def test_edit_changes_a_topics_words(app: Flask) -> None:
    topic = create()
    edit(topic, name="Energy & heat", sign="gov", introduction="Hello", introduction_html="<p>Hello</p>")
    page = queries.get_topic_head("energy")
    assert (page.label.name, page.label.sign, page.introduction_html) == ("Energy & heat", "gov", "<p>Hello</p>")


def test_new_slug_keeps_the_old_one_as_an_address(app: Flask) -> None:
    topic = create()
    edit(topic, slug="power")
    assert queries.find_moved("energy") == "power"
    edit(topic, slug="energy")
    assert (queries.find_moved("power"), queries.find_moved("energy")) == ("energy", None)


def test_slug_of_another_topic_is_refused(app: Flask) -> None:
    topic = create()
    other = create(details=Details(name="Heat"))
    edit(other, slug="warmth")
    for slug in ("warmth", "heat"):
        with pytest.raises(SlugTaken):
            edit(topic, slug=slug)
    assert order() == ["energy", "warmth"]


def test_old_address_is_not_given_to_a_new_topic(app: Flask) -> None:
    edit(create(), slug="power")
    with pytest.raises(SlugTaken):
        create()


def test_editing_is_for_moderators(app: Flask) -> None:
    topic = create()
    member = factories.actor(factories.member())
    for act in (commands.archive, partial(commands.move, up=True)):
        with pytest.raises(NotCurator):
            do(act, topic, actor=member)
    with pytest.raises(NotCurator):
        edit(topic, member)
    with pytest.raises(NotCurator):
        do(commands.set_curators, topic, [], actor=member)


def test_topic_that_never_was_is_not_found(app: Flask) -> None:
    with pytest.raises(NotFound), transaction():
        commands.archive(OPERATOR, TopicId(1))


def test_topic_goes_below_another(app: Flask) -> None:
    create()
    child = create(details=Details(name="Heat", parent="energy"))
    assert [label.slug for label in queries.get_topic_head("energy").children] == ["heat"]
    edit(child, parent="")
    assert queries.get_topic_head("energy").children == ()


def test_topics_have_two_levels_at_most(app: Flask) -> None:
    top = create()
    child = create(details=Details(name="Heat", parent="energy"))
    other = create(details=Details(name="Other"))
    with pytest.raises(WrongParent):
        edit(other, parent="heat")
    with pytest.raises(WrongParent):
        edit(top, parent="other")
    for parent in ("heat", "nowhere"):
        with pytest.raises(WrongParent):
            edit(child, parent=parent)


def test_curators_are_exactly_those_named(app: Flask) -> None:
    topic = create()
    for name in ("anna", "bo", "cas"):
        factories.member(name)
    do(commands.set_curators, topic, ["anna", "bo", "Anna"])
    assert curators(topic) == ["anna", "bo"]
    do(commands.set_curators, topic, ["cas"])
    assert curators(topic) == ["cas"]


def test_curator_who_is_nobody_is_refused(app: Flask) -> None:
    topic = create()
    factories.member("anna")
    factories.member("gone", state=MemberState.ERASED)
    do(commands.set_curators, topic, ["anna"])
    for name in ("nobody", "gone"):
        with pytest.raises(NoSuchCurator, match=name):
            do(commands.set_curators, topic, [name])
    assert curators(topic) == ["anna"]


def test_topic_moves_among_those_beside_it(app: Flask) -> None:
    for name in ("aa", "bb", "cc"):
        create(details=Details(name=name), position=7)
    last = queries.get_topic("cc")
    do(commands.move, last, up=True)
    assert order() == ["aa", "cc", "bb"]
    do(commands.move, last, up=True)
    do(commands.move, last, up=True)
    assert order() == ["cc", "aa", "bb"]
    do(commands.move, last, up=False)
    assert order() == ["aa", "cc", "bb"]


def test_archived_topic_takes_no_posts_until_it_is_reopened(app: Flask) -> None:
    topic = create()
    do(commands.archive, topic)
    assert (order(), queries.get_topic("energy").state) == ([], TopicState.ARCHIVED)
    do(commands.reopen, topic)
    assert order() == ["energy"]


def test_archiving_twice_says_so(app: Flask) -> None:
    topic = create()
    do(commands.archive, topic)
    with pytest.raises(Refused):
        do(commands.archive, topic)
    do(commands.reopen, topic)
    with pytest.raises(Refused):
        do(commands.reopen, topic)
