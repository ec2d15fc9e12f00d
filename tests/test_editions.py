"""Editions and "Is my copy current?": what git's history says of each section, and what the page makes of it."""

import json
import os
import re
import subprocess
import sys
from argparse import Namespace
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import LANGUAGES, ROOT, ROOTS, TINY_NAV, Site, build, free_port, tiny_guide, write_guide
from playwright.sync_api import expect

from guide import declaration, editions, history, model
from guide.editions import Copy
from guide.model import GuideError

CONFIG = """
nav: [part/leaf.md, part/other.md, reference/glossary.md]
plugins: [{i18n: {languages: [{locale: kk, name: Қазақша, default: true}, {locale: en, name: English}]}}]
"""
LEAF = "# Leaf {#leaf}\n\nOpening words.\n\n## One {#one}\n\nThe first text.\n\n## Two {#two}\n\nThe second text.\n"
OTHER = "# Other {#other}\n\nOther words.\n"
WORDS = """
interface: {hello: {kk: Сәлем, en: Hello}}
glossary:
  volunteer: {kk: волонтер, en: volunteer, definition: {kk: Адам, en: A person}}
"""
GLOSSARY = f"# Terms {{#glossary}}\n\n{model.GLOSSARY_MARK}\n"
FIRST = {
    "mkdocs.yml": CONFIG,
    "docs/kk/part/leaf.md": "# Жапырақ {#leaf}\n\n## Бір {#one}\n\nБірінші мәтін.\n",
    "docs/en/part/leaf.md": LEAF,
    "docs/en/part/other.md": OTHER,
    "docs/en/reference/glossary.md": GLOSSARY,
    "docs/words.yml": WORDS,
}


class Repository:
    """A guide with a history, in a folder of its own."""

    def __init__(self, root: Path):
        self.root = root
        root.mkdir(exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, day: str = "2026-11-22") -> str:
        clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        dates = {f"GIT_{who}_DATE": f"{day}T12:00:00+05:00" for who in ("AUTHOR", "COMMITTER")}
        name = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        command = ["git", "-C", str(self.root), *name, *arguments]
        return subprocess.run(command, env=clean | own | dates, capture_output=True, text=True, check=True).stdout

    def write(self, files: dict[str, str | None]) -> None:
        for path, text in files.items():
            if text is None:
                (self.root / path).unlink()
            else:
                (self.root / path).parent.mkdir(parents=True, exist_ok=True)
                (self.root / path).write_text(text, "utf-8")

    def commit(self, files: dict[str, str | None], day: str = "2026-11-22") -> str:
        """Record some files, None for those to delete; return the commit's full name."""
        self.write(files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "…", day=day)
        return self.git("rev-parse", "HEAD").strip()

    def declare(self, *commits: str, day: str = "2026-11-22") -> None:
        """Write editions.yml: 2026.1, 2026.2 … of some commits."""
        entries = [
            f'- name: "2026.{number}"\n  date: {day}\n  commit: {commit}\n  news: {{kk: Жаңа, en: New {number}}}\n'
            for number, commit in enumerate(commits, 1)
        ]
        self.write({"editions.yml": "".join(entries)})

    @property
    def guide(self) -> model.Guide:
        return model.load(self.root)

    @property
    def known(self) -> editions.Editions:
        return editions.known(self.guide)

    def since(self, commit: str, language: str = "en") -> list[tuple[str, str, str]]:
        """Return (page, section, what has become of it) since a commit that changed the text."""
        known = self.known
        then = known.versions[[each.name for each in known.commits].index(commit)]
        return [(change.slug, change.anchor, change.kind) for change in known.changes(language, then, known.now)]

    def pages_since(self, commit: str) -> list[tuple[str, str]]:
        known = self.known
        then = known.versions[[each.name for each in known.commits].index(commit)]
        return [(page.slug, page.kind) for page in known.digest("en", then, known.now)]


@pytest.fixture
def repository(tmp_path) -> Repository:
    found = Repository(tmp_path / "guide")
    found.write({".gitignore": ".cache/\n"})
    found.first = found.commit(FIRST, "2026-11-01")
    return found


# ---------------------------------------------------------------- What has changed


