"""Ways to pages that need somebody else first: a report, a notice, a decision, an appeal."""

from __future__ import annotations

import re

from playwright.sync_api import Page, Response

from tests.browser.sights import A_POST, OWN_COMMENT, Sight, an_application, click
from tests.browser.visitors import enter

ADDRESS = re.compile(r"/decisions/(\d+)/")


def post_report_form(page: Page) -> Response | None:
    A_POST(page)
    found = re.search(r"/posts/(\d+)/", page.url)
    assert found is not None
    return page.goto(f"/posts/{found[1]}/report")


def by_first_comment(page: Page) -> Response | None:
    A_POST(page)
    return click(page, page.locator("a[href^='/comments/'][href$='/report']").first)


def report_sent(page: Page) -> Response | None:
    """Sent by an earlier visit, it's shown at once."""
    A_POST(page)
    click(page, page.locator("a[href^='/comments/'][href$='/report']").first)
    if "/reports/" in page.url:
        return page.reload()
    page.locator("[value=spam]").check()
    return click(page, page.get_by_role("button", name="Send report"))


def notice_sent(page: Page) -> Response | None:
    page.goto("/notices/new?address=/comments/1")
    page.get_by_label("Why you think that it is illegal").fill("It calls for violence.")
    page.get_by_label("Your name").fill("Noor Okafor")
    page.get_by_label("Your e-mail address").fill("noor@example.org")
    page.locator("[name=good_faith]").check()
    return click(page, page.get_by_role("button", name="Send the notice"))


def notice_appeal(page: Page) -> Response | None:
    """Before anything was decided, there is nothing to appeal."""
    notice_sent(page)
    return page.goto(f"{page.url}/appeal")


def appeal_form(page: Page) -> Response | None:
    """A comment of the visitor's is reported, and removed by a moderator."""
    OWN_COMMENT(page)
    number = re.sub(r"\D", "", page.locator("article:target").get_attribute("id") or "")
    browser = page.context.browser
    assert browser is not None
    other = browser.new_context(base_url=page.evaluate("location.origin")).new_page()
    decision = _removed(other, number)
    other.context.close()
    return page.goto(f"/decisions/{decision}/appeal")


def appeal_sent(page: Page) -> Response | None:
    appeal_form(page)
    page.get_by_label("Why the decision is wrong").fill("It was a joke.")
    return click(page, page.get_by_role("button", name="Send the appeal"))


def _removed(page: Page, comment: str) -> str:
    """By the sample's moderator, who reports it first. Returns the decision's number."""
    page.goto("/sign-in")
    enter(page, "rosa")
    page.goto(f"/comments/{comment}/report")
    page.locator("[value=spam]").check()
    click(page, page.get_by_role("button", name="Send report"))
    page.goto("/moderation?lane=reports")
    click(page, page.locator(".queue a").last)
    return decide(page, "remove", "no-advertising", "It sells lamps.")


def decide(page: Page, action: str, ground: str, facts: str) -> str:
    """On the open case, with reasons. Returns the decision's number."""
    form = page.locator("#decide")
    form.locator(f"[name=action][value={action}]").check()
    if ground:
        form.locator("[name=ground]").select_option(ground)
    form.locator("[name=facts]").fill(facts)
    click(page, form.get_by_role("button", name="Decide and send the reasons"))
    found = ADDRESS.search(page.content())
    assert found is not None, page.locator("main").inner_text()
    return found[1]


def application_case(page: Page) -> Response | None:
    """Somebody applies for an organisation, and sends it to the moderators."""
    browser = page.context.browser
    assert browser is not None
    page.goto("/moderation")
    other = browser.new_context(base_url=page.evaluate("location.origin")).new_page()
    other.goto("/sign-in")
    enter(other, "amira")
    an_application(other)
    click(other, other.get_by_role("button", name="Send to the moderators"))
    other.context.close()
    page.goto("/moderation?lane=membership")
    return click(page, page.locator(".queue__item").last)


CASES = (
    Sight("reports.ask_post", "empty", post_report_form, "admin"),
    Sight("reports.ask_comment", "empty", by_first_comment, "admin"),
    Sight("reports.show", "open", report_sent, "joost"),
    Sight("notices.show", "open", notice_sent),
    Sight("appeals.ask", "empty", appeal_form, "amira"),
    Sight("appeals.show", "open", appeal_sent, "amira"),
    Sight("appeals.ask_for_notice", "nothing-yet", notice_appeal, status=404),
    # The last: what it leaves in the queue, others don't have to find their way around.
    Sight("moderation.item", "application", application_case, "rosa"),
)
