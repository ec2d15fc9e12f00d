"""The glossary of docs/words.yml: its page, and the definitions that readers see at a term in the text."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import NamedTuple
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from guide import inflection
from guide.inflection import Inflected

ALPHABETS = {
    "kk": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "en": "abcdefghijklmnopqrstuvwxyz",
}
# Where a definition would be in the way: titles, links, code, tables, text to copy, boxes to tick, notes.
SKIPPED = {"h1", "h2", "h3", "h4", "h5", "h6", "a", "code", "pre", "table", "blockquote", "sup", "abbr", "dt"}
SKIPPED_CLASSES = {"admonition-title", "footnote", "task-list-item", "guide-plain"}
WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")


@dataclass(frozen=True)
class Term:
    key: str
    entry: Mapping
    language: str

    @property
    def name(self) -> str:
        return self.entry[self.language]

    @property
    def definition(self) -> str:
        return self.entry["definition"][self.language]

    @property
    def forms(self) -> list[str]:
        """Return the term and its synonyms in its language, the longest first."""
        also = self.entry.get("also", {}).get(self.language, [])
        return sorted([self.name, *also], key=len, reverse=True)

    @property
    def near(self) -> list[str]:
        """Return other words of the language that may stand for the term."""
        near = self.entry.get("near")
        return near.get(self.language, []) if isinstance(near, dict) else []


def terms(words: Mapping, language: str) -> list[Term]:
    """Return the glossary in the alphabetical order of the language."""
    entries = [Term(key, entry, language) for key, entry in words.get("glossary", {}).items()]
    return sorted(entries, key=lambda term: collation(term.name, language))


def collation(text: str, language: str) -> list[int]:
    """Return a sort key: the places of the text's letters in the language's alphabet, other signs left out."""
    alphabet = ALPHABETS[language]
    return [alphabet.index(letter) for letter in text.lower() if letter in alphabet]


# ---------------------------------------------------------------- The page


def page(words: Mapping, language: str, link_to_act: Callable[[str], str]) -> str:
    """Return the glossary as Markdown: a line of letters, then a section for each term with its key as anchor."""
    listed = terms(words, language)
    firsts: dict[str, str] = {}
    for term in listed:
        firsts.setdefault(_letter(term), term.key)
    letters = " ".join(f"[{letter}](#{key})" for letter, key in firsts.items())
    return "\n\n".join([letters + "\n{: .guide-letters }", *(_entry(term, words, link_to_act) for term in listed)])


def _letter(term: Term) -> str:
    return next(sign for sign in term.name.upper() if sign.lower() in ALPHABETS[term.language])


def _entry(term: Term, words: Mapping, link_to_act: Callable[[str], str]) -> str:
    others = " · ".join(
        f'<span lang="{code}">{escape(term.entry[code])}</span>' for code in ALPHABETS if code != term.language
    )
    also = ", ".join(escape(form) for form in term.entry.get("also", {}).get(term.language, []))
    lines = [f'<p class="guide-plain">{escape(term.definition)}</p>', '<ul class="guide-term-facts guide-plain">']
    lines.append(f"<li>{others}</li>")
    if also:
        lines.append(f"<li>{escape(words['interface']['also'][term.language])} {also}</li>")
    lines.append(f"<li>{_status(term, words, link_to_act)}</li></ul>")
    return f"### {term.name} {{#{term.key}}}\n\n" + "\n".join(lines)


def _status(term: Term, words: Mapping, link_to_act: Callable[[str], str]) -> str:
    status = escape(words["status"][term.entry["status"]][term.language])
    if act := term.entry.get("act"):
        name = escape(words["acts"][act][term.language])
        status += f': <a href="{escape(link_to_act(act))}">{name}</a>'
        if articles := term.entry.get("articles"):
            status += ", " + escape(cite(articles, words, term.language))
    return status


def cite(articles: list, words: Mapping, language: str) -> str:
    """Return article numbers as the language names them: `6-бап`, `статьи 5, 6`, `Article 6`."""
    many = "articles" if len(articles) > 1 else "article"
    return words["interface"][many][language].format(", ".join(map(str, articles)))


# ---------------------------------------------------------------- Definitions in the text


class Definitions(Extension):
    """Python-Markdown extension: where a term first stands on a page, show its definition on hover and focus."""

    def __init__(self, words: Mapping, language: Callable[[], str]):
        super().__init__()
        self.words, self.language, self.finders = words, language, {}

    def extendMarkdown(self, md: Markdown) -> None:
        code = self.language()
        if code not in self.finders:
            self.finders[code] = Finder(terms(self.words, code), code)
        md.treeprocessors.register(_Marker(md, self.finders[code]), "guide-definitions", 15)


class Finder:
    """Finds the terms of one language in a text, in any inflected form, the longest term first."""

    def __init__(self, listed: list[Term], language: str):
        forms = [(form, term) for term in listed if not term.entry.get("common") for form in term.forms]
        forms.sort(key=lambda pair: len(pair[0]), reverse=True)
        self.terms = [term for _, term in forms]
        groups = (f"(?P<t{number}>{self._pattern(form, language)})" for number, (form, _) in enumerate(forms))
        start, end = inflection.WORD_ENDS
        self.expression = re.compile(f"{start}(?:{'|'.join(groups) or '(?!)'}){end}")

    @staticmethod
    def _pattern(form: str, language: str) -> str:
        found = inflection.pattern(form, language)
        return found if form.isupper() or form[:1].isupper() else f"(?i:{found})"

    def find(self, text: str) -> Iterator[tuple[int, int, Term]]:
        """Yield (start, end, term) for every term in the text, from left to right."""
        for match in self.expression.finditer(text):
            yield match.start(), match.end(), self.terms[int(match.lastgroup[1:])]


# ---------------------------------------------------------------- Which terms a text uses


@dataclass(frozen=True)
class Uses:
    """What a text says of the glossary."""

    terms: frozenset[str]  # keys of the terms that it names
    phrases: frozenset[str]  # of those that it names in two words or more
    near: frozenset[str]  # keys of the terms that it says in other words
    parts: Mapping[str, int]  # key → how many words of the text belong to the term


NOTHING = Uses(frozenset(), frozenset(), frozenset(), Counter())


class Vocabulary(dict):
    """The terms of one language by their words. Item: a word as written → what it may be a word of, or None.

    Finder looks for every term at every letter; this takes a text apart once, so a large guide takes no time. Terms
    that stand everywhere are not looked for, and their words say nothing about the terms made of them.
    """

    def __init__(self, listed: list[Term], language: str):
        super().__init__()
        self.forms: dict[Inflected, list[_Form]] = {}  # by the first word
        self.parts: dict[Inflected, set[str]] = {}
        self.seen: dict[str, Uses] = {}
        self._near: dict[str, set[Inflected]] = {}  # the first letters of a root → words
        everyday = {word[:5].lower() for term in listed if term.entry.get("everywhere") for word in term.name.split()}
        for term in listed:
            if not term.entry.get("common") and not term.entry.get("everywhere"):
                for form in [*term.forms, *term.near]:
                    words = [_small(word) for word in WORD.findall(form)]
                    self._add(words, term.key, form in term.near, everyday, language)

    def _add(self, words: list[str], key: str, is_near: bool, everyday: set[str], language: str) -> None:
        form = tuple(inflection.words(words, language))
        self.forms.setdefault(form[0], []).append(_Form(form[1:], key, is_near))
        own = [inflection.word(word, language) for word in words if len(word) > 3 and word[:5] not in everyday]
        for word in own:
            self.parts.setdefault(word, set()).add(key)
        for word in (*form, *own):
            for root in word.roots:
                self._near.setdefault(root[:4], set()).add(word)

    def __missing__(self, word: str) -> "_Known | None":
        small = word.lower()
        near = {start[:size] for start in (word, small) for size in (1, 2, 3, 4)} & self._near.keys()
        words = {each for start in near for each in self._near[start] if each.fits(small) or each.fits(word)}
        self[word] = known = _Known(self, words) if words else None
        return known

    def uses(self, text: str) -> Uses:
        if text not in self.seen:
            self.seen[text] = _uses([self[word] for word in WORD.findall(text)])
        return self.seen[text]


class _Form(NamedTuple):
    """A term after its first word."""

    rest: tuple[Inflected, ...]
    key: str
    is_near: bool


class _Known:
    """What a word may be a word of: terms that it is a part of, and forms of terms that begin with it."""

    def __init__(self, vocabulary: Vocabulary, words: set[Inflected]):
        self.words = words
        self.keys = tuple({key for word in words for key in vocabulary.parts.get(word, ())})
        forms = [form for word in words for form in vocabulary.forms.get(word, ())]
        self.whole = [form for form in forms if not form.rest]
        self.longer: dict[Inflected, list[_Form]] = {}  # by the second word
        for form in forms:
            if form.rest:
                self.longer.setdefault(form.rest[0], []).append(form)


def _uses(found: list[_Known | None]) -> Uses:
    terms, phrases, near, parts = set(), set(), set(), Counter()
    for place, known in enumerate(found):
        if known is None:
            continue
        here = set(known.keys)
        for form in _forms(found, place):
            here.add(form.key)
            (near if form.is_near else terms).add(form.key)
            if form.rest and not form.is_near:
                phrases.add(form.key)
        for key in here:
            parts[key] += 1
    return Uses(frozenset(terms), frozenset(phrases), frozenset(near), parts) if parts else NOTHING


def _forms(found: list[_Known | None], place: int) -> Iterator[_Form]:
    """Yield the forms of terms that begin at a place."""
    known, following = found[place], found[place + 1] if place + 1 < len(found) else None
    yield from known.whole
    if following and known.longer:
        for second in following.words:
            for form in known.longer.get(second, ()):
                rest = found[place + 2 : place + 1 + len(form.rest)]
                if len(rest) == len(form.rest) - 1 and all(
                    each and word in each.words for each, word in zip(rest, form.rest[1:], strict=True)
                ):
                    yield form


def _small(word: str) -> str:
    """Return a word in small letters; an abbreviation as it is, because МӘТ is not «мәт»."""
    return word if word.isupper() else word.lower()


class _Marker(Treeprocessor):
    def __init__(self, md: Markdown, finder: Finder):
        super().__init__(md)
        self.finder = finder

    def run(self, root: Element) -> None:
        self._visit(root, set())

    def _visit(self, element: Element, seen: set[str]) -> None:
        if element.tag in SKIPPED or SKIPPED_CLASSES & set(element.get("class", "").split()):
            return
        element.text, marks = self._split(element.text, seen)
        children = list(element)
        for mark in reversed(marks):
            element.insert(0, mark)
        for child in children:
            self._visit(child, seen)
            child.tail, marks = self._split(child.tail, seen)
            place = list(element).index(child) + 1
            for mark in reversed(marks):
                element.insert(place, mark)

    def _split(self, text: str | None, seen: set[str]) -> tuple[str | None, list[Element]]:
        """Return the text up to the first new term, and the marked terms, each with the text after it."""
        marks: list[Element] = []
        before, position = text, 0
        for start, end, term in self.finder.find(text or ""):
            if term.key in seen:
                continue
            seen.add(term.key)
            if marks:
                marks[-1].tail = text[position:start]
            else:
                before = text[:start]
            marks.append(_mark(term, text[start:end]))
            position = end
        if marks:
            marks[-1].tail = text[position:]
        return before, marks


def _mark(term: Term, text: str) -> Element:
    outer = Element("span", {"class": "guide-term", "tabindex": "0", "aria-describedby": f"term-{term.key}"})
    outer.text = text
    note = Element("span", {"class": "guide-note", "id": f"term-{term.key}", "role": "tooltip"})
    note.set("data-search-exclude", "true")
    note.text = term.definition
    outer.append(note)
    return outer