def test_sections_that_change_come_and_go(repository):
    text = LEAF.replace("The first text", "Another text").replace(
        "## Two {#two}\n\nThe second", "## Three {#new}\n\nA new"
    )
    repository.commit({"docs/en/part/leaf.md": text})
    assert repository.since(repository.first) == [
        ("part/leaf.md", "one", "changed"),
        ("part/leaf.md", "new", "new"),
        ("part/leaf.md", "two", "removed"),
    ]
    assert repository.since(repository.first, "kk") == []
    assert repository.pages_since(repository.first) == [("part/leaf.md", "changed")]


def test_the_newest_of_several_commits_counts_and_what_was_taken_back_does_not(repository):
    second = repository.commit(
        {"docs/en/part/leaf.md": LEAF.replace("first", "1st"), "docs/en/part/other.md": "# O {#other}"}
    )
    third = repository.commit({"docs/en/part/leaf.md": LEAF})
    assert repository.since(repository.first) == [("part/other.md", "other", "changed")]
    assert repository.since(second) == [("part/leaf.md", "one", "changed")]
    assert repository.since(third) == []


@pytest.mark.parametrize(
    "text",
    [
        LEAF.replace("The first text.", "The  first\ntext.  "),
        LEAF.replace("\n", "\r\n"),
        LEAF.replace("The first", "The *first*"),
        LEAF.replace("\n\n", "\n\n\n"),
    ],
)
def test_a_new_typesetting_is_no_change(repository, text):
    commit = repository.commit({"docs/en/part/leaf.md": text})
    assert repository.since(repository.first) == []
    assert editions.copy(repository.guide).code == commit[:7]


@pytest.mark.parametrize(
    "files",
    [
        {"docs/en/part/leaf.md": LEAF.replace("{#one}", "{#uno}")},
        {
            "docs/en/part/leaf.md": LEAF.partition("## Two")[0],
            "docs/en/part/other.md": OTHER + "\n## Two {#two}\n\nThe second text.\n",
        },
        {"docs/en/part/leaf.md": None, "docs/en/part/renamed.md": LEAF},
        {
            "docs/en/part/leaf.md": LEAF.partition("## One")[0]
            + "## Two {#two}\n\nThe second text.\n\n## One {#one}\n\nThe first text.\n"
        },
    ],
    ids=["another anchor", "another page", "a page under another name", "another place on the page"],
)
def test_a_section_that_only_moves_has_not_changed(repository, files):
    repository.commit(files)
    assert repository.since(repository.first) == []


def test_whole_pages_come_and_go(repository):
    page = "# Winter {#winter}\n\nSnow.\n\n## Camp {#camp}\n\nTents.\n"
    repository.commit({"docs/en/part/winter.md": page, "docs/en/part/other.md": None})
    assert repository.pages_since(repository.first) == [("part/other.md", "removed"), ("part/winter.md", "new")]
    repository.commit(
        {
            "docs/en/part/winter.md": page + "\n## Two {#two}\n\nThe second text.\n",
            "docs/en/part/leaf.md": LEAF.partition("## Two")[0],
        }
    )
    assert ("part/winter.md", "changed") in repository.pages_since(repository.first), "a part of it was there before"


def test_terms_are_sections_of_the_glossary_and_words_of_the_menu_are_none(repository):
    words = WORDS.replace("Hello", "Good day").replace("A person", "Somebody")
    words += "  donor: {kk: донор, en: donor, definition: {kk: Адам, en: A giver}}\n"
    commit = repository.commit({"docs/words.yml": words})
    assert repository.since(repository.first) == [
        ("reference/glossary.md", "volunteer", "changed"),
        ("reference/glossary.md", "donor", "new"),
    ]
    assert repository.since(repository.first, "kk") == [("reference/glossary.md", "donor", "new")]
    assert editions.copy(repository.guide).code == commit[:7]


def test_both_sides_of_a_merge_are_known(repository):
    repository.git("checkout", "--quiet", "-b", "side")
    side = repository.commit({"docs/en/part/leaf.md": LEAF.replace("first", "1st")})
    repository.git("checkout", "--quiet", "main")
    main = repository.commit({"docs/en/part/other.md": OTHER.replace("Other words", "New words")})
    repository.git("merge", "--quiet", "--no-ff", "--message", "…", "side")
    merged = repository.git("rev-parse", "HEAD").strip()
    assert editions.copy(repository.guide).commit == merged
    assert repository.since(repository.first) == [
        ("part/leaf.md", "one", "changed"),
        ("part/other.md", "other", "changed"),
    ]
    assert repository.since(side) == [("part/other.md", "other", "changed")]
    assert repository.since(main) == [("part/leaf.md", "one", "changed")]


