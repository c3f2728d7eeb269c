"""A real mail server, and an application whose throttles are on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

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
    return smtp


@pytest.fixture
def throttled(app: Flask) -> Iterator[Flask]:
    """The application with its throttles on, as it is by default."""
    settings = app.extensions["settings"]
    app.extensions["settings"] = replace(settings, rate_limits=True)
    yield app
    app.extensions["settings"] = settings
