from __future__ import annotations

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from forum.kernel.access import Right
from forum.kernel.errors import ForumError
from forum.organisations import queries
from forum.organisations.cli import organisation
from tests import factories

pytestmark = pytest.mark.usefixtures("app")
GHENT = ("--name", "City of Ghent", "--code", "gnt", "--kind", "city")


def run(*words: str) -> Result:
    return CliRunner().invoke(organisation, words)


def refusal(result: Result) -> str:
    """What `forum` says of it: a refusal of ours, or one of the command line's own."""
    assert result.exit_code != 0
    return str(result.exception.message) if isinstance(result.exception, ForumError) else result.output


def test_organisation_is_made_verified(app: Flask) -> None:
    result = run("create", *GHENT, "--verified", "--country", "be", "--city", "Ghent", "--domain", "stad.gent")
    assert (result.exit_code, result.output.splitlines()[0]) == (
        0,
        "Made City of Ghent, verified: http://localhost/organisations/city-of-ghent",
    )
    made = queries.get_organisation("city-of-ghent")
    assert (made.code, made.state, made.country, made.city, made.domain) == (
        "GNT",
        "verified",
        "BE",
        "Ghent",
        "stad.gent",
    )


def test_organisation_is_made_at_a_slug(app: Flask) -> None:
    result = run("create", "ghent", *GHENT[:4], "--kind", "economic-board")
    assert "not verified: nobody can publish in its name yet" in result.output
    made = queries.get_organisation("ghent")
    assert (made.kind, made.state) == ("economic board", "submitted")


def test_organisation_made_twice_says_so_and_changes_nothing(app: Flask) -> None:
    run("create", *GHENT)
    assert refusal(run("create", *GHENT, "--verified")) == (
        "City of Ghent is here already: /organisations/city-of-ghent. Nothing was changed."
    )
    assert "/organisations/city-of-ghent already" in refusal(run("create", "city-of-ghent", *GHENT))
    assert [one.state for one in queries.all_organisations()] == ["submitted"]


def test_code_of_another_verified_organisation_is_refused(app: Flask) -> None:
    run("create", *GHENT, "--verified")
    words = ("create", "--name", "Gent", "--code", "GNT", "--kind", "city", "--verified")
    assert refusal(run(*words)) == "The code GNT belongs to City of Ghent. Choose another one."


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [("--code", "G7", "Some of this"), ("--country", "XX", "Some of this"), ("--kind", "moon", "'moon' is not one of")],
)
def test_detail_that_cannot_be_is_refused(app: Flask, option: str, value: str, said: str) -> None:
    assert said in refusal(run("create", *GHENT, option, value))
    assert queries.all_organisations() == []


def test_member_is_added(app: Flask) -> None:
    factories.organisation("ghent", name="City of Ghent")
    hanna = factories.member("hanna")
    result = run("add-member", "ghent", "hanna", "--right", "owner", "--title", "Mayor")
    assert (result.exit_code, result.output) == (0, "hanna is owner of City of Ghent from now on.\n")
    assert list(factories.actor(hanna).rights.values()) == [Right.OWNER]


def test_member_added_twice_says_so_and_changes_nothing(app: Flask) -> None:
    factories.organisation("ghent")
    hanna = factories.member("hanna", name="Hanna Kos")
    run("add-member", "ghent", "hanna", "--right", "editor")
    said = refusal(run("add-member", "ghent", "hanna", "--right", "owner"))
    assert said == "Hanna Kos belongs to this organisation already. Nothing was changed."
    assert list(factories.actor(hanna).rights.values()) == [Right.EDITOR]


def test_names_that_are_unknown_are_named(app: Flask) -> None:
    factories.organisation("ghent")
    assert "There is no organisation 'gent'." in refusal(run("add-member", "gent", "hanna", "--right", "owner"))
    assert "There is no member “hanna”." in refusal(run("add-member", "ghent", "hanna", "--right", "owner"))


def test_organisations_are_listed(app: Flask) -> None:
    factories.organisation("ghent", code="GNT", name="City of Ghent")
    factories.organisation("amsterdam", code="AMS", name="Amsterdam", state="draft")
    assert run("list").output == "amsterdam\tAMS\tdraft\tAmsterdam\nghent\tGNT\tverified\tCity of Ghent\n"
