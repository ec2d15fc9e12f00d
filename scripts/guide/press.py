"""How the files to download are made: on all cores, and anew only when what they are made of has changed.

A file's key is a hash of all that it is made of, the code of its writer included; the cache keeps it under that key. A
second hash, over everything that a build reads, answers at once when nothing at all has changed.
"""

import hashlib
import json
import multiprocessing
import os
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import time as clock
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path

from mkdocs.utils import get_build_datetime

from guide import book, downloads, editions, offline, paper, site
from guide.downloads import File, Made
from guide.kept import keep
from guide.model import Guide, GuideError
from guide.writers import archive, docx, epub, fonts, pdf, webpage
from guide.writers.edition import Edition

READ = ("docs", "ledger", "overrides", "scripts", "mkdocs.yml", "editions.yml", "requirements.txt")  # by a build
CODE = Path(__file__).parent  # of which every file is made
MY_COPY = "reference/my-copy.md"  # the page that says whether a copy is the newest
KEPT_DAYS = 14  # a file that nothing has asked for leaves the cache
SLOWEST_FIRST = ("pdf", "epub", "html", "docx")  # so that no core waits for the last file

Tell = Callable[[int, int, Made], None]  # how many files are made, of how many, and the newest


@dataclass(frozen=True)
class Press:
    """What all files are made from. `extensions` and `configs` are Python-Markdown's, as MkDocs holds them."""

    guide: Guide
    extensions: tuple[str, ...]
    configs: Mapping
    copy: editions.Copy
    editions: Mapping[str, Edition]  # {language: what a file in it says of itself}
    site_url: str = ""  # "" when the site has no address of its own

    @property
    def words(self) -> Mapping[str, Mapping[str, str]]:
        return self.guide.words["interface"]

    def own_words(self, code: str) -> dict[str, str]:
        """Return the interface's words of one language."""
        return {key: words[code] for key, words in self.words.items()}

    def addresses(self, slug: str) -> dict[str, str]:
        """Return {language: address of a page}; "" when the site has none."""
        return {each.code: self.site_url and self.site_url + site.page_url(each, slug) for each in self.guide.languages}

    @property
    def manifest_edition(self) -> dict:
        """Return what the manifest says of the edition: the state of the text, and of the law in it."""
        law, day = self.guide.words["acts"]["volunteer-law"]["version"], next(iter(self.editions.values())).day
        own = {"name": self.copy.name, "changed": self.copy.changed, "code": self.copy.code, "commit": self.copy.commit}
        return {**own, "date": f"{day:%Y-%m-%d}", "law": f"{law}"}

    @cached_property
    def state(self) -> str:
        """Return a hash of everything that a build reads, and of its settings: the same, and no file has changed."""
        places = [self.guide.root / name for name in READ]
        paths = [path for place in places for path in ([place] if place.is_file() else sorted(place.rglob("*")))]
        settings = self.copy, self.editions, self.site_url, os.environ.get("EDIT_URI", "")
        return hashlib.sha256(repr((_hash_of(paths, self.guide.root), settings)).encode()).hexdigest()

    def manifest(self, found: Iterable[Made]) -> str:
        """Return what is offered, as JSON: the edition, and every file with its size in bytes, pages and SHA-256."""
        offered = {"edition": self.manifest_edition, "files": [each.entry for each in found]}
        return json.dumps(offered, ensure_ascii=False, indent=1)


def of(guide: Guide, extensions: tuple[str, ...], configs: Mapping, site_url: str) -> Press:
    """Return what files are made from. `site_url` is "" when the site has no address of its own."""
    copy, found = editions.copy(guide), {}
    day = datetime.combine(copy.day or get_build_datetime().date(), clock.min, UTC)
    for language in guide.languages:
        addresses = (
            {book.anchor(slug): site_url + site.page_url(language, slug) for slug in guide.slugs} if site_url else {}
        )
        my_copy = f"{site_url}{site.page_url(language, MY_COPY)}?copy={copy.code}" if site_url and copy.code else ""
        name = editions.label(copy, guide.words["interface"], language.code)
        lines = tuple(_lines(guide, language.code, name, copy, day))
        found[language.code] = Edition(day, lines, addresses, my_copy, copy.code, name, site_url)
    return Press(guide, extensions, configs, copy, found, site_url)


