"""What a file says about other things is checked before anything is written."""

from __future__ import annotations

import pytest
from flask import Flask

from forum.kernel.errors import Invalid
from forum.organisations.models import Verification
from tests import factories
from tests.community.files import Value, changed, load, rows, small

NOWHERE = ", neither in this file nor loaded before"
PLACES = "/members/0/affiliations"
TWICE = f"  {PLACES}/1/organisation: the organisation 'ams' was used before, at {PLACES}/0/organisation"


def problems(file: Value) -> list[str]:
    with pytest.raises(Invalid) as refused:
        load(file)
    return str(refused.value.message).splitlines()[1:]


@pytest.mark.parametrize(
    ("pointer", "value", "says"),
    [
        ("/posts/0/author", "eve", f"  /posts/0/author: there is no member 'eve'{NOWHERE}"),
        ("/posts/0/on_behalf_of", "rtm",
         f"  /posts/0/on_behalf_of: there is no organisation 'rtm'{NOWHERE}"),
        ("/posts/0/on_behalf_of", "club",
         "  /posts/0/on_behalf_of: 'ann' can’t speak for 'club': that takes the right of an editor or more"),
        ("/posts/0/comments/0/on_behalf_of", "ams",
         "  /posts/0/comments/0/on_behalf_of: 'bob' can’t speak for 'ams': that takes the right of an editor or more"),
        ("/posts/0/topics/1", "water", f"  /posts/0/topics/1: there is no topic 'water'{NOWHERE}"),
        ("/posts/0/comments/0/replies/0/replies/0/author", "eve",
         f"  /posts/0/comments/0/replies/0/replies/0/author: there is no member 'eve'{NOWHERE}"),
        ("/members/0/affiliations/0/organisation", "rtm",
         f"  /members/0/affiliations/0/organisation: there is no organisation 'rtm'{NOWHERE}"),
        ("/members/1/key", "cas", "  /members/2/key: the key 'cas' was used before, at /members/1/key"),
        ("/members/2/username", "B0B",
         "  /members/2/username: the username 'B0B' was used before, at /members/1/username"),
        ("/organisations/1/key", "ams",
         "  /organisations/1/key: the key 'ams' was used before, at /organisations/0/key"),
        ("/topics/1/slug", "energy", "  /topics/1/slug: the slug 'energy' was used before, at /topics/0/slug"),
        ("/posts/0/old_addresses", ["/a", "/b/a"],
         "  /posts/0/old_addresses/1: the address 'a' was used before, at /posts/0/old_addresses/0"),
        ("/members/0/affiliations/1", {"organisation": "ams", "right": "owner"}, TWICE),
    ],
)  # fmt: skip
def test_reference_that_leads_nowhere_is_told_and_nothing_written(
    app: Flask, pointer: str, value: object, says: str
) -> None:
    assert says in problems(changed(pointer, value))
    assert rows() == {}


def test_post_key_used_twice_is_refused(app: Flask) -> None:
    file = small()
    file["posts"].append(file["posts"][0] | {"old_addresses": []})
    assert problems(file) == ["  /posts/1/key: the key 'heat' was used before, at /posts/0/key"]


def test_code_of_two_verified_organisations_is_refused(app: Flask) -> None:
    file = changed("/organisations/1", small()["organisations"][1] | {"code": "ams", "verified": True})
    assert problems(file) == ["  /organisations/1/code: the code 'AMS' was used before, at /organisations/0/code"]


def test_username_of_somebody_here_is_refused(app: Flask) -> None:
    factories.member("b0b")
    assert problems(small()) == ["  /members/1/username: 'bob' is, or looks like, the name of somebody here"]


def test_code_of_an_organisation_here_is_refused(app: Flask) -> None:
    factories.organisation("elsewhere", code="AMS")
    assert problems(small()) == ["  /organisations/0/code: 'AMS' belongs to a verified organisation here"]


def test_code_of_an_unverified_organisation_is_free(app: Flask) -> None:
    factories.organisation("elsewhere", code="AMS", state=Verification.SUBMITTED)
    assert load(small())["organisations"].new == 2


def test_address_of_another_post_is_refused(app: Flask) -> None:
    load(small())
    file = small()
    file["posts"] = [file["posts"][0] | {"key": "other", "comments": []}]
    assert problems(file) == ["  /posts/0/old_addresses/0: 'heat-for-all' leads to another post here"]


def test_name_of_an_organisation_here_is_refused_at_its_place(app: Flask) -> None:
    factories.organisation("city-of-amsterdam", name="City of Amsterdam", code="XYZ")
    before = rows()
    told = "City of Amsterdam is here already: /organisations/city-of-amsterdam. Nothing was changed."
    assert problems(small()) == [f"  /organisations/0/name: {told}"]
    assert rows() == before


def test_what_was_loaded_before_is_known(app: Flask) -> None:
    load(small())
    post = small()["posts"][0] | {"key": "more", "old_addresses": [], "comments": []}
    tally = load({"format": "forum-community/1", "posts": [post]})
    assert (tally["posts"].new, tally["members"].new) == (1, 0)
