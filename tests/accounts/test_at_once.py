"""The same thing by many at the same moment, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from forum.accounts import commands, queries, throttles, tokens
from forum.accounts.errors import LinkDead
from forum.accounts.models import MailToken, Member, Purpose, Throttle
from forum.kernel.db import db, transaction
from forum.kernel.errors import Invalid, TooOften
from tests import factories
from tests.parallel import at_once

LIMIT = throttles.Limit("test", 5, timedelta(minutes=15))
NEW = commands.NewMember("hanna", "Hanna", "hanna@example.org", "a hash")


def test_one_of_many_gets_the_username(app: Flask) -> None:
    def join(number: int) -> bool:
        try:
            with transaction():
                commands.sign_up(replace(NEW, email=f"{number}@example.org"), "Kade")
        except Invalid:
            return False
        return True

    assert sum(at_once(app, join, range(10))) == 1
    assert db.session.scalar(select(func.count()).select_from(Member)) == 1


def test_one_of_many_uses_the_link(app: Flask) -> None:
    member = factories.member()
    with transaction():
        token = tokens.make(member.id, Purpose.RESET, "hanna@example.org")

    def use(new_hash: str) -> bool:
        try:
            with transaction():
                commands.reset_password(token, new_hash)
        except LinkDead:
            return False
        return True

    used = at_once(app, use, [f"hash {number}" for number in range(10)])
    db.session.rollback()
    assert sum(used) == 1
    assert db.session.scalar(select(Member.password_hash)) == f"hash {used.index(True)}"


def test_links_made_at_once_leave_one_alive(app: Flask) -> None:
    member = factories.member()

    def make(_: int) -> None:
        with transaction():
            tokens.make(member.id, Purpose.RESET, "hanna@example.org")

    at_once(app, make, range(8))
    assert db.session.scalar(select(func.count()).select_from(MailToken)) == 1


def test_no_more_than_the_limit_pass_at_once(throttled: Flask) -> None:
    def hit(_: int) -> bool:
        try:
            with transaction():
                throttles.hit((LIMIT, "hanna"))
        except TooOften:
            return False
        return True

    assert sum(at_once(throttled, hit, range(20))) == LIMIT.tries
    assert db.session.scalars(select(Throttle.tries)).all() == [LIMIT.tries]


def test_block_at_once_is_one_block(app: Flask) -> None:
    reader, author = factories.actor(factories.member()), factories.member()

    def block(_: int) -> None:
        with transaction():
            commands.block(reader, author)

    at_once(app, block, range(10))
    assert queries.blocked_ids(reader.id) == frozenset({author.id})
