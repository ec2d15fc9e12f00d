"""Time the files to download, and what memory they take: of the guide as it is, and cut to a number of words.

Beside them, in the same run, what stock tools take for the books alone: pandoc for each format, Chromium for the PDF.
Memory is the most that all processes of a run hold together (PSS of Linux; elsewhere 0), and the largest of them.
"""

import argparse
import os
import posixpath
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from guide import model

PARTS = ("docs", "ledger", "overrides", "scripts", "mkdocs.yml", "editions.yml", "requirements.txt")
COMMAND = [sys.executable, "scripts/downloads.py", "--out", "offered"]
BOOKS = ["--kind", "guide", "--only"]
RUNS = {
    "three books, PDF": [*BOOKS, "pdf"],
    "three books, EPUB": [*BOOKS, "epub"],
    "three books, HTML": [*BOOKS, "html"],
    "documents, DOCX": ["--only", "docx"],
    "every PDF": ["--only", "pdf"],
    "everything": [],
}
TARGETS = {"three books, PDF": "target: 5 s cold", "everything": "target: 15 s cold on two cores, 800 MB"}
LINK = re.compile(r"\[([^\[\]]+)\]\(([^):#\s]+\.md)[^)]*\)(?:\{[^}]*\})?")
STEP = 0.05  # seconds between two looks at the memory
PRINT = """
import sys
from pathlib import Path
from playwright.sync_api import sync_playwright
with sync_playwright() as play:
    browser = play.chromium.launch(executable_path=sys.argv[1] or None, args=["--no-sandbox"])
    for path in map(Path, sys.argv[2:]):
        page = browser.new_page()
        page.goto(path.resolve().as_uri())
        page.pdf(path=path.with_suffix(".chromium.pdf"), format="A4", tagged=True, outline=True)
"""
PANDOC = """
import re, subprocess, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
import pypandoc, typst
kind, *paths = sys.argv[1:]
def write(path):
    out = f"{path}.pandoc.{kind}"
    if kind == "typ":  # without drawings and inner links: what pandoc 3.9 writes for them stops Typst 0.15
        text = re.sub('<svg.*?</svg>| href="#[^"]*"', "", Path(path).read_text("utf-8"), flags=re.DOTALL)
        path = f"{path}.plain.html"
        Path(path).write_text(text, "utf-8")
    command = [pypandoc.get_pandoc_path(), path, "--from", "html", "--standalone", "--toc", "--output", out]
    subprocess.run(command, check=True, capture_output=True)
    if kind == "typ":
        typst.compile(out, output=f"{out}.pdf")
with ThreadPoolExecutor() as pool:
    list(pool.map(write, paths))
"""


@dataclass(frozen=True)
class Run:
    seconds: float
    together: float  # MB of all processes at their most
    largest: float  # MB of the largest process
    error: str  # the last line that it said, when it failed

    def __str__(self) -> str:
        found = f"{self.seconds:7.2f} s {self.together:6.0f} MB, largest process {self.largest:5.0f} MB"
        return f"{found}, failed: {self.error}" if self.error else found


