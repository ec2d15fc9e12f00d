"""What can be mended without a person: trailing spaces, look-alike letters, quotes and dashes, anchors left out.

Only what is certain is mended, and only if the page has the same sections, links, blocks and code afterwards. The rules
`letters`, `typography` and `anchors` name the rest.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

import yaml

from guide import letters, markdown, texts
from guide.letters import HIDDEN, Sign
from guide.markdown import Document, Heading
from guide.model import WORDS, Guide, Page
from guide.safe_yaml import LOADER
from guide.spans import Span, is_inside, merged

LANGUAGES = tuple(letters.QUOTES)

# What is no prose: marks at the beginning of a line, tags, addresses, attributes, marks of notes.
SYNTAX = re.compile(
    r"^[ \t]*(?:>[ \t>]*)?(?:[-*+] \[[ xX]\]|(?:[-*+:]|\d+[.)]|#{1,6})(?=\s)|\[\^[^\]\n]{1,99}\]:|\|[ |:-]*\|$)|"
    r"^\[(?!\^)[^\]\n]{1,99}\]:[^\n]*$|<[^<>]{1,400}>|\]\([^()\n]{0,400}\)|\{[^{}\n]{1,200}\}|\[\^[^\]\n]{1,99}\]|"
    r"https?://\S+",
    re.MULTILINE,
)
CALLOUT = re.compile(r"^([ \t]*(?:!!!|\?\?\?\+?|===)[^\"\n]*\")[^\n]*?(\"[ \t]*$)", re.MULTILINE)
NEW_BLOCK = re.compile(r"[ \t>]*(?:[-*+]\s|\d+[.)]\s|\||#|:\s|\[\^|!!!|\?\?\?|===|$)")


def fixed(guide: Guide) -> dict[str, str]:
    """Return {path: new text} of the files in which something was mended."""
    found = {}
    for slug in guide.slugs:
        topic = guide.topic(slug)
        for page in topic.values():
            text = mended(page.text, page.language) if page.language in LANGUAGES else page.text
            text = with_anchors(text, [other for other in topic.values() if other is not page])
            if text != page.text:
                found[page.path] = text
    words = mended_words(guide.words_text, tuple(language.code for language in guide.languages))
    return found | ({WORDS: words} if words != guide.words_text else {})


def mended(text: str, language: str) -> str:
    """Return a page without what is mechanically and certainly wrong in it."""
    text = _plain_lines(text)
    for step in (_visible, _tidy_spaces, _one_script, _typeset):
        after = step(text, language)
        if after != text and _same_page(markdown.parse(text), markdown.parse(after)):
            text = after
    return text


def _same_page(before: Document, after: Document) -> bool:
    """Return whether nothing but words has changed."""
    return _skeleton(before) == _skeleton(after)


def _skeleton(document: Document) -> tuple:
    return (
        [(heading.level, heading.anchor) for heading in document.headings],
        [(section.anchor, [block.shape for block in section.blocks]) for section in document.sections],
        [link.target for link in document.links],
        [len(section.prose) for section in document.sections],
        list(document.footnotes),
        [mark for mark, _ in document.footnote_marks],
        sorted(map(str, document.meta)),
        document.meta_error is None,
    )


# ---------------------------------------------------------------- Lines, spaces, signs


def _plain_lines(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _visible(text: str, language: str) -> str:
    """Return the text without invisible signs, with whole letters."""
    addresses = merged([m.span() for m in re.finditer(r"\]\([^()\n]{0,400}\)|https?://\S+", text)])
    found = [sign for sign in letters.strange_signs(text) if not is_inside(sign.start, addresses)]
    return _put(text, found)


def _tidy_spaces(text: str, language: str) -> str:
    """Return the text without spaces at the ends of lines, two that break a line excepted, or twice between words."""
    hidden = _code_and_head(text)
    found = [sign for sign in letters.double_spaces(text) if not is_inside(sign.start, hidden)]
    for match in re.finditer(r"(?<![ \t])[ \t]+$", text, re.MULTILINE):
        before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()].strip()
        breaks_line = len(match[0]) > 1 and before and before[0] not in "#|" and text[match.end() + 1 : match.end() + 2]
        if not is_inside(match.start(), hidden) and not (breaks_line and text[match.end() + 1].strip()):
            found.append(Sign(*match.span(), "", ""))
    return _put(text, found)


def _one_script(text: str, language: str) -> str:
    """Return the text with look-alike letters put right, code, addresses and what is marked as foreign left alone."""
    hidden = merged(texts.shown_spans(text) + _syntax(text))
    found = [sign for sign in letters.alien_letters(text, language) if not is_inside(sign.start, hidden)]
    return _put(text, found)


def _put(text: str, signs: Iterable[Sign]) -> str:
    """Return the text with every sign that can be mended replaced."""
    parts, done = [], 0
    for sign in sorted(signs, key=lambda sign: sign.start):
        if sign.mended is not None and sign.start >= done:
            parts += [text[done : sign.start], sign.mended]
            done = sign.end
    return "".join([*parts, text[done:]])


def _syntax(text: str) -> list[Span]:
    callouts = [span for match in CALLOUT.finditer(text) for span in (match.span(1), match.span(2))]
    return callouts + [match.span() for match in SYNTAX.finditer(text)]


def _code_and_head(text: str) -> list[Span]:
    head = texts.HEAD.match(text)
    return merged(texts.code_spans(text) + ([head.span()] if head else []))


# ---------------------------------------------------------------- Quotes and dashes


def _typeset(text: str, language: str) -> str:
    """Return the text with the language's quotes, dashes and dots in its prose and in what its front matter says."""
    masked = _masked(text, merged(texts.shown_spans(text) + _code_and_head(text) + _syntax(text)))
    prose = {prose.line for section in markdown.parse(text).sections for prose in section.prose}
    found = [
        Sign(start + sign.start, start + sign.end, sign.what, sign.mended)
        for start, end in _paragraphs(masked, prose)
        for sign in letters.typographic_slips(masked[start:end], language)
    ]
    return _put(text, [*found, *_head_slips(text, language)])


