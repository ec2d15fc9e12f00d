"""What each section of a page says, as a short hash: a new wording changes it, a new typesetting does not.

No change: spaces and line ends, a paragraph split in two, emphasis, the style of quotes and dashes, the host of an
address on the web. Everything else that a reader reads is one, numbers and punctuation included. A footnote is part of
each section that refers to it, wherever the note is written; a term of the glossary is a section of the glossary page.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from hashlib import sha256
from unicodedata import normalize

from guide.markdown import CODE, FOREIGN, WEB_ADDRESS, Section
from guide.model import GLOSSARY_MARK, Guide, Page

LENGTH = 12
SEPARATOR = "\0"  # between sections; taken out of their texts
HOST = re.compile(r"\bhttps?://[^\s/]+", re.IGNORECASE)
TAG = re.compile(r"<[^<>]+>")
QUOTES = "«»“”„‟‹›‘’‚‛\"'"
DASHES = "–—−‐‑‒―"
INVISIBLE = "\u00ad\u200b\u2060\ufeff"  # where a word may or may not be broken
TYPESET = dict.fromkeys(QUOTES + INVISIBLE, "") | dict.fromkeys(DASHES, "-") | {"…": "..."}
SIGNS = re.compile(f"[{''.join(TYPESET)}]")
READ_FRONT_MATTER = ("description", "part")  # search results, the navigation and the home page show these


def fingerprints(guide: Guide, page: Page) -> dict[str, str]:
    """Return {anchor: hash} of the sections of a page, in their order."""
    texts = _texts(guide, page)
    normals = normal(f" {SEPARATOR} ".join(texts.values())).split(SEPARATOR)  # many times faster than one by one
    return {anchor: _hash(text) for anchor, text in zip(texts, normals, strict=True)} if texts else {}


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]


def normal(text: str) -> str:
    """Return the text without what is no change."""
    if "://" in text:
        text = HOST.sub("", text)
    text = normalize("NFC", "".join(text.replace(" ", "").split()))
    return SIGNS.sub(lambda sign: TYPESET[sign[0]], text)


def _texts(guide: Guide, page: Page) -> dict[str, str]:
    """Return {anchor: all that the section says}. What has no anchor belongs to the section above it."""
    sections = page.document.sections
    anchor = next((section.anchor for section in sections if section.anchor), "")
    texts = defaultdict(list)
    texts[anchor] += [text for key in READ_FRONT_MATTER if (text := _text(page.meta.get(key)))]
    links = {link.target for section in sections for link in section.links}
    targets = {target: _target(page, target) for target in links}
    notes, lines_of_notes = _notes(page, targets)
    marks = _marks(page)
    for place, section in enumerate(sections):
        anchor = section.anchor or anchor
        texts[anchor] += _words(section)
        texts[anchor] += [block.shape for block in section.blocks]
        texts[anchor] += [targets[link.target] for link in section.links if link.line not in lines_of_notes]
        texts[anchor] += [part for label in marks[place] for part in notes.get(label, ())]
    if GLOSSARY_MARK in page.text:
        for key, entry in guide.words.get("glossary", {}).items():
            texts[key] += _term(entry, page.language)
    return {anchor: " | ".join(parts).replace(SEPARATOR, "") for anchor, parts in texts.items() if anchor}


def _words(section: Section) -> list[str]:
    """Return the words of a section, then those that are not prose: its code and what it says in other languages."""
    words, paragraphs = [], []
    for prose in section.prose:
        if prose.kind == "paragraph":
            paragraphs.append(prose.text)
        elif prose.kind != "note":
            words += [" ".join(paragraphs), prose.text]
            paragraphs = []
    words.append(" ".join(paragraphs))
    if "`" in section.source:
        words += CODE.findall(section.source)
    if "lang=" in section.source:
        words += [TAG.sub("", found[0]) for found in FOREIGN.finditer(section.source)]
    return words


def _marks(page: Page) -> dict[int, dict[str, bool]]:
    """Return {place of the section: the notes that it refers to, each once, in their order}."""
    starts = [section.line for section in page.document.sections]
    marks = defaultdict(dict)
    for label, line in page.document.footnote_marks:
        marks[bisect_right(starts, line) - 1][label] = True
    return marks


def _notes(page: Page, targets: Mapping[str, str]) -> tuple[dict[str, list[str]], set[int]]:
    """Return {label: words and links of the note}, and the lines of links that stand in notes."""
    begins = sorted((line, label) for label, line in page.document.footnotes.items())
    notes, lines = defaultdict(list), set()
    if not begins:
        return notes, lines
    prose = [each for section in page.document.sections for each in section.prose]
    prose_lines = [each.line for each in prose]
    begin_lines = [line for line, _ in begins]
    for each in prose:
        if each.kind == "note":
            notes[begins[bisect_right(begin_lines, each.line) - 1][1]].append(each.text)
    for link in page.document.links:
        above = bisect_right(prose_lines, link.line) - 1
        if above >= 0 and prose[above].kind == "note":
            notes[begins[bisect_right(begin_lines, link.line) - 1][1]].append(targets[link.target])
            lines.add(link.line)
    return notes, lines


def _target(page: Page, target: str) -> str:
    """Return where a link leads, without the host of a web address and without the language of a page."""
    if WEB_ADDRESS.match(target):
        return HOST.sub("", target)
    slug, anchor = page.targets.get(target) or page.resolve(target)
    return f"{slug.removeprefix(f'../{page.language}/')}#{anchor}"


def _term(entry: object, language: str) -> list[str]:
    """Return what the glossary says of a term in one language; nothing when it does not, which a rule reports."""
    known = entry if isinstance(entry, dict) else {}
    groups = (known, known.get("also"), known.get("definition"))
    return [_text(group.get(language)) for group in groups if isinstance(group, dict)]


def _text(value: object) -> str:
    """Return a text or a list of texts as one; anything else, a YAML bomb say, is no text."""
    if isinstance(value, list):
        return ", ".join(each for each in value if isinstance(each, str))
    return value if isinstance(value, str) else ""
