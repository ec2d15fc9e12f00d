"""The guide, or a part of it, as a tagged PDF (PDF/UA-1) on A4, set by Typst; pdf.typ holds the look.

Straight from our own HTML and not through pandoc: pandoc's model knows no callouts, blanks, numbered clauses or inline
SVG, and drops what it does not know. Here every element has a function, and one that has none stops the build.
"""

import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import segno
import typst
from lxml import etree, html

from guide.book import Book, Chapter, parts
from guide.markdown import WEB_ADDRESS
from guide.model import ROOT, GuideError
from guide.writers import colours, fonts
from guide.writers.edition import Edition

LOOK = Path(__file__).with_suffix(".typ")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = {*HEADINGS, "p", "div", "ul", "ol", "table", "blockquote", "figure", "pre", "hr"}
PLAIN = {
    "",
    "guide-plain",
    "guide-document",
    "guide-letters",
    "guide-term-facts",
    "guide-files",
}  # look like any other
CALLOUTS = ("law", "practice", "example", "warning")
KEPT_ROW = 700  # letters in the longest cell of a row that is not broken over two pages
KEPT_LIST = 800  # letters in a list or a small table that is not: a quarter of a page. It also saves Typst from
KEPT_ROWS = 8  # setting them anew for each footnote of the page, 15% of its time; a small table has no more rows
LINE = 92  # letters of the largest size of a table that fit beside each other
SIZES = (9, 8.5, 8, 7.5, 7, 6.5)  # of the letters in a table, in points
DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
SPACE = re.compile(r"[ \t\n]+")
MASK = 3  # of QR codes: readers know all eight, and to try which looks best takes half of the time of a book
HIDDEN = ", outlined: false, bookmarked: false"
OWN = "assertion failed: "  # what Typst puts before the words of an assertion of ours
SIGN = re.compile(r"[!-/:-@\[-`{-~]")


COUNT = re.compile(rb"/Type/Pages/Count (\d+)")
Piece = TypeVar("Piece", Chapter, "_Sheet")  # what is set by itself to find the page that cannot be


def write(book: Book, words: Mapping[str, str], edition: Edition, part: str = "") -> bytes:
    """Return the PDF of a book, or of the part with that name. The same input gives the same bytes.

    `words` are the interface's in the book's language. Raises GuideError naming the page that cannot be set.
    """
    chapters = parts(book)[part] if part else book.chapters
    return _set(chapters, lambda some: _source(book, some, words, edition, part), edition)


def write_checklists(book: Book, words: Mapping[str, str], edition: Edition) -> bytes:
    """Return the PDF of a book's checklists, each on one page; those inside documents are not among them.

    `words` are the interface's in the book's language. Raises GuideError for a list that needs more than one page.
    """
    return _set(_sheets(book), lambda some: _sheets_source(book, some, words, edition), edition)


def pages(data: bytes) -> int:
    """Return how many pages a PDF of ours has. Raises ValueError for another file."""
    found = COUNT.findall(data)
    if not found:
        raise ValueError("not a PDF that guide.writers.pdf has made")
    return max(map(int, found))


def _set(pieces: Sequence[Piece], source: Callable[[Sequence[Piece]], str], edition: Edition) -> bytes:
    """Return the PDF of chapters or sheets; `source` gives the Typst text of some of them."""
    try:
        return _compile(source(pieces), edition)
    except typst.TypstError as error:
        if error.message.startswith(OWN):
            raise GuideError(error.message.removeprefix(OWN)) from None
        raise GuideError(f"{_blamed(pieces, source, edition)}: {error.message}") from None


def _compile(source: str, edition: Edition) -> bytes:
    return typst.compile(
        source.encode(),
        format="pdf",
        font_paths=[str(fonts.folder())],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=int(edition.day.timestamp()),
    )


def _blamed(pieces: Sequence[Piece], source: Callable[[Sequence[Piece]], str], edition: Edition) -> str:
    """Return the page that Typst cannot set: it does not say so itself."""
    for piece in pieces:
        try:
            _compile(source([piece]), edition)
        except typst.TypstError:
            return piece.path
    return "the book"


# ---------------------------------------------------------------- The book


