"""The Kazakh stemmer: what belongs together by slot, what it leaves alone, its table, and that the browser agrees."""

import gzip
import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

import kazakh_stemmer
from guide import model

ROOT = Path(__file__).resolve().parents[1]

# What a form shows → forms of one word, with the stem first.
FORMS = {
    "plural": "дәптер дәптерлер дәптерлері дәптерлеріңізден",
    "plural after a nasal": "көршілік көршілікке көршіліктен",
    "possessive": "терезе терезем терезең терезесі тереземіз терезеңіз терезелері",
    "case": "орман орманның орманды орманға орманда орманнан орманмен",
    "case after the possessive": "бақша бақшалар бақшаға бақшасы бақшасының бақшасын бақшасына бақшасында бақшасынан",
    "case after my": "балмұздақ балмұздағым балмұздағымды балмұздағыма балмұздақтар балмұздақтың балмұздағы",
    "we, you": "маман маманмын мамансыз маманбыз маманы",
    "that is at": "аудан аудандағы ауданындағы аудандағылар ауданға",
    "like, without": "қанат қанаты қанаттай қанатсыз қанатты",
    "softened п": "септік септігі септікке",
    "softened к": "бөбек бөбегі бөбектің бөбекке бөбегіме",
    "softened қ": "тарақ тарағы тараққа тарағым тарақтар",
    "dropped ы": "құлық құлқы құлқын құлыққа құлықтың",
    "dropped і": "ерін ерні ерніне еріннің еріндер",
    "soft sign": "рояль роялі рояльдің рояльдер рояльмен",
    "past": "күл күлді күлдім күлдіңіз күлдік күлген",
    "present": "сүрт сүртемін сүртесіз сүртеді сүртеміз сүртетін",
    "after a vowel": "тарқат тарқатып тарқатады тарқату",
    "negative": "жаяула жаяуламады жаяуламайды жаяулап жаяулайды",
    "participle": "кес кескен кескендер кескенін кескенде кесті кеседі",
    "verbal noun": "шөмел шөмелу шөмелуге шөмелуді шөмелді шөмеледі",
    "conditional, imperative": "үйір үйірсе үйірсем үйіріңіз үйірсін үйірейік үйіреді",
    "wish": "шом шомғым шомғысы шомғыңыз шомды шомады",
    "in order to, until": "көш көшкелі көшкенше көшті көшеді көшкен",
    "aorist": "сен сенер сенбес сенеді сенді сенген",
    "passive": "өр өрілді өріледі өрілген өрді өреді өрген өру",
    "п before a vowel": "жап жабу жабады жаппады жапты жапқан жауып",
    "verb in ы": "тоқы тоқу тоқып тоқиды тоқыды тоқыған тоқуға",
    "verb in і": "ері еру еріп ериді еріді еріген",
    "verb in й": "сый сыю сыяды сыйды сыйған сыйып",
    "two letters": "іш іште ішінде іштен ішке",
}
ALONE = "және үшін туралы емес ғана hello кадр2 ата-ана қазан тамыз жаңалық тәуелсіздік ұйым қоғам мақала қазақстандық"
# How a word is typed without Kazakh letters → the stem that it means first of all.
TYPED = {
    "казакстанда": "қазақстан",
    "уйымдарга": "ұйым",
    "комегиниз": "көмек",
    "билимнин": "білім",
    "оку": "оқы",
    "кауипсиздиги": "қауіпсіздік",
    "оган": "ол",
    "омириндеги": "өмір",
}
HOSTILE = [
    "",
    "а",
    "ң",
    "ь",
    "-",
    "--",
    "-дан",
    "ab-cd",
    "\u202eкітап",
    "кі\u0301тап",
    "🙂дан",
    "а" * 41,
    "ұ" * 10_000,
    "а-" + "дай" * 3_000,
    "-" * 3_000,
    "<b>",
]


@pytest.fixture(scope="module")
def guide_words() -> list[str]:
    """The words of the guide's Kazakh pages."""
    text = " ".join(page.text for page in model.load(ROOT).pages.values() if page.language == "kk").lower()
    return sorted(set(re.findall("[а-яәғқңөұүһі]+", text)))


@pytest.fixture(scope="module")
def known(guide_words) -> kazakh_stemmer.Lexicon:
    return kazakh_stemmer.lexicon(guide_words)


@pytest.fixture(scope="module")
def table() -> dict:
    return json.loads((ROOT / "scripts/kazakh_stemmer/affixes.json").read_text("utf-8"))


# ---------------------------------------------------------------- Stems


