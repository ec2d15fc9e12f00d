"""Which words are spelled right: those of dictionaries with the affixes of the language, and of the guide's own lists.

A list, docs/spelling/<language>.txt, holds stems one a line, in groups that begin with `# why they are here`; any form
of a stem is known. A stem with a capital is a name; one that begins with a hyphen is wrong, though a dictionary has it.
The words of the English list are known on every page.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache, partial
from pathlib import Path

from guide import inflection
from guide.affixes import Dictionary
from guide.kazakh import LONGEST, Stems, is_endings
from guide.texts import Sieve

DICTIONARIES = Path(__file__).parent / "dictionaries"
WORD = re.compile(r"[^\W_]+(?:[-‑’'][^\W_]+)*")
ADDRESS = re.compile(r"(?<![\w.-])[A-Za-z0-9-]++(?:\.[A-Za-z0-9-]+)*\.[a-z]{2,6}(?!\w)")
_LIKE_ADDRESS = re.compile(r"(?<!\S)[^\s.@#:]*+[.@#:]\S*")
# Where another language may stand: in quotation marks, and where two or more Latin words follow each other.
QUOTED = re.compile(r"«[^«»]*+»|“[^“”]*+”|\"[^\"]*+\"|(?<![\w’'-])[A-Za-z][\w’'-]*+(?:[ ,/\d.]++[A-Za-z][\w’'-]*+)+")
LATIN, KAZAKH = re.compile("[A-Za-z]"), re.compile("[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")
LETTERS = {
    "kk": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "en": "abcdefghijklmnopqrstuvwxyz",
}
FILES = {"ru": "ru_RU", "en": "en_GB"}
# The British dictionary has organise beside organize; the guide writes -ize, as the translations of the laws do.
_ISE = re.compile(r"(?!expert|improv|merchand|prise)(.+)is(e[sd]?|ers?|ing|ations?|ational)", re.IGNORECASE)
_NUMBER = re.compile(r"(?=\w*\d)(?!\w*[^\W\d_a-zA-Z]{4})\w+")  # 2026, 1990s, 5G; not 2026жылы
_AFTER_NUMBERS = {"ru": re.compile("[а-яё]{1,3}"), "en": re.compile("s|st|nd|rd|th")}  # 2-й, 1990-х, 5-th


class Speller:
    """Knows the words of the three languages, and remembers every word that it has looked up."""

    def __init__(self, lists: Mapping[str, str]):
        entries = {code: _entries(lists.get(code, "")) for code in LETTERS}
        listed = {code: [entry for entry in entries[code] if entry[0] != "-"] for code in LETTERS}
        self.wrong = {code: {entry[1:] for entry in entries[code] if entry[0] == "-"} for code in LETTERS}
        self.listed = {code: _forms(listed[code], code) for code in FILES}
        stems, verbs = _kazakh_dictionary()
        own = {word for word in listed["kk"] if word.islower()}
        wrong = self.wrong["kk"] | {word + "у" for word in self.wrong["kk"]}
        self.kazakh = Stems((stems - wrong) | own, (verbs - wrong) | {word for word in own if word[-1] in "ую"})
        self.kazakh_names = Stems({word.lower() for word in listed["kk"] if not word.islower()}, set())
        self.looked_up: dict[str, dict[str, bool]] = {code: {} for code in LETTERS}
        self.elsewhere: dict[tuple[str, str], bool] = {}
        self.sieves = {code: Sieve(partial(self._is_doubtful, code)) for code in LETTERS}

    def doubtful(self, tokens: set[str], language: str) -> set[str]:
        """Return the tokens of a text in which a word is unknown, or known only in some places."""
        return self.sieves[language](tokens)

    def _is_doubtful(self, language: str, token: str) -> bool:
        if token.isalpha():
            return not self.known(token, language)
        words = () if "." in token and _is_address(token) else WORD.findall(token)
        return not all(self.known(word, language) for word in words)

    def unknown(self, text: str, language: str) -> Iterator[str]:
        """Yield the words of a text that are not spelled right."""
        text = _LIKE_ADDRESS.sub(lambda found: " " * len(found[0]) if _is_address(found[0]) else found[0], text)
        ends: dict[int, int] | None = None  # where a quotation begins → where it ends
        starts: list[int] = []
        for match in WORD.finditer(text):
            if self.known(match[0], language):
                continue
            if ends is None:
                ends = dict(found.span() for found in QUOTED.finditer(text))
                starts = list(ends)
            before = bisect_right(starts, match.start())
            is_quoted = before and match.start() < ends[starts[before - 1]]
            if not (is_quoted and self._known_elsewhere(match[0], language)):
                yield match[0]  # else a title in another language, or a word that the page speaks about

    def known(self, word: str, language: str) -> bool:
        """Return whether the word is spelled right; a word in another alphabet is when a list has it."""
        looked_up = self.looked_up[language]
        if word not in looked_up:
            looked_up[word] = self._look_up(word, language)
        return looked_up[word]

    def suggestions(self, word: str, language: str) -> list[str]:
        """Return the words that are known and differ by one slip."""
        if twin := self._preferred(word, language):
            return [twin]
        if len(word) > LONGEST // 2:
            return []
        return [each for each in dict.fromkeys(_slips(word, LETTERS[language])) if self.known(each, language)]

    def _look_up(self, word: str, language: str) -> bool:
        if len(word) > LONGEST:
            return False
        if _is_sign(word):
            return True
        is_latin = bool(LATIN.search(word))
        if is_latin and language != "en" and "-" not in word:
            return self._is_listed(word, language) or self._is_listed(word, "en")
        if (not is_latin and language == "en") or (language == "ru" and KAZAKH.search(word)):
            return self._is_listed(word, language) or self._known_elsewhere(word, language)
        is_there = self._is_in_dictionary(word, language)
        if (is_there and not self._preferred(word, language)) or self._is_listed(word, language):
            return True
        if is_there:
            return False
        parts = re.split("[-‑]", word)
        return len(parts) > 1 and all(
            self.known(part, language) or self._joins(before, part, language)
            for before, part in zip(["", *parts], parts, strict=False)
        )

    def _known_elsewhere(self, word: str, language: str) -> bool:
        key = word, language
        if key not in self.elsewhere:
            others = [code for code in LETTERS if code != language]
            self.elsewhere[key] = any(
                self._is_listed(word, code) or self._is_in_dictionary(word, code) for code in others
            )
        return self.elsewhere[key]

    def _is_listed(self, word: str, language: str) -> bool:
        if language == "kk":
            return word[:1].isupper() and self.kazakh_names.know(word.lower())
        forms = self.listed[language]
        return bool(forms.find(word) or forms.find(word.lower()))

    def _is_in_dictionary(self, word: str, language: str) -> bool:
        if language == "kk":
            return self.kazakh.know(word.lower())
        return word.lower() not in self.wrong[language] and _dictionary(language).knows(word.replace("’", "'"))

    def _joins(self, before: str, part: str, language: str) -> bool:
        """Return whether a part of a word with hyphens is one only there: «ның» in ҮЕҰ-ның, «казахстанско»."""
        if language == "ru" and part.endswith("о") and any(self.known(part[:-1] + end, "ru") for end in ("ий", "ый")):
            return True
        if not (before.isupper() or before[-1:].isdigit() or LATIN.search(before)):
            return False
        return is_endings(part) if language == "kk" else bool(_AFTER_NUMBERS[language].fullmatch(part))

    def _preferred(self, word: str, language: str) -> str | None:
        """Return how the guide writes a word that a dictionary has in two spellings, if not like this."""
        if language == "en" and (found := _ISE.fullmatch(word)):
            twin = f"{found[1]}iz{found[2]}"
            return twin if _dictionary("en").knows(twin) else None
        return word.replace("ё", "е").replace("Ё", "Е") if language == "ru" and "ё" in word.lower() else None


def speller(lists: Mapping[str, str]) -> Speller:
    """Return the speller that knows these lists, and all that it was asked before."""
    return _speller(tuple(sorted(lists.items())))


@lru_cache(maxsize=2)
def _speller(lists: tuple[tuple[str, str], ...]) -> Speller:
    return Speller(dict(lists))


def _is_address(text: str) -> bool:
    """Return whether a text without spaces is an address, an account, a tag or the name of a file."""
    if "://" in text or "@" in text or text.startswith("#"):
        return True
    return len(text) < 300 and bool(ADDRESS.search(text))


def _is_sign(word: str) -> bool:
    """Return whether the word is a letter, a number or an abbreviation in capitals, which no dictionary need have."""
    if len(word) == 1 or (len(word) <= 6 and word.removesuffix("s").isupper()):
        return True
    return not word.isalpha() and bool(_NUMBER.fullmatch(word))


def _entries(text: str) -> list[str]:
    """Return the lines of a list, without its reasons."""
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _forms(stems: list[str], language: str) -> inflection.Forms:
    return inflection.Forms(inflection.word(stem, language) for stem in stems)


def _slips(word: str, letters: str) -> Iterator[str]:
    """Yield the words of which this one may be a slip: two letters changed places, one lacks, is too many or wrong."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    yield from (before + after[1] + after[0] + after[2:] for before, after in cuts if len(after) > 1)
    yield from (before + letter + after for before, after in cuts for letter in letters)
    yield from (before + after[1:] for before, after in cuts if after)
    yield from (before + letter + after[1:] for before, after in cuts if after for letter in letters)


# ---------------------------------------------------------------- The dictionaries, read when first needed


@cache
def _dictionary(language: str) -> Dictionary:
    return Dictionary(DICTIONARIES / FILES[language])


@cache
def _kazakh_dictionary() -> tuple[set[str], set[str]]:
    """Return the words of the Kazakh dictionary, and those of them that are verbs in -у, in small letters.

    Its own endings are not used: they fit two words in three of a good text. Only verbs have the endings M.
    """
    lines = (DICTIONARIES / "kk_KZ.dic").read_text("utf-8-sig").lower().split()
    entries = [line.partition("/") for line in lines]
    words = {word for word, _, _ in entries}
    return words, {word for word, _, endings in entries if word[-1] in "ую" and endings[:1] in "m"}
