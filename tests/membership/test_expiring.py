from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from forum.kernel import clock
from forum.kernel.db import db
from forum.kernel.errors import Refused
from forum.membership import commands
from forum.membership.errors import OpenAlready, ProofsMissing
from forum.membership.models import Method
from forum.organisations import queries
from forum.organisations.models import Organisation, Verification
from tests import factories
from tests.accounts.letters import Letters
from tests.membership.steps import done, later, moderator, owner_of, prove
from tests.web import Web


def verified_for(**time: float) -> Organisation:
    made: Organisation = factories.organisation("ghent", verified_until=clock.now() + timedelta(**time))
    return made


def test_verification_ends_after_its_days_of_grace(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    city = verified_for(days=1)
    owner, states = owner_of(city), []
    for days in (2, 28, 2):
        later(monkeypatch, days=days)
        done(commands.settle)
        states.append((city.state, len(queries.voices_of(owner))))
    assert states == [
        (Verification.VERIFIED, 1),
        (Verification.VERIFIED, 1),
        (Verification.EXPIRED, 1),
    ]  # what it says waits


def test_verification_without_an_end_stays(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    city = factories.organisation()
    later(monkeypatch, days=4000)
    done(commands.settle)
    assert city.state == Verification.VERIFIED


def test_mark_is_gone_on_the_very_next_page(app: Flask, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    city = verified_for(days=1)
    post = factories.post(organisation_id=city.id, role_organisation_id=city.id)
    path = f"/posts/{post.id}/{post.slug}"
    before = [web.get(one).text.count('class="verified"') for one in (path, "/")]
    with monkeypatch.context() as patch:
        later(patch, days=40)
        done(commands.settle)
    assert [web.get(one).text.count('class="verified"') for one in (path, "/")] == [0, 0]
    assert min(before) > 0


@pytest.mark.parametrize("act", ["suspend", "reinstate"])
def test_mark_follows_a_suspension_on_the_very_next_page(app: Flask, web: Web, act: str) -> None:
    city, judge = verified_for(days=300), moderator()
    post = factories.post(organisation_id=city.id, role_organisation_id=city.id)
    path = f"/posts/{post.id}/{post.slug}"
    counts = [web.get(path).text.count('class="verified"')]
    done(commands.suspend, judge, city.id, "Why.")
    counts.append(web.get(path).text.count('class="verified"'))
    if act == "reinstate":
        done(commands.reinstate, judge, city.id)
        assert web.get(path).text.count('class="verified"') == counts[0]
    assert (counts[0] > 0, counts[1]) == (True, 0)


def test_owners_are_reminded_five_times_each_once(
    app: Flask, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner_of(verified_for(days=70), username="olga")
    subjects = []
    for days in (5, 5, 1, 30, 23, 8, 19):  # 65, 60, 59, 29, 6, -2 and -21 days before the end
        later(monkeypatch, days=days)
        for _time in range(2):
            done(commands.settle)
        subjects.append([str(one["Subject"]).partition(": ")[2] for one in letters.deliver()])
    assert subjects[0] == []
    assert [len(one) for one in subjects] == [0, 1, 0, 1, 1, 1, 1]
    assert subjects[4] == ["verified for 6 more days"]


def test_renewal_adds_a_year_with_one_fresh_proof(app: Flask) -> None:
    city = verified_for(days=20)
    end, owner = city.verified_until, owner_of(city)
    city_domain(city)
    request = done(commands.renew, owner, city.id)
    with pytest.raises(ProofsMissing, match="0 of 1"):
        done(commands.verify, moderator(), request.id)
    prove(owner, request, Method.DNS)
    done(commands.verify, moderator(), request.id)
    assert city.verified_until is not None
    assert end is not None
    assert city.verified_until - end == timedelta(days=365)


def city_domain(city: Organisation) -> None:
    city.domain = "stad.gent"
    db.session.commit()


def test_renewal_gives_an_expired_organisation_its_mark_again(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    city = verified_for(days=1)
    city_domain(city)
    owner = owner_of(city)
    later(monkeypatch, days=60)
    done(commands.settle)
    request = done(commands.renew, owner, city.id)
    prove(owner, request, Method.FILE)
    done(commands.verify, moderator(), request.id)
    assert city.verified_until is not None
    assert (city.state, (city.verified_until - clock.now()).days) == (Verification.VERIFIED, 364)


def test_renewal_of_a_suspended_organisation_gives_no_mark(app: Flask) -> None:
    city = verified_for(days=20)
    city_domain(city)
    owner, judge = owner_of(city), moderator()
    request = done(commands.renew, owner, city.id)
    prove(owner, request, Method.DNS)
    done(commands.suspend, judge, city.id, "Why.")
    done(commands.verify, judge, request.id)
    assert city.state == Verification.SUSPENDED


def test_renewal_too_early_or_twice_is_refused(app: Flask) -> None:
    early, soon = verified_for(days=70), factories.organisation(verified_until=clock.now() + timedelta(days=5))
    with pytest.raises(Refused, match="too early"):
        done(commands.renew, owner_of(early), early.id)
    owner = owner_of(soon)
    done(commands.renew, owner, soon.id)
    with pytest.raises(OpenAlready):
        done(commands.renew, owner, soon.id)
