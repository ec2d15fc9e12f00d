"""Freshness: for every section a person has said that the languages agree, or which of them is behind."""

from collections.abc import Iterable, Iterator
from datetime import date

from guide import attestation, ledger
from guide.ledger import Debt, State
from guide.model import WORDS, Guide, Page
from guide.rules.registry import Finding, rule


@rule
def freshness(guide: Guide) -> Iterator[Finding]:
    """A section says the same in every language, or tells its readers that theirs is behind, so that nobody acts on an
    old text.

    After a change bring the other languages into step and record that they agree: `python scripts/attest.py
    context/law#minors --by NAME`; with --meaning-unchanged when only the wording was mended. When a language has to
    wait, say who knows of it and why: `… --owed kk,en --by NAME --reason "…"`. On the web, without Python: put the line
    that the message gives, with your name, in place of the section’s line in ledger/; or keep that line and add before
    its last bracket `, owed: {kk: {since: 2026-11-22, by: your name, reason: "…"}}`. A language may be behind for 60
    days, for 14 on a page that rests on law, or for the `limit_days` of its front matter: 14 on a page about safety.
    A debt that is too old stops main, not the pull request of somebody else.
    """
    if not guide.ledger and guide.root is None:
        return
    day = ledger.today()
    for slug in guide.slugs:
        if slug in guide.ledger:
            yield from _page(guide, slug, day)
        elif topic := guide.topic(slug):
            first = next(iter(topic.values()))
            yield first.path, 1, "nobody has attested that the languages of this page agree; compare them and record it"
    for slug in sorted(set(guide.ledger) - {slug for _, slug in guide.pages}) if not guide.pages_only else ():
        yield ledger.path(slug), 1, f"there is no page {slug}; delete the file, or rename it with the page"


def _page(guide: Guide, slug: str, day: date) -> Iterator[Finding]:
    file, record = ledger.path(slug), ledger.read(guide.ledger[slug])
    topic, allowed = guide.topic(slug), ledger.limit(guide, slug)
    yield from ((file, line, fault) for line, fault in record.faults)
    written = {anchor for page in topic.values() for anchor in guide.anchors(page)}
    for anchor, entry in record.entries.items():
        if anchor not in written:
            yield file, entry.line, f"#{anchor} is not on the page any more; delete the line"
    bad_lines = {line for line, _ in record.faults}
    for anchor, state in ledger.states(guide, slug, record).items():
        if state.agreed or (state.entry is None and bad_lines):
            continue
        places = {code: _place(guide, page, anchor) for code, page in topic.items()}
        if state.confirm or state.undeclared:
            where = places[next(iter(state.leads or state.confirm))]
            line = ledger.line(anchor, attestation.agreed(state, "NAME", day))
            what = _difference(state, places)
            yield *where, f"#{anchor} {what}. When they agree as they stand, {file} gets `{line}`"
        for code in state.owes:
            if debt := state.entry.owed.get(code):
                yield from ((*places[code], found) for found in _late(debt, allowed, day, state.leads, places, anchor))


def _difference(state: State, places: dict[str, tuple[str, int]]) -> str:
    """Return what a person has to do about a section whose languages may differ."""
    if state.entry is None:
        return f"is new: compare it with {_list(places, state.confirm[1:])}"
    since = f"since {state.entry.day}" if state.entry.day else "since it was declared owed"
    todo = [f"compare {_list(places, state.confirm)}"] if state.confirm else []
    todo += [f"bring {_list(places, state.undeclared)} into step, or declare it owed"] if state.undeclared else []
    return f"has changed in {', '.join(state.leads or state.confirm)} {since}: {'; '.join(todo)}"


def _late(debt: Debt, allowed: int, day: date, leads: Iterable[str], places: dict, anchor: str) -> Iterator[str]:
    """Yield what is wrong with a declared debt: it is too old, or its day is still to come."""
    days = (day - debt.since).days
    if days > allowed and not ledger.is_proposal():
        there = _list(places, leads)
        yield f"#{anchor} is behind {there} for {days} days, {allowed} are allowed ({debt.by}: {debt.reason})"
    elif days < -1:  # a day of difference is the other side of the Earth
        yield f"#{anchor} is owed since {debt.since}, a day to come; mend `since` in the ledger"


def _place(guide: Guide, page: Page, anchor: str) -> tuple[str, int]:
    """Return where a section stands: (path, line). A term of the glossary stands in docs/words.yml."""
    for section in page.document.sections:
        if section.anchor == anchor:
            return page.path, section.line
    return WORDS, guide.line_of_word("glossary", anchor)


def _list(places: dict[str, tuple[str, int]], codes: Iterable[str]) -> str:
    """Return the places of a section in some languages; the languages too where one file holds them all."""
    named = [(code, "{}:{}".format(*places[code])) for code in codes]
    return " and ".join(f"{place} ({code})" if place.startswith(WORDS) else place for code, place in named)
