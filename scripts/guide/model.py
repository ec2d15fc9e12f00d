"""The guide: pages in equal languages, read once, asked by rules, hooks and books.

A *page* is one Markdown file; the same page in all languages is a *topic*; they share a path below
docs/<language>/. A *section* is known by its {#anchor}, a *word* by its key: the same in every language.
"""

import os
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path, PurePath

import yaml

from guide import markdown, safe_yaml, wordlist

ROOT = Path(__file__).resolve().parents[2]
WORDS = "docs/words.yml"
TIMELINE = "docs/timeline.yml"
SEARCH_WORDS = "docs/search.yml"
SPELLING = "docs/spelling/{}.txt"
LEDGER = "ledger"  # the folder that says who attested that the languages agree
LONGEST = 2_000_000  # bytes of one file that we read
LONGEST_LINE = 20_000  # characters; a paragraph is one line, and nobody reads a longer one
# Fifty brackets in a row: the C reader of YAML falls over far beyond that. One expression for each first bracket,
# because re leaps to a sign, but steps to a class of signs.
NESTED = [re.compile(rf"{first}\s*(?:[\[{{]\s*){{49}}") for first in (r"\[", r"\{")]
EMPTY_LINE = "\n\n"  # between paragraphs
GLOSSARY_MARK = "<!-- guide:glossary -->"
TRANSLATIONS_MARK = "<!-- guide:translations -->"
DOWNLOADS_MARK = re.compile(r"<!-- guide:downloads (\w+) -->")  # with the kind of its files
COPY_MARK = "<!-- guide:my-copy -->"
TIMELINE_MARK = "<!-- guide:timeline -->"
EDITIONS_MARK = "<!-- guide:editions -->"


class GuideError(Exception):
    """The guide cannot be read; the message says which file, what is wrong and what to do."""


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    site_name: str
    default: bool = False

    @property
    def url(self) -> str:
        """Return where the language begins below the site's address: '' or 'ru/'."""
        return "" if self.default else f"{self.code}/"

    @property
    def book_path(self) -> str:
        """Return where the whole guide in this language lies in the site, as one HTML file."""
        return self.book("html")

    def book(self, kind: str) -> str:
        """Return where the whole guide in this language lies in the site: html, pdf, epub."""
        return f"downloads/volunteer-guide-{self.code}.{kind}"


@dataclass(frozen=True)
class Page:
    language: str
    slug: str  # "context/law.md", the same in every language
    text: str

    @cached_property
    def path(self) -> str:
        return f"docs/{self.language}/{self.slug}"

    @cached_property
    def document(self) -> markdown.Document:
        return markdown.parse(self.text)

    @cached_property
    def anchors(self) -> set[str]:
        return markdown.anchors(self.text)

    @cached_property
    def section_texts(self) -> list[str]:
        """Return the prose of each section as one text: what most sections have not is not looked for line by line."""
        return [EMPTY_LINE.join([prose.text for prose in section.prose]) for section in self.document.sections]

    @property
    def meta(self) -> dict:
        return self.document.meta

    @property
    def title(self) -> str:
        return next((h.text for h in self.document.headings if h.level == 1), self.slug)

    def resolve(self, target: str) -> tuple[str, str]:
        """Return (slug, anchor) of a link from this page; the slug of `#anchor` is the page's own."""
        path, _, anchor = target.partition("#")
        return (_joined(self.slug.rpartition("/")[0], path) if path else self.slug), anchor

    @cached_property
    def targets(self) -> dict[str, tuple[str, str]]:
        """Return {target: (slug, anchor)} of the page's links to places in the guide."""
        links = {link.target: None for section in self.document.sections for link in section.links}
        return {target: self.resolve(target) for target in links if target and not markdown.WEB_ADDRESS.match(target)}


@cache
def _joined(folder: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(folder, path))