@pytest.mark.parametrize("slot", FORMS)
def test_forms_of_a_word_have_one_stem(slot):
    forms = FORMS[slot].split()
    known = kazakh_stemmer.lexicon(form for group in FORMS.values() for form in group.split())
    assert {form: kazakh_stemmer.stem(form, known) for form in forms} == dict.fromkeys(forms, forms[0])


def test_words_apart_stay_apart():
    known = kazakh_stemmer.lexicon(form for group in FORMS.values() for form in group.split())
    firsts = [group.split()[0] for group in FORMS.values()]
    assert len({kazakh_stemmer.stem(first, known) for first in firsts}) == len(firsts)


@pytest.mark.parametrize("word", ALONE.split())
def test_what_is_not_inflected_stays(word, known):
    assert kazakh_stemmer.stem(word, known) == word


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("оған", "ол"),
        ("мұның", "бұл"),
        ("covid-19-дың", "covid-19"),
        ("ата-анасына", "ата-ана"),
        ("волонтёрлерге", "волонтер"),
    ],
)
def test_pronouns_hyphens_and_yo(word, stem, known):
    assert kazakh_stemmer.stem(word, known) == stem


def test_a_form_that_the_text_has_not_finds_the_stem_of_the_text(known, guide_words):
    assert "мектептерімізденсіздер" not in guide_words
    assert kazakh_stemmer.stem("мектептерімізденсіздер", known) == "мектеп"


def test_a_word_that_may_be_a_form_of_several():
    known = kazakh_stemmer.lexicon("ерік еріктің ерікке еркі ерікті еріктілер еріктілерге еріктінің".split())
    assert set(kazakh_stemmer.readings("ерікті", known)) == {"ерік", "ерікті"}
    assert kazakh_stemmer.readings("қарындаш", known) == []


@pytest.mark.parametrize("word", TYPED)
def test_a_word_typed_without_kazakh_letters(word, known):
    assert TYPED[word] in kazakh_stemmer.resolve(word, known)[:2]  # «оку» is the noun «оқу» as well as the verb


def test_every_word_is_found_among_what_it_means_when_typed_without_kazakh_letters(known, guide_words):
    lost = [
        word
        for word in guide_words
        if kazakh_stemmer.stem(word, known) not in kazakh_stemmer.resolve(kazakh_stemmer.plain(word), known)
    ]
    assert lost == []


def test_the_lexicon_holds_the_stems_of_its_words_and_no_others(known, guide_words):
    assert {kazakh_stemmer.stem(word, known) for word in guide_words} == set(known)


def test_the_lexicon_does_not_depend_on_order(known, guide_words):
    shuffled = random.Random(6).sample(guide_words, len(guide_words))
    assert kazakh_stemmer.lexicon(shuffled + shuffled[:100]) == known


def test_the_lexicon_is_the_same_after_its_way_to_the_browser(known):
    assert kazakh_stemmer.load(kazakh_stemmer.dump(known)) == known


def test_the_lexicon_has_only_stems_in_kazakh_letters():
    assert kazakh_stemmer.lexicon(["covid-19", "кадр2", "hello", "", "-", "бір-біріне"]).keys() == {"бір"}


def test_without_a_lexicon_the_rules_alone_decide():
    assert kazakh_stemmer.stem("кітаптарымыздан", kazakh_stemmer.lexicon([])) == "кітап"


# ---------------------------------------------------------------- The table


def test_the_variants_of_each_affix_are_those_that_its_pattern_makes(table):
    classes = table["letters"]["classes"]
    for name, affix in table["affixes"].items():
        after = affix.get("after", " ".join(classes)).split()
        made = {kazakh_stemmer._written(affix["pattern"], each, front) for each in after for front in (True, False)}
        assert set(affix["variants"].split()) == made, name


def test_each_example_ends_in_a_variant(table):
    for name, affix in table["affixes"].items():
        ending = affix["example"].partition("+")[2].partition("+")[0]
        assert ending in affix["variants"].split(), name


def test_each_slot_and_group_names_affixes_that_are_there_and_all_are_used(table):
    used = set()
    for slot in table["slots"].values():
        for name in re.sub(r"[+-]\d+", "", slot["follow"]).split():
            used.update(table["groups"].get(name, name).split())
    assert used == set(table["affixes"])
    assert {affix["then"] for affix in table["affixes"].values()} <= set(table["slots"])


def test_each_letter_has_one_class(table):
    letters = "".join(table["letters"]["classes"].values())
    assert sorted(letters) == sorted(set("абвгғдежзийкқлмнңопрстуұүфхһцчшщыіэюяәө"))


# ---------------------------------------------------------------- The browser


