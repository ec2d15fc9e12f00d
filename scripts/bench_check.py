"""Time the gate: on the guide as it is, and on the guide repeated up to a number of pages in each language."""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from guide import model

PARTS = ("docs", "ledger", "mkdocs.yml")


def main(argv: list[str] | None = None) -> int:
    """Print seconds for both; return 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000, help="pages in each language (1000)")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        pages = _repeat(Path(folder), options.pages)
        for name, root, count in (
            ("the guide", model.ROOT, len(model.load().slugs)),
            ("repeated", Path(folder), pages),
        ):
            started = time.perf_counter()
            done = subprocess.run([sys.executable, __file__.replace("bench_", ""), "--root", root], capture_output=True)
            seconds = time.perf_counter() - started
            print(
                f"{name}: {count} pages in each language, {seconds:.2f} s, {seconds / count * 1000:.1f} ms a page, "
                f"exit {done.returncode}"
            )
    return 0


def _repeat(root: Path, pages: int) -> int:
    """Write the guide into `root`, and copies of it below c1/, c2/ …; return how many pages a language has."""
    for part in PARTS:
        source = model.ROOT / part
        if source.exists():
            (shutil.copytree if source.is_dir() else shutil.copy)(source, root / part)
    guide = model.load(root)
    nav = list(guide.nav)
    for copy in range(1, 1 + -(-(pages - len(guide.slugs)) // len(guide.slugs))):
        for page in guide.pages.values():
            path = root / "docs" / page.language / f"c{copy}" / page.slug
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_copied(page.text, copy), "utf-8")
        nav += [f"c{copy}/{slug}" for slug in guide.nav]
    config = (root / "mkdocs.yml").read_text("utf-8")
    before, _, rest = config.partition("\nnav:")
    listed = "".join(f"  - {slug}\n" for slug in nav)
    after = rest.partition("\n\n")[2]
    (root / "mkdocs.yml").write_text(f"{before}\nnav:\n{listed}\n{after}", "utf-8")
    return len(nav)


def _copied(text: str, copy: int) -> str:
    """Return a page with a number in its title; its notes still lead to the one list of sources."""
    text = text.replace("](../reference/sources.md#", "](../../reference/sources.md#")
    text = text.replace("template: home.html", f'part: "{copy}"')
    return re.sub(r"^# ", f"# {copy}. ", text, flags=re.MULTILINE)


if __name__ == "__main__":
    raise SystemExit(main())
