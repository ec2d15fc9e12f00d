"""Blocks: the same lists, tables, callouts, pictures and drawings in every language."""

from collections.abc import Iterator
from itertools import zip_longest

from guide.model import Guide
from guide.rules.registry import Finding, rule


@rule
def same_blocks(guide: Guide) -> Iterator[Finding]:
    """A section has the same lists, tables, callouts, pictures and quotations in every language.

    Otherwise one reader gets a step fewer than another. Lists agree in items, boxes to tick and depth, tables in rows
    and columns, callouts in kind. Add what is missing, or take it out in all languages. Paragraphs may be split and
    joined as a language needs it.
    """
    for slug in guide.slugs:
        topic = list(guide.topic(slug).values())
        for page in topic:
            for other in topic:
                if page is not other:
                    yield from _differences(page, other)


def _differences(page, other) -> Iterator[Finding]:
    """Yield where a section of `page` has a block that the same section of `other` has not, or has otherwise."""
    there = {section.anchor: section for section in other.document.sections}
    for section in page.document.sections:
        if section.anchor not in there:
            continue
        pairs = zip_longest(section.blocks, there[section.anchor].blocks)
        for mine, theirs in pairs:
            if (mine and mine.shape) == (theirs and theirs.shape):
                continue
            if mine:
                found = f"{theirs.shape} in line {theirs.line}" if theirs else "nothing more there"
                yield page.path, mine.line, f"#{section.anchor}: {mine.shape}, but {other.path} has {found}"
            break
