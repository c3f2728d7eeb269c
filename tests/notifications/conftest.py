"""Members who are told of things, and the mail server where their letters arrive."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.accounts.conftest import letters, smtp
from tests.notifications.happenings import Happenings

__all__ = ["letters", "smtp"]


@pytest.fixture
def happen(app: Flask) -> Happenings:
    return Happenings(app)
