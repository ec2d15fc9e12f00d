"""The guide itself as a built site: what a reader would notice first if it were wrong."""

import re
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from conftest import LANGUAGES, ROOT, ROOTS

from guide import clauses, frontmatter, model

GUIDE = model.load(ROOT)


class _Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.ids, self.links = set(), set()

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.ids.add(attributes.get("id"))
        for key in ("href", "src"):
            if attributes.get(key) is not None:
                self.links.add((tag, attributes[key]))


def parse(html: str) -> _Links:
    parser = _Links()
    parser.feed(html)
    return parser


def read_pages(site) -> dict[str, _Links]:
    """Return {path below the site: links and ids} of every HTML page but 404.html and the downloads."""
    paths = (path.relative_to(site.folder) for path in site.folder.rglob("*.html"))
    return {
        path.as_posix(): parse(site.read(path))
        for path in paths
        if path.name != "404.html" and path.parts[0] != "downloads"
    }


@pytest.fixture(scope="module")
def pages(real_site) -> dict[str, _Links]:
    return read_pages(real_site)


@pytest.mark.parametrize("kind", ["real_site", "preview"])
def test_every_link_of_every_page_leads_to_something_in_the_site(kind, request):
    site = request.getfixturevalue(kind)
    pages, broken = read_pages(site), []
    for path, page in pages.items():
        for _, link in page.links:
            address = urljoin(urljoin(site.url, path), link)
            if not address.startswith(site.url):
                continue
            parts = urlsplit(address)
            file = unquote(parts.path).lstrip("/")
            file = f"{file}index.html" if kind == "real_site" and (not file or file.endswith("/")) else file
            if not (site.folder / file).is_file():
                broken.append(f"{path}: {link}")
            elif parts.fragment and file in pages and unquote(parts.fragment) not in pages[file].ids:
                broken.append(f"{path}: {link} (no such place on the page)")
    assert pages and broken == []


def test_nothing_is_fetched_from_another_origin(pages):
    fetched = {
        f"{path}: {link}"
        for path, page in pages.items()
        for tag, link in page.links
        if tag in ("script", "img", "iframe") and re.match(r"(https?:)?//", link)
    }
    assert fetched == set()


def test_every_page_of_the_guide_is_in_the_site_in_every_language(pages):
    expected = {
        f"{language.url}{slug.removesuffix('index.md').removesuffix('.md')}".rstrip("/")
        for language in GUIDE.languages
        for slug in GUIDE.slugs
    }
    assert {path.removesuffix("index.html").rstrip("/") for path in pages} == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_glossary_has_at_least_eighty_terms_with_status(real_site, language):
    html = real_site.read(f"{ROOTS[language]}reference/glossary/index.html")
    statuses = [word[language] for word in GUIDE.words["status"].values()]
    terms = re.findall(r'<h3 id="([\w-]+)"', html)
    assert len(terms) >= 80
    assert sum(html.count(f"<li>{status}") for status in statuses) == len(terms)


@pytest.mark.parametrize("language", LANGUAGES)
def test_law_pages_say_what_they_rest_on_and_when_it_was_checked(real_site, language):
    html = real_site.read(f"{ROOTS[language]}context/law/index.html")
    assert '<time datetime="2026-' in html
    assert GUIDE.words["acts"]["volunteer-law"][language] in html.partition('class="guide-law"')[2]


def test_every_act_that_a_page_rests_on_has_a_name_and_a_source():
    acts = {act for page in GUIDE.pages.values() for act in page.meta.get("law", {}) if act != "checked"}
    assert acts
    assert acts <= set(GUIDE.words["acts"])
    for language in LANGUAGES:
        assert set(GUIDE.words["acts"]) <= GUIDE.pages[language, "reference/sources.md"].document.anchors


def test_no_key_of_a_word_leaks_into_a_page(real_site):
    for path in real_site.folder.rglob("*.html"):
        text = path.read_text("utf-8")
        assert "Undefined" not in text
        assert not re.search(r'title="palette_|aria-label="palette_', text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_the_journey_say_where_they_stand(real_site, language):
    pages = [page for page in GUIDE.in_language(language) if page.slug.startswith("practices/")]
    stages = {page.slug: page.meta.get("stage") for page in pages if not page.slug.endswith("/index.md")}
    assert set(stages.values()) == set(frontmatter.STAGES)
    for slug, stage in stages.items():
        html = real_site.read(f"{ROOTS[language]}{slug.removesuffix('.md')}/index.html")
        word = GUIDE.words["interface"][f"stage_{stage}"][language]
        assert f'<li aria-current="step">{word}</li>' in html
        assert html.count('aria-current="page"') == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_toolkit_lists_every_document_with_its_files(real_site, language):
    html = real_site.read(f"{ROOTS[language]}toolkit/index.html")
    rows = re.findall(r"<tr role=\"row\">(.*?)</tr>", html, re.DOTALL)
    for slug in clauses.slugs(GUIDE):
        name = slug.removeprefix("toolkit/").removesuffix(".md")
        (row,) = [row for row in rows if f'href="{name}/"' in row]
        assert row.count(".docx") == len(clauses.files(GUIDE, slug))
