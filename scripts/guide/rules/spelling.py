"""Spelling: every word is in a dictionary or in the guide's own lists."""

from collections import Counter
from collections.abc import Callable, Iterator

from guide import texts
from guide.model import SPELLING, Guide
from guide.rules.registry import Finding, rule
from guide.rules.terms import avoided, line_of
from guide.spelling import LETTERS, WORD, Speller, speller

NAMES = {"kk": "Kazakh", "ru": "Russian", "en": "English"}
SUGGESTED = 20  # words a run: to look for what was meant takes time, and after so many words something else is wrong


@rule
def spelling(guide: Guide) -> Iterator[Finding]:
    """Every word is spelled right, so that readers trust the guide and find its words by search.

    Mend the word. If it is right, add its stem to docs/spelling/<language>.txt, in a group that says why it is there;
    forms with endings need no line of their own. English is British with -ize; Russian is written with е, not ё. A
    word of another language needs quotation marks, a mark `<span lang="en">…</span>` or a line in the list.
    """
    known = speller(guide.spelling)
    advice, avoided_words = _advice(known, guide), avoided(guide)
    for source in texts.sources(guide):
        doubtful = known.doubtful(source.tokens, source.language) if source.language in LETTERS else set()
        lines = source.written.split("\n") if doubtful else []
        for text in source.having(doubtful):
            for word in dict.fromkeys(known.unknown(text.text, source.language)):
                if any(entry.wrong.fullmatch(word) for entry in avoided_words.get(source.language, ())):
                    continue  # the rule words-to-avoid says what to write
                message = f"unknown word “{_short(word)}”{advice(word, source.language)}"
                yield source.path, line_of(lines, text, word), message
    yield from _list_problems(guide)


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
