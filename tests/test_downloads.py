"""The files to download: which are offered, that they are what the manifest and the pages say, and made once only."""

import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile

import pypdf
import pytest
from conftest import LANGUAGES, ROOT, TINY_NAV, build, tiny_guide, write_guide

from guide import downloads, model, press

SITE = "https://guide.example/"
PAGE = '---\ndescription: "…"\n---\n\n# {0} {{#downloads}}\n\n{0}.\n\n' + "\n\n".join(
    f"<!-- guide:downloads {kind} -->" for kind in ("guide", "part", "checklists", "documents", "offline", "sums")
)
TITLES = {"kk": "Жүктеп алу", "ru": "Скачать файлы", "en": "Download files"}


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A tiny guide with a downloads page, built as for publishing; its folder."""
    root = tmp_path_factory.mktemp("published")
    pages = {f"docs/{code}/reference/downloads.md": PAGE.format(title) for code, title in TITLES.items()}
    indexes = {
        f"docs/{code}/reference/index.md": f'---\ndescription: "…"\npart: "{title}"\n---\n\n# {title} {{#reference}}\n'
        for code, title in TITLES.items()
    }
    nav = [*TINY_NAV, {"reference": ["reference/index.md", "reference/downloads.md"]}]
    write_guide(root, tiny_guide() | pages | indexes, nav)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GUIDE_DOWNLOADS", "1")
        done = build(root, SITE)
    assert done.returncode == 0, done.stderr
    return root


def manifest(root) -> dict:
    return json.loads((root / "site" / "downloads" / "manifest.json").read_text("utf-8"))


def run(root, *options: str) -> subprocess.CompletedProcess:
    command = [sys.executable, ROOT / "scripts" / "downloads.py", "--root", root, *options]
    return subprocess.run(command, capture_output=True, text=True, env={"SITE_URL": SITE, "PATH": "/usr/bin:/bin"})


def test_the_manifest_says_what_lies_beside_it(published):
    said = manifest(published)["files"]
    lying = {path.name for path in (published / "site" / "downloads").iterdir()}
    assert {each["path"].rpartition("/")[2] for each in said} == lying - {"manifest.json"}
    for each in said:
        data = (published / "site" / each["path"]).read_bytes()
        assert (each["bytes"], each["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
        pages = len(pypdf.PdfReader(io.BytesIO(data)).pages) if each["format"] == "pdf" else None
        assert each["pages"] == pages


def test_every_file_of_the_guide_bears_its_languages_and_no_name_twice():
    guide = model.load()
    files = [*downloads.plan(guide), *downloads.copies(guide)]
    for file in files:
        assert file.name.rpartition(".")[0].endswith("-".join(file.languages))
    assert len({file.path for file in files}) == len(files)
    kinds = {(file.kind, file.format) for file in files}
    assert kinds >= {("guide", "pdf"), ("guide", "epub"), ("part", "pdf"), ("checklists", "pdf")}
    assert kinds >= {("document", "docx"), ("documents", "zip"), ("offline", "zip")}


def test_pages_offer_what_is_there_with_its_size(published):
    said = {each["path"]: each for each in manifest(published)["files"]}
    for code, root in (("kk", ""), ("ru", "ru/"), ("en", "en/")):
        page = (published / "site" / root / "reference" / "downloads" / "index.html").read_text("utf-8")
        for path, each in said.items():
            if each["kind"] != "document":
                assert f'{path}" download' in page, path
                assert each["sha256"] in page
        assert "guide:downloads" not in page
        home = (published / "site" / root / "index.html").read_text("utf-8")
        assert f'downloads/volunteer-guide-{code}.pdf" download' in home
        leaf = (published / "site" / root / "part" / "leaf" / "index.html").read_text("utf-8")
        assert f'downloads/volunteer-guide-part-{code}.pdf" download' in leaf


def test_the_copies_to_carry_away_lack_the_tables_that_were_made_from_them(published):
    for code in LANGUAGES:
        with zipfile.ZipFile(published / "site" / f"downloads/volunteer-guide-offline-{code}.zip") as copy:
            pages = [copy.read(name).decode() for name in copy.namelist() if name.endswith("downloads/index.html")]
        assert len(pages) == len(LANGUAGES)
        assert not any(re.search(r"guide-offline-\w\w\.zip", page) for page in pages)


def test_the_command_writes_the_same_files_and_says_how_far_it_is(published, tmp_path):
    done = run(published, "--out", tmp_path, "--language", "kk", "--only", "pdf")
    assert done.returncode == 0, done.stderr
    names = {"volunteer-guide-kk.pdf", "volunteer-guide-part-kk.pdf", "volunteer-guide-reference-kk.pdf"}
    assert {path.name for path in tmp_path.iterdir()} == names | {"volunteer-checklists-kk.pdf", "manifest.json"}
    for name in names:
        assert (tmp_path / name).read_bytes() == (published / "site" / "downloads" / name).read_bytes()


def test_only_what_has_changed_is_made_again(published, tmp_path):
    page = published / "docs" / "kk" / "part" / "leaf.md"
    text = page.read_text("utf-8")
    page.write_text(text.replace("мәтін.", "мәтін мен сурет."), "utf-8")
    done = run(published, "--out", tmp_path, "--only", "pdf")
    page.write_text(text, "utf-8")
    assert done.returncode == 0, done.stderr
    made = set(re.findall(r"^\[\d+/\d+\] (\S+)", done.stdout, re.MULTILINE))
    assert {"volunteer-guide-kk.pdf", "volunteer-guide-part-kk.pdf"} <= made
    assert not any(name.endswith(("-ru.pdf", "-en.pdf")) or "reference" in name for name in made)
    again = run(published, "--out", tmp_path, "--only", "pdf")
    assert again.returncode == 0 and "[" not in again.stdout


def test_nothing_is_made_when_nothing_has_changed(tmp_path, monkeypatch):
    write_guide(tmp_path, tiny_guide(), TINY_NAV)
    guide = model.load(tmp_path)
    files = [file for file in downloads.plan(guide) if file.format == "html"]
    made_from = press.of(guide, ("toc", "attr_list", "pymdownx.tasklist"), {}, "")
    first = press.get(made_from, tmp_path / "cache", files)
    monkeypatch.setattr(press, "_make", lambda *_: pytest.fail("made again"))
    assert press.get(made_from, tmp_path / "cache", files) == first


def test_what_the_command_cannot_do_it_says_in_one_line(published, tmp_path):
    done = run(published, "--language", "kz", "--out", tmp_path)
    assert (done.returncode, done.stderr) == (2, "--language kz: the guide is in kk, ru, en\n")
