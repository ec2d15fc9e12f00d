"""The whole guide of one language as one HTML file: no network, no scripts; overrides/book.html holds the look."""

import base64
from collections.abc import Mapping

import jinja2

from guide.book import Book
from guide.model import ROOT

TEMPLATES = ROOT / "overrides"


def write(book: Book, words: Mapping[str, str], lines: tuple[str, ...], address: str = "") -> bytes:
    """Return the page. `words` has `parts`; `lines` stand under the title; `address` is that of the site, or ""."""
    templates = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True)
    page = templates.get_template("book.html")
    return page.render(book=book, words=words, lines=lines, address=address, data_uri=_data_uri).encode()


def _data_uri(path: str) -> str:
    """Return a font of the site as a data: address, so that the file stands alone."""
    return "data:font/woff2;base64," + base64.b64encode((TEMPLATES / path).read_bytes()).decode("ascii")