def test_a_merge_without_a_text_of_its_own_is_no_code(repository):
    repository.git("checkout", "--quiet", "-b", "side")
    side = repository.commit({"docs/en/part/leaf.md": LEAF.replace("first", "1st")})
    repository.git("checkout", "--quiet", "main")
    repository.commit({"README.md": "…"})
    repository.git("merge", "--quiet", "--no-ff", "--message", "…", "side")
    assert editions.copy(repository.guide).commit == side
    assert [commit.name for commit in repository.known.commits] == [repository.first, side]


def test_old_texts_that_no_build_would_take_do_no_harm(repository):
    bad = {
        "docs/en/part/leaf.md": "---\na: *b\n---\n" + LEAF,
        "docs/en/part/other.md": "[" * 60,
        "docs/words.yml": "a: &a [x]\nglossary: *a\n",
    }
    repository.commit(bad)
    (repository.root / "docs" / "en" / "part" / "link.md").symlink_to("other.md")
    broken = repository.commit({})
    repository.commit(
        {"docs/en/part/link.md": None, "docs/words.yml": "glossary: [1]\n"}
        | {k: FIRST[k] for k in bad if k != "docs/words.yml"}
    )
    repository.commit({"docs/words.yml": WORDS})
    assert repository.since(repository.first) == []
    assert ("part/other.md", "other", "new") in repository.since(repository.known.commits[1].name)
    assert broken not in [commit.name for commit in repository.known.commits], "a link is no page"


def test_what_was_read_once_is_not_read_again(repository, monkeypatch):
    repository.commit({"docs/en/part/leaf.md": LEAF.replace("first", "1st")})
    before = repository.since(repository.first)
    monkeypatch.setattr(history, "_page", lambda *_: pytest.fail("read again"))
    assert repository.since(repository.first) == before
    monkeypatch.undo()
    for damaged in (b"", b"[]", b'{"readers": 1}', b"{\xff"):
        (repository.root / history.CACHE).write_bytes(damaged)
        assert repository.since(repository.first) == before


# ---------------------------------------------------------------- What a file says of itself


def test_a_copy_of_an_edition_and_of_what_came_after(repository):
    assert editions.copy(repository.guide) == Copy("", repository.first[:7], date(2026, 11, 1), repository.first)
    repository.declare(repository.first)
    repository.commit({"scripts/x.py": "…"}, "2026-11-02")
    at_edition = Copy("2026.1", repository.first[:7], date(2026, 11, 1), repository.first)
    assert editions.copy(repository.guide) == at_edition
    later = repository.commit({"docs/en/part/leaf.md": LEAF.replace("first", "1st")}, "2026-11-05")
    assert editions.copy(repository.guide) == Copy("2026.1", later[:7], date(2026, 11, 5), later, changed=True)
    repository.declare(repository.first, later)
    assert editions.copy(repository.guide) == Copy("2026.2", later[:7], date(2026, 11, 5), later)


@pytest.mark.parametrize("path", ["docs/en/part/leaf.md", "docs/en/part/new.md", "docs/words.yml"])
def test_a_text_that_is_not_recorded_has_no_code(repository, path):
    repository.declare(repository.first)
    repository.write({path: f"{FIRST.get(path, '# New {#new}')}\n\n"})
    found = editions.copy(repository.guide)
    assert found == Copy("2026.1", changed=True)
    words = model.load(ROOT).words["interface"]
    assert editions.label(found, words, "en") == "edition 2026.1 with unpublished changes"


def test_how_a_copy_is_called():
    words = model.load(ROOT).words["interface"]
    changed = Copy("2026.1", "900abdc", date(2026, 11, 22), "900abdc…", changed=True)
    assert editions.label(Copy("2026.1", "900abdc", date(2026, 11, 22), "900abdc…"), words, "ru") == "издание 2026.1"
    assert editions.label(changed, words, "en") == "edition 2026.1 with changes up to 22 November 2026"
    assert editions.label(changed, words, "ru") == "издание 2026.1 с изменениями на 22 ноября 2026 года"
    assert editions.label(changed, words, "kk") == "2026.1 басылымы, 2026 жылғы 22 қараша күніне дейінгі өзгерістерімен"
    assert editions.label(Copy(), words, "en") == ""


