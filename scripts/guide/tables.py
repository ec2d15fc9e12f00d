"""Tables that a phone can show: each cell knows its column's title, so that guide.css can stack a row into a card."""

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

# Stacked with CSS, a table loses its meaning for screen readers unless the roles are written out.
ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "th": "columnheader", "td": "cell"}


class PhoneTables(Extension):
    """Python-Markdown extension: mark every table with class, roles and `data-label`."""

    def extendMarkdown(self, md: Markdown) -> None:
        # After the words of a cell are final (inline is 20), before ids and attributes (8).
        md.treeprocessors.register(_Labeller(md), "guide-tables", 12)


class _Labeller(Treeprocessor):
    def run(self, root: Element) -> None:
        for table in root.iter("table"):
            table.set("class", "guide-table")
            labels = ["".join(head.itertext()).strip() for head in table.iter("th")]
            for element in table.iter():
                if element.tag in ROLES:
                    element.set("role", ROLES[element.tag])
            for row in table.iter("tr"):
                for cell, label in zip(row.findall("td"), labels, strict=False):
                    cell.set("data-label", label)
