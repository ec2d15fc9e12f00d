"""The copy for reading without the internet, unpacked and read as from a USB stick: no server, no network."""

import io
import json
import posixpath
import re
import shutil
import zipfile
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest
from conftest import LANGUAGES, ROOT, ROOTS
from playwright.sync_api import expect
from test_site import parse

from guide import model, offline
from guide.search import index as search_index

GUIDE = model.load(ROOT)
SITE_URL = "https://guide.example.org/"
NAMES = {"kk": "2026 жылғы 22 қараша күнгі басылым", "ru": "Издание на 22 ноября 2026 года", "en": "Edition of today"}
EDITION = offline.Edition(SITE_URL, NAMES, {"en": f"{SITE_URL}en/reference/?copy=900abdc"})
LOCALES = {"kk": "kk-KZ", "ru": "ru-RU", "en": "en-GB"}
QUERIES = {"kk": "үйлестіруші", "ru": "координатор", "en": "coordinator"}
NEEDS_INTERNET = {"kk": "(интернет керек)", "ru": "(нужен интернет)", "en": "(needs the internet)"}
OWN_SCHEMES = ("http:", "https:", "mailto:", "tel:")


@pytest.fixture(scope="module")
def copy(real_site) -> dict[str, bytes]:
    return offline.files(real_site.folder, GUIDE, EDITION)


@pytest.fixture(scope="module")
def stick(copy, tmp_path_factory) -> Path:
    """The three ZIPs unpacked where a reader might: a blank, Kazakh letters and signs in the names of folders."""
    folder = tmp_path_factory.mktemp("stick") / "Менің құжаттарым #1 100%" / "workers"
    for code in LANGUAGES:
        zipfile.ZipFile(io.BytesIO(offline.write(copy, GUIDE, code, EDITION))).extractall(folder)
    return folder


@pytest.fixture(scope="module")
def pages(copy) -> dict:
    """Return {path: links and ids} of every page of the copy."""
    return {path: parse(data.decode()) for path, data in copy.items() if path.endswith(".html")}


def leads_nowhere(copy, pages, page: str, link: str) -> bool:
    """Return whether a relative link on a page names no file of the copy, or no place on it."""
    parts = urlsplit(link)
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path))) if parts.path else page
    return path not in copy or (
        bool(parts.fragment) and path in pages and unquote(parts.fragment) not in pages[path].ids
    )


# ---------------------------------------------------------------- The files


def test_every_link_leads_to_a_file_of_the_copy(copy, pages):
    assert len(pages) == 3 * len(GUIDE.nav)
    broken, followed = [], 0
    for page, found in pages.items():
        for tag, link in found.links:
            if link.startswith(OWN_SCHEMES):
                assert tag in ("a", "link"), f"{page} fetches {link}"
                continue
            followed += 1
            if leads_nowhere(copy, pages, page, link):
                broken.append(f"{page}: {link}")
    assert followed > 10_000 and broken == []


def test_every_picture_and_font_of_a_style_is_a_file_of_the_copy(copy):
    found = 0
    for path, data in copy.items():
        if path.endswith(".css"):
            for address in re.findall(r"url\(([\w./-]+)\)", data.decode()):
                found += 1
                assert posixpath.normpath(posixpath.join(posixpath.dirname(path), address)) in copy
    assert found >= 7


def test_nothing_leads_to_the_site_but_what_says_so(copy, pages):
    books = 0
    for path in pages:
        html = copy[path].decode()
        assert "127.0.0.1" not in html
        links = re.findall(rf'<a[^>]* href="{SITE_URL}([^"]*)"[^>]*>(.*?)</a>', html, re.DOTALL)
        assert len(links) == html.count(SITE_URL), path
        for address, text in links:
            if "?copy=" not in address:
                books += 1
                assert address.startswith("downloads/") and any(word in text for word in NEEDS_INTERNET.values())
    assert books >= 9


def test_a_copy_of_a_site_without_an_address_names_none(real_site):
    local = offline.Edition(real_site.url, NAMES)
    home = offline.files(real_site.folder, GUIDE, local)["ru/index.html"].decode()
    small = home.partition("</small></a>")[0]
    assert "127.0.0.1" not in home
    assert small.endswith(NEEDS_INTERNET["ru"]) and " href=" not in small.rpartition("<a")[2]


