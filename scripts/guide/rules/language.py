"""The language of the page: everything a reader sees is in it, and nothing was left over from another language."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from guide import identify, texts
from guide.markdown import Prose
from guide.model import Guide, Page
from guide.rules.registry import Finding, rule
from guide.texts import Source, Text

NAMES = {"kk": "Kazakh", "ru": "Russian", "en": "English"}
SENTENCE_END = re.compile(r"[.!?…:;][»”\"]?\s+")
ENGLISH = re.compile(r"[^\u0400-\u04ff]*[A-Za-z][a-z]{3}[^\u0400-\u04ff]*")
COPIED = 4  # words: shorter prose is the same in two languages by chance


@rule
def right_language(guide: Guide) -> Iterator[Finding]:
    """Everything on a page is in the page's language, so that nobody has to know another one to read on.

    Write the passage in the language of the page. Names, abbreviations, addresses and short titles in quotation marks
    may be in any language; mark a longer quotation or a foreign word, so that programs that read aloud change their
    voice: `<span lang="ru">доброволец</span>`.
    """
    for source, text in _suspects(guide):
        if passage := identify.foreign(text.text, source.language, text.kind == "heading"):
            other = identify.language_of(passage, source.language)
            line = texts.line_of(source.written, text.line, " ".join(passage.split()[:2]))
            mark = f', or mark it: <span lang="{other}">…</span>' if text.kind not in ("front matter", "word") else ""
            message = f"“{_short(passage)}” is in {NAMES[other]}; write it in {NAMES[source.language]}{mark}"
            yield source.path, line, message


def _suspects(guide: Guide) -> Iterator[tuple[Source, Prose | Text]]:
    """Yield the texts that may have a passage in another language: few on most pages."""
    for source in texts.sources(guide):
        if source.language in NAMES:
            found = source.having(identify.odd(source.tokens, source.language))
            if source.language == "kk":
                odd = {text.text for text in found}
                found = (text for text in source.texts if text.text in odd or not identify.shows_kazakh(text.text))
            yield from ((source, text) for text in found)


@rule
def own_words(guide: Guide) -> Iterator[Finding]:
    """Each language says everything in words of its own; a text left as it was copied is no translation.

    Write the text in the page's language. A name or a quotation that stays as it is goes into quotation marks, or is
    marked with its language: `<span lang="ru">…</span>`.
    """
    for slug in guide.slugs:
        topic = {code: page for code, page in guide.topic(slug).items() if code in NAMES}
        for page in topic.values():
            others = [other for other in topic.values() if other is not page]
            for text, words in _doubtful(texts.source(page)):
                for other in others:
                    if all(word in _small(other) for word in words.split()) and words in _all_words(other):
                        yield page.path, text.line, _copied(words.strip(), _place(other, words), page.language)
            yield from _copied_titles(page, topic)


def _doubtful(source: Source) -> Iterator[tuple[Prose | Text, str]]:
    """Yield the sentences of which letters do not prove that they are in the language of the page, word by word.

    Of two equal sentences in two languages one is always among them. Names and quotations are left out.
    """
    for text in source.texts if source.language == "kk" else _unproved(source):
        for sentence in SENTENCE_END.split(text.text):
            if not _is_proved(sentence, source.language):
                own = identify.WORD.findall(identify.unquoted(identify.ADDRESS.sub(" ", sentence))[0])
                if len(own) >= COPIED and sum(word.islower() for word in own) >= 2:
                    yield text, _words(sentence)


def _unproved(source: Source) -> list[Prose | Text]:
    """Return the texts of which letters show, fast, that they may be copied: an alphabet that is not the page's."""
    odd = identify.odd(source.tokens, source.language)
    if source.language == "en":
        return source.having(odd)
    latin = [text for text in source.texts if not identify.CYRILLIC.search(text.text)]
    return latin + source.having(set(filter(identify.KAZAKH.search, odd)) if source.language == "ru" else set())


@lru_cache(maxsize=3)  # the topic at hand
def _small(page: Page) -> str:
    return "\n".join(text.text for text in texts.source(page).texts).lower()


@lru_cache(maxsize=3)
def _all_words(page: Page) -> str:
    return _words(" ".join(text.text for text in texts.source(page).texts))


def _words(text: str) -> str:
    """Return the words of a text in small letters, with a space before and after each."""
    return f" {' '.join(identify.WORD.findall(text))} ".lower()


def _place(page: Page, words: str) -> str:
    """Return where a page says these words."""
    line = next((text.line for text in texts.source(page).texts if words in _words(text.text)), 1)
    return f"{page.path}:{line}"


def _copied(text: str, there: str, language: str) -> str:
    return f"“{_short(text)}” is the same as in {there}; write it in {NAMES[language]}"


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57].rsplit(' ', 1)[0]}…"


def _is_proved(text: str, language: str) -> bool:
    if language == "kk":
        return bool(identify.KAZAKH.search(text))
    if language == "ru":
        return not identify.KAZAKH.search(text) and bool(identify.CYRILLIC.search(text))
    return not identify.CYRILLIC.search(text)


def _copied_titles(page: Page, topic: Mapping[str, Page]) -> Iterator[Finding]:
    """Yield headings, cells and items that a page has from another one, however short, and that are no names.

    A Kazakh one on a Russian page has Kazakh letters. An English one stands on the English page, and the third language
    says it in words of its own; a name would be the same there.
    """
    if page.language == "en":
        return
    unproved = {text.text for text in _unproved(texts.source(page))}
    for section in page.document.sections if unproved else ():
        for prose in section.prose:
            text = prose.text
            if text not in unproved:
                continue
            if page.language == "ru" and identify.KAZAKH.search(text):
                origin, third = "kk", None
            elif ENGLISH.fullmatch(text):
                origin, third = "en", "ru" if page.language == "kk" else "kk"
            else:
                continue
            if not _outside_quotes(text) or text not in _said(topic, origin, section.anchor):
                continue
            if third is None or not any(text in each for each in _said(topic, third, section.anchor, [text])):
                yield page.path, prose.line, _copied(text, topic[origin].path, page.language)


def _outside_quotes(text: str) -> bool:
    """Return whether a text has words that are neither quoted nor an address."""
    return bool(identify.WORD.search(identify.unquoted(identify.ADDRESS.sub(" ", text))[0]))


def _said(topic: Mapping[str, Page], language: str, anchor: str, default=()) -> list[str]:
    """Return the prose of a section in another language, or `default` when that language does not have the section."""
    sections = topic[language].document.sections if language in topic else ()
    found = [prose.text for section in sections if section.anchor == anchor for prose in section.prose]
    return found or list(default)
