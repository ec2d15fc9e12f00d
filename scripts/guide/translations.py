"""The page that tells readers how each page and section stands in each language, made anew at every build."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from html import escape

from guide import ledger
from guide.ledger import State
from guide.model import Guide, Page
from guide.site import long_date

# The states of a language at a section, the one that a reader needs most first; their words are in docs/words.yml.
STATES = ("owes", "confirm", "leads", "agrees")
MARKUP = str.maketrans({sign: f"&#{ord(sign)};" for sign in "|[]*_`\\"})

Address = Callable[[str, str, str], str]  # (language, slug, anchor) → from the page that is made; "" when there is none


def page(guide: Guide, made: Page, address: Address) -> str:
    """Return how the whole guide stands, as Markdown for the page `made`: a summary, a table, what does not agree."""
    slugs = [slug for slug in guide.slugs if len(guide.topic(slug)) == len(guide.languages)]
    found = {slug: ledger.states(guide, slug) for slug in slugs}
    words = _words(guide, made.language)
    rows = [_row(guide, made, slug, states, address) for slug, states in found.items()]
    items = list(_items(guide, made, found, address))
    lists = [words["status_list"], "\n".join(items)] if items else []
    return "\n\n".join([_summary(found, words, made.language), "\n".join([_header(guide, words), *rows]), *lists])


def of_language(state: State, code: str) -> str:
    """Return in which of STATES a language is at a section."""
    held = {"owes": state.owes, "confirm": state.confirm, "leads": state.leads}
    return next((name for name in STATES if code in held.get(name, ())), "agrees")


def _summary(found: Mapping[str, Mapping[str, State]], words: Mapping, code: str) -> str:
    states = [state for each in found.values() for state in each.values()]
    counts = Counter("owes" if state.owes else "agrees" if state.agreed else "confirm" for state in states)
    text = words["status_agrees" if counts["agrees"] == len(states) else "status_differs"]
    text = text.format(len(states), counts["agrees"], counts["owes"], counts["confirm"])
    days = [state.entry.day for state in states if state.entry and state.entry.day]
    return f"{text} {words['status_last'].format(long_date(max(days), code))}" if days else text


def _header(guide: Guide, words: Mapping) -> str:
    heads = [words["status_page"], words["status_sections"], *(escape(each.name) for each in guide.languages)]
    return f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}"


def _row(guide: Guide, made: Page, slug: str, states: Mapping[str, State], address: Address) -> str:
    words = _words(guide, made.language)
    cells = [_link(guide.pages[made.language, slug].title, address(made.language, slug, "")), str(len(states))]
    for language in guide.languages:
        counts = Counter(of_language(state, language.code) for state in states.values())
        differ = [f"{words[f'state_{name}']}: {counts[name]}" for name in STATES[:-1] if counts[name]]
        cells.append(", ".join(differ) or words["state_agrees"])
    return f"| {' | '.join(cells)} |"


def _items(guide: Guide, made: Page, found: Mapping, address: Address) -> Iterator[str]:
    """Yield a line for each section that does not agree, on the pages of which somebody has attested anything."""
    for slug, states in found.items():
        for anchor, state in states.items() if slug in guide.ledger else ():
            if not state.agreed:
                title = f"{guide.pages[made.language, slug].title}: {_title(guide, made.language, slug, anchor)}"
                link = _link(title, address(made.language, slug, anchor))
                yield f"- {link}: {_what(guide, made, slug, anchor, state, address)}"


def _what(guide: Guide, made: Page, slug: str, anchor: str, state: State, address: Address) -> str:
    words = _words(guide, made.language)
    parts = []
    for name in STATES[:-1]:
        codes = [code for code in state.now if of_language(state, code) == name]
        names = [_name(guide, c, address(c, slug, anchor) if name == "leads" else "") for c in codes]
        parts += [f"{words[f'state_{name}']}: {', '.join(names)}"] * bool(names)
    for debt in dict.fromkeys(state.entry.owed.values() if state.entry else ()):
        reason = escape(f"{debt.by}: {debt.reason}").translate(MARKUP)
        parts.append(words["status_debt"].format(long_date(debt.since, made.language), reason))
    return "; ".join(parts)


def _words(guide: Guide, code: str) -> dict[str, str]:
    return {key: word[code] for key, word in guide.words["interface"].items()}


def _title(guide: Guide, code: str, slug: str, anchor: str) -> str:
    sections = guide.pages[code, slug].document.sections
    titles = {section.anchor: section.title for section in sections}
    return titles.get(anchor) or guide.words["glossary"][anchor][code]


def _name(guide: Guide, code: str, address: str = "") -> str:
    """Return a language's own name for itself, as a link when there is an address."""
    name = escape(guide.language(code).name)
    return (
        f'<a href="{escape(address)}" hreflang="{code}" lang="{code}">{name}</a>'
        if address
        else (f'<span lang="{code}">{name}</span>')
    )


def _link(title: str, address: str) -> str:
    words = escape(title).translate(MARKUP)
    return f'<a href="{escape(address)}">{words}</a>' if address else words
