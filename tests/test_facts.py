"""Facts: a table of how Kazakh, Russian and English write them, and what each comes to. ~ marks a loose one."""

import time

import pytest

from guide import model
from guide.facts import LONGEST, UNITS, address, facts, facts_of_page, phone

TABLE = [
    # Numbers
    ("kk", "12 500 адам", "12500"),
    ("kk", "12\u00a0500 адам", "12500"),
    ("ru", "12\u202f500 человек", "12500"),
    ("en", "12,500 people", "12500"),
    ("en", "12500 people", "12500"),
    ("en", "1,234,567.50", "1234567.5"),
    ("ru", "1 234 567,5", "1234567.5"),
    ("ru", "34,5 и 34.5", "34.5 34.5"),
    ("en", "In 2014, 197 employees took part", "2014 197"),
    ("ru", "В 2014 году 197 сотрудников", "2014 197"),
    ("kk", "14–17 жас", "14 17"),
    ("ru", "от 14 до 17 лет, 10-15 человек", "14 17 10 15"),
    ("en", "aged 14 to 17, under-18s, a 16-year-old", "14 17 18 16"),
    ("kk", "200-ден астам, 14-і ересек, 5000-нан", "200 14 5000"),
    ("en", "2006–2011 and 2025–26", "2006 2011 2025 2026"),
    ("ru", "5 тыс. человек, 4,5 млн, 1,2 млрд, 160 тысяч", "5000 4500000 1200000000 160000"),
    ("kk", "160 мыңнан астам, 2,1 млрд адам, 5 миллион", "160000 2100000000 5000000"),
    ("en", "160 thousand, 2.1 billion, 5 million", "160000 2100000000 5000000"),
    ("kk", "мыңдаған адам, 5 мыңдаған", "5"),
    ("en", "2½ hours, 2 and a half hours", "2.5 2.5"),
    ("ru", "2 с половиной часа", "2.5"),
    ("ru", "«4,500 volunteers work at EXPO-2017»", "4500 2017"),
    ("en", "Z1600000042 and CO2 are names, COVID-19 holds a number", "19"),
    ("en", "007 and 0.50", "7 0.5"),
    # Years, decades, centuries
    ("ru", "1990-е годы, в 90-х, 2020-й", "1990 1990 2020"),
    ("kk", "1990-жылдары, 90-жылдар", "1990 1990"),
    ("en", "the 1990s, the 90s", "1990 1990"),
    ("kk", "XXI ғасыр, XVI тарау", "21 16"),
    ("ru", "XX век, ХХІ век (кириллицей)", "20 21"),
    ("en", "the 21st century, chapter XVI, Part II; I met a VIP with a CV", "21 16 2"),
    # Percentages and money
    ("kk", "34,5 %, бес пайыз, 11,7 %-ы", "34.5|% 5|% 11.7|%"),
    ("ru", "34,5 %, пять процентов, 40%", "34.5|% 5|% 40|%"),
    ("en", "34.5%, five per cent, 40 percent", "34.5|% 5|% 40|%"),
    ("ru", "от 30 до 40 %, 10, 20 и 30 процентов", "30|% 40|% 10|% 20|% 30|%"),
    ("kk", "30-дан 40 пайызға дейін", "30|% 40|%"),
    ("en", "30–40%", "30|% 40|%"),
    ("kk", "5 000 теңге, бес мың теңгеден астам, 5 000 ₸", "5000|KZT 5000|KZT 5000|KZT"),
    ("ru", "5 000 тенге, пять тысяч тенге, двести пятьдесят тысяч тенге", "5000|KZT 5000|KZT 250000|KZT"),
    ("en", "KZT 5,000, ₸5,000, 5,000 tenge, $20, €1,200.50", "5000|KZT 5000|KZT 5000|KZT 20|USD 1200.5|EUR"),
    ("ru", "5 европейских стран", "5"),
    # Dates
    ("kk", "2010 жылғы 30 сәуір", "2010-april-30"),
    ("kk", "2010 жылғы 30 сәуірдегі, 2010 жылдың 30 сәуірінде", "2010-april-30 2010-april-30"),
    ("kk", "2010 ж. 30 сәуірде, 2011 жыл, мамыр", "2010-april-30 2011-may"),
    ("kk", "сәуірдің 30-ында, 5 желтоқсанда, 5-желтоқсан", "april-30 december-5 december-5"),
    ("kk", "2012 жылғы 19–20 мамыр", "19 2012-may-20"),
    ("kk", "2012 жылғы мамыр мен маусымда", "2012-may june~"),
    ("ru", "30 апреля 2010 года, 30 апреля", "2010-april-30 april-30"),
    ("ru", "19–20 мая 2012 года, с 19 по 20 мая", "19 2012-may-20 19 may-20"),
    ("ru", "в мае 2012 года, в апрельскую субботу", "2012-may april~"),
    ("ru", "30.04.2010, 2010-04-30, 1 января", "2010-april-30 2010-april-30 january-1"),
    ("en", "30 April 2010, April 30, 2010, the 30th of April", "2010-april-30 2010-april-30 april-30"),
    (
        "en",
        "19–20 May 2012, May 2012, 2 September and 3 October 2025",
        "19 2012-may-20 2012-may september-2 2025-october-3",
    ),
    ("en", "On 30 April 12 people came", "april-30 12"),
    ("en", "You may come. May I ask? They march.", "may~"),
    # Times
    ("kk", "сағат 9.00-де, 09:30-да, тоғызда", "9:00 9:30 9"),
    ("ru", "9.00–13.30, в 9 часов, 14:05", "9:00 13:30 9 14:05"),
    ("en", "9 am, 9:30 p.m., 12 pm, 12:30 am, 17:00", "9:00 21:30 12:00 0:30 17:00"),
    # Phones, e-mails, addresses
    ("ru", "+7 (7172) 74-00-00, 8 (7172) 740000, 274-00-00", "+77172740000 +77172740000 +2740000"),
    ("kk", "8 701 000 00 00, 112, 101–103", "+77010000000 112 101 103"),
    (
        "en",
        "write to Info@Example.kz, see egov.kz and https://www.un.org/en/x/.",
        "//info@example.kz //egov.kz //un.org/x",
    ),
    ("ru", "сайт 365info.kz, т.к. и т.д.", "//365info.kz"),
    # Articles and numbers of laws
    ("kk", "12-баптың 3-тармағының 5) тармақшасы", "12(3)(5)"),
    ("kk", "12-баптың 3-тармағы, 1-баптың 5) тармақшасы, 29-бабында", "12(3) 1(5) 29"),
    ("kk", "12-бап, 3-тармақ, 5) тармақша", "12(3)(5)"),
    ("kk", "12-баптың 2-1-тармағы, 6-1-бап", "12(2-1) 6-1"),
    ("kk", "9-баптың 7-1) және 7-2) тармақшалары", "9 7-1 7-2"),
    ("kk", "1–12 және 19–31-баптар", "1 12 19 31"),
    ("ru", "подпункт 5) пункта 3 статьи 12, пп. 5) п. 3 ст. 12", "12(3)(5) 12(3)(5)"),
    ("ru", "пунктом 3 статьи 12, подпункт 5) статьи 1, ст. 29", "12(3) 1(5) 29"),
    ("ru", "статья 12, пункт 3, подпункт 5)", "12(3)(5)"),
    ("ru", "пункты 1 и 2-1 статьи 12", "1 12(2-1)"),
    ("en", "Article 12(3)(5), Article 12(1) and (2-1), Article 6-1", "12(3)(5) 12(1) 2-1 6-1"),
    ("en", "subparagraph 5) of paragraph 3 of Article 12", "12(3)(5)"),
    ("en", "Article 12, paragraph 3, subparagraph 5", "12(3)(5)"),
    ("kk", "№ 42-VІ, № 154 Жарлық, 78/127 қарар", "42-VI 154 78/127"),
    ("ru", "№ 42-VI, № 154", "42-VI 154"),
    ("en", "No. 42-VI, No. 154", "42-VI 154"),
    # Words for numbers
    ("kk", "елу алты, бес, үшеуі, бесеуміз бе, төртеуіміз", "56 5 3 4"),
    ("kk", "үшке, төрттің, алтыдан, жетіні, сегізде, тоғызбен", "3 4 6 7 8 9"),
    ("kk", "он сегіз жасқа толмаған, он төртке дейін, оннан астам", "18 14 10"),
    ("kk", "үш-төрт адам, он-он бес, бес-он, жиырма-отыз", "3 4 10 15 5 10 20 30"),
    ("kk", "бір жарым сағат, екі жарым", "1.5 2.5"),
    ("kk", "8-ші, сегізінші, әрбір сегізінші, оныншы, жиырмасыншыдан", "8 8 8 10 20"),
    ("kk", "екі жүз елу, бір мың тоғыз жүз тоқсан үш", "250 1993"),
    ("kk", "онда, оның, ондай, үшін, жетім, жүзеге, дүние жүзі, Орта жүз, бірнеше жүз", ""),
    ("kk", "бір адам, бірінші, екінші, екеуі, тоқсан сайын", "1~ 1~ 2~ 2~ 90~"),
    ("kk", "жарты сағат, жарты жыл, үшжақты", "30~ 6~ 3~"),
    ("ru", "пятьдесят шесть, двадцатью пятью, трёх, четверо", "56 25 3 4"),
    ("ru", "восьмой, двадцать пятого, третьему", "8 25 3"),
    ("ru", "три-четыре, десять-двенадцать", "3 4 10 12"),
    ("ru", "полтора часа, два с половиной", "1.5 2.5"),
    ("ru", "две тысячи двадцатый, полторы тысячи, тысяча", "2020 1500 1000"),
    ("ru", "тысячи людей, сотни, несколько тысяч, сторона", ""),
    ("ru", "всю семью, с семью друзьями", "7"),
    ("ru", "один, первая, оба, двое, двухчасовой, трехдневная, полчаса, полгода", "1~ 1~ 2~ 2~ 2~ 3~ 30~ 6~"),
    ("ru", "третьи лица, третьей стороне, третий день", "3~ 3~ 3"),
    ("en", "fifty-six, twenty five, a hundred and five, two hundred", "56 25 105 200"),
    ("en", "eighth, twenty-first, two thirds", "8 21 2 3"),
    ("en", "two and a half hours, an hour and a half", "2.5 1.5~"),
    ("en", "one and two, twenty and five", "1~ 2 20 5"),
    ("en", "hundreds, several hundred, a few thousand, someone, often", ""),
    ("en", "one, first, second, both, twice, a dozen, half an hour, half a year", "1~ 1~ 2~ 2~ 2~ 12~ 30~ 6~"),
    ("en", "third parties, a third party, the third day", "3~ 3~ 3"),
    ("en", "Eighteen", "18"),
    ("de", "drei, 5 und 30.04.2010", "5 2010-april-30"),
    ("en", "", ""),
]


