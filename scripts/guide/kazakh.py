"""Whether a Kazakh word is a form of a known stem: the endings that may follow it, each in the one shape that fits.

Kazakh endings stand in a fixed order and take their letters from what is before them, so a slip in an ending shows:
«жылдарға» is a form of «жыл», «жылларға» and «жылдарге» are not. In the tables a capital is a letter that adapts:

    A а, е    Y ы, і    K қ, к    G ғ, г, қ, к    D д, т    L л, д, т    N, E, R н, д, т    M, B м, б, п

and a letter in brackets stands only where two vowels or two consonants would meet. Inflection.py does the reverse: it
knows the term and looks for its forms in a text.
"""

from collections.abc import Iterator
from functools import cache

BACK, FRONT = frozenset("аоұыяё"), frozenset("әеөүіэ")
OPEN = BACK | FRONT  # и, у and ю behave like consonants before an ending
SOFT = {"қ": "ғ", "к": "г", "п": "б"}  # before a vowel: топ → тобы
HARD = {soft: hard for hard, soft in SOFT.items()}
_CHANGED = frozenset("ыіийуя") | SOFT.keys() | HARD.keys()
LONGEST = 40  # longer than this is no word, and would take long to take apart
_CLASSES = {"glide": "рйуию", "л": "л", "nasal": "мнң", "hiss": "зж"}
_CLASS = dict.fromkeys(OPEN, "open") | {letter: name for name, letters in _CLASSES.items() for letter in letters}
_ADAPTING = {  # class of the letter before → letter; "" is for the other classes. Letters of no class are mute
    "D": {"mute": "т", "": "д"},
    "L": {"open": "л", "glide": "л", "mute": "т", "": "д"},
    "N": {"open": "н", "nasal": "н", "mute": "т", "": "д"},
    "E": {"open": "н", "mute": "т", "": "д"},
    "R": {"nasal": "н", "mute": "т", "": "д"},
    "M": {"hiss": "б", "mute": "п", "": "м"},
    "B": {"hiss": "б", "nasal": "б", "mute": "п", "": "м"},
}

_PERSON = "MYн сYң сYз сYздAр сYңдAр BYз"
_CASES = "NYң EY GA DA:at RAн:at Mен"
_OWNER = "(Y)м:my (Y)ң:my (Y)мYз:our (Y)ңYз:our (с)Y:its"
_MADE = "LYK:plain сYз:like LY:like DAй:plain шY:like шYл:like шA:plain (Y)рAK:plain Nікі:its DAғY:plain"
_TENSES = (
    "DY:ended GAн:doing (Y)п:done сA:ended (Y)ңYз (Y)ңYздAр (Y)ң (Y)ңдAр сYн (A)йYн (A)йYK GY:wish GAлY:end у:being "
    "GYш:like шY (A):going й:going"
)
# Where a word stands → the endings that may follow, each with where the word then stands; `:end` and nothing end it.
_ENDINGS = {
    "noun": f"LAр:many {_OWNER} {_CASES} {_PERSON} {_MADE}",
    "plain": f"LAр:many {_OWNER} {_CASES} {_PERSON} шA DAй",
    "like": f"LAр:many {_OWNER} {_CASES} {_PERSON} шA LYK:plain (Y)рAK:plain",
    "many": f"{_OWNER} {_CASES} {_PERSON} LYK:plain DAй:plain DAғY:plain Nікі:its шA",
    "my": f"NYң EY A DA:at RAн:at Mен DAй:plain DAғY:plain Nікі:its {_PERSON}",
    "our": f"{_CASES} DAй:plain DAғY:plain Nікі:its шA {_PERSON}",
    "its": f"нYң н нA нDA:at нAн:at Mен нDAй:plain нDAғY:plain Nікі:its ншA нсYз:like {_PERSON}",
    "at": _PERSON,
    "verb": f"(Y)л:voice (Y)н:voice (Y)с:voice т:voice DYр:voice GYз:voice BA:not BAс:may (A)р:may BAK:may {_TENSES}",
    "voice": f"(Y)л:voiced (Y)н:voiced т:voiced DYр:voiced BA:not BAс:may (A)р:may BAK:may {_TENSES}",
    "voiced": f"BA:not BAс:may (A)р:may BAK:may {_TENSES}",
    "not": _TENSES,
    "being": f"LAр:many {_OWNER} {_CASES} {_PERSON} шY:like сYз:like LY:like DAғY:plain",
    "doing": f"LAр:many {_OWNER} {_CASES} {_PERSON} шA LYK:plain DAй:plain DAғY:plain",
    "may": f"{_PERSON} DAй LYK:plain GA DA DAн",
    "ended": "м ң ңYз ңYздAр ңдAр K",
    "done": f"{_PERSON} тY",
    "going": f"{_PERSON} дY тYн:doing YншA р:may",
    "wish": "м:our ң:our мYз:our ңYз:our сY:its",
}

