"""Markdown text → what the rules ask of it."""

from time import process_time

import pytest

from guide import markdown
from guide.markdown import Heading, Link


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Заң {#law}", [Heading(1, 1, "Заң", "law")]),
        ("---\nkey: value\n---\n\n## Заң {#law .wide}", [Heading(5, 2, "Заң", "law")]),
        ("## Заң {: #law }", [Heading(1, 2, "Заң", "law")]),
        ("## Заң", [Heading(1, 2, "Заң", None)]),
        ("## {#law}", [Heading(1, 2, "", "law")]),
        ("```\n# түсініктеме\n```", []),
        ('!!! law "Заң"\n\n    ## Ішінде {#inside}', [Heading(3, 2, "Ішінде", "inside")]),
        ('<div class="x" markdown>\n\n# Үй {#home}\n\n</div>', [Heading(3, 1, "Үй", "home")]),
    ],
)
def test_headings(text, expected):
    assert markdown.parse(text).headings == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("бір\n\n[мәтін](a.md#b)", [Link(3, "мәтін", "a.md#b")]),
        ("бір\nекі [**қою** мәтін](a.md)", [Link(2, "қою мәтін", "a.md")]),
        ("| а | б |\n|---|---|\n| в | [г](d.md) |", [Link(3, "г", "d.md")]),
        ("![сурет](a.png)", [Link(1, "сурет", "a.png")]),
        ("Мәтін.[^a]\n\n[^a]: [Заң](law.md), 5-бап.", [Link(3, "Заң", "law.md")]),
        ('!!! law "Заң"\n\n    [Заң](law.md)', [Link(3, "Заң", "law.md")]),
        ("`[код](a.md)`", []),
        ("[аты-жөні] және [күні]", []),
        ("[мәтін] (a.md)", [Link(1, "мәтін", "")]),
        ("[мәтін][жоқ]", [Link(1, "мәтін", "")]),
    ],
)
def test_links(text, expected):
    assert markdown.parse(text).links == expected


def test_anchors_of_headings_attributes_and_html():
    text = '# А {#a}\n\nСөз {: #b }\n\n<div id="c"></div>\n\n```\n# Г {#d}\n```'
    assert markdown.parse(text).anchors == {"a", "b", "c"}


def test_footnotes():
    document = markdown.parse("Мәтін.[^a]\n\n[^a]: Ескертпе.[^b]\n[^b]: Тағы.")
    assert document.footnotes == {"a": 3, "b": 4}
    assert document.footnote_marks == [("a", 1), ("b", 3)]


@pytest.mark.parametrize(
    ("text", "meta", "error"),
    [
        ("description: Не үшін", {"description": "Не үшін"}, False),
        ("", {}, False),
        ("a: [", {}, True),
        ("- a\n- b", {}, True),
        ("!!python/object/apply:os.system [ls]", {}, True),
    ],
)
def test_front_matter(text, meta, error):
    found, problem = markdown.front_matter(text)
    assert found == meta
    assert bool(problem) == error


def test_notes_are_written_in_the_order_in_which_their_marks_are_met():
    text = "А.[^b]\n\n- Б.[^a] В.[^b]\n\n[^a]: Бірінші.\n[^b]: Екінші.[^c]\n\n    Жалғасы.\n[^c]: Үшінші.\n"
    expected = "А.[^b]\n\n- Б.[^a] В.[^b]\n\n[^b]: Екінші.[^c]\n\n    Жалғасы.\n[^a]: Бірінші.\n[^c]: Үшінші.\n"
    assert markdown.with_notes_in_order(text) == expected
    assert markdown.with_notes_in_order(expected) == expected
    assert markdown.with_notes_in_order("Ескертпесіз.") == "Ескертпесіз."


def shapes(text: str) -> list[tuple[int, str]]:
    return [(block.line, block.shape) for section in markdown.parse(text).sections for block in section.blocks]


def prose(text: str) -> list[tuple[int, str, str]]:
    return [(each.line, each.kind, each.text) for section in markdown.parse(text).sections for each in section.prose]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- а\n- б\n\n    1. в\n    1. г", [(1, "list of 2"), (4, "numbered list of 2, level 2")]),
        ("- [ ] а\n- [x] б\n- в", [(1, "checklist of 3, 2 to tick")]),
        ("бір\n\n| а | б |\n|---|---|\n| в | г |", [(3, "table of 2 × 2")]),
        ("```diagram\nname: roles\n```\n\n---", [(1, "drawing “roles”"), (5, "line")]),
        ("![сурет](a.png)\n\n    код\n\n~~~ yaml\nx\n~~~", [(1, "image"), (3, "code “text”"), (5, "code “yaml”")]),
        ("Сөз\n: мағынасы", [(1, "definition list")]),
    ],
)
def test_blocks(text, expected):
    assert shapes(text) == expected


