"""Faults that people really make, planted one at a time in the guide to see whether the gate finds them.

A *kind* names the rules that should find it and a function that plants one: it takes the page and a random source and
returns the new text, or None where the page offers no place for it. *Harmless* kinds are edits that no rule may mind.
"""

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from guide import rules
from guide.model import Guide, Page
from guide.rules import Problem

Plant = Callable[[Page, random.Random, Guide], str | None]


@dataclass(frozen=True)
class Kind:
    name: str
    rules: tuple[str, ...]  # one of these must find it; none for a harmless edit
    plant: Plant


FAULTS: list[Kind] = []
HARMLESS: list[Kind] = []


def fault(*rules: str):
    """Put the function among FAULTS, to be found by one of the rules."""
    return lambda plant: FAULTS.append(Kind(_name(plant), rules, plant)) or plant


def harmless(plant: Plant) -> Plant:
    """Put the function among HARMLESS."""
    HARMLESS.append(Kind(_name(plant), (), plant))
    return plant


def _name(plant: Plant) -> str:
    return plant.__name__.replace("_", " ")


@dataclass(frozen=True)
class Planted:
    kind: Kind
    page: Page
    guide: Guide


def planted(guide: Guide, kinds: list[Kind], each: int, seed: int) -> Iterator[Planted]:
    """Yield up to `each` edits of every kind, spread over pages and languages, the same for the same seed."""
    for kind in kinds:
        rng = random.Random(f"{seed}: {kind.name}")
        pages = sorted(guide.pages.values(), key=lambda page: page.path)
        rng.shuffle(pages)
        turns = dict.fromkeys((language.code for language in guide.languages), 0)
        pages.sort(key=lambda page, turns=turns: _turn(page, turns))
        count = 0
        for page in pages:
            if count == each:
                break
            text = kind.plant(page, rng, guide)
            if text is None or text == page.text:
                continue
            count += 1
            changed = Page(page.language, page.slug, text)
            pages_now = {**guide.pages, (page.language, page.slug): changed}
            yield Planted(kind, changed, replace(guide, pages=pages_now).limited([page.slug]))


def _turn(page: Page, turns: dict[str, int]) -> int:
    """Return the page's turn among those of its language, so that languages take turns."""
    turns[page.language] += 1
    return turns[page.language]


@dataclass(frozen=True)
class Outcome:
    planted: Planted
    found: tuple[Problem, ...]  # what the gate says of it that it did not say before

    @property
    def good(self) -> bool:
        """Return whether the fault was found by a rule that should, or the harmless edit left alone."""
        wanted = self.planted.kind.rules
        return any(problem.rule in wanted for problem in self.found) if wanted else not self.found


def measure(guide: Guide, kinds: list[Kind], each: int, seed: int) -> Iterator[Outcome]:
    """Plant and check, one edit at a time. Every edit leaves a section unattested: only its own kind asks for that."""
    known = set(rules.check(guide))
    for one in planted(guide, kinds, each, seed):
        names = [name for name in rules.RULES if name != "freshness" or name in one.kind.rules]
        yield Outcome(one, tuple(problem for problem in rules.check(one.guide, names) if problem not in known))


# ---------------------------------------------------------------- Places in a page


def _body(page: Page) -> int:
    """Return where the text begins, after the front matter."""
    found = re.match(r"---\n.*?\n---\n", page.text, re.DOTALL)
    return found.end() if found else 0


def _pick(page: Page, rng: random.Random, expression: str, flags: int = re.MULTILINE) -> re.Match | None:
    """Return one match in the running text of the page, outside code, drawings and the front matter."""
    code = [match.span() for match in re.finditer(r"```.*?```|`[^`\n]*`", page.text, re.DOTALL)]
    found = [
        match
        for match in re.compile(expression, flags).finditer(page.text, _body(page))
        if not any(start <= match.start() < end for start, end in code)
    ]
    return rng.choice(found) if found else None


def _put(page: Page, match: re.Match | None, text: str | Callable[[re.Match], str]) -> str | None:
    if match is None:
        return None
    new = text(match) if callable(text) else text
    return page.text[: match.start()] + new + page.text[match.end() :]


