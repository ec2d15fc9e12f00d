"""What may stand in the front matter of a page, and what is wrong with what does."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

KEYS = {
    "description": "what the page is for",
    "part": "the part’s name in the navigation, on its index.md",
    "law": "the acts and articles that the page rests on, and the date of the last check",
    "template": "home.html, on the home page",
    "hide": "parts of the frame that the page does without",
    "document": "the kind of the document that the page holds: contract, form, sheet, log or letter",
    "stage": "where in the volunteer’s journey the page stands: before, during, always or after",
    "limit_days": "how long a language may owe a section",
}
TEMPLATES = ("home.html",)
DOCUMENTS = ("contract", "form", "sheet", "log", "letter")  # sheet and log are wide; the rows of a log go on
STAGES = ("before", "during", "always", "after")


def faults(meta: Mapping, needed: Collection[str], acts: Collection[str]) -> Iterator[str]:
    """Yield what is wrong with a front matter: keys that are missing, unknown or misshapen."""
    for key in needed:
        if not isinstance(meta.get(key), str) or not meta[key].strip():
            yield f"the front matter has no `{key}`"
    for key in meta:
        if key not in KEYS:
            yield f"the front matter has an unknown key `{key}`; known are {', '.join(KEYS)}"
    if "template" in meta and meta["template"] not in TEMPLATES:
        yield f"template: must be one of {', '.join(TEMPLATES)}"
    for key, known in (("document", DOCUMENTS), ("stage", STAGES)):
        if key in meta and meta[key] not in known:
            yield f"{key}: must be one of {', '.join(known)}"
    if not isinstance(meta.get("hide", []), list):
        yield "hide: must be a list, like [navigation, toc]"
    if not isinstance(meta.get("limit_days", 1), int):
        yield "limit_days: must be a number of days"
    if "law" in meta:
        yield from _law_faults(meta["law"], acts)


def _law_faults(law: object, acts: Collection[str]) -> Iterator[str]:
    if not isinstance(law, dict):
        yield "law: must hold `checked: 2026-11-22` and `act: [articles]` lines"
        return
    if not isinstance(law.get("checked"), date):
        yield "law: checked: must be a date like 2026-11-22"
    for act, articles in law.items():
        if act == "checked":
            continue
        if act not in acts:
            yield f"law: {act}: no such act; docs/words.yml knows {', '.join(acts)}"
        if not isinstance(articles, list) or not articles:
            yield f'law: {act}: must be a list of articles, like [5, "6-1"]'
