"""The book of one language as EPUB 3.

Straight from our chapters with lxml, not by pandoc. Pandoc 3.9 was tried on the Kazakh book: notes became lists, boxes
stayed form inputs, 927 links led nowhere, the drawings could not be read, and its own words have no Kazakh. Our
chapters are nearly XHTML, so what is left to do is small: guide.writers.xhtml. The fonts are embedded as TrueType: the
fonts of many plain readers lack Ә Ғ Қ Ң Ө Ұ Ү Һ, and such readers know no WOFF2.
"""

import io
import re
import uuid
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from urllib.parse import urljoin

from guide.book import Book
from guide.writers import archive, cover, fonts, xhtml
from guide.writers.edition import Edition

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
FAMILY = uuid.UUID("5f0c8a52-6d0e-4b39-9d7c-7a1a7ee4b7d1")  # the guide: every edition's identifier comes from it
WEIGHTS = (400, 700)
HERE = Path(__file__).parent
STYLES = {"book.css": HERE / "epub.css", "phone.css": HERE / "epub-phone.css"}  # the second may be refused
FONT_LICENCE = fonts.FOLDER / "golos-text-OFL.txt"
IN_CONTENTS = 2  # headings of this level and above stand in the contents
ACCESS = [
    *(("accessMode", each) for each in ("textual", "visual")),
    *(("accessModeSufficient", each) for each in ("textual", "textual,visual")),
    *(
        ("accessibilityFeature", each)
        for each in (
            "tableOfContents readingOrder structuralNavigation alternativeText ARIA displayTransformability".split()
        )
    ),
    ("accessibilityHazard", "none"),
]


@dataclass(frozen=True)
class Point:
    """An entry of the contents."""

    title: str
    address: str
    points: tuple["Point", ...] = ()


@dataclass(frozen=True)
class Item:
    """A file of the EPUB, as its manifest lists it."""

    path: str
    kind: str  # media type
    data: bytes
    properties: str = ""
    in_order: bool = False  # the reader turns pages through it


def write(book: Book, words: Mapping[str, Mapping[str, str]], edition: Edition) -> bytes:
    """Return the EPUB of a book. `words` are the interface's, {key: {language: text}}.

    The same input gives the same bytes. Raises GuideError naming the page that holds what an EPUB cannot.
    """
    own = {key: word[book.language] for key, word in words.items()}
    books = urljoin(edition.site, "downloads/") if edition.site else ""
    files = xhtml.files(book, own["epub_back"], books)
    points = contents(files)
    items = [
        _page("cover.xhtml", book, _cover(book), own["epub_cover"], "cover"),
        _page("title.xhtml", book, _title(book, own, edition), book.title, "frontmatter"),
        _page("nav.xhtml", book, _nav(points, own, files), own["epub_contents"], "frontmatter", "nav"),
        *(_chapter(file, book) for file in files),
        Item("toc.ncx", "application/x-dtbncx+xml", _ncx(points, book, edition).encode()),
        Item("cover.png", "image/png", cover.png(book.title, edition.lines[:1]), "cover-image"),
        *(Item(name, "text/css", path.read_bytes()) for name, path in STYLES.items()),
        *(Item(f"fonts/golos-text-{each}.ttf", "font/ttf", fonts.truetype("golos-text", each)) for each in WEIGHTS),
        Item(f"fonts/{FONT_LICENCE.name}", "text/plain", FONT_LICENCE.read_bytes()),
    ]
    return _zip(items, _package(items, book, own, edition))


def identifier(language: str, edition: Edition) -> str:
    """Return what names the book of one language in one edition, whenever and wherever it is built."""
    return uuid.uuid5(FAMILY, f"{language}/{edition.name}").urn


def contents(files: Iterable[xhtml.File]) -> tuple[Point, ...]:
    """Return the contents: parts, chapters below them, and the sections of each chapter."""
    parts: list[tuple[str, str, list[Point]]] = []
    top: list[Point] = []
    for file in files:
        if file.part:
            parts.append((file.part, f"text/{file.name}", []))
        (parts[-1][2] if parts else top).append(_point(file))
    return (*top, *(Point(title, address, tuple(points)) for title, address, points in parts))


def _point(file: xhtml.File) -> Point:
    """Return the entry of a chapter: its first heading is its own, the others are those of its sections."""
    address = f"text/{file.name}"
    sections = (each for each in file.headings[1:] if each.level <= IN_CONTENTS)
    return Point(file.title, address, tuple(Point(each.text, f"{address}#{each.anchor}") for each in sections))


# ------------------------------------------------------------ Pages


def _page(path: str, book: Book, body: str, title: str, kind: str, properties: str = "") -> Item:
    above = "../" * path.count("/")
    links = "".join(f'<link rel="stylesheet" type="text/css" href="{above}{name}"/>\n' for name in STYLES)
    language = book.language
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="{xhtml.XHTML}" xmlns:epub="{xhtml.OPS}" lang="{language}" xml:lang="{language}">\n'
        f'<head>\n<meta charset="utf-8"/>\n<title>{escape(title)}</title>\n{links}</head>\n'
        f'<body epub:type="{kind}">\n{body}\n</body>\n</html>\n'
    )
    return Item(path, "application/xhtml+xml", text.encode(), properties, in_order=True)


def _chapter(file: xhtml.File, book: Book) -> Item:
    properties = "svg" if file.has_drawing else ""
    return _page(f"text/{file.name}", book, file.body.decode(), file.title, "bodymatter", properties)


