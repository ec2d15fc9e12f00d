"""What a document of the toolkit has beyond other pages: blanks to fill in, numbered clauses, files to download.

`[[full name]]` is a blank, `[[pays / does not pay]]` a choice. In a `contract` the clauses (### headings of the section
#document) are numbered 1, 2 …, the items of their numbered lists 1.1, 1.2 …, and each item gets an anchor: subject-2.
"""

from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from guide.clauses import BLANK, DOCUMENT, files, is_choice, slugs
from guide.model import Guide, Page

Address = Callable[[str], str]  # from a path below the site to an address relative to the page


class Documents(Extension):
    """Python-Markdown extension: blanks everywhere, clauses numbered, and the files beside their document.

    MkDocs makes a new Markdown for each page with the same extensions, so the hook says with `now` what belongs to the
    page that is rendered next. Without it only the blanks are marked.
    """

    def __init__(self):
        super().__init__()
        self.guide: Guide | None = None
        self.page: Page | None = None
        self.address: Address | None = None

    def now(self, guide: Guide, page: Page, address: Address | None = None) -> "Documents":
        """Set the page; `address` is for a site that has the files. Returns itself."""
        self.guide, self.page, self.address = guide, page, address
        return self

    def extendMarkdown(self, md: Markdown) -> None:
        md.inlinePatterns.register(_Blanks(BLANK.pattern, md), "guide-blanks", 175)  # before links (170)
        if not self.page:
            return
        if kind := self.page.meta.get("document"):
            # After the attributes of headings (8), before their words go into the table of contents (5).
            md.treeprocessors.register(_Marker(md, kind), "guide-documents", 6)
        if self.address:
            # Before and after MkDocs (0) makes addresses of the links to pages; it does not know these files.
            rows: list[tuple[Element, str]] = []
            md.treeprocessors.register(_Rows(md, self.guide, self.page, rows), "guide-document-rows", 7)
            offers = _Offers(md, self.guide, self.page, self.address, rows)
            md.treeprocessors.register(offers, "guide-document-offers", -10)


class _Blanks(InlineProcessor):
    def handleMatch(self, match, data):
        blank = Element("span", {"class": "guide-choice" if is_choice(match[1]) else "guide-blank"})
        blank.text = match[1]
        return blank, match.start(0), match.end(0)


class _Marker(Treeprocessor):
    """Marks what belongs to the document, and numbers the clauses of a contract."""

    def __init__(self, md: Markdown, kind: str):
        super().__init__(md)
        self.kind = kind

    def run(self, root: Element) -> None:
        clause, anchor = 0, ""
        for element in _document_of(root):
            element.set("class", f"{element.get('class', '')} guide-document".strip())
            if self.kind != "contract":
                continue
            if element.tag == "h3":
                clause, anchor = clause + 1, element.get("id", "")
                _number(element, f"{clause}.")
            elif element.tag == "ol" and clause:
                for place, item in enumerate(element.findall("li"), 1):
                    item.set("id", f"{anchor}-{place}")
                    _number(item, f"{clause}.{place}.")


def _document_of(root: Element) -> Iterator[Element]:
    """Yield the elements of a page that are the document itself: from its heading to the next of that level."""
    inside = False
    for element in root:
        if element.tag in ("h1", "h2"):
            inside = element.get("id") == DOCUMENT
        if inside:
            yield element


def _number(element: Element, text: str) -> None:
    """Put a number before the words of a heading or of a list item, whose words may stand in a paragraph."""
    first = next(iter(element), None)
    inside = first if first is not None and first.tag == "p" and not (element.text or "").strip() else element
    number = Element("span", {"class": "guide-number"})
    number.text, number.tail = text, f" {(inside.text or '').lstrip()}"
    inside.text = ""
    inside.insert(0, number)


class _Rows(Treeprocessor):
    """Finds the rows of tables whose first link leads to a document; gives such tables one more column."""

    def __init__(self, md: Markdown, guide: Guide, page: Page, rows: list):
        super().__init__(md)
        self.guide, self.page, self.rows = guide, page, rows

    def run(self, root: Element) -> None:
        known = set(slugs(self.guide)) if self.page.slug.endswith("/index.md") else set()
        for table in root.iter("table") if known else ():
            found = [(row, self._document(row, known)) for row in table.iterfind("tbody/tr")]
            if not all(slug for _, slug in found):
                continue
            title = self.guide.words["interface"]["document_word"][self.page.language]
            SubElement(table.find("thead/tr"), "th", {"role": "columnheader"}).text = title
            for row, slug in found:
                cell = SubElement(row, "td", {"role": "cell", "data-label": title, "class": "guide-files"})
                self.rows.append((cell, slug))

    def _document(self, row: Element, known: set[str]) -> str | None:
        links = row.findall(".//a")  # a row about one document, named first
        if len(links) != 1 or row.find("td//a") is None:
            return None
        slug, _ = self.page.resolve(links[0].get("href", ""))
        return slug if slug in known else None


class _Offers(Treeprocessor):
    """Puts the files under the heading of the document, and into the table that lists the documents."""

    def __init__(self, md: Markdown, guide: Guide, page: Page, address: Address, rows: list):
        super().__init__(md)
        self.guide, self.page, self.address, self.rows = guide, page, address, rows

    def run(self, root: Element) -> None:
        words = self.guide.words["interface"]
        for cell, slug in self.rows:
            self._links(cell, slug)
        if not self.page.meta.get("document"):
            return
        self._jump(root)
        for place, element in enumerate(root):
            if element.get("id") == DOCUMENT:
                bar = Element("p", {"class": "guide-files", "data-search-exclude": "true"})
                label = SubElement(bar, "b")
                label.text = words["document_download"][self.page.language]
                self._links(bar, self.page.slug)
                root.insert(place + 1, bar)
                return

    def _jump(self, root: Element) -> None:
        """Put a link to the document under the opening words: on a phone it stands some screens below."""
        first = next((place for place, element in enumerate(root) if element.tag == "p"), None)
        if first is not None:
            line = Element("p", {"class": "guide-jump", "data-search-exclude": "true"})
            link = SubElement(line, "a", {"href": f"#{DOCUMENT}"})
            link.text = self.guide.words["interface"]["document_jump"][self.page.language]
            root.insert(first + 1, line)

    def _links(self, parent: Element, slug: str) -> None:
        words: Mapping = self.guide.words["interface"]
        names = {language.code: language.name for language in self.guide.languages}
        for codes, path in files(self.guide, slug).items():
            if len(parent):
                parent[-1].tail = " "
            pair = words["document_pair_short" if parent.tag == "td" else "document_pair"][self.page.language]
            name = pair if len(codes) > 1 else names[codes[0]]
            link = SubElement(parent, "a", {"href": self.address(path), "download": ""})
            link.text = name
            if len(codes) == 1:
                link.set("hreflang", codes[0])
                link.set("lang", codes[0])
