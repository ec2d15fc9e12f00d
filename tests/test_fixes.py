"""What check.py mends by itself: a page in, the mended page out; and what it must leave alone."""

import re

import pytest

from guide import fixes, model, spans, texts

CONFIG = """
plugins:
  - i18n:
      languages: [{locale: kk, name: Қазақша, default: true}, {locale: ru, name: Русский}, {locale: en, name: English}]
"""

PLAIN = {"en": {"“": '"', "”": '"', "’": "'", " – ": " - "}, "others": {"«": '"', "»": '"', " — ": " - "}}

MENDED = [
    # language, text, mended
    ("ru", "# Лист {#a}  \n\nодин \t\n\n| а |  \n", "# Лист {#a}\n\nодин\n\n| а |\n"),
    ("ru", "раз\r\nдва\rтри\r\n", "раз\nдва\nтри\n"),
    ("ru", "\ufeff# Лист {#a}\n\nзимнии\u0306 ла\u00adгерь\u200b\n", "# Лист {#a}\n\nзимний лагерь\n"),
    ("ru", "слово  два.  Три\n", "слово два. Три\n"),
    ("kk", "вoлонтер кепiлдiк [cөз](a.md) «Sаmruk» XXІ\n", "волонтер кепілдік [сөз](a.md) «Samruk» XXI\n"),
    ("en", "one оf а few vоlunteers\n", "one of a few volunteers\n"),
    ("ru", '# Слово "да" {#a}\n\n- "раз" - [два "три"](a.md)\n', "# Слово «да» {#a}\n\n- «раз» — [два «три»](a.md)\n"),
    ("ru", '| "а" | б - в |\n| --- | - |\n| - | "г" |\n', "| «а» | б — в |\n| --- | - |\n| - | «г» |\n"),
    ("ru", 'Перенос "на\nдве строки".[^a]\n\n[^a]: "Нота".\n', "Перенос «на\nдве строки».[^a]\n\n[^a]: «Нота».\n"),
    ("ru", '!!! law "Что "да""\n\n    "Нет" - да.\n', '!!! law "Что «да»"\n\n    «Нет» — да.\n'),
    ("ru", '> "раз" - два\n> - "три"\n', "> «раз» — два\n> - «три»\n"),
    ("en", "Don't say \"never\" - it's volunteers' time...\n", "Don’t say “never” – it’s volunteers’ time…\n"),
    ("kk", "2019-2020, 5-10 адам\n", "2019–2020, 5–10 адам\n"),
    (
        "ru",
        '---\ndescription: О "том" и...\npart: \'Раз "два"\'\n---\n',
        "---\ndescription: О «том» и…\npart: 'Раз «два»'\n---\n",
    ),
    ("kk", "```\nСәлем, волoнтер!\n```\n", "```\nСәлем, волонтер!\n```\n"),
]

LEFT_ALONE = [
    ("ru", "строка  \nдругая строка\n"),  # two spaces break a line
    ("ru", "-   пункт\n1.  шаг\n\n| а   | б |\n|-----|---|\n| в   | г |\n"),
    (
        "ru",
        '`"код" - x...  y` и `вoлонтер`\n\n```\n"код" - x...  y \n```\n\n    "код" - y\n\n- пункт\n\n        "код"\n',
    ),
    ("kk", "```yaml\nкey: 1\n```\n"),
    (
        "ru",
        '<div class="a" id="b" markdown>\n\nтекст <span lang="kk">"ерікті" - сөз</span> <!-- "a" - b -->\n\n</div>\n',
    ),
    ("ru", '[текст](a.md "заголовок - два") { .md-button data-x="y - z" }\n\n[x]: a.md "y - z"\n\n[a] [x]\n'),
    ("kk", "[сөз](бeт.md) https://а.kz/вoлонтер\n"),  # an address is not words
    ("ru", '---\ndescription: "О \\"том\\""\nlaw:\n  checked: 2026-11-22\n  "a-b": [1, "6-1"]\nx: "y - z"\n---\n'),
    ("ru", 'раз "два\n\nтри" четыре\n'),  # nobody knows what pairs up
    ("ru", 'экран 15", слово—слово, 10 - 12, 6-1, № 12-34\n'),
    ("kk", "YЕҰ, Zoomда, волонтерZ\n"),
    ("en", "“He said: ‘Come.’” – the ’90s, a well-known site\n"),
    ("ru", "* * *\n\n---\n\n- - -\n\nтермин\n\n:   определение\n"),
    ("ru", ""),
    ("ru", "\n\n"),
]