def _paragraph(page: Page, rng: random.Random) -> re.Match | None:
    return _pick(page, rng, r"(?<=\n\n)[^\W\d_][^\n|`<{]{80,}(?=\n\n)")


def _other(page: Page, rng: random.Random, guide: Guide) -> Page:
    return rng.choice([other for code, other in guide.topic(page.slug).items() if code != page.language])


# ---------------------------------------------------------------- Sections


@fault("same-sections")
def a_section_is_deleted(page, rng, guide):
    return _put(page, _pick(page, rng, r"^## [^\n]+\n(?:(?!^## |^\[\^)[^\n]*\n)+"), "")


@fault("same-sections")
def a_section_moves_up_a_level(page, rng, guide):
    return _put(page, _pick(page, rng, r"^## "), "### ")


@fault("same-sections")
def an_anchor_is_renamed(page, rng, guide):
    return _put(page, _pick(page, rng, r"(?<=\{#)[a-z-]+(?=\}$)"), lambda m: m[0] + "-new")


@fault("same-sections")
def two_sections_change_places(page, rng, guide):
    section = r"(^## [^\n]+\n(?:(?!^## |^\[\^)[^\n]*\n)+)"
    return _put(page, _pick(page, rng, section + section), lambda m: m[2] + m[1])


@fault("anchors")
def an_anchor_is_lost(page, rng, guide):
    return _put(page, _pick(page, rng, r" \{#[a-z-]+\}$"), "")


@fault("anchors")
def an_anchor_is_written_in_cyrillic(page, rng, guide):
    return _put(page, _pick(page, rng, r"(?<=\{#)[a-z-]+(?=\}$)"), "раздел")


@fault("anchors")
def an_anchor_is_given_twice(page, rng, guide):
    anchors = [heading.anchor for heading in page.document.headings]
    return _put(page, _pick(page, rng, r"(?<=\{#)[a-z-]+(?=\}$)"), lambda m: next(a for a in anchors if a != m[0]))


@fault("one-title")
def a_second_title(page, rng, guide):
    return _put(page, _pick(page, rng, r"^## "), "# ")


@fault("one-title", "same-sections")
def the_title_is_lost(page, rng, guide):
    return _put(page, _pick(page, rng, r"^# [^\n]+\n"), "")


# ---------------------------------------------------------------- Pages


@fault("front-matter")
def the_description_is_lost(page, rng, guide):
    return re.sub(r"^description: .*\n", "", page.text, count=1, flags=re.MULTILINE)


@fault("front-matter")
def the_front_matter_is_not_yaml(page, rng, guide):
    return re.sub(r"^description: ", "description: [", page.text, count=1, flags=re.MULTILINE)


@fault("front-matter")
def a_key_of_the_front_matter_is_misspelt(page, rng, guide):
    return re.sub(r"^description: ", "discription: ", page.text, count=1, flags=re.MULTILINE)


@fault("finished")
def a_note_to_do(page, rng, guide):
    return _put(page, _paragraph(page, rng), lambda m: m[0] + " TODO: check.")


# ---------------------------------------------------------------- Blocks


@fault("same-blocks")
def a_list_item_is_deleted(page, rng, guide):
    return _put(page, _pick(page, rng, r"^ *(?:-|\d+\.) [^\n]+\n"), "")


@fault("same-blocks")
def a_table_row_is_deleted(page, rng, guide):
    return _put(page, _pick(page, rng, r"(?<=\n)\|(?! ?-)[^\n]+\n(?=\|)(?!\| ?-)"), "")


@fault("same-blocks")
def a_callout_changes_its_kind(page, rng, guide):
    return _put(
        page,
        _pick(page, rng, r"^!!! (law|practice|example|warning)"),
        lambda m: f"!!! {'law' if m[1] != 'law' else 'practice'}",
    )


@fault("same-blocks")
def a_box_to_tick_becomes_an_item(page, rng, guide):
    return _put(page, _pick(page, rng, r"^- \[ \] "), "- ")


@fault("same-blocks")
def steps_become_a_plain_list(page, rng, guide):
    return _put(page, _pick(page, rng, r"(?<=\n\n)(?:\d+\. [^\n]+\n)+"), lambda m: re.sub(r"(?m)^\d+\. ", "- ", m[0]))


