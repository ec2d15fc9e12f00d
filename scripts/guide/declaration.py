"""What scripts/edition.py does: declare an edition, list those there are, say what has changed since one of them."""

from argparse import Namespace
from collections.abc import Iterator

from guide import editions, history, model
from guide.editions import EDITIONS, TO_WRITE, Edition, Editions
from guide.history import Commit, Version
from guide.model import GuideError

TO_COME = "…"  # stands for a sentence that is still to be written, while the rest is looked at


def run(options: Namespace) -> list[str]:
    """Return what to print. Raises GuideError, with nothing written."""
    guide = model.load(options.root)
    try:
        known = editions.known(guide)
        if options.action == "declare":
            return list(_declare(known, options.name, options.commit))
        if options.action == "list":
            return [_line(known, each) for each in known.declared] or [f"{EDITIONS} declares no edition yet."]
        since = _commit(known, options.since)
        return [f"Since {since.code} of {since.day}:", *_digest(known, history.version(guide, since), known.now)]
    except history.Unknown as unknown:
        raise GuideError(f"The history of the text cannot be told: {unknown}") from None


def _declare(known: Editions, name: str, asked: str) -> Iterator[str]:
    """Add an edition to editions.yml; yield what has changed since the last one, and what is left to do."""
    guide, path = known.guide, known.guide.root / EDITIONS
    full = history.full_name(guide, asked)
    if full not in known.history.commits:
        raise GuideError(f"{asked}: has not led to the commit checked out")
    commit = known.history.source(full)
    text = path.read_text("utf-8") if path.is_file() else ""
    text = f"{text.rstrip()}\n\n" if text.strip() else ""
    codes = [language.code for language in guide.languages]
    declared = editions.read(text + _entry(name, commit, codes, TO_COME), codes)
    new = editions.checked(guide, declared, known.history)
    path.write_text(text + _entry(name, commit, codes, TO_WRITE), "utf-8")
    yield f"{EDITIONS}: added {name}, the text of {commit.code} of {commit.day}."
    if known.declared:
        last = known.declared[-1]
        yield f"Since {last.name}:"
        yield from _digest(new, new.version_of(last), new.version_of(declared[-1]))
    if not history.is_clean(guide):
        yield "The text in this folder has changes that are not committed; they do not belong to the edition."
    yield f"Write its sentence on what is new in place of {TO_WRITE} in each language: readers see it."


def _entry(name: str, commit: Commit, codes: list[str], sentence: str) -> str:
    lines = [f'- name: "{name}"', f"  date: {commit.day}", f"  commit: {commit.name}", "  news:"]
    return "\n".join([*lines, *(f'    {code}: "{sentence}"' for code in codes)]) + "\n"


def _line(known: Editions, edition: Edition) -> str:
    pages = {page.slug for page in _pages(known, known.version_of(edition), known.now)}
    state = f"pages changed since: {len(pages)}" if pages else "the text is the same today"
    return f"{edition.name}  {edition.day}  {known.source(edition).code}  {state}"


def _commit(known: Editions, asked: str | None) -> Commit:
    """Return the commit that a code, a commit's longer name or an edition means; that of the newest edition if none."""
    if asked is None and not known.declared:
        raise GuideError(f"{EDITIONS} declares no edition yet; name a commit: --since CODE")
    names = {edition.name: known.source(edition) for edition in known.declared}
    if asked is None:
        return names[known.declared[-1].name]
    found = [commit for name, commit in known.history.commits.items() if asked and name.startswith(asked.lower())]
    if asked in names or len(found) == 1:
        return names.get(asked) or found[0]
    raise GuideError(f"{asked}: {'more than one commit begins so' if found else 'no such edition or code'}")


def _pages(known: Editions, then: Version, now: Version) -> list[editions.PageChange]:
    return [page for each in known.guide.languages for page in known.digest(each.code, then, now)]


def _digest(known: Editions, then: Version, now: Version) -> Iterator[str]:
    """Yield a line for each page and section that differs in any language, and how many words that is in each."""
    known = Editions(known.guide, known.declared, known.history, (then, now))
    found: dict[str, dict[tuple[str, str], list[str]]] = {}
    titles, words = {}, {}
    for language in known.guide.languages:
        for change in known.changes(language.code, then, now):
            languages = found.setdefault(change.slug, {}).setdefault((change.anchor, change.kind), [])
            languages.append(language.code)
            titles[change.slug, change.anchor] = change.text.title
            to_read = change.text.words if change.kind != "removed" else 0
            words[language.code] = words.get(language.code, 0) + to_read
    if not found:
        yield "No section has changed."
        return
    order = {slug: place for place, slug in enumerate(known.guide.slugs)}
    for slug in sorted(found, key=lambda each: (order.get(each, len(order)), each)):
        yield slug
        for (anchor, kind), languages in found[slug].items():
            yield f"  #{anchor} {kind} in {', '.join(languages)}: {titles[slug, anchor]}"
    count = len({(slug, anchor) for slug in found for anchor, _ in found[slug]})
    read = ", ".join(f"{code} {words[code]}" for code in words)
    yield f"Sections: {count}, on pages: {len(found)}. Words to read again: {read}."