# The second vowel of these falls out before an ending that begins with a vowel: орын → орны.
_FALLING = frozenset(
    "ауыз әріп бөрік дауыс ерік ерін кейіп көрік қалып қарын қауіп қойын құлық құлып қырық ғұрып мойын мұрын мүлік "
    "нарық орын парық сиық халық ырық".split()
)
_FALLEN = {each[:-2] + each[-1]: each for each in _FALLING}
# The dictionary has the stems of verbs among its nouns. These are never nouns.
_NEVER_NOUNS = frozenset(
    "айт айтыл ал аша аңда бақыла баста бекіт бер берік біл біт бол бұз дамы дамыт жаса жет жинал жүгін жүргіз кел "
    "келтір кет кір көмектес көр көрсет көтер қал қатыс қой қолдан қос қыл ойла оқы орында орнат өзгер сана сақта "
    "сөйле сұра тап тарат тарт таста таңда толтыр түзет түс тыңда тырыс ұйымдастыр ұсын шақыр шық шығар шыға хабарла "
    "іздe істе іске".split()
)
# Words of two letters that take endings. The dictionary has many more, scraps of words among them.
_SHORT = frozenset(
    "ай ал ан ар ас ат ау аш аю ақ аң аз би де же жи жу ел ем ен ер ес ет ең ит ие ки қи қу ми не оз ой ол он ор от ою "
    "оқ оң су ти ту ру үй үн үр үш үз ұл ұн ұқ ұр ұш ұя өз өл өн өс өт өш әл ән із ін іс іш іл ық".split()
)


class Stems:
    """The words of a dictionary, and which of them are verbs in -у."""

    def __init__(self, words: set[str], verbs: set[str]):
        self.words, self.verbs = words, verbs

    def know(self, word: str) -> bool:
        """Return whether the word, in small letters, is a stem with endings that may follow it."""
        if len(word) > LONGEST:
            return False
        if word in self.words:
            return True
        for size in range(len(word), 1, -1):
            stem = word[:size]
            if (places := self._places(stem)) and (size > 3 or _may_be_short(stem)):
                fronts, last, rest = _harmonies(self._whole(stem)), stem.rstrip("ь")[-1:], word[size:]
                if any(_ends(rest, place, last, front, softens) for place, softens in places for front in fronts):
                    return True
        return False

    def _whole(self, stem: str) -> str:
        """Return the word that the stem was before an ending took a letter of it."""
        return _FALLEN.get(stem) or (stem + "ь" if stem + "ь" in self.words else stem)

    def _places(self, stem: str) -> list[tuple[str, str]]:
        """Return where a word stands after the stem, and whether its last letter is in its hard or its soft shape."""
        words, verbs = self.words, self.verbs
        before, last = stem[:-1], stem[-1]
        found = []
        if stem in words and stem not in _NEVER_NOUNS:
            is_hard = (last in SOFT and before[-1:] in OPEN) or stem in _FALLING
            found.append(("noun", "hard" if is_hard else ""))
        if stem + "у" in verbs:
            found.append(("verb", "soft" if last in HARD else ""))  # табу → таб-ыл
        if last in _CHANGED:
            found += self._changed(stem, before, last)
        if (whole := self._whole(stem)) != stem and whole in words:
            found.append(("noun", "soft"))  # орын → орны, медаль → медалі
        return found

    def _changed(self, stem: str, before: str, last: str) -> Iterator[tuple[str, str]]:
        """Yield the same for a word that has another letter in place of the last of the stem, or one more."""
        words, verbs = self.words, self.verbs
        if last in "ыі" and stem in words and before + "у" in verbs:
            yield "verb", ""  # оқы
        if last in HARD and before[-1:] in OPEN and (hard := before + HARD[last]) in words and hard not in _FALLING:
            yield "noun", "soft"
        if (last == "и" and stem + "ю" in verbs) or (last == "й" and before + "ю" in verbs):
            yield "verb", ""
        if last in SOFT and before + SOFT[last] + "у" in verbs:
            yield "verb", "hard"  # табу → тап-ты
        if last == "у" and before + "бу" in verbs:
            yield "verb", "тауып"
        if (last == "я" and before + "ю" in verbs) or (
            last == "и" and before + "у" in verbs and not words.isdisjoint((before + "ы", before + "і"))
        ):
            yield "going", ""  # қой → қоя, оқы → оқи


