"""A new page: three files that the gate refuses until they are written, and one more line in the navigation."""

import re
import shutil

import pytest
from conftest import LANGUAGES, ROOT, TINY_NAV, build, tiny_guide, write_guide

import new_page as command
from guide import model, rules
from guide.new_page import make, with_entry

CONFIG = """\
site_name: X

nav: # reading order
  - index.md
  # the first part
  - start: # what it is
      - start/index.md # opens it
      - start/paths.md

      # two more are planned

  - law:
      - law/index.md
plugins: [{i18n: {languages: [{locale: kk, name: Қазақша}, {locale: ru, name: Русский}]}}] # - not/nav.md
"""


@pytest.fixture
def root(tmp_path):
    write_guide(tmp_path, tiny_guide(), TINY_NAV)
    return tmp_path


def problems(root, name: str) -> list[tuple[str, int]]:
    return [(problem.path, problem.line) for problem in rules.check(model.load(root), [name])]


# ---------------------------------------------------------------- The files


def test_a_page_is_made_in_every_language_and_in_the_navigation(root):
    made = make(root, "part/winter-camp")
    assert made == [*(f"docs/{code}/part/winter-camp.md" for code in LANGUAGES), "mkdocs.yml"]
    guide = model.load(root)
    assert guide.nav == ("index.md", "part/index.md", "part/leaf.md", "part/winter-camp.md")
    sections = [
        [(section.level, section.anchor) for section in page.document.sections]
        for page in guide.topic("part/winter-camp.md").values()
    ]
    assert len(sections) == 3 and sections[0] == sections[1] == sections[2]
    assert sections[0][0] == (1, "winter-camp") and sections[0][-1] == (2, "next-step")


def test_the_gate_refuses_the_page_only_because_it_is_not_written(root):
    make(root, "part/winter-camp")
    broken = {problem.rule for problem in rules.check(model.load(root)) if "winter-camp" in problem.path}
    assert "finished" in broken
    assert not broken & {"front-matter", "file-names", "in-navigation", "one-title", "anchors", "same-sections"}
    assert not broken & {"links", "footnotes", "same-blocks", "same-links"}


def test_each_line_to_be_written_is_named_in_each_language(root):
    make(root, "part/winter-camp")
    expected = []
    for code in LANGUAGES:
        path = f"docs/{code}/part/winter-camp.md"
        lines = (root / path).read_text("utf-8").splitlines()
        # The front matter is one thing to YAML and has no line of its own.
        expected += [(path, 1 if number < 4 else number) for number, line in enumerate(lines, 1) if "TODO" in line]
    assert len(expected) >= 3 * 10
    assert problems(root, "finished") == sorted(expected)


def test_a_page_without_marks_is_finished_and_can_be_built(root):
    make(root, "part/winter-camp")
    for code in LANGUAGES:
        path = root / f"docs/{code}/part/winter-camp.md"
        path.write_text(re.sub("TODO: ", "", path.read_text("utf-8")), "utf-8")
    assert problems(root, "finished") == []
    done = build(root, "http://127.0.0.1/")
    assert done.returncode == 0, done.stderr
    assert (root / "site" / "ru" / "part" / "winter-camp" / "index.html").is_file()


def test_a_new_part_begins_with_its_index(root):
    make(root, "strategies/index.md")
    make(root, "strategies/needs.md")
    guide = model.load(root)
    assert guide.nav[-2:] == ("strategies/index.md", "strategies/needs.md")
    assert guide.pages["kk", "strategies/index.md"].meta["part"] == "TODO"
    assert guide.pages["kk", "strategies/index.md"].document.headings[0].anchor == "strategies"
    assert "part" not in guide.pages["kk", "strategies/needs.md"].meta


# ---------------------------------------------------------------- The navigation


def test_only_one_line_of_the_configuration_changes():
    lines = CONFIG.splitlines()
    assert with_entry(CONFIG, "start/first-action.md").splitlines() == [
        *lines[:8],
        "      - start/first-action.md",
        *lines[8:],
    ]
    assert with_entry(CONFIG, "law/minors.md").splitlines() == [*lines[:13], "      - law/minors.md", *lines[13:]]


def test_our_own_configuration_keeps_every_line():
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    edited = with_entry(config, "context/winter-camp.md").splitlines()
    edited.remove("      - context/winter-camp.md")
    assert edited == config.splitlines()


def test_line_endings_stay_as_they_are():
    assert with_entry(CONFIG.replace("\n", "\r\n"), "law/minors.md").count("\r\n") == CONFIG.count("\n") + 1


def test_a_navigation_in_another_form_is_left_to_a_person():
    config = CONFIG[: CONFIG.index("nav:")] + "nav: [index.md]\n" + CONFIG[CONFIG.index("plugins:") :]
    with pytest.raises(model.GuideError, match="by hand"):
        with_entry(config, "law/minors.md")


# ---------------------------------------------------------------- What is refused


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("part/leaf", "docs/kk/part/leaf.md: the page exists"),
        ("part/leaf.md", "docs/kk/part/leaf.md: the page exists"),
        ("nowhere/page", "nav: has no part nowhere"),
        ("faq", "faq: give a part and an English name"),
        ("part/Winter Camp", "part/Winter Camp: give a part"),
        ("part/қыс", "part/қыс: give a part"),
        ("part/a/b", "part/a/b: give a part"),
        ("../part/leaf2", "../part/leaf2: give a part"),
        ("/part/leaf2", "/part/leaf2: give a part"),
        ("part/leaf2\n", "part/leaf2"),
        ("", ": give a part"),
    ],
)
def test_a_page_that_cannot_be_is_refused_in_one_line_and_nothing_is_written(root, capsys, path, message):
    before = {file: file.read_bytes() for file in [root / "mkdocs.yml", *(root / "docs").rglob("*.md")]}
    assert command.main(["--root", str(root), path]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith(message)
    assert {file: file.read_bytes() for file in [root / "mkdocs.yml", *(root / "docs").rglob("*.md")]} == before


def test_a_page_that_one_language_has_is_not_overwritten(root, capsys):
    page = root / "docs" / "ru" / "part" / "new.md"
    shutil.copy(root / "docs" / "ru" / "part" / "leaf.md", page)
    before = page.read_bytes()
    assert command.main(["--root", str(root), "part/new"]) == 2
    assert capsys.readouterr().err == "docs/ru/part/new.md: the page exists; change it, or choose another name\n"
    assert page.read_bytes() == before


def test_an_entry_without_a_page_is_not_doubled(root, capsys):
    for code in LANGUAGES:
        (root / "docs" / code / "part" / "leaf.md").unlink()
    assert command.main(["--root", str(root), "part/leaf"]) == 2
    assert capsys.readouterr().err.startswith("mkdocs.yml: nav: has part/leaf.md already")


def test_a_folder_that_is_no_guide_is_one_line(tmp_path, capsys):
    assert command.main(["--root", str(tmp_path), "part/leaf"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_command_says_what_it_made_and_what_to_do(root, capsys):
    assert command.main(["--root", str(root), "part/winter-camp"]) == 0
    out = capsys.readouterr().out
    assert "docs/kk/part/winter-camp.md\n" in out and "TODO" in out
