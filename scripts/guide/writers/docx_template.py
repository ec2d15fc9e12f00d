"""The empty document that every Word file of ours begins with: python-docx's own, without what no paper of ours needs.

Two thirds of a file were styles of tables that no paper has, all styles once more for Word 2010, a theme, a picture.
"""

import io
from functools import cache

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

STYLES = (
    *("Normal", "Title", "Heading 1", "Heading 2", "Header", "Footer"),
    *("Default Paragraph Font", "Normal Table", "No List", "Table Grid"),
)
PARTS = {RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.NUMBERING, RELATIONSHIP_TYPE.SETTINGS}
PROPERTIES = {RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES}
WORD = "http://schemas.microsoft.com/office/word"
# 15 is Word 2013 and later: with a lower number, or none, the title bar says “Compatibility Mode”.
SETTINGS = f"""<w:settings {nsdecls("w")}><w:defaultTabStop w:val="720"/>
<w:characterSpacingControl w:val="doNotCompress"/><w:compat>
<w:compatSetting w:name="compatibilityMode" w:uri="{WORD}" w:val="15"/>
<w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" w:uri="{WORD}" w:val="1"/>
<w:compatSetting w:name="enableOpenTypeFeatures" w:uri="{WORD}" w:val="1"/>
<w:compatSetting w:name="doNotFlipMirrorIndents" w:uri="{WORD}" w:val="1"/>
<w:compatSetting w:name="differentiateMultirowTableHeaders" w:uri="{WORD}" w:val="1"/></w:compat></w:settings>"""


def document(font: str) -> Document:
    """Return a new empty document whose text is in a font. It has the styles in STYLES and no theme."""
    return docx.Document(io.BytesIO(_template(font)))


@cache
def _template(font: str) -> bytes:
    made = docx.Document()
    _keep(made.part.rels, PARTS)
    _keep(made.part.package.rels, PROPERTIES)
    settings = made.settings.element
    settings[:] = list(parse_xml("".join(SETTINGS.splitlines())))
    _prune_styles(made, font)
    for child in list(made.part.numbering_part.element):
        made.part.numbering_part.element.remove(child)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _keep(relationships: dict, kinds: set[str]) -> None:
    """Leave out the parts of other kinds: what nothing refers to is not saved."""
    for name in [name for name, each in relationships.items() if each.reltype not in kinds]:
        del relationships[name]


def _prune_styles(made: Document, font: str) -> None:
    wanted = {made.styles[name].element for name in STYLES}
    root = made.styles.element
    for style in list(root):
        if style.tag == qn("w:style") and style not in wanted:
            root.remove(style)
    for link in list(root.iter(qn("w:link"))):  # to the style of its letters alone, which is gone
        link.getparent().remove(link)
    for fonts in root.iter(qn("w:rFonts")):
        set_font(fonts, font)


def set_font(fonts, name: str) -> None:
    """Write one font for every script into a `w:rFonts`, in the place of the theme's."""
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), name)
