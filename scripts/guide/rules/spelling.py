"""Spelling: every word is in a dictionary or in the guide's own lists."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import accumulate, groupby

from guide import texts
from guide.model import SPELLING, Guide
from guide.rules.registry import Finding, rule
from guide.rules.terms import avoided, line_of
from guide.spelling import LETTERS, WORD, Speller

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
    advice, avoided_words = _advice(speller, guide), avoided(guide)
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
                    f"unknown word “{_short(word)}”{advice(word, text.language)}",
                )
    yield from _list_problems(guide)


def _doubtful(speller: Speller, written: list[texts.Text]) -> Iterator[texts.Text]:
    """Yield the texts of a page in which a word may be wrong: none on most pages, which is fast to see."""
    for language, group in groupby(sorted(written, key=lambda text: text.language), lambda text: text.language):
        parts = list(group)
        whole = "\n".join(text.text for text in parts)
        starts = list(accumulate((len(text.text) + 1 for text in parts), initial=0))
        places = (_places(word, whole) for word in speller.doubtful(whole, language)) if language in LETTERS else ()
        numbers = {bisect_right(starts, place) - 1 for found in places for place in found}
        yield from (parts[number] for number in sorted(numbers))


def _places(word: str, text: str) -> Iterator[int]:
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + len(word))


def _advice(speller: Speller, guide: Guide) -> Callable[[str, str], str]:
    """Return a function that says what a word should be or where to list it."""
    said: dict[tuple[str, str], str] = {}

    def advice(word: str, language: str) -> str:
        key = word, language
        if key not in said:
            known = speller.suggestions(word, language) if len(said) < SUGGESTED else []
            often = _often(guide, language) if len(known) > 1 else {}
            best = sorted(known, key=lambda each: -often.get(each.lower(), 0))[:3]
            meant = " or ".join(f"“{each}”" for each in best)
            said[key] = f"; write {meant}" if best else f"; mend it, or list it in {SPELLING.format(language)}"
        return said[key]

    return advice


def _often(guide: Guide, language: str) -> dict[str, int]:
    """Return how often words stand in the guide, or in as much of a large one as can be read at once."""
    pages = [guide.pages[key].text for key in sorted(guide.pages) if key[0] == language]
    return Counter(WORD.findall("\n".join(pages[:60]).lower()))


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
