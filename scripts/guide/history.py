"""What git remembers of the guide's text: which commits changed it, and what each section said at each of them.

The text is the pages and docs/words.yml; a term of the glossary counts as a section. That a section has changed is
told by its fingerprint, so a new typesetting is no change. Nothing is read twice: a cache knows the sections of every
file that was ever read, by git's own name for its content.
"""

import json
import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha1, sha256
from html import unescape
from pathlib import Path

import yaml

from guide import fingerprints, markdown, safe_yaml
from guide.kept import keep
from guide.model import GLOSSARY_MARK, LONGEST, WORDS, Guide, GuideError, Page, refuse_endless

CODE_LENGTH = 7  # signs of a commit's name that a copy carries as its code
TERMS = "words.yml"  # stands for a page where the terms of the glossary are meant
CACHE = Path(".cache") / "editions" / "sections.json"
# What decides what the cache holds
READERS = [Path(module.__file__).read_bytes() for module in (fingerprints, markdown)] + [Path(__file__).read_bytes()]
# Of a merge, the difference to what main was before; --sparse: every commit, also those that touch no text
LOG = (
    *("log", "--full-history", "--sparse", "--topo-order", "--reverse", "--no-show-signature", "--no-color"),
    *("--raw", "--no-abbrev", "--no-renames", "--root", "--diff-merges=first-parent", "--format=commit %H %cs %P"),
)

COMMIT = re.compile(r"^commit ", re.MULTILINE)
FILES = ("100644", "100755")  # what git calls a file, and not a link or another repository

Version = Mapping[tuple[str, str], str]  # {(language, slug or TERMS): git's name for what stands there}


class Unknown(Exception):
    """The history cannot be told here; the message says why and what to do."""


@dataclass(frozen=True)
class Commit:
    """One state of the text that was recorded."""

    name: str
    day: date  # as the clock of the person who recorded it stood
    parents: tuple[str, ...]
    files: Mapping[str, str]  # {path of a page or of the words: git's name for its content}

    @property
    def code(self) -> str:
        """Return what a copy of this text is called."""
        return self.name[:CODE_LENGTH]


@dataclass(frozen=True)
class History:
    """Every commit that led to the one checked out, parents before children."""

    commits: Mapping[str, Commit]

    @property
    def head(self) -> Commit:
        """Return the commit that is checked out."""
        return self.commits[next(reversed(self.commits))]

    def source(self, name: str) -> Commit:
        """Return the commit that last changed the text which stands at the commit with a full name."""
        commit = self.commits[name]
        while same := [each for each in commit.parents if self.commits[each].files == commit.files]:
            commit = self.commits[same[0]]
        return commit

    def texts_since(self, name: str = "") -> list[Commit]:
        """Return the commit with that name, and every later one that changed the text; all of them without a name."""
        old = self._ancestors(name) if name else set()
        later = [each for each in self.commits.values() if each.name not in old and self._is_source(each)]
        return [self.source(name), *later] if name else later

    def _is_source(self, commit: Commit) -> bool:
        parents = [self.commits[name].files for name in commit.parents]
        return bool(commit.files) if not parents else commit.files not in parents

    def _ancestors(self, name: str) -> set[str]:
        """Return the names of a commit and of all that led to it."""
        found, left = set(), [name]
        while left:
            if (each := left.pop()) not in found:
                found.add(each)
                left.extend(self.commits[each].parents)
        return found


@dataclass(frozen=True)
class Text:
    """What is kept of a section at one moment."""

    fingerprint: str
    title: str
    words: int  # how many words there are to read


# ---------------------------------------------------------------- Commits


