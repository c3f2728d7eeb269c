"""Who reads what waits, came back, was refused, hidden, removed or taken back, and what is said about it: a matrix of
everything that isn't everyone's, over all who look and every address that the site has."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from forum.accounts.models import Member
from forum.kernel.db import db
from forum.kernel.mailer import StoredLetter
from forum.kernel.worker import Worker
from forum.posts.models import Post
from forum.topics.models import Topic
from tests.justice import settle as settle_decisions
from tests.moderation.planting import MARK, World, community, plant
from tests.moderation.test_undo import Tray
from tests.moderation.walking import addresses, look
from tests.search.conftest import _empty_index
from tests.search.finding import settle as settle_index
from tests.web import Web

# What is read is the same on every database; the rules in SQL have their own tests on both.
pytestmark = pytest.mark.parametrize("installed", ["sqlite"], indirect=True, scope="session")
__all__ = ["_empty_index"]

NOBODY = "nobody"
TOKEN = re.compile(rf"{MARK}\d\dx")
WALKERS = (NOBODY, "outsider", "author", "silenced author", "editor", "curator", "moderator", "administrator")


def world() -> World:
    """Searched for, followed, told of by letter: whatever comes of it has come."""
    made = community()
    plant(made)
    Worker(Tray(), {}).drain()
    settle_decisions()
    settle_index()
    return made


def visitor(app: Flask, made: World, name: str) -> Web:
    web = Web(app)
    return web if name == NOBODY else web.sign_in(db.session.get_one(Member, made.ids[name]))


def read_by(web: Web, paths: list[str]) -> dict[str, str]:
    """The marks that somebody comes across anywhere, and where first."""
    found: dict[str, str] = {}
    for path in paths:
        for token in TOKEN.findall(look(web, path)):
            found.setdefault(token, path)
    return found


def misread(app: Flask, made: World) -> list[str]:
    """Who reads what isn't theirs, or doesn't find what is."""
    paths, wrong = list(addresses(app)), []
    for name in WALKERS:
        found = read_by(visitor(app, made, name), paths)
        for token, readers in made.readers.items():
            if (token in found) != (name in readers):
                wrong.append(f"{name}: {made.kinds[token]}: {found.get(token, 'found nowhere')}")
    return wrong


def counted(made: World) -> tuple[int, ...]:
    """Comments of the post, posts of its topic, comments and posts of the author."""
    post, author = db.session.get_one(Post, made.post_id), db.session.get_one(Member, made.ids["author"])
    topic = db.session.scalars(select(Topic).where(Topic.slug == "water")).one()
    return post.comment_count, topic.post_count, author.comment_count, author.post_count


def mistold(made: World) -> list[str]:
    """What letters tell somebody who may not read it."""
    names = {db.session.get_one(Member, number).email: name for name, number in made.ids.items()}
    return [
        f"{names.get(one.to_address, NOBODY)}: {made.kinds[token]}"
        for one in db.session.scalars(select(StoredLetter))
        for token in TOKEN.findall(one.plain + one.html + one.subject)
        if names.get(one.to_address, NOBODY) not in made.readers[token]
    ]


def test_everyone_reads_what_is_theirs_to_read_and_nothing_else(app: Flask) -> None:
    made = world()
    assert misread(app, made) == []
    assert mistold(made) == []
    assert counted(made) == (2, 1, 2, 0)