@fault("same-blocks")
def a_quotation_is_deleted(page, rng, guide):
    return _put(page, _pick(page, rng, r"(?<=\n\n)(?:> [^\n]+\n)+"), "")


@fault("documents")
def a_blank_is_filled_in(page, rng, guide):
    return _put(page, _pick(page, rng, r"\[\[[^\[\]\n/]+\]\]"), "Aigerim")


@fault("documents")
def a_choice_is_made(page, rng, guide):
    return _put(page, _pick(page, rng, r"\[\[([^\[\]\n/]+) / [^\[\]\n]+\]\]"), lambda m: m[1])


@fault("documents", "front-matter")
def a_document_is_of_another_kind(page, rng, guide):
    return re.sub(r"^document: \w+", "document: memo", page.text, count=1, flags=re.MULTILINE)


@fault("drawings")
def a_word_of_a_drawing_is_lost(page, rng, guide):
    return re.sub(r"^  coordinator: .*\n", "", page.text, count=1, flags=re.MULTILINE)


# ---------------------------------------------------------------- Links and footnotes


@fault("links")
def a_link_leads_to_no_page(page, rng, guide):
    return _put(page, _pick(page, rng, r"(?<=\]\()[a-z./-]+\.md"), lambda m: m[0].replace(".md", "s.md"))


@fault("links")
def a_link_leads_to_no_section(page, rng, guide):
    return _put(page, _pick(page, rng, r"(?<=\.md#)[a-z0-9-]+"), lambda m: m[0] + "x")


@fault("links")
def a_link_leads_into_another_language(page, rng, guide):
    other = _other(page, rng, guide).language
    depth = "../" * (page.slug.count("/") + 1)
    return _put(page, _pick(page, rng, r"(?<=\]\()[a-z./-]+\.md"), lambda m: f"{depth}{other}/{page.resolve(m[0])[0]}")


@fault("links")
def a_link_does_not_become_one(page, rng, guide):
    return _put(page, _pick(page, rng, r"(?<=\w)\](?=\([a-z./-]+\.md)"), "] ")


@fault("same-links")
def a_link_is_lost_and_its_words_stay(page, rng, guide):
    return _put(page, _pick(page, rng, r"(?<!: )\[([^\]\[^]+)\]\([a-z./-]+\.md[^)]*\)"), lambda m: m[1])


@fault("same-links")
def a_link_leads_to_another_page(page, rng, guide):
    up = "../" * page.slug.count("/")
    return _put(page, _pick(page, rng, r"(?<=\]\()[a-z./-]+\.md[^)]*"), f"{up}start/paths.md#trainer")


@fault("footnotes")
def a_note_is_lost(page, rng, guide):
    return _put(page, _pick(page, rng, r"^\[\^[\w-]+\]: [^\n]+\n?"), "")


@fault("footnotes")
def a_footnote_is_called_otherwise(page, rng, guide):
    found = _pick(page, rng, r"^\[\^([\w-]+)\]: ")
    return page.text.replace(f"[^{found[1]}]", f"[^{found[1]}-old]") if found else None


# ---------------------------------------------------------------- Facts


@fault("same-facts")
def a_number_changes(page, rng, guide):
    found = _pick(page, rng, r"(?<![\d\w#/.(-])[3-9]\d?(?= [^\W\d_]{4,})")
    return _put(page, found, lambda m: str(int(m[0]) + 1))


@fault("same-facts")
def a_year_changes(page, rng, guide):
    return _put(page, _pick(page, rng, r"(?<![\d/-])(?:19|20)\d\d(?![\d/-])"), lambda m: str(int(m[0]) - 1))


@fault("same-facts")
def two_digits_change_places(page, rng, guide):
    return _put(page, _pick(page, rng, r"(?<![\d\w/])[1-9]\d{1,3}(?![\d\w/-])"), lambda m: _swapped(m[0]))


def _swapped(number: str) -> str:
    return (
        number[:-2] + number[-1] + number[-2]
        if number[-1] != number[-2]
        else number[:-1] + str((int(number[-1]) + 1) % 10)
    )


