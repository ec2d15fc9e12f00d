"""Links and footnotes: each leads somewhere, in the reader's language."""

import posixpath
from collections import Counter
from collections.abc import Iterator

from guide.markdown import WEB_ADDRESS, Link, Section
from guide.model import Guide, Page
from guide.rules.registry import Finding, rule


@rule(stops_build=True)
def links(guide: Guide) -> Iterator[Finding]:
    """Every link inside the guide leads to a page and a section that exist, in the reader's language.

    Write links from the page's own folder: `[law](../context/law.md#minors)`. A link that is meant to lead into another
    language says so, and its reader hears it: `[закон](../../ru/context/law.md#minors){hreflang=ru}`.
    """
    for page in guide.checked:
        sound = {target for target, place in page.targets.items() if _is_there(guide, page.language, *place)}
        for link in page.document.links:
            if link.target not in sound and (problem := _broken(guide, page, link)):
                yield page.path, link.line, f"link “{link.text}” {problem}"


def _is_there(guide: Guide, language: str, slug: str, anchor: str) -> bool:
    """Tell of nearly every link at once that it leads to a page and a section as they are written in its language."""
    page = guide.pages.get((language, slug))
    return page is not None and (not anchor or anchor in page.anchors)


def _broken(guide: Guide, page: Page, link: Link) -> str | None:
    """Return what is wrong with a link's target, or None."""
    target = link.target
    if not target:
        return "did not become a link; write [text](target) without a space between the brackets"
    if WEB_ADDRESS.match(target):
        return None
    if target.startswith("/"):
        return f"begins with /: {target}; write the path from this page’s folder"
    slug, anchor = page.resolve(target)
    code, slug = guide.across(slug) or (page.language, slug)
    if code != page.language and link.hreflang != code:
        return (
            f"leads into another language: {target}; link to this language’s page, or say that it is meant: "
            f"[…]({target}){{hreflang={code}}}"
        )
    if not slug.endswith(".md"):
        if posixpath.normpath(f"{code}/{slug}") in guide.files:
            return None
        return f"leads to {slug}, which is neither a page (.md) nor a file"
    if (code, slug) not in guide.pages:
        return f"leads to docs/{code}/{slug}, which does not exist"
    if anchor and anchor not in guide.anchors(guide.pages[code, slug]):
        return f"leads to #{anchor}, which is not in docs/{code}/{slug}"
    return None


@rule
def same_links(guide: Guide) -> Iterator[Finding]:
    """A section leads to the same pages, sections and files in every language, so that no reader misses the next step.

    Add the missing link where the other languages have it, or take it out in all of them. Addresses on the web are
    compared by the rule same-facts.
    """
    for slug in guide.slugs:
        topic = list(guide.topic(slug).values())
        first, *others = map(_of_sections, topic) if topic else [[]]
        if any(other != first for other in others) or len(dict(first)) < len(first):
            for page in topic:
                for other in topic:
                    yield from _missing_links(page, other)


def _of_sections(page: Page) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return (anchor, where its links lead) of each section."""
    return [(section.anchor, _places(page, section)) for section in page.document.sections]


def _places(page: Page, section: Section) -> list[tuple[str, str]]:
    return [page.targets[link.target] for link in section.links if link.target in page.targets]


def _missing_links(page: Page, other: Page) -> Iterator[Finding]:
    """Yield the links of `page` that the same section of `other` has not, or has less often."""
    there = {section.anchor: Counter(_places(other, section)) for section in other.document.sections}
    for section in page.document.sections:
        if section.anchor not in there:
            continue
        more = Counter(_places(page, section)) - there[section.anchor]
        for link in section.links:
            target = page.targets.get(link.target)
            if more[target] > 0:
                more[target] -= 1
                yield page.path, link.line, f"#{section.anchor}: link to {link.target} is not in {other.path}"


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