def test_results_of_the_search_are_files_of_the_copy(copy, pages):
    for language, root in ROOTS.items():
        setup = json.loads(copy[f"{root}search/search_index.js"].decode().removeprefix("var __index="))
        index = search_index.held(copy[f"{root}search/{setup['config']['guide']['indexes'][language]}"].decode())
        assert all(f"{root}search/{name}" in copy for name in index["texts"].split(" "))
        count = 0
        for address, anchors in zip(index["pages"].split("\n"), index["anchors"].split("\n\n"), strict=True):
            for anchor in ["", *filter(None, anchors.split("\n"))]:
                location = f"{address}index.html" + (f"#{anchor}" if anchor else "")  # offline.js adds the file's name
                assert not leads_nowhere(copy, pages, f"{root}index.html", location), location
                count += 1
        assert count > 300


def test_documents_come_along_and_what_nobody_reads_does_not(copy, real_site):
    documents = {f"downloads/{path.name}" for path in (real_site.folder / "downloads").glob("*.docx")}
    assert documents and documents == {path for path in copy if path.startswith("downloads/")}
    assert not [
        path
        for path in copy
        if path.endswith((".map", ".json", ".xml", ".gz")) or path.endswith("404.html") or "/lunr/" in path
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_zip_is_small_and_unpacks_into_one_folder_with_plain_names(copy, language):
    data = offline.write(copy, GUIDE, language, EDITION)
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert len(data) < 12_000_000
    assert len(names) == len({name.lower() for name in names}) == len(copy) + 2
    for name in names:
        assert re.fullmatch(rf"volunteer-guide-{language}/[\w./-]+", name, re.ASCII)
        assert len(name) < 120  # Windows allows a path of 260 signs
    above = [name for name in names if name.count("/") == 1]
    assert above == [f"volunteer-guide-{language}/index.html", f"volunteer-guide-{language}/README.txt"]


def test_the_same_site_gives_the_same_zip(copy, real_site):
    again = offline.files(real_site.folder, GUIDE, EDITION)
    assert list(again) == list(copy)
    assert offline.write(again, GUIDE, "kk", EDITION) == offline.write(copy, GUIDE, "kk", EDITION)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_copy_says_how_to_open_it_and_of_which_day_it_is(stick, copy, language):
    data = (stick / f"volunteer-guide-{language}" / "README.txt").read_bytes()
    text = data.decode("utf-8-sig")
    assert data.startswith(b"\xef\xbb\xbf") and "\n" not in text.replace("\r\n", "")
    name = GUIDE.language(language).site_name
    for part in (name, NAMES[language], "index.html", f"{SITE_URL}{ROOTS[language]}"):
        assert part in text
    for path in ("index.html", "context/law/index.html"):
        page = copy[ROOTS[language] + path].decode()
        assert page.count(NAMES[language]) == 1
        assert ("?copy=900abdc" in page) == (language == "en")


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ('<a href="../../nowhere/">', "../../nowhere/"),
        ('<a href="/part/leaf/">', "/part/leaf/"),
        ('<a href="../../downloads/no.docx">', "../../downloads/no.docx"),
        ('<img src="../../downloads/cover.pdf">', "../../downloads/cover.pdf"),
    ],
)
def test_a_link_that_leads_nowhere_is_named_with_its_page(tiny_site, tmp_path, link, message):
    shutil.copytree(tiny_site.folder, tmp_path / "site")
    page = tmp_path / "site" / "ru" / "part" / "leaf" / "index.html"
    page.write_text(page.read_text("utf-8").replace("<h1", f"{link}</a><h1", 1), "utf-8")
    with pytest.raises(model.GuideError, match=rf"ru/part/leaf/index\.html.*“{re.escape(message)}”"):
        offline.files(tmp_path / "site", GUIDE, EDITION)


def test_an_absolute_link_to_the_site_becomes_a_relative_one(tiny_site, tmp_path):
    shutil.copytree(tiny_site.folder, tmp_path / "site")
    page = tmp_path / "site" / "ru" / "part" / "leaf" / "index.html"
    link = f'<a href="{SITE_URL}en/part/leaf/?a=1&amp;b=2#two">'
    page.write_text(page.read_text("utf-8").replace("<h1", f"{link}</a><h1", 1), "utf-8")
    html = offline.files(tmp_path / "site", GUIDE, EDITION)["ru/part/leaf/index.html"].decode()
    assert '<a href="../../../en/part/leaf/index.html?a=1&amp;b=2#two">' in html


