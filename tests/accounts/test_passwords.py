"""Passwords: which are taken, how they are kept, and that nobody costs what somebody does."""

from __future__ import annotations

import pytest
from pwdlib.hashers.argon2 import Argon2Hasher

from forum.accounts import passwords
from forum.kernel.errors import Invalid
from tests.accounts import people

GOOD = "seven tulips on a quay"


@pytest.mark.parametrize(
    "password", [GOOD, "x7!fQz-0", "wat een mooie brug", "🚲🌷🧀🌊🏠🚲🌷🛶", "k" * 120 + "ade" * 40]
)
def test_password_is_taken(password: str) -> None:
    assert passwords.check_password(password) == password


@pytest.mark.parametrize("password", ["", "x7!fQz-", "x7!f" * 65])
def test_password_of_the_wrong_length_is_refused(password: str) -> None:
    with pytest.raises(Invalid):
        passwords.check_password(password)


@pytest.mark.parametrize(
    "password",
    [
        "password", "Password1!", "P@ssw0rd", "12345678", "87654321", "qwertyuiop", "1q2w3e4r", "aaaaaaaa", "abababab",
        "Welkom01", "wachtwoord123", "letmein!!", "19851224", "06-12345678", "geheimgeheim", "Amsterdam2026",
    ],
)  # fmt: skip
def test_password_that_everybody_guesses_is_refused(password: str) -> None:
    with pytest.raises(Invalid) as refusal:
        passwords.check_password(password, field="new_password")
    assert list(refusal.value.fields) == ["new_password"]


@pytest.mark.parametrize("password", ["brugwachter", "Brugwachter12", "hanna.visser", "Hanna Visser!", "bruggenforum1"])
def test_password_made_of_oneself_is_refused(password: str) -> None:
    with pytest.raises(Invalid):
        passwords.check_password(password, ("brugwachter", "Hanna Visser", "hanna.visser@example.org", "Bruggenforum"))


def test_hash_is_argon2id_with_the_houses_parameters() -> None:
    assert passwords.hash_password(GOOD).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_password_is_verified() -> None:
    kept = passwords.hash_password(GOOD)
    verdicts = passwords.verify(GOOD, kept), passwords.verify(GOOD + " ", kept)
    assert verdicts == (passwords.Verdict(right=True), passwords.Verdict(right=False))


def test_password_is_the_same_however_its_accents_are_typed() -> None:
    assert passwords.verify("cafe\u0301 aan het water", passwords.hash_password("caf\u00e9 aan het water")).right


def test_hash_of_older_parameters_is_made_anew() -> None:
    old = Argon2Hasher(time_cost=1, memory_cost=8192, parallelism=1).hash(GOOD)
    verdict = passwords.verify(GOOD, old)
    assert verdict.right
    assert (verdict.new_hash or "").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_nobody_has_no_right_password() -> None:
    assert passwords.verify(GOOD, None) == passwords.Verdict(right=False)


def test_nobodys_hash_costs_what_somebodys_does() -> None:
    hasher = Argon2Hasher(time_cost=passwords.PASSES, memory_cost=passwords.MEMORY_KIB, parallelism=passwords.LANES)
    assert not hasher.check_needs_rehash(passwords.NOBODYS_HASH)


@pytest.mark.parametrize("password", ["wrong words here", "", "x" * 1_000_000], ids=["wrong", "empty", "overlong"])
def test_nobody_costs_what_somebody_does(hashing: list[people.Hashing], password: str) -> None:
    kept = passwords.hash_password(GOOD)
    passwords.verify(password, kept)
    passwords.verify(password, None)
    somebody, nobody = hashing
    assert somebody == nobody


def test_overlong_password_is_compared_as_an_empty_one(hashing: list[people.Hashing]) -> None:
    assert not passwords.verify("x" * 1_000_000, passwords.hash_password(GOOD)).right
    assert [one.length for one in hashing] == [0]
