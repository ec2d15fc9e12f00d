"""Words for numbers and months in Kazakh, Russian and English: every form in which one can stand.

A numeral is *loose* when it may stand for its number but need not: «бір», “one” and “first” are articles and pronouns
as often as numbers, and «трехдневный» is three words in the other languages.
"""

from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import NamedTuple

MULTIPLIERS = (100, 1000, 10**6, 10**9)


@dataclass(frozen=True)
class Numeral:
    value: float
    room: int = 0  # numbers below it can be added: 10 to twenty, 100 to three hundred
    times: bool = False  # it multiplies the number before it: «мың», “hundred”
    ends: bool = False  # nothing can be added to it: an ordinal, a collective, a fraction
    loose: bool = False
    bare: bool = True  # it counts without a number before it: «сто», but not «тысяч»


class Count(NamedTuple):
    """A number read so far: «екі мың» is 2000 done, and room for what is below 1000."""

    done: float = 0
    group: float = 0
    room: int = 10**12
    limit: int = 10**12  # the last thousand, million …: the next must be smaller
    ends: bool = False

    @property
    def value(self) -> float:
        return self.done + self.group

    def plus(self, numeral: Numeral) -> "Count | None":
        """Return the number with one more numeral, or None when that begins another number."""
        value = numeral.value
        if self.ends:
            return None
        if numeral.times and 1000 <= value < self.limit:
            return Count(self.done + (self.group or 1) * value, 0, value, value, numeral.ends)
        if numeral.times and value == 100 and 0 < self.group < 10:
            return Count(self.done, self.group * 100, 100, self.limit, numeral.ends)
        if value < self.room:
            return Count(self.done, self.group + value, numeral.room, self.limit, numeral.ends)
        return None


NOTHING = Count()


@cache
def numerals(language: str) -> dict[str, Numeral]:
    """Return {word in small letters: what it counts}; Russian words are spelt without ё."""
    return {"kk": _kazakh, "ru": _russian, "en": _english}.get(language, dict)()


@cache
def months(language: str) -> dict[str, str]:
    """Return {word in small letters: the month's English name}."""
    words = {"kk": _KAZAKH_MONTHS, "ru": _RUSSIAN_MONTHS, "en": _ENGLISH_MONTHS}.get(language, [])
    forms = {"kk": _kazakh_month, "ru": _russian_month}.get(language, lambda word: [word])
    return {form: name for name, word in zip(_ENGLISH_MONTHS, words, strict=False) for form in forms(word)}


# ---------------------------------------------------------------- Kazakh

_KAZAKH = {
    "бір": 1, "екі": 2, "үш": 3, "төрт": 4, "бес": 5, "алты": 6, "жеті": 7, "сегіз": 8, "тоғыз": 9, "он": 10,
    "жиырма": 20, "отыз": 30, "қырық": 40, "елу": 50, "алпыс": 60, "жетпіс": 70, "сексен": 80, "тоқсан": 90,
    "жүз": 100, "мың": 1000, "миллион": 10**6, "миллиард": 10**9,
}  # fmt: skip
_KAZAKH_TOGETHER = {"екеу": 2, "үшеу": 3, "төртеу": 4, "бесеу": 5, "алтау": 6, "жетеу": 7}
_KAZAKH_JOINED = "жақты тілді жылдық күндік айлық апталық сағаттық минуттық".split()  # үшжақты, онжылдық
_KAZAKH_ORDINALS = {"он": "оныншы", "жиырма": "жиырмасыншы", "қырық": "қырқыншы"}
_KAZAKH_OTHER = ("онда", "ондағы", "ондай", "онмен", "үшін")  # there, such, for
_KAZAKH_MONTHS = "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан".split()
_FRONT = str.maketrans("аығқ", "еігк")


def _with(word: str, ending: str) -> str:
    """Return the word with an ending, written here with back vowels, that harmonises with it."""
    vowel = [letter for letter in word if letter in "аоұыеөүі"][-1]
    return word + (ending if vowel in "аоұы" else ending.translate(_FRONT))


