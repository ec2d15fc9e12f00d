"""What we promise readers: one small function for each promise, one module for each kind.

A rule takes the guide and yields (path, line, what is wrong). Its docstring is its documentation: the first line is
the promise and says why it matters to readers; the rest is what an editor should do. To add a rule: write the function
in the module that it belongs to, its cases in `tests/rules/<name>.yml`, and a paragraph under its name in
`docs/*/reference/contributing.md`.

Rules look at `guide.checked` (pages) or `guide.slugs` (topics), never at every page of the guide: a large guide is
checked in parts, by several processes. What belongs to no page is looked at unless `guide.pages_only`.
"""

from collections.abc import Iterator

from guide.model import Guide
from guide.rules import (  # noqa: F401  each registers its rules
    blocks,
    documents,
    facts,
    freshness,
    language,
    law,
    letters,
    links,
    pages,
    sections,
    spelling,
    terms,
    words,
)
from guide.rules.registry import RULES, Finding, Problem, Rule, rule

__all__ = ["RULES", "Finding", "Problem", "Rule", "check", "rule"]


def check(guide: Guide, names: list[str] | None = None) -> list[Problem]:
    """Return every problem of the named rules, or of all, in every language, sorted by file and line."""
    return sorted(set(_problems(guide, RULES if names is None else names)))


def _problems(guide: Guide, names) -> Iterator[Problem]:
    for name in names:
        for path, line, message in RULES[name].find(guide):
            yield Problem(path, line, message, name)
