"""Words are known in the forms that their languages give them, and a slip in one of them shows."""

import random
from pathlib import Path

import pytest

from guide import model, texts
from guide.affixes import Dictionary
from guide.spelling import DICTIONARIES, FILES, LETTERS, WORD, Speller

GUIDE = model.load()
SPELLER, WITHOUT_LISTS = Speller(GUIDE.spelling), Speller({})
# stem: forms | what looks like a form and is none
KAZAKH = """
жыл: жылдар жылдың жылға жылда жылдан жылмен жылдағы жылдарымызда | жыллар жылларға жылдарге жылның жылта жылбен
мектеп: мектебі мектептер мектепке мектебіміздің | мектепі мектебтер мектепге мектептар
қағаз: қағазға қағазбен қағазсыз қағазыңызды | қағазмен қағазге қағазыңізді
халық: халқы халқына халықтың | халығы халқтың халқ
топ: тобы топты тобымыздың | тобты топди тобге
келу: келді келген келеді келмейді келсеңіз келіңіз келетіндер келгісі | келдым келғен келады келмайды келге
оқу: оқиды оқыған оқып оқитын оқытылған оқуға | оқыуға оқйды оқыйды
табу: тапты тауып табады табылған тапқан | табты тапып тапады
бару: барамын барсаңыз баруға барғанда бармай барғысы | барсеңіз баруге барғенде
адам: адаммын адамбыз адамнан адамдық адамша | адамдан адамнын
медаль: медалі медальдар медальға | медалдар медаліға
сөздік: сөздігі сөздікте сөздіктегі сөздіктердің | сөздікда сөздігте
"""


@pytest.mark.parametrize("line", KAZAKH.strip().splitlines())
def test_kazakh_endings(line):
    stem, _, rest = line.partition(":")
    forms, others = (part.split() for part in rest.split("|"))
    assert [form for form in [stem, *forms] if not SPELLER.known(form, "kk")] == []
    assert [word for word in others if SPELLER.known(word, "kk")] == []


@pytest.mark.parametrize(
    ("language", "known", "unknown"),
    [
        (
            "kk",
            "Шымбұлақта ҮЕҰ-лардың 2026-дан 5-сынып GitHub-та ата-анасымен келмей-ақ",
            "шымбұлақта 2026жылы",
        ),
        (
            "ru",
            "волонтерством Шымбулаке казахстанско-российский 1990-х НПО",
            "шымбулаке ещё росийско-казахский",
        ),
        ("en", "volunteer’s Shymbulak’s NGOs 21st organization colour well-being", "shymbulak organisation color"),
    ],
)
def test_words(language, known, unknown):
    assert [word for word in known.split() if not SPELLER.known(word, language)] == []
    assert [word for word in unknown.split() if SPELLER.known(word, language)] == []


def test_a_slip_is_met_with_what_was_meant():
    assert "волонтерлер" in SPELLER.suggestions("волнотерлер", "kk")
    assert "волонтерство" in SPELLER.suggestions("волонтерсво", "ru")
    assert SPELLER.suggestions("organise", "en") == ["organize"]
    assert SPELLER.suggestions("a" * 5000, "en") == []
    assert "бала" in SPELLER.suggestions("б-ала", "kk")


# Each affix and its condition, prefix and suffix together, capitals, hyphens | what looks like that and is none
DICTIONARY = {
    "ru": "стол столами окон ведёшь волонтёрами читавшийся Москвою МОСКВА Столы СТОЛАМИ юго-восточный АВТОВАЗ "
    "| столыми оконов москвою МОсква сТол столи читавшийсям юго-восточныйю",
    "en": "dogs happiest unhappiness re-enters misplaced cities volunteer's London LONDON well-known YOUTUBE 1984-1990 "
    "| dogses citys reenters unhappied london LonDON wellly-known youtube",
}


@pytest.mark.parametrize("language", DICTIONARY)
def test_affixes_of_a_dictionary(language):
    known, unknown = (part.split() for part in DICTIONARY[language].split("|"))
    dictionary = Dictionary(DICTIONARIES / FILES[language])
    assert [word for word in known if not dictionary.knows(word)] == []
    assert [word for word in unknown if dictionary.knows(word)] == []


@pytest.mark.parametrize(("language", "floor"), [("kk", 0.93), ("ru", 0.97), ("en", 0.97)])
def test_slips_in_the_words_of_the_guide_are_seen(language, floor):
    """A slip that makes another word cannot be seen: «сайтының» → «сайының»."""
    rng = random.Random(2026)
    written = {word for text in texts.of_guide(GUIDE) if text.language == language for word in WORD.findall(text.text)}
    words = sorted(word for word in written if len(word) > 6 and word.islower() and word.isalpha())
    slips = [slip for word in rng.sample(words, 700) if (slip := _slip(word, rng, LETTERS[language])) not in written]
    seen = sum(not SPELLER.known(slip, language) for slip in slips)
    assert seen / len(slips) > floor


def _slip(word: str, rng: random.Random, letters: str) -> str:
    place = rng.randrange(len(word) - 1)
    before, first, second, after = word[:place], word[place], word[place + 1], word[place + 2 :]
    return before + rng.choice([second + first, second, first + rng.choice(letters) + second]) + after


def test_a_list_holds_no_word_that_a_dictionary_has():
    """But English names, which may be listed for the pages of the other languages."""
    for language, text in GUIDE.spelling.items():
        listed = [line for line in text.splitlines() if line and line[0] not in "#-"]
        listed = [word for word in listed if language != "en" or word.islower()]
        assert [word for word in listed if _has(language, word)] == []


def test_every_word_called_wrong_is_in_a_dictionary():
    for language, text in GUIDE.spelling.items():
        wrong = [line[1:] for line in text.splitlines() if line.startswith("-")]
        assert [word for word in wrong if not _has(language, word)] == []


def _has(language: str, word: str) -> bool:
    """Return whether a dictionary has the word itself; a Kazakh stem may look like a form of another."""
    return word.lower() in WITHOUT_LISTS.kazakh.words if language == "kk" else WITHOUT_LISTS.known(word, language)


def test_every_dictionary_names_its_licence():
    readme = (DICTIONARIES / "README.md").read_text("utf-8")
    for path in DICTIONARIES.iterdir():
        assert f"`{path.name}`" in readme or path == Path(DICTIONARIES, "README.md")
