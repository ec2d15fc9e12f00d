"""The built site as files that open by a double click: no server, no network, one ZIP for each language.

A browser allows a page from a disk less than one from a server. A link to a folder shows a list of files, so links name
index.html; offline.js sees to those that a script makes, the results of a search among them. Nothing can be fetched, so
data comes as a script: Material asks for search/search_index.js, which sets `__index`, as soon as the address begins
with `file:`. No worker starts, so vendor/iframe-worker.js runs it in a hidden frame, where `importScripts` returns a
promise; our worker (assets/search/worker.js) and its index know this.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from guide.model import Guide, GuideError, Language
from guide.site import public
from guide.writers.archive import add

HERE = Path(__file__).parent
SCRIPTS = (HERE / "vendor" / "iframe-worker.js", HERE / "offline.js")  # which every page of a copy begins with
LINK = re.compile(r'(<([a-z]+)(?=\s)(?:[^">]|"[^"]*")*?\s(?:href|src)=")([^"]*)"')
WEB = "web:"  # marks a link to a file that the copy leaves out
ON_THE_WEB = re.compile(rf'<a(?=\s)([^>]*) href="{WEB}([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
FOR_ROBOTS = re.compile(r'\s*<link rel="(?:canonical|alternate)"[^>]*>')
ADDRESS = re.compile(r"[a-z][a-z+.-]*:|//", re.IGNORECASE)
START = """<!doctype html>
<html lang="{code}">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width,initial-scale=1">
  <meta http-equiv="refresh" content="0; url={home}">
  <title>{name}</title>
  <p><a href="{home}">{name}</a></p>
</html>
"""


@dataclass(frozen=True)
class Edition:
    """What a copy says of itself: the site that it was made from, and its edition as each language names it."""

    site_url: str
    names: Mapping[str, str]  # language → "Edition of 22 November 2026"
    checks: Mapping[str, str] = field(default_factory=dict)  # language → address of the page that says if it is current

    @property
    def is_public(self) -> bool:
        """Return whether readers can open the site's address: a build without SITE_URL has one of this computer."""
        return bool(public(self.site_url))


def files(site: Path, guide: Guide, edition: Edition) -> dict[str, bytes]:
    """Return {path: content} of the copy, the same in the ZIP of each language, from a built site.

    Word files come along. Books do not: a link to one says that it needs the internet.
    Raises GuideError naming the page of a link that leads nowhere.
    """
    paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    copy = {path: (site / path).read_bytes() for path in paths if _is_kept(path)}
    for language in guide.languages:
        index = copy.pop(f"{language.url}search/search_index.json")
        copy[f"{language.url}search/search_index.js"] = b"var __index=" + index
    copy |= {f"assets/{script.name}": script.read_bytes() for script in SCRIPTS}
    for path in [path for path in copy if path.endswith(".html")]:
        copy[path] = _page(copy[path].decode("utf-8"), path, copy.keys(), guide, edition).encode("utf-8")
    return copy


def write(copy: Mapping[str, bytes], guide: Guide, code: str, edition: Edition) -> bytes:
    """Return the ZIP of a language: a folder with a file to open, a file to read first, and the copy.

    The same whenever and wherever it is written.
    """
    language, folder, made = guide.language(code), f"volunteer-guide-{code}", io.BytesIO()
    home = f"site/{language.url}index.html"
    start = START.format(code=code, home=home, name=escape(language.site_name))
    with zipfile.ZipFile(made, "w") as archive:
        add(archive, f"{folder}/index.html", start.encode("utf-8"))
        add(archive, f"{folder}/README.txt", _readme(guide, language, edition))
        for path in sorted(copy):
            add(archive, f"{folder}/site/{path}", copy[path])
    return made.getvalue()


def _is_kept(path: str) -> bool:
    """Return whether a file of the site is of use without a server."""
    folder, _, name = path.rpartition("/")
    if folder == "downloads":
        return name.endswith(".docx")
    return not name.endswith(".map") and path not in ("404.html", "sitemap.xml", "sitemap.xml.gz")


