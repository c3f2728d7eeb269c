"""axe-core, run on a page as it stands. It is brought in from outside, where the page's own policy has no say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest
from playwright.sync_api import Page

from forum.config import ROOT

AXE = ROOT / "static" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# Colours that are on their way from one theme to the other aren't judged.
RUN = """async (only) => {
  await Promise.all(document.getAnimations().map((one) => one.finished));
  const found = await axe.run(document, {runOnly: only, resultTypes: ["violations"]});
  return found.violations.flatMap((rule) => rule.nodes.map(
    (node) => `${rule.id} at ${node.target}: ${node.failureSummary}`));
}"""


@cache
def _script() -> str:
    if not AXE.exists():
        pytest.skip("axe-core isn't installed: run `make setup`")
    return AXE.read_text()


def violations(page: Page) -> list[str]:
    return _run(page, "tag", TAGS)


def colour_violations(page: Page) -> list[str]:
    """Only what a theme can change: nothing else of a page differs between two."""
    return _run(page, "rule", ("color-contrast", "link-in-text-block"))


def _run(page: Page, kind: str, values: Sequence[str]) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"() => {{ {_script()} }}")
    found: list[str] = page.evaluate(RUN, {"type": kind, "values": list(values)})
    return found
