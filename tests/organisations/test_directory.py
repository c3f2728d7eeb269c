from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from forum.kernel import keyset, paging
from forum.kernel.access import ANONYMOUS
from forum.organisations.models import OrganisationKind, Verification
from forum.organisations.queries import Wanted, page_of_organisations
from tests import factories
from tests.statements import counted


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyset, "PAGE", 2)


def slugs(**wanted: str) -> list[str]:
    return [row.plate.slug for row in page_of_organisations(ANONYMOUS, Wanted(**wanted)).rows]


def test_directory_stands_by_name_whatever_the_capitals(app: Flask) -> None:
    for slug, name in (("c", "charlie"), ("b", "Bravo"), ("a", "alpha")):
        factories.organisation(slug, name=name)
    assert slugs() == ["a", "b", "c"]


def test_directory_leaves_out_drafts_and_rejected_ones(app: Flask) -> None:
    for state in Verification:
        factories.organisation(state.replace(" ", "-"), state=state)
    assert slugs() == ["expired", "in-review", "information-asked", "submitted", "suspended", "verified"]


def test_directory_is_walked_forwards_and_back(app: Flask, short_pages: None) -> None:
    for slug in "edcba":
        factories.organisation(slug, name="Same" if slug in "bc" else slug)
    whole, after = [], ""
    pages = []
    for _number in range(3):
        page = page_of_organisations(ANONYMOUS, Wanted(after=after))
        pages.append(page)
        whole += [row.plate.slug for row in page.rows]
        after = page.after or ""
    assert (whole, after, pages[0].before) == (["a", "d", "e", "c", "b"], "", None)
    back = page_of_organisations(ANONYMOUS, Wanted(before=pages[2].before or ""))
    assert (back.rows, back.after, back.before) == (pages[1].rows, pages[1].after, pages[1].before)


def test_directory_back_at_the_start_has_nothing_before(app: Flask, short_pages: None) -> None:
    for slug in "abc":
        factories.organisation(slug, name=slug)
    last = page_of_organisations(ANONYMOUS, Wanted(after=page_of_organisations(ANONYMOUS, Wanted()).after or ""))
    first = page_of_organisations(ANONYMOUS, Wanted(before=last.before or ""))
    assert ([row.plate.slug for row in first.rows], first.before) == (["a", "b"], None)


@pytest.mark.parametrize("cursor", ["x", "-1", "1 OR 1=1", "9" * 40])
def test_directory_takes_a_broken_cursor_for_the_start(app: Flask, cursor: str) -> None:
    factories.organisation("a")
    assert slugs(after=cursor) == slugs(before=cursor) == ["a"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("GHENT", ["ghent"]),
        ("gnt", ["ghent"]),
        ("north sea", ["sea"]),
        ("flanders", ["ghent"]),
        ("gn", ["ghent"]),
        ("hent", []),
        ("100%", []),
    ],
)
def test_directory_finds_by_name_code_and_city(app: Flask, words: str, found: list[str]) -> None:
    factories.organisation("ghent", name="City of Ghent", code="GNT", city="Flanders")
    factories.organisation("sea", name="Sea University North", code="SUN")
    assert slugs(words=words) == found


@pytest.mark.parametrize(
    ("kind", "found"), [("university", ["sea"]), ("", ["ghent", "sea"]), ("moon", ["ghent", "sea"])]
)
def test_directory_filters_by_kind(app: Flask, kind: str, found: list[str]) -> None:
    factories.organisation("ghent")
    factories.organisation("sea", kind=OrganisationKind.UNIVERSITY)
    assert slugs(kind=kind) == found


def test_directory_line_tells_what_and_where(app: Flask) -> None:
    factories.organisation("ghent", city="Ghent", country="BE", post_count=3)
    line: Any = page_of_organisations(ANONYMOUS, Wanted()).rows[0]
    assert (str(line.kind_name), line.city, str(line.country_name), line.post_count) == ("City", "Ghent", "Belgium", 3)


def test_directory_takes_one_statement(app: Flask) -> None:
    for _number in range(paging.PAGE + 1):
        factories.organisation()
    with counted(app) as made:
        page = page_of_organisations(ANONYMOUS, Wanted(words="city", kind="city"))
    assert (len(made), len(page.rows)) == (1, paging.PAGE)
