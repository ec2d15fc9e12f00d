"""What scripts/downloads.py does: choose files, make those that have changed, put them where they are wanted."""

import os
import subprocess
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from guide import downloads, drawings, model, press, site
from guide.downloads import File, Made
from guide.press import Press

MEGABYTE = 1024 * 1024


def run(options: Namespace) -> int:
    """Write the files that the options of the command ask for; return 0. Raises GuideError."""
    guide = model.load(options.root)
    known = [language.code for language in guide.languages]
    if unknown := set(options.language or ()) - set(known):
        raise model.GuideError(f"--language {', '.join(sorted(unknown))}: the guide is in {', '.join(known)}")
    files = [file for file in [*downloads.plan(guide), *downloads.copies(guide)] if _is_wanted(file, options)]
    public = site.public(os.environ.get("SITE_URL", ""))
    made_from = press.of(guide, (), {}, public)
    cache = guide.root / ".cache" / "downloads"
    found = press.recall(cache, made_from.state, files)
    if found is None:
        found = _made(_with_markdown(made_from), cache, files)
    downloads.put(found, options.out)
    (options.out / downloads.MANIFEST).write_text(made_from.manifest(found), "utf-8")
    print(f"{len(found)} files, {sum(each.bytes for each in found) / MEGABYTE:.1f} MB, in {options.out}")
    return 0


def _is_wanted(file: File, options: Namespace) -> bool:
    is_spoken = not options.language or set(file.languages) & set(options.language)
    is_kind = not options.kind or file.kind in options.kind
    return bool(is_spoken) and is_kind and (not options.only or file.format in options.only)


def _with_markdown(made_from: Press) -> Press:
    """Return the press with the Markdown extensions of mkdocs.yml, which takes MkDocs a second to read."""
    from mkdocs.config import load_config

    config = load_config(str(made_from.guide.root / "mkdocs.yml"))
    configs = {**config.mdx_configs, "pymdownx.superfences": {"custom_fences": [drawings.FENCE]}}
    named = tuple(each for each in config.markdown_extensions if isinstance(each, str))
    return replace(made_from, extensions=named, configs=configs)


def _made(made_from: Press, cache: Path, files: Iterable[File]) -> list[Made]:
    """Return the files, made; a copy of the site is made from the site, which holds the sizes of all other files."""
    early = [file for file in files if file.kind != "offline"]
    late = [file for file in files if file.kind == "offline"]
    found = press.get(made_from, cache, early, _tell)
    if late and not press.recall(cache, made_from.state, late):
        print("the site, for its copies to carry away …", flush=True)
        _build_site(made_from.guide.root)
    return [*found, *(press.recall(cache, made_from.state, late) or ())]


def _build_site(root: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder]
        environment = os.environ | {"GUIDE_DOWNLOADS": "1", "NO_MKDOCS_2_WARNING": "1"}
        done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise model.GuideError(f"the site cannot be built:\n{done.stderr.strip()}")


def _tell(place: int, count: int, made: Made) -> None:
    print(f"[{place}/{count}] {made.file.name} {made.bytes / MEGABYTE:.2f} MB", flush=True)
