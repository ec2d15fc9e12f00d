"""Markdown text → headings, links and anchors, with line numbers. Nothing else in the project parses Markdown.

The site itself is rendered by Python-Markdown, which keeps no line numbers; this reader is markdown-it with the
plugins that match the extensions in mkdocs.yml.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

ATTRIBUTES = re.compile(r"\s*\{:?\s*([^{}]*)\}\s*$")
ANCHOR = re.compile(r"(?:^|\s)#([^\s{}]+)")
INLINE_ANCHOR = re.compile(r"\{:?[^{}\n]*#([\w-]+)[^{}\n]*\}|<[^>]*\sid=\"([^\"]+)\"")
UNRESOLVED = re.compile(r"(?<!!)\[([^\[\]]+)\](?:\[[^\[\]]*\]|\s\([^()\s]+\))")


@dataclass(frozen=True)
class Heading:
    line: int
    level: int
    text: str
    anchor: str | None


@dataclass(frozen=True)
class Link:
    line: int
    text: str
    target: str


@dataclass
class Document:
    """One page of Markdown, taken apart. Lines count from 1."""

    meta: dict = field(default_factory=dict)
    meta_error: str | None = None
    headings: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    footnotes: dict[str, int] = field(default_factory=dict)  # label → line of the definition
    footnote_marks: list[tuple[str, int]] = field(default_factory=list)
    drawings: list[tuple[int, str]] = field(default_factory=list)  # (line, what stands in a ```diagram block)


@cache
def _parser() -> MarkdownIt:
    return (
        MarkdownIt("commonmark", {"html": True})
        .enable("table")
        .use(front_matter_plugin)
        .use(footnote_plugin, inline=False)
        .use(admon_plugin)
    )


def parse(text: str) -> Document:
    """Return what stands on a page; what is wrong with a front matter that is not YAML is in `meta_error`."""
    document = Document()
    tokens = _parser().parse(text)
    for token, inline, line in _blocks(tokens):
        if token.type == "front_matter":
            document.meta, document.meta_error = front_matter(token.content)
        elif token.type == "heading_open":
            document.headings.append(_heading(token, inline, line))
        elif token.type == "fence" and token.info.strip() == "diagram":
            document.drawings.append((line, token.content))
        elif token.type == "html_block":
            _note_anchors(document, token.content)
        if inline and inline.type == "inline":
            _note_anchors(document, inline.content)
            document.links.extend(_links(inline, line))
    document.anchors.update(heading.anchor for heading in document.headings if heading.anchor)
    _note_footnotes(document, _without_code(text, tokens))
    return document


def front_matter(text: str) -> tuple[dict, str | None]:
    """Return the keys of a front matter and, when it cannot be read, what is wrong with it."""
    try:
        meta = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)) or {}
    except yaml.YAMLError as error:
        return {}, " ".join(str(error).split())
    if not isinstance(meta, dict):
        return {}, "it must be a list of `key: value` lines"
    return meta, None


def _blocks(tokens: list[Token]) -> Iterator[tuple[Token, Token | None, int]]:
    """Yield each block token with the inline text that follows it and its line."""
    line = 1
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.map:
            line = token.map[0] + 1
        if token.type == "inline":
            continue
        inline = following if following and following.type == "inline" else None
        yield token, inline, (inline.map[0] + 1 if inline and inline.map else line)


def _heading(token: Token, inline: Token | None, line: int) -> Heading:
    text = inline.content if inline else ""
    anchor = None
    if attributes := ATTRIBUTES.search(text):
        text = text[: attributes.start()]
        found = ANCHOR.search(attributes[1])
        anchor = found[1] if found else None
    return Heading(line, int(token.tag[1]), text.strip(), anchor)


def _links(inline: Token, line: int) -> Iterator[Link]:
    target, text = None, []
    for child in inline.children or []:
        if child.type == "softbreak":
            line += 1
        if child.type == "link_open":
            target, text = str(child.attrs["href"]), []
        elif child.type == "link_close" and target is not None:
            yield Link(line, "".join(text), target)
            target = None
        elif child.type == "image":
            yield Link(line, child.content, str(child.attrs["src"]))
        elif target is not None:
            text.append(child.content)
        elif child.type == "text":
            for broken in UNRESOLVED.finditer(child.content):
                yield Link(line, broken[1], "")


def _note_anchors(document: Document, text: str) -> None:
    document.anchors.update(a or b for a, b in INLINE_ANCHOR.findall(text))


def _note_footnotes(document: Document, lines: list[str]) -> None:
    for number, row in enumerate(lines, 1):
        if definition := re.match(r" {0,3}\[\^([^\]\s]+)\]:", row):
            document.footnotes.setdefault(definition[1], number)
            row = row[definition.end() :]
        document.footnote_marks += [(mark, number) for mark in re.findall(r"\[\^([^\]\s]+)\]", row)]


def _without_code(text: str, tokens: list[Token]) -> list[str]:
    """Return the lines of a page with those of code blanked, so that the numbers of the others stay."""
    lines = text.splitlines()
    for token in tokens:
        if token.type in ("fence", "code_block") and token.map:
            start, end = token.map
            lines[start:end] = [""] * (min(end, len(lines)) - start)
    return lines
