"""The guide, or a part of it, as a tagged PDF (PDF/UA-1) on A4, set by Typst; pdf.typ holds the look.

Straight from our own HTML and not through pandoc: pandoc's model knows no callouts, blanks, numbered clauses or inline
SVG, and drops what it does not know. Here every element has a function, and one that has none stops the build.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import typst
from lxml import etree, html

from guide.book import Book, Chapter, parts
from guide.markdown import WEB_ADDRESS
from guide.model import ROOT, GuideError
from guide.writers import colours, fonts

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
LINE = 92  # letters of the largest size of a table that fit beside each other
SIZES = (9, 8.5, 8, 7.5, 7, 6.5)  # of the letters in a table, in points
DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
SPACE = re.compile(r"[ \t\n]+")
SIGN = re.compile(r"[!-/:-@\[-`{-~]")


@dataclass(frozen=True)
class Edition:
    """What a file says of itself. `lines` stand on its cover: date, commit, state of the law, licence."""

    day: datetime
    lines: tuple[str, ...] = ()
    addresses: Mapping[str, str] = field(default_factory=dict)  # {anchor of a chapter: address of its page}


def write(book: Book, words: Mapping[str, str], edition: Edition, part: str = "") -> bytes:
    """Return the PDF of a book, or of the part with that name. The same input gives the same bytes.

    `words` has `contents`, the title of the table of contents. Raises GuideError naming the page that cannot be set.
    """
    chapters = parts(book)[part] if part else book.chapters
    try:
        return _compile(_source(book, chapters, words, edition, part), edition)
    except typst.TypstError as error:
        raise GuideError(f"{_blamed(book, chapters, words, edition)}: {error.message}") from None


def _compile(source: str, edition: Edition) -> bytes:
    return typst.compile(
        source.encode(),
        format="pdf",
        font_paths=[str(fonts.folder())],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=int(edition.day.timestamp()),
    )


def _blamed(book: Book, chapters: tuple[Chapter, ...], words: Mapping, edition: Edition) -> str:
    """Return the page that Typst cannot set: it does not say so itself."""
    for chapter in chapters:
        try:
            _compile(_source(book, (chapter,), words, edition, ""), edition)
        except typst.TypstError:
            return chapter.path
    return f"the book in {book.language}"


# ---------------------------------------------------------------- The book


def _source(book: Book, chapters: tuple[Chapter, ...], words: Mapping, edition: Edition, part: str) -> str:
    pages = [_Page(chapter) for chapter in chapters]
    titles = {page.chapter.anchor: page.anchor for page in pages}
    inside = set(titles).union(*(page.ids for page in pages))
    known = {chapter.anchor for chapter in book.chapters}
    day = edition.day
    name = _text(f"{book.title}. {part}" if part else book.title)
    mark = (ROOT / "overrides" / "assets" / "mark.svg").read_text("utf-8")
    tones = {name: value for name, value in colours.tokens().items() if value.startswith("#")}
    deep = 1 if any(chapter.part for chapter in chapters) else 0
    text = [
        f"#let tone = ({', '.join(f'{name}: rgb({_string(tone)})' for name, tone in tones.items())})",
        f"#set document(title: [{name}], author: {_string(book.title)},"
        f" date: datetime(year: {day.year}, month: {day.month}, day: {day.day}))",
        f"#set text(lang: {_string(book.language)}, region: {_string('GB' if book.language == 'en' else 'KZ')},"
        f" hyphenate: {'false' if book.language == 'kk' else 'true'})",  # Typst breaks Kazakh words by no rule
        LOOK.read_text("utf-8"),
        f'#cover(image(bytes({_string(mark)}), format: "svg", width: 22mm, alt: {_string(book.title)}),'
        f" [{_text(book.title)}], [{_text(part)}], ({''.join(f'[{_text(line)}],' for line in edition.lines)}))",
        f"#set page(header: none, footer: foot[{name}])",
        f"#contents([{_text(words['contents'])}], {deep + 1})",
    ]
    current = ""
    for page in pages:
        current = page.chapter.part or current
        writer = _Writer(page, _Links(page, inside, titles, known, edition.addresses), 1 if current else 0)
        text += [f"#set page(header: head([{_text(current)}], [{_text(page.chapter.title)}]))"]
        text += [_opening(page.chapter, edition), writer.write()]
    return "\n".join(text)


def _opening(chapter: Chapter, edition: Edition) -> str:
    part = f"#heading(level: 1)[{_text(chapter.part)}]" if chapter.part else ""
    return f"#counter(footnote).update(0)\n{part}"


# ---------------------------------------------------------------- One chapter, taken apart


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

    def problem(self, element: etree._Element, what: str) -> GuideError:
        before = element.xpath("(preceding::*[@id] | ancestor-or-self::*[@id])[last()]")
        place = f" #{before[0].get('id').partition('--')[2]}:" if before else ""
        return GuideError(f"{self.chapter.path or self.chapter.anchor}:{place} {what}")


class _Links:
    """Where a link of a chapter leads in this file."""

    def __init__(self, page: _Page, inside: set[str], titles: Mapping, known: set[str], addresses: Mapping):
        self.page, self.inside, self.titles, self.known, self.addresses = page, inside, titles, known, addresses

    def target(self, link: etree._Element) -> str:
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
            raise self.page.problem(link, f"the link leads to {href}, which is not in the book")
        address = self.addresses.get(chapter, "")
        return _string(f"{address}#{section}" if section else address) if address else ""


# ---------------------------------------------------------------- From HTML to Typst


class _Writer:
    """Writes one chapter as Typst markup. `deeper`: how far its headings stand below the parts."""

    def __init__(self, page: _Page, links: _Links, deeper: int):
        self.page, self.links, self.deeper = page, links, deeper
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
        text = self.flow(self.page.root)
        for name in sorted(set(self.page.notes) - self.noted):
            raise self.page.problem(self.page.notes[name], f"no text refers to the footnote {name}")
        return text

    def flow(self, element: etree._Element) -> str:
        """Return what stands in an element: paragraphs, lists, tables, with an empty line between them."""
        rows = [[_text(element.text)]]
        for child in element:
            if child.tag in BLOCKS:
                rows += [[self.one(child)], []]
            else:
                rows[-1].append(self.one(child))
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
        is_document = element.tag == "h2" and "guide-document" in element.get("class", "")
        name = f"#heading(level: {level})[{self.words(element).strip()}]{_label(element)}"
        if element.tag == "h1" and (address := self.links.addresses.get(self.page.chapter.anchor)):
            name += f"\n#address({_string(address)}, [{_text(address)}])"
        return f"#pagebreak(weak: true)\n{name}" if is_document else name  # a document begins on a sheet of its own

    def paragraph(self, element: etree._Element) -> str:
        if set(element.get("class", "").split()) - PLAIN:
            raise self.unknown(element)
        return f"{_place(element)}{self.words(element).strip()}"

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
        return f"#{name}(tight: {str(not is_loose).lower()}, {options}){items}"

    def item(self, element: etree._Element) -> str:
        if element.tag != "li":
            raise self.unknown(element)
        if "task-list-item" in element.get("class", "").split():
            self._take_box(element)
        return _place(element) + self.flow(element)

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
        return f"#sheet({size}pt, ({widths}), ({head}),{body})"

    def row(self, cells: list) -> str:
        is_kept = max(len(cell.text_content()) for cell in cells) <= KEPT_ROW
        form = "whole[{}]," if is_kept else "[{}],"
        return "".join(form.format(self.flow(cell)) for cell in cells)

    # ------------------------------------------------------------ Inside a line

    def link(self, element: etree._Element) -> str:
        words = self.words(element)
        if element.get("class") == "footnote-ref":
            raise self.unknown(element)
        target = self.links.target(element)
        return f"{_place(element)}#link({target})[{words}]" if target else words

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

    def span(self, element: etree._Element) -> str:
        kind, words = element.get("class", ""), self.words(element)
        if kind == "guide-blank":
            return f"#blank({'100% - 4pt' if self.is_narrow else _blank_width(element)}, [{words}])"
        if kind == "guide-choice":
            return f"#choice[{words}]"
        if kind not in ("", "guide-number"):
            raise self.unknown(element)
        language = element.get("lang")
        place = _place(element)
        return f"{place}#text(lang: {_string(language)})[{words}]" if language else f"{place}{words}"

    def code(self, element: etree._Element) -> str:
        return f"#raw({_string(element.text_content())})"


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
    """Return an SVG that stands alone, with the colours of guide.css, and its title."""
    root = etree.fromstring(source)
    colours.paint(root)
    root.set("font-family", "Golos Text")
    return etree.tostring(root, encoding="unicode"), next(root.iter("{*}title")).text


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


def _place(element: etree._Element) -> str:
    """Return a place that links can lead to, where the element begins."""
    return f"#metadata(none){_label(element)}" if element.get("id") else ""
