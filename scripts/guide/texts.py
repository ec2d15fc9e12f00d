"""Every text that readers see, with its language, file and line: prose, what a front matter says, docs/words.yml."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import yaml

from guide.markdown import FOREIGN, plain
from guide.model import WORDS, Guide, Page
from guide.safe_yaml import LOADER
from guide.spans import Span, merged

FRONT_MATTER = ("description", "part")  # the keys whose values readers see


class Text(NamedTuple):  # not a dataclass: there are hundreds of thousands
    language: str
    path: str
    line: int
    kind: str  # as of guide.markdown.Prose; "front matter"; "word" of docs/words.yml
    text: str


@dataclass(frozen=True)
class Scalar:
    """A value as it stands in a YAML text, its quotes among it."""

    language: str
    start: int
    end: int
    line: int
    value: str


def of_guide(guide: Guide) -> Iterator[Text]:
    """Yield every text of the pages to check and of docs/words.yml."""
    for page in guide.checked:
        yield from of_page(page)
    yield from of_words(guide)


def of_page(page: Page) -> Iterator[Text]:
    """Yield what a page says: its front matter to those who search, its prose."""
    yield from of_head(page)
    for section in page.document.sections:
        for prose in section.prose:
            yield Text(page.language, page.path, prose.line, prose.kind, prose.text)


def of_head(page: Page) -> Iterator[Text]:
    for key in FRONT_MATTER:
        if isinstance(value := page.meta.get(key), str):
            yield Text(page.language, page.path, line_of_key(page.text, key), "front matter", value)


def of_words(guide: Guide) -> Iterator[Text]:
    codes = tuple(language.code for language in guide.languages)
    for scalar in scalars(guide.words_text, codes):
        yield Text(scalar.language, WORDS, scalar.line, "word", plain(scalar.value))


def line_of_key(text: str, key: str) -> int:
    """Return the line on which a key of the front matter stands."""
    place = text.find(f"\n{key}:", 0, 10_000)
    return text.count("\n", 0, place + 1) + 1 if place >= 0 else 1


def line_of(text: str, start: int, snippet: str) -> int:
    """Return the line of a snippet in the block that begins on line `start`; `start` when it stands elsewhere."""
    for number, line in enumerate(_lines(text)[start - 1 : start + 200]):
        if snippet in line:
            return start + number
        if not line.strip():
            break
    return start


@lru_cache(maxsize=4)
def _lines(text: str) -> list[str]:
    return text.split("\n")


def line_at(text: str, place: int) -> int:
    """Return the line of a place in a text."""
    return bisect_left(_line_ends(text), place) + 1


@lru_cache(maxsize=4)
def _line_ends(text: str) -> list[int]:
    return [match.start() for match in re.finditer("\n", text)]


@lru_cache(maxsize=4)
def scalars(text: str, codes: tuple[str, ...]) -> tuple[Scalar, ...]:
    """Return the values under the keys kk, ru and en of a YAML text; lists of forms are no prose."""
    try:
        root = yaml.compose(text, LOADER)
    except yaml.YAMLError:
        return ()
    found, seen = [], set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, yaml.MappingNode) or id(node) in seen:
            continue  # an alias stands for a node that was here before
        seen.add(id(node))
        for key, value in node.value:
            if isinstance(value, yaml.MappingNode):
                waiting.append(value)
            elif isinstance(value, yaml.ScalarNode) and key.value in codes:
                start, end = value.start_mark, value.end_mark
                found.append(Scalar(key.value, start.index, end.index, start.line + 1, value.value))
    return tuple(sorted(found, key=lambda scalar: scalar.start))


# ---------------------------------------------------------------- Places in a page as it is written

HEAD = re.compile(r"---\n.*?\n---\n", re.DOTALL)
FENCE = re.compile(r"^[ \t]*(`{3,}+|~{3,}+)([^\n]*+)\n.*?(?:^[ \t]*\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
INLINE_CODE = re.compile(r"`[^`\n]+`")
FENCES_TO_READ = ("", "text", "diagram")  # what stands in these blocks is for readers


def code_spans(text: str, *, to_read: bool = True) -> list[Span]:
    """Return where code stands; with `to_read` the blocks whose words readers read are among it."""
    fences = [m.span() for m in FENCE.finditer(text) if to_read or m[2].strip() not in FENCES_TO_READ]
    return merged(fences + [m.span() for m in INLINE_CODE.finditer(text)])


def shown_spans(text: str) -> list[Span]:
    """Return where a page shows letters instead of using them: code, and what is marked as another language."""
    return merged(code_spans(text, to_read=False) + [m.span() for m in FOREIGN.finditer(text)])
