"""The search outside a browser: the same engine over the same index, in QuickJS."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import quickjs

from guide.model import GuideError, Language
from guide.search.index import FOLDER

CONFIG = f"{FOLDER}/search_index.json"
MEMORY = 512 * 1024 * 1024
_ASK = """query => {
  const {groups, words, shown, also, missing} = search.search(query)
  const rows = groups.flatMap(({page, items}) => items.map(each => ({
    location: each.location, page: search.title(search.firstOf(page)), title: search.title(each.section),
    score: each.score, hidden: each.isHidden, words: Object.keys(each.terms).filter(word => each.terms[word]),
    excerpt: search.excerpt(each.section, words),
  })))
  return JSON.stringify({rows, shown, also, missing})
}"""


@dataclass(frozen=True)
class Result:
    """A section that was found, in the browser's order. `location` is below the language's root; `excerpt` is HTML."""

    location: str
    page: str
    title: str
    score: float  # of 100, which the best has
    hidden: bool  # shown when the reader asks for more results of the page
    words: list[str]  # of the section that were looked for
    excerpt: str


@dataclass(frozen=True)
class Answer:
    """What the search box would show."""

    results: list[Result] = field(default_factory=list)
    shown: str = ""  # the query as it was understood, if that is a guess
    also: str = ""  # other names that were looked for
    missing: list[str] = field(default_factory=list)  # words that nothing was found for


class Console:
    """The search of one language of a built site."""

    def __init__(self, site: Path, language: Language):
        folder = site / language.url / FOLDER
        config = json.loads((site / language.url / CONFIG).read_text("utf-8"))["config"]["guide"]
        scripts = [folder / config["indexes"][language.code], *sorted(folder.glob("text-*.js"))]
        self._context = quickjs.Context()
        self._context.set_memory_limit(MEMORY)
        for script in scripts:
            self._context.eval(script.read_text("utf-8"))
        self._context.eval(f"const search = guideSearches[{json.dumps(language.code)}]")
        self._ask = self._context.eval(_ASK)

    def search(self, query: str) -> Answer:
        """Return what the box would show for a query."""
        found = json.loads(self._ask(query))
        return Answer([Result(**row) for row in found.pop("rows")], **found)

    def stem(self, word: str) -> str:
        """Return the stem of a word in small letters as the browser finds it."""
        return self._context.eval("word => search.stem(word)")(word)


def fresh_site(root: Path) -> Path:
    """Return a folder with the guide as a site, not older than its texts: `site/`, or one that is built for the search.

    Raises GuideError with what MkDocs says when it cannot be built.
    """
    newest = max(path.stat().st_mtime for folder in ("docs", "scripts", "overrides") for path in _files(root / folder))
    own = root / ".cache" / "search"
    for site in (root / "site", own):
        if (site / CONFIG).exists() and (site / CONFIG).stat().st_mtime >= newest:
            return site
    print("The site is older than the guide: it is built first, which takes a minute.", file=sys.stderr)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(own)]
    plain = {key: value for key, value in os.environ.items() if key != "GUIDE_DOWNLOADS"}
    done = subprocess.run(
        command, cwd=root, env=plain | {"NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise GuideError(f"the site cannot be built for the search:\n{done.stderr.strip()}")
    return own


def _files(folder: Path) -> Iterable[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