def written(text: str, language: str) -> str:
    return " ".join(fact.whole.replace(" ", "|") + "~" * fact.loose for fact in facts(text, language))


@pytest.mark.parametrize(("language", "text", "expected"), TABLE)
def test_facts(language, text, expected):
    assert written(text, language) == expected


@pytest.mark.parametrize(
    "same",
    [
        ("2010 жылғы 30 сәуір", "30 апреля 2010 года", "30 April 2010"),
        ("елу алты ұйым", "пятьдесят шесть организаций", "56 organizations"),
        ("12-баптың 3-тармағының 5) тармақшасы", "подпункт 5) пункта 3 статьи 12", "Article 12(3)(5)"),
        ("4 500 волонтер", "4 500 волонтеров", "4,500 volunteers"),
        ("сегізінші", "каждый восьмой", "every eighth"),
        ("№ 134-VII Заң", "Закон № 134-VII", "Law No. 134-VII"),
        ("бес мың теңге", "5 тыс. тенге", "KZT 5,000"),
    ],
)
def test_three_languages_say_the_same(same):
    kk, ru, en = (written(text, language) for text, language in zip(same, ("kk", "ru", "en"), strict=True))
    assert kk == ru == en != ""


# ---------------------------------------------------------------- Every number in words is read back

KK = "бір екі үш төрт бес алты жеті сегіз тоғыз".split(), "он жиырма отыз қырық елу алпыс жетпіс сексен тоқсан".split()
RU_ONES = (
    "один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать "
    "пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
).split()
RU_TENS = "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто".split()
RU_HUNDREDS = "сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот".split()
EN_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def kazakh(number: int) -> str:
    thousands, hundreds, tens, ones = number // 1000, number // 100 % 10, number // 10 % 10, number % 10
    words = [f"{KK[0][thousands - 1]} мың"] if thousands else []
    words += [f"{KK[0][hundreds - 1]} жүз"] if hundreds else []
    return " ".join([*words, *([KK[1][tens - 1]] if tens else []), *([KK[0][ones - 1]] if ones else [])])


