"""Where nothing is at an address, its words are in a search box."""

from __future__ import annotations

import re

import pytest

from tests.web import Web


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/posts/99/organising-city-projects", "organising city projects"),
        ("/organisations/oosterkade", "oosterkade"),
        ("/topics/straße-2030", "straße"),
        ("/nowhere/12", "nowhere"),
        ("/nowhere/AbCdEfGh", "nowhere"),  # it may be a secret out of a letter
        ("/x\"onfocus='alert(1)", "onfocus alert"),
        ("/" + "ab-" * 200, "ab " * 33 + "a"),
        ("/99/--", ""),
    ],
)
def test_missing_page_offers_to_search_for_its_words(web: Web, path: str, words: str) -> None:
    page = web.get(path)
    found = re.findall(r'<input class="input" id="lost-q"[^>]* value="([^"]*)"', page.text)
    assert (page.status, found) == (404, [words])


def test_other_refusals_offer_no_search(web: Web) -> None:
    assert 'id="lost-q"' not in web.get("/sign-out").text
