"""A document of the toolkit as a Word file: in one language, or in two columns with the clauses side by side.

python-docx and not pandoc, because a template wants what pandoc's writer has not: content controls for the blanks and
boxes, numbering of clauses by Word itself, rows that keep two languages level.
"""

import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import count

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from guide.paper import Block, Paper, Run, Words
from guide.writers import archive, docx_template

FONT = "Times New Roman"  # what offices sign in, with every Kazakh letter, on every computer with Word
TAGS = {"kk": "kk-KZ", "ru": "ru-RU", "en": "en-GB"}  # Word checks the spelling in the language of the text
LOOKS = {"Blank caption": RGBColor(0x59, 0x59, 0x59), "Hyperlink": RGBColor(0x05, 0x63, 0xC1)}
WIDE = {"sheet": 14, "log": 8}  # the kinds on landscape paper, with the height of their rows in mm
NAME = 31  # signs of a name in each language; Word takes 64 together
BLANK = 20  # signs of a line to write on
FIELD = 14  # signs that a cell to write in has room for at least
WORDS = ("paper_edition", "paper_header", "paper_my_copy", "paper_notes", "paper_sample", "paper_source")
LOG_ROWS = 18  # what fills a landscape page
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def write(
    papers: Iterable[Paper],
    words: Mapping[str, Mapping[str, str]],
    sources: Mapping[str, str],
    day: datetime,
    edition: str = "",
    copies: Mapping[str, str] | None = None,
) -> bytes:
    """Return the bytes of the Word file of one paper, or of two in two columns, clause beside clause.

    `words` are {key: {language: text}}: WORDS of the interface, and `site_name`. `sources` is {language: address of the
    page}, and `copies` {language: address that says whether the copy is the newest}; one that is missing or "" is left
    out. The file says that it was made on `day` and is of an `edition`: `2026.1 · 900abdc`. The same input gives the
    same bytes. Raises ValueError when two papers are not in step.
    """
    writer = _Writer(tuple(papers), words)
    writer.properties(day, edition)
    writer.body()
    writer.notes(sources, edition, copies or {})
    return _same_bytes(writer.document)


