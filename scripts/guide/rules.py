"""What we promise readers: one small function for each promise.

A rule takes the guide and yields (path, line, message). Its docstring is its documentation: the first line is
the promise, the rest is what an editor should do. To add a rule: write the function and `tests/rules/<name>.yml`.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from guide.drawings import DrawingError, draw
from guide.model import Guide, Page

Finding = tuple[str, int, str]
Rule = Callable[[Guide], Iterator[Finding]]
RULES: dict[str, Rule] = {}

KEBAB_CASE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
WEB_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Problem:
    path: str
    line: int
    message: str
    rule: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message} [{self.rule}]"


def rule(function: Rule) -> Rule:
    """Put the function among RULES under its name, with hyphens."""
    RULES[function.__name__.replace("_", "-")] = function
    return function


def check(guide: Guide) -> list[Problem]:
    """Return every problem of every rule in every language, sorted by file and line."""
    return sorted(
        Problem(path, line, message, name)
        for name, function in RULES.items()
        for path, line, message in function(guide)
    )


# ---------------------------------------------------------------- Pages


@rule
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


@rule
def in_navigation(guide: Guide) -> Iterator[Finding]:
    """Every page stands in the navigation, and everything in the navigation is a page.

    Add the page's path to `nav:` in mkdocs.yml, without the language, or take it out there.
    """
    written = {slug for _, slug in guide.pages}
    for slug in guide.nav:
        if slug not in written:
            yield "mkdocs.yml", 1, f"nav: there is no page {slug} in any language"
    for page in guide.pages.values():
        if page.slug not in guide.nav:
            yield page.path, 1, f"the page is not in the navigation; add `- {page.slug}` to nav: in mkdocs.yml"


@rule
def front_matter(guide: Guide) -> Iterator[Finding]:
    """The front matter can be read, and says in `description` what the page is for.

    Write `description: "…"` between the two lines of three dashes at the top of the page; the index.md of a
    part also says in `part: "…"` how the part is called in the navigation.
    """
    for page in guide.pages.values():
        folder, _, name = page.slug.rpartition("/")
        if page.document.meta_error:
            yield page.path, 1, f"the front matter is not YAML: {page.document.meta_error}"
            continue
        for key in ["description"] + ["part"] * (bool(folder) and name == "index.md"):
            if not isinstance(page.meta.get(key), str) or not page.meta[key].strip():
                yield page.path, 1, f"the front matter has no `{key}`"


# ---------------------------------------------------------------- Sections


@rule
def one_title(guide: Guide) -> Iterator[Finding]:
    """A page has one title, and it comes first.

    Begin the page with one line `# Title {#anchor}`; every other heading has two or more signs #.
    """
    for page in guide.pages.values():
        titles = [heading for heading in page.document.headings if heading.level == 1]
        if not titles:
            yield page.path, 1, "the page has no title; add a line `# Title {#anchor}`"
        for heading in titles[1:]:
            yield page.path, heading.line, f"a second title “{heading.text}”; make it a section with ##"


@rule
def anchors(guide: Guide) -> Iterator[Finding]:
    """Every heading carries an English anchor of its own, like {#first-day}.

    Without one the address of a section would be #_1, and would lead elsewhere after the next edit. Use small
    Latin letters, digits and hyphens; copy the anchor from the same section in the other languages.
    """
    for page in guide.pages.values():
        seen: dict[str, int] = {}
        for heading in page.document.headings:
            if heading.anchor is None:
                yield page.path, heading.line, f"“{heading.text}” has no anchor; add {{#english-name}} to the line"
            elif not KEBAB_CASE.fullmatch(heading.anchor):
                yield page.path, heading.line, f"anchor #{heading.anchor} is not small-latin-letters-with-hyphens"
            elif heading.anchor in seen:
                yield page.path, heading.line, f"anchor #{heading.anchor} is taken by line {seen[heading.anchor]}"
            else:
                seen[heading.anchor] = heading.line


@rule
def same_sections(guide: Guide) -> Iterator[Finding]:
    """A page has the same sections in every language, in the same order and at the same level.

    Add the missing section, or move it to where the other languages have it. Languages compare by anchor.
    """
    for slug in guide.slugs:
        topic = guide.topic(slug)
        outlines = {code: [(h.level, h.anchor) for h in page.document.headings] for code, page in topic.items()}
        for code, page in topic.items():
            for other, outline in outlines.items():
                missing = [pair for pair in outlines[code] if pair not in outline]
                for heading in page.document.headings:
                    if (heading.level, heading.anchor) in missing and heading.anchor:
                        there = topic[other].path
                        yield page.path, heading.line, f"section #{heading.anchor} is not in {there} at this level"
            first = next(iter(outlines))
            if (
                sorted(map(str, outlines[code])) == sorted(map(str, outlines[first]))
                and outlines[code] != outlines[first]
            ):
                yield page.path, 1, f"the sections stand in another order than in {topic[first].path}"


# ---------------------------------------------------------------- Links


@rule
def links(guide: Guide) -> Iterator[Finding]:
    """Every link inside the guide leads to a page and a section that exist, in the reader's language.

    Write links from the page's own folder: `[law](../context/law.md#minors)`.
    """
    for page in guide.pages.values():
        for link in page.document.links:
            if problem := _broken(guide, page, link.target):
                yield page.path, link.line, f"link “{link.text}” {problem}"


def _broken(guide: Guide, page: Page, target: str) -> str | None:
    """Return what is wrong with a link's target, or None."""
    if not target:
        return "did not become a link; write [text](target) without a space between the brackets"
    if WEB_ADDRESS.match(target):
        return None
    if target.startswith("/"):
        return f"begins with /: {target}; write the path from this page’s folder"
    slug, anchor = page.resolve(target)
    if not slug.endswith(".md"):
        if posixpath.normpath(f"{page.language}/{slug}") in guide.files:
            return None
        return f"leads to {slug}, which is neither a page (.md) nor a file"
    if (page.language, slug) not in guide.pages:
        return f"leads to docs/{page.language}/{slug}, which does not exist"
    if anchor and anchor not in guide.anchors(guide.pages[page.language, slug]):
        return f"leads to #{anchor}, which is not in docs/{page.language}/{slug}"
    return None


@rule
def footnotes(guide: Guide) -> Iterator[Finding]:
    """Every footnote mark has its note, every note its mark, and both are called the same in every language.

    A mark `[^vl-5]` in the text needs a line `[^vl-5]: …` at the end of the page.
    """
    for page in guide.pages.values():
        marks = {label for label, _ in page.document.footnote_marks}
        for label, line in page.document.footnote_marks:
            if label not in page.document.footnotes:
                yield page.path, line, f"footnote [^{label}] has no note; add a line `[^{label}]: …`"
        for label, line in page.document.footnotes.items():
            if label not in marks:
                yield page.path, line, f"note [^{label}] is not used on the page"
            for other in guide.topic(page.slug).values():
                if label not in other.document.footnotes:
                    yield page.path, line, f"note [^{label}] is not in {other.path}"


# ---------------------------------------------------------------- Drawings


@rule
def drawings(guide: Guide) -> Iterator[Finding]:
    """Every drawing block can be drawn: the drawing exists and the page gives all its words.

    A block has `name`, `title` (what it shows, for those who do not see it) and `words`, as on the page
    context/who-does-what.md.
    """
    for page in guide.pages.values():
        for line, source in page.document.drawings:
            try:
                draw(source)
            except DrawingError as error:
                yield page.path, line, str(error)


# ---------------------------------------------------------------- Words


@rule
def words(guide: Guide) -> Iterator[Finding]:
    """Every word of docs/words.yml is there in every language, and every term has a definition and a status.

    Fill in the missing line under the named key.
    """
    for group, entries in guide.words.items():
        for key, entry in entries.items():
            for code in _missing(guide, entry):
                yield "docs/words.yml", 1, f"{group}: {key}: no `{code}`"
            if group == "glossary":
                for code in _missing(guide, entry.get("definition")):
                    yield "docs/words.yml", 1, f"glossary: {key}: definition: no `{code}`"
                if entry.get("status") not in guide.words.get("status", {}):
                    yield "docs/words.yml", 1, f"glossary: {key}: status must be one of status: in this file"
                if "act" in entry and entry["act"] not in guide.words.get("acts", {}):
                    yield "docs/words.yml", 1, f"glossary: {key}: act {entry['act']} is not among acts: in this file"


def _missing(guide: Guide, entry: object) -> list[str]:
    """Return the languages in which a word is not written."""
    known = entry if isinstance(entry, dict) else {}
    return [language.code for language in guide.languages if not str(known.get(language.code) or "").strip()]
