"""The glossary of docs/words.yml: its page, and the definitions that readers see at a term in the text."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import chain, islice
from typing import NamedTuple
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from guide import inflection
from guide.inflection import Forms, Inflected
from guide.texts import SIGNS

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
    lines.append(f'<li data-search-exclude="true">{others}</li>')  # search knows these names from words.yml
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


class Vocabulary(dict):
    """The terms of one language by their words. Item: what stands between spaces → for each word, what it may be of.

    Finder looks for every term at every letter; this takes a text apart once, so a large guide takes no time. Terms
    that stand everywhere are not looked for, and their words say nothing about the terms made of them.
    """

    def __init__(self, listed: list[Term], language: str):
        super().__init__()
        self.forms: dict[Inflected, list[_Form]] = {}  # by the first word
        self.parts: dict[Inflected, set[str]] = {}
        everyday = {word[:5].lower() for term in listed if term.entry.get("everywhere") for word in term.name.split()}
        words: dict[Inflected, None] = {}
        for term in listed:
            if not term.entry.get("common") and not term.entry.get("everywhere"):
                for form in [*term.forms, *term.near]:
                    written = [_small(word) for word in WORD.findall(form)]
                    words |= dict.fromkeys(self._add(written, term.key, form in term.near, everyday, language))
        self.words = Forms(words)
        self.known: dict[frozenset[Inflected], _Known] = {}
        rests = [form.rest for forms in self.forms.values() for form in forms if form.rest]
        self.seconds, self.longest = {rest[0] for rest in rests}, max(map(len, rests), default=0)
        # The items that were looked up: all; those with which a term begins; whole ones; the second of a longer one.
        self.seen: set[str] = set()
        self.first: set[str] = set()
        self.whole: set[str] = set()
        self.second: set[str] = set()

    def _add(self, words: list[str], key: str, is_near: bool, everyday: set[str], language: str) -> list[Inflected]:
        """Note a form of a term, and return its words."""
        form = inflection.words(words, language)
        self.forms.setdefault(form[0], []).append(_Form(tuple(form[1:]), key, is_near))
        own = [inflection.word(word, language) for word in words if len(word) > 3 and word[:5] not in everyday]
        for word in own:
            self.parts.setdefault(word, set()).add(key)
        return form + own

    def __missing__(self, token: str) -> "tuple[_Known | None, ...]":
        bare = token.strip(SIGNS)
        words = [bare] if bare.isalpha() else WORD.findall(bare)
        self[token] = known = self[bare] if bare != token else tuple(map(self._known, words))
        return known

    def _known(self, word: str) -> "_Known | None":
        words = self.words.find(word) if word.islower() else self.words.find(word) + self.words.find(word.lower())
        if not words:
            return None
        key = frozenset(words)
        if key not in self.known:
            self.known[key] = _Known(self, key)
        return self.known[key]

    def learn(self, tokens: set[str]) -> None:
        """Look the tokens of a page up, before `Uses` of its texts."""
        for token in tokens - self.seen:
            words = self[token]
            known = list(filter(None, words))
            if not words or (known and any(each.is_second for each in known)):
                self.second.add(token)
            if known and any(each.whole or each.longer for each in known):
                self.first.add(token)
                if len(words) > 1 or known[0].whole:
                    self.whole.add(token)
        self.seen |= tokens

    def find(self, tokens: list[str]) -> "list[tuple[tuple[int, int], _Known, _Form]]":
        """Return the terms of a text: the place of each, its first word, how it goes on."""
        first, whole, second, found = self.first, self.whole, self.second, []
        if first.isdisjoint(tokens):
            return found
        for number in [number for number, token in enumerate(tokens) if token in first]:
            token, *following = tokens[number : number + 2]
            if token in whole or (following and following[0] in second and self._may_begin(token, following[0])):
                ahead = chain.from_iterable(map(self.__getitem__, tokens[number + 1 :]))
                words = [*self[token], *islice(ahead, self.longest)]
                for place, known in enumerate(self[token]):
                    for form in known.forms(words[place + 1 :]) if known else ():
                        found.append(((number, place), known, form))
        return found

    def _may_begin(self, token: str, following: str) -> bool:
        """Return whether the words of two tokens may be the first two of a term."""
        words = self[following]
        return not words or bool(words[0] and not self[token][-1].longer.keys().isdisjoint(words[0].words))


class _Form(NamedTuple):
    """A term after its first word."""

    rest: tuple[Inflected, ...]
    key: str
    is_near: bool


class _Known:
    """What a word may be a word of: terms that it is a part of, and forms of terms that begin with it."""

    def __init__(self, vocabulary: Vocabulary, words: frozenset[Inflected]):
        self.words = words
        self.is_second = not vocabulary.seconds.isdisjoint(words)
        self.keys = {key for word in words for key in vocabulary.parts.get(word, ())}
        forms = [form for word in words for form in vocabulary.forms.get(word, ())]
        self.whole = [form for form in forms if not form.rest]
        self.longer: dict[Inflected, list[_Form]] = {}  # by the second word
        for form in forms:
            if form.rest:
                self.longer.setdefault(form.rest[0], []).append(form)

    def forms(self, following: "list[_Known | None]") -> list[_Form]:
        """Return the forms of terms that begin with the word, given the words that follow it."""
        found, second = self.whole, following[0] if following and self.longer else None
        for word in second.words if second else ():
            for form in self.longer.get(word, ()):
                if len(form.rest) == 1 or _goes_on(form.rest, following):
                    found = [*found, form]
        return found


def _goes_on(rest: tuple[Inflected, ...], following: list[_Known | None]) -> bool:
    return len(rest) <= len(following) and all(
        known and word in known.words for known, word in zip(following, rest, strict=False)
    )


class Uses:
    """What a text says of the glossary, given its tokens, which the vocabulary has learnt."""

    def __init__(self, vocabulary: Vocabulary, tokens: list[str]):
        self.vocabulary, self.tokens = vocabulary, tokens
        self.found = vocabulary.find(tokens)

    @cached_property
    def terms(self) -> set[str]:
        """Return the keys of the terms that it names."""
        return {form.key for _, _, form in self.found if not form.is_near}

    @cached_property
    def phrases(self) -> set[str]:
        """Return the keys of those that it names in two words or more."""
        return {form.key for _, _, form in self.found if form.rest and not form.is_near}

    @cached_property
    def near(self) -> set[str]:
        """Return the keys of the terms that it says in other words."""
        return {form.key for _, _, form in self.found if form.is_near}

    def parts(self, key: str) -> int:
        """Return how many words of the text belong to a term."""
        words = chain.from_iterable(map(self.vocabulary.__getitem__, self.tokens))
        others = {place for place, known, form in self.found if form.key == key and key not in known.keys}
        return sum(known is not None and key in known.keys for known in words) + len(others)


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
