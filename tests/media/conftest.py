"""Members who add files."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator

import pytest
from flask import Flask

from forum.accounts.models import Member
from tests import factories
from tests.web import Web


@pytest.fixture
def storage_emptied(app: Flask) -> Iterator[None]:
    yield
    gc.collect()  # large forms of the test client, before the next test wonders whose they are
    shutil.rmtree(app.extensions["media_storage"].folder, ignore_errors=True)
    app.extensions["media_storage"].__dict__.pop("_store", None)


@pytest.fixture
def ada(web: Web, storage_emptied: None) -> Member:
    """Signed in, and past the limits of newcomers."""
    member = factories.member("ada", trust_level=2)
    web.sign_in(member)
    return member
