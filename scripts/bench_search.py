"""Measure the search, beside stock Material and Pagefind on the same pages: bench_search.py [--gold FOLDER]

Printed are the targets: bytes of a first search, seconds from the first key to results (and, where titles came first,
to those of the whole text) and from the next key to results in Chromium slowed 4 times, the time to build the indexes;
with --gold ../shared/kazakh-search also what bench_stem.py prints. Right results for a list of queries are what
`pytest tests/test_search.py -s` prints.

The network is “fast 3G” as Chromium's tools have it: 562.5 ms before each answer, 180,000 bytes a second for all
answers together, files compressed by gzip; the box is opened at the moment of the first key. It is our server that
waits, since Chromium slows the network of a page but not that of its workers. Nor does it slow their computing: “in a
frame” is our search on the slowed thread of the page, as in the offline copy, where nothing is read as it comes.
"""

import argparse
import contextlib
import functools
import gzip
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import material
from playwright.sync_api import sync_playwright

import bench_stem
from guide import model
from guide.search import asked, index
from guide.search.console import fresh_site
from guide.search.sections import Page, Section, words

ROOT = Path(__file__).resolve().parents[1]
SHIM = ROOT / "scripts" / "guide" / "vendor" / "iframe-worker.js"
MATERIAL = Path(material.__file__).parent / "templates" / "assets" / "javascripts"
QUERIES = {
    "kk": ("волонтер", "волонтер шарты"),
    "ru": ("волонтер", "волонтер договор"),
    "en": ("volunteer", "volunteer contract"),
}
SLOWER = 4
WAIT, RATE = 0.5625, 180_000  # seconds before an answer, bytes a second
PIECE = 4096  # bytes that come together
PAGES = 200

_TIMED = """([text, isFirst]) => new Promise(done => {
  const box = document.querySelector("[data-md-component=search-query]")
  const list = document.querySelector(".md-search-result__list")
  new MutationObserver(() => (window.lastChange = performance.now() - started)).observe(list, { childList: true })
  const watch = new MutationObserver(() => {
    if (!list.querySelector("li")) return
    watch.disconnect()
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - started)))
  })
  watch.observe(list, { childList: true })
  if (isFirst) box.focus()
  const started = performance.now()
  box.value = text
  box.dispatchEvent(new InputEvent("input"))
  box.dispatchEvent(new KeyboardEvent("keyup"))
})"""
_PAGEFIND = """async ([first, next]) => {
  const started = performance.now()
  const pagefind = await import("/pagefind/pagefind.js")
  const show = async query => Promise.all((await pagefind.search(query)).results.slice(0, 5).map(each => each.data()))
  await show(first)
  const then = performance.now()
  await show(next)
  return [then - started, performance.now() - then]
}"""