def _declined(word: str) -> list[str]:
    """Return the cases of a Kazakh word, and «about so many»."""
    if word[-1] in "штсқкпд":
        endings = "тың қа ты та тан пен тағы тай"
    elif word[-1] in "аеыі":
        endings = "ның ға ны да дан мен дағы дай"
    elif word[-1] in "нмң":
        endings = "ның ға ды да нан мен дағы дай"
    else:
        endings = "дың ға ды да дан бен дағы дай" if word[-1] == "з" else "дың ға ды да дан мен дағы дай"
    return [word, *(_with(word, ending) for ending in endings.split())]


def _owned(word: str) -> list[str]:
    """Return the forms with «its»: бесінің, екеуін; and with «of us» and «of you» for people together: екеуіміз."""
    stem = {"қ": word[:-1] + "ғ", "к": word[:-1] + "г"}.get(word[-1], word)
    own = _with(stem, "сы" if word[-1] in "аеыі" else "ы")
    forms = [own, *(_with(own, ending) for ending in "ның на н нда нан мен ндағы".split())]
    if word in _KAZAKH_TOGETHER:
        forms += _declined(_with(own, "мыз")) + _declined(_with(own, "ңыз"))
    return forms


def _kazakh_month(word: str) -> list[str]:
    return _declined(word) + _owned(word)


def _kazakh() -> dict[str, Numeral]:
    forms = {}
    for word, value in _KAZAKH.items():
        # «тоқсан» is a quarter of a year as well; «он» and «жүз» with an ending for «its» are other words: him, face.
        room, times = 100 if value == 100 else 10 if 10 <= value < 100 else 0, value >= 100
        forms |= dict.fromkeys(_declined(word), Numeral(value, room, times, loose=value in (1, 90)))
        if word not in ("он", "жүз"):
            forms |= dict.fromkeys(_owned(word), Numeral(value, room, times, loose=value == 1))
        ordinal = _KAZAKH_ORDINALS.get(word, _with(word, "ншы" if word[-1] in "аеыі" else "ыншы"))
        forms |= dict.fromkeys(_declined(ordinal) + _owned(ordinal), Numeral(value, 0, times, True, loose=value < 3))
        if 1 < value <= 10:
            joined = [form for rest in _KAZAKH_JOINED for form in _declined(word + rest)]
            forms |= dict.fromkeys(joined, Numeral(value, ends=True, loose=True))
    for word, value in _KAZAKH_TOGETHER.items():
        forms |= dict.fromkeys(_declined(word) + _owned(word), Numeral(value, ends=True, loose=value < 3))
    forms |= dict.fromkeys(_declined("жарты") + _owned("жарты"), Numeral(0.5, ends=True, loose=True))
    return {form: numeral for form, numeral in forms.items() if form not in _KAZAKH_OTHER}


# ---------------------------------------------------------------- Russian

