"""Facts: numbers, dates, times, money, addresses and articles of laws agree between languages."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, reduce
from itertools import accumulate
from typing import NamedTuple

from guide.facts import LONGEST, Fact, address, facts, facts_of_page, phone
from guide.markdown import CODE, Section
from guide.model import EMPTY_LINE, Guide, Page
from guide.rules.registry import Finding, rule

FOREIGN = re.compile(r'<(\w+)[^<>]*\slang="(\w+)[^<>]*>([^<]*)</\1>')
MOST = 50  # findings about one text: where more differs, it is another text
COMPOUND = ("date", "article", "sum")
FAR = 3  # blocks or lines: facts further apart do not stand for each other


@dataclass(frozen=True, slots=True)
class Said:
    """A fact where it stands.

    `order` and `row` tell where in the section that is, by its blocks and by its lines: languages mostly share both.
    """

    fact: Fact
    text: str  # as written
    line: int
    order: float
    row: int

    def apart(self, other: "Said") -> float:
        """Return how far from another language's fact this one stands: less than 1 in the same block or line."""
        return min(abs(self.order - other.order), abs(self.row - other.row) + abs(self.order % 1 - other.order % 1))


@dataclass
class Text:
    """What is compared: a section, a description or a definition in one language."""

    path: str
    language: str
    line: int
    source: str  # of the whole page, to find the line of a fact in a long paragraph
    lines: list[int] = field(default_factory=list)  # of its blocks
    said: list[Said] = field(default_factory=list)

    def place(self, said: Said) -> int:
        """Return the line of a fact, which may stand some lines below the first of its paragraph."""
        for number, row in enumerate(self.source.split("\n")[said.line - 1 :], said.line):
            if len(row) > LONGEST or not row.strip():
                break
            if said.text in " ".join(row.split()):
                return number
        return said.line


@rule
def same_facts(guide: Guide) -> Iterator[Finding]:
    """A number, a date, a price, a phone, an address or an article of a law is the same in every language, so that
    no reader comes on the wrong day or relies on the wrong rule.

    Correct the language that is wrong, or add the fact where it is missing. Sections compare by anchor, and each
    language writes facts in its own way: «12 500» and “12,500”, «пятьдесят шесть» and 56, «12-бап» and “Article 12”.
    Words like “one”, “first”, “second” and “both” may be left out; digits and words for greater numbers may not.
    """
    for slug in guide.slugs:
        for texts in _compared_texts(guide.topic(slug)):
            yield from _differences(texts)
    glossary = guide.words.get("glossary") if not guide.pages_only else None
    for key, entry in glossary.items() if isinstance(glossary, dict) else ():
        for path, line, message in _differences(_definition(entry)):
            yield path, line, f"glossary: {key}: definition: {message}"


# ---------------------------------------------------------------- What is compared


class Reading(NamedTuple):
    """What a section says. A page is read at once: one long text costs much less than a hundred short ones."""

    page: Page
    section: Section
    start: int  # where the section begins in the joined text of the page
    facts: tuple[Fact, ...]  # of its prose; they stand where the joined text has them


def _compared_texts(topic: dict[str, Page]) -> Iterator[list[Text]]:
    """Yield the description and each section of a topic in the languages that have them."""
    yield [_description(page) for page in topic.values() if page.meta.get("description")]
    readings: dict[str, dict[str, Reading]] = {}
    for code, page in topic.items():
        for reading in _readings(page):
            readings.setdefault(reading.section.anchor, {}).setdefault(code, reading)
    for anchor, both in readings.items():
        if anchor and len(both) > 1 and not _alike([_without_places(reading) for reading in both.values()]):
            yield [_section(reading) for reading in both.values()]


