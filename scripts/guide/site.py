"""What the finished site needs beyond MkDocs: addresses in every language, and a search index for each."""

import json
import posixpath
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

from babel.dates import format_date
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup
from mkdocs.utils import get_relative_url

from guide import glossary
from guide.model import Guide, Language, Page
from guide.search import asked
from guide.search import index as search_index
from guide.search import sections as search_sections

UNUSED = ("assets/javascripts/lunr/", "assets/javascripts/workers/")  # what Material brings for its own search
# At which signs Material takes the words of `?h=` apart, to mark them on the page that a result leads to.
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


def split_search_index(index: Mapping, languages: tuple[Language, ...]) -> dict[str, list[dict]]:
    """Return {language: sections}: from Material's one index, with addresses below each language's own root."""
    found = {language.code: [] for language in languages}
    prefixed = [language for language in languages if not language.default]
    root = next(language.code for language in languages if language.default)
    for section in index["docs"]:
        code = next((each.code for each in prefixed if section["location"].startswith(each.url)), root)
        start = "" if code == root else f"{code}/"
        found[code].append(section | {"location": section["location"].removeprefix(start)})
    return found


def write_search_indexes(site: Path, guide: Guide) -> None:
    """Replace Material's search index in the built site by ours, for each language below its own root.

    Material asks for search/search_index.json on every page (from a disk for search_index.js) and passes what it holds
    on to the worker. So that file stays, without sections: it says where the indexes are.
    """
    written = site / "search" / "search_index.json"
    entries = split_search_index(json.loads(written.read_text("utf-8")), guide.languages)
    pages = {code: asked.added(search_sections.pages(found), guide, code) for code, found in entries.items()}
    terms = [*guide.words["glossary"].values(), *search_index.titles(pages)]
    names = {}
    for language in guide.languages:
        folder = site / language.url / search_index.FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.js"):
            old.unlink()
        files = search_index.files(pages[language.code], language.code, terms)
        names[language.code] = next(iter(files))
        for name, content in files.items():
            (folder / name).write_bytes(content)
    for language in guide.languages:
        ours = {
            "language": language.code,
            "indexes": names,
            "roots": {each.code: f"../../{each.url}" for each in guide.languages},  # from assets/search/worker.js
        }
        config = {"lang": [], "separator": SEPARATOR, "pipeline": [], "guide": ours}
        text = json.dumps({"config": config, "docs": []}, ensure_ascii=False, separators=(",", ":"))
        (site / language.url / search_index.FOLDER / "search_index.json").write_text(text, "utf-8")


def own_search(block: str, base: str, worker: str) -> Markup:
    """Return Material's block `config` with the root of the language's search and the address of our worker."""
    before, start, rest = str(block).partition('type="application/json">')
    text, end, after = rest.partition("</script>")
    config = json.loads(text) | {"base": base, "search": worker}
    return Markup("".join((before, start, htmlsafe_json_dumps(config), end, after)))


def template_words(guide: Guide, code: str) -> dict:
    """Return what the templates of one language may name: `words.<key>`, the same in all languages, acts, languages."""
    interface = guide.words["interface"]
    return {
        "words": {key: word[code] for key, word in interface.items()},
        "all_words": interface,
        "acts": guide.words["acts"],
        "cite": lambda articles: glossary.cite(articles, guide.words, code),
        "languages": guide.languages,
        "words_of": lambda kind: {key: word[code] for key, word in interface.items() if key.startswith(f"{kind}_")},
        "language": guide.language(code),
    }


def long_date(day: date, language: str) -> str:
    """Return a date as the language writes it: `22 ноября 2026 года`, `22 November 2026`."""
    if language == "kk":
        return format_date(day, "y 'жылғы' d MMMM", locale="kk")
    if language == "ru":
        return format_date(day, "d MMMM y 'года'", locale="ru")
    return format_date(day, "d MMMM y", locale="en_GB")
