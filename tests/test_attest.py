"""`scripts/attest.py`: what a person says is recorded, only that, and so that two pull requests merge."""

import subprocess

import pytest
from test_ledger import CONFIG

import attest
from guide import ledger, model
from guide.rules import RULES

TEXTS = {"kk": "Бет Бөлім Бір Екі", "ru": "Лист Раздел Раз Два", "en": "Page Part One Two"}


def page(title: str, part: str, first: str, second: str) -> str:
    return f"# {title} {{#page}}\n\n{first}.\n\n## {part} {{#one}}\n\n{first}.\n\n## {part} {{#two}}\n\n{second}.\n"


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("GUIDE_TODAY", "2026-11-22")
    files = {f"docs/{code}/part/page.md": page(*words.split()) for code, words in TEXTS.items()}
    files |= {"mkdocs.yml": CONFIG.replace("page.md", "part/page.md"), "docs/words.yml": "acts: {}\n"}
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    return tmp_path


def run(root, *arguments: str) -> int:
    return attest.main(["--root", str(root), *arguments])


def edit(root, code: str, before: str, after: str) -> None:
    path = root / f"docs/{code}/part/page.md"
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def entries(root) -> dict[str, ledger.Entry]:
    return dict(ledger.read((root / "ledger/part/page.yml").read_text("utf-8")).entries)


def problems(root) -> list[str]:
    """Return what the rule says, without the line that it offers."""
    found = [message.partition(". When")[0] for _, _, message in RULES["freshness"].find(model.load(root))]
    return [message.replace("docs/", "").replace("/part/page.md", "") for message in found]


def test_a_new_guide_is_attested_in_one_go_and_then_keeps_the_rule(root, capsys):
    assert problems(root) == ["nobody has attested that the languages of this page agree; compare them and record it"]
    assert run(root, "--all", "--by", "Айгерім") == 0
    assert capsys.readouterr().out == "ledger/part/page.yml: page, one, two\n"
    assert problems(root) == []
    assert {(entry.by, str(entry.day)) for entry in entries(root).values()} == {("Айгерім", "2026-11-22")}
    assert run(root, "--all", "--by", "Dana") == 0
    assert capsys.readouterr().out == "nothing to record\n"
    assert {entry.by for entry in entries(root).values()} == {"Айгерім"}


@pytest.mark.parametrize(
    "name",
    ["part/page", "part/page.md", "docs/ru/part/page.md", "./docs/kk/part/page.md", "{root}/docs/en/part/page.md"],
)
def test_a_page_may_be_named_in_several_ways(root, name):
    assert run(root, name.format(root=root) + "#one", "--by", "Dana") == 0
    assert list(entries(root)) == ["one"]


def test_who_names_a_page_attests_what_waits_and_who_names_a_section_attests_it_anew(root, monkeypatch):
    run(root, "--all", "--by", "Aigerim")
    for code, (before, after) in {"kk": ("Екі", "Үш"), "ru": ("Два", "Три"), "en": ("Two", "Three")}.items():
        edit(root, code, before, after)
    assert problems(root) == ["#two has changed in kk, ru, en since 2026-11-22: compare kk:9 and ru:9 and en:9"]
    monkeypatch.setenv("GUIDE_TODAY", "2026-11-23")
    assert run(root, "part/page", "--by", "Dana") == 0
    assert problems(root) == []
    assert {anchor: entry.by for anchor, entry in entries(root).items()} == {
        "page": "Aigerim",
        "one": "Aigerim",
        "two": "Dana",
    }
    assert run(root, "part/page#one", "--by", "Dana") == 0
    assert (entries(root)["one"].by, str(entries(root)["one"].day)) == ("Dana", "2026-11-23")


