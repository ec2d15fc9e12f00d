"""Documents of the toolkit: what the web page shows of them, and what Word finds in their files."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath

import pytest
from conftest import LANGUAGES, ROOT
from docx import Document
from docx.oxml.ns import qn
from lxml import etree
from markdown import Markdown

from guide import clauses, documents, model, paper
from guide.writers import docx

CONFIG = """
nav: [tools/index.md, tools/deal.md]
plugins: [{i18n: {languages: [{locale: kk, name: Қазақша, default: true}, {locale: ru, name: Русский},
  {locale: en, name: English}]}}]
"""
EXTENSIONS, CONFIGS = ["attr_list", "footnotes", "tables", "toc", "pymdownx.tasklist"], {}
DEAL = """\
---
document: contract
---

# Deal {#deal}

Before it.[^law]

## How to fill it in {#how-to-fill-in}

1. Write **clearly**.[^law]

> A line as it may sound.

## The deal {#document}

[[place]], [[date]]

### Subject {#subject}

1. The volunteer [[full name]] helps; the host [[pays / does not pay]].
1. It pays for:
    - [ ] travel, [[sum]]
    - [ ] meals

### Signatures {#signatures}

[[signature]]

| No. | Name |
|---|---|
| 1 | [[name]] |

## Next step {#next-step}

Go on.

