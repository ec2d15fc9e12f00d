"""Search the guide as its readers do: `python scripts/search.py --language kk "сұрау"`, in the order of the browser."""

import argparse
import json
import re
import sys
from dataclasses import asdict
from html import unescape
from pathlib import Path

from guide import model
from guide.search.console import Answer, Console, fresh_site

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("query", help="what a reader types")
    parser.add_argument("--language", choices=("kk", "ru", "en"), default="kk", help="of the pages (kk)")
    parser.add_argument("--limit", type=int, default=10, help="at most so many results (10)")
    parser.add_argument("--json", action="store_true", help="everything that is known of each result, as JSON")
    parser.add_argument("--site", type=Path, help="a built site (site/, or one that is built for this)")
    given = parser.parse_args()
    try:
        site = given.site or fresh_site(ROOT)
        answer = Console(site, model.load(ROOT).language(given.language)).search(given.query)
    except model.GuideError as error:
        print(error, file=sys.stderr)
        return 2
    except FileNotFoundError as error:
        print(f"{given.site} is no built site: {error.filename} is missing; run make build", file=sys.stderr)
        return 2
    results = [result for result in answer.results if given.json or not result.hidden][: given.limit]
    if given.json:
        print(json.dumps(asdict(answer) | {"results": list(map(asdict, results))}, ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(answer, results)))
    return 0 if results else 1


def _lines(answer: Answer, results: list) -> list[str]:
    said = [
        ("shown as if typed", answer.shown),
        ("also found by", answer.also),
        ("not found", ", ".join(answer.missing)),
    ]
    lines = [f"({what}: {text})" for what, text in said if text]
    for number, result in enumerate(results, 1):
        title = result.page if result.title == result.page else f"{result.page} › {result.title}"
        excerpt = unescape(re.sub("</?mark>", "*", result.excerpt))
        lines.append(f"{number}. {title}\n   {result.location or '.'}  ({result.score:.0f})\n   {excerpt}")
    return lines or ["Nothing was found."]


if __name__ == "__main__":
    sys.exit(main())
