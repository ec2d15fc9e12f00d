"""A stemmer for Kazakh in Cyrillic letters: which words of a text are forms of one word.

    from kazakh_stemmer import lexicon, readings, resolve, stem
    known = lexicon(words of a text)
    stem("кітаптарымыздан", known)  →  "кітап"
    readings("ерікті", known)       →  ["ерік", "ерікті"]
    resolve("китаптан", known)      →  ["кітап"]        typed without Kazakh letters

It cuts a word into a stem and affixes in every way that the table affixes.json allows (order, vowel harmony, letters
that adapt, stems that change), and takes the cheapest. What a cut costs is the information in it, in tenths of a bit:
that of its affixes, and that of its stem. A stem is cheap when words of the text carry it with several different
affixes; otherwise each letter of it costs. README.md says more; stemmer.js does the same in the browser.
"""

import json
import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

_TABLE = json.loads(Path(__file__).with_name("affixes.json").read_text("utf-8"))
_LETTERS, _COSTS = _TABLE["letters"], {name: each["cost"] for name, each in _TABLE["costs"].items()}
_BACK, _FRONT = frozenset(_LETTERS["back"]), frozenset(_LETTERS["front"])
_VOWELS = _BACK | _FRONT
_NEUTRAL, _LOAN = frozenset(_LETTERS["neutral"]), frozenset(_LETTERS["loan"])
_CLASS = {letter: name for name, letters in _LETTERS["classes"].items() for letter in letters}
_PLAIN = str.maketrans(_LETTERS["plain"] | {"ё": "е"})
_ALPHABET = frozenset(_CLASS) | set("ьъ")
_IRREGULAR = {form: stem for stem, forms in _TABLE["irregular"].items() for form in forms.split()}
_IRREGULAR |= {word: word for word in _TABLE["alone"].split()}
_SOFT = {"п": "б", "к": "г", "қ": "ғ"}
_HARD = {soft: hard for hard, soft in _SOFT.items()}
_FORMATIVES = tuple(_TABLE["formatives"].split())

LONGEST = 40  # letters; a longer word is left as it is
_HEAVIEST = 4  # the weight of a stem that is carried in so many ways or more
_NEW, _LETTER = 110, 25  # the cost of a stem that no other word carries, and of each letter of it
_CARRIED = (0, 110, 100, 94, 90)  # the cost of a stem by its weight: 11 bits less log2 of the weight
_UNLIKELY = 0.02  # a cut less likely than this says nothing of its stem
_MOST_ENDINGS = 20_000  # are remembered for each place
_REMEMBERED = 50_000  # words and beginnings of words whose properties are remembered
_NOMINAL = ("derived", "mood")  # after these, an affix in қ or к softens before a vowel
_PLAIN_VOWELS, _PLAIN_HIGH = _VOWELS | set("иу"), "ыи"
_FORMED = 5  # letters; a shorter word may end in these letters by chance
_OPEN_VERBS = ("де", "же")  # the only stems of a consonant and a full vowel
_VERBS = 8  # a weight as a verb stands above one as a nominal in one number


class Lexicon(dict[str, int]):
    """The stems of a text. The value of each is its weight as a nominal, plus 8 times its weight as a verb: 0 to 4."""

    def __init__(self, *weights):
        super().__init__(*weights)
        self._plain: dict[str, list[str]] = {}

    def written(self, plain_stem: str) -> list[str]:
        """Return the stems that look like this when typed without Kazakh letters."""
        if not self._plain:
            for stem in sorted(self):
                self._plain.setdefault(plain(stem), []).append(stem)
        return self._plain.get(plain_stem, [])


class _Cut(NamedTuple):
    stem: str
    is_verb: bool
    cost: int  # of the affixes and of what happened to the stem
    first: str  # name of the first affix; nothing for the whole word


def stem(word: str, known: Lexicon) -> str:
    """Return the stem of a word in small letters; the word itself if it is not written in Kazakh letters.

    After a hyphen, an ending is cut off («covid-пен») and a word is stemmed («бір-біріне»).
    """
    word = word.replace("ё", "е")
    head, hyphen, tail = word.rpartition("-")
    if head:
        return head if _is_ending(tail) else head + hyphen + stem(tail, known)
    return _IRREGULAR.get(word) or _cheapest(_cuts_of(word), known).stem


def readings(word: str, known: Lexicon) -> list[str]:
    """Return the known stems that a word may be a form of, the likeliest first: «ерікті» is «ерік» or «ерікті»."""
    return _ranked(word.replace("ё", "е"), known, is_plain=False)


