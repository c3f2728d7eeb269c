"""Sites that are really served, on either database, and members who keep at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import own_database
from tests.drills.site import Drilled, make


@pytest.fixture(params=["sqlite", "postgresql"])
def drilled(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Drilled]:
    """Not served yet: a drill says with what."""
    if request.param == "sqlite":
        yield make(tmp_path, f"sqlite:///{tmp_path / 'kade.sqlite3'}")
    else:
        with own_database() as url:
            yield make(tmp_path, url)
