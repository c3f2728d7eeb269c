"""What templates call."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from flask_babel import force_locale, lazy_gettext

from forum.kernel.jinja import as_json, number

pytestmark = pytest.mark.parametrize("installed", ["sqlite"], indirect=True, scope="session")


@pytest.mark.parametrize(
    ("language", "count", "written"),
    [("en", 0, "0"), ("en", 999, "999"), ("en", 12345, "12,345"), ("nl", 12345, "12.345"), ("nl", -1200, "-1.200")],
)
def test_numbers_are_grouped_as_the_language_does(app: Flask, language: str, count: int, written: str) -> None:
    with app.test_request_context(), force_locale(language):
        assert number(count) == written


@pytest.mark.parametrize(("count", "words"), [(1, "1 comment"), (2, "2 comments"), (12345, "12,345 comments")])
def test_counted_words_group_their_number(app: Flask, count: int, words: str) -> None:
    template = "{{ ngettext('%(num)s comment', '%(num)s comments', count) }}"
    with app.test_request_context():
        assert app.jinja_env.from_string(template).render(count=count) == words


def test_nothing_in_a_data_block_ends_it(app: Flask) -> None:
    nasty = "</script><!--&\u2028\u2029'\""
    written = str(as_json({"name": nasty}))
    assert [mark in written for mark in "<>&\u2028\u2029"] == [False] * 5
    assert json.loads(written) == {"name": nasty}


def test_name_inside_of_words_that_are_translated_late_is_no_markup(app: Flask) -> None:
    words = lazy_gettext("There is nothing called “%(name)s”.", name="<b onclick=run()>")
    with app.test_request_context():
        shown = app.jinja_env.from_string("{{ words }}{{ words ~ '' }}{{ ('<i>' ~ words)|striptags }}").render(
            words=words
        )
    assert "<b" not in shown