@fault("same-facts")
def a_month_changes(page, rng, guide):
    months = {
        "kk": (
            "қаңтар",
            "ақпан",
            "наурыз",
            "сәуір",
            "мамыр",
            "маусым",
            "шілде",
            "тамыз",
            "қыркүйек",
            "қазан",
            "желтоқсан",
        ),
        "ru": (
            "января",
            "февраля",
            "марта",
            "апреля",
            "мая",
            "июня",
            "июля",
            "августа",
            "сентября",
            "октября",
            "декабря",
        ),
        "en": ("January", "February", "March", "April", "May", "June", "July", "August", "October", "December"),
    }[page.language]
    names = "|".join(months)
    return _put(page, _pick(page, rng, rf"(?<=\d )(?:{names})(?!\w)"), lambda m: next(x for x in months if x != m[0]))


@fault("same-facts")
def an_article_changes(page, rng, guide):
    expression = {"kk": r"\d+(?=-ба(?:п|бы))", "ru": r"(?<=стать[яюие] )\d+", "en": r"(?<=Article )\d+"}[page.language]
    return _put(page, _pick(page, rng, expression), lambda m: str(int(m[0]) + 1))


@fault("same-facts")
def a_number_in_words_changes(page, rng, guide):
    words = {
        "kk": {"үш": "төрт", "төрт": "бес", "бес": "алты", "алты": "жеті", "он": "жиырма"},
        "ru": {"три": "четыре", "четыре": "пять", "пять": "шесть", "шесть": "семь", "десять": "двадцать"},
        "en": {"three": "four", "four": "five", "five": "six", "six": "seven", "ten": "twenty"},
    }[page.language]
    return _put(page, _pick(page, rng, rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])"), lambda m: words[m[0]])


@fault("same-facts")
def a_time_of_day_changes(page, rng, guide):
    return _put(
        page,
        _pick(page, rng, r"(?<!\d)(?:0\d|1\d):[0-5]\d"),
        lambda m: m[0][:-2] + ("45" if m[0][-2:] != "45" else "15"),
    )


@fault("same-facts")
def a_web_address_changes(page, rng, guide):
    return _put(page, _pick(page, rng, r"(?<=\]\(https://)[^)\s]+(?=\))"), lambda m: m[0].rstrip("/") + "-2")


@fault("same-facts")
def a_percentage_changes(page, rng, guide):
    return _put(page, _pick(page, rng, r"\d+(?=[.,]\d+\s?%)"), lambda m: str(int(m[0]) + 2))


@fault("same-facts")
def a_number_is_lost(page, rng, guide):
    return _put(page, _pick(page, rng, r"(?<![\d\w#/.(-])[3-9]\d (?=[^\W\d_]{4,})"), "")


# ---------------------------------------------------------------- Language and letters


def _taken(page, rng, guide, expression) -> str | None:
    """Return the page with one place taken from another language."""
    here, there = _pick(page, rng, expression), _pick(_other(page, rng, guide), rng, expression)
    return _put(page, here, there[0]) if here and there else None


@fault("right-language")
def a_paragraph_in_another_language(page, rng, guide):
    return _taken(page, rng, guide, r"(?<=\n\n)[^\W\d_][^\n|`<{\[]{60,}(?=\n\n)")


@fault("right-language")
def a_heading_in_another_language(page, rng, guide):
    return _taken(page, rng, guide, r"(?<=^## )[^{\n]{12,}(?= \{#)")


@fault("right-language")
def a_list_item_in_another_language(page, rng, guide):
    return _taken(page, rng, guide, r"(?<=^- )[^\W\d_][^\n\[«“]{25,}$")


@fault("right-language")
def a_table_cell_in_another_language(page, rng, guide):
    return _taken(page, rng, guide, r"(?<=\| )[^\W\d_][^|\n\[«“]{20,}(?= \|)")


@fault("right-language")
def a_box_to_tick_in_another_language(page, rng, guide):
    return _taken(page, rng, guide, r"(?<=^- \[ \] )[^\W\d_][^\n\[«“]{18,}$")


@fault("right-language")
def the_description_in_another_language(page, rng, guide):
    there = re.search(r'(?<=^description: )".*"', _other(page, rng, guide).text, re.MULTILINE)
    return re.sub(r'(?<=^description: )".*"', lambda _: there[0], page.text, count=1, flags=re.MULTILINE)


