"""What a page asks of a large database is bounded: every address that can be read, as visitors of every kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, make_url, select, text

from forum.accounts import queries as accounts
from forum.accounts.passwords import hash_password
from forum.app import create_app
from forum.community.sample.making import Sample, make
from forum.community.sample.size import Size
from forum.kernel import clock, schema
from forum.kernel.access import Role
from forum.kernel.db import db, transaction
from forum.organisations.models import Organisation
from tests.addresses import readable
from tests.conftest import own_database, settings_for
from tests.growth import filling
from tests.growth.plans import watched
from tests.web import Web

pytestmark = pytest.mark.postgres

# So large that a page which reads all of one is noticed; not so large that filling them takes long.
POSTS, COMMENTS, MEMBERS, ORGANISATIONS, LONG_THREAD = 3_000, 16_000, 4_000, 2_000, 2_000
# Above a page of 50 with all that stands beside it, below any of the large tables.
MOST = 1_600
# By their nature about everything, or all that one member has; figures of a year are computed once a change.
# For you looks among the newest 2,000 posts: a bound of its own, above this one.
WHOLE = ("/sitemap.xml", "/transparency", "/settings/privacy/erase", "/?tab=for-you")
QUERIES = {
    "pages.show_home": ("", "?tab=newest", "?tab=top", "?tab=unanswered", "?tab=for-you"),
    "pages.show_topic": ("", "?tab=newest", "?tab=top", "?tab=unanswered"),
    "pages.show_discussion": ("", "?sort=newest", "?sort=top", "?last=1"),
    "pages.show_member": ("", "?tab=comments", "?tab=recommended"),
    "pages.show_organisation": ("", "?tab=comments", "?tab=recommended"),
    "accounts.members": ("", "?sort=name", "?sort=posts", "?sort=comments", "?q=ka"),
    "organisations.directory": ("", "?sort=name", "?sort=newest", "?sort=posts", "?q=ka"),
    "moderation.queue": ("", "?lane=reports", "?view=decided", "?view=mine"),
    "notifications.show": ("", "?tab=unread"),
    "suggesting.suggest": ("?kind=member&q=ka", "?kind=topic&q=e"),
}


@dataclass(frozen=True)
class Large:
    """An application over a filled database. `values` are what stands in addresses, by name."""

    app: Flask
    sample: Sample
    values: dict[str, str]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Large]:
    folder: Path = tmp_path_factory.mktemp("large")
    with own_database() as url:
        _plan_as_for_millions(url)
        app = create_app(settings_for(folder, url))
        app.testing = True
        with app.app_context():
            schema.upgrade()
            sample = _fill()
            yield Large(app, sample, _values(sample))
            app.extensions["shared_pages"].reader.close()
            db.session.remove()
            db.engine.dispose()


def _plan_as_for_millions(url: str) -> None:
    """Of a few thousand rows reading all is cheapest: here that is left to what has no index."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for way in ("seqscan", "hashjoin", "mergejoin"):
            connection.execute(text(f"ALTER DATABASE {make_url(url).database} SET enable_{way} = off"))
        connection.execute(text(f"ALTER DATABASE {make_url(url).database} SET random_page_cost = 1.1"))
    engine.dispose()


def _fill() -> Sample:
    size = Size(POSTS, COMMENTS, MEMBERS, ORGANISATIONS, clock.now() - timedelta(hours=1), LONG_THREAD)
    with transaction():
        sample = make(size, hash_password("a sentence that is long enough"))
    with transaction():
        filling.fill(sample.username)
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    return sample


def _values(sample: Sample) -> dict[str, str]:
    _, _, post_id, post_slug = sample.long_thread.split("/") if sample.long_thread else ("", "", "", "")
    return {
        "post_id": post_id,
        "posts": post_slug,
        "topics": sample.topic.rpartition("/")[2],
        "organisations": db.session.scalars(select(Organisation.slug).order_by(Organisation.id.desc()).limit(1)).one(),
        "username": sample.username,
        "year": str(clock.now().year),
    }


def test_no_page_reads_more_than_it_shows(large: Large) -> None:
    with watched(large.app, MOST) as heavy:
        for role in ("", Role.MEMBER, Role.MODERATOR, Role.ADMIN):
            web = _visitor(large, role)
            for path in _paths(large):
                heavy.now = f"{path} as {role or 'anonymous'}"
                assert web.get(path).status < 500, heavy.now
    assert [one for one in heavy.found if not one.startswith(WHOLE)] == []


def _visitor(large: Large, role: str) -> Web:
    web = Web(large.app)
    if not role:
        return web
    with transaction():
        member = accounts.get_member(large.sample.username)
        member.role = role
    return web.sign_in(member)


def _paths(large: Large) -> Iterator[str]:
    for endpoint, path in readable(large.app, large.values):
        for query in QUERIES.get(endpoint, ("",)):
            yield path + query
