"""`forum search status` and `rebuild`, and what `forum doctor` says of the index."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from forum.admin.health import examine
from forum.kernel.db import transaction
from forum.search import cli, rebuild
from forum.search.cli import search
from forum.search.index import engine
from forum.search.queries.lag import lag
from tests.search.finding import post, settle
from tests.search.test_damage import DAMAGES


def run(*words: str) -> Result:
    return CliRunner().invoke(search, words)


def doctor(app: Flask) -> tuple[bool, str]:
    return next(
        (one.well, one.says) for one in examine(app.extensions["settings"], outside=False) if one.name == "index"
    )


def test_status_says_what_there_is_and_what_waits(app: Flask) -> None:
    post("Pumps")
    waiting = lag().count
    assert f"lag: {waiting:,} changes\n" in run("status").output
    settle()
    said = run("status")
    assert re.fullmatch(rf"engine: {engine().name}\ndocuments: 3 in \d parts, [\d.]+ MB\nlag: none\n", said.output)
    assert said.exit_code == 0


def test_status_of_a_damaged_index_says_what_to_run(app: Flask) -> None:
    DAMAGES[engine().name]["deleted"](app)
    said = run("status")
    assert (said.exit_code, "it can't be read" in said.output) == (1, True)
    assert said.output.endswith("The index is not well: there is none. Run: forum search rebuild\n")


def test_rebuild_tells_how_far_it_is(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "TELL_EACH_S", 0)
    post("Pumps")
    said = run("rebuild").output
    assert said.startswith("Building an index of 3 documents …\n")
    assert "  3 of 3 (100 %), about 0 s left\n" in said
    assert said.endswith("the new index is live.\n")


def test_rebuild_is_what_work_in_bulk_asked_for(app: Flask) -> None:
    post("Pumps")
    with transaction():
        rebuild.rebuild_soon()
    run("rebuild")
    settle()
    assert (lag().count, engine().is_building()) == (0, False)
    assert "building:" not in run("status").output


def test_call_for_everything_during_a_rebuild_is_heard(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    post("Pumps")
    monkeypatch.setattr(rebuild, "PIECE", 1)
    rebuild.build_for(0)
    with transaction():
        rebuild.rebuild_soon()
    run("rebuild")
    assert lag().count > 0


def test_stopped_rebuild_is_gone_on_with(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    post("Pumps")
    monkeypatch.setattr(rebuild, "PIECE", 1)
    rebuild.build_for(0)
    assert "building: 1 of 3 documents of the next index\n" in run("status").output
    assert run("rebuild").output.startswith("Going on with an index of 3 documents …\n")


def test_doctor_says_how_the_index_is(app: Flask) -> None:
    post("Pumps")
    settle()
    assert doctor(app)[1].startswith(f"{engine().name}, 3 documents, 0 changes to be told")
    DAMAGES[engine().name]["deleted"](app)
    wrong = f"{engine().name}: there is none; the worker builds it anew, or run forum search rebuild"
    assert doctor(app) == (False, wrong)


def test_second_rebuild_at_once_is_refused(app: Flask) -> None:
    with transaction():
        rebuild.rebuild_soon()
    with engine().building():
        assert "It is being built already" in run("rebuild").output
