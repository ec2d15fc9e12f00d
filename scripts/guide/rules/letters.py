"""Letters and signs: those of the language, whole and visible, and the quotes and dashes that its readers expect."""

from collections.abc import Iterator
from itertools import islice

from guide import letters as signs
from guide import texts
from guide.markdown import Prose, Section
from guide.model import WORDS, Guide, Page
from guide.rules.language import NAMES
from guide.rules.registry import Finding, rule
from guide.spans import is_inside, merged

MANY = 1000  # a file with more slips of one kind is broken as a whole: nobody reads on


@rule
def letters(guide: Guide) -> Iterator[Finding]:
    """Every word is written in the letters of one script, so that search finds it and a voice can read it aloud.

    Type the word again with the keyboard of its language: Latin a, e, i, o, c, p, x and ə look like Cyrillic letters,
    but are others. Delete invisible signs that came with a copied text. A letter that the text speaks about is written
    as code: `i`. `python scripts/check.py --fix` mends what is certain.
    """
    for page in guide.checked:
        if page.language in NAMES and not signs.is_clean(page.text, page.language):
            yield from _letters(page.path, page.text, page.language)
    if not guide.pages_only:
        yield from _letters_of_words(guide)


def _letters_of_words(guide: Guide) -> Iterator[Finding]:
    for scalar in texts.scalars(guide.words_text, tuple(language.code for language in guide.languages)):
        for sign in signs.alien_letters(scalar.value, scalar.language):
            yield WORDS, scalar.line, sign.what
    for sign in islice(signs.strange_signs(guide.words_text), MANY):
        yield WORDS, texts.line_at(guide.words_text, sign.start), sign.what


def _letters(path: str, text: str, language: str) -> Iterator[Finding]:
    found = [
        *islice(signs.alien_letters(text, language), MANY),
        *islice(signs.strange_signs(text), MANY),
    ]
    shown = texts.shown_spans(text) if found else []
    for sign in found:
        if not (is_inside(sign.start, shown) and text[sign.start : sign.end].isalpha()):
            yield path, texts.line_at(text, sign.start), sign.what


@rule
def typography(guide: Guide) -> Iterator[Finding]:
    """Quotes, apostrophes, dashes and dots are those of the language, as readers know them from books.

    Kazakh and Russian: «…», inside them „…“, a dash — between spaces. English: “…”, inside them ‘…’, the apostrophe ’,
    a dash – between spaces. A range has – without spaces: 5–10. Three dots are one sign: …. Between words stands one
    space. `python scripts/check.py --fix` mends what is certain.
    """
    for page in guide.checked:
        if page.language in NAMES:
            yield from _typography(page)
            yield from _double_spaces(page)
    for text in texts.of_words(guide) if not guide.pages_only else ():
        if text.language in NAMES:
            for sign in signs.typographic_slips(text.text, text.language):
                if sign.what:
                    yield text.path, text.line, sign.what


def _typography(page: Page) -> Iterator[Finding]:
    for section, text in zip(page.document.sections, page.section_texts, strict=True):
        slips = list(_slips(section, page.language)) if signs.may_slip(text, page.language) else []
        for prose, sign in slips:
            snippet = prose.text[max(sign.start - 4, 0) : sign.end + 4]
            yield page.path, texts.line_of(page.text, prose.line, snippet), sign.what
        if not slips and not signs.quotes_pair_up(text, page.language):  # quotes that are wrong do not pair up
            prose = [(each.line, each.text) for each in section.prose]
            found = islice(signs.unpaired_quotes(prose, page.language), MANY)
            yield from ((page.path, *each) for each in found)
    for text in texts.of_head(page):
        for sign in signs.typographic_slips(text.text, page.language):
            if sign.what:
                yield page.path, text.line, sign.what


def _slips(section: Section, language: str) -> Iterator[tuple[Prose, signs.Sign]]:
    for prose in section.prose:
        yield from ((prose, sign) for sign in signs.typographic_slips(prose.text, language) if sign.what)


def _double_spaces(page: Page) -> Iterator[Finding]:
    found = list(islice(signs.double_spaces(page.text), MANY))
    if found:
        head = texts.HEAD.match(page.text)
        hidden = merged(texts.code_spans(page.text) + ([head.span()] if head else []))
        for sign in found:
            if not is_inside(sign.start, hidden):
                yield page.path, texts.line_at(page.text, sign.start), sign.what
