"""Links and footnotes: each leads somewhere, in the reader's language."""

import posixpath
from collections import Counter
from collections.abc import Iterator

from guide.markdown import WEB_ADDRESS, Section
from guide.model import Guide, Page
from guide.rules.registry import Finding, rule


@rule(stops_build=True)
def links(guide: Guide) -> Iterator[Finding]:
    """Every link inside the guide leads to a page and a section that exist, in the reader's language.

    Write links from the page's own folder: `[law](../context/law.md#minors)`.
    """
    for page in guide.checked:
        for link in page.document.links:
            if problem := _broken(guide, page, link.target):
                yield page.path, link.line, f"link “{link.text}” {problem}"


def _broken(guide: Guide, page: Page, target: str) -> str | None:
    """Return what is wrong with a link's target, or None."""
    if not target:
        return "did not become a link; write [text](target) without a space between the brackets"
    if WEB_ADDRESS.match(target):
        return None
    if target.startswith("/"):
        return f"begins with /: {target}; write the path from this page’s folder"
    slug, anchor = page.resolve(target)
    language, _, _ = slug.removeprefix("../").partition("/")
    if slug.startswith("../") and any(language == each.code for each in guide.languages):
        return f"leads into another language: {target}; the switcher does that, link to this language’s page"
    if not slug.endswith(".md"):
        if posixpath.normpath(f"{page.language}/{slug}") in guide.files:
            return None
        return f"leads to {slug}, which is neither a page (.md) nor a file"
    if (page.language, slug) not in guide.pages:
        return f"leads to docs/{page.language}/{slug}, which does not exist"
    if anchor and anchor not in guide.anchors(guide.pages[page.language, slug]):
        return f"leads to #{anchor}, which is not in docs/{page.language}/{slug}"
    return None


@rule
def same_links(guide: Guide) -> Iterator[Finding]:
    """A section leads to the same pages, sections and files in every language, so that no reader misses the next step.

    Add the missing link where the other languages have it, or take it out in all of them. Addresses on the web are
    compared by the rule same-facts.
    """
    for slug in guide.slugs:
        topic = guide.topic(slug)
        for page in topic.values():
            for other in topic.values():
                yield from _missing_links(page, other)


def _missing_links(page: Page, other: Page) -> Iterator[Finding]:
    """Yield the links of `page` that the same section of `other` has not, or has less often."""
    there = {section.anchor: _targets(other, section) for section in other.document.sections}
    for section in page.document.sections:
        if section.anchor not in there:
            continue
        more = _targets(page, section) - there[section.anchor]
        for link in section.links:
            target = page.resolve(link.target)
            if more[target] > 0:
                more[target] -= 1
                yield page.path, link.line, f"#{section.anchor}: link to {link.target} is not in {other.path}"


def _targets(page: Page, section: Section) -> Counter:
    inside = (link.target for link in section.links if link.target and not WEB_ADDRESS.match(link.target))
    return Counter(page.resolve(target) for target in inside)


@rule(stops_build=True)
def footnotes(guide: Guide) -> Iterator[Finding]:
    """Every footnote mark has its note, every note its mark, and both are called the same in every language.

    A mark `[^vl-5]` in the text needs a line `[^vl-5]: …` at the end of the page.
    """
    for page in guide.checked:
        marks = {label for label, _ in page.document.footnote_marks}
        for label, line in page.document.footnote_marks:
            if label not in page.document.footnotes:
                yield page.path, line, f"footnote [^{label}] has no note; add a line `[^{label}]: …`"
        for label, line in page.document.footnotes.items():
            if label not in marks:
                yield page.path, line, f"note [^{label}] is not used on the page"
            for other in guide.topic(page.slug).values():
                if label not in other.document.footnotes:
                    yield page.path, line, f"note [^{label}] is not in {other.path}"
