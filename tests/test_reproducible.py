"""Two people who make the files of one edition get the same bytes, so that a SHA-256 proves something."""

import hashlib
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from conftest import LANGUAGES, ROOT, TINY_NAV, tiny_guide, write_guide
from downloading import download

EPOCH = "1795305600"  # 22 November 2026
FORMATS = {".pdf", ".epub", ".docx", ".html", ".zip", ".json"}
PAPER = "toolkit/thank-you-letter.md"
HEAD = '---\ndescription: "…"\ndocument: letter\n---\n'  # without the law, whose page is not there either
LINK = re.compile(r"\[([^\[\]]+)\]\([^):]+\.md[^):]*\)")  # to a page that the tiny guide has not
# What differs between two computers: the hour, the language, the order of sets, who and where.
PLACES = {
    "a": {"TZ": "Asia/Almaty", "LANG": "kk_KZ.UTF-8", "LC_ALL": "kk_KZ.UTF-8", "PYTHONHASHSEED": "1"},
    "another/place": {"TZ": "America/Anchorage", "LANG": "C.UTF-8", "LC_ALL": "C", "PYTHONHASHSEED": "2"},
}


def files(root: Path, environment: dict[str, str]) -> dict[str, str]:
    """Make the files of a tiny guide with a real document, without any cache; return {path: SHA-256}."""
    pages = tiny_guide()
    for code in LANGUAGES:
        written = (ROOT / "docs" / code / PAPER).read_text("utf-8").split("---\n", 2)[2]
        pages[f"docs/{code}/{PAPER}"] = HEAD + LINK.sub(r"\1", written)
        part = pages[f"docs/{code}/part/index.md"]
        pages[f"docs/{code}/toolkit/index.md"] = part.replace("{#part}", "{#toolkit}")
    root.mkdir(parents=True)
    write_guide(root, pages, [*TINY_NAV, {"toolkit": ["toolkit/index.md", PAPER]}])
    made = download(root, root / "offered", SOURCE_DATE_EPOCH=EPOCH, SITE_URL="https://example.org/", **environment)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in made.iterdir()}


def test_two_builds_in_two_places_give_the_same_bytes(tmp_path):
    with ThreadPoolExecutor() as pool:
        first, second = pool.map(files, (tmp_path / name for name in PLACES), PLACES.values())
    assert {Path(name).suffix for name in first} >= FORMATS
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