def resolve(word: str, known: Lexicon) -> list[str]:
    """Return the known stems that a word typed without Kazakh letters may be a form of, the likeliest first.

    Letters that are Kazakh count as if they were not. Of two that are as likely, the one without Kazakh letters is
    first. An empty list: no known stem fits.
    """
    return _ranked(plain(word), known, is_plain=True)


def _ranked(word: str, known: Lexicon, is_plain: bool) -> list[str]:
    best = {
        stem: 0 for form, stem in _IRREGULAR.items() if stem in known and (plain(form) if is_plain else form) == word
    }
    for cut in _cuts(word, known if is_plain else None):
        if cut.stem in known:
            cost = _stem_cost(cut, known) + cut.cost
            best[cut.stem] = min(cost, best.get(cut.stem, cost))
    return sorted(best, key=lambda stem: (best[stem], is_plain and stem != plain(stem), len(stem), stem))


def plain(word: str) -> str:
    """Return a word as it is typed without Kazakh letters: «қоғам» is «когам»."""
    return word.translate(_PLAIN)


def lexicon(words: Iterable[str], rounds: int = 5) -> Lexicon:
    """Return the stems of these words, in small letters, each with how many different affixes the words carry it with.

    Words that are not written in Kazakh letters do not count; of words with a hyphen, the last part does.

    Every word shares itself out among its cuts, by how likely each is, again and again: a stem becomes likely when it
    is met with other affixes too. What remains are the stems that `stem` finds for these words.
    """
    words = {word.replace("ё", "е").rpartition("-")[2] for word in words}
    words = {word for word in words if word and _ALPHABET.issuperset(word)}
    irregular = {(_IRREGULAR[word], False) for word in words & _IRREGULAR.keys()}
    cuts = [_cuts_of(word) for word in sorted(words - _IRREGULAR.keys())]
    met: _Met = {}
    chances = [_chances(each) for each in cuts]
    for _ in range(rounds):
        met = _share(chances, met)
    weights = {key: min(_HEAVIEST, round(sum(firsts.values()))) for key, firsts in met.items()}
    known = _pack(weights)
    while True:  # only what is used stays, so that no word can go over to a stem that is not among them
        used = irregular | {_cheapest(each, known)[:2] for each in cuts}
        packed = _pack({key: max(1, weights.get(key, 0)) for key in used})
        if packed == known:
            return known
        known = packed


def dump(known: Lexicon) -> str:
    """Return a lexicon as one short text; `load` reads it."""
    return " ".join(f"{stem}{weight}" for stem, weight in sorted(known.items()))


def load(text: str) -> Lexicon:
    """Return the lexicon that `dump` wrote."""
    return Lexicon((stem, int(weight)) for stem, weight in re.findall(r"([^\s\d]+)(\d+)", text))


def browser_table() -> str:
    """Return what stemmer.js needs of affixes.json, as JSON; and what it would take long to find out of it."""
    affixes = {
        name: {key: each[key] for key in ("pattern", "after", "then", "cost") if key in each}
        for name, each in _TABLE["affixes"].items()
    }
    slots = {
        name: {key: each[key] for key in ("end", "follow") if key in each} for name, each in _TABLE["slots"].items()
    }
    beginnings = " ".join(sorted(_ENDINGS.beginnings))
    short = _TABLE | {"affixes": affixes, "slots": slots, "costs": _COSTS, "beginnings": beginnings}
    return json.dumps(short, ensure_ascii=False, separators=(",", ":"))


# ---------------------------------------------------------------- Costs of stems

_Key = tuple[str, bool]  # a stem, and whether it is a verb
_Met = dict[_Key, dict[str, float]]  # each first affix, how surely it was met with the stem
_Chance = tuple[_Key, str, float, float]  # first affix, chance of the affixes, chance of the stem if it is new
_CARRIED_ODDS = 2 ** (-_CARRIED[1] / 10)


def _stem_cost(cut: _Cut, known: Lexicon) -> int:
    weights = known.get(cut.stem, 0)
    weight = weights // _VERBS if cut.is_verb else weights % _VERBS
    return _CARRIED[weight] if weight else _new_cost(cut.stem, cut.is_verb)


@lru_cache(_REMEMBERED)
def _new_cost(stem: str, is_verb: bool) -> int:
    """Return the cost of a stem that no other word carries. A formative («еркін-дік») costs less than letters."""
    if not is_verb and len(stem) > _FORMED and stem.endswith(_FORMATIVES):
        return _NEW + _LETTER * (len(stem) - 3) + _COSTS["formative"]
    return _NEW + _LETTER * len(stem)