@dataclass(frozen=True)
class Guide:
    languages: tuple[Language, ...]
    nav: tuple[str, ...]  # slugs in reading order
    pages: Mapping[tuple[str, str], Page]  # (language, slug) → page
    words: Mapping
    files: frozenset[str] = frozenset()  # everything else below docs/, as docs-relative paths
    ledger: Mapping[str, str] = field(default_factory=dict)  # slug → the text of its file, which guide.ledger reads
    words_text: str = ""  # docs/words.yml as written, for the lines of its words
    spelling: Mapping[str, str] = field(default_factory=dict)  # language → docs/spelling/<language>.txt as written
    timeline: str = ""  # docs/timeline.yml as written
    search_words: str = ""  # docs/search.yml as written
    root: Path | None = None  # the folder it was read from
    scope: frozenset[str] | None = None  # the slugs to check; all when None
    pages_only: bool = False  # another part of the guide answers for docs/words.yml, the navigation, the ledger

    @cached_property
    def slugs(self) -> list[str]:
        """Return the slugs to check, each once: first those of the navigation, in its order."""
        rest = sorted({slug for _, slug in self.pages} - set(self.nav))
        return [slug for slug in [*self.nav, *rest] if self.scope is None or slug in self.scope]

    @property
    def checked(self) -> Iterator[Page]:
        """Yield the pages to check, language by language, in reading order."""
        for language in self.languages:
            yield from self.in_language(language.code)

    def limited(self, slugs: Iterable[str], pages_only: bool = False) -> "Guide":
        """Return the same guide, of which only some topics are to be checked."""
        return replace(self, scope=frozenset(slugs), pages_only=pages_only)

    def in_language(self, code: str) -> Iterator[Page]:
        """Yield the pages of one language in reading order."""
        yield from (self.pages[code, slug] for slug in self.slugs if (code, slug) in self.pages)

    def topic(self, slug: str) -> dict[str, Page]:
        """Return {language: page} of the languages that have the page."""
        return {
            language.code: self.pages[language.code, slug]
            for language in self.languages
            if (language.code, slug) in self.pages
        }

    def language(self, code: str) -> Language:
        """Return the language with a code."""
        return next(language for language in self.languages if language.code == code)

    def across(self, slug: str) -> tuple[str, str] | None:
        """Return (language, slug) of a resolved link into another language, `../ru/context/law.md`; None of others."""
        code, _, rest = slug.removeprefix("../").partition("/")
        return (code, rest) if slug.startswith("../") and any(code == each.code for each in self.languages) else None

    def line_of_word(self, group: str, key: str) -> int:
        """Return the line of docs/words.yml on which an entry of a group begins; 1 when it cannot be told."""
        place = self.words_text.find(f"\n  {key}:", self.words_text.find(f"\n{group}:") + 1)
        return self.words_text.count("\n", 0, place) + 2 if place >= 0 else 1

    def anchors(self, page: Page) -> set[str]:
        """Return every place in the page that a link can lead to, those of a generated glossary included."""
        made = self.words.get("glossary", {}) if GLOSSARY_MARK in page.text else {}
        return page.anchors | set(made) if made else page.anchors


def load(root: Path = ROOT) -> Guide:
    """Read the guide from a working copy of the repository. Raises GuideError on a file that cannot be read."""
    files = {}
    docs = root / "docs"
    if not docs.is_dir():
        raise GuideError(f"{docs}: there is no such folder; is {root} the guide's repository?")
    for name in ["mkdocs.yml", *sorted([*_below(root, "docs"), *_below(root, LEDGER, ".yml")])]:
        path = root / name
        try:
            _refuse_odd(path, name, root)
            text = path.read_text("utf-8-sig") if path.suffix in (".md", ".yml", ".txt") else ""
            refuse_endless(text, name)
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            raise GuideError(f"{name}:{line}: the file is not UTF-8; save it again as UTF-8") from None
        except OSError as error:
            raise GuideError(f"{name}: cannot be read: {error.strerror}") from None
        files[name] = text
    if WORDS not in files:
        raise GuideError(f"{WORDS}: the file is missing; templates and the glossary take their words from it")
    return replace(parse(files), root=root)


