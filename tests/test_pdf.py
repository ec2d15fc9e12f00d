"""The PDF: what a reader, a screen reader and a search find in it."""

import io
import re
from datetime import UTC, datetime
from functools import cache

import downloading
import pypdf
import pypdfium2
import pytest
from conftest import LANGUAGES, ROOT
from fontTools.ttLib import TTFont

from guide import clauses, model
from guide.book import Book, Chapter
from guide.model import GuideError
from guide.writers import fonts, pdf
from guide.writers.edition import Edition

GUIDE = model.load(ROOT)
WORDS = {key: words["kk"] for key, words in GUIDE.words["interface"].items()}
DAY, LINES = datetime(2026, 11, 22, tzinfo=UTC), ("2026.1 · 0123abc", "22.11.2026")
COPY = "https://a.kz/my-copy/?copy=0123abc"
EDITION = Edition(DAY, LINES, {"b-index": "https://a.kz/b/"}, COPY)
LETTERS = "әғқңөұүһі ӘҒҚҢӨҰҮҺІ"
RICH = f"""
<h1 id="a-index--one">Бірінші тарау</h1>
<p>Әріптер: {LETTERS}. <strong>Қою</strong>, <em>көлбеу</em>, <code>a_b</code>, $x #y @z *w* <br />
<a href="https://adilet.zan.kz/">заң</a> <a href="#a-more">әрі</a> <a href="#b-index--two">басқа бөлім</a>
<sup id="a-index--fnref:n"><a class="footnote-ref" href="#a-index--fn:n">1</a></sup></p>
<h2 id="a-index--table">Кесте</h2>
<table class="guide-table"><thead><tr><th>Баған</th><th>Екінші</th></tr></thead>
<tbody><tr><td>Ұяшық</td><td><span class="guide-blank">аты-жөні</span></td></tr></tbody></table>
<div class="admonition law"><p class="admonition-title">Заң</p><p>Қорап мәтіні.</p></div>
<h3 id="a-index--list">Тізім</h3>
<ul class="task-list"><li class="task-list-item"><label><input type="checkbox" />Істеу керек</label></li></ul>
<ol class="guide-document"><li id="a-index--c-1"><span class="guide-number">1.1.</span> Тармақ</li></ol>
<blockquote><p>Дәйексөз <span class="guide-choice">иә / жоқ</span></p></blockquote>
<figure class="guide-drawing"><svg viewBox="0 0 40 20" role="img" xmlns="http://www.w3.org/2000/svg"><title>Сурет</title>
<rect class="box" style="fill: var(--guide-paper)" x="1" y="1" width="38" height="18"/>
<text x="2" y="15">Құс</text></svg></figure>
<div class="footnote"><hr /><ol><li id="a-index--fn:n"><p>Ескерту мәтіні.&#160;<a class="footnote-backref"
href="#a-index--fnref:n">&#8617;</a></p></li></ol></div>
"""
CHAPTERS = (
    Chapter("a-index", "Бірінші тарау", "Бөлім А", RICH, "docs/kk/a/index.md"),
    Chapter("a-more", "Екінші тарау", None, '<h1 id="a-more--m">Екінші тарау</h1><p>Мәтін.</p>', "docs/kk/a/more.md"),
    Chapter("b-index", "Үшінші тарау", "Бөлім Б", '<h1 id="b-index--two">Үшінші тарау</h1>', "docs/kk/b/index.md"),
)
HEADINGS = ["Бөлім А", "Бірінші тарау", "Кесте", "Тізім", "Екінші тарау", "Бөлім Б", "Үшінші тарау"]
BOOK = Book("kk", "Нұсқаулық", CHAPTERS)


def book_of(html: str, language: str = "en") -> Book:
    """Return a book with one page."""
    return Book(language, "Guide", (Chapter("a", "A", None, f'<h1 id="a--a">A</h1>{html}', "docs/en/a.md"),))


def of(html: str, language: str = "en") -> pypdf.PdfReader:
    """Return the PDF of a book with one page."""
    return pypdf.PdfReader(io.BytesIO(pdf.write(book_of(html, language), WORDS, EDITION)))