[^law]: Law, Article 12.
"""
GUIDE = model.load(ROOT)
WORDS = GUIDE.words["interface"] | {"site_name": {each.code: each.site_name for each in GUIDE.languages}}
SOURCES = {code: f"https://example.org/{code}/" for code in LANGUAGES}
COPIES = {code: f"https://example.org/{code}/my-copy/?copy=900abdc" for code in LANGUAGES}
DAY = datetime(2026, 11, 22, tzinfo=UTC)


def guide(**texts: str) -> model.Guide:
    files = {f"docs/{code}/tools/deal.md": texts.get(code, DEAL) for code in LANGUAGES}
    return model.parse({"mkdocs.yml": CONFIG} | files)


def read(code: str, **texts: str) -> paper.Paper:
    return paper.read(guide(**texts), code, "tools/deal.md", EXTENSIONS, CONFIGS)


def written(*papers: paper.Paper):
    return Document(io.BytesIO(docx.write(papers, WORDS, SOURCES, DAY)))


def said(element) -> str:
    """Return everything that a reader sees in a part of a Word file, controls included."""
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


# ---------------------------------------------------------------- The web page


def rendered(text: str) -> str:
    made = guide(kk=text)
    extension = documents.Documents().now(made, made.pages["kk", "tools/deal.md"])
    return Markdown(extensions=[*EXTENSIONS, extension]).convert(text.partition("---\n\n")[2])


def test_blanks_and_choices_are_marked():
    html = rendered(DEAL)
    assert '<span class="guide-blank">full name</span>' in html
    assert '<span class="guide-choice">pays / does not pay</span>' in html
    assert "[[" not in html


def test_clauses_of_a_contract_are_numbered_and_have_anchors():
    html = rendered(DEAL)
    assert re.search(r'<h3 class="guide-document" id="subject"><span class="guide-number">1.</span> Subject', html)
    assert re.search(r'<li id="subject-2"><span class="guide-number">1.2.</span> It pays for', html)
    assert "guide-number" not in html.partition('id="document"')[0], "the notes are no clauses"


def test_a_form_is_not_numbered():
    assert "guide-number" not in rendered(DEAL.replace("document: contract", "document: form"))


# ---------------------------------------------------------------- Taken apart


def test_a_document_is_what_stands_below_its_heading():
    found = read("en")
    assert (found.name, found.kind, found.title) == ("deal", "contract", "The deal")
    assert found.anchors == ("subject", "signatures")
    assert [block.kind for block in found.blocks] == [
        *("paragraph", "heading", "number", "number", "box", "box", "heading", "paragraph", "table")
    ]
    names = [(run.kind, run.text) for block in found.blocks for run in block.words if run.kind]
    assert names[:4] == [
        ("blank", "place"),
        ("blank", "date"),
        ("blank", "full name"),
        ("choice", "pays / does not pay"),
    ]


def test_footnotes_stand_in_words_in_the_notes():
    words = "".join(run.text for block in read("en").notes for run in block.words)
    assert "Write clearly (Law, Article 12)." in words
    assert "A line as it may sound." in words


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{#document}", "{#text}", "docs/en/tools/deal.md:1: the page has no section #document"),
        ("[[signature]]", "> [[signature]]", "docs/en/tools/deal.md:26: #signatures: a document holds"),
    ],
)
def test_what_paper_cannot_hold_stops_with_the_page(old, new, message):
    with pytest.raises(model.GuideError, match=re.escape(message)):
        read("en", en=DEAL.replace(old, new))


# ---------------------------------------------------------------- The Word file


def test_word_finds_headings_numbering_controls_and_boxes():
    file = written(read("en"))
    styles = [paragraph.style.name for paragraph in file.paragraphs if paragraph.text or said(paragraph._p)]
    assert styles[0] == "Title" and styles.count("Heading 2") == 2
    body = file.element.body
    controls = [each.get(qn("w:val")) for each in body.iter(qn("w:alias"))]
    assert controls == ["place", "date", "full name", "pays / does not pay", "sum", "signature", "name"]
    assert [each.get(qn("w:value")) for each in body.iter(qn("w:listItem"))] == ["pays", "does not pay"]
    assert said(body).count("\u2610") == 2
    numbered = [p for p in file.paragraphs if p._p.pPr is not None and p._p.pPr.numPr is not None]
    assert [said(p._p) for p in numbered][:2] == [
        "Subject",
        "The volunteer ____________________\u00a0(full name) helps; the host pays / does not pay.",
    ]


def test_the_header_waits_for_the_name_of_the_organization():
    header = written(read("kk")).sections[0].header
    assert WORDS["paper_header"]["kk"] in said(header._element)


def test_a_file_is_on_a4_and_in_its_language():
    file = written(read("kk"))
    section = file.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert {each.get(qn("w:val")) for each in file.element.body.iter(qn("w:lang"))} == {"kk-KZ"}


def test_a_log_is_wide_and_its_rows_go_on():
    file = written(read("en", en=DEAL.replace("document: contract", "document: log")))
    assert file.sections[0].page_width > file.sections[0].page_height
    assert [said(row._tr) for row in file.tables[0].rows][-1].startswith(str(docx.LOG_ROWS))


def test_two_columns_keep_the_clauses_side_by_side():
    texts = {"kk": DEAL.replace("Subject", "Мәні"), "ru": DEAL.replace("Subject", "Предмет")}
    file = written(read("kk", **texts), read("ru", **texts))
    rows = [[said(cell._tc) for cell in row.cells] for row in file.tables[0].rows]
    assert ["Мәні", "Предмет"] in rows
    assert all(bool(left) == bool(right) for left, right in rows)


def test_a_clause_that_one_language_lacks_stops_the_file():
    left, right = read("kk"), read("ru")
    right = replace(right, blocks=right.blocks[:-1])
    with pytest.raises(ValueError, match=r"deal\.md: the document has other clauses in kk than in ru"):
        docx.write((left, right), WORDS, SOURCES, DAY)


def test_the_same_text_gives_the_same_bytes():
    first, second = (docx.write((read("kk"), read("ru")), WORDS, SOURCES, DAY) for _ in range(2))
    assert first == second
    assert {each.date_time[0] for each in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {1980}


def test_the_notes_name_the_edition_and_lead_to_the_newest():
    data = docx.write((read("kk"), read("ru")), WORDS, SOURCES, DAY, "2026.1 · 900abdc", COPIES)
    file = Document(io.BytesIO(data))
    notes = [said(paragraph._p) for paragraph in file.paragraphs]
    for code in ("kk", "ru"):
        place = notes.index(WORDS["paper_notes"][code])
        assert notes[place + 1].endswith(SOURCES[code])
        assert notes[place + 2].endswith(COPIES[code]) and "2026.1 · 900abdc" in notes[place + 2]
    links = [file.part.rels[each.get(qn("r:id"))].target_ref for each in file.element.body.iter(qn("w:hyperlink"))]
    assert links == [SOURCES["kk"], COPIES["kk"], SOURCES["ru"], COPIES["ru"]]


def test_a_site_without_an_address_leaves_no_line_that_waits_for_one():
    data = docx.write((read("en"),), WORDS, {"en": ""}, DAY, "2026.1 · 900abdc")
    file = Document(io.BytesIO(data))
    text = said(file.element.body)
    assert WORDS["paper_sample"]["en"] in text and "2026.1 · 900abdc" in text
    assert WORDS["paper_source"]["en"] not in text and WORDS["paper_my_copy"]["en"] not in text
    assert not list(file.element.body.iter(qn("w:hyperlink")))


def test_the_file_says_what_it_is_to_who_cannot_see_it():
    text = DEAL.replace("| No. | Name |", "| Risk | What to do |").replace("| 1 | [[name]] |", "| Rain | Go in |")
    file = Document(io.BytesIO(docx.write((read("kk", kk=text),), WORDS, SOURCES, DAY, "2026.1 · 900abdc")))
    found = file.core_properties
    assert (found.title, found.author, found.language) == ("The deal", WORDS["site_name"]["kk"], "kk-KZ")
    assert (found.version, found.keywords, found.created) == ("2026.1 · 900abdc", "2026.1 · 900abdc", DAY)
    (table,) = file.tables
    heads = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads[0] and not any(heads[1:])
    default = file.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:rFonts')}")
    assert set(default.attrib.values()) == {docx.FONT}


def test_the_archive_holds_what_it_refers_to_and_nothing_else():
    """A part that is missing, or that nothing leads to, is what Word offers to repair."""
    data = docx.write((read("kk"), read("ru")), WORDS, SOURCES, DAY)
    file = zipfile.ZipFile(io.BytesIO(data))
    reached = {"[Content_Types].xml"}
    for name in (each for each in file.namelist() if each.endswith(".rels")):
        reached.add(name)
        folder = PurePosixPath(name).parent.parent
        for each in etree.fromstring(file.read(name)):
            if each.get("TargetMode") != "External":
                reached.add(str(folder / each.get("Target")))
    assert reached == set(file.namelist())
    types = {
        each.get("PartName") for each in etree.fromstring(file.read("[Content_Types].xml")) if each.get("PartName")
    }
    assert types <= {f"/{name}" for name in reached}
    assert len(data) < 15_000


def test_the_look_of_the_columns_stands_where_word_reads_it():
    table = written(read("kk"), read("ru")).tables[0]
    order = [each.tag.rpartition("}")[2] for each in table._tbl.tblPr]
    assert order.index("tblBorders") < order.index("tblLayout") < order.index("tblLook")


# ---------------------------------------------------------------- The guide's own documents


@pytest.mark.parametrize("slug", clauses.slugs(GUIDE))
def test_the_files_of_a_page_say_what_the_page_says(real_site, slug):
    for codes, path in clauses.files(GUIDE, slug).items():
        file = Document(real_site.folder / path).element
        text, names = said(file), " ".join(each.get(qn("w:val")) for each in file.iter(qn("w:alias")))
        for code in codes:
            for section in clauses.sections(GUIDE.pages[code, slug]):
                assert section.title in text
                for name in clauses.BLANK.findall(section.source):
                    assert name in text or name[: docx.NAME] in names


def test_every_page_offers_its_files(real_site):
    for slug in clauses.slugs(GUIDE):
        html = real_site.read(slug.removesuffix(".md") + "/index.html")
        for path in clauses.files(GUIDE, slug).values():
            assert f'href="../../{path}"' in html
