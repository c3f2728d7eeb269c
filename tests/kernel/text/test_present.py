"""Stored HTML gets the interface's words when it is shown, in the reader's language."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from forum.kernel.text import Known, present, render
from tests.kernel.text import page

VIDEO = "https://vimeo.com/123456"


def shown(source: str) -> str:
    return str(present(render(source, scope="p1-").html))


def test_present_makes_markup() -> None:
    assert present("<p>a</p>\n") == Markup("<p>a</p>\n")


def test_player_says_who_is_contacted_and_when() -> None:
    assert page.words(shown(VIDEO)) == (
        "Play the videoPlays from Vimeo in privacy mode. Nothing is loaded from Vimeo until you press play."
    )


@pytest.mark.parametrize(
    ("source", "opening"),
    [
        ("a|b\n-|-\n", '<div class="table" role="group" tabindex="0" aria-label="Table">'),
        ("```\nx\n```", '<pre role="group" tabindex="0" aria-label="Code">'),
        ("- [ ] a", '<input class="task-box" type="checkbox" disabled aria-label="To do">'),
        ("- [x] a", '<input class="task-box" type="checkbox" disabled checked aria-label="Done">'),
        ("a[^1]\n\n[^1]: b", '<section class="footnotes" aria-label="Footnotes">'),
        ("a[^1]\n\n[^1]: b", '<a class="footnote-backref" aria-label="Back to the text" href="#p1-fnref-1">'),
    ],
)
def test_labels_are_put_in(source: str, opening: str) -> None:
    assert opening in shown(source)


@pytest.mark.parametrize(
    "forged",
    [
        '<div class="table">',
        "<pre>",
        '<section class="footnotes">',
        '<figure class="video" data-provider="vimeo"><a x><span class="video__play"></span></a><figcaption class="',
        '<input class="task-box" type="checkbox" disabled>',
    ],
)
@pytest.mark.parametrize(
    "place", ["{}", "`{}`", "```\n{}\n```", "[a](https://a.nl '{}')", "![{}](/media/a.png)", "[{}](/x)"]
)
def test_labels_cannot_be_forged(forged: str, place: str) -> None:
    html = render(place.format(forged)).html
    assert present(html).count("aria-label") == html.count("<pre>")


def test_labels_cannot_be_forged_by_a_name() -> None:
    forged = '<pre><div class="table">'
    html = render("@marit #energy", Known({"marit": ("marit", forged)}, {"energy": (forged, forged)})).html
    assert present(html) == html


def test_presented_html_is_valid() -> None:
    assert page.problems(shown(f"a[^1]\n\na|b\n-|-\n\n- [x] c\n\n```\nd\n```\n\n{VIDEO}\n\n[^1]: e")) == []
