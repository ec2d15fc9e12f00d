"""Markdown text → sections, blocks, prose, links and anchors, with line numbers. Nothing else here parses Markdown.

The site itself is rendered by Python-Markdown, which keeps no line numbers; this reader is pulldown-cmark, in Rust,
with what matches the extensions in mkdocs.yml. It does not know callouts: they are written as quotations for it.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace

import pyromark
import yaml
from pyromark import Options

from guide.safe_yaml import LOADER, alias

ATTRIBUTES = re.compile(r"\s*\{:?\s*([^{}]*)\}\s*$")
ANCHOR = re.compile(r"(?:^|\s)#([^\s{}]+)")
# No expression may look further than a tag can be long: "<<<<…" must not take an hour.
TAG = r"<[^<>]{1,400}"
INLINE_ANCHOR = re.compile(rf"\{{:?[^{{}}\n]{{0,200}}?#([\w-]+)[^{{}}\n]{{0,200}}\}}|{TAG}?\sid=\"([^\"<>]+)\"")
UNRESOLVED = re.compile(r"(?<!!)\[([^\[\]]+)\](?:\[[^\[\]]*\]|\s\([^()\s]+\))")
LEADS = re.compile(r"\{:?[^{}\n]{0,200}?\bhreflang=\"?(\w+)[^{}\n]{0,200}\}")
FOOTNOTE_MARK = re.compile(r"\[\^([^\]\s]{1,400})\]")
NOTE = re.compile(r"^\[\^([^\]\s]+)\]:.*\n?(?:(?:[ \t]*\n)*(?: {4}|\t).*\n?)*", re.MULTILINE)
FOREIGN = re.compile(r'<(span|q|i|em)\s[^<>]{0,200}?lang="[^"<>]*"[^<>]{0,200}>.{0,5000}?</\1>', re.DOTALL)
# Each branch begins with a fixed sign, which makes the search several times faster.
MARKUP = re.compile(
    rf"{TAG}>|\{{:?[ .#][^{{}}]{{0,200}}\}}|\*(?:\*|(?!\w)|(?<!\w\*))|_(?:_|(?!\w)|(?<!\w_))|\[(?<=^\[)[ xX]\]\s"
)
WEB_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
HTML_LINK = re.compile(r'<(a|img)\s[^<>]{0,300}?(?:href|src)="([^"<>]*)"')
HTML_HEADING = re.compile(r"<h([1-6])\b([^<>]{0,300})>([^<]*)")
MARKED = re.compile(r"[*_`<{\[]")
CODE = re.compile(r"`+[^`]*`+")
HEAD = re.compile(r"(-{3,}+)[^\n]*\n(.*?)^(?: {0,3}\1-*|\.{3}) *(?:\n|\Z)", re.MULTILINE | re.DOTALL)
LINE_END = re.compile(rb"\n(?<!\r\n)")
# Where a block of code or a callout begins, be it behind the marks of the list items that it stands in
OPENING = re.compile(
    r"(?P<margin>(?: |(?:[-*+]|\d{1,9}[.)]) )*+)"
    r"(?:(?P<fence>`{3,}+(?!.*`)|~{3,})|(?:!!!|\?\?\?\+?) *(?P<name>[\w-]\S*)(?P<title>.*))"
)
LIST_ITEM_OR_NOTE = re.compile(r"(?:[-*+]|\d{1,9}[.)])\s|\[\^")


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
    hreflang: str = ""  # the language that it is said to lead into: [text](target){hreflang=ru}


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


OPTIONS = Options.ENABLE_TABLES | Options.ENABLE_FOOTNOTES | Options.ENABLE_TASKLISTS | Options.ENABLE_DEFINITION_LIST
PARSER = pyromark.Markdown(options=OPTIONS)


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
        text = CODE.sub(" ", text)  # first: what is code is no markup
        text = MARKUP.sub("", FOOTNOTE_MARK.sub("", FOREIGN.sub(" ", text) if "<" in text else text))
    if text.isprintable() and "  " not in text:  # the usual case, told twice as fast
        return text.strip()
    return " ".join(text.split())


@dataclass
class _Frame:
    """The page, or a callout that is open."""

    indent: str  # what its lines begin with
    quote: str  # what they begin with instead in a quotation, those around it included
    last: str = ""  # its last line without indentation
    fence: str = ""  # the signs that end the block of code that is open in it


class _Callouts:
    """Writes callouts as quotations with their title as a heading, line for line.

    An empty line that ends in "\\r\\n", and is not counted, keeps a quotation apart from what is next to it.
    """

    def __init__(self):
        self.names: dict[int, str] = {}  # line → name of the callout that begins there
        self.frames = [_Frame("", "")]

    def as_quotations(self, text: str) -> str:
        if "!!!" not in text and "???" not in text:
            return text
        rows = enumerate(text.expandtabs(4).split("\n"), 1)
        return "\n".join(self._line(number, row) if row else self.frames[-1].quote for number, row in rows)

    def _line(self, number: int, line: str) -> str:
        rest, apart = self._leave(line) if len(self.frames) > 1 else (line, False)
        frame = self.frames[-1]
        if frame.fence:
            if rest.strip().startswith(frame.fence) and not rest.strip().strip(frame.fence[0]):
                frame.fence = ""
            return frame.quote + rest
        if rest[:1] not in ("", " "):
            frame.last = rest
        opening = OPENING.match(rest)
        if opening and (not rest.startswith("    ") or LIST_ITEM_OR_NOTE.match(frame.last)):  # otherwise it is code
            frame.fence = opening["fence"] or ""
            if opening["name"]:
                rest, apart = self._enter(opening, number), True
        return f"{frame.quote}\r\n{frame.quote}{rest}" if apart else frame.quote + rest

    def _leave(self, line: str) -> tuple[str, bool]:
        """Close the callouts that end before a line; return what is left of the line, and whether any did."""
        for place, frame in enumerate(self.frames):
            if not line.startswith(frame.indent) and line.strip():
                del self.frames[place:]
                return line, True
            line = line[len(frame.indent) :]
        return line, False

    def _enter(self, opening: re.Match, number: int) -> str:
        """Open a callout; return its first line."""
        self.names[number], title = _name_and_title(opening["name"], opening["title"])
        margin = " " * len(opening["margin"])
        self.frames.append(_Frame(f"{margin}    ", f"{self.frames[-1].quote}{margin}> "))
        return f"{opening['margin']}> ###### {title} #" if title else f"{opening['margin']}>"


def _name_and_title(name: str, rest: str) -> tuple[str, str]:
    """Return what a callout is called and its title: what is quoted, else the rest of the line, else the name."""
    before, _, quoted = rest.partition('"')
    title, closed, after = quoted.rpartition('"')
    if not closed or not before[-1:].isspace() or len(after.split()) > 1:
        title = rest.strip() or name.title()
    return name.lower(), title


@dataclass
class _Counted:
    """A list or a table that is open: where its block stands, and what has been counted in it."""

    blocks: list[Block]
    place: int
    kind: str
    level: int = 1
    columns: int = 0
    rows: int = 0
    boxes: int = 0

    def close(self) -> None:
        self.blocks[self.place] = Block(self.blocks[self.place].line, self._shape())

    def _shape(self) -> str:
        if self.kind == "table":
            return f"table of {self.rows} × {self.columns}"
        kind = "checklist" if self.boxes and self.kind == "list" else self.kind
        ticks = f", {self.boxes} to tick" if self.boxes else ""
        return f"{kind} of {self.rows}{ticks}" + (f", level {self.level}" if self.level > 1 else "")


@dataclass
class _OpenLink:
    target: str
    start: int  # where its words begin among those of the block
    is_address: bool  # <https://example.org>
    said: list[str] = field(default_factory=list)


class _Reader:
    """Walks through the events of pulldown-cmark on one page, section by section."""

    def __init__(self, text: str):
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        self.document = Document()
        self.lines = text.removesuffix("\n").split("\n")
        callouts = _Callouts()
        text = callouts.as_quotations(self._without_front_matter(text))
        self.callouts = callouts.names
        self.source = text.encode("utf-8", "replace")
        self.line_ends = [match.start() for match in LINE_END.finditer(self.source)]
        self.has_entities = "&" in text
        self.kinds = ["paragraph"]  # the kind of prose on the page and in each block that is open
        self.counted: list[_Counted] = []  # the lists and tables that are open
        self.links: list[_OpenLink] = []
        self.link_end = -1  # where the last link ends
        self.code: str | None = None  # what the block of code that is open is called
        self.words: list[str] = []  # since the last block began or ended
        self.start = 0  # where they begin
        self._open_section(Section("", 1, 1, ""))
        self._read()
        self._close_section(len(self.lines) + 1)
        self.document.sections = [s for s in self.document.sections if s.title or s.prose or s.blocks]

    def _without_front_matter(self, text: str) -> str:
        """Read the front matter; return the page with empty lines in its place."""
        head = HEAD.match(text)
        if not head:
            return text
        self.document.meta, self.document.meta_error = front_matter(head[2])
        if found := re.search(r"line (\d+)$", self.document.meta_error or ""):
            self.document.meta_line = int(found[1])
        return "\n" * head[0].count("\n") + text[head.end() :]

    def _open_section(self, section: Section) -> None:
        if self.document.sections:
            self._close_section(section.line)
        self.document.sections.append(section)
        self.section = section

    def _close_section(self, end: int) -> None:
        self.section.source = "\n".join(self.lines[self.section.line : end - 1])

    def _line(self, place: int) -> int:
        return bisect_left(self.line_ends, place) + 1

    def _read(self) -> None:
        """Read the events: "Rule", {"Text": …}, {"Start": "Paragraph"}, {"Start": {"List": …}}, {"End": …} …"""
        for event, span in PARSER.events_with_range(self.source.decode(), merge_text=True):
            happens, about = event.popitem() if event.__class__ is dict else (event, None)
            if happens == "Text":
                self._text(about, span)
            elif happens == "Start":
                name, about = (about, None) if about.__class__ is str else about.popitem()
                if name not in INLINE:
                    if self.words:
                        self._finish()
                    self.kinds.append(KINDS.get(name) or self.kinds[-1])
                if name in STARTS:
                    STARTS[name](self, about, span)
            elif happens == "End":
                name = about if about.__class__ is str else about.popitem()[0]
                if name in ENDS:
                    ENDS[name](self, span)
                if name not in INLINE:
                    if self.words:
                        self._finish()
                    self.kinds.pop()
            else:
                EVENTS[happens](self, about, span)

    # ---------------------------------------------------------------- Words

    def _say(self, words: str, span: dict) -> None:
        if not self.words:
            self.start = span["start"]
        self.words.append(words)

    def _text(self, text: str, span: dict) -> None:
        if self.code is None:
            if self.has_entities and "&" in (written := self.source[span["start"] : span["end"]].decode()):
                text = written  # entities stay as they are written
            if self.links:
                self.links[-1].said.append(text)
            elif "]" in text or text.startswith("{"):
                text = self._odd(text, span)
        self._say(text, span)

    def _odd(self, text: str, span: dict) -> str:
        """Note marks without a note, links that did not become one, and what is said of the link before the text."""
        line = self._line(span["start"])
        self.document.footnote_marks += [(mark, line) for mark in FOOTNOTE_MARK.findall(text)]
        for broken in UNRESOLVED.finditer(FOOTNOTE_MARK.sub("", text)):
            self.section.links.append(Link(line, broken[1], ""))
        if span["start"] == self.link_end and (leads := LEADS.match(text)):
            self.section.links[-1] = replace(self.section.links[-1], hreflang=leads[1])
            text = text[leads.end() :]
        return text

    def _inline_code(self, code: str, span: dict) -> None:
        if self.links:
            self.links[-1].said.append(code)
        self._say(f"`{code.replace('`', ' ')}`", span)

    def _break(self, _: None, span: dict) -> None:
        if self.links:
            self.links[-1].said.append(" ")
        self._say("\n", span)

    def _mark(self, label: str, span: dict) -> None:
        self.document.footnote_marks.append((label, self._line(span["start"])))

    def _finish(self) -> None:
        """Note what the words say that have come since the last block began or ended."""
        content, line = "".join(self.words), self._line(self.start)
        self.words.clear()
        if "<" in content or "{" in content:
            self._note_html(content, line)
        if content.startswith('=== "'):
            self.section.blocks.append(Block(line, "tab"))
        if words := plain(content):
            self.section.prose.append(Prose(line, self.kinds[-1], words))

    def _note_html(self, text: str, line: int) -> None:
        """Note the anchors, links and headings that are written as HTML or attributes."""
        self.document.anchors.update(a or b for a, b in INLINE_ANCHOR.findall(text))
        for number, row in enumerate(text.split("\n"), line):
            self.section.links += [Link(number, tag, target) for tag, target in HTML_LINK.findall(row)]
            for level, attributes, words in HTML_HEADING.findall(row):
                found = re.search(r'\sid="([^"]+)"', attributes)
                self.document.headings.append(Heading(number, int(level), words, found and found[1]))

    # ---------------------------------------------------------------- Links

    def _open_link(self, about: dict, span: dict) -> None:
        target = f"mailto:{about['dest_url']}" if about["link_type"] == "Email" else about["dest_url"]
        self.links.append(_OpenLink(target, len(self.words), about["link_type"] in ("Autolink", "Email")))

    def _close_link(self, span: dict) -> None:
        link = self.links.pop()
        self.link_end = span["end"]
        self.section.links.append(Link(self._line(span["start"]), "".join(link.said), link.target))
        if link.is_address:
            del self.words[link.start :]

    def _close_image(self, span: dict) -> None:
        image, line = self.links.pop(), self._line(span["start"])
        del self.words[image.start :]
        self.section.links.append(Link(line, "".join(image.said), image.target))
        self.section.blocks.append(Block(line, "image"))
        self.section.prose.append(Prose(line, "caption", "".join(image.said)))

    # ---------------------------------------------------------------- Blocks

    def _block(self, span: dict, shape: str) -> None:
        self.section.blocks.append(Block(self._line(span["start"]), shape))

    def _open_heading(self, about: dict, span: dict) -> None:
        line = self._line(span["start"])
        if line in self.callouts:
            self.kinds[-1] = "title"
        else:
            self._open_section(Section("", line, int(about["level"][1]), ""))

    def _close_heading(self, span: dict) -> None:
        if self.kinds[-1] == "title":
            return
        section, text, anchor = self.section, "".join(self.words), None
        if attributes := ATTRIBUTES.search(text):
            text = text[: attributes.start()]
            found = ANCHOR.search(attributes[1])
            anchor = found[1] if found else None
        self.words = [text] if text else []
        section.title, section.anchor = text.strip(), anchor or ""
        self.document.headings.append(Heading(section.line, section.level, section.title, anchor))
        if anchor:
            self.document.anchors.add(anchor)

    def _open_list(self, first: int | None, span: dict) -> None:
        kind = "list" if first is None else "numbered list"
        self.counted.append(_Counted(self.section.blocks, len(self.section.blocks), kind, level=len(self.kinds) // 2))
        self._block(span, kind)

    def _open_table(self, columns: tuple, span: dict) -> None:
        blocks = self.section.blocks
        self.counted.append(_Counted(blocks, len(blocks), "table", columns=len(columns)))
        self._block(span, "table")

    def _close_counted(self, span: dict) -> None:
        self.counted.pop().close()

    def _row(self, about: None, span: dict) -> None:
        self.counted[-1].rows += 1

    def _box(self, is_ticked: bool, span: dict) -> None:
        self.counted[-1].boxes += 1

    def _open_quotation(self, about: None, span: dict) -> None:
        name = self.callouts.get(self._line(span["start"]))
        self._block(span, f"callout “{name}”" if name else "quotation")

    def _open_definitions(self, about: None, span: dict) -> None:
        self._block(span, "definition list")

    def _rule(self, about: None, span: dict) -> None:
        if self.words:
            self._finish()
        self._block(span, "line")

    def _open_note(self, label: str, span: dict) -> None:
        self.document.footnotes.setdefault(label, self._line(span["start"]))

    def _open_code(self, about: str | dict, span: dict) -> None:
        self.code = about["Fenced"].strip() if isinstance(about, dict) else ""

    def _close_code(self, span: dict) -> None:
        content, line = "".join(self.words), self._line(span["start"])
        if self.code == "diagram":
            self._block(span, f"drawing “{_drawing_name(content)}”")
            self.document.drawings.append((line, content))
            self.section.prose += [Prose(line, "caption", words) for words in _drawing_words(content)]
        else:
            self._block(span, f"code “{self.code or 'text'}”")
        self.code = None
        self.words.clear()

    def _close_html(self, span: dict) -> None:
        self._note_html("".join(self.words), self._line(span["start"]))
        self.words.clear()


KINDS = {
    "Heading": "heading",
    "Item": "item",
    "DefinitionListTitle": "item",
    "DefinitionListDefinition": "item",
    "TableCell": "cell",
    "FootnoteDefinition": "note",
}
INLINE = {"Emphasis", "Strong", "Link", "Image"}
STARTS = {
    "Link": _Reader._open_link,
    "Image": _Reader._open_link,
    "Heading": _Reader._open_heading,
    "List": _Reader._open_list,
    "Item": _Reader._row,
    "Table": _Reader._open_table,
    "TableHead": _Reader._row,
    "TableRow": _Reader._row,
    "BlockQuote": _Reader._open_quotation,
    "DefinitionList": _Reader._open_definitions,
    "FootnoteDefinition": _Reader._open_note,
    "CodeBlock": _Reader._open_code,
}
ENDS = {
    "Link": _Reader._close_link,
    "Image": _Reader._close_image,
    "Heading": _Reader._close_heading,
    "List": _Reader._close_counted,
    "Table": _Reader._close_counted,
    "CodeBlock": _Reader._close_code,
    "HtmlBlock": _Reader._close_html,
}
EVENTS = {
    "Code": _Reader._inline_code,
    "SoftBreak": _Reader._break,
    "HardBreak": _Reader._break,
    "InlineHtml": _Reader._say,
    "Html": _Reader._say,
    "FootnoteReference": _Reader._mark,
    "TaskListMarker": _Reader._box,
    "Rule": _Reader._rule,
}


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
