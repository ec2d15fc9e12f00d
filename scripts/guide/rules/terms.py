"""Terms: the glossary's words in every language, and the words that the guide does not use."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from guide import glossary, inflection, texts
from guide.glossary import Vocabulary
from guide.markdown import Section
from guide.model import Guide, Page
from guide.rules.registry import Finding, rule
from guide.rules.words import avoid_fault


@rule
def same_terms(guide: Guide) -> Iterator[Finding]:
    """Where one language uses a term of the glossary, the others use theirs, so that all readers learn the same words.

    Write the term of docs/words.yml, in any form, or one of its synonyms there (`also:`). Where another word is the
    natural one, as «аптечка» is for a first-aid kit, add it to the term under `near:`, in that language; readers do
    not see that list. Terms marked `common:` or `everywhere:` are not asked for.
    """
    terms = _complete_terms(guide)
    vocabularies = {code: Vocabulary(listed, code) for code, listed in terms.items()}
    names = {(code, term.key): term.name for code, listed in terms.items() for term in listed}
    cited = {term.key for listed in terms.values() for term in listed if term.entry.get("status") in ("law", "used")}
    for slug in guide.slugs:
        topic = {code: page for code, page in guide.topic(slug).items() if code in vocabularies}
        for sections in _shared_sections(topic):
            for code, key, line, others in _lacking(sections, vocabularies, cited):
                there = " and ".join(f"{topic[other].path}:{at} has “{names[other, key]}”" for other, at in others)
                yield topic[code].path, line, f"{there}; write “{names[code, key]}” here too"


def _complete_terms(guide: Guide) -> dict[str, list[glossary.Term]]:
    """Return the terms that have a name in every language, by language; the rule `words` reports the others."""
    codes = [language.code for language in guide.languages if language.code in glossary.ALPHABETS]
    entries = guide.words.get("glossary", {})
    complete = {key: entry for key, entry in entries.items() if all(isinstance(entry.get(code), str) for code in codes)}
    return {code: [glossary.Term(key, entry, code) for key, entry in complete.items()] for code in codes}


def _shared_sections(topic: Mapping[str, Page]) -> Iterator[dict[str, Section]]:
    """Yield the sections that two languages of a topic or more have."""
    by_anchor: dict[str, dict[str, Section]] = {}
    for code, page in topic.items():
        for section in page.document.sections:
            by_anchor.setdefault(section.anchor, {})[code] = section
    yield from (sections for sections in by_anchor.values() if len(sections) > 1)


Row = dict[str, tuple[int, str]]  # language → line and text of what stands in the same place
Lack = tuple[str, str, int, list[tuple[str, int]]]  # language, term, line, [(other language, line)]


def _lacking(sections: dict[str, Section], vocabularies: Mapping[str, Vocabulary], cited: set[str]) -> Iterator[Lack]:
    """Yield the terms that a section has in some languages and lacks in another.

    Two languages are evidence enough within one paragraph, item or cell; a single one only in the whole section, and
    only with a phrase of the law or of the press.
    """
    rows = list(_rows(sections))
    uses = [{code: vocabularies[code].uses(text) for code, (_, text) in row.items()} for row in rows]
    reported = set()
    for row, said in zip(rows, uses, strict=True):
        if len({each.terms for each in said.values()}) == 1:
            continue
        for key in sorted(frozenset().union(*(each.terms for each in said.values()))):
            users = [code for code in row if key in said[code].terms]
            least = min(said[code].parts[key] for code in users) if len(users) > 1 else 0
            for code in row:
                if code not in users and key not in said[code].near and said[code].parts[key] < least:
                    reported.add((code, key))
                    yield code, key, row[code][0], [(user, row[user][0]) for user in users]
    whole = {code: [said[code] for said in uses] for code in sections}
    phrases = {code: frozenset().union(*(each.phrases for each in whole[code])) for code in sections}
    for key in sorted(cited & frozenset().union(*phrases.values())):
        users = [code for code in sections if key in phrases[code]]
        for code in sections:
            if (code, key) not in reported and not any(each.parts[key] for each in whole[code]):
                yield code, key, sections[code].line, [(user, sections[user].line) for user in users]


def _rows(sections: dict[str, Section]) -> Iterator[Row]:
    """Yield what stands in the same place in the languages: block by block, or all in one when blocks differ."""
    if len({tuple(prose.kind for prose in section.prose) for section in sections.values()}) == 1:
        for proses in zip(*(section.prose for section in sections.values()), strict=True):
            yield {code: (prose.line, prose.text) for code, prose in zip(sections, proses, strict=True)}
    else:
        for_all = {code: "\n".join(prose.text for prose in section.prose) for code, section in sections.items()}
        yield {code: (sections[code].line, text) for code, text in for_all.items()}


# ---------------------------------------------------------------- Words to avoid


@dataclass(frozen=True)
class Avoided:
    """An entry of `avoid:` in docs/words.yml."""

    wrong: re.Pattern
    excepted: re.Pattern | None
    beginnings: tuple[str, ...]  # one of these stands in every text that has the wrong word
    write: str
    why: str


@rule
def words_to_avoid(guide: Guide) -> Iterator[Finding]:
    """Words that mislead readers, or that the law has given up, are not used.

    Write what the message says. Which words these are, and in which names they stay, is in docs/words.yml under
    `avoid:`. A word that the page speaks about is marked: `<span lang="ru">доброволец</span>`, or stands in `code`.
    """
    by_language = avoided(guide)
    for page in guide.checked:
        if page.language in by_language:
            yield from _found(texts.of_page(page), page.text, by_language[page.language])
    said = list(texts.of_words(guide))
    for code, entries in by_language.items():
        yield from _found([text for text in said if text.language == code], guide.words_text, entries)


def _found(written: Iterable[texts.Text], source: str, entries: list[Avoided]) -> Iterator[Finding]:
    said = list(written)
    small = "\n".join(text.text for text in said).lower()
    likely = [entry for entry in entries if any(beginning in small for beginning in entry.beginnings)]
    lines = source.split("\n") if likely else []
    for text in said if likely else ():
        small = text.text.lower()
        for entry in likely:
            if any(beginning in small for beginning in entry.beginnings):
                rest = entry.excepted.sub(lambda name: " " * len(name[0]), text.text) if entry.excepted else text.text
                for match in entry.wrong.finditer(rest):
                    yield text.path, line_of(lines, text, match[0]), f"“{match[0]}”: write “{entry.write}”; {entry.why}"


def line_of(lines: list[str], text: texts.Text, word: str) -> int:
    """Return the line of a word of a text; where the text begins when it is too long to look."""
    if len(text.text) > 50_000:
        return text.line
    first = text.line - 1
    return first + texts.line_of("\n".join(lines[first : first + 200]), 1, word)


def avoided(guide: Guide) -> dict[str, list[Avoided]]:
    """Return the entries that are whole, by language; the rule `words` reports the others."""
    found: dict[str, list[Avoided]] = {}
    for entry in guide.words.get("avoid", []):
        if avoid_fault(entry):
            continue
        code, wrong, excepted = entry["language"], entry["wrong"], entry.get("except", [])
        found.setdefault(code, []).append(
            Avoided(
                wrong=_any(wrong, code),
                excepted=_any(excepted, code) if excepted else None,
                beginnings=tuple({root for form in wrong for root in _roots(form, code)}),
                write=entry["write"],
                why=entry["why"],
            )
        )
    return found


def _roots(form: str, language: str) -> tuple[str, ...]:
    """Return the roots of the longest word of a form."""
    return inflection.word(max(form.lower().split(), key=len), language).roots


def _any(forms: list[str], language: str) -> re.Pattern:
    patterns = (inflection.pattern(form, language) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)
