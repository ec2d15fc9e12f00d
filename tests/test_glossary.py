"""Terms are found in any inflected form, nothing else is; each shows its definition once on a page."""

import re

import pytest
from markdown import Markdown

from guide import glossary, inflection

FORMS = [
    # language, term, forms that are it, words that are not
    (
        "kk",
        "волонтер",
        "волонтер волонтерлер волонтердің волонтерлерге волонтерлерімізді волонтермін волонтеріңізден",
        "волонтерлік волонтерлікке волонтерлендіру",
    ),
    (
        "kk",
        "волонтерлік",
        "волонтерлік волонтерлікке волонтерлігі волонтерлігін волонтерліктің",
        "волонтер волонтерлер",
    ),
    (
        "kk",
        "волонтерлер тобы",
        "волонтерлер тобын|волонтерлер тобының|волонтерлер тобымен",
        "волонтер тобы|волонтерлер",
    ),
    (
        "kk",
        "жергілікті өзін-өзі басқару органы",
        "жергілікті өзін-өзі басқару органдары|жергілікті өзін-өзі басқару органының",
        "жергілікті өзін-өзі басқару органикасы",
    ),
    ("kk", "еріктілер слеті", "еріктілер слеттері|еріктілер слетіне", "ерікті слеті"),
    ("kk", "дербес деректер субъектісі", "дербес деректер субъектілері", "дербес деректер субъектілік"),
    ("kk", "ҮЕҰ", "ҮЕҰ ҮЕҰ-ның ҮЕҰ-лар ҮЕҰлармен", "үеұ ҮЕҰ-ішілік"),
    ("kk", "үйлестіруші", "үйлестірушінің үйлестірушілер үйлестірушілермен үйлестірушісі", "үйлестіру үйлестірілген"),
    ("kk", "асар", "асар асарға асары асардан", "асарлату асарбай"),
    ("ru", "волонтер", "волонтера волонтеру волонтеры волонтеров волонтерами", "волонтерство волонтерский волонтерка"),
    ("ru", "координатор волонтеров", "координатора волонтеров|координаторами волонтеров", "координация волонтеров"),
    (
        "ru",
        "волонтерская организация",
        "волонтерской организации|волонтерские организации|волонтерских организаций",
        "волонтерская организационная",
    ),
    ("ru", "договор", "договора договоры договорами", "договориться договорный"),
    ("ru", "безвозмездность", "безвозмездности безвозмездностью", "безвозмездный"),
    ("ru", "НПО", "НПО", "НПОшный"),
    ("ru", "Год волонтера", "Года волонтера|Годом волонтера", "Годовой волонтер"),
    ("ru", "фронт-офис", "фронт-офиса фронт-офисами", "фронт офисный-центр"),
    ("ru", "доброволец", "добровольца добровольцев добровольцами", "добровольный добровольчество"),
    ("ru", "День волонтера", "Дня волонтера|Дню волонтера|Днем волонтера", "Денежный волонтер"),
    (
        "en",
        "letter of recommendation",
        "letters of recommendation|letter of recommendation",
        "lettering of recommendation",
    ),
    ("en", "local executive body", "local executive bodies|local executive body’s", "local executives body"),
    ("en", "volunteer", "volunteer volunteers volunteer’s", "volunteering volunteered"),
    ("en", "group of volunteers", "group of volunteers", "groups of people"),
]


@pytest.mark.parametrize(("language", "term", "forms", "others"), FORMS)
def test_forms(language, term, forms, others):
    start, end = inflection.WORD_ENDS
    expression = re.compile(start + inflection.pattern(term, language) + end)
    listed, strangers = (text.split("|" if "|" in text or " " in term else None) for text in (forms, others))
    assert [form for form in listed if not expression.fullmatch(form)] == []
    assert [word for word in strangers if expression.search(word)] == []