def test_where_the_history_cannot_be_told_nothing_is_claimed(repository, tmp_path, capsys, monkeypatch):
    repository.commit({"docs/en/part/leaf.md": LEAF.replace("first", "1st")})
    shallow, inside, bare = tmp_path / "shallow", tmp_path / "guide" / "inside", tmp_path / "bare"
    repository.git("clone", "--quiet", "--depth=1", repository.root.as_uri(), str(shallow))
    for root in (inside, bare):
        Repository.write(Namespace(root=root), FIRST)
    editions._warn.cache_clear()
    reasons = {shallow: "git fetch --unshallow", inside: "inside another repository", bare: "not a git repository"}
    for root, reason in reasons.items():
        guide = model.load(root)
        assert editions.copy(guide) == editions.copy(guide) == Copy()
        warned = capsys.readouterr().err
        assert warned.count("\n") == 1 and reason in warned
    monkeypatch.setenv("PATH", str(tmp_path))
    assert editions.copy(model.load(bare)) == Copy()
    assert "git is not installed" in capsys.readouterr().err


def test_a_hook_of_git_may_run_a_build(repository, tmp_path, monkeypatch):
    other = Repository(tmp_path / "other")
    other.commit({"docs/en/part/leaf.md": "# Other {#other}"})
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    assert editions.copy(repository.guide).commit == repository.first


# ---------------------------------------------------------------- editions.yml

ENTRY = f'- name: "2026.1"\n  date: 2026-11-22\n  commit: {"a" * 40}\n  news: {{kk: Жаңа, en: New}}\n'


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("name: x", 1, "must be a list of editions"),
        ("- 2026.1", 1, "an edition has exactly name, date, commit, news"),
        (ENTRY + "  more: 1\n", 1, "an edition has exactly name, date, commit, news"),
        (ENTRY.replace('"2026.1"', "2026.1"), 1, "in quotes"),
        (ENTRY.replace("2026.1", "first"), 1, "in quotes"),
        (ENTRY.replace("2026-11-22", "22 November"), 1, "is not a day"),
        (ENTRY.replace("2026-11-22", "2026-02-30"), 1, "not valid YAML"),
        (ENTRY.replace("a" * 40, "900abdc"), 1, "is not the full name of a commit"),
        (ENTRY.replace(", en: New", ""), 1, "needs one sentence in each language: kk, en"),
        (ENTRY.replace("New", "TODO"), 1, "news: en: write in one sentence"),
        (ENTRY.replace("New", "x" * 301), 1, "is longer than one sentence"),
        (f"# Editions\n\n{ENTRY}\n{ENTRY}", 8, "does not come after 2026.1"),
        (ENTRY.replace("2026.1", "2026.10") + ENTRY.replace("2026.1", "2026.9"), 5, "does not come after 2026.10"),
        (ENTRY + ENTRY.replace("2026.1", "2026.2").replace("-22", "-21"), 5, "does not come after 2026.1"),
        ("- a\n- }", 2, "not valid YAML"),
        ("- &a 1\n- *a", 2, "*a stands for other lines"),
        ("[" * 60, 1, "brackets are nested"),
        ("- \x00", 1, "not valid YAML"),
    ],
)
def test_a_bad_file_of_editions_is_one_clear_message(text, line, what):
    with pytest.raises(GuideError) as refused:
        editions.read(text, ["kk", "en"])
    message = str(refused.value)
    assert message.startswith(f"editions.yml:{line}: ") and what in message and "\n" not in message


def test_editions_stand_oldest_first():
    found = editions.read(ENTRY.replace("2026.1", "2026.9") + ENTRY.replace("2026.1", "2026.10"), ["kk", "en"])
    assert [(each.name, each.line, each.code) for each in found] == [
        ("2026.9", 1, "aaaaaaa"),
        ("2026.10", 5, "aaaaaaa"),
    ]
    assert editions.read("# nothing yet\n", ["kk"]) == ()


def test_an_edition_needs_a_text_of_this_history(repository):
    repository.declare(repository.first, "b" * 40)
    with pytest.raises(GuideError, match=r"^editions.yml:5: 2026.2: commit b{40} has not led to the one checked out"):
        editions.copy(repository.guide)
    same = repository.commit({"README.md": "…"})
    repository.declare(repository.first, same)
    with pytest.raises(GuideError, match=r"^editions.yml:5: 2026.2: commit .* has no newer text than that of 2026.1"):
        editions.copy(repository.guide)


