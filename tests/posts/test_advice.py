"""What an author is told of a text, and what is left in peace."""

from __future__ import annotations

import pytest
from flask import Flask

from forum.kernel.text import guess_language, observe
from forum.posts.advice import advice_on
from tests import factories
from tests.posts.test_compose import WORDS
from tests.web import Web

ENGLISH = "We asked the people who live there what they thought of it, and most of them said that it was not for us to"
DUTCH = "Wij hebben aan de mensen die daar wonen gevraagd wat zij ervan vonden, en de meesten zeiden dat het niet aan"
GERMAN = "Wir haben die Leute gefragt, die dort wohnen, was sie davon halten, und die meisten sagten, dass es nicht"
FRENCH = "Nous avons demandé aux gens qui vivent dans cette rue ce que les autres pensent, et ils ne sont pas pour une"


def told(source: str, language: str = "en") -> list[str]:
    return [str(words) for words in advice_on(source, language)]


@pytest.mark.parametrize(
    ("source", "start"),
    [
        ("![](https://example.org/a.png)", "1 picture has no description."),
        ("# One\n\n## Two\n\n# Three\n\n### Four", "The heading “Four” skips a level"),
        ("Read it [here](https://example.org).", "The link “here” doesn’t say where it leads."),
        ("Lees [klik hier](https://example.org).", "The link “klik hier” doesn’t say where it leads."),
        ("All of it is told at https://example.org/a in full.", "The address https://example.org/a stands bare"),
        ("word " * 151, "The paragraph “word word"),
        (f"{DUTCH} " * 3, "This reads like Nederlands, but its language is set to English."),
    ],
)
def test_what_could_be_better_is_told(app: Flask, source: str, start: str) -> None:
    (words,) = told(source)
    assert words.startswith(start)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "![A quay wall under sheets](https://example.org/a.png)",
        "## One\n\n### Two\n\n## Three",
        "https://example.org/a",
        "- https://example.org/a\n- https://example.org/b",
        "Source: https://example.org/a",
        "Read [the letter that we sent](https://example.org).",
        "`here` and `https://example.org/a` are code in this sentence.",
        f"{ENGLISH} " * 3,
        "x" * 32_001,
        "[" * 3_000,
    ],
)
def test_what_is_well_is_left_in_peace(app: Flask, source: str) -> None:
    assert told(source) == []


@pytest.mark.parametrize(("text", "code"), [(ENGLISH, "en"), (DUTCH, "nl"), (GERMAN, "de"), (FRENCH, "fr")])
def test_language_of_running_text_is_known(text: str, code: str) -> None:
    assert guess_language(observe(f"{text} " * 3).words) == code


@pytest.mark.parametrize("text", [f"{DUTCH} {ENGLISH}", "Oosterkade Waterstad Amsterdam " * 30, DUTCH[:40], "是" * 200])
def test_language_that_is_not_plain_is_not_guessed(text: str) -> None:
    assert guess_language(observe(text).words) is None


def test_advice_is_shown_and_never_stands_in_the_way(app: Flask, web: Web) -> None:
    factories.topic("energy")
    typed = WORDS | {"body": "Read it [here](https://example.org)."}
    page = web.sign_in(factories.member()).submit("/posts/new", "/posts/new", **typed, preview="yes")
    assert "Before you publish The link “here”" in page.words()
    assert web.submit(page, "/posts/new").status == 303


def test_advice_comes_with_the_preview_of_scripts(app: Flask, web: Web) -> None:
    token = web.sign_in(factories.member()).get("/posts/new").form("/posts/new")["csrf_token"]
    page = web.post("/preview", {"csrf_token": token, "body": "[here](https://example.org)", "language": "en"})
    assert "The link “here”" in page.words()