_RUSSIAN = {
    1: "один одна одно одни одного одной одну одним одною одному одном одних одними",
    1.5: "полтора полторы полутора",
    2: "два две двух двум двумя",
    3: "три трех трем тремя",
    4: "четыре четырех четырем четырьмя",
    8: "восемь восьми восемью восьмью",
    40: "сорок сорока",
    50: "пятьдесят пятидесяти пятьюдесятью",
    60: "шестьдесят шестидесяти шестьюдесятью",
    70: "семьдесят семидесяти семьюдесятью",
    80: "восемьдесят восьмидесяти восемьюдесятью восьмьюдесятью",
    90: "девяносто девяноста",
    100: "сто ста",
    200: "двести двухсот двумстам двумястами двухстах",
    300: "триста трехсот тремстам тремястами трехстах",
    400: "четыреста четырехсот четыремстам четырьмястами четырехстах",
    500: "пятьсот пятисот пятистам пятьюстами пятистах",
    600: "шестьсот шестисот шестистам шестьюстами шестистах",
    700: "семьсот семисот семистам семьюстами семистах",
    800: "восемьсот восьмисот восьмистам восемьюстами восьмьюстами восьмистах",
    900: "девятьсот девятисот девятистам девятьюстами девятистах",
}
_RUSSIAN_SOFT = {
    5: "пят", 6: "шест", 7: "сем", 9: "девят", 10: "десят", 11: "одиннадцат", 12: "двенадцат", 13: "тринадцат",
    14: "четырнадцат", 15: "пятнадцат", 16: "шестнадцат", 17: "семнадцат", 18: "восемнадцат", 19: "девятнадцат",
    20: "двадцат", 30: "тридцат",
}  # fmt: skip
_RUSSIAN_TOGETHER = {
    3: "трое троих троим троими",
    4: "четверо четверых четверым четверыми",
    5: "пятеро пятерых пятерым пятерыми",
    6: "шестеро шестерых шестерым шестерыми",
    7: "семеро семерых семерым семерыми",
}
_RUSSIAN_LOOSE = {
    0.5: "половина половины половину половине половиной полдня",
    2: "двое двоих двоим двоими оба обе обоих обеих обоим обеим обоими обеими вдвоем дважды вдвое парами",
    3: "втроем трижды втрое тройка тройки тройку тройками тройках тройной тройная тройное тройную",
    4: "вчетвером четверками",
    5: "впятером пятерками",
    6: "полгода",  # six months
    10: "десятилетие десятилетия десятилетию десятилетием десятилетии",
    30: "полчаса получасовой получасовая получасовое получасового получасовую",  # thirty minutes
}
_RUSSIAN_ORDINALS = {
    1: "перв", 2: "втор", 4: "четверт", 7: "седьм", 8: "восьм", 40: "сороков", 50: "пятидесят", 60: "шестидесят",
    70: "семидесят", 80: "восьмидесят", 90: "девяност", 100: "сот", 1000: "тысячн",
}  # fmt: skip
_RUSSIAN_HARD = "ый ой ая ое ые ого ую ым ому ом ых ыми".split()
_RUSSIAN_SOFT_ENDINGS = "ий яя ее ие его ей юю им ему ем их ими".split()
_RUSSIAN_AFTER_SK = "ий ая ое ие ого ой ую им ому ом их ими".split()
_RUSSIAN_THIRD = "ий ья ье ьи ьего ьей ью ьим ьему ьем ьих ьими ь и ям ями ях".split()  # a third is a number too
_RUSSIAN_PREFIXES = {
    2: "двух дву", 3: "трех", 4: "четырех", 5: "пяти", 6: "шести", 7: "семи", 8: "восьми", 9: "девяти", 10: "десяти",
    12: "двенадцати", 14: "четырнадцати", 15: "пятнадцати", 20: "двадцати", 30: "тридцати", 40: "сорока",
    45: "сорокапяти", 50: "пятидесяти", 60: "шестидесяти", 90: "девяносто",
}  # fmt: skip
_RUSSIAN_PREFIXED = (
    "дневн недельн месячн летн часов минутн секундн сторонн язычн балльн этапн этажн уровнев процентн шагов местн "
    "значн разов кратн ступенчат страничн"
).split()
_RUSSIAN_MONTHS = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split()


def _russian() -> dict[str, Numeral]:
    forms = {}
    for value, words in _RUSSIAN.items():
        room = 100 if value >= 100 else 10 if value >= 20 else 0
        forms |= dict.fromkeys(words.split(), Numeral(value, room, loose=value == 1))
    for value, stem in _RUSSIAN_SOFT.items():
        forms |= dict.fromkeys([stem + ending for ending in ("ь", "и", "ью")], Numeral(value, 10 if value > 19 else 0))
    ordinals = _RUSSIAN_ORDINALS | {value: stem for value, stem in _RUSSIAN_SOFT.items() if value != 7}
    for value, stem in ordinals.items():
        numeral = Numeral(value, times=value == 1000, ends=True, loose=value < 3)
        forms |= dict.fromkeys([stem + ending for ending in _RUSSIAN_HARD], numeral)
    forms |= dict.fromkeys(["трет" + ending for ending in _RUSSIAN_THIRD], Numeral(3, ends=True))
    for value, words in _RUSSIAN_TOGETHER.items():
        forms |= dict.fromkeys(words.split(), Numeral(value, ends=True))
    for value, words in _RUSSIAN_LOOSE.items():
        forms |= dict.fromkeys(words.split(), Numeral(value, ends=True, loose=True))
    endings = _RUSSIAN_HARD + _RUSSIAN_SOFT_ENDINGS
    for value, prefixes in _RUSSIAN_PREFIXES.items():
        derived = ["".join(form) for form in product(prefixes.split(), _RUSSIAN_PREFIXED, endings)]
        forms |= dict.fromkeys(derived, Numeral(value, ends=True, loose=True))
    return forms | _russian_multipliers()


