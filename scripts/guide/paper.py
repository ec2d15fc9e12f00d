"""A document of the toolkit, taken apart for its writers: blocks of words, blanks and boxes, in the order of the page.

The page is rendered with the site's own Markdown, so that the paper says what the web page says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import html
from markdown import Markdown
from mkdocs.utils.meta import get_data

from guide.clauses import DOCUMENT
from guide.documents import Documents
from guide.markdown import with_notes_in_order
from guide.model import Guide, GuideError, Page

NOTES = ("how-to-fill-in", "legal-basis")  # the sections that go with the document, apart from its own text


@dataclass(frozen=True)
class Run:
    """A stretch of words of one look, or a blank."""

    text: str
    bold: bool = False
    italic: bool = False
    kind: str = ""  # blank, choice


Words = tuple[Run, ...]


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, item or table. `kind`: heading, paragraph, clause (numbered), item, number, box, table."""

    kind: str
    words: Words = ()
    level: int = 0  # how deep an item is nested
    rows: tuple[tuple[Words, ...], ...] = ()  # of a table; the first holds the titles of the columns
    first: bool = False  # a numbered list begins here


@dataclass(frozen=True)
class Paper:
    """What stands on the paper, and the notes that go with it."""

    language: str
    slug: str
    kind: str
    title: str
    anchors: tuple[str, ...]  # of its clauses
    blocks: tuple[Block, ...]
    notes: tuple[Block, ...]

    @property
    def name(self) -> str:
        """Return the name of its files, without language and ending: volunteer-agreement."""
        return self.slug.rpartition("/")[2].removesuffix(".md")


def read(guide: Guide, language: str, slug: str, extensions: list, configs: Mapping) -> Paper:
    """Return the document of a page. Raises GuideError for a page that holds something a paper cannot.

    `extensions` and `configs` are Python-Markdown's, as MkDocs holds them.
    """
    page = guide.pages[language, slug]
    text, _ = get_data(page.text)
    named = [each for each in extensions if isinstance(each, str)]
    markdown = Markdown(extensions=[*named, Documents()], extension_configs={**configs, "toc": {"permalink": False}})
    root = html.fromstring(f"<div>{markdown.convert(with_notes_in_order(text))}</div>")
    _write_out_footnotes(root)
    parts = dict(_parts(root))
    if DOCUMENT not in parts:
        raise GuideError(f"{page.path}:1: the page has no section #document; put the document under that heading")
    heading, *body = parts[DOCUMENT]
    notes = [
        block for name in NOTES for element in parts.get(name, []) for block in _blocks(element, page, is_note=True)
    ]
    return Paper(
        language,
        slug,
        page.meta["document"],
        heading.text_content().strip(),
        tuple(element.get("id", "") for element in body if element.tag == "h3"),
        tuple(block for element in body for block in _blocks(element, page)),
        tuple(notes),
    )


def _write_out_footnotes(root: html.HtmlElement) -> None:
    """Put the words of each footnote, in brackets, in the place of its mark: paper of this kind has no footnotes."""
    for back in root.find_class("footnote-backref"):
        back.drop_tree()
    for mark in root.xpath("//sup[starts-with(@id, 'fnref')]"):
        note = root.get_element_by_id(mark[0].get("href").removeprefix("#")).text_content()
        for child in list(mark):
            mark.remove(child)
        mark.text = f" ({' '.join(note.split()).rstrip('.')}){_take_stop(mark)}"
        mark.drop_tag()


def _take_stop(mark: html.HtmlElement) -> str:
    """Return the stop that stands before the mark of a footnote, and take it from there: it belongs behind the note."""
    before = mark.getprevious()
    text = mark.getparent().text if before is None else before.tail
    if not text or text[-1] not in ".,;:":
        return ""
    if before is None:
        mark.getparent().text = text[:-1]
    else:
        before.tail = text[:-1]
    return text[-1]


def _parts(root: html.HtmlElement) -> Iterator[tuple[str, list]]:
    """Yield (anchor, its heading and what stands below it) of the sections of a page."""
    part: list = []
    for element in root:
        if element.tag in ("h1", "h2"):
            if part:
                yield part[0].get("id", ""), part
            part = [element]
        elif part:
            part.append(element)
    if part:
        yield part[0].get("id", ""), part


def _blocks(element: html.HtmlElement, page: Page, is_note: bool = False) -> Iterator[Block]:
    tag = element.tag
    if tag in ("h2", "h3"):
        yield Block("heading", _words(element), level=int(tag[1]))
    elif tag == "p":
        yield Block("paragraph", _words(element))
    elif tag in ("ul", "ol"):
        yield from _list(element, page, 0, is_note)
    elif tag == "table":
        rows = tuple(tuple(_words(cell) for cell in row) for row in element.iter("tr"))
        yield Block("table", rows=rows)
    elif tag in ("blockquote", "div") and is_note:
        for inner in element:
            yield from _blocks(inner, page, is_note)
    else:
        anchor = next((each.get("id") for each in element.itersiblings(preceding=True) if each.get("id")), "")
        line = next((heading.line for heading in page.document.headings if heading.anchor == anchor), 1)
        raise GuideError(
            f"{page.path}:{line}: #{anchor}: a document holds headings, text, lists and tables, not <{tag}>"
        )


def _list(element: html.HtmlElement, page: Page, level: int, is_note: bool) -> Iterator[Block]:
    for place, item in enumerate(element):
        is_box = bool(item.xpath("./input | ./label/input | ./p/input | ./p/label/input"))
        kind = "box" if is_box else "number" if element.tag == "ol" else "item"
        inner = [each for each in item if each.tag in ("ul", "ol", "p", "table")]
        own = inner[0] if inner and inner[0].tag == "p" else item
        yield Block(kind, _words(own, skip=("ul", "ol", "table")), level, first=place == 0)
        for each in inner:
            if each.tag in ("ul", "ol"):
                yield from _list(each, page, level + 1, is_note)
            elif each is not own:
                yield from _blocks(each, page, is_note)


def _words(element: html.HtmlElement, skip: tuple[str, ...] = ()) -> Words:
    runs = [run for run in _runs(element, False, False, skip) if run.text]
    if runs and not runs[0].kind:
        runs[0] = Run(runs[0].text.lstrip(), runs[0].bold, runs[0].italic)
    if runs and not runs[-1].kind:
        runs[-1] = Run(runs[-1].text.rstrip(), runs[-1].bold, runs[-1].italic)
    return tuple(run for run in runs if run.text)


def _runs(element: html.HtmlElement, bold: bool, italic: bool, skip: tuple[str, ...]) -> Iterator[Run]:
    yield Run(_line(element.text), bold, italic)
    for child in element:
        if child.tag in skip:
            pass
        elif (name := child.get("class", "")) in ("guide-blank", "guide-choice"):
            yield Run(child.text_content(), bold, italic, name.removeprefix("guide-"))
        elif child.tag == "br":
            yield Run("\n", bold, italic)
        else:
            yield from _runs(
                child, bold or child.tag in ("strong", "b", "th"), italic or child.tag in ("em", "i"), skip
            )
        yield Run(_line(child.tail), bold, italic)


def _line(text: str | None) -> str:
    """Return text with its line breaks as spaces."""
    return (text or "").replace("\n", " ")