def _readings(page: Page) -> Iterator[Reading]:
    """Yield what each section of a page says."""
    texts = [text[:LONGEST] for text in page.section_texts]
    found = facts_of_page(EMPTY_LINE.join(texts), page.language)
    starts = [fact.start for fact in found]
    first = begin = 0
    for section, text in zip(page.document.sections, texts, strict=True):
        end = begin + len(text) + len(EMPTY_LINE)
        last = bisect_left(starts, end, first)
        yield Reading(page, section, begin, found[first:last])
        first, begin = last, end


def _without_places(reading: Reading) -> list[Fact]:
    """Return the facts of a section and its links. Their places are worked out only where languages differ."""
    section = reading.section
    links = [found for link in section.links if ":" in link.target and (found := _address(link.target))]
    foreign = [fact for _, words, language in _foreign(section) for fact in facts(words, language)]
    return [*reading.facts, *links, *foreign]


def _description(page: Page) -> Text:
    line = next((n for n, row in enumerate(page.text.split("\n"), 1) if row.startswith("description:")), 1)
    text = Text(page.path, page.language, line, page.text)
    _read(text, str(page.meta["description"]), line, page.language)
    return text


def _section(reading: Reading) -> Text:
    page, section = reading.page, reading.section
    text = Text(page.path, page.language, section.line, page.text, [prose.line for prose in section.prose])
    lengths = (len(prose.text) + len(EMPTY_LINE) for prose in section.prose)
    begins = list(accumulate(lengths, initial=reading.start))
    for fact in reading.facts:
        block = bisect_right(begins, fact.start) - 1
        _note(text, block, section.prose[block].text, fact, begins[block])
    for number, link in enumerate(section.links):
        if found := _address(link.target):
            order = len(section.prose) + number / len(section.links)
            row = link.line - text.line
            text.said += [Said(each, link.target, link.line, order, row) for each in (found, _site(link.target))]
    for line, words, language in _foreign(section):
        _read(text, words, line, language)
    return text


def _read(text: Text, words: str, line: int, language: str) -> None:
    """Note the facts of a block."""
    text.lines.append(line)
    for fact in facts(words, language):
        _note(text, len(text.lines) - 1, words, fact)


def _note(text: Text, block: int, words: str, fact: Fact, begin: int = 0) -> None:
    """Note a fact of a block whose words begin at `begin`, where places count from."""
    start, end, line = fact.start - begin, fact.end - begin, text.lines[block]
    text.said.append(Said(fact, words[start:end], line, block + start / (len(words) + 1), line - text.line))


@cache
def _address(target: str) -> Fact | None:
    """Return the address to which a link leads; links inside the guide have a rule of their own."""
    scheme, _, rest = target.partition(":")
    if scheme.lower() in ("http", "https"):
        whole = f"link:{address(target)}"
    elif scheme.lower() in ("mailto", "tel"):
        whole = phone(rest) if scheme.lower() == "tel" else address(target).lower()
    else:
        return None
    return Fact(0, 0, "address", whole, (whole,))


def _site(target: str) -> Fact:
    """Return the site of a link: a language may name it in words where another writes example.org."""
    site = "//" + address(target)[2:].partition("/")[0].lower()
    return Fact(0, 0, "address", site, (site,), loose=True)


def _foreign(section: Section) -> Iterator[tuple[int, str, str]]:
    """Yield (line, words, language) of what is marked as another language: it is not in the prose, but it is read."""
    if ' lang="' in section.source:
        source = CODE.sub(lambda code: "\n" * code[0].count("\n"), section.source)
        line, end = section.line + 1, 0
        for found in FOREIGN.finditer(source):
            line, end = line + source.count("\n", end, found.start()), found.start()
            yield line, found[3], found[2]


def _definition(entry: object) -> list[Text]:
    """Return the definition of a term of the glossary in each language."""
    definitions = entry.get("definition") if isinstance(entry, dict) else None
    texts = []
    for code, words in definitions.items() if isinstance(definitions, dict) else ():
        texts.append(Text("docs/words.yml", code, 1, ""))
        _read(texts[-1], str(words), 1, code)
    return texts


