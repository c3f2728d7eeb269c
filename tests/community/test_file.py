"""A community file is read as a whole, and what can't be is told by its place."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from forum.community.file import open_file, read
from forum.kernel.errors import Invalid
from forum.topics.models import Sign
from tests.community.files import changed, small


def problems(text: str) -> list[str]:
    with pytest.raises(Invalid) as refused:
        read(text)
    return str(refused.value.message).splitlines()


def test_comments_are_read_with_their_places() -> None:
    (post,) = read(json.dumps(small())).posts
    assert [(one.place, one.parent, one.author, one.language) for one in post.comments] == [
        ("0", "", "bob", "en"),
        ("0.0", "0", "ann", "nl"),
        ("0.0.0", "0.0", "bob", "en"),
        ("0.1", "0", "cas", "en"),
        ("1", "", "cas", "en"),
    ]
    assert post.comments[2].pointer == "/posts/0/comments/0/replies/0/replies/0"


def test_times_are_read_as_utc() -> None:
    read_times = [
        read(json.dumps(changed("/posts/0/published_at", time))).posts[0].published_at
        for time in ("2026-03-01T10:00:00+01:00", "2026-03-01T09:00", "2026-03-01", None)
    ]
    morning = datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert read_times == [morning, morning, datetime(2026, 3, 1, tzinfo=UTC), None]


@pytest.mark.parametrize(
    "address", ["heat-for-all", "/posts/heat-for-all", "https://old.example/x/heat-for-all/?page=2#top"]
)
def test_old_addresses_come_down_to_their_last_word(address: str) -> None:
    file = changed("/posts/0/old_addresses", [address])
    assert read(json.dumps(file)).posts[0].old_addresses == ("heat-for-all",)


def test_topics_get_the_sign_that_is_theirs_or_the_next() -> None:
    file = changed("/topics/2", {"slug": "play", "name": "Play"})
    assert [topic.details.sign for topic in read(json.dumps(file)).topics] == [
        Sign.ENERGY,
        Sign.MOBILITY,
        list(Sign)[2],
    ]


def test_words_are_cleaned() -> None:
    file = changed("/posts/0/title", "  Heat\u202e for\n a  street\u0000 ")
    assert read(json.dumps(file)).posts[0].draft.title == "Heat for a street"


def test_replies_may_nest_deeper_than_python_calls() -> None:
    comment: dict[str, object] = {"author": "bob", "body": "Deep."}
    for _ in range(300):
        comment = {"author": "bob", "body": "Deep.", "replies": [comment]}
    assert len(read(json.dumps(changed("/posts/0/comments", [comment]))).posts[0].comments) == 301


@pytest.mark.parametrize(
    ("pointer", "value", "says"),
    [
        ("/extra", 1,
         "/extra: there is no such field; known are format, members, organisations, posts, source, topics"),
        ("/format", "forum-community/2", "/format: this Kade reads 'forum-community/1'"),
        ("/posts", {}, "/posts: write a list"),
        ("/posts/0", "text", "/posts/0: write an object"),
        ("/posts/0/title", "", "/posts/0/title: write something here"),
        ("/posts/0/title", 7, "/posts/0/title: write a text"),
        ("/posts/0/title", "x" * 161, "/posts/0/title: Shorten the title to 160 characters."),
        ("/posts/0/kind", "essay", "/posts/0/kind: 'essay' isn't one of article, question, request, event"),
        ("/posts/0/language", "English", "/posts/0/language: write a language code such as en or nl"),
        ("/posts/0/topics", [], "/posts/0/topics: A post is under one to 5 topics."),
        ("/posts/0/topics/0", None, "/posts/0/topics/0: write a text"),
        ("/posts/0/key", " heat", "/posts/0/key: write a key of 1 to 200 characters, without blanks at its ends"),
        ("/posts/0/old_addresses", ["/"], "/posts/0/old_addresses/0: end the address in a word, such as /posts/word"),
        ("/posts/0/body", "x" * 32_001, "/posts/0/body: at most 32,000 characters, this has 32,001"),
        ("/members/0/affiliations/0/mood", 1,
         "/members/0/affiliations/0/mood: there is no such field; known are organisation, right, title"),
        ("/posts/0/comments/1/created_at", "yesterday",
         "/posts/0/comments/1/created_at: write a time such as 2026-03-01T09:30:00Z (ISO 8601)"),
        ("/posts/0/comments/1/created_at", "0001-01-01T00:00:00+14:00",
         "/posts/0/comments/1/created_at: write a time such as 2026-03-01T09:30:00Z (ISO 8601)"),
        ("/organisations/0/code", "A1", "/organisations/0/code: A code is 2 to 4 letters from A to Z, such as AMS."),
        ("/organisations/0/verified", "yes", "/organisations/0/verified: write true or false"),
        ("/members/0/username", "x", "/members/0/username: Choose a username of 3 to 30 characters."),
        ("/members/0/affiliations/0/right", "boss",
         "/members/0/affiliations/0/right: 'boss' isn't one of contributor, editor, moderator, owner"),
        ("/topics/0/slug", "A b",
         "/topics/0/slug: An address is made of lower-case letters, digits and hyphens, such as circular-city."),
        ("/topics/0/a~b", 1, "/topics/0/a~0b: there is no such field; known are description, name, slug"),
    ],
)  # fmt: skip
def test_value_that_cannot_be_is_told_at_its_place(pointer: str, value: object, says: str) -> None:
    assert problems(json.dumps(changed(pointer, value))) == ["The file was not loaded:", f"  {says}"]


def test_missing_field_is_named() -> None:
    file = small()
    del file["posts"][0]["author"], file["posts"][0]["body"]
    assert problems(json.dumps(file)) == ["The file was not loaded:", "  /posts/0: missing author, body"]


def test_all_problems_are_told_up_to_a_number() -> None:
    file = changed("/members", [{"key": "x"}] * 25)
    told = problems(json.dumps(file))
    assert (len(told), told[1], told[-1]) == (22, "  /members/0: missing username, name", "  … and 5 more")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"a": 1,\n "b": }', "This isn't JSON: line 2, column 7: Expecting value."),
        ("", "This isn't JSON: line 1, column 1: Expecting value."),
        ("[" * 100_000, "This file nests too deeply to be read."),
    ],
)
def test_text_that_is_no_json_is_told_by_line(text: str, says: str) -> None:
    assert problems(text) == [says]


def test_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="There is no file"):
        open_file(tmp_path / "none.json")


def test_folder_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="can't be read: Is a directory"):
        open_file(tmp_path)


def test_bytes_that_are_no_utf8_are_told_by_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.json"
    path.write_bytes('{"format":\n"caf\xe9"}'.encode("latin-1"))
    with pytest.raises(Invalid, match="isn't UTF-8 text: line 2 "):
        open_file(path)


def test_byte_order_mark_is_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "marked.json"
    path.write_text(json.dumps(small()), encoding="utf-8-sig")
    assert len(open_file(path).members) == 3
