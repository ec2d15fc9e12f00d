"""The drawn timeline: one data file, the same milestones in every language, words for those who do not see it."""

import re

import pytest
from conftest import LANGUAGES

from guide import model, timeline

PAGE = "context/history.md"
CONFIG = """
plugins: [{i18n: {languages: [{locale: kk, name: Қазақша, default: true}, {locale: en, name: English}]}}]
"""


def guide(text: str) -> model.Guide:
    words = "interface: {timeline: {kk: '{}–{}', en: '{}–{}'}}"
    return model.parse({"mkdocs.yml": CONFIG, "docs/words.yml": words, "docs/timeline.yml": text})


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_drawing_says_every_milestone_in_words_too(code):
    whole = model.load()
    html = timeline.fill(f"a\n\n{model.TIMELINE_MARK}\n\nb", whole, whole.pages[code, PAGE])
    milestones = list(timeline.read(whole, code))
    said = re.search(r"<desc[^>]*>(.*?)</desc>", html)[1]
    drawn = re.sub(r"<desc.*?</desc>|<title.*?</title>", "", html)
    for each in milestones:
        assert f"{each.year}: {each.text}" in said
        assert f">{each.year}<" in drawn
    words = " ".join(re.findall(r"<tspan[^>]*>([^<]*)</tspan>", drawn))
    assert words == " ".join(each.text for each in milestones)
    assert milestones[0].year == 1993 and milestones[-1].year == 2026


def test_no_line_is_wider_than_the_drawing():
    whole = model.load()
    for code in LANGUAGES:
        rows = re.findall(
            r"<tspan[^>]*>([^<]*)</tspan>", timeline.fill(model.TIMELINE_MARK, whole, whole.pages[code, PAGE])
        )
        assert max(map(len, rows)) * 14 * 0.56 <= 360 - 72


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "must be a list"),
        ("- {year: 1993, kk: а}", "milestone 1: has exactly year, kk, en"),
        ("- {year: 1993, kk: а, en: b}\n- {year: 1990, kk: а, en: b}", "milestone 2: the year 1990"),
        (f"- {{year: 1993, kk: {'а' * 91}, en: b}}", "1993: kk: write the milestone in at most 90 letters"),
        ("- [", "not valid YAML"),
    ],
)
def test_a_wrong_milestone_is_named(text, wrong):
    with pytest.raises(model.GuideError, match=re.escape(wrong)) as caught:
        timeline.fill(model.TIMELINE_MARK, guide(text), model.Page("kk", PAGE, ""))
    assert str(caught.value).startswith("docs/timeline.yml: ")
