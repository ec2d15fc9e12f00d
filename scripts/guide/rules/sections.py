"""Sections: one title, anchors of their own, the same outline in every language."""

import re
from collections.abc import Iterator

from guide.model import Guide
from guide.rules.registry import Finding, rule

KEBAB_CASE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@rule(stops_build=True)
def one_title(guide: Guide) -> Iterator[Finding]:
    """A page has one title, and it comes first.

    Begin the page with one line `# Title {#anchor}`; every other heading has two or more signs #.
    """
    for page in guide.checked:
        titles = [heading for heading in page.document.headings if heading.level == 1]
        if not titles:
            yield page.path, 1, "the page has no title; add a line `# Title {#anchor}`"
        for heading in titles[1:]:
            yield page.path, heading.line, f"a second title “{heading.text}”; make it a section with ##"


@rule(stops_build=True)
def anchors(guide: Guide) -> Iterator[Finding]:
    """Every heading carries an English anchor of its own, like {#first-day}.

    Without one the address of a section would be #_1, and would lead elsewhere after the next edit. Use small
    Latin letters, digits and hyphens; copy the anchor from the same section in the other languages.
    """
    for page in guide.checked:
        seen: dict[str, int] = {}
        for heading in page.document.headings:
            if heading.anchor is None:
                yield page.path, heading.line, f"“{heading.text}” has no anchor; add {{#english-name}} to the line"
            elif not KEBAB_CASE.fullmatch(heading.anchor):
                yield page.path, heading.line, f"anchor #{heading.anchor} is not small-latin-letters-with-hyphens"
            elif heading.anchor in seen:
                yield page.path, heading.line, f"anchor #{heading.anchor} is taken by line {seen[heading.anchor]}"
            else:
                seen[heading.anchor] = heading.line


@rule(stops_build=True)
def same_sections(guide: Guide) -> Iterator[Finding]:
    """A page has the same sections in every language, in the same order and at the same level.

    Add the missing section, or move it to where the other languages have it. Languages compare by anchor.
    """
    for slug in guide.slugs:
        topic = guide.topic(slug)
        outlines = {code: [(h.level, h.anchor) for h in page.document.headings] for code, page in topic.items()}
        for code, page in topic.items():
            for other, outline in outlines.items():
                missing = [pair for pair in outlines[code] if pair not in outline]
                for heading in page.document.headings:
                    if (heading.level, heading.anchor) in missing and heading.anchor:
                        there = topic[other].path
                        yield page.path, heading.line, f"section #{heading.anchor} is not in {there} at this level"
            first = next(iter(outlines))
            if (
                sorted(map(str, outlines[code])) == sorted(map(str, outlines[first]))
                and outlines[code] != outlines[first]
            ):
                yield page.path, 1, f"the sections stand in another order than in {topic[first].path}"