def read(guide: Guide) -> History:
    """Return the history of the guide's text. Raises Unknown outside a repository and in a shallow clone."""
    if guide.root is None:
        raise Unknown("this guide was not read from a folder")
    above, shallow, head = _git(
        guide.root, "rev-parse", "--show-cdup", "--is-shallow-repository", "--verify", "HEAD"
    ).split("\n")[:3]
    if above:
        raise Unknown(f"{guide.root} is a folder inside another repository, not one itself")
    if shallow == "true":
        raise Unknown("this clone has only the newest commits; run `git fetch --unshallow`")
    return _read(guide.root, _paths(guide), head)


def is_clean(guide: Guide) -> bool:
    """Return whether the text that stands in the folder is that of the commit checked out. Raises Unknown."""
    return not _git(guide.root, "status", "--porcelain", "--untracked-files=all", "--", *_paths(guide))


def full_name(guide: Guide, commit: str) -> str:
    """Return the full name of a commit, given as git understands it. Raises GuideError when there is none."""
    try:
        return _git(guide.root, "rev-parse", "--verify", "--quiet", "--end-of-options", commit + "^{commit}").strip()
    except Unknown:
        raise GuideError(f"{commit}: there is no such commit; `git log --oneline -- docs` names them") from None


def _paths(guide: Guide) -> tuple[str, ...]:
    return (*(f":(glob)docs/{language.code}/**/*.md" for language in guide.languages), WORDS)


@lru_cache(maxsize=4)  # a build asks for every language; the name of the newest commit says all that can change
def _read(root: Path, paths: tuple[str, ...], head: str) -> History:
    commits: dict[str, Commit] = {}
    for entry in COMMIT.split(_git(root, *LOG, head, "--", *paths))[1:]:
        first, *rest = entry.splitlines()
        name, day, *parents = first.split()
        files = dict(commits[parents[0]].files) if parents else {}
        for line in filter(None, rest):
            about, _, path = line.partition("\t")
            _, mode, _, new, _ = about.split()
            files.pop(path, None)
            if mode in FILES:
                files[path] = new
        same = parents and files == commits[parents[0]].files
        kept = commits[parents[0]].files if same else files  # one dictionary for many commits
        commits[name] = Commit(name, date.fromisoformat(day), tuple(parents), kept)
    return History(commits)


def _git(root: Path, *arguments: str) -> str:
    return _run(root, arguments).decode("utf-8", "replace")