def test_the_editions_of_this_guide_are_in_its_history():
    guide = model.load(ROOT)
    try:
        known = editions.known(guide)
    except history.Unknown as unknown:
        pytest.skip(f"no history here: {unknown}")
    assert known.declared
    for edition in known.declared:
        commit = known.history.commits[edition.commit]
        assert known.source(edition) == commit, f"{edition.name}: its code must be that of the commit that is named"
        assert edition.day == commit.day


# ---------------------------------------------------------------- The command


def run(repository: Repository, action: str, **options) -> str:
    return "\n".join(declaration.run(Namespace(root=repository.root, action=action, **options)))


def test_an_edition_is_declared_with_what_has_changed(repository):
    first = run(repository, "declare", name="2026.1", commit="HEAD")
    assert f"added 2026.1, the text of {repository.first[:7]} of 2026-11-01" in first and "Since" not in first
    with pytest.raises(GuideError, match=r"^editions.yml:1: 2026.1: news: kk: write in one sentence"):
        repository.known  # noqa: B018
    path = repository.root / "editions.yml"
    path.write_text("# Ours\n\n" + path.read_text("utf-8").replace("TODO", "Жаңа"), "utf-8")
    later = repository.commit(
        {"docs/en/part/leaf.md": LEAF.replace("first", "1st"), "docs/en/part/other.md": None}, "2026-12-01"
    )
    second = run(repository, "declare", name="2026.2", commit="HEAD")
    assert f"added 2026.2, the text of {later[:7]} of 2026-12-01" in second
    assert "part/leaf.md\n  #one changed in en: One\n" in second
    assert "part/other.md\n  #other removed in en: Other\n" in second
    assert "Sections: 2, on pages: 2. Words to read again: en 4." in second
    text = path.read_text("utf-8")
    assert text.startswith('# Ours\n\n- name: "2026.1"') and text.count("TODO") == 2
    path.write_text(text.replace("TODO", "Жаңа"), "utf-8")
    assert run(repository, "list").splitlines() == [
        f"2026.1  2026-11-01  {repository.first[:7]}  pages changed since: 2",
        f"2026.2  2026-12-01  {later[:7]}  the text is the same today",
    ]
    assert "No section has changed." in run(repository, "changes", since=None)
    for since in ("2026.1", repository.first[:7].upper(), repository.first):
        assert "#one changed in en" in run(repository, "changes", since=since)


def test_what_cannot_be_declared_leaves_the_file_as_it_was(repository):
    repository.declare(repository.first)
    text = (repository.root / "editions.yml").read_text("utf-8")
    wrong = [("2026.2", "HEAD"), ("2026.1", "HEAD"), ("second", "HEAD"), ("2026.2", "nothing"), ("2026.2", "--all")]
    for name, commit in wrong:
        with pytest.raises(GuideError):
            run(repository, "declare", name=name, commit=commit)
    with pytest.raises(GuideError, match="no such edition or code"):
        run(repository, "changes", since="zzz")
    assert (repository.root / "editions.yml").read_text("utf-8") == text


