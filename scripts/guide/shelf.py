"""What the pages of the site say of the files to download: tables on the downloads page, links on the others."""

import re
from collections.abc import Iterable, Iterator, Mapping

from babel.numbers import format_decimal
from jinja2 import Environment

from guide.downloads import Made, part_name
from guide.model import DOWNLOADS_MARK, Guide

LATE = ("offline", "sums")  # known when the site is built: the copy to carry away is made from it
BOOKS = ("pdf", "epub", "html")
MEGABYTE = 1024 * 1024
Row = tuple[str, Mapping[str, Mapping]]  # title, {language: entry of the manifest}


class Shelf:
    """The files that a build offers, as templates ask for them."""

    def __init__(self, guide: Guide, edition_names: Mapping[str, str], made: Iterable[Made] = ()):
        self.guide, self.edition_names = guide, edition_names
        self.made: list[Made] = []
        self.add(made)

    def add(self, made: Iterable[Made]) -> None:
        """Put more files on the shelf."""
        self.made += made
        self.entries = [each.entry for each in self.made]

    def one(self, code: str, kind: str, subject: str = "", form: str = "") -> dict | None:
        """Return the entry of a file in a language; None when the build does not offer it."""
        found = (each for each in self.entries if each["kind"] == kind and each["languages"][0] == code)
        return next((each for each in found if each["subject"] == subject and form in ("", each["format"])), None)

    def rows(self, kind: str, code: str) -> Iterator[Row]:
        """Yield the rows of a table: one for each format of the whole guide, one for each part, one for other kinds."""
        words = {key: word[code] for key, word in self.guide.words["interface"].items()}
        if kind == "guide":
            wanted = [(words[f"download_{form}"], "", form) for form in BOOKS]
        elif kind == "part":
            folders = dict.fromkeys(each["subject"] for each in self.entries if each["kind"] == kind)
            wanted = [(part_name(self.guide, code, folder), folder, "pdf") for folder in folders]
        else:
            wanted = [(words[f"download_{kind}"], "", "")]
        for title, subject, form in wanted:
            found = {each.code: self.one(each.code, kind, subject, form) for each in self.guide.languages}
            if any(found.values()):
                yield title, found

    def sums(self) -> list[dict]:
        """Return the entries whose SHA-256 the page shows; those of single documents stand in the manifest."""
        return [each for each in self.entries if each["kind"] != "document"]

    def size(self, entry: Mapping, code: str) -> str:
        """Return how large a file is, as a language writes it: `5.9 MB, 302 pages`."""
        words = self.guide.words["interface"]
        number, form, word = entry["bytes"] / 1024, "0", "download_kilobytes"
        if entry["bytes"] >= MEGABYTE:
            number, form, word = entry["bytes"] / MEGABYTE, "0.0", "download_megabytes"
        size = words[word][code].format(format_decimal(number, form, locale=code))
        pages = words["download_pages"][code].format(entry["pages"]) if entry["pages"] else ""
        return f"{size}, {pages}" if pages else size


def fill(text: str, env: Environment, context: Mapping, words: Mapping, late: bool = False) -> str:
    """Return a page with its tables of files; with `late` those of LATE, which wait until the site is built.

    `context` is the page's; `words` is what `site.template_words` says in its language.
    """

    def table(match: re.Match) -> str:
        if (match[1] in LATE) != late:
            return match[0]
        return env.get_template("partials/downloads.html").render({**context, **words, "kind": match[1]})

    return DOWNLOADS_MARK.sub(table, text)
