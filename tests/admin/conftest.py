"""Somebody who may do all that these pages offer."""

from __future__ import annotations

import pytest

from forum.accounts.models import Member
from forum.kernel.access import Role
from tests import factories
from tests.web import Web


@pytest.fixture
def admin(web: Web) -> Member:
    """Signed in."""
    member: Member = factories.member("adela", role=Role.ADMIN)
    web.sign_in(member)
    return member