def main(argv: list[str] | None = None) -> int:
    """Print the figures; return 0, or 2 when something is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, metavar="FOLDER", help="the data for the stemmer")
    parser.add_argument("--site", type=Path, help="a built site (site/, or one that is built for this)")
    parser.add_argument("--language", choices=tuple(QUERIES), action="append", help="only this one")
    options = parser.parse_args(argv)
    try:
        built = options.site or fresh_site(ROOT)
    except model.GuideError as error:
        print(error, file=sys.stderr)
        return 2
    guide = model.load(ROOT)
    pages = {language.code: asked.added(_pages(built, language), guide, language.code) for language in guide.languages}
    _print_building(guide, pages)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        others = _others(built, Path(folder), guide, pages)
        browser = play.chromium.launch(
            executable_path=os.environ.get("GUIDE_BROWSER") or shutil.which("chromium"), args=["--no-sandbox"]
        )
        for language in guide.languages:
            if language.code in (options.language or QUERIES):
                _print_language(browser, language, others, pages[language.code])
        browser.close()
    return bench_stem.main(["--gold", str(options.gold)]) if options.gold else 0


def _pages(built: Path, language: model.Language) -> list[Page]:
    """Return the pages of a built site as its own index holds them."""
    folder = built / language.url / index.FOLDER
    config = json.loads((folder / "search_index.json").read_text("utf-8"))["config"]["guide"]
    script = (folder / config["indexes"][language.code]).read_text("utf-8")
    data = index.held(script)
    scripts = [(folder / name).read_text("utf-8") for name in data["texts"].split(" ")]
    texts = iter([text for script in scripts for text in json.loads(script.partition("(")[2][:-1])[1]])
    found = []
    for address, titles, anchors in zip(
        data["pages"].split("\n"), data["titles"].split("\n\n"), data["anchors"].split("\n\n"), strict=True
    ):
        named = zip(["", *filter(None, anchors.split("\n"))], titles.split("\n"), strict=True)
        found.append(Page(address, tuple(Section(anchor, title, next(texts)) for anchor, title in named)))
    return found


def _print_building(guide: model.Guide, pages: dict[str, list[Page]]) -> None:
    terms = [*guide.words["glossary"].values(), *index.titles(pages)]
    for name, count in (("as it is", None), (f"repeated to {PAGES} pages", PAGES)):
        seconds = {}
        for code, found in pages.items():
            many = (found * (count or 1))[: count or len(found)]
            started = time.perf_counter()
            index.files(many, code, terms)
            seconds[code] = time.perf_counter() - started
        each = ", ".join(f"{code} {value:.2f} s" for code, value in seconds.items())
        print(f"index of the guide {name}: {each}; together {sum(seconds.values()):.2f} s")


# ---------------------------------------------------------------- The same pages with the search of others


def _others(built: Path, folder: Path, guide: model.Guide, pages: dict[str, list[Page]]) -> dict[str, Path]:
    """Return {name: folder of a site}: ours, ours on the page's own thread, stock Material, Pagefind."""
    made = {"ours": built}
    for name in ("ours in a frame", "stock Material", "Pagefind"):
        made[name] = folder / name.replace(" ", "-")
        shutil.copytree(built, made[name], ignore=shutil.ignore_patterns("downloads", "*.map"))
    shutil.copy(SHIM, made["ours in a frame"] / "assets" / "shim.js")
    _change(
        made["ours in a frame"], lambda page: re.sub(r"<script src=(\"[^\"]*)search/box.js", _with_shim, page, count=1)
    )
    shutil.copytree(MATERIAL, made["stock Material"] / "assets" / "javascripts", dirs_exist_ok=True)
    worker = next((MATERIAL / "workers").glob("search.*.js")).name
    _change(made["stock Material"], lambda page: _stock(page, worker))
    docs = [
        {
            "location": language.url + page.address + ("#" + each.anchor if each.anchor else ""),
            "title": each.title,
            "text": each.text,
        }
        for language in guide.languages
        for page in pages[language.code]
        for each in page.sections
    ]
    config = {
        "lang": ["ru", "en"],
        "separator": r"[\s\-]+",
        "pipeline": ["stopWordFilter"],
        "fields": {"title": {"boost": 1000}, "text": {"boost": 1}},
    }
    stock = json.dumps({"config": config, "docs": docs}, ensure_ascii=False)
    (made["stock Material"] / "search" / "search_index.json").write_text(stock, "utf-8")
    subprocess.run([sys.executable, "-m", "pagefind", "--site", str(made["Pagefind"])], check=True, capture_output=True)
    return made


def _with_shim(found: re.Match) -> str:
    return f'<script src={found[1]}shim.js"></script><script>window.Worker = IFrameWorker</script>{found[0]}'


def _stock(page: str, worker: str) -> str:
    """Return a page with Material's own worker and one index at the root of the site."""
    page = re.sub(r'<script id="guide-search".*?</script>\s*<script[^>]*></script>', "", page, flags=re.DOTALL)
    found = re.search(r'"search": "((?:\.\./)*|\./)assets/search/worker.js"', page)
    if not found:
        return page
    page = page.replace(found[0], f'"search": "{found[1]}assets/javascripts/workers/{worker}"')
    return re.sub(r'"base": "[^"]*"', f'"base": "{found[1] or "."}"', page)


def _change(folder: Path, change) -> None:
    for path in folder.rglob("*.html"):
        path.write_text(change(path.read_text("utf-8")), "utf-8")


# ---------------------------------------------------------------- In a browser