def test_the_browser_finds_the_same_stems(browser, table, known, guide_words):
    rng = random.Random(6)
    affixes = [variant for affix in table["affixes"].values() for variant in affix["variants"].split()]
    words = set(guide_words)
    while len(words) < 20_000:
        words.add(rng.choice(guide_words) + "".join(rng.choices(affixes, k=rng.randint(1, 3))))
    words = [*sorted(words), *HOSTILE]
    page = browser.new_page()
    page.add_script_tag(path=ROOT / "scripts/kazakh_stemmer/stemmer.js")
    stems, readings, resolved = page.evaluate(
        """([table, dumped, words]) => {
            const kazakh = kazakhStemmer(JSON.parse(table), dumped)
            return [words.map(kazakh.stem), words.map(kazakh.readings), words.map(kazakh.resolve)]
        }""",
        [kazakh_stemmer.browser_table(), kazakh_stemmer.dump(known), words],
    )
    page.close()
    for function, theirs in (
        (kazakh_stemmer.stem, stems),
        (kazakh_stemmer.readings, readings),
        (kazakh_stemmer.resolve, resolved),
    ):
        differ = [
            (word, ours, other)
            for word, other in zip(words, theirs, strict=True)
            if (ours := function(word, known)) != other
        ]
        assert differ == [], function.__name__


def test_the_browser_takes_the_lexicon_as_pairs_too(browser):
    known = kazakh_stemmer.lexicon("дәптер дәптерге дәптерлер дәптерім".split())
    page = browser.new_page()
    page.add_script_tag(path=ROOT / "scripts/kazakh_stemmer/stemmer.js")
    found = page.evaluate(
        """([table, pairs]) => {
            const kazakh = kazakhStemmer(JSON.parse(table), pairs)
            return [kazakh.resolve("даптерлеримиз"), kazakh.knows("дәптер"), kazakh.knows("дәптерлер")]
        }""",
        [kazakh_stemmer.browser_table(), list(known.items())],
    )
    page.close()
    assert found == [["дәптер"], True, False]


def test_what_a_first_search_loads_is_small():
    code = (ROOT / "scripts/kazakh_stemmer/stemmer.js").read_bytes()
    assert len(gzip.compress(code + kazakh_stemmer.browser_table().encode())) < 7_500


# ---------------------------------------------------------------- The command


def run(*options: str, typed: bytes = b"") -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, ROOT / "scripts/stem.py", *options], input=typed, capture_output=True)


def test_the_command_prints_each_word_and_its_stem(tmp_path):
    (tmp_path / "words.txt").write_text("дәптер\nдәптерге\nДәптердің\nдәптерлерді\nдәптерім\n", "utf-8")
    done = run("--language", "kk", "--vocabulary", str(tmp_path / "words.txt"), typed="Дәптерлер\n\nдәптер\n".encode())
    assert done.stdout.decode().splitlines() == ["Дәптерлер\tдәптер", "дәптер\tдәптер"]
    assert (done.returncode, done.stderr) == (0, b"")


def test_without_a_vocabulary_the_words_are_those_of_the_guide(known):
    done = run("--language", "kk", typed="волонтерлеріңіздің\n".encode())
    assert done.stdout.decode() == "волонтерлеріңіздің\tволонтер\n"


def test_the_command_takes_a_word_without_kazakh_letters_for_what_it_means():
    done = run("--language", "kk", typed="казакстанда\nффф\n".encode())
    assert done.stdout.decode().splitlines() == ["казакстанда\tқазақстан", "ффф\tффф"]


@pytest.mark.parametrize(
    ("language", "word", "stem"),
    [("ru", "Волонтёрами", "волонтер"), ("ru", "актёр", "актер"), ("en", "helping", "help")],
)
def test_russian_and_english(language, word, stem):
    assert run("--language", language, typed=f"{word}\n".encode()).stdout.decode() == f"{word}\t{stem}\n"


@pytest.mark.parametrize(
    ("options", "typed", "message"),
    [
        (["--language", "kk"], "бір екі\n".encode(), "standard input, line 1: several words"),
        (["--language", "ru"], b"\xff\xfe\n", "standard input is not UTF-8"),
        (["--language", "kk", "--vocabulary", "/nowhere/words.txt"], b"", "/nowhere/words.txt cannot be read"),
        (["--language", "ru", "--vocabulary", "words.txt"], b"", "--vocabulary is for Kazakh only"),
    ],
)
def test_the_command_refuses_what_it_cannot_read(options, typed, message):
    done = run(*options, typed=typed)
    assert done.returncode == 2
    assert done.stdout == b""
    assert message in done.stderr.decode()
    assert len(done.stderr.decode().splitlines()) == 1
