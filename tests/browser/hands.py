"""Somebody at a keyboard, who sees where they are at every stop."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

STOPS = 800
# What is wrong with the place of the focus, or an empty string.
WRONG = """(node) => {
  const box = node.getBoundingClientRect(), style = getComputedStyle(node), name = node.outerHTML.slice(0, 160);
  if (node === document.body || node.id === "main") return "";
  if (!box.width || !box.height) return `nothing to see of ${name}`;
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return `no ring around ${name}`;
  const middles = [...node.getClientRects()].map((part) => document.elementFromPoint(
    (Math.max(part.left, 0) + Math.min(part.right, innerWidth)) / 2,
    (Math.max(part.top, 0) + Math.min(part.bottom, innerHeight)) / 2));
  const own = (on) => on && (node.contains(on) || [...(node.labels ?? [])].some((label) => label.contains(on)));
  return middles.some(own) ? "" : `${name} is behind ${middles.map((on) => on?.outerHTML.slice(0, 100))}`;
}"""
# Whether the focus has come to `wanted`, and what is wrong with where it is.
LOOK = f"(wanted) => [document.activeElement === wanted, ({WRONG})(document.activeElement)]"


@dataclass
class Hands:
    """Notes every stop where the focus can't be seen or is hidden."""

    page: Page
    lost: list[str]

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, target: Locator, words: str) -> None:
        """Go to a field and type over what is in it."""
        self.go_to(target)
        self.press("Control+a")
        self.page.keyboard.insert_text(words)

    def activate(self, target: Locator, key: str = "Enter") -> None:
        self.go_to(target)
        self.press(key)

    def follow(self, target: Locator, key: str = "Enter") -> None:
        """Activate what leads to another page, and wait for that."""
        self.go_to(target)
        with self.page.expect_navigation():
            self.press(key)

    def go_to(self, target: Locator) -> None:
        """Tab on until the focus is there. Raises AssertionError when it doesn't come by."""
        wanted = target.filter(visible=True).first.element_handle()
        for _stop in range(STOPS):
            is_there, wrong = self.page.evaluate(LOOK, wanted)
            if wrong:
                self.lost.append(wrong)
            if is_there:
                return
            self.press("Tab")
        raise AssertionError(f"no way to {target} with {STOPS} tabs")

    def skip(self) -> None:
        """Past the masthead, with the link that is there for it."""
        self.activate(self.page.get_by_role("link", name="Skip to content"))
