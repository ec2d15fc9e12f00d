"""Three languages, complete: Material's words in Kazakh, and our fonts with every letter."""

import re
from pathlib import Path

import material
import pytest
from conftest import ROOT
from fontTools.ttLib import TTFont

from guide import model
from guide.glossary import ALPHABETS

THEME = Path(material.__file__).parent / "templates"
FONTS = ROOT / "overrides" / "assets" / "fonts"


def keys(path: Path) -> list[str]:
    return re.findall(r'^  "([\w.]+)": "', path.read_text("utf-8"), re.MULTILINE)


def test_kazakh_interface_has_every_key_of_materials_english():
    english = keys(THEME / "partials" / "languages" / "en.html")
    assert len(english) > 40
    assert keys(ROOT / "overrides" / "partials" / "languages" / "kk.html") == english


def test_every_word_that_a_template_names_is_in_the_list_of_words():
    templates = [*(ROOT / "overrides").rglob("*.html")]
    named = {key for file in templates for key in re.findall(r"words\.(\w+)", file.read_text("utf-8"))}
    assert len(named) > 15
    assert named - {"items", "format"} <= set(model.load(ROOT).words["interface"])


def test_material_still_has_no_kazakh_of_its_own():
    assert not (THEME / "partials" / "languages" / "kk.html").exists(), "take Material's, delete ours"


@pytest.mark.parametrize("family", ["golos-text", "literata"])
@pytest.mark.parametrize("language", ALPHABETS)
def test_fonts_have_every_letter(family, language):
    letters = set(ALPHABETS[language] + ALPHABETS[language].upper() + "0123456789«»“”’—–№")
    files = list(FONTS.glob(f"{family}-*.woff2"))
    assert len(files) == 3
    have = {chr(code) for file in files for code in TTFont(file).getBestCmap()}
    assert letters <= have


def test_the_stylesheet_asks_each_font_for_the_letters_that_it_has():
    css = (ROOT / "overrides" / "assets" / "guide.css").read_text("utf-8")
    faces = re.findall(r"src: url\(fonts/([\w.-]+)\).*?unicode-range: ([^;]+);", css, re.DOTALL)
    assert len(faces) == 6
    for file, ranges in faces:
        have = set(TTFont(FONTS / file).getBestCmap())
        for piece in ranges.split(","):
            first, _, last = piece.strip().removeprefix("U+").partition("-")
            asked = set(range(int(first, 16), int(last or first, 16) + 1))
            assert asked <= have, f"{file} lacks {[hex(code) for code in asked - have]}"
