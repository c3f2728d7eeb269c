"""The directory of members: every order, and finding by how a name begins."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.accounts.directory import DirectorySort, page_of_members
from forum.accounts.models import Member, MemberBeginning
from forum.kernel import beginnings, keyset
from forum.kernel.access import MemberState
from forum.kernel.db import db, transaction
from tests import factories
from tests.statements import counted
from tests.web import Web


@pytest.fixture
def people(app: Flask) -> None:
    factories.member("bea", name="Zoë van Brugge", post_count=5, comment_count=1)
    factories.member("ann", name="ann de Wit", city="Gouda", post_count=0, comment_count=9)
    factories.member("cas", name="Émile Ørsted", post_count=5, comment_count=3)
    factories.member("gone", name="Anna Hidden", state=MemberState.UNCONFIRMED)


def names(**asked: Any) -> list[str]:
    return [row.card.username for row in page_of_members(**asked).rows]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (DirectorySort.NEWEST, ["cas", "ann", "bea"]),
        (DirectorySort.NAME, ["ann", "cas", "bea"]),
        (DirectorySort.POSTS, ["cas", "bea", "ann"]),
        (DirectorySort.COMMENTS, ["ann", "cas", "bea"]),
    ],
)
def test_members_stand_in_order(people: None, sort: DirectorySort, expected: list[str]) -> None:
    assert names(sort=sort) == expected


@pytest.mark.parametrize("sort", DirectorySort)
def test_every_order_is_walked_forwards_and_back(
    people: None, monkeypatch: pytest.MonkeyPatch, sort: DirectorySort
) -> None:
    whole = names(sort=sort)
    monkeypatch.setattr(keyset, "PAGE", 1)
    pages = [page_of_members(sort=sort)]
    while pages[-1].after:
        pages.append(page_of_members(pages[-1].after, sort=sort))
    assert [row.card.username for page in pages for row in page.rows] == whole
    assert page_of_members(before=pages[2].before, sort=sort) == pages[1]
    assert page_of_members(before=pages[1].before, sort=sort) == pages[0]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("zoe", ["bea"]),
        ("BRUG", ["bea"]),
        ("van brugge", ["bea"]),
        ("brugge zoë", ["bea"]),
        ("emile", ["cas"]),
        ("orst", ["cas"]),
        ("gou", ["ann"]),
        ("bea", ["bea"]),
        ("rugge", []),
        ("zoe wit", []),
        ("anna", []),
        ("%", []),
        (" ", ["cas", "ann", "bea"]),
    ],
)
def test_members_are_found_by_beginnings(people: None, q: str, expected: list[str]) -> None:
    assert names(q=q) == expected


def test_found_members_stand_in_the_order_asked_for(people: None) -> None:
    for number in range(3):
        factories.member(f"x{number}", name=f"Xander {number}", post_count=number)
    assert names(q="xan", sort=DirectorySort.POSTS) == ["x2", "x1", "x0"]


def test_member_is_found_by_a_new_name_and_not_by_the_old(people: None) -> None:
    with transaction() as session:
        session.scalars(select(Member).where(Member.username == "ann")).one().name = "Ann Bakker"
    assert (names(q="bakker"), names(q="wit"), names(q="gouda")) == (["ann"], [], ["ann"])


def test_look_stops_after_so_many(people: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beginnings, "CANDIDATES", 2)
    for number in range(4):
        factories.member(f"x{number}", name=f"Xander {number}")
    assert names(q="xander") == ["x1", "x0"]


def test_every_member_has_one_whole_name(people: None) -> None:
    factories.member("odd", name="🙂")
    wholes = select(MemberBeginning.owner_id, func.count().label("wholes")).where(MemberBeginning.whole)
    counts = [row.wholes for row in db.session.execute(wholes.group_by(MemberBeginning.owner_id))]
    assert counts == [1] * 5


def test_page_takes_one_statement_and_a_cursor_another(app: Flask, people: None) -> None:
    for sort in DirectorySort:
        with counted(app) as made:
            page_of_members(q="a", sort=sort)
        assert len(made) == 1
        with counted(app) as made:
            page_of_members(after="1", sort=sort)
        assert len(made) == 2


def test_page_of_the_directory_offers_orders(web: Web, people: None) -> None:
    page = web.get("/members?sort=name")
    chosen = [one.get("value") for one in page.tree.iter("option") if one.get("selected") is not None]
    links = [link for link in page.links() if link.startswith("/members/")]
    assert (chosen, links) == (["name"], ["/members/ann", "/members/cas", "/members/bea"])


def test_unknown_order_is_the_first(web: Web, people: None) -> None:
    links = [link for link in web.get("/members?sort=none").links() if link.startswith("/members/")]
    assert links == ["/members/cas", "/members/ann", "/members/bea"]
