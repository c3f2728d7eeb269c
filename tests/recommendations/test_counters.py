"""Stored counts are checked against what they count, and set right."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import text

from forum.comments.models import CommentState
from forum.kernel import counters
from forum.kernel.access import Right
from forum.kernel.counters import Discrepancy
from forum.kernel.db import transaction
from forum.posts.models import Post
from forum.recommendations.cli import counters as command
from forum.recommendations.counters import ALL
from tests import factories
from tests.comments.threads import grow, random_parents, shape
from tests.comments.writing import press, send, stored
from tests.web import Web


def check() -> list[Discrepancy]:
    with transaction():
        return counters.check(ALL)


def rebuilt() -> dict[str, int]:
    """The counters that had something to set right."""
    with transaction():
        return {name: number for name, number in counters.rebuild(ALL).items() if number}


def damage(statement: str) -> None:
    with transaction() as session:
        session.execute(text(statement))


@pytest.fixture
def lively(web: Web) -> Post:
    """A post with an official comment, a reply to it that was withdrawn, and a recommendation."""
    post, member = factories.post(), factories.member()
    factories.affiliation(member, factories.organisation("ghent"), Right.EDITOR)
    send(web.sign_in(member), post, on_behalf_of="ghent")
    send(web, post, "A reply.", stored()[0])
    press(web, stored()[1], "withdraw")
    press(Web(web.app).sign_in(factories.member()), stored()[0], "recommend", value="on")
    rebuilt()  # what factories make counts nothing
    made: Post = post
    return made


def test_counts_that_commands_leave_are_right(lively: Post) -> None:
    assert check() == []


def test_every_counter_is_checked_and_set_right(lively: Post) -> None:
    for counter in ALL:
        damage(f"UPDATE {counter.table.__tablename__} SET {counter.column.key} = 70")
    assert [found.name for found in check()] == [counter.name for counter in ALL]
    assert sorted(rebuilt()) == sorted(counter.name for counter in ALL)
    assert (check(), rebuilt()) == ([], {})


def test_check_names_what_is_wrong(lively: Post) -> None:
    damage("UPDATE posts SET comment_count = 9")
    assert check() == [Discrepancy("posts.comment_count", 1, ((lively.id, 9, 1),))]


def test_replies_are_counted_wherever_they_stand(app: Flask) -> None:
    post, nodes = factories.post(), shape(random_parents(300, seed=3))
    for node in nodes[::7]:
        node.state = CommentState.HIDDEN
    for node in nodes[::11]:
        node.state = CommentState.REMOVED
    grow(post, [factories.member()], nodes)
    counts = [one.reply_count for one in stored()]
    assert "comments.reply_count" not in rebuilt()
    damage("UPDATE comments SET reply_count = 0")
    assert rebuilt() == {"comments.reply_count": sum(count > 0 for count in counts)}
    assert [one.reply_count for one in stored()] == counts


def test_command_tells_and_fails_until_rebuilt(app: Flask, lively: Post) -> None:
    run = app.test_cli_runner().invoke
    damage("UPDATE members SET comment_count = comment_count + 1 WHERE comment_count = 1")
    wrong = run(command, ["check"])
    assert (wrong.exit_code, "members.comment_count: 1 wrong" in wrong.output) == (1, True)
    assert "members.comment_count: 1 set right" in run(command, ["rebuild"]).output
    assert run(command, ["check"]).output == f"All {len(ALL)} counters are right.\n"
