from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask

from forum.kernel.access import Role
from forum.kernel.errors import Invalid
from forum.membership import commands
from forum.membership.codes import fresh, hash_of
from forum.membership.errors import (
    CodeDead,
    NoDomain,
    NoSuchRequest,
    NotModerator,
    NotWaiting,
    OwnRequest,
    WrongAddress,
)
from forum.membership.models import MembershipRequest, Method, Proof
from forum.membership.queries import due_proofs, proofs_of
from tests import factories
from tests.accounts.letters import Letters, plain_of
from tests.membership.steps import GHENT, applied, asker, done, later, moderator, owner_of

CODE = re.compile(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}\b")


def mailed(letters: Letters, request: MembershipRequest, address: str = "info@stad.gent") -> tuple[Proof, str]:
    proof = done(commands.start_proof, asker(request), request.id, Method.MAIL, address)
    letter = letters.one()
    assert letter["To"] is not None
    assert address in str(letter["To"])
    return proof, CODE.findall(plain_of(letter))[0]


def states(request: MembershipRequest) -> list[tuple[str, str]]:
    return [(proof.method, proof.state) for proof in proofs_of(request.id)]


def test_code_from_the_letter_proves_however_it_is_typed(app: Flask, letters: Letters) -> None:
    request = applied(proofs=0)
    proof, code = mailed(letters, request)
    assert done(commands.enter_code, asker(request), proof.id, f" {code.lower().replace('-', ' ')} ") is None
    assert states(request) == [("mail", "proven")]


def test_code_is_kept_as_a_hash_only(app: Flask, letters: Letters) -> None:
    proof, code = mailed(letters, applied(proofs=0))
    assert (proof.code_hash, code in str(vars(proof))) == (hash_of(code), False)
    assert fresh() != fresh()


def test_wrong_code_is_counted_and_the_sixth_try_refused(app: Flask, letters: Letters) -> None:
    request = applied(proofs=0)
    proof, code = mailed(letters, request)
    assert [done(commands.enter_code, asker(request), proof.id, "no") for _ in range(5)] == [4, 3, 2, 1, 0]
    with pytest.raises(CodeDead):
        done(commands.enter_code, asker(request), proof.id, code)


def test_code_dies_after_a_day_and_with_a_newer_one(
    app: Flask, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = applied(proofs=0)
    proof, old = mailed(letters, request)
    _proof, code = mailed(letters, request)
    assert done(commands.enter_code, asker(request), proof.id, old) == 4
    later(monkeypatch, hours=24, seconds=1)
    with pytest.raises(CodeDead):
        done(commands.enter_code, asker(request), proof.id, code)


def test_code_works_once(app: Flask, letters: Letters) -> None:
    request = applied(proofs=0)
    proof, code = mailed(letters, request)
    done(commands.enter_code, asker(request), proof.id, code)
    with pytest.raises(NotWaiting):
        done(commands.enter_code, asker(request), proof.id, code)


@pytest.mark.parametrize(
    "address", ["info@stad.gent.evil.example", "info@evilstad.gent", "info@gent", "stad.gent@evil.example"]
)
def test_code_goes_to_the_domain_only(app: Flask, address: str) -> None:
    request = applied(proofs=0)
    with pytest.raises((WrongAddress, Invalid)):
        done(commands.start_proof, asker(request), request.id, Method.MAIL, address)
    assert states(request) == []


def test_code_may_go_below_the_domain(app: Flask, letters: Letters) -> None:
    request = applied(proofs=0)
    proof, code = mailed(letters, request, "info@press.stad.gent")
    assert done(commands.enter_code, asker(request), proof.id, code) is None
    assert states(request) == [("mail", "proven")]


@pytest.mark.parametrize("domain", ["", "gmail.com"])
def test_domain_that_is_nobodys_proves_nothing(app: Flask, domain: str) -> None:
    request = applied(proofs=0, domain=domain)
    for method in (Method.MAIL, Method.DNS, Method.FILE):
        with pytest.raises(NoDomain):
            done(commands.start_proof, asker(request), request.id, method, "somebody@gmail.com")
    done(commands.start_proof, asker(request), request.id, Method.LETTER)


def test_what_the_worker_looks_for_is_due_when_asked_and_each_hour(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    request = applied(proofs=0)
    proof = done(commands.start_proof, asker(request), request.id, Method.DNS)
    counts = [len(due_proofs(5))]
    done(commands.ask_check, asker(request), proof.id)
    counts.append(len(due_proofs(5)))
    done(commands.note_look, proof.id, proof.challenge, "missing")
    counts.append(len(due_proofs(5)))
    later(monkeypatch, minutes=61)
    counts.append(len(due_proofs(5)))
    assert counts == [0, 1, 0, 1]


def test_look_gives_up_after_seven_days(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    request = applied(proofs=0)
    proof = done(commands.start_proof, asker(request), request.id, Method.FILE)
    done(commands.ask_check, asker(request), proof.id)
    later(monkeypatch, days=7)
    done(commands.note_look, proof.id, proof.challenge, "missing")
    assert (states(request), due_proofs(5)) == ([("file", "failed")], ())


def test_look_at_another_challenge_counts_for_nothing(app: Flask) -> None:
    request = applied(proofs=0)
    proof = done(commands.start_proof, asker(request), request.id, Method.FILE)
    done(commands.note_look, proof.id, "older", "")
    assert states(request) == [("file", "waiting")]


def test_letter_is_seen_by_a_moderator_who_is_not_the_applicant(app: Flask) -> None:
    member = factories.member(role=Role.MODERATOR)
    request = applied(member, proofs=0)
    proof = done(commands.start_proof, asker(request), request.id, Method.LETTER)
    with pytest.raises(OwnRequest):
        done(commands.see_letter, factories.actor(member), proof.id)
    with pytest.raises(NotModerator):
        done(commands.see_letter, factories.actor(factories.member()), proof.id)
    done(commands.see_letter, moderator(), proof.id)
    assert states(request) == [("letter", "proven")]


def test_letter_is_the_only_proof_that_a_moderator_marks(app: Flask) -> None:
    request = applied(proofs=0)
    proof = done(commands.start_proof, asker(request), request.id, Method.DNS)
    with pytest.raises(NotWaiting):
        done(commands.see_letter, moderator(), proof.id)


def test_proof_is_made_by_the_applicant_only_and_while_it_waits(app: Flask) -> None:
    request, stranger = applied(proofs=0), owner_of(factories.organisation())
    with pytest.raises(NoSuchRequest):
        done(commands.start_proof, stranger, request.id, Method.DNS)
    proof = done(commands.start_proof, asker(request), request.id, Method.DNS)
    with pytest.raises(NoSuchRequest):
        done(commands.ask_check, stranger, proof.id)
    done(commands.withdraw, asker(request), request.id)
    with pytest.raises(NotWaiting):
        done(commands.start_proof, asker(request), request.id, Method.FILE)


def test_parents_word_cannot_be_given_by_asking(app: Flask) -> None:
    request = applied(proofs=0)
    with pytest.raises(NotWaiting):
        done(commands.start_proof, asker(request), request.id, Method.PARENT)


def test_proof_of_another_domain_does_not_move_to_a_new_application(app: Flask) -> None:
    from forum.organisations import commands as organisations

    request = applied()
    done(commands.reject, moderator(), request.id, "Not yours.")
    done(organisations.edit, asker(request), request.organisation_id, replace(GHENT, domain="other.be"))
    fresh_request = done(commands.start_again, asker(request), request.id)
    assert states(fresh_request) == []