class _Writer:
    def __init__(self, papers: tuple[Paper, ...], words: Mapping):
        self.papers, self.words = papers, words
        self.first = papers[0]
        self.document = docx_template.document(FONT)
        self.ids = count(1)
        self.numberings = _Numberings(self.document)
        headings = [place for place, block in enumerate(self.first.blocks) if block.kind == "heading"]
        self.together = range(max(headings, default=0), len(self.first.blocks) - 1)  # signatures stay on one page
        self._set_up()

    # ------------------------------------------------------------ The sheet

    def _set_up(self) -> None:
        section = self.document.sections[0]
        sides = (Mm(210), Mm(297))
        is_wide = self.first.kind in WIDE
        section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = sides[::-1] if is_wide else sides
        section.left_margin, section.right_margin = Mm(25), Mm(15)
        section.top_margin = section.bottom_margin = Mm(20)
        self.width = section.page_width - section.left_margin - section.right_margin
        _set_styles(self.document, TAGS[self.first.language], is_narrow=len(self.papers) > 1)
        self._header_and_footer(section)

    def properties(self, day: datetime, edition: str) -> None:
        """Write what Word shows of the file and a screen reader says first."""
        properties = self.document.core_properties
        properties.title = " / ".join(paper.title for paper in self.papers)
        properties.author = properties.last_modified_by = " / ".join(self._word("site_name", p) for p in self.papers)
        properties.language = TAGS[self.first.language]
        properties.comments = ""
        properties.created = properties.modified = day
        properties.revision = 1
        properties.keywords = properties.version = edition  # the first is what Word shows, as its tags

    def _header_and_footer(self, section) -> None:
        header = section.header.paragraphs[0]
        header.alignment = WD_ALIGN_PARAGRAPH.CENTER
        name = " / ".join(self._word("paper_header", paper) for paper in self.papers)
        self._control(header, name, [(f"[{name}]", True)], self.first.language)
        footer = section.footer.paragraphs[0]
        footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
        footer._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))

    def _word(self, key: str, paper: Paper) -> str:
        return self.words[key][paper.language]

    # ------------------------------------------------------------ The document

    def body(self) -> None:
        """Write the document: its title and its blocks, in one column or in two."""
        if len(self.papers) == 1:
            self._title(self.document.add_paragraph(), self.first)
            self._one_column()
            return
        left, right = self.papers
        if [_shape(block) for block in left.blocks] != [_shape(block) for block in right.blocks]:
            raise ValueError(f"{left.slug}: the document has other clauses in {left.language} than in {right.language}")
        columns = self._columns()
        for paper, cell in zip(self.papers, columns.add_row().cells, strict=True):
            self._title(cell.paragraphs[0], paper)
        for place, blocks in enumerate(zip(left.blocks, right.blocks, strict=True)):
            if blocks[0].kind == "table":
                self._gap()
                self._table(self.document, _both(*blocks), left)
                columns = None
                continue
            columns = columns or self._columns()
            for paper, block, cell in zip(self.papers, blocks, columns.add_row().cells, strict=True):
                self._block(cell.paragraphs[0], block, paper)
                cell.paragraphs[0].paragraph_format.keep_with_next = place in self.together or None

    def _gap(self) -> None:
        """Keep two tables apart: without a line between them Word takes them for one."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(0), Pt(2)

    def _columns(self):
        """Return a new table of two columns with a thin line between them."""
        table = self.document.add_table(0, 2)
        table.autofit = False
        inside = '<w:insideV w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/>'
        borders = parse_xml(f"<w:tblBorders {nsdecls('w')}>{inside}</w:tblBorders>")
        table._tbl.tblPr.insert_element_before(borders, "w:tblLayout", "w:tblLook")  # Word wants this order
        for column in table.columns:
            column.width = self.width // 2
        return table

    def _title(self, paragraph: Paragraph, paper: Paper) -> None:
        paragraph.style = self.document.styles["Title"]
        self._runs(paragraph, (Run(paper.title),), paper)

    def _one_column(self) -> None:
        for place, block in enumerate(self.first.blocks):
            if block.kind == "table":
                self._table(self.document, block, self.first)
            else:
                paragraph = self.document.add_paragraph()
                self._block(paragraph, block, self.first)
                paragraph.paragraph_format.keep_with_next = place in self.together or None

    def _block(self, paragraph: Paragraph, block: Block, paper: Paper) -> None:
        styles, is_contract = self.document.styles, paper.kind == "contract"
        if block.kind == "heading":
            paragraph.style = styles[f"Heading {block.level - 1}"]
            if is_contract and block.level == 3:
                self.numberings.clause(paragraph, paper, 0)
        elif block.kind == "number" and is_contract and block.level == 0:
            self.numberings.clause(paragraph, paper, 1)
        elif block.kind == "number":
            self.numberings.number(paragraph, paper, block.level, block.first)
        elif block.kind == "item":
            self.numberings.bullet(paragraph, block.level)
        elif block.kind == "box":
            paragraph.paragraph_format.left_indent = Mm(7 + 7 * block.level)
            paragraph.paragraph_format.first_line_indent = Mm(-7)
            self._box(paragraph)
            paragraph.add_run("\t")
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(7 + 7 * block.level))
        is_alone = len(block.words) == 1 and block.words[0].kind == "blank"
        self._runs(paragraph, block.words, paper, wide=is_alone)

    def _table(self, container, block: Block, paper: Paper) -> None:
        titles, *rows = block.rows
        rows = _filled(rows) if paper.kind == "log" else rows
        table = container.add_table(0, len(titles))
        table.style = self.document.styles["Table Grid"]
        table.autofit = False
        widths = [self.width * share for share in _shares(titles, rows)]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Emu(width)
        has_fields = _has_fields(rows)
        for cells in rows if has_fields else [titles, *rows]:
            row = table.add_row()
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
            if cells is titles:
                row._tr.trPr.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
            elif any(run.kind for cell in cells for run in cell):
                row.height = Mm(WIDE.get(paper.kind, 8))
            for cell, words, width in zip(row.cells, cells, widths, strict=False):
                cell.width = Emu(width)
                self._cell(cell, words, paper, cells is titles, has_fields)
        container.add_paragraph().paragraph_format.space_after = Pt(0)

    def _cell(self, cell: _Cell, words: Words, paper: Paper, is_title: bool, is_field: bool) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(2)
        runs = tuple(Run(run.text, True, run.italic, run.kind) for run in words) if is_title else words
        if len(runs) == 1 and runs[0].kind == "blank":
            shown = (f"({runs[0].text})", True) if is_field else ("\u00a0" * 8, False)
            self._control(paragraph, runs[0].text, [shown], paper.language)
        else:
            self._runs(paragraph, runs, paper)

    # ------------------------------------------------------------ Words, blanks, boxes

    def _runs(self, paragraph: Paragraph, words: Words, paper: Paper, wide: bool = False) -> None:
        for run in words:
            if run.kind == "choice":
                self._choice(paragraph, run, paper.language)
            elif run.kind == "blank":
                line = "_" * (BLANK * (2 if wide else 1) * (4 if len(self.papers) > 1 else 5) // 5)
                self._control(paragraph, run.text, [(line, False), (f"\u00a0({run.text})", True)], paper.language)
            else:
                written = paragraph.add_run(run.text)
                written.bold, written.italic = run.bold or None, run.italic or None
                _set_language(written._r, TAGS[paper.language])

    def _control(self, paragraph: Paragraph, name: str, shown: list[tuple[str, bool]], language: str) -> None:
        """Add a blank: a control that is filled in with a click on the screen and with a pen on paper."""
        control = self._sdt(name)
        content = control.find(qn("w:sdtContent"))
        control.find(qn("w:sdtPr")).append(OxmlElement("w:showingPlcHdr"))
        for text, is_caption in shown:
            run = paragraph.add_run(text, style=self.document.styles["Blank caption" if is_caption else "Blank"])
            _set_language(run._r, TAGS[language])
            content.append(run._r)
        paragraph._p.append(control)

    def _choice(self, paragraph: Paragraph, run: Run, language: str) -> None:
        """Add a choice: a list to choose from on the screen, words to strike out on paper."""
        control = self._sdt(run.text)
        options = OxmlElement("w:dropDownList")
        for option in run.text.split(" / "):
            item = OxmlElement("w:listItem")
            item.set(qn("w:displayText"), option)
            item.set(qn("w:value"), option)
            options.append(item)
        control.find(qn("w:sdtPr")).append(OxmlElement("w:showingPlcHdr"))
        control.find(qn("w:sdtPr")).append(options)
        written = paragraph.add_run(run.text, style=self.document.styles["Choice"])
        _set_language(written._r, TAGS[language])
        control.find(qn("w:sdtContent")).append(written._r)
        paragraph._p.append(control)

    def _box(self, paragraph: Paragraph) -> None:
        """Add a box that is ticked with a click on the screen and with a pen on paper."""
        paragraph._p.append(
            parse_xml(
                f'<w:sdt {nsdecls("w")} {W14}><w:sdtPr><w:id w:val="{next(self.ids)}"/><w14:checkbox>'
                '<w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
                '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r>'
                '<w:rPr><w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/>'
                "</w:rPr><w:t>\u2610</w:t></w:r></w:sdtContent></w:sdt>"
            )
        )

    def _sdt(self, name: str):
        """Return an empty content control. Its name is what a screen reader says of it."""
        control = parse_xml(
            f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias/><w:tag/><w:id w:val="{next(self.ids)}"/></w:sdtPr>'
            "<w:sdtContent/></w:sdt>"
        )
        for tag in ("w:alias", "w:tag"):
            short = "; ".join(part[:NAME] for part in name.split("; ", 1)) if len(name) > 2 * NAME else name
            control.find(qn("w:sdtPr")).find(qn(tag)).set(qn("w:val"), short)
        return control

    # ------------------------------------------------------------ The notes

    def notes(self, sources: Mapping[str, str], edition: str, copies: Mapping[str, str]) -> None:
        """Write what helps to fill the document in, on a page of its own that is taken out before signing."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)  # its pages are not counted among the document's
        section.footer.is_linked_to_previous = False
        for place, paper in enumerate(self.papers):
            paragraph = self.document.add_paragraph(style=self.document.styles["Heading 1"])
            paragraph.paragraph_format.page_break_before = place > 0
            self._runs(paragraph, (Run(self._word("paper_notes", paper)),), paper)
            self._said_of_it(paper, self._word("paper_sample", paper), "paper_source", sources)
            if edition:
                said = self._word("paper_edition", paper).format(edition)
                self._said_of_it(paper, said, "paper_my_copy", copies)
            for block in paper.notes:
                if block.kind == "table":
                    self._table(self.document, block, _plain(paper))
                else:
                    self._block(self.document.add_paragraph(), block, _plain(paper))

    def _said_of_it(self, paper: Paper, text: str, leading: str, addresses: Mapping[str, str]) -> None:
        """Write a sentence, and the words with that key with an address, if there is one, behind it."""
        address = addresses.get(paper.language, "")
        paragraph = self.document.add_paragraph()
        text = f"{text} {self._word(leading, paper)} " if address else text
        self._runs(paragraph, (Run(text, italic=True),), paper)
        if address:
            link = OxmlElement("w:hyperlink")
            link.set(qn("r:id"), self.document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
            link.append(paragraph.add_run(address, style=self.document.styles["Hyperlink"])._r)
            paragraph._p.append(link)


def _shape(block: Block) -> tuple:
    """Return what a block has in common with its twin in another language."""
    return block.kind, block.level, len(block.rows)


def _plain(paper: Paper) -> Paper:
    """Return the paper as one whose lists and headings are not clauses: the notes are no part of the contract."""
    return Paper(**(vars(paper) | {"kind": "letter"}))


def _has_fields(rows: list[tuple[Words, ...]]) -> bool:
    """Return whether a table is fields to fill in, a name and a blank in each row: on paper they need no titles."""
    return all(
        len(row) == 2
        and not any(run.kind for run in row[0])
        and row[1]
        and all(run.kind or not run.text.strip() for run in row[1])
        for row in rows
    )


def _shares(titles: tuple[Words, ...], rows: list[tuple[Words, ...]]) -> list[float]:
    """Return the part of the width for each column of a table: more for long words, room to write for blanks."""
    if _has_fields(rows):
        return [0.4, 0.6]
    wanted = []
    for title, *cells in zip(titles, *rows, strict=False):
        texts = [run.text for cell in cells for run in cell if not run.kind]
        longest = max(
            [len(word) for run in title for word in run.text.split()] + [len(text) for text in texts], default=0
        )
        wanted.append(max(6, min(longest + 2, 45), FIELD * any(run.kind for cell in cells for run in cell)))
    return [each / sum(wanted) for each in wanted]


def _filled(rows: list[tuple[Words, ...]]) -> list[tuple[Words, ...]]:
    """Return the rows of a log; those of a numbered table repeated, and numbered on, until they fill the page."""
    if not all(row[0] and row[0][0].text.isdigit() for row in rows):
        return rows
    more = [((Run(str(place)),), *rows[-1][1:]) for place in range(len(rows) + 1, LOG_ROWS + 1)]
    return [*rows, *more]


def _both(left: Block, right: Block) -> Block:
    """Return a table of two languages: each cell says both, one above the other, and a blank stands once."""
    rows = zip(left.rows, right.rows, strict=True)
    return Block("table", rows=tuple(tuple(map(_both_words, *pair)) for pair in rows))


def _both_words(left: Words, right: Words) -> Words:
    if left == right:
        return left
    if [run.kind for run in left] == [run.kind for run in right] == ["blank"]:
        return (Run(f"{left[0].text}; {right[0].text}", kind="blank"),)
    return (*left, Run("\n"), *(Run(run.text, run.bold, True, run.kind) for run in right))


# ---------------------------------------------------------------- Styles, numbering, bytes


def _set_styles(document: Document, tag: str, is_narrow: bool) -> None:
    size, after = (9.5, 3) if is_narrow else (12, 6)
    styles = document.styles
    normal = styles["Normal"]
    _set_font(normal, size)
    _set_language(normal.element, tag)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(after), 1.05
    for name, points, before, centred in (
        ("Title", size + 2, 0, True),
        ("Heading 1", size + 1, 6, False),
        ("Heading 2", size, 10 if not is_narrow else 6, False),
    ):
        style = styles[name]
        _set_font(style, points)
        style.font.bold, style.font.color.rgb = True, RGBColor(0, 0, 0)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = True
        if centred:
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for border in style.element.iter(qn("w:pBdr")):
            border.getparent().remove(border)
    for name in ("Blank", "Blank caption", "Choice", "Hyperlink"):
        style = styles.add_style(name, WD_STYLE_TYPE.CHARACTER, builtin=name == "Hyperlink")
        style.font.color.rgb = LOOKS.get(name, RGBColor(0, 0, 0))
        if name == "Blank caption":
            style.font.size = Pt(8)
        if name in ("Choice", "Hyperlink"):
            style.font.underline = True


def _set_font(style: ParagraphStyle, points: float) -> None:
    style.font.name, style.font.size = FONT, Pt(points)
    docx_template.set_font(style.element.get_or_add_rPr().get_or_add_rFonts(), FONT)


def _set_language(element, tag: str) -> None:
    """Say in which language a run, or a style's text, is written."""
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), tag)
    element.get_or_add_rPr().append(language)


