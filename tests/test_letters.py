"""Look-alike letters, broken signs, quotes and dashes: a word or a sentence in, what should stand there out."""

import pytest

from guide import letters


@pytest.mark.parametrize(
    ("word", "language", "mended"),
    [
        ("волoнтер", "kk", "волонтер"),  # Latin o
        ("кепiлдiк", "kk", "кепілдік"),
        ("жəне", "kk", "және"),
        ("Əлем", "kk", "Әлем"),
        ("hәм", "kk", "һәм"),
        ("Sаmruk", "kk", "Samruk"),  # Cyrillic а
        ("Κазахстан", "ru", "Казахстан"),  # Greek Κ
        ("сop", "ru", "сор"),  # every letter could be of either: the page decides
        ("сop", "en", "cop"),
        ("VІІ", "kk", "VII"),
        ("XIХ", "ru", "XIX"),
        ("YЕҰ", "kk", None),  # У or Ү
        ("волонтерi", "ru", None),  # і is no Russian letter
        ("Iлияс", "ru", None),
        ("Zoomда", "kk", None),
        ("вoлонтерZ", "ru", None),
    ],
)
def test_a_word_of_two_scripts(word, language, mended):
    assert letters.mended_word(word, language) == mended


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("IT-шы GitHub-та, Zoomда, Wi-Fi-ға, COVID-19", "kk", []),
        ("XXI ғасыр, № 134-VII, ХЕҰ, І. Жансүгіров", "kk", []),
        ("витамин C, 20 °C, 3 x 4, a), b), e-mail", "ru", []),
        ("план B и C, вариант A или B", "ru", []),
        ("B 2020 году", "ru", []),  # may be a code
        ("Kazakhstan’s НПО", "en", []),  # of another rule
        ("ХІХ ғасыр, ІІ бөлім", "kk", ["XIX", "II"]),
        ("придут c друзьями", "ru", ["с"]),
        ("C друзьями", "ru", ["С"]),
        ("one оf а group", "en", ["of", "a"]),
    ],
)
def test_alien_letters(text, language, expected):
    assert [sign.mended for sign in letters.alien_letters(text, language)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("café й ё а́ № 1 … — 👨‍👩‍👧 ☑️ Қазақ", []),
        ("и\u0306 и cafe\u0301", ["й", "café"]),
        ("а\u200bб\u00adв\ufeff", ["", "", ""]),
        ("а\u2028б", [" "]),
        ("ﬁне Ｗeb", ["fi", "W"]),
        ("\ufffd\ufffd", [None]),
        ("ќазаќ", [None, None]),
        ("Київ", [None]),
        ("???? что??", [None]),
        ("РїСЂРёРІРµС‚ С… Р.", [None, None]),
    ],
)
def test_strange_signs(text, expected):
    assert [sign.mended for sign in letters.strange_signs(text)] == expected


@pytest.mark.parametrize(
    ("language", "text", "mended"),
    [
        ("kk", 'Бұл "заң" деген сөз', "Бұл «заң» деген сөз"),
        ("ru", '"Закон "О чем"" и «Закон "О ком"»', "«Закон „О чем“» и «Закон „О ком“»"),
        ("ru", "“Закон” и „закон“", "«Закон» и «закон»"),
        ("ru", "**\"Жирно\"** ('в скобках')", "**«Жирно»** («в скобках»)"),
        ("ru", '"1" и "2019", экран 15"', '«1» и «2019», экран 15"'),
        ("en", "don't, volunteers' \"rights\" and 'duties'", "don’t, volunteers’ “rights” and “duties”"),
        ("en", '«A "b" c»', "“A ‘b’ c”"),
        ("ru", 'он сказал "да', 'он сказал "да'),  # nothing pairs up
        ("ru", 'раз" два "три', 'раз" два "три'),
        ("kk", "Асар - дәстүр, Асар – дәстүр, Асар— дәстүр", "Асар — дәстүр, Асар — дәстүр, Асар — дәстүр"),
        (
            "en",
            "Asar - ours, Asar — ours, Asar—ours, Asar -- ours",
            "Asar – ours, Asar – ours, Asar – ours, Asar – ours",
        ),
        ("ru", "слово—слово, 10 - 12", "слово—слово, 10 - 12"),  # a range? a dash?
        ("kk", "2019-2020, 5-10 адам, 09:00-10:30, 10—12", "2019–2020, 5–10 адам, 09:00–10:30, 10–12"),
        ("ru", "6-1, пункт 2-1 статьи 12, № 12-34, 8-800-080-77-77, ISO 9001-2015", None),
        ("ru", "Москва–Алматы, −5 °C, «— Да, — сказал он», 5–10 лет", None),
        ("en", "“He said: ‘Come.’” The ’90s – a well-known O’Brien", None),
        ("kk", "Күтіңіз... ../start", "Күтіңіз… ../start"),
    ],
)
def test_typography(language, text, mended):
    signs = letters.typographic_slips(text, language)
    for sign in reversed(signs):
        if sign.mended is not None:
            text = text[: sign.start] + sign.mended + text[sign.end :]
    assert text == mended if mended else signs == []


