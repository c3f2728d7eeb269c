"""What is suggested while somebody types a name, and who never is."""

from __future__ import annotations

from flask import Flask

from forum.kernel.access import MemberState
from forum.topics.models import TopicState
from tests import factories
from tests.statements import counted
from tests.web import Web


def suggested(web: Web, kind: str, q: str) -> list[str]:
    page = web.get(f"/suggest?kind={kind}&q={q}")
    assert page.status == 200
    return [one.get("data-value", "") for one in page.tree.iter("li")]


def test_members_are_found_by_username_and_each_name(web: Web) -> None:
    factories.member("amira", name="Amira Haddouch", comment_count=1)
    factories.member("hadd", name="Somebody Else")
    web.sign_in(factories.member("reader"))
    assert suggested(web, "member", "hadd") == ["@amira", "@hadd"]
    assert (suggested(web, "member", "mira"), suggested(web, "member", "")) == ([], [])


def test_members_whom_readers_cannot_see_are_never_suggested(web: Web) -> None:
    for state in (MemberState.UNCONFIRMED, MemberState.ERASED):
        factories.member(f"secret-{state}", state=state)
    for role in ("member", "moderator", "admin"):
        assert suggested(Web(web.app).sign_in(factories.member(role=role)), "member", "secret") == []


def test_topics_are_found_by_slug_and_name(web: Web) -> None:
    factories.topic("energy", name="Warmth")
    factories.topic("enough", state=TopicState.MERGED)
    web.sign_in(factories.member())
    assert [suggested(web, "topic", q) for q in ("en", "warm", "x")] == [["#energy"], ["#energy"], []]


def test_emoji_are_found_by_their_english_and_dutch_names(web: Web) -> None:
    web.sign_in(factories.member())
    assert [suggested(web, "emoji", q) for q in ("bicy", "fiet", "zzz")] == [["🚲"], ["🚲"], []]


def test_wildcards_and_unknown_kinds_find_nothing(web: Web) -> None:
    web.sign_in(factories.member("anna"))
    assert [suggested(web, *asked) for asked in (("member", "%25"), ("member", "_"), ("other", "a"))] == [[], [], []]


def test_reader_without_an_account_is_asked_to_sign_in(web: Web) -> None:
    assert web.get("/suggest?kind=member&q=a").status == 303


def test_suggestion_costs_two_statements_with_who_asks(app: Flask, web: Web) -> None:
    web.sign_in(factories.member("anna"))
    for kind in ("member", "topic"):
        with counted(app) as made:
            suggested(web, kind, "an")
        assert len(made) == 2
