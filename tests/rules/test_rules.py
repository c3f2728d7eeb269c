"""House rules: their editions, and the page on how they are kept."""

from __future__ import annotations

import pytest
from flask import Flask

from forum.kernel.access import Role
from forum.kernel.db import transaction
from forum.rules import commands, queries
from forum.rules.errors import ChangedMeanwhile, NotAdministrator
from forum.rules.first import FIRST
from forum.rules.records import Change, Text
from tests import factories
from tests.web import Page, Web

LANGUAGES = ("en", "nl")


@pytest.fixture
def desk(web: Web, app: Flask) -> Web:
    """An administrator's browser."""
    return web.sign_in(factories.member("boss", name="Boss", role=Role.ADMIN))


def change(anchor: str = "", edition: int = 1, title: str = "Be kind", *, retired: bool = False) -> Change:
    texts = {code: Text(f"{title} {code}", "Words.", "<p>Words.</p>\n") for code in LANGUAGES}
    return Change(edition, anchor, texts, "OTHER_VIOLATION_TC", "Because.", retired)


def publish(made: Change, role: Role = Role.ADMIN) -> None:
    actor = factories.actor(factories.member(role=role))
    with transaction():
        commands.publish(actor, made, LANGUAGES)


def edit(desk: Web, **fields: str) -> Page:
    words = {"title_en": "Keep to it", "words_en": "*Here*.", "title_nl": "Blijf erbij", "words_nl": "*Hier*."}
    return desk.submit("/rules/on-topic/edit", "/rules/on-topic/edit", **(words | {"note": "Clearer."} | fields))


def test_rules_that_kade_brings_are_read_by_anyone(web: Web) -> None:
    page = web.get("/rules")
    sections = [one.get("id") for one in page.tree.iter("section") if one.get("class") == "rule"]
    assert sections == [*(rule.anchor for rule in FIRST), "law"]
    assert (page.heading(), page.response.headers.getlist("Set-Cookie")) == ("House rules", [])


def test_rules_speak_the_readers_language(web: Web) -> None:
    page = web.get("/rules", headers={"Accept-Language": "nl"})
    assert (page.heading(), page.tree.find(".//section[@id='on-topic']").get("lang")) == ("Huisregels", "nl")  # type: ignore[union-attr]  # it's there


def test_grounds_are_the_rules_in_force(app: Flask) -> None:
    publish(change("on-topic", retired=True))
    assert [rule.anchor for rule in queries.grounds("en")] == [one.anchor for one in FIRST if one.anchor != "on-topic"]


def test_edit_makes_an_edition_in_both_languages(desk: Web) -> None:
    answer = edit(desk)
    assert (answer.status, answer.response.location) == (303, "/rules#on-topic")
    rules = [queries.get_rule("on-topic", code) for code in LANGUAGES]
    assert [(rule.number, rule.title, rule.html) for rule in rules] == [
        (6, "Keep to it", "<p><em>Here</em>.</p>\n"),
        (6, "Blijf erbij", "<p><em>Hier</em>.</p>\n"),
    ]


def test_edit_keeps_the_other_rules_and_the_edition_before(desk: Web) -> None:
    edit(desk)
    before, now = queries.get_book(1, "nl"), queries.current_book("nl")
    assert [rule for rule in now.rules if rule.number != 6] == [rule for rule in before.rules if rule.number != 6]
    assert before.find("on-topic") == queries.first_book("nl").find("on-topic")
    assert (now.edition, before.is_current) == (2, False)


def test_edition_of_the_past_says_that_it_is_past(desk: Web) -> None:
    edit(desk)
    assert "This edition is no longer in force." in desk.get("/rules/editions/1").words()
    assert "Keep to it" not in desk.get("/rules/editions/1").words()


def test_editions_name_what_changed_and_who_did(desk: Web) -> None:
    edit(desk)
    assert "Edition 2 Clearer." in desk.get("/rules/editions").words()
    assert [(line.number, line.made_by and line.made_by.name) for line in queries.editions()] == [
        (2, "Boss"),
        (1, None),
    ]


def test_edition_that_does_not_exist_is_missing(web: Web) -> None:
    assert [web.get(f"/rules/editions/{number}").status for number in (1, 2, 0)] == [200, 404, 404]


def test_edit_previews_before_it_publishes(desk: Web) -> None:
    answer = edit(desk, preview="yes")
    assert (answer.status, queries.current_number()) == (200, 1)
    assert "Keep to itHere." in answer.words()
    assert answer.form("/rules/on-topic/edit")["words_en"] == ["*Here*."]


