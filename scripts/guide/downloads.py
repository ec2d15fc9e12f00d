"""The files that the site offers beside its pages: made anew when their text has changed, else taken from a cache."""

import hashlib
import multiprocessing
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from guide import book, clauses, documents, paper, site
from guide.kept import keep
from guide.model import Guide, GuideError
from guide.writers import docx, epub, pdf

FORMATS = ("pdf", "epub")  # of the whole guide
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
                keep(kept, _docx(papers, words, sources, day))
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(kept, folder / path)
            used.add(kept)
    for old in set(cache.glob("*.docx")) - used:
        old.unlink()


def write_books(guide: Guide, books: Mapping[str, book.Book], folder: Path, cache: Path, site_url: str, day: datetime):
    """Write the whole guide in each language as PDF and as EPUB into a built site. Raises GuideError.

    `books` is {language: the bound guide}. Each file takes a process of its own.
    """
    words, commit, jobs = guide.words["interface"], _commit(guide.root), []
    for kind in FORMATS:
        for each in guide.languages:
            lines = tuple(_lines(guide, each.code, day, commit))
            addresses = {book.anchor(slug): site_url + site.page_url(each, slug) for slug in guide.slugs}
            jobs.append((books[each.code], kind, words, lines, addresses, cache, site_url, day))
    with multiprocessing.get_context("fork").Pool() as pool:
        for (bound, kind, *_), kept in zip(jobs, pool.starmap(_book, jobs, 1), strict=True):
            shutil.copyfile(kept, folder / guide.language(bound.language).book(kind))


def _book(
    bound: book.Book,
    kind: str,
    words: Mapping,
    lines: tuple,
    addresses: Mapping,
    cache: Path,
    site_url: str,
    day: datetime,
) -> Path:
    """Return the file of a book, made unless the cache has it."""
    key = hashlib.sha256(repr((bound, words, lines, site_url, day, kind, BOOK_CODE)).encode()).hexdigest()
    kept = cache / f"{key}.{kind}"
    if kept.exists():
        return kept
    if kind == "pdf":
        own = {"contents": words["epub_contents"][bound.language]}
        keep(kept, pdf.write(bound, own, pdf.Edition(day, lines, addresses)))
    else:
        keep(kept, epub.write(bound, words, epub.Edition(f"{day:%Y-%m-%d}", day.date(), site_url)))
    return kept


def _lines(guide: Guide, code: str, day: datetime, commit: str) -> Iterator[str]:
    """Yield what a cover says: edition and commit, the state of the law, the licence."""
    words = guide.words["interface"]
    yield words["book_edition"][code].format(site.long_date(day.date(), code)) + (f" · {commit}" if commit else "")
    yield words["book_law"][code].format(site.long_date(guide.words["acts"]["volunteer-law"]["version"], code))
    yield words["book_licence"][code]


def _commit(root: Path) -> str:
    """Return the short name of the commit that the guide was built from; "" outside of a repository."""
    found = subprocess.run(["git", "-C", root, "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return found.stdout.strip() if found.returncode == 0 else ""


def _docx(papers: list[paper.Paper], words: Mapping, sources: Mapping, day: datetime) -> bytes:
    try:
        return docx.write(papers, words, sources, day)
    except ValueError as error:
        raise GuideError(str(error)) from None