def russian(number: int) -> str:
    thousands, rest = divmod(number, 1000)
    words = [{1: "одна тысяча", 2: "две тысячи"}.get(thousands) or f"{RU_ONES[thousands - 1]} тысяч"] * bool(thousands)
    words += [RU_HUNDREDS[rest // 100 - 1]] * (rest >= 100)
    tens = rest % 100
    if tens >= 20:
        words += [RU_TENS[tens // 10 - 2]]
        tens %= 10
    return " ".join([*words, *([RU_ONES[tens - 1]] if tens else [])])


def english(number: int) -> str:
    thousands, rest = divmod(number, 1000)
    words = [f"{EN_ONES[thousands - 1]} thousand"] * bool(thousands)
    words += [f"{EN_ONES[rest // 100 - 1]} hundred"] * (rest >= 100)
    tens, below = rest % 100, ""
    if tens >= 20:
        below = EN_TENS[tens // 10 - 2] + (f"-{EN_ONES[tens % 10 - 1]}" if tens % 10 else "")
    elif tens:
        below = EN_ONES[tens - 1]
    return " ".join(words) + (" and " if words and below else "") + below


@pytest.mark.parametrize(("language", "spell"), [("kk", kazakh), ("ru", russian), ("en", english)])
def test_every_number_in_words_is_read_back(language, spell):
    for number in range(1, 10_000):
        assert [fact.whole for fact in facts.__wrapped__(spell(number), language)] == [str(number)], spell(number)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("between", ["", " ", "\u00a0", "-дан "])
def test_no_unit_is_overlooked(unit, between):
    for language in ("kk", "ru", "en"):
        assert [fact.whole for fact in facts(f"5{between}{unit}", language)] == [f"5 {UNITS[unit]}"]


# ---------------------------------------------------------------- Addresses, places, long texts


@pytest.mark.parametrize(
    "target",
    [
        "https://adilet.zan.kz/kaz/docs/Z1600000042",
        "http://adilet.zan.kz/rus/docs/Z1600000042/",
        "https://www.adilet.zan.kz/eng/docs/Z1600000042/compare/kaz",
    ],
)
def test_an_address_is_the_same_in_every_language(target):
    assert address(target) == "//adilet.zan.kz/docs/Z1600000042"


def test_a_phone_number_is_the_same_however_it_is_grouped():
    assert phone("8 (7172) 74-00-00") == phone("+7 7172 740000") == "+77172740000"


def test_a_page_says_what_its_paragraphs_say():
    for page in model.load().pages.values():
        paragraphs = [prose.text for section in page.document.sections for prose in section.prose]
        alone = [(text[fact.start : fact.end], fact[2:]) for text in paragraphs for fact in facts(text, page.language)]
        whole = "\n\n".join(paragraphs)
        found = [(whole[fact.start : fact.end], fact[2:]) for fact in facts_of_page(whole, page.language)]
        assert found == alone


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12\n\nмая", ["12", "мая"]),
        ("5 USD\n\n30 лет", ["5 USD", "30"]),
        ("₸\n\n7 %", ["7 %"]),
        ("20\n\nтысяч", ["20"]),
        ("пять\n\nдесять", ["пять", "десять"]),
        ("в 2025–\n\n26", ["2025", "26"]),
        ("30\n\n40 %", ["30", "40 %"]),
        ("пункт\n\n5\n\nстатьи 6", ["5", "6"]),
        ("example.\n\norg и a@b.kz\n\nc@d.kz", ["a@b.kz", "c@d.kz"]),
    ],
)
def test_no_fact_reaches_over_an_empty_line(text, said):
    assert [text[fact.start : fact.end] for fact in facts_of_page(text, "ru")] == said


def test_a_fact_knows_where_it_stands():
    text = "Жиналыс 2010 жылғы 30 сәуірде, сағат 9.00-де; елу алты адам."
    assert [text[fact.start : fact.end] for fact in facts(text, "kk")] == ["2010 жылғы 30 сәуірде", "9.00", "елу алты"]


@pytest.mark.parametrize(
    "piece",
    ["1", "1 ", "1,", "1/", "1-", "1.", "a.", "a+", "a@", "бір ", "жүз ", "30 May ", "сәуір ", "two hundred ", "http://",
     "\0", "İ1 ", "1(1)", "+1 ", "1\u00a0", "1%,", "12-баптың 3-тармағының ", "٣ ", "1 тысяч ", "2010 жыл", "twenty-"],
)  # fmt: skip
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_paragraph_of_five_megabytes_is_read_in_time(piece, language):
    text = piece * (5_000_000 // len(piece))
    start = time.process_time()
    found = facts.__wrapped__(text, language)
    assert time.process_time() - start < 5
    assert all(fact.end <= LONGEST for fact in found)
