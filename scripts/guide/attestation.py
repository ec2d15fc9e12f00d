"""What `scripts/attest.py` does: a person says that languages agree, or that one is behind, and the ledger keeps it."""

import argparse
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from guide import ledger, model
from guide.fingerprints import fingerprints
from guide.ledger import Debt, Entry, State
from guide.model import Guide, GuideError

LONGEST_WORDS = 500  # signs of a name or a reason


def run(options: argparse.Namespace) -> list[str]:
    """Do what the options of attest.py ask for; return what was recorded, a line each. Raises GuideError."""
    guide = model.load(options.root)
    by = _said(options.by, "--by")
    if options.all == bool(options.page):
        raise GuideError("say what agrees: a page, a section (PAGE#section), or --all")
    if (options.owed is None) != (options.reason is None):
        raise GuideError("--owed and --reason go together")
    slug, anchor = ("", "") if options.all else _place(guide, options.page)
    if options.owed is not None:
        if not anchor or options.meaning_unchanged:
            raise GuideError("--owed is for one section, PAGE#section, without --meaning-unchanged")
        debt = Debt(ledger.today(), by, _said(options.reason, "--reason"))
        found = ledger.states(guide, slug)[anchor]
        return _record(guide, slug, {anchor: declared(found, _codes(options.owed, found), debt)})
    say = unchanged if options.meaning_unchanged else agreed
    lines, stay = [], []
    for each in guide.slugs if options.all else [slug]:
        found = _to_record(guide, each, anchor, options.meaning_unchanged)
        lines += _record(guide, each, {name: say(state, by, ledger.today()) for name, state in found})
        stay += [] if anchor else _staying(guide, each)
    return [*(lines or ["nothing to record"]), *stay]


# ---------------------------------------------------------------- What a person says


def agreed(state: State, by: str, day: date) -> Entry:
    """Return the entry of a section whose languages agree as they stand."""
    return Entry(dict(state.now), by, day)


def unchanged(state: State, by: str, day: date) -> Entry:
    """Return the entry when a language was only reworded: who attested the agreement stays, and so do the debts."""
    note = f"{day} {by}: reworded, meaning unchanged"
    if not state.entry.owed:
        return replace(state.entry, hashes=dict(state.now), note=note)
    return replace(state.entry, seen=_differing(state.now, state.entry.hashes), note=note)


def declared(state: State, codes: Iterable[str], debt: Debt) -> Entry:
    """Return the entry when some languages are behind. The first day of a debt stays, however often it is declared."""
    entry = state.entry or Entry(dict(state.now))
    hashes = {**state.now, **entry.hashes}
    owed = {code: replace(debt, since=entry.owed.get(code, debt).since) for code in codes}
    return replace(entry, hashes=hashes, seen=_differing(state.now, hashes), owed=owed)


def _differing(now: Mapping[str, str], hashes: Mapping[str, str]) -> dict[str, str]:
    return {code: found for code, found in now.items() if found != hashes[code]}


def _to_record(guide: Guide, slug: str, anchor: str, meaning_unchanged: bool) -> Iterator[tuple[str, State]]:
    """Yield the sections that are meant: the one that is named, or those of the page that wait for a person's word."""
    for name, state in ledger.states(guide, slug).items():
        known = state.entry and all(code in state.entry.hashes for code in state.now)
        if anchor not in ("", name):
            continue
        if meaning_unchanged and anchor and not known:
            raise GuideError(f"#{name}: nobody has attested it yet; compare the languages, then attest that they agree")
        if meaning_unchanged:
            due = known and any(state.now[code] != state.entry.last(code) for code in state.now)
        else:
            due = anchor or not (state.agreed or _declared(state))
        if due:
            yield name, state


def _declared(state: State) -> tuple[str, ...]:
    """Return the languages that are behind and declared so. Only who names the section says that they no longer are."""
    return tuple(code for code in state.owes if code not in state.undeclared)


def _staying(guide: Guide, slug: str) -> Iterator[str]:
    for anchor, state in ledger.states(guide, slug).items():
        for code in _declared(state):
            yield f"{slug}#{anchor}: {code} stays owed ({state.entry.owed[code].by}); name the section to attest it"


# ---------------------------------------------------------------- What stands on the command line


def _place(guide: Guide, text: str) -> tuple[str, str]:
    """Return (slug, anchor) of a page or section as a person names it: context/law, docs/kk/context/law.md#minors."""
    name, _, anchor = text.partition("#")
    page = PurePath(name)
    if page.is_absolute() and guide.root and page.is_relative_to(guide.root.resolve()):
        page = page.relative_to(guide.root.resolve())
    if page.parts[:1] == ("docs",) and len(page.parts) > 2:
        page = PurePath(*page.parts[2:])
    slug = page.as_posix().removesuffix(".md") + ".md"
    topic = guide.topic(slug)
    if not topic:
        raise GuideError(f"{text}: the guide has no such page; write it like context/law or docs/kk/context/law.md")
    missing = [language.name for language in guide.languages if language.code not in topic]
    if missing:
        raise GuideError(f"{slug}: the page is missing in {', '.join(missing)}; add it first")
    sections = ledger.states(guide, slug)
    if anchor and anchor not in sections:
        raise GuideError(f"{slug}: no section #{anchor} in every language; these are: {', '.join(sections)}")
    return slug, anchor


def _codes(text: str, state: State) -> list[str]:
    codes = [code.strip() for code in text.split(",")]
    if not set(codes) < set(state.now):
        raise GuideError(f"--owed {text}: name one or more of {', '.join(state.now)}, but not all: one of them leads")
    return [code for code in state.now if code in codes]


def _said(text: str | None, option: str) -> str:
    """Return what a person wrote as one line of text. Raises GuideError."""
    said = " ".join("".join(sign if sign.isprintable() else " " for sign in text or "").split())
    if not said or said == "NAME" or len(said) > LONGEST_WORDS:
        raise GuideError(f"{option}: needs one to {LONGEST_WORDS} signs of text")
    return said


# ---------------------------------------------------------------- What is kept


def _record(guide: Guide, slug: str, entries: Mapping[str, Entry]) -> list[str]:
    """Write a page's file, in the order of the page, without sections that are gone; return a line for the person."""
    file, text = ledger.path(slug), guide.ledger.get(slug, "")
    old = ledger.read(text)
    for line, fault in old.faults:
        raise GuideError(f"{file}:{line}: {fault}")
    anchors = dict.fromkeys(anchor for page in guide.topic(slug).values() for anchor in fingerprints(guide, page))
    kept = {**old.entries, **entries}
    new = ledger.write({anchor: kept[anchor] for anchor in anchors if anchor in kept})
    if new == text or not (text or entries):
        return []
    path = guide.root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(new, "utf-8", newline="\n")
    gone = [anchor for anchor in old.entries if anchor not in anchors]
    return [f"{file}: " + ", ".join([*entries, *(f"{anchor} taken out" for anchor in gone)])]
