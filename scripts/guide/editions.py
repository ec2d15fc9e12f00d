"""The editions of the guide: which were declared, which text a copy holds, what has changed in it since.

editions.yml declares them, oldest first, so that a new one is an addition at the end. What changed in which section is
not written down: the history of the pages tells it (`guide.history`).
"""

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from itertools import groupby, pairwise

import yaml

from guide import history, safe_yaml
from guide.history import TERMS, Commit, History, Text, Version
from guide.model import GLOSSARY_MARK, Guide, GuideError, refuse_endless
from guide.site import long_date

EDITIONS = "editions.yml"
KEYS = ("name", "date", "commit", "news")
NAME = re.compile(r"(\d{4})\.([1-9]\d*)")
COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
TO_WRITE = "TODO"
LONGEST_NEWS = 300  # characters: one sentence


@dataclass(frozen=True)
class Edition:
    """A text that was given a name."""

    name: str  # "2026.1": the year and which of that year
    day: date
    commit: str  # the full name of the commit whose text it is
    news: Mapping[str, str]  # {language: one sentence on what is new}
    line: int = 1

    @property
    def code(self) -> str:
        """Return what a copy of exactly this text is called."""
        return self.commit[: history.CODE_LENGTH]


@dataclass(frozen=True)
class Copy:
    """What a file says of the text that it holds. Everything is empty where the history cannot be told.

    A text that was not recorded when the file was made has no code, commit or day: nobody can look it up.
    """

    name: str = ""  # of the newest edition that the text rests on; "" before the first
    code: str = ""
    day: date | None = None  # of the newest change of the text
    commit: str = ""  # the full name of the commit that made it
    changed: bool = False  # since the edition


@dataclass(frozen=True)
class Change:
    """What has become of one section of one language between two versions."""

    slug: str
    anchor: str
    kind: str  # changed, new, removed
    text: Text  # as it is now; as it was last, of one that was removed


@dataclass(frozen=True)
class PageChange:
    """What has become of one page of one language between two versions."""

    slug: str
    kind: str  # changed, new, removed
    sections: tuple[Change, ...]


# ---------------------------------------------------------------- What is declared


def declared(guide: Guide) -> tuple[Edition, ...]:
    """Return the editions that editions.yml declares, oldest first. Raises GuideError naming the line."""
    path = guide.root / EDITIONS if guide.root else None
    return read(path.read_text("utf-8"), [each.code for each in guide.languages]) if path and path.is_file() else ()


def read(text: str, codes: list[str]) -> tuple[Edition, ...]:
    """Return the editions that a text in the form of editions.yml declares. Raises GuideError naming the line."""
    refuse_endless(text, EDITIONS)
    try:
        if found := safe_yaml.alias(text):
            _refuse(found[1] + 1, f"*{found[0]} stands for other lines; write them out")
        node = yaml.compose(text, Loader=safe_yaml.LOADER)
        data = yaml.load(text, Loader=safe_yaml.LOADER) or []
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        _refuse(mark.line + 1 if mark else 1, f"not valid YAML: {error.problem or error.context}")
    except (yaml.YAMLError, ValueError) as error:  # a sign that YAML does not know; a day like 2026-02-30
        _refuse(1, f"not valid YAML: {' '.join(str(error).split())}")
    if not isinstance(data, list):
        _refuse(1, "must be a list of editions, each beginning with `- name:`")
    editions = []
    for each, place in zip(data, node.value if data else [], strict=True):
        editions.append(_edition(each, place.start_mark.line + 1, codes, editions[-1] if editions else None))
    return tuple(editions)


def _edition(data: object, line: int, codes: list[str], before: Edition | None) -> Edition:
    if not isinstance(data, dict) or set(data) != set(KEYS):
        _refuse(line, f"an edition has exactly {', '.join(KEYS)}")
    name, day, commit, news = (data[key] for key in KEYS)
    if not isinstance(name, str) or not NAME.fullmatch(name):
        _refuse(line, f'name: {name} is not a year and a number in quotes, like "2026.1"')
    if type(day) is not date:
        _refuse(line, f"{name}: date: {day} is not a day like 2026-11-22")
    if not isinstance(commit, str) or not COMMIT.fullmatch(commit):
        _refuse(line, f"{name}: commit: {commit} is not the full name of a commit; `git rev-parse HEAD` prints one")
    if not isinstance(news, dict) or set(news) != set(codes):
        _refuse(line, f"{name}: news: needs one sentence in each language: {', '.join(codes)}")
    for code, sentence in news.items():
        if not isinstance(sentence, str) or not sentence.strip() or TO_WRITE in sentence:
            _refuse(line, f"{name}: news: {code}: write in one sentence what is new")
        if len(sentence) > LONGEST_NEWS or "\n" in sentence.strip():
            _refuse(line, f"{name}: news: {code}: is longer than one sentence of {LONGEST_NEWS} characters")
    if before and (_order(name) <= _order(before.name) or day < before.day):
        _refuse(line, f"{name} of {day} does not come after {before.name} of {before.day}; the oldest stands first")
    return Edition(name, day, commit, {code: news[code].strip() for code in codes}, line)


