"""The forms in which a known term can stand in a text, as a regular expression.

This is not a stemmer: it starts from a term that we know and allows the endings of its language after it, so it
does not mistake «волонтерлік» or «волонтерство» for a form of «волонтер».
"""

import re

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
_KAZAKH_SOFTENED = {"қ": "[қғ]", "к": "[кг]", "п": "[пб]"}

_RUSSIAN_ENDINGS = (
    "(?:ами|ями|ого|его|ому|ему|ыми|ими|иями|ией|иям|иях|ью|ов|ев|ей|ой|ий|ый|ая|яя|ое|ее|ые|ие|ую|юю|ым|им|ом|ем|"
    "ам|ям|ах|ях|ых|их|ию|ия|ии|[аяоеуюыиьй])?"
)
_RUSSIAN_LAST_LETTERS = re.compile("(?:[иы]й|ая|яя|ое|ее|ые|ие|ия|[аяоеыиьй])$")

_ENGLISH_ENDINGS = "(?:s|es|’s|s’)?"


def pattern(term: str, language: str) -> str:
    """Return a regular expression for a term and its inflected forms in kk, ru or en, to stand between WORD_ENDS."""
    words = [_word(word, language) for word in term.split()]
    if language != "ru":  # only the last word of a Kazakh or an English term is inflected
        words = [re.escape(word) for word in term.split()[:-1]] + words[-1:]
    return r"\s+".join(words)


def _word(word: str, language: str) -> str:
    if language == "kk":
        last = _KAZAKH_SOFTENED.get(word[-1], re.escape(word[-1]))
        return re.escape(word[:-1]) + last + _KAZAKH
    if language == "ru":
        return _russian(word)
    return re.escape(word) + _ENGLISH_ENDINGS


def _russian(word: str) -> str:
    if len(word) < 4 or word.isupper() or not word.isalpha():
        return re.escape(word)
    return re.escape(_RUSSIAN_LAST_LETTERS.sub("", word)) + _RUSSIAN_ENDINGS