def _cheapest(cuts: Iterable[_Cut], known: Lexicon) -> _Cut:
    best, least = None, 0
    for cut in cuts:
        cost = _stem_cost(cut, known) + cut.cost
        if best is None or cost < least or (cost == least and _order(cut) < _order(best)):
            best, least = cut, cost
    return best


def _order(cut: _Cut) -> tuple:
    return len(cut.stem), cut.stem, cut.is_verb


def _chances(cuts: Iterable[_Cut]) -> list[_Chance]:
    """Return the cheapest cut for each stem and first affix, as chances."""
    cheapest: dict[tuple[str, bool, str], int] = {}
    for stem, is_verb, cost, first in cuts:
        key = stem, is_verb, first
        cheapest[key] = min(cost, cheapest.get(key, cost))
    return [
        ((stem, is_verb), first, 2 ** (-cost / 10), 2 ** (-_new_cost(stem, is_verb) / 10))
        for (stem, is_verb, first), cost in cheapest.items()
    ]


def _share(words: list[list[_Chance]], met: _Met) -> _Met:
    """Return how surely each stem is met with each first affix, given how surely it was thought to be.

    The first affix of a cut is no evidence for this cut.
    """
    ways = {key: sum(firsts.values()) for key, firsts in met.items()}
    shared: _Met = {}
    for cuts in words:
        chances = []
        for key, first, odds, as_new in cuts:
            others = min(_HEAVIEST, ways[key] - met[key].get(first, 0.0)) if key in ways else 0.0
            chances.append((others * _CARRIED_ODDS + as_new) * odds)
        total = sum(chances)
        for (key, first, _, _), chance in zip(cuts, chances, strict=True):
            if chance > total * _UNLIKELY:
                firsts = shared.setdefault(key, {})
                firsts[first] = max(firsts.get(first, 0.0), chance / total)
    return shared


def _pack(weights: dict[_Key, int]) -> Lexicon:
    packed = Lexicon()
    for (stem, is_verb), weight in weights.items():
        if weight:
            packed[stem] = packed.get(stem, 0) + weight * (_VERBS if is_verb else 1)
    return packed


# ---------------------------------------------------------------- Cuts


@lru_cache(_REMEMBERED)
def _cuts_of(word: str) -> tuple[_Cut, ...]:
    """Return every way to cut a word: once for the lexicon, and the same again for its stem."""
    return tuple(_cuts(word))


def _cuts(word: str, known: Lexicon | None = None) -> Iterator[_Cut]:
    """Yield every way to cut a word. With `known`, the word is typed without Kazakh letters, and the stem is known."""
    is_plain = known is not None
    for stem in known.written(word) if is_plain else (word,):
        yield _Cut(stem, False, _COSTS["noun"] + _TABLE["slots"]["noun"]["end"] + _nominal_cost(stem), "")
    if len(word) > LONGEST or not _ALPHABET.issuperset(word):
        return
    endings = _PLAIN_ENDINGS if is_plain else _ENDINGS
    for size in range(2, len(word) + 1):
        start, rest = word[:size], word[size:]
        if not endings.may_begin(rest):
            continue
        harmonies = () if is_plain else _harmonies(start)
        for stem, is_verb, affixes, before, cost in _stems(start, rest, is_plain):
            for real in known.written(stem) if is_plain else (stem,):
                base = cost + (_COSTS["verb"] if is_verb else _COSTS["noun"] + _nominal_cost(real))
                for front, clash in harmonies or _harmonies(real):
                    place = endings.place("verb" if is_verb else "noun", before or _class(real), front)
                    if found := place.cheapest(affixes):
                        yield _Cut(real, is_verb, base + clash + found[0], found[1])