WORDS = {
    "glossary": {
        "volunteer": {
            "kk": "волонтер",
            "ru": "волонтер",
            "en": "volunteer",
            "also": {"kk": ["ерікті"]},
            "status": "law",
            "act": "volunteer-law",
            "articles": [1, 12],
            "definition": {
                "kk": "Ақысыз көмектесетін адам.",
                "ru": "Кто помогает без платы.",
                "en": "Who helps unpaid.",
            },
        },
        "group": {
            "kk": "волонтерлер тобы",
            "ru": "группа волонтеров",
            "en": "group of volunteers",
            "status": "law",
            "definition": {
                "kk": "Тіркеусіз топ.",
                "ru": "Группа без регистрации.",
                "en": "A group without registration.",
            },
        },
        "help": {
            "kk": "көмек",
            "ru": "помощь",
            "en": "help",
            "status": "law",
            "common": True,
            "definition": {"kk": "Көмек.", "ru": "Помощь.", "en": "Help."},
        },
    },
    "status": {"law": {"kk": "Заң термині", "ru": "Термин закона", "en": "A term of the law"}},
    "acts": {"volunteer-law": {"kk": "Заң", "ru": "Закон", "en": "Law"}},
    "interface": {
        "article": {"kk": "{}-бап", "ru": "статья {}", "en": "Article {}"},
        "articles": {"kk": "{}-баптар", "ru": "статьи {}", "en": "Articles {}"},
        "also": {"kk": "Басқаша атауы:", "ru": "Также:", "en": "Also:"},
    },
}


def marked(text: str, language: str = "kk") -> list[str]:
    """Return the words that carry a definition in the page made from `text`."""
    definitions = glossary.Definitions(WORDS, lambda: language)
    html = Markdown(extensions=["footnotes", "tables", "admonition", "attr_list", definitions]).convert(text)
    return re.findall(r'class="guide-term"[^>]*>([^<]+)<', html)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Волонтерлер келді. Волонтерге рахмет.", ["Волонтерлер"]),
        ("Волонтерлер тобын және волонтерді шақырамыз.", ["Волонтерлер тобын", "волонтерді"]),
        ("Бұл **волонтерге** керек, ал ерікті келді.", ["волонтерге"]),
        ("Ерікті келді.", ["Ерікті"]),
        ("[волонтер](a.md) `волонтер`", []),
        ("# Волонтер\n\n> волонтер\n\n|волонтер|\n|-|\n|волонтер|", []),
        ("Сөз[^a]\n\n[^a]: волонтер", []),
        ("- волонтер\n- волонтер", ["волонтер"]),
        ("Көмек керек.", []),
        ("«Волонтерлер туралы» Заң", []),
        ("Волонтерлік", []),
    ],
)
def test_a_term_is_marked_once_and_only_in_running_text(text, expected):
    assert marked(text) == expected


def test_the_text_around_the_marks_is_kept():
    definitions = glossary.Definitions(WORDS, lambda: "ru")
    html = Markdown(extensions=[definitions]).convert("До *волонтера* и группы волонтеров, после.")
    assert re.sub(r"<[^>]+>", "", re.sub(r'<span class="guide-note".*?</span>', "", html)) == (
        "До волонтера и группы волонтеров, после."
    )


def test_the_page_lists_terms_in_the_alphabet_of_the_language():
    page = glossary.page(WORDS, "kk", lambda act: f"../sources/#{act}")
    assert re.findall(r"^### (.+)$", page, re.MULTILINE) == [
        "волонтер {#volunteer}",
        "волонтерлер тобы {#group}",
        "көмек {#help}",
    ]
    assert '<span lang="ru">волонтер</span>' in page
    assert 'Заң термині: <a href="../sources/#volunteer-law">Заң</a>, 1, 12-баптар' in page
    assert page.startswith("[В](#volunteer) [К](#help)")


def test_kazakh_letters_stand_in_their_own_places():
    words = ["үміт", "адам", "әділ", "өмір", "орын", "ұйым", "ине", "іс"]
    assert sorted(words, key=lambda word: glossary.collation(word, "kk")) == [
        "адам",
        "әділ",
        "ине",
        "орын",
        "өмір",
        "ұйым",
        "үміт",
        "іс",
    ]
