"""Documents of the toolkit: the same clauses and blanks in every language, and nothing that paper cannot hold."""

from collections import Counter
from collections.abc import Iterator

from guide.clauses import BLANK, DOCUMENT, is_choice, sections
from guide.markdown import Section
from guide.model import Guide, Page
from guide.rules.registry import Finding, rule


@rule(stops_build=True)
def documents(guide: Guide) -> Iterator[Finding]:
    """A document to sign has the same kind, clauses and blanks in every language, so that both columns bind both sides.

    A page with `document:` in its front matter holds the document under a heading {#document}. Below it stand
    headings, text, lists and tables only: notes, sources and links belong above and below. A blank is `[[full name]]`,
    a choice `[[pays / does not pay]]`; a clause has as many of each in every language. The kinds are contract, form,
    sheet, log and letter.
    """
    for slug in guide.slugs:
        topic = guide.topic(slug)
        kinds = {code: page.meta.get("document") for code, page in topic.items()}
        for code, page in topic.items():
            if kinds[code] and (most := Counter(kinds.values()).most_common(1)[0][0]) != kinds[code]:
                yield page.path, 1, f"document: {kinds[code]}, but {most} in other languages"
            if not kinds[code]:
                if any(kinds.values()):
                    yield page.path, 1, "document: is missing in the front matter; the other languages have it"
                continue
            yield from _page(page, topic)


def _page(page: Page, topic: dict[str, Page]) -> Iterator[Finding]:
    inside = list(sections(page))
    if not inside:
        yield page.path, 1, f"the page has no section {{#{DOCUMENT}}}; put the document under that heading"
    for section in inside:
        for what, line in _strange(section):
            yield page.path, line, f"#{section.anchor}: {what} in the document; put it above or below the document"
        for other in topic.values():
            there = next((each for each in other.document.sections if each.anchor == section.anchor), None)
            if there and (difference := _blanks(section) - _blanks(there)):
                (kind, count), *_ = difference.items()
                yield page.path, section.line, f"#{section.anchor}: {count} {kind} more than in {other.path}"


def _strange(section: Section) -> Iterator[tuple[str, int]]:
    """Yield (what, line) of what a sheet of paper cannot hold."""
    for block in section.blocks:
        if block.shape.startswith(("callout", "image", "drawing", "code", "quotation", "definition")):
            yield f"a {block.shape}", block.line
    for link in section.links:
        yield f"a link to {link.target}", link.line
    for number, line in enumerate(section.source.split("\n"), section.line + 1):
        if "[^" in line and not line.startswith("[^"):
            yield "the mark of a footnote", number


def _blanks(section: Section) -> Counter:
    return Counter("choice" if is_choice(name) else "blank" for name in BLANK.findall(section.source))