def _stems(start: str, rest: str, is_plain: bool) -> Iterator[tuple[str, bool, str, str, int]]:
    """Yield each stem that may be written as `start` before `rest`, and whether it is a verb.

    With it: the affixes, the class of letters that they follow (nothing: that of the stem's last letter), and a cost.
    """
    vowels = _PLAIN_VOWELS if is_plain else _VOWELS
    last, before_last = start[-1], start[-2]
    high = _PLAIN_HIGH if is_plain else "і" if _is_front(start) else "ы"
    if rest[:1] in ("ю", "я") and last in vowels:
        yield start + "й", True, ("у" if rest[0] == "ю" else "а") + rest[1:], "glide", 0  # қо-ю: қой
    if not _may_be_stem(start):
        return
    if rest and start not in _OPEN_VERBS:
        yield from _nominals(start, rest, rest[0] in vowels, vowels, high)
    opens = rest[:1] in vowels or rest[:1] == "у" if rest else False
    if last not in _HARD:
        stays = opens and last in _SOFT and before_last in vowels
        yield start, True, rest, "", _COSTS["unsoftened"] if stays else 0
    elif opens:
        yield start[:-1] + _HARD[last], True, rest, "", _COSTS["softened-verb"]
    if not rest:
        return
    if last == "у" and rest[:2] in ("ып", "іп", "ип") and before_last in vowels:
        yield start[:-1] + "п", True, rest, "", _COSTS["п-у"]  # тау-ып: тап
    if rest[0] == "у" and last not in _VOWELS and last not in "йию":
        for letter in high:
            yield start + letter, True, rest, "mute", 0  # оқ-у: оқы
    elif rest[0] == "и" and last not in _VOWELS:
        for letter in high:
            yield start + letter, True, "й" + rest[1:], "vowel", 0  # оқ-иды: оқы
    elif rest[0] in "юя" and last == "и":
        yield start, True, ("у" if rest[0] == "ю" else "а") + rest[1:], "glide", 0  # қи-ю: қи


def _nominals(start: str, rest: str, opens: bool, vowels: frozenset, high: str) -> Iterator[tuple]:
    """Yield the same for a nominal; `opens` says that the first affix begins with a vowel."""
    last, before_last = start[-1], start[-2]
    yield start, False, rest, "", _COSTS["unsoftened"] if opens and last in _SOFT else 0
    if last in "іи" and last in high and len(start) > 4 and before_last in "ктг" and start[-3] not in vowels:
        yield start[:-1], False, rest, "high", _COSTS["epenthetic"]
    if start.endswith("ис") and (opens or rest.startswith("тер")):
        yield start + "т", False, rest, "", _COSTS["ст"]
    if not opens:
        return
    if last in _HARD and (before_last in vowels or before_last in _NEUTRAL):
        yield start[:-1] + _HARD[last], False, rest, "", _COSTS["softened"]
    if len(start) > 2 and last in "нзсқкпмлр" and before_last in "рлйуңнмз":
        for letter in high:
            yield start[:-1] + letter + last, False, rest, "", _COSTS["dropped"]
    if last in "лнрт":
        yield start + "ь", False, rest, "", _COSTS["soft-sign"]


@lru_cache(_REMEMBERED)
def _may_be_stem(text: str) -> bool:
    """Return whether it can be what is left of a stem. In two letters: «ат», «су», «би»; and the verbs «де», «же»."""
    if len(text) == 2:
        closed = (text[0] in _VOWELS or text[0] in "иу") and text[1] not in _VOWELS
        return closed or text[1] in "уи" or text in _OPEN_VERBS
    return any(letter in _VOWELS or letter in _NEUTRAL for letter in text)


@lru_cache(_REMEMBERED)
def _nominal_cost(stem: str) -> int:
    is_verbal = (stem[-1:] == "у" and len(stem) > 3) or (stem[-1:] == "ю" and len(stem) > 2)
    return _COSTS["verbal-noun"] if is_verbal else 0


@lru_cache(_REMEMBERED)
def _class(text: str) -> str:
    last = text[-1]
    return _CLASS.get(last) or _CLASS.get(text.rstrip("ьъ")[-1:], "mute")


def _is_front(text: str, otherwise: bool = False) -> bool:
    """Return whether the last vowel of a text is a front one; `otherwise` when it has none."""
    for letter in reversed(text):
        if letter in _VOWELS:
            return letter in _FRONT
    return otherwise


@lru_cache(_REMEMBERED)
def _harmonies(stem: str) -> tuple[tuple[bool, int], ...]:
    """Return whether front vowels may follow a stem, and at what cost."""
    place = len(stem) - 1
    while place >= 0 and stem[place] not in _VOWELS:
        place -= 1
    if place < 0:
        return (True, 0), (False, 0)
    is_loan = "и" in stem or not _LOAN.isdisjoint(stem) or not _NEUTRAL.isdisjoint(stem[place:])
    front = stem[place] in _FRONT
    return (front, 0), (not front, _COSTS["disharmony-loan" if is_loan else "disharmony"])


# ---------------------------------------------------------------- Endings