def test_the_command_says_what_is_wrong_in_one_line(tmp_path):
    Repository.write(Namespace(root=tmp_path), FIRST)
    command = [sys.executable, "scripts/edition.py", "--root", str(tmp_path), "list"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "not a git repository" in done.stderr


# ---------------------------------------------------------------- The page

PAGE = "reference/my-copy/"


@dataclass(frozen=True)
class Published:
    """A tiny guide with a history, built as a site: its old code, and its newest."""

    site: Site
    old: str
    typeset: str
    newest: str


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Published:
    root = tmp_path_factory.mktemp("published")
    repository = Repository(root)
    files, nav = tiny_guide(), [*TINY_NAV, {"reference": ["reference/index.md", PAGE.rstrip("/") + ".md"]}]
    for code in LANGUAGES:
        own = (ROOT / "docs" / code / "reference" / "my-copy.md").read_text("utf-8")
        files[f"docs/{code}/reference/my-copy.md"] = own.partition(" {#next-step}")[0].rpartition("\n")[0]
        files[f"docs/{code}/reference/index.md"] = (
            f'---\ndescription: "…"\npart: "R"\n---\n\n# R {code} {{#reference}}\n'
        )
        files[f"docs/{code}/part/old.md"] = f'---\ndescription: "…"\n---\n\n# Old {code} {{#old}}\n'
    files[".gitignore"] = ".cache/\nsite/\n"
    write_guide(root, files, [*nav[:1], {"part": [*TINY_NAV[1]["part"], "part/old.md"]}, nav[2]])
    old = repository.commit({}, "2026-11-01")
    changed = {
        f"docs/{c}/part/leaf.md": files[f"docs/{c}/part/leaf.md"] + "\n## <b>3</b> {#three}\n\n1\n" for c in LANGUAGES
    }
    changed = {path: text.replace(" 1 {#one}\n\n", " 1 {#one}\n\n2026\n\n") for path, text in changed.items()}
    gone = {f"docs/{code}/part/old.md": None for code in LANGUAGES}
    config = (root / "mkdocs.yml").read_text("utf-8").replace("  - part/old.md\n", "")
    typeset = repository.commit(changed | gone | {"mkdocs.yml": config}, "2026-11-05")
    spaced = {path: text.replace("\n\n", "\n\n\n") for path, text in changed.items()}
    newest = repository.commit(spaced, "2026-11-06")
    news = "".join(f"    {code}: Алғашқы | *{code}* <i>\n" for code in LANGUAGES)
    repository.commit({"editions.yml": f'- name: "2026.1"\n  date: 2026-11-01\n  commit: {old}\n  news:\n{news}'})
    url = f"http://127.0.0.1:{free_port()}/guide/"
    done = build(root, url)
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    return Published(Site(root / "site", url), old[:7], typeset[:7], newest[:7])


def ask(page, typed: str):
    page.locator("#guide-copy").fill(typed)
    page.locator(".guide-copy button").click()
    return page.locator("#guide-copy-answer")


NEWEST = {
    "kk": "Иә, қолыңыздағы — соңғы нұсқа: 2026.1 басылымы, 2026 жылғы 6 қараша күніне дейінгі өзгерістерімен.",
    "ru": "Да, ваш экземпляр самый новый: издание 2026.1 с изменениями на 6 ноября 2026 года.",
    "en": "Yes, your copy is the newest: edition 2026.1 with changes up to 6 November 2026.",
}
NEW = {"kk": "жаңа бөлім", "ru": "новый раздел", "en": "new section"}
REMOVED = {"kk": "бет алып тасталды", "ru": "страница удалена", "en": "page removed"}


@pytest.mark.parametrize("language", ROOTS)
def test_the_page_answers_in_the_readers_language(reader, serve, published, language):
    page = reader(serve(published.site), ROOTS[language] + PAGE)
    answer = ask(page, published.newest)
    expect(answer).to_have_text(NEWEST[language])
    answer = ask(page, published.old)
    expect(answer).to_have_attribute("data-guide-answer", "older")
    expect(answer.locator("ul ul li")).to_have_count(2)
    expect(answer.locator("ul ul li").nth(1)).to_have_text(f"3 ({NEW[language]})")
    expect(answer.locator("> ul > li").last).to_have_text(f"Old {language} ({REMOVED[language]})")
    expect(answer).to_contain_text("2026.1")
    answer.locator("ul ul a").first.click()
    expect(page).to_have_url(re.compile(rf"/guide/{ROOTS[language]}part/leaf/#one$"))


def test_codes_are_understood_as_people_write_them(reader, serve, published):
    page = reader(serve(published.site), f"en/{PAGE}")
    cyrillic = published.old.translate(str.maketrans("abce03", "авсеоз"))
    written = [
        published.old.upper(),
        f"  {published.old[:3]} {published.old[3:]} ",
        published.old + "0" * 33,
        f"https://example.org/kk/{PAGE}?copy={published.old}#check",
        f"Edition 2026.1 · 1 November 2026 · {published.old}.",
        cyrillic,
        cyrillic.upper(),
        "2026.1",
        "Издание 2026,1.",
    ]
    for typed in written:
        ask(page, "")
        expect(ask(page, typed)).to_have_attribute("data-guide-answer", "older"), typed
    page.locator("#guide-copy").fill(published.newest)
    page.keyboard.press("Enter")
    expect(page.locator("#guide-copy-answer")).to_have_attribute("data-guide-answer", "newest")


def test_a_copy_whose_text_was_only_typeset_anew_is_as_good_as_the_newest(reader, serve, published):
    page = reader(serve(published.site), f"en/{PAGE}?copy={published.typeset}")
    expect(page.locator("#guide-copy-answer")).to_have_text(re.compile("No section has changed its text since"))


HOSTILE = [
    "<img src=x onerror=\"document.title='broken'\">",
    "0000000",
    "__proto__",
    "constructor",
    "%",
    "?copy=%E0%A4%A",
    "x" * 10_000,
    "2026.99",
    "\u202e\u0000\ud83d\ude00",
]


@pytest.mark.parametrize("way", ["typed", "address"])
def test_what_nobody_knows_is_said_and_never_becomes_markup(reader, serve, published, way):
    page = reader(serve(published.site), f"en/{PAGE}")
    title = page.title()
    for typed in HOSTILE:
        if way == "typed":
            answer = ask(page, typed)
        else:
            page.goto(f"{published.site.url}en/{PAGE}?copy={quote(typed[:3000].encode('utf-8', 'replace'))}")
            answer = page.locator("#guide-copy-answer")
        expect(answer).to_have_attribute("data-guide-answer", "unknown")
        expect(answer.locator("li")).to_have_count(3)
    assert page.locator(".guide-copy img").count() == 0 and page.title() == title
    expect(ask(page, "   ")).to_have_text("Type the code first.")


def test_nothing_that_is_typed_leaves_the_page(reader, serve, published):
    page = reader(serve(published.site), f"en/{PAGE}")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    ask(page, published.old)
    page.wait_for_timeout(300)
    assert asked == [] and page.url.endswith(PAGE)


def test_the_link_of_a_qr_code_answers_at_once_and_in_another_language_too(reader, serve, published):
    page = reader(serve(published.site), f"{PAGE}?copy={published.old}")
    expect(page.locator("#guide-copy-answer")).to_have_attribute("data-guide-answer", "older")
    page.locator(".guide-languages a[hreflang=en]").click()
    expect(page).to_have_url(re.compile(rf"/en/{PAGE}\?copy={published.old}"))
    expect(page.locator("#guide-copy-answer")).to_contain_text("Your copy is not the newest")


def test_a_page_that_was_carried_away_as_a_file_says_so(browser, published):
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((published.site.folder / "en" / PAGE / "index.html").as_uri())
    expect(ask(page, published.newest)).to_contain_text("what has changed after 6 November 2026")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_box_can_be_used_by_keyboard_and_is_accessible_on_a_phone(reader, serve, published, scheme):
    page = reader(serve(published.site), PAGE, viewport={"width": 390, "height": 800}, color_scheme=scheme)
    ask(page, published.old)
    page.locator("#guide-copy").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("language", ROOTS)
def test_without_scripts_there_is_a_table_and_a_list(reader, serve, published, language):
    page = reader(serve(published.site), ROOTS[language] + PAGE, java_script_enabled=False)
    expect(page.locator(".guide-copy")).to_be_hidden()
    expect(page.locator("noscript p")).to_be_visible()
    row = page.locator("#editions ~ .md-typeset__scrollwrap tr, #editions ~ table tr").last
    expect(row).to_contain_text(published.old)
    expect(row).to_contain_text(f"Алғашқы | *{language}* <i>")
    items = page.locator("#editions ~ div li")
    expect(items).to_have_count(2)
    expect(items.first.locator("a")).to_have_count(3)
    expect(items.first).to_contain_text(f"3 ({NEW[language]})")
    expect(items.last).to_have_text(f"Old {language}: {REMOVED[language]}")


def test_the_bound_book_has_the_list_and_no_box(published):
    html = published.site.read("downloads/volunteer-guide-en.html")
    assert published.old in html and 'href="#part-leaf--one"' in html
    assert "<form" not in html and "<script" not in html and "guide:" not in html


def test_search_does_not_find_the_page_under_the_titles_of_others(published):
    scripts = [path.read_text("utf-8") for path in (published.site.folder / "en" / "search").glob("text-*.js")]
    found = [json.loads(script.partition("(")[2][:-1]) for script in scripts]
    texts = [text for start, every in found if start.startswith(PAGE) for text in every]
    assert texts and not any("Leaf" in text or "copies" in text for text in texts)


@pytest.mark.parametrize("language", ROOTS)
def test_a_site_that_was_built_without_a_history_says_so(reader, serve, real_site, language):
    page = reader(serve(real_site), f"{ROOTS[language]}{PAGE}?copy=900abdc")
    expect(page.locator("#check ~ p").nth(1)).to_have_text(
        model.load(ROOT).words["interface"]["copy_no_history"][language]
    )
    expect(page.locator(".guide-copy, #guide-editions")).to_have_count(0)
    expect(page.locator("article table").last).to_contain_text("2026.1")