def _masked(text: str, spans: list[Span]) -> str:
    """Return the text, as long as before, with a sign that is no letter in place of everything inside the spans."""
    parts, done = [], 0
    for start, end in spans:
        inside = re.sub(r"[^\n]", HIDDEN, text[start:end])
        begins_line = not text[text.rfind("\n", 0, start) + 1 : start].strip(" \t>")
        parts += [text[done:start], inside.replace(HIDDEN, " ") if begins_line else inside]
        done = end
    return "".join([*parts, text[done:]])


def _paragraphs(masked: str, prose: set[int]) -> Iterator[Span]:
    """Yield where the paragraphs, items and cells are that begin on the lines of `prose`."""
    start, number, place = None, 0, 0
    blocks: list[tuple[int, int, int]] = []  # line, start, end
    for number, line in enumerate(masked.split("\n"), 1):
        if NEW_BLOCK.match(line) or number in prose:
            start = None
        if start is None and line.strip():
            blocks.append((number, place, place))
            start = place
        if start is not None:
            blocks[-1] = (*blocks[-1][:2], place + len(line))
        place += len(line) + 1
    for number, start, end in blocks:
        if number in prose:
            yield from _cells(masked, start, end) if masked[start:end].lstrip().startswith("|") else [(start, end)]


def _cells(masked: str, start: int, end: int) -> Iterator[Span]:
    bars = [start + match.start() for match in re.finditer(r"\|", masked[start:end])]
    yield from ((left + 1, right) for left, right in pairwise([*bars, end]))


def _head_slips(text: str, language: str) -> Iterator[Sign]:
    """Yield the slips in what the front matter says to readers."""
    head = texts.HEAD.match(text)
    if not head:
        return
    keys = {key: value for key, value in _mapping(head[0][4:-4]) if key in texts.FRONT_MATTER}
    for start, end in keys.values():
        yield from _slips_in_value(text, 4 + start, 4 + end, language)


def _mapping(source: str) -> Iterator[tuple[str, Span]]:
    """Yield (key, where its value stands) of a front matter."""
    try:
        root = yaml.compose(source, LOADER)
    except (yaml.YAMLError, RecursionError):
        return
    if isinstance(root, yaml.MappingNode):
        for key, value in root.value:
            if isinstance(value, yaml.ScalarNode):
                yield key.value, (value.start_mark.index, value.end_mark.index)


def _slips_in_value(text: str, start: int, end: int, language: str) -> Iterator[Sign]:
    """Yield the slips in a YAML value, unless its own quotes make that doubtful."""
    value = text[start:end]
    if value[:1] in ("|", ">") or "\\" in value or "''" in value or "\n" in value:
        return
    inner = 1 if value[:1] in ("'", '"') else 0
    masked = _masked(value, [m.span() for m in re.finditer(r"<[^<>]{1,400}>", value)])[inner : len(value) - inner]
    for sign in [*letters.typographic_slips(masked, language), *letters.alien_letters(masked, language)]:
        yield Sign(start + inner + sign.start, start + inner + sign.end, sign.what, sign.mended)


def mended_words(text: str, codes: tuple[str, ...]) -> str:
    """Return docs/words.yml with whole letters of one script, and the quotes and dashes of each language."""
    text = _plain_lines(text)
    text = _put(text, letters.strange_signs(text))
    text = re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)
    slips = [
        slip
        for scalar in texts.scalars(text, codes)
        if scalar.language in LANGUAGES
        for slip in _slips_in_value(text, scalar.start, scalar.end, scalar.language)
    ]
    after = _put(text, slips)
    return after if len(texts.scalars(after, codes)) == len(texts.scalars(text, codes)) else text


# ---------------------------------------------------------------- Anchors


def with_anchors(text: str, others: list[Page]) -> str:
    """Return a page with the anchors that its headings lack, from a language whose headings are otherwise the same."""
    headings = markdown.parse(text).headings
    if all(heading.anchor for heading in headings):
        return text
    wanted = {_missing(headings, other.document.headings) for other in others} - {()}
    if len(wanted) != 1:
        return text  # no language has them, or two disagree
    lines = text.split("\n")
    for line, anchor in wanted.pop():
        lines[line - 1] = _with_anchor(lines[line - 1], anchor)
    after = "\n".join(lines)
    return after if all(heading.anchor for heading in markdown.parse(after).headings) else text


def _missing(here: list[Heading], there: list[Heading]) -> tuple[tuple[int, str], ...]:
    """Return (line, anchor) of the headings without an anchor; nothing when the two outlines differ otherwise."""
    same = len(here) == len(there) and all(
        mine.level == other.level and other.anchor and mine.anchor in (None, other.anchor)
        for mine, other in zip(here, there, strict=True)
    )
    if not same:
        return ()
    return tuple((mine.line, other.anchor) for mine, other in zip(here, there, strict=True) if not mine.anchor)


def _with_anchor(line: str, anchor: str) -> str:
    attributes = markdown.ATTRIBUTES.search(line)
    if attributes:
        return f"{line[: attributes.start()]} {{#{anchor} {attributes[1].strip()}}}"
    return f"{re.sub(r'[ #]*$', '', line)} {{#{anchor}}}"
