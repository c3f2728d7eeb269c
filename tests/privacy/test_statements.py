"""The pages that say how the site treats people: for everybody, in both languages, with what the operator set."""

from __future__ import annotations

import pytest

from forum.kernel import settings
from forum.kernel.db import transaction
from forum.kernel.errors import Invalid
from forum.privacy.retention import TABLE
from tests.web import Web


def test_statement_names_every_period(web: Web) -> None:
    page = web.get("/privacy")
    rows = [" ".join("".join(row.itertext()).split()) for row in page.tree.iter("tr")]
    assert (page.status, len(rows), "Set-Cookie" in page.response.headers) == (200, len(TABLE) + 1, False)
    assert "The copy of your data that you asked for7 days" in rows[-2]


def test_statement_says_what_the_operator_set(web: Web) -> None:
    assert "have not said it here yet" in web.get("/privacy").words()
    with transaction():
        settings.change("controller", "City of X, Quay 1")
        settings.change("contact-address", "help@city.example")
        settings.change("privacy-contact", "privacy@city.example")
    page = web.get("/privacy")
    assert ("City of X, Quay 1" in page.words(), "mailto:privacy@city.example" in page.links()) == (True, True)
    assert "mailto:help@city.example" in web.get("/accessibility").links()


@pytest.mark.parametrize(
    ("status", "words"),
    [("unknown", "hasn’t been evaluated"), ("full", "fully"), ("partial", "partially"), ("none", "not")],
)
def test_accessibility_claims_what_was_found(web: Web, status: str, words: str) -> None:
    with transaction():
        settings.change("accessibility-status", status)
    assert words in web.get("/accessibility").words()


def test_status_that_is_none_is_refused(web: Web) -> None:
    with pytest.raises(Invalid), transaction():
        settings.change("accessibility-status", "perfect")


def test_every_page_leads_to_the_statements(web: Web) -> None:
    assert {"/privacy", "/accessibility"} - set(web.get("/topics").links()) == set()
