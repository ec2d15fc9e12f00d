"""The law: a page says which articles it rests on and when they were last read, so that a change of law finds it."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from guide import ledger
from guide.model import WORDS, Guide, Page
from guide.rules.registry import Finding, rule

SOURCES = "reference/sources.md"
DAYS = 180  # for which a reading of the law is good
# How the languages name articles: Articles 5(1) and 6, 7–11; статьи 5 и 6; 5 және 6-баптар.
DIGIT = re.compile(r"\d")
NUMBER = r"\d{1,4}(?:-\d{1,3})?(?!\d)"
BETWEEN = r"(?:\s*[,–]\s*|\s+(?:and|и|және)\s+)"
ONE = re.compile(rf"\b(?:Article|Art\.)\s+({NUMBER})")
MANY = re.compile(
    rf"\b(?:Articles|Arts\.|[Сс]тат(?:ья|ьи|ье|ью|ьей|ей|ьям|ьях|ьями)|[Сс]т\.)\s+"
    rf"({NUMBER}(?:{BETWEEN}{NUMBER}(?![-\w)])){{0,9}})"
)
KAZAKH = re.compile(rf"(?<![\w-])((?:{NUMBER}{BETWEEN}){{0,9}})({NUMBER})-ба[бп](тар)?")
PARTS_OF_ARTICLE = re.compile(r"\(\d[\d\s,–-]*\)")
RANGE = re.compile(r"(?<![\d-])(\d{1,4})\s*–\s*(\d{1,4})(?![\d-])")
LONGEST = 20_000  # signs of a paragraph; what is longer was not written for people
YEAR = re.compile(r"(?:19|20)\d\d")

Acts = Mapping[str, set[str]]  # {act: its articles}


@rule
def law_checked(guide: Guide) -> Iterator[Finding]:
    """A page that rests on law names the articles and the day on which a person last read them, not more than 180 days
    ago, so that a change of law finds the page before it misleads a reader.

    Write under `law:` in the front matter, the same in every language, `checked:` with the day and each act with the
    list of articles that the page’s notes cite; the acts are those of docs/words.yml. When the check is old, open the
    current text, mend the page and write the new day. `python scripts/check.py --law "volunteer-law 12"` lists what
    rests on an article.
    """
    known = guide.words.get("acts") or {}
    day = ledger.today()
    for slug in guide.slugs:
        topic = guide.topic(slug)
        for page in topic.values():
            for line, message in _of_page(page, known, day):
                yield page.path, line, message
            first = next(iter(topic.values()))
            if _comparable(page.meta.get("law")) != _comparable(first.meta.get("law")):
                yield page.path, _line(page, "law"), f"law: is not the same as in {first.path}"


def _of_page(page: Page, known: Mapping, day: date) -> Iterator[tuple[int, str]]:
    """Yield (line, message) for what is wrong with the law of one page. The rule `front-matter` sees to its form."""
    law = page.meta.get("law") if isinstance(page.meta.get("law"), dict) else {}
    named, notes = _acts(law), list(_notes(page, known))
    if isinstance(law.get("checked"), date):
        yield from _of_check(page, law["checked"], day)
    for act in named:
        for article in sorted(each for each in named[act] if not re.fullmatch(NUMBER, each)):
            yield _line(page, act), f'law: {act}: {article} is not the number of an article, like 5 or "6-1"'
    for line, act, articles in notes:
        if articles and act not in named:  # a note on the act as a whole, its version say, names no rule of it
            yield line, f"the note cites {act}, which `law:` in the front matter does not name"
        for article in sorted(articles - named.get(act, articles), key=_order):
            yield line, f"the note cites article {article} of {act}; add it to `law:` in the front matter"
    yield from _not_cited(page, {act: named[act] for act in named if act in known}, notes)


def _of_check(page: Page, checked: date, day: date) -> Iterator[tuple[int, str]]:
    days = day.toordinal() - checked.toordinal()
    if days > DAYS:
        yield _line(page, "checked"), f"law: last checked {days} days ago; read the current text, write the new day"
    elif days < -1:  # a day of difference is the other side of the Earth
        yield _line(page, "checked"), f"law: checked on {checked}, a day to come"


def _not_cited(page: Page, named: Acts, notes: list) -> Iterator[tuple[int, str]]:
    """Yield what the front matter names without need; an article that only the running text names is needed."""
    cited: dict[str, set[str]] = defaultdict(set)
    for _, act, articles in notes:
        cited[act] |= articles
    for act, articles in named.items():
        spare = {each for each in articles - cited.get(act, set()) if re.fullmatch(NUMBER, each)}
        if act not in cited:
            yield _line(page, act), f"law: no note of the page cites {act}; add the note, or take the act out"
        elif spare and (spare := spare - _mentioned(page)):
            listed = ", ".join(sorted(spare, key=_order))
            yield _line(page, act), f"law: {act}: the page does not cite {listed}; cite it, or take it out"


# ---------------------------------------------------------------- What a page cites


def _notes(page: Page, known: Mapping) -> Iterator[tuple[int, str, set[str]]]:
    """Yield (line, act, articles) for every act that a footnote links to."""
    if "sources.md#" not in page.text:
        return
    acts = {target: act for target, (slug, act) in page.targets.items() if slug == SOURCES}
    links = [link for link in page.document.links if link.target in acts]
    prose = [each for section in page.document.sections for each in section.prose] if links else []
    lines = [each.line for each in prose]
    of_note: dict[int, list] = defaultdict(list)
    for link in links:
        place = bisect_right(lines, link.line) - 1
        if place >= 0 and prose[place].kind == "note":
            of_note[place].append(link)
    for place, found in of_note.items():
        shares = _shares(prose[place].text, [link.text for link in found])
        for link, words in zip(found, shares, strict=True):
            if acts[link.target] in known:
                yield prose[place].line, acts[link.target], articles(words)


def _shares(text: str, links: list[str]) -> list[str]:
    """Return for each link the words of the note about its act: those after it, or before it when they come first."""
    starts, ends, position = [], [], 0
    for link in links:
        starts.append(max(text.find(link, position), position))
        position = starts[-1] + len(link)
        ends.append(position)
    if articles(text[: starts[0]]):
        return [text[begin:end] for begin, end in zip([0, *ends], ends, strict=False)]
    return [text[begin:end] for begin, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _mentioned(page: Page) -> set[str]:
    """Return the articles that the running text names, without saying of which act."""
    prose = (each for section in page.document.sections for each in section.prose if each.kind != "note")
    return {article for each in prose for article in articles(each.text)}


def articles(text: str) -> frozenset[str]:
    """Return the numbers of the articles that a text in any of our languages names."""
    if not DIGIT.search(text):
        return frozenset()
    text = PARTS_OF_ARTICLE.sub("", text[:LONGEST])
    lists = []
    if "Art" in text or "ст" in text or "Ст" in text:
        lists += [match[1] for match in ONE.finditer(text)] + [match[1] for match in MANY.finditer(text)]
    if "-ба" in text:
        lists += [match[1] + match[2] if match[3] else match[2] for match in KAZAKH.finditer(text)]
    found = {number for each in lists for number in re.findall(NUMBER, each) if not YEAR.fullmatch(number)}
    for first, last in (match for each in lists for match in RANGE.findall(each)):
        if int(last) - int(first) < 100:
            found |= {str(number) for number in range(int(first), int(last))}
    return frozenset(found)


# ---------------------------------------------------------------- What rests on an article


def resting_on(guide: Guide, act: str, article: str = "") -> list[tuple[str, int, str]]:
    """Return (path, line, text) of every place in the guide that rests on an article, or on any of the act.

    A place is a mark of a note that cites it; where a page only names it, the front matter; a term of the glossary.
    """
    wanted = re.match(NUMBER, article)
    numbers = {wanted[0]} if wanted else set()
    pages = (page for slug in guide.slugs for page in guide.topic(slug).values())
    places = [place for page in pages for place in _in_page(page, act, numbers)]
    for key, entry in guide.words.get("glossary", {}).items():
        if entry.get("act") == act and numbers <= set(map(_number, entry.get("articles", []))):
            places.append((WORDS, guide.line_of_word("glossary", key), f"glossary: {key}"))
    return places


def _in_page(page: Page, act: str, numbers: set[str]) -> Iterator[tuple[str, int, str]]:
    law = page.meta.get("law")
    named = _acts(law) if isinstance(law, dict) else {}
    cited = {line for line, each, found in _notes(page, {act: ""}) if each == act and numbers <= found}
    labels = {label for label, line in page.document.footnotes.items() if line in cited}
    prose = (each for section in page.document.sections for each in section.prose)
    notes = {each.line: each.text for each in prose if each.kind == "note"}
    marks = [(label, line) for label, line in page.document.footnote_marks if label in labels]
    for label, line in marks:
        section = [section for section in page.document.sections if section.line <= line][-1]
        yield page.path, line, f"{section.title}: {notes[page.document.footnotes[label]]}"
    if not marks and act in named and numbers <= named[act]:
        yield page.path, _line(page, act), f"{page.title}: law: {act}: {', '.join(sorted(named[act], key=_order))}"


# ---------------------------------------------------------------- The front matter


def _acts(law: Mapping) -> Acts:
    """Return {act: articles} of a front matter, as far as it can be read."""
    return {
        str(act): set(map(_number, each)) for act, each in law.items() if act != "checked" and isinstance(each, list)
    }


def _comparable(law: object) -> object:
    """Return what the languages must share; what is misshapen, perhaps a YAML bomb, the rule `front-matter` names."""
    if not isinstance(law, dict):
        return law is None
    return law["checked"] if isinstance(law.get("checked"), date) else None, _acts(law)


def _number(value: object) -> str:
    return str(value) if isinstance(value, int | float | str) else "?"


def _order(article: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", article)]


def _line(page: Page, key: str) -> int:
    """Return the line of the front matter on which a key stands; 1 when there is none."""
    for number, text in enumerate(page.text.partition("\n---")[0].splitlines(), 1):
        if re.search(rf"(?:^|[\s{{,\"']){re.escape(key)}[\"']?:", text):
            return number
    return 1
