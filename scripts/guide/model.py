"""The guide: pages in equal languages, read once, asked by rules, hooks and books.

A *page* is one Markdown file; the same page in all languages is a *topic*; they share a path below
docs/<language>/. A *section* is known by its {#anchor}, a *word* by its key: the same in every language.
"""

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import yaml
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import yaml_load

from guide import markdown

ROOT = Path(__file__).resolve().parents[2]
WORDS = "docs/words.yml"
GLOSSARY_MARK = "<!-- guide:glossary -->"


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
        """Return where the whole guide in this language lies in the site, as one file."""
        return f"downloads/volunteering-guide-{self.code}.html"


@dataclass(frozen=True)
class Page:
    language: str
    slug: str  # "context/law.md", the same in every language
    text: str

    @property
    def path(self) -> str:
        return f"docs/{self.language}/{self.slug}"

    @cached_property
    def document(self) -> markdown.Document:
        return markdown.parse(self.text)

    @cached_property
    def anchors(self) -> set[str]:
        return markdown.anchors(self.text)

    @property
    def meta(self) -> dict:
        return self.document.meta

    @property
    def title(self) -> str:
        return next((h.text for h in self.document.headings if h.level == 1), self.slug)

    def resolve(self, target: str) -> tuple[str, str]:
        """Return (slug, anchor) of a link from this page; the slug of `#anchor` is the page's own."""
        path, _, anchor = target.partition("#")
        if not path:
            return self.slug, anchor
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.slug), path)), anchor


@dataclass(frozen=True)
class Guide:
    languages: tuple[Language, ...]
    nav: tuple[str, ...]  # slugs in reading order
    pages: Mapping[tuple[str, str], Page]  # (language, slug) → page
    words: Mapping
    files: frozenset[str] = frozenset()  # everything else below docs/, as docs-relative paths
    root: Path | None = None  # the folder it was read from
    scope: frozenset[str] | None = None  # the slugs to check; all when None

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

    def limited(self, slugs: Iterable[str]) -> "Guide":
        """Return the same guide, of which only some topics are to be checked."""
        return replace(self, scope=frozenset(slugs))

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

    def anchors(self, page: Page) -> set[str]:
        """Return every place in the page that a link can lead to, those of a generated glossary included."""
        made = self.words.get("glossary", {}) if GLOSSARY_MARK in page.text else {}
        return page.anchors | set(made)


def load(root: Path = ROOT) -> Guide:
    """Read the guide from a working copy of the repository. Raises GuideError on a file that cannot be read."""
    files = {}
    docs = root / "docs"
    if not docs.is_dir():
        raise GuideError(f"{docs}: there is no such folder; is {root} the guide's repository?")
    for path in [root / "mkdocs.yml", *sorted(p for p in docs.rglob("*") if p.is_file())]:
        name = path.relative_to(root).as_posix()
        try:
            text = path.read_text("utf-8") if path.suffix in (".md", ".yml") else ""
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            raise GuideError(f"{name}:{line}: the file is not UTF-8; save it again as UTF-8") from None
        except OSError as error:
            raise GuideError(f"{name}: cannot be read: {error.strerror}") from None
        files[name] = text
    return replace(parse(files), root=root)


def parse(files: Mapping[str, str]) -> Guide:
    """Build the guide from {path: text}. Tests call this with a handful of lines."""
    config = _yaml("mkdocs.yml", files, yaml_load)
    try:
        plugins = {k: v for p in config["plugins"] if isinstance(p, dict) for k, v in p.items()}
        languages = tuple(
            Language(entry["locale"], entry["name"], entry.get("site_name", ""), entry.get("default", False))
            for entry in plugins["i18n"]["languages"]
        )
    except (KeyError, TypeError) as error:
        raise GuideError(f"mkdocs.yml: plugins: i18n: languages: {error} is missing; see the file in main") from None
    codes = {language.code for language in languages}
    pages, others = {}, set()
    for path, text in files.items():
        top, _, rest = path.partition("/")
        code, _, slug = rest.partition("/")
        if top == "docs" and code in codes and slug.endswith(".md"):
            pages[code, slug] = Page(code, slug, text)
        elif top == "docs":
            others.add(rest)
    nav = tuple(_slugs(config.get("nav") or []))
    words = _yaml(WORDS, files, _words) if WORDS in files else {}
    return Guide(languages, nav, pages, words, frozenset(others))


def _yaml(path: str, files: Mapping[str, str], read) -> dict:
    try:
        content = read(files[path])
    except KeyError:
        raise GuideError(f"{path}: the file is missing") from None
    except (yaml.YAMLError, ConfigurationError) as error:
        raise GuideError(f"{path}: not valid YAML: {' '.join(str(error).split())}") from None
    if not isinstance(content, dict):
        raise GuideError(f"{path}: must hold `key: value` lines")
    return content


def _words(text: str) -> dict:
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _slugs(nav: list) -> Iterator[str]:
    for item in nav:
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            for value in item.values():
                yield from _slugs(value if isinstance(value, list) else [value])
