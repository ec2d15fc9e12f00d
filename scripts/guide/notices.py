"""A short notice at each section where the reader’s language is behind, with the way to the newest text."""

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from guide import ledger
from guide.model import Guide, Page

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


class Notices(Extension):
    """Python-Markdown extension: put notices under headings.

    `late` is {anchor of the heading: notice}. MkDocs makes a new Markdown for each page with the same extensions, so
    the hook says here what belongs to the page that is rendered next.
    """

    def __init__(self):
        super().__init__()
        self.late: Mapping[str, Element] = {}

    def extendMarkdown(self, md: Markdown) -> None:
        # Last of all: after the headings have their ids (8), and after MkDocs has looked at the links of the page (0),
        # because it knows no links into another language.
        md.treeprocessors.register(_Placer(md, self.late), "guide-notices", -10)


class _Placer(Treeprocessor):
    def __init__(self, md: Markdown, late: Mapping[str, Element]):
        super().__init__(md)
        self.late = late

    def run(self, root: Element) -> None:
        for parent in list(root.iter()) if self.late else []:
            for place, child in reversed(list(enumerate(parent))):
                if child.tag in HEADINGS and child.get("id") in self.late:
                    parent.insert(place + 1, self.late[child.get("id")])


def notices(guide: Guide, page: Page, address: Callable[[str, str, str], str]) -> dict[str, Element]:
    """Return {anchor: notice} for the sections in which a page is behind; `address` as in guide.translations."""
    return {
        anchor: _notice(guide.words["interface"], page.language, leading, address(leading, page.slug, anchor))
        for anchor, leading in ledger.notices(guide, page).items()
    }


def _notice(words: Mapping, language: str, leading: str, address: str) -> Element:
    found = Element("div", {"class": "guide-late", "role": "note", "data-search-exclude": "true"})
    found.text = words["late"][language].format(words[f"in_{leading}"][language])
    if address:
        found.text += " "
        link = Element("a", {"href": address, "hreflang": leading})
        link.text = words["late_read"][language]
        found.append(link)
    return found
