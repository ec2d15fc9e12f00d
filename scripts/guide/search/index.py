"""Sections → the files that engine.js reads: one with the whole index of a language, and small ones with the texts.

The index file is a script, so that a page from a disk can load it too. It brings the engine and the stemmer along: what
a first search needs comes in one answer. Its first line, the head, is enough to find titles while the rest is on its
way: language, pages, titles, anchors. The parts, as small as gzip likes them (`_number` writes a number as a sign):

    stems      every stem in order, each as how many letters it shares with the one before (A = 0, B = 1 …) and the rest
    endings    how a form differs from its stem, the frequent first: letters to cut (base 36), letters to add
    forms      for each stem: how many forms it has, the place of each in `endings`, the frequent forms first
    counts, postings   for each stem: in how many sections its forms stand, or are asked for (docs/search.yml); the gaps
               between them, in Rice's code, six bits a sign (A–Z, a–z, 0–9, +, /): half the size of a byte for each,
               when gzip has been over both
    titles, anchors, lengths   of each section; pages are divided by an empty line. Words of titles are not in postings.
    pages      the address of each page below the root of the language
    texts, held    the names of the files with texts, and how many sections each holds, in order
    terms      bridges, from the glossary and the titles of pages: a term of this language and its other names, “||”,
               its names in the other languages
    common     words that questions are made of; they count for little
    lexicon    Kazakh alone: the weight of each stem, for stems of words that the site does not have
    irregular  Russian and English: words with forms that the Snowball stemmers keep apart
"""

import json
import re
import string
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

import yaml

import kazakh_stemmer
from guide.search.sections import Page, Section, words
from guide.search.stemming import IRREGULAR, stems

HERE = Path(__file__).parent
FOLDER = "search"
_SOURCES = {
    "kk": [Path(kazakh_stemmer.__file__).with_name("stemmer.js")],
    "ru": [HERE / "vendor" / "base-stemmer.js", HERE / "vendor" / "russian-stemmer.js"],
    "en": [HERE / "vendor" / "base-stemmer.js", HERE / "vendor" / "english-stemmer.js"],
}
_REMARK = re.compile(r"(?m)^\s*//.*\n|^\s*/\*(?s:.*?)\*/\s*\n|^\s*\n|^ +")
_TEXTS_TOGETHER = 8000  # letters in a file of texts, unless one section has more
_HYPHENED = re.compile(r"\w+(?:-\w+)+")
_SIX_BITS = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"
_LENGTH_STEP = 8  # lengths of sections are written in so many words


def files(pages: Sequence[Page], language: str, terms: Iterable[Mapping]) -> dict[str, bytes]:
    """Return {name: content} for the folder `search` below the root of a language; the index is the first.

    `terms` name the same in each language, as the glossary of docs/words.yml does: {"kk": …, "ru": …, "en": …, "also":
    {"kk": […]}}. The names of the files carry a hash of the content.
    """
    parts = [part for page in pages for part in _parts(page)]
    texts = [_script("guideSearchText", [location, held]) for location, held in parts]
    names = [_name("text", text) for text in texts]
    head = {
        "language": language,
        "pages": "\n".join(page.address for page in pages),
        "titles": "\n\n".join("\n".join(section.title for section in page.sections) for page in pages),
        "anchors": "\n\n".join("\n".join(section.anchor for section in page.sections[1:]) for page in pages),
    }
    data = _index(pages, language) | {
        "texts": " ".join(names),
        "held": "".join(_number(len(held)) for _, held in parts),
        "terms": "\n".join(_terms(terms, language)),
    }
    first_line = f"var guideSearchHead = {_json(head)}\n".encode()
    index = first_line + _engine(language) + _script("guideSearchIndex", data)
    return {_name("index", index): index} | dict(zip(names, texts, strict=True))


def held(script: str) -> dict[str, str]:
    """Return the parts of an index from its file."""
    head, _, rest = script.partition("\n")
    return json.loads(head[head.index("{") :]) | json.loads(rest[rest.rindex("guideSearchIndex(") + 17 : -1])


def engine(language: str) -> str:
    """Return the script that answers queries in a language, without an index."""
    return _engine(language).decode()


def _parts(page: Page) -> Iterable[tuple[str, list[str]]]:
    """Yield the texts of a page, a few sections together: the location of the first, and the texts."""
    location, held = page.address, []
    for section in page.sections:
        if held and sum(map(len, held)) + len(section.text) > _TEXTS_TOGETHER:
            yield location, held
            location, held = f"{page.address}#{section.anchor}", []
        held.append(section.text)
    yield location, held


@cache
def _engine(language: str) -> bytes:
    sources = [path.read_text("utf-8") for path in [HERE / "engine.js", *_SOURCES[language]]]
    return "\n".join(_REMARK.sub("", source) for source in sources).encode() + b"\n"


def _script(function: str, value) -> bytes:
    return f"{function}({_json(value)})".encode()


def _json(value) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _name(kind: str, content: bytes) -> str:
    return f"{kind}-{sha256(content).hexdigest()[:10]}.js"


# ---------------------------------------------------------------- The index


