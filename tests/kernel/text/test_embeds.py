"""An address on a line of its own: players and cards."""

from __future__ import annotations

import pytest

from forum.kernel.text import render
from tests.kernel.text import page

ID = "-_z-f6UoO-M"


def player(source: str) -> dict[str, str]:
    """The data of the one player in a text; empty where there is none."""
    figures = [node for node in page.elements(render(source).html) if node.tag == "figure"]
    return {name[5:]: value for node in figures for name, value in node.items() if name.startswith("data-")}


def tags(source: str) -> list[str]:
    return [node.tag for node in page.tree(render(source).html)]


def test_youtube_link_alone_becomes_a_player_that_loads_nothing() -> None:
    assert render(f"https://www.youtube.com/watch?v={ID}\n").html == (
        f'<figure class="video" data-provider="youtube" data-id="{ID}">'
        f'<a class="video__poster" href="https://www.youtube.com/watch?v={ID}" rel="nofollow ugc noopener">'
        '<span class="video__play"></span></a><figcaption class="video__note"></figcaption></figure>\n'
    )


@pytest.mark.parametrize(
    "url",
    [
        f"https://www.youtube.com/watch?v={ID}",
        f"http://youtube.com/watch?v={ID}",
        f"https://m.youtube.com/watch?app=desktop&v={ID}&list=PL1",
        f"https://music.youtube.com/watch?v={ID}",
        f"https://youtu.be/{ID}?si=abc",
        f"https://www.youtube.com/shorts/{ID}",
        f"https://www.youtube.com/embed/{ID}?rel=0",
        f"https://www.youtube-nocookie.com/embed/{ID}",
        f"https://www.youtube.com/live/{ID}?feature=share",
        f"www.youtube.com/watch?v={ID}",
        f"<https://youtu.be/{ID}>",
    ],
)
def test_youtube_address_of_any_shape(url: str) -> None:
    assert player(url) == {"provider": "youtube", "id": ID}


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [("?t=90", 90), ("?t=90s", 90), ("?start=5", 5), ("?t=1m30s", 90), ("?t=1h2m3s", 3723), ("#t=7", 7)],
)
def test_youtube_address_with_a_start(typed: str, seconds: int) -> None:
    assert player(f"https://youtu.be/{ID}{typed}") == {"provider": "youtube", "id": ID, "start": str(seconds)}


@pytest.mark.parametrize(
    ("url", "data"),
    [
        ("https://vimeo.com/123456789", {"id": "123456789"}),
        ("https://vimeo.com/123456789/abcdef0123", {"id": "123456789", "key": "abcdef0123"}),
        ("https://player.vimeo.com/video/123456789?h=abcdef0123", {"id": "123456789", "key": "abcdef0123"}),
        ("https://vimeo.com/channels/staffpicks/123456789", {"id": "123456789"}),
        ("https://vimeo.com/groups/quay/videos/123456789", {"id": "123456789"}),
        ("https://vimeo.com/showcase/42/video/123456789", {"id": "123456789"}),
        ("https://vimeo.com/123456789#t=30s", {"id": "123456789", "start": "30"}),
    ],
)
def test_vimeo_address_of_any_shape(url: str, data: dict[str, str]) -> None:
    assert player(url) == {"provider": "vimeo", **data}


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/@quay",
        "https://www.youtube.com/playlist?list=PL1",
        "https://www.youtube.com/embed/videoseries?list=PL1",
        "https://www.youtube.com/watch?v=short",
        "https://youtube.com.evil.example/watch?v=abcdefghijk",
        "https://vimeo.com/quay",
        "https://notvimeo.com/123",
        "https://example.org/a/b",
    ],
)
def test_other_address_alone_becomes_a_card(url: str) -> None:
    assert (tags(url), page.hrefs(render(url).html)) == (["a"], [url])


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://www.example.org/2026/what-travels_best.html?x=1", ("example.org", "What travels best")),
        ("https://example.org/", (None, "example.org")),
        ("https://example.org/?q=quay", ("example.org", "?q=quay")),
        ("https://example.org/a/12-34", ("example.org", "A/12-34")),
        ("https://example.org/caf%C3%A9-de-kade", ("example.org", "Café de kade")),
        ("https://example.org/%3Cscript%3E-%E2%80%AEx", ("example.org", "<script> x")),
    ],
)
def test_card_shows_host_and_readable_path(url: str, shown: tuple[str | None, str]) -> None:
    card = page.tree(render(url).html)[0]
    assert (card.findtext("small"), card.findtext("b")) == shown


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Watch:\nhttps://a.nl/x", ["p", "a"]),
        ("https://a.nl/x\nsays so.", ["a", "p"]),
        ("https://a.nl/x\nhttps://a.nl/y", ["a", "a"]),
        ("One\nhttps://a.nl/x\ntwo.", ["p"]),
        ("See https://a.nl/x", ["p"]),
        ("https://a.nl/x.", ["p"]),
        ("[words](https://a.nl/x)", ["p"]),
        ("*https://a.nl/x*", ["p"]),
        ("- https://a.nl/x", ["ul"]),
        ("> https://a.nl/x", ["blockquote"]),
        ("foo@bar.nl", ["p"]),
        ("# https://a.nl/x", ["h2"]),
    ],
)
def test_only_a_line_of_its_own_becomes_more_than_a_link(source: str, expected: list[str]) -> None:
    assert tags(source) == expected


def test_line_before_a_card_ends_cleanly() -> None:
    assert render("Watch:\nhttps://a.nl/x").html.startswith("<p>Watch:</p>\n<a ")


def test_cards_are_bounded_and_the_rest_stay_links() -> None:
    assert tags("\n\n".join(f"https://a.nl/{number}" for number in range(25))) == ["a"] * 20 + ["p"] * 5


def test_cards_in_one_paragraph_are_bounded_too() -> None:
    assert tags("\n".join(f"https://a.nl/{number}" for number in range(25))) == ["a"] * 20 + ["p"]


def test_embedded_addresses_are_links_of_the_text() -> None:
    assert render(f"https://youtu.be/{ID}\n\nhttps://a.nl/x").links == (f"https://youtu.be/{ID}", "https://a.nl/x")
