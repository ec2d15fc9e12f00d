"""Terms: the glossary's words in every language, and the words that the guide does not use."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, islice

from guide import glossary, inflection, texts
from guide.glossary import Term, Uses, Vocabulary
from guide.markdown import Prose
from guide.model import Guide, Page
from guide.rules.registry import Finding, rule
from guide.rules.words import avoid_fault
from guide.texts import SIGNS, Sieve, Source, Text


@rule
def same_terms(guide: Guide) -> Iterator[Finding]:
    """Where one language uses a term of the glossary, the others use theirs, so that all readers learn the same words.

    Write the term of docs/words.yml, in any form, or one of its synonyms there (`also:`). Where another word is the
    natural one, as «аптечка» is for a first-aid kit, add it to the term under `near:`, in that language; readers do
    not see that list. Terms marked `common:` or `everywhere:` are not asked for.
    """
    terms, vocabularies = _vocabularies(_Words(guide.words), tuple(language.code for language in guide.languages))
    names = {(code, term.key): term.name for code, listed in terms.items() for term in listed}
    cited = {term.key for listed in terms.values() for term in listed if term.entry.get("status") in ("law", "used")}
    for slug in guide.slugs:
        topic = {code: page for code, page in guide.topic(slug).items() if code in vocabularies}
        for code, page in topic.items():
            vocabularies[code].learn(texts.source(page).tokens)
        for sections in _shared_sections(topic):
            for code, key, line, others in _lacking(sections, list(_rows(sections)), vocabularies, cited):
                there = " and ".join(f"{topic[other].path}:{at} has “{names[other, key]}”" for other, at in others)
                yield topic[code].path, line, f"{there}; write “{names[code, key]}” here too"


class _Words:
    """The words of a guide as a key: the parts of a large guide have the same words."""

    def __init__(self, words: Mapping):
        self.words = words

    def __hash__(self) -> int:
        return id(self.words)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Words) and self.words is other.words


@lru_cache(maxsize=1)
def _vocabularies(known: _Words, codes: tuple[str, ...]) -> tuple[dict[str, list[Term]], dict[str, Vocabulary]]:
    """Return the terms that have a name in every language, by language; the rule `words` reports the others."""
    codes = [code for code in codes if code in glossary.ALPHABETS]
    entries = known.words.get("glossary", {})
    complete = {key: entry for key, entry in entries.items() if all(isinstance(entry.get(code), str) for code in codes)}
    terms = {code: [Term(key, entry, code) for key, entry in complete.items()] for code in codes}
    return terms, {code: Vocabulary(listed, code) for code, listed in terms.items()}


@dataclass(frozen=True)
class _Section:
    """A section in one language, and the tokens of each stretch of its prose."""

    line: int
    prose: list[Prose]
    tokens: list[list[str]]


def _shared_sections(topic: Mapping[str, Page]) -> Iterator[dict[str, _Section]]:
    """Yield the sections that two languages of a topic or more have."""
    by_anchor: dict[str, dict[str, _Section]] = {}
    for code, page in topic.items():
        sections = page.document.sections
        count = sum(len(section.prose) for section in sections)
        tokens = iter(texts.source(page).split[-count:])
        for section in sections:
            found = _Section(section.line, section.prose, list(islice(tokens, len(section.prose))))
            by_anchor.setdefault(section.anchor, {})[code] = found
    yield from (sections for sections in by_anchor.values() if len(sections) > 1)


Row = dict[str, tuple[int, list[str]]]  # language → line and tokens of what stands in the same place
Lack = tuple[str, str, int, list[tuple[str, int]]]  # language, term, line, [(other language, line)]


def _lacking(
    sections: dict[str, _Section], rows: list[Row], vocabularies: Mapping[str, Vocabulary], cited: set[str]
) -> Iterator[Lack]:
    """Yield the terms that a section has in some languages and lacks in another.

    Two languages are evidence enough within one paragraph, item or cell; a single one only in the whole section, and
    only with a phrase of the law or of the press.
    """
    uses = [{code: Uses(vocabularies[code], tokens) for code, (_, tokens) in row.items()} for row in rows]
    reported = set()
    for row, said in zip(rows, uses, strict=True):
        for key in sorted(set().union(*(each.terms for each in said.values() if each.found))):
            users = [code for code in row if key in said[code].terms]
            others = [code for code in row if code not in users and key not in said[code].near]
            least = min(said[code].parts(key) for code in users) if others and len(users) > 1 else 0
            for code in others if least else ():
                if said[code].parts(key) < least:
                    reported.add((code, key))
                    yield code, key, row[code][0], [(user, row[user][0]) for user in users]
    phrases = {code: set().union(*(said[code].phrases for said in uses if said[code].found)) for code in sections}
    for key in sorted(cited & set().union(*phrases.values()) - set.intersection(*phrases.values())):
        users = [code for code in sections if key in phrases[code]]
        for code in sections:
            if (code, key) not in reported and not any(said[code].parts(key) for said in uses):
                yield code, key, sections[code].line, [(user, sections[user].line) for user in users]


def _rows(sections: dict[str, _Section]) -> Iterator[Row]:
    """Yield what stands in the same place in the languages: block by block, or all in one when blocks differ."""
    if len({tuple([prose.kind for prose in section.prose]) for section in sections.values()}) == 1:
        for number in range(len(next(iter(sections.values())).prose)):
            yield {code: (each.prose[number].line, each.tokens[number]) for code, each in sections.items()}
    else:
        yield {code: (each.line, list(chain.from_iterable(each.tokens))) for code, each in sections.items()}


# ---------------------------------------------------------------- Words to avoid


Roots = tuple[str, ...]  # of a word


@dataclass(frozen=True, eq=False)
class Avoided:
    """An entry of `avoid:` in docs/words.yml."""

    language: str
    forms: list[str]
    exceptions: list[str]
    write: str
    why: str

    @cached_property
    def wrong(self) -> re.Pattern:
        return _any(self.forms, self.language)

    @cached_property
    def excepted(self) -> re.Pattern:
        return _any(self.exceptions, self.language)

    @cached_property
    def roots(self) -> list[list[Roots]]:
        """Return for each form the roots of its words; of each word one stands in every text that has the form."""
        forms = [inflection.words(form.split(), self.language) for form in self.forms]
        return [[tuple(root.lower() for root in word.roots) for word in words] for words in forms]

    def find(self, text: str) -> Iterator[re.Match]:
        """Yield where a text has the wrong word."""
        rest = self.excepted.sub(lambda name: " " * len(name[0]), text) if self.exceptions else text
        return self.wrong.finditer(rest)


@rule
def words_to_avoid(guide: Guide) -> Iterator[Finding]:
    """Words that mislead readers, or that the law has given up, are not used.

    Write what the message says. Which words these are, and in which names they stay, is in docs/words.yml under
    `avoid:`. A word that the page speaks about is marked: `<span lang="ru">доброволец</span>`, or stands in `code`.
    """
    watches = _watches(_Words(guide.words))
    for source in texts.sources(guide):
        if source.language in watches:
            yield from _found(source, watches[source.language])


def _found(source: Source, watch: "_Watch") -> Iterator[Finding]:
    lines: list[str] = []
    for entry, text in dict.fromkeys(watch.suspects(source)):
        lines = lines or source.written.split("\n")
        for match in entry.find(text.text):
            line = line_of(lines, text, match[0])
            yield source.path, line, f"“{match[0]}”: write “{entry.write}”; {entry.why}"


class _Watch:
    """Sees fast where a word to avoid of a language may stand: a look at the tokens of a page, then at few texts."""

    def __init__(self, entries: list[Avoided]):
        self.forms: dict[str, list[tuple[Avoided, list[Roots]]]] = {}  # by a root of the first word
        for entry in entries:
            for words in entry.roots:
                for root in words[0]:
                    self.forms.setdefault(root, []).append((entry, words))
        roots = {root.strip(SIGNS) for entry in entries for words in entry.roots for word in words for root in word}
        has_root = re.compile("|".join(map(re.escape, sorted(roots)))).search
        self.sieve = Sieve(lambda token: has_root(token.lower()))

    def suspects(self, source: Source) -> Iterator[tuple[Avoided, Prose | Text]]:
        """Yield the entries and the texts that have a root of each word of a form of the entry."""
        tokens = {token: token.lower() for token in self.sieve(source.tokens)}
        joined = " ".join(tokens.values())
        begun = (form for root, forms in self.forms.items() if root in joined for form in forms)
        likely = [(entry, words) for entry, words in begun if _has_all(joined, words)]
        for text in source.having({token for _, words in likely for token in _rarest(tokens, words)}):
            small = text.text.lower()
            yield from ((entry, text) for entry, words in likely if _has_all(small, words))


def _has_all(small: str, words: list[Roots]) -> bool:
    """Return whether a text in small letters has a root of each word."""
    return all(any(root in small for root in roots) for roots in words)


def _rarest(tokens: Mapping[str, str], words: list[Roots]) -> set[str]:
    """Return the tokens that have a root of a word, of that word which fewest tokens have."""
    having = ({token for token, small in tokens.items() if any(root in small for root in roots)} for roots in words)
    return min(having, key=len)


def line_of(lines: list[str], text: Prose | Text, word: str) -> int:
    """Return the line of a word of a text; where the text begins when it is too long to look."""
    if len(text.text) > 50_000:
        return text.line
    first = text.line - 1
    return first + texts.line_of("\n".join(lines[first : first + 200]), 1, word)


def avoided(guide: Guide) -> dict[str, list[Avoided]]:
    """Return the entries that are whole, by language; the rule `words` reports the others."""
    return _avoided(_Words(guide.words))


@lru_cache(maxsize=1)
def _avoided(known: _Words) -> dict[str, list[Avoided]]:
    found: dict[str, list[Avoided]] = {}
    for entry in known.words.get("avoid", []):
        if not avoid_fault(entry):
            code = entry["language"]
            one = Avoided(code, entry["wrong"], entry.get("except", []), entry["write"], entry["why"])
            found.setdefault(code, []).append(one)
    return found


@lru_cache(maxsize=1)
def _watches(known: _Words) -> dict[str, _Watch]:
    return {code: _Watch(entries) for code, entries in _avoided(known).items()}


def _any(forms: list[str], language: str) -> re.Pattern:
    patterns = (inflection.pattern(form, language) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)
