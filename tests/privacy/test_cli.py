"""What operators do for somebody who asked them: the same rules."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

from click.testing import Result
from flask import Flask

from forum.accounts.models import Member
from forum.kernel.access import MemberState, Right
from forum.kernel.db import db
from forum.privacy.cli import user
from tests import factories
from tests.accounts import people
from tests.privacy.leavers import written


def run(app: Flask, *arguments: str) -> Result:
    db.session.rollback()
    answer = app.test_cli_runner().invoke(user, list(arguments))
    db.session.rollback()
    db.session.expire_all()
    return answer


def state_of(member: Member) -> tuple[str, bool]:
    row = db.session.get_one(Member, member.id, populate_existing=True)
    return row.state, row.erase_at is not None


def test_without_yes_it_only_tells(app: Flask) -> None:
    written(hanna := people.member())
    answer = run(app, "erase", "hanna")
    assert ("Posts: 1 of their own, 0 for organisations" in answer.output, state_of(hanna)) == (
        True, (MemberState.ACTIVE, False),
    )  # fmt: skip


def test_with_yes_it_waits_as_for_everybody(app: Flask) -> None:
    hanna = people.member()
    assert (run(app, "erase", "hanna", "--yes").exit_code, state_of(hanna)) == (0, (MemberState.ACTIVE, True))


def test_at_once_it_is_done(app: Flask) -> None:
    hanna = people.member()
    post = written(hanna)
    answer = run(app, "erase", "hanna", "--posts", "remove", "--at-once", "--yes")
    assert (answer.exit_code, state_of(hanna), db.session.get_one(type(post), post.id).slug) == (
        0, (MemberState.ERASED, False), "-",
    )  # fmt: skip


def test_last_owner_is_refused(app: Flask) -> None:
    hanna = people.member()
    factories.affiliation(hanna, factories.organisation(), Right.OWNER)
    assert (run(app, "erase", "hanna", "--yes").exit_code, state_of(hanna)) == (1, (MemberState.ACTIVE, False))


def test_copy_is_written_once(app: Flask, tmp_path: Path) -> None:
    people.member()
    path = tmp_path / "copy.zip"
    assert [run(app, "export", "hanna", str(path)).exit_code for _time in range(2)] == [0, 1]
    assert ("data.json" in zipfile.ZipFile(path).namelist(), stat.S_IMODE(path.stat().st_mode)) == (True, 0o600)
