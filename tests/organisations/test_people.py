from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from flask import Flask

from forum.accounts.models import Member
from forum.kernel.access import Actor, MemberState, Right, Role
from forum.kernel.db import db, transaction
from forum.kernel.errors import Forbidden, Invalid
from forum.kernel.ids import AffiliationId
from forum.kernel.operator import OPERATOR
from forum.organisations import commands, queries
from forum.organisations.commands import Place
from forum.organisations.errors import Gone, HereAlready, LastOwner, NoSuchMember, NotAsked, NotOwner, NotReady
from forum.organisations.models import Affiliation, Organisation
from tests import factories

EDITOR = Place(right="editor", title="Adviser")


def joined(city: Organisation, right: Right, **member: Any) -> tuple[Actor, AffiliationId]:
    made = factories.member(**member)
    affiliation = factories.affiliation(made, city, right)
    return factories.actor(made), affiliation.id


def add(actor: Actor, city: Organisation, username: str, place: Place = EDITOR) -> Affiliation:
    with transaction():
        return commands.add_member(actor, city.id, username, place)


def change(actor: Actor, affiliation_id: AffiliationId, **place: Any) -> None:
    with transaction():
        commands.change_affiliation(actor, affiliation_id, Place(**place))


def end(actor: Actor, affiliation_id: AffiliationId) -> None:
    with transaction():
        commands.end_affiliation(actor, affiliation_id)


def show(actor: Actor, affiliation_id: AffiliationId, *, public: bool) -> None:
    with transaction():
        commands.show_affiliation(actor, affiliation_id, public=public)


def people(city: Organisation) -> list[tuple[str, str, str]]:
    return [(one.card.username, one.right, one.title) for one in queries.people_of(city.id, private=True)]


def rights(member: Member) -> list[Right]:
    return list(factories.actor(member).rights.values())


def test_administrator_adds_a_member(app: Flask) -> None:
    city = factories.organisation()
    factories.member("hanna")
    add(OPERATOR, city, " @Hanna ", Place(right="editor", title=" Policy  adviser "))
    assert people(city) == [("hanna", "editor", "Policy adviser")]


def test_operator_appoints_the_first_owner(app: Flask) -> None:
    city = factories.organisation()
    hanna = factories.member("hanna")
    add(OPERATOR, city, "hanna", Place(right="owner"))
    assert rights(hanna) == [Right.OWNER]


@pytest.mark.parametrize("right", [None, *Right])
def test_adding_unasked_is_for_administrators(app: Flask, right: Right | None) -> None:
    city, somebody = factories.organisation(), factories.member(role=Role.MODERATOR)
    if right:
        factories.affiliation(somebody, city, right)
    with pytest.raises(NotAsked):
        add(factories.actor(somebody), city, factories.member().username)


def test_adding_twice_changes_nothing(app: Flask) -> None:
    city = factories.organisation()
    factories.member("hanna", name="Hanna Kos")
    add(OPERATOR, city, "hanna")
    with pytest.raises(HereAlready, match="Hanna Kos"):
        add(OPERATOR, city, "hanna", Place(right="owner"))
    assert people(city) == [("hanna", "editor", "Adviser")]


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        (MemberState.ERASED, NoSuchMember),
        (MemberState.UNCONFIRMED, NotReady),
        (MemberState.SUSPENDED, NotReady),
    ],
)
def test_adding_somebody_who_cannot_take_part_is_refused(app: Flask, state: Any, refusal: Any) -> None:
    factories.member("hanna", state=state)
    with pytest.raises(refusal):
        add(OPERATOR, factories.organisation(), "hanna")


def test_adding_nobody_is_refused(app: Flask) -> None:
    with pytest.raises(NoSuchMember, match="hanna"):
        add(OPERATOR, factories.organisation(), "hanna")


@pytest.mark.parametrize(
    ("place", "field"), [(Place(right="king"), "right"), (Place(right="editor", title="x" * 81), "title")]
)
def test_place_that_cannot_be_is_refused(app: Flask, place: Place, field: str) -> None:
    factories.member("hanna")
    with pytest.raises(Invalid) as refusal:
        add(OPERATOR, factories.organisation(), "hanna", place)
    assert list(refusal.value.fields) == [field]


