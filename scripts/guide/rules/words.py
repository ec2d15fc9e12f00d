"""Words of docs/words.yml and of the drawings: complete in every language."""

from collections.abc import Iterator

from guide.drawings import DrawingError, draw
from guide.model import Guide
from guide.rules.registry import Finding, rule


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
def words(guide: Guide) -> Iterator[Finding]:
    """Every word of docs/words.yml is there in every language, and every term has a definition and a status.

    Fill in the missing line under the named key.
    """
    for group, entries in guide.words.items():
        for key, entry in entries.items():
            for code in _missing(guide, entry):
                yield "docs/words.yml", 1, f"{group}: {key}: no `{code}`"
            if group == "glossary":
                for code in _missing(guide, entry.get("definition")):
                    yield "docs/words.yml", 1, f"glossary: {key}: definition: no `{code}`"
                if entry.get("status") not in guide.words.get("status", {}):
                    yield "docs/words.yml", 1, f"glossary: {key}: status must be one of status: in this file"
                if "act" in entry and entry["act"] not in guide.words.get("acts", {}):
                    yield "docs/words.yml", 1, f"glossary: {key}: act {entry['act']} is not among acts: in this file"


def _missing(guide: Guide, entry: object) -> list[str]:
    """Return the languages in which a word is not written."""
    known = entry if isinstance(entry, dict) else {}
    return [language.code for language in guide.languages if not str(known.get(language.code) or "").strip()]