@fault("letters")
def a_letter_of_the_other_script(page, rng, guide):
    likes = dict(zip("аеорсухі", "aeopcyxi", strict=True))
    if page.language == "en":
        likes = {latin: cyrillic for cyrillic, latin in likes.items()}
    found = _pick(page, rng, rf"(?<=[^\W\d_])[{''.join(likes)}](?=[^\W\d_]{{2}})")
    in_link = found and re.search(
        r"\]\([^)\n]*$|\{#?[^}\n]*$|\[\^[^\]\n]*$|^!!! \w*$", page.text[: found.start()][-300:]
    )
    return None if in_link else _put(page, found, lambda m: likes[m[0]])


@fault("letters")
def a_letter_taken_apart(page, rng, guide):
    found = _pick(page, rng, r"(?<=[^\W\d_])[йЙ](?![\d_])") if page.language != "en" else _paragraph(page, rng)
    taken_apart = (
        (lambda m: unicodedata.normalize("NFD", m[0])) if page.language != "en" else (lambda m: m[0] + " cafe\u0301")
    )
    return _put(page, found, taken_apart)


@fault("letters")
def a_replacement_character(page, rng, guide):
    return _put(page, _pick(page, rng, r"(?<=[^\W\d_] )[^\W\d_](?=[^\W\d_]{3})"), "\ufffd")


@fault("letters")
def an_invisible_character(page, rng, guide):
    return _put(page, _pick(page, rng, r"(?<=[^\W\d_]{4}) (?=[^\W\d_]{4})"), "\u200b ")


@fault("typography")
def straight_quotation_marks(page, rng, guide):
    return _put(page, _pick(page, rng, r"[«“]([^«»“”\n]{4,60})[»”]"), lambda m: f'"{m[1]}"')


@fault("typography")
def quotation_marks_of_another_language(page, rng, guide):
    wrong = ("«", "»") if page.language == "en" else ("“", "”")
    return _put(page, _pick(page, rng, r"[«“]([^«»“”\n]{4,60})[»”]"), lambda m: f"{wrong[0]}{m[1]}{wrong[1]}")


@fault("typography")
def a_hyphen_for_a_dash(page, rng, guide):
    return _put(page, _pick(page, rng, r"(?<=\w) [–—] (?=\w)"), " - ")


# ---------------------------------------------------------------- Words and spelling


@fault("words-to-avoid")
def a_word_to_avoid(page, rng, guide):
    wrong = {"kk": "координатор", "ru": "волонтёр", "en": "volunteer share"}[page.language]
    return _put(page, _pick(page, rng, r"(?<=[^\W\d_]{4}) (?=[^\W\d_]{4}[^\n]{30})"), f" {wrong} ")


@fault("words-to-avoid")
def another_word_to_avoid(page, rng, guide):
    wrong = {"kk": "корпаративтік", "ru": "доброволец", "en": "organisation"}[page.language]
    return _put(page, _pick(page, rng, r"(?<=[^\W\d_]{4}) (?=[^\W\d_]{4}[^\n]{30})"), f" {wrong} ")


@fault("spelling", "letters", "words-to-avoid")
def two_letters_change_places(page, rng, guide):
    return _put(page, _long_word(page, rng), lambda m: m[0][:3] + m[0][4] + m[0][3] + m[0][5:])


@fault("spelling", "letters", "words-to-avoid")
def a_letter_is_lost(page, rng, guide):
    return _put(page, _long_word(page, rng), lambda m: m[0][:3] + m[0][4:])


def _long_word(page: Page, rng: random.Random) -> re.Match | None:
    """Return a word of running text of 7 to 12 small letters whose fourth and fifth letters differ."""
    return _pick(page, rng, r"(?<=[^\W\d_] )(?!\w{3}(\w)\1)(?:(?![A-ZА-ЯӘҒҚҢӨҰҮҺІ])[^\W\d_]){7,12}(?= [^\W\d_]{3})")


@fault("same-terms")
def a_term_is_replaced(page, rng, guide):
    expression, other = {
        "kk": (r"волонтерлік ұйым(?!д)[^\W\d_]*", "қоғамдық бірлестік"),
        "ru": (r"волонтерск[а-я]+ организаци[а-я]+", "общественное объединение"),
        "en": (r"volunteer organizations?", "public association"),
    }[page.language]
    texts = [section.source for section in page.document.sections if len(re.findall(expression, section.source)) == 1]
    found = [m for m in re.finditer(expression, page.text) if any(m[0] in text for text in texts)]
    return _put(page, rng.choice(found), other) if len(found) == 1 else None