class _Place:
    """Where affixes follow: in a slot, after a letter of a class, with front vowels or back ones."""

    def __init__(self, endings: "_Endings", slot: str, before: str, front: bool):
        self.endings, self.slot, self.before, self.front = endings, slot, before, front
        end = _TABLE["slots"][slot].get("end")
        self.found: dict[str, tuple[int, str] | None] = {}
        self.end = None if end is None else (end, f"{slot}-end")

    def cheapest(self, text: str) -> tuple[int, str] | None:
        """Return the cost of the cheapest affixes that are this text, and the first of them; nothing if none are."""
        if not text:
            return self.end
        if text in self.found:
            return self.found[text]
        best = None
        for affix, name, cost, then in self.affixes.get(text[0], ()):
            if text.startswith(affix) and (more := then.cheapest(text[len(affix) :])):
                total = cost + more[0]
                if best is None or total < best[0]:
                    best = total, name
        if len(self.found) > _MOST_ENDINGS:
            self.found.clear()
        self.found[text] = best
        return best

    @cached_property
    def affixes(self) -> dict[str, list[tuple[str, str, int, "_Place"]]]:
        """The affixes as they are written here, by their first letter, each with where the next one stands."""
        found: dict[str, list] = {}
        for name, cost in _followers(self.slot):
            affix = _TABLE["affixes"][name]
            if self.before not in affix.get("after", self.before).split():
                continue
            text = _written(affix["pattern"], self.before, self.front)
            softened = text[:-1] + _SOFT.get(text[-1], text[-1])  # айтарлық: айтарлығ-ы
            for each in dict.fromkeys((text, softened) if affix["then"] in _NOMINAL else (text,)):
                then = self.endings.place(affix["then"], _class(each), _is_front(each, self.front))
                typed = plain(each) if self.endings.is_plain else each
                found.setdefault(typed[0], []).append((typed, name, cost, then))
        return found


class _Endings:
    """The affixes that may follow one another, as they are written; or typed without Kazakh letters."""

    def __init__(self, is_plain: bool):
        self.is_plain = is_plain
        self.places: dict[tuple[str, str, bool], _Place] = {}

    def place(self, slot: str, before: str, front: bool) -> _Place:
        key = slot, before, front
        if key not in self.places:
            self.places[key] = _Place(self, *key)
        return self.places[key]

    def may_begin(self, text: str) -> bool:
        """Return whether affixes of a stem may begin like this; for speed, by the first two letters only."""
        return len(text) < 2 or text[:2] in self.beginnings

    @cached_property
    def beginnings(self) -> set[str]:
        """The first two letters of what may follow a stem."""
        found = set()
        for slot in ("noun", "verb"):
            for before in _LETTERS["classes"]:
                for front in (True, False):
                    for affixes in self.place(slot, before, front).affixes.values():
                        for affix, _, _, then in affixes:
                            found |= {affix[:2]} if len(affix) > 1 else {affix + letter for letter in then.affixes}
        # ю, я, и stand for й and у, й and а, ы and й.
        return found | {new + text[1] for text in found for old, new in ("ую", "ая", "йи") if text[0] == old}


def _followers(slot: str) -> list[tuple[str, int]]:
    """Return the names of the affixes that may follow in a slot, and what each costs there."""
    found = []
    for each in _TABLE["slots"][slot]["follow"].split():
        name, extra = re.fullmatch(r"([^+-]+)([+-]\d+)?", each).groups()
        for affix in _TABLE["groups"].get(name, name).split():
            found.append((affix, _TABLE["affixes"][affix]["cost"] + int(extra or 0)))
    return found


def _written(pattern: str, before: str, front: bool) -> str:
    """Return an affix as it is written after a letter of a class.

    A letter in brackets keeps two vowels, or two consonants, apart; `A|й` is one form after a consonant and another
    after a vowel; the capitals are in the table of archiphonemes.
    """
    after_vowel = before in ("vowel", "high")
    if "|" in pattern:
        pattern = pattern.split("|")[after_vowel]
    elif pattern[0] == "(":
        is_needed = (pattern[1] in _CLASS and pattern[1] not in _VOWELS) == after_vowel
        pattern = pattern[1] + pattern[3:] if is_needed else pattern[3:]
    text = ""
    for letter in pattern:
        text += _adapted(letter, _class(text) if text else before, "front" if front else "back")
    return text


def _adapted(letter: str, before: str, harmony: str) -> str:
    forms = _TABLE["archiphonemes"].get(letter, letter)
    if isinstance(forms, dict) and harmony not in forms:
        forms = forms.get(before) or forms["other"]
    return forms[harmony] if isinstance(forms, dict) else forms


def _is_ending(text: str) -> bool:
    """Return whether the text is affixes that may follow some nominal."""
    if len(text) > LONGEST:
        return False
    classes = _LETTERS["classes"]
    return any(_ENDINGS.place("noun", before, front).cheapest(text) for before in classes for front in (True, False))


_ENDINGS, _PLAIN_ENDINGS = _Endings(is_plain=False), _Endings(is_plain=True)
