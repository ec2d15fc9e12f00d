"""Letters and signs that are not what they look like, and the quotes and dashes of Kazakh, Russian and English.

Pure helpers of the rules `letters` and `typography` and of `fixes`: a text in, what is wrong in it out.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from guide.spans import Span, is_inside

# ---------------------------------------------------------------- Letters of two alphabets that look the same

_LATIN = "aceiophxykəɵABCEHIKMOPTXYƏƟ"
_CYRILLIC = "асеіорһхукәөАВСЕНІКМОРТХУӘӨ"
_GREEK = dict(zip("οανρικυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "oavpikuABEZHIKMNOPTYX", strict=True))
TO_CYRILLIC = dict(zip(_LATIN, _CYRILLIC, strict=True))
TO_LATIN = {cyrillic: latin for latin, cyrillic in TO_CYRILLIC.items() if latin not in "əɵƏƟ"} | _GREEK
TO_CYRILLIC |= {greek: TO_CYRILLIC[latin] for greek, latin in _GREEK.items() if latin in TO_CYRILLIC}

_LATIN_CLASS = "A-Za-z\u00c0-\u024f\u0259\u0275"
_CYRILLIC_CLASS = "\u0400-\u052f"
IS_CYRILLIC = re.compile(f"[{_CYRILLIC_CLASS}]")
IS_LATIN = re.compile(f"[{_LATIN_CLASS}]")
# A letter of the rarer script beside one of the other: by the language of the page, for speed.
_MIXED_IN_CYRILLIC = re.compile(f"[{_LATIN_CLASS}\u0370-\u03ff](?:(?=[{_CYRILLIC_CLASS}])|(?<=[{_CYRILLIC_CLASS}].))")
_MIXED_IN_LATIN = re.compile(f"[{_CYRILLIC_CLASS}\u0370-\u03ff](?:(?=[{_LATIN_CLASS}])|(?<=[{_LATIN_CLASS}].))")
LETTERS = re.compile(r"[^\W\d_]+")
ROMAN = re.compile("M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
# A Roman number in Cyrillic letters: ІІІ, ХІХ; and І alone unless it is an initial.
CYRILLIC_ROMAN = re.compile(r"[ІХ](?<![\w-][ІХ])(?:(?<=Х)Х+(?:І[ІХ]*)?|(?<=Х)І[ІХ]*|(?<=І)[ІХ]+|(?<=І)(?= \w))(?!\w)")
# A word of one letter between words of the other script: Latin c, Cyrillic а. Capitals only where a sentence begins.
_CYRILLIC_SMALL = "а-яёәғқңөұүһі"
LONE_LATIN = re.compile(
    rf"[acoy](?<=[{_CYRILLIC_SMALL}] [acoy])(?= [{_CYRILLIC_SMALL}])|"
    rf"[ABCKOY](?<![^\n][^\n][ABCKOY])(?= [{_CYRILLIC_SMALL}])(?! (?:и|или|мен|және|немесе) )"
)
LONE_CYRILLIC = re.compile(r"[асоухіАІ](?<![^\s(“][асоухіАІ])(?= [a-z])")


def mended_word(word: str, language: str) -> str | None:
    """Return a word of two scripts with its look-alikes put right, or None when that is not certain.

    Letters that only one script has decide which script the word is in; without any, the language of the page does.
    """
    latin_form = "".join(TO_LATIN.get(letter, letter) for letter in word)
    if len(word) > 1 and ROMAN.fullmatch(latin_form):
        return latin_form
    cyrillic_form = "".join(TO_CYRILLIC.get(letter, letter) for letter in word)
    can_be_latin, can_be_cyrillic = not IS_CYRILLIC.search(latin_form), not IS_LATIN.search(cyrillic_form)
    if can_be_latin and (not can_be_cyrillic or language == "en"):
        return latin_form
    if not can_be_cyrillic or _doubtful(word, language):
        return None
    return cyrillic_form


def _doubtful(word: str, language: str) -> bool:
    """Return whether a look-alike stands for one of two letters: Y for У or Ү, and Latin i in a Russian word."""
    if language == "kk" and "Y" in word:
        return True
    return language == "ru" and bool(re.search("[iIhəɵ]", word)) and not re.search("[әғқңөұүһі]", word.lower())


def is_grown_together(word: str) -> bool:
    """Return whether a word is a Latin name with a Cyrillic ending, like Zoomда: no look-alikes, only no hyphen."""
    return bool(re.fullmatch(f"[{_LATIN_CLASS}]{{2,}}[{_CYRILLIC_CLASS}]+", word))


# ---------------------------------------------------------------- Signs that nobody can see or read

_ALPHABETS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі"
_STRANGE_CYRILLIC = "".join(
    letter for letter in map(chr, range(0x400, 0x530)) if letter.lower() not in _ALPHABETS and letter.isalpha()
)
_EMOJI = "\U0001f000-\U0001faff\u2600-\u27bf\ufe0f"
_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029"
_OTHER_FORMS = "\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff"  # ligatures, wide letters, letters of formulas
STRANGE = re.compile(
    f"([{_INVISIBLE}{_CONTROL}{_OTHER_FORMS}{_STRANGE_CYRILLIC}\u0483-\u0489\ufffd\ue000-\uf8ff"
    "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff])\\1*"
)
IN_EMOJI = re.compile(f"[{_EMOJI}]\u200d[{_EMOJI}]")
# Bytes of one encoding read in another: Ð¿Ñ€Ð¾, â€œ, РїСЂРѕ; or what is left when a letter could not be written.
MOJIBAKE = re.compile(
    r"(?:[ÐÑ][\x80-\xbf\u0152-\u0178\u2018-\u203a€™]\s?)+|Ã[\x80-\xbf]|â€|Â[\xa0-\xbf]|пїЅ|\?{4,}|"
    r"(?:[РС][\u00a0-\u00bf\u0402-\u040f\u0452-\u045fҐґ‚„…†‡€‰‹‘’“”•–—™›]){2,}"
)


@dataclass(frozen=True)
class Sign:
    """A sign that should not stand where it stands."""

    start: int
    end: int
    what: str
    mended: str | None  # what should stand there, when that is certain


_WRONG_ENCODING = ("Ð", "Ñ", "Ã", "â€", "Â", "пїЅ", "????")


def strange_signs(text: str) -> Iterator[Sign]:
    """Yield invisible, broken and foreign signs, letters taken apart, and text read in a wrong encoding."""
    strange = list(STRANGE.finditer(text))
    garbled: list[Span] = []
    if strange or any(mark in text for mark in _WRONG_ENCODING):
        garbled = [match.span() for match in MOJIBAKE.finditer(text)]
        for start, end in garbled:
            yield Sign(start, end, f"“{_short(text[start:end])}” is text in a wrong encoding; write it again", None)
    for match in strange:
        in_emoji = match[1] == "\u200d" and IN_EMOJI.match(text, max(match.start() - 1, 0))
        if not in_emoji and not is_inside(match.start(), garbled):
            yield _strange(match)
    if not unicodedata.is_normalized("NFC", text):
        yield from _taken_apart(text)


def _strange(match: re.Match) -> Sign:
    sign, (start, end) = match[1], match.span()
    code = f"U+{ord(sign):04X}"
    if sign == "\ufffd":
        return Sign(start, end, "letters were lost here (U+FFFD); write them again", None)
    if re.match(f"[{_OTHER_FORMS}]", sign):
        plain = unicodedata.normalize("NFKC", match[0])
        return Sign(start, end, f"{code} is not an ordinary letter; write “{_short(plain)}”", plain)
    if re.match(f"[{_STRANGE_CYRILLIC}]", sign):
        return Sign(start, end, f"“{sign}” ({code}) is no letter of the Kazakh or Russian alphabet", None)
    if sign in "\u2028\u2029\x0b\x0c\x85":
        return Sign(start, end, f"{code} breaks the line invisibly; delete it", " ")
    if re.match("[\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\u0483-\u0489]", sign):
        return Sign(start, end, f"{code} is no sign that a font shows; write what was meant", None)
    return Sign(start, end, f"the invisible sign {code} breaks search and screen readers; delete it", "")


def _taken_apart(text: str) -> Iterator[Sign]:
    for match in re.finditer(r"\S+", text):
        whole = match[0] if match[0].isascii() else unicodedata.normalize("NFC", match[0])
        if whole != match[0]:
            yield Sign(*match.span(), f"“{_short(whole)}” is written with letters taken apart; type it again", whole)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def alien_letters(text: str, language: str) -> Iterator[Sign]:
    """Yield words with look-alikes: Latin inside Cyrillic, Cyrillic inside Latin, Roman numbers in Cyrillic letters."""
    if text.isascii():
        return
    done = 0
    for mixed in (_MIXED_IN_LATIN if language == "en" else _MIXED_IN_CYRILLIC).finditer(text):
        if mixed.start() < done:
            continue
        start = mixed.start()
        while start and (text[start - 1].isalpha()):
            start -= 1
        word = LETTERS.match(text, start)
        done = word.end()
        mended = mended_word(word[0], language)
        if mended:
            what = f"“{_short(word[0])}” has {_aliens(word[0], mended)}; write “{_short(mended)}”"
            yield Sign(start, done, what, mended)
        elif not is_grown_together(word[0]):
            yield Sign(start, done, f"“{_short(word[0])}” mixes Latin and Cyrillic letters; type it again", None)
    if language == "en":
        for lone in LONE_CYRILLIC.finditer(text):
            latin = TO_LATIN[lone[0]]
            yield Sign(*lone.span(), f"“{lone[0]}” is a Cyrillic letter; write Latin “{latin}”", latin)
        return
    for roman in CYRILLIC_ROMAN.finditer(text):
        latin = "".join(TO_LATIN[letter] for letter in roman[0])
        yield Sign(*roman.span(), f"the Roman number “{roman[0]}” is in Cyrillic letters; write “{latin}”", latin)
    for lone in LONE_LATIN.finditer(text):
        cyrillic = TO_CYRILLIC[lone[0]]
        mended = None if _doubtful(lone[0], language) else cyrillic
        yield Sign(*lone.span(), f"“{lone[0]}” is a Latin letter; write Cyrillic “{cyrillic}”", mended)


def _aliens(word: str, mended: str) -> str:
    """Return what stands in a word that should not: `Latin o, a` or `Cyrillic е`."""
    wrong = dict.fromkeys(old for old, new in zip(word, mended, strict=True) if old != new)
    scripts = {
        "Latin" if IS_LATIN.match(each) else "Cyrillic" if IS_CYRILLIC.match(each) else "Greek" for each in wrong
    }
    return f"{' and '.join(sorted(scripts))} {', '.join(wrong)}"


# ---------------------------------------------------------------- A look at a whole page

# KZ-1048, the Kazakh standard of one byte a sign, has nearly all that pages are written in. As its bytes a page is seen
# through quickly: l for a Latin letter, c for a Cyrillic one, NUL for what is strange, any other as it is.
_ENCODING = "kz1048"


def _kind(byte: int) -> int:
    sign = bytes([byte]).decode(_ENCODING, "replace")
    if STRANGE.match(sign):
        return 0
    return ord("l" if IS_LATIN.match(sign) else "c" if IS_CYRILLIC.match(sign) else sign if sign.isascii() else ".")


_KINDS = bytes(map(_kind, range(256)))
_LONE_AT_LINE_START = re.compile(rb"\n[^\n]?l c")


def is_clean(text: str, language: str) -> bool:
    """Tell at a look that alien_letters and strange_signs find nothing in a page. False may only mean: look closer."""
    try:
        kinds = text.encode(_ENCODING).translate(_KINDS)
    except UnicodeEncodeError:
        return False
    if any(found in kinds for found in (b"\0", b"lc", b"cl", b"????")):
        return False
    if language == "en":
        return b"c l" not in kinds
    if b"c l c" in kinds or _LONE_AT_LINE_START.search(b"\n" + kinds):
        return False
    return not (("І" in text or "ХХ" in text) and CYRILLIC_ROMAN.search(text))


# ---------------------------------------------------------------- Quotes, dashes, dots

QUOTES = {"kk": ("«»", "„“"), "ru": ("«»", "„“"), "en": ("“”", "‘’")}  # outside; inside other quotes
_PAIRS = {language: re.compile(f"[{pair}]") for language, (pair, _) in QUOTES.items()}
ABSURD = 100_000  # letters: a paragraph longer than this is no prose
HIDDEN = "\ue000"  # stands in a paragraph for code, tags and addresses, one for one: no letter, no space
DASH = {"kk": "—", "ru": "—", "en": "–"}

# Ranges that cannot be the number of an article, an act or a telephone: years, hours, numbers of things that we count.
_COUNTED = (
    "адам|сағат|минут|күн|апта|ай|жыл|жас|литр|метр|топ|рет|волонтер|человек|час|дн|день|недел|месяц|год|лет|групп|раз|"
    "people|person|hour|minute|day|week|month|year|litre|metre|group|time|volunteer"
)
_RANGE = re.compile(
    r"(?<![\w.,:/№-])(?:(?:19|20)\d\d-(?:19|20)\d\d(?![\w-])|\d\d?:\d\d-\d\d?:\d\d(?!\w)|"
    rf"\d{{1,3}}-\d{{1,4}}(?=[ \u00a0](?:{_COUNTED})))"
)
_DOTS = re.compile(r"(?<![./])\.{3,}(?![./])")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['‘](?=[^\W\d_])|(?<=\S)'(?=s\b)|(?<=s)'(?=[\s,.;:!?]|$)")
_OPENED = re.compile(r"(?<![^\s(«“])'(?=\w)")  # after such a sign, s' may be the end of a quotation
_QUOTE = re.compile("""(?<!\\\\)[«»“”„‟‘"']""")
_SPACED_DASH = re.compile(r"(?<=[^\s|])[ \u00a0](-{1,3}|[–—])[ \u00a0](?=[^\s|])")
_TIGHT_DASH = re.compile(r"(?<=[^\W_]|[»”)])( ?)([–—])( ?)(?=[^\W_]|[«“(])")