# ---------------------------------------------------------------- Pages


def _page(html: str, path: str, known: Collection[str], guide: Guide, edition: Edition) -> str:
    """Return a page whose links lead to files, with SCRIPTS before the site's own, and the edition in the footer."""
    language = next((each for each in guide.languages if each.url and path.startswith(each.url)), None)
    language = language or next(each for each in guide.languages if each.default)
    words = {key: word[language.code] for key, word in guide.words["interface"].items()}

    def link(found: re.Match) -> str:
        target = _target(unescape(found[3]), path, known, edition.site_url)
        if target is None:
            raise GuideError(
                f"the offline copy cannot be made: on {path}, the link “{found[3]}” leads to no file of the site; "
                "mend the link, or build the site whole before the copy"
            )
        if target.startswith(WEB) and found[2] != "a":
            raise GuideError(f"the offline copy cannot be made: {path} needs “{found[3]}”, which stays on the web")
        return f'{found[1]}{escape(target)}"'

    def on_the_web(found: re.Match) -> str:
        before, address, after, inside = found.groups()
        href = f' href="{edition.site_url}{address}"' if edition.is_public else ""
        attributes = re.sub(r" download(?:=\"[^\"]*\")?(?= |$)", "", before + after)
        return f'<a{attributes}{href}>{inside} <small lang="{language.code}">({words["offline_web"]})</small></a>'

    html = ON_THE_WEB.sub(on_the_web, LINK.sub(link, FOR_ROBOTS.sub("", html)))
    first = "".join(f'<script src="{_relative(f"assets/{each.name}", path)}"></script>\n      ' for each in SCRIPTS)
    html = html.replace("<script src=", f"{first}<script src=", 1)
    footer = '<div class="md-copyright">'
    return html.replace(footer, f"{footer}\n  <p>{_about(words, language, edition)}</p>", 1)


def _about(words: Mapping, language: Language, edition: Edition) -> str:
    """Return what the footer says of the copy, as HTML."""
    text = escape(words["offline_copy"].format(edition.names[language.code]))
    check = edition.checks.get(language.code)
    return f'{text} <a href="{escape(check)}">{escape(words["offline_check"])}</a>' if check else text


def _target(link: str, page: str, known: Collection[str], site_url: str) -> str | None:
    """Return where a link on a page leads in the copy; marked with WEB when to a book; None when nowhere."""
    inside = link.removeprefix(site_url)
    parts = urlsplit(inside)
    if ADDRESS.match(inside) or (inside == link and not parts.path):
        return link
    start = "" if inside != link else posixpath.dirname(page)
    path = posixpath.normpath(posixpath.join(start, unquote(parts.path)))
    found = next((each for each in (path, posixpath.normpath(f"{path}/index.html")) if each in known), None)
    if not found:
        return f"{WEB}{quote(path)}" if path.startswith("downloads/") and not _is_kept(path) else None
    rest = parts._replace(scheme="", netloc="", path="").geturl()
    return quote(_relative(found, page)) + rest


def _relative(path: str, page: str) -> str:
    return posixpath.relpath(path, posixpath.dirname(page) or ".")


# ---------------------------------------------------------------- What to read first


def _readme(guide: Guide, language: Language, edition: Edition) -> bytes:
    """Return how to open the copy, as a text that the plainest editor on Windows shows rightly."""
    words = {key: word[language.code] for key, word in guide.words["interface"].items()}
    lines = [
        language.site_name,
        edition.names[language.code],
        *(words[key] for key in ("offline_open", "offline_move", "offline_works", "offline_phone")),
        *([f"{edition.site_url}{language.url}"] if edition.is_public else []),
        words["book_licence"],
    ]
    return "\r\n\r\n".join([*lines, ""]).encode("utf-8-sig")
