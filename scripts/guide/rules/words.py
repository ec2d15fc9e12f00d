"""Words of docs/words.yml and of the drawings: complete in every language."""

from collections.abc import Iterator

from guide.drawings import DrawingError, draw
from guide.model import SEARCH_WORDS, Guide
from guide.rules.registry import Finding, rule
from guide.search import asked


@rule(stops_build=True)
def drawings(guide: Guide) -> Iterator[Finding]:
    """Every drawing block can be drawn: the drawing exists and the page gives all its words.

    A block has `name`, `title` (what it shows, for those who do not see it) and `words`, as on the page
    context/who-does-what.md.
    """
    for page in guide.checked:
        for line, source in page.document.drawings:
            try:
                draw(source)
            except DrawingError as error:
                yield page.path, line, str(error)


@rule(stops_build=True)
def search_words(guide: Guide) -> Iterator[Finding]:
    """Every section of docs/search.yml is there, with words in every language: by them readers find it.

    Where a section got another name or was taken out, do the same in this file. Words stand on one line, divided by
    commas: what people type who do not use the section's own words.
    """
    if not guide.pages_only:
        yield from ((SEARCH_WORDS, line, fault) for line, fault in asked.faults(guide))


@rule(stops_build=True)
def words(guide: Guide) -> Iterator[Finding]:
    """Every word of docs/words.yml is there in every language, and every term has a definition and a status.

    Fill in the missing line under the named key. A text with a comma stands in quotes. An entry of `avoid:` has the
    keys language, wrong (a list), write, why, and may have except (a list of names in which the word stays).
    """
    for number, entry in enumerate(_list(guide.words.get("avoid", [])), 1):
        if fault := avoid_fault(entry):
            yield "docs/words.yml", 1, f"avoid: entry {number}: {fault}"
    for group, entries in guide.words.items():
        if group == "avoid":
            continue
        for key, entry in entries.items():
            for code in _missing(guide, entry):
                yield "docs/words.yml", 1, f"{group}: {key}: no `{code}`"
            if group == "interface" and (odd := set(entry) - {each.code for each in guide.languages}):
                line = guide.line_of_word(group, key)
                yield "docs/words.yml", line, f"{group}: {key}: “{min(odd)}” is no language; quote a text with commas"
            if group == "glossary":
                for code in _missing(guide, entry.get("definition")):
                    yield "docs/words.yml", 1, f"glossary: {key}: definition: no `{code}`"
                if not _are_lists(entry.get("near", {})):
                    yield (
                        "docs/words.yml",
                        1,
                        f"glossary: {key}: near must be lists by language, like {{ru: [аптечка]}}",
                    )
                if entry.get("status") not in guide.words.get("status", {}):
                    yield "docs/words.yml", 1, f"glossary: {key}: status must be one of status: in this file"
                if "act" in entry and entry["act"] not in guide.words.get("acts", {}):
                    yield "docs/words.yml", 1, f"glossary: {key}: act {entry['act']} is not among acts: in this file"


def avoid_fault(entry: object) -> str | None:
    """Return what is wrong with an entry of `avoid:`, or nothing."""
    if not isinstance(entry, dict):
        return "must have the keys language, wrong, write and why"
    for key in ("language", "write", "why"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            return f"{key} must be words"
    for key in ("wrong", "except"):
        if not _is_list(entry.get(key, [])):
            return f"{key} must be a list of words"
    return None if entry.get("wrong") else "wrong must be a list of words"


def _are_lists(forms: object) -> bool:
    """Return whether forms are lists of words by language."""
    return isinstance(forms, dict) and all(map(_is_list, forms.values()))


def _is_list(forms: object) -> bool:
    return isinstance(forms, list) and all(isinstance(form, str) and form.split() for form in forms)


def _list(entries: object) -> list:
    return entries if isinstance(entries, list) else [entries]


def _missing(guide: Guide, entry: object) -> list[str]:
    """Return the languages in which a word is not written."""
    known = entry if isinstance(entry, dict) else {}
    return [language.code for language in guide.languages if not str(known.get(language.code) or "").strip()]
