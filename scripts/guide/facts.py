"""Text → its facts in one form for every language: numbers, dates, times, money, addresses, articles of a law.

«30 апреля 2010 года», «2010 жылғы 30 сәуір» and “30 April 2010” are the same fact; so are «пятьдесят шесть», «елу алты»
and 56. A fact is found where a digit, a word for a number or a month stands, and what is around that place says what
fact it is: a long text costs little more than its facts.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from guide.numerals import MULTIPLIERS, NOTHING, Count, Numeral, months, numerals


class Fact(NamedTuple):
    """What a text says at one place: `whole` compares between languages.

    Where languages cut a fact differently («2012 жылғы мамыр мен маусымда», “in May and June 2012”), `parts` compare.
    """

    start: int
    end: int
    kind: str  # number, date, time, sum, article, address
    whole: str  # 56; 2010-april-30; 9:30; 34.5 %; 12(3)(5); //example.org; +77010000000
    parts: tuple[str, ...]
    loose: bool = False  # it may stand for the fact, but need not: «бір», “one”, «оба»


SPACE = "[ \u00a0\u2009\u202f]"
DASH = "[-–—‑]"
SPACES = re.compile(SPACE)
DIGITS = re.compile(r"[0-9][0-9]*")  # twice as fast as [0-9]+: re leaps to a sign of a class, not to the first of many
LONGEST = 100_000  # no section is longer; what is beyond is not read


@lru_cache(2**10)  # the glossary's definitions are read again with each part of the guide
def facts(text: str, language: str) -> tuple[Fact, ...]:
    """Return the facts of a paragraph in a language, in their order."""
    return facts_of_page(text[:LONGEST], language)


def facts_of_page(text: str, language: str) -> tuple[Fact, ...]:
    """Return the facts of paragraphs with an empty line between them, over which no fact reaches."""
    words = _known_words(text, language)
    digits = DIGITS.search(text)
    address_near = LOOKS_LIKE_ADDRESS.search(text)
    if not (words or digits or address_near):
        return ()
    found: list[Fact] = []
    free = bytearray(b"\1") * len(text)  # what is part of a fact is not read again
    for read, needed in ((_addresses, address_near), (_dates, words), (_digits, digits), (_words, words)):
        if needed:
            new = list(read(text, words, language, free))
            for fact in new:
                free[fact.start : fact.end] = bytes(fact.end - fact.start)
            found += new
    if len(found) > 1:
        found.sort(key=lambda fact: fact.start)
        found = _shared_units(text, found)
    return tuple(found)


# ---------------------------------------------------------------- Addresses

LOOKS_LIKE_ADDRESS = re.compile(r"[.@:](?:(?<=@)|[A-Za-z/])")
ADDRESS = re.compile(
    r"https?://[^\s<>«»“”\"]+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}"
    r"|(?<![\w.@-])(?:[a-z0-9-]{1,63}\.){1,6}(?:com|edu|eu|gov|info|int|io|kz|net|org|ru|uk)(?![\w@-])"
    r"(?:/[^\s<>«»“”\"]*)?",
    re.IGNORECASE,
)
SCHEME = re.compile(r"^(?:https?:|mailto:)?(?://)?(?:www\.)?", re.IGNORECASE)
# «compare» is the law in two languages side by side.
LANGUAGE_IN_ADDRESS = re.compile(r"/(?:compare|kaz|rus|eng|kk|kz|ru|en)(?=/|$)")


def address(target: str) -> str:
    """Return an address without what may differ: https or http, www, the language in its path, a slash at its end."""
    return "//" + LANGUAGE_IN_ADDRESS.sub("", SCHEME.sub("", target)).rstrip("/.,;:!?)")


def _addresses(text: str, words: list, language: str, free: bytearray) -> Iterator[Fact]:
    end = 0
    for sign in LOOKS_LIKE_ADDRESS.finditer(text):
        if sign.start() >= end:
            start, end = text.rfind(" ", 0, sign.start()) + 1, text.find(" ", sign.end())
            end = end if end >= 0 else len(text)
            for found in ADDRESS.finditer(text, start, end):
                whole = address(found[0]).lower()
                yield Fact(found.start(), found.end(), "address", whole, (whole,))


# ---------------------------------------------------------------- Words that matter, found once for all readers


@cache
def _romans() -> dict[str, int]:
    """Return the Roman numerals from 2 to 39 in small letters; Cyrillic І and Х serve as well."""
    tens, ones = ["", "X", "XX", "XXX"], ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
    plain = {ten + one: 10 * i + j for i, ten in enumerate(tens) for j, one in enumerate(ones) if len(ten + one) > 1}
    alike = [str.maketrans({}), str.maketrans("I", "І"), str.maketrans("X", "Х"), str.maketrans("IX", "ІХ")]
    return {roman.translate(letters).lower(): value for roman, value in plain.items() for letters in alike}


@cache
def _vocabulary(language: str) -> frozenset[str]:
    return frozenset(numerals(language)) | frozenset(months(language)) | frozenset(_romans())


@cache
def _beginnings(language: str) -> tuple[re.Pattern, re.Pattern]:
    """Return the patterns of a word, and the sign before it, whose first letters are those of a word that we know.

    Most words stand after a space, and re leaps from one to the next, where `\\b` would be asked for at every letter.
    """
    heads = sorted({word[:3] for word in _vocabulary(language)})
    by_letter = groupby(heads, key=itemgetter(0))
    groups = [f"{letter}(?:{'|'.join(head[1:] for head in group)})" for letter, group in by_letter]
    word = rf"(?:{'|'.join(groups)})\w*"
    return re.compile(f" {word}"), re.compile(rf"[^ 0-9a-zа-яёәғқңөұүһі](?<!\w){word}")


def _known_words(text: str, language: str) -> list[tuple[int, int, str]]:
    """Return (start, end, word in small letters) of the words that may be part of a fact, in their order."""
    small = text.lower()
    if len(small) != len(text):  # a few capitals have two small letters
        small = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    if language == "ru":
        small = small.replace("ё", "е")
    small = f" {small}"  # before the first word too; a word begins in `text` where the sign before it is here
    known = _vocabulary(language)
    found = [match for pattern in _beginnings(language) for match in pattern.finditer(small) if match[0][1:] in known]
    return sorted((match.start(), match.end() - 1, match[0][1:]) for match in found)


# ---------------------------------------------------------------- Dates

YEAR = "(?P<year>[0-9]{4})(?![0-9])"
DAYS = rf"(?:(?P<first>[0-9]{{1,2}}){SPACE}?{DASH}{SPACE}?)?(?P<day>[0-9]{{1,2}})"
BEFORE_MONTH = {
    "kk": re.compile(rf"(?<![0-9])(?:{YEAR}{SPACE}+ж(?:ыл\w*|\.),?{SPACE}+)?(?:{DAYS}(?:{SPACE}+|-))?\Z"),
    "ru": re.compile(rf"(?<![0-9])(?P<year>)(?:{DAYS}(?:-?(?:го|е))?{SPACE}+)?\Z"),
    "en": re.compile(rf"(?<![0-9])(?P<year>)(?:{DAYS}(?:st|nd|rd|th)?{SPACE}+(?:of{SPACE}+)?)?\Z"),
}
DAY_AFTER_MONTH = {
    "kk": re.compile(rf"{SPACE}+(?P<first>)(?P<day>[0-9]{{1,2}})-[^\W\d_]+"),
    "en": re.compile(rf"{SPACE}+{DAYS}(?:st|nd|rd|th)?(?![0-9])"),
}
YEAR_AFTER_MONTH = {"ru": re.compile(rf",?{SPACE}+{YEAR}"), "en": re.compile(rf",?{SPACE}+(?:of{SPACE}+)?{YEAR}")}
NEAR = 40  # nothing of a date is further than this from its month
# Other words as well: Nauryz, a season, Kazan; may, march. Without a day or a year they are loose, like «апрельский».
OTHER_WORDS = {"kk": ("march", "june", "october"), "en": ("march", "may")}
MONTHS = "january february march april may june july august september october november december".split()


def _dates(text: str, words: list, language: str, free: bytearray) -> Iterator[Fact]:
    names = months(language)
    for start, end, word in words:
        if word in names and free[start] and (language != "en" or text[start].isupper()):
            loose = names[word] in OTHER_WORDS.get(language, ()) or (language == "ru" and "ск" in word)
            yield from _date(text, start, end, names[word], language, loose)


def _date(text: str, start: int, end: int, month: str, language: str, loose: bool) -> Iterator[Fact]:
    """Yield the date around a month, and the first day of a range by itself."""
    side = BEFORE_MONTH[language].search(text, max(0, start - NEAR), start)
    year, day = (side["year"], side["day"]) if side else ("", "")
    start = side.start() if side else start
    if not day and language in DAY_AFTER_MONTH and (after := DAY_AFTER_MONTH[language].match(text, end)):
        side, day, end = after, after["day"], after.end()
    if not year and language in YEAR_AFTER_MONTH and (after := YEAR_AFTER_MONTH[language].match(text, end)):
        year, end = after["year"], after.end()
    if side and side["first"]:
        yield _simple(start, start, _plain(side["first"]))
    yield _dated(start, end, year, month, day, loose and not (year or day))


def _dated(start: int, end: int, year: str | None, month: str, day: str | None, loose: bool = False) -> Fact:
    parts = tuple(part for part in (year, month, day and _plain(day)) if part)
    return Fact(start, end, "date", "-".join(parts), parts, loose)


# ---------------------------------------------------------------- What begins with a digit

N = "[0-9]+(?:-[0-9]+)?"  # the number of an article, a paragraph: 12, 6-1
ARTICLES = {
    "kk": rf"{N}-бап\w*,?{SPACE}+(?:{N}-тарма[қғ]\w*(?:,?{SPACE}+{N}\){SPACE}*тармақша\w*)?|{N}\){SPACE}*тармақша\w*)",
    "ru": rf"{N}\)?{SPACE}+(?:(?:пункта|п\.){SPACE}*{N}{SPACE}+)?(?:статьи|ст\.){SPACE}*{N}"
    rf"|{N},?{SPACE}+(?:пункт|п\.){SPACE}*{N}(?:,?{SPACE}+(?:подпункт|пп\.){SPACE}*{N})?",
    "en": rf"{N}(?:\({N}\)){{1,3}}"
    rf"|{N}\)?{SPACE}+of{SPACE}+(?:paragraph{SPACE}+{N}{SPACE}+of{SPACE}+)?[Aa]rticle{SPACE}+{N}"
    rf"|{N},?{SPACE}+paragraph{SPACE}+{N}(?:,?{SPACE}+subparagraph{SPACE}+{N})?",
}
INNER_FIRST = re.compile(r"стать|ст\.|\bof\b")
NUMBER_WITH_COMMA = rf"[0-9]{{1,3}}(?:{SPACE}[0-9]{{3}})+(?![0-9])(?:,[0-9]+)?|[0-9]+(?:[.,][0-9]+)?"
NUMBER_WITH_POINT = rf"[0-9]{{1,3}}(?:(?:,|{SPACE})[0-9]{{3}})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:[.,][0-9]+)?"
HALF_DAY = rf"{SPACE}?[ap]\.?m\b"
MONEY = {"₸": "KZT", "тенге": "KZT", "теңге": "KZT", "tenge": "KZT", "$": "USD", "€": "EUR", "₽": "RUB"} | {
    "доллар": "USD", "dollar": "USD", "евро": "EUR", "еуро": "EUR", "euro": "EUR", "рубл": "RUB", "ruble": "RUB",
}  # fmt: skip
UNITS = dict.fromkeys(["%", "процент", "пайыз", "per cent", "percent"], "%") | MONEY
UNIT = re.compile(  # «европейских» is no money
    rf"(?:-\w{{1,5}})?{SPACE}*(?P<unit>{'|'.join(map(re.escape, UNITS))}|KZT\b|USD\b|EUR\b)(?!п|p)[^\W\d_]*",
    re.IGNORECASE,
)
# How what belongs to a number may begin: a unit, thousands, a half. A look before the others.
UNIT_BEGINS = (
    "[%₸$€₽]|b(?:il|n)|dol|eur|kzt|m(?:il|ln)|per|rub|t(?:en|hou)|usd|and|"
    "дол|е[ву]р|жар|м(?:ың|ил|л[нр])|п(?:ай|ро)|руб|те[нң]|тыс|с[ \u00a0\u2009\u202f]"
)
FOLLOWED = re.compile(rf"½|(?:-\w{{1,5}})?{SPACE}*(?=[%₸$€₽abdekmprtuджмпртес])(?:{UNIT_BEGINS})", re.IGNORECASE)
# A run of digits; the empty group tells that it is a number by itself, of which no other form has to be thought.
RUN = re.compile(
    rf"[0-9](?:(?<![-–—‑₸$€₽TDRB].)(?<![₸$€₽TDRB]{SPACE}.)[0-9]{{0,8}}(?=[\n;!?»”…]|\.(?![0-9])|$|"
    rf",?{SPACE}(?!{SPACE}|[0-9()½-]|(?i:[ap]\.?m\b|of|par|п|ст|{UNIT_BEGINS})))()|[0-9]*)"
)
ENDS_OF_CURRENCIES = frozenset("₸$€₽TDRB")  # a look before that as well
CURRENCY_BEFORE = re.compile(rf"(?:([₸$€₽])|\b(KZT|USD|EUR|RUB)){SPACE}?\Z")
TIMES = re.compile(
    rf"{SPACE}*(?:(тыс\.|тысяч[^\W\d_]*|мың(?!да)[^\W\d_]*|thousand\b)"
    rf"|(млн\.?|миллион[^\W\d_]*|million\b|mln\b)|(млрд\.?|миллиард[^\W\d_]*|billion\b|bn\b))",
    re.IGNORECASE,
)
HALF = re.compile(rf"½|{SPACE}+(?:and{SPACE}+a{SPACE}+half|с{SPACE}+половиной|жарым)\b")
THOUSANDS = re.compile(r",(?=[0-9]{3}(?:,|\.|$))")
ENGLISH_AFTER = re.compile(rf"{SPACE}[a-z]{{2}}", re.IGNORECASE)
RANGE_OF_YEARS = re.compile(rf"(?<![0-9])20[0-9]{{2}}{DASH}\Z")  # 2025–26
DECADE = re.compile(r"(?:-[ех]\b|-жыл|s\b)")


@cache
def _forms(language: str) -> re.Pattern:
    """Return the pattern of what can begin with a digit; the name of the group that matches says what it is."""
    dotted = HALF_DAY if language == "en" else rf"(?!{SPACE}*(?:%|процент|пайыз|тыс|мың|млн|миллион))"
    hour = "(?:[01]?[0-9]|2[0-4])"
    return re.compile(
        r"(?P<phone>(?:(?<=\+)[0-9]|8(?=[ (-]))(?:[ \u00a0()-]{0,2}[0-9]){10}(?![0-9])"
        r"|[0-9]{3}-[0-9]{2}-[0-9]{2}(?![0-9]))"
        r"|(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9])"
        r"|(?P<dotted_date>[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4})(?![0-9])"
        rf"|(?P<article>{ARTICLES.get(language, '(?!)')})"
        r"|(?P<law>[0-9]+[-–‑][IVXLІХ]+)(?!\w)"
        rf"|(?P<clock>{hour}:[0-5][0-9](?:{HALF_DAY})?|{hour}\.[0-5][0-9]{dotted}|{hour}{HALF_DAY})(?![0-9:]|\.[0-9])"
        r"|(?P<fraction>[0-9]+(?:/[0-9]+)+)"
        r"|(?P<twin>[0-9]+-[0-9]+)(?![0-9])"
        rf"|(?P<number>{NUMBER_WITH_POINT if language == 'en' else NUMBER_WITH_COMMA})"
    )


def _digits(text: str, words: list, language: str, free: bytearray) -> Iterator[Fact]:
    form, end = _forms(language), 0
    for run in RUN.finditer(text):
        start = run.start()
        if start < end or not free[start] or (start and text[start - 1].isalpha()):  # Z1600000042 is a name
            continue
        if run.lastindex:
            value = run[0] if run[0][0] != "0" else _plain(run[0])
            fact = Fact(start, run.end(), "number", value, (value,))
        else:
            found = form.match(text, start)
            fact = _READERS.get(found.lastgroup, _as_written)(text, found, language)
        end = fact.end
        yield fact


def _as_written(text: str, found: re.Match, language: str) -> Fact:
    return _simple(found.start(), found.end(), found[0].translate(_DASHES_AND_LETTERS))


def phone(number: str) -> str:
    """Return a phone number without spaces and brackets; 8 before a number of Kazakhstan is +7."""
    digits = "".join(DIGITS.findall(number))
    return f"+7{digits[1:]}" if len(digits) == 11 and digits[0] == "8" else f"+{digits}"


def _phone(text: str, found: re.Match, language: str) -> Fact:
    start, whole = found.start() - text.startswith("+", found.start() - 1), phone(found[0])
    return Fact(start, found.end(), "address", whole, (whole,))


def _numbered_date(text: str, found: re.Match, language: str) -> Fact:
    year, month, day = DIGITS.findall(found[0])
    if found.lastgroup == "dotted_date":
        year, day = day, year
    if not 1 <= int(month) <= 12:
        return _as_written(text, found, language)
    return _dated(found.start(), found.end(), year, MONTHS[int(month) - 1], day)


def _article(text: str, found: re.Match, language: str) -> Fact:
    parts = re.findall(N, found[0])
    if INNER_FIRST.search(found[0]):
        parts.reverse()
    whole = parts[0] + "".join(f"({part})" for part in parts[1:])
    return Fact(found.start(), found.end(), "article", whole, tuple(parts))


def _clock(text: str, found: re.Match, language: str) -> Fact:
    hour, minute = [*map(int, DIGITS.findall(found[0])), 0][:2]
    if half := re.search("[ap]", found[0]):
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    return Fact(found.start(), found.end(), "time", f"{hour}:{minute:02}", (_plain(f"{hour}.{minute:02}"),))


def _twin(text: str, found: re.Match, language: str) -> Fact:
    """Return paragraph 2-1, or only the first number of 10-15."""
    first, second = DIGITS.findall(found[0])
    if len(first) < 5 and len(second) < 5 and int(first) >= int(second):
        return _as_written(text, found, language)
    return _number(text, found.start(), found.start() + len(first), _plain(first), language)


def _digit_number(text: str, found: re.Match, language: str) -> Fact:
    start, end, value = found.start(), found.end(), found[0]
    if value.isdigit():
        if len(value) == 2 and value[1] == "0" and value >= "30" and DECADE.match(text, end):
            value = f"19{value}"
        elif len(value) == 2 and RANGE_OF_YEARS.search(text, max(0, start - 6), start):
            value = f"20{value}"
        return _number(text, start, end, _plain(value), language)
    value = SPACES.sub("", value)
    if language == "en" or ENGLISH_AFTER.match(text, end):  # «4,500 volunteers» as a title in a Russian text
        value = THOUSANDS.sub("", value)
    return _number(text, start, end, _plain(value.replace(",", ".")), language)


_READERS = {
    "phone": _phone, "iso": _numbered_date, "dotted_date": _numbered_date, "article": _article, "clock": _clock,
    "twin": _twin, "number": _digit_number,
}  # fmt: skip
_DASHES_AND_LETTERS = str.maketrans("–‑ІХ", "--IX")


def _simple(start: int, end: int, value: str, loose: bool = False) -> Fact:
    return Fact(start, end, "number", value, (value,), loose)


def _plain(number: str) -> str:
    """Return a number without zeros that say nothing."""
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    number = number.lstrip("0")
    return f"0{number}" if number[:1] in ("", ".") else number


def _multiplied(value: str, by: int) -> str:
    return _plain(f"{Decimal(value) * by:f}") if len(value) < 20 else value


def _number(text: str, start: int, end: int, value: str, language: str, loose: bool = False) -> Fact:
    """Return a number with what follows it: a half, thousands, a unit."""
    if FOLLOWED.match(text, end):
        if "." not in value and (half := HALF.match(text, end)):
            value, end, loose = f"{value}.5", half.end(), False
        if times := TIMES.match(text, end):
            value, end = _multiplied(value, MULTIPLIERS[times.lastindex]), times.end()
        if unit := UNIT.match(text, end):
            name = " ".join(unit["unit"].lower().split())
            return _sum(start, unit.end(), value, UNITS.get(name, name.upper()))
    currency_near = not ENDS_OF_CURRENCIES.isdisjoint(text[max(0, start - 2) : start])
    if currency_near and (sign := CURRENCY_BEFORE.search(text, max(0, start - 5), start)):
        return _sum(sign.start(), end, value, MONEY.get(sign[1], sign[2]))
    return _simple(start, end, value, loose)


def _sum(start: int, end: int, value: str, unit: str) -> Fact:
    return Fact(start, end, "sum", f"{value} {unit}", (value, unit))


# ---------------------------------------------------------------- Words for numbers

BETWEEN = {"en": re.compile(rf"{SPACE}+(and{SPACE}+)?|-"), "": re.compile(f"{SPACE}+()")}
VAGUE = re.compile(
    rf"\b(?:бірнеше|ұлы|орта|кіші|несколько|несколькими|several|few|many|half{SPACE}+a){SPACE}+\Z", re.IGNORECASE
)
ARTICLE_BEFORE = re.compile(rf"\ba{SPACE}+\Z", re.IGNORECASE)
AND_A_HALF = re.compile(rf"\b(?:an?|one){SPACE}+[^\W\d_]+{SPACE}+and{SPACE}+a{SPACE}+\Z", re.IGNORECASE)
HALF_OF = re.compile(rf"(?:{SPACE}+|-)(?:an?{SPACE}+)?(?:(hour|сағат)|(?:year|жыл))", re.IGNORECASE)
THIRD_PARTY = re.compile(rf"(?:{SPACE}+|-)(?:part|countr|лиц|сторон|стран|тарап|тұлға|жақ)", re.IGNORECASE)
SEVEN_NOT_FAMILY = re.compile(rf"{SPACE}+[^\W\d_]+ми\b", re.IGNORECASE)


def _words(text: str, words: list, language: str, free: bytearray) -> Iterator[Fact]:
    known, romans, count, run, taken = numerals(language), _romans(), NOTHING, [], 0
    for start, end, word in words:
        if not free[start]:
            continue
        if word in romans and text[start:end].isupper():
            yield _simple(start, end, str(romans[word]))
        elif numeral := known.get(word):
            longer = count.plus(numeral) if run and _touches(text, run[-1], start, language) else None
            if run and not longer:
                fact = _counted(text, run, count, language)
                yield fact
                count, run, taken = NOTHING, [], fact.end  # «с половиной» is taken with what stands before it
            if longer or (start >= taken and _begins(text, start, end, word, numeral, language)):
                count = longer or NOTHING.plus(numeral)
                run.append((start, end, numeral))
    if run:
        yield _counted(text, run, count, language)


def _begins(text: str, start: int, end: int, word: str, numeral: Numeral, language: str) -> bool:
    """Tell whether a word counts something here: not «тысячи людей», «бірнеше жүз», «всей семью»."""
    if language == "ru" and word == "семью":
        return bool(SEVEN_NOT_FAMILY.match(text, end))
    if numeral.value in MULTIPLIERS and VAGUE.search(text, max(0, start - 20), start):
        return False
    return numeral.bare or bool(ARTICLE_BEFORE.search(text, max(0, start - 4), start))


def _touches(text: str, before: tuple[int, int, Numeral], start: int, language: str) -> bool:
    """Tell whether a numeral can be part of the number before it: not «бес, алты», not “twenty and five”."""
    _, end, last = before
    between = BETWEEN.get(language, BETWEEN[""]).fullmatch(text, end, start)
    return bool(between) and (not between[1] or last.times)


def _counted(text: str, run: list, count: Count, language: str) -> Fact:
    """Return the number that a run of numerals says."""
    start, end, last, value = run[0][0], run[-1][1], run[-1][2], count.value
    if last.value == 0.5 and (unit := HALF_OF.match(text, end)):  # half an hour is thirty minutes elsewhere
        value, end = 30 if unit[1] else 6, unit.end()
    elif last.value == 0.5 and AND_A_HALF.search(text, max(0, start - 30), start):  # an hour and a half
        value = 1.5
    loose = len(run) == 1 and (last.loose or (last.value == 3 and last.ends and bool(THIRD_PARTY.match(text, end))))
    return _number(text, start, end, _plain(str(value)), language, loose)


# ---------------------------------------------------------------- Units that several numbers share

TOGETHER = re.compile(
    rf"(?:-[^\W\d_]{{1,4}})?{SPACE}*(?:{DASH}|,|and|or|to|и|или|до|және|мен|пен|бен|не|немесе)?{SPACE}*"
)


def _shared_units(text: str, found: list[Fact]) -> list[Fact]:
    """Give 30 of «30–40 %» its unit."""
    for place in range(len(found) - 1, 0, -1):
        later = found[place]
        if later.kind == "sum":
            fact = found[place - 1]
            alike = fact.kind == "number" and not fact.loose
            if alike and TOGETHER.fullmatch(text, fact.end, later.start):
                found[place - 1] = _sum(fact.start, fact.end, fact.whole, later.parts[1])
    return found
