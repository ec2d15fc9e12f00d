"""The ledger: which sections a person has attested to say the same in every language, and what follows for each now.

ledger/<page>.yml has one line for each section: the fingerprint of its text in every language at the last moment when a
person said that they agree, who and when, and a debt, when one is declared. The states are never stored: they follow
from these lines and from the text as it stands. Any language may lead: the one that has changed does.
"""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import yaml

from guide.fingerprints import fingerprints
from guide.model import LEDGER, Guide, GuideError, Page

HEAD = """\
# Who attested that the languages agree, one line for each section. scripts/attest.py writes it, the rule `freshness`
# reads it. The empty lines keep two pull requests on neighbouring sections from getting in each other's way.
"""
LINE = re.compile(r"([a-z0-9][a-z0-9-]*): (\{.*\})\s*")
SIMPLE = re.compile(r"\{[\w-]+: \w[\w .-]*(?:, [\w-]+: \w[\w .-]*)*\}")  # nearly all; the rest is left to YAML
LONGEST = 4000  # signs of a line; nobody's reason is longer, and the reader of YAML is safe from a line of brackets
FIELDS = ("by", "date", "note", "seen", "owed")  # every other key of a line is a language
PLAIN = re.compile(r"\w(?:[\w .-]*\w)?")  # what needs no quotes
LIMIT, LAW_LIMIT = 60, 14  # days that a language may owe a section; `limit_days` of a front matter goes first


def today() -> date:
    """Return the day by the environment's GUIDE_TODAY, for tests, or by the clock: the only place that looks at one."""
    given = os.environ.get("GUIDE_TODAY")
    try:
        return date.fromisoformat(given) if given else date.today()
    except ValueError:
        raise GuideError(f"GUIDE_TODAY={given}: not a day; write it like 2026-11-22") from None


def is_proposal() -> bool:
    """Return whether a pull request is being checked: it does not answer for what was late before it."""
    return os.environ.get("GITHUB_EVENT_NAME") == "pull_request"


# ---------------------------------------------------------------- What is written


@dataclass(frozen=True)
class Debt:
    """A language's text is behind, and a person has said so."""

    since: date
    by: str
    reason: str


@dataclass(frozen=True)
class Entry:
    """What is known of one section."""

    hashes: Mapping[str, str]  # {language: fingerprint} when the languages last agreed
    by: str = ""
    day: date | None = None  # when that was; None: they never did
    note: str = ""
    seen: Mapping[str, str] = field(default_factory=dict)  # what had changed when a debt was declared: {language: …}
    owed: Mapping[str, Debt] = field(default_factory=dict)
    line: int = 1

    def last(self, code: str) -> str:
        """Return the fingerprint that a person saw last, whether the languages agreed then or not."""
        return self.seen.get(code, self.hashes[code])


@dataclass(frozen=True)
class Record:
    """One file of the ledger, read: its entries by anchor, and its lines that are not entries."""

    entries: Mapping[str, Entry]
    faults: tuple[tuple[int, str], ...] = ()  # (line, what is wrong)


def path(slug: str) -> str:
    """Return the file that holds a page's entries."""
    return f"{LEDGER}/{slug.removesuffix('.md')}.yml"


def read(text: str) -> Record:
    """Return what a file of the ledger says. Nothing here raises: a bad line is a fault of the file."""
    entries, faults = {}, []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        found = LINE.fullmatch(line) if len(line) <= LONGEST else None
        try:
            if not found:
                raise ValueError("not a line like `anchor: {kk: …, ru: …, en: …, by: …, date: …}`")
            if found[1] in entries:
                raise ValueError(f"#{found[1]} has a line already; delete one of the two")
            entries[found[1]] = _entry(found[2], number)
        except ValueError as error:
            faults.append((number, str(error)))
    return Record(entries, tuple(faults))


def _entry(text: str, line: int) -> Entry:
    """Return the entry that a line describes. Raises ValueError."""
    values = _values(text)
    hashes = {key: value for key, value in values.items() if key not in FIELDS}
    owed = {code: _debt(code, debt) for code, debt in _mapping(values, "owed").items()}
    seen = _mapping(values, "seen")
    words = (*hashes.values(), *seen.values(), values.get("by", ""), values.get("note", ""))
    if not all(isinstance(word, str) for word in words):
        raise ValueError("a fingerprint or a name is not a plain text")
    if "NAME" in (values.get("by"), *(debt.by for debt in owed.values())):
        raise ValueError("by: write a person’s name instead of NAME")
    day = _day(values["date"], "date") if "date" in values else None
    if day and not values.get("by"):
        raise ValueError("by: say who attested it")
    return Entry(hashes, values.get("by", ""), day, values.get("note", ""), seen, owed, line)


def _values(text: str) -> dict:
    if SIMPLE.fullmatch(text):
        return dict(pair.split(": ") for pair in text[1:-1].split(", "))
    try:
        data = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except (yaml.YAMLError, RecursionError):
        raise ValueError("not valid YAML; put a text with commas, colons or quotes into double quotes") from None
    return {key: value for key, value in data.items() if isinstance(key, str)}