@pytest.mark.parametrize(
    ("text", "blocks", "said"),
    [
        (
            '!!! law "Заң"\n\n    бір\n\n    - екі\n\nүш',
            [(1, "callout “law”"), (5, "list of 1")],
            [(1, "title", "Заң"), (3, "paragraph", "бір"), (5, "item", "екі"), (7, "paragraph", "үш")],
        ),
        ('!!! law ""\n    бір', [(1, "callout “law”")], [(2, "paragraph", "бір")]),
        ("??? tip\n    бір", [(1, "callout “tip”")], [(1, "title", "Tip"), (2, "paragraph", "бір")]),
        # What stands beside a callout without an empty line
        (
            'бір\n!!! a "А"\n    екі\n!!! b "Б"\n    үш\nтөрт',
            [(2, "callout “a”"), (4, "callout “b”")],
            [
                *[(1, "paragraph", "бір"), (2, "title", "А"), (3, "paragraph", "екі")],
                *[(4, "title", "Б"), (5, "paragraph", "үш"), (6, "paragraph", "төрт")],
            ],
        ),
        (
            '> бір\n\n    код\n!!! a "А"\n\n        код\n> екі',
            [(1, "quotation"), (3, "code “text”"), (4, "callout “a”"), (6, "code “text”"), (7, "quotation")],
            [(1, "paragraph", "бір"), (4, "title", "А"), (7, "paragraph", "екі")],
        ),
        # Inside others
        (
            '- бір\n\n    !!! a "А"\n\n        екі\n\n        !!! b "Б"\n\n            - үш\n\n- төрт',
            [(1, "list of 2"), (3, "callout “a”"), (7, "callout “b”"), (9, "list of 1, level 3")],
            [
                *[(1, "item", "бір"), (3, "title", "А"), (5, "item", "екі"), (7, "title", "Б")],
                *[(9, "item", "үш"), (11, "item", "төрт")],
            ],
        ),
        # No callouts
        ('```\n!!! law "Заң"\n\n    бір\n```\n\n    !!! law', [(1, "code “text”"), (7, "code “text”")], []),
        (
            '!!! law "Заң"\n\n    ```\n    !!! note\n    ```\n\n!!! ?',
            [(1, "callout “law”"), (3, "code “text”")],
            [(1, "title", "Заң"), (7, "paragraph", "!!! ?")],
        ),
        ("бір !!! екі ???", [], [(1, "paragraph", "бір !!! екі ???")]),
    ],
)
def test_callouts(text, blocks, said):
    assert shapes(text) == blocks
    assert prose(text) == said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**бір** *екі* [**үш**](a.md) `код` төрт.[^a]", [(1, "paragraph", "бір екі үш төрт.")]),
        ("**Заң:**бір, 2_3, a_b_c", [(1, "paragraph", "Заң:бір, 2_3, a_b_c")]),
        ('бір <span lang="en">two</span> үш\nтөрт', [(1, "paragraph", "бір үш төрт")]),
        ("бір&nbsp;&quot;екі&quot;", [(1, "paragraph", "бір&nbsp;&quot;екі&quot;")]),
        ("![сурет](a.png) сөз", [(1, "caption", "сурет"), (1, "paragraph", "сөз")]),
        ("## А {#a}\n\n[^a]: бір\n\n    екі", [(1, "heading", "А"), (3, "note", "бір"), (5, "note", "екі")]),
        ("| `а` | [б](c.md) |\n|---|---|\n| **в** | |", [(1, "cell", "б"), (3, "cell", "в")]),
        ('<div id="a">\nтүсініктеме\n</div>\n\nсөз {: .x }', [(5, "paragraph", "сөз")]),
    ],
)
def test_prose(text, expected):
    assert prose(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[закон](../../ru/a.md){hreflang=ru} және [б](b.md)", ["ru", ""]),
        ('[закон](../../ru/a.md){ .x hreflang="ru" }', ["ru"]),
        ("[б](b.md) {hreflang=ru}", [""]),
    ],
)
def test_the_language_that_a_link_leads_into(text, expected):
    assert [link.hreflang for link in markdown.parse(text).links] == expected


def test_links_that_are_no_words():
    document = markdown.parse(
        "Хат: <a@example.org>, <https://example.org/x>.\n\n<a href='#'></a><a href=\"b.md\">б</a>"
    )
    assert [link.target for link in document.links] == ["mailto:a@example.org", "https://example.org/x", "b.md"]
    assert document.sections[0].prose[0].text == "Хат: , ."


def test_lines_of_a_page_from_windows():
    document = markdown.parse("---\r\npart: А\r\n---\r\n\r\n# Б {#b}\r\n\r\nв\r\n[г](g.md) [^a]\r\n")
    assert document.meta == {"part": "А"}
    assert [heading.line for heading in document.headings] == [5]
    assert (document.links[0].line, document.footnote_marks) == (8, [("a", 8)])
    assert document.sections[0].source == "\nв\n[г](g.md) [^a]"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "\n",
            "---\n",
            "\0",
            "\ud800 {hreflang=ru}",
            "{hreflang=ru}",
            "!!! ",
            "- [ ]",
            "#",
            "[^a]:",
            "```diagram",
        ),
        *("[" * 9000, "[a](" * 9000, "<" * 9000, "[^" * 9000, "{#" * 9000, "`" * 9000, "> " * 9000, "- " * 9000),
        *(
            '!!! a "' * 9000,
            '!!! a "\n' * 9000,
            "-" * 9000 + "\n--- x" * 9000,
            "\n".join("    " * n + "!!! a" for n in range(99)),
        ),
    ],
    ids=lambda text: repr(text[:9]),
)
def test_nothing_makes_it_fall_over_or_hang(text):
    started = process_time()
    markdown.parse(text)
    assert process_time() - started < 2
