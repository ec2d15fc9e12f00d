"""The page on which a reader checks a copy: a box for its code, the editions, and what has changed in which section.

The browser answers from data that stand in the page, so it works without a network and tells nobody what was typed.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape

from guide import editions as editions_of
from guide.editions import Change, Editions, PageChange
from guide.history import plain_title
from guide.model import COPY_MARK, EDITIONS_MARK, Guide, Page
from guide.site import long_date

MARKUP = str.maketrans({sign: f"&#{ord(sign)};" for sign in "|[]*_`\\"})
SHOWN = 3  # of how many editions, the newest, what changed in them is listed
DOWNLOADS = ("reference/downloads.md", "")  # where the newest files are
HOME_DOWNLOADS = ("index.md", "downloads")  # … in a guide without that page
ANSWERS = ("empty", "newest", "same", "older", "changed", "download", "offline")
HINTS = ("copy_unknown_signs", "copy_unknown_newer", "copy_unknown_other")
KINDS = ("change_new", "change_removed", "change_new_page", "change_removed_page")

Address = Callable[[str, str, str], str]  # (language, slug, anchor) → from the page that is made; "" when there is none


def fill(text: str, guide: Guide, made: Page, address: Address, bound: bool = False) -> str:
    """Return the Markdown of the page `made` with its marks filled in; in a bound book there is no box.

    Raises GuideError on a bad editions.yml.
    """
    if COPY_MARK not in text and EDITIONS_MARK not in text:
        return text
    known = editions_of.known_or_none(guide)
    digests = "\n\n".join(_digests(known, made.language, address)) if known else ""
    if digests and not bound:  # the titles of all pages would come up in every search
        digests = f'<div data-search-exclude="true" markdown="1">\n\n{digests}\n\n</div>'
    text = text.replace(EDITIONS_MARK, f"{_table(guide, made.language)}\n\n{digests}")
    box = "" if bound else _box(known, made.language, address) if known else _word(guide, made, "copy_no_history")
    return text.replace(COPY_MARK, box)


def _word(guide: Guide, made: Page, key: str) -> str:
    return guide.words["interface"][key][made.language]


# ---------------------------------------------------------------- What everyone reads


def _table(guide: Guide, code: str) -> str:
    """Return the table of the editions, the newest first."""
    words = guide.words["interface"]
    heads = [words[f"edition_{key}"][code] for key in ("head", "day", "code", "news")]
    rows = [
        [each.name, long_date(each.day, code), each.code, _plain(each.news[code])]
        for each in reversed(editions_of.declared(guide))
    ]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [heads, ["---"] * len(heads), *rows])


def _digests(known: Editions, code: str, address: Address) -> Iterator[str]:
    """Yield what has changed since the newest edition, and in the newest editions, as Markdown."""
    words = known.guide.words["interface"]
    versions = {each.name: known.version_of(each) for each in known.declared[-SHOWN - 1 :]}
    names = list(versions)
    if not names:
        return
    since = known.digest(code, versions[names[-1]], known.now)
    yield words["edition_since" if since else "edition_same"][code].format(names[-1])
    yield from [_list(known, code, since, address)] * bool(since)
    for place in range(len(names) - 1, 0, -1):
        found = known.digest(code, versions[names[place - 1]], versions[names[place]])
        yield words["edition_between"][code].format(names[place], names[place - 1])
        yield _list(known, code, found, address)


def _list(known: Editions, code: str, pages: list[PageChange], address: Address) -> str:
    return "\n".join(_item(known, code, page, address) for page in pages)


def _item(known: Editions, code: str, page: PageChange, address: Address) -> str:
    """Return a page and its changed sections as an item of a list."""
    words = known.guide.words["interface"]
    link = _link(_page_title(known, code, page), _place(known, code, page.slug, "", address))
    if page.kind != "changed":
        return f"- {link}: {words[f'change_{page.kind}_page'][code]}"
    parts = []
    for change in page.sections:
        note = f" ({words[f'change_{change.kind}'][code]})" if change.kind != "changed" else ""
        there = _place(known, code, change.slug, change.anchor, address)
        parts.append(_link(_title(known, code, page, change), there) + note)
    return f"- {link}: {'; '.join(parts)}"


def _page_title(known: Editions, code: str, page: PageChange) -> str:
    here = known.guide.pages.get((code, page.slug))
    return plain_title(here.title) if here else page.sections[0].text.title


def _title(known: Editions, code: str, page: PageChange, change: Change) -> str:
    """Return the title of a section; of the one under the page's own title, what it is."""
    is_opening = change.text.title == _page_title(known, code, page)
    return known.guide.words["interface"]["change_opening"][code] if is_opening else change.text.title


def _place(known: Editions, code: str, slug: str, anchor: str, address: Address) -> str:
    """Return the address of a page or a section; "" when it is there no more."""
    page = known.guide.pages.get((code, slug))
    return address(code, slug, anchor) if page and (not anchor or anchor in known.guide.anchors(page)) else ""


def _link(title: str, address: str) -> str:
    return f'<a href="{escape(address)}">{_plain(title)}</a>' if address else _plain(title)


