"""Which pages hold a document to sign or fill in, what a blank in it looks like, and the names of its files."""

import re
from collections.abc import Iterator

from guide.markdown import Section
from guide.model import Guide, Page

DOCUMENT = "document"  # the anchor of the section that is the document itself
BLANK = re.compile(r"\[\[([^\[\]\n]+)\]\]")
PAIR = ("kk", "ru")  # how contracts are usually signed in Kazakhstan: two languages in two columns


def slugs(guide: Guide) -> list[str]:
    """Return the pages that hold a document, in reading order."""
    return [slug for slug in guide.slugs if any(page.meta.get("document") for page in guide.topic(slug).values())]


def files(guide: Guide, slug: str) -> dict[tuple[str, ...], str]:
    """Return {languages: path below the site} of the Word files of a page: one a language, and one of two columns."""
    name = slug.rpartition("/")[2].removesuffix(".md")
    columns = [(language.code,) for language in guide.languages]
    return {codes: f"downloads/{name}-{'-'.join(codes)}.docx" for codes in [*columns, PAIR]}


def sections(page: Page) -> Iterator[Section]:
    """Yield the sections of the document on a page: from its heading to the next of that level."""
    is_inside = False
    for section in page.document.sections:
        if section.level <= 2:
            is_inside = section.anchor == DOCUMENT
        if is_inside:
            yield section


def is_choice(name: str) -> bool:
    """Return whether a blank names things of which all but one are struck out: `pays / does not pay`."""
    return " / " in name
