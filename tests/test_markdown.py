"""Markdown text → what the rules ask of it."""

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
