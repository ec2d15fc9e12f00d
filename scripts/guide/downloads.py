"""The files that the site offers beside its pages: which there are, what each is called, what is said of them."""

import hashlib
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from guide import clauses
from guide.model import Guide
from guide.writers import pdf

FOLDER = "downloads"  # below the site
MANIFEST = "manifest.json"  # in that folder: what is offered


@dataclass(frozen=True)
class File:
    """A file to download. `subject` is a part (`practices`) or the page of a document (`toolkit/budget.md`)."""

    path: str  # below the site
    kind: str  # guide, part, checklists, document, documents, offline
    languages: tuple[str, ...]
    subject: str = ""

    @property
    def format(self) -> str:
        return self.path.rpartition(".")[2]

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def is_bound(self) -> bool:
        """Return whether it is made from the pages of a language bound together."""
        return self.kind in ("guide", "part", "checklists")


@dataclass(frozen=True)
class Made:
    """A file that has been made and lies in a cache."""

    file: File
    kept: Path
    bytes: int
    pages: int | None  # of paper; None where a file has no pages of its own
    sha256: str

    @property
    def entry(self) -> dict:
        """Return what the manifest says of the file."""
        made = {"bytes": self.bytes, "pages": self.pages, "sha256": self.sha256}
        return {**asdict(self.file), "format": self.file.format, **made}


def measured(file: File, kept: Path) -> Made:
    """Return a file that has been made, with its size, pages and SHA-256."""
    data = kept.read_bytes()
    pages = pdf.pages(data) if file.format == "pdf" else None
    return Made(file, kept, len(data), pages, hashlib.sha256(data).hexdigest())


def plan(guide: Guide) -> list[File]:
    """Return every file that is made from the pages, in the order in which a reader looks for them."""
    codes = [language.code for language in guide.languages]
    found = [
        File(guide.language(code).book(form), "guide", (code,)) for form in ("pdf", "epub", "html") for code in codes
    ]
    for part in parts(guide):
        found += [File(f"{FOLDER}/volunteer-guide-{part}-{code}.pdf", "part", (code,), part) for code in codes]
    if any("\n- [ ] " in page.text for page in guide.pages.values()):
        found += [File(f"{FOLDER}/volunteer-checklists-{code}.pdf", "checklists", (code,)) for code in codes]
    papers = [
        File(path, "document", languages, slug)
        for slug in clauses.slugs(guide)
        for languages, path in clauses.files(guide, slug).items()
    ]
    zips = [File(f"{FOLDER}/volunteer-documents-{code}.zip", "documents", (code,)) for code in codes if papers]
    return [*found, *zips, *papers]


def copies(guide: Guide) -> list[File]:
    """Return the copies of the site to carry away, one a language; they are made from the built site."""
    codes = [language.code for language in guide.languages]
    return [File(f"{FOLDER}/volunteer-guide-offline-{code}.zip", "offline", (code,)) for code in codes]


def parts(guide: Guide) -> list[str]:
    """Return the folders of the guide's parts in reading order."""
    folders = dict.fromkeys(slug.partition("/")[0] for slug in guide.slugs if "/" in slug)
    return [folder for folder in folders if guide.topic(f"{folder}/index.md")]


def part_name(guide: Guide, code: str, folder: str) -> str:
    """Return what a part is called in a language."""
    return guide.pages[code, f"{folder}/index.md"].meta["part"]


def inside(guide: Guide, file: File) -> list[File]:
    """Return the files in a ZIP of documents: those in its language, alone or beside another."""
    return [each for each in plan(guide) if each.kind == "document" and file.languages[0] in each.languages]


def put(found: Iterable[Made], folder: Path) -> None:
    """Copy files into a folder, under the names that readers see."""
    folder.mkdir(parents=True, exist_ok=True)
    for each in found:
        shutil.copyfile(each.kept, folder / each.file.name)
