"""Chapters of the book as strict XHTML for EPUB readers: notes, boxes, drawings, links between files.

Every tag and attribute that may stand in a chapter is named here. One that is not raises GuideError, so that nothing
of a page vanishes on the way.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html.entities import html5
from typing import NoReturn
from urllib.parse import urljoin

from lxml import etree

from guide.book import Book, Chapter
from guide.markdown import WEB_ADDRESS
from guide.model import GuideError
from guide.writers import colours

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
EPUB_TYPE = f"{{{OPS}}}type"
ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]*;)")
INPUT = re.compile(r"<input\s[^<>]*>")
BARE = re.compile(r"\s(checked|disabled)(?=[\s/>])")  # as pymdownx.tasklist writes them, which XML does not know
BOXES = {False: "☐", True: "☑"}

EVERYWHERE = frozenset("id class lang title dir role".split())
BLOCKS = "p h1 h2 h3 h4 h5 h6 ul blockquote pre hr dl dt dd figure figcaption section table thead tbody tr caption"
WORDS = "span strong em b i s del ins code kbd samp var abbr cite q sup sub small mark br label"
ATTRIBUTES = {
    **dict.fromkeys(f"{BLOCKS} {WORDS}".split(), frozenset()),
    **dict.fromkeys(("th", "td"), frozenset("data-label colspan rowspan scope style".split())),
    "a": frozenset(("href", "hreflang", "rel")),
    "div": frozenset(["data-search-exclude"]),
    "input": frozenset(("type", "checked", "disabled")),
    "li": frozenset(["value", "data-search-exclude"]),
    "ol": frozenset(("start", "type")),
}
DROPPED = ("data-search-exclude", "rel")  # for the site alone


@dataclass(frozen=True)
class Heading:
    level: int
    anchor: str
    text: str


@dataclass(frozen=True)
class File:
    """A chapter as it lies in the EPUB."""

    name: str
    title: str
    part: str | None
    headings: tuple[Heading, ...]
    body: bytes  # one <section>
    has_drawing: bool


def files(book: Book, back: str, books: str) -> tuple[File, ...]:
    """Return the chapters of a book as files that link to each other.

    `back` is what the number of a note is called, with {} for the number; `books` is the address of the folder with the
    books of the other languages: "" leaves the words of a link to them without a link. Raises GuideError.
    """
    trees = [_Chapter(book, chapter) for chapter in book.chapters]
    places: dict[str, str] = {}
    for tree in trees:
        for place in tree.places():
            if place in places:
                tree.refuse(f"the place “{place}” is there twice in the book")
            places[place] = tree.name
    return tuple(tree.file(places, back, books) for tree in trees)


class _Chapter:
    def __init__(self, book: Book, chapter: Chapter):
        self.chapter, self.language = chapter, book.language
        self.name = f"{chapter.anchor}.xhtml"
        text = ENTITY.sub(lambda match: html5.get(match[1], match[0]), chapter.html)
        text = INPUT.sub(lambda match: BARE.sub(r' \1="\1"', match[0]), text)
        opening = f'<section xmlns="{XHTML}" xmlns:epub="{OPS}" id="{chapter.anchor}">'
        parser = etree.XMLParser(remove_comments=True, remove_pis=True, resolve_entities=False, no_network=True)
        try:
            self.root = etree.fromstring(f"{opening}\n{text}\n</section>", parser)
        except etree.XMLSyntaxError as error:
            self.refuse(f"its HTML is not well-formed, so readers of EPUB cannot show it: {error}")

    def refuse(self, why: str, element=None) -> NoReturn:
        """Raise GuideError naming the page, and the line of the section that the element stands in."""
        raise GuideError(f"{self.chapter.place(element)}: EPUB: {why}") from None

    def _unknown(self, what: str, element) -> NoReturn:
        why = f"{what} is not known to scripts/guide/writers/xhtml.py; write it another way, or add it there"
        self.refuse(why, element)

    def places(self) -> list[str]:
        """Return every id that links of the book can lead to."""
        return [_id(name) for element in self.root.iter() if (name := element.get("id")) and not _in_drawing(element)]

    def file(self, places: Mapping[str, str], back: str, books: str) -> File:
        """Change the tree into what readers of EPUB want and return it."""
        self._check()
        for element in list(self.root.iter(f"{{{XHTML}}}a")):
            self._link(element, places, books)
        self._notes(back)
        self._boxes()
        self._blocks()
        for drawing in self.root.iter(f"{{{colours.SVG}}}svg"):
            colours.paint(drawing)
        headings = self._headings()
        self._whole(headings)
        for element in self.root.iter():
            self._plain(element)
        has_drawing = self.root.find(f".//{{{colours.SVG}}}svg") is not None
        body = etree.tostring(self.root, encoding="utf-8")
        return File(self.name, self.chapter.title, self.chapter.part, headings, body, has_drawing)

    # ------------------------------------------------------------ What may stand in a chapter

    def _check(self) -> None:
        for element in self.root.iter():
            if not isinstance(element.tag, str):
                self.refuse(f"{element.text} has no meaning here; write the sign itself", element)
            name = etree.QName(element)
            if name.namespace == colours.SVG and (name.localname != "svg" or _is_drawing(element)):
                continue
            if name.namespace != XHTML or name.localname not in ATTRIBUTES:
                self._unknown(f"<{name.localname}>", element)
            for key in set(element.attrib) - EVERYWHERE - ATTRIBUTES[name.localname]:
                self._unknown(f'<{name.localname} {key}="…">', element)
            if name.localname == "input" and element.get("type") != "checkbox":
                self.refuse("<input> that is no box to tick cannot stand in a book", element)

    # ------------------------------------------------------------ Links

    def _link(self, link, places: Mapping[str, str], books: str) -> None:
        target = link.get("href")
        if target is None or WEB_ADDRESS.match(target):
            return
        if not target.startswith("#"):  # into the book of another language: guide.bridges
            if books:
                link.set("href", urljoin(books, target))
            else:
                link.tag = f"{{{XHTML}}}span"
                for name in ("href", "hreflang"):
                    link.attrib.pop(name, None)
            return
        place = _id(target[1:])
        if place not in places:
            self.refuse(f"the link “{target}” leads nowhere in the book", link)
        if place == places[place].removesuffix(".xhtml"):
            link.set("href", places[place])
        else:
            link.set("href", ("" if places[place] == self.name else places[place]) + f"#{place}")

    # ------------------------------------------------------------ Notes

    def _notes(self, back: str) -> None:
        for link in self._of_class("a", "footnote-ref"):
            link.set(EPUB_TYPE, "noteref")
            link.set("role", "doc-noteref")
        for box in self._of_class("div", "footnote"):
            notes = etree.Element(f"{{{XHTML}}}section", {EPUB_TYPE: "footnotes", "class": "footnotes"})
            for number, item in enumerate(box.iterfind("{*}ol/{*}li"), 1):
                notes.append(self._note(item, number, back))
            notes.tail = box.tail
            box.getparent().replace(box, notes)

    def _note(self, item, number: int, back: str):
        """Return a note with its number, which leads back to the text, before its words."""
        links = [link for link in item.iter(f"{{{XHTML}}}a") if "footnote-backref" in link.get("class", "").split()]
        if not links:
            self.refuse(f"its note {number} has no link back to the text", item)
        label = etree.Element(f"{{{XHTML}}}a", {"role": "doc-backlink", "aria-label": back.format(number)})
        label.set("href", links[0].get("href"))
        label.text, label.tail = f"{number}.", " "
        for link in links:
            _take_out(link)
        item.tag = f"{{{XHTML}}}aside"
        item.set(EPUB_TYPE, "footnote")
        item.set("role", "doc-footnote")
        first = next(iter(item), None)
        inside = first if first is not None and etree.QName(first).localname == "p" else item
        label.tail += (inside.text or "").lstrip()
        inside.text = None
        inside.insert(0, label)
        item.tail = "\n"
        return item

    # ------------------------------------------------------------ Boxes to tick, callouts, tables, numbers

    def _boxes(self) -> None:
        for box in self.root.iter(f"{{{XHTML}}}input"):
            text = BOXES["checked" in box.attrib]
            box.tag, box.text = f"{{{XHTML}}}span", text
            box.attrib.clear()
            box.set("class", "box")
        for label in self.root.iter(f"{{{XHTML}}}label"):
            label.tag = f"{{{XHTML}}}span"

    def _blocks(self) -> None:
        for callout in self._of_class("div", "admonition"):
            callout.set("role", "note")
        for head in self.root.iter(f"{{{XHTML}}}th"):
            if head.getparent().getparent().tag == f"{{{XHTML}}}thead":
                head.set("scope", "col")
        for number in self._of_class("span", "guide-number"):
            around = next(number.iterancestors(f"{{{XHTML}}}ol"), None)
            if around is not None and "numbered" not in around.get("class", "").split():
                around.set("class", f"{around.get('class', '')} numbered".strip())

    # ------------------------------------------------------------ The whole

    def _headings(self) -> tuple[Heading, ...]:
        found = []
        for element in self.root.iter(*(f"{{{XHTML}}}h{level}" for level in range(1, 7))):
            text = " ".join("".join(element.itertext()).split())
            found.append(Heading(int(element.tag[-1]), _id(element.get("id", "")), text))
        return tuple(found)

    def _whole(self, headings: tuple[Heading, ...]) -> None:
        self.root.set(EPUB_TYPE, "chapter")
        self.root.set("role", "doc-chapter")
        if headings and headings[0].anchor:
            self.root.set("aria-labelledby", headings[0].anchor)
        if self.chapter.part:
            part = etree.Element(f"{{{XHTML}}}p", {"class": "part"})
            part.text, part.tail, self.root.text = self.chapter.part, "\n", "\n"
            self.root.insert(0, part)

    def _plain(self, element) -> None:
        """Set what every element needs: an id that is a name in XML, its language for XML, nothing of the site."""
        if name := element.get("id"):
            element.set("id", _id(name))
        if language := element.get("lang"):
            element.set(XML_LANG, language)
        for name in DROPPED:
            element.attrib.pop(name, None)

    def _of_class(self, tag: str, name: str) -> list:
        return [each for each in self.root.iter(f"{{{XHTML}}}{tag}") if name in each.get("class", "").split()]


def _id(name: str) -> str:
    """Return an id without the colon of Python-Markdown's notes, which XML keeps for namespaces."""
    return name.replace(":", "-")


def _is_drawing(svg) -> bool:
    """Tell a drawing of guide.drawings, whose colours we know, from other SVG."""
    return "guide-drawing" in svg.getparent().get("class", "").split()


def _in_drawing(element) -> bool:
    return isinstance(element.tag, str) and etree.QName(element).namespace == colours.SVG


def _take_out(link) -> None:
    """Take a link out with the space before it, and its paragraph if nothing else is in it."""
    parent, before = link.getparent(), link.getprevious()
    if before is not None:
        before.tail = (before.tail or "").rstrip() + (link.tail or "").rstrip()
    else:
        parent.text = (parent.text or "").rstrip() + (link.tail or "").rstrip()
    parent.remove(link)
    if not len(parent) and not parent.text and etree.QName(parent).localname == "p":
        parent.getparent().remove(parent)
