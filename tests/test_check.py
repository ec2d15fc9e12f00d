"""The command `check.py`: its exits, its formats, and that no input makes it fall over."""

import json
import os
import subprocess
import sys
import time

import pytest
from conftest import ROOT, TINY_NAV, tiny_guide, write_guide

import check

LEAF = "docs/ru/part/leaf.md"


@pytest.fixture
def root(tmp_path):
    """A tiny guide on disk that keeps every rule of structure."""
    write_guide(tmp_path, tiny_guide(), TINY_NAV)
    return tmp_path


def run(root, *arguments) -> subprocess.CompletedProcess:
    command = [sys.executable, str(ROOT / "scripts" / "check.py"), "--root", str(root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def test_the_guide_itself_is_clean():
    done = run(ROOT)
    assert (done.returncode, done.stdout) == (0, "The guide keeps every rule.\n"), done.stdout


def test_every_problem_says_where_what_why_and_what_to_do(root):
    (root / LEAF).write_text("# Лист {#leaf}\n\n[а](gone.md)\n", "utf-8")
    done = run(root)
    assert done.returncode == 1
    assert f"{LEAF}:3: link “а” leads to docs/ru/part/gone.md, which does not exist [links]" in done.stdout
    assert "links: Every link inside the guide leads to a page and a section that exist" in done.stdout
    assert "What to do: " in done.stdout


def test_json_and_github_formats(root):
    (root / LEAF).write_text("# Лист {#leaf}\n\n[а](gone.md)\n", "utf-8")
    found = json.loads(run(root, "--format", "json", "--rule", "links").stdout)
    assert [(each["path"], each["line"], each["rule"]) for each in found if each["path"] == LEAF] == [
        (LEAF, 3, "links")
    ]
    assert all(each["what"] and each["why"] and each["what_to_do"] for each in found)
    notes = run(root, "--format", "github", "--rule", "links").stdout.splitlines()
    assert any(note.startswith(f"::error file={LEAF},line=3,title=links::link “а” leads to") for note in notes)


def test_paths_limit_the_report(root):
    (root / LEAF).write_text("# Лист {#leaf}\n\n[а](gone.md)\n", "utf-8")
    assert LEAF in run(root, LEAF, "--rule", "links").stdout
    done = run(root, "docs/kk/part/index.md", "--rule", "links")
    assert (done.returncode, done.stdout) == (0, "The guide keeps every rule.\n")
    done = run(root, "docs/kk/nothing.md")
    assert done.returncode == 2
    assert "docs/kk/nothing.md: the guide has no such page" in done.stderr


def test_rules_are_listed_and_explained(capsys):
    assert check.main(["--list"]) == 0
    assert "every-language " in capsys.readouterr().out
    assert check.main(["--explain", "anchors"]) == 0
    assert "copy the anchor from the same section" in capsys.readouterr().out


def test_what_rests_on_an_article_is_listed(capsys):
    assert check.main(["--law", "volunteer-law 12"]) == 0
    listed = capsys.readouterr().out
    assert "docs/kk/context/law.md:" in listed and "docs/en/context/law.md:" in listed
    assert check.main(["--law", "moon-law 1"]) == 2
    assert "moon-law: no such act" in capsys.readouterr().err


def test_fix_mends_line_ends_too_and_shows_the_difference(root):
    kept = (root / LEAF).read_bytes()
    (root / LEAF).write_bytes(b"\xef\xbb\xbf" + kept.replace(b"\n", b"\r\n"))
    done = run(root, "--fix")
    assert f"--- {LEAF}" in done.stdout
    assert (root / LEAF).read_bytes() == kept
    assert "---" not in run(root, "--fix").stdout


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
)
HOSTILE = {
    "not UTF-8": "# Лист".encode("cp1251"),
    "a line of 5 MB": b"# L {#leaf}\n\n" + b"[" * 5_000_000,
    "a line of 1 MB": b"# L {#leaf}\n\n" + b"word [a](b) *c* " * 62_000,
    "a line of 19 KB": b"# L {#leaf}\n\n" + b"word [a](b) *c* " * 1_200,
    "brackets without end": b"# L {#leaf}\n\n" + b"[" * 100_000 + b"](" * 100_000,
    "emphasis without end": b"# L {#leaf}\n\n" + b"*_`<" * 100_000,
    "quotations in quotations": b"# L {#leaf}\n\n" + b"> " * 20_000 + b"x",
    "an open fence": b"# L {#leaf}\n\n```\n[a](b\n",
    "an open front matter": b"---\ndescription: x\n\n# L {#leaf}\n",
    "a front matter that is not YAML": b"---\na: [\n\tb\n---\n\n# L {#leaf}\n",
    "a front matter that is a bomb": b"---\n" + BOMB.encode() + b"law: *j\ndescription: *j\n---\n\n# L {#leaf}\n",
    "a front matter nested too deeply": b"---\na: " + b"[" * 20_000 + b"\n---\n\n# L {#leaf}\n",
    "an empty file": b"",
    "only spaces": b"   \n\t\n",
    "NUL and other controls": b"# L\x00 {#leaf}\n\n\x01\x02\x7f\xef\xbf\xbd",
    "CRLF": b"---\r\ndescription: x\r\n---\r\n\r\n# L {#leaf}\r\n",
    "a footnote of itself": b"# L {#leaf}\n\nx[^a]\n\n[^a]: y[^a]\n",
    "a megabyte of short lines": b"# L {#leaf}\n\n" + b"- [a](b) *c* _d_ `e` <f\n" * 40_000,
    "a table without end": b"# L {#leaf}\n\n" + b"|" * 100_000 + b"\n" + b"|-" * 50_000 + b"|\n",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_no_page_makes_it_fall_over_or_hang(root, case):
    (root / LEAF).write_bytes(HOSTILE[case])
    started = time.monotonic()
    done = run(root)
    assert time.monotonic() - started < 30
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr
    if done.returncode == 2:
        assert done.stderr.startswith(f"{LEAF}:") and done.stderr.count("\n") == 1


@pytest.mark.parametrize("text", [BOMB + "interface: *j\n", "glossary: *x", "a: " + "[" * 20_000, "\t- a", ""])
def test_no_list_of_words_makes_it_fall_over(root, text):
    (root / "docs" / "words.yml").write_text(text, "utf-8")
    done = run(root)
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr
    assert "docs/words.yml:" in done.stderr + done.stdout


def test_a_link_out_of_the_guide_is_not_followed(root):
    (root / LEAF).unlink()
    os.symlink("/etc/hostname", root / LEAF)
    done = run(root)
    assert done.returncode == 2
    assert done.stderr == f"{LEAF}: is a link out of the guide; put the file itself there\n"