def main(argv: list[str] | None = None) -> int:
    """Print seconds, megabytes and ratios; return 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=50_000, help="words a language in the second guide (50000)")
    options = parser.parse_args(argv)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        for name, most in (("whole", 0), ("cut", options.words)):
            root = Path(folder, name)
            _copy(root)
            if most:
                _cut(root, most)
            guide = model.load(root)
            counts = ", ".join(f"{each.code} {_words(guide.in_language(each.code))}" for each in guide.languages)
            print(f"\nThe guide, {name}: {len(guide.slugs)} pages, words: {counts}")
            _beside_stock(root, _ours(root))
    return 0


def _ours(root: Path) -> dict[str, Run]:
    """Print each run, cold and warm; return the cold ones."""
    cold = {}
    for name, options in RUNS.items():
        shutil.rmtree(root / ".cache", ignore_errors=True)
        cold[name], warm = (_measured([*COMMAND, *options], root) for _ in range(2))
        print(f"{name:20} cold {cold[name]}; warm {warm.seconds:.2f} s  {TARGETS.get(name, '')}".rstrip(), flush=True)
    return cold


def _beside_stock(root: Path, ours: dict[str, Run]) -> None:
    """Print what stock tools take for the three books of HTML, all cores at work, and how we compare."""
    html = sorted(str(path) for path in (root / "offered").glob("volunteer-guide-??.html"))
    chromium = os.environ.get("GUIDE_BROWSER") or shutil.which("chromium") or ""
    stock = {("Chromium", "PDF"): [sys.executable, "-c", PRINT, chromium, *html]}
    try:
        import pypandoc  # noqa: F401
    except ImportError:
        print("pandoc is not here to compare with: .venv/bin/pip install pypandoc-binary==1.17")
    else:
        for kind, end in (("PDF", "typ"), ("EPUB", "epub"), ("DOCX", "docx")):
            stock["pandoc", kind] = [sys.executable, "-c", PANDOC, end, *html]
    for (tool, kind), command in stock.items():
        found, own = _measured(command, root), ours.get(f"three books, {kind}")
        ratio = f"; ours takes {own.seconds / found.seconds:.2f} of it" if own and not own.error + found.error else ""
        print(f"{tool + ', ' + kind:20} cold {found}{ratio}", flush=True)


# ---------------------------------------------------------------- The guides


def _copy(root: Path) -> None:
    for part in PARTS:
        source = model.ROOT / part
        if source.is_dir():
            shutil.copytree(source, root / part, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy(source, root / part)


def _words(pages: Iterable[model.Page]) -> int:
    sections = (section for page in pages for section in page.document.sections)
    return sum(len(prose.text.split()) for section in sections for prose in section.prose)


def _cut(root: Path, most: int) -> None:
    """Take pages out from the end, none that opens a part nor reference, until a language has `most` words or fewer."""
    guide = model.load(root)
    most *= len(guide.languages)
    wanted = [slug for slug in guide.slugs if not slug.startswith("reference/") and not slug.endswith("index.md")]
    dropped: set[str] = set()
    while wanted and _words(page for page in guide.pages.values() if page.slug not in dropped) > most:
        dropped.add(wanted.pop())
    for page in guide.pages.values():
        path = root / page.path
        if page.slug in dropped:
            path.unlink()
            continue
        path.write_text(LINK.sub(lambda link, slug=page.slug: _kept(link, slug, dropped), page.text), "utf-8")
    for slug in dropped:
        for path in (root / "ledger").glob(f"{slug.removesuffix('.md')}.*"):
            path.unlink()
    lines = (root / "mkdocs.yml").read_text("utf-8").splitlines(keepends=True)
    (root / "mkdocs.yml").write_text("".join(line for line in lines if line.strip(" -\n") not in dropped), "utf-8")


def _kept(link: re.Match, slug: str, dropped: set[str]) -> str:
    """Return a link as it is, or its words alone when its page is gone."""
    target = posixpath.normpath(posixpath.join(posixpath.dirname(slug), link[2]))
    return link[1] if target.split("/", 2)[-1] in dropped or target in dropped else link[0]


# ---------------------------------------------------------------- Measuring


def _measured(command: list[str], root: Path) -> Run:
    """Run a command and return what it took."""
    most, started = 0.0, time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=said)
        while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
            most = max(most, sum(map(_held, _tree(process.pid))))
            time.sleep(STEP)
        seconds, (_, status, usage) = time.perf_counter() - started, ended
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        error = said.read().decode(errors="replace").strip().rpartition("\n")[2] if process.returncode else ""
    scale = 1024 if sys.platform != "darwin" else 1024 * 1024
    return Run(seconds, most, usage.ru_maxrss / scale, error or f"exit {process.returncode}" * bool(process.returncode))


def _tree(root: int) -> Iterator[int]:
    """Yield a process and all that came from it."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:  # it has ended meanwhile
            continue
    waiting = [root]
    while waiting:
        yield (now := waiting.pop())
        waiting += [child for child, parent in parents.items() if parent == now]


def _held(process: int) -> float:
    """Return the MB of a process, of what it shares its share; 0 when it has ended, or where there is no /proc."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1]) / 1024


if __name__ == "__main__":
    raise SystemExit(main())
