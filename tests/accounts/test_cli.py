"""`forum user`."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from forum.accounts import queries
from forum.accounts.cli import user
from forum.kernel.access import MemberState
from forum.kernel.errors import Invalid, NotFound
from tests import factories
from tests.accounts import people
from tests.web import Web

CREATE = ("create", "--username", "ada", "--email", "ada@example.org", "--password-stdin")


def run(*words: str, password: str = people.PASSWORD) -> Result:
    return CliRunner().invoke(user, words, input=f"{password}\n")


def test_member_made_by_the_operator_is_confirmed_and_signs_in(web: Web) -> None:
    result = run(*CREATE, "--name", "Ada L", "--role", "admin")
    assert (result.exit_code, "Made ada, admin." in result.output) == (0, True)
    member = queries.get_member("ada")
    assert (member.name, member.role, member.state) == ("Ada L", "admin", MemberState.ACTIVE)
    assert people.sign_in(web, "ada").status == 303


def test_name_is_the_username_where_it_is_left_out(app: Flask) -> None:
    run(*CREATE)
    assert (queries.get_member("ada").name, queries.get_member("ada").role) == ("ada", "member")


def test_operator_may_take_a_reserved_name(app: Flask) -> None:
    assert run("create", "--username", "admin", "--email", "a@example.org", "--password-stdin").exit_code == 0


def test_member_made_twice_is_refused(app: Flask) -> None:
    results = [run(*CREATE), run(*CREATE)]
    error = results[1].exception
    assert isinstance(error, Invalid)
    assert (results[0].exit_code, results[1].exit_code, list(error.fields)) == (0, 1, ["username"])


def test_address_used_twice_is_refused(app: Flask) -> None:
    run(*CREATE)
    error = run("create", "--username", "bea", "--email", "ADA@example.org", "--password-stdin").exception
    assert isinstance(error, Invalid)
    assert list(error.fields) == ["email"]


def test_everything_wrong_is_named_at_once(app: Flask) -> None:
    error = run("create", "--username", "a", "--email", "a", "--password-stdin", password="password").exception
    assert isinstance(error, Invalid)
    assert list(error.fields) == ["username", "email", "password"]


@pytest.mark.parametrize(
    "words", [("create", "--username", "ada", "--email", "a@example.org"), (*CREATE, "--role", "boss")]
)
def test_command_that_is_incomplete_is_refused(app: Flask, words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


def test_role_is_set(app: Flask) -> None:
    run(*CREATE)
    assert (run("set-role", "ada", "moderator").exit_code, queries.get_member("ada").role) == (0, "moderator")


def test_role_of_nobody_is_refused(app: Flask) -> None:
    assert isinstance(run("set-role", "nobody", "admin").exception, NotFound)


def test_imported_member_is_given_an_address(app: Flask) -> None:
    factories.member("ada", email=None, email_key=None, confirmed_at=None)
    assert run("set-email", "ada", "Ada@example.org").exit_code == 0
    assert run("set-email", "ada", "Ada@example.org").exit_code == 0
    found = queries.find_member_by_email("ada@example.org")
    assert (found.username, found.confirmed_at is None) == ("ada", False) if found else False


def test_address_of_somebody_else_is_refused(app: Flask) -> None:
    run(*CREATE)
    factories.member("bo")
    assert isinstance(run("set-email", "bo", "ada@example.org").exception, Invalid)
    assert isinstance(run("set-email", "bo", "no address").exception, Invalid)
    assert queries.get_member("bo").email == "bo@example.org"


def test_members_are_listed(app: Flask) -> None:
    run(*CREATE)
    assert run("list").output == "ada\tmember\tactive\tada@example.org\tada\n"
