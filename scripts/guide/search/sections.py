"""What is searched: the sections of a built site as plain text, from the index that Material's plugin has written."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape

# Footnotes stand after the last section of a page, which they are no part of: each ends with an arrow back.
_FOOTNOTES = re.compile(r"<ol>(?:(?!<ol>).)*↩.*\Z", re.DOTALL)
_NOTE_MARK = re.compile(r"<sup>[^<]*</sup>")
_BLOCK_END = re.compile(r"</(?:p|li|pre)>")
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")


@dataclass(frozen=True)
class Section:
    """A section of a page: the words below one heading."""

    anchor: str  # "" for what stands above the first heading with an anchor
    title: str
    text: str
    asked: str = ""  # words that readers look for it by, though they do not stand in it


@dataclass(frozen=True)
class Page:
    """A page: its address below the root of its language, and its sections in reading order, the page's title first."""

    address: str
    sections: tuple[Section, ...]


def pages(entries: Iterable[Mapping]) -> list[Page]:
    """Return the pages of one language from the `docs` of Material's index, whose locations begin at its root."""
    found: dict[str, list[Section]] = {}
    for entry in entries:
        address, _, anchor = entry["location"].partition("#")
        found.setdefault(address, []).append(Section(anchor, plain(entry["title"]), plain(entry["text"])))
    return [Page(address, tuple(_joined(sections))) for address, sections in found.items()]


def plain(html: str) -> str:
    """Return the text of a section: a line for each paragraph and item, without footnotes and their marks."""
    text = _BLOCK_END.sub("\n", _NOTE_MARK.sub("", _FOOTNOTES.sub("", html)))
    lines = (" ".join(line.split()) for line in unescape(_TAG.sub("", text)).split("\n"))
    return unicodedata.normalize("NFC", "\n".join(line for line in lines if line))


def words(text: str) -> list[str]:
    """Return the words of a text as the index spells them: small letters, е for ё, a straight apostrophe."""
    return _WORD.findall(text.lower().replace("ё", "е").replace("’", "'"))


def _joined(sections: list[Section]) -> list[Section]:
    """Return the sections; an empty one above the first heading gives way to that heading, the title of the page."""
    if len(sections) > 1 and not sections[0].anchor and not sections[0].text:
        return [Section("", sections[1].title, sections[1].text), *sections[2:]]
    return sections
