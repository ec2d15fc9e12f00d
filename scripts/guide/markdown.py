"""Markdown text → sections, blocks, prose, links and anchors, with line numbers. Nothing else here parses Markdown.

The site itself is rendered by Python-Markdown, which keeps no line numbers; this reader is markdown-it with the
plugins that match the extensions in mkdocs.yml. Most of its time goes into inline markup, so only the blocks that hold
a link, an image or HTML are read that far; the rest lose their emphasis to one regular expression.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from guide.safe_yaml import LOADER, alias

ATTRIBUTES = re.compile(r"\s*\{:?\s*([^{}]*)\}\s*$")
ANCHOR = re.compile(r"(?:^|\s)#([^\s{}]+)")
# No expression may look further than a tag can be long: "<<<<…" must not take an hour.
TAG = r"<[^<>]{1,400}"
INLINE_ANCHOR = re.compile(rf"\{{:?[^{{}}\n]{{0,200}}?#([\w-]+)[^{{}}\n]{{0,200}}\}}|{TAG}?\sid=\"([^\"<>]+)\"")
UNRESOLVED = re.compile(r"(?<!!)\[([^\[\]]+)\](?:\[[^\[\]]*\]|\s\([^()\s]+\))")
FOOTNOTE_MARK = re.compile(r"\[\^([^\]\s]+)\]")
NOTE = re.compile(r"^\[\^([^\]\s]+)\]:.*\n?(?:(?:[ \t]*\n)*(?: {4}|\t).*\n?)*", re.MULTILINE)
FOREIGN = re.compile(r'<(span|q|i|em)\s[^<>]{0,200}?lang="[^"<>]*"[^<>]{0,200}>.{0,5000}?</\1>', re.DOTALL)
MARKUP = re.compile(rf"{TAG}>|\{{:?[ .#][^{{}}]{{0,200}}\}}|\*\*|__|(?<!\w)[*_]|[*_](?!\w)|^\[[ xX]\]\s")
WEB_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
SIMPLE_LINK = re.compile(r"(?<!!)\[([^\[\]\n]*)\]\(([^()\s<>]+)\)")
HTML_LINK = re.compile(r'<(a|img)\s[^<>]{0,300}?(?:href|src)="([^"<>]*)"')
HTML_HEADING = re.compile(r"<h([1-6])\b([^<>]{0,300})>([^<]*)")
MARKED = re.compile(r"[*_`<{]|\[\^|^\[[ xX]\]")
CODE = re.compile(r"`+[^`]*`+")


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


@dataclass(frozen=True)
class Block:
    """Something other than a paragraph that languages must share: `shape` is comparable between them."""

    line: int
    shape: str  # “list of 3”, “table of 4 × 3”, “callout “law””, “image”, “drawing “roles””


@dataclass(frozen=True)
class Prose:
    """A stretch of words as a reader reads them, without markup, code, or what is marked as another language."""

    line: int
    kind: str  # heading, paragraph, item, cell, title, note, caption
    text: str


@dataclass
class Section:
    """What stands between a heading and the next one, its heading included."""

    anchor: str
    line: int
    level: int
    title: str
    source: str = ""  # as written, without the heading
    blocks: list[Block] = field(default_factory=list)
    prose: list[Prose] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


@dataclass
class Document:
    """One page of Markdown, taken apart. Lines count from 1."""

    meta: dict = field(default_factory=dict)
    meta_error: str | None = None
    meta_line: int = 1  # where the front matter cannot be read
    sections: list[Section] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    footnotes: dict[str, int] = field(default_factory=dict)  # label → line of the note
    footnote_marks: list[tuple[str, int]] = field(default_factory=list)
    drawings: list[tuple[int, str]] = field(default_factory=list)  # (line, what stands in a ```diagram block)

    @property
    def links(self) -> list[Link]:
        return [link for section in self.sections for link in section.links]


SHAPED = {
    *("bullet_list_open", "ordered_list_open", "table_open", "admonition_open", "fence", "dl_open"),
    *("code_block", "blockquote_open", "hr"),
}


@cache
def _parser() -> MarkdownIt:
    parser = (
        MarkdownIt("commonmark", {"html": True})
        .enable("table")
        .use(front_matter_plugin)
        .use(footnote_plugin, inline=False)
        .use(deflist_plugin)
        .use(admon_plugin)
    )
    return parser.disable(["inline", "footnote_tail", "text_join"])


def parse(text: str) -> Document:
    """Return what stands on a page; what is wrong with a front matter that is not YAML is in `meta_error`."""
    return _Reader(text).document


def front_matter(text: str) -> tuple[dict, str | None]:
    """Return the keys of a front matter; if it cannot be read, what is wrong with it and in which line of the page."""
    try:
        if found := alias(text):
            return {}, f"*{found[0]} stands for other lines; write them out, line {found[1] + 2}"
        meta = yaml.load(text, Loader=LOADER) or {}
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return {}, f"{error.problem or error.context}, line {mark.line + 2 if mark else 1}"
    except RecursionError:
        return {}, "nested too deeply, line 2"
    except yaml.YAMLError as error:
        return {}, " ".join(str(error).split())
    if not isinstance(meta, dict):
        return {}, "it must be a list of `key: value` lines"
    return meta, None


def anchors(text: str) -> set[str]:
    """Return the anchors of a page without reading all of it; those inside code are among them."""
    return {a or b for a, b in INLINE_ANCHOR.findall(text)}


def with_notes_in_order(text: str) -> str:
    """Return the page with its footnotes written in the order in which a reader meets their marks.

    Python-Markdown numbers notes as they are written; its option to number them as they are met goes wrong in lists.
    """
    notes = {match[1]: match for match in NOTE.finditer(text)}
    if not notes:
        return text
    running = NOTE.sub("", text)
    met = dict.fromkeys(mark for mark in FOOTNOTE_MARK.findall(running) if mark in notes)
    met |= dict.fromkeys(notes)  # those that only other notes mention
    return running.rstrip("\n") + "\n\n" + "\n".join(notes[label][0].rstrip("\n") for label in met) + "\n"


def plain(text: str) -> str:
    """Return inline Markdown as a reader sees it, without code, emphasis, footnote marks and foreign words."""
    if MARKED.search(text):
        text = MARKUP.sub("", CODE.sub(" ", FOOTNOTE_MARK.sub("", FOREIGN.sub(" ", text) if "<" in text else text)))
    return " ".join(text.split())


class _Reader:
    """Walks through the block tokens of one page, section by section."""

    def __init__(self, text: str):
        self.document = Document()
        self.lines = text.splitlines()
        self.inside: list[str] = []  # the blocks that are open: list_item, th, admonition_title, footnote_reference …
        self.line = 1
        self._open_section(Heading(1, 1, "", None))
        tokens = _parser().parse(text)
        for place, token in enumerate(tokens):
            if token.map:
                self.line = token.map[0] + 1
            if token.type == "front_matter":
                self.document.meta, self.document.meta_error = front_matter(token.content)
                if found := re.search(r"line (\d+)$", self.document.meta_error or ""):
                    self.document.meta_line = int(found[1])
            elif token.type == "inline":
                self._inline(token, tokens[place - 1])
            else:
                self._block(token, tokens, place)
        self._close_section(len(self.lines) + 1)
        self.document.sections = [s for s in self.document.sections if s.title or s.prose or s.blocks]

    @property
    def section(self) -> Section:
        return self.document.sections[-1]

    def _open_section(self, heading: Heading) -> None:
        if self.document.sections:
            self._close_section(heading.line)
        self.document.sections.append(Section(heading.anchor or "", heading.line, heading.level, heading.text))

    def _close_section(self, end: int) -> None:
        self.section.source = "\n".join(self.lines[self.section.line : end - 1])

    def _block(self, token: Token, tokens: list[Token], place: int) -> None:
        if token.nesting == -1:
            self.inside.pop()
            return
        if token.type in SHAPED:
            self.section.blocks.append(Block(self.line, self._shape(token, tokens, place)))
        if token.type == "fence" and token.info.strip() == "diagram":
            self.document.drawings.append((self.line, token.content))
            self.section.prose += [Prose(self.line, "caption", words) for words in _drawing_words(token.content)]
        elif token.type == "html_block":
            self._note_anchors(token.content)
            self._note_html(token.content)
        elif token.type == "footnote_reference_open":
            self.document.footnotes.setdefault(token.meta["label"], self.line)
        if token.nesting == 1:
            self.inside.append(token.type.removesuffix("_open"))

    def _shape(self, token: Token, tokens: list[Token], place: int) -> str:
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            return _list_shape(tokens, place)
        if kind == "table_open":
            return _table_shape(tokens, place)
        if kind == "admonition_open":
            return f"callout “{token.meta['tag']}”"
        if kind == "fence":
            name = token.info.strip()
            return f"drawing “{_drawing_name(token.content)}”" if name == "diagram" else f"code “{name or 'text'}”"
        if kind == "dl_open":
            return "definition list"
        return {"code_block": "code “text”", "blockquote_open": "quotation", "hr": "line"}[kind]

    def _inline(self, token: Token, opening: Token) -> None:
        content = token.content
        if "[^" in content:
            for number, row in enumerate(content.split("\n")):
                found = FOOTNOTE_MARK.findall(CODE.sub("", row))
                self.document.footnote_marks += [(mark, self.line + number) for mark in found]
        if opening.type == "heading_open":
            heading = _heading(opening, content, self.line)
            self._open_section(heading)
            self.document.headings.append(heading)
            if heading.anchor:
                self.document.anchors.add(heading.anchor)
            content = ATTRIBUTES.sub("", content)
        self._note_anchors(content)
        if "<" in content:
            self._note_html(content)
        if content.startswith('=== "'):
            self.section.blocks.append(Block(self.line, "tab"))
        if "](" in content and not any(sign in content for sign in "`<\\"):
            content = self._simple_links(content)
        if "](" in content or "][" in content or "] (" in content or "![" in content:
            content = self._links(content)
        if words := plain(content):
            self.section.prose.append(Prose(self.line, self._kind(opening), words))

    def _kind(self, opening: Token) -> str:
        if opening.type == "heading_open":
            return "heading"
        kinds = {"footnote_reference": "note", "admonition_title": "title", "th": "cell", "td": "cell"}
        kinds |= {"list_item": "item", "dt": "item", "dd": "item"}
        return next((kinds[each] for each in reversed(self.inside) if each in kinds), "paragraph")

    def _simple_links(self, content: str) -> str:
        """Note the links without anything odd in them; return the text with their words in their place."""
        for match in SIMPLE_LINK.finditer(content):
            line = self.line + content.count("\n", 0, match.start())
            self.section.links.append(Link(line, MARKUP.sub("", match[1]), match[2]))
        return SIMPLE_LINK.sub(r"\1", content)

    def _links(self, content: str) -> str:
        """Note the links and images of a block; return its text with the words of links and without images."""
        children: list[Token] = []
        _parser().inline.parse(FOOTNOTE_MARK.sub("", content), _parser(), {}, children)
        line, target, text, words = self.line, None, [], []
        for child in children:
            if child.type == "softbreak":
                line += 1
            if child.type == "link_open":
                target, text = str(child.attrs["href"]), []
            elif child.type == "link_close":
                self.section.links.append(Link(line, "".join(text), target))
                target = None
            elif child.type == "image":
                self.section.links.append(Link(line, child.content, str(child.attrs["src"])))
                self.section.blocks.append(Block(line, "image"))
                self.section.prose.append(Prose(line, "caption", child.content))
                continue
            elif target is None and child.type == "text":
                for broken in UNRESOLVED.finditer(child.content):
                    self.section.links.append(Link(line, broken[1], ""))
            else:
                text.append(child.content)
            if child.type == "html_inline":
                words.append(child.content)
            elif child.type == "softbreak":
                words.append(" ")
            elif child.type == "text":
                words.append(child.content)
        return "".join(words)

    def _note_html(self, text: str) -> None:
        """Note the links and headings that are written as HTML."""
        for number, row in enumerate(text.split("\n")):
            self.section.links += [Link(self.line + number, tag, target) for tag, target in HTML_LINK.findall(row)]
            for level, attributes, words in HTML_HEADING.findall(row):
                found = re.search(r'\sid="([^"]+)"', attributes)
                self.document.headings.append(Heading(self.line + number, int(level), words, found and found[1]))

    def _note_anchors(self, text: str) -> None:
        if "#" in text or " id=" in text:
            self.document.anchors.update(a or b for a, b in INLINE_ANCHOR.findall(text))


def _heading(token: Token, text: str, line: int) -> Heading:
    anchor = None
    if attributes := ATTRIBUTES.search(text):
        text = text[: attributes.start()]
        found = ANCHOR.search(attributes[1])
        anchor = found[1] if found else None
    return Heading(line, int(token.tag[1]), text.strip(), anchor)


def _inner(tokens: list[Token], place: int) -> Iterator[Token]:
    """Yield the tokens between an opening one and its closing one."""
    level = tokens[place].level
    for token in tokens[place + 1 :]:
        if token.level == level:
            return
        yield token


def _list_shape(tokens: list[Token], place: int) -> str:
    inner = list(_inner(tokens, place))
    items = sum(token.type == "list_item_open" and token.level == tokens[place].level + 1 for token in inner)
    boxes = sum(
        token.type == "inline"
        and token.level == tokens[place].level + 3
        and bool(re.match(r"\[[ xX]\]\s", token.content))
        for token in inner
    )
    kind = "numbered list" if tokens[place].type.startswith("ordered") else "checklist" if boxes else "list"
    depth = tokens[place].level // 2
    return f"{kind} of {items}" + (f", {boxes} to tick" if boxes else "") + (f", level {depth + 1}" if depth else "")


def _table_shape(tokens: list[Token], place: int) -> str:
    inner = list(_inner(tokens, place))
    rows = sum(token.type == "tr_open" for token in inner)
    columns = sum(token.type == "th_open" for token in inner)
    return f"table of {rows} × {columns}"


def _drawing_name(source: str) -> str:
    found = re.search(r"^name:\s*(\S+)", source, re.MULTILINE)
    return found[1] if found else "?"


def _drawing_words(source: str) -> list[str]:
    """Return the title and the words of a drawing block; nothing when it is not YAML, which a rule reports."""
    block, _ = front_matter(source)
    words = block.get("words")
    return [
        str(each) for each in [block.get("title", ""), *(words.values() if isinstance(words, dict) else [])] if each
    ]
