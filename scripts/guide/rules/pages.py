"""Pages: the same in every language, in the navigation, with a front matter that can be read, finished."""

import re
from collections import Counter
from collections.abc import Iterator

from guide import frontmatter
from guide.model import Guide, Page
from guide.rules.registry import Finding, rule

PAGE_PATH = re.compile(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*/)*[a-z0-9]+(?:-[a-z0-9]+)*\.md")
MARKDOWN_ENDINGS = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")  # what MkDocs takes for a page, in any case
# What writers leave where text is still to come. The short ones count in capitals only: “a to-do list” is text.
SHORT_MARKS = ("TODO", "FIXME", "TBD")
LONG_MARKS = (
    *("lorem ipsum", "coming soon", "page is under construction", "section is under construction"),
    *("скоро появится здесь", "скоро здесь появится", "страница в разработке", "раздел в разработке"),
    *("жақында осында шығады", "бет әзірленуде", "бөлім әзірленуде", "бет әзірленіп жатыр", "бөлім әзірленіп жатыр"),
)
MARK = re.compile(rf"\b(?:{'|'.join(SHORT_MARKS)})\b|\b(?i:{'|'.join(LONG_MARKS)})\b")


@rule(stops_build=True)
def every_language(guide: Guide) -> Iterator[Finding]:
    """A page exists in every language.

    Add the missing file under the same name, or delete the page in all languages. A reader is never shown
    another language's text in its place.
    """
    for slug in guide.slugs:
        topic = guide.topic(slug)
        for language in guide.languages:
            if topic and language.code not in topic:
                there = next(iter(topic.values())).path
                yield f"docs/{language.code}/{slug}", 1, f"the page is missing in {language.name}; it exists as {there}"


@rule(stops_build=True)
def in_navigation(guide: Guide) -> Iterator[Finding]:
    """Every page stands in the navigation, and everything in the navigation is a page.

    Add the page's path to `nav:` in mkdocs.yml, without the language, or take it out there.
    """
    times = Counter(guide.nav)
    if not guide.pages_only:
        yield from _of_navigation(guide, times)
    for page in guide.checked:
        if page.slug not in times:
            yield page.path, 1, f"the page is not in the navigation; add `- {page.slug}` to nav: in mkdocs.yml"


def _of_navigation(guide: Guide, times: Counter) -> Iterator[Finding]:
    written = {slug for _, slug in guide.pages}
    for slug in times:
        if slug not in written:
            yield "mkdocs.yml", 1, f"nav: there is no page {slug} in any language"
        if times[slug] > 1:
            yield "mkdocs.yml", 1, f"nav: {slug} stands there twice"


@rule(stops_build=True)
def front_matter(guide: Guide) -> Iterator[Finding]:
    """The front matter can be read, says in `description` what the page is for, and holds only what we know.

    It stands between two lines of three dashes at the top of the page. Write `description: "…"`; the index.md of a part
    also says in `part: "…"` how the part is called in the navigation. A page that rests on law names the acts, their
    articles and the date of the last check under `law:`, as on the page context/law.md.
    """
    for page in guide.checked:
        folder, _, name = page.slug.rpartition("/")
        if page.document.meta_error:
            line = page.document.meta_line
            yield page.path, line, f"the front matter is not YAML: {page.document.meta_error}"
            continue
        needed = ["description"] + ["part"] * (bool(folder) and name == "index.md")
        for fault in frontmatter.faults(page.meta, needed, guide.words.get("acts", {})):
            yield page.path, 1, fault


@rule
def file_names(guide: Guide) -> Iterator[Finding]:
    """A page has the same short English address in every language, which can be read aloud and typed on any phone.

    Call files and folders in English, with small Latin letters, digits and hyphens: docs/kk/context/law.md. Rename the
    file in every language at once, and its path in nav: in mkdocs.yml.
    """
    for page in guide.checked:
        if not PAGE_PATH.fullmatch(page.slug):
            yield page.path, 1, "the path is not small-latin-letters-with-hyphens; rename the file in every language"
    codes = [language.code for language in guide.languages]
    for file in sorted(guide.files) if not guide.pages_only else ():
        if not file.lower().endswith(MARKDOWN_ENDINGS):
            continue
        if file.partition("/")[0] in codes:
            yield f"docs/{file}", 1, "a page ends in .md; rename the file"
        else:
            folders = ", ".join(f"docs/{code}" for code in codes)
            yield f"docs/{file}", 1, f"the page is in no language’s folder; move it to {folders}"


@rule
def finished(guide: Guide) -> Iterator[Finding]:
    """A page that readers can open is written to the end, so that nobody comes for help and finds a promise.

    Write what belongs in the place of the mark TODO, FIXME, TBD, “lorem ipsum” or “coming soon”, or take the line out.
    A mark that the text speaks about is written as code: `TODO`.
    """
    for page in guide.checked:
        if _may_hold_mark(page):
            for line, text in _texts(page):
                if found := MARK.search(text):
                    yield page.path, line, f"“{found[0]}”: write what belongs here, or take the line out"


def _may_hold_mark(page: Page) -> bool:
    text = "\n".join([*_values(page), *page.section_texts])
    small = text.lower()
    return any(mark in text for mark in SHORT_MARKS) or any(mark in small for mark in LONG_MARKS)


def _texts(page: Page) -> Iterator[tuple[int, str]]:
    """Yield (line, text) of all that a page says, in its front matter too."""
    yield from ((1, value) for value in _values(page))
    yield from ((prose.line, prose.text) for section in page.document.sections for prose in section.prose)


def _values(page: Page) -> Iterator[str]:
    return (value for value in page.meta.values() if isinstance(value, str))
