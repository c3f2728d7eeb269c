"""What was typed into the post form, and what it means."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from forum.kernel.errors import Invalid
from forum.posts import forms
from forum.posts.forms import Act, PostForm
from forum.posts.models import PostKind
from tests import factories
from tests.posts import drafting
from tests.posts.drafting import publish, row

FORM = PostForm(title="A title", body="A text", topics=("energy",))


def wrong(**fields: Any) -> list[str]:
    with pytest.raises(Invalid) as refused:
        replace(FORM, **fields).draft()
    return list(refused.value.fields)


def test_form_is_read_as_it_was_sent() -> None:
    sent = MultiDict(
        [("kind", "question"), ("title", " A \n title "), ("topics", "energy"), ("topics", ""), ("topics", "water")]
    )
    form = forms.read(sent)
    assert (form.kind, form.title, form.topics, form.body, form.act) == (
        "question", " A \n title ", ("energy", "water"), "", Act.PUBLISH,
    )  # fmt: skip


def test_form_becomes_a_draft() -> None:
    draft = replace(
        FORM, title=" A \n\ttitle\x00", body="One\r\ntwo\x00 \n", topics=("b", "a", "b"), revision="3"
    ).draft()
    assert (draft.title, draft.source, draft.topics, draft.revision) == ("A title", "One\ntwo", ("b", "a"), 3)


@pytest.mark.parametrize(
    ("button", "act"), [("save", Act.SAVE), ("preview", Act.PREVIEW), ("switch", Act.SWITCH), ("other", Act.PUBLISH)]
)
def test_button_says_what_to_do(button: str, act: Act) -> None:
    assert forms.read(MultiDict({button: "event"})).act is act


def test_switching_chooses_the_other_kind() -> None:
    assert forms.read(MultiDict({"kind": "article", "switch": "event"})).kind == PostKind.EVENT


@pytest.mark.parametrize("kind", ["", "novel", "ARTICLE", "\x00"])
def test_unknown_kind_is_an_article(kind: str) -> None:
    assert forms.read(MultiDict({"kind": kind})).kind == PostKind.ARTICLE


def test_times_are_those_of_their_place() -> None:
    form = replace(FORM, starts_at="2030-07-01T09:30", ends_at="2030-12-01 09:30", time_zone=" Europe/Amsterdam ")
    draft = form.draft()
    assert draft.starts_at == datetime(2030, 7, 1, 7, 30, tzinfo=UTC)
    assert draft.ends_at == datetime(2030, 12, 1, 8, 30, tzinfo=UTC)
    assert draft.time_zone == "Europe/Amsterdam"


def test_hour_that_the_clocks_skip_is_taken_for_a_time() -> None:
    form = replace(FORM, starts_at="2030-03-31T02:30", time_zone="Europe/Amsterdam")
    assert form.draft().starts_at == datetime(2030, 3, 31, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed", ["tomorrow", "2030-13-01T09:00", "0001-01-01T00:00", "9999-12-31T23:59", "1969-12-31T23:59", "\x00"]
)
def test_time_that_is_none_is_refused(typed: str) -> None:
    assert wrong(starts_at=typed, ends_at=typed) == ["starts_at", "ends_at"]


def test_deadline_lasts_to_the_end_of_its_day() -> None:
    assert replace(FORM, deadline="2030-05-14").draft().deadline == datetime(2030, 5, 14, 23, 59, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["14 May", "2030-02-30", "0001-01-01", "20300514T00"])
def test_day_that_is_none_is_refused(typed: str) -> None:
    assert wrong(deadline=typed) == ["deadline"]


@pytest.mark.parametrize("typed", ["Mars/Olympus", "../../etc/passwd", "/etc/localtime", "europe/amsterdam ;"])
def test_zone_that_is_none_is_refused(typed: str) -> None:
    assert wrong(time_zone=typed) == ["time_zone"]


@pytest.mark.parametrize(
    ("typed", "link"),
    [("", ""), (" https://example.org/a ", "https://example.org/a"), ("www.example.org", "https://www.example.org")],
)
def test_link_is_a_whole_one(typed: str, link: str) -> None:
    assert replace(FORM, link=typed).draft().link == link


@pytest.mark.parametrize(
    "typed", ["example", "javascript:alert(1)", "//example.org", "/posts/1", "https://", "https://" + "a" * 3000]
)
def test_link_that_leads_nowhere_is_refused(typed: str) -> None:
    assert wrong(link=typed) == ["link"]


@pytest.mark.parametrize("language", ["", "x", "english", "en_GB", "en-", "\x00"])
def test_language_that_is_none_is_refused(language: str) -> None:
    assert wrong(language=language) == ["language"]


@pytest.mark.parametrize("language", ["en", "nl-BE", "zh-Hant-TW"])
def test_language_is_a_tag(language: str) -> None:
    assert replace(FORM, language=language).draft().language == language


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert wrong(starts_at="x", link="y", deadline="z", on_behalf_of="a b") == [
        "on_behalf_of",
        "deadline",
        "starts_at",
        "link",
    ]


def test_words_differ_with_every_field() -> None:
    fields: list[dict[str, Any]] = [{name: "x"} for name in ("kind", "title", "body", "revision", "on_behalf_of")]
    fields += [{"act": Act.SAVE}, {"topics": ("energy", "water")}]
    assert len({FORM.words, *(replace(FORM, **one).words for one in fields)}) == 8


@pytest.mark.parametrize("filler", ["x", "\u0301\u0316", " ", "\x00", "😀", "[", "\n", "<"])
def test_form_filled_to_the_brim_is_read_in_no_time(filler: str) -> None:
    much = filler * (500_000 // len(filler.encode()))
    form = PostForm(title=much, standfirst=much, place=much, link=much, time_zone=much, starts_at=much, deadline=much)
    started = time.process_time()
    with suppress(Invalid):
        form.draft()
    assert time.process_time() - started < 5


def test_form_of_a_post_says_what_the_post_says(app: Flask) -> None:
    topic = factories.topic()
    anna = factories.actor(factories.member())
    post = row(publish(anna, **drafting.EVENT, topics=(topic.slug,), link="https://example.org/"))
    form = forms.of_post(post, (topic.slug,), "")
    assert (form.starts_at, form.ends_at) == ("2030-05-14T09:30", "2030-05-14T12:00")
    written = replace(drafting.DRAFT, **drafting.EVENT, topics=(topic.slug,), link="https://example.org/", revision=1)
    assert form.draft() == written
