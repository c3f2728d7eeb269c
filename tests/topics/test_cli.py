from __future__ import annotations

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from forum.kernel.errors import ForumError, Invalid
from forum.topics import queries
from forum.topics.cli import topic
from tests import factories

pytestmark = pytest.mark.usefixtures("app")


def run(*words: str) -> Result:
    return CliRunner().invoke(topic, words)


def refused(result: Result) -> ForumError:
    assert result.exit_code != 0
    assert isinstance(result.exception, ForumError)
    return result.exception


def test_topic_is_made(app: Flask) -> None:
    result = run("create", "energy", "--name", "Energy", "--description", "Heat.", "--sign", "energy")
    assert (result.exit_code, result.output) == (0, "Made Energy: http://localhost/topics/energy\n")
    made = queries.get_topic("energy")
    assert (made.name, made.description, made.sign, made.position) == ("Energy", "Heat.", "energy", 1)


def test_topic_is_made_below_another_and_at_a_place(app: Flask) -> None:
    run("create", "energy", "--name", "Energy", "--position", "7")
    run("create", "heat", "--name", "Heat", "--parent", "energy")
    assert queries.get_topic("energy").position == 7
    assert [label.slug for label in queries.get_topic_head("energy").children] == ["heat"]


def test_topic_made_twice_says_so_and_changes_nothing(app: Flask) -> None:
    run("create", "energy", "--name", "Energy")
    error = refused(run("create", "energy", "--name", "Other"))
    assert str(error.message) == "There is a topic at /topics/energy already, or was one. Nothing was changed."
    assert queries.get_topic("energy").name == "Energy"


@pytest.mark.parametrize("slug", ["new", "Energy", "a b", "e"])
def test_slug_that_cannot_be_is_refused(app: Flask, slug: str) -> None:
    error = refused(run("create", slug, "--name", "Energy"))
    assert (type(error), list(error.fields)) == (Invalid, ["slug"])


def test_parent_that_is_unknown_is_refused(app: Flask) -> None:
    assert list(refused(run("create", "heat", "--name", "Heat", "--parent", "energy")).fields) == ["parent"]


def test_sign_that_is_unknown_is_refused(app: Flask) -> None:
    result = run("create", "energy", "--name", "Energy", "--sign", "pink")
    assert (result.exit_code, "'pink' is not one of" in result.output) == (2, True)


def test_topics_are_listed_in_their_order(app: Flask) -> None:
    factories.topic("heat", position=2, name="Heat", post_count=3)
    factories.topic("energy", position=1, name="Energy", state="archived")
    assert run("list").output == "energy\tarchived\t0\tEnergy\nheat\topen\t3\tHeat\n"