# What makes a closer look worth while. One class of signs comes first, so that the search leaps from sign to sign.
_SUSPECT_CYRILLIC = re.compile(
    r"""["'“”„‟‘.–—-](?:(?<=["'“”„‟‘])|(?<=\.)\.\.|(?<=[ \u00a0]-)(?=-{0,2}[ \u00a0])|(?<=\d-)(?=\d)|"""
    r"""(?<=[ \u00a0]–)(?=[ \u00a0])|(?<=\S—)|(?<=—)(?=[^\W_]))"""
)
_SUSPECT_LATIN = re.compile(
    r"""["'«»„‟‘.–—-](?:(?<=["'«»„‟—])|(?<=\w‘)|(?<=\.)\.\.|(?<=[ \u00a0]-)(?=-{0,2}[ \u00a0])|(?<=\d-)(?=\d)|"""
    r"""(?<=[^\W\d_]–)(?= )|(?<= –)(?=[^\W\d_]))"""
)


def may_slip(text: str, language: str) -> bool:
    """Tell whether typographic_slips is worth while on a text, or on any of several."""
    return bool((_SUSPECT_LATIN if language == "en" else _SUSPECT_CYRILLIC).search(text))


def typographic_slips(text: str, language: str) -> list[Sign]:
    """Return the quotes, apostrophes, dashes and dots of a paragraph that are not those of its language."""
    if len(text) > ABSURD or not may_slip(text, language):
        return []
    apostrophes = [
        Sign(*match.span(), f"“{_around(text, match)}”: write the apostrophe ’", "’")
        for match in _APOSTROPHE.finditer(text)
        if not (text[match.start() - 1] == "s" and _OPENED.search(text, 0, match.start()))
    ]
    found = apostrophes + _quotes(text, language, {sign.start for sign in apostrophes})
    found += [Sign(*match.span(), f"“{_around(text, match)}”: write one sign …", "…") for match in _DOTS.finditer(text)]
    return sorted([*found, *_dashes(text, language)], key=lambda sign: sign.start)