def _below(root: Path, top: str, ending: str = "") -> Iterator[str]:
    """Yield the paths of all files below a folder of the repository; folders that are links are not entered."""
    for folder, _, names in os.walk(root / top):
        below = PurePath(folder).relative_to(root).as_posix()
        yield from (f"{below}/{name}" for name in names if name.endswith(ending) and os.path.isfile(f"{folder}/{name}"))


def _refuse_odd(path: Path, name: str, root: Path) -> None:
    """Raise GuideError for a file that nobody would write as a page: a link out of the guide, a text without end."""
    if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
        raise GuideError(f"{name}: is a link out of the guide; put the file itself there")
    if path.suffix in (".md", ".yml") and path.stat().st_size > LONGEST:
        raise GuideError(f"{name}: is longer than {LONGEST // 1_000_000} MB; split it")


def refuse_endless(text: str, name: str) -> None:
    """Raise GuideError for a line or a nesting that no reader of ours gets to the end of."""
    for number, line in enumerate(text.splitlines(), 1) if len(text) > LONGEST_LINE else ():
        if len(line) > LONGEST_LINE:
            raise GuideError(f"{name}:{number}: the line is longer than {LONGEST_LINE} characters; break it")
    if found := [match.start() for each in NESTED if (match := each.search(text))]:
        line = text.count("\n", 0, min(found)) + 1
        raise GuideError(f"{name}:{line}: brackets are nested more than 50 deep; take them out")


def parse(files: Mapping[str, str]) -> Guide:
    """Build the guide from {path: text}. Tests call this with a handful of lines."""
    config = _yaml("mkdocs.yml", files, safe_yaml.configuration)
    try:
        plugins = {k: v for p in config["plugins"] if isinstance(p, dict) for k, v in p.items()}
        languages = tuple(
            Language(entry["locale"], entry["name"], entry.get("site_name", ""), entry.get("default", False))
            for entry in plugins["i18n"]["languages"]
        )
    except (KeyError, TypeError) as error:
        raise GuideError(f"mkdocs.yml: plugins: i18n: languages: {error} is missing; see the file in main") from None
    codes = {language.code for language in languages}
    pages, others, ledger = {}, set(), {}
    for path, text in files.items():
        top, _, rest = path.partition("/")
        code, _, slug = rest.partition("/")
        if top == "docs" and code in codes and slug.endswith(".md"):
            pages[code, slug] = Page(code, slug, text)
        elif top == "docs":
            others.add(rest)
        elif top == LEDGER:
            ledger[rest.removesuffix(".yml") + ".md"] = text
    nav = tuple(_slugs(config.get("nav") or []))
    words = _yaml(WORDS, files, wordlist.read) if WORDS in files else {}
    spelling = {code: files.get(SPELLING.format(code), "") for code in codes}
    texts = files.get(WORDS, ""), spelling, files.get(TIMELINE, ""), files.get(SEARCH_WORDS, "")
    return Guide(languages, nav, pages, words, frozenset(others), ledger, *texts)


def _yaml(path: str, files: Mapping[str, str], read) -> dict:
    try:
        content = read(files[path])
    except KeyError:
        raise GuideError(f"{path}: the file is missing") from None
    except RecursionError:
        raise GuideError(f"{path}: not valid YAML: nested too deeply") from None
    except yaml.YAMLError as error:
        raise GuideError(f"{path}: not valid YAML: {' '.join(str(error).split())}") from None
    except ValueError as error:
        raise GuideError(f"{path}: {error}") from None
    if not isinstance(content, dict):
        raise GuideError(f"{path}: must hold `key: value` lines")
    return content


def _slugs(nav: list) -> Iterator[str]:
    for item in nav:
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            for value in item.values():
                yield from _slugs(value if isinstance(value, list) else [value])
