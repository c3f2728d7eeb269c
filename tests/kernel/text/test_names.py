"""Members and topics called in a text."""

from __future__ import annotations

import pytest

from forum.kernel.text import MAX_NAMES, Known, Names, names_in, render
from tests.kernel.text import page

KNOWN = Known(
    members={"marit": ("Marit", "Marit <de> Boer"), "jan_p": ("jan_p", "Jan"), "søren": ("Søren", "Søren")},
    topics={"energy": ("Energy & heat", "energy"), "old-quay": ("Old quay", "x y")},
)


def found(source: str) -> tuple[list[str], list[str]]:
    names = names_in(source)
    return sorted(names.members), sorted(names.topics)


def test_names_called_in_a_text() -> None:
    assert found("Hello @Marit, see #Energy and (@jan-p).") == (["jan-p", "marit"], ["energy"])


@pytest.mark.parametrize(
    "source",
    [
        "`@marit #energy`",
        "```\n@marit #energy\n```",
        "    @marit #energy",
        "[@marit #energy](https://a.nl)",
        "https://a.nl/@marit#energy",
        "mail@marit.nl x@marit a.nl/@marit a#energy &#35;energy",
        "\\@marit \\#energy",
        "@ab #e",
        "@" + "a" * 31,
        "@marit@social.example",
        "![@marit](https://a.nl/b.png)",
        "@-- ##energy",
    ],
)
def test_names_that_are_not_called(source: str) -> None:
    assert found(source) == ([], [])


def test_names_in_every_kind_of_block() -> None:
    source = "# @aaa\n\n> @bbb\n\n- @ccc\n\n| @ddd |\n|---|\n| @eee |\n\n**@fff**[^1]\n\n[^1]: @ggg"
    assert found(source)[0] == ["aaa", "bbb", "ccc", "ddd", "eee", "fff", "ggg"]


def test_name_before_a_dash_or_in_an_emphasis_has_two_spellings() -> None:
    assert found("_@marit_ and @jan-") == (["jan", "jan-", "marit", "marit_"], [])


def test_names_are_bounded() -> None:
    names = names_in(" ".join(f"@name{number} #topic{number}" for number in range(2 * MAX_NAMES)))
    assert (len(names.members), len(names.topics)) == (MAX_NAMES, MAX_NAMES)


def test_names_of_an_empty_text() -> None:
    assert names_in("") == Names(frozenset(), frozenset())


def test_mention_of_a_member_leads_to_them() -> None:
    rendered = render("Hello @MARIT.", KNOWN)
    assert rendered.html == (
        '<p>Hello <a class="mention" href="/members/Marit" title="Marit &lt;de&gt; Boer">@Marit</a>.</p>\n'
    )
    assert rendered.mentions == ("Marit",)


def test_mention_of_a_name_with_other_letters_leads_to_it() -> None:
    assert page.hrefs(render("@SØREN", KNOWN).html) == ["/members/S%C3%B8ren"]


def test_mention_in_an_emphasis_leaves_its_marks() -> None:
    assert "<em><a" in render("_@marit_", KNOWN).html


def test_mention_with_an_underscore_is_whole() -> None:
    assert render("@jan_p and @jan_p", KNOWN).mentions == ("jan_p",)


def test_mention_of_nobody_is_text() -> None:
    rendered = render("@nobody and #nothing", KNOWN)
    assert (rendered.html, rendered.mentions) == ("<p>@nobody and #nothing</p>\n", ())


def test_topic_is_shown_by_its_name_and_colour() -> None:
    assert render("see #ENERGY!", KNOWN).html == (
        '<p>see <a class="topic" href="/topics/energy" data-topic="energy">Energy &amp; heat</a>!</p>\n'
    )


def test_topic_of_no_colour_of_ours_has_none() -> None:
    assert "data-topic" not in render("#old-quay", KNOWN).html


def test_name_in_a_pictures_description_calls_nobody() -> None:
    assert render("![@marit](https://a.nl/b.png)", KNOWN).mentions == ()


def test_names_found_are_those_rendered() -> None:
    source = "@marit `@jan_p` #energy [#old-quay](https://a.nl) x@marit.nl"
    assert page.hrefs(render(source, KNOWN).html)[:2] == ["/members/Marit", "/topics/energy"]
    assert found(source) == (["marit"], ["energy"])
