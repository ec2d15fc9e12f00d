"""Files to download: how tests make them, as a person does, and what stands in them."""

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pypdfium2
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from guide.markdown import Section

COMMAND = (sys.executable, "scripts/downloads.py")
MARK = 5  # words: they stand in one line, so no foot of a page comes between them


def download(root: Path, folder: Path, *options: str, **environment: str) -> Path:
    """Make files to download of the guide in `root`, all unless options choose; return the folder with them."""
    command = [*COMMAND, "--out", folder, *options]
    done = subprocess.run(command, cwd=root, env=os.environ | environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def text_of(path: Path) -> str:
    """Return the words of a PDF, an EPUB or a Word file in the order in which they are read."""
    return READERS[path.suffix](path)


def _text_of_pdf(path: Path) -> str:
    # Not pypdf, which our other tests ask for bookmarks and tags: it takes twenty times as long for the words.
    with pypdfium2.PdfDocument(path) as file:
        return "\n".join(page.get_textpage().get_text_bounded() for page in file)


def _text_of_epub(path: Path) -> str:
    with zipfile.ZipFile(path) as file:
        package = etree.fromstring(file.read("EPUB/package.opf"))
        paths = {item.get("id"): item.get("href") for item in package.iter("{*}item")}
        pages = (file.read(f"EPUB/{paths[each.get('idref')]}") for each in package.iter("{*}itemref"))
        return "\n".join("".join(etree.fromstring(page).find("{*}body").itertext()) for page in pages)


def _text_of_docx(path: Path) -> str:
    body = Document(io.BytesIO(path.read_bytes())).element.body
    return "\n".join("".join(each.text or "" for each in part.iter(qn("w:t"))) for part in body)


READERS = {".pdf": _text_of_pdf, ".epub": _text_of_epub, ".docx": _text_of_docx}


def marks(sections: Iterable[Section], kinds: tuple[str, ...] = ("paragraph", "item", "cell")) -> Iterator[str]:
    """Yield the heading of each section, and how the first of its texts that is of these kinds begins."""
    for section in sections:
        yield section.title
        said = next((each.text for each in section.prose if each.kind in kinds), "")
        if said:
            yield " ".join(said.split()[:MARK])


def missing(wanted: Iterable[str], text: str) -> list[str]:
    """Return the marks that a text has not, or not behind the one before. Letters count, signs and digits do not."""
    said, place, lost = letters(text), 0, []
    for mark in wanted:
        found = said.find(letters(mark), place)
        if found < 0:
            lost.append(mark)
        else:
            place = found + len(letters(mark))
    return lost


def letters(text: str) -> str:
    """Return the letters of a text: what is left when lines are broken, words parted and notes numbered."""
    return "".join(filter(str.isalpha, text.casefold()))