def _lines(guide: Guide, code: str, name: str, copy: editions.Copy, day: datetime) -> Iterator[str]:
    """Yield what a cover says: the edition with its code, the day, the state of the law, the licence."""
    words = guide.words["interface"]
    if name or copy.code:
        yield " · ".join(filter(None, (name[:1].upper() + name[1:], copy.code)))
    if not (copy.changed and copy.day):  # whose name says the day
        yield words["book_day"][code].format(site.long_date(day.date(), code))
    yield words["book_law"][code].format(site.long_date(guide.words["acts"]["volunteer-law"]["version"], code))
    yield words["book_licence"][code]


# ---------------------------------------------------------------- Having


def get(press: Press, folder: Path, wanted: Iterable[File], tell: Tell | None = None) -> list[Made]:
    """Return the wanted files: at once when nothing that a build reads has changed, else made. Raises GuideError.

    `folder` is that of the cache; `tell` hears of each file as it is made.
    """
    files, name = list(wanted), press.state
    found = recall(folder, name, files)
    if found is None:
        found = _make(press, folder, files, tell)
        _remember(folder, name, found)
    return found


def get_copies(press: Press, folder: Path, built: Path, site_url: str) -> list[Made]:
    """Return the copies of a built site to carry away; `site_url` is the address that its pages have of themselves.

    Raises GuideError for a page that leads nowhere in a copy.
    """
    name, files = press.state, downloads.copies(press.guide)
    found = recall(folder, name, files)
    if found is None:
        kept = {file: folder / f"{name}-{file.languages[0]}.zip" for file in files}
        names = {code: edition.lines[0] for code, edition in press.editions.items()}
        checks = {code: edition.my_copy for code, edition in press.editions.items()}
        edition = offline.Edition(site_url, names, checks)
        copy = offline.files(built, press.guide, edition)
        for file, path in kept.items():
            keep(path, offline.write(copy, press.guide, file.languages[0], edition))
        found = [downloads.measured(file, path) for file, path in kept.items()]
        _remember(folder, name, found)
    return found


def recall(folder: Path, name: str, wanted: Iterable[File]) -> list[Made] | None:
    """Return the wanted files as a build of the same state has made them; None when one of them is missing."""
    known, found = _known(folder, name), []
    for file in wanted:
        entry = known.get(file.path)
        if not entry or not (folder / entry["kept"]).exists():
            return None
        found.append(Made(file, folder / entry["kept"], entry["bytes"], entry["pages"], entry["sha256"]))
    for each in found:
        os.utime(each.kept)
    return found


def _known(folder: Path, name: str) -> dict:
    path = folder / f"{name}.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def _remember(folder: Path, name: str, found: Iterable[Made]) -> None:
    """Keep what a build has made, for `recall`; let go of what nothing has asked for in two weeks."""
    known = _known(folder, name)
    for each in found:
        entry = {"kept": each.kept.name, "bytes": each.bytes, "pages": each.pages, "sha256": each.sha256}
        known[each.file.path] = entry
    keep(folder / f"{name}.json", json.dumps(known).encode())
    for old in folder.iterdir():
        if time.time() - old.stat().st_mtime > KEPT_DAYS * 86400:
            old.unlink()


# ---------------------------------------------------------------- Making


def _make(press: Press, folder: Path, files: list[File], tell: Tell | None) -> list[Made]:
    zips = {file: downloads.inside(press.guide, file) for file in files if file.kind == "documents"}
    needed = list(dict.fromkeys([*(each for inside in zips.values() for each in inside), *files]))
    found: dict[File, Made] = {}

    def note(file: File) -> None:
        found[file] = downloads.measured(file, kept[file])
        if tell:
            tell(len(found), len(missing), found[file])

    fonts.folder()  # once, before every process would make them
    # A process for each job: Typst keeps what it has set, and three books would take 3 GB.
    with multiprocessing.Pool(initializer=_take, initargs=(press,), maxtasksperchild=1) as pool:
        codes = list(dict.fromkeys(file.languages[0] for file in needed if file.is_bound))
        books = dict(zip(codes, pool.imap(_bound, codes), strict=True))
        kept = {file: folder / f"{_key(press, file, books)}.{file.format}" for file in needed}
        missing = [file for file in needed if not kept[file].exists()]
        jobs = list(_jobs([file for file in missing if file not in zips], books, kept))
        for written in pool.imap_unordered(_write, jobs):
            for file in written:
                note(file)
    for file in (each for each in missing if each in zips):
        keep(kept[file], _zip(zips[file], kept))
        note(file)
    for path in kept.values():
        os.utime(path)
    return [found.get(file) or downloads.measured(file, kept[file]) for file in files]


