"""Lanes whose effects only remember."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.moderation.cases import plugged


@pytest.fixture
def done(app: Flask) -> Iterator[list[str]]:
    """What the effects of every lane did, in order."""
    made: list[str] = []
    with plugged(made):
        yield made