def _cover(book: Book) -> str:
    return f'<div class="cover"><img src="cover.png" alt="{escape(book.title)}" role="doc-cover"/></div>'


def _title(book: Book, own: Mapping[str, str], edition: Edition) -> str:
    # The licence stands below, with a link to its text.
    under = "".join(f"<p>{escape(line)}</p>" for line in edition.lines if line != own["book_licence"])
    check = f"<p>{escape(own['paper_my_copy'])} {_link(edition.my_copy)}</p>" if edition.my_copy else ""
    address = f"<p>{_link(edition.site)}</p>" if edition.site else ""
    return (
        f'<section epub:type="titlepage"><p class="part">{escape(book.title)}</p>{under}{check}{address}'
        f"<p>{own['licence']}</p></section>"
    )


def _link(address: str) -> str:
    return f'<a href="{escape(address)}">{escape(address)}</a>'


def _nav(points: tuple[Point, ...], own: Mapping[str, str], files: tuple[xhtml.File, ...]) -> str:
    places = [("cover", "cover.xhtml", "epub_cover"), ("toc", "nav.xhtml", "epub_contents")]
    places.append(("bodymatter", f"text/{files[0].name}", "epub_begin"))
    marks = (f'<li><a epub:type="{kind}" href="{path}">{escape(own[key])}</a></li>' for kind, path, key in places)
    return (
        f'<nav epub:type="toc" role="doc-toc" id="toc">\n'
        f"<h1>{escape(own['epub_contents'])}</h1>\n{_list(points)}</nav>\n"
        f'<nav epub:type="landmarks" hidden="hidden">\n'
        f"<h2>{escape(own['epub_places'])}</h2>\n<ol>{''.join(marks)}</ol>\n</nav>"
    )


def _list(points: tuple[Point, ...]) -> str:
    """Return the contents as nested lists, "" for none."""
    items = (f'<li><a href="{each.address}">{escape(each.title)}</a>{_list(each.points)}</li>\n' for each in points)
    return f"<ol>\n{''.join(items)}</ol>\n" if points else ""


def _ncx(points: tuple[Point, ...], book: Book, edition: Edition) -> str:
    """Return the contents once more, for readers that know EPUB 2 alone."""
    numbers = iter(range(1, 1_000_000))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="{book.language}">\n'
        f'<head><meta name="dtb:uid" content="{identifier(book.language, edition)}"/></head>\n'
        f"<docTitle><text>{escape(book.title)}</text></docTitle>\n"
        f"<navMap>\n{''.join(_ncx_points(points, numbers))}</navMap>\n</ncx>\n"
    )


def _ncx_points(points: tuple[Point, ...], numbers: Iterator[int]) -> Iterator[str]:
    for each in points:
        yield f'<navPoint id="p{next(numbers)}"><navLabel><text>{escape(each.title)}</text></navLabel>'
        yield f'<content src="{each.address}"/>'
        yield from _ncx_points(each.points, numbers)
        yield "</navPoint>\n"


# ------------------------------------------------------------ The package


def _package(items: list[Item], book: Book, own: Mapping[str, str], edition: Edition) -> bytes:
    names = {item.path: re.sub(r"[^\w-]", "-", f"i-{item.path}") for item in items}
    manifest = "".join(_listed(item, names[item.path]) for item in items)
    spine = "".join(f'<itemref idref="{names[item.path]}"/>\n' for item in items if item.in_order)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" '
        f'xml:lang="{book.language}">\n'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n{_metadata(book, own, edition)}'
        f'<meta name="cover" content="{names["cover.png"]}"/>\n</metadata>\n'
        f'<manifest>\n{manifest}</manifest>\n<spine toc="{names["toc.ncx"]}">\n{spine}</spine>\n</package>\n'
    ).encode()


def _metadata(book: Book, own: Mapping[str, str], edition: Edition) -> str:
    licence = " ".join(unescape(re.sub(r"<[^>]+>", "", own["licence"])).split())
    access = [*ACCESS, ("accessibilitySummary", own["epub_summary"])]
    return "".join(
        [
            f'<dc:identifier id="id">{identifier(book.language, edition)}</dc:identifier>\n',
            f"<dc:title>{escape(book.title)}</dc:title>\n",
            f"<dc:language>{book.language}</dc:language>\n",
            f"<dc:date>{edition.day:%Y-%m-%d}</dc:date>\n",
            f"<dc:rights>{escape(licence)}</dc:rights>\n",
            f"<dc:source>{escape(edition.site)}</dc:source>\n" if edition.site else "",
            f'<meta property="dcterms:modified">{edition.day:%Y-%m-%d}T00:00:00Z</meta>\n',
            f'<meta property="dcterms:license">{LICENCE}</meta>\n',
            *(f'<meta property="schema:{name}">{escape(value)}</meta>\n' for name, value in access),
        ]
    )


def _listed(item: Item, name: str) -> str:
    properties = f' properties="{item.properties}"' if item.properties else ""
    return f'<item id="{name}" href="{item.path}" media-type="{item.kind}"{properties}/>\n'


def _zip(items: list[Item], package: bytes) -> bytes:
    container = (
        b'<?xml version="1.0" encoding="utf-8"?>\n'
        b'<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        b'<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>'
        b"</rootfiles></container>\n"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        archive.add(zipped, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)  # first, and as it is
        archive.add(zipped, "META-INF/container.xml", container)
        archive.add(zipped, "EPUB/package.opf", package)
        for item in items:
            archive.add(zipped, f"EPUB/{item.path}", item.data)
    return out.getvalue()
