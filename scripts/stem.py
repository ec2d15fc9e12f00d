"""Print the stem of each word on standard input, one word a line: the word, a tab, its stem.

    python scripts/stem.py --language kk --vocabulary words.txt < words.txt

Kazakh stems depend on the words that a text has. They are those of --vocabulary, one a line; without it, those of the
guide's Kazakh pages. A word with no stem of theirs may be typed without Kazakh letters: «казакстан» is «қазақстан».
Russian and English words are stemmed by Snowball; before, ё becomes е, and irregular forms regular ones («пришел»,
“paid”).

Exit status: 0 printed, 2 refused (one line says why).
"""

import argparse
import re
import sys
from collections.abc import Callable
from pathlib import Path

import kazakh_stemmer
from guide import model
from guide.search import stemming

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def main(argv: list[str] | None = None) -> int:
    """Print the stems; return 0, or 2 when something cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", required=True, choices=("kk", "ru", "en"))
    parser.add_argument("--vocabulary", type=Path, metavar="FILE", help="the words of a Kazakh text, one a line")
    options = parser.parse_args(argv)
    try:
        words = _words(sys.stdin.buffer.read(), "standard input")
        stem = stemmer(options.language, options.vocabulary)
    except model.GuideError as error:
        print(error, file=sys.stderr)
        return 2
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.writelines(f"{word}\t{stem(word.lower())}\n" for word in words)
    return 0


def stemmer(language: str, vocabulary: Path | None = None) -> Callable[[str], str]:
    """Return a function from a word in small letters to its stem. Raises GuideError."""
    if language == "kk":
        words = _vocabulary(vocabulary) if vocabulary else _guide_words()
        known = kazakh_stemmer.lexicon(word.lower() for word in words)
        return lambda word: _kazakh_stem(word, known)
    if vocabulary:
        raise model.GuideError(f"--vocabulary is for Kazakh only; leave it out for --language {language}.")
    return stemming.stemmer({}, language)


def _kazakh_stem(word: str, known: kazakh_stemmer.Lexicon) -> str:
    found = kazakh_stemmer.stem(word, known)
    if found in known or word != kazakh_stemmer.plain(word):
        return found
    return next(iter(kazakh_stemmer.resolve(word, known)), found)


def _words(text: bytes, name: str | Path) -> list[str]:
    """Return the words of a text that has one a line; empty lines are none."""
    try:
        lines = text.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise model.GuideError(f"{name} is not UTF-8; save it as UTF-8.") from None
    for number, line in enumerate(lines, 1):
        if len(line.split()) > 1:
            raise model.GuideError(f"{name}, line {number}: several words; write one word a line.")
    return [line.strip() for line in lines if line.strip()]


def _vocabulary(path: Path) -> list[str]:
    try:
        return _words(path.read_bytes(), path)
    except OSError as error:
        raise model.GuideError(f"{path} cannot be read ({error.strerror}); give a file with one word a line.") from None


def _guide_words() -> list[str]:
    """Return the words of the guide's Kazakh pages."""
    pages = (page.text for page in model.load().pages.values() if page.language == "kk")
    return [word for text in pages for word in _WORD.findall(text)]


if __name__ == "__main__":
    raise SystemExit(main())