def _around(text: str, place: "re.Match | Sign") -> str:
    """Return what stands around a sign, so that it can be found: its word, and those beside it."""
    start, end = (place.start, place.end) if isinstance(place, Sign) else place.span()
    before = text[max(start - 16, 0) : start].rpartition("\n")[2]
    after = text[end : end + 16].partition("\n")[0]
    if start > 16 and " " in before:
        before = before.partition(" ")[2]
    if len(after) == 16 and " " in after:
        after = after.rpartition(" ")[0]
    return " ".join(f"{before}{text[start:end]}{after}".split())


def _quotes(text: str, language: str, apostrophes: set[int]) -> list[Sign]:
    """Return the quotes of another language; each knows what should stand there when all of them pair up.

    The opening quote of a pair tells of both; the closing one has nothing to say.
    """
    found: dict[int, Sign] = {}
    stack: list[re.Match] = []
    paired = True
    for match in _QUOTE.finditer(text):
        if match.start() in apostrophes or (_is_measure(text, match) and not (stack and stack[-1][0] == match[0])):
            continue
        closing = _is_closing(text, match, stack[-1][0] if stack else "")
        paired = paired and closing is not None and (not closing or bool(stack))
        opening = stack.pop() if closing and stack else None
        if match[0] != _right(language, len(stack), bool(closing)) and not _is_allowed(
            match[0], language, stack, closing
        ):
            found[match.start()] = Sign(
                *match.span(), _advice(text, match, language), _right(language, len(stack), closing)
            )
        if opening and opening.start() in found:
            inside = _inside(text, opening.end(), match.start())
            first, last = (_right(language, len(stack), each) for each in (False, True))
            what = f"{opening[0]}{inside}{match[0]}: write {first}{inside}{last}"
            found[opening.start()] = replace(found[opening.start()], what=what)
            if match.start() in found:
                found[match.start()] = replace(found[match.start()], what="")
        if not closing:
            stack.append(match)
    if stack or not paired:
        return [Sign(sign.start, sign.end, sign.what or _advice(text, sign, language), None) for sign in found.values()]
    return list(found.values())