def _order(name: str) -> list[int]:
    return [int(part) for part in name.split(".")]


def _refuse(line: int, what: str):
    raise GuideError(f"{EDITIONS}:{line}: {what}")


# ---------------------------------------------------------------- What is known of the text


@dataclass(frozen=True)
class Editions:
    """The guide, the editions declared of it, and the history of its text since the first of them."""

    guide: Guide
    declared: tuple[Edition, ...]
    history: History
    others: tuple[Version, ...] = ()  # other versions that it is asked about
    compared: dict = field(default_factory=dict)  # what _between has found out

    @cached_property
    def commits(self) -> list[Commit]:
        """Return the commits whose text a copy can hold, oldest first."""
        return self.history.texts_since(self.declared[0].commit if self.declared else "")

    @cached_property
    def versions(self) -> list[Version]:
        """Return the files of each of the commits, those of the guide as it stands, and others."""
        return [*(history.version(self.guide, each) for each in self.commits), self.now, *self.others]

    @cached_property
    def now(self) -> Version:
        """Return the files of the guide as it stands, recorded or not."""
        return history.version_now(self.guide)

    @cached_property
    def sections(self) -> dict:
        """Return the sections of every file of every version."""
        return history.sections(self.guide, self.versions)

    @cached_property
    def glossary(self) -> str:
        """Return the slug of the page on which the terms stand."""
        return next((slug for (_, slug), page in self.guide.pages.items() if GLOSSARY_MARK in page.text), "")

    def version_of(self, edition: Edition) -> Version:
        """Return the files of an edition."""
        return history.version(self.guide, self.source(edition))

    def source(self, edition: Edition) -> Commit:
        """Return the commit that made the text of an edition."""
        return self.history.source(edition.commit)

    def name_at(self, commit: Commit) -> Edition | None:
        """Return the newest edition that the text of a commit rests on."""
        return self._names.get(commit.name)

    @cached_property
    def _names(self) -> dict[str, Edition]:
        """Return {commit: the newest edition among it and all that led to it}."""
        begins = {self.source(each).name: each for each in self.declared}
        names: dict[str, Edition] = {}
        for commit in self.history.commits.values():
            led = [names[name] for name in commit.parents if name in names]
            led += [begins[commit.name]] if commit.name in begins else []
            if led:
                names[commit.name] = max(led, key=lambda each: _order(each.name))
        return names

    def changes(self, language: str, then: Version, now: Version) -> list[Change]:
        """Return what has changed in one language between two versions, by page and section in reading order.

        A section whose whole text now stands under another anchor or on another page has not changed.
        """
        changed, come, gone = [], {}, {}
        for key in dict.fromkeys([*now, *then]):
            known_page = key[1] != TERMS or self.glossary
            if key[0] == language and known_page and then.get(key) != now.get(key):
                slug = self.glossary if key[1] == TERMS else key[1]
                altered, added, removed = self._between(key, then.get(key), now.get(key))
                changed += [Change(slug, anchor, "changed", text) for anchor, text in altered.items()]
                come |= {(slug, anchor): text for anchor, text in added.items()}
                gone |= {(slug, anchor): text for anchor, text in removed.items()}
        moved = {text.fingerprint for text in come.values()} & {text.fingerprint for text in gone.values()}
        for kind, found in (("new", come), ("removed", gone)):
            changed += [Change(*key, kind, text) for key, text in found.items() if text.fingerprint not in moved]
        return sorted(changed, key=self.place)

    def digest(self, language: str, then: Version, now: Version) -> list[PageChange]:
        """Return the same, page by page. A page is new or removed when all its sections are."""
        found = []
        for slug, each in groupby(self.changes(language, then, now), key=lambda change: change.slug):
            sections = tuple(each)
            kinds = {change.kind for change in sections}
            held, had = (self._count(language, slug, version) for version in (now, then))
            is_new = kinds == {"new"} and not had and len(sections) == held
            is_removed = kinds == {"removed"} and not held and len(sections) == had
            found.append(PageChange(slug, "new" if is_new else "removed" if is_removed else "changed", sections))
        return found

    def _count(self, language: str, slug: str, version: Version) -> int:
        """Return how many sections a page has in a version; 0 of a page that is not there."""
        slugs = [slug, TERMS] if slug == self.glossary else [slug]
        files = [(language, each) for each in slugs if (language, each) in version]
        return sum(len(self.sections[(*key, version[key])]) for key in files)

    def _between(self, key: tuple[str, str], then: str | None, now: str | None) -> tuple[dict, dict, dict]:
        """Return {anchor: text} of the sections that differ between two states of a file, of the new, of the gone."""
        if (*key, then, now) not in self.compared:
            before = self.sections[(*key, then)] if then else {}
            after = self.sections[(*key, now)] if now else {}
            self.compared[(*key, then, now)] = (
                {a: text for a, text in after.items() if a in before and before[a].fingerprint != text.fingerprint},
                {a: text for a, text in after.items() if a not in before},
                {a: text for a, text in before.items() if a not in after},
            )
        return self.compared[(*key, then, now)]

    def place(self, change: Change) -> tuple:
        """Return where a change stands in the guide; what is there no more stands behind what is."""
        slugs, anchors = self._slugs, self._anchors.get(change.slug, {})
        return slugs.get(change.slug, len(slugs)), change.slug, anchors.get(change.anchor, len(anchors))

    @cached_property
    def _slugs(self) -> dict[str, int]:
        return {slug: place for place, slug in enumerate(self.guide.slugs)}

    @cached_property
    def _anchors(self) -> dict[str, dict[str, int]]:
        """Return {slug: {anchor: its place on the page}} of the guide as it stands."""
        places: dict[str, dict[str, int]] = {}
        for (language, slug), name in self.now.items():
            page = places.setdefault(self.glossary if slug == TERMS else slug, {})
            for anchor in self.sections[language, slug, name]:
                page.setdefault(anchor, len(page))
        return places