# ---------------------------------------------------------------- Freshness and law


@fault("freshness")
def one_language_is_edited(page, rng, guide):
    return _put(
        page,
        _paragraph(page, rng),
        lambda m: m[0] + {"kk": " Бұл жаңа.", "ru": " Это новое.", "en": " This is new."}[page.language],
    )


@fault("law-checked")
def the_law_was_checked_long_ago(page, rng, guide):
    return re.sub(r"(?<=^  checked: )20\d\d", "2024", page.text, count=1, flags=re.MULTILINE)


@fault("law-checked")
def an_act_that_nobody_knows(page, rng, guide):
    return re.sub(r"^  volunteer-law:", "  volunteers-law:", page.text, count=1, flags=re.MULTILINE)


@fault("law-checked")
def an_article_is_lost_from_the_front_matter(page, rng, guide):
    return re.sub(r"(?<=^  volunteer-law: \[)[^,\]]+, ", "", page.text, count=1, flags=re.MULTILINE)


# ---------------------------------------------------------------- Harmless edits

MORE = {
    "kk": "Бұл туралы алдын ала келісіп алған дұрыс.",
    "ru": "Об этом лучше договориться заранее.",
    "en": "It is better to agree on this beforehand.",
}


@harmless
def a_longer_paragraph(page, rng, guide):
    return _put(page, _paragraph(page, rng), lambda m: f"{m[0]} {MORE[page.language]}")


@harmless
def a_paragraph_of_its_own(page, rng, guide):
    return _put(page, _paragraph(page, rng), lambda m: f"{m[0]}\n\n{MORE[page.language]}")


@harmless
def a_paragraph_is_split(page, rng, guide):
    return _put(
        page,
        _pick(page, rng, r"(?<=\n\n)[^\W\d_][^\n|`<{]{60,}?[.] (?=[^\n]{40,}\n\n)"),
        lambda m: m[0].rstrip() + "\n\n",
    )


@harmless
def two_sentences_change_places(page, rng, guide):
    sentences = r"(?<=\n\n)([^\W\d_][^\n.?!:|\[*«“]{20,}\.) ([^\W\d_][^\n.?!:|\[*«“]{20,}\.)(?=\n\n)"
    return _put(page, _pick(page, rng, sentences), lambda m: f"{m[2]} {m[1]}")


@harmless
def a_number_is_written_out(page, rng, guide):
    words = {
        "kk": ("", "", "", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз"),
        "ru": ("", "", "", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"),
        "en": ("", "", "", "three", "four", "five", "six", "seven", "eight", "nine"),
    }[page.language]
    return _put(page, _pick(page, rng, r"(?<= )[3-9](?= [^\W\d_]{4,})"), lambda m: words[int(m[0])])


@harmless
def words_become_bold(page, rng, guide):
    return _put(
        page, _pick(page, rng, r"(?<=[^\W\d_] )[^\W\d_]{5,}(?= [^\W\d_]{3,}[^\n*]*\n\n)"), lambda m: f"**{m[0]}**"
    )


@harmless
def lines_are_wrapped(page, rng, guide):
    return _put(
        page, _pick(page, rng, r"(?<=\n\n)([^\W\d_][^\n|`<{\[]{60,80}) (?=[^\n|`<{\[]{30,}\n\n)"), lambda m: f"{m[1]}\n"
    )


@harmless
def a_blank_line_more(page, rng, guide):
    return _put(page, _pick(page, rng, r"\n\n(?=## )"), "\n\n\n")


@harmless
def a_title_is_worded_otherwise(page, rng, guide):
    more = {"kk": "Қысқаша: ", "ru": "Коротко: ", "en": "In short: "}[page.language]
    return _put(page, _pick(page, rng, r"(?<=^## )(?=[^\W\d_])"), more)


@harmless
def a_list_item_grows(page, rng, guide):
    return _put(page, _pick(page, rng, r"^- [^\W\d_][^\n\[*«“]{20,}[.]$"), lambda m: f"{m[0]} {MORE[page.language]}")