def _advice(text: str, place: "re.Match | Sign", language: str) -> str:
    return f"“{_around(text, place)}”: write the quotes {QUOTES[language][0][0]}…{QUOTES[language][0][1]}"


def _is_measure(text: str, match: re.Match) -> bool:
    """Return whether a straight sign may stand for inches, feet or minutes."""
    return match[0] in "\"'" and text[max(match.start() - 1, 0)].isdigit()


def _inside(text: str, start: int, end: int) -> str:
    """Return what stands between two quotes, shortened."""
    if end - start < 40:
        return text[start:end]
    return f"{text[start : start + 24].rsplit(' ', 1)[0]} … {text[end - 12 : end].split(' ', 1)[-1]}"


def _right(language: str, depth: int, closing: bool | None) -> str:
    return QUOTES[language][min(depth, 1)][bool(closing)]


def _is_allowed(sign: str, language: str, around: list, closing: bool | None) -> bool:
    """Return whether a sign is a quote of the language, if not the one that this depth asks for."""
    if language == "en":
        return sign in "“”‘"
    return sign in "«»" or (bool(around) and (sign == "„" or (sign == "“" and bool(closing))))


def _is_closing(text: str, match: re.Match, last: str) -> bool | None:
    """Return whether a quote closes; None when that cannot be told. `last` is the quote that is open."""
    sign = match[0]
    if sign in "«„‟‘":
        return False
    if sign in "»”":
        return True
    if sign == "“":
        return last == "„"
    start, end = match.span()
    before, after = text[max(start - 9, 0) : start].rstrip("*_")[-1:], text[end : end + 9].lstrip("*_")[:1]
    opens = (not before or before in f" \u00a0\n([{{«„“‘—–-/>|{HIDDEN}") and bool(after) and not after.isspace()
    closes = bool(before) and not before.isspace() and (not after or not (after.isalnum() or after in "«„“(["))
    return None if opens == closes else closes