def _jobs(files: list[File], books: Mapping[str, book.Book], kept: Mapping[File, Path]) -> Iterator[tuple]:
    """Yield what a process does at a time: one file of a book, or the files of one document, which share its papers."""
    for file in sorted(files, key=lambda file: (SLOWEST_FIRST.index(file.format), file.kind != "guide")):
        if file.is_bound:
            yield ((file, kept[file]),), books[file.languages[0]]
    for slug in dict.fromkeys(file.subject for file in files if file.kind == "document"):
        yield tuple((file, kept[file]) for file in files if file.kind == "document" and file.subject == slug), None


def _zip(files: Iterable[File], kept: Mapping[File, Path]) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as zipped:
        for file in files:
            archive.add(zipped, file.name, kept[file].read_bytes(), zipfile.ZIP_STORED)
    return data.getvalue()


def _key(press: Press, file: File, books: Mapping[str, book.Book]) -> str:
    """Return a hash of all that a file is made of."""
    if file.kind == "documents":
        made_of = [_key(press, each, books) for each in downloads.inside(press.guide, file)]
    elif file.kind == "document":
        texts = [press.guide.pages[code, file.subject].text for code in file.languages]
        made_of = [texts, [press.own_words(code) for code in file.languages], press.addresses(file.subject)]
    else:
        bound = books[file.languages[0]]
        chapters = bound.chapters
        if file.subject:
            chapters = book.parts(bound)[downloads.part_name(press.guide, bound.language, file.subject)]
        made_of = [chapters, [each.anchor for each in bound.chapters], press.own_words(bound.language), press.site_url]
    said = [press.editions[code] for code in file.languages]
    return hashlib.sha256(repr((file, made_of, said, _code())).encode()).hexdigest()


@cache
def _code() -> str:
    """Return a hash of the code and the look that files are made with."""
    folders = CODE, webpage.TEMPLATES
    return _hash_of(sorted(path for folder in folders for path in folder.rglob("*")), CODE.parents[1])


def _hash_of(paths: Iterable[Path], root: Path) -> str:
    found = hashlib.sha256()
    for path in paths:
        if path.is_file() and path.suffix != ".pyc":
            name = path.relative_to(root).as_posix()
            found.update(f"{name}:{path.stat().st_size}:".encode() + path.read_bytes())
    return found.hexdigest()


# ---------------------------------------------------------------- In a process of the pool

_press: Press


def _take(press: Press) -> None:
    global _press
    _press = press


def _bound(code: str) -> book.Book:
    return book.bind(_press.guide, code, list(_press.extensions), _press.configs)


def _write(job: tuple[tuple[tuple[File, Path], ...], book.Book | None]) -> list[File]:
    files, bound = job
    for file, kept in files:
        keep(kept, _document(file) if bound is None else _of_book(file, bound))
    return [file for file, _ in files]


def _document(file: File) -> bytes:
    papers = [_paper(code, file.subject) for code in file.languages]
    words = {key: _press.words[key] for key in docx.WORDS}
    words["site_name"] = {language.code: language.site_name for language in _press.guide.languages}
    copies = {code: edition.my_copy for code, edition in _press.editions.items()}
    label = " · ".join(filter(None, (_press.copy.name, _press.copy.code)))
    try:
        day = _press.editions[file.languages[0]].day
        return docx.write(papers, words, _press.addresses(file.subject), day, label, copies)
    except ValueError as error:
        raise GuideError(str(error)) from None


@cache
def _paper(code: str, slug: str) -> paper.Paper:
    return paper.read(_press.guide, code, slug, list(_press.extensions), _press.configs)


def _of_book(file: File, bound: book.Book) -> bytes:
    code = bound.language
    edition, words = _press.editions[code], _press.own_words(code)
    if file.format == "html":
        address = _press.site_url and _press.site_url + _press.guide.language(code).url
        return webpage.write(bound, words, edition.lines, address)
    if file.format == "epub":
        return epub.write(bound, _press.words, edition)
    if file.kind == "checklists":
        return pdf.write_checklists(bound, words, edition)
    part = downloads.part_name(_press.guide, code, file.subject) if file.subject else ""
    return pdf.write(bound, words, edition, part)
