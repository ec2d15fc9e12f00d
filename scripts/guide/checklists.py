"""Boxes to tick whose words are their label: a tap on the words ticks, and a screen reader reads them."""

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

BLOCKS = {"ul", "ol", "p", "div", "table", "blockquote"}


class Checklists(Extension):
    """Python-Markdown extension: put what follows the box of pymdownx.tasklist into a label together with it."""

    def extendMarkdown(self, md: Markdown) -> None:
        # After the boxes (25) and the words (20) are there.
        md.treeprocessors.register(_Labeller(md), "guide-checklists", 13)


class _Labeller(Treeprocessor):
    def run(self, root: Element) -> None:
        for item in root.iter("li"):
            if "task-list-item" in item.get("class", "").split():
                first = next(iter(item), None)
                _label(first if not (item.text or "").strip() and first is not None else item)


def _label(element: Element) -> None:
    """Move the text and the inline children at the beginning of the element into a <label>."""
    label = Element("label")
    label.text, element.text = element.text, None
    for child in list(element):
        if child.tag in BLOCKS:
            break
        element.remove(child)
        label.append(child)
    element.insert(0, label)
