"""A name in the styles means one thing: two files that give rules to the same class undo each other's."""

from __future__ import annotations

import re
from collections import defaultdict

from tests.architecture.tree import ROOT

STYLES = ROOT / "static" / "styles"
# What is drawn differently on paper and with more contrast is drawn elsewhere first.
AGAIN = {"print.css", "contrast.css"}
RULE = re.compile(r"^\s*\.([\w-]+) \{", re.MULTILINE)


def test_no_two_files_give_rules_to_one_class() -> None:
    files = defaultdict(set)
    for path in STYLES.rglob("*.css"):
        for name in RULE.findall(path.read_text(encoding="utf-8")) if path.name not in AGAIN else ():
            files[name].add(path.relative_to(STYLES).as_posix())
    assert len(files) > 100
    assert {name: sorted(found) for name, found in files.items() if len(found) > 1} == {}
