"""Second factors in a real browser: passkeys with Chromium's own virtual authenticator, an app without any script."""

from __future__ import annotations

import pyotp
import pytest
from playwright.sync_api import CDPSession, Page

from forum.kernel import clock
from tests.browser.sights import PASSWORD, at, click, secret_on, sent, stay, unconfirmed
from tests.browser.visitors import Visitors

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

STEP = "/sign-in/second-step"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
ASK = """async () => {
  const publicKey = { challenge: new Uint8Array(32), rpId: "localhost" };
  return navigator.credentials.get({ publicKey }).then(() => "given", (error) => error.name);
}"""


def with_authenticator(page: Page) -> tuple[CDPSession, str]:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return devtools, made["authenticatorId"]


def passkey_made(page: Page) -> str:
    """By a newcomer, whose username is returned. The page shows recovery codes."""
    unconfirmed(page)
    username = username_of(page)
    sent(at("/settings/security/new/passkey"), "Go on", name="Laptop", password=PASSWORD)(page)
    click(page, page.get_by_role("button", name="Make the passkey"))
    return username


def username_of(page: Page) -> str:
    address = page.locator("a[href^='/members/visitor-']").first.get_attribute("href") or ""
    return address.removeprefix("/members/")


def sign_out(page: Page) -> None:
    page.context.clear_cookies()


def enter(page: Page, username: str) -> None:
    sent(at("/sign-in?next=/settings/security"), "Sign in", username=username, password=PASSWORD)(page)


def is_in(page: Page) -> bool:
    return page.url.endswith("/settings/security") and page.get_by_text("Laptop").count() > 0


def test_passkey_is_made_and_signs_in_beside_the_password_and_alone(visitors: Visitors) -> None:
    page = visitors.come("phone")
    with_authenticator(page)
    username = passkey_made(page)
    assert page.locator(".codes code").count() == 10
    sign_out(page)
    enter(page, username)
    assert (page.url.partition("?")[0].endswith(STEP), is_in(page)) == (True, False)
    click(page, page.get_by_role("button", name="Use a passkey"))
    assert is_in(page)
    sign_out(page)
    page.goto("/sign-in?next=/settings/security")
    click(page, page.get_by_role("button", name="Use a passkey"))
    assert is_in(page)


def test_passkey_that_does_not_know_its_owner_is_refused(visitors: Visitors) -> None:
    page = visitors.come()
    devtools, key = with_authenticator(page)
    passkey_made(page)
    sign_out(page)
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    page.goto("/sign-in")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_text("That didn’t work").wait_for()
    assert page.url.endswith("/sign-in")


def test_app_works_without_scripts(visitors: Visitors) -> None:
    page = visitors.come("phone", scripts=False)
    unconfirmed(page)
    username = username_of(page)
    sent(at("/settings/security/new/app"), "Go on", name="Laptop", password=PASSWORD)(page)
    app = pyotp.TOTP(secret_on(page))
    sent(stay, "Add the app", code=app.now())(page)
    sign_out(page)
    enter(page, username)
    sent(stay, "Sign in", code=app.at(int(clock.now().timestamp()), counter_offset=1))(page)
    assert is_in(page)