def _source(book: Book, chapters: Sequence[Chapter], words: Mapping, edition: Edition, part: str) -> str:
    pages = [_Page(chapter) for chapter in chapters]
    places = _Places(book, pages, edition)
    text = _front(book, words, edition, part, any(chapter.part for chapter in chapters))
    current = ""
    for page in pages:
        current = page.chapter.part or current
        writer = _Writer(page, places, words, 1 if current else 0)
        text += [_begin(current, page.chapter.title)]
        text += [f"#heading(level: 1)[{_text(page.chapter.part)}]" if page.chapter.part else "", writer.write()]
    return "\n".join(text)


def _front(book: Book, words: Mapping, edition: Edition, under: str, has_parts: bool) -> list[str]:
    """Return what comes before the text: the look, the cover with its words under the title, the contents."""
    day = edition.day
    name = _text(f"{book.title}. {under}" if under else book.title)
    mark = (ROOT / "overrides" / "assets" / "mark.svg").read_text("utf-8")
    tones = {name: value for name, value in colours.tokens().items() if value.startswith("#")}
    lines = "".join(f"[{_text(line)}]," for line in edition.lines)
    check = f"({_string(edition.my_copy)}, [{_text(words['paper_my_copy'])}], {_code(edition.my_copy, words)})"
    return [
        f"#let tone = ({', '.join(f'{name}: rgb({_string(tone)})' for name, tone in tones.items())})",
        f"#set document(title: [{name}], author: {_string(book.title)},"
        f" date: datetime(year: {day.year}, month: {day.month}, day: {day.day}))",
        f"#set text(lang: {_string(book.language)}, region: {_string('GB' if book.language == 'en' else 'KZ')},"
        f" hyphenate: {'false' if book.language == 'kk' else 'true'})",  # Typst breaks Kazakh words by no rule
        LOOK.read_text("utf-8"),
        f'#cover(image(bytes({_string(mark)}), format: "svg", width: 22mm, alt: {_string(book.title)}),'
        f" [{_text(book.title)}], [{_text(under)}], ({lines}), {check if edition.my_copy else 'none'})",
        f"#set page(header: none, footer: foot[{name}])",
        f"#contents([{_text(words['epub_contents'])}], {'true' if has_parts else 'false'})",
    ]


def _begin(part: str, title: str) -> str:
    """Return what begins a page with a running head of its own, and notes that count from one."""
    return f"#set page(header: head([{_text(part)}], [{_text(title)}]))\n#counter(footnote).update(0)"