def test_new_rule_gets_the_next_number_and_an_anchor(desk: Web) -> None:
    words = {"title_en": "Be brief", "words_en": "Short.", "title_nl": "Wees kort", "words_nl": "Kort."}
    answer = desk.submit("/rules/new", "/rules/new", note="Long texts.", **words)
    assert answer.response.location == "/rules#be-brief"
    assert queries.get_rule("be-brief", "nl").number == len(FIRST) + 1


def test_number_of_a_retired_rule_is_not_given_again(app: Flask) -> None:
    publish(change())
    publish(change("be-kind-en", 2, retired=True))
    publish(change(edition=3, title="Be brief"))
    assert [rule.number for rule in queries.current_book("en").rules][-2:] == [10, 11]


def test_new_rule_with_a_taken_anchor_is_refused(desk: Web) -> None:
    words = {"title_en": "On topic", "words_en": "x", "title_nl": "x", "words_nl": "x"}
    answer = desk.submit("/rules/new", "/rules/new", note="Twice.", **words)
    assert (answer.status, queries.current_number()) == (422, 1)
    assert answer.form("/rules/new")["title_en"] == ["On topic"]


def test_edit_with_empty_fields_names_each(desk: Web) -> None:
    answer = edit(desk, title_en="", words_nl="", note="")
    assert [link for link in answer.links() if link.startswith("#f-")] == ["#f-title_en", "#f-words_nl", "#f-note"]
    assert (answer.status, queries.current_number()) == (422, 1)


@pytest.mark.parametrize("words", ["x" * 4_001, "x" * 40_000, "[" * 3_000])
def test_edit_with_too_much_comes_back(desk: Web, words: str) -> None:
    answer = edit(desk, words_en=words)
    assert (answer.status, answer.form("/rules/on-topic/edit")["words_en"]) == (422, [words])


def test_edit_of_an_older_edition_is_refused_then_meant(desk: Web) -> None:
    page = desk.get("/rules/on-topic/edit")
    publish(change("fair-play"))
    fields = {"title_en": "Mine", "note": "Mine too."}
    refused = desk.submit(page, "/rules/on-topic/edit", **fields)
    assert (refused.status, refused.form("/rules/on-topic/edit")["title_en"]) == (409, ["Mine"])
    assert desk.submit(refused, "/rules/on-topic/edit").status == 303
    assert [queries.get_rule(one, "en").title for one in ("on-topic", "fair-play")] == ["Mine", "Be kind en"]


def test_edit_sent_twice_makes_one_edition(desk: Web) -> None:
    page = desk.get("/rules/on-topic/edit")
    answers = [desk.submit(page, "/rules/on-topic/edit", note="Once.").status for _time in range(2)]
    assert (answers, queries.current_number()) == ([303, 303], 2)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MODERATOR])
def test_rules_are_edited_by_administrators_only(web: Web, app: Flask, role: Role) -> None:
    assert web.get("/rules/new").response.location == "/sign-in?next=/rules/new"
    web.sign_in(factories.member(role=role))
    assert [web.get(path).status for path in ("/rules/new", "/rules/on-topic/edit")] == [403, 403]
    with pytest.raises(NotAdministrator):
        publish(change(), role)


def test_edition_of_somebody_faster_stands(app: Flask) -> None:
    publish(change())
    with pytest.raises(ChangedMeanwhile):
        publish(change(title="Late"))
    assert queries.find_rule("late-en", "en") is None


def test_words_of_a_rule_run_nothing(desk: Web) -> None:
    edit(desk, title_en="<script>alert(1)</script>", words_en="<img src=x onerror=alert(1)>", note="<b>bold</b>")
    for path in ("/rules", "/rules/editions", "/moderation/how"):
        text = desk.get(path).text
        assert [one for one in ("<script>alert", "<img src=x", "<b>bold") if one in text] == []


def test_how_we_moderate_names_targets_and_grounds(web: Web) -> None:
    page = web.get("/moderation/how")
    assert (page.status, page.heading()) == (200, "How we moderate")
    assert set(page.links()) >= {f"/rules#{rule.anchor}" for rule in FIRST}
    assert "AppealsSomebody else, one level above10 working days" in page.words()


def test_footer_leads_to_rules_and_how_they_are_kept(web: Web) -> None:
    assert {"/rules", "/moderation/how"} <= set(web.get("/").links())
