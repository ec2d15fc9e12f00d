"""The colours of guide.css for formats that know no variables: tokens as `#rrggbb`, drawings painted.

The light theme, because paper is white and a reader of books may not know which theme it is in.
"""

import re
from functools import cache

from lxml import etree

from guide.model import ROOT

SVG = "http://www.w3.org/2000/svg"
STYLES = ROOT / "overrides" / "assets" / "guide.css"
TOKEN = re.compile(r"--guide-([\w-]+):\s*([^;]+);")
VARIABLE = re.compile(r"var\(--guide-([\w-]+)\)")
RULE = re.compile(r"^\.guide-drawing ([\w.]+) \{(.+)\}$", re.MULTILINE)


@cache
def token(name: str) -> str:
    """Return the value of `--guide-<name>` in the light theme."""
    return tokens()[name]


def paint(svg: etree._Element) -> None:
    """Give each element of a drawing the look that guide.css gives its class, and the drawing white paper below it."""
    for element in svg.iter(etree.Element):
        kind = etree.QName(element).localname
        classes = set(element.attrib.pop("class", "").split())
        for tag, wanted, look in _rules():
            if tag in ("", kind) and wanted <= classes and (tag or wanted):
                element.attrib.update(look)
        if "style" in element.attrib:
            element.attrib.update(_look(element.attrib.pop("style")))
    _, _, width, height = svg.get("viewBox").split()
    paper = etree.Element(f"{{{SVG}}}rect", width=width, height=height, fill=token("paper"))
    place = sum(etree.QName(child).localname in ("title", "desc") for child in svg)
    svg.insert(place, paper)


@cache
def tokens() -> dict[str, str]:
    """Return {name: value} of every `--guide-<name>` in the light theme, colours and fonts."""
    found: dict[str, str] = {}
    for name, value in TOKEN.findall(STYLES.read_text("utf-8")):
        found.setdefault(name, value.strip())  # the light theme stands first
    return found


@cache
def _rules() -> tuple[tuple[str, frozenset[str], dict[str, str]], ...]:
    """Return (tag, classes, attributes) of the rules for drawings, in the order of guide.css."""
    rules = []
    for selector, body in RULE.findall(STYLES.read_text("utf-8")):
        tag, *classes = selector.split(".")
        look = {name: value for name, value in _look(body).items() if name not in ("display", "width", "height")}
        rules.append((tag, frozenset(classes), look))
    return tuple(rules)


def _look(style: str) -> dict[str, str]:
    pairs = (each.split(":", 1) for each in style.split(";") if each.strip())
    return {name.strip(): VARIABLE.sub(lambda match: tokens()[match[1]], value.strip()) for name, value in pairs}