@pytest.mark.parametrize(("language", "text", "mended"), MENDED)
def test_what_is_mended(language, text, mended):
    assert fixes.mended(text, language) == mended


@pytest.mark.parametrize(("language", "text"), LEFT_ALONE)
def test_what_is_left_alone(language, text):
    assert fixes.mended(text, language) == text


@pytest.mark.parametrize(("language", "text", "mended"), MENDED)
def test_a_mended_page_needs_no_mending(language, text, mended):
    assert fixes.mended(mended, language) == mended


@pytest.mark.parametrize(
    ("kk", "ru", "mended"),
    [
        ("# А\n\n## Б {#b}", "# А {#a}\n\n## Б {#b}", "# А {#a}\n\n## Б {#b}"),
        ("# А {.wide}", "# А {#a}", "# А {#a .wide}"),
        ("# А #", "# А {#a}", "# А {#a}"),
        ("# А\n\n## Б", "# А {#a}", None),  # another outline
        ("# А\n\n### Б {#b}", "# А {#a}\n\n## Б {#b}", None),  # another level
        ("# А\n\n## Б {#b}", "# А {#a}\n\n## Б {#c}", None),  # another section
        ("# А", "# А", None),
        ("```\n# А\n```", "# А {#a}", None),
    ],
)
def test_anchors_come_from_a_language_with_the_same_outline(kk, ru, mended):
    guide = model.parse({"mkdocs.yml": CONFIG, "docs/kk/page.md": kk, "docs/ru/page.md": ru})
    assert fixes.fixed(guide) == ({"docs/kk/page.md": mended} if mended else {})


def test_two_languages_that_disagree_about_an_anchor_give_none():
    pages = {"docs/kk/page.md": "# А", "docs/ru/page.md": "# А {#a}", "docs/en/page.md": "# A {#b}"}
    assert fixes.fixed(model.parse({"mkdocs.yml": CONFIG} | pages)) == {}


def test_words():
    written = (
        '# "a" - b  \ninterface:\n  close: {kk: Жaбу, ru: \'О "том" - да\', en: "don\'t \\"x\\""}\n'
        '  note:\n    kk: Күтіңіз...\n    en: see <a href="x" rel="y - z">"this"</a>\n    ru: |\n      "раз"\n'
    )
    mended = (
        '# "a" - b\ninterface:\n  close: {kk: Жабу, ru: \'О «том» — да\', en: "don\'t \\"x\\""}\n'
        '  note:\n    kk: Күтіңіз…\n    en: see <a href="x" rel="y - z">“this”</a>\n    ru: |\n      "раз"\n'
    )
    assert fixes.fixed(model.parse({"mkdocs.yml": CONFIG, "docs/words.yml": written})) == {"docs/words.yml": mended}


def test_what_was_typed_on_a_plain_keyboard_becomes_what_it_was_or_stays_as_it_is():
    restored = doubtful = 0
    for page in model.load().checked:
        signs = PLAIN["en" if page.language == "en" else "others"]
        left = spans.merged([*texts.code_spans(page.text), texts.HEAD.match(page.text).span()])
        typed = re.sub(
            "|".join(signs),
            lambda sign, left=left, signs=signs: sign[0] if spans.is_inside(sign.start(), left) else signs[sign[0]],
            page.text,
        )
        lines = zip(*(text.split("\n") for text in (page.text, typed, fixes.mended(typed, page.language))), strict=True)
        for written, plain, mended in lines:
            if written != plain:
                restored += mended == written
                doubtful += mended == plain
                assert mended in (written, plain)
    assert restored > 100 * doubtful


@pytest.mark.parametrize(
    "text", ["x" * 1_000_000, "`" * 100_000, "[" * 100_000, '"' * 1_000_000, "---\n" * 50_000, "\0\r\n" * 9999]
)
def test_absurd_pages_take_no_time(text):
    for language in fixes.LANGUAGES:
        fixes.mended(text, language)