class _Numberings:
    """Word's own numbering: clauses 1, 1.1; lists 1, 2, 3 that begin anew; dashes. Two columns count separately."""

    def __init__(self, document: Document):
        self.root = document.part.numbering_part.element
        self.ids = count(1)
        self.clauses: dict[str, int] = {}
        self.lists: dict[tuple[str, int], int] = {}
        self.dashes = self._add([("bullet", "–", 7 * level, 7) for level in range(3)])

    def clause(self, paragraph: Paragraph, paper: Paper, level: int) -> None:
        if paper.language not in self.clauses:
            levels = [("decimal", "%1.", 0, 8), ("decimal", "%1.%2.", 0, 12), ("decimal", "%1.%2.%3.", 12, 14)]
            self.clauses[paper.language] = self._add(levels)
        _set_number(paragraph, self.clauses[paper.language], level)

    def number(self, paragraph: Paragraph, paper: Paper, level: int, first: bool) -> None:
        if first or (paper.language, level) not in self.lists:
            self.lists[paper.language, level] = self._add([("decimal", f"%{n + 1}.", 7 * n, 7) for n in range(3)])
        _set_number(paragraph, self.lists[paper.language, level], level)

    def bullet(self, paragraph: Paragraph, level: int) -> None:
        _set_number(paragraph, self.dashes, level)

    def _add(self, levels: list[tuple[str, str, int, int]]) -> int:
        """Add a numbering of levels (format, text, indent in mm, width of the number in mm); return its id."""
        number = next(self.ids)
        inner = "".join(
            f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{_twips(indent + width)}" w:hanging="{_twips(width)}"/>'
            "</w:pPr></w:lvl>"
            for place, (form, text, indent, width) in enumerate(levels)
        )
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
            f"{inner}</w:abstractNum>"
        )
        self.root.insert(number - 1, abstract)  # every w:abstractNum stands before every w:num
        self.root.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
        )
        return number


def _set_number(paragraph: Paragraph, number: int, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = number


def _twips(millimetres: float) -> int:
    return round(millimetres * 56.7)


def _same_bytes(document: Document) -> bytes:
    """Return the file without the hour of its making, which a ZIP notes for each of its parts."""
    made, kept = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            archive.add(new, name, old.read(name))
    return kept.getvalue()