def checklist(count: int, name: str = "item", kinds: str = "task-list") -> str:
    item = '<li class="task-list-item"><label><input type="checkbox" />{}</label></li>'
    return f'<ul class="{kinds}">{"".join(item.format(f"{name} {n}.") for n in range(count))}</ul>'


@cache
def whole() -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf.write(BOOK, WORDS, EDITION)))


@cache
def part() -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf.write(BOOK, WORDS, EDITION, "Бөлім А")))


def text_of(reader: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def titles(outline: list) -> list[str]:
    """Return the bookmarks, those inside others after them."""
    return [title for each in outline for title in (titles(each) if isinstance(each, list) else [each.title])]


def tags(element) -> list[str]:
    """Return the tags of a PDF's structure in reading order, a page note where it is kept."""
    found = element.get_object() if hasattr(element, "get_object") else element
    if isinstance(found, list):
        return [tag for each in found for tag in tags(each)]
    if not isinstance(found, dict) or not {"/S", "/K"} & set(found):
        return []
    return [str(found.get("/S", "")), *tags(found.get("/K", []))]


def alts(element) -> list[str]:
    """Return the descriptions of the pictures in a PDF's structure, in reading order."""
    found = element.get_object() if hasattr(element, "get_object") else element
    if isinstance(found, list):
        return [alt for each in found for alt in alts(each)]
    if not isinstance(found, dict) or not {"/S", "/K"} & set(found):
        return []
    own = [found["/Alt"]] if found.get("/S") == "/Figure" else []
    return [*own, *alts(found.get("/K", []))]


def addresses(reader: pypdf.PdfReader) -> set[str]:
    marks = [mark.get_object() for page in reader.pages for mark in page.get("/Annots", [])]
    return {mark["/A"]["/URI"] for mark in marks if mark.get("/A", {}).get("/S") == "/URI"}


def inner_links(reader: pypdf.PdfReader) -> int:
    marks = [mark.get_object() for page in reader.pages for mark in page.get("/Annots", [])]
    return sum("/Dest" in mark or mark.get("/A", {}).get("/S") == "/GoTo" for mark in marks)


def test_bookmarks_are_the_headings_in_order():
    assert titles(whole().outline) == ["Мазмұны", *HEADINGS]


def test_headings_stand_in_the_text_in_order():
    text = " ".join(" ".join(page.extract_text() for page in whole().pages[2:]).split())
    places = [re.search(re.escape(name), text) for name in HEADINGS]
    assert all(places), text
    assert text.index("Кесте") < text.index("Тізім") < text.index("Екінші тарау", text.index("Тізім"))


def test_contents_have_two_levels_and_page_numbers():
    text = " ".join(whole().pages[1].extract_text().split())
    assert re.search(r"Бөлім А[ .]+3 Бірінші тарау[ .]+3 Екінші тарау[ .]+\d Бөлім Б[ .]+\d Үшінші тарау", text), text
    assert "Кесте" not in text


def test_every_kazakh_letter_can_be_extracted():
    assert LETTERS in text_of(whole())


def test_signs_of_typst_are_only_letters():
    assert "$x #y @z *w*" in text_of(whole())


def test_blocks_keep_their_words():
    text = text_of(whole())
    for words in ("Ескерту мәтіні.", "Ұяшық", "аты-жөні", "Қорап мәтіні.", "Істеу керек", "1.1. Тармақ", "иә / жоқ"):
        assert words in text
    assert "↩" not in text


def test_structure_is_tagged():
    root = whole().trailer["/Root"]
    found = tags(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/Note", "/Table", "/TH", "/TD", "/L", "/Figure", "/Link"} <= set(found), set(found)
    assert root["/Lang"] == "kk-KZ"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert whole().metadata.title == "Нұсқаулық"
    assert "pdfuaid:part" in root["/Metadata"].get_object().get_data().decode()


def test_links_lead_inside_and_outside():
    assert addresses(whole()) == {"https://adilet.zan.kz/", "https://a.kz/b/", COPY}  # the second at its own chapter
    assert inner_links(whole()) > inner_links(part()) > 0


def test_a_part_stands_alone():
    assert titles(part().outline) == ["Мазмұны", *HEADINGS[:5]]
    assert addresses(part()) == {"https://adilet.zan.kz/", "https://a.kz/b/#two", COPY}
    assert "Нұсқаулық Бөлім А" in " ".join(part().pages[0].extract_text().split())


def test_a_link_to_a_heading_is_described_by_it():
    marks = [mark.get_object() for page in whole().pages[2:] for mark in page.get("/Annots", [])]
    said = {
        mark["/Contents"].rpartition(",")[0]
        for mark in marks
        if "/Dest" in mark or mark.get("/A", {}).get("/S") == "/GoTo"
    }
    assert {"Екінші тарау", "Үшінші тарау"} <= said


def test_qr_codes_stand_on_the_cover_and_beside_titles_that_have_an_address():
    code = WORDS["book_qr"]
    assert alts(whole().trailer["/Root"]["/StructTreeRoot"]) == ["Нұсқаулық", code, "Сурет", code]
    cover = " ".join(whole().pages[0].extract_text().split())
    for words in (*LINES, WORDS["paper_my_copy"], COPY):
        assert words in cover


def test_without_addresses_there_is_no_qr_code_and_no_address():
    made = pypdf.PdfReader(io.BytesIO(pdf.write(BOOK, WORDS, Edition(DAY, LINES))))
    assert alts(made.trailer["/Root"]["/StructTreeRoot"]) == ["Нұсқаулық", "Сурет"]
    assert addresses(made) == {"https://adilet.zan.kz/"}
    assert LINES[0] in made.pages[0].extract_text()


def test_pages_are_counted_without_a_reader():
    assert pdf.pages(pdf.write(BOOK, WORDS, EDITION)) == len(whole().pages) == 5
    with pytest.raises(ValueError, match="not a PDF"):
        pdf.pages(b"%PDF-1.7 /Type/Pages/Kids[]/Count 2")


# ---------------------------------------------------------------- Checklists


@pytest.mark.parametrize("before", range(2, 22, 3))
def test_a_checklist_stays_on_one_page_with_its_heading(before):
    found = of(f'{"<p>Filler.</p>" * before}<h2 id="a--list">My list</h2><p>Before.</p>{checklist(30)}')
    pages = [page.extract_text() for page in found.pages[2:]]
    assert [each for each in pages if "item 0." in each] == [each for each in pages if "item 29." in each]
    assert all("My list" in each for each in pages if "item 0." in each)


def test_a_checklist_longer_than_a_page_is_broken_and_nothing_of_it_is_lost():
    text = text_of(of(f'<h2 id="a--list">My list</h2>{checklist(90)}'))
    assert all(f"item {n}." in text for n in range(90))


def test_each_checklist_is_a_page_of_its_own():
    html = (
        f'<h2 id="a--one">One</h2><p>Not of it.</p><ol><li>No box.</li></ol><p>Before.</p>{checklist(3, "first")}'
        f'<h3 id="a--two">Two</h3>{checklist(2, "second")}{checklist(2, "third")}'
        f'<h3 class="guide-document">A form</h3>{checklist(2, "form", "task-list guide-document")}'
    )
    edition = Edition(DAY, LINES, {"a": "https://a.kz/a/"})
    found = pypdf.PdfReader(io.BytesIO(pdf.write_checklists(book_of(html), WORDS, edition)))
    cover, contents, first, second = ([*page.extract_text().split("\n")] for page in found.pages)
    assert WORDS["book_checklists"] in cover
    assert [line.partition(" .")[0] for line in contents][1:4] == ["A", "One", "Two"]
    assert first[1:7] == ["A", "https://a.kz/a/", "One", "Before.", "first 0.", "first 1."]
    assert second[1:8] == ["A", "https://a.kz/a/", "Two", "second 0.", "second 1.", "third 0.", "third 1."]
    assert "form" not in text_of(found) and "Not of it" not in text_of(found)
    assert titles(found.outline) == [WORDS["epub_contents"], "A", "One", "Two"]


def test_a_checklist_that_needs_two_pages_is_named():
    with pytest.raises(GuideError, match=r"docs/en/a.md: #list: the checklist needs more than one page"):
        pdf.write_checklists(book_of(f'<h2 id="a--list">List</h2>{checklist(60)}'), WORDS, EDITION)


def checklists(code: str, kind: str) -> list[list[str]]:
    """Return the letters of each checklist of the guide: of its items, and of the heading right before them."""
    found = []
    for page in GUIDE.in_language(code):
        lines = page.text.splitlines()
        forms = clauses.sections(page) if page.meta.get("document") and kind == "checklists" else []
        for section in page.document.sections:
            items = [each.text for each in section.prose if lines[each.line - 1].startswith("- [ ] ")]
            if items and section not in forms:
                is_near = section.source.lstrip().startswith("- [ ] ")
                found.append([downloading.letters(text) for text in [section.title] * is_near + items])
    return found


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("kind", ["guide", "checklists"])
def test_every_checklist_of_the_guide_stands_on_one_page(real_downloads, code, kind):
    with pypdfium2.PdfDocument(real_downloads / f"volunteer-{kind}-{code}.pdf") as file:
        pages = [downloading.letters(page.get_textpage().get_text_bounded()) for page in file]
    wanted = checklists(code, kind)
    assert len(wanted) > 50
    assert not [each for each in wanted if not any(all(text in page for text in each) for page in pages)]


def test_same_input_gives_same_bytes():
    assert pdf.write(BOOK, WORDS, EDITION) == pdf.write(BOOK, WORDS, EDITION)


def test_fonts_are_the_same_whenever_they_are_made(tmp_path, monkeypatch):
    kept = {}
    for now in (1_000_000_000, 2_000_000_000):
        monkeypatch.setattr("time.time", lambda now=now: now)
        folder = fonts.folder(tmp_path / str(now))
        kept[now] = {path.name: path.read_bytes() for path in folder.iterdir()}
    first, second = kept.values()
    assert first == second
    assert set(first) == {"golos-text-400.ttf", "golos-text-700.ttf", "literata-600.ttf"}


def test_each_font_has_every_kazakh_letter():
    for path in fonts.folder().iterdir():
        assert set(map(ord, LETTERS)) <= set(TTFont(path).getBestCmap()), path


def test_head_of_a_table_is_repeated_on_each_page():
    rows = "".join(f"<tr><td>row {n}</td><td>x</td></tr>" for n in range(120))
    found = of(f"<table><thead><tr><th>First</th><th>Second</th></tr></thead><tbody>{rows}</tbody></table>")
    pages = [page.extract_text() for page in found.pages if "row " in page.extract_text()]
    assert len(pages) > 1
    assert all("First" in page for page in pages)


def test_kazakh_words_are_not_broken():
    text = of(f"<p>{'қамтамасыздандырылмағандықтан ' * 60}</p>", "kk")
    assert text_of(text).count("қамтамасыздандырылмағандықтан") == 60


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        ("<p><video></video></p>", "<video"),
        ("<details><summary>x</summary></details>", "<details"),
        ('<div class="tabs"><p>x</p></div>', 'class="tabs"'),
        ('<div class="admonition joke"><p class="admonition-title">x</p></div>', "joke"),
        ('<p><span class="new">x</span></p>', 'class="new"'),
        ('<p><a href="#nowhere">x</a></p>', "#nowhere"),
        ("<table><tr><th>x</th></tr><tr><td>1</td><td>2</td></tr></table>", "rows of a table"),
        ('<div class="footnote"><ol><li id="a--fn:x"><p>x</p></li></ol></div>', "footnote"),
        ("<h4>Too deep</h4>", "heading"),
        ("<p>中</p>", "中"),
    ],
)
def test_what_cannot_be_set_names_its_page(html, problem):
    with pytest.raises(GuideError, match=re.escape(problem)) as caught:
        of(html)
    assert "docs/en/a.md" in str(caught.value)


def test_what_cannot_be_set_names_the_line_of_its_section():
    html = '<h1 id="a--a">A</h1><h2 id="a--b">B</h2><ul><li id="a--c">c</li></ul><p><video></video></p>'
    chapter = Chapter("a", "A", None, html, "docs/en/a.md", {"a": 5, "b": 12})
    with pytest.raises(GuideError, match=re.escape("docs/en/a.md:12: #b: a PDF has no <video")):
        pdf.write(Book("en", "Guide", (chapter,)), WORDS, EDITION)