def _plain(text: str) -> str:
    return escape(text).translate(MARKUP)


# ---------------------------------------------------------------- What the box knows


def _box(known: Editions, code: str, address: Address) -> str:
    """Return the box, hidden until the script that answers has been read, and what it answers from."""
    words = {key: escape(word[code]) for key, word in known.guide.words["interface"].items() if key.startswith("copy_")}
    copied = editions_of.copy(known.guide)
    newest = escape(_held(known, copied, code))
    have = f"<p>{words['copy_have'].format(newest)} <code>{copied.code}</code></p>\n" if copied.code else ""
    data = json.dumps(_data(known, code, address), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return (
        f'<form class="guide-copy" data-search-exclude="true" hidden>\n{have}'
        f'<label for="guide-copy">{words["copy_label"]}</label>\n'
        '<div><input id="guide-copy" name="copy" maxlength="2000" autocomplete="off" autocapitalize="none" '
        'spellcheck="false" aria-describedby="guide-copy-answer">\n'
        f'<button class="md-button md-button--primary">{words["copy_check"]}</button></div>\n'
        '<div id="guide-copy-answer" class="guide-copy__answer" role="status"></div>\n</form>\n\n'
        f'<noscript><p data-search-exclude="true">{words["copy_no_script"]}</p></noscript>\n\n'
        f'<script type="application/json" id="guide-editions">{data}</script>'
    )


def _held(known: Editions, copied: editions_of.Copy, code: str) -> str:
    """Return how a copy is called, its day included."""
    name = editions_of.label(copied, known.guide.words["interface"], code)
    day = long_date(copied.day, code) if copied.day else ""
    return f"{name} ({day})" if name and day and not copied.changed else name or day


@dataclass
class _Row:
    """A page or a section that differs for some copy."""

    last: PageChange | Change  # what the newest of these copies finds
    kinds: dict[int, str] = field(default_factory=dict)  # {place of the commit: what its copies find}
    sections: dict[str, "_Row"] = field(default_factory=dict)  # of a page


def _data(known: Editions, code: str, address: Address) -> dict:
    """Return what the script answers from: `copies` in the order of time; what differs for each of them in `pages`."""
    interface = known.guide.words["interface"]
    copies = [editions_of.copy_at(known, commit) for commit in known.commits]
    places = {commit.name: place for place, commit in enumerate(known.commits)}
    day = max(copied.day for copied in copies)
    keys = [*(f"copy_{key}" for key in ANSWERS), "copy_unknown", *HINTS, *KINDS]
    return {
        "copies": [[copied.code, _held(known, copied, code)] for copied in copies],
        "editions": {each.name: places[known.source(each).name] for each in known.declared},
        "newest": _held(known, editions_of.copy(known.guide), code),
        "made": long_date(day, code),
        "downloads": _downloads(known.guide, code, address),
        "words": {key: interface[key][code] for key in keys},
        "pages": [_packed_page(known, code, row, address) for row in _rows(known, code)],
    }


def _downloads(guide: Guide, code: str, address: Address) -> str:
    slug, anchor = DOWNLOADS if (code, DOWNLOADS[0]) in guide.pages else HOME_DOWNLOADS
    return address(code, slug, anchor)


def _rows(known: Editions, code: str) -> list[_Row]:
    """Return the pages of which a copy of any of the commits differs from the guide as it stands, in reading order."""
    rows: dict[str, _Row] = {}
    for place in range(len(known.commits)):
        for page in known.digest(code, known.versions[place], known.now):
            row = _noted(rows, page.slug, page, place)
            for change in page.sections if page.kind == "changed" else ():
                _noted(row.sections, change.anchor, change, place)
    return sorted(rows.values(), key=lambda row: known.place(row.last.sections[0]))


def _noted(rows: dict[str, _Row], key: str, found: PageChange | Change, place: int) -> _Row:
    """Note what the copies of a commit find; return the row."""
    row = rows.setdefault(key, _Row(found))
    row.last, row.kinds[place] = found, found.kind
    return row


def _packed_page(known: Editions, code: str, row: _Row, address: Address) -> list:
    """Return [title, address, kinds, sections]; each section is [title, address, kinds]."""
    page, count = row.last, len(known.commits)
    sections = [
        [
            _title(known, code, page, each.last),
            _place(known, code, page.slug, anchor, address),
            _packed(each.kinds, count),
        ]
        for anchor, each in sorted(row.sections.items(), key=lambda item: known.place(item[1].last))
    ]
    there = _place(known, code, page.slug, "", address)
    return [_page_title(known, code, page), there, _packed(row.kinds, count), sections]


def _packed(kinds: dict[int, str], count: int) -> list[list]:
    """Return [[2, "new"], [5, "changed"]] of what is new to the copies 0 and 1, has changed for 2, 3 and 4, …"""
    found: list[list] = []
    for place in range(count):
        kind = kinds.get(place, "")
        if found and found[-1][1] == kind:
            found[-1][0] = place + 1
        else:
            found.append([place + 1, kind])
    return found[:-1] if found and not found[-1][1] else found
