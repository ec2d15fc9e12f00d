"""The forms in which a known term can stand in a text, as a regular expression.

This is not a stemmer: it starts from a term that we know and allows the endings of its language after it, so it
does not mistake «волонтерлік» or «волонтерство» for a form of «волонтер».
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

# A term that begins a quotation is part of a name: «Волонтерлік қызмет туралы» Заң.
WORD_ENDS = (r"(?<![\w«“-])", r"(?![\w-])")

# Kazakh: plural, possessive, case, and the endings of a predicate, in this order; each may be missing.
_KAZAKH = (
    "(?:[лдт][ае]р)?"
    "(?:[ыі]?м[ыі]з|[ыі]?ң[ыі]з|[ыі]?[мң]|с[ыі]|[ыі])?"
    "(?:[ндт][ыі]ң|н?[дт][ае]н|н[ае]н|н?[дт][ае](?:ғ[ыі]|г[ыі])?|[мбп]ен|[ғгқк][ае]|н[ае]|[ндт][ыі]|н|[ае])?"
    "(?:м[ыі]н|б[ыі]з|с[ыі]ң|с[ыі]з)?"
)
# қ, к and п at the end of a word soften before a vowel: топ → тобы, көмек → көмегі.
_KAZAKH_SOFTENED = {"қ": "қғ", "к": "кг", "п": "пб"}
_KAZAKH_HARDENED = {"ғ": "қғ", "г": "кг", "б": "пб"}

_RUSSIAN_ENDINGS = (
    "(?:ами|ями|ого|его|ому|ему|ыми|ими|иями|ией|иям|иях|ью|ов|ев|ей|ой|ий|ый|ая|яя|ое|ее|ые|ие|ую|юю|ым|им|ом|ем|"
    "ам|ям|ах|ях|ых|их|ию|ия|ии|[аяоеуюыиьй])?"
)
_RUSSIAN_LAST_LETTERS = re.compile("(?:[иы]й|ая|яя|ое|ее|ые|ие|ия|[аяоеыиьй])$")
# A vowel that comes and goes: доброволец → добровольца, день → дня, список → списка.
_RUSSIAN_FLEETING = re.compile("(?<=[^аеёиоуыэюя])[её](?=(?:ц|нь)$)|о(?=к$)")

_ENGLISH_ENDINGS = "(?:s|es|’s|s’)?"
_ENGLISH_Y_ENDINGS = "(?:y|ies|y’s|ies’)"
_ENGLISH_LINKS = {"of", "for", "on", "with"}  # the word before them is inflected: letters of recommendation


@dataclass(frozen=True, eq=False)  # one object for each word, so that a set of them is fast
class Inflected:
    """The forms of a word: one of the roots, then an ending, which is a regular expression."""

    roots: tuple[str, ...]
    endings: str = ""

    @property
    def pattern(self) -> str:
        roots = "|".join(map(re.escape, self.roots))
        return (f"(?:{roots})" if len(self.roots) > 1 else roots) + self.endings


class Forms:
    """The forms of many words. A word is compared only with those that have a root in common with it."""

    def __init__(self, words: Iterable[Inflected]):
        self.by_root: dict[str, list[Inflected]] = {}
        for each in words:
            for root in each.roots:
                self.by_root.setdefault(root, []).append(each)
        self.short = {len(root) for root in self.by_root if len(root) < 3}
        self.sizes: dict[str, set[int]] = {}  # how long the roots are that begin with three letters
        for root in self.by_root:
            self.sizes.setdefault(root[:3], set(self.short)).add(len(root))

    def find(self, word: str) -> list[Inflected]:
        """Return the words of which this is a form."""
        return [
            each
            for size in self.sizes.get(word[:3], self.short)
            for each in self.by_root.get(word[:size], ())
            if size <= len(word) and _compiled(each.endings).fullmatch(word, size)
        ]


@cache
def _compiled(endings: str) -> re.Pattern:
    return re.compile(endings)


def pattern(term: str, language: str) -> str:
    """Return a regular expression for a term and its inflected forms in kk, ru or en, to stand between WORD_ENDS."""
    return r"\s+".join(word.pattern for word in words(term.split(), language))


def words(term: list[str], language: str) -> list[Inflected]:
    """Return the forms of each word of a term, with endings where the language puts them."""
    last = len(term) - 1
    if language == "ru":
        return [word(each, language) for each in term]
    if language == "kk":
        # «жергілікті өзін-өзі басқару органы» → органдары: the ending of possession comes after that of the plural.
        ends = _kazakh_owned(term[last]) if last else word(term[last], language)
        return [*map(_exactly, term[:last]), ends]
    inflected = [place == last or term[place + 1] in _ENGLISH_LINKS for place in range(last + 1)]
    return [word(each, language) if ends else _exactly(each) for each, ends in zip(term, inflected, strict=True)]


@cache
def _exactly(known: str) -> Inflected:
    return Inflected((known,))


@cache
def word(known: str, language: str) -> Inflected:
    """Return the forms of a word."""
    if language == "kk":
        if known.isupper():
            return Inflected((known,), "-?" + _KAZAKH)  # ҮЕҰ-ның
        return Inflected(_kazakh_roots(known, _KAZAKH_SOFTENED), _KAZAKH)
    if language == "ru":
        first, hyphen, rest = known.rpartition("-")
        roots, endings = _russian(rest)
        return Inflected(tuple(first + hyphen + root for root in roots), endings)
    if known.endswith("y") and known[-2:-1] not in "aeiou":
        return Inflected((known[:-1],), _ENGLISH_Y_ENDINGS)
    return Inflected((known,), _ENGLISH_ENDINGS)


def _kazakh_roots(known: str, last_letters: dict[str, str]) -> tuple[str, ...]:
    return tuple(known[:-1] + letter for letter in last_letters.get(known[-1], known[-1]))


@cache
def _kazakh_owned(last: str) -> Inflected:
    """Return the last word of a term, whose ending of possession, if it has one, may come after another ending."""
    stem = re.sub("(?<=[аәеоөұүыіэя])с[ыі]$|(?<=[^аәеоөұүыіэя])[ыі]$", "", last)
    known = word(last, "kk")
    if stem == last or len(stem) < 3:
        return known
    return Inflected((*known.roots, *_kazakh_roots(stem, _KAZAKH_HARDENED | _KAZAKH_SOFTENED)), _KAZAKH)


def _russian(known: str) -> tuple[tuple[str, ...], str]:
    if len(known) < 3 or known.isupper() or not known.isalpha():
        return (known,), ""
    if fleeting := _RUSSIAN_FLEETING.search(known):
        before, after = known[: fleeting.start()], known[fleeting.end() :].rstrip("ь")
        roots = {known.rstrip("ь"), before + after, before + "ь" + after}
        return tuple(sorted(roots, key=len, reverse=True)), _RUSSIAN_ENDINGS
    return (_RUSSIAN_LAST_LETTERS.sub("", known),), _RUSSIAN_ENDINGS
