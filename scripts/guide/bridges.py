"""Links into another language, marked as wanted: `[закон](../../ru/context/law.md#minors){hreflang=ru}`.

MkDocs builds one language at a time and knows no pages of the others, so these links are led past it.
"""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from guide.model import Guide, Page


class Bridges(Extension):
    """Python-Markdown extension: give the links into another language their addresses on the site.

    `lead` returns the address of a link’s target, or None when it stays in the page’s language. MkDocs makes a new
    Markdown for each page with the same extensions, so the hook says here what belongs to the page rendered next.
    """

    def __init__(self):
        super().__init__()
        self.lead: Callable[[str], str | None] = lambda target: None

    def extendMarkdown(self, md: Markdown) -> None:
        kept: list[tuple[Element, str]] = []
        # MkDocs looks at the links of the page at 0, and the book at 1.
        md.treeprocessors.register(_Take(md, self.lead, kept), "guide-bridges-take", 2)
        md.treeprocessors.register(_GiveBack(md, kept), "guide-bridges-give", -10)


def lead(guide: Guide, page: Page, address: Callable[[str, str, str], str]) -> Callable[[str], str | None]:
    """Return the function that Bridges needs; `address` is that of (language, slug, anchor)."""

    def found(target: str) -> str | None:
        slug, anchor = page.resolve(target)
        there = guide.across(slug)
        return address(*there, anchor) if there else None

    return found


class _Take(Treeprocessor):
    def __init__(self, md: Markdown, lead: Callable, kept: list):
        super().__init__(md)
        self.lead, self.kept = lead, kept

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            if link.get("hreflang") and (address := self.lead(link.get("href", ""))):
                link.tag = "span"  # no link for a while
                del link.attrib["href"]
                self.kept.append((link, address))


class _GiveBack(Treeprocessor):
    def __init__(self, md: Markdown, kept: list):
        super().__init__(md)
        self.kept = kept

    def run(self, root: Element) -> None:
        for link, address in self.kept:
            link.tag = "a"
            link.set("href", address)
        self.kept.clear()