def _code(address: str, words: Mapping) -> str:
    """Return the Typst expression of a QR code, drawn with as few lines as can be."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False, mask=MASK).save(
        drawn, kind="svg", border=0, dark=colours.token("ink"), xmldecl=False
    )
    return f"code({_string(drawn.getvalue().decode().strip())}, {_string(words['book_qr'])})"


# ---------------------------------------------------------------- The checklists


@dataclass(frozen=True)
class _Sheet:
    """A checklist of a chapter: the `place`-th of so many."""

    chapter: Chapter
    part: str
    place: int
    count: int

    @property
    def path(self) -> str:
        return self.chapter.path


def _sheets(book: Book) -> list[_Sheet]:
    """Return the checklists of a book in reading order."""
    found = []
    for part, chapters in parts(book).items():
        for chapter in chapters:
            count = len(_Page(chapter).checklists())
            found += [_Sheet(chapter, part, place, count) for place in range(count)]
    return found


def _sheets_source(book: Book, sheets: Sequence[_Sheet], words: Mapping, edition: Edition) -> str:
    text = _front(book, words, edition, words["book_checklists"], has_parts=False)
    places = _Places(book, [], edition)
    for sheet in sheets:
        text += [_begin(sheet.part, sheet.chapter.title), _Writer(_Page(sheet.chapter), places, words, 0).sheet(sheet)]
    return "\n".join(text)


# ---------------------------------------------------------------- One chapter, taken apart


@dataclass(frozen=True)
class _Checklist:
    heading: etree._Element | None
    blocks: list[etree._Element]  # each list, with the paragraph before it


class _Page:
    """A chapter as a tree, without its drawings and footnotes, which are kept beside it."""

    def __init__(self, chapter: Chapter):
        self.chapter = chapter
        self.drawings = DRAWING.findall(chapter.html)
        self.root = html.fragment_fromstring(DRAWING.sub("<svg></svg>", chapter.html), create_parent="div")
        self.notes = {item.get("id"): item for div in self.root.find_class("footnote") for item in div.iter("li")}
        for back in self.root.find_class("footnote-backref"):
            back.drop_tree()
        self.ids = {element.get("id") for element in self.root.iter() if element.get("id")} - set(self.notes)
        title = next(self.root.iter("h1"), None)
        self.anchor = title.get("id", chapter.anchor) if title is not None else chapter.anchor

    def checklists(self) -> list["_Checklist"]:
        """Return the checklists that stand under a heading. A list in a document to fill in is none."""
        blocks = list(self.root)
        found: list[_Checklist] = []
        for place, block in enumerate(blocks):
            kinds = block.get("class", "").split()
            if block.tag != "ul" or "task-list" not in kinds or "guide-document" in kinds:
                continue
            heading = next((each for each in reversed(blocks[:place]) if each.tag in HEADINGS), None)
            own = blocks[place - 1 : place + 1] if blocks[place - 1].tag == "p" else [block]
            if found and found[-1].heading is heading:
                found[-1].blocks.extend(own)
            else:
                found.append(_Checklist(heading, own))
        return found

    def problem(self, element: etree._Element, what: str) -> GuideError:
        return GuideError(f"{self.chapter.place(element)}: {what}")


class _Places:
    """Where links can lead in this file, and to which address those that lead elsewhere."""

    def __init__(self, book: Book, pages: Sequence[_Page], edition: Edition):
        self.titles = {page.chapter.anchor: page.anchor for page in pages}
        self.inside = set(self.titles).union(*(page.ids for page in pages))
        self.linked = {link.get("href", "")[1:] for page in pages for link in page.root.iter("a")}
        self.known = {chapter.anchor for chapter in book.chapters}
        self.addresses = edition.addresses

    def target(self, page: _Page, link: etree._Element) -> str:
        """Return the Typst expression of a target; "" for one in another part that has no address."""
        href = link.get("href", "")
        if WEB_ADDRESS.match(href):
            return _string(href)
        if not href.startswith("#"):  # the book of another language, which lies beside ours
            return _string(href.replace(".html", ".pdf"))
        name = href[1:]
        if name in self.inside:
            return f"label({_string(self.titles.get(name, name))})"
        chapter, _, section = name.partition("--")
        if chapter not in self.known:
            raise page.problem(link, f"the link leads to {href}, which is not in the book")
        address = self.addresses.get(chapter, "")
        return _string(f"{address}#{section}" if section else address) if address else ""


# ---------------------------------------------------------------- From HTML to Typst


class _Writer:
    """Writes one chapter as Typst markup. `deeper`: how far its headings stand below the parts."""

    def __init__(self, page: _Page, places: _Places, words: Mapping[str, str], deeper: int):
        self.page, self.places, self.interface, self.deeper = page, places, words, deeper
        self.drawings = iter(page.drawings)
        self.noted: set[str] = set()
        self.is_narrow = False  # inside a cell
        self.writers: dict[str, Callable[[etree._Element], str]] = {
            **dict.fromkeys(HEADINGS, self.heading),
            **{"p": self.paragraph, "div": self.division, "ul": self.bullets, "ol": self.numbers},
            **{"table": self.table, "blockquote": self.quote, "figure": self.figure, "pre": self.listing},
            **{"a": self.link, "sup": self.raised, "span": self.span, "code": self.code, "label": self.words},
            **{"hr": lambda element: "#line(length: 100%, stroke: 0.5pt + tone.line)"},
            **dict.fromkeys(("strong", "b"), lambda element: f"#strong[{self.words(element)}]"),
            **dict.fromkeys(("em", "i"), lambda element: f"#emph[{self.words(element)}]"),
            **{"sub": lambda element: f"#sub[{self.words(element)}]", "br": lambda element: "#linebreak()"},
        }

    def write(self) -> str:
        text = self.flow(self.page.root, self.together())
        for name in sorted(set(self.page.notes) - self.noted):
            raise self.page.problem(self.page.notes[name], f"no text refers to the footnote {name}")
        return text

    def sheet(self, sheet: _Sheet) -> str:
        """Return a checklist as a page of its own."""
        found = self.page.checklists()[sheet.place]
        title = f"#heading(level: 1{'' if sheet.place == 0 else HIDDEN})[{_text(sheet.chapter.title)}]"
        section, anchor = "", ""
        if found.heading is not None and found.heading.tag != "h1":
            anchor = found.heading.get("id", "").partition("--")[2]
            options = "" if sheet.count > 1 else ", outlined: false"  # in the contents the page's title says enough
            section = f"#heading(level: 2{options})[{self.words(found.heading).strip()}]"
        problem = f"{sheet.path}: #{anchor}: the checklist needs more than one page; divide the section in two"
        blocks = "\n\n".join(self.one(block) for block in found.blocks)
        return f"{self.opening(title)}\n#sheet-of-paper({_string(problem)})[{section}\n\n{blocks}]"

    def together(self) -> dict[int, tuple[int, int]]:
        """Return {place of a block of the page: (place of the list with boxes, level of the heading)}: kept on a page.

        Before the list stand its heading and paragraphs, or only a paragraph when there is other text between.
        """
        blocks, found = list(self.page.root), {}
        for place, block in enumerate(blocks):
            if block.tag != "ul" or "task-list" not in block.get("class", "").split():
                continue
            start = place
            while start and blocks[start - 1].tag == "p":
                start -= 1
            level = 0
            if start and blocks[start - 1].tag in HEADINGS[1:] and not _is_document(blocks[start - 1]):
                start -= 1
                level = int(blocks[start].tag[1]) + self.deeper
            elif start < place:
                start = place - 1
            found[start] = (place, level)
        return found

    def flow(self, element: etree._Element, together: Mapping[int, tuple[int, int]] = MappingProxyType({})) -> str:
        """Return what stands in an element: paragraphs, lists, tables, with an empty line between them."""
        rows = [[_text(element.text)]]
        end = -1
        for place, child in enumerate(element):
            if place in together:
                end, level = together[place]
                rows += [[f"#together({level})["], []]
            if child.tag in BLOCKS:
                rows += [[self.one(child)], []]
            else:
                rows[-1].append(self.one(child))
            if place == end:
                rows += [["]"], []]
            rows[-1].append(_text(child.tail))
        return "\n\n".join(text for row in rows if (text := "".join(row).strip()))

    def words(self, element: etree._Element) -> str:
        """Return the words in an element that holds no blocks."""
        for child in element:
            if child.tag in BLOCKS:
                raise self.page.problem(child, f"a PDF has no <{child.tag}> in <{element.tag}>")
        return _text(element.text) + "".join(self.one(child) + _text(child.tail) for child in element)

    def one(self, element: etree._Element) -> str:
        writer = self.writers.get(element.tag) if isinstance(element.tag, str) else None
        if not writer:
            raise self.page.problem(element, f"a PDF has no {html.tostring(element, encoding='unicode')[:60]}")
        return writer(element)

    def unknown(self, element: etree._Element) -> GuideError:
        return self.page.problem(element, f'a PDF has no <{element.tag} class="{element.get("class", "")}">')

    # ------------------------------------------------------------ Blocks

    def heading(self, element: etree._Element) -> str:
        level = int(element.tag[1]) + self.deeper
        name = f"#heading(level: {level})[{self.words(element).strip()}]{_label(element)}"
        if element.tag == "h1":
            return self.opening(name)
        return f"#pagebreak(weak: true)\n{name}" if _is_document(element) else name  # it begins on a sheet of its own

    def opening(self, title: str) -> str:
        """Return the title of a page with its address on the site."""
        address = self.places.addresses.get(self.page.chapter.anchor)
        if not address:
            return title
        return f"#opening({_string(address)}, [{_text(address)}], {_code(address, self.interface)})[{title}]"

    def paragraph(self, element: etree._Element) -> str:
        if set(element.get("class", "").split()) - PLAIN:
            raise self.unknown(element)
        return f"{self.place(element)}{self.words(element).strip()}"

    def division(self, element: etree._Element) -> str:
        kinds = element.get("class", "").split()
        if "footnote" in kinds:
            return ""  # its notes stand at their marks
        if "highlight" in kinds:
            return self.flow(element)
        if "guide-late" in kinds:
            return f"#notice[{self.flow(element)}]"
        if "admonition" in kinds and len(element) and "admonition-title" in element[0].get("class", ""):
            return self.callout(element, kinds)
        raise self.unknown(element)

    def callout(self, element: etree._Element, kinds: list[str]) -> str:
        tone = next((kind for kind in kinds if kind in CALLOUTS), "")
        if not tone:
            raise self.unknown(element)
        name = self.words(element[0]).strip()
        element.remove(element[0])
        return f"#callout(tone.{tone}, [{name}])[{self.flow(element)}]"

    def quote(self, element: etree._Element) -> str:
        return f"#quote(block: true)[{self.flow(element)}]"

    def figure(self, element: etree._Element) -> str:
        if element.get("class") != "guide-drawing" or [child.tag for child in element] != ["svg"]:
            raise self.unknown(element)
        svg, title = _drawing(next(self.drawings))
        return f"#drawing({_string(svg)}, {_string(title)})"

    def listing(self, element: etree._Element) -> str:
        return f"#raw(block: true, {_string(element.text_content().rstrip())})"

    def bullets(self, element: etree._Element) -> str:
        boxes = ["task-list-item" in item.get("class", "").split() for item in element]
        if any(boxes) and not all(boxes):
            raise self.page.problem(element, "a list has boxes to tick at all its items or at none")
        return self._list(element, "list", "marker: tick" if any(boxes) else "")

    def numbers(self, element: etree._Element) -> str:
        numbers = [number for item in element if (number := self._number(item))]
        if numbers and len(numbers) == len(element):
            clause = numbers[0].rstrip(".").rpartition(".")[0]
            if numbers == [f"{clause}.{place}." for place in range(1, len(numbers) + 1)]:
                return self._list(element, "enum", f'numbering: n => {_string(clause)} + "." + str(n) + "."')
        if numbers:
            raise self.page.problem(element, f"clauses are numbered 1.1, 1.2 …, not {', '.join(numbers)}")
        return self._list(element, "enum", f"start: {int(element.get('start', 1))}")

    def _number(self, item: etree._Element) -> str:
        """Take the number of a clause away from the item, because the list has it, and return it."""
        for number in item.xpath("./span[@class='guide-number'] | ./p[1]/span[@class='guide-number']")[:1]:
            number.drop_tree()
            return number.text
        return ""

    def _list(self, element: etree._Element, name: str, options: str) -> str:
        if set(element.get("class", "").split()) - PLAIN - {"task-list"}:
            raise self.unknown(element)
        is_loose = bool(element.xpath("./li/p"))
        items = "".join(f"[{self.item(item)}]" for item in element)
        made = f"{name}(tight: {str(not is_loose).lower()}, {options}){items}"
        return f"#kept({made})" if len(element.text_content()) <= KEPT_LIST else f"#{made}"

    def item(self, element: etree._Element) -> str:
        if element.tag != "li":
            raise self.unknown(element)
        if "task-list-item" in element.get("class", "").split():
            self._take_box(element)
        return self.place(element) + self.flow(element)

    def _take_box(self, item: etree._Element) -> None:
        boxes = item.xpath("./label/input | ./p/label/input | ./input")
        if not boxes or boxes[0].get("checked") is not None:
            raise self.page.problem(item, "a checklist has empty boxes only")
        boxes[0].drop_tree()

    # ------------------------------------------------------------ Tables

    def table(self, element: etree._Element) -> str:
        titles, *rows = [list(row) for row in element.iter("tr")]
        if element.xpath(".//*[@colspan or @rowspan]") or any(len(row) != len(titles) for row in rows):
            raise self.page.problem(element, "all rows of a table have as many cells as its head, none wider")
        size, widths = _columns([[_length_of(cell) for cell in row] for row in [titles, *rows]])
        self.is_narrow = True
        head = "".join(f"[{self.flow(cell)}]," for cell in titles)
        body = "".join(f"\n{self.row(row)}" for row in rows)
        self.is_narrow = False
        is_kept = len(rows) <= KEPT_ROWS and len(element.text_content()) <= KEPT_LIST
        return f"#sheet({size}pt, ({widths}), {str(not is_kept).lower()}, ({head}),{body})"

    def row(self, cells: list) -> str:
        is_kept = max(len(cell.text_content()) for cell in cells) <= KEPT_ROW
        form = "whole[{}]," if is_kept else "[{}],"
        return "".join(form.format(self.flow(cell)) for cell in cells)

    # ------------------------------------------------------------ Inside a line

    def link(self, element: etree._Element) -> str:
        words = self.words(element)
        if element.get("class") == "footnote-ref":
            raise self.unknown(element)
        target = self.places.target(self.page, element)
        return f"{self.place(element)}#link({target})[{words}]" if target else words

    def raised(self, element: etree._Element) -> str:
        if len(element) != 1 or element[0].get("class") != "footnote-ref":
            return f"#super[{self.words(element)}]"
        name = element[0].get("href", "")[1:]
        if name not in self.page.notes:
            raise self.page.problem(element, f"there is no footnote {name}")
        if name in self.noted:
            return f"#footnote(label({_string(name)}))"
        self.noted.add(name)
        was_narrow, self.is_narrow = self.is_narrow, False
        note = self.flow(self.page.notes[name])
        self.is_narrow = was_narrow
        return f"#footnote[{note}]#label({_string(name)})"

    def place(self, element: etree._Element) -> str:
        """Return a place that links can lead to, where the element begins; "" when none does."""
        return f"#metadata(none){_label(element)}" if element.get("id") in self.places.linked else ""

    def span(self, element: etree._Element) -> str:
        kind, words = element.get("class", ""), self.words(element)
        if kind == "guide-blank":
            return f"#blank({'100% - 4pt' if self.is_narrow else _blank_width(element)}, [{words}])"
        if kind == "guide-choice":
            return f"#choice[{words}]"
        if kind not in ("", "guide-number"):
            raise self.unknown(element)
        language = element.get("lang")
        place = self.place(element)
        return f"{place}#text(lang: {_string(language)})[{words}]" if language else f"{place}{words}"

    def code(self, element: etree._Element) -> str:
        return f"#raw({_string(element.text_content())})"


def _is_document(heading: etree._Element) -> bool:
    return heading.tag == "h2" and "guide-document" in heading.get("class", "")


def _blank_width(element: etree._Element) -> str:
    """Return how long a line to write on is: as long as the words under it, within reason."""
    return f"{min(max(30, 3 + 1.35 * len(element.text_content())), 80):.1f}mm"


def _length_of(cell: etree._Element) -> tuple[int, int]:
    """Return the letters of the longest word of a cell, and of all of it; a blank wants room for a hand."""
    text = cell.text_content()
    blanks = cell.find_class("guide-blank")
    return max(map(len, [*text.split(), "-" * (9 if blanks else 3)])), max(len(text), 14 if blanks else 3)


def _columns(rows: list[list[tuple[int, int]]]) -> tuple[float, str]:
    """Return the size of the letters and the widths of the columns of a table: no word is wider than its column."""
    columns = list(zip(*rows, strict=True))
    least = [max(word for word, _ in column) + 2.5 for column in columns]
    wanted = [max(length for _, length in column) ** 0.7 for column in columns]
    size = next((size for size in SIZES if sum(least) <= LINE * SIZES[0] / size), SIZES[-1])
    spare = max(LINE * SIZES[0] / size - sum(least), 0)
    widths = [low + spare * want / sum(wanted) for low, want in zip(least, wanted, strict=True)]
    return size, "".join(f"{width:.1f}fr," for width in widths)


# ---------------------------------------------------------------- Drawings


def _drawing(source: str) -> tuple[str, str]:
    """Return an SVG that stands alone, with the colours of guide.css, and what it shows, in words."""
    root = etree.fromstring(source)
    colours.paint(root)
    root.set("font-family", "Golos Text")
    said = [child.text for child in root if etree.QName(child).localname in ("title", "desc")]
    return etree.tostring(root, encoding="unicode"), ". ".join(said)


# ---------------------------------------------------------------- Typst's spelling


def _text(text: str | None) -> str:
    """Return text as Typst markup in which no sign has a meaning."""
    return SIGN.sub(r"\\\g<0>", SPACE.sub(" ", text or ""))


def _string(text: str) -> str:
    """Return a string of Typst's."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _label(element: etree._Element) -> str:
    name = element.get("id")
    return f"#label({_string(name)})" if name else ""
