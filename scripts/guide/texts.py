"""Every text that readers see, with its language, file and line: prose, what a front matter says, docs/words.yml."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

import yaml

from guide.markdown import FOREIGN, Prose, plain
from guide.model import WORDS, Guide, Page
from guide.safe_yaml import LOADER
from guide.spans import Span, merged

SIGNS = '.,;:!?…«»“”„"()[]/—–'  # that touch a word
FRONT_MATTER = ("description", "part")  # the keys whose values readers see


class Text(NamedTuple):
    language: str
    path: str
    line: int
    kind: str  # as of guide.markdown.Prose; "front matter"; "word" of docs/words.yml
    text: str


@dataclass(frozen=True, eq=False)
class Source:
    """What readers see of a page, or of docs/words.yml in one language."""

    language: str
    path: str
    written: str  # the whole file
    texts: list[Prose | Text]

    @cached_property
    def split(self) -> list[list[str]]:
        """Return the tokens of each text: what stands between spaces, words with the signs that touch them."""
        return [each.text.split() for each in self.texts]

    @cached_property
    def tokens(self) -> set[str]:
        """Return the tokens of all texts, each once."""
        return set(chain.from_iterable(self.split))

    def having(self, tokens: Set[str]) -> list[Prose | Text]:
        """Return the texts in which one of the tokens stands."""
        if not tokens:
            return []
        return [text for text, split in zip(self.texts, self.split, strict=True) if not tokens.isdisjoint(split)]


class Sieve:
    """Says of which tokens something is true, and works it out once for each: pages share most of their words."""

    def __init__(self, is_true: Callable[[str], object]):
        """`is_true` is asked without the SIGNS around a token."""
        self.is_true = is_true
        self.fine: set[str] = set()
        self.found: set[str] = set()

    def __call__(self, tokens: set[str]) -> set[str]:
        """Return the tokens of which it is true."""
        rest = tokens - self.fine
        for token in rest - self.found:
            bare = token.strip(SIGNS)
            is_true = bare in self.found or (bare not in self.fine and self.is_true(bare))
            (self.found if is_true else self.fine).update((bare, token))
        return rest & self.found


@dataclass(frozen=True)
class Scalar:
    """A value as it stands in a YAML text, its quotes among it."""

    language: str
    start: int
    end: int
    line: int
    value: str


def sources(guide: Guide) -> Iterator[Source]:
    """Yield what docs/words.yml and the pages to check say."""
    yield from words_by_language(guide).values()
    yield from map(source, guide.checked)


def of_guide(guide: Guide) -> Iterator[Text]:
    """Yield every text of the pages to check and of docs/words.yml."""
    for each in sources(guide):
        yield from (Text(each.language, each.path, text.line, text.kind, text.text) for text in each.texts)


@lru_cache(maxsize=1 << 12)  # each rule asks again
def source(page: Page) -> Source:
    """Return what a page says: its front matter to those who search, its prose."""
    prose = [each for section in page.document.sections for each in section.prose]
    return Source(page.language, page.path, page.text, [*of_head(page), *prose])


def of_head(page: Page) -> Iterator[Text]:
    for key in FRONT_MATTER:
        if isinstance(value := page.meta.get(key), str):
            yield Text(page.language, page.path, line_of_key(page.text, key), "front matter", value)


def of_words(guide: Guide) -> Iterator[Text]:
    for each in words_by_language(guide).values():
        yield from each.texts


def words_by_language(guide: Guide) -> Mapping[str, Source]:
    """Return what docs/words.yml says, by language."""
    return _words_by_language(guide.words_text, tuple(language.code for language in guide.languages))


@lru_cache(maxsize=4)
def _words_by_language(written: str, codes: tuple[str, ...]) -> Mapping[str, Source]:
    said = [Text(each.language, WORDS, each.line, "word", plain(each.value)) for each in scalars(written, codes)]
    return {code: Source(code, WORDS, written, [text for text in said if text.language == code]) for code in codes}


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