def _index(pages: Sequence[Page], language: str) -> dict[str, str]:
    sections = [section for page in pages for section in page.sections]
    titles, texts, asked = (
        [words(text) for text in each] for each in zip(*((s.title, s.text, s.asked) for s in sections), strict=True)
    )
    stem_of, known = stems((word for each in (*titles, *texts, *asked) for word in each), language)
    lengths = "".join(_number(len(text) // _LENGTH_STEP) for text in texts)
    frequency = Counter(word for text in texts for word in text)
    groups: dict[str, list[str]] = {}
    for form in sorted(stem_of, key=lambda form: (-frequency[form], form)):
        groups.setdefault(stem_of[form], []).append(form)
    ordered = sorted(groups)
    endings, forms = _forms(ordered, groups)
    standing = _standing(
        {stem_of[word] for word in (*text, *more, *_joined(section)) if word in stem_of}
        for section, text, more in zip(sections, texts, asked, strict=True)
    )
    places = [standing.get(stem, []) for stem in ordered]
    return {
        "lengths": lengths,
        "stems": "".join(_front_coded(ordered)),
        "endings": " ".join(endings),
        "forms": forms,
        "counts": "".join(_number(len(each)) for each in places),
        "postings": _as_signs("".join(_gaps(each, len(sections)) for each in places)),
        "common": yaml.safe_load((HERE / "common.yml").read_text("utf-8"))[language],
        **(_kazakh(known, ordered) if language == "kk" else {"irregular": IRREGULAR[language]}),
    }


def _number(value: int) -> str:
    """Return a number as one sign, which JSON need not escape; the smaller, the fewer bytes."""
    return chr(value + 35 if value < 57 else value + 36)


def _front_coded(ordered: Iterable[str]) -> Iterable[str]:
    before = ""
    for stem in ordered:
        same = 0
        while same < min(len(before), len(stem), 25) and before[same] == stem[same]:
            same += 1
        before = stem
        yield chr(ord("A") + same) + stem[same:]


def _forms(ordered: Iterable[str], groups: Mapping[str, Sequence[str]]) -> tuple[list[str], str]:
    """Return the endings, the most frequent first, and for each stem the number and the endings of its forms."""
    cut = {stem: [_ending(stem, form) for form in groups[stem]] for stem in ordered}
    counted = Counter(ending for each in cut.values() for ending in each)
    endings = sorted(counted, key=lambda ending: (-counted[ending], ending))
    place = {ending: _number(at) for at, ending in enumerate(endings)}
    return endings, "".join(_number(len(each)) + "".join(map(place.get, each)) for each in cut.values())


def _ending(stem: str, form: str) -> str:
    same = 0
    while same < min(len(stem), len(form)) and stem[same] == form[same]:
        same += 1
    cut = len(stem) - same
    return ("0123456789abcdefghijklmnopqrstuvwxyz"[cut] + form[same:]) if cut < 36 else f"z{form}"


def _joined(section: Section) -> list[str]:
    """Return the words of a section with a hyphen as one, which its readers may write so: “non-profit”."""
    return [word.replace("-", "") for word in _HYPHENED.findall(f"{section.title} {section.text}".lower())]


def _standing(sections: Iterable[set[str]]) -> dict[str, list[int]]:
    """Return {stem: the sections in which it stands}, from the stems of each section."""
    found: dict[str, list[int]] = {}
    for section, stems_there in enumerate(sections):
        for stem in stems_there:
            found.setdefault(stem, []).append(section)
    return found


def _gaps(places: Sequence[int], count: int) -> str:
    """Return the gaps between places among `count` sections as bits: ones for the high part, a nought, the low bits."""
    low = _low_bits(len(places), count)
    bits, before = [], -1
    for place in places:
        gap = place - before - 1
        bits.append("1" * (gap >> low) + "0" + (f"{gap & ((1 << low) - 1):0{low}b}" if low else ""))
        before = place
    return "".join(bits)


def _low_bits(places: int, count: int) -> int:
    """Return how many low bits suit the mean gap; engine.js counts the same."""
    low = 0
    while places and 10 * (places << (low + 1)) <= 7 * count:
        low += 1
    return low


def _as_signs(bits: str) -> str:
    bits += "0" * (-len(bits) % 6)
    return "".join(_SIX_BITS[int(bits[at : at + 6], 2)] for at in range(0, len(bits), 6))


def _kazakh(known: Mapping[str, int], ordered: Sequence[str]) -> dict:
    return {
        "table": json.loads(kazakh_stemmer.browser_table()),
        "lexicon": "".join(_number(known.get(stem, 0)) for stem in ordered),
    }


# ---------------------------------------------------------------- Bridges


def titles(pages: Mapping[str, Sequence[Page]]) -> list[dict[str, str]]:
    """Return the titles of pages as terms, from {language: pages}: who asks for “safety briefing” means that page."""
    by_address: dict[str, dict[str, str]] = {}
    for code, found in pages.items():
        for page in found:
            by_address.setdefault(page.address, {})[code] = page.sections[0].title
    return [named for named in by_address.values() if named.keys() == pages.keys()]


def _terms(terms: Iterable[Mapping], language: str) -> Iterable[str]:
    """Return for each term how this language names it, and every other name in every language."""
    for entry in terms:
        also = entry.get("also", {})
        named = {code: [entry[code], *also.get(code, [])] for code in ("kk", "ru", "en")}
        own = _names(named.pop(language))
        foreign = _names(name for names in named.values() for name in names)
        yield "|".join(own) + "||" + "|".join(name for name in foreign if name != own[0])


def _names(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(" ".join(words(name)) for name in names))