def _dashes(text: str, language: str) -> Iterator[Sign]:
    right = DASH[language]
    for match in _SPACED_DASH.finditer(text):
        if match[1] != right:
            numbers = text[match.start() - 1].isdigit() and text[match.end()].isdigit()
            what = f"“{_around(text, match)}”: write the dash {right}" + " or a range like 3–5" * numbers
            yield Sign(*match.span(), what, None if numbers else f" {right} ")
    for match in _TIGHT_DASH.finditer(text):
        numbers = text[match.start() - 1].isdigit() and text[match.end()].isdigit()
        if match[1] and match[3]:
            continue  # a spaced dash
        if match[2] == "–" and (numbers or not (match[1] or match[3])):
            continue  # a range, or a pair: Алматы–Астана
        if numbers:
            yield Sign(*match.span(), f"“{_around(text, match)}”: write a range with –", "–")
        elif text[match.start() - 1].isdigit() or text[match.end()].isdigit():
            continue  # perhaps a minus
        else:
            certain = language == "en" or match[1] or match[3]
            what = f"“{_around(text, match)}”: write {right} between spaces"
            yield Sign(*match.span(), what, f" {right} " if certain else None)
    for match in _RANGE.finditer(text):
        yield Sign(*match.span(), f"“{match[0]}”: write the range with –", match[0].replace("-", "–"))


