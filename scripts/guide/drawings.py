"""Drawings: SVG templates in overrides/drawings/, with the words of the page that shows them.

A page writes

    ```diagram
    name: roles
    title: What the drawing shows, for those who do not see it
    words: {organizer: Organizer, ...}
    ```

and the drawing stands there as inline SVG, in the page's language, coloured by the tokens of guide.css.
"""

import re
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateNotFound, meta

from guide.safe_yaml import LOADER

FOLDER = Path(__file__).resolve().parents[2] / "overrides" / "drawings"
LETTER_WIDTH = 0.56  # of the font size: the mean of Golos Text over the three languages


class DrawingError(Exception):
    """A drawing block cannot be drawn; the message says what to change in it."""


@cache
def draw(source: str) -> str:
    """Return the SVG figure for the YAML of a drawing block. Raises DrawingError."""
    try:
        block = _block(source)
        name, title, words = block["name"], block["title"], block["words"]
        missing = sorted(_wanted(f"{name}.svg.html") - set(words))
    except yaml.YAMLError as error:
        raise DrawingError(f"not YAML: {' '.join(str(error).split())}") from None
    except (KeyError, TypeError) as error:
        raise DrawingError(f"{error} is missing; a drawing has name, title and words") from None
    except TemplateNotFound:
        raise DrawingError(f"there is no drawing “{name}” in overrides/drawings") from None
    if missing:
        raise DrawingError(f"drawing “{name}” has no words for {', '.join(missing)}")
    return figure(name, title, words)


def figure(name: str, title: str, words: Mapping, place: str = "") -> str:
    """Return the SVG figure of a drawing with its words; `title` says what it shows to those who do not see it.

    `place` tells a drawing from the same one on another page: both stand in the book.
    """
    template = _template(f"{name}.svg.html")[0]
    names = {"_id": f"drawing-{name}{place and f'-{place}'}", "_title": escape(title)}
    svg = re.sub(r">\s+<", "><", template.render(words, **names).strip())
    return f'<figure class="guide-drawing">{svg}</figure>'


def fence(source, language, css_class, options, md, **kwargs) -> str:
    """Return the drawing for pymdownx.superfences; what is wrong with a block is reported by the rule `drawings`."""
    return draw(source)


FENCE = {"name": "diagram", "class": "diagram", "format": fence}  # as pymdownx.superfences takes it


def lines(text: str, width: float, size: float) -> list[str]:
    """Return the text broken at spaces into lines no wider than `width` at font size `size`, in the same unit."""
    rows = [""]
    for word in text.split():
        longer = f"{rows[-1]} {word}".strip()
        if rows[-1] and len(longer) * size * LETTER_WIDTH > width:
            rows.append(word)
        else:
            rows[-1] = longer
    return rows


def _write(text: str, x: float, y: float, width: float, size: float = 14, style: str = "") -> str:
    """Return <text> centred on (x, y), broken into lines."""
    rows = lines(text, width, size)
    leading = size * 1.3
    top = y - leading * (len(rows) - 1) / 2 + size * 0.35
    spans = "".join(f'<tspan x="{x:g}" y="{top + leading * n:g}">{escape(row)}</tspan>' for n, row in enumerate(rows))
    return f'<text class="{style}" font-size="{size:g}" text-anchor="middle">{spans}</text>'


def _block(source: str) -> dict:
    try:
        return yaml.load(source, Loader=LOADER)
    except yaml.YAMLError:
        return yaml.safe_load(source)  # slower, and clearer about what is wrong


@cache
def _environment() -> Environment:
    environment = Environment(loader=FileSystemLoader(FOLDER), undefined=StrictUndefined)
    environment.globals |= {"write": _write, "lines": lines}
    return environment


def _template(name: str) -> tuple[Template, frozenset[str]]:
    """Return a drawing and the words that it asks for."""
    environment = _environment()
    return _parsed(environment.loader.get_source(environment, name)[0])


@cache
def _parsed(source: str) -> tuple[Template, frozenset[str]]:
    environment = _environment()
    tree = environment.parse(source)
    names = meta.find_undeclared_variables(tree) - set(environment.globals)
    return environment.from_string(tree), frozenset(name for name in names if not name.startswith("_"))


def _wanted(name: str) -> frozenset[str]:
    return _template(name)[1]
