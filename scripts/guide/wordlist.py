"""docs/words.yml → words, and one clear sentence for every entry that is not what the rest of the project relies on."""

from collections.abc import Iterator, Mapping
from datetime import date

import yaml

from guide.safe_yaml import LOADER, alias

LANGUAGE_GROUPS = ("interface", "acts", "status", "glossary")


class _Unique(LOADER):
    """A YAML loader for which a key that stands twice is an error, not the last one right."""

    def construct_mapping(self, node, deep=False):
        seen = {}
        for key, _ in node.value:
            if key.value in seen:
                first = seen[key.value] + 1
                raise yaml.YAMLError(f"line {key.start_mark.line + 1}: “{key.value}” stands already in line {first}")
            seen[key.value] = key.start_mark.line
        return super().construct_mapping(node, deep)


def read(text: str) -> dict:
    """Return the words of docs/words.yml. Raises yaml.YAMLError, or ValueError with every misshapen entry."""
    if found := alias(text):
        raise ValueError(f"line {found[1] + 1}: *{found[0]} stands for other lines; write them out")
    words = yaml.load(text, Loader=_Unique)
    if isinstance(words, dict) and (faults := list(_faults(words))):
        raise ValueError("; ".join(faults))
    return words


def _faults(words: dict) -> Iterator[str]:
    for group in LANGUAGE_GROUPS:
        entries = words.get(group, {})
        if not isinstance(entries, dict):
            yield f"{group}: must hold `key: {{kk: …, ru: …, en: …}}` entries"
            continue
        for key, entry in entries.items():
            if not isinstance(entry, dict):
                yield f"{group}: {key}: must be {{kk: …, ru: …, en: …}}"
            elif group == "glossary":
                yield from (f"glossary: {key}: {fault}" for fault in _term_faults(entry))
            elif group == "acts" and not isinstance(entry.get("version", date.min), date):
                yield f"acts: {key}: version must be a date like 2024-01-01"


def _term_faults(entry: Mapping) -> Iterator[str]:
    for code in ("kk", "ru", "en"):
        if code in entry and not any(sign.isalpha() for sign in str(entry[code])):
            yield f"{code}: must be a word"
    also = entry.get("also", {})
    if not isinstance(also, dict) or not all(isinstance(forms, list) for forms in also.values()):
        yield "also: must be lists by language, like {kk: [ерікті], ru: [доброволец]}"
    if not isinstance(entry.get("definition", {}), dict):
        yield "definition: must be {kk: …, ru: …, en: …}"
    if not isinstance(entry.get("articles", []), list):
        yield "articles: must be a list, like [5, 6]"