# ---------------------------------------------------------------- Comparing

Values = dict[str, list[Said]]  # what compares → where it is said


def _differences(texts: list[Text]) -> Iterator[Finding]:
    """Yield what one language says and another does not."""
    if len(texts) < 2 or _alike([[said.fact for said in text.said] for text in texts]):
        return
    values = _comparable(texts)
    extra: list[list[Odd]] = [[] for _ in texts]
    lacking: list[list[Odd]] = [[] for _ in texts]
    for value in {value: None for each in values for value in each}:
        for place, (more, less) in enumerate(_compare(value, [each.get(value, []) for each in values])):
            extra[place] += more
            lacking[place] += less
    for place in range(len(texts)):
        yield from _problems(texts, place, extra[place], lacking[place])


def _alike(languages: list[list[Fact]]) -> bool:
    """Tell whether all say the same in full: almost always so, and quick to see."""
    first, *others = [sorted([fact.whole for fact in each if not fact.loose]) for each in languages]
    return all(other == first for other in others)


def _comparable(texts: list[Text]) -> list[Values]:
    """Return, for each language, the facts that compare: whole ones, or the parts of those that differ."""
    wholes = [Counter(said.fact.whole for said in text.said if _has_parts(said.fact)) for text in texts]
    rest = [each - reduce(Counter.__and__, wholes) for each in wholes]
    swapped = _swapped(texts, rest)
    values: list[Values] = []
    for text, left in zip(texts, rest, strict=True):
        values.append({})
        for said in text.said:
            fact = said.fact
            if _has_parts(fact):
                left[fact.whole] -= 1
                if left[fact.whole] < 0:  # all the others say it too
                    continue
            for part in (fact.whole,) if fact.kind in swapped else fact.parts:
                values[-1].setdefault(part, []).append(said)
    return values


def _has_parts(fact: Fact) -> bool:
    return fact.whole != fact.parts[0]


def _swapped(texts: list[Text], rest: list[Counter]) -> set[str]:
    """Return the kinds of facts whose parts are the same in all, but in another order: 12(3)(5), 12(5)(3)."""
    known = {said.fact.whole: said.fact for text in texts for said in text.said}
    kinds = set()
    for kind in ("date", "article"):
        mine = [[known[whole] for whole in each.elements() if known[whole].kind == kind] for each in rest]
        sizes = {len(fact.parts) for each in mine for fact in each}
        parts = [sorted(part for fact in each for part in fact.parts) for each in mine]
        if len(sizes) == 1 and all(each == parts[0] for each in parts) and (kind, sizes) != ("date", {2}):
            kinds.add(kind)
    return kinds


@dataclass(frozen=True)
class Odd:
    """Something that a language says and `others` do not, or that it does not say and others do."""

    value: str
    said: Said
    others: list[int]
    ours: bool = True  # it is for this language to mend


def _compare(value: str, said: list[list[Said]]) -> list[tuple[list[Odd], list[Odd]]]:
    """Return, for each language, where it says a value too often, and where others say it and this one does not."""
    ranges = [_range(value, each, [other for other in said if other is not each]) for each in said]
    if max(low for low, _ in ranges) <= min(high for _, high in ranges):
        return [([], []) for _ in said]
    usual = max(
        sorted({number for each in ranges for number in each}),
        key=lambda number: sum(low <= number <= high for low, high in ranges),
    )
    firm = [[each for each in all_said if not each.fact.loose] for all_said in said]
    result = []
    for place, (low, high) in enumerate(ranges):
        fewer = [other for other, (_, top) in enumerate(ranges) if top < low]
        more = [other for other, (bottom, _) in enumerate(ranges) if bottom > high]
        extra = _odd(firm[place], [said[other] for other in fewer], low - usual)
        lacks = _odd(firm[more[0]], [said[place]], ranges[more[0]][0] - high) if more else []
        odd = [Odd(value, each, more, number < usual - high) for number, each in enumerate(lacks)]
        result.append(([Odd(value, each, fewer) for each in extra], odd))
    return result


