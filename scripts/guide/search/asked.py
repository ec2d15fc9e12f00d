"""docs/search.yml: what readers call a section, so that it is found by words that do not stand in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import yaml

from guide import safe_yaml
from guide.model import SEARCH_WORDS, Guide, GuideError
from guide.search.sections import Page


def read(text: str) -> dict[tuple[str, str], Mapping[str, str]]:
    """Return {(slug, anchor): {language: words}} from the file. Raises GuideError if it holds anything else."""
    try:
        listed = yaml.load(text, Loader=safe_yaml.LOADER) or {}
    except yaml.YAMLError as error:
        raise GuideError(f"{SEARCH_WORDS}: not valid YAML: {' '.join(str(error).split())}") from None
    if not isinstance(listed, dict):
        raise GuideError(f"{SEARCH_WORDS}: must name pages, and below each its sections; see the first lines in main")
    found = {}
    for slug, sections in listed.items():
        if not isinstance(sections, dict) or not all(isinstance(words, dict) for words in sections.values()):
            raise GuideError(f"{SEARCH_WORDS}: {slug}: must be sections, and below each its words by language")
        found |= {(slug, anchor): words for anchor, words in sections.items()}
    return found


def faults(guide: Guide) -> Iterator[tuple[int, str]]:
    """Yield (line, what is wrong) for each section that a page does not have and each language without words."""
    codes = [language.code for language in guide.languages]
    for (slug, anchor), words in read(guide.search_words).items():
        line = _line(guide.search_words, slug, anchor)
        for code in codes:
            page = guide.pages.get((code, slug))
            if page is None or anchor not in page.anchors:
                yield line, f"{slug}: {anchor}: there is no such section in {code}; take it out or mend its name"
            elif not isinstance(words.get(code), str) or not words[code].strip(" ,"):
                yield line, f"{slug}: {anchor}: no words in {code}; write what its readers call the section"
        if odd := set(words) - set(codes):
            yield line, f"{slug}: {anchor}: “{min(map(str, odd))}” is no language; put a text with a colon in quotes"


def added(pages: Sequence[Page], guide: Guide, code: str) -> list[Page]:
    """Return the pages of a built site in one language, their sections with the words that readers ask for them by."""
    asked = read(guide.search_words)
    return [_with_words(page, _slug(page.address, guide), asked, guide, code) for page in pages]


def _with_words(page: Page, slug: str, asked: Mapping, guide: Guide, code: str) -> Page:
    title = next((each.anchor for each in guide.pages[code, slug].document.sections if each.anchor), "")
    names = [each.anchor or title for each in page.sections]
    words = [asked.get((slug, name), {}).get(code, "") for name in names]
    return replace(page, sections=tuple(map(lambda each, more: replace(each, asked=more), page.sections, words)))


def _slug(address: str, guide: Guide) -> str:
    """Return the source of a page, whichever way the site writes addresses."""
    path = address.removesuffix("index.html").removesuffix(".html").strip("/")
    return f"{path}.md" if f"{path}.md" in guide.slugs else f"{path}/index.md".lstrip("/")


def _line(text: str, slug: str, anchor: str) -> int:
    start = text.find(f"\n{slug}:") + 1
    place = text.find(f"\n  {anchor}:", start)
    return text.count("\n", 0, place) + 2 if place >= 0 else 1
