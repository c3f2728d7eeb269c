"""A real mail server, and an application whose throttles are on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from pwdlib.hashers.argon2 import Argon2Hasher

from forum.kernel import clock
from tests.accounts import people
from tests.accounts.letters import Letters, mail_server


@pytest.fixture(scope="session")
def smtp() -> Iterator[Letters]:
    with mail_server() as letters:
        yield letters


@pytest.fixture
def letters(app: Flask, smtp: Letters) -> Letters:
    """What arrives at a real SMTP server when the worker has done its work; empty at first."""
    smtp.app = app
    smtp.seen.clear()
    smtp.refused.clear()
    return smtp


@pytest.fixture
def throttled(app: Flask) -> Iterator[Flask]:
    """The application with its throttles on, as it is by default."""
    settings = app.extensions["settings"]
    app.extensions["settings"] = replace(settings, rate_limits=True)
    yield app
    app.extensions["settings"] = settings


@pytest.fixture
def still_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """No half minute ends while a test looks at codes of one."""
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture
def hashing(monkeypatch: pytest.MonkeyPatch) -> list[people.Hashing]:
    """Each comparison with a kept hash from here on. They're made as ever, and noted."""
    made: list[people.Hashing] = []
    verify = Argon2Hasher.verify

    def noted(hasher: Argon2Hasher, password: str, kept: str) -> bool:
        made.append(people.Hashing(kept.rsplit("$", 2)[0], len(password)))
        return verify(hasher, password, kept)

    monkeypatch.setattr(Argon2Hasher, "verify", noted)
    return made
