"""What the finished site needs beyond MkDocs: addresses in every language, and a search index for each."""

import json
import posixpath
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

from babel.dates import format_date
from mkdocs.utils import get_relative_url

from guide import glossary
from guide.model import Guide, Language, Page

# Material's worker reads these from the index. Lunr has no Kazakh, and its other languages would throw Kazakh
# letters away, so Kazakh words are indexed as they are written. A search engine of our own replaces this.
LUNR = {
    "kk": {"lang": ["en"], "pipeline": []},
    "ru": {"lang": ["ru"], "pipeline": ["stopWordFilter"]},
    "en": {"lang": ["en"], "pipeline": ["stopWordFilter"]},
}
SEPARATOR = r"[\s\-–—,.:;!?()\[\]«»“”„’'\"/§№·…]+"


def public(site_url: str) -> str:
    """Return the address of the site for files that leave it; "" when it is this computer's own."""
    return "" if "//127.0.0.1" in site_url or "//localhost" in site_url else site_url


def page_url(language: Language, slug: str, directory_urls: bool = True) -> str:
    """Return where MkDocs writes a page below the site: `ru/context/law/` or `ru/context/law.html`."""
    path = language.url + slug.removesuffix(".md")
    if not directory_urls:
        return f"{path}.html"
    return path.removesuffix("index") if posixpath.basename(path) == "index" else f"{path}/"


def address_from(guide: Guide, page: Page, directory_urls: bool = True) -> Callable[[str, str, str], str]:
    """Return a function from (language, slug, anchor) to the address on the site, relative to a page."""
    here = page_url(guide.language(page.language), page.slug, directory_urls)

    def address(code: str, slug: str, anchor: str = "") -> str:
        there = get_relative_url(page_url(guide.language(code), slug, directory_urls), here)
        return f"{there}#{anchor}" if anchor else there

    return address


def alternates(urls: Mapping[str, str], languages: tuple[Language, ...], site_url: str) -> list[dict]:
    """Return the absolute addresses of a page in each language that has it, and x-default, for `hreflang`.

    `urls` is {language: address below the site}.
    """
    found = [
        {"lang": language.code, "name": language.name, "link": urljoin(site_url, urls[language.code])}
        for language in languages
        if language.code in urls
    ]
    default = next((language.code for language in languages if language.default), None)
    if default in urls:
        found.append({"lang": "x-default", "name": "", "link": urljoin(site_url, urls[default])})
    return found


def split_search_index(index: Mapping, languages: tuple[Language, ...]) -> dict[str, dict]:
    """Return {language: index}: from MkDocs' one index, each language's sections with addresses below its own root."""
    indexes = {
        language.code: {"config": index["config"] | {"separator": SEPARATOR} | LUNR[language.code], "docs": []}
        for language in languages
    }
    prefixed = [language for language in languages if not language.default]
    root = next(language.code for language in languages if language.default)
    for section in index["docs"]:
        code = next((each.code for each in prefixed if section["location"].startswith(each.url)), root)
        start = "" if code == root else f"{code}/"
        indexes[code]["docs"].append(section | {"location": section["location"].removeprefix(start)})
    return indexes


def write_search_indexes(site: Path, guide: Guide) -> None:
    """Replace the one search index in the built site by one for each language, beside that language's pages."""
    written = site / "search" / "search_index.json"
    indexes = split_search_index(json.loads(written.read_text("utf-8")), guide.languages)
    for language in guide.languages:
        path = site / language.url / "search" / "search_index.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(indexes[language.code], ensure_ascii=False, separators=(",", ":")), "utf-8")


def template_words(guide: Guide, code: str) -> dict:
    """Return what the templates of one language may name: `words.<key>`, the same in all languages, acts, languages."""
    interface = guide.words["interface"]
    return {
        "words": {key: word[code] for key, word in interface.items()},
        "all_words": interface,
        "acts": guide.words["acts"],
        "cite": lambda articles: glossary.cite(articles, guide.words, code),
        "languages": guide.languages,
        "language": guide.language(code),
    }


def long_date(day: date, language: str) -> str:
    """Return a date as the language writes it: `22 ноября 2026 года`, `22 November 2026`."""
    if language == "kk":
        return format_date(day, "y 'жылғы' d MMMM", locale="kk")
    if language == "ru":
        return format_date(day, "d MMMM y 'года'", locale="ru")
    return format_date(day, "d MMMM y", locale="en_GB")