def test_right_is_changed_at_once(app: Flask) -> None:
    city, hanna = factories.organisation(), factories.member("hanna")
    owner, _id = joined(city, Right.OWNER, username="owner")
    change(owner, factories.affiliation(hanna, city).id, right="contributor", title="Intern", public=False)
    assert rights(hanna) == [Right.CONTRIBUTOR]
    assert [person.card.username for person in queries.people_of(city.id)] == ["owner"]


def test_changing_a_right_is_for_owners(app: Flask) -> None:
    city = factories.organisation()
    editor, own = joined(city, Right.EDITOR)
    with pytest.raises(NotOwner):
        change(editor, own, right="owner")


def test_last_owner_cannot_step_down_or_leave(app: Flask) -> None:
    city = factories.organisation()
    owner, own = joined(city, Right.OWNER, username="owner")
    for act in (partial(change, owner, own, right="editor"), partial(end, owner, own), partial(end, OPERATOR, own)):
        with pytest.raises(LastOwner):
            act()
    change(owner, own, right="owner", title="Mayor")
    assert people(city) == [("owner", "owner", "Mayor")]


def test_erased_owner_does_not_count_as_one(app: Flask) -> None:
    city = factories.organisation()
    owner, own = joined(city, Right.OWNER)
    joined(city, Right.OWNER, state=MemberState.ERASED)
    with pytest.raises(LastOwner):
        end(owner, own)


def test_one_of_two_owners_may_go(app: Flask) -> None:
    city = factories.organisation()
    owner, own = joined(city, Right.OWNER, username="first")
    joined(city, Right.OWNER, username="second")
    end(owner, own)
    assert people(city) == [("second", "owner", "Adviser")]


def test_two_owners_who_end_each_other_leave_one(app: Flask) -> None:
    city = factories.organisation()
    pair = [joined(city, Right.OWNER) for _number in range(2)]
    acts = [(pair[0][0], pair[1][1]), (pair[1][0], pair[0][1])]

    def try_to_end(act: tuple[Actor, AffiliationId]) -> str:
        with app.app_context():
            try:
                end(*act)
            except LastOwner:
                return "refused"
            return "ended"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(try_to_end, acts)) == ["ended", "refused"]
    db.session.rollback()
    assert len(people(city)) == 1


def test_ending_ends_the_right_at_once(app: Flask) -> None:
    city, hanna = factories.organisation(), factories.member()
    owner, _id = joined(city, Right.OWNER)
    end(owner, factories.affiliation(hanna, city).id)
    assert rights(hanna) == []


def test_ending_twice_says_so(app: Flask) -> None:
    city = factories.organisation()
    _actor, own = joined(city, Right.EDITOR)
    end(OPERATOR, own)
    for act in (partial(end, OPERATOR, own), partial(change, OPERATOR, own, right="editor")):
        with pytest.raises(Gone):
            act()


def test_who_left_can_come_back(app: Flask) -> None:
    city = factories.organisation()
    hanna = factories.member("hanna")
    end(OPERATOR, add(OPERATOR, city, "hanna").id)
    add(OPERATOR, city, "hanna", Place(right="owner"))
    assert rights(hanna) == [Right.OWNER]


def test_anyone_may_leave(app: Flask) -> None:
    city = factories.organisation()
    editor, own = joined(city, Right.EDITOR)
    end(editor, own)
    assert people(city) == []


def test_ending_somebody_else_is_for_owners(app: Flask) -> None:
    city = factories.organisation()
    editor, _own = joined(city, Right.EDITOR)
    _other, others = joined(city, Right.CONTRIBUTOR)
    with pytest.raises(NotOwner):
        end(editor, others)


def test_everybody_decides_whether_their_place_is_shown(app: Flask) -> None:
    city = factories.organisation()
    editor, own = joined(city, Right.EDITOR)
    show(editor, own, public=False)
    assert queries.people_of(city.id) == ()
    show(editor, own, public=True)
    assert len(queries.people_of(city.id)) == 1


def test_showing_somebody_elses_place_is_refused(app: Flask) -> None:
    city = factories.organisation()
    _editor, own = joined(city, Right.EDITOR)
    owner, _id = joined(city, Right.OWNER)
    with pytest.raises(Forbidden):
        show(owner, own, public=False)


def test_affiliation_that_never_was_is_gone(app: Flask) -> None:
    with pytest.raises(Gone):
        end(OPERATOR, AffiliationId(1))