def _debt(code: object, data: object) -> Debt:
    known = data if isinstance(data, dict) else {}
    by, reason = known.get("by"), known.get("reason")
    if not (isinstance(by, str) and by.strip() and isinstance(reason, str) and reason.strip()):
        raise ValueError(f"owed: {code}: needs `since`, `by` and `reason`")
    return Debt(_day(known.get("since"), f"owed: {code}: since"), by, reason)


def _mapping(values: Mapping, key: str) -> Mapping:
    found = values.get(key, {})
    if not isinstance(found, dict):
        raise ValueError(f"{key}: must be {{language: …}}")
    return found


def _day(text: object, name: str) -> date:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise ValueError(f"{name}: {text} is not a day; write it like 2026-11-22") from None


def write(entries: Mapping[str, Entry]) -> str:
    """Return the text of a ledger's file. An empty line on each side keeps an entry apart for git's merge."""
    return "\n".join([HEAD, *(f"{line(anchor, entry)}\n" for anchor, entry in entries.items())])


def line(anchor: str, entry: Entry) -> str:
    """Return the line of an entry."""
    fields: dict = dict(entry.hashes)
    fields |= {"by": entry.by} if entry.by else {}
    fields |= {"date": str(entry.day)} if entry.day else {}
    fields |= {"note": entry.note} if entry.note else {}
    fields |= {"seen": entry.seen} if entry.seen else {}
    owed = {c: {"since": str(debt.since), "by": debt.by, "reason": debt.reason} for c, debt in entry.owed.items()}
    fields |= {"owed": owed} if owed else {}
    return f"{anchor}: {_flow(fields)}"


def _flow(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
    return str(value) if PLAIN.fullmatch(str(value)) else json.dumps(str(value), ensure_ascii=False)


# ---------------------------------------------------------------- What follows


@dataclass(frozen=True)
class State:
    """How the languages of a section stand to each other now. A language is named in none of these when it agrees."""

    now: Mapping[str, str]  # {language: fingerprint of its text}
    entry: Entry | None  # None: nobody has attested anything
    leads: tuple[str, ...] = ()  # their text is the newest
    owes: tuple[str, ...] = ()  # their text is behind
    confirm: tuple[str, ...] = ()  # have changed, each on its own: a person must say whether they agree

    @property
    def agreed(self) -> bool:
        return not (self.leads or self.owes or self.confirm)

    @property
    def undeclared(self) -> tuple[str, ...]:
        """Return the languages that are behind without anyone having said so."""
        return tuple(code for code in self.owes if not self.entry or code not in self.entry.owed)


def states(guide: Guide, slug: str, record: Record | None = None) -> dict[str, State]:
    """Return {anchor: state} of the sections that a page has in all its languages, in the order of the first."""
    topic = guide.topic(slug)
    entries = (record or read(guide.ledger.get(slug, ""))).entries
    prints = {code: fingerprints(guide, page) for code, page in topic.items()}
    first = next(iter(prints.values()), {})
    shared = (anchor for anchor in first if all(anchor in each for each in prints.values()))
    return {anchor: state(entries.get(anchor), {c: each[anchor] for c, each in prints.items()}) for anchor in shared}


def state(entry: Entry | None, now: Mapping[str, str]) -> State:
    """Return what follows from a section's entry for its text as it stands now."""
    if entry is not None and not entry.owed and entry.hashes == now:
        return State(now, entry)  # as nearly always
    if entry is None or any(code not in entry.hashes for code in now):
        return State(now, entry, confirm=tuple(now))
    if any(code in entry.owed for code in now):
        return _in_debt(entry, now)
    changed = [code for code in now if now[code] != entry.hashes[code]]
    return _behind(entry, now, changed, confirm=changed) if changed else State(now, entry)


def _in_debt(entry: Entry, now: Mapping[str, str]) -> State:
    """Return the state when debts are declared: what has moved since then decides, not what moved before."""
    leads = [code for code in now if code not in entry.owed]
    moved = [code for code in now if now[code] != entry.last(code)]
    if any(code in entry.owed for code in moved):  # somebody has worked on what was owed
        newest = [code for code in now if code in leads or code in moved]
        return _behind(entry, now, newest, confirm=newest)
    if moved:
        return _behind(entry, now, moved, confirm=moved)
    return _behind(entry, now, leads, confirm=[])


def _behind(entry: Entry, now: Mapping[str, str], newest: list[str], confirm: list[str]) -> State:
    """Return the state when all but the newest are behind; when all are the newest, none leads."""
    owes = tuple(code for code in now if code not in newest)
    return State(now, entry, tuple(newest) if owes else (), owes, tuple(confirm) if len(confirm) > 1 else ())


def limit(guide: Guide, slug: str) -> int:
    """Return for how many days a language may owe a section of the page; its front matter may say `limit_days`."""
    return min((_limit(page) for page in guide.topic(slug).values()), default=LIMIT)


def _limit(page: Page) -> int:
    given = page.meta.get("limit_days")
    if isinstance(given, int) and not isinstance(given, bool) and given > 0:
        return given
    return LAW_LIMIT if page.meta.get("law") else LIMIT


def notices(guide: Guide, page: Page) -> dict[str, str]:
    """Return {anchor: leading language} of the sections in which the page is behind."""
    if page.slug not in guide.ledger:
        return {}
    found = states(guide, page.slug).items()
    return {anchor: state.leads[0] for anchor, state in found if page.language in state.owes and state.leads}