# ---------------------------------------------------------------- In a browser without a network


@pytest.fixture
def opened(reader, stick):
    """Return a function that opens a file of a language's copy, as a double click does, with the network off."""

    def open_file(language: str, path: str = "index.html", **options):
        folder = stick / f"volunteer-guide-{language}"
        return reader(f"{folder.as_uri()}/", path, locale=LOCALES[language], offline=True, **options)

    return open_file


def in_site(page, path: str):
    """Return what matches the address of a page of the copy, however the folder is called."""
    return expect(page).to_have_url(re.compile(rf"^file://.*/site/{re.escape(path)}$"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_double_click_opens_the_home_page_with_its_fonts(opened, language):
    page = opened(language)
    in_site(page, f"{ROOTS[language]}index.html")
    assert page.evaluate("document.documentElement.lang") == language
    expect(page.locator("h1")).to_be_visible()
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate("[...document.fonts].filter(font => font.status == 'loaded').map(font => font.family)")
    assert {"Golos", "Literata"} <= set(loaded)
    assert page.evaluate("document.fonts.check('1em Golos', 'Әқң Рус Eng')")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [390, 1280])
def test_a_search_finds_and_leads_to_the_section(opened, language, width):
    page = opened(language, f"site/{ROOTS[language]}start/index.html", viewport={"width": width, "height": 900})
    if width < 900:
        page.locator(".md-header label[for=__search]").first.click()
    box = page.locator("[data-md-component=search-query]")
    box.click()
    box.fill(QUERIES[language])
    shown = ":not(details) > .md-search-result__link"  # the others wait until a reader asks for more of the page
    result = page.locator(f"{shown}[href*='{quote(QUERIES[language])}'][href*='#']").first
    expect(result).to_be_visible()
    links = page.locator(".md-search-result__link").evaluate_all("links => links.map(link => link.href)")
    assert all(f"/site/{ROOTS[language]}" in link for link in links)
    expect(page.locator(".md-search-result__list p mark").first).to_be_attached()
    anchor = unquote(result.get_attribute("href").rpartition("#")[2])
    result.click()
    expect(page).to_have_url(re.compile(rf"^file://.*#{re.escape(anchor)}$"))
    expect(page.locator(f"[id='{anchor}']")).to_be_in_viewport()
    expect(page.locator("article mark").first).to_be_attached()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_changes_and_the_section_stays(opened, language):
    other = "en" if language != "en" else "kk"
    page = opened(language, f"site/{ROOTS[language]}context/law/index.html#minors")
    page.locator(f".guide-languages a[hreflang={other}]").click()
    in_site(page, f"{ROOTS[other]}context/law/index.html#minors")
    expect(page.locator("#minors")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.lang") == other


def test_a_link_that_a_script_has_made_leads_to_the_page(opened):
    page = opened("en", "site/en/start/index.html")
    page.evaluate("document.querySelector('h1').innerHTML = '<a href=\"../context/law/?a=1#minors\"><b>law</b></a>'")
    page.locator("h1 b").click()
    in_site(page, "en/context/law/index.html?a=1#minors")


def test_theme_and_ticks_stay_on_every_page_and_in_every_language(opened):
    page = opened("ru", "site/ru/start/first-action/index.html#day-checklist", color_scheme="light")
    boxes = page.locator(".task-list-item label [type=checkbox]")
    boxes.nth(1).press("Space")
    for theme in (1, 2):
        page.locator(f"label[for=__palette_{theme}]").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.reload(wait_until="networkidle")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    expect(boxes.nth(1)).to_be_checked()
    page.locator(".guide-languages a[hreflang=kk]").click()
    in_site(page, "start/first-action/index.html#day-checklist")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    expect(boxes.nth(1)).to_be_checked()
    expect(boxes.nth(0)).not_to_be_checked()


def test_a_document_is_at_hand(opened, copy):
    page = opened("kk", "site/toolkit/volunteer-agreement/index.html")
    with page.expect_download() as download:
        page.locator("a[download][href$='volunteer-agreement-kk-ru.docx']").first.click()
    assert Path(download.value.path()).read_bytes() == copy["downloads/volunteer-agreement-kk-ru.docx"]
