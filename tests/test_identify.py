"""Which language a passage is in: a text on a page in one language → the words of another one in it."""

import pytest

from guide import identify


@pytest.mark.parametrize(
    ("language", "text", "passage"),
    [
        ("kk", "Үйлестіруші топтарды аралайды.", None),
        ("kk", "Волонтерлер мен волонтерлерді шақырдық, адамдар барып, жасап берсе болады.", None),
        ("kk", "Возьмите воду и перчатки", "Возьмите воду и перчатки"),
        ("kk", "Частые ошибки", "Частые ошибки"),
        ("kk", "Редактор путеводителя по-русски не читает", "Редактор путеводителя по-русски не читает"),
        ("kk", "Вести клуб пешей ходьбы", "Вести клуб пешей ходьбы"),
        ("kk", "Термос, телефон, компас, фонарь", None),
        ("kk", "Спорт, медицина, экология", None),
        ("kk", "Сергей Достоевский, Анна Каренина", None),
        ("kk", "Закон «О благотворительности», подпункт 4) статьи 1.", "Закон подпункт статьи"),
        ("kk", "«О благотворительности» заңының 1-бабы", None),
        ("kk", "Next step", "Next step"),
        ("kk", "What it does", "What it does"),
        ("kk", "Бізге жазыңыз: bring water and gloves for everyone.", "bring water and gloves for everyone"),
        ("kk", "Volunteer Functions Inventory", None),
        ("kk", "pull request мәтінінде, pro bono жұмыс", None),
        ("ru", "Координатор обходит группы.", None),
        ("ru", "Келесі қадам", "Келесі қадам"),
        ("ru", "Слово ерікті знают все.", "ерікті"),
        ("ru", "Адамдар барып, сондай жазып берсе болады.", "Адамдар барып сондай жазып берсе болады"),
        ("ru", "Айгүл Қасымова, Ұлжан Әбдірахманова", None),
        ("ru", "«Жеңіс» («Победа»)", None),
        ("ru", "«Қатысу ерікті ме?»", "Қатысу ерікті ме"),
        ("ru", "Проект «Таза Қазақстан» и фонд Қамқорлық", None),
        ("en", "The method is called “SMART НВС”.", None),
        ("en", "НВС is an abbreviation", "НВС"),
        ("en", "The Kazakh word асар means help.", "асар"),
        ("en", "Plan А", None),  # one letter is a matter of letters
    ],
)
def test_foreign(language, text, passage):
    assert identify.foreign(text, language) == passage


@pytest.mark.parametrize(
    ("passage", "language", "expected"),
    [
        ("What it does", "kk", "en"),
        ("Частые ошибки", "kk", "ru"),
        ("Келесі қадам", "ru", "kk"),
        ("асар жасап", "en", "kk"),
        ("Частые ошибки", "en", "ru"),
    ],
)
def test_language_of(passage, language, expected):
    assert identify.language_of(passage, language) == expected


@pytest.mark.parametrize(
    "text", ["a" * 500_000, "«" * 100_000 + "»" * 100_000, "a." * 200_000, "и " * 100_000, "\0" * 9999]
)
def test_absurd_text_takes_no_time(text):
    for language in ("kk", "ru", "en"):
        identify.foreign(text, language)
