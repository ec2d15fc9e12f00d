"""The files that the site offers beside its pages: made anew when their text has changed, else taken from a cache."""

import hashlib
import multiprocessing
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache as cached
from pathlib import Path

from guide import book, clauses, documents, paper, site
from guide.model import Guide, GuideError, Language
from guide.writers import docx, epub, pdf

WORDS = ("paper_header", "paper_notes", "paper_source")  # of the interface
BOOK_CODE = [path.read_bytes() for path in sorted((Path(__file__).parent / "writers").glob("*.*")) if path.is_file()]
CODE = [Path(module.__file__).read_bytes() for module in (documents, paper, docx)]  # what else decides how files look


def write(guide: Guide, folder: Path, cache: Path, extensions: list, configs: Mapping, site_url: str, day: datetime):
    """Write the Word files of every document into a built site. Raises GuideError naming the page that cannot be.

    `extensions` and `configs` are Python-Markdown's, as MkDocs holds them; `day` is that of the edition. Files in the
    cache that nothing needs any more are deleted.
    """
    words = {key: guide.words["interface"][key] for key in WORDS}
    words["site_name"] = {language.code: language.site_name for language in guide.languages}
    used = set()
    for slug in clauses.slugs(guide):
        sources = {each.code: site_url + site.page_url(each, slug) for each in guide.languages}
        for codes, path in clauses.files(guide, slug).items():
            texts = [guide.pages[code, slug].text for code in codes]
            key = hashlib.sha256(repr((texts, codes, words, sources, day, CODE)).encode()).hexdigest()
            kept = cache / f"{key}.docx"
            if not kept.exists():
                papers = [paper.read(guide, code, slug, extensions, configs) for code in codes]
                _keep(kept, _docx(papers, words, sources, day))
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(kept, folder / path)
            used.add(kept)
    for old in set(cache.glob("*.docx")) - used:
        old.unlink()


FORMATS = ("pdf", "epub")


def write_books(guide: Guide, books: Mapping[str, book.Book], folder: Path, cache: Path, site_url: str, day: datetime):
    """Write the whole guide in each language as PDF and as EPUB into a built site. Raises GuideError.

    `books` is {language: the bound guide}. A language takes a process of its own.
    """
    jobs = [(guide, books[each.code], each, kind, cache, site_url, day) for kind in FORMATS for each in guide.languages]
    with multiprocessing.get_context("fork").Pool() as pool:
        for (_, _, language, kind, *_), kept in zip(jobs, pool.starmap(_book, jobs, 1), strict=True):
            shutil.copyfile(kept, folder / language.book(kind))


def _book(guide: Guide, bound: book.Book, language: Language, kind: str, cache: Path, site_url: str, day: datetime):
    """Return the file of a book, made unless the cache has it."""
    words = guide.words["interface"]
    lines = tuple(_lines(guide, language.code, day))
    key = hashlib.sha256(repr((bound, words, lines, site_url, day, kind, BOOK_CODE)).encode()).hexdigest()
    kept = cache / f"{key}.{kind}"
    if not kept.exists():
        if kind == "pdf":
            addresses = {book.anchor(slug): site_url + site.page_url(language, slug) for slug in guide.slugs}
            edition = pdf.Edition(day, lines, addresses)
            _keep(kept, pdf.write(bound, {"contents": words["epub_contents"][language.code]}, edition))
        else:
            _keep(kept, epub.write(bound, words, epub.Edition(f"{day:%Y-%m-%d}", day.date(), site_url)))
    return kept


def _lines(guide: Guide, code: str, day: datetime) -> Iterator[str]:
    """Yield what a cover says: edition and commit, the state of the law, the licence."""
    words = guide.words["interface"]
    commit = f" · {_commit(guide.root)}" if guide.root and _commit(guide.root) else ""
    yield words["book_edition"][code].format(site.long_date(day.date(), code)) + commit
    yield words["book_law"][code].format(site.long_date(guide.words["acts"]["volunteer-law"]["version"], code))
    yield words["book_licence"][code]


@cached
def _commit(root: Path) -> str:
    """Return the short name of the commit that the guide was built from; "" outside of a repository."""
    found = subprocess.run(["git", "-C", root, "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return found.stdout.strip() if found.returncode == 0 else ""


def _docx(papers: list[paper.Paper], words: Mapping, sources: Mapping, day: datetime) -> bytes:
    try:
        return docx.write(papers, words, sources, day)
    except ValueError as error:
        raise GuideError(str(error)) from None


def _keep(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: two builds may share a cache."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_bytes(data)
    new.replace(path)