def _print_language(browser, language: model.Language, others: dict[str, Path], pages: list[Page]) -> None:
    count = sum(len(words(section.text)) for page in pages for section in page.sections)
    first, then = QUERIES[language.code]
    print(f"\n{language.code}: {len(pages)} pages, {count} words; search for “{first}”, then for “{then}”")
    for name, folder in others.items():
        with _Network(folder) as network:
            page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
            slow = page.context.new_cdp_session(page)
            opened, first, whole, then, size = _search(page, slow, network, language, name)
            page.context.close()
        fifty = f", {size / count * 50_000 / 1000:.0f} KB for 50,000 words" if name.startswith("ours") else ""
        sizes = f"with each page {opened / 1000:6.1f} KB; first search {size / 1000:6.1f} KB{fifty}"
        all_there = f" (whole text {whole:.2f} s)" if whole > first + 0.1 else ""
        print(f"  {name:16} {sizes}; {first:5.2f} s{all_there}, next {then:4.0f} ms")


def _search(
    page, slow, network: "_Network", language: model.Language, name: str
) -> tuple[int, float, float, float, int]:
    """Return bytes for search with a page, seconds to the first results and to those of the whole text, milliseconds
    from the next key to results, bytes of the search."""
    queries = QUERIES[language.code]
    page.goto(network.url + language.url + "start/", wait_until="networkidle")
    opened = network.sent("search", "lunr")
    slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    network.slow = True
    if name == "Pagefind":
        first, then = page.evaluate(_PAGEFIND, list(queries))
        network.settle()
        return opened, first / 1000, first / 1000, then, network.sent("pagefind")
    if name == "stock Material":  # its index comes with each page, so the first results wait for the page
        started = time.perf_counter()
        page.goto(f"{network.url}{language.url}start/?q={queries[0]}", wait_until="commit")
        page.locator(".md-search-result__item").first.wait_for(state="attached")
        first = time.perf_counter() - started
    else:
        page.evaluate("document.querySelector('#__search').checked = true")
        first = page.evaluate(_TIMED, [queries[0], True]) / 1000
    network.settle()
    whole = first if name == "stock Material" else page.evaluate("window.lastChange") / 1000
    size = network.sent("search", "lunr") - opened
    steps = [
        page.evaluate(_TIMED, [queries[1][:end], False]) for end in range(len(queries[0]) + 2, len(queries[1]) + 1)
    ]
    return opened, first, whole, sorted(steps)[len(steps) // 2], size


class _Network:
    """A static host on this computer that compresses, counts what it sends, and can be as slow as a phone's network."""

    def __init__(self, folder: Path):
        network = self
        self.slow, self._sent, self._lock, self._free = False, {}, threading.Lock(), 0.0

        class Host(http.server.SimpleHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                arrived = time.monotonic()
                path = Path(self.translate_path(self.path.partition("?")[0]))
                path = path / "index.html" if path.is_dir() else path
                plain = path.read_bytes() if path.is_file() else b""
                is_packed = path.suffix in (".woff2", ".png", ".pf_index", ".pf_fragment", ".pf_meta", ".pagefind")
                body = plain if is_packed else gzip.compress(plain, 9, mtime=0)
                network.count(self.path, len(body))
                network.wait(arrived, 0)
                self.send_response(200 if path.is_file() else 404)
                self.send_header("Content-Type", self.guess_type(path))
                self.send_header("Cache-Control", "max-age=600")
                self.send_header("Content-Length", str(len(body)))
                if not is_packed:
                    self.send_header("Content-Encoding", "gzip")
                self.end_headers()
                with contextlib.suppress(ConnectionError):  # the page has gone on
                    for start in range(0, len(body), PIECE):
                        network.wait(arrived, len(body[start : start + PIECE]))
                        self.wfile.write(body[start : start + PIECE])

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Host, directory=str(folder)))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()

    def wait(self, asked: float, size: int) -> None:
        """Wait until so many more bytes of an answer have come, after others under way; packing takes no time."""
        if not self.slow:
            return
        with self._lock:
            self._free = max(self._free, asked + WAIT) + size / RATE
            until = self._free
        time.sleep(max(0.0, until - time.monotonic()))

    def count(self, path: str, size: int) -> None:
        with self._lock:
            self._sent[path] = size

    def sent(self, *parts: str) -> int:
        """Return the bytes of all answers whose address has one of these parts."""
        return sum(size for path, size in self._sent.items() if any(part in path for part in parts))

    def settle(self) -> None:
        """Wait until nothing has been sent for a second."""
        before = -1
        while before != len(self._sent):
            before = len(self._sent)
            time.sleep(1)


if __name__ == "__main__":
    raise SystemExit(main())
