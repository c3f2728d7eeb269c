"""The catalogues: complete, true to the source, and found by a running site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask_babel import gettext
from sqlalchemy import select

from forum.accounts import mail
from forum.app import create_app
from forum.config import ROOT
from forum.kernel.db import db, transaction
from forum.kernel.mailer import StoredLetter
from tests import factories
from tests.accounts import people
from tests.conftest import settings_for
from tests.web import Page, Web

CATALOGUES = sorted((ROOT / "forum" / "translations").glob("*/LC_MESSAGES/messages.po"))
# What a translation must keep: placeholders of ours and of the scripts, markup, and addresses.
KEPT = re.compile(r"%\(\w+\)[sd]|\{\w+\}|<[^>]+>|https?://|/\w+/%")
# As the Makefile's EXTRACT has it.
KEYWORDS = ("lazy_gettext", "lazy_ngettext:1,2", "lazy_pgettext:1c,2")
DUTCH = {"Accept-Language": "nl-BE,nl;q=0.9,en;q=0.5"}
HEADINGS = {
    "/": "Berichten",
    "/topics": "Onderwerpen",
    "/organisations": "Organisaties",
    "/members": "Leden",
    "/sign-in": "Inloggen",
    "/sign-up": "Account maken",
    "/reset-password": "Nieuw wachtwoord aanvragen",
    "/nowhere": "Deze brug staat open",
}
OWN_HEADINGS = {
    "/posts/new": "Bericht schrijven",
    "/drafts": "Je concepten",
    "/settings/profile": "Instellingen",
}


def forms(words: object) -> tuple[str, ...]:
    """The singular and plural of an entry, or its only form."""
    return tuple(map(str, words)) if isinstance(words, tuple | list) else (str(words),)


def entries(catalogue: Catalog) -> dict[tuple[str | None, tuple[str, ...]], Message]:
    return {(one.context, forms(one.id)): one for one in catalogue if one.id}


def spoken(entry: Message | None) -> tuple[str, ...]:
    return forms(entry.string) if entry else ()


def dutch(web: Web, path: str) -> Page:
    return web.get(path, headers=DUTCH)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The words of the interface as they are now."""
    template = tmp_path_factory.mktemp("words") / "messages.pot"
    options = ["--mapping-file", str(ROOT / "pyproject.toml"), "--output", str(template)]
    options += [option for one in KEYWORDS for option in ("--keywords", one)]
    said = ["pybabel", "--quiet", "extract", *options, str(ROOT)]
    CommandLineInterface().run(said)  # type: ignore[no-untyped-call]  # Babel leaves it so
    with template.open("rb") as file:
        return read_po(file)


@pytest.fixture(params=CATALOGUES, ids=lambda path: path.parts[-3])
def path(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


@pytest.fixture
def catalogue(path: Path) -> Iterator[Catalog]:
    with path.open("rb") as file:
        yield read_po(file, locale=path.parts[-3])


def test_languages_have_dutch() -> None:
    assert [path.parts[-3] for path in CATALOGUES] == ["nl"]


def test_catalogue_has_the_words_of_the_source(catalogue: Catalog, source: Catalog) -> None:
    """`make messages` brings the words; translating them is yours."""
    missing, unused = entries(source).keys() - entries(catalogue), entries(catalogue).keys() - entries(source)
    assert (missing, unused, list(catalogue.obsolete)) == (set(), set(), [])


def test_catalogue_leaves_nothing_open(catalogue: Catalog) -> None:
    empty = [one.id for one in entries(catalogue).values() if not all(forms(one.string))]
    unsure = [one.id for one in entries(catalogue).values() if one.fuzzy]
    assert (empty, unsure, catalogue.fuzzy) == ([], [], False)


def test_catalogue_keeps_placeholders(catalogue: Catalog) -> None:
    wrong = [
        (ours, theirs)
        for one in entries(catalogue).values()
        for ours, theirs in zip(forms(one.id), forms(one.string), strict=True)
        if sorted(KEPT.findall(ours)) != sorted(KEPT.findall(theirs))
    ]
    assert wrong == []


def test_catalogue_passes_the_checks_of_its_format(catalogue: Catalog) -> None:
    assert [(message.id, problems) for message, problems in catalogue.check()] == []


def test_catalogue_is_compiled(path: Path, catalogue: Catalog) -> None:
    """`make setup` does this."""
    with path.with_suffix(".mo").open("rb") as file:
        compiled = entries(read_mo(file))
    written = entries(catalogue)
    differing = {key for key in compiled | written if spoken(compiled.get(key)) != spoken(written.get(key))}
    assert differing == set()


def test_dutch_is_plain(catalogue: Catalog) -> None:
    """It says je, never u, and raises its voice at nobody."""
    words = [form for one in entries(catalogue).values() for form in forms(one.string)]
    assert [form for form in words if re.search(r"!|\b[Uu]w?\b", form)] == []


def test_catalogue_is_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    app = create_app(settings_for(tmp_path, f"sqlite:///{tmp_path / 'kade.sqlite3'}"))
    with app.test_request_context(headers=DUTCH):
        assert gettext("Sign in") == "Inloggen"
    app.extensions["shared_pages"].reader.close()


@pytest.mark.parametrize(("path", "heading"), HEADINGS.items())
def test_page_in_dutch(web: Web, path: str, heading: str) -> None:
    page = dutch(web, path)
    assert page.heading() == heading
    assert page.tree.get("lang") == "nl"


@pytest.mark.parametrize(("path", "heading"), OWN_HEADINGS.items())
def test_own_page_in_dutch(web: Web, path: str, heading: str) -> None:
    assert dutch(web.sign_in(factories.member()), path).heading() == heading


def test_page_without_a_wish_is_english(web: Web) -> None:
    assert web.get("/sign-in").heading() == "Sign in"


def test_counts_and_dates_in_dutch(web: Web) -> None:
    post = factories.post(title="Nine of 41", published_at=datetime(2024, 11, 14, 9, tzinfo=UTC), comment_count=1)
    words = dutch(web, f"/posts/{post.id}/{post.slug}").words()
    assert re.findall(r"14 november 2024|\d+ minu\w+ lezen|\d+ reacties?", words)[:4] == [
        "14 november 2024",
        "1 minuut lezen",
        "1 reactie",
        "1 reactie",
    ]


def test_refusal_in_dutch(web: Web) -> None:
    web.client.set_cookie("language", "nl")
    page = people.sign_in(web, "nobody")
    assert page.status == 422
    assert "Deze naam en dit wachtwoord horen niet bij elkaar." in page.words()


def test_letter_in_dutch(app: Flask) -> None:
    hanna = people.member(interface_language="nl")
    with transaction():
        mail.reset_password(hanna, "token")
    letter = db.session.scalars(select(StoredLetter)).one()
    assert letter.subject == "Een nieuw wachtwoord voor Kade"
    assert letter.plain.startswith("Hallo hanna,")
