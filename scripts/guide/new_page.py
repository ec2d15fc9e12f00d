"""A new page: three files to be written, and their place in the navigation.

The files come from `blank/<language>.md` and are full of lines marked TODO, which the rule `finished` refuses.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template

from guide import model
from guide.model import Guide, GuideError
from guide.rules.pages import PAGE_PATH

BLANKS = Path(__file__).with_name("blank")
CONFIG = "mkdocs.yml"
ITEM = re.compile(r"(?P<indent> *)- (?P<name>[^\s:#]+):?\s*(?:#.*)?$")


def make(root: Path, path: str) -> list[str]:
    """Write the page in every language and its entry in the navigation; return the files, as paths below `root`.

    Raises GuideError, before anything is written, when there cannot be such a page.
    """
    guide = model.load(root)
    slug = _slug(guide, path)
    config = (root / CONFIG).read_bytes().decode("utf-8")
    texts = {f"docs/{language.code}/{slug}": blank(language.code, slug) for language in guide.languages}
    texts[CONFIG] = with_entry(config, slug)
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8", newline="")
    return list(texts)


def _slug(guide: Guide, path: str) -> str:
    """Return the path as the guide knows it. Raises GuideError on a bad name and on a page that is there already."""
    slug = path.removesuffix(".md") + ".md"
    if not PAGE_PATH.fullmatch(slug) or slug.count("/") != 1:
        raise GuideError(f"{path}: give a part and an English name in small letters with hyphens: context/winter-camp")
    for page in guide.topic(slug).values():
        raise GuideError(f"{page.path}: the page exists; change it, or choose another name")
    if slug in guide.nav:
        raise GuideError(f"{CONFIG}: nav: has {slug} already, without a page; take it out there first")
    return slug


def blank(language: str, slug: str) -> str:
    """Return the text of a page that is to be written: its front matter and the sections that every page has."""
    folder, name = slug.removesuffix(".md").split("/")
    is_part = name == "index"
    text = (BLANKS / f"{language}.md").read_text("utf-8")
    return Template(text).substitute(anchor=folder if is_part else name, part='part: "TODO"\n' if is_part else "")


def with_entry(config: str, slug: str) -> str:
    """Return mkdocs.yml with the page at the end of its part, or with a new part; every other line stays as it is.

    Raises GuideError when the part is missing, or when nav: is written in a way that this cannot edit.
    """
    lines = config.splitlines(keepends=True)
    ends = {end.part: end for end in _ends_of_parts(lines)}
    folder, _, name = slug.partition("/")
    if not ends:
        raise _by_hand(slug)
    if folder not in ends and name != "index.md":
        raise GuideError(f"nav: has no part {folder}; make {folder}/index.md first, or choose {', '.join(ends)}")
    end = ends.get(folder) or list(ends.values())[-1]
    added = [f"{end.indent}- {slug}"]
    if folder not in ends:
        added.insert(0, f"{end.outer_indent}- {folder}:")
    line_break = "\r\n" if lines[end.line].endswith("\r\n") else "\n"
    lines[end.line] = line_break.join([lines[end.line].rstrip("\r\n"), *added, ""])
    edited = "".join(lines)
    _assert_added(config, edited, slug)
    return edited


@dataclass(frozen=True)
class _End:
    """The last page of a part in the lines of mkdocs.yml."""

    part: str
    line: int  # its place among the lines
    indent: str
    outer_indent: str  # of the part itself


def _ends_of_parts(lines: list[str]) -> Iterator[_End]:
    """Yield each page of the block nav: as the end of its part; the last one of a part is the true end."""
    start = next((number for number, line in enumerate(lines, 1) if line.startswith("nav:")), len(lines))
    part = outer_indent = None
    for number, line in enumerate(lines[start:], start):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        item = ITEM.match(line)
        if not item:
            return
        outer_indent = item["indent"] if outer_indent is None else outer_indent
        if item["indent"] == outer_indent:
            part = item["name"]
        elif part:
            yield _End(part, number, item["indent"], outer_indent)


def _assert_added(before: str, after: str, slug: str) -> None:
    """Raise GuideError unless the navigation has the page once more, and else is what it was."""
    old, new = (model.parse({CONFIG: text}).nav for text in (before, after))
    if [each for each in new if each != slug] != list(old) or new.count(slug) != 1:
        raise _by_hand(slug)


def _by_hand(slug: str) -> GuideError:
    return GuideError(f"{CONFIG}: nav: is written in a way that this command cannot edit; add `- {slug}` by hand")