def _may_be_short(stem: str) -> bool:
    """Return whether three letters or two can be a stem."""
    return stem in _SHORT or (len(stem) == 3 and not _is_scrap(stem))


def _is_scrap(stem: str) -> bool:
    """Return whether three letters can be no stem: «рге», «мде» and the like stand in the dictionary."""
    return _CLASS.get(stem[0]) != "open" and _CLASS.get(stem[1]) != "open" and stem[1] not in "иую"


def is_endings(text: str) -> bool:
    """Return whether the text is endings that may follow some word: «ның» in «ҮЕҰ-ның», «тан» in «2020-тан»."""
    return any(_ends(text, "noun", last, front, "") for last in "адлнзр" for front in (False, True))


@cache
def _ends(rest: str, place: str, last: str, front: bool, softens: str) -> bool:
    """Return whether the rest of a word is endings that may follow, each after the one before it."""
    if not rest:
        return softens not in ("soft", "тауып") and place != "wish"
    if softens == "тауып":
        return rest in ("ып", "іп")
    for ending, then in _shapes(place, last, front, softens):
        if rest.startswith(ending):
            front_now = next((letter in FRONT for letter in reversed(ending) if letter in OPEN), front)
            if _ends(rest[len(ending) :], then, ending[-1], front_now, _softness(ending, then)):
                return True
    return False


def _softness(ending: str, then: str) -> str:
    if then != "plain":
        return ""
    return "hard" if ending[-1] in "қк" else "soft" if ending[-1] in "ғг" else ""


@cache
def _shapes(place: str, last: str, front: bool, softens: str) -> list[tuple[str, str]]:
    """Return the endings that may stand after a letter, as they are written there, and where the word then stands."""
    found = []
    for pattern in _ENDINGS.get(place, "").split():
        pattern, _, then = pattern.partition(":")
        ending = _shape(pattern, last, front)
        opens = ending[:1] in OPEN or ending[:1] == "у"
        if not ending or (softens == "soft" and not opens) or (softens == "hard" and opens):
            continue
        found.append((ending, then or "end"))
        if ending[-1] in SOFT and then == "plain":
            found.append((ending[:-1] + SOFT[ending[-1]], "plain"))
    return found


def _shape(pattern: str, last: str, front: bool) -> str:
    """Return an ending as it is written after a letter; nothing when it cannot stand there."""
    kind = _CLASS.get(last, "mute")
    if (pattern in ("й", "т") and kind != "open") or (pattern in ("й", "у") and last in "ыі"):
        return ""  # оқы: оқу, оқи
    if pattern[0] == "(":
        buffer, pattern = pattern[1], pattern[3:]
        if (buffer == "с") == (kind == "open"):
            pattern = buffer + pattern
    ending = ""
    for letter in pattern:
        kind = _CLASS.get(ending[-1] if ending else last, "mute")
        if letter in _ADAPTING:
            letter = _ADAPTING[letter].get(kind) or _ADAPTING[letter][""]
        elif letter == "G":
            letter = ("кқ" if kind == "mute" else "гғ")[not front]
        elif letter in "AYKғ":
            letter = {"A": "еа", "Y": "іы", "K": "кқ", "ғ": "гғ"}[letter][not front]
        ending += letter
    return ending


def _harmonies(stem: str) -> tuple[bool, ...]:
    """Return whether front vowels follow the stem; both ways when it is a loan or has only и, у and ю."""
    for place in range(len(stem) - 1, -1, -1):
        if stem[place] in OPEN:
            front = stem[place] in FRONT
            loan = "и" in stem[place:] or not {"у", "ю"}.isdisjoint(stem[place:-1])
            return (False, True) if loan or (not front and stem[-1] in "кгь") else (front,)
    return (False, True)