def test_a_mended_wording_keeps_who_attested_the_agreement(root, monkeypatch):
    run(root, "--all", "--by", "Aigerim")
    before = entries(root)
    edit(root, "ru", "Два", "Двое")
    assert problems(root) == [
        "#two has changed in ru since 2026-11-22: bring kk:9 and en:9 into step, or declare it owed"
    ]
    monkeypatch.setenv("GUIDE_TODAY", "2026-11-25")
    assert run(root, "part/page", "--by", "Dana", "--meaning-unchanged") == 0
    after = entries(root)
    assert problems(root) == []
    assert after["one"] == before["one"]
    assert (after["two"].by, str(after["two"].day)) == ("Aigerim", "2026-11-22")
    assert after["two"].note == "2026-11-25 Dana: reworded, meaning unchanged"
    assert {c for c in TEXTS if after["two"].hashes[c] != before["two"].hashes[c]} == {"ru"}


def test_a_debt_is_declared_paid_in_part_and_paid(root, monkeypatch, capsys):
    run(root, "--all", "--by", "Aigerim")
    edit(root, "ru", "Два", "Три")
    assert run(root, "part/page#two", "--owed", "en, kk", "--by", "Dana", "--reason", "the editor, Ann: ill") == 0
    assert problems(root) == []
    assert entries(root)["two"].owed["kk"].reason == "the editor, Ann: ill"

    edit(root, "ru", "Три", "Трое")  # the leading language goes on, and somebody mends a comma in one that is owed
    edit(root, "kk", "Екі", "Екі,")
    assert run(root, "part/page", "--by", "Erlan", "--meaning-unchanged") == 0
    assert problems(root) == []
    assert set(entries(root)["two"].owed) == {"kk", "en"}

    edit(root, "kk", "Екі,", "Үш")
    assert problems(root) == ["#two has changed in kk, ru since 2026-11-22: compare kk:9 and ru:9"]
    capsys.readouterr()
    assert run(root, "part/page", "--by", "Erlan") == 0  # a debt of English stands: the page as a whole does not end it
    assert capsys.readouterr().out == (
        "nothing to record\npart/page.md#two: en stays owed (Dana); name the section to attest it\n"
    )
    monkeypatch.setenv("GUIDE_TODAY", "2026-12-01")
    assert run(root, "part/page#two", "--owed", "en", "--by", "Erlan", "--reason", "still ill") == 0
    assert problems(root) == []
    debt = entries(root)["two"].owed["en"]
    assert (str(debt.since), debt.by, debt.reason) == ("2026-11-22", "Erlan", "still ill")

    monkeypatch.setenv("GUIDE_TODAY", "2027-01-22")
    assert problems(root) == ["#two is behind kk:9 and ru:9 for 61 days, 60 are allowed (Erlan: still ill)"]
    edit(root, "en", "Two", "Three")
    assert run(root, "part/page#two", "--by", "Ann") == 0
    assert problems(root) == []
    assert not entries(root)["two"].owed and not entries(root)["two"].seen


def test_a_section_that_was_never_attested_can_be_owed(root):
    assert run(root, "part/page#one", "--owed", "en", "--by", "Dana", "--reason", "new") == 0
    assert entries(root)["one"].day is None
    assert problems(root) == [
        "#page is new: compare it with ru:1 and en:1",
        "#two is new: compare it with ru:9 and en:9",
    ]


