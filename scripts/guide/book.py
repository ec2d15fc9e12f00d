"""One language of the guide bound into a single document, with the site's own Markdown extensions.

Links between pages become links inside the document: `../context/law.md#minors` → `#context-law--minors`.
"""

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from mkdocs.utils.meta import get_data

from guide import bridges, documents, glossary, my_copy, notices, timeline, translations
from guide.checklists import Checklists
from guide.markdown import WEB_ADDRESS, with_notes_in_order
from guide.model import DOWNLOADS_MARK, GLOSSARY_MARK, TRANSLATIONS_MARK, Guide, Page
from guide.tables import PhoneTables


@dataclass(frozen=True)
class Chapter:
    anchor: str
    title: str
    part: str | None  # the part of the guide that begins with this chapter
    html: str
    path: str = ""  # of its page: docs/kk/context/law.md
    lines: Mapping[str, int] = field(default_factory=dict)  # {anchor of a section: line of its heading on the page}

    def place(self, element=None) -> str:
        """Return where an element of the chapter, as lxml holds it, is written: `docs/kk/context/law.md:41: #minors`.

        The line is that of the section's heading: HTML knows no other.
        """
        names = element.xpath("preceding::*/@id | ancestor-or-self::*/@id") if element is not None else []
        sections = [name.partition("--")[2] for name in names]
        section = next((name for name in reversed(sections) if name in self.lines), "")
        found = f"{self.path or self.anchor}:{self.lines.get(section, 1)}"
        return f"{found}: #{section}" if section else found


@dataclass(frozen=True)
class Book:
    language: str
    title: str
    chapters: tuple[Chapter, ...]


def bind(guide: Guide, language: str, extensions: list, configs: Mapping) -> Book:
    """Return the book of one language: the pages in reading order, without the home page.

    `extensions` and `configs` are Python-Markdown's, as MkDocs holds them; those of the site alone, which stand among
    them as objects and not by name, are left out.
    """
    site_name = guide.language(language).site_name
    pages = [page for page in guide.in_language(language) if page.meta.get("template") != "home.html"]
    return Book(language, site_name, tuple(_chapter(page, guide, extensions, configs) for page in pages))


def parts(book: Book) -> dict[str, tuple[Chapter, ...]]:
    """Return {name of a part: its chapters}, in reading order; chapters before the first part stand under ""."""
    found: dict[str, tuple[Chapter, ...]] = {}
    name = ""
    for chapter in book.chapters:
        name = chapter.part or name
        found[name] = (*found.get(name, ()), chapter)
    return found


def anchor(slug: str, section: str = "") -> str:
    """Return the place of a page, or of its section, inside the book."""
    chapter = slug.removesuffix(".md").replace("/", "-")
    return f"{chapter}--{section}" if section else chapter


def _chapter(page: Page, guide: Guide, extensions: list, configs: Mapping) -> Chapter:
    text, _ = get_data(page.text)
    if GLOSSARY_MARK in text:
        made = glossary.page(guide.words, page.language, lambda act: "#" + anchor("reference/sources.md", act))
        text = text.replace(GLOSSARY_MARK, made)
    if TRANSLATIONS_MARK in text:
        text = text.replace(TRANSLATIONS_MARK, translations.page(guide, page, _address(guide, page)))
    text = timeline.fill(text, guide, page)
    text = DOWNLOADS_MARK.sub("", text)  # their sizes are known when the books are made; the page of the site has them
    text = my_copy.fill(text, guide, page, _address(guide, page), bound=True)
    late = notices.Notices()
    found = notices.notices(guide, page, _address(guide, page))
    late.late = {anchor(page.slug, name): each for name, each in found.items()}
    across = bridges.Bridges()
    across.lead = bridges.lead(guide, page, _other_book(guide))
    markdown = Markdown(
        extensions=[
            *(each for each in extensions if isinstance(each, str)),
            PhoneTables(),
            Checklists(),
            _Binding(page),
            late,
            across,
            documents.Documents().now(guide, page),
        ],
        extension_configs={**configs, "toc": {"permalink": False}},
    )
    html = markdown.convert(with_notes_in_order(text))
    lines = {heading.anchor: heading.line for heading in page.document.headings if heading.anchor}
    return Chapter(anchor(page.slug), page.title, page.meta.get("part"), html, page.path, lines)


def _address(guide: Guide, page: Page) -> translations.Address:
    """Return a function from (language, slug, section) to a place in the book of the page’s language, or "" if none."""

    def address(language: str, slug: str, section: str) -> str:
        is_here = language == page.language and guide.pages[language, slug].meta.get("template") != "home.html"
        return "#" + anchor(slug, section) if is_here else ""

    return address


def _other_book(guide: Guide) -> Callable[[str, str, str], str]:
    """Return a function from (language, slug, section) to the place in that language’s book, which lies beside ours."""
    files = {language.code: posixpath.basename(language.book_path) for language in guide.languages}
    return lambda language, slug, section: f"{files[language]}#{anchor(slug, section)}"


class _Binding(Extension):
    def __init__(self, page: Page):
        super().__init__()
        self.page = page

    def extendMarkdown(self, md: Markdown) -> None:
        # After the table of contents (5) has given the headings their ids.
        md.treeprocessors.register(_Binder(md, self.page), "guide-book", 1)


class _Binder(Treeprocessor):
    """Makes ids unique in the book and turns links between pages into links inside it."""

    def __init__(self, md: Markdown, page: Page):
        super().__init__(md)
        self.page = page

    def run(self, root: Element) -> None:
        for element in root.iter():
            if name := element.get("id"):
                element.set("id", anchor(self.page.slug, name))
            target = element.get("href")
            if target and not WEB_ADDRESS.match(target):
                element.set("href", "#" + anchor(*self.page.resolve(target)))
