"""Link cards: words of strangers, fetched by the worker once, drawn into every text that shows the link."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from forum import wiring
from forum.accounts.models import Member
from forum.comments.models import Comment
from forum.kernel import clock, outbound
from forum.kernel.db import db, transaction
from forum.kernel.mailer import Postbox
from forum.kernel.outbound import Fetcher
from forum.kernel.worker import Worker
from forum.media import cards, previews
from forum.media.models import LinkCard
from forum.posts import commands, queries
from forum.posts.models import Post
from tests import factories
from tests.kernel.outbound.internet import PUBLIC, Answer, Names, Network, says, server
from tests.posts.drafting import edit, publish, row
from tests.web import Web

URL = "http://city.example/quay"
PAGE = b"""<html><head><title>Quay wall</title><meta property="og:site_name" content="City of Example">
<meta name="description" content="What it cost."></head><body>"""


def work(app: Flask, answer: Answer) -> None:
    """The worker, with a small Internet around it."""
    job = {"media.cards": wiring.JOBS["media.cards"]}
    with server(answer) as port:
        outbound.install(app, Fetcher("Kade", Names(city_example=[[PUBLIC]]), Network(port).dial))
        Worker(Postbox(None, app.extensions["settings"].data_dir / "mail", "Kade", "no-reply@x.org"), job).drain()


def due_again() -> None:
    with transaction() as session:
        session.execute(update(LinkCard).values(next_at=clock.now() - timedelta(seconds=1)))
        session.connection().exec_driver_sql("DELETE FROM periodic_jobs")


def commented(web: Web, url: str = URL) -> int:
    """The id of the post that a comment with the link stands under."""
    post_id = factories.post().id
    path = f"/posts/{post_id}/comments"
    assert web.submit(f"{path}/new", path, body=f"Look:\n\n{url}\n").status == 303
    return int(post_id)


def html() -> str:
    """Of the one comment there is."""
    db.session.rollback()
    return db.session.scalars(select(Comment.html)).one()


def test_card_is_fetched_and_drawn(app: Flask, web: Web, ada: Member) -> None:
    commented(web)
    before = html()
    work(app, says(PAGE))
    assert "Quay wall" not in before
    assert html().endswith(
        f'<a class="linkcard" href="{URL}" rel="nofollow ugc noopener"><small>City of Example · city.example</small>'
        '<b dir="auto">Quay wall</b><span class="linkcard__text" dir="auto">What it cost.</span></a>\n'
    )


def test_card_reaches_the_shared_page(app: Flask, web: Web, ada: Member) -> None:
    post_id = commented(web)
    path = f"/posts/{post_id}/{db.session.get_one(Post, post_id).slug}"
    before = Web(app).get(path).text
    work(app, says(PAGE))
    assert ("Quay wall" in before, "Quay wall" in Web(app).get(path).text) == (False, True)


def test_card_is_fetched_once_for_many_texts_and_again_a_month_later(app: Flask, web: Web, ada: Member) -> None:
    commented(web)
    work(app, says(PAGE))
    card = db.session.scalars(select(LinkCard)).one()
    assert (card.next_at or clock.now()) - clock.now() > cards.REFRESH - timedelta(minutes=1)


def test_changed_card_is_drawn_again(app: Flask, web: Web, ada: Member) -> None:
    commented(web)
    work(app, says(PAGE))
    due_again()
    work(app, says(b"<title>Quay wall, finished</title>"))
    assert "Quay wall, finished" in html()


def test_failure_keeps_the_card_and_waits_longer_each_time(app: Flask, web: Web, ada: Member) -> None:
    commented(web)
    work(app, says(PAGE))
    for failures in (1, 2):
        due_again()
        work(app, says(b"", status="500 Oh"))
        card = db.session.scalars(select(LinkCard).execution_options(populate_existing=True)).one()
        assert (card.failures, card.error, "Quay wall" in html()) == (failures, "bad-status", True)
    assert (card.next_at or clock.now()) - clock.now() > timedelta(hours=3)


@pytest.mark.parametrize("url", ["http://127.0.0.1/x", "http://169.254.169.254/latest", "http://localhost/x"])
def test_private_address_is_not_fetched(app: Flask, web: Web, ada: Member, url: str) -> None:
    commented(web, url)
    work(app, says(PAGE))
    card = db.session.scalars(select(LinkCard)).one()
    assert (card.title, card.error) in {("", "private-address"), ("", "address-refused")}


def test_words_of_strangers_are_words() -> None:
    evil = "<script>alert(1)</script>\u202e\x00 " + "x" * 500
    page = f'<title>&lt;b&gt;</title><meta property="og:title" content="{evil.replace("<", "&lt;")}">'
    preview = previews.read(page)
    assert preview.title.startswith("<script>alert(1)</script>")
    assert (len(preview.title) <= previews.MAX_TITLE, "\u202e" in preview.title) == (True, False)


def test_script_in_a_title_is_escaped(app: Flask, web: Web, ada: Member) -> None:
    commented(web)
    work(app, says(b"<title>&lt;img src=x onerror=alert(1)&gt;</title>"))
    assert '<b dir="auto">&lt;img src=x onerror=alert(1)&gt;</b>' in html()


def test_link_to_a_post_shows_its_own_card_while_it_is_public(app: Flask, web: Web, ada: Member) -> None:
    city = factories.organisation("city-of-x")
    other = factories.post(factories.member("bo"), title="A wall", organisation_id=city.id)
    commented(web, f"http://localhost/posts/{other.id}/{other.slug}")
    assert '<b dir="auto">A wall</b><span class="linkcard__text" dir="auto">City Of X — Bo</span>' in html()
    with transaction() as session:
        session.execute(update(Post).where(Post.id == other.id).values(state="hidden"))
    work(app, says(PAGE))
    assert "A wall" not in html()


def test_cards_of_a_post_follow_at_once_what_becomes_of_it(app: Flask, web: Web, ada: Member) -> None:
    """On posts and on comments, and without the worker: what was taken back stands on no card."""
    bo = factories.actor(factories.member("bo"))
    wall = publish(bo, title="A wall")
    link = f"http://localhost{queries.get_address(wall)}"
    commented(web, link)
    other = publish(bo, source=f"Look:\n\n{link}\n")
    edit(bo, wall, title="A quay")
    assert ("A quay" in html(), "A quay" in row(other).html) == (True, True)
    with transaction():
        commands.withdraw(bo, wall)
    assert ("A quay" in html(), "A quay" in row(other).html) == (False, False)
    with transaction():
        commands.restore(bo, wall)
    assert ("A quay" in html(), "A quay" in row(other).html) == (True, True)