def test_a_section_that_is_gone_goes_from_the_ledger(root, capsys):
    run(root, "--all", "--by", "Aigerim")
    for code, words in TEXTS.items():
        edit(root, code, f"## {words.split()[1]} {{#one}}\n\n{words.split()[2]}.\n\n", "")
    assert problems(root) == ["#one is not on the page any more; delete the line"]
    capsys.readouterr()
    assert run(root, "part/page", "--by", "Dana") == 0
    assert capsys.readouterr().out == "ledger/part/page.yml: one taken out\n"
    assert list(entries(root)) == ["page", "two"]
    assert problems(root) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "say what agrees: a page, a section (PAGE#section), or --all"),
        (["part/page", "--all"], "say what agrees: a page, a section (PAGE#section), or --all"),
        (["part/pgae"], "part/pgae: the guide has no such page; write it like context/law or docs/kk/context/law.md"),
        (["../etc/passwd"], "../etc/passwd: the guide has no such page; write it like context/law or"),
        (["part/page#three"], "part/page.md: no section #three in every language; these are: page, one, two"),
        (["part/page#one", "--meaning-unchanged"], "#one: nobody has attested it yet; compare the languages"),
        (["part/page", "--owed", "kk", "--reason", "x"], "--owed is for one section, PAGE#section"),
        (["--all", "--owed", "kk", "--reason", "x"], "--owed is for one section, PAGE#section"),
        (["part/page#one", "--owed", "kk"], "--owed and --reason go together"),
        (["part/page#one", "--reason", "x"], "--owed and --reason go together"),
        (["part/page#one", "--owed", "kk", "--reason", " "], "--reason: needs one to 500 signs of text"),
        (["part/page#one", "--owed", "kk", "--reason", "x" * 501], "--reason: needs one to 500 signs of text"),
        (["part/page#one", "--owed", "kz", "--reason", "x"], "--owed kz: name one or more of kk, ru, en, but not all"),
        (["part/page#one", "--owed", "kk,ru,en", "--reason", "x"], "--owed kk,ru,en: name one or more of kk, ru, en"),
        (["part/page", "--by", " "], "--by: needs one to 500 signs of text"),
        (["part/page", "--by", "NAME"], "--by: needs one to 500 signs of text"),
    ],
)
def test_what_cannot_be_recorded_is_one_clear_line(root, capsys, arguments, message):
    assert run(root, "--by", "Dana", *arguments) == 2
    output = capsys.readouterr()
    assert output.out == "" and output.err.startswith(message) and output.err.count("\n") == 1
    assert not (root / "ledger").exists()


def test_a_language_that_is_missing_and_a_ledger_that_cannot_be_read(root, capsys):
    run(root, "--all", "--by", "Aigerim")
    with (root / "ledger/part/page.yml").open("a", encoding="utf-8") as file:
        file.write("<<<<<<< HEAD\n")
    assert run(root, "part/page#one", "--by", "Dana") == 2
    assert capsys.readouterr().err.startswith("ledger/part/page.yml:9: not a line like `anchor: ")
    (root / "docs/en/part/page.md").unlink()
    assert run(root, "part/page", "--by", "Dana") == 2
    assert capsys.readouterr().err == "part/page.md: the page is missing in English; add it first\n"
    assert run(root / "nowhere", "--all", "--by", "Dana") == 2
    assert "there is no such folder" in capsys.readouterr().err


# ---------------------------------------------------------------- Merging


def git(root, *arguments: str) -> subprocess.CompletedProcess:
    who = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
    return subprocess.run(["git", *who, *arguments], cwd=root, capture_output=True, text=True, timeout=60)


def merged(root, first: str, second: str) -> int:
    """Change and attest two sections on two branches of a repository; return the status of git's merge."""
    run(root, "--all", "--by", "Aigerim")
    git(root, "init")
    git(root, "add", ".")
    git(root, "commit", "-m", "start")
    for branch, section, by in (("left", first, "Dana"), ("right", second, "Erlan")):
        git(root, "checkout", "-b", branch, "main")
        for code in TEXTS:
            edit(root, code, f"{{#{section}}}\n\n", f"{{#{section}}}\n\n{by} ")
        assert run(root, "part/page", "--by", by) == 0
        assert git(root, "commit", "-am", branch).returncode == 0
    return git(root, "merge", "left", "-m", "both").returncode


@pytest.mark.parametrize(("first", "second"), [("one", "two"), ("two", "one"), ("page", "one")])
def test_neighbouring_sections_attested_on_two_branches_merge(root, first, second):
    assert merged(root, first, second) == 0
    assert problems(root) == []
    assert {anchor: entry.by for anchor, entry in entries(root).items()} == {
        "page": "Aigerim",
        "one": "Aigerim",
        "two": "Aigerim",
    } | {first: "Dana", second: "Erlan"}


def test_the_same_section_attested_on_two_branches_asks_a_person(root):
    assert merged(root, "one", "one") == 1
    assert "ledger/part/page.yml" in git(root, "diff", "--name-only", "--diff-filter=U").stdout