def _run(root: Path, arguments: Iterable[str], told: bytes = b"") -> bytes:
    """Return what git says. Raises Unknown."""
    # A hook of git's own names its repository in the environment; ours is the one in `root`.
    own = {key: value for key, value in os.environ.items() if key not in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE")}
    command = ["git", "-c", "core.quotePath=off", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, input=told, capture_output=True, env=own)
    except OSError:
        raise Unknown("git is not installed") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise Unknown(said[0] if said else f"git {command[5]} failed")
    return done.stdout


# ---------------------------------------------------------------- Sections


def version(guide: Guide, commit: Commit) -> Version:
    """Return which files the text consisted of at a commit."""
    codes = {language.code for language in guide.languages}
    found = {}
    for path, name in commit.files.items():
        code, _, slug = path.removeprefix("docs/").partition("/")
        if path == WORDS:
            found |= {(each, TERMS): name for each in codes}
        elif code in codes:
            found[code, slug] = name
    return found


def version_now(guide: Guide) -> Version:
    """Return which files the guide consists of as it was read, recorded in git or not."""
    found = {key: _name(page.text) for key, page in guide.pages.items()}
    return found | {(each.code, TERMS): _name(guide.words_text) for each in guide.languages}


def _name(text: str) -> str:
    """Return git's name for a file with this text."""
    data = text.encode("utf-8", "surrogatepass")
    return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def sections(guide: Guide, versions: Iterable[Version]) -> dict[tuple[str, str, str], dict[str, Text]]:
    """Return {(language, slug or TERMS, git's name of the file): {anchor: its text}} of all files of some versions."""
    wanted = {(*key, name) for each in versions for key, name in each.items()}
    kept = _kept(guide.root / CACHE)
    missing = {key: None for key in wanted if "\t".join(key) not in kept}
    if missing:
        contents = {_name(page.text): page.text for page in guide.pages.values()}
        contents[_name(guide.words_text)] = guide.words_text
        contents |= _contents(guide.root, {key[2] for key in missing} - contents.keys())
        words = {name: _glossary(contents[name]) for name in {key[2] for key in missing if key[1] == TERMS}}
        for language, slug, name in missing:
            made = _terms(words[name], language) if slug == TERMS else _page(contents[name], language, slug)
            kept["\t".join((language, slug, name))] = made
        kept = {"\t".join(key): kept["\t".join(key)] for key in sorted(wanted)}
        data = {"readers": _readers(), "files": kept}
        keep(guide.root / CACHE, json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())
    return {key: {anchor: Text(*values) for anchor, values in kept["\t".join(key)].items()} for key in wanted}


def _kept(path: Path) -> dict:
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return data["files"] if isinstance(data, dict) and data.get("readers") == _readers() else {}


def _readers() -> str:
    return sha256(b"".join(READERS)).hexdigest()


def _contents(root: Path, names: set[str]) -> dict[str, str]:
    """Return {name: text} of files that git keeps."""
    asked = sorted(names)
    data, found, place = _run(root, ["cat-file", "--batch"], "\n".join(asked).encode()) if asked else b"", {}, 0
    for name in asked:
        end = data.index(b"\n", place)
        if data.endswith(b" missing", place, end):
            raise Unknown(f"this clone lacks the file {name}; run `git fetch --refetch`")
        size = int(data[place:end].split()[2])
        found[name] = data[end + 1 : end + 1 + size].decode("utf-8", "replace")
        place = end + size + 2
    return found


def _page(text: str, language: str, slug: str) -> dict[str, list]:
    """Return {anchor: [fingerprint, title, words]} of a page; nothing of one that no build would have accepted."""
    try:
        refuse_endless(text, slug)
    except GuideError:
        return {}
    page = Page(language, slug, text if len(text) <= LONGEST else "")
    titles, counts, anchor = {}, {}, ""
    for section in page.document.sections:
        anchor = section.anchor or anchor
        titles.setdefault(anchor, section.title)
        counts[anchor] = counts.get(anchor, 0) + sum(len(prose.text.split()) for prose in section.prose)
    found = fingerprints.fingerprints(Guide((), (), {}, {}), page)
    return {
        anchor: [hashed, plain_title(titles.get(anchor, anchor)), counts.get(anchor, 0)]
        for anchor, hashed in found.items()
    }


def plain_title(title: str) -> str:
    """Return a heading without what remains of its markup: tags, the marks of code, entities."""
    return unescape(fingerprints.TAG.sub("", title).replace("`", ""))


def _glossary(text: str) -> dict:
    """Return the glossary of docs/words.yml as it was; nothing when it could not be read then."""
    try:
        refuse_endless(text, WORDS)
        found = yaml.load(text, Loader=safe_yaml.LOADER) if not safe_yaml.alias(text) else {}
    except (GuideError, yaml.YAMLError):
        return {}
    terms = found.get("glossary") if isinstance(found, dict) else None
    return {key: entry for key, entry in terms.items() if isinstance(entry, dict)} if isinstance(terms, dict) else {}


def _terms(glossary: Mapping, language: str) -> dict[str, list]:
    """Return {key: [fingerprint, term, words]} of the terms of a glossary in one language."""
    guide = Guide((), (), {}, {"glossary": glossary})
    found = fingerprints.fingerprints(guide, Page(language, TERMS, GLOSSARY_MARK))
    return {
        key: [found[key], str(entry.get(language, key)), len(str(_definition(entry, language)).split())]
        for key, entry in glossary.items()
        if key in found
    }


def _definition(entry: Mapping, language: str) -> object:
    definition = entry.get("definition")
    return definition.get(language, "") if isinstance(definition, dict) else ""
