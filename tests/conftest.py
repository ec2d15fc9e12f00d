"""What the tests share: tiny guides built into sites, the real guide built once, a server and a browser."""

import functools
import http.server
import os
import shutil
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from downloading import download
from playwright.sync_api import sync_playwright

from guide import model

ROOT = Path(__file__).resolve().parents[1]
ROOTS = {"kk": "", "ru": "ru/", "en": "en/"}  # language → where it begins below the site
LANGUAGES = tuple(ROOTS)
EDIT_URI = "https://example.org/edit/main/docs/"


def build(root: Path, site_url: str, *options: str) -> subprocess.CompletedProcess:
    """Run `mkdocs build --strict` in `root`."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", *options],
        cwd=root,
        env=os.environ | {"SITE_URL": site_url, "EDIT_URI": EDIT_URI, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
    )


def write_guide(root: Path, files: dict[str, str], nav: list) -> None:
    """Write a tiny guide with our own mkdocs.yml, overrides and scripts around it, and a glossary of two terms."""
    for name in ("overrides", "scripts"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "ledger").mkdir()
    before, _, rest = (ROOT / "mkdocs.yml").read_text("utf-8").partition("\nnav:")
    after = rest.partition("\n\n")[2]
    written = yaml.safe_dump({"nav": nav}, allow_unicode=True)
    (root / "mkdocs.yml").write_text(f"{before}\n{written}\n{after}", "utf-8")
    words = dict(model.load(ROOT).words)
    words["glossary"] = {key: words["glossary"][key] for key in ("volunteer", "volunteer-coordinator")}
    files = files | {"docs/words.yml": yaml.safe_dump(words, allow_unicode=True)}
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")


def tiny_guide() -> dict[str, str]:
    """Return the smallest guide that a site can be built from: a home page and one part in three languages."""
    titles = {"kk": ("Үй", "Бөлім", "Бет"), "ru": ("Дом", "Часть", "Лист"), "en": ("House", "Part", "Leaf")}
    texts = {
        "kk": "Волонтерлерге арналған мәтін.",
        "ru": "Текст для волонтеров и координаторов.",
        "en": "A text for volunteers.",
    }
    files = {}
    for code, (home, part, leaf) in titles.items():
        head = '---\ndescription: "…"\n'
        files[f"docs/{code}/index.md"] = (
            f"{head}template: home.html\n---\n\n# {home} {{#home}}\n\n[{leaf}](part/leaf.md#one)\n"
        )
        files[f"docs/{code}/part/index.md"] = f'{head}part: "{part}"\n---\n\n# {part} 1 {{#part}}\n\n{texts[code]}\n'
        files[f"docs/{code}/part/leaf.md"] = (
            f"{head}---\n\n# {leaf} {{#leaf}}\n\n{texts[code]}\n\n## {leaf} 1 {{#one}}\n\n{texts[code]}\n\n"
            f"## {leaf} 2 {{#two}}\n\n- [ ] {leaf}\n- [ ] {part}\n"
        )
    return files


TINY_NAV = ["index.md", {"part": ["part/index.md", "part/leaf.md"]}]


@dataclass(frozen=True)
class Site:
    """A built site: its files, and the address under which `serve` shows them."""

    folder: Path
    url: str

    def read(self, path: str) -> str:
        return (self.folder / path).read_text("utf-8")


@pytest.fixture(scope="session")
def tiny_site(tmp_path_factory) -> Site:
    """The tiny guide as a site below a sub-path."""
    root = tmp_path_factory.mktemp("tiny")
    url = f"http://127.0.0.1:{free_port()}/sub/path/"
    write_guide(root, tiny_guide(), TINY_NAV)
    done = build(root, url)
    assert done.returncode == 0, done.stderr
    return Site(root / "site", url)


@pytest.fixture(scope="session")
def real_site(tmp_path_factory) -> Site:
    """The guide itself as a site, built once."""
    root = tmp_path_factory.mktemp("real")
    for name in ("docs", "ledger", "overrides", "scripts"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "editions.yml"):
        shutil.copy(ROOT / name, root)
    url = f"http://127.0.0.1:{free_port()}/"
    done = build(root, url)
    assert done.returncode == 0, done.stderr
    return Site(root / "site", url)


@pytest.fixture(scope="session")
def preview(real_site) -> Site:
    """The guide as a pull request offers it for download: pages with names of their own, opened without a server."""
    root = real_site.folder.parent
    done = build(root, real_site.url, "--no-directory-urls", "--site-dir", "preview")
    assert done.returncode == 0, done.stderr
    return Site(root / "preview", real_site.url)


@pytest.fixture(scope="session")
def real_downloads(real_site) -> Path:
    """The folder with the books of the guide, its checklists and documents, made once."""
    root = real_site.folder.parent
    settings = {"SITE_URL": "https://example.org/guide/", "SOURCE_DATE_EPOCH": "1795305600"}
    return download(root, root / "offered", "--kind", "guide", "--kind", "checklists", "--kind", "document", **settings)


# ---------------------------------------------------------------- A plain static host


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class _StaticHost(http.server.SimpleHTTPRequestHandler):
    """Serves files below a prefix, and 404.html for every address that does not exist, as static hosts do."""

    prefix = "/"

    def translate_path(self, path: str) -> str:
        inside = path.removeprefix(self.prefix.rstrip("/")) if path.startswith(self.prefix) else "/outside"
        return super().translate_path(inside)

    def send_error(self, code, message=None, explain=None):
        body = (Path(self.directory) / "404.html").read_bytes() if code == 404 else b""
        self.send_response(code, message)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def serve():
    """Return a function that serves a Site at its own address for the rest of the session."""
    running: dict[str, http.server.ThreadingHTTPServer] = {}

    def start(site: Site) -> str:
        if site.url not in running:
            host, _, rest = site.url.removeprefix("http://").partition(":")
            port, _, path = rest.partition("/")
            handler = type("Host", (_StaticHost,), {"prefix": f"/{path}"})
            server = http.server.ThreadingHTTPServer(
                (host, int(port)), functools.partial(handler, directory=str(site.folder))
            )
            threading.Thread(target=server.serve_forever, daemon=True).start()
            running[site.url] = server
        return site.url

    yield start
    for server in running.values():
        server.shutdown()


# ---------------------------------------------------------------- A browser


@pytest.fixture(scope="session")
def browser():
    path = os.environ.get("GUIDE_BROWSER") or shutil.which("chromium")
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-quic"])
        yield started
        started.close()


@pytest.fixture
def reader(browser):
    """Return a function that opens a page as a reader would; at the end, nothing may have gone wrong in the browser.

    Wrong is: a console error, a script error, a failed request, an answer of 400 or more, a foreign origin.
    """
    contexts, faults = [], []

    def open_page(site_url: str, path: str = "", *, expect_404: bool = False, init_script: str = "", **options):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "locale": "kk-KZ"} | options)
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(init_script)
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" and not expect_404 else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        # A request that the reader cut off by going on to another page has not failed.
        page.on("requestfailed", lambda r: None if "ABORTED" in r.failure else faults.append(f"failed: {r.url}"))
        page.on(
            "request",
            lambda r: None if r.url.startswith((site_url, "blob:", "data:")) else faults.append(f"foreign: {r.url}"),
        )
        page.on("response", lambda r: None if r.status < 400 or expect_404 else faults.append(f"{r.status}: {r.url}"))
        page.goto(site_url + path, wait_until="networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults
