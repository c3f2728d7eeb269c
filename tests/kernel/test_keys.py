"""A form sent twice does its work once."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from forum.kernel import keys
from forum.kernel.db import db, transaction
from forum.kernel.errors import Invalid
from forum.kernel.keys import IdempotencyKey
from tests import factories


def counter() -> tuple[list[int], Callable[[], str]]:
    done: list[int] = []

    def act() -> str:
        done.append(1)
        return f"/done/{len(done)}"

    return done, act


def send(member_id: int, key: str, words: list[str], act: Callable[[], str], form: str = "form") -> str:
    with transaction():
        return keys.once(member_id, form, key, words, act)  # type: ignore[arg-type]  # an int from the factory


def test_key_used_twice_gives_the_same_answer(app: Flask) -> None:
    member, (done, act) = factories.member(), counter()
    answers = [send(member.id, "k", ["a"], act) for _ in range(2)]
    assert (answers, len(done)) == (["/done/1", "/done/1"], 1)


def test_key_with_other_words_is_refused(app: Flask) -> None:
    member, (done, act) = factories.member(), counter()
    send(member.id, "k", ["a"], act)
    with pytest.raises(Invalid):
        send(member.id, "k", ["b"], act)
    assert len(done) == 1


def test_key_belongs_to_a_member_and_a_form(app: Flask) -> None:
    first, second, (done, act) = factories.member(), factories.member(), counter()
    send(first.id, "k", ["a"], act)
    send(second.id, "k", ["a"], act)
    send(first.id, "k", ["a"], act, form="other")
    assert len(done) == 3


def test_key_missing_is_refused(app: Flask) -> None:
    member, (done, act) = factories.member(), counter()
    with pytest.raises(Invalid):
        send(member.id, "", ["a"], act)
    assert done == []


def test_key_is_forgotten_when_its_work_fails(app: Flask) -> None:
    member = factories.member()

    def fail() -> str:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        send(member.id, "k", ["a"], fail)
    assert db.session.scalars(select(IdempotencyKey)).all() == []
