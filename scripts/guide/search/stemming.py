"""Which words are forms of one word: our own stemmer for Kazakh, the Snowball project's for Russian and English."""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import snowballstemmer
import yaml

import kazakh_stemmer

# What a Snowball stemmer is for; it would cut other words too.
_SNOWBALL = {"ru": ("russian", re.compile("[а-яё]+")), "en": ("english", re.compile("[a-z']+"))}
# A line for each word with the forms that a Snowball stemmer keeps apart: “pay paid”
IRREGULAR: Mapping[str, str] = yaml.safe_load(Path(__file__).with_name("irregular.yml").read_text("utf-8"))


def stems(words: Iterable[str], language: str) -> tuple[dict[str, str], Mapping[str, int]]:
    """Return {word: stem} for the words of a site, in small letters, and the lexicon that Kazakh stems rest on."""
    words = sorted(set(words))
    known = kazakh_stemmer.lexicon(words) if language == "kk" else {}
    stem = stemmer(known, language)
    return {word: stem(word) for word in words}, known


def stemmer(known: Mapping[str, int], language: str) -> Callable[[str], str]:
    """Return the function from a word in small letters to its stem; `known` is the lexicon of Kazakh."""
    if language == "kk":
        return lambda word: kazakh_stemmer.stem(word, known)
    name, letters = _SNOWBALL[language]
    snowball = snowballstemmer.stemmer(name)
    lines = map(str.split, IRREGULAR[language].splitlines())
    regular = {form: word for word, *forms in lines for form in forms}

    def stem(word: str) -> str:
        word = word.replace("ё", "е")
        word = regular.get(word, word)
        return snowball.stemWord(word) if letters.fullmatch(word) else word

    return stem