def _russian_multipliers() -> dict[str, Numeral]:
    forms = dict.fromkeys(["тысяча", "тысячу", "тысячей"], Numeral(1000, times=True))
    many = ["тысячи", "тысяч", "тысячам", "тысячами", "тысячах"]
    forms |= dict.fromkeys(many, Numeral(1000, times=True, bare=False))
    for value, stem in {10**6: "миллион", 10**9: "миллиард"}.items():
        for endings, bare in (("", "а", "у", "ом", "е"), True), (("ы", "ов", "ам", "ами", "ах"), False):
            forms |= dict.fromkeys([stem + ending for ending in endings], Numeral(value, times=True, bare=bare))
    return forms


def _russian_month(word: str) -> list[str]:
    """Return the cases of a month, and of «апрельский»."""
    stem = word.rstrip("ьй")
    endings = ("", "а", "у", "ом", "е") if stem == word else (word[-1], "я", "ю", "ем", "е")
    adjective = {"январь": "январ", "март": "мартов", "август": "августов"}.get(word, word)
    return [stem + ending for ending in endings] + [f"{adjective}ск{ending}" for ending in _RUSSIAN_AFTER_SK]


# ---------------------------------------------------------------- English

_ENGLISH = (
    "one first two second three third four fourth five fifth six sixth seven seventh eight eighth nine ninth ten tenth "
    "eleven eleventh twelve twelfth thirteen thirteenth fourteen fourteenth fifteen fifteenth sixteen sixteenth "
    "seventeen seventeenth eighteen eighteenth nineteen nineteenth twenty twentieth"
).split()
_ENGLISH_TENS = (
    "thirty thirtieth forty fortieth fifty fiftieth sixty sixtieth seventy seventieth eighty eightieth ninety ninetieth"
).split()
_ENGLISH_LOOSE = {
    0.5: "half halves", 1: "once", 2: "twice both pair pairs couple double doubled twofold bilingual fortnight",
    3: "thrice triple threefold trilingual threes", 4: "fours", 5: "fives", 10: "decade decades", 12: "dozen",
}  # fmt: skip
_ENGLISH_MONTHS = "january february march april may june july august september october november december".split()


def _english() -> dict[str, Numeral]:
    pairs = [(place // 2 + 1, word, place % 2 == 1) for place, word in enumerate(_ENGLISH)]
    pairs += [(place // 2 * 10 + 30, word, place % 2 == 1) for place, word in enumerate(_ENGLISH_TENS)]
    forms = {}
    for value, word, ordinal in pairs:
        room = 10 if value >= 20 and not ordinal else 0
        forms[word] = Numeral(value, room, ends=ordinal, loose=value == 1 or (value == 2 and ordinal))
        if ordinal and value > 2:
            forms[word + "s"] = Numeral(value, ends=True)  # two thirds
    for value, word in {100: "hundred", 1000: "thousand", 10**6: "million", 10**9: "billion"}.items():
        room = 100 if value == 100 else 0
        forms |= {word: Numeral(value, room, True, bare=False), word + "th": Numeral(value, times=True, ends=True)}
    for value, words in _ENGLISH_LOOSE.items():
        forms |= dict.fromkeys(words.split(), Numeral(value, ends=True, loose=True))
    return forms