_DOUBLE_SPACE = re.compile(r"  (?<=[^\s|]  ) *(?=[^\s|])")
_MARK_OF_LINE = re.compile(r"[ \t>]*(?:[-*+] \[[ xX]\]|[-*+>:]|\d+[.)]|\[\^[^\]]{1,99}\]:|#{1,6})")
_ROW = re.compile(r"[ \t>]*\|")


def double_spaces(text: str) -> Iterator[Sign]:
    """Yield the places of a page where two spaces stand between words; columns and the marks of lists may have them."""
    line = done = 0
    for match in _DOUBLE_SPACE.finditer(text):
        line = max(line, text.rfind("\n", done, match.start()) + 1)
        done = match.start()
        mark = _MARK_OF_LINE.match(text, line)
        if not (_ROW.match(text, line) or (mark and mark.end() == match.start())):
            yield Sign(*match.span(), f"“{_around(text, match)}”: two spaces; leave one", " ")


def quotes_pair_up(text: str, language: str) -> bool:
    """Tell whether each quote that opens in a section closes before the next one: then none is unpaired."""
    pair = QUOTES[language][0]
    if pair[0] not in text and pair[1] not in text:
        return True
    found = _PAIRS[language].findall(text)
    return "".join(found) == pair * (len(found) // 2)


def unpaired_quotes(texts: list[tuple[int, str]], language: str) -> Iterator[tuple[int, str]]:
    """Yield (line, what is wrong) of the quotes of a section, which may open in one paragraph and close in another.

    An opening quote with a closing one anywhere after it is let be: «Закон «О волонтерской деятельности» closes two.
    """
    opening, closing = QUOTES[language][0]
    signs = [(line, match, text) for line, text in texts for match in _PAIRS[language].finditer(text)]
    last = max((place for place, (_, match, _) in enumerate(signs) if match[0] == closing), default=-1)
    depth = 0
    for place, (line, match, text) in enumerate(signs):
        depth += 1 if match[0] == opening else -1
        if depth < 0:
            yield line, f"“{_around(text, match)}”: the quote {closing} closes nothing; write {opening} where it begins"
            depth = 0
        elif match[0] == opening and place > last:
            yield line, f"“{_around(text, match)}”: the quote {opening} is not closed; write {closing} where it ends"
            depth = 0