@pytest.mark.parametrize(
    ("texts", "lines"),
    [
        (["«да»", "«Закон «О чем»", "«первый", "второй»"], []),
        (["«да", "нет"], [1]),
        (["да»", "«нет»"], [1]),
        (["«да» и», «нет»", "«вот"], [1, 2]),
    ],
)
def test_unpaired_quotes(texts, lines):
    found = letters.unpaired_quotes(list(enumerate(texts, 1)), "ru")
    assert [line for line, _ in found] == lines


@pytest.mark.parametrize(
    "text",
    [
        "«" * 20_000,
        '"' * 20_000,
        '"' * 5_000_000,
        "аa" * 50_000,
        "аa " * 30_000,
        "\u200b\u00ad" * 20_000,
        " - " * 30_000,
    ],
)
def test_absurd_text_takes_no_time(text):
    for language in letters.QUOTES:
        list(letters.strange_signs(text))
        list(letters.alien_letters(text, language))
        list(letters.typographic_slips(text, language))
        list(letters.unpaired_quotes([(1, text)], language))


CLEAN = {
    "kk": "# Бет {#page}\n\nІс-шара «Таза өлке»: 5–10 адам, Zoom да бар.\n\n- [Заң](law.md#minors), № 134-VII ҚРЗ\n",
    "ru": "# Лист {#page}\n\nА «Чистый край» — это 5–10 человек, Zoom.\n\n- [Закон](law.md#minors), № 134-VII\n",
    "en": "# Page {#page}\n\n“Clean Land” (НПО) – 5–10 people, Zoom.\n\n- [Law](law.md#minors), № 134-VII\n",
}
SLIPS = (
    *("o", "о", "é", "ə", "Κ", " c ", " с ", "C ", "\nK ", "\n«B ", "І", "ХІХ", " І б", "Ђ", "\u0301", "\ufb01"),
    *("\u200b", "\u00ad", "\u2028", "\x01", "\r", "????", "Ð¿Ñ", "â€œ", "😀"),
)


@pytest.mark.parametrize("language", CLEAN)
def test_what_looks_clean_is_clean(language):
    assert letters.is_clean(CLEAN[language], language)
    for slip in SLIPS:
        for place in range(len(CLEAN[language]) + 1):
            text = CLEAN[language][:place] + slip + CLEAN[language][place:]
            found = [*letters.alien_letters(text, language), *letters.strange_signs(text)]
            assert not (found and letters.is_clean(text, language)), text


@pytest.mark.parametrize("language", CLEAN)
@pytest.mark.parametrize("text", ["«", "»", "“", "”", "«»»", "«а «б» в»", "“a” “b”", "«а» «б»", ""])
def test_quotes_that_pair_up_are_not_unpaired(text, language):
    unpaired = list(letters.unpaired_quotes([(1, text)], language))
    assert not (unpaired and letters.quotes_pair_up(text, language))
