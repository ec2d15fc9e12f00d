"""The files that the site offers beside its pages: made anew when their text has changed, else taken from a cache."""

import hashlib
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from guide import clauses, documents, paper, site
from guide.model import Guide, GuideError
from guide.writers import docx

WORDS = ("paper_header", "paper_notes", "paper_source")  # of the interface
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
    for old in set(cache.glob("*")) - used:
        old.unlink()


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
