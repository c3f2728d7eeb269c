"""`forum text rerender`."""

from __future__ import annotations

from click.testing import CliRunner
from flask import Flask

from forum.cli.text import text
from forum.posts.commands.rerender import BATCH
from tests import factories
from tests.posts.drafting import row


def rerender() -> str:
    result = CliRunner().invoke(text, ["rerender"])
    assert result.exit_code == 0, result.output
    return result.output


def test_texts_of_an_older_pipeline_are_rendered_again(app: Flask) -> None:
    author = factories.member()
    post = factories.post(author, source="*Old*", html="<p>stale</p>", pipeline=0)
    factories.comment(author, post, "0000", source="*Old*", html="<p>stale</p>", pipeline=0)
    outputs = [rerender() for _ in range(2)]
    assert outputs == [
        "posts: 1 rendered again\ncomments: 1 rendered again\n",
        "posts: 0 rendered again\ncomments: 0 rendered again\n",
    ]
    assert row(post.id).html == "<p><em>Old</em></p>\n"


def test_every_batch_is_rendered(app: Flask) -> None:
    author, topic = factories.member(), factories.topic()
    for _ in range(BATCH + 1):
        factories.post(author, topic, pipeline=0)
    assert rerender().splitlines()[0] == f"posts: {BATCH + 1} rendered again"
