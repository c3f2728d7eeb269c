from __future__ import annotations

from flask import Flask

from forum.accounts.names import username_key
from forum.kernel.access import MemberState
from forum.kernel.text import Known, Names
from forum.topics.models import TopicState
from forum.topics.names import known
from tests import factories


def names(*, members: str = "", topics: str = "") -> Names:
    return Names(frozenset(members.split()), frozenset(topics.split()))


def test_names_that_exist_are_known(app: Flask) -> None:
    factories.member("Hanna", name="Hanna Kos")
    factories.topic("energy", name="Energy", sign="energy")
    found = known(names(members="hanna nobody", topics="energy heat"))
    assert found == Known({"hanna": ("Hanna", "Hanna Kos")}, {"energy": ("Energy", "energy")})


def test_names_of_nobody_cost_nothing(app: Flask) -> None:
    assert known(names()) == Known({}, {})


def test_names_that_only_look_alike_are_unknown(app: Flask) -> None:
    factories.member("hanna")
    assert username_key("hаnna") == username_key("hanna")
    assert known(names(members="hаnna")).members == {}


def test_members_who_cannot_be_looked_up_are_unknown(app: Flask) -> None:
    factories.member("new", state=MemberState.UNCONFIRMED)
    factories.member("gone", state=MemberState.ERASED)
    assert known(names(members="new gone")).members == {}


def test_merged_topics_are_unknown_and_archived_ones_known(app: Flask) -> None:
    factories.topic("merged", state=TopicState.MERGED)
    factories.topic("past", name="Past", state=TopicState.ARCHIVED)
    assert list(known(names(topics="merged past")).topics) == ["past"]
