"""What `scripts/check.py` does with the rules: run them, fast on a large guide, and print what they find."""

import argparse
import difflib
import gc
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator

from guide import fixes, model, rules
from guide.model import Guide
from guide.rules import Problem
from guide.rules.law import resting_on

LARGE = 40  # topics; below this a second process costs more than it saves
SMALLEST_PART, LARGEST_PART = 10, 60


def run(options: argparse.Namespace) -> int:
    """Do what the options of check.py ask for; return its exit status. Raises GuideError."""
    if options.list:
        width = max(map(len, rules.RULES))
        print("\n".join(f"{rule.name:{width}}  {rule.promise}" for rule in rules.RULES.values()))
        return 0
    if options.explain:
        rule = rules.RULES[options.explain]
        print(f"{rule.name}\n\n{rule.promise}\n\n{rule.advice}")
        return 0
    gc.disable()  # a short run that drops nothing: collecting would only cost time
    guide = model.load(options.root)
    if options.law:
        return _law(guide, options.law)
    if options.fix:
        _fix(guide)
        guide = model.load(options.root)
    problems = check(_limited(guide, options.paths), options.rule)
    wanted = {_docs_path(path, guide) for path in options.paths}
    problems = [problem for problem in problems if not wanted or problem.path in wanted]
    print(FORMATS[options.format](problems), end="")
    return 1 if problems else 0


def check(guide: Guide, names: list[str] | None = None) -> list[Problem]:
    """Return every problem, as rules.check does, with a process for each processor when the guide is large."""
    if len(guide.slugs) < LARGE or not hasattr(os, "fork"):
        return rules.check(guide, names)
    import multiprocessing  # a small guide does without

    _shared["guide"], _shared["names"] = guide, names
    processes = os.cpu_count() or 1
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        found = pool.imap_unordered(_check_part, _parts(len(guide.slugs), processes))
        return sorted({problem for problems in found for problem in problems})


_shared: dict = {}  # what the forked processes inherit instead of receiving it


def _parts(topics: int, processes: int) -> Iterator[tuple[int, int]]:
    """Yield (first, end) of parts that grow smaller towards the end, so that no processor waits long for another."""
    first = 0
    while first < topics:
        end = first + min(max((topics - first) // (4 * processes), SMALLEST_PART), LARGEST_PART)
        yield first, min(end, topics)
        first = end


def _check_part(part: tuple[int, int]) -> list[Problem]:
    guide, (first, end) = _shared["guide"], part
    return rules.check(guide.limited(guide.slugs[first:end], pages_only=first > 0), _shared["names"])


# ---------------------------------------------------------------- Which pages


def _docs_path(path: str, guide: Guide) -> str:
    """Return a path given on the command line as the guide knows it: docs/kk/context/law.md. Raises GuideError."""
    name = os.path.normpath(path).replace(os.sep, "/")
    if guide.root and os.path.isabs(path):
        name = os.path.relpath(path, guide.root).replace(os.sep, "/")
    known = {page.path for page in guide.pages.values()} | {model.WORDS, "mkdocs.yml"}
    if name not in known:
        raise model.GuideError(f"{path}: the guide has no such page; give a path like docs/kk/context/law.md")
    return name


def _limited(guide: Guide, paths: Iterable[str]) -> Guide:
    names = [_docs_path(path, guide) for path in paths]
    slugs = [page.slug for page in guide.pages.values() if page.path in names]
    return guide.limited(slugs) if names and len(slugs) == len(names) else guide


# ---------------------------------------------------------------- Formats


def _text(problems: list[Problem]) -> str:
    if not problems:
        return "The guide keeps every rule.\n"
    lines = [str(problem) for problem in problems]
    for name in sorted({problem.rule for problem in problems}):
        rule = rules.RULES[name]
        lines += ["", f"{name}: {rule.promise}", f"  What to do: {rule.advice}"]
    return "\n".join([*lines, "", f"{len(problems)} problems", ""])


def _json(problems: list[Problem]) -> str:
    found = [
        {
            "path": problem.path,
            "line": problem.line,
            "rule": problem.rule,
            "what": problem.message,
            "why": rules.RULES[problem.rule].promise,
            "what_to_do": rules.RULES[problem.rule].advice,
        }
        for problem in problems
    ]
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _github(problems: list[Problem]) -> str:
    """Return workflow commands, which GitHub shows on the lines of a pull request."""
    return "".join(
        f"::error file={_escaped(problem.path, ':,')},line={problem.line},title={problem.rule}::"
        + _escaped(f"{problem.message}. {rules.RULES[problem.rule].promise} {rules.RULES[problem.rule].advice}")
        + "\n"
        for problem in problems
    )


def _escaped(text: str, more: str = "") -> str:
    for sign in "%\r\n" + more:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


FORMATS: dict[str, Callable[[list[Problem]], str]] = {"text": _text, "json": _json, "github": _github}


# ---------------------------------------------------------------- Law and fixes


def _law(guide: Guide, asked: str) -> int:
    act, _, article = asked.partition(" ")
    if act not in guide.words.get("acts", {}):
        raise model.GuideError(f"{act}: no such act; docs/words.yml knows {', '.join(guide.words.get('acts', {}))}")
    for path, line, text in resting_on(guide, act, article.strip()):
        print(f"{path}:{line}: {text}")
    return 0


def _fix(guide: Guide) -> None:
    """Write the mended files and show what changed; line ends of Windows and byte order marks go too."""
    mended = fixes.fixed(guide)
    for path, text in ({page.path: page.text for page in guide.pages.values()} | mended).items():
        file = guide.root / path
        before = file.read_bytes().decode("utf-8")
        if before != text:
            lines = before.splitlines(keepends=True), text.splitlines(keepends=True)
            sys.stdout.writelines(difflib.unified_diff(*lines, path, path))
            file.write_text(text, "utf-8", newline="\n")
