"""What a username may be, and which are one."""

from __future__ import annotations

import pytest

from forum.accounts import names
from forum.kernel.errors import Invalid


@pytest.mark.parametrize(
    "look_alike",
    ["HANNA", "h\u0430nna", "h\u0251nna", "\uff48anna", "\u210canna"],
)
def test_key_is_shared_by_look_alikes(look_alike: str) -> None:
    assert names.username_key(look_alike) == names.username_key("hanna")


@pytest.mark.parametrize(("one", "other"), [("Ian", "lan"), ("b0b", "bob"), ("rnila", "mila"), ("vvim", "wim")])
def test_key_is_shared_by_ascii_look_alikes(one: str, other: str) -> None:
    assert names.username_key(one) == names.username_key(other)


@pytest.mark.parametrize("other", ["hannah", "anna", "han-na", "hänna", "h4nna"])
def test_key_tells_others_apart(other: str) -> None:
    assert names.username_key(other) != names.username_key("hanna")


def test_key_of_a_key_is_itself() -> None:
    assert names.username_key(names.username_key("IllO0rnİß")) == names.username_key("IllO0rnİß")


def test_look_alikes_hold_what_capitals_of_another_alphabet_look_like() -> None:
    assert names.look_alikes("\u039d\u0399\u039d\u0391") >= {names.username_key("NINA")}


@pytest.mark.parametrize("name", ["abc", "x" * 30, "Jan-Willem_2", "Łukasz", "Иван", "김철수", "משה", "José"])
def test_username_of_letters_and_digits_is_kept(name: str) -> None:
    assert names.check_username(name) == name


def test_username_is_kept_in_nfkc() -> None:
    assert names.check_username(" \uff48\uff41nna ") == "hanna"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "ab",
        "x" * 31,
        "an na",
        "an.na",
        "an@na",
        "a/b",
        "a\x00b",
        "ab\u202ecd",
        "①②③",
        "123",
        "---",
        "a\u0301" * 3 + "!",
    ],
)
def test_username_of_anything_else_is_refused(name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        names.check_username(name)
    assert list(refusal.value.fields) == ["username"]


def test_username_of_two_alphabets_is_refused() -> None:
    with pytest.raises(Invalid):
        names.check_username("h\u0430nna")


@pytest.mark.parametrize(
    "name",
    ["admin", "Admin", "adm1n", "_admin_", "admin2", "àdmin", "\u0430dmin", "rnoderator", "Kade", "SYSTEM", "no_reply"],
)
def test_reserved_names_and_their_look_alikes_are_known(name: str) -> None:
    assert names.is_reserved(name)


@pytest.mark.parametrize("name", ["hanna", "adminah", "modesty", "kader", "arcade"])
def test_other_names_are_free(name: str) -> None:
    assert not names.is_reserved(name)


def test_the_sites_own_name_is_reserved() -> None:
    assert (names.is_reserved("Brugg3n"), names.is_reserved("bruggen_", {"Bruggen"})) == (False, True)
