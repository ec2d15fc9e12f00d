"""What MkDocs, Material and static-i18n get wrong for three equal languages, put right: seen on a tiny built site.

The faults are listed in shared/style.md (4) and shared/peers.md (d). The tiny site is built below a sub-path.
"""

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import urljoin

import pytest
from conftest import EDIT_URI, LANGUAGES, ROOTS, TINY_NAV, build, tiny_guide, write_guide


def alternates(html: str) -> dict[str, str]:
    links = re.findall(r'<link rel="alternate" href="([^"]+)" hreflang="([^"]+)">', html)
    assert len(links) == len({language for _, language in links})
    return {language: href for href, language in links}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["", "part/", "part/leaf/"])
def test_head_names_the_page_in_every_language_absolutely(tiny_site, language, page):
    html = tiny_site.read(f"{ROOTS[language]}{page}index.html")
    expected = {code: f"{tiny_site.url}{root}{page}" for code, root in ROOTS.items()}
    assert alternates(html) == expected | {"x-default": expected["kk"]}
    assert f'<link rel="canonical" href="{expected[language]}">' in html
    assert f'<html lang="{language}"' in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_switcher_leads_to_the_same_page(tiny_site, language):
    html = tiny_site.read(f"{ROOTS[language]}part/leaf/index.html")
    links = re.findall(r'<a href="([^"]+)" hreflang="(\w\w)" lang="\w\w" data-guide-switch', html)
    here = Path("/", ROOTS[language], "part/leaf")
    found = {code: (here / href).resolve() for href, code in links}
    assert found == {code: Path("/", root, "part/leaf") for code, root in ROOTS.items()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["index", "part/leaf"])
def test_pencil_leads_to_the_file_of_the_language(tiny_site, language, page):
    folder = ROOTS[language] + (f"{page}/" if page != "index" else "")
    html = tiny_site.read(f"{folder}index.html")
    assert re.findall(r'<a href="([^"]+)"[^>]*rel="edit"', html) == [f"{EDIT_URI}{language}/{page}.md"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_parts_are_called_by_their_own_index_page(tiny_site, language):
    names = {"kk": "Бөлім", "ru": "Часть", "en": "Part"}
    html = tiny_site.read(f"{ROOTS[language]}index.html")
    tabs = [" ".join(tab.split()) for tab in re.findall(r'class="md-tabs__link">(.*?)</a>', html, re.DOTALL)]
    assert tabs[1:] == [names[language]]


def test_one_sitemap_lists_every_page_with_its_alternates(tiny_site):
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    tree = ET.fromstring(tiny_site.read("sitemap.xml"))
    listed = {
        url.find("s:loc", space).text: {link.get("hreflang"): link.get("href") for link in url.findall("x:link", space)}
        for url in tree.findall("s:url", space)
    }
    pages = ["", "part/", "part/leaf/"]
    assert set(listed) == {f"{tiny_site.url}{root}{page}" for root in ROOTS.values() for page in pages}
    for page in pages:
        expected = {code: f"{tiny_site.url}{root}{page}" for code, root in ROOTS.items()}
        assert listed[expected["ru"]] == expected | {"x-default": expected["kk"]}
    assert not list(tiny_site.folder.glob("*/**/sitemap.xml"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_index_holds_only_its_own_language(tiny_site, language):
    words = {"kk": "Волонтерлерге", "ru": "координаторов", "en": "volunteers"}
    folder = tiny_site.folder / ROOTS[language]
    scripts = [path.read_text("utf-8") for path in (folder / "search").glob("text-*.js")]
    texts = [json.loads(script.partition("(")[2][:-1]) for script in scripts]
    assert {code for code, word in words.items() if word in str(texts)} == {language}
    for location, _ in texts:
        assert (folder / location.partition("#")[0] / "index.html").exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_of_a_page_is_told_the_root_of_its_language(tiny_site, language):
    html = tiny_site.read(f"{ROOTS[language]}part/leaf/index.html")
    base = json.loads(re.search(r'id="__config" type="application/json">(.*?)</script>', html)[1])["base"]
    assert urljoin(f"{tiny_site.url}{ROOTS[language]}part/leaf/", base) == tiny_site.url + ROOTS[language]


def test_definitions_of_terms_are_not_in_the_search_index(tiny_site):
    page = tiny_site.read("part/leaf/index.html")
    note = re.search(r'class="guide-note"[^>]*>([^<]+)<', page)[1]
    scripts = list((tiny_site.folder / "search").glob("*.js"))
    assert len(scripts) > 3 and not any(note in path.read_text("utf-8") for path in scripts)


def test_no_id_is_a_number(tiny_site):
    for path in tiny_site.folder.rglob("*.html"):
        assert not re.findall(r'\sid="_\d+"', path.read_text("utf-8")), path


def test_words_of_the_site_are_not_published(tiny_site):
    assert not list(tiny_site.folder.rglob("words.yml"))
    assert not list(tiny_site.folder.rglob("*.svg.html"))


# ---------------------------------------------------------------- A guide that must not be built


def broken_build(tmp_path, changes: dict[str, str | None]) -> str:
    """Return what the build of the tiny guide says after the changes; it must fail and build nothing."""
    files = {path: text for path, text in (tiny_guide() | changes).items() if text is not None}
    write_guide(tmp_path, files, TINY_NAV)
    done = build(tmp_path, "http://127.0.0.1:8000/")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "site").exists()
    return done.stderr


def test_broken_links_of_all_languages_are_listed_at_once(tmp_path):
    head = '---\ndescription: "…"\n---\n\n'
    said = broken_build(
        tmp_path,
        {
            f"docs/{code}/part/leaf.md": f"{head}# {code} {{#leaf}}\n\n[a](gone.md) [b](index.md#nowhere)\n"
            for code in LANGUAGES
        },
    )
    for code in LANGUAGES:
        assert f"docs/{code}/part/leaf.md:7: link “a” leads to docs/{code}/part/gone.md, which does not exist" in said
        assert f"docs/{code}/part/leaf.md:7: link “b” leads to #nowhere" in said
    assert "breaks 9 promises" in said  # the home pages link to a section that is gone


def test_a_page_missing_in_one_language_is_an_error(tmp_path):
    said = broken_build(
        tmp_path, {"docs/ru/part/leaf.md": None, "docs/ru/index.md": '---\ndescription: "…"\n---\n# Дом {#home}'}
    )
    assert "docs/ru/part/leaf.md:1: the page is missing in Русский; it exists as docs/kk/part/leaf.md" in said


def test_a_broken_front_matter_is_one_clear_line(tmp_path):
    said = broken_build(
        tmp_path, {"docs/en/part/leaf.md": "---\na: [\n---\n\n# Leaf {#leaf}\n\n## A {#one}\n\n## B {#two}\n"}
    )
    assert "docs/en/part/leaf.md:3: the front matter is not YAML" in said
