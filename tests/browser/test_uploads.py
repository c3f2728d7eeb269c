"""Pictures and files get into a text by the toolbar, by pasting and by dropping, and never in its way."""

from __future__ import annotations

import base64
import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, Route, expect

from tests.browser.test_drafts import without_drafts
from tests.browser.visitors import Visitors

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SHOWS = "A quay wall under sheets"
PUT_IN = re.compile(rf"!\[{SHOWS}\]\(/\S+\)")
# A file in the hands of whoever pastes or drops, as the browser hands it over.
HAND_OVER = """(field, [kind, name, type, data]) => {
  const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  const held = new DataTransfer();
  held.items.add(new File([bytes], name, { type }));
  const options = { bubbles: true, cancelable: true };
  field.dispatchEvent(kind === "paste" ? new ClipboardEvent(kind, { ...options, clipboardData: held })
    : new DragEvent(kind, { ...options, dataTransfer: held }));
}"""


def picture() -> bytes:
    made = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(made, "PNG")
    return made.getvalue()


@pytest.fixture
def page(visitors: Visitors) -> Page:
    page = without_drafts(visitors.come(member="joost"))
    page.goto("/posts/new")
    expect(page.get_by_role("button", name="Bold")).to_be_visible()
    return page


def text(page: Page) -> Locator:
    return page.get_by_label("Text", exact=True)


def choose(page: Page, name: str, data: bytes, kind: str = "image/png") -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("toolbar").get_by_role("button", name="Picture or file").click()
    chooser.value.set_files({"name": name, "mimeType": kind, "buffer": data})


def describe(page: Page) -> None:
    page.get_by_label("What does the picture show?").fill(SHOWS)
    page.get_by_role("button", name="Put it into the text").click()


def test_picture_is_chosen_described_and_shown(page: Page) -> None:
    choose(page, "quay.png", picture())
    describe(page)
    expect(text(page)).to_have_value(PUT_IN)
    expect(page.locator("[data-preview] img")).to_have_attribute("alt", SHOWS)


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_picture_is_pasted_or_dropped(page: Page, kind: str) -> None:
    given = [kind, "quay.png", "image/png", base64.b64encode(picture()).decode()]
    text(page).evaluate(HAND_OVER, given)
    describe(page)
    expect(text(page)).to_have_value(PUT_IN)


def choose_image(page: Page, data: bytes) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=re.compile("Choose (a|another) picture")).click()
    chooser.value.set_files({"name": "quay.png", "mimeType": "image/png", "buffer": data})


def test_picture_at_the_top_is_added_in_place_and_described(page: Page) -> None:
    shows, top = page.get_by_label("What the picture shows"), page.get_by_role("group", name="Picture at the top")
    choose_image(page, b"these are only words")
    expect(top.get_by_role("status")).to_contain_text("quay.png:")
    choose_image(page, picture())
    expect(shows).to_be_focused()
    top.get_by_role("button", name="Take it off").click()
    expect(shows).to_be_hidden()
    choose_image(page, picture())
    shows.fill(SHOWS)
    page.get_by_label("Title").fill("A wall")
    text(page).fill("Words")
    page.get_by_label("Main topic").select_option(index=1)
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".post__image").get_by_alt_text(SHOWS)).to_be_visible()


def test_part_of_a_picture_is_chosen_by_dragging_and_by_keys(visitors: Visitors) -> None:
    page = visitors.come(member="joost")
    page.goto("/settings/picture")
    page.locator("[type=file]").set_input_files({"name": "x.png", "mimeType": "image/png", "buffer": picture()})
    page.get_by_role("button", name="Use this picture").click()
    across, frame = page.get_by_label("From left to right"), page.locator("[data-crop-frame]")
    across.press("Home")
    frame.drag_to(frame, source_position={"x": 200, "y": 100}, target_position={"x": 150, "y": 100})
    assert 30 < float(across.input_value()) < 50
    page.get_by_label("Closer").press("End")
    page.get_by_role("button", name="Show this part").click()
    expect(page).to_have_url(re.compile(r"\?x=\d\d&y=50&zoom=400$"))


def test_hostile_file_opened_by_itself_runs_nothing(page: Page) -> None:
    script = b"<html><script>window.ran = 1; alert(1)</script>"
    token = page.locator("[name=csrf_token]").first.get_attribute("value") or ""
    file: FilePayload = {"name": "a.html", "mimeType": "text/html", "buffer": picture() + script}
    address = page.request.post("/media", multipart={"csrf_token": token, "file": file}).json()["address"]
    assert opened_alone(page, address) == ["image/webp", "nothing"]
    file = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 /JS (app.alert(1))" + script}
    document = page.request.post("/media", multipart={"csrf_token": token, "file": file}).json()["address"]
    headers = page.request.get(document).headers
    assert (headers["content-disposition"][:10], headers["x-content-type-options"]) == ("attachment", "nosniff")
    assert headers["content-security-policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"


def opened_alone(page: Page, address: str) -> list[str]:
    """Its kind, and what ran. In a browser that nobody watches: its own viewer of pictures breaks the file's policy."""
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(base_url=page.evaluate("location.origin"), storage_state=page.context.storage_state())
    viewer = context.new_page()
    viewer.goto(address)
    found: list[str] = viewer.evaluate("[document.contentType, window.ran ?? 'nothing']")
    context.close()
    return found


def test_sending_is_stopped_and_leaves_the_text_alone(page: Page) -> None:
    held: list[Route] = []
    page.route("**/media", lambda route: held.append(route))  # noqa: PLW0108  # Playwright takes no builtin function
    text(page).fill("Words")
    choose(page, "quay.png", picture())
    page.get_by_role("button", name="Cancel", exact=True).click()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(text(page)).to_have_value("Words")


def test_what_is_no_picture_is_refused_with_a_reason(page: Page) -> None:
    text(page).fill("Words")
    choose(page, "quay.png", b"these are only words")
    expect(page.get_by_role("status").filter(has_text="quay.png:")).to_be_visible()
    page.get_by_role("button", name="Close").last.click()
    expect(text(page)).to_have_value("Words")


def test_lost_connection_is_said_and_leaves_the_text_alone(page: Page) -> None:
    page.route("**/media", lambda route: route.abort())
    text(page).fill("Words")
    choose(page, "quay.png", picture())
    expect(page.get_by_role("status").filter(has_text="quay.png: That was not saved.")).to_be_visible()
    expect(text(page)).to_have_value("Words")