def known(guide: Guide) -> Editions:
    """Return what is known of the editions. Raises history.Unknown, and GuideError of an edition without a text."""
    return checked(guide, declared(guide), history.read(guide))


def checked(guide: Guide, editions: tuple[Edition, ...], past: History) -> Editions:
    """Return what is known of some editions. Raises GuideError of one whose commit is not where it should be."""
    made = Editions(guide, editions, past)
    for each in editions:
        if each.commit not in past.commits:
            _refuse(
                each.line,
                f"{each.name}: commit {each.commit} has not led to the one checked out; "
                "declare an edition only when its text is on main, where nobody rewrites commits",
            )
    times = {commit.name: place for place, commit in enumerate(made.commits)}
    for before, each in pairwise(editions):
        if times.get(made.source(each).name, 0) <= times[made.source(before).name]:
            _refuse(each.line, f"{each.name}: commit {each.commit} has no newer text than that of {before.name}")
    return made


def known_or_none(guide: Guide) -> Editions | None:
    """Return what is known of the editions; None, with one warning, where the history cannot be told."""
    try:
        return known(guide)
    except history.Unknown as unknown:
        _warn(str(unknown))
        return None


@cache  # once a run, not once a page
def _warn(why: str) -> None:
    print(f"Files and pages of this build cannot say which text they hold: {why}", file=sys.stderr)


def copy(guide: Guide) -> Copy:
    """Return what a file made from the guide as it stands says of its text. Raises GuideError on a bad editions.yml."""
    editions = known_or_none(guide)
    if editions is None:
        return Copy()
    found = copy_at(editions, editions.history.source(editions.history.head.name))
    return found if history.is_clean(guide) else Copy(found.name, changed=True)


def copy_at(editions: Editions, commit: Commit) -> Copy:
    """Return what a file says of its text that is made from a commit."""
    edition = editions.name_at(commit)
    changed = edition is not None and editions.source(edition).name != commit.name
    return Copy(edition.name if edition else "", commit.code, commit.day, commit.name, changed)


def label(copied: Copy, words: Mapping, code: str) -> str:
    """Return how a copy is called in a language: `edition 2026.1 with changes up to 22 November 2026`; "" if unknown.

    `words` is the guide's `interface`.
    """
    if not copied.name:
        return ""
    if not copied.changed:
        return words["edition_name"][code].format(copied.name)
    if copied.day is None:
        return words["edition_draft"][code].format(copied.name)
    return words["edition_changed"][code].format(copied.name, long_date(copied.day, code))
