"""Drawings take their words from the page."""

import pytest

from guide import drawings

WORDS = sorted(drawings._wanted("roles.svg.html"))


def test_the_words_of_the_page_stand_in_the_drawing_and_are_escaped():
    block = "name: roles\ntitle: 'Кім & не'\nwords:\n" + "".join(f"  {word}: '{word} <ә>'\n" for word in WORDS)
    svg = drawings.draw(block)
    assert '<title id="drawing-roles">Кім &amp; не</title>' in svg
    assert svg.count("&lt;ә&gt;") == len(WORDS)
    assert "<ә>" not in svg


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("бір екі үш", 1000, ["бір екі үш"]),
        ("бір екі үш", 60, ["бір екі", "үш"]),
        ("ұйымдастырушылармен", 10, ["ұйымдастырушылармен"]),
        ("", 10, [""]),
    ],
)
def test_text_breaks_at_spaces(text, width, expected):
    assert drawings.lines(text, width, 14) == expected
