"""Words that are right are known in any form; one wrong letter is seen."""

import pytest
from conftest import ROOT

from guide import model
from guide.spelling import DICTIONARIES, Speller

SPELLER = Speller(model.load(ROOT).spelling)

RIGHT = {
    "kk": "волонтерлеріміздің үйлестірушілермен көмектескеніңізге балалардың мектебінде қағидаттарды кітабы "
    "ұйымдастырылған тобымен қалаймыз бармадыңыздар келгендердің өзара қауіпсіздігіне Қызылордадағы",
    "ru": "волонтерами координаторов договариваются безвозмездность несовершеннолетних Казахстане "
    "благодарственные чек-лист",
    "en": "organizes volunteers’ behaviour recognized neighbouring programme coordinators unpaid",
}
WRONG = {
    "kk": "волонтрлер үйлестршілер көмектсу мектптер ұйымдстыру",
    "ru": "волонтеами координатров договариватся безвозмедность несовершенолетних",
    "en": "organise volunters behavor recieve coordnator",
}


@pytest.mark.parametrize("language", RIGHT)
def test_right_words_are_known(language):
    assert list(SPELLER.unknown(RIGHT[language], language)) == []


@pytest.mark.parametrize("language", WRONG)
def test_wrong_words_are_not(language):
    assert list(SPELLER.unknown(WRONG[language], language)) == WRONG[language].split()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_what_is_no_word_is_left_alone(language):
    assert list(SPELLER.unknown("2026 14–17 12:00 example.org a@example.org", language)) == []


def test_every_dictionary_has_its_licence_beside_it():
    about = (DICTIONARIES / "README.md").read_text("utf-8")
    assert {path.name for path in DICTIONARIES.glob("*.dic")} == {"kk_KZ.dic", "ru_RU.dic", "en_GB.dic"}
    assert all(path.name in about for path in DICTIONARIES.iterdir() if path.name != "README.md")
