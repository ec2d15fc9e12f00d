"""Spelling: every word is in a dictionary or in the guide's own lists."""

from collections.abc import Callable, Iterator
from itertools import groupby

from guide import texts
from guide.model import SPELLING, Guide
from guide.rules.registry import Finding, rule
from guide.rules.terms import avoided, line_of
from guide.spelling import LETTERS, Speller

NAMES = {"kk": "Kazakh", "ru": "Russian", "en": "English"}
SUGGESTED = 20  # words a run: to look for what was meant takes time, and after so many words something else is wrong


@rule
def spelling(guide: Guide) -> Iterator[Finding]:
    """Every word is spelled right, so that readers trust the guide and find its words by search.

    Mend the word. If it is right, add its stem to docs/spelling/<language>.txt, in a group that says why it is there;
    forms with endings need no line of their own. English is British with -ize; Russian is written with е, not ё. A
    word of another language needs quotation marks, a mark `<span lang="en">…</span>` or a line in the list.
    """
    speller = Speller(guide.spelling)
    advice, avoided_words = _advice(speller), avoided(guide)
    sources = [(guide.words_text, texts.of_words(guide)), *((page.text, texts.of_page(page)) for page in guide.checked)]
    for source, written in sources:
        lines = source.split("\n")
        for text in _doubtful(speller, list(written)):
            for word in dict.fromkeys(speller.unknown(text.text, text.language)):
                if any(entry.wrong.fullmatch(word) for entry in avoided_words.get(text.language, ())):
                    continue  # the rule words-to-avoid says what to write
                yield (
                    text.path,
                    line_of(lines, text, word),
                    f"“{_short(word)}” is in no dictionary{advice(word, text.language)}",
                )
    yield from _list_problems(guide)


def _doubtful(speller: Speller, written: list[texts.Text]) -> Iterator[texts.Text]:
    """Yield the texts of a page in which a word may be wrong: none on most pages, which is fast to see."""
    for language, group in groupby(sorted(written, key=lambda text: text.language), lambda text: text.language):
        parts = list(group)
        doubts = speller.doubtful("\n".join(text.text for text in parts), language) if language in LETTERS else ()
        yield from (text for text in parts if doubts and any(word in text.text for word in doubts))


def _advice(speller: Speller) -> Callable[[str, str], str]:
    """Return a function that says what a word should be or where to list it."""
    said: dict[tuple[str, str], str] = {}

    def advice(word: str, language: str) -> str:
        key = word, language
        if key not in said:
            known = speller.suggestions(word, language) if len(said) < SUGGESTED else []
            meant = " or ".join(f"“{each}”" for each in known)
            said[key] = f"; write {meant}" if known else f"; mend it, or list it in {SPELLING.format(language)}"
        return said[key]

    return advice


def _short(word: str) -> str:
    return word if len(word) <= 40 else word[:40] + "…"


def _list_problems(guide: Guide) -> Iterator[Finding]:
    """Yield what is wrong with the guide's own lists: a group without its reason, a word out of its place."""
    for language in guide.languages:
        path = SPELLING.format(language.code)
        reason, before = "", ""
        for number, line in enumerate(guide.spelling.get(language.code, "").splitlines(), 1):
            word = line.strip()
            if not word or word.startswith("#"):
                reason, before = word.lstrip("# "), ""
                continue
            if not reason:
                yield path, number, f"“{_short(word)}” has no reason; begin its group with a line `# why they are here`"
                reason = "?"
            if before and word.casefold() <= before.casefold():
                yield path, number, f"“{_short(word)}” stands after “{_short(before)}”; sort the lines of the group"
            before = word