def _range(value: str, said: list[Said], others: list[list[Said]]) -> tuple[int, int]:
    """Return how often a value is said at least and at most. Of names (a month, %, a site) only whether they are.

    “One” may be the 1 that another language says near the same block, but never its 1 January.
    """
    low, high = sum(not each.fact.loose for each in said), len(said)
    if not value[0].isdigit() and not value.startswith("link:"):
        return min(low, 1), min(high, 1)
    if low < high:
        firm = [[each for each in other if not each.fact.loose and each.fact.kind not in COMPOUND] for other in others]
        near = _near([each for each in said if each.fact.loose], firm, (-1, 0, 1))
        high = low + min(sum(near), max(map(len, firm), default=0))
    return low, high


def _odd(mine: list[Said], theirs: list[list[Said]], count: int) -> list[Said]:
    """Return those that most likely are the difference: others do not say so in the same block or line."""
    near = _near(mine, theirs, (0,))
    return [mine[place] for place in sorted(range(len(mine)), key=near.__getitem__)][: max(count, 0)]


def _near(mine: list[Said], theirs: list[list[Said]], steps: Iterable[int]) -> list[bool]:
    """Tell of each fact whether others say one in the same block or line, or so many steps away."""
    blocks = {int(said.order) for each in theirs for said in each}
    rows = {said.row for each in theirs for said in each}
    return [any(int(said.order) + step in blocks or said.row + step in rows for step in steps) for said in mine]


# ---------------------------------------------------------------- Saying it


def _problems(texts: list[Text], place: int, extra: list[Odd], lacking: list[Odd]) -> Iterator[Finding]:
    """Yield a finding for each difference; what stands instead of something else is one difference, not two."""
    text = texts[place]
    lacking = sorted(lacking, key=lambda odd: odd.said.order)[:MOST]
    for odd in sorted(extra, key=lambda odd: odd.said.order)[:MOST]:
        if instead := _instead(odd, lacking):
            lacking.remove(instead)
            have = f"{_have(texts, instead.others)} “{instead.said.text}”"
            message = f"where {have} ({_where(texts[instead.others[0]], instead.said)}); correct what is wrong"
        else:
            there = [f"{texts[other].path}:{_line_of(texts[other], odd.said, text)}" for other in odd.others]
            message = f"is not in {' and '.join(there)}; add it there or take it out here"
        yield text.path, text.place(odd.said), f"“{odd.said.text}” {message}"
    for odd in lacking:
        if odd.ours:
            other = texts[odd.others[0]]
            has = f"{_have(texts, odd.others)} it ({_where(other, odd.said)})"
            message = f"“{odd.said.text}” is missing; {has}; add it here or take it out there"
            yield text.path, _line_of(text, odd.said, other), message


def _instead(odd: Odd, lacking: list[Odd]) -> Odd | None:
    """Return what other languages probably say where one says this."""
    alike = [lack for lack in lacking if lack.value != odd.value and _same_sort(lack.said.fact, odd.said.fact)]
    nearest = min(alike, key=lambda lack: lack.said.apart(odd.said), default=None)
    return nearest if nearest and nearest.said.apart(odd.said) < FAR else None


def _same_sort(one: Fact, other: Fact) -> bool:
    return (one.kind == "address") == (other.kind == "address")


def _where(text: Text, said: Said) -> str:
    return f"{text.path}:{text.place(said)}"


def _line_of(text: Text, said: Said, other: Text) -> int:
    """Return the line of a text where something that another language says would stand."""
    order = int(said.order)
    return text.lines[order] if len(text.lines) == len(other.lines) and order < len(text.lines) else text.line


def _have(texts: list[Text], places: list[int]) -> str:
    return " and ".join(texts[place].language for place in places) + (" have" if len(places) > 1 else " has")
